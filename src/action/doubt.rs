//! A write of which no answer came: what there is now tells whether it was done. It is never sent again by itself.

use super::call::{Accepted, Call, Method, Refused, Reply};
use super::follow::Reached;
use super::record::{Intent, OutcomeVerdict, Verb};
use super::{moved, scale};
use crate::model::{Kind, ObjectKind, ObjectRef, Uid, Writer};

/// Seconds in which whoever sent it may still wait for its answer, and the server still do it.
pub const OPEN: i64 = 60;

/// What a re-read found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The fields hold what the action writes.
    Done,
    /// They hold what they held before.
    NotDone,
    /// Something else, and who wrote it.
    Other(Option<Writer>),
    /// It could not be read.
    Unread,
}

impl Found {
    /// What the action came to; None where it goes on, or is to be read again.
    pub fn over(&self) -> Option<Reached> {
        let (verdict, detail) = match self {
            Found::Done | Found::Unread => return None,
            Found::NotDone => (OutcomeVerdict::NotDone, String::new()),
            Found::Other(by) => {
                let by = by.as_ref().map(|it| it.name.to_string());
                (OutcomeVerdict::Replaced, by.unwrap_or_default())
            }
        };
        Some(Reached { verdict, detail })
    }
}

/// What is read to tell.
pub fn recheck(intent: &Intent, object: &ObjectRef) -> Call {
    match (intent.verb, job(intent)) {
        (Verb::Scale, _) => Call::to(object.cluster, Method::Get, scale::path(object), None),
        (Verb::RunNow, Some(name)) => {
            let jobs = ObjectKind::from(Kind::Job).path(&object.namespace);
            Call::to(object.cluster, Method::Get, format!("{jobs}/{name}"), None)
        }
        _ => Call::get(object),
    }
}

/// The Job that it makes.
fn job(intent: &Intent) -> Option<&str> {
    intent.after.job.as_deref()
}

pub fn found(intent: &Intent, reply: &Reply) -> Found {
    let goes = matches!(intent.verb, Verb::Evict | Verb::Delete);
    match reply {
        Reply::Accepted(_) if intent.verb == Verb::RunNow => Found::Done,
        Reply::Accepted(accepted) => standing(intent, accepted, goes),
        Reply::Refused(Refused { code: 404, .. }) if goes => Found::Done,
        Reply::Refused(Refused { code: 404, .. }) if intent.verb == Verb::RunNow => Found::NotDone,
        Reply::Refused(Refused { code: 404, .. }) => Found::Other(None),
        _ => Found::Unread,
    }
}

fn standing(intent: &Intent, now: &Accepted, goes: bool) -> Found {
    let meta = &now.exact["metadata"];
    let same = meta["uid"].as_str().map(Uid::from_text) == Some(Uid::from_text(&intent.object.uid));
    if goes {
        let going = meta["deletionTimestamp"].is_string() || !same;
        return if going { Found::Done } else { Found::NotDone };
    }
    if !same {
        return Found::Other(None);
    }
    let held = moved::held(&intent.before, now, None);
    if moved::same(&held, &intent.after) {
        Found::Done
    } else if moved::same(&held, &intent.before) {
        Found::NotDone
    } else {
        Found::Other(moved::writer(&intent.before, now))
    }
}
