//! JSON patches that replace only what was seen.

use serde_json::{Value, json};

use super::call::{Call, Method};
use super::plan::{Case, Step, StepKind};

/// On one object, whose uid is tested first: one that was made anew under the name is another.
pub(super) struct Patch(Vec<Value>);

impl Patch {
    pub(super) fn of(case: &Case<'_>) -> Self {
        Self(vec![test("/metadata/uid", &case.uid())])
    }

    /// What stays as it is, and what is done is only meant for.
    pub(super) fn seen(mut self, path: &str, value: &Value) -> Self {
        self.0.push(test(path, value));
        self
    }

    /// `wanted` in the place of `seen`, of which null is that nothing stands there: the API server takes the test of a field
    /// that is absent against null for true, and of one that is there for false.
    pub(super) fn replace(mut self, path: &str, seen: &Value, wanted: &Value) -> Self {
        self.0.push(test(path, seen));
        self.0.push(match (seen.is_null(), wanted.is_null()) {
            (_, true) => json!({"op": "remove", "path": path}),
            (true, false) => json!({"op": "add", "path": path, "value": wanted}),
            (false, false) => json!({"op": "replace", "path": path, "value": wanted}),
        });
        self
    }

    /// What nobody is asked about: it is told anew.
    pub(super) fn remove(mut self, path: &str) -> Self {
        self.0.push(json!({"op": "remove", "path": path}));
        self
    }

    /// To the object itself, or to its subresource at that path.
    pub(super) fn to(self, case: &Case<'_>, path: String) -> Step {
        let cluster = case.request.object.cluster;
        Step {
            kind: StepKind::Itself,
            call: Call::write(cluster, Method::Patch, path, Value::Array(self.0)),
        }
    }
}

/// The object as the patch leaves it; None where the request is no patch of ours. That of a number of replicas goes to the
/// subresource, which has it where the object has.
pub(super) fn patched(object: &Value, call: &Call) -> Option<Value> {
    if call.method != Method::Patch {
        return None;
    }
    let mut object = object.clone();
    for operation in call.body.as_ref()?.as_array()? {
        let (parent, key) = operation["path"].as_str()?.rsplit_once('/')?;
        let key = key.replace("~1", "/").replace("~0", "~");
        match operation["op"].as_str()? {
            "test" => {}
            "remove" => drop(object.pointer_mut(parent)?.as_object_mut()?.remove(&key)),
            _ => {
                let parent = object.pointer_mut(parent)?.as_object_mut()?;
                parent.insert(key, operation["value"].clone());
            }
        }
    }
    Some(object)
}

fn test(path: &str, seen: &Value) -> Value {
    json!({"op": "test", "path": path, "value": seen})
}
