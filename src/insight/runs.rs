//! `CronJobs` with their runs, and the Jobs that no `CronJob` made, as rows.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{ClusterId, CronJob, Job, JobState, Kind, Moment, ObjectId, Text, Uid};
use crate::store::{Cluster, Seen, Store};
use crate::tenancy::{Place, Places};

use super::blame::Blame;
use super::deployments::images;
use super::manager::{Manager, managers};
use super::{Cause, Finding, Judgement, Severity, schedule};

#[derive(Clone, Debug, PartialEq)]
pub struct CronRow {
    pub cluster: ClusterId,
    pub uid: Uid,
    pub place: Place,
    pub namespace: Text,
    pub name: Text,
    pub schedule: Text,
    pub time_zone: Text,
    pub suspended: bool,
    pub last_scheduled: Option<Moment>,
    /// Outlives the run that succeeded.
    pub last_successful: Option<Moment>,
    pub images: Vec<Text>,
    pub managers: Vec<Manager>,
    pub finding: Option<Cause>,
    pub severity: Option<Severity>,
    pub created: Option<Moment>,
    /// Newest first.
    pub runs: Vec<RunRow>,
}

/// A Job.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRow {
    pub cluster: ClusterId,
    pub uid: Uid,
    pub place: Place,
    pub namespace: Text,
    pub name: Text,
    pub state: JobState,
    /// Pods that succeeded, and how many have to.
    pub succeeded: u32,
    pub completions: u32,
    pub started: Option<Moment>,
    pub ended: Option<Moment>,
    pub images: Vec<Text>,
    pub managers: Vec<Manager>,
    pub finding: Option<Cause>,
    pub severity: Option<Severity>,
    pub created: Option<Moment>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    pub crons: Vec<CronRow>,
    /// Jobs that no `CronJob` made.
    pub alone: Vec<RunRow>,
}

impl CronRow {
    pub fn object(&self) -> ObjectId {
        object(self.cluster, Kind::CronJob, self.uid)
    }

    /// When it runs next; None where that cannot be told.
    pub fn next(&self, now: Moment) -> Option<Moment> {
        schedule::after(&self.schedule, &self.time_zone, self.last_scheduled, now)
    }

    /// The run under way that began first.
    pub fn active(&self) -> Option<&RunRow> {
        self.runs.iter().rfind(|run| run.active())
    }

    /// Whether the run that ended last succeeded, and when it ended.
    pub fn last(&self) -> Option<(bool, Moment)> {
        let kept = self.runs.iter().filter_map(|run| {
            let succeeded = run.state == JobState::Complete;
            Some((run.ended?, succeeded))
        });
        let told = self.last_successful.map(|at| (at, true));
        let (at, succeeded) = kept.chain(told).max()?;
        Some((succeeded, at))
    }
}

impl RunRow {
    pub fn object(&self) -> ObjectId {
        object(self.cluster, Kind::Job, self.uid)
    }

    pub fn active(&self) -> bool {
        matches!(self.state, JobState::Pending | JobState::Running)
    }

    pub fn failed(&self) -> bool {
        matches!(self.state, JobState::Failed { .. })
    }
}

fn object(cluster: ClusterId, kind: Kind, uid: Uid) -> ObjectId {
    ObjectId { cluster, kind, uid }
}

/// `CronJobs` by name, with their runs, and the Jobs that stand alone.
pub fn runs(store: &Store, places: &Places, judgement: &Judgement) -> Runs {
    let mut found = Runs::default();
    for cluster in store.clusters() {
        let findings = judgement.findings.iter();
        let blame = Blame::of(findings.filter(|it| it.cluster == cluster.id()));
        let hurt = blame.hurt(cluster, |_| true);
        let place = |namespace: &str| places.of(cluster.id(), namespace);
        let mut crons: HashMap<Uid, CronRow> = HashMap::new();
        for cron in cluster.cron_jobs() {
            let place = place(&cron.meta.namespace);
            crons.insert(cron.meta.uid, of_cron(cluster, cron, place, &blame));
        }
        for job in cluster.jobs() {
            let mut run = of_job(cluster, job, place(&job.meta.namespace));
            let shared = hurt.get(&job.meta.uid).map(|(finding, _)| *finding);
            let owner = job.meta.owner.as_ref();
            let cron = owner.filter(|owner| owner.kind == Kind::CronJob.name());
            if let Some(cron) = cron.and_then(|owner| crons.get_mut(&owner.uid)) {
                mark(&mut run.finding, &mut run.severity, shared);
                mark(&mut cron.finding, &mut cron.severity, shared);
                // Who owns the CronJob puts back what one changes.
                run.managers.clone_from(&cron.managers);
                cron.runs.push(run);
            } else if cron.is_none() || !reading(cluster, job) {
                let own = blame.on(&Cause::Object(run.object()), run.uid);
                mark(&mut run.finding, &mut run.severity, own.or(shared));
                found.alone.push(run);
            }
        }
        found.crons.extend(crons.into_values().map(|mut cron| {
            cron.runs
                .sort_by_key(|run| Reverse((run.created, run.name.clone())));
            cron
        }));
    }
    found.crons.sort_by(|one, other| {
        let key = |row: &CronRow| (row.name.clone(), row.cluster, row.uid);
        key(one).cmp(&key(other))
    });
    found
}

/// A `CronJob` that is not known yet is not one that is gone.
fn reading(cluster: &Cluster, job: &Job) -> bool {
    cluster.seen(Kind::CronJob, &job.meta.namespace) == Seen::Reading
}

fn mark(cause: &mut Option<Cause>, severity: &mut Option<Severity>, finding: Option<&Finding>) {
    if let (None, Some(finding)) = (&cause, finding) {
        *cause = Some(finding.cause.clone());
        *severity = Some(finding.severity);
    }
}

fn of_cron(cluster: &Cluster, cron: &CronJob, place: Place, blame: &Blame<'_>) -> CronRow {
    let meta = &cron.meta;
    let mut row = CronRow {
        cluster: cluster.id(),
        uid: meta.uid,
        place,
        namespace: meta.namespace.clone(),
        name: meta.name.clone(),
        schedule: cron.schedule.clone(),
        time_zone: cron.time_zone.clone(),
        suspended: cron.suspended,
        last_scheduled: cron.last_scheduled,
        last_successful: cron.last_successful,
        images: images(&cron.template),
        managers: managers("batch", Kind::CronJob.name(), meta, None),
        finding: None,
        severity: None,
        created: meta.created,
        runs: Vec::new(),
    };
    let own = blame.on(&Cause::Object(row.object()), row.uid);
    mark(&mut row.finding, &mut row.severity, own);
    row
}

fn of_job(cluster: &Cluster, job: &Job, place: Place) -> RunRow {
    let meta = &job.meta;
    let failed = match &job.state {
        JobState::Failed { at, .. } => *at,
        _ => None,
    };
    RunRow {
        cluster: cluster.id(),
        uid: meta.uid,
        place,
        namespace: meta.namespace.clone(),
        name: meta.name.clone(),
        state: job.state.clone(),
        succeeded: job.succeeded,
        completions: job.completions,
        started: job.started,
        ended: job.completed.or(failed),
        images: images(&job.template),
        managers: managers("batch", Kind::Job.name(), meta, None),
        finding: None,
        severity: None,
        created: meta.created,
    }
}
