//! The containers whose logs tell of an object: those of a pod, or of the pods of a workload.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::model::{ClusterId, Kind, Moment, ObjectRef, Role, Text, Uid};
use crate::store::{Cluster, ContainerView, PodView, ReplicaSetView, StateView, TerminationView};

/// One container of one pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    pub cluster: ClusterId,
    pub namespace: Text,
    pub pod: Text,
    pub uid: Uid,
    /// What tells the pod from its siblings.
    pub suffix: Text,
    pub container: Text,
    /// The pod has others.
    pub several: bool,
    pub restarts: u32,
    /// How its last run came to its end, and when.
    pub ended: Option<(i32, Option<Moment>)>,
    pub created: Option<Moment>,
    /// The pod is not there any more.
    pub gone: bool,
}

impl Stream {
    pub fn is(&self, other: &Stream) -> bool {
        let id = |it: &Stream| (it.cluster, it.uid);
        id(self) == id(other) && self.container == other.container
    }
}

/// The youngest pods first: those of a new revision are wanted before those that they take the place of.
pub fn streams(cluster: &Cluster, object: &ObjectRef) -> Vec<Stream> {
    let Some(owners) = owners(cluster, object) else {
        return Vec::new();
    };
    let mut pods: Vec<_> = cluster
        .pods()
        .filter(|pod| pod.namespace() == object.namespace.as_str())
        .filter(|pod| match object.kind {
            Kind::Pod => owners.contains(&pod.uid()),
            _ => owner(cluster, *pod).is_some_and(|it| owners.contains(&it)),
        })
        .collect();
    pods.sort_by_cached_key(|pod| (Reverse(pod.created()), pod.name()));
    let alone = object.kind == Kind::Pod;
    let of_pod = |pod: PodView<'_>| of_pod(cluster.id(), pod, alone);
    pods.into_iter().flat_map(of_pod).collect()
}

/// What the pods belong to: the object, and for a `CronJob` its Jobs. None when it is not there.
fn owners(cluster: &Cluster, object: &ObjectRef) -> Option<HashSet<Uid>> {
    let own = object.uid.or_else(|| by_name(cluster, object))?;
    let jobs = cluster.jobs().filter(|job| {
        let owner = job.meta.owner.as_ref();
        owner.is_some_and(|owner| owner.uid == own)
    });
    Some(jobs.map(|job| job.meta.uid).chain([own]).collect())
}

fn by_name(cluster: &Cluster, object: &ObjectRef) -> Option<Uid> {
    let here = |namespace: &str, name: &str| {
        namespace == object.namespace.as_str() && name == object.name.as_str()
    };
    if object.kind == Kind::Pod {
        let mut pods = cluster.pods();
        let pod = pods.find(|it| here(it.namespace(), &it.name()))?;
        return Some(pod.uid());
    }
    let mut workloads = cluster.workloads();
    let found = workloads
        .find(|it| Kind::from(it.kind) == object.kind && here(&it.meta.namespace, &it.meta.name));
    found.map(|it| it.meta.uid)
}

fn owner(cluster: &Cluster, pod: PodView<'_>) -> Option<Uid> {
    let owner = pod.owner_uid()?;
    let set = cluster.replica_set(owner);
    Some(set.and_then(ReplicaSetView::owner_uid).unwrap_or(owner))
}

/// Of a pod alone every container; among others not those that prepared it and are done.
fn of_pod(cluster: ClusterId, pod: PodView<'_>, alone: bool) -> Vec<Stream> {
    let name = pod.name();
    let owner = pod.owner().map(|owner| owner.name).unwrap_or_default();
    let suffix = name.strip_prefix(owner.as_str());
    let suffix = suffix.and_then(|rest| rest.strip_prefix('-'));
    let suffix: Text = suffix.unwrap_or(&name).into();
    let done = |it: &ContainerView<'_>| {
        let well = matches!(it.state(), StateView::Terminated(end) if end.exit_code() == 0);
        it.role() == Role::Init && well
    };
    let containers: Vec<_> = pod.containers().filter(|it| alone || !done(it)).collect();
    let several = containers.len() > 1;
    let stream = |it: ContainerView<'_>| Stream {
        cluster,
        namespace: pod.namespace().into(),
        pod: name.clone(),
        uid: pod.uid(),
        suffix: suffix.clone(),
        container: it.name().into(),
        several,
        restarts: it.restarts(),
        ended: ended(it).map(|end| (end.exit_code(), end.finished())),
        created: pod.created(),
        gone: false,
    };
    containers.into_iter().map(stream).collect()
}

fn ended(container: ContainerView<'_>) -> Option<TerminationView<'_>> {
    match container.state() {
        StateView::Terminated(end) => Some(end),
        _ => container.last(),
    }
}
