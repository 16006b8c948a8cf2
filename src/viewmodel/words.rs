//! The sentences of findings, rollouts and changes, as this screen asks the catalogue for them.

use std::collections::HashSet;

use super::{Aspect, Facts, Whose, figure};
use crate::command::Command;
use crate::insight::{self, Course, Finding, RolloutInProgress, Trouble};
use crate::model::{ClusterId, Kind, Moment, Problem, Rollout};

/// The sentence of a row with the name of what it speaks of, for rows that are about something larger.
pub(super) fn named(facts: &Facts<'_>, finding: &Finding) -> String {
    let subject = super::watch::subject(facts, finding);
    format!("{subject} {}", facts.catalogue.short(finding))
}

/// Why, at length: the cluster's own words first, then what it comes to.
pub(super) fn why(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let say = facts.catalogue;
    if let (Trouble::LinkDegraded { problem, tries, .. }, Some(since)) =
        (&finding.trouble, finding.since)
    {
        let since = facts.zone.moment(since, facts.now, say);
        // That it does not answer is said by the row; the system's own words fill the line.
        let words = match problem {
            Problem::Unreachable { detail } => detail.to_string(),
            other => say.problem(other),
        };
        let arguments = [
            ("words", words.into()),
            ("tries", (*tries).into()),
            ("since", since.into()),
        ];
        return vec![say.say_with("watch-link-why", &arguments)];
    }
    let now = now(facts, finding);
    let mut lines = vec![say.why(finding, now), say.effect(finding)];
    lines.retain(|line| !line.is_empty());
    lines
}

/// What changed in the half hour before, the likeliest first, and of these the newest.
pub(super) fn before(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let time = |at: Moment| facts.zone.at(at).format("%H:%M").to_string();
    let mut lines: Vec<_> = facts
        .before
        .iter()
        .map(|change| {
            let what = facts.catalogue.change(change, Some(&finding.subject));
            format!("{} {what}", time(change.at))
        })
        .collect();
    let mut told = HashSet::new();
    lines.retain(|line| told.insert(line.clone()));
    if lines.is_empty() {
        lines.push(nothing_before(facts, finding));
    }
    lines
}

/// That nothing was seen is not that nothing happened: changes are noticed only since a cluster was read whole.
fn nothing_before(facts: &Facts<'_>, finding: &Finding) -> String {
    let cluster = facts.store.cluster(finding.cluster);
    let Some(whole) = cluster.and_then(|it| it.whole_since(Kind::Deployment)) else {
        return facts.say("before-reading");
    };
    let from = finding.since.map(|since| since.plus(-insight::BEFORE));
    if from.is_some_and(|from| whole <= from) {
        return facts.say("before-none");
    }
    let at = facts.zone.moment(whole, facts.now, facts.catalogue);
    let at = [("at", at.into())];
    facts.catalogue.say_with("before-unseen", &at)
}

/// What to do, and its limit.
pub(super) fn act(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let say = facts.catalogue;
    let login = |problem: &Problem| {
        matches!(
            problem,
            Problem::Login { .. } | Problem::Unauthorized { .. }
        )
    };
    let key = |command| (facts.keys)(command).unwrap_or_default().into();
    match &finding.trouble {
        Trouble::NodeNotReady { .. } | Trouble::NodePressure { .. } => {
            let arguments = [
                ("open", key(Command::Open)),
                ("copy", key(Command::Copy)),
                ("name", finding.subject.name.as_str().into()),
            ];
            vec![say.say_with("watch-node-do", &arguments)]
        }
        // A moment that is known is written as that moment: it does not tick.
        Trouble::LinkDegraded {
            problem,
            next_try: Some(next),
            ..
        } if !login(problem) && *next > facts.now => {
            let arguments = [
                ("next", facts.zone.moment(*next, facts.now, say).into()),
                ("key", key(Command::Retry)),
            ];
            vec![say.say_with("watch-link-do", &arguments)]
        }
        _ => vec![
            say.what_to_do(finding)
                .unwrap_or_else(|| look(facts, finding)),
        ],
    }
}

