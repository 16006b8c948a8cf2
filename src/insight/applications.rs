//! Which Application of Argo CD keeps an object in whatever cluster, what keeps that Application, and what becomes of a
//! difference from git. Rules of the controller: argoproj/argo-cd v3.1 `controller/appcontroller.go`, `autoSync`.

mod rows;
mod trouble;

pub use rows::{ApplicationRow, Standing, application_rows};
pub(super) use trouble::judge;

use std::cell::OnceCell;

use hashbrown::HashMap;

use super::flux::flux_label;
use super::sync_windows::{Window, window};
use crate::model::{
    AppProject, Application, ApplicationSet, ClusterId, Destination, Feed, Kind, Meta, Moment,
    ObjectRef, OperationPhase, SyncOperation, SyncState, Text,
};
use crate::store::{Cluster, Seen, Store};
use crate::tenancy::{Place, Places};

/// Applications above one another that are followed; more of them are a circle.
const DEEPEST: usize = 8;
/// What stands in the way of a comparison, as conditions have it.
const BLIND: [&str; 3] = ["ComparisonError", "InvalidSpecError", "UnknownError"];
/// What is a workload.
const RUNNING: [Kind; 4] = [
    Kind::Deployment,
    Kind::StatefulSet,
    Kind::DaemonSet,
    Kind::Rollout,
];

/// An Application and the cluster it lives in.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    pub home: ClusterId,
    pub application: &'a Application,
}

impl Kept<'_> {
    pub fn object(&self) -> ObjectRef {
        let meta = &self.application.meta;
        ObjectRef {
            cluster: self.home,
            kind: Kind::Application.into(),
            namespace: meta.namespace.clone(),
            name: meta.name.clone(),
            uid: Some(meta.uid),
        }
    }
}

/// Who keeps an object that says an Application does.
#[derive(Clone, Copy, Debug)]
pub enum Keeping<'a> {
    By(Kept<'a>),
    /// No watched cluster has such an Application for it, though all were read.
    Nobody,
    /// Several may.
    Several,
    /// Applications could not be looked at everywhere.
    Unseen,
    /// One of that name has more objects than are kept of it.
    Untold,
    /// Nor could they, and the label of the object may be one's, or anybody's.
    Labelled,
}

/// Where the object says that it belongs: `APP` of its tracking id.
#[derive(Clone, Copy)]
struct Tracked<'a> {
    application: &'a str,
    cluster: ClusterId,
    group: &'a str,
    kind: &'a str,
    meta: &'a Meta,
}

/// All Applications of the fleet. Each question goes through all of them, which takes less than making an index.
pub struct Applications<'a> {
    store: &'a Store,
    /// By cluster and name, once one is asked for.
    projects: OnceCell<HashMap<(ClusterId, &'a str), Vec<&'a AppProject>>>,
}

impl<'a> Applications<'a> {
    pub fn of(store: &'a Store) -> Self {
        Self {
            store,
            projects: OnceCell::new(),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Kept<'a>> {
        let clusters = self.store.clusters();
        clusters.flat_map(|cluster| {
            cluster.applications().map(|application| Kept {
                home: cluster.id(),
                application,
            })
        })
    }

    /// Where it deploys what names no namespace; its own cluster where none that is watched is meant.
    pub fn destination(&self, kept: Kept<'a>) -> (ClusterId, &'a Text) {
        let cluster = self.reached(kept).unwrap_or(kept.home);
        (cluster, &kept.application.destination.namespace)
    }

    /// Whose it is, where it is asked for: it is found by all the names of where it deploys to, and by that of the namespace it
    /// lies in. A tenant that Argo CD belongs to has no part in what Argo CD deploys for others.
    pub fn asked(
        &self,
        kept: Kept<'a>,
        places: &Places,
        wanted: impl Fn(&str, &Place) -> bool,
    ) -> Option<Place> {
        let (cluster, namespace) = self.destination(kept);
        let place = places.of(cluster, namespace);
        let own = &kept.application.meta.namespace;
        (wanted(namespace, &place) || wanted(own, &place)).then_some(place)
    }

    /// None where it is none that is watched, by whatever name.
    pub(super) fn reached(&self, kept: Kept<'_>) -> Option<ClusterId> {
        let destination = &kept.application.destination;
        if destination.is_here() {
            return Some(kept.home);
        }
        let mut clusters = self.store.clusters();
        Some(clusters.find(|it| is_meant(destination, it))?.id())
    }

    /// None where the object does not say that an Application keeps it.
    pub fn keeping(
        &self,
        cluster: ClusterId,
        group: &str,
        kind: &str,
        meta: &Meta,
    ) -> Option<Keeping<'a>> {
        let tracked = |application| Tracked {
            application,
            cluster,
            group,
            kind,
            meta,
        };
        if let Some(application) = is_tracked(group, kind, meta) {
            return Some(self.find(&tracked(application)));
        }
        let instance = meta.labels.get(Application::INSTANCE)?;
        self.labelled(&tracked(instance))
    }

