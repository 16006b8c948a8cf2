//! The inverse of an action of the journal: a request like any other, with a preview of its own.

use super::plan::Refusal;
use super::record::{Intent, Verb};
use super::request::{Action, Request, Undone};
use super::{World, console, rollback};
use crate::model::{Kind, ObjectKind, ObjectRef, Uid};
use crate::store::Store;

/// What takes the action back.
///
/// # Errors
/// Nothing takes it back, or what it would go back to is gone.
pub fn undo(world: &World<'_>, intent: &Intent) -> Result<Request, Refusal> {
    let object = object(world.store, intent).ok_or(Refusal::Gone)?;
    let action = match intent.verb {
        Verb::Restart if object.kind == Kind::Rollout => {
            return Err(Refusal::NotUndoable(intent.verb));
        }
        Verb::Promote | Verb::PromoteFull | Verb::Retry => Action::Abort,
        Verb::Abort => Action::Retry,
        Verb::RollBack if object.kind == Kind::Application => Action::Redeploy {
            entry: intent.before.revision,
        },
        Verb::RollBack | Verb::Restart => {
            let mut request = rollback::roll_back(world, &object, intent.before.revision)?;
            if let Action::RollBack(target) = &mut request.action {
                target.template.clone_from(&intent.before.template);
            }
            request.action
        }
        Verb::Scale => Action::Scale(intent.before.replicas.ok_or(Refusal::NoScale)?),
        Verb::Pause => Action::Resume,
        Verb::Resume => Action::Pause,
        Verb::Suspend => Action::Unsuspend,
        Verb::Unsuspend => Action::Suspend,
        Verb::RunNow => return delete_job(world, intent, &object),
        Verb::SuspendSync | Verb::RestoreSync if intent.after.environment.is_some() => {
            same_environment(world, intent, &object)?;
            Action::SwitchEnvironment {
                on: intent.verb == Verb::SuspendSync,
            }
        }
        Verb::SuspendSync => Action::RestoreSync,
        Verb::RestoreSync => Action::SuspendSync,
        Verb::SuspendFlux => Action::ResumeFlux,
        Verb::ResumeFlux => Action::SuspendFlux,
        Verb::Evict
        | Verb::Delete
        | Verb::Sync
        | Verb::SyncAndPrune
        | Verb::SyncDryRun
        | Verb::Refresh
        | Verb::HardRefresh
        | Verb::Terminate
        | Verb::Reconcile => return Err(Refusal::NotUndoable(intent.verb)),
    };
    Ok(Request {
        undoes: Some(undone(intent)),
        ..Request::new(object, action)
    })
}

/// The Application may deploy to another by now.
fn same_environment(world: &World<'_>, intent: &Intent, object: &ObjectRef) -> Result<(), Refusal> {
    let switch = console::switch(world.store, object);
    let written = intent.after.environment.as_ref();
    match (switch, written) {
        (Some(switch), Some(written)) if switch.id == written.id => Ok(()),
        _ => Err(Refusal::NoEnvironment),
    }
}

pub(super) fn undone(intent: &Intent) -> Undone {
    Undone {
        id: intent.id.clone(),
        left: intent.after.clone(),
    }
}

fn delete_job(world: &World<'_>, intent: &Intent, cron: &ObjectRef) -> Result<Request, Refusal> {
    let name = intent.after.job.as_deref();
    let cluster = world.store.cluster(cron.cluster).ok_or(Refusal::Gone)?;
    let mut jobs = cluster.jobs();
    let job = jobs
        .find(|it| Some(it.meta.name.as_str()) == name && it.meta.namespace == cron.namespace)
        .ok_or(Refusal::Gone)?;
    let job = ObjectRef {
        kind: Kind::Job.into(),
        name: job.meta.name.clone(),
        uid: Some(job.meta.uid),
        ..cron.clone()
    };
    Ok(Request {
        undoes: Some(undone(intent)),
        ..Request::new(job, Action::Delete)
    })
}

/// The object that the record names, in the cluster that has the context's name now.
pub fn object(store: &Store, intent: &Intent) -> Option<ObjectRef> {
    let named = &intent.object;
    let mut clusters = store.clusters();
    let cluster = clusters.find(|it| it.name() == intent.context.as_str())?;
    let known = Kind::ALL
        .into_iter()
        .find(|it| it.name() == named.kind && it.group() == named.group);
    let served = || {
        let mut served = cluster.served().iter();
        let resource = served.find(|it| it.kind == named.kind && it.group == named.group)?;
        Some(ObjectKind::from(resource))
    };
    Some(ObjectRef {
        cluster: cluster.id(),
        kind: known.map(ObjectKind::from).or_else(served)?,
        namespace: named.namespace.as_str().into(),
        name: named.name.as_str().into(),
        uid: Some(Uid::from_text(&named.uid)),
    })
}
