//! What the cluster reached after a write, from what is watched: not that the request was taken.

use super::record::{Before, Intent, OutcomeVerdict, Verb};
use super::{deliver, flux, sync};
use crate::insight::{self, Course};
use crate::model::{
    Application, Automated, Job, JobState, Kind, Moment, ObjectRef, Rollout, Workload,
};
use crate::store::{Cluster, Seen, Store};

/// A rollout without a deadline of its own is given up after this many seconds; a deadline counts from the last progress.
const PATIENCE: i64 = 600;
/// What others wait for is given up after this many seconds: nothing is sent long after it was confirmed, but where the
/// platform takes its time to write what its console was told.
const WAITED_FOR: i64 = 60;
/// Seconds after which the watch of a live link has told of a write.
const LAG: i64 = 10;
/// As the API server names what is not there.
const NOT_FOUND: &str = "NotFound";

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
    /// That is the generation of what an Argo Rollout has its template from.
    pub of_target: bool,
}

/// What is reached, and what there is to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub verdict: OutcomeVerdict,
    /// In the cluster's own words, or the field as it is there; empty when there is nothing to add.
    pub detail: String,
}

impl Reached {
    pub fn plain(verdict: OutcomeVerdict) -> Self {
        Self::with(verdict, "")
    }

    pub(super) fn with(verdict: OutcomeVerdict, detail: &str) -> Self {
        Self {
            verdict,
            detail: detail.to_owned(),
        }
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
            of_target: intent.holder().is_some(),
        }
    }

    /// None while it moves. What is not watched has no outcome that is known.
    pub fn reached(&self, store: &Store, now: Moment) -> Option<Reached> {
        let cluster = store.cluster(self.object.cluster)?;
        let late = || self.since.age(now) > self.patience(cluster);
        let after_all = |verdict| late().then(|| Reached::plain(verdict));
        match seen(cluster, self.verb, &self.object) {
            Seen::Never => Some(Reached::plain(OutcomeVerdict::Unknown)),
            Seen::Whole if cluster.is_live() => self
                .came(cluster, now)
                .or_else(|| after_all(OutcomeVerdict::TimedOut)),
            Seen::Whole | Seen::Reading => after_all(OutcomeVerdict::Unknown),
        }
    }

    fn came(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        match self.verb {
            Verb::Resume if self.object.kind == Kind::Rollout => self.paused(cluster, now),
            Verb::RollBack if self.object.kind == Kind::Application => {
                sync::synced(self.application(cluster)?, self.since)
            }
            Verb::RollBack | Verb::Restart | Verb::Resume => self.rolled(cluster, now),
            Verb::Pause => self.paused(cluster, now),
            Verb::Promote => deliver::went_on(self.workload(cluster)?, self.after.step),
            Verb::PromoteFull => deliver::came_in(self.workload(cluster)?),
            Verb::Abort | Verb::Retry => self.given_up(cluster, now),
            Verb::Scale => self.scaled(cluster, now),
            Verb::Suspend | Verb::Unsuspend => self.suspended(cluster, now),
            Verb::Evict | Verb::Delete => self.gone(cluster),
            Verb::RunNow => self.ran(cluster),
            Verb::SuspendSync | Verb::RestoreSync => self.switched(cluster, now),
            Verb::Sync | Verb::SyncAndPrune => sync::synced(self.application(cluster)?, self.since),
            Verb::SyncDryRun => sync::rehearsed(self.application(cluster)?, self.since),
            Verb::Refresh | Verb::HardRefresh => {
                sync::refreshed(self.application(cluster)?, self.since)
            }
            Verb::Terminate => sync::ended(self.application(cluster)?),
            Verb::SuspendFlux | Verb::ResumeFlux => self.held_back(cluster, now),
            Verb::Reconcile => {
                let asked = self.after.requested.as_deref()?;
                flux::reconciled(cluster.flux_of(self.object.uid?)?, asked)
            }
        }
    }

    fn workload<'a>(&self, cluster: &'a Cluster) -> Option<&'a Workload> {
        cluster.workload(self.object.uid?)
    }

    /// As of the write or later: what was watched before it says nothing.
    fn current<'a>(&self, cluster: &'a Cluster, now: Moment) -> Option<&'a Workload> {
        let workload = self.workload(cluster)?;
        let seen = if self.of_target {
            workload.delivery.as_deref()?.target_generation
        } else {
            Some(workload.meta.generation)
        };
        let fresh = match (self.generation, seen) {
            (Some(generation), Some(seen)) => seen >= generation,
            _ => self.is_told(now),
        };
        fresh.then_some(workload)
    }

    /// The watch has told of it by now.
    fn is_told(&self, now: Moment) -> bool {
        self.since.age(now) > LAG
    }

    fn patience(&self, cluster: &Cluster) -> i64 {
        let deadline = self.workload(cluster).and_then(|it| it.progress_deadline);
        // Others wait for it.
        if self.verb.holds_back() && self.after.environment.is_none() {
            return WAITED_FOR;
        }
        // A run takes as long as it takes.
        if self.verb == Verb::RunNow && self.job(cluster).is_some() {
            return i64::MAX;
        }
        // The controller itself says so first.
        deadline
            .map_or(PATIENCE, |it| i64::from(it).saturating_mul(2))
            .max(PATIENCE)
    }

    fn rolled(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        if self.is_gone(cluster) {
            return Some(Reached::with(OutcomeVerdict::Failed, NOT_FOUND));
        }
        let workload = self.current(cluster, now)?;
        let images = workload.template.containers.iter();
        let images = images.map(|it| it.image.as_str());
        // Its template may stand elsewhere.
        let told = !self.after.images.is_empty() && !workload.template.containers.is_empty();
        let ours = !told || images.eq(self.after.images.iter());
        if self.verb == Verb::RollBack && !ours {
            return Some(Reached::plain(OutcomeVerdict::Replaced));
        }
        if let Some(reached) = waits(workload) {
            return Some(reached);
        }
        match workload.rollout() {
            Rollout::Complete | Rollout::Manual => Some(Reached::plain(OutcomeVerdict::Reached)),
            Rollout::DeadlineExceeded => {
                let condition = workload.condition("Progressing")?;
                // That of the rollout before stands until the controller has seen the write.
                let ours = condition.changed.is_none_or(|at| at >= self.since);
                ours.then(|| Reached::with(OutcomeVerdict::Failed, &condition.message))
            }
            _ => None,
        }
    }

    fn given_up(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        let same = Some(self.workload(cluster)?.is_aborted()) == self.after.aborted;
        (same || self.is_told(now)).then(|| stands(same))
    }

    fn paused(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        let workload = self.current(cluster, now)?;
        Some(stands(Some(workload.paused) == self.after.paused))
    }

    fn scaled(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        let wanted = self.after.replicas?;
        let uid = self.object.uid?;
        if self.object.kind == Kind::ReplicaSet {
            let set = cluster.replica_set(uid)?;
            let there = set.ready() == wanted && set.replicas() == wanted;
            return self.numbered(set.desired(), there, now);
        }
        if self.is_gone(cluster) {
            return Some(Reached::with(OutcomeVerdict::Failed, NOT_FOUND));
        }
        let workload = self.workload(cluster)?;
        let seen = workload.observed_generation >= workload.meta.generation;
        let there = seen && workload.ready == wanted && workload.replicas == wanted;
        self.numbered(workload.desired, there, now)
    }

    /// Until the watch has told of the write, the store has the number before.
    fn numbered(&self, desired: u32, there: bool, now: Moment) -> Option<Reached> {
        if self.after.replicas == Some(desired) {
            return there.then(|| Reached::plain(OutcomeVerdict::Reached));
        }
        let detail = format!("spec.replicas: {desired}");
        self.is_told(now)
            .then(|| Reached::with(OutcomeVerdict::Replaced, &detail))
    }

    fn suspended(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        let uid = self.object.uid?;
        let cron = cluster.cron_jobs().find(|it| it.meta.uid == uid)?;
        let same = Some(cron.suspended) == self.after.suspended;
        (same || self.is_told(now)).then(|| stands(same))
    }

    /// As of the write or later: the operation before it is none of ours.
    fn application<'a>(&self, cluster: &'a Cluster) -> Option<&'a Application> {
        let application = cluster.application(self.object.uid?)?;
        let written = self.generation.unwrap_or_default();
        (application.meta.generation >= written).then_some(application)
    }

    fn switched(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        let application = self.application(cluster)?;
        let on = application.automated.is_some_and(Automated::is_on);
        let same = match self.after.skips {
            Some(skips) => application.skips_reconcile() == skips,
            None => Some(on) == self.after.auto_sync,
        };
        // What is under way goes on all the same, and writes what git says.
        if same && self.verb == Verb::SuspendSync && application.requested {
            return None;
        }
        // Argo CD has to read what the console has written to git.
        let told = self.is_told(now) && self.after.environment.is_none();
        (same || told).then(|| stands(same))
    }

    fn held_back(&self, cluster: &Cluster, now: Moment) -> Option<Reached> {
        let flux = cluster.flux_of(self.object.uid?)?;
        let same = Some(flux.suspended) == self.after.suspended;
        if same && flux.suspended && insight::is_writing(flux) {
            return None;
        }
        (same || self.is_told(now)).then(|| stands(same))
    }

    fn gone(&self, cluster: &Cluster) -> Option<Reached> {
        self.is_gone(cluster)
            .then(|| Reached::plain(OutcomeVerdict::Reached))
    }

    fn is_gone(&self, cluster: &Cluster) -> bool {
        let Some((uid, kind)) = self.object.uid.zip(self.object.kind.known()) else {
            return false;
        };
        match kind {
            Kind::Pod => cluster.pod(uid).is_none(),
            Kind::Job => cluster.job(uid).is_none(),
            _ => cluster.workload(uid).is_none(),
        }
    }

    fn job<'a>(&self, cluster: &'a Cluster) -> Option<&'a Job> {
        let name = self.after.job.as_deref()?;
        cluster
            .jobs()
            .find(|it| it.meta.name == name && it.meta.namespace == self.object.namespace)
    }

    fn ran(&self, cluster: &Cluster) -> Option<Reached> {
        let job = self.job(cluster)?;
        match &job.state {
            JobState::Complete => Some(Reached::plain(OutcomeVerdict::Reached)),
            JobState::Failed { reason, .. } => Some(Reached::with(OutcomeVerdict::Failed, reason)),
            _ => None,
        }
    }
}

