//! Whether the configuration that an object was applied from declares a field that a plan changes. Only what it declares is
//! compared with git, and only that is ever put back: both `kubectl apply`'s three-way merge and server-side apply leave alone
//! what they do not name.

use serde_json::{Map, Value};

/// The configuration that `kubectl apply`, and Argo CD by default, keeps on the object.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";
/// The field manager under which Argo CD applies on the server's side.
const CONTROLLER: &str = "argocd-controller";
/// That of Flux, which goes by the path of the kind that says what keeps the object.
pub(super) const KUSTOMIZE: &str = "kustomize-controller";
pub(super) const HELM: &str = "helm-controller";
/// What tells the items of a list apart, in the order in which Kubernetes' own lists have them.
const KEYS: [&str; 6] = [
    // Mounts of one volume share its name.
    "mountPath",
    "devicePath",
    "containerPort",
    "name",
    "topologyKey",
    "ip",
];

/// What is known of what git says.
#[derive(Debug, PartialEq)]
pub(super) enum Declared {
    /// As JSON.
    Applied(Value),
    /// Which fields, not their values: `fieldsV1`.
    Owned(Value),
    /// The object keeps neither.
    Unknown,
}

impl Declared {
    /// Of an object as the server has it.
    pub(super) fn of(object: &Value) -> Self {
        let meta = &object["metadata"];
        let mut owned = entries(object).filter(|it| {
            it["operation"] == "Apply" && it["manager"] == CONTROLLER && it["subresource"].is_null()
        });
        if let Some(entry) = owned.next() {
            return Self::Owned(entry["fieldsV1"].clone());
        }
        let applied = meta["annotations"][LAST_APPLIED].as_str();
        let applied = applied.and_then(|it| serde_json::from_str(it).ok());
        applied.map_or(Self::Unknown, Self::Applied)
    }

    /// What the field manager holds of an object: by server-side apply, or by whatever way where `any`, as Helm 3 writes.
    pub(super) fn owned_by(object: &Value, manager: &str, any: bool) -> Self {
        let owned = entries(object).filter(|it| {
            it["manager"] == manager
                && it["subresource"].is_null()
                && (any || it["operation"] == "Apply")
        });
        let fields = owned.map(|it| it["fieldsV1"].clone());
        fields.reduce(both).map_or(Self::Unknown, Self::Owned)
    }

    /// The fields that differ and that somebody else has written since: the server takes them from who declared them, so that
    /// the object does not tell any more whether one did.
    pub(super) fn taken(
        object: &Value,
        manager: &str,
        before: &Value,
        after: &Value,
    ) -> Vec<String> {
        let hands = entries(object).filter(|it| {
            it["manager"] != manager && it["subresource"] != "status" && it["operation"] == "Update"
        });
        hands
            .flat_map(|it| Self::Owned(it["fieldsV1"].clone()).touched(before, after))
            .filter(|it| !it.ends_with("/kubectl.kubernetes.io~1restartedAt"))
            .collect()
    }

    /// The fields that differ and that git declares, as JSON pointers; images before any other.
    pub(super) fn touched(&self, before: &Value, after: &Value) -> Vec<String> {
        let mut found = Vec::new();
        match self {
            Self::Applied(declared) => applied(declared, before, after, String::new(), &mut found),
            Self::Owned(fields) => owned(fields, before, after, String::new(), &mut found),
            Self::Unknown => {}
        }
        found.sort_by_key(|it| !it.ends_with("/image"));
        found
    }
}

fn entries(object: &Value) -> impl Iterator<Item = &Value> {
    let entries = object["metadata"]["managedFields"].as_array();
    entries.into_iter().flatten()
}

fn applied(declared: &Value, before: &Value, after: &Value, path: String, found: &mut Vec<String>) {
    if before == after {
        return;
    }
    match declared {
        Value::Object(map) => {
            for (key, value) in map {
                applied(value, &before[key], &after[key], below(&path, key), found);
            }
        }
        Value::Array(items) => match key_of(items) {
            Some(key) => {
                for (at, item) in items.iter().enumerate() {
                    let (before, after) = (same(before, key, item), same(after, key, item));
                    applied(item, before, after, below(&path, &at.to_string()), found);
                }
            }
            // Compared whole.
            None => found.push(path),
        },
        _ => found.push(path),
    }
}

