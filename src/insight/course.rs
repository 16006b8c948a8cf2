//! How far an Argo Rollout is, and whose template it delivers.

use crate::model::{DeliveryWay, Kind, Moment, Text, Workload};
use crate::store::Cluster;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub way: DeliveryWay,
    /// Percent that the new revision is to have; None where it has all or nothing.
    pub weight: Option<u32>,
    /// The step that it is at, from 1, and how many there are.
    pub step: Option<(u32, u32)>,
    pub pause: Option<Pause>,
}

/// It stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub since: Option<Moment>,
    /// The controller's word; empty where a person paused it whole.
    pub reason: Text,
    /// Nothing but a person ends it.
    pub open: bool,
}

impl Course {
    /// None of another workload than an Argo Rollout.
    pub fn of(workload: &Workload) -> Option<Self> {
        let delivery = workload.delivery.as_deref()?;
        let canary = delivery.way == DeliveryWay::Canary;
        let steps = delivery.step_count;
        let at = delivery.step.filter(|_| steps > 0);
        Some(Self {
            way: delivery.way,
            weight: delivery.weight().filter(|_| canary),
            step: at.map(|it| (it.saturating_add(1).min(steps), steps)),
            pause: pause(workload),
        })
    }

    /// For a person.
    pub fn waits(&self) -> bool {
        self.pause.as_ref().is_some_and(|it| it.open)
    }
}

fn pause(workload: &Workload) -> Option<Pause> {
    let delivery = workload.delivery.as_deref()?;
    if workload.is_aborted() || !workload.stands_still() {
        return None;
    }
    let reason = delivery.pauses.first().map(|it| it.reason.clone());
    let timed = delivery.pause_is_timed() && !workload.paused;
    Some(Pause {
        since: delivery.paused_since(),
        reason: reason.filter(|_| !workload.paused).unwrap_or_default(),
        open: !timed,
    })
}

/// The Argo Rollout that takes its template from the workload, which runs nothing itself meanwhile.
pub fn deliverer<'a>(cluster: &'a Cluster, workload: &Workload) -> Option<&'a Workload> {
    let kind = Kind::from(workload.kind).name();
    let meta = &workload.meta;
    cluster.workloads().find(|it| {
        let target = it.delivery.as_deref().and_then(|it| it.target.as_ref());
        let named = target.is_some_and(|it| it.kind == kind && it.name == meta.name);
        named && it.meta.namespace == meta.namespace
    })
}
