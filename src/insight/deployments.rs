//! Every workload as a row.

use hashbrown::{HashMap, HashSet};

use crate::model::{
    Application, ClusterId, DeliveryPhase, Hpa, Kind, Meta, Moment, ObjectId, Owner, Phase,
    Rollout, Status, SyncState, Template, Text, Uid, Workload, WorkloadKind,
};
use crate::store::{Cluster, PodView, ReplicaSetView, Seen, Store};
use crate::tenancy::{Place, Places};

use super::applications::{Applications, Kept, may_be_labelled, sync_states};
use super::blame::{Blame, Hurt};
use super::manager::{Manager, Tool, managers};
use super::rollouts::{self, Sets, Site};
use super::{Cause, Finding, Judgement, Severity, Trouble};

/// A Deployment, `StatefulSet` or `DaemonSet`, or any other controller that has pods, under its own kind and name.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentRow {
    pub cluster: ClusterId,
    pub uid: Uid,
    pub place: Place,
    pub namespace: Text,
    pub kind: Text,
    pub name: Text,
    pub desired: u32,
    pub ready: u32,
    pub updated: u32,
    pub revision: Option<u64>,
    /// In the order of the containers, each once.
    pub images: Vec<Text>,
    pub restarts: u32,
    pub state: State,
    /// Why, when the state needs a why: a stable word, or the controller's.
    pub reason: Text,
    /// Since when it is in that state, as far as the cluster tells.
    pub since: Option<Moment>,
    /// None for controllers that are not watched themselves.
    pub rollout: Option<Rollout>,
    /// Who puts back what one changes, the strongest first.
    pub managers: Vec<Manager>,
    /// How it stands to git; None where no Application tells.
    pub sync: Option<SyncState>,
    /// The finding that hurts it: its own, else a cause that it shares with others. How bad that is.
    pub finding: Option<Cause>,
    pub severity: Option<Severity>,
    pub created: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Failed,
    Degraded,
    Progressing,
    Paused,
    Unknown,
    Complete,
    /// Scaled to 0.
    Stopped,
}

impl DeploymentRow {
    /// Its identity, as findings have it.
    pub fn cause(&self) -> Cause {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == self.kind);
        match kind.filter(|_| self.rollout.is_some()) {
            Some(kind) => Cause::Object(ObjectId {
                cluster: self.cluster,
                kind,
                uid: self.uid,
            }),
            None => Cause::Owner(self.cluster, self.uid),
        }
    }

    /// Whether it has what the workload itself counts now.
    pub fn counts_as(&self, workload: &Workload) -> bool {
        let counted = (workload.desired, workload.ready, workload.updated);
        counted == (self.desired, self.ready, self.updated)
    }

    pub fn count(&mut self, workload: &Workload) {
        self.desired = workload.desired;
        self.ready = workload.ready;
        self.updated = workload.updated;
    }
}

impl State {
    /// For scripts.
    pub const fn word(self) -> &'static str {
        match self {
            State::Failed => "failed",
            State::Degraded => "degraded",
            State::Progressing => "progressing",
            State::Paused => "paused",
            State::Unknown => "unknown",
            State::Complete => "complete",
            State::Stopped => "stopped",
        }
    }
}

/// By class, tenant, environment, then name. The judgement tells why a workload is not well.
pub fn deployments(store: &Store, places: &Places, judgement: &Judgement) -> Vec<DeploymentRow> {
    let mut rows = Vec::new();
    let synced = sync_states(store);
    let unread = Applications::of(store).withheld();
    for cluster in store.clusters() {
        let findings = || judgement.findings.iter();
        let here = findings().filter(|finding| finding.cluster == cluster.id());
        let blame = Blame::of(here);
        let hurt = blame.hurt(cluster, stays);
        let mut crowd = Crowd::of(cluster, |_| true);
        let sets = Sets::newest(cluster);
        let sides = HashMap::new();
        let noticed = rollouts::noticed(store.changes(), cluster);
        let hpas = hpas(cluster);
        let site = Site {
            cluster,
            places,
            noticed: &noticed,
            sets: &sets,
            sides: &sides,
        };
        for workload in cluster.workloads() {
            let pods = crowd.take(workload.meta.uid);
            let restarts = pods.map_or(0, |pods| pods.restarts);
            let mut row = row(&site, &hpas, workload, restarts);
            let object = (&*row.kind, &*row.namespace, &*row.name);
            let told = synced.get(&(row.cluster, object));
            row.sync = told.map(|(sync, _)| *sync);
            let keeper = told.map(|(_, name)| (Tool::ArgoCd, (*name).clone()));
            let keeper = keeper.or_else(|| unread.then(|| perhaps(&workload.meta))?);
            keep(&mut row.managers, keeper);
            if let Some(finding) = finding_on(cluster, workload, &blame, &hurt) {
                row.finding = Some(finding.cause.clone());
                row.severity = Some(finding.severity);
                row.reason = finding.trouble.reason().into();
                row.since = finding.since.or(row.since);
                row.state = worse(row.state, finding);
            }
            rows.push(row);
        }
        rows.extend(crowd.others(cluster, places, hurt));
    }
    rows.sort_by(|one, other| key(one).cmp(&key(other)));
    rows
}

