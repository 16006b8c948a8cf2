//! Whose pods they are, by the name a person knows: the Deployment, not its `ReplicaSet`; the `CronJob`, not its Job.

use crate::model::{Kind, Owner, Subject, Text, Uid};
use crate::store::{Cluster, Seen};

use super::finding::Cause;
use super::wards::Ward;

pub(super) struct Controller {
    pub(super) uid: Uid,
    pub(super) cause: Cause,
    pub(super) subject: Subject,
}

/// None while it is not known whose the owner is: its kind is still being read, and a wrong name would be a wrong row.
pub(super) fn controller(cluster: &Cluster, ward: &Ward, uid: Uid) -> Option<Controller> {
    let Some(owner) = &ward.owner else {
        let pod = crate::model::ObjectId {
            cluster: cluster.id(),
            kind: Kind::Pod,
            uid: ward.pods.first().map_or(uid, |pod| pod.uid),
        };
        return Some(Controller {
            uid,
            cause: Cause::Object(pod),
            subject: Subject {
                kind: "Pod".into(),
                name: ward.name.clone(),
            },
        });
    };
    let reading = |kind| cluster.seen(kind, &ward.namespace) == Seen::Reading;
    let top = match owner.kind.as_str() {
        "ReplicaSet" => match cluster.replica_set(owner.uid) {
            Some(set) => set.owner(),
            None if reading(Kind::ReplicaSet) => return None,
            None => maker_by_name(cluster, ward, owner),
        },
        "Job" => match cluster.job(owner.uid) {
            Some(job) => job.meta.owner.clone(),
            None if reading(Kind::Job) => return None,
            None => None,
        },
        _ => None,
    };
    let top = top.as_ref().unwrap_or(owner);
    if top.kind == Kind::Rollout.name() && reading(Kind::Rollout) {
        return None;
    }
    Some(named(cluster, top))
}

/// Without the right to read `ReplicaSets`, their names still begin with that of who makes them.
fn maker_by_name(cluster: &Cluster, ward: &Ward, owner: &Owner) -> Option<Owner> {
    let (name, _) = owner.name.rsplit_once('-')?;
    let maker = cluster.workloads().find(|it| {
        it.meta.name == name
            && it.meta.namespace == ward.namespace
            && matches!(Kind::from(it.kind), Kind::Deployment | Kind::Rollout)
    })?;
    Some(Owner {
        kind: Kind::from(maker.kind).name().into(),
        name: Text::from(name),
        uid: maker.meta.uid,
    })
}

/// What many clusters do not have is a workload of ours where it is read.
fn watched(cluster: &Cluster, kind: Kind, owner: &Owner) -> bool {
    kind.is_workload() && cluster.workload(owner.uid).is_some()
}

fn named(cluster: &Cluster, owner: &Owner) -> Controller {
    let kind = Kind::ALL.into_iter().find(|kind| {
        kind.name() == owner.kind && (kind.built_in() || watched(cluster, *kind, owner))
    });
    let cause = kind.map_or(Cause::Owner(cluster.id(), owner.uid), |kind| {
        Cause::Object(crate::model::ObjectId {
            cluster: cluster.id(),
            kind,
            uid: owner.uid,
        })
    });
    Controller {
        uid: owner.uid,
        cause,
        subject: Subject {
            kind: owner.kind.clone(),
            name: owner.name.clone(),
        },
    }
}
