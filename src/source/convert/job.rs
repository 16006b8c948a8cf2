use crate::model::{CronJob, Job, JobState, Meta, Object};

use super::pod::to_template;
use super::{count, moment};
use crate::source::text::{MESSAGE, NAME, clean};
use crate::source::wire::messages::{self, ObjectMeta};

pub(super) fn job(wire: messages::Job, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let holds = |kind: &str| {
        status
            .conditions
            .iter()
            .find(|it| it.kind() == kind && it.status() == "True")
    };
    let state = if let Some(failed) = holds("Failed") {
        JobState::Failed {
            reason: clean(failed.reason(), NAME),
            message: clean(failed.message(), MESSAGE),
            at: moment(failed.last_transition_time),
        }
    } else if holds("Complete").is_some() {
        JobState::Complete
    } else if spec.suspend() {
        JobState::Suspended
    } else if status.start_time.is_some() {
        JobState::Running
    } else {
        JobState::Pending
    };
    Object::Job(Job {
        meta,
        state,
        completions: count(spec.completions.or(spec.parallelism).unwrap_or(1)),
        active: count(status.active()),
        succeeded: count(status.succeeded()),
        failed: count(status.failed()),
        started: moment(status.start_time),
        completed: moment(status.completion_time),
        template: to_template(spec.template),
    })
}

pub(super) fn cron_job(wire: messages::CronJob, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let template = spec
        .job_template
        .clone()
        .and_then(|job| job.spec)
        .and_then(|job| job.template);
    Object::CronJob(CronJob {
        meta,
        schedule: clean(spec.schedule(), NAME),
        time_zone: clean(spec.time_zone(), NAME),
        suspended: spec.suspend(),
        suspended_by: None,
        active: u32::try_from(status.active.len()).unwrap_or(u32::MAX),
        last_scheduled: moment(status.last_schedule_time),
        last_successful: moment(status.last_successful_time),
        template: to_template(template),
    })
}
