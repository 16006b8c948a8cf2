//! The way that lasts where Argo CD or Flux puts back what is done: auto-sync goes off, or Flux is suspended, first.

use super::auto_sync::ENABLED;
use super::plan::Note;
use super::{Action, Request, Through, Verb, World, console};
use crate::insight::{
    Applications, AutoSync, Conduct, FluxConduct, FluxKeeping, Keeping, Kept, auto_sync,
    flux_conduct, flux_keeping,
};
use crate::model::{Automated, Kind, Meta, ObjectRef};
use crate::store::Store;

/// What keeps an object and can be kept from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// What keeps it: an Application, a Kustomization, a `HelmRelease`.
    pub keeper: ObjectRef,
    /// Without it a change is put back by itself, not only by the next commit.
    pub needed: bool,
    pub through: Through,
}

/// The first of the ways.
pub fn lasting(world: &World<'_>, request: &Request) -> Option<Lasting> {
    ways(world, request).into_iter().next()
}

/// All of them, that which touches least first. None where nothing is won: nothing keeps the object, or it leaves changes alone,
/// or an `ApplicationSet` writes anew what keeps it and no console can be asked.
pub fn ways(world: &World<'_>, request: &Request) -> Vec<Lasting> {
    let Some(held) = held(world, request) else {
        return Vec::new();
    };
    let keeper = &held.lasting.keeper;
    let open = world.guard.console.as_ref().is_some_and(|it| it.open);
    let switched = open && console::switch(world.store, keeper).is_some();
    let console = switched.then(|| Lasting {
        through: Through::Console,
        ..held.lasting.clone()
    });
    // A plan that suspends it is that way itself.
    let itself = (!held.rewritten && !suspends(request)).then_some(held.lasting);
    itself.into_iter().chain(console).collect()
}

/// The way that the request goes; None for the plan alone.
pub fn taken(request: &Request) -> Option<Through> {
    match request.action {
        Action::SwitchEnvironment { on: false } => Some(Through::Console),
        _ => request.suspended.as_ref().map(|_| request.through),
    }
}

/// What keeps the object, or the object itself, where it is held back now, by whoever.
pub fn held_back(store: &Store, object: &ObjectRef) -> Option<ObjectRef> {
    let cluster = store.cluster(object.cluster)?;
    if let Some(application) = cluster.application(object.uid?) {
        let off = auto_sync(application) == AutoSync::Suspended;
        return off.then(|| object.clone());
    }
    if let Some(flux) = cluster.flux_of(object.uid?) {
        return flux.suspended.then(|| object.clone());
    }
    let meta = &cluster.workload(object.uid?)?.meta;
    let (group, kind) = (object.kind.group(), object.kind.name());
    match Applications::of(store).keeping(object.cluster, group, kind, meta) {
        Some(Keeping::By(kept)) => {
            let off = auto_sync(kept.application) == AutoSync::Suspended;
            off.then(|| kept.object())
        }
        Some(_) => None,
        None => match flux_keeping(store, object.cluster, meta)? {
            FluxKeeping::By(kept) => kept.flux.suspended.then(|| kept.object()),
            _ => None,
        },
    }
}

/// What stays held back though what it was done for is taken back.
pub fn left_held_back(store: &Store, request: &Request) -> Option<ObjectRef> {
    let verb = request.action.verb();
    let itself = verb.holds_back() || matches!(verb, Verb::RestoreSync | Verb::ResumeFlux);
    request.undoes.as_ref().filter(|_| !itself)?;
    held_back(store, &request.object)
}

pub(super) fn left_off(world: &World<'_>, request: &Request) -> Option<Note> {
    left_held_back(world.store, request).map(Note::StaysOff)
}

/// The same, and nothing held back for it.
pub fn alone(request: Request) -> Request {
    let action = match request.action {
        Action::SwitchEnvironment { on: false } => Action::SuspendSync,
        action => action,
    };
    Request {
        action,
        suspended: None,
        through: Through::Itself,
        ..request
    }
}

/// The Application that keeps it and is written anew, where that is what stands in the way.
pub(super) fn rewritten(world: &World<'_>, request: &Request) -> Option<ObjectRef> {
    let held = held(world, request)?;
    held.rewritten.then_some(held.lasting.keeper)
}

fn suspends(request: &Request) -> bool {
    request.action.verb() == Verb::SuspendSync
}

struct Held {
    lasting: Lasting,
    /// An `ApplicationSet` puts its auto-sync back.
    rewritten: bool,
}

