//! Who uses an object: what names it, what selects it, what leads to it.

use serde_json::Value;

use super::References;
use super::around::{Around, Thing, has_all, items, makes_claim, secrets, services, takes, word};
use crate::model::ObjectRef;

type Kinds = &'static [(&'static str, &'static str)];

/// Those that make pods, which name what they mount and read.
const MAKERS: Kinds = &[
    ("apps", "deployments"),
    ("apps", "statefulsets"),
    ("apps", "daemonsets"),
    ("batch", "cronjobs"),
];
/// And those that hold certificates for what is outside.
const KEEPERS: Kinds = &[
    ("apps", "deployments"),
    ("apps", "statefulsets"),
    ("apps", "daemonsets"),
    ("batch", "cronjobs"),
    ("networking.k8s.io", "ingresses"),
    ("cert-manager.io", "certificates"),
];
/// What leads to a Service, and what its name stands in.
const LEADERS: Kinds = &[
    ("networking.k8s.io", "ingresses"),
    ("gateway.networking.k8s.io", "httproutes"),
    ("route.openshift.io", "routes"),
    ("apps", "statefulsets"),
];
/// What selects the pods of a workload, or the workload itself.
const SELECTORS: Kinds = &[
    ("", "services"),
    ("policy", "poddisruptionbudgets"),
    ("autoscaling", "horizontalpodautoscalers"),
];

/// Kinds whose objects of the namespace may use it, by group and plural; none where nothing is known of its kind.
pub fn user_kinds(object: &ObjectRef) -> Kinds {
    match (object.kind.group(), object.kind.name()) {
        ("", "ConfigMap" | "PersistentVolumeClaim" | "ServiceAccount") => MAKERS,
        ("", "Secret") => KEEPERS,
        ("", "Service") => LEADERS,
        ("apps", "Deployment" | "StatefulSet" | "DaemonSet") | ("argoproj.io", "Rollout") => {
            SELECTORS
        }
        _ => &[],
    }
}

/// In the order of their kinds, then by name.
pub fn users(object: &ObjectRef, around: &Around<'_>) -> Vec<ObjectRef> {
    let kinds = user_kinds(object).iter();
    let all = kinds.flat_map(|(_, plural)| around.some(plural));
    all.filter(|it| uses(*it, object, around))
        .map(|it| it.object(object))
        .collect()
}

fn uses(user: Thing<'_>, object: &ObjectRef, around: &Around<'_>) -> bool {
    let (value, name) = (user.value, object.name.as_str());
    let labels = &around.template()["metadata"]["labels"];
    match (object.kind.name(), user.kind.name()) {
        ("Service", "StatefulSet") => value["spec"]["serviceName"] == *name,
        ("Service", _) => services(value).contains(&name),
        ("Secret", "Ingress") => secrets(value).any(|it| it == name),
        ("Secret", "Certificate") => value["spec"]["secretName"] == *name,
        ("ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount", _) => {
            names(value, object.kind.name(), name)
        }
        (_, "Service") => {
            let selector = &value["spec"]["selector"];
            let empty = selector.as_object().is_none_or(serde_json::Map::is_empty);
            !empty && has_all(labels, selector)
        }
        (_, "PodDisruptionBudget") => takes(&value["spec"]["selector"], labels),
        (kind, "HorizontalPodAutoscaler") => {
            let target = &value["spec"]["scaleTargetRef"];
            target["kind"] == *kind && target["name"] == *name
        }
        _ => false,
    }
}

