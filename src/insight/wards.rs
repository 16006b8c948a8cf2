//! One pass over the pods of a cluster: the healthy ones are left at once, the others are gathered by what controls them.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::model::{ClusterId, Kind, Moment, ObjectId, Owner, Phase, Text, Uid};
use crate::store::{Cluster, PodView};

use super::ailment::{Ailment, Exit};
use super::clock::Clock;
use super::clues::Clues;
use super::diagnosis::{Sick, diagnose, exit, healthy, serves};
use super::finding::OBJECTS_KEPT;

/// The sick pods of one owner, and of one revision where the owner has several.
#[derive(Debug)]
pub(super) struct Ward {
    pub(super) namespace: Text,
    /// None: the pod stands for itself, under this name.
    pub(super) owner: Option<Owner>,
    pub(super) name: Text,
    /// The worst ailment, and since when the first pod has it.
    pub(super) ailment: Ailment,
    pub(super) since: Option<Moment>,
    pub(super) count: u32,
    /// Those of them that do not serve, and those of these that are ready for now.
    pub(super) down: u32,
    pub(super) shaky: u32,
    /// Bounded.
    pub(super) pods: Vec<ObjectId>,
}

/// Pods on a node that takes them down.
#[derive(Debug, Default)]
pub(super) struct Stricken {
    pub(super) count: u32,
    pub(super) since: Option<Moment>,
    pub(super) namespaces: BTreeSet<Text>,
    pub(super) pods: Vec<ObjectId>,
    /// What the kubelet ran short of, when it evicted.
    pub(super) resource: Text,
}

/// Pods of a workload on its way to a new revision that counts do not tell apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    /// The label `controller-revision-hash` of the new revision.
    pub(super) hash: Text,
    pub(super) new_ready: u32,
    pub(super) new_unready: u32,
    pub(super) old_ready: u32,
}

#[derive(Debug, Default)]
pub(super) struct Round {
    /// By uid of the owner (of the pod itself when it has none), and whether of its new revision.
    pub(super) wards: HashMap<(Uid, bool), Ward>,
    /// By node that is not ready.
    pub(super) lost: BTreeMap<Text, Stricken>,
    /// Pods of an owner that are lost with a node.
    pub(super) excused: HashMap<Uid, u32>,
    /// By node that evicted.
    pub(super) evicted: BTreeMap<Text, Stricken>,
    /// How the pods of a Job ended.
    pub(super) exits: HashMap<Uid, Exit>,
}

impl Round {
    pub(super) fn of(
        cluster: &Cluster,
        dead: &BTreeSet<&str>,
        moving: &mut HashMap<Uid, Sides>,
        clock: &mut Clock,
        clues: &Clues<'_>,
    ) -> Self {
        let mut round = Self::default();
        let mut others: HashMap<Uid, bool> = HashMap::new();
        for pod in cluster.pods() {
            let new = if moving.is_empty() {
                false
            } else {
                side(pod, moving)
            };
            if !dead.is_empty() && dead.contains(pod.node()) && runs(pod) {
                round.lose(cluster.id(), pod);
            } else if !healthy(pod) {
                round.see(cluster, pod, new, clock, clues, &mut others);
            }
        }
        round
    }

    fn see(
        &mut self,
        cluster: &Cluster,
        pod: PodView<'_>,
        new: bool,
        clock: &mut Clock,
        clues: &Clues<'_>,
        jobs: &mut HashMap<Uid, bool>,
    ) {
        let of_job = pod.owner_uid().is_some_and(|owner| {
            *jobs
                .entry(owner)
                .or_insert_with(|| pod.owner().is_some_and(|owner| owner.kind == "Job"))
        });
        if of_job && pod.phase() == Phase::Failed && pod.reason() != "Evicted" {
            self.note_exit(pod);
            return;
        }
        let Some(sick) = diagnose(pod, clock, clues) else {
            return;
        };
        if let Ailment::Evicted { message } = &sick.ailment
            && let Some(resource) = node_was_low(message)
        {
            let resource = Text::from(resource);
            let stricken = self.evicted.entry(pod.node().into()).or_default();
            stricken.add(cluster.id(), pod, sick.since);
            stricken.resource = resource;
            return;
        }
        let serves = serves(pod, clock);
        self.admit(cluster.id(), pod, new, serves, sick);
    }

