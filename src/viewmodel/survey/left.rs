//! What was left in a temporary state, and waits for a human to put it back.

use std::collections::HashMap;

use crate::action;
use crate::insight::{self, Applications, AutoSync, Course, FluxKept, FluxReach};
use crate::model::{
    Change, ClusterId, Kind, Meta, Moment, ObjectId, Subject, Text, What, Workload, Writer,
};
use crate::store::{Cluster, Store};
use crate::tenancy::{Place, Places};

/// Something that waits for a human to put it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Temporary {
    pub object: ObjectId,
    pub namespace: Text,
    pub place: Place,
    pub name: Text,
    pub what: Left,
    pub since: Option<Moment>,
    /// The field manager that left it so.
    pub writer: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Paused,
    Suspended,
    /// A node that takes no new pods.
    Cordoned,
    /// An Argo Rollout that waits for a person, at that percent where it is a canary.
    Waits {
        percent: Option<u32>,
    },
    /// Scaled to 0 while vigie watched: what has always been there is meant to be so.
    Emptied {
        from: u32,
    },
    /// By hand, away from what its owner declares: from that number, where it is known.
    Scaled {
        from: Option<u32>,
        to: u32,
    },
    /// An Application whose auto-sync is off until somebody restores it.
    SyncSuspended,
    /// A Kustomization or a `HelmRelease` of Flux that writes nothing until somebody resumes it.
    FluxSuspended,
    /// An Application at which Argo CD does not look.
    ReconcileSkipped,
}

/// When each object was last seen to be put aside or scaled; the ring is short beside the objects.
pub(super) fn hands(store: &Store) -> HashMap<(ClusterId, &Text, &Subject), &Change> {
    let aside = |change: &&Change| {
        matches!(
            change.what,
            What::Suspended | What::NodeCordoned | What::Scale { .. }
        )
    };
    let mut found = HashMap::new();
    for change in store.changes().iter().filter(aside) {
        let of = (change.cluster, &change.namespace, &change.subject);
        found.entry(of).or_insert(change);
    }
    found
}

/// With its namespace; a node has none.
pub(super) fn temporary(
    cluster: &Cluster,
    places: &Places,
    hands: &HashMap<(ClusterId, &Text, &Subject), &Change>,
) -> Vec<(Text, Temporary)> {
    let left = |kind: Kind, meta: &Meta, what, since, writer: Option<&Writer>| {
        let left = Temporary {
            object: ObjectId {
                cluster: cluster.id(),
                kind,
                uid: meta.uid,
            },
            namespace: meta.namespace.clone(),
            place: places.of(cluster.id(), &meta.namespace),
            name: meta.name.clone(),
            what,
            since,
            writer: writer.map(|it| it.name.clone()).filter(|it| !it.is_empty()),
        };
        (meta.namespace.clone(), left)
    };
    let hand = |kind: Kind, meta: &Meta| {
        let subject = Subject {
            kind: kind.name().into(),
            name: meta.name.clone(),
        };
        hands
            .get(&(cluster.id(), &meta.namespace, &subject))
            .copied()
    };
    // The manager may have written other fields since: what was seen as it happened is closer.
    let since = |kind: Kind, meta: &Meta, writer: Option<&Writer>| {
        let seen = hand(kind, meta).map(|change| change.at.plus(cluster.skew()));
        let written = writer.and_then(|it| it.at);
        [seen, written].into_iter().flatten().min()
    };
    let mut found = Vec::new();
    for it in cluster.workloads() {
        let kind = Kind::from(it.kind);
        let scaler = it.sizing.as_deref().map(|sizing| &sizing.writer);
        if it.paused {
            let by = it.paused_by.as_deref();
            let paused = it
                .condition("Progressing")
                .filter(|it| it.reason == "DeploymentPaused");
            let since = paused.and_then(|it| it.updated.or(it.changed));
            let since = since.or(by.and_then(|it| it.at));
            found.push(left(kind, &it.meta, Left::Paused, since, by));
        } else if let Some((percent, since)) = waits(it) {
            let what = Left::Waits { percent };
            found.push(left(kind, &it.meta, what, since, None));
        } else if let Some(scaled) = insight::scaled(cluster, it) {
            let what = Left::Scaled {
                from: scaled.declared,
                to: it.desired,
            };
            // The server keeps no moment of what went through `scale`.
            let since = since(kind, &it.meta, scaler);
            found.push(left(kind, &it.meta, what, since, scaler));
        } else if it.desired == 0
            && let Some(change) = hand(kind, &it.meta)
            && let What::Scale { from, to: 0 } = change.what
            && insight::deliverer(cluster, it).is_none()
        {
            let what = Left::Emptied { from };
            let since = since(kind, &it.meta, scaler);
            found.push(left(kind, &it.meta, what, since, scaler));
        }
    }
    for it in cluster.cron_jobs().filter(|it| it.suspended) {
        let (kind, by) = (Kind::CronJob, it.suspended_by.as_deref());
        let since = since(kind, &it.meta, by);
        found.push(left(kind, &it.meta, Left::Suspended, since, by));
    }
    for it in cluster.nodes().filter(|it| it.unschedulable) {
        let (kind, by) = (Kind::Node, it.cordoned_by.as_deref());
        let since = since(kind, &it.meta, by);
        found.push(left(kind, &it.meta, Left::Cordoned, since, by));
    }
    found
}

