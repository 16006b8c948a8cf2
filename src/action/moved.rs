//! What an object holds now of the fields that an action writes, and who wrote them last.

use super::call::{Accepted, Refused, Reply};
use super::execution::Execution;
use super::plan::{Moved, Refusal};
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
                by: None,
                was: seen.clone(),
                now,
            };
            return (moved.was != moved.now).then(|| Refusal::Moved(Box::new(moved)));
        }
        let scale = reply(&Need::Scale).and_then(Reply::accepted);
        // What is written, where that is another object.
        let holder = reply(&Need::Holder).and_then(Reply::accepted);
        let now = holder.unwrap_or(now);
        let held = held(seen, now, scale);
        (!same(seen, &held)).then(|| {
            Refusal::Moved(Box::new(Moved {
                by: writer(seen, now),
                was: seen.clone(),
                now: held,
            }))
        })
    }
}
