//! A workload from the inside: its revisions, newest first, and the pods of each, the worst first.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{ClusterId, Kind, Moment, ObjectId, Phase, Role, Text, Uid};
use crate::store::{Cluster, ContainerView, PodView, ReplicaSetView};

use super::deployments::images;
use super::pod_status;

/// A revision: of a Deployment its `ReplicaSet`, of the others its `ControllerRevision`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevisionRow {
    /// Of the `ReplicaSet` or `ControllerRevision`; empty where there is none.
    pub name: Text,
    pub uid: Option<Uid>,
    /// None when no `ControllerRevision` tells it, and for controllers that have none.
    pub number: Option<u64>,
    /// The number it was made with, before it was gone back to; known of a `ReplicaSet`.
    pub first_number: Option<u64>,
    /// The one that the workload wants now.
    pub current: bool,
    /// Known of a `ReplicaSet`; of the others as their pods have them.
    pub images: Vec<Text>,
    pub wanted: u32,
    pub ready: u32,
    /// When it was first made; one that was gone back to is older than its last use.
    pub created: Option<Moment>,
    pub pods: Vec<PodRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PodRow {
    pub object: ObjectId,
    pub name: Text,
    /// What tells it from its siblings: the name without that of its owner.
    pub suffix: Text,
    pub node: Text,
    /// The STATUS of `kubectl get pods`.
    pub status: String,
    pub health: Health,
    /// Containers that count in READY.
    pub ready: u32,
    pub containers: u32,
    pub restarts: u32,
    pub created: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    Sick,
    /// Not ready, and nothing wrong with it yet.
    Coming,
    Serving,
    /// Ran to its end, or is being deleted.
    Over,
}

/// Which revision a pod is of, within its workload.
type Key = Uid;

/// Revisions of the workloads asked for, in one pass over the pods. Where they stand is asked first: it is the cheaper
/// question, and leaves little to ask the other.
pub fn revisions(
    cluster: &Cluster,
    within: impl Fn(&str) -> bool,
    wanted: impl Fn(Uid) -> bool,
) -> HashMap<Uid, Vec<RevisionRow>> {
    let mut found: HashMap<Uid, HashMap<Key, RevisionRow>> = HashMap::new();
    for set in cluster.replica_sets_within(&within) {
        let Some(owner) = set.owner_uid().filter(|owner| wanted(*owner)) else {
            continue;
        };
        let row = of_set(cluster, set, owner);
        found.entry(owner).or_default().insert(set.uid(), row);
    }
    let mut hashes: HashMap<(Uid, &str), Uid> = HashMap::new();
    for revision in cluster.revisions() {
        let Some(owner) = &revision.meta.owner else {
            continue;
        };
        if !within(&revision.meta.namespace) || !wanted(owner.uid) {
            continue;
        }
        // Pods carry the revision's name, or what follows the workload's in it.
        let name = revision.meta.name.as_str();
        hashes.insert((owner.uid, name), revision.meta.uid);
        let hash = name.strip_prefix(owner.name.as_str());
        if let Some(hash) = hash.and_then(|rest| rest.strip_prefix('-')) {
            hashes.insert((owner.uid, hash), revision.meta.uid);
        }
        let row = RevisionRow {
            name: revision.meta.name.clone(),
            uid: Some(revision.meta.uid),
            number: Some(revision.revision),
            created: revision.meta.created,
            ..RevisionRow::default()
        };
        found
            .entry(owner.uid)
            .or_default()
            .insert(revision.meta.uid, row);
    }
    for pod in cluster.pods_within(&within) {
        let Some(owner) = pod.owner_uid() else {
            continue;
        };
        let set = cluster.replica_set(owner);
        let top = cluster.controller(owner);
        if !wanted(top) {
            continue;
        }
        let hash = pod.label("controller-revision-hash").unwrap_or_default();
        let key = match set {
            Some(set) => set.uid(),
            None => hashes.get(&(top, hash)).copied().unwrap_or(top),
        };
        let row = found.entry(top).or_default().entry(key).or_default();
        let pod = of_pod(cluster.id(), pod);
        if set.is_none() && pod.health != Health::Over {
            row.wanted += 1;
            row.ready += u32::from(pod.health == Health::Serving);
        }
        row.pods.push(pod);
    }
    found
        .into_iter()
        .map(|(owner, rows)| (owner, in_order(cluster, owner, rows)))
        .collect()
}