/// The keys that tell more of its object; of what has no page, how to ask what moved there.
fn look(facts: &Facts<'_>, finding: &Finding) -> String {
    let say = facts.catalogue;
    let key = |command| (facts.keys)(command).unwrap_or_default().into();
    let logs = ("logs", key(Command::Logs));
    let kind = finding.object().map(|it| it.kind);
    if kind.is_some_and(|it| Aspect::Rollout.applies(&it.into())) {
        let (history, why) = (key(Command::History), key(Command::Why));
        let arguments = [("history", history), logs, ("why", why)];
        return say.say_with("watch-workload-do", &arguments);
    }
    if kind.is_some_and(|it| Aspect::Logs.applies(&it.into())) {
        return say.say_with("watch-logs-do", &[logs]);
    }
    let Some(place) = &finding.place else {
        return facts.say("do-look-wide");
    };
    let place = Whose::of(&place.tenant, &place.environment).text();
    say.say_with("do-look", &[("place", place.into())])
}

/// How a rollout stands: its deadline when it has one, else since when it moves.
pub(super) fn rollout(facts: &Facts<'_>, rollout: &RolloutInProgress, now: Moment) -> String {
    let say = facts.catalogue;
    let with = |id, arguments: &[_]| say.say_with(id, arguments);
    let left = rollout.deadline.map(|it| it.seconds() - now.seconds());
    if rollout.verdict == Rollout::DeadlineExceeded || left.is_some_and(|left| left <= 0) {
        let Some(passed) = left.filter(|left| *left <= 0) else {
            return facts.say("rollout-past");
        };
        let ago = say.ago(figure::quiet(-passed));
        return with("rollout-past-since", &[("ago", ago.into())]);
    }
    if let Some(course) = &rollout.course {
        return self::course(facts, course, left, now);
    }
    let revision = rollout
        .revision
        .map(|it| with("rollout-revision", &[("revision", it.to_string().into())]));
    let moves = match (left, rollout.since) {
        (Some(left), _) => Some(say.left(figure::quiet(left))),
        (None, Some(since)) => {
            let age = figure::spoken(since.age(now), say);
            Some(with("rollout-since", &[("age", age.into())]))
        }
        _ => None,
    };
    let parts: Vec<_> = revision.into_iter().chain(moves).collect();
    parts.join(", ")
}

/// `canary 20 %, step 2/6, paused 4m`.
pub(super) fn course(facts: &Facts<'_>, course: &Course, left: Option<i64>, now: Moment) -> String {
    let say = facts.catalogue;
    let with = |id, arguments: &[_]| say.say_with(id, arguments);
    let way = match course.weight {
        Some(percent) => with("course-canary", &[("percent", percent.into())]),
        None => facts.say("course-blue-green"),
    };
    let step = course.step.map(|(step, steps)| {
        with(
            "course-step",
            &[("step", step.into()), ("steps", steps.into())],
        )
    });
    let moves = match &course.pause {
        Some(pause) => Some(match pause.since {
            Some(since) => {
                let age = figure::spoken(since.age(now), say);
                with("course-paused-for", &[("age", age.into())])
            }
            None => facts.say("course-paused"),
        }),
        None => left.map(|left| say.left(figure::quiet(left))),
    };
    let parts = [Some(way), step, moves];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `last seen 03:10:41, 2m ago`, of a cluster that is lost.
pub(super) fn last_seen(facts: &Facts<'_>, cluster: ClusterId) -> Option<String> {
    let since = facts.survey.stale(cluster)?;
    let at = facts.zone.moment(since, facts.now, facts.catalogue);
    let age = figure::spoken(since.age(facts.now), facts.catalogue);
    let arguments = [("at", at.into()), ("age", age.into())];
    Some(facts.catalogue.say_with("card-last-seen", &arguments))
}

/// The present that a finding is told by.
pub(super) fn now(facts: &Facts<'_>, finding: &Finding) -> Moment {
    let of_cluster = |cluster| facts.survey.cluster_now(cluster, facts.now);
    finding.present(facts.now, of_cluster)
}
