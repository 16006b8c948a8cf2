//! The way that lasts where Argo CD puts back what is done: its auto-sync goes off first.

use super::{Action, Request, World};
use crate::insight::{Applications, AutoSync, Conduct, Keeping, Kept, auto_sync};
use crate::model::{Automated, ObjectRef};

/// What keeps an object and can be kept from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// Whose auto-sync goes off.
    pub application: ObjectRef,
    /// Without it a change is put back by itself, not only by the next commit.
    pub needed: bool,
}

/// None where nothing is won: no Application keeps the object, it leaves changes alone, or an `ApplicationSet` writes it anew.
pub fn lasting(world: &World<'_>, request: &Request) -> Option<Lasting> {
    let object = &request.object;
    let cluster = world.store.cluster(object.cluster)?;
    if matches!(request.action, Action::Redeploy { .. }) {
        return own(world, object);
    }
    let meta = &cluster.workload(object.uid?)?.meta;
    let applications = Applications::of(world.store);
    let (group, kind) = (object.kind.group(), object.kind.name());
    let Some(Keeping::By(kept)) = applications.keeping(object.cluster, group, kind, meta) else {
        return None;
    };
    if !matches!(
        auto_sync(kept.application),
        AutoSync::Commits | AutoSync::SelfHeal
    ) {
        return None;
    }
    let needed = match applications.conduct(kept, world.now) {
        Conduct::Heals { .. }
        | Conduct::Closed { .. }
        | Conduct::BrokenWindow
        | Conduct::Syncs { .. } => true,
        Conduct::Waits(AutoSync::Commits) | Conduct::Failed { .. } | Conduct::Blind { .. } => false,
        Conduct::Waits(_) | Conduct::Skips | Conduct::Leaving | Conduct::Unattended => return None,
    };
    (!is_generated(&applications, kept)).then(|| Lasting {
        application: kept.object(),
        needed,
    })
}

/// Of an Application that goes back: its own auto-sync, in the same write.
fn own(world: &World<'_>, object: &ObjectRef) -> Option<Lasting> {
    let cluster = world.store.cluster(object.cluster)?;
    let application = cluster.application(object.uid?)?;
    let on = application.automated.is_some_and(Automated::is_on);
    let kept = Kept {
        home: object.cluster,
        application,
    };
    let generated = is_generated(&Applications::of(world.store), kept);
    (on && !generated).then(|| Lasting {
        application: object.clone(),
        needed: true,
    })
}

/// Whether its `ApplicationSet` would put auto-sync back.
fn is_generated(applications: &Applications<'_>, kept: Kept<'_>) -> bool {
    let maker = applications.maker(kept);
    maker.is_some_and(|it| {
        it.set
            .is_none_or(|set| super::hold::rewrites(set, &kept.application.meta.name))
    })
}