fn held(world: &World<'_>, request: &Request) -> Option<Held> {
    let object = request.holder().unwrap_or(&request.object);
    // What is asked of a controller is nothing that git declares.
    if request.action.verb().is_of_status() {
        return None;
    }
    let cluster = world.store.cluster(object.cluster)?;
    if matches!(request.action, Action::Redeploy { .. }) || suspends(request) {
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
    Some(Held {
        lasting: through_itself(kept.object(), needed),
        rewritten: is_generated(&applications, kept),
    })
}

fn through_itself(keeper: ObjectRef, needed: bool) -> Lasting {
    Lasting {
        keeper,
        needed,
        through: Through::Itself,
    }
}

/// What a person reads first: without suspending it Flux writes after its interval.
fn of_flux(world: &World<'_>, object: &ObjectRef, meta: &Meta) -> Option<Held> {
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
    Some(Held {
        lasting: through_itself(kept.object(), needed),
        rewritten: false,
    })
}

impl Lasting {
    /// What is done first, where that is a request of its own, and the request that lasts by it.
    pub fn before(self, request: Request) -> (Option<Request>, Request) {
        let first = Request::new(self.keeper.clone(), self.first());
        if request.action.verb() == first.action.verb() {
            return (None, first);
        }
        // An Application goes back and loses its auto-sync in one write.
        let apart = self.keeper != request.object || self.through == Through::Console;
        let request = Request {
            suspended: Some(self.keeper),
            through: self.through,
            ..request
        };
        (apart.then_some(first), request)
    }

    /// What is done to what keeps it.
    pub fn first(&self) -> Action {
        if self.through == Through::Console {
            Action::SwitchEnvironment { on: false }
        } else if self.keeper.kind == Kind::Application {
            Action::SuspendSync
        } else {
            Action::SuspendFlux
        }
    }
}

/// Of an Application that goes back, or whose auto-sync goes off: its own.
fn own(world: &World<'_>, object: &ObjectRef) -> Option<Held> {
    let cluster = world.store.cluster(object.cluster)?;
    let application = cluster.application(object.uid?)?;
    let on = application.automated.is_some_and(Automated::is_on);
    let kept = Kept {
        home: object.cluster,
        application,
    };
    on.then(|| Held {
        lasting: through_itself(object.clone(), true),
        rewritten: is_generated(&Applications::of(world.store), kept),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{ActionId, Before, Guard, Undone};
    use crate::insight::stage::{
        HOME, SELF_HEAL, Stage, application, deployment, keep, kustomization, track,
    };
    use crate::model::Object;

    fn undoes(action: Action, object: ObjectRef) -> Request {
        Request {
            undoes: Some(Undone {
                id: ActionId("a".to_owned()),
                left: Before::default(),
            }),
            ..Request::new(object, action)
        }
    }

    fn told(stage: &Stage, request: &Request) -> Option<Note> {
        let places = stage.places();
        let world = World {
            store: &stage.store,
            places: &places,
            guard: &Guard::default(),
            now: stage.now,
        };
        left_off(&world, request)
    }

    fn web(stage: &mut Stage, says: impl FnOnce(&mut Meta)) -> ObjectRef {
        let mut web = deployment("betaapp", "web", 1);
        says(&mut web.meta);
        let object = ObjectRef {
            cluster: HOME,
            kind: Kind::Deployment.into(),
            namespace: web.meta.namespace.clone(),
            name: web.meta.name.clone(),
            uid: Some(web.meta.uid),
        };
        stage.add(Object::Workload(web));
        object
    }

    #[test]
    fn what_is_taken_back_says_what_stays_held_back() {
        let mut stage = Stage::new();
        let kind = Kind::Deployment.into();
        let web = web(&mut stage, |meta| track(meta, &kind, "beta"));
        let beta = |enabled| {
            let automated = Automated {
                enabled,
                ..SELF_HEAL
            };
            Box::new(application("beta", Some(automated)))
        };
        let scaled = undoes(Action::Scale(3), web.clone());
        stage.add(Object::Application(beta(None)));
        assert_eq!(told(&stage, &scaled), None);
        stage.add(Object::Application(beta(Some(false))));
        let Some(Note::StaysOff(keeper)) = told(&stage, &scaled) else {
            panic!("nothing stays off");
        };
        assert_eq!(keeper.name, "beta");
        // What is no undo says it in what will hold; giving it back is the other step.
        assert_eq!(told(&stage, &Request::new(web, Action::Scale(3))), None);
        assert_eq!(told(&stage, &undoes(Action::RestoreSync, keeper)), None);
    }

    #[test]
    fn so_it_is_with_flux() {
        let mut stage = Stage::new();
        let web = web(&mut stage, |meta| keep(meta, "apps"));
        let mut apps = kustomization("apps");
        apps.suspended = true;
        stage.add(Object::Flux(Box::new(apps)));
        let Some(Note::StaysOff(keeper)) = told(&stage, &undoes(Action::Scale(3), web)) else {
            panic!("nothing stays suspended");
        };
        assert_eq!(held_back(&stage.store, &keeper), Some(keeper));
    }
}
