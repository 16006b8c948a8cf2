//! `CronJobs` and Jobs: in the tenant's tree, from Watch, in search, in the filter, on the way out.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::{Effect, Message, update};
use crate::insight::stage;
use crate::model::{ClusterId, CronJob, Delta, Job, JobState, Meta, Moment, Object, Phase, Pod};
use crate::wording::Language::{self, English, French};

fn at(hour: &str) -> Option<Moment> {
    Moment::from_rfc3339(&format!("2026-11-{hour}:00+01:00"))
}

fn cron(namespace: &str, name: &str, schedule: &str) -> CronJob {
    CronJob {
        schedule: schedule.into(),
        time_zone: "Europe/Paris".into(),
        ..stage::cron_job(namespace, name)
    }
}

/// It began at that hour, and when it is over took 40 s.
fn run(cron: &CronJob, number: i64, hour: &str, state: JobState) -> Job {
    let mut run = stage::run(cron, number, state);
    run.meta.created = at(hour);
    run.started = at(hour);
    let end = run.started.map(|it| it.plus(40));
    match &mut run.state {
        JobState::Complete => run.completed = end,
        JobState::Failed { at, .. } => *at = end,
        _ => {}
    }
    run
}

fn alone(namespace: &str, name: &str, hour: &str, state: JobState) -> Job {
    let mut job = run(&cron(namespace, "nobody", ""), 1, hour, state);
    job.meta = Meta {
        created: job.meta.created,
        ..meta(namespace, name)
    };
    job
}

fn failed() -> JobState {
    stage::failed(0)
}

fn pod_of(job: &Job, suffix: &str, phase: Phase) -> Pod {
    let name = format!("{}-{suffix}", job.meta.name);
    let mut pod = stage::pod(
        &job.meta.namespace,
        &name,
        Some(stage::owner("Job", &job.meta)),
        0,
    );
    pod.phase = phase;
    pod.meta.created = job.started;
    pod
}

/// Nothing but runs in betaapp, of every kind.
fn objects() -> Vec<Object> {
    let batch = cron("betaapp", "beta-batch", "0 4 * * *");
    let broken = cron("betaapp", "reindex", "*/20 * * * *");
    let mut busy = cron("betaapp", "export", "0 1 * * 1");
    busy.active = 1;
    let mut off = cron("betaapp", "purge", "@daily");
    off.suspended = true;
    let worst = run(&broken, 12, "24T03:00", failed());
    let pod = pod_of(&worst, "x7k2p", Phase::Failed);
    let mut many = run(&busy, 21, "24T01:00", JobState::Running);
    many.completions = 5;
    many.succeeded = 2;
    let mut objects = vec![
        run(&batch, 1, "22T23:00", JobState::Complete).into(),
        run(&batch, 2, "23T23:00", JobState::Complete).into(),
        run(&broken, 11, "24T02:40", failed()).into(),
        Object::from(worst),
        Object::from(pod),
        many.into(),
        run(&off, 31, "19T00:00", JobState::Complete).into(),
        alone("betaapp", "migrate-v42", "24T03:10", JobState::Running).into(),
        alone("betaapp", "migrate-v41", "20T03:10", JobState::Complete).into(),
    ];
    objects.extend([batch, broken, busy, off].map(Object::from));
    objects
}

fn night(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    for object in objects() {
        bench.fact(Delta::Upsert(ClusterId(1), object));
    }
    update(&mut bench.app, Message::Judge, bench.now);
    bench.text();
    bench
}

#[test]
fn runs_80() {
    let mut bench = night(English);
    bench.keys("2 j Enter");
    assert_snapshot!(bench.text());
}

#[test]
fn runs_fr_80() {
    let mut bench = night(French);
    bench.keys("2 j Enter");
    assert_snapshot!(bench.text());
}

#[test]
fn runs_132() {
    let mut bench = night(English);
    bench.resize(132, 40);
    bench.keys("2 j Enter j j");
    assert_snapshot!(bench.text());
}

#[test]
fn a_cron_job_that_fails_is_opened_from_watch_down_to_the_pod_that_tells_why() {
    let mut bench = night(English);
    assert!(bench.selected().contains("reindex"), "{}", bench.text());
    bench.keys("Enter");
    let text = bench.text();
    assert!(text.contains("betaapp \u{b7} 3 environments"), "{text}");
    assert!(bench.selected().contains("reindex"), "{text}");
    assert!(text.contains("\u{2717} \u{2026}-x7k2p"), "{text}");
    bench.keys("j j j");
    assert!(
        bench.text().contains("betaapp \u{b7} 3"),
        "{}",
        bench.text()
    );
}

