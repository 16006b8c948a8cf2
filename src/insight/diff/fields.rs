//! A template as a flat table: each of its fields once, under a name that does not depend on order where order means nothing.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Topic, Within, container};

/// What a field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Text(String),
    /// A number, yes or no, an empty list: what is no text, as JSON writes it.
    Raw(String),
    /// In this order: a command, its arguments.
    Words(Vec<String>),
    /// What stands under one name, field by field; nothing but its being there when empty.
    Fields(Vec<(String, Said)>),
    Origin(Origin),
}

/// Where a value comes from: the object and its key, never what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `Secret`, `ConfigMap`; None for a field of the pod itself, whose path is the key.
    pub kind: Option<&'static str>,
    pub name: String,
    pub key: String,
    /// The pod starts without it.
    pub optional: bool,
}

pub(super) type Key = (Within, Topic, String);

#[derive(Default)]
pub(super) struct Fields {
    pub(super) said: BTreeMap<Key, Said>,
    pub(super) orders: BTreeMap<(Within, &'static str), Order>,
}

pub(super) struct Order {
    pub(super) names: Vec<String>,
    /// Another order would be another template.
    pub(super) matters: bool,
}

/// The controllers' own marks, another one in each revision.
const HASHES: [&str; 2] = ["pod-template-hash", "rollouts-pod-template-hash"];

impl Fields {
    pub(super) fn of_template(template: &Value) -> Self {
        let mut fields = Self::default();
        for (key, value) in entries(template) {
            match (key.as_str(), value) {
                // How a ControllerRevision says that its template takes the place of the other.
                ("$patch", _) => {}
                ("metadata", Value::Object(meta)) => fields.meta(meta),
                ("spec", Value::Object(spec)) => fields.spec(spec),
                _ => fields.flatten(&Within::Template, Topic::Itself, key, value),
            }
        }
        fields
    }

    pub(super) fn of_config_map(name: &str, object: &Value) -> Self {
        let mut fields = Self::default();
        let within = Within::ConfigMap(name.to_owned());
        for (key, value) in entries(&object["data"]) {
            fields.put(&within, Topic::Itself, key, scalar(value));
        }
        for (key, value) in entries(&object["binaryData"]) {
            fields.put(
                &within,
                Topic::Itself,
                &format!("binaryData {key}"),
                scalar(value),
            );
        }
        fields
    }

    fn meta(&mut self, meta: &Map<String, Value>) {
        for (key, value) in meta {
            let topic = match key.as_str() {
                "labels" => Topic::Labels,
                "annotations" => Topic::Annotations,
                _ => {
                    self.flatten(&Within::Template, Topic::Itself, key, value);
                    continue;
                }
            };
            let marks = |key: &String| HASHES.contains(&key.as_str());
            let kept = |(key, _): &(&String, &Value)| topic != Topic::Labels || !marks(key);
            self.pairs(&Within::Template, topic, key, value, kept);
        }
    }

    fn spec(&mut self, spec: &Map<String, Value>) {
        let own = Within::Template;
        for (key, value) in spec {
            match key.as_str() {
                "containers" => self.containers("containers", value, Within::Container),
                "initContainers" => self.containers("initContainers", value, Within::InitContainer),
                "volumes" => self.volumes(value),
                "nodeSelector" => self.pairs(&own, Topic::NodeSelector, key, value, |_| true),
                "securityContext" => self.under(&own, Topic::Security, value),
                "tolerations" => self.tolerations(value),
                // The old name of the other, which the server fills in.
                "serviceAccount" if spec.get("serviceAccountName") == Some(value) => {}
                _ => self.flatten(&own, Topic::Itself, key, value),
            }
        }
    }

    fn containers(&mut self, list: &'static str, value: &Value, within: fn(String) -> Within) {
        let Some(all) = named(value, "name") else {
            self.flatten(&Within::Template, Topic::Itself, list, value);
            return;
        };
        let names = all.iter().map(|(name, _)| name.clone()).collect();
        self.order(&Within::Template, list, names, true);
        for (name, fields) in all {
            container::read(self, &within(name), &fields);
        }
    }

    fn volumes(&mut self, value: &Value) {
        let Some(named) = named(value, "name") else {
            self.flatten(&Within::Template, Topic::Itself, "volumes", value);
            return;
        };
        for (name, fields) in named {
            self.under(&Within::Volume(name), Topic::Itself, &Value::Object(fields));
        }
    }

    /// Each is one field: without a name of their own they are told by all that they say.
    fn tolerations(&mut self, value: &Value) {
        let Value::Array(all) = value else {
            self.flatten(&Within::Template, Topic::Tolerations, "", value);
            return;
        };
        for toleration in all {
            let said: Vec<_> = inside(toleration)
                .into_iter()
                .map(|(key, said)| format!("{key} {said}"))
                .collect();
            let nothing = Said::Fields(Vec::new());
            self.put(
                &Within::Template,
                Topic::Tolerations,
                &said.join(", "),
                nothing,
            );
        }
    }

