//! The fields of one container.

use serde_json::{Map, Value};

use super::fields::{Fields, Origin, Said, alone, inside, named, scalar};
use super::{Topic, Within};

pub(super) fn read(fields: &mut Fields, within: &Within, container: &Map<String, Value>) {
    // Told also when it says nothing else.
    if container.is_empty() {
        fields.put(within, Topic::Itself, "", Said::Fields(Vec::new()));
    }
    for (key, value) in container {
        match key.as_str() {
            "env" => env(fields, within, value),
            "envFrom" => env_from(fields, within, value),
            "resources" => resources(fields, within, value),
            "startupProbe" => fields.under(within, Topic::StartupProbe, value),
            "readinessProbe" => fields.under(within, Topic::ReadinessProbe, value),
            "livenessProbe" => fields.under(within, Topic::LivenessProbe, value),
            "securityContext" => fields.under(within, Topic::Security, value),
            "ports" => ports(fields, within, value),
            "volumeMounts" => mounts(fields, within, value),
            _ => fields.flatten(within, Topic::Itself, key, value),
        }
    }
}

fn env(fields: &mut Fields, within: &Within, value: &Value) {
    let Some(variables) = named(value, "name") else {
        fields.flatten(within, Topic::Env, "", value);
        return;
    };
    // A later one can be made of an earlier one, and of two of one name the last counts.
    let refers = |value: &Value| value.as_str().is_some_and(|it| it.contains("$("));
    let referring = variables
        .iter()
        .any(|(_, it)| it.get("value").is_some_and(refers));
    let twice = variables.iter().any(|(name, _)| name.ends_with(')'));
    let names = variables.iter().map(|(name, _)| name.clone()).collect();
    fields.order(within, "env", names, referring || twice);
    for (name, variable) in variables {
        fields.put(within, Topic::Env, &name, variable_says(&variable));
    }
}

fn variable_says(variable: &Map<String, Value>) -> Said {
    let said = match (variable.get("value"), variable.get("valueFrom")) {
        (None, None) if variable.is_empty() => Some(Said::Text(String::new())),
        (Some(value @ Value::String(_)), None) if variable.len() == 1 => Some(scalar(value)),
        (None, Some(from)) if variable.len() == 1 => origin(from).map(Said::Origin),
        _ => None,
    };
    said.unwrap_or_else(|| Said::Fields(inside(&Value::Object(variable.clone()))))
}

/// None when it says more than the sources that are known here.
fn origin(from: &Value) -> Option<Origin> {
    let mut kinds = from.as_object()?.iter();
    let (kind, of) = kinds.next()?;
    if kinds.next().is_some() {
        return None;
    }
    let mut of = of.as_object()?.clone();
    let optional = match of.remove("optional") {
        None => false,
        Some(Value::Bool(optional)) => optional,
        Some(_) => return None,
    };
    let mut word = |key: &str| match of.remove(key) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let origin = match kind.as_str() {
        "secretKeyRef" | "configMapKeyRef" => Origin {
            kind: Some(if kind == "secretKeyRef" {
                "Secret"
            } else {
                "ConfigMap"
            }),
            name: word("name")?,
            key: word("key")?,
            optional,
        },
        "fieldRef" => {
            // Filled in by the server, and the only one there is.
            word("apiVersion").filter(|it| it == "v1")?;
            Origin {
                kind: None,
                name: String::new(),
                key: word("fieldPath")?,
                optional,
            }
        }
        _ => return None,
    };
    of.is_empty().then_some(origin)
}

/// Of two that give the same variable the last counts.
fn env_from(fields: &mut Fields, within: &Within, value: &Value) {
    let Some(all) = value.as_array() else {
        fields.flatten(within, Topic::EnvFrom, "", value);
        return;
    };
    let mut names: Vec<String> = Vec::new();
    for from in all {
        let mut from = from.clone();
        let name = take_name(&mut from);
        let name = alone(&name.unwrap_or_default(), |it| {
            names.iter().any(|known| known == it)
        });
        fields.put(within, Topic::EnvFrom, &name, Said::Fields(inside(&from)));
        names.push(name);
    }
    fields.order(within, "envFrom", names, true);
}

/// `ConfigMap beta-conf`, taken out of the reference; what is left of it goes when that is nothing.
fn take_name(from: &mut Value) -> Option<String> {
    let from = from.as_object_mut()?;
    let (key, kind) = [("configMapRef", "ConfigMap"), ("secretRef", "Secret")]
        .into_iter()
        .find(|(key, _)| from.get(*key).is_some_and(|it| it["name"].is_string()))?;
    let reference = from.get_mut(key)?.as_object_mut()?;
    let name = reference.remove("name")?;
    if reference.is_empty() {
        from.remove(key);
    }
    Some(format!("{kind} {}", name.as_str()?))
}

fn resources(fields: &mut Fields, within: &Within, value: &Value) {
    let Value::Object(resources) = value else {
        fields.flatten(within, Topic::Itself, "resources", value);
        return;
    };
    for (key, value) in resources {
        match key.as_str() {
            "requests" => fields.pairs(within, Topic::Requests, key, value, |_| true),
            "limits" => fields.pairs(within, Topic::Limits, key, value, |_| true),
            _ => fields.flatten(within, Topic::Itself, &format!("resources.{key}"), value),
        }
    }
}

fn ports(fields: &mut Fields, within: &Within, value: &Value) {
    let Some(all) = value.as_array() else {
        fields.flatten(within, Topic::Ports, "", value);
        return;
    };
    let mut all: Vec<_> = all.iter().map(port).collect();
    // Two of one number, each of another address, keep their order whatever order they come in.
    all.sort_by_cached_key(|(name, said)| (name.clone(), format!("{said:?}")));
    for (name, said) in all {
        fields.put(within, Topic::Ports, &name, Said::Fields(said));
    }
}

/// `8080/TCP`, and what else is said of it.
fn port(port: &Value) -> (String, Vec<(String, Said)>) {
    let mut rest = port.clone();
    let mut word = |key: &str| {
        let value = rest.as_object_mut().and_then(|it| it.remove(key));
        value.map(|it| scalar(&it).to_string()).unwrap_or_default()
    };
    let name = format!("{}/{}", word("containerPort"), word("protocol"));
    (name, inside(&rest))
}

fn mounts(fields: &mut Fields, within: &Within, value: &Value) {
    let Some(all) = named(value, "mountPath") else {
        fields.flatten(within, Topic::Mounts, "", value);
        return;
    };
    for (path, mount) in all {
        let said = Said::Fields(inside(&Value::Object(mount)));
        fields.put(within, Topic::Mounts, &path, said);
    }
}
