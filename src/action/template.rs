//! Pod templates as they are replaced: whole, with all that vigie does not know in them.

use ring::digest::{SHA256, digest};
use serde_json::Value;

use super::patch::Patch;
use super::plan::{Case, Changes, Note};
use super::record::Before;
use crate::insight::Diff;
use crate::model::Kind;

/// By which a `ReplicaSet` tells its pods from those of others: each has its own.
const HASH_LABELS: [&str; 2] = ["pod-template-hash", "rollouts-pod-template-hash"];
/// Digits of a hash that are kept.
const DIGITS: usize = 16;

/// The template that a `ReplicaSet` or `ControllerRevision` keeps, as it stood in the workload.
pub(super) fn kept(keeper: &Value) -> Option<Value> {
    let mut template = crate::insight::kept_template(keeper)?.clone();
    let map = template.as_object_mut()?;
    // A ControllerRevision keeps it as a strategic patch.
    map.remove("$patch");
    let labels = template.pointer_mut("/metadata/labels");
    if let Some(labels) = labels.and_then(Value::as_object_mut) {
        for hash in HASH_LABELS {
            labels.remove(hash);
        }
    }
    Some(template)
}

/// The template as it is compared. The API server writes what is left open into a `ReplicaSet`, and not into an Argo Rollout: of
/// that, what says no more than nothing is left out.
pub(super) fn comparable(object: &Value, template: &Value) -> Value {
    let mut template = template.clone();
    if object["kind"] == Kind::Rollout.name()
        && let Some(spec) = template.get_mut("spec")
    {
        leave_out(spec);
    }
    template
}

fn leave_out(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| {
                leave_out(value);
                !is_default(key, value)
            });
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out),
        _ => {}
    }
}

/// As `kubernetes/kubernetes` `pkg/apis/core/v1/defaults.go` fills a pod in.
fn is_default(key: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => matches!(
            (key, text.as_str()),
            ("dnsPolicy", "ClusterFirst")
                | ("imagePullPolicy", "IfNotPresent")
                | ("protocol", "TCP")
                | ("restartPolicy", "Always")
                | ("schedulerName", "default-scheduler")
                | ("scheme", "HTTP")
                | ("terminationMessagePath", "/dev/termination-log")
                | ("terminationMessagePolicy", "File")
        ),
        Value::Number(number) => matches!(
            (key, number.as_u64()),
            ("failureThreshold", Some(3))
                | ("periodSeconds", Some(10))
                | ("successThreshold" | "timeoutSeconds", Some(1))
                | ("terminationGracePeriodSeconds", Some(30))
                | ("defaultMode", Some(420))
        ),
        Value::Object(map) => map.is_empty() && matches!(key, "securityContext" | "resources"),
        _ => false,
    }
}

pub(super) fn images(template: &Value) -> Vec<String> {
    let containers = template["spec"]["containers"].as_array();
    let images = containers.into_iter().flatten();
    let images = images.filter_map(|it| it["image"].as_str());
    images.map(str::to_owned).collect()
}

/// Equal templates have equal hashes; nothing of the template can be read from it.
pub(super) fn hash(template: &Value) -> String {
    let text = template.to_string();
    let digest = digest(&SHA256, text.as_bytes());
    let hex = digest.as_ref().iter().map(|byte| format!("{byte:02x}"));
    let mut hex: String = hex.collect();
    hex.truncate(DIGITS);
    hex
}

pub(super) fn before(template: &Value, shown: &Value, revision: Option<u64>) -> Before {
    Before {
        revision,
        template: Some(hash(template)),
        images: images(shown),
        ..Before::default()
    }
}

/// The patch that puts another template in the place of the one that was seen, and nothing else.
pub(super) fn replacement(case: &Case<'_>, template: &Value) -> Patch {
    let seen = &case.object.exact["spec"]["template"];
    Patch::of(case).replace("/spec/template", seen, template)
}

pub(super) fn changes(from: &Value, to: &Value) -> Changes {
    Changes::Template(Diff::of_templates(from, to))
}

/// What happens to its pods that a person may not expect.
pub(super) fn strategy(case: &Case<'_>) -> Option<Note> {
    let spec = &case.object.exact["spec"];
    let field = match case.request.object.kind.known()? {
        Kind::Rollout => return None,
        Kind::Deployment => &spec["strategy"]["type"],
        _ => &spec["updateStrategy"]["type"],
    };
    match field.as_str()? {
        "OnDelete" => Some(Note::OnDelete),
        "Recreate" => Some(Note::Recreate),
        _ => None,
    }
}

pub(super) fn last_applied(case: &Case<'_>) -> Option<Note> {
    const KEY: &str = "kubectl.kubernetes.io/last-applied-configuration";
    let annotations = &case.object.exact["metadata"]["annotations"];
    annotations[KEY].is_string().then_some(Note::LastApplied)
}

pub(super) fn is_paused(object: &Value) -> bool {
    object["spec"]["paused"] == Value::Bool(true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_kept_template_comes_back_without_what_its_keeper_added() {
        let set = json!({"spec": {"template": {
            "metadata": {"labels": {"app": "cart", "pod-template-hash": "66b4d9c7f"}},
            "spec": {"containers": [], "unknownField": {"deep": [1, 2]}},
        }}});
        let expected = json!({
            "metadata": {"labels": {"app": "cart"}},
            "spec": {"containers": [], "unknownField": {"deep": [1, 2]}},
        });
        assert_eq!(kept(&set), Some(expected));
        let revision = json!({"data": {"spec": {"template": {"$patch": "replace", "spec": {}}}}});
        assert_eq!(kept(&revision), Some(json!({"spec": {}})));
        assert_eq!(kept(&json!({"data": {}})), None);
    }

    #[test]
    fn what_the_server_fills_in_is_no_difference_in_an_argo_rollout() {
        let written = json!({"metadata": {"labels": {"scheme": "HTTP"}}, "spec": {"containers": [
            {"name": "app", "image": "app:1", "readinessProbe": {"httpGet": {"port": 80}}},
        ]}});
        let filled = json!({"metadata": {"labels": {"scheme": "HTTP"}}, "spec": {
            "dnsPolicy": "ClusterFirst", "securityContext": {}, "terminationGracePeriodSeconds": 30,
            "containers": [{
                "name": "app", "image": "app:1", "imagePullPolicy": "IfNotPresent", "resources": {},
                "readinessProbe": {"httpGet": {"port": 80, "scheme": "HTTP"}, "failureThreshold": 3},
            }],
        }});
        let of = |kind: &str, it: &Value| comparable(&json!({"kind": kind}), it);
        assert_eq!(of("Rollout", &written), of("Rollout", &filled));
        assert_eq!(of("Rollout", &written), written);
        assert_eq!(of("Deployment", &filled), filled);
    }

    #[test]
    fn a_hash_tells_templates_apart_and_nothing_else() {
        let one = json!({"spec": {"password": "hunter2"}});
        assert_eq!(hash(&one), hash(&one.clone()));
        assert_ne!(hash(&one), hash(&json!({"spec": {"password": "hunter3"}})));
        assert_eq!(hash(&one).len(), DIGITS);
    }
}
