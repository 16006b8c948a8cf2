//! The sentences of findings and changes that a screen needs, gathered where they can be told apart from the layout.

use super::{Facts, figure};
use crate::insight::{self, Finding, RolloutInProgress};
use crate::model::{Change, Moment, Rollout};

/// Wider than any list's sentence column.
const WIDEST: usize = 200;
/// The sentence of a row; the view cuts it to its column.
pub(super) fn short(facts: &Facts<'_>, finding: &Finding) -> String {
    facts.catalogue.short_within(finding, facts.now, WIDEST)
}

/// Why, in the cluster's own words.
pub(super) fn why(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    vec![facts.catalogue.why(finding, facts.now)]
}

/// What changed in the half hour before, the likeliest first.
pub(super) fn before(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let worded = |change: &Change| {
        let at = facts.zone.at(change.at).format("%H:%M");
        let what = facts.catalogue.change(change, Some(&finding.subject));
        format!("{at} {what}")
    };
    insight::before(facts.store, finding, facts.now)
        .iter()
        .map(worded)
        .collect()
}

/// What to do, and its limit.
pub(super) fn act(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    vec![facts.catalogue.what_to_do(finding, facts.now)]
}

/// One change, without its time and place.
pub(super) fn happened(facts: &Facts<'_>, change: &Change) -> String {
    facts.catalogue.what(&change.what)
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
