//! The Applications of the fleet, a row each: how they stand, whose they are, what Argo CD does about them.

use super::{Applications, AutoSync, Conduct, Kept, auto_sync, is_named};
use crate::model::{
    Application, ClusterId, Health, Moment, ObjectRef, OperationPhase, Revisions, SyncState, Text,
};
use crate::store::Store;
use crate::tenancy::{Place, Places};

#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationRow {
    /// Where the Application itself lives.
    pub object: ObjectRef,
    /// Whose namespace it deploys to.
    pub place: Place,
    /// Where it deploys, as far as that cluster is watched; else its own.
    pub cluster: ClusterId,
    pub namespace: Text,
    pub standing: Standing,
    pub sync: SyncState,
    pub health: Health,
    pub how: AutoSync,
    pub conduct: Conduct,
    /// What git has, one a source.
    pub revisions: Revisions,
    pub images: Vec<Text>,
    /// Since when it stands so, as far as it tells.
    pub since: Option<Moment>,
}

impl ApplicationRow {
    /// Whether a tracking id names it so.
    pub fn is_called(&self, tracked: &str) -> bool {
        is_named(tracked, &self.object.namespace, &self.object.name)
    }
}

/// What there is first to say of an Application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The last sync failed, and nothing tries it again.
    SyncFailed,
    Degraded,
    /// It cannot be compared with git.
    Blind,
    /// A part of it is not there.
    Missing,
    /// An operation is under way.
    Syncing,
    /// It moves by itself, to git or to health.
    Moving,
    /// Auto-sync is off where it was on, or Argo CD is told not to look.
    HeldBack,
    /// It differs from git, and nothing brings it there but a person or a window.
    Differs,
    /// What it deploys waits for somebody.
    Suspended,
    /// Nobody knows.
    Unknown,
    Well,
}

/// By class, tenant, environment, then name.
pub fn application_rows(store: &Store, places: &Places, now: Moment) -> Vec<ApplicationRow> {
    let applications = Applications::of(store);
    let row = |kept| {
        let (cluster, namespace) = applications.destination(kept);
        let place = places.of(cluster, namespace);
        row(kept, cluster, place, applications.conduct(kept, now))
    };
    let mut rows: Vec<_> = applications.iter().map(row).collect();
    rows.sort_by(|one, other| key(one).cmp(&key(other)));
    rows
}

fn key(row: &ApplicationRow) -> impl Ord + '_ {
    let (place, object) = (&row.place, &row.object);
    (
        place.class,
        &place.tenant,
        &place.environment,
        &object.name,
        object.uid,
    )
}

fn row(kept: Kept<'_>, cluster: ClusterId, place: Place, conduct: Conduct) -> ApplicationRow {
    let application = kept.application;
    let standing = standing(application, &conduct);
    ApplicationRow {
        object: kept.object(),
        place,
        cluster,
        namespace: application.destination.namespace.clone(),
        standing,
        sync: application.sync,
        health: application.health,
        how: auto_sync(application),
        revisions: application.revisions.clone(),
        images: application.images.clone(),
        since: since(application, standing),
        conduct,
    }
}

fn standing(application: &Application, conduct: &Conduct) -> Standing {
    match (conduct, application.health) {
        (Conduct::Failed { dry: false, .. }, _) => Standing::SyncFailed,
        (_, Health::Degraded) => Standing::Degraded,
        (Conduct::Blind { .. } | Conduct::BrokenWindow, _) => Standing::Blind,
        (Conduct::Unattended, _) => Standing::Unknown,
        (Conduct::Syncs { .. } | Conduct::Barred { .. }, _) => Standing::Syncing,
        (_, Health::Missing) => Standing::Missing,
        (_, Health::Progressing) | (Conduct::Leaving, _) => Standing::Moving,
        (Conduct::Skips | Conduct::Waits(AutoSync::Suspended), _) => Standing::HeldBack,
        (_, health) => match application.sync {
            SyncState::Unknown => Standing::Blind,
            SyncState::OutOfSync if matches!(conduct, Conduct::Heals { .. }) => Standing::Moving,
            SyncState::OutOfSync => Standing::Differs,
            SyncState::Synced => match health {
                Health::Suspended => Standing::Suspended,
                Health::Unknown => Standing::Unknown,
                _ => Standing::Well,
            },
        },
    }
}

fn since(application: &Application, standing: Standing) -> Option<Moment> {
    let operation = application.operation.as_deref();
    let ended = || operation.and_then(|it| it.finished.or(it.started));
    let deployed = || application.deployed.as_ref()?.at;
    match standing {
        Standing::SyncFailed => ended(),
        Standing::Syncing => operation
            .filter(|it| !it.phase.is_over() || it.phase == OperationPhase::Failed)
            .and_then(|it| it.started),
        Standing::Degraded | Standing::Missing | Standing::Moving | Standing::Suspended => {
            application.health_since
        }
        Standing::HeldBack => application.suspended_by.as_ref().and_then(|it| it.at),
        Standing::Well => deployed(),
        Standing::Differs => application.differs_since,
        Standing::Blind | Standing::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::{SELF_HEAL, application};

    /// How one stands that heals and has nothing to heal, but for what is said.
    fn stands(tell: impl FnOnce(&mut Application), conduct: &Conduct) -> Standing {
        let mut app = application("beta", Some(SELF_HEAL));
        app.sync = SyncState::Synced;
        app.health = Health::Healthy;
        tell(&mut app);
        standing(&app, conduct)
    }

    #[test]
    fn what_is_worst_is_said_first() {
        let heals = || Conduct::Heals { again: 0 };
        assert_eq!(stands(|_| {}, &heals()), Standing::Well);
        let degraded = |app: &mut Application| app.health = Health::Degraded;
        assert_eq!(stands(degraded, &heals()), Standing::Degraded);
        let failed = Conduct::Failed {
            message: Text::default(),
            dry: false,
        };
        assert_eq!(stands(degraded, &failed), Standing::SyncFailed);
        let differs = |app: &mut Application| app.sync = SyncState::OutOfSync;
        assert_eq!(stands(differs, &heals()), Standing::Moving);
        let manual = || Conduct::Waits(AutoSync::Manual);
        assert_eq!(stands(differs, &manual()), Standing::Differs);
        assert_eq!(stands(|_| {}, &manual()), Standing::Well);
        let off = || Conduct::Waits(AutoSync::Suspended);
        assert_eq!(stands(differs, &off()), Standing::HeldBack);
        assert_eq!(stands(|_| {}, &Conduct::Skips), Standing::HeldBack);
        let closed = Conduct::Closed { until: None };
        assert_eq!(stands(differs, &closed), Standing::Differs);
        let unknown = |app: &mut Application| app.sync = SyncState::Unknown;
        assert_eq!(stands(unknown, &manual()), Standing::Blind);
    }
}
