//! What the cluster reached after a write, from what is watched: not that the request was taken.

use super::record::{Before, Intent, OutcomeVerdict, Verb};
use crate::model::{JobState, Kind, Moment, ObjectRef, Rollout, Workload};
use crate::store::{Cluster, Store};

/// A rollout without a deadline of its own is given up after this many seconds; a deadline counts from the last progress.
const PATIENCE: i64 = 600;

/// An action that was accepted, until its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Following {
    pub object: ObjectRef,
    pub verb: Verb,
    pub after: Before,
    /// When the server took the last request, by the cluster's clock.
    pub since: Moment,
    /// The object's generation in the server's answer, when it told one.
    pub generation: Option<i64>,
}

/// What is reached, and what there is to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub verdict: OutcomeVerdict,
    /// In the cluster's own words; empty when there is nothing to add.
    pub detail: String,
}

impl Reached {
    fn plain(verdict: OutcomeVerdict) -> Self {
        Self::with(verdict, String::new())
    }

    fn with(verdict: OutcomeVerdict, detail: String) -> Self {
        Self { verdict, detail }
    }
}

impl Following {
    /// `object` is that of the intent, as the store names it.
    pub fn new(intent: &Intent, object: ObjectRef, since: Moment, generation: Option<i64>) -> Self {
        Self {
            object,
            verb: intent.verb,
            after: intent.after.clone(),
            since,
            generation,
        }
    }

    /// None while it moves.
    pub fn reached(&self, store: &Store, now: Moment) -> Option<Reached> {
        let cluster = store.cluster(self.object.cluster)?;
        let reached = match self.verb {
            Verb::RollBack | Verb::Restart | Verb::Resume => self.rolled(cluster),
            Verb::Pause => self.paused(cluster),
            Verb::Scale => self.scaled(cluster),
            Verb::Suspend | Verb::Unsuspend => self.suspended(cluster),
            Verb::Evict | Verb::Delete => self.gone(cluster),
            Verb::RunNow => self.ran(cluster),
        };
        let late = || {
            let patience = self.patience(cluster);
            (self.since.age(now) > patience).then(|| Reached::plain(OutcomeVerdict::TimedOut))
        };
        reached.or_else(late)
    }

    fn workload<'a>(&self, cluster: &'a Cluster) -> Option<&'a Workload> {
        cluster.workload(self.object.uid?)
    }

    /// As of the write or later: what was watched before it says nothing.
    fn current<'a>(&self, cluster: &'a Cluster) -> Option<&'a Workload> {
        let workload = self.workload(cluster)?;
        let fresh = |generation| workload.meta.generation >= generation;
        self.generation.is_none_or(fresh).then_some(workload)
    }

    fn patience(&self, cluster: &Cluster) -> i64 {
        let deadline = self.workload(cluster).and_then(|it| it.progress_deadline);
        // The controller itself says so first.
        deadline
            .map_or(PATIENCE, |it| i64::from(it).saturating_mul(2))
            .max(PATIENCE)
    }

    fn rolled(&self, cluster: &Cluster) -> Option<Reached> {
        if self.is_gone(cluster) {
            return Some(Reached::with(OutcomeVerdict::Failed, "deleted".to_owned()));
        }
        let workload = self.current(cluster)?;
        match workload.rollout() {
            Rollout::Complete | Rollout::Manual => Some(Reached::plain(OutcomeVerdict::Reached)),
            Rollout::DeadlineExceeded => {
                let condition = workload.condition("Progressing")?;
                // That of the rollout before stands until the controller has seen the write.
                let ours = condition.changed.is_none_or(|at| at >= self.since);
                ours.then(|| Reached::with(OutcomeVerdict::Failed, condition.message.to_string()))
            }
            _ => None,
        }
    }

    fn paused(&self, cluster: &Cluster) -> Option<Reached> {
        let workload = self.current(cluster)?;
        Some(Reached::plain(if workload.paused {
            OutcomeVerdict::Reached
        } else {
            OutcomeVerdict::Replaced
        }))
    }

    fn scaled(&self, cluster: &Cluster) -> Option<Reached> {
        let wanted = self.after.replicas?;
        if self.object.kind == Kind::ReplicaSet {
            let set = cluster.replica_set(self.object.uid?)?;
            let there =
                set.desired() == wanted && set.ready() == wanted && set.replicas() == wanted;
            return there.then(|| Reached::plain(OutcomeVerdict::Reached));
        }
        if self.object.kind.known().is_none() {
            return Some(Reached::with(
                OutcomeVerdict::Unknown,
                format!("{} is not watched", self.object.kind.name()),
            ));
        }
        let workload = self.current(cluster)?;
        if workload.desired != wanted {
            // Until the watch has told of it, the store has the number before.
            let told = self.generation.is_some();
            return told.then(|| {
                Reached::with(
                    OutcomeVerdict::Replaced,
                    format!("spec.replicas: {}", workload.desired),
                )
            });
        }
        let seen = workload.observed_generation >= workload.meta.generation;
        let there = workload.ready == wanted && workload.replicas == wanted;
        (seen && there).then(|| Reached::plain(OutcomeVerdict::Reached))
    }

    fn suspended(&self, cluster: &Cluster) -> Option<Reached> {
        let uid = self.object.uid?;
        let cron = cluster.cron_jobs().find(|it| it.meta.uid == uid)?;
        let stands = Some(cron.suspended) == self.after.suspended;
        stands.then(|| Reached::plain(OutcomeVerdict::Reached))
    }

    fn gone(&self, cluster: &Cluster) -> Option<Reached> {
        self.is_gone(cluster)
            .then(|| Reached::plain(OutcomeVerdict::Reached))
    }

    fn is_gone(&self, cluster: &Cluster) -> bool {
        let Some((uid, kind)) = self.object.uid.zip(self.object.kind.known()) else {
            return false;
        };
        let there = match kind {
            Kind::Pod => cluster.pod(uid).is_some(),
            Kind::Job => cluster.job(uid).is_some(),
            _ => cluster.workload(uid).is_some(),
        };
        !there && cluster.complete(kind)
    }

    fn ran(&self, cluster: &Cluster) -> Option<Reached> {
        let name = self.after.job.as_ref()?;
        let job = cluster.jobs().find(|it| {
            it.meta.name == name.as_str() && it.meta.namespace == self.object.namespace
        })?;
        match &job.state {
            JobState::Complete => Some(Reached::plain(OutcomeVerdict::Reached)),
            JobState::Failed { reason, .. } => {
                Some(Reached::with(OutcomeVerdict::Failed, reason.to_string()))
            }
            _ => None,
        }
    }
}