/// How each workload stands and how badly it is hurt, as [`deployments()`] tells it, for those who need no more of the row. Of
/// controllers that are not watched themselves the hurt alone.
pub fn standings(store: &Store, judgement: &Judgement) -> Vec<(State, Option<Severity>)> {
    let mut found = Vec::new();
    for cluster in store.clusters() {
        let findings = judgement.findings.iter();
        let blame = Blame::of(findings.filter(|it| it.cluster == cluster.id()));
        let hurt = blame.hurt(cluster, stays);
        found.extend(cluster.workloads().map(|workload| {
            let (state, ..) = state(workload);
            match finding_on(cluster, workload, &blame, &hurt) {
                Some(finding) => (worse(state, finding), Some(finding.severity)),
                None => (state, None),
            }
        }));
        let others = hurt.into_iter().filter(|(uid, (_, pod))| {
            cluster.workload(*uid).is_none() && unwatched_owner(cluster, *pod).is_some()
        });
        found.extend(others.map(|(_, (finding, _))| (State::Degraded, Some(finding.severity))));
    }
    found
}

/// One that is being deleted is no longer missed.
fn stays(pod: PodView<'_>) -> bool {
    pod.deleting().is_none()
}

/// Its own, else one that its pods share with others.
fn finding_on<'a>(
    cluster: &Cluster,
    workload: &Workload,
    blame: &Blame<'a>,
    hurt: &Hurt<'a>,
) -> Option<&'a Finding> {
    let uid = workload.meta.uid;
    let cause = Cause::Object(ObjectId {
        cluster: cluster.id(),
        kind: workload.kind.into(),
        uid,
    });
    let shared = || hurt.get(&uid).map(|(finding, _)| *finding);
    blame.on(&cause, uid).or_else(shared)
}

/// By its label, where Applications cannot be read.
fn perhaps(meta: &Meta) -> Option<(Tool, Text)> {
    let label = meta.labels.get(Application::INSTANCE)?;
    may_be_labelled(meta).then(|| (Tool::PerhapsArgoCd, label.into()))
}

/// What its own metadata tell of Argo CD goes before it.
fn keep(managers: &mut Vec<Manager>, keeper: Option<(Tool, Text)>) {
    let known = managers.iter().any(|it| it.tool == Tool::ArgoCd);
    if let Some((tool, name)) = keeper.filter(|_| !known) {
        managers.insert(0, Manager { tool, name });
    }
}

/// Those of the rows that the Application manages, as far as it tells them.
pub fn deployed<'b>(
    applications: &Applications<'_>,
    kept: Kept<'b>,
    rows: impl Iterator<Item = &'b DeploymentRow>,
) -> impl Iterator<Item = &'b DeploymentRow> {
    let clusters = applications.lands(kept);
    let told = kept.application.resources.iter();
    let told: HashSet<_> = told.map(|it| (&it.kind, &it.namespace, &it.name)).collect();
    rows.filter(move |it| {
        told.contains(&(&it.kind, &it.namespace, &it.name)) && clusters.contains(&it.cluster)
    })
}

/// Rows of the workloads of one cluster whose controllers are not watched themselves, as nothing hurts them.
pub fn unwatched<'a>(
    cluster: &'a Cluster,
    places: &'a Places,
) -> impl Iterator<Item = DeploymentRow> + 'a {
    let watched = |owner| cluster.workload(owner).is_some();
    Crowd::of(cluster, |it| !watched(it)).others(cluster, places, Hurt::new())
}