/// Whether what an action leads to can be told there: what is not seen any more, or was not asked for, says nothing.
pub fn is_seen(store: &Store, verb: Verb, object: &ObjectRef) -> bool {
    let cluster = store.cluster(object.cluster).filter(|it| it.is_live());
    let unwatched = object.kind.known().is_none();
    cluster.is_some_and(|it| unwatched || seen(it, verb, object) == Seen::Whole)
}

fn seen(cluster: &Cluster, verb: Verb, object: &ObjectRef) -> Seen {
    let kind = match verb {
        Verb::RunNow => Some(Kind::Job),
        _ => object.kind.known(),
    };
    kind.map_or(Seen::Never, |it| cluster.seen(it, &object.namespace))
}

/// An Argo Rollout goes no further by itself, or was given up.
fn waits(workload: &Workload) -> Option<Reached> {
    if workload.rollout() == Rollout::Unobserved || workload.restarts() {
        return None;
    }
    let open = Course::of(workload).is_some_and(|it| it.waits());
    let message = &workload.delivery.as_deref()?.message;
    deliver::failed(workload)
        .or_else(|| open.then(|| Reached::with(OutcomeVerdict::Reached, message)))
}

/// Whether a field has what was written.
fn stands(same: bool) -> Reached {
    Reached::plain(if same {
        OutcomeVerdict::Reached
    } else {
        OutcomeVerdict::Replaced
    })
}
