//! What an object holds now of the fields that an action writes, and who wrote them last.

use serde_json::Value;

use super::call::{Accepted, Refused, Reply};
use super::execution::Execution;
use super::plan::{Field, Held, Moved, Refusal};
use super::preview::Need;
use super::record::Before;
use super::{auto_sync, console, deliver, hold, scale, template};
use crate::model::{Application, Uid, Writer};

/// Those fields of `seen`, as the object has them now. The number stands in the scale subresource, where it was read.
pub(super) fn held(seen: &Before, object: &Accepted, scale: Option<&Accepted>) -> Before {
    let spec = &object.exact["spec"];
    let counted = scale.map_or(spec, |it| &it.exact["spec"]);
    let template = seen.template.as_ref().map(|_| &spec["template"]);
    let shown = &object.shown["spec"]["template"];
    Before {
        replicas: seen.replicas.map(|_| scale::replicas(counted)),
        paused: seen.paused.map(|_| template::is_paused(&object.exact)),
        suspended: seen.suspended.map(|_| spec["suspend"] == true),
        auto_sync: seen.auto_sync.map(|_| auto_sync::is_on(&object.exact)),
        skips: seen.skips.map(|_| auto_sync::skip::stands(&object.exact)),
        step: seen.step.and(deliver::step(&object.exact)),
        aborted: seen.aborted.map(|_| deliver::is_given_up(&object.exact)),
        ..template.map_or_else(Before::default, |it| {
            let pods = template::comparable(&object.exact, it);
            template::before(&pods, shown, None)
        })
    }
}

/// Whether both say the same of what can be compared.
pub(super) fn same(one: &Before, other: &Before) -> bool {
    let fields = |it: &Before| {
        let flags = (it.paused, it.suspended, it.auto_sync, it.skips, it.aborted);
        (it.template.clone(), it.replicas, it.step, flags)
    };
    fields(one) == fields(other)
}

/// Who wrote them last, as far as `managedFields` tell.
pub(super) fn writer(seen: &Before, object: &Accepted) -> Option<Writer> {
    let field = match seen {
        Before {
            template: Some(_), ..
        } => "f:template",
        Before {
            replicas: Some(_), ..
        } => "f:replicas",
        Before {
            paused: Some(_), ..
        } => "f:paused",
        Before {
            suspended: Some(_), ..
        } => "f:suspend",
        Before {
            auto_sync: Some(_), ..
        } => "f:syncPolicy",
        Before { skips: Some(_), .. } => {
            let key = format!("f:{}", Application::SKIP_RECONCILE);
            let path = ["f:metadata", "f:annotations", &key];
            return hold::writers(&object.shown, &path).into_iter().next();
        }
        _ => return None,
    };
    let writers = hold::writers(&object.shown, &["f:spec", field]);
    writers.into_iter().next()
}

impl Execution {
    /// Why the server refused the patch, when it is that somebody else wrote since; None when it is not, or cannot be told.
    pub fn explained(&self, replies: &[(Need, Reply)]) -> Option<Refusal> {
        let reply = |need: &Need| replies.iter().find(|(it, _)| it == need).map(|(_, it)| it);
        let now = match reply(&Need::Object)? {
            Reply::Refused(Refused { code: 404, .. }) => return Some(Refusal::Gone),
            reply => reply.accepted()?,
        };
        let uid = now.exact["metadata"]["uid"].as_str().unwrap_or_default();
        if Uid::from_text(uid) != Uid::from_text(&self.intent.object.uid) {
            return Some(Refusal::Recreated);
        }
        let seen = &self.intent.before;
        if let Some(list) = reply(&Need::Environments).and_then(Reply::accepted) {
            let now = console::now(&self.intent, list)?;
            let moved = Moved {
                was: seen.clone(),
                now,
                ..Moved::default()
            };
            return (moved.was != moved.now).then(|| Refusal::Moved(Box::new(moved)));
        }
        let scale = reply(&Need::Scale).and_then(Reply::accepted);
        // What is written, where that is another object.
        let now = match reply(&Need::Holder) {
            Some(holder) => holder.accepted()?,
            None => now,
        };
        let held = held(seen, now, scale);
        let moved = if same(seen, &held) {
            self.tested(now)?
        } else {
            Moved {
                by: writer(seen, now),
                was: seen.clone(),
                now: held,
                fields: Vec::new(),
            }
        };
        Some(Refusal::Moved(Box::new(moved)))
    }

