//! The sentences of findings and changes that a screen needs, gathered where they can be told apart from the layout.

use super::{Facts, figure};
use crate::insight::{Finding, RolloutInProgress, Trouble};
use crate::model::{Change, Link, Moment, Problem, Rollout, What};

/// How far back the likeliest change is looked for, in seconds.
pub(super) const BEFORE: i64 = 30 * 60;

/// The sentence of a row.
pub(super) fn short(facts: &Facts<'_>, finding: &Finding) -> String {
    match &finding.trouble {
        Trouble::LinkDegraded { .. } => {
            let words = lost(facts, finding).map(|(problem, ..)| problem);
            let words = words.unwrap_or_default();
            facts
                .catalogue
                .say_with("watch-link-short", &[("words", words.into())])
        }
        other => other.reason().to_owned(),
    }
}

/// Why, at length: one sentence a line.
pub(super) fn why(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    match &finding.trouble {
        Trouble::LinkDegraded { .. } => {
            let Some((words, tries, since, _)) = lost(facts, finding) else {
                return Vec::new();
            };
            let since = facts.zone.moment(since, facts.now, facts.catalogue);
            let arguments = [
                ("words", words.into()),
                ("tries", tries.into()),
                ("since", since.into()),
            ];
            vec![facts.catalogue.say_with("watch-link-why", &arguments)]
        }
        _ => Vec::new(),
    }
}

/// What changed in the half hour before, the likeliest first.
pub(super) fn before(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let Some(since) = finding.since else {
        return Vec::new();
    };
    let here = |change: &&Change| {
        change.cluster == finding.cluster
            && (change.namespace == finding.namespace || change.namespace.is_empty())
            && !matches!(change.what, What::Warning { .. })
    };
    let mut changes: Vec<&Change> = facts
        .store
        .changes()
        .between(since.plus(-BEFORE), since.plus(60))
        .filter(here)
        .collect();
    changes.sort_by_key(|change| change.subject != finding.subject);
    let worded = |change: &Change| {
        let at = facts.zone.at(change.at).format("%H:%M");
        format!("{at} {}", happened(facts, change))
    };
    changes.into_iter().map(worded).collect()
}

/// What to do, and its limit.
pub(super) fn act(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    match &finding.trouble {
        Trouble::LinkDegraded { .. } => {
            let Some((.., Some(next))) = lost(facts, finding) else {
                return Vec::new();
            };
            let next = facts.zone.moment(next, facts.now, facts.catalogue);
            let key = (facts.keys)(crate::command::Command::Retry).unwrap_or_default();
            let arguments = [("next", next.into()), ("key", key.into())];
            vec![facts.catalogue.say_with("watch-link-do", &arguments)]
        }
        _ => Vec::new(),
    }
}

/// The cluster's own words, tries, since when, next try.
fn lost(facts: &Facts<'_>, finding: &Finding) -> Option<(String, u32, Moment, Option<Moment>)> {
    match facts.store.cluster(finding.cluster)?.link() {
        Link::Degraded {
            problem,
            since,
            tries,
            next_try,
        } => Some((problem_words(facts, problem), *tries, *since, *next_try)),
        _ => None,
    }
}

fn problem_words(facts: &Facts<'_>, problem: &Problem) -> String {
    let say = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    match problem {
        Problem::Unreachable { detail } | Problem::Config { detail } => detail.to_string(),
        Problem::TimedOut { seconds } => say("screen-timed-out", &[("seconds", (*seconds).into())]),
        Problem::Unauthorized => facts.say("screen-unauthorized"),
        Problem::Login { command, .. } => {
            say("screen-login", &[("command", command.as_str().into())])
        }
        Problem::Garbled { detail } => say("screen-garbled", &[("words", detail.as_str().into())]),
        Problem::Server { code, detail } => format!("{code} {detail}"),
    }
}

