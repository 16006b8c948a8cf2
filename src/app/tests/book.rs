//! The journal on the screen: what was done before is taken back, shown, and read again where no answer came.

use super::bench::*;
use super::preview::{accepted, asked, deployment, executed, night_of, planned, sent, willing};
use crate::action::{
    Action, ActionId, Answer, AnswerVerdict, Before, Entry, Executed, HoldVerdict, Intent, Named,
    Outcome, OutcomeVerdict, Record, Sent, Standing, Verb, Who, audit_id, note,
};
use crate::model::Moment;
use crate::tenancy::Class;
use crate::viewmodel::Page;
use crate::wording::Language::English;

/// Done to beta-back in production.
pub(super) fn intent(id: &str, at: Moment, verb: Verb) -> Intent {
    let numbered = |number| Before {
        replicas: Some(number),
        ..Before::default()
    };
    let (before, after) = match verb {
        Verb::Scale => (numbered(2), numbered(3)),
        _ => (Before::default(), Before::default()),
    };
    Intent {
        id: ActionId(id.to_owned()),
        at,
        who: Who::default(),
        context: "public1".to_owned(),
        object: Named {
            group: "apps".to_owned(),
            kind: "Deployment".to_owned(),
            namespace: "betaapp".to_owned(),
            name: "beta-back".to_owned(),
            uid: "beta-back".to_owned(),
        },
        tenant: "betaapp".to_owned(),
        environment: "prod".to_owned(),
        class: Class::Production,
        verb,
        before,
        after,
        diff: Vec::new(),
        reason: "INC-2314".to_owned(),
        hold: HoldVerdict::Holds,
        sends: vec![Sent {
            method: "PATCH".to_owned(),
            path: "/apis/apps/v1/namespaces/betaapp/deployments/beta-back".to_owned(),
            audit_id: audit_id(&ActionId(id.to_owned()), 0),
        }],
        undoes: None,
    }
}

pub(super) fn answered(id: &str, at: Moment, verdict: AnswerVerdict) -> Record {
    Record::Answer(Answer {
        id: ActionId(id.to_owned()),
        at,
        audit_id: audit_id(&ActionId(id.to_owned()), 0),
        verdict,
        code: None,
        message: String::new(),
        warnings: Vec::new(),
    })
}

pub(super) fn over(id: &str, at: Moment, verdict: OutcomeVerdict) -> Record {
    Record::Outcome(Outcome {
        id: ActionId(id.to_owned()),
        at,
        verdict,
        seconds: 12,
        detail: String::new(),
    })
}

/// A number that was raised an hour ago.
pub(super) fn scaled() -> Vec<Entry> {
    let at = night().plus(-3_600);
    let mut entries = Vec::new();
    note(
        &mut entries,
        Record::Intent(Box::new(intent("aa", at, Verb::Scale))),
    );
    note(&mut entries, answered("aa", at, AnswerVerdict::Accepted));
    note(
        &mut entries,
        over("aa", at.plus(12), OutcomeVerdict::Reached),
    );
    entries
}

#[test]
fn the_last_action_on_the_object_under_the_cursor_is_taken_back() {
    let mut bench = night_of(English);
    assert!(!bench.text().contains("U undo"));
    bench.app.journal = scaled();
    bench.resize(132, 40);
    assert!(bench.text().contains("U undo"));
    let effects = bench.keys("U");
    bench.answer(&effects, willing);
    assert!(matches!(bench.app.trail.page(), Page::Preview(_)));
    let text = bench.text();
    assert!(text.contains("take back: scale beta-back to 2"), "{text}");
    let pending = bench.app.pending.as_ref().unwrap();
    let request = &pending.previews().next().unwrap().request;
    assert_eq!(request.action, Action::Scale(2));
    assert_eq!(request.undoes, Some(ActionId("aa".to_owned())));
    // The number is that of before: it is not typed.
    bench.keys("8");
    assert!(!bench.text().contains("[ 8 ]"));
}

#[test]
fn where_nothing_is_to_be_taken_back_the_line_says_so() {
    let mut bench = night_of(English);
    assert_eq!(asked(&bench.keys("U")), []);
    let text = bench.text();
    assert!(text.contains("Nothing to take back"), "{text}");
    // What is taken back already is not taken back again.
    let mut undo = intent("bb", night(), Verb::Scale);
    undo.undoes = Some(ActionId("aa".to_owned()));
    bench.app.journal = scaled();
    note(&mut bench.app.journal, Record::Intent(Box::new(undo)));
    let done = answered("bb", night(), AnswerVerdict::Accepted);
    note(&mut bench.app.journal, done);
    bench.keys("U");
    assert!(bench.text().contains("Nothing to take back"));
}

#[test]
fn another_object_of_the_name_has_nothing_to_take_back() {
    let mut bench = night_of(English);
    bench.app.journal = scaled();
    bench.app.journal[0].intent.object.uid = "before".to_owned();
    bench.keys("U");
    assert!(bench.text().contains("Nothing to take back"));
}

#[test]
fn what_is_sent_is_in_the_journal_at_once_with_its_answer_and_its_outcome() {
    let mut bench = planned(English);
    sent(&mut bench);
    let standing = |bench: &Bench| bench.app.journal.first().map(Entry::standing);
    assert_eq!(standing(&bench), Some(Standing::InDoubt));
    executed(&mut bench, Executed::Answered(vec![accepted(deployment())]));
    assert_eq!(standing(&bench), Some(Standing::Accepted));
    bench.later(3_000);
    bench.asks();
    assert_eq!(standing(&bench), Some(Standing::Over));
    // In this store nothing moved: what it goes back to is what runs.
    bench.keys("4 U");
    let text = bench.text();
    assert!(text.contains("revision 15 is what runs"), "{text}");
}

#[test]
fn what_was_not_journaled_is_not_in_it() {
    let mut bench = planned(English);
    sent(&mut bench);
    executed(&mut bench, Executed::NotJournaled("disk full".to_owned()));
    assert_eq!(bench.app.journal, []);
}