    /// By label, as Argo CD tracks up to 2.14. Charts set it, too: what the Application does not name itself is none of its.
    fn labelled(&self, tracked: &Tracked<'_>) -> Option<Keeping<'a>> {
        let named = self.named(tracked.application).filter(|it| {
            let elsewhere = self.reaches(it, tracked.cluster) == Some(false);
            !elsewhere && names(it.application, tracked)
        });
        let named: Vec<_> = named.collect();
        // Of many objects it tells some.
        let untold = self.named(tracked.application).any(|it| {
            let told = it.application.resources.len();
            let more = usize::try_from(it.application.resource_count).is_ok_and(|all| all > told);
            more && self.reaches(&it, tracked.cluster) != Some(false)
        });
        match once(named.iter().collect()).as_slice() {
            [] if untold => Some(Keeping::Untold),
            [] if may_be_labelled(tracked.meta) && !self.seen() => Some(Keeping::Labelled),
            [] => None,
            [one] => Some(Keeping::By(**one)),
            _ => Some(Keeping::Several),
        }
    }

    fn find(&self, tracked: &Tracked<'_>) -> Keeping<'a> {
        let candidates: Vec<_> = self.named(tracked.application).collect();
        let reached = |it: &&Kept<'a>| self.reaches(it, tracked.cluster) == Some(true);
        let perhaps = |it: &&Kept<'a>| {
            self.reaches(it, tracked.cluster).is_none() && names(it.application, tracked)
        };
        let sure: Vec<_> = candidates.iter().filter(reached).collect();
        let maybe: Vec<_> = candidates.iter().filter(perhaps).collect();
        // Two contexts may lead to one server.
        let (sure, maybe) = (once(sure), once(maybe));
        match (sure.as_slice(), maybe.as_slice()) {
            ([one], _) | ([], [one]) => Keeping::By(**one),
            ([], []) if !self.seen() => Keeping::Unseen,
            ([], []) => Keeping::Nobody,
            _ => Keeping::Several,
        }
    }

    fn named(&self, tracked: &str) -> impl Iterator<Item = Kept<'a>> {
        self.iter().filter(move |it| {
            let meta = &it.application.meta;
            is_named(tracked, &meta.namespace, &meta.name)
        })
    }

    /// Whether it deploys to that cluster. None where its destination is none that is watched, by whatever name.
    fn reaches(&self, kept: &Kept<'_>, cluster: ClusterId) -> Option<bool> {
        Some(same(self.store, self.reached(*kept)?, cluster))
    }

    /// Whether all clusters were read for Applications, in all their namespaces, or have none.
    pub(super) fn seen(&self) -> bool {
        let mut clusters = self.store.clusters();
        clusters.all(|it| {
            let served = it.kind(Kind::Application.group(), Kind::Application.plural());
            let whole = it.seen(Kind::Application, "") == Seen::Whole;
            whole || served.is_none() && !it.served().is_empty()
        })
    }

    /// Whether some may not be read.
    pub(super) fn withheld(&self) -> bool {
        let mut clusters = self.store.clusters();
        clusters.any(|it| {
            it.feeds().any(|(scope, feed)| {
                scope.kind == Kind::Application && matches!(feed, Feed::Denied { .. })
            })
        })
    }