#[test]
fn what_was_suspended_is_opened_from_its_strip() {
    let mut bench = night(English);
    bench.keys("G Enter");
    assert!(bench.selected().contains("CronJob"), "{}", bench.text());
    assert!(bench.selected().contains("suspended"), "{}", bench.text());
}

#[test]
fn a_cron_job_and_a_job_are_found_by_name_and_lead_to_their_rows() {
    let mut bench = night(English);
    bench.keys("C-f b e t a - b a t Enter");
    let text = bench.text();
    assert!(text.contains("CronJob    beta-batch"), "{text}");
    assert!(text.contains("Job        beta-batch-1"), "{text}");
    bench.keys("Enter");
    assert!(bench.selected().contains("next 04:00"), "{}", bench.text());
    bench.keys("C-f C-u b e t a - b a t c h - 1 Enter Enter");
    assert!(bench.selected().contains("\u{2026}-1"), "{}", bench.text());
}

#[test]
fn a_job_that_ended_long_ago_shows_for_who_asks_for_it() {
    let mut bench = night(English);
    bench.keys("2 j Enter");
    assert!(!bench.text().contains("migrate-v41"), "{}", bench.text());
    bench.keys("C-f m i g r a t e - v 4 1 Enter Enter");
    let row = bench.selected();
    assert!(row.contains("migrate-v41  Job"), "{}", bench.text());
    assert!(row.contains("complete in 40s"), "{row}");
}

#[test]
fn of_many_jobs_that_ended_well_a_few_show() {
    let mut bench = night(English);
    for number in 10..30 {
        let name = format!("hook-{number}");
        let job = alone(
            "betaapp",
            &name,
            &format!("24T02:{number}"),
            JobState::Complete,
        );
        bench.fact(Delta::Upsert(ClusterId(1), job.into()));
    }
    update(&mut bench.app, Message::Judge, bench.now);
    bench.resize(80, 60);
    bench.keys("2 j Enter");
    let text = bench.text();
    assert_eq!(text.matches(" hook-").count(), 4, "{text}");
    assert!(text.contains("hook-29"), "{text}");
    bench.keys("C-f h o o k - 1 1 Enter Enter");
    assert!(bench.selected().contains("hook-11"), "{}", bench.text());
}

#[test]
fn an_environment_of_nothing_but_cron_jobs_opens_and_a_run_under_way_does_not_trouble_it() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let export = cron("betaapp", "export", "0 1 * * 1");
    let under_way = run(&export, 1, "24T03:00", JobState::Running);
    for object in [Object::from(export), under_way.into()] {
        bench.fact(Delta::Upsert(ClusterId(1), object));
    }
    bench.judged(Vec::new(), Vec::new());
    bench.keys("2 j Enter");
    let text = bench.text();
    assert!(text.contains("+ \u{2713} ? betaapp  public1"), "{text}");
    bench.keys("j +");
    let text = bench.text();
    assert!(text.contains("\u{25ba} export  CronJob"), "{text}");
    assert!(text.contains("running since 03:00"), "{text}");
}

#[test]
fn a_run_answers_the_filter_like_any_row() {
    let mut bench = night(English);
    bench.resize(80, 60);
    bench.keys("2 j Enter");
    let mut left = |typed: &str| {
        bench.keys("/ C-u");
        bench.types(typed);
        bench.keys("Enter");
        let text = bench.text();
        let names = ["beta-batch", "reindex", "export", "purge", "migrate-v42"];
        let left = names
            .into_iter()
            .filter(|it| text.contains(&format!(" {it} ")));
        left.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(left("kind=CronJob name=ex*"), "export");
    assert_eq!(left("status=waiting"), "purge");
    assert_eq!(left("status=running"), "export migrate-v42");
    assert_eq!(left("x7k2p"), "reindex");
}

#[test]
fn a_cron_job_and_its_run_leave_as_kubectl_knows_them() {
    let mut bench = night(English);
    bench.keys("Enter");
    let mut copied = |down: &str| {
        let keys = format!("c {down} Enter");
        match bench.keys(&keys).pop() {
            Some(Effect::Copy(text)) => text,
            other => panic!("{other:?}"),
        }
    };
    let yaml = copied("Down Down");
    let get = "kubectl --context public1 -n betaapp get cronjob reindex -o yaml";
    assert_eq!(yaml, get);
    let ticket = copied("Down Down Down Down");
    assert!(ticket.contains("CronJob reindex"), "{ticket}");
    assert!(ticket.contains("2 runs failed"), "{ticket}");
}

#[test]
fn the_palette_opens_a_cron_job_by_its_name() {
    let mut bench = night(English);
    bench.keys(": b e t a - b");
    assert!(bench.text().contains("CronJob betaapp"), "{}", bench.text());
    bench.keys("Enter");
    assert!(bench.selected().contains("beta-batch"), "{}", bench.text());
}
