//! The way that lasts where Argo CD or Flux puts back what is done: auto-sync goes off, or Flux is suspended, first.

use super::auto_sync::ENABLED;
use super::{Action, Request, World};
use crate::insight::{
    Applications, AutoSync, Conduct, FluxConduct, FluxKeeping, Keeping, Kept, auto_sync,
    flux_conduct, flux_keeping,
};
use crate::model::{Automated, Kind, Meta, ObjectRef};

/// What keeps an object and can be kept from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// What keeps it: an Application, a Kustomization, a `HelmRelease`.
    pub keeper: ObjectRef,
    /// Without it a change is put back by itself, not only by the next commit.
    pub needed: bool,
}

/// None where nothing is won: no Application keeps the object, it leaves changes alone, or an `ApplicationSet` writes it anew.
pub fn lasting(world: &World<'_>, request: &Request) -> Option<Lasting> {
    let object = &request.object;
    // What is asked of a controller is nothing that git declares.
    if request.action.verb().is_of_status() {
        return None;
    }
    let cluster = world.store.cluster(object.cluster)?;
    if matches!(request.action, Action::Redeploy { .. }) {
        return own(world, object);
    }
    let meta = &cluster.workload(object.uid?)?.meta;
    let applications = Applications::of(world.store);
    let (group, kind) = (object.kind.group(), object.kind.name());
    let kept = match applications.keeping(object.cluster, group, kind, meta) {
        Some(Keeping::By(kept)) => kept,
        Some(_) => return None,
        None => return of_flux(world, object, meta),
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
        | Conduct::Barred { .. }
        | Conduct::BrokenWindow
        | Conduct::Syncs { .. } => true,
        Conduct::Waits(AutoSync::Commits) | Conduct::Failed { .. } | Conduct::Blind { .. } => false,
        Conduct::Waits(_) | Conduct::Skips | Conduct::Leaving | Conduct::Unattended => return None,
    };
    (!is_generated(&applications, kept)).then(|| Lasting {
        keeper: kept.object(),
        needed,
    })
}

/// What a person reads first: without suspending it Flux writes after its interval.
fn of_flux(world: &World<'_>, object: &ObjectRef, meta: &Meta) -> Option<Lasting> {
    let Some(FluxKeeping::By(kept)) = flux_keeping(world.store, object.cluster, meta) else {
        return None;
    };
    let needed = match flux_conduct(kept.flux, world.now) {
        FluxConduct::Reconciles { .. } => true,
        FluxConduct::Upgrades | FluxConduct::Fails { .. } | FluxConduct::Stalled { .. } => false,
        FluxConduct::Suspended
        | FluxConduct::Finishing
        | FluxConduct::Leaving
        | FluxConduct::Unattended => return None,
    };
    Some(Lasting {
        keeper: kept.object(),
        needed,
    })
}

impl Lasting {
    /// What is done to what keeps it.
    pub fn first(&self) -> Action {
        if self.keeper.kind == Kind::Application {
            Action::SuspendSync
        } else {
            Action::SuspendFlux
        }
    }
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
        keeper: object.clone(),
        needed: true,
    })
}

/// Whether its `ApplicationSet` would put auto-sync back.
fn is_generated(applications: &Applications<'_>, kept: Kept<'_>) -> bool {
    let maker = applications.maker(kept);
    maker.is_some_and(|it| {
        it.set
            .is_none_or(|set| super::hold::rewrites(set, &kept.application.meta.name, ENABLED))
    })
}