/// By which the items are told apart; None of plain values.
fn key_of(items: &[Value]) -> Option<&'static str> {
    KEYS.into_iter()
        .find(|key| !items.is_empty() && items.iter().all(|it| !it[*key].is_null()))
}

/// The item of a list that has the same key; null where there is none.
fn same<'a>(list: &'a Value, key: &str, item: &Value) -> &'a Value {
    const NONE: &Value = &Value::Null;
    let mut items = list.as_array().into_iter().flatten();
    items.find(|it| it[key] == item[key]).unwrap_or(NONE)
}

/// `f:spec` is a field, `k:{"name":"app"}` an item by its keys, `v:1` an item by its value.
fn owned(fields: &Value, before: &Value, after: &Value, path: String, found: &mut Vec<String>) {
    if before == after {
        return;
    }
    let map = fields.as_object().filter(|it| !is_leaf(it));
    let Some(map) = map else {
        found.push(path);
        return;
    };
    for (name, fields) in map {
        match name.split_once(':') {
            Some(("f", name)) => {
                owned(
                    fields,
                    &before[name],
                    &after[name],
                    below(&path, name),
                    found,
                );
            }
            Some(("k", name)) => {
                let keys: Map<String, Value> = serde_json::from_str(name).unwrap_or_default();
                let (at, before) = keyed(before, &keys);
                let (_, after) = keyed(after, &keys);
                owned(fields, before, after, below(&path, &at.to_string()), found);
            }
            // A set of plain values.
            Some(_) => found.push(path.clone()),
            None => {}
        }
    }
}

/// The fields of either: Helm's manager may have applied some and updated others.
fn both(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (name, fields) in other {
                let known = one.remove(&name).unwrap_or_default();
                one.insert(name, both(known, fields));
            }
            one.into()
        }
        (Value::Null, fields) | (fields, _) => fields,
    }
}

fn is_leaf(fields: &Map<String, Value>) -> bool {
    fields.keys().all(|it| it == ".")
}

/// The item with these keys and its place; null after the last one where there is none.
fn keyed<'a>(list: &'a Value, keys: &Map<String, Value>) -> (usize, &'a Value) {
    const NONE: &Value = &Value::Null;
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let same = |it: &Value| keys.iter().all(|(key, value)| it[key] == *value);
    let at = items.iter().position(same);
    let at = at.unwrap_or(items.len());
    (at, items.get(at).unwrap_or(NONE))
}

