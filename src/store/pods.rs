//! Pods, a hundred bytes each beside what they share, and the view through which they are read.

use smallvec::SmallVec;

use crate::model::{
    Condition, Container, ContainerState, Labels, Moment, Owner, Phase, Pod, Role, Status,
    Termination, Text, Uid,
};

use super::pool::Id;
use super::shared::{
    ConditionShape, ContainerShape, InUse, PodShape, Shared, StandingShape, StateShape, Sym,
    TerminationShape, short_name,
};
use super::slab::{Row, Slab, remembered};

pub(super) struct PodRow {
    uid: Uid,
    /// What follows `OWNER-` in the name; the whole name when it does not begin so.
    suffix: Text,
    shape: Id<PodShape>,
    node: Sym,
    created: Option<Moment>,
    deleting: Option<Moment>,
    started: Option<Moment>,
    /// `lastTransitionTime` of Ready.
    ready_changed: Option<Moment>,
    stamp: u32,
    containers: SmallVec<[ContainerRow; 2]>,
    prefixed: bool,
}

struct ContainerRow {
    shape: Id<ContainerShape>,
    standing: Id<StandingShape>,
    restarts: u32,
    /// Start of the running container.
    since: Option<Moment>,
}

impl Row for PodRow {
    fn uid(&self) -> Uid {
        self.uid
    }
}

#[derive(Default)]
pub(super) struct Pods(Slab<PodRow>);

impl Pods {
    pub(super) fn upsert(&mut self, pod: &Pod, shared: &mut Shared, stamp: u32) {
        let row = pack(pod, shared, stamp);
        self.0.insert(row);
    }

    pub(super) fn remove(&mut self, uid: Uid) {
        self.0.remove(uid);
    }

    /// Drops the rows of `namespace` (None: of all) that carry an older stamp.
    pub(super) fn sweep(&mut self, older_than: u32, namespace: Option<&str>, shared: &Shared) {
        let elsewhere = |row: &PodRow| {
            namespace.is_some_and(|wanted| {
                shared
                    .pods
                    .get(row.shape)
                    .is_some_and(|shape| shared.str(shape.namespace) != wanted)
            })
        };
        self.0
            .retain(|row| row.stamp >= older_than || elsewhere(row));
        self.0.shrink();
    }

    pub(super) fn mark(&self, used: &mut InUse<'_>) {
        for row in self.0.rows() {
            used.text(row.node);
            used.pod(row.shape);
            for container in &row.containers {
                used.container(container.shape);
                used.standing(container.standing);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.rows().len()
    }

    pub(super) fn get<'a>(&'a self, uid: Uid, shared: &'a Shared) -> Option<PodView<'a>> {
        PodView::new(self.0.get(uid)?, shared)
    }

    /// Of the namespaces that `within` takes; it is asked once for rows that stand together.
    pub(super) fn within<'a>(
        &'a self,
        shared: &'a Shared,
        within: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = PodView<'a>> {
        let namespace = |it| shared.pods.get(it).map(|it| shared.str(it.namespace));
        let mut within = remembered(move |it| namespace(it).is_some_and(&within));
        let rows = self.0.rows().iter();
        let rows = rows.filter(move |row| within(row.shape));
        rows.filter_map(|row| PodView::new(row, shared))
    }

    pub(super) fn iter<'a>(&'a self, shared: &'a Shared) -> impl Iterator<Item = PodView<'a>> {
        self.0
            .rows()
            .iter()
            .filter_map(|row| PodView::new(row, shared))
    }
}

fn pack(pod: &Pod, shared: &mut Shared, stamp: u32) -> PodRow {
    let (suffix, prefixed) = short_name(&pod.meta);
    // The owner's name ends in the hash of its template, so that label would say again what the owner says.
    let own = |key: &str| {
        matches!(
            key,
            "statefulset.kubernetes.io/pod-name"
                | "apps.kubernetes.io/pod-index"
                | "pod-template-hash"
                | "rollouts-pod-template-hash"
        )
    };
    let shape = PodShape {
        namespace: shared.sym(&pod.meta.namespace),
        owner: pod
            .meta
            .owner
            .as_ref()
            .map(|owner| shared.keep_owner(owner)),
        labels: shared.keep_labels(pod.meta.labels.iter().filter(|(key, _)| !own(key))),
        annotations: shared.keep_labels(pod.meta.annotations.iter()),
        phase: pod.phase,
        reason: shared.sym(&pod.reason),
        message: shared.sym(&pod.message),
        conditions: shared.keep_conditions(&pod.conditions),
        cpu_request: pod.cpu_request,
        memory_request: pod.memory_request,
    };
    let ready = pod
        .conditions
        .iter()
        .find(|condition| condition.name == "Ready");
    PodRow {
        uid: pod.meta.uid,
        suffix,
        prefixed,
        shape: shared.keep_pod(shape),
        node: shared.sym(&pod.node),
        created: pod.meta.created,
        deleting: pod.meta.deleting,
        started: pod.started,
        ready_changed: ready.and_then(|condition| condition.changed),
        stamp,
        containers: pod
            .containers
            .iter()
            .map(|container| pack_container(container, shared))
            .collect(),
    }
}

fn pack_container(container: &Container, shared: &mut Shared) -> ContainerRow {
    let since = match container.state {
        ContainerState::Running { since } => since,
        _ => None,
    };
    ContainerRow {
        shape: shared.keep_container(container),
        standing: shared.keep_standing(container),
        restarts: container.restarts,
        since,
    }
}

/// A pod as it is read: borrowed from its row and from what it shares.
#[derive(Clone, Copy)]
pub struct PodView<'a> {
    row: &'a PodRow,
    shape: &'a PodShape,
    shared: &'a Shared,
}