    /// The Applications that keep it, the nearest first: each one's difference from git is put back by the next.
    pub fn above(&self, kept: Kept<'a>) -> Vec<Kept<'a>> {
        let mut chain = Vec::new();
        let mut lowest = kept;
        while chain.len() < DEEPEST {
            let Some(Keeping::By(next)) = self.keeper_of(lowest) else {
                break;
            };
            if next.application.meta.uid == kept.application.meta.uid {
                break;
            }
            chain.push(next);
            lowest = next;
        }
        chain
    }

    /// Who keeps an Application.
    pub fn keeper_of(&self, kept: Kept<'_>) -> Option<Keeping<'a>> {
        let kind = Kind::Application;
        self.keeping(kept.home, kind.group(), kind.name(), &kept.application.meta)
    }

    /// The `ApplicationSet` that makes it.
    pub fn maker(&self, kept: Kept<'_>) -> Option<Maker<'a>> {
        let owner = kept.application.meta.owner.as_ref()?;
        if owner.kind != Kind::ApplicationSet.name() {
            return None;
        }
        let cluster = self.store.cluster(kept.home)?;
        let mut sets = cluster.application_sets();
        Some(Maker {
            name: owner.name.clone(),
            set: sets.find(|it| it.meta.uid == owner.uid),
            seen: cluster.seen(Kind::ApplicationSet, &kept.application.meta.namespace),
        })
    }

    /// The watched clusters that it deploys to.
    pub(super) fn lands(&self, kept: Kept<'_>) -> Vec<ClusterId> {
        let Some(reached) = self.reached(kept) else {
            return Vec::new();
        };
        let clusters = self.store.clusters().map(Cluster::id);
        clusters
            .filter(|it| same(self.store, reached, *it))
            .collect()
    }

    /// The project of an Application, and how well projects are seen there.
    pub fn project(&self, kept: Kept<'_>) -> (Seen, Option<&'a AppProject>) {
        let Some(cluster) = self.store.cluster(kept.home) else {
            return (Seen::Never, None);
        };
        let seen = if cluster.complete(Kind::AppProject) {
            Seen::Whole
        } else {
            cluster.seen(Kind::AppProject, &kept.application.meta.namespace)
        };
        (seen, self.known_project(kept))
    }

    fn known_project(&self, kept: Kept<'_>) -> Option<&'a AppProject> {
        let name = kept.application.project();
        let projects = self.projects.get_or_init(|| projects(self.store));
        let named = projects.get(&(kept.home, name))?;
        let space = &kept.application.meta.namespace;
        // An Application may live in another namespace than its project.
        let own = named.iter().find(|it| it.meta.namespace == *space);
        own.or_else(|| named.first()).copied()
    }

    /// The namespace of the Argo CD that keeps it: as its controller says, else where its project lives.
    pub fn control_plane<'k>(&self, kept: Kept<'k>) -> &'k Text
    where
        'a: 'k,
    {
        let application = kept.application;
        if !application.controller.is_empty() {
            return &application.controller;
        }
        let project = self.known_project(kept);
        project.map_or(&application.meta.namespace, |it| &it.meta.namespace)
    }

    /// What becomes of a difference from git in what it manages.
    pub fn conduct(&self, kept: Kept<'_>, now: Moment) -> Conduct {
        conduct(kept.application, self.known_project(kept), now)
    }
}

/// An object by cluster, kind, namespace and name.
pub(super) type Managed<'a> = (ClusterId, (&'a str, &'a str, &'a str));

/// How workloads stand to git, as far as Applications tell them and their clusters are watched. That of an Application at
/// which Argo CD does not look stands still, and says nothing.
pub(super) fn sync_states(store: &Store) -> HashMap<Managed<'_>, (SyncState, &Text)> {
    let applications = Applications::of(store);
    let runs = |kind: &str| RUNNING.iter().any(|it| it.name() == kind);
    let mut found = HashMap::with_capacity(applications.iter().count());
    for kept in applications.iter() {
        let told = kept.application.resources.iter();
        let told: Vec<_> = told.filter(|it| runs(&it.kind)).collect();
        let Some(reached) = applications.reached(kept).filter(|_| !told.is_empty()) else {
            continue;
        };
        let skips = kept.application.skips_reconcile();
        let clusters = store.clusters().map(Cluster::id);
        for cluster in clusters.filter(|it| same(store, reached, *it)) {
            for it in &told {
                let sync = if skips { SyncState::Unknown } else { it.sync };
                let object = (cluster, (&*it.kind, &*it.namespace, &*it.name));
                // Of several that manage it the one that it differs from.
                let told = (sync, &kept.application.meta.name);
                let known = found.entry(object).or_insert(told);
                if sync == SyncState::OutOfSync {
                    *known = told;
                }
            }
        }
    }
    found
}