/// As RFC 6901 writes it.
fn below(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn git() -> Value {
        json!({"spec": {"replicas": 2, "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{
                "name": "app", "image": "web:2", "args": ["-v"],
                "env": [{"name": "A", "value": "1"}],
            }]},
        }}})
    }

    /// The same by server-side apply.
    fn fields() -> Value {
        json!({"f:spec": {"f:replicas": {}, "f:template": {
            "f:metadata": {"f:labels": {"f:app": {}}},
            "f:spec": {"f:containers": {"k:{\"name\":\"app\"}": {
                ".": {}, "f:name": {}, "f:image": {}, "f:args": {},
                "f:env": {"k:{\"name\":\"A\"}": {".": {}, "f:name": {}, "f:value": {}}},
            }}},
        }}})
    }

    #[rstest]
    #[case::replicas("/spec/replicas", json!(5), true)]
    #[case::image("/spec/template/spec/containers/0/image", json!("web:1"), true)]
    #[case::arguments("/spec/template/spec/containers/0/args", json!(["-v", "-x"]), true)]
    #[case::a_value("/spec/template/spec/containers/0/env/0/value", json!("2"), true)]
    #[case::a_variable_less("/spec/template/spec/containers/0/env", json!([]), true)]
    #[case::a_variable_more("/spec/template/spec/containers/0/env", json!([{"name": "A", "value": "1"}, {"name": "B"}]), false)]
    #[case::a_restart("/spec/template/metadata", json!({"labels": {"app": "web"}, "annotations": {"restartedAt": "now"}}), false)]
    #[case::a_label_less("/spec/template/metadata/labels", json!({}), true)]
    #[case::a_sidecar("/spec/template/spec/containers", json!([{"name": "app", "image": "web:2", "args": ["-v"], "env": [{"name": "A", "value": "1"}]}, {"name": "proxy"}]), false)]
    fn only_what_is_declared_is_a_difference(
        #[case] pointer: &str,
        #[case] value: Value,
        #[case] touches: bool,
    ) {
        let before = git();
        let mut after = git();
        *after.pointer_mut(pointer).unwrap() = value;
        for declared in [Declared::Applied(git()), Declared::Owned(fields())] {
            let found = declared.touched(&before, &after);
            assert_eq!(!found.is_empty(), touches, "{declared:?}: {found:?}");
            assert!(declared.touched(&before, &before).is_empty());
        }
        assert!(Declared::Unknown.touched(&before, &after).is_empty());
    }

    #[test]
    fn a_field_that_git_leaves_open_is_none() {
        let mut open = git();
        open["spec"].as_object_mut().unwrap().remove("replicas");
        let mut after = git();
        after["spec"]["replicas"] = json!(5);
        assert!(Declared::Applied(open).touched(&git(), &after).is_empty());
        let mut open = fields();
        open["f:spec"].as_object_mut().unwrap().remove("f:replicas");
        assert!(Declared::Owned(open).touched(&git(), &after).is_empty());
    }

    #[test]
    fn each_field_is_named_and_an_image_first() {
        let mut after = git();
        after["spec"]["replicas"] = json!(5);
        after["spec"]["template"]["spec"]["containers"][0]["image"] = json!("web:1");
        let paths = ["/spec/template/spec/containers/0/image", "/spec/replicas"];
        for declared in [Declared::Applied(git()), Declared::Owned(fields())] {
            assert_eq!(declared.touched(&git(), &after), paths);
        }
    }

    #[test]
    fn two_mounts_of_one_volume_are_told_apart() {
        let mounts = |at: &str| {
            json!([
                {"name": "data", "mountPath": "/a"},
                {"name": "data", "mountPath": at, "subPath": "x"},
            ])
        };
        let declared = Declared::Applied(mounts("/b"));
        assert!(!declared.touched(&mounts("/b"), &mounts("/c")).is_empty());
    }

    #[test]
    fn what_was_applied_is_found_on_the_object() {
        let object = json!({"metadata": {
            "annotations": {LAST_APPLIED: git().to_string()},
            "managedFields": [{"manager": "kubectl", "operation": "Apply", "fieldsV1": {}}],
        }});
        assert_eq!(Declared::of(&object), Declared::Applied(git()));
        let object = json!({"metadata": {
            "annotations": {LAST_APPLIED: "{"},
            "managedFields": [
                {"manager": CONTROLLER, "operation": "Apply", "subresource": "status", "fieldsV1": {"f:status": {}}},
                {"manager": CONTROLLER, "operation": "Apply", "fieldsV1": fields()},
            ],
        }});
        assert_eq!(Declared::of(&object), Declared::Owned(fields()));
        assert_eq!(Declared::of(&json!({"metadata": {}})), Declared::Unknown);
    }

    #[test]
    fn what_one_manager_has_applied_and_updated_is_all_its_own() {
        let entry = |operation: &str, fields: Value| json!({"manager": HELM, "operation": operation, "fieldsV1": fields});
        let object = json!({"metadata": {"managedFields": [
            entry("Update", json!({"f:spec": {"f:replicas": {}}})),
            entry("Apply", json!({"f:spec": {"f:paused": {}}})),
            {"manager": "bob", "operation": "Update", "fieldsV1": {"f:spec": {"f:strategy": {}}}},
        ]}});
        let applied = Declared::Owned(json!({"f:spec": {"f:paused": {}}}));
        assert_eq!(Declared::owned_by(&object, HELM, false), applied);
        let all = Declared::Owned(json!({"f:spec": {"f:paused": {}, "f:replicas": {}}}));
        assert_eq!(Declared::owned_by(&object, HELM, true), all);
        assert_eq!(
            Declared::owned_by(&object, KUSTOMIZE, true),
            Declared::Unknown
        );
    }
}