/// Where an Argo Rollout waits for a person, and since when.
fn waits(workload: &Workload) -> Option<(Option<u32>, Option<Moment>)> {
    let course = Course::of(workload).filter(Course::waits)?;
    Some((course.weight, course.pause?.since))
}

/// Applications that are held back, and what is suspended of Flux, with the namespace that each deploys to.
pub(super) fn held_back(store: &Store, places: &Places) -> Vec<(Text, Temporary)> {
    let applications = Applications::of(store);
    let mut found = Vec::new();
    for kept in applications.iter() {
        let it = kept.application;
        let what = if it.skips_reconcile() {
            Left::ReconcileSkipped
        } else if insight::auto_sync(it) == AutoSync::Suspended {
            Left::SyncSuspended
        } else {
            continue;
        };
        let writer = it.suspended_by.as_deref();
        let signed = action::suspension(it)
            .map(|it| it.by)
            .filter(|it| !it.is_empty());
        let named = writer.map(|it| it.name.clone()).filter(|it| !it.is_empty());
        let (cluster, namespace) = applications.destination(kept);
        let left = Temporary {
            object: ObjectId {
                cluster: kept.home,
                kind: Kind::Application,
                uid: it.meta.uid,
            },
            namespace: it.meta.namespace.clone(),
            place: places.of(cluster, namespace),
            name: it.meta.name.clone(),
            what,
            since: writer.and_then(|it| it.at),
            writer: signed.map(|it| it.as_str().into()).or(named),
        };
        found.push((namespace.clone(), left));
    }
    found.extend(suspended(store, places));
    found
}

/// Of Flux.
fn suspended(store: &Store, places: &Places) -> Vec<(Text, Temporary)> {
    let of = |cluster: &Cluster| {
        let home = cluster.id();
        move |flux| FluxKept { home, flux }
    };
    let all = store.clusters().flat_map(|it| it.flux().map(of(it)));
    let suspended: Vec<_> = all.filter(|it| it.flux.suspended).collect();
    if suspended.is_empty() {
        return Vec::new();
    }
    let reach = FluxReach::of(store);
    let left = |kept: FluxKept<'_>| {
        let it = kept.flux;
        let writer = it.suspended_by.as_deref();
        let signed = action::flux_suspension(it).map(|it| it.by);
        let signed = signed.filter(|it| !it.is_empty());
        let named = writer.map(|it| it.name.clone()).filter(|it| !it.is_empty());
        let (cluster, namespace) = reach.destination(kept);
        let left = Temporary {
            object: ObjectId {
                cluster: kept.home,
                kind: it.kind(),
                uid: it.meta.uid,
            },
            namespace: it.meta.namespace.clone(),
            place: places.of(cluster, namespace),
            name: it.meta.name.clone(),
            what: Left::FluxSuspended,
            since: writer.and_then(|it| it.at),
            writer: signed.map(|it| it.as_str().into()).or(named),
        };
        (namespace.clone(), left)
    };
    suspended.into_iter().map(left).collect()
}