fn projects(store: &Store) -> HashMap<(ClusterId, &str), Vec<&AppProject>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for cluster in store.clusters() {
        for project in cluster.app_projects() {
            let key = (cluster.id(), project.meta.name.as_str());
            found.entry(key).or_default().push(project);
        }
    }
    found
}

/// The `ApplicationSet` of an Application.
pub struct Maker<'a> {
    pub name: Text,
    /// None where it was not read.
    pub set: Option<&'a ApplicationSet>,
    pub seen: Seen,
}

/// By its name, or `NAMESPACE_NAME` for one outside of the namespace of Argo CD.
fn is_named(tracked: &str, namespace: &str, name: &str) -> bool {
    let spaced = || tracked.strip_suffix(name)?.strip_suffix('_');
    tracked == name || spaced() == Some(namespace)
}

/// The cluster that the destination means by its address or by its context.
fn is_meant(destination: &Destination, cluster: &Cluster) -> bool {
    let server = destination.server.trim_end_matches('/');
    if server.is_empty() {
        return !destination.name.is_empty() && *cluster.name() == destination.name;
    }
    cluster.endpoint().is_some_and(|it| it.url == server)
}

/// Two contexts may lead to one server.
fn same(store: &Store, one: ClusterId, other: ClusterId) -> bool {
    let url = |id| Some(&store.cluster(id)?.endpoint()?.url);
    one == other || url(one).is_some_and(|it| Some(it) == url(other))
}

/// Each Application once.
fn once<'a, 'b>(mut found: Vec<&'b Kept<'a>>) -> Vec<&'b Kept<'a>> {
    found.sort_by_key(|it| it.application.meta.uid);
    found.dedup_by_key(|it| it.application.meta.uid);
    found
}

/// Whether the Application says that it manages the object.
fn names(application: &Application, tracked: &Tracked<'_>) -> bool {
    let told = application.resource(tracked.group, tracked.kind, tracked.meta);
    told.is_some()
}

/// The application of a tracking id `APP:GROUP/KIND:NS/NAME`, when it speaks of this very object: copies carry it too.
pub fn is_tracked<'a>(group: &str, kind: &str, meta: &'a Meta) -> Option<&'a str> {
    let id = meta.annotations.get(Application::TRACKING_ID)?;
    let (application, object) = id.split_once(':')?;
    let words = [group, "/", kind, ":", &meta.namespace, "/", &meta.name];
    let rest = words
        .into_iter()
        .try_fold(object, |rest, word| rest.strip_prefix(word));
    (rest == Some("") && !application.is_empty()).then_some(application)
}

/// Whether its label may be that of an Application: nothing else says that it keeps the object.
pub(super) fn may_be_labelled(meta: &Meta) -> bool {
    meta.labels.get(Application::INSTANCE).is_some()
        && meta.annotations.get(Meta::HELM_RELEASE).is_none()
        && meta.owner.is_none()
        && flux_label(meta).is_none()
}

/// How an Application is synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoSync {
    /// A person starts each sync.
    Manual,
    /// `enabled: false`: it was on, or is meant to be.
    Suspended,
    /// New commits, not changes in the cluster.
    Commits,
    /// Changes in the cluster, too.
    SelfHeal,
}

