//! Whether what an action left still stands.

use std::collections::HashMap;

use super::entry::{Effect, Entry};
use super::{ActionId, Before, Intent, Named, OutcomeVerdict, Verb};
use crate::model::{Automated, Kind, ObjectRef};
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
    AutoSync,
    Aborted,
}

/// What the later actions did to each object: looked up, for a journal is long.
#[derive(Default)]
pub struct Later<'a> {
    /// By the action that is taken back.
    undone: HashMap<&'a ActionId, &'a ActionId>,
    /// By context and object: of what each writes the newest, newest first.
    written: HashMap<(&'a str, &'a Named), Vec<&'a Entry>>,
}

impl<'a> Later<'a> {
    /// The next older one. What changed nothing ends nothing.
    pub fn add(&mut self, entry: &'a Entry) {
        if entry.effect() != Effect::Done {
            return;
        }
        let intent = &entry.intent;
        if let Some(undone) = &intent.undoes {
            self.undone.entry(undone).or_insert(&intent.id);
        }
        let object = (intent.context.as_str(), &intent.object);
        let written = self.written.entry(object).or_default();
        let same = |it: &&'a Entry| is_like(&it.intent, intent);
        if !written.iter().any(same) {
            written.push(entry);
        }
    }

    fn undoes(&self, entry: &Entry) -> Option<Still> {
        let by = *self.undone.get(&entry.intent.id)?;
        Some(Still::Undone { by: by.clone() })
    }

    fn replaces(&self, entry: &Entry, field: Field) -> Option<&ActionId> {
        let object = (entry.intent.context.as_str(), &entry.intent.object);
        let mut written = self.written.get(&object)?.iter();
        let same = |it: &Intent| it.verb == Verb::Delete || self::field(it) == Some(field);
        let by = written.find(|it| same(&it.intent))?;
        Some(&by.intent.id)
    }
}

/// They write the same field, or both remove.
fn is_like(one: &Intent, other: &Intent) -> bool {
    let goes = |it: &Intent| it.verb == Verb::Delete;
    field(one) == field(other) && goes(one) == goes(other)
}

/// `later` has the actions written after this one; `live` is what the object has now, where that is known.
pub fn still(entry: &Entry, later: &Later<'_>, live: Option<&Before>) -> Still {
    let effect = entry.effect();
    if effect == Effect::None {
        return Still::Never;
    }
    let told = later.undoes(entry).or_else(|| match field(&entry.intent) {
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

fn replaced(entry: &Entry, field: Field, later: &Later<'_>) -> Option<Still> {
    let by = later.replaces(entry, field).cloned();
    let outcome = entry.outcome.as_ref().map(|it| it.verdict);
    let somebody = outcome == Some(OutcomeVerdict::Replaced);
    (by.is_some() || somebody).then_some(Still::Replaced { by })
}

/// None where the record or the object does not tell the field.
fn by_cluster(left: &Before, field: Field, live: &Before) -> Option<Still> {
    let holds = match field {
        Field::Template => template_stands(left, live)?,
        Field::Replicas => left.replicas? == live.replicas?,
        Field::Paused => left.paused? == live.paused?,
        Field::Suspended => left.suspended? == live.suspended?,
        Field::AutoSync if left.skips.is_some() => left.skips? == live.skips?,
        Field::AutoSync => left.auto_sync? == live.auto_sync?,
        Field::Aborted => left.aborted? == live.aborted?,
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
    if object.kind == Kind::Application {
        let application = cluster.application(uid)?;
        let deployed = application.deployed.as_ref();
        return Some(Before {
            revision: deployed.and_then(|it| u64::try_from(it.id).ok()),
            auto_sync: Some(application.automated.is_some_and(Automated::is_on)),
            skips: Some(application.skips_reconcile()),
            ..Before::default()
        });
    }
    if let Some(flux) = cluster.flux_of(uid) {
        return Some(Before {
            suspended: Some(flux.suspended),
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
        aborted: Some(workload.is_aborted()),
        ..Before::default()
    })
}

fn field(intent: &Intent) -> Option<Field> {
    match intent.verb {
        // That of an Argo Rollout leaves the template alone.
        Verb::Restart if intent.object.kind == Kind::Rollout.name() => None,
        Verb::RollBack | Verb::Restart => Some(Field::Template),
        Verb::Scale => Some(Field::Replicas),
        Verb::Pause | Verb::Resume => Some(Field::Paused),
        Verb::Suspend | Verb::Unsuspend | Verb::SuspendFlux | Verb::ResumeFlux => {
            Some(Field::Suspended)
        }
        Verb::SuspendSync | Verb::RestoreSync => Some(Field::AutoSync),
        Verb::Abort | Verb::Retry => Some(Field::Aborted),
        Verb::Evict
        | Verb::Delete
        | Verb::RunNow
        | Verb::Sync
        | Verb::SyncAndPrune
        | Verb::SyncDryRun
        | Verb::Refresh
        | Verb::HardRefresh
        | Verb::Terminate
        | Verb::Reconcile
        | Verb::Promote
        | Verb::PromoteFull => None,
    }
}