fn key(row: &DeploymentRow) -> impl Ord + '_ {
    let place = &row.place;
    (
        place.class,
        &place.tenant,
        &place.environment,
        &row.name,
        &row.kind,
        row.cluster,
        row.uid,
    )
}

fn worse(state: State, finding: &Finding) -> State {
    match (&finding.trouble, finding.ready) {
        _ if state == State::Failed => state,
        (Trouble::RolloutStuck { .. } | Trouble::DeadlinePassed { .. }, _) => State::Failed,
        (_, Some((0, wanted))) if wanted > 0 => State::Failed,
        _ if state == State::Complete || state == State::Progressing => State::Degraded,
        _ => state,
    }
}

/// The autoscaler of each object, by namespace, kind and name.
type Hpas<'a> = HashMap<(&'a str, &'a str, &'a str), &'a Hpa>;

fn hpas(cluster: &Cluster) -> Hpas<'_> {
    cluster
        .hpas()
        .map(|hpa| {
            let target = (
                hpa.meta.namespace.as_str(),
                hpa.target_kind.as_str(),
                hpa.target_name.as_str(),
            );
            (target, hpa)
        })
        .collect()
}

fn row(site: &Site<'_>, hpas: &Hpas<'_>, workload: &Workload, restarts: u32) -> DeploymentRow {
    let kind = Kind::from(workload.kind).name();
    let meta = &workload.meta;
    let hpa = hpas.get(&(meta.namespace.as_str(), kind, meta.name.as_str()));
    let (state, reason, since) = state(workload);
    DeploymentRow {
        cluster: site.cluster.id(),
        uid: workload.meta.uid,
        place: site.places.of(site.cluster.id(), &workload.meta.namespace),
        namespace: workload.meta.namespace.clone(),
        kind: Kind::from(workload.kind).name().into(),
        name: workload.meta.name.clone(),
        desired: workload.desired,
        ready: workload.ready,
        updated: workload.updated,
        revision: site.revision(workload),
        images: images(&site.template(workload)),
        restarts,
        state,
        reason,
        since: since
            .or_else(|| site.since(workload))
            .or(workload.meta.created),
        rollout: Some(workload.rollout()),
        managers: managers(Kind::from(workload.kind).group(), kind, meta, hpa.copied()),
        sync: None,
        finding: None,
        severity: None,
        created: workload.meta.created,
    }
}

/// As Argo Rollouts says that a new revision was given up.
pub(super) const ABORTED: &str = "RolloutAborted";

/// First that applies wins.
fn state(workload: &Workload) -> (State, Text, Option<Moment>) {
    let condition = |name, status| workload.condition(name).filter(|it| it.status == status);
    let because = |state, condition: Option<&crate::model::Condition>| {
        let reason = condition.map(|it| it.reason.clone()).unwrap_or_default();
        (state, reason, condition.and_then(|it| it.changed))
    };
    let progressing = workload.condition("Progressing");
    let unavailable = condition("Available", Status::False);
    let refused = condition("ReplicaFailure", Status::True);
    let verdict = workload.rollout();
    let delivery = workload.delivery.as_deref();
    if verdict == Rollout::DeadlineExceeded {
        because(State::Failed, progressing)
    } else if let Some(delivery) = delivery.filter(|_| verdict == Rollout::Aborted) {
        (State::Failed, ABORTED.into(), delivery.aborted_at)
    } else if delivery.is_some_and(|it| it.phase == DeliveryPhase::Degraded) {
        because(State::Failed, progressing)
    } else if let Some(delivery) = delivery.filter(|_| workload.stands_still()) {
        let reason = delivery.pauses.first().map(|it| it.reason.clone());
        (
            State::Paused,
            reason.unwrap_or_default(),
            delivery.paused_since(),
        )
    } else if workload.paused {
        because(
            State::Paused,
            progressing.filter(|it| it.reason == "DeploymentPaused"),
        )
    } else if workload.desired == 0
        && workload.replicas == 0
        && workload.kind != WorkloadKind::DaemonSet
    {
        because(State::Stopped, None)
    } else if refused.is_some() {
        because(State::Degraded, refused)
    } else if rollouts::moving(workload) {
        because(State::Progressing, None)
    } else if unavailable.is_some() {
        because(State::Degraded, unavailable)
    } else if workload.ready < workload.desired {
        because(State::Degraded, None)
    } else {
        because(State::Complete, progressing)
    }
}