pub fn auto_sync(application: &Application) -> AutoSync {
    match application.automated {
        None => AutoSync::Manual,
        Some(it) if !it.is_on() => AutoSync::Suspended,
        Some(it) if it.self_heal => AutoSync::SelfHeal,
        Some(_) => AutoSync::Commits,
    }
}

/// What Argo CD does about a difference between git and the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conduct {
    /// An operation is under way: it writes what git says.
    Syncs { since: Option<Moment> },
    /// An operation waits until a window allows it to go on: then it writes what git says.
    Barred { until: Option<Moment> },
    /// It puts git back, at once; so often in a row it has, and waits longer each time, up to five minutes.
    Heals { again: u32 },
    /// It waits for a new commit, or for a person.
    Waits(AutoSync),
    /// `skip-reconcile`: it does not look.
    Skips,
    /// The last sync of that commit failed, or its dry run, and is not tried again.
    Failed { message: Text, dry: bool },
    /// A window of the project forbids syncs until then.
    Closed { until: Option<Moment> },
    /// A window of the project is not understood: no sync runs.
    BrokenWindow,
    /// It cannot compare.
    Blind { message: Text },
    /// It is being deleted.
    Leaving,
    /// No controller looks at it.
    Unattended,
}

/// In the controller's own order.
pub fn conduct(application: &Application, project: Option<&AppProject>, now: Moment) -> Conduct {
    if application.skips_reconcile() {
        return Conduct::Skips;
    }
    if application.reconciled.is_none() && application.conditions.is_empty() {
        return Conduct::Unattended;
    }
    let window = || project.map_or(Window::Open, |it| window(it, application, now));
    // A dry run writes nothing; no other operation begins before its end, and then the rest holds.
    if application.requested && !application.rehearses {
        return operation(application.operation.as_deref(), window());
    }
    let how = auto_sync(application);
    if matches!(how, AutoSync::Manual | AutoSync::Suspended) {
        return Conduct::Waits(how);
    }
    if application.meta.deleting.is_some() {
        return Conduct::Leaving;
    }
    // Of another commit, or one that came to no result, it is begun anew, whether it heals or not. A dry run counts like any
    // other (`alreadyAttemptedSync`).
    let last = application.operation.as_deref();
    let attempted =
        last.filter(|it| !it.revisions.is_empty() && it.revisions == application.revisions);
    let failed =
        |it: &&SyncOperation| matches!(it.phase, OperationPhase::Failed | OperationPhase::Error);
    let several = application.sources.len() > 1;
    if how == AutoSync::Commits && (several || attempted.is_some_and(|it| !failed(&it))) {
        return Conduct::Waits(how);
    }
    match window() {
        Window::Closed { until, .. } => return Conduct::Closed { until },
        Window::Broken => return Conduct::BrokenWindow,
        Window::Open => {}
    }
    if application.sync == SyncState::Unknown {
        let said = BLIND.into_iter().find_map(|it| application.condition(it));
        return Conduct::Blind {
            message: said.map(|it| it.message.clone()).unwrap_or_default(),
        };
    }
    if let Some(it) = attempted.filter(failed) {
        return Conduct::Failed {
            message: it.message.clone(),
            dry: it.rehearsal.is_some(),
        };
    }
    Conduct::Heals {
        again: last.map_or(0, |it| it.self_heals),
    }
}

/// What becomes of the one that is asked for: each look at it ends at a window that bars it, one that began before the
/// window closed no less (argoproj/argo-cd `controller/sync.go`, `syncWindowPreventsSync`).
fn operation(last: Option<&SyncOperation>, window: Window) -> Conduct {
    let under_way = last.filter(|it| !it.phase.is_over());
    // The status tells of the one before until this one has begun.
    let automated = under_way.is_some_and(|it| it.automated);
    match window {
        Window::Broken => Conduct::BrokenWindow,
        Window::Closed { until, manual } if automated || !manual => Conduct::Barred { until },
        Window::Closed { .. } | Window::Open => Conduct::Syncs {
            since: last.and_then(|it| it.started),
        },
    }
}

#[cfg(test)]
mod tests;
