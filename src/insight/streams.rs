//! The containers whose logs tell of an object: those of a pod, or of the pods of a workload.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::model::{ClusterId, Kind, Meta, Moment, ObjectRef, Role, Text, Uid};
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
    let alone = object.kind == Kind::Pod;
    let of_pod = |pod: PodView<'_>| of_pod(cluster.id(), pod, alone);
    pods_of(cluster, object)
        .into_iter()
        .flat_map(of_pod)
        .collect()
}

/// The pods of a workload or of its runs, the youngest first; a pod itself.
pub fn pods_of<'a>(cluster: &'a Cluster, object: &ObjectRef) -> Vec<PodView<'a>> {
    let Some(owners) = owners(cluster, object) else {
        return Vec::new();
    };
    let mut pods: Vec<_> = cluster
        .pods()
        .filter(|pod| pod.namespace() == object.namespace.as_str())
        .filter(|pod| match object.kind.known() {
            Some(Kind::Pod) => owners.contains(&pod.uid()),
            Some(Kind::ReplicaSet) => pod.owner_uid().is_some_and(|it| owners.contains(&it)),
            _ => owner(cluster, *pod).is_some_and(|it| owners.contains(&it)),
        })
        .collect();
    pods.sort_by_cached_key(|pod| (Reverse(pod.created()), pod.name()));
    pods
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
    let is = |meta: &&Meta| here(&meta.namespace, &meta.name);
    let found = match object.kind.known()? {
        Kind::Pod => {
            let mut pods = cluster.pods();
            let pod = pods.find(|it| here(it.namespace(), &it.name()))?;
            return Some(pod.uid());
        }
        Kind::Job => cluster.jobs().map(|it| &it.meta).find(is),
        Kind::CronJob => cluster.cron_jobs().map(|it| &it.meta).find(is),
        kind => {
            let of_kind = cluster.workloads().filter(|it| Kind::from(it.kind) == kind);
            of_kind.map(|it| &it.meta).find(is)
        }
    };
    found.map(|it| it.uid)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::{self, Stage};
    use crate::model::{ContainerState, JobState, ObjectRef, Pod};

    fn object(kind: Kind, name: &str, uid: Option<Uid>) -> ObjectRef {
        ObjectRef {
            cluster: ClusterId(0),
            kind: kind.into(),
            namespace: "shop".into(),
            name: name.into(),
            uid,
        }
    }

    fn heard(stage: &Stage, object: &ObjectRef) -> Vec<String> {
        let cluster = stage.store.cluster(ClusterId(0)).unwrap();
        let streams = streams(cluster, object).into_iter();
        streams
            .map(|it| format!("{}/{}", it.pod, it.container))
            .collect()
    }

    /// With a container that prepared it and is done, and a sidecar.
    fn pod_of_three(mut pod: Pod) -> Pod {
        let mut init = stage::container(ContainerState::Terminated(stage::ended("", 0, "", 1)));
        init.role = Role::Init;
        init.name = "migrate".into();
        let mut sidecar = stage::runs(2);
        sidecar.role = Role::Sidecar;
        sidecar.name = "proxy".into();
        pod.containers.extend([init, sidecar]);
        pod
    }

    #[test]
    fn the_youngest_pods_of_a_workload_come_first_without_what_is_done() {
        let mut stage = Stage::new();
        let cart = stage::deployment("shop", "cart", 2);
        let (old, new) = (
            stage::replica_set(&cart, 1, 1, 1),
            stage::replica_set(&cart, 2, 1, 1),
        );
        stage.add(cart.clone()).add(old.clone()).add(new.clone());
        stage.add(stage::pod_of(&old, 1, 10));
        stage.add(pod_of_three(stage::pod_of(&new, 1, 20)));
        stage.add(stage::pod("shop", "other", None, 30));
        let expected = ["cart-r2-1/app", "cart-r2-1/proxy", "cart-r1-1/app"];
        let by_uid = object(Kind::Deployment, "cart", Some(cart.meta.uid));
        assert_eq!(heard(&stage, &by_uid), expected);
        assert_eq!(
            heard(&stage, &object(Kind::Deployment, "cart", None)),
            expected
        );
        assert_eq!(
            heard(&stage, &object(Kind::Deployment, "gone", None)),
            [""; 0]
        );
    }

    #[test]
    fn a_revision_is_heard_through_its_own_pods() {
        let mut stage = Stage::new();
        let cart = stage::deployment("shop", "cart", 2);
        let (old, new) = (
            stage::replica_set(&cart, 1, 1, 1),
            stage::replica_set(&cart, 2, 1, 1),
        );
        stage.add(stage::pod_of(&old, 1, 10));
        stage.add(stage::pod_of(&new, 1, 20));
        stage.add(cart).add(old.clone()).add(new);
        let revision = object(Kind::ReplicaSet, &old.meta.name, Some(old.meta.uid));
        assert_eq!(heard(&stage, &revision), ["cart-r1-1/app"]);
    }

    #[test]
    fn a_pod_alone_is_heard_in_every_container() {
        let mut stage = Stage::new();
        stage.add(pod_of_three(stage::pod("shop", "cart", None, 1)));
        let heard = heard(&stage, &object(Kind::Pod, "cart", None));
        assert_eq!(heard, ["cart/app", "cart/migrate", "cart/proxy"]);
    }

    #[test]
    fn a_cron_job_is_heard_through_its_runs() {
        let mut stage = Stage::new();
        let cron = stage::cron_job("shop", "purge");
        let run = stage::run(&cron, 10, JobState::Running);
        let owner = stage::owner("Job", &run.meta);
        let pod = stage::pod("shop", "purge-1-x", Some(owner), 11);
        stage.add(cron.clone()).add(run).add(pod);
        for uid in [Some(cron.meta.uid), None] {
            let heard = heard(&stage, &object(Kind::CronJob, "purge", uid));
            assert_eq!(heard, ["purge-1-x/app"]);
        }
    }
}
