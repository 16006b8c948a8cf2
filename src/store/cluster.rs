//! One cluster: its tables, how well it is seen, and how a delta enters them.

mod gitops;
mod kinds;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::model::{
    AppProject, Application, ApplicationSet, Change, ClusterId, CronJob, Delta, Endpoint, Event,
    Feed, Flux, GarbledFault, Hpa, Job, Kind, Link, Meta, Moment, Named, Namespace, Node, Object,
    ObjectKind, Pdb, Project, Quota, Resource, Revision, Scope, Subject, Text, Uid, What, Workload,
};

use super::changes::Changes;
use super::notice::Site;
use super::pods::{PodView, Pods};
use super::replica_sets::{ReplicaSetView, ReplicaSets};
use super::shared::Shared;
use super::table::Table;
use super::warnings::Warnings;

/// Names kept of objects that could not be decoded.
const UNDECODABLE_KEPT: usize = 64;

pub struct Cluster {
    id: ClusterId,
    name: Text,
    link: Link,
    skew: i64,
    /// None until it was reached.
    endpoint: Option<Endpoint>,
    served: Arc<[Arc<Resource>]>,
    feeds: BTreeMap<Scope, Feed>,
    undecodable: VecDeque<(Scope, Text, GarbledFault)>,
    /// Stamp of the rows read now; each list that starts takes the next.
    stamp: u32,
    lists: BTreeMap<Scope, List>,
    shared: Shared,
    pods: Pods,
    replica_sets: ReplicaSets,
    workloads: Table<Workload>,
    revisions: Table<Revision>,
    namespaces: Table<Namespace>,
    projects: Table<Project>,
    applications: Table<Application>,
    application_sets: Table<ApplicationSet>,
    app_projects: Table<AppProject>,
    flux: Table<Flux>,
    nodes: Table<Node>,
    jobs: Table<Job>,
    cron_jobs: Table<CronJob>,
    hpas: Table<Hpa>,
    pdbs: Table<Pdb>,
    quotas: Table<Quota>,
    warnings: Warnings,
}

/// The latest complete list of a scope.
#[derive(Clone, Copy)]
struct List {
    /// Rows of the scope with an older stamp are gone once the list has ended.
    stamp: u32,
    /// When the scope was first read whole.
    whole: Option<Moment>,
}

/// What is known of a kind in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Read whole at least once: what is not there does not exist.
    Whole,
    Reading,
    /// Denied, not served or not asked for.
    Never,
}

/// Reading.
impl Cluster {
    pub fn id(&self) -> ClusterId {
        self.id
    }

    /// The kube context.
    pub fn name(&self) -> &Text {
        &self.name
    }

    pub fn link(&self) -> &Link {
        &self.link
    }

    pub fn is_live(&self) -> bool {
        matches!(self.link, Link::Live { .. })
    }

    /// The API server's clock minus ours, in seconds.
    pub fn skew(&self) -> i64 {
        self.skew
    }