impl<'a> PodView<'a> {
    fn new(row: &'a PodRow, shared: &'a Shared) -> Option<Self> {
        let shape = shared.pods.get(row.shape)?;
        Some(Self { row, shape, shared })
    }

    pub fn uid(self) -> Uid {
        self.row.uid
    }

    pub fn name(self) -> Text {
        let owner = self.shape.owner.filter(|_| self.row.prefixed);
        self.shared.whole_name(owner, &self.row.suffix)
    }

    /// The name in a text that is there already: for who looks at all of them.
    pub fn write_name(self, name: &mut String) {
        name.clear();
        let owner = self.shape.owner.filter(|_| self.row.prefixed);
        if let Some(owner) = owner.and_then(|owner| self.shared.owners.get(owner)) {
            name.push_str(self.shared.str(owner.name));
            name.push('-');
        }
        name.push_str(&self.row.suffix);
    }

    pub fn namespace(self) -> &'a str {
        self.shared.str(self.shape.namespace)
    }

    /// Uid of the controlling owner: what pods are grouped by.
    pub fn owner_uid(self) -> Option<Uid> {
        self.shape
            .owner
            .and_then(|owner| self.shared.owners.get(owner))
            .map(|owner| owner.uid)
    }

    pub fn owner(self) -> Option<Owner> {
        self.shape
            .owner
            .and_then(|owner| self.shared.to_owner(owner))
    }

    /// Empty until scheduled.
    pub fn node(self) -> &'a str {
        self.shared.str(self.row.node)
    }

    pub fn phase(self) -> Phase {
        self.shape.phase
    }

    pub fn reason(self) -> &'a str {
        self.shared.str(self.shape.reason)
    }

    pub fn message(self) -> &'a str {
        self.shared.str(self.shape.message)
    }

    pub fn label(self, key: &str) -> Option<&'a str> {
        self.shared.label(self.shape.labels, key)
    }

    /// Without the labels that name the pod itself (a `StatefulSet`'s ordinal) or repeat its `ReplicaSet`'s name.
    pub fn labels(self) -> Labels {
        self.shared.to_labels(self.shape.labels)
    }

    pub fn annotation(self, key: &str) -> Option<&'a str> {
        self.shared.label(self.shape.annotations, key)
    }

    pub fn created(self) -> Option<Moment> {
        self.row.created
    }

    pub fn deleting(self) -> Option<Moment> {
        self.row.deleting
    }

    pub fn started(self) -> Option<Moment> {
        self.row.started
    }

    pub fn cpu_request(self) -> u32 {
        self.shape.cpu_request
    }

    pub fn memory_request(self) -> u32 {
        self.shape.memory_request
    }

    /// Whether the condition Ready is True.
    pub fn ready(self) -> bool {
        self.status("Ready") == Some(Status::True)
    }

    /// When Ready last changed.
    pub fn ready_changed(self) -> Option<Moment> {
        self.row.ready_changed
    }

    fn status(self, name: &str) -> Option<Status> {
        self.shape_of(name).map(|shape| shape.status)
    }

    fn shape_of(self, name: &str) -> Option<&'a ConditionShape> {
        let mut shapes = self.shared.conditions(self.shape.conditions).iter();
        shapes.find(|shape| self.shared.str(shape.name) == name)
    }

    /// The moment is known only while the status is not True, but for Ready.
    pub fn condition(self, name: &str) -> Option<Condition> {
        let mut condition = self.shared.to_condition(self.shape_of(name)?);
        if name == "Ready" {
            condition.changed = self.row.ready_changed;
        }
        Some(condition)
    }

    pub fn containers(self) -> impl Iterator<Item = ContainerView<'a>> {
        self.row.containers.iter().filter_map(move |row| {
            Some(ContainerView {
                row,
                shape: self.shared.containers.get(row.shape)?,
                standing: self.shared.standings.get(row.standing)?,
                shared: self.shared,
            })
        })
    }

    /// Restarts of main containers and sidecars, as kubectl counts them.
    pub fn restarts(self) -> u32 {
        self.containers()
            .filter(|container| container.role() != Role::Init)
            .map(ContainerView::restarts)
            .fold(0, u32::saturating_add)
    }
}

