//! Whether what an action left still stands.

use super::entry::{Effect, Entry};
use super::{ActionId, Before, OutcomeVerdict, Verb};
use crate::model::{Kind, ObjectRef};
use crate::store::Store;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Still {
    /// The object has what the action left.
    Holds,
    /// The same fields were written since: by that action of ours, or by somebody.
    Replaced {
        by: Option<ActionId>,
    },
    /// By that action of ours.
    Undone {
        by: ActionId,
    },
    /// It never was: refused, or found not done.
    Never,
    /// It leaves nothing that could stand: a run, an eviction, a removal.
    Nothing,
    NotKnown,
}

/// What an action writes on an object, and leaves there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Template,
    Replicas,
    Paused,
    Suspended,
}

/// `later` are the actions written after this one, in any order; `live` is what the object has now, where that is known.
pub fn still(entry: &Entry, later: &[Entry], live: Option<&Before>) -> Still {
    let effect = entry.effect();
    if effect == Effect::None {
        return Still::Never;
    }
    let told = undone(entry, later).or_else(|| match field(entry.intent.verb) {
        None => Some(Still::Nothing),
        Some(field) => {
            replaced(entry, field, later).or_else(|| by_cluster(&entry.intent.after, field, live?))
        }
    });
    match told {
        // It may as well never have been.
        Some(Still::Nothing | Still::Replaced { .. }) if effect == Effect::Unknown => {
            Still::NotKnown
        }
        told => told.unwrap_or(Still::NotKnown),
    }
}

fn undone(entry: &Entry, later: &[Entry]) -> Option<Still> {
    let id = Some(&entry.intent.id);
    let undo = done(later).find(|it| it.intent.undoes.as_ref() == id)?;
    let by = undo.intent.id.clone();
    Some(Still::Undone { by })
}

fn replaced(entry: &Entry, field: Field, later: &[Entry]) -> Option<Still> {
    let other = done(later).find(|it| replaces(it, entry, field));
    let outcome = entry.outcome.as_ref().map(|it| it.verdict);
    let somebody = outcome == Some(OutcomeVerdict::Replaced);
    let by = other.map(|it| it.intent.id.clone());
    (by.is_some() || somebody).then_some(Still::Replaced { by })
}

fn done(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|it| it.effect() == Effect::Done)
}

fn replaces(later: &Entry, entry: &Entry, field: Field) -> bool {
    let (later, entry) = (&later.intent, &entry.intent);
    let same = later.context == entry.context && later.object == entry.object;
    same && (later.verb == Verb::Delete || self::field(later.verb) == Some(field))
}

/// None where the record or the object does not tell the field.
fn by_cluster(left: &Before, field: Field, live: &Before) -> Option<Still> {
    let holds = match field {
        Field::Template => template_stands(left, live)?,
        Field::Replicas => left.replicas? == live.replicas?,
        Field::Paused => left.paused? == live.paused?,
        Field::Suspended => left.suspended? == live.suspended?,
    };
    Some(if holds {
        Still::Holds
    } else {
        Still::Replaced { by: None }
    })
}

/// By the hash, where both are known; of what is watched by images and revision.
fn template_stands(left: &Before, live: &Before) -> Option<bool> {
    if let (Some(left), Some(live)) = (&left.template, &live.template) {
        return Some(left == live);
    }
    let told = !left.images.is_empty() && !live.images.is_empty();
    if told && left.images != live.images {
        return Some(false);
    }
    Some(left.revision? == live.revision?)
}

/// What the object has now of the fields that actions write, as far as it is watched.
pub fn live(store: &Store, object: &ObjectRef) -> Option<Before> {
    let cluster = store.cluster(object.cluster)?;
    let uid = object.uid?;
    if object.kind == Kind::CronJob {
        let cron = cluster.cron_jobs().find(|it| it.meta.uid == uid)?;
        return Some(Before {
            suspended: Some(cron.suspended),
            ..Before::default()
        });
    }
    let workload = cluster.workload(uid)?;
    let containers = workload.template.containers.iter();
    Some(Before {
        revision: workload.revision,
        images: containers.map(|it| it.image.to_string()).collect(),
        replicas: Some(workload.desired),
        paused: Some(workload.paused),
        ..Before::default()
    })
}

fn field(verb: Verb) -> Option<Field> {
    match verb {
        Verb::RollBack | Verb::Restart => Some(Field::Template),
        Verb::Scale => Some(Field::Replicas),
        Verb::Pause | Verb::Resume => Some(Field::Paused),
        Verb::Suspend | Verb::Unsuspend => Some(Field::Suspended),
        Verb::Evict | Verb::Delete | Verb::RunNow => None,
    }
}