/// One change, without its time and place.
pub(super) fn happened(facts: &Facts<'_>, change: &Change) -> String {
    let say = |id: &str| facts.say(id);
    let with = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    let revision =
        |number: &Option<u64>| number.map_or_else(|| "–".to_owned(), |it| it.to_string());
    match &change.what {
        What::Rollout {
            revision: number,
            images,
        } => {
            let mut said = with("screen-rollout", &[("revision", revision(number).into())]);
            for image in images {
                let arguments = [
                    ("from", tag(&image.from).into()),
                    ("to", tag(&image.to).into()),
                ];
                said.push_str(&with("screen-rollout-image", &arguments));
            }
            said
        }
        What::RolloutComplete { revision: number } => with(
            "screen-rollout-complete",
            &[("revision", revision(number).into())],
        ),
        What::Scale { from, to } => with(
            "screen-scale",
            &[("from", (*from).into()), ("to", (*to).into())],
        ),
        What::Paused => say("screen-paused"),
        What::Resumed => say("screen-resumed"),
        What::Suspended => say("screen-suspended"),
        What::Unsuspended => say("screen-unsuspended"),
        What::Removed => say("screen-removed"),
        What::NodeReady => say("screen-node-ready"),
        What::NodeNotReady { reason, .. } => with(
            "screen-node-not-ready",
            &[("reason", reason.as_str().into())],
        ),
        What::NodePressure { condition } => condition.to_string(),
        What::NodeCordoned => say("screen-node-cordoned"),
        What::NodeUncordoned => say("screen-node-uncordoned"),
        What::NodeGone => say("screen-node-gone"),
        What::QuotaFull {
            resource,
            used,
            hard,
        } => with(
            "screen-quota-full",
            &[
                ("resource", resource.as_str().into()),
                ("used", used.as_str().into()),
                ("hard", hard.as_str().into()),
            ],
        ),
        What::QuotaChanged { resource, from, to } => with(
            "screen-quota-changed",
            &[
                ("resource", resource.as_str().into()),
                ("from", from.as_str().into()),
                ("to", to.as_str().into()),
            ],
        ),
        What::JobFailed { reason } => {
            with("screen-job-failed", &[("reason", reason.as_str().into())])
        }
        What::Warning { reason, message } => format!("{reason}: {message}"),
    }
}

/// How a rollout stands: its deadline when it has one, else what it waits for.
pub(super) fn rollout(facts: &Facts<'_>, rollout: &RolloutInProgress, now: Moment) -> String {
    let with = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    let left = rollout.deadline.map(|it| it.seconds() - now.seconds());
    if rollout.verdict == Rollout::DeadlineExceeded || left.is_some_and(|left| left <= 0) {
        let Some(passed) = left.filter(|left| *left <= 0) else {
            return facts.say("rollout-past");
        };
        let ago = figure::spoken(-passed, facts.catalogue);
        return with("rollout-past-since", &[("age", ago.into())]);
    }
    let revision = rollout
        .revision
        .map(|it| with("rollout-revision", &[("revision", it.to_string().into())]));
    let moves = match (left, rollout.since) {
        (Some(left), _) => {
            let left = figure::spoken(left, facts.catalogue);
            Some(with("rollout-left", &[("left", left.into())]))
        }
        (None, Some(since)) => {
            let age = figure::spoken(since.age(now), facts.catalogue);
            Some(with("rollout-since", &[("age", age.into())]))
        }
        _ => None,
    };
    let parts: Vec<_> = revision.into_iter().chain(moves).collect();
    parts.join(", ")
}

/// An image by its tag, as lists show it.
fn tag(image: &str) -> String {
    let (name, digest) = image.split_once('@').unwrap_or((image, ""));
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.split_once(':') {
        Some((_, tag)) => tag.to_owned(),
        None if digest.is_empty() => "latest".to_owned(),
        None => {
            let hash = digest.split_once(':').map_or(digest, |(_, hash)| hash);
            format!("@{}", hash.chars().take(7).collect::<String>())
        }
    }
}