#[derive(Clone, Copy)]
pub struct ContainerView<'a> {
    row: &'a ContainerRow,
    shape: &'a ContainerShape,
    standing: &'a StandingShape,
    shared: &'a Shared,
}

/// State of a container, borrowed.
#[derive(Clone, Copy)]
pub enum StateView<'a> {
    Waiting { reason: &'a str, message: &'a str },
    Running { since: Option<Moment> },
    Terminated(TerminationView<'a>),
    Unknown,
}

#[derive(Clone, Copy)]
pub struct TerminationView<'a> {
    shape: &'a TerminationShape,
    shared: &'a Shared,
}

impl<'a> ContainerView<'a> {
    pub fn role(self) -> Role {
        self.shape.role
    }

    pub fn name(self) -> &'a str {
        self.shared.str(self.shape.name)
    }

    pub fn image(self) -> &'a str {
        self.shared.str(self.shape.image)
    }

    pub fn ready(self) -> bool {
        self.standing.ready
    }

    pub fn started(self) -> bool {
        self.standing.started
    }

    pub fn restarts(self) -> u32 {
        self.row.restarts
    }

    /// MiB; 0 when none is set.
    pub fn memory_limit(self) -> u32 {
        self.shape.memory_limit
    }

    pub fn state(self) -> StateView<'a> {
        match &self.standing.state {
            StateShape::Waiting { reason, message } => StateView::Waiting {
                reason: self.shared.str(*reason),
                message: self.shared.str(*message),
            },
            StateShape::Running => StateView::Running {
                since: self.row.since,
            },
            StateShape::Terminated(shape) => StateView::Terminated(TerminationView {
                shape,
                shared: self.shared,
            }),
            StateShape::Unknown => StateView::Unknown,
        }
    }

    pub fn last(self) -> Option<TerminationView<'a>> {
        self.standing.last.as_ref().map(|shape| TerminationView {
            shape,
            shared: self.shared,
        })
    }
}

impl<'a> TerminationView<'a> {
    pub fn reason(self) -> &'a str {
        self.shared.str(self.shape.reason)
    }

    pub fn message(self) -> &'a str {
        self.shared.str(self.shape.message)
    }

    pub fn exit_code(self) -> i32 {
        self.shape.exit_code
    }

    pub fn signal(self) -> i32 {
        self.shape.signal
    }

    pub fn started(self) -> Option<Moment> {
        self.shape.started
    }

    pub fn finished(self) -> Option<Moment> {
        self.shape.finished
    }

    pub fn to_owned(self) -> Termination {
        self.shared.to_termination(self.shape)
    }
}
