//! `CronJobs` and Jobs as rows.

use crate::insight::stage::*;
use crate::insight::{Cause, Runs, runs};
use crate::model::{CronJob, JobState, Kind, ObjectId};
use crate::tenancy::{Places, Rules};

fn rows(stage: &mut Stage, second: i64) -> Runs {
    let judgement = stage.judge(second);
    let places = Places::resolve(&stage.store, &Rules::default());
    runs(&stage.store, &places, &judgement)
}

fn cause(cron: &CronJob) -> Cause {
    Cause::Object(ObjectId {
        cluster: HOME,
        kind: Kind::CronJob,
        uid: cron.meta.uid,
    })
}

#[test]
fn a_cron_job_has_its_runs_newest_first_and_tells_how_the_last_went() {
    let mut stage = Stage::new();
    let namespace = stage.environment("candilib", "prod");
    let mut cron = cron_job(&namespace, "purge");
    cron.last_successful = Some(at(90));
    stage
        .add(run(&cron, 100, failed(110)))
        .add(run(&cron, 300, JobState::Running))
        .add(run(&cron, 200, failed(210)))
        .add(cron.clone());
    let row = rows(&mut stage, 310).crons.remove(0);
    let names: Vec<_> = row.runs.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["purge-300", "purge-200", "purge-100"]);
    assert_eq!(row.last(), Some((false, at(210))));
    assert_eq!(row.active().map(|it| it.name.as_str()), Some("purge-300"));
    assert_eq!(row.finding, Some(cause(&cron)));
    // What its runs were is known after they are gone.
    cron.last_successful = Some(at(400));
    stage.add(cron);
    let row = rows(&mut stage, 410).crons.remove(0);
    assert_eq!((row.last(), row.finding), (Some((true, at(400))), None));
}

#[test]
fn what_keeps_the_pod_of_a_run_from_its_work_hurts_the_run_and_its_cron_job() {
    let mut stage = Stage::new();
    let namespace = stage.environment("candilib", "prod");
    let cron = cron_job(&namespace, "purge");
    let job = run(&cron, 100, JobState::Running);
    let owner = owner("Job", &job.meta);
    let pull = waits("ImagePullBackOff", "reg.test/purge:9: not found");
    let mut pod = pod(&namespace, "purge-100-x", Some(owner), 100).with(pull, 100);
    pod.phase = crate::model::Phase::Pending;
    stage.add(cron.clone()).add(job).add(pod);
    let row = rows(&mut stage, 400).crons.remove(0);
    assert_eq!(row.finding, Some(cause(&cron)));
    assert_eq!(row.runs[0].finding, row.finding);
}

#[test]
fn a_run_stands_alone_once_its_cron_job_is_known_to_be_gone() {
    let mut stage = Stage::reading();
    let namespace = stage.environment("candilib", "prod");
    stage.add(run(&cron_job(&namespace, "purge"), 100, JobState::Running));
    assert_eq!(rows(&mut stage, 200), Runs::default());
    stage.whole(Kind::CronJob);
    let alone = rows(&mut stage, 200).alone;
    assert_eq!(alone[0].name, "purge-100");
}