fn of_set(cluster: &Cluster, set: ReplicaSetView<'_>, owner: Uid) -> RevisionRow {
    let workload = cluster.workload(owner);
    RevisionRow {
        name: set.name(),
        uid: Some(set.uid()),
        number: Some(set.revision()).filter(|revision| *revision > 0),
        first_number: Some(set.first_revision()).filter(|revision| *revision > 0),
        current: workload.and_then(|it| it.revision) == Some(set.revision()),
        images: images(&set.template()),
        wanted: set.desired(),
        ready: set.ready(),
        created: set.created(),
        pods: Vec::new(),
    }
}

fn in_order(cluster: &Cluster, owner: Uid, rows: HashMap<Key, RevisionRow>) -> Vec<RevisionRow> {
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by_key(|row| Reverse((row.number, row.created)));
    // The controllers that have `ControllerRevision`s want the newest.
    if !rows.iter().any(|row| row.current)
        && let Some(first) = rows.first_mut()
    {
        first.current = true;
        if let Some(workload) = cluster.workload(owner) {
            first.images = images(&workload.template);
        }
    }
    for row in &mut rows {
        row.pods
            .sort_by(|one, other| (one.health, &one.name).cmp(&(other.health, &other.name)));
    }
    rows
}

fn of_pod(cluster: ClusterId, pod: PodView<'_>) -> PodRow {
    let name = pod.name();
    let owner = pod.owner().map(|owner| owner.name).unwrap_or_default();
    let suffix = name.strip_prefix(owner.as_str());
    let suffix = suffix.and_then(|rest| rest.strip_prefix('-'));
    let counted = || pod.containers().filter(|it| it.role() != Role::Init);
    let count = |ready: bool| {
        let containers = counted().filter(|it| !ready || it.ready()).count();
        u32::try_from(containers).unwrap_or(u32::MAX)
    };
    PodRow {
        object: ObjectId {
            cluster,
            kind: Kind::Pod,
            uid: pod.uid(),
        },
        suffix: suffix.unwrap_or(&name).into(),
        node: pod.node().into(),
        status: pod_status(pod),
        health: health(pod),
        ready: count(true),
        containers: count(false),
        restarts: pod.restarts(),
        created: pod.created(),
        name,
    }
}

/// How a pod stands, by itself.
pub fn health(pod: PodView<'_>) -> Health {
    if pod.deleting().is_some() || matches!(pod.phase(), Phase::Succeeded | Phase::Failed) {
        Health::Over
    } else if pod.ready() {
        Health::Serving
    } else if pod.restarts() == 0 && waits_for_nothing(pod) && !abandoned(pod) {
        Health::Coming
    } else {
        Health::Sick
    }
}

/// Its containers are ready and it is not: the node says so no more, or a gate holds it.
fn abandoned(pod: PodView<'_>) -> bool {
    let mut counted = pod
        .containers()
        .filter(|it| it.role() != Role::Init)
        .peekable();
    counted.peek().is_some() && counted.all(ContainerView::ready)
}

/// Nothing but time stands between the pod and its start.
fn waits_for_nothing(pod: PodView<'_>) -> bool {
    const ON_ITS_WAY: [&str; 4] = ["ContainerCreating", "PodInitializing", "Pending", "Running"];
    ON_ITS_WAY.contains(&pod_status(pod).as_str())
        && pod
            .condition("PodScheduled")
            .is_none_or(|it| it.reason != "Unschedulable")
}