/// Whether the pods that it makes name the object.
fn names(maker: &Value, kind: &str, name: &str) -> bool {
    let own = &maker["spec"]["template"];
    let template = if own.is_object() {
        own
    } else {
        &maker["spec"]["jobTemplate"]["spec"]["template"]
    };
    match kind {
        "ServiceAccount" => template["spec"]["serviceAccountName"] == *name,
        "PersistentVolumeClaim" => {
            let mut volumes = items(&template["spec"]["volumes"]);
            makes_claim(maker, name)
                || volumes.any(|it| word(&it["persistentVolumeClaim"]["claimName"]) == name)
        }
        "ConfigMap" => References::of(template).config_maps.contains(name),
        _ => References::of(template).secrets.contains(name),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::model::{ClusterId, ObjectKind, Resource};

    fn kind(group: &str, name: &str) -> ObjectKind {
        ObjectKind::from(&Arc::new(Resource {
            group: group.into(),
            version: "v1".into(),
            plural: match name {
                "Ingress" => "ingresses".into(),
                _ => format!("{}s", name.to_lowercase()).into(),
            },
            kind: name.into(),
            namespaced: true,
            short: Vec::new(),
        }))
    }

    fn object(group: &str, name: &str, called: &str) -> ObjectRef {
        ObjectRef {
            cluster: ClusterId(0),
            kind: kind(group, name),
            namespace: "shop".into(),
            name: called.into(),
            uid: None,
        }
    }

    fn told(object: &ObjectRef, own: &Value, lists: &[(&str, &str, Vec<Value>)]) -> Vec<String> {
        let around = Around {
            own: Some(own),
            lists: lists
                .iter()
                .map(|(group, name, values)| (kind(group, name), values.iter().collect()))
                .collect(),
        };
        let users = users(object, &around);
        users
            .iter()
            .map(|it| format!("{} {}", it.kind.name(), it.name))
            .collect()
    }

    fn pods(spec: &Value) -> Value {
        json!({"metadata": {"name": "back"}, "spec": {"template": {"spec": spec}}})
    }

    #[test]
    fn whoever_mounts_reads_or_pulls_with_it_uses_it() {
        let spec = json!({
            "serviceAccountName": "runner",
            "imagePullSecrets": [{"name": "registry"}],
            "volumes": [
                {"name": "a", "projected": {"sources": [{"configMap": {"name": "conf"}}]}},
                {"name": "b", "persistentVolumeClaim": {"claimName": "data"}},
            ],
            "containers": [{"name": "app", "envFrom": [{"secretRef": {"name": "db"}}]}],
        });
        let nightly = json!({"metadata": {"name": "nightly"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": spec}}}}});
        let other = json!({"metadata": {"name": "other"}, "spec": {"template": {"spec": {"containers": []}}}});
        let lists = [
            ("apps", "Deployment", vec![pods(&spec), other]),
            ("batch", "CronJob", vec![nightly]),
        ];
        for (name, called) in [
            ("ConfigMap", "conf"),
            ("Secret", "db"),
            ("Secret", "registry"),
            ("PersistentVolumeClaim", "data"),
            ("ServiceAccount", "runner"),
        ] {
            let users = told(&object("", name, called), &json!({}), &lists);
            assert_eq!(
                users,
                ["Deployment back", "CronJob nightly"],
                "{name} {called}"
            );
            let nobody = told(&object("", name, "unknown"), &json!({}), &lists);
            assert!(nobody.is_empty(), "{nobody:?}");
        }
    }

    #[test]
    fn a_claim_that_a_stateful_set_made_is_used_by_it() {
        let set = json!({
            "metadata": {"name": "web"},
            "spec": {"template": {"spec": {}}, "volumeClaimTemplates": [{"metadata": {"name": "data"}}]},
        });
        let lists = [("apps", "StatefulSet", vec![set])];
        let users = |name| {
            told(
                &object("", "PersistentVolumeClaim", name),
                &json!({}),
                &lists,
            )
        };
        assert_eq!(users("data-web-0"), ["StatefulSet web"]);
        assert!(users("data-web-x").is_empty() && users("data-other-0").is_empty());
    }

    #[test]
    fn a_route_of_this_namespace_to_another_one_leads_elsewhere() {
        let route = |backend: Value| {
            let spec = json!({"rules": [{"backendRefs": [backend]}]});
            vec![json!({"metadata": {"name": "out", "namespace": "shop"}, "spec": spec})]
        };
        let led = |backend: Value| {
            let ways = [("gateway.networking.k8s.io", "HTTPRoute", route(backend))];
            told(&object("", "Service", "web"), &json!({}), &ways).len()
        };
        assert_eq!(led(json!({"name": "web"})), 1);
        assert_eq!(
            led(json!({"name": "web", "namespace": "shop", "kind": "Service"})),
            1
        );
        assert_eq!(led(json!({"name": "web", "namespace": "edge"})), 0);
        assert_eq!(led(json!({"name": "web", "kind": "Bucket"})), 0);
    }

    #[test]
    fn what_leads_to_a_service_and_what_selects_a_workload_uses_it() {
        let backend = json!({"service": {"name": "web"}});
        let ingress = json!({
            "metadata": {"name": "front"},
            "spec": {"tls": [{"secretName": "web-tls"}], "rules": [{"http": {"paths": [{"backend": backend}]}}]},
        });
        let ways = [("networking.k8s.io", "Ingress", vec![ingress])];
        let led = told(&object("", "Service", "web"), &json!({}), &ways);
        assert_eq!(led, ["Ingress front"]);
        let kept = told(&object("", "Secret", "web-tls"), &json!({}), &ways);
        assert_eq!(kept, ["Ingress front"]);

        let own = json!({"spec": {"template": {"metadata": {"labels": {"app": "web"}}}}});
        let service = |name: &str, selector: Value| json!({"metadata": {"name": name}, "spec": {"selector": selector}});
        let lists = [
            (
                "",
                "Service",
                vec![
                    service("web", json!({"app": "web"})),
                    service("other", json!({"app": "other"})),
                    service("external", json!({})),
                ],
            ),
            (
                "autoscaling",
                "HorizontalPodAutoscaler",
                vec![json!({
                    "metadata": {"name": "grow"},
                    "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web"}},
                })],
            ),
        ];
        let selected = told(&object("apps", "Deployment", "web"), &own, &lists);
        assert_eq!(selected, ["Service web", "HorizontalPodAutoscaler grow"]);
    }
}
