//! `CronJobs` and their runs in words: how each stands, when it runs next, how it went last.

use super::list::Part;
use super::watch::card;
use super::{Card, Facts, Line, Piece, Whose, deployments, limb, muted, text, words};
use crate::insight::{self, CronRow, Manager, RunRow};
use crate::model::{ClusterId, JobState, Moment, Text};

/// One line: what is wrong with it, else that it is suspended or runs, else when it runs next and how it went last.
pub(super) fn standing(facts: &Facts<'_>, row: &CronRow) -> String {
    if let Some(finding) = deployments::finding(facts, row.finding.as_ref()) {
        return if finding.cause == insight::Cause::Object(row.object()) {
            facts.catalogue.short(finding)
        } else {
            words::named(facts, finding)
        };
    }
    let parts = if row.suspended {
        let since = suspended(facts, row).map(|at| said(facts, row, "cron-suspended-since", at));
        [
            since.or_else(|| Some(facts.say("cron-suspended"))),
            last(facts, row),
        ]
    } else if let Some(run) = row.active() {
        [Some(under_way(facts, run)), last(facts, row)]
    } else {
        let schedule = || Some(row.schedule.to_string()).filter(|it| !it.is_empty());
        [next(facts, row).or_else(schedule), last(facts, row)]
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn suspended(facts: &Facts<'_>, row: &CronRow) -> Option<Moment> {
    let mut left = facts.survey.temporary.iter();
    left.find(|it| it.object == row.object())?.since
}

fn now(facts: &Facts<'_>, cluster: ClusterId) -> Moment {
    facts.survey.cluster_now(cluster, facts.now)
}

fn said(facts: &Facts<'_>, row: &CronRow, id: &str, at: Moment) -> String {
    let at = facts
        .zone
        .near(at, now(facts, row.cluster), facts.catalogue);
    facts.catalogue.say_with(id, &[("at", at.into())])
}

fn next(facts: &Facts<'_>, row: &CronRow) -> Option<String> {
    let next = row.next(now(facts, row.cluster))?;
    Some(said(facts, row, "cron-next", next))
}

fn last(facts: &Facts<'_>, row: &CronRow) -> Option<String> {
    let (succeeded, at) = row.last()?;
    let id = if succeeded {
        "cron-last-good"
    } else {
        "cron-last-failed"
    };
    Some(said(facts, row, id, at))
}

/// Since when it is as its line says.
pub(super) fn since(facts: &Facts<'_>, row: &CronRow) -> Option<Moment> {
    if let Some(finding) = deployments::finding(facts, row.finding.as_ref()) {
        return finding.since;
    }
    if row.suspended {
        return suspended(facts, row);
    }
    let run = row.active().map(|run| run.started.or(run.created));
    let last = row.last().map(|(_, at)| at);
    run.flatten().or(last).or(row.created)
}

/// `running since 03:10`; of several pods `2 of 5 done since 03:10`.
fn under_way(facts: &Facts<'_>, run: &RunRow) -> String {
    let begun = run.started.or(run.created);
    let now = now(facts, run.cluster);
    let at = begun.map_or_else(String::new, |at| facts.zone.near(at, now, facts.catalogue));
    let id = match (begun, run.completions) {
        (None, _) => "run-under-way",
        (Some(_), ..2) => "run-under-way-since",
        (Some(_), _) => "run-done-since",
    };
    let arguments = [
        ("at", at.into()),
        ("done", run.succeeded.into()),
        ("wanted", run.completions.into()),
    ];
    facts.catalogue.say_with(id, &arguments)
}

/// One line: the cause that it shares with others, else what it came to.
pub(super) fn standing_of_run(facts: &Facts<'_>, run: &RunRow) -> String {
    if let Some(finding) = deployments::finding(facts, run.finding.as_ref()) {
        let own = insight::Cause::Object(run.object());
        return if finding.cause == own || finding.subject.kind == "CronJob" {
            facts.catalogue.short(finding)
        } else {
            words::named(facts, finding)
        };
    }
    let took = run.started.zip(run.ended);
    let took = took.map(|(start, end)| facts.catalogue.span(end.seconds() - start.seconds()));
    match (&run.state, took) {
        (JobState::Pending | JobState::Running, _) => under_way(facts, run),
        (JobState::Suspended, _) => facts.say("cron-suspended"),
        (JobState::Complete, Some(took)) => {
            let took = [("span", took.into())];
            facts.catalogue.say_with("run-complete-in", &took)
        }
        (JobState::Complete, None) => facts.say("standing-complete"),
        (JobState::Failed { reason, .. }, _) => {
            if reason.is_empty() {
                return facts.say("standing-failed");
            }
            let reason = [("reason", reason.as_str().into())];
            facts.catalogue.say_with("run-failed", &reason)
        }
    }
}

/// When it ended, or since when it runs.
pub(super) fn since_of_run(run: &RunRow) -> Option<Moment> {
    run.ended.or(run.started).or(run.created)
}

/// What tells a run from the others of its `CronJob`.
pub(super) fn name_of_run(cron: Option<&str>, run: &RunRow) -> String {
    let own = cron.and_then(|cron| run.name.strip_prefix(cron));
    let own = own.and_then(|rest| rest.strip_prefix('-'));
    own.map_or_else(|| run.name.to_string(), |own| format!("\u{2026}-{own}"))
}

pub(super) fn card(facts: &Facts<'_>, row: &CronRow) -> Card {
    let finding = deployments::finding(facts, row.finding.as_ref());
    let zoned = [row.schedule.as_str(), row.time_zone.as_str()];
    let zoned: Vec<_> = zoned.into_iter().filter(|it| !it.is_empty()).collect();
    let next = next(facts, row).filter(|_| !row.suspended);
    let ahead: Vec<_> = [zoned.join(" ")].into_iter().chain(next).collect();
    let schedule = [ahead.join(", ")].into_iter().chain(last(facts, row));
    let state = match finding {
        Some(finding) => Part::of(facts.say("strip-why"), words::why(facts, finding)),
        None => Part::of(facts.say("strip-state"), vec![standing(facts, row)]),
    };
    let runs = row.runs.iter().map(|run| line(facts, &row.name, run));
    Card {
        subject: row.name.to_string(),
        kind: "CronJob".to_owned(),
        whose: Whose::of(&row.place.tenant, &row.place.environment),
        since: card::since(facts, row.cluster, since(facts, row)),
        parts: vec![
            state,
            Part::of(facts.say("strip-schedule"), schedule.collect()),
            namespace(facts, &row.namespace),
            images(facts, &row.images),
            managers(facts, &row.managers),
            Part {
                label: facts.say("pane-runs"),
                lines: runs.collect(),
                long: true,
            },
        ],
        ..card::blank(facts, row.cluster, row.place.class)
    }
}

pub(super) fn card_of_run(facts: &Facts<'_>, run: &RunRow) -> Card {
    let finding = deployments::finding(facts, run.finding.as_ref());
    let mut why = match finding {
        Some(finding) => words::why(facts, finding),
        None => vec![standing_of_run(facts, run)],
    };
    if let (None, JobState::Failed { message, .. }) = (finding, &run.state) {
        why.extend(Some(message.to_string()).filter(|it| !it.is_empty()));
    }
    Card {
        subject: run.name.to_string(),
        kind: "Job".to_owned(),
        whose: Whose::of(&run.place.tenant, &run.place.environment),
        since: card::since(facts, run.cluster, since_of_run(run)),
        parts: vec![
            Part::of(facts.say("strip-state"), why),
            namespace(facts, &run.namespace),
            images(facts, &run.images),
            managers(facts, &run.managers),
        ],
        ..card::blank(facts, run.cluster, run.place.class)
    }
}

fn namespace(facts: &Facts<'_>, name: &str) -> Part {
    Part::of(facts.say("strip-namespace"), vec![name.to_owned()])
}

fn images(facts: &Facts<'_>, images: &[Text]) -> Part {
    let images = images.iter().map(ToString::to_string);
    Part::of(facts.say("strip-image"), images.collect())
}

fn managers(facts: &Facts<'_>, managers: &[Manager]) -> Part {
    let said = deployments::managers(facts, managers);
    Part::of(facts.say("strip-manager"), vec![said])
}

fn line(facts: &Facts<'_>, cron: &str, run: &RunRow) -> Line {
    let age = facts.age(run.cluster, since_of_run(run));
    vec![
        Piece::Mark(limb::of_run(run)),
        text(format!("{:<12} ", name_of_run(Some(cron), run))),
        muted(format!("{age:>4}  ")),
        text(standing_of_run(facts, run)),
    ]
}
