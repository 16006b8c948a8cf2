//! What was sent: each answer, and what the cluster came to.

use super::bench::*;
use super::preview::{accepted, deployment, planned, refused, sends};
use crate::action::{Executed, Freeze, OutcomeVerdict, Record, Reply};
use crate::app::{Effect, Message};
use crate::model::Problem;
use crate::viewmodel::{Aspect, Page};
use crate::wording::Language::English;

pub(super) fn sent(bench: &mut Bench) {
    bench.keys("Enter Tab");
    bench.types_slowly("betaapp/prod");
    assert!(sends(&bench.keys("Enter")));
}

pub(super) fn executed(bench: &mut Bench, executed: Executed) -> Vec<Effect> {
    let id = bench.app.deeds.last().unwrap().id.clone();
    let effects = bench.executed(id, executed);
    bench.text();
    effects
}

#[test]
fn the_rollout_is_watched_with_each_answer_until_it_is_over() {
    let mut bench = planned(English);
    sent(&mut bench);
    executed(&mut bench, Executed::Answered(vec![accepted(deployment())]));
    assert!(matches!(
        bench.app.trail.page(),
        Page::Aspect(Aspect::Rollout, _)
    ));
    let text = bench.text();
    assert!(text.contains("the server took it, no warning"), "{text}");
    assert!(text.contains("the cluster is on its way"), "{text}");
    // The plan went with its page, and the way back does not lead to it.
    assert!(bench.app.pending.is_none());
    bench.keys("[");
    assert_eq!(*bench.app.trail.page(), Page::Deployments);
    // Nobody saw an end in time.
    bench.later(3_000);
    let effects = bench.hear(Message::Tick);
    let outcome = effects.iter().find_map(|it| match it {
        Effect::Record(Record::Outcome(outcome)) => Some(outcome.verdict),
        _ => None,
    });
    assert_eq!(outcome, Some(OutcomeVerdict::TimedOut));
    let again = bench.hear(Message::Tick);
    assert!(!again.iter().any(|it| matches!(it, Effect::Record(_))));
}

#[test]
fn a_journal_that_cannot_be_written_stops_it() {
    let mut bench = planned(English);
    sent(&mut bench);
    let effects = executed(&mut bench, Executed::NotJournaled("disk full".to_owned()));
    assert_eq!(effects, []);
    let text = bench.text();
    // To its last word, which says what to do.
    for words in ["cannot be written (disk full)", "then ask again."] {
        assert!(text.contains(words), "{text}");
    }
    assert!(bench.app.deeds.is_empty());
}

#[test]
fn no_answer_is_not_taken_for_an_end() {
    let mut bench = planned(English);
    sent(&mut bench);
    let unknown = Reply::Unknown(Problem::TimedOut { seconds: 30 });
    let effects = executed(&mut bench, Executed::Answered(vec![unknown]));
    assert!(!effects.iter().any(|it| matches!(it, Effect::Record(_))));
    let text = bench.text();
    assert!(text.contains("It may be done"), "{text}");
}

#[test]
fn a_refused_write_is_over_at_once() {
    let mut bench = planned(English);
    sent(&mut bench);
    let answer = refused(403, "admission webhook denied the request");
    let effects = executed(&mut bench, Executed::Answered(vec![answer]));
    let outcome = effects.iter().find_map(|it| match it {
        Effect::Record(Record::Outcome(outcome)) => Some(outcome.verdict),
        _ => None,
    });
    assert_eq!(outcome, Some(OutcomeVerdict::NotDone));
    let text = bench.text();
    assert!(
        text.contains("refused: \"admission webhook denied"),
        "{text}"
    );
}

#[test]
fn a_freeze_that_begins_while_the_plan_is_looked_at_is_heeded() {
    let mut bench = planned(English);
    bench.keys("Enter Tab");
    bench.types_slowly("betaapp/prod");
    bench.app.options.guard.freezes = vec![Freeze::not_understood("month end")];
    assert!(!sends(&bench.keys("Enter")));
    let text = bench.text();
    assert!(text.contains("month end"), "{text}");
    assert!(bench.app.deeds.is_empty());
}