    /// None until it was reached.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.endpoint.as_ref()
    }

    /// What can be listed there, watched or not; empty until discovery told.
    pub fn served(&self) -> &[Arc<Resource>] {
        &self.served
    }

    /// The kind as it is served there, which may be in another version than elsewhere.
    pub fn kind(&self, group: &str, plural: &str) -> Option<ObjectKind> {
        let mut served = self.served.iter();
        let named = |it: &&Arc<Resource>| it.group == group && it.plural == plural;
        served.find(named).map(ObjectKind::from)
    }

    pub fn feeds(&self) -> impl Iterator<Item = (&Scope, &Feed)> {
        self.feeds.iter()
    }

    /// Whether every scope of the kind was read whole at least once, so that absence means something.
    pub fn complete(&self, kind: Kind) -> bool {
        let mut asked = self
            .feeds
            .keys()
            .filter(|scope| scope.kind == kind)
            .peekable();
        asked.peek().is_some()
            && asked.all(|scope| {
                self.lists
                    .get(scope)
                    .is_some_and(|list| list.whole.is_some())
            })
    }

    /// How much of the kind is known where the namespace is (empty for cluster-scoped kinds): what absence means there.
    pub fn seen(&self, kind: Kind, namespace: &str) -> Seen {
        let feeds = || self.feeds.iter().filter(|(scope, _)| scope.kind == kind);
        let own = feeds().find(|(scope, _)| scope.namespace.as_deref() == Some(namespace));
        let whole = || feeds().find(|(scope, _)| scope.namespace.is_none());
        match own.or_else(whole) {
            None | Some((_, Feed::Denied { .. } | Feed::Absent)) => Seen::Never,
            Some((scope, _)) if self.was_read(scope) => Seen::Whole,
            Some(_) => Seen::Reading,
        }
    }

    /// Whether the scope was read whole at least once.
    pub fn was_read(&self, scope: &Scope) -> bool {
        self.lists
            .get(scope)
            .is_some_and(|list| list.whole.is_some())
    }

    /// Since when changes of the kind are noticed: when its last scope was first read whole.
    pub fn whole_since(&self, kind: Kind) -> Option<Moment> {
        let mut latest = None;
        for (_, list) in self.lists.iter().filter(|(scope, _)| scope.kind == kind) {
            latest = latest.max(Some(list.whole?));
        }
        latest
    }

    /// Objects that are missing here because they could not be decoded: scope, name, why. Bounded, newest last.
    pub fn undecodable(&self) -> impl Iterator<Item = &(Scope, Text, GarbledFault)> {
        self.undecodable.iter()
    }

    pub fn pods(&self) -> impl Iterator<Item = PodView<'_>> {
        self.pods.iter(&self.shared)
    }

    /// Of the namespaces that `within` takes, which is asked less than once a pod.
    pub fn pods_within(&self, within: impl Fn(&str) -> bool) -> impl Iterator<Item = PodView<'_>> {
        self.pods.within(&self.shared, within)
    }

    pub fn pod(&self, uid: Uid) -> Option<PodView<'_>> {
        self.pods.get(uid, &self.shared)
    }

    pub fn pod_count(&self) -> usize {
        self.pods.len()
    }

    pub fn replica_sets(&self) -> impl Iterator<Item = ReplicaSetView<'_>> {
        self.replica_sets.iter(&self.shared)
    }

    /// Of the namespaces that `within` takes, which is asked less than once a set.
    pub fn replica_sets_within(
        &self,
        within: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = ReplicaSetView<'_>> {
        self.replica_sets.within(&self.shared, within)
    }

    pub fn replica_set(&self, uid: Uid) -> Option<ReplicaSetView<'_>> {
        self.replica_sets.get(uid, &self.shared)
    }

    /// What stands above an owner of pods: the Deployment of a `ReplicaSet`, else the owner itself.
    pub fn controller(&self, owner: Uid) -> Uid {
        let set = self.replica_set(owner);
        set.and_then(ReplicaSetView::owner_uid).unwrap_or(owner)
    }

    pub fn workloads(&self) -> impl Iterator<Item = &Workload> {
        self.workloads.iter()
    }

    pub fn workload(&self, uid: Uid) -> Option<&Workload> {
        self.workloads.get(uid)
    }

    pub fn revisions(&self) -> impl Iterator<Item = &Revision> {
        self.revisions.iter()
    }

    pub fn namespaces(&self) -> impl Iterator<Item = &Namespace> {
        self.namespaces.iter()
    }

    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.projects.iter()
    }

    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    pub fn jobs(&self) -> impl Iterator<Item = &Job> {
        self.jobs.iter()
    }

    pub fn job(&self, uid: Uid) -> Option<&Job> {
        self.jobs.get(uid)
    }

    pub fn cron_jobs(&self) -> impl Iterator<Item = &CronJob> {
        self.cron_jobs.iter()
    }

    pub fn hpas(&self) -> impl Iterator<Item = &Hpa> {
        self.hpas.iter()
    }

    pub fn pdbs(&self) -> impl Iterator<Item = &Pdb> {
        self.pdbs.iter()
    }

    pub fn quotas(&self) -> impl Iterator<Item = &Quota> {
        self.quotas.iter()
    }

    pub fn warnings(&self) -> &Warnings {
        &self.warnings
    }

    /// How many texts the rows share.
    #[cfg(test)]
    pub(super) fn texts(&self) -> usize {
        self.shared.text.len()
    }
}

/// Writing.
impl Cluster {
    pub(super) fn new(id: ClusterId, name: Text, now: Moment) -> Self {
        Self {
            id,
            name,
            link: Link::Connecting { since: now },
            skew: 0,
            endpoint: None,
            served: Arc::default(),
            feeds: BTreeMap::new(),
            undecodable: VecDeque::new(),
            stamp: 0,
            lists: BTreeMap::new(),
            shared: Shared::default(),
            pods: Pods::default(),
            replica_sets: ReplicaSets::default(),
            workloads: Table::default(),
            revisions: Table::default(),
            namespaces: Table::default(),
            projects: Table::default(),
            applications: Table::default(),
            application_sets: Table::default(),
            app_projects: Table::default(),
            flux: Table::default(),
            nodes: Table::default(),
            jobs: Table::default(),
            cron_jobs: Table::default(),
            hpas: Table::default(),
            pdbs: Table::default(),
            quotas: Table::default(),
            warnings: Warnings::default(),
        }
    }