    fn note_exit(&mut self, pod: PodView<'_>) {
        let ended = pod
            .containers()
            .find_map(|container| match container.state() {
                crate::store::StateView::Terminated(end) if end.exit_code() != 0 => Some(exit(end)),
                _ => None,
            });
        if let (Some(owner), Some(exit)) = (pod.owner_uid(), ended) {
            self.exits.insert(owner, exit);
        }
    }

    fn lose(&mut self, cluster: ClusterId, pod: PodView<'_>) {
        let stricken = self.lost.entry(pod.node().into()).or_default();
        stricken.add(cluster, pod, pod.ready_changed());
        if let Some(owner) = pod.owner_uid() {
            *self.excused.entry(owner).or_default() += 1;
        }
    }

    fn admit(&mut self, cluster: ClusterId, pod: PodView<'_>, new: bool, serves: bool, sick: Sick) {
        let owner = pod.owner().filter(|owner| owner.kind != "Node");
        let key = (owner.as_ref().map_or(pod.uid(), |owner| owner.uid), new);
        let id = pod_id(cluster, pod);
        let ward = Ward {
            namespace: pod.namespace().into(),
            owner,
            name: pod.name(),
            ailment: sick.ailment,
            since: sick.since,
            count: 1,
            down: u32::from(!serves),
            shaky: u32::from(!serves && pod.ready()),
            pods: vec![id],
        };
        match self.wards.entry(key) {
            Entry::Occupied(mut known) => known.get_mut().join(ward),
            Entry::Vacant(free) => drop(free.insert(ward)),
        }
    }
}

impl Ward {
    /// The worst kind of ailment speaks for all, and the oldest of that kind tells since when.
    fn weigh(&mut self, ailment: Ailment, since: Option<Moment>) {
        if std::mem::discriminant(&ailment) == std::mem::discriminant(&self.ailment) {
            self.since = match (self.since, since) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            // Figures grow in the order: the pod that restarted most is the one to show.
            self.ailment = std::mem::replace(&mut self.ailment, Ailment::Terminating).max(ailment);
        } else if ailment < self.ailment {
            self.ailment = ailment;
            self.since = since;
        }
    }

    /// Another ward of the same controller, or one more of its pods.
    pub(super) fn join(&mut self, other: Ward) {
        self.count += other.count;
        self.down += other.down;
        self.shaky += other.shaky;
        let room = OBJECTS_KEPT.saturating_sub(self.pods.len());
        self.pods.extend(other.pods.into_iter().take(room));
        self.weigh(other.ailment, other.since);
    }
}

impl Stricken {
    fn add(&mut self, cluster: ClusterId, pod: PodView<'_>, since: Option<Moment>) {
        self.count += 1;
        if !self.namespaces.contains(pod.namespace()) {
            self.namespaces.insert(pod.namespace().into());
        }
        if self.pods.len() < OBJECTS_KEPT {
            self.pods.push(pod_id(cluster, pod));
        }
        self.since = match (self.since, since) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}

fn pod_id(cluster: ClusterId, pod: PodView<'_>) -> ObjectId {
    ObjectId {
        cluster,
        kind: Kind::Pod,
        uid: pod.uid(),
    }
}

fn runs(pod: PodView<'_>) -> bool {
    !matches!(pod.phase(), Phase::Succeeded | Phase::Failed)
}

/// Counts the pod on its side of a rollout, and tells whether it is of the new revision.
fn side(pod: PodView<'_>, moving: &mut HashMap<Uid, Sides>) -> bool {
    let Some(sides) = pod.owner_uid().and_then(|owner| moving.get_mut(&owner)) else {
        return false;
    };
    let new = pod.label("controller-revision-hash") == Some(sides.hash.as_str());
    match (new, pod.ready() && pod.deleting().is_none()) {
        (true, true) => sides.new_ready += 1,
        (true, false) => sides.new_unready += 1,
        (false, true) => sides.old_ready += 1,
        (false, false) => {}
    }
    new
}

/// `The node was low on resource: ephemeral-storage. …`; other evictions are the pod's own doing.
fn node_was_low(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("The node was low on resource: ")?;
    let end = rest.find(['.', ' ', ',']).unwrap_or(rest.len());
    rest.get(..end)
}