    /// A map of texts, each entry a field of its own.
    pub(super) fn pairs(
        &mut self,
        within: &Within,
        topic: Topic,
        name: &str,
        value: &Value,
        kept: impl Fn(&(&String, &Value)) -> bool,
    ) {
        let Value::Object(map) = value else {
            self.flatten(within, topic, name, value);
            return;
        };
        for (key, value) in map.iter().filter(kept) {
            self.put(within, topic, key, scalar(value));
        }
    }

    /// All that stands under a name which the topic says already.
    pub(super) fn under(&mut self, within: &Within, topic: Topic, value: &Value) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                for (key, value) in map {
                    self.flatten(within, topic, &join("", key), value);
                }
            }
            other => self.flatten(within, topic, "", other),
        }
    }

    pub(super) fn flatten(&mut self, within: &Within, topic: Topic, path: &str, value: &Value) {
        flatten(path, value, &mut |path, said| {
            self.put(within, topic, path, said);
        });
    }

    /// Two of the same name are two fields.
    pub(super) fn put(&mut self, within: &Within, topic: Topic, field: &str, said: Said) {
        let mut key = (within.clone(), topic, field.to_owned());
        let mut count = 1;
        while self.said.contains_key(&key) {
            count += 1;
            key.2 = format!("{field} ({count})");
        }
        self.said.insert(key, said);
    }

    pub(super) fn order(
        &mut self,
        within: &Within,
        list: &'static str,
        names: Vec<String>,
        matters: bool,
    ) {
        let order = Order { names, matters };
        self.orders.insert((within.clone(), list), order);
    }
}

pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The items of a list by that key of theirs, without it; None when one of them has none.
pub(super) fn named(list: &Value, key: &str) -> Option<Vec<(String, Map<String, Value>)>> {
    let mut found: Vec<(String, Map<String, Value>)> = Vec::new();
    for item in list.as_array()? {
        let mut fields = item.as_object()?.clone();
        let Some(Value::String(name)) = fields.remove(key) else {
            return None;
        };
        let name = alone(&name, |name| found.iter().any(|(known, _)| known == name));
        found.push((name, fields));
    }
    Some(found)
}

/// The name, with a number after it where another has it.
pub(super) fn alone(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut own = name.to_owned();
    let mut count = 1;
    while taken(&own) {
        count += 1;
        own = format!("{name} ({count})");
    }
    own
}

/// The fields of one item, flat.
pub(super) fn inside(value: &Value) -> Vec<(String, Said)> {
    let mut found = Vec::new();
    let mut put = |path: &str, said| found.push((path.to_owned(), said));
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                flatten(&join("", key), value, &mut put);
            }
        }
        other => flatten("", other, &mut put),
    }
    found
}

fn flatten(path: &str, value: &Value, put: &mut dyn FnMut(&str, Said)) {
    match value {
        // Nothing and absent are the same to the server.
        Value::Null => {}
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                flatten(&join(path, key), value, put);
            }
        }
        Value::Array(all) if !all.is_empty() => match words(value) {
            Some(words) => put(path, Said::Words(words)),
            None => {
                for (at, value) in all.iter().enumerate() {
                    // A hole in a list would make those after it another's.
                    if value.is_null() {
                        put(&format!("{path}[{at}]"), Said::Raw("null".to_owned()));
                    }
                    flatten(&format!("{path}[{at}]"), value, put);
                }
            }
        },
        plain => put(path, scalar(plain)),
    }
}

/// A list of nothing but texts.
pub(super) fn words(value: &Value) -> Option<Vec<String>> {
    let words = value.as_array()?.iter();
    words.map(|it| it.as_str().map(str::to_owned)).collect()
}

pub(super) fn scalar(value: &Value) -> Said {
    match value {
        Value::String(text) => Said::Text(text.clone()),
        other => Said::Raw(other.to_string()),
    }
}

/// `spec.a`; a key that has the signs of a path in it stands in brackets.
fn join(path: &str, key: &str) -> String {
    if key.contains(['.', '[', ']']) {
        format!("{path}[{key}]")
    } else if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Said::Text(text) | Said::Raw(text) => f.write_str(text),
            Said::Words(words) => {
                let words: Vec<_> = words.iter().map(|it| quoted(it)).collect();
                f.write_str(&words.join(" "))
            }
            Said::Fields(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(key, it)| format!("{key} {it}"))
                    .collect();
                f.write_str(&fields.join(", "))
            }
            Said::Origin(origin) => {
                let kind = origin.kind.unwrap_or_default();
                let said = format!("{kind} {} {}", origin.name, origin.key);
                f.write_str(said.trim())
            }
        }
    }
}

/// So that one can tell where a word ends.
fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains([' ', '"', '\'']) {
        format!("{word:?}").replace("\\n", "\n")
    } else {
        word.to_owned()
    }
}
