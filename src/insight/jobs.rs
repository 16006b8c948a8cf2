//! Jobs that failed, and the `CronJobs` whose last run did.

use hashbrown::HashMap;

use crate::model::{Job, JobState, Kind, Moment, Subject, Text, Uid};
use crate::store::Seen;

use super::ailment::Exit;
use super::clock::keep;
use super::finding::{Cause, Trouble};
use super::scene::{Draft, Scene};

pub(super) fn judge(scene: &mut Scene<'_>, exits: &HashMap<Uid, Exit>) {
    let cluster = scene.cluster;
    let mut runs: HashMap<Uid, Vec<&Job>> = HashMap::new();
    for job in cluster.jobs() {
        match job
            .meta
            .owner
            .as_ref()
            .filter(|owner| owner.kind == "CronJob")
        {
            Some(owner) => runs.entry(owner.uid).or_default().push(job),
            None => alone(scene, job, exits),
        }
    }
    for cron in cluster.cron_jobs().filter(|cron| !cron.suspended) {
        if let Some(runs) = runs.get_mut(&cron.meta.uid) {
            let subject = Subject {
                kind: Kind::CronJob.name().into(),
                name: cron.meta.name.clone(),
            };
            let cause = Cause::Object(scene.id(Kind::CronJob, cron.meta.uid));
            repeated(scene, runs, cron.last_successful, cause, subject, exits);
        }
    }
}

fn failure(job: &Job) -> Option<(&Text, &Text, Option<Moment>)> {
    match &job.state {
        JobState::Failed {
            reason,
            message,
            at,
        } => Some((reason, message, at.or(job.meta.created))),
        _ => None,
    }
}

fn alone(scene: &mut Scene<'_>, job: &Job, exits: &HashMap<Uid, Exit>) {
    let Some((reason, message, at)) = failure(job) else {
        return;
    };
    if !scene.clock.recent(at, keep::FAILED_JOB) {
        return;
    }
    let id = scene.id(Kind::Job, job.meta.uid);
    scene.find(Draft {
        since: at,
        objects: vec![id],
        ..Draft::new(
            Cause::Object(id),
            job.meta.namespace.clone(),
            Subject {
                kind: job
                    .meta
                    .owner
                    .as_ref()
                    .map_or("Job".into(), |owner| owner.kind.clone()),
                name: job
                    .meta
                    .owner
                    .as_ref()
                    .map_or(job.meta.name.clone(), |owner| owner.name.clone()),
            },
            Trouble::JobFailed {
                reason: reason.clone(),
                message: message.clone(),
                failures: 1,
                exit: exits.get(&job.meta.uid).cloned(),
            },
        )
    });
}

/// The runs that failed one after the other up to the last that ended.
fn repeated(
    scene: &mut Scene<'_>,
    runs: &mut [&Job],
    succeeded: Option<Moment>,
    cause: Cause,
    subject: Subject,
    exits: &HashMap<Uid, Exit>,
) {
    runs.sort_by_key(|job| std::cmp::Reverse((job.meta.created, job.meta.uid)));
    let over = |job: &&&Job| matches!(job.state, JobState::Complete | JobState::Failed { .. });
    let failed: Vec<(&Job, _)> = runs
        .iter()
        .filter(over)
        .map_while(|job| failure(job).map(|failure| (*job, failure)))
        .take_while(|(_, (_, _, at))| {
            succeeded.is_none_or(|succeeded| at.is_none_or(|at| at > succeeded))
        })
        .collect();
    let (Some((last, (reason, message, _))), Some((_, (_, _, since)))) =
        (failed.first(), failed.last())
    else {
        return;
    };
    if scene.cluster.seen(Kind::Job, &last.meta.namespace) != Seen::Whole {
        return;
    }
    let count = u32::try_from(failed.len()).unwrap_or(u32::MAX);
    scene.find(Draft {
        since: *since,
        count,
        objects: failed
            .iter()
            .map(|(job, _)| scene.id(Kind::Job, job.meta.uid))
            .collect(),
        ..Draft::new(
            cause,
            last.meta.namespace.clone(),
            subject,
            Trouble::JobFailed {
                reason: (*reason).clone(),
                message: (*message).clone(),
                failures: count,
                exit: exits.get(&last.meta.uid).cloned(),
            },
        )
    });
}