    pub(super) fn apply(&mut self, delta: Delta, now: Moment, changes: &mut Changes) {
        match delta {
            Delta::ListStart(scope) => self.list_start(scope),
            Delta::ListEnd(scope) => self.list_end(&scope, now, changes),
            Delta::Upsert(_, object) => self.upsert(object, now, changes),
            Delta::Remove(_, kind, uid) => self.remove(kind, uid, now, changes),
            Delta::Warning(_, event) => self.warning(event, changes),
            Delta::Link(_, link) => self.link = link,
            Delta::Feed(scope, feed) => self.feed(scope, feed, now),
            Delta::FeedEnd(scope) => drop(self.feeds.remove(&scope)),
            Delta::ClockSkew(_, skew) => self.skew = skew,
            Delta::Endpoint(_, endpoint) => self.endpoint = Some(endpoint),
            Delta::Served(_, served) => self.served = served,
            Delta::Undecodable { scope, name, fault } => {
                self.undecodable
                    .retain(|(known, other, _)| (known, other) != (&scope, &name));
                if self.undecodable.len() == UNDECODABLE_KEPT {
                    self.undecodable.pop_front();
                }
                self.undecodable.push_back((scope, name, fault));
            }
        }
    }

    fn list_start(&mut self, scope: Scope) {
        self.stamp += 1;
        self.undecodable.retain(|(known, ..)| known != &scope);
        let whole = self.lists.get(&scope).and_then(|list| list.whole);
        self.lists.insert(
            scope,
            List {
                stamp: self.stamp,
                whole,
            },
        );
    }

    fn list_end(&mut self, scope: &Scope, now: Moment, changes: &mut Changes) {
        let Some(list) = self.lists.get_mut(scope) else {
            return;
        };
        list.whole = list.whole.or(Some(now));
        let stamp = list.stamp;
        self.sweep(scope, stamp, now, changes);
        let whole = scope.namespace.is_none();
        if self.shared.grown() || whole && matches!(scope.kind, Kind::Pod | Kind::ReplicaSet) {
            self.release();
        }
    }

    /// Drops rows of the scope that are older than the stamp.
    fn sweep(&mut self, scope: &Scope, stamp: u32, now: Moment, changes: &mut Changes) {
        let (kind, namespace) = (scope.kind, scope.namespace.as_deref());
        let site = Site {
            cluster: self.id,
            now,
        };
        let within = |meta: &Meta| namespace.is_none_or(|wanted| meta.namespace == wanted);
        let listed = |it: &dyn Named| it.kind() == kind && within(it.meta());
        match kind {
            Kind::Pod => self.pods.sweep(stamp, namespace, &self.shared),
            Kind::ReplicaSet => self.replica_sets.sweep(stamp, namespace, &self.shared),
            kind if kind.is_workload() => {
                for workload in self.workloads.sweep(stamp, |it| listed(it)) {
                    changes.push(site.workload_removed(&workload));
                }
            }
            Kind::Node => {
                let unreadable = |name: &str| self.undecodable.iter().any(|(_, it, _)| it == name);
                for node in self.nodes.sweep(stamp, |it| listed(it)) {
                    if !unreadable(&node.meta.name) {
                        changes.push(site.node_gone(&node));
                    }
                }
            }
            _ => {
                if let Some(rows) = self.rows_mut(kind) {
                    rows.drop_older(stamp, &listed);
                }
            }
        }
    }