    /// What the journal does not know of and the request tests for all the same: an operation of Argo CD, what is kept of one.
    /// None where all of it is as it was seen.
    fn tested(&self, now: &Accepted) -> Option<Moved> {
        let body = self.calls.first()?.body.as_ref()?.as_array()?;
        let moved = body.iter().filter_map(|it| {
            let path = it["path"].as_str().filter(|_| it["op"] == "test")?;
            let held = now.exact.pointer(path).unwrap_or(&Value::Null);
            (*held != it["value"]).then_some((path, &it["value"], held))
        });
        let moved: Vec<_> = moved.collect();
        let (first, ..) = moved.first()?;
        // What was read is not what is written.
        if *first == "/metadata/uid" {
            return None;
        }
        let field = |(path, was, now): &(&str, &Value, &Value)| Field {
            path: keys(path).collect::<Vec<_>>().join("."),
            was: told(was),
            now: match (told(was), told(now)) {
                (Held::Object, Held::Object) => Held::Another,
                (_, now) => now,
            },
        };
        Some(Moved {
            by: writer_of(first, now),
            fields: moved.iter().map(field).collect(),
            ..Moved::default()
        })
    }
}

/// Of a JSON pointer.
fn keys(path: &str) -> impl Iterator<Item = String> {
    let keys = path.split('/').skip(1);
    keys.map(|it| it.replace("~1", "/").replace("~0", "~"))
}

fn told(value: &Value) -> Held {
    match value {
        Value::Null => Held::Nothing,
        Value::String(text) => Held::Value(auto_sync::inert(text)),
        Value::Bool(_) | Value::Number(_) => Held::Value(value.to_string()),
        Value::Array(_) | Value::Object(_) => Held::Object,
    }
}

/// Nobody where it is gone: `managedFields` name who wrote what is there.
fn writer_of(path: &str, object: &Accepted) -> Option<Writer> {
    let fields: Vec<_> = keys(path).map(|it| format!("f:{it}")).collect();
    let fields: Vec<_> = fields.iter().map(String::as_str).collect();
    hold::writers(&object.shown, &fields).into_iter().next()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::action::{ActionId, Call, HoldVerdict, Intent, Method, Named, Verb, Who};
    use crate::model::{ClusterId, Moment};
    use crate::tenancy::Class;

    /// A sync that Argo CD was asked for first.
    fn sync(now: &Value) -> Option<Refusal> {
        let mut object = json!({"metadata": {"uid": "u"}});
        object
            .as_object_mut()
            .unwrap()
            .extend(now.as_object().unwrap().clone());
        let body = json!([
            {"op": "test", "path": "/metadata/uid", "value": "u"},
            {"op": "test", "path": "/operation", "value": null},
            {"op": "add", "path": "/operation", "value": {"sync": {}}},
            {"op": "test", "path": "/status/operationState/startedAt", "value": "02:00"},
        ]);
        let execution = Execution {
            intent: Intent {
                id: ActionId("a".to_owned()),
                at: Moment::from_seconds(1_800_000_000).unwrap(),
                who: Who::default(),
                context: String::new(),
                object: Named {
                    uid: "u".to_owned(),
                    ..named()
                },
                tenant: String::new(),
                environment: String::new(),
                class: Class::Production,
                verb: Verb::Sync,
                before: Before::default(),
                after: Before::default(),
                diff: Vec::new(),
                reason: String::new(),
                hold: HoldVerdict::Unknown,
                sends: Vec::new(),
                undoes: None,
            },
            calls: vec![Call::write(
                ClusterId(0),
                Method::Patch,
                String::new(),
                body,
            )],
            rereads: Vec::new(),
        };
        let read = Accepted {
            exact: object.clone(),
            shown: object,
            warnings: Vec::new(),
        };
        execution.explained(&[(Need::Object, Reply::Accepted(Arc::new(read)))])
    }

    fn named() -> Named {
        Named {
            group: "argoproj.io".to_owned(),
            kind: "Application".to_owned(),
            namespace: "argocd".to_owned(),
            name: "beta".to_owned(),
            uid: String::new(),
        }
    }

    #[test]
    fn what_argo_cd_wrote_meanwhile_is_told_field_by_field() {
        let refusal = sync(&json!({
            "metadata": {
                "uid": "u",
                "managedFields": [{
                    "manager": "argocd-server", "time": "2026-11-24T03:12:00Z",
                    "fieldsV1": {"f:operation": {"f:sync": {}}},
                }],
            },
            "operation": {"sync": {}},
            "status": {"operationState": {"startedAt": "03:12\u{1b}"}},
        }));
        let Some(Refusal::Moved(moved)) = refusal else {
            panic!("{refusal:?}");
        };
        assert_eq!(moved.by.unwrap().name, "argocd-server");
        let field = |path: &str, was, now| Field {
            path: path.to_owned(),
            was,
            now,
        };
        let value = |text: &str| Held::Value(text.to_owned());
        let expected = [
            field("operation", Held::Nothing, Held::Object),
            field(
                "status.operationState.startedAt",
                value("02:00"),
                value("03:12"),
            ),
        ];
        assert_eq!(moved.fields, expected);
    }

    /// Something else was wrong with the request: the server says what.
    #[test]
    fn what_stands_as_it_was_seen_has_not_moved() {
        let same = json!({"status": {"operationState": {"startedAt": "02:00"}}});
        assert_eq!(sync(&same), None);
    }
}