pub(super) fn images(template: &Template) -> Vec<Text> {
    let mut found: Vec<Text> = Vec::new();
    for container in &template.containers {
        if !found.contains(&container.image) {
            found.push(container.image.clone());
        }
    }
    found
}

/// The pods of a cluster by controller, in counts.
struct Crowd<'a>(HashMap<Uid, Pods<'a>>);

struct Pods<'a> {
    first: PodView<'a>,
    wanted: u32,
    ready: u32,
    restarts: u32,
}

impl<'a> Crowd<'a> {
    fn of(cluster: &'a Cluster, wanted: impl Fn(Uid) -> bool) -> Self {
        let mut found: HashMap<Uid, Pods<'a>> = HashMap::new();
        let mut last: Option<(Uid, Uid, bool)> = None;
        for pod in cluster.pods() {
            let Some(owner) = pod.owner_uid() else {
                continue;
            };
            // Pods of one owner mostly stand together.
            let (_, top, wanted) = match last {
                Some(same) if same.0 == owner => same,
                _ => {
                    let top = cluster.controller(owner);
                    *last.insert((owner, top, wanted(top)))
                }
            };
            if !wanted {
                continue;
            }
            let pods = found.entry(top).or_insert(Pods {
                first: pod,
                wanted: 0,
                ready: 0,
                restarts: 0,
            });
            if !matches!(pod.phase(), Phase::Succeeded | Phase::Failed) && pod.deleting().is_none()
            {
                pods.wanted += 1;
                pods.ready += u32::from(pod.ready());
                pods.restarts = pods.restarts.saturating_add(pod.restarts());
            }
        }
        Self(found)
    }

    fn take(&mut self, controller: Uid) -> Option<Pods<'a>> {
        self.0.remove(&controller)
    }

    /// Rows of the controllers that are not watched themselves.
    fn others(
        self,
        cluster: &'a Cluster,
        places: &'a Places,
        hurt: Hurt<'a>,
    ) -> impl Iterator<Item = DeploymentRow> + 'a {
        self.0.into_iter().filter_map(move |(uid, pods)| {
            let (top, set) = unwatched_owner(cluster, pods.first)?;
            let finding = hurt.get(&uid).map(|(finding, _)| *finding);
            let mut images: Vec<Text> = pods
                .first
                .containers()
                .map(|container| container.image().into())
                .collect();
            images.dedup();
            let namespace = Text::from(pods.first.namespace());
            let desired = set.map_or(pods.wanted, |set| set.desired().max(pods.wanted));
            let (state, reason) = match (pods.ready, desired) {
                (_, 0) => (State::Stopped, ""),
                (ready, wanted) if ready >= wanted => (State::Complete, ""),
                _ => (State::Degraded, "PodsUnready"),
            };
            Some(DeploymentRow {
                cluster: cluster.id(),
                uid,
                place: places.of(cluster.id(), &namespace),
                namespace,
                kind: top.kind,
                name: top.name,
                desired,
                ready: pods.ready,
                updated: desired,
                revision: set
                    .map(ReplicaSetView::revision)
                    .filter(|revision| *revision > 0),
                images,
                restarts: pods.restarts,
                state,
                reason: reason.into(),
                since: pods.first.ready_changed(),
                rollout: None,
                managers: Vec::new(),
                sync: None,
                finding: finding.map(|it| it.cause.clone()),
                severity: finding.map(|it| it.severity),
                created: set
                    .and_then(ReplicaSetView::created)
                    .or(pods.first.created()),
            })
        })
    }
}

/// Whom the pod belongs to, through its `ReplicaSet`, where that is nobody who is watched. Jobs come and go: they are no
/// deployment.
fn unwatched_owner<'a>(
    cluster: &'a Cluster,
    pod: PodView<'a>,
) -> Option<(Owner, Option<ReplicaSetView<'a>>)> {
    let owner = pod.owner()?;
    let set = cluster.replica_set(owner.uid);
    let top = set.and_then(ReplicaSetView::owner).unwrap_or(owner);
    let watched = matches!(
        top.kind.as_str(),
        "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "Node"
    );
    let unread = top.kind == "ReplicaSet" && set.is_none();
    // Where there are any, and they may be read.
    let delivered = top.kind == Kind::Rollout.name()
        && cluster.seen(Kind::Rollout, pod.namespace()) != Seen::Never;
    (!(watched || unread || delivered)).then_some((top, set))
}