    fn upsert(&mut self, object: Object, now: Moment, changes: &mut Changes) {
        if !self.undecodable.is_empty() {
            let (kind, meta) = (object.kind(), object.meta());
            let this = |name: &str| match name.rsplit_once('/') {
                Some((namespace, name)) => meta.namespace == namespace && meta.name == name,
                None => meta.name == name,
            };
            self.undecodable
                .retain(|(scope, name, _)| scope.kind != kind || !this(name));
        }
        let site = Site {
            cluster: self.id,
            now,
        };
        let stamp = self.stamp;
        match object {
            Object::Pod(pod) => {
                self.pods.upsert(&pod, &mut self.shared, stamp);
                if self.shared.grown() {
                    self.release();
                }
            }
            Object::ReplicaSet(set) => {
                let new = self.replica_sets.upsert(&set, &mut self.shared, stamp);
                if self.shared.grown() {
                    self.release();
                }
                if new && self.complete(Kind::ReplicaSet) {
                    site.replica_set(&set)
                        .into_iter()
                        .for_each(|change| changes.push(change));
                }
            }
            Object::Workload(workload) => {
                let old = self.workloads.upsert(workload.clone(), stamp);
                if let Some(old) = old {
                    let open = changes.rollout_open(self.id, &workload);
                    site.workload(&old, &workload, open)
                        .into_iter()
                        .for_each(|change| changes.push(change));
                }
            }
            Object::Revision(revision) => drop(self.revisions.upsert(revision, stamp)),
            Object::Namespace(namespace) => drop(self.namespaces.upsert(namespace, stamp)),
            Object::Project(project) => drop(self.projects.upsert(project, stamp)),
            Object::Application(it) => self.put_application(*it, now),
            Object::ApplicationSet(it) => drop(self.application_sets.upsert(it, stamp)),
            Object::AppProject(it) => drop(self.app_projects.upsert(it, stamp)),
            Object::Flux(it) => self.upsert_flux(*it),
            Object::Node(node) => {
                if let Some(old) = self.nodes.upsert(node.clone(), stamp) {
                    site.node(&old, &node)
                        .into_iter()
                        .for_each(|change| changes.push(change));
                }
            }
            Object::Job(job) => {
                if let Some(old) = self.jobs.upsert(job.clone(), stamp) {
                    site.job(&old, &job)
                        .into_iter()
                        .for_each(|change| changes.push(change));
                }
            }
            Object::CronJob(job) => {
                if let Some(old) = self.cron_jobs.upsert(job.clone(), stamp) {
                    site.cron_job(&old, &job)
                        .into_iter()
                        .for_each(|change| changes.push(change));
                }
            }
            Object::Hpa(hpa) => drop(self.hpas.upsert(hpa, stamp)),
            Object::Pdb(pdb) => drop(self.pdbs.upsert(pdb, stamp)),
            Object::Quota(quota) => {
                if let Some(old) = self.quotas.upsert(quota.clone(), stamp) {
                    site.quota(&old, &quota)
                        .into_iter()
                        .for_each(|change| changes.push(change));
                }
            }
        }
    }

    fn remove(&mut self, kind: Kind, uid: Uid, now: Moment, changes: &mut Changes) {
        let site = Site {
            cluster: self.id,
            now,
        };
        match kind {
            Kind::Pod => self.pods.remove(uid),
            Kind::ReplicaSet => self.replica_sets.remove(uid),
            kind if kind.is_workload() => {
                if let Some(workload) = self.workloads.remove(uid) {
                    changes.push(site.workload_removed(&workload));
                }
            }
            Kind::Node => {
                if let Some(node) = self.nodes.remove(uid) {
                    changes.push(site.node_gone(&node));
                }
            }
            _ => {
                if let Some(rows) = self.rows_mut(kind) {
                    rows.drop_one(uid);
                }
            }
        }
    }

    fn warning(&mut self, event: Event, changes: &mut Changes) {
        let change = Change {
            at: event.first,
            cluster: self.id,
            namespace: event.namespace.clone(),
            subject: Subject {
                kind: event.kind.clone(),
                name: event.name.clone(),
            },
            what: What::Warning {
                reason: event.reason.clone(),
                message: event.message.clone(),
            },
        };
        if self.warnings.push(event) {
            changes.push(change);
        }
    }

    /// A kind that is no longer served or allowed takes its rows with it: they would never age nor go.
    fn feed(&mut self, scope: Scope, feed: Feed, now: Moment) {
        if matches!(feed, Feed::Denied { .. } | Feed::Absent) && self.lists.remove(&scope).is_some()
        {
            // What may no longer be seen is not gone: nothing is told of it.
            let mut untold = Changes::default();
            self.sweep(&scope, u32::MAX, now, &mut untold);
        }
        self.feeds.insert(scope, feed);
    }

    /// Drops shared values that no row names any more.
    fn release(&mut self) {
        let (pods, replica_sets) = (&self.pods, &self.replica_sets);
        self.shared.sweep(|used| {
            pods.mark(used);
            replica_sets.mark(used);
        });
        self.shared.shrink();
    }
}
