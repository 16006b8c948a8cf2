//! The journal on the screen: what was done before is taken back, shown, and read again where no answer came.

use insta::assert_snapshot;
use rstest::rstest;
use serde_json::json;

use super::bench::*;
use super::deeds::{executed, sent};
use super::history::facts;
use super::preview::{accepted, asked, deployment, night_of, planned, sends, sizes, willing};
use crate::action::{
    Action, ActionId, Answer, AnswerVerdict, Before, Entry, Executed, HoldVerdict, Intent, Method,
    Named, Need, Outcome, OutcomeVerdict, Record, Reply, Sent, Standing, Verb, Who, audit_id, note,
};
use crate::app::{Acts, Effect, Message};
use crate::model::{Link, Moment, Problem};
use crate::tenancy::Class;
use crate::viewmodel::{Act, Aspect, Page};
use crate::wording::Language::{self, English, French};

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
    bench.app.book.entries = scaled();
    bench.resize(132, 40);
    assert!(bench.text().contains("U undo"));
    let effects = bench.keys("U");
    bench.answer(&effects, willing);
    assert!(matches!(bench.app.trail.page(), Page::Preview(_)));
    let text = bench.text();
    assert!(text.contains("take back: scale beta-back to 2"), "{text}");
    assert!(!text.contains("wrote since"), "{text}");
    let pending = bench.app.pending.as_ref().unwrap();
    let request = &pending.previews().next().unwrap().request;
    assert_eq!(request.action, Action::Scale(2));
    assert_eq!(
        request.undoes.as_ref().map(|it| it.id.0.as_str()),
        Some("aa")
    );
    // The number is that of before: it is not typed.
    bench.keys("8");
    assert!(!bench.text().contains("[ 8 ]"));
}

#[test]
fn what_was_written_since_the_action_is_told_before_it_is_taken_back() {
    let mut bench = night_of(English);
    bench.app.book.entries = scaled();
    let effects = bench.keys("U");
    bench.answer(&effects, |call, need| match need {
        Need::Scale => accepted(json!({"metadata": {"uid": "beta-back"}, "spec": {"replicas": 9}})),
        _ => willing(call, need),
    });
    let text = bench.text();
    assert!(text.contains("somebody wrote since"), "{text}");
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
    bench.app.book.entries = scaled();
    note(&mut bench.app.book.entries, Record::Intent(Box::new(undo)));
    let done = answered("bb", night(), AnswerVerdict::Accepted);
    note(&mut bench.app.book.entries, done);
    bench.keys("U");
    assert!(bench.text().contains("Nothing to take back"));
}

#[test]
fn another_object_of_the_name_has_nothing_to_take_back() {
    let mut bench = night_of(English);
    bench.app.book.entries = scaled();
    bench.app.book.entries[0].intent.object.uid = "before".to_owned();
    bench.keys("U");
    assert!(bench.text().contains("Nothing to take back"));
}

#[test]
fn what_is_sent_is_in_the_journal_at_once_with_its_answer_and_its_outcome() {
    let mut bench = planned(English);
    sent(&mut bench);
    let standing = |bench: &Bench| bench.app.book.entries.first().map(Entry::standing);
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
    assert_eq!(bench.app.book.entries, []);
}

/// A night of actions, newest first: one in doubt, one that holds, one replaced, one refused.
pub(super) fn night_book() -> Vec<Entry> {
    let mut entries = scaled();
    let mut add = |record| note(&mut entries, record);
    let at = |minutes: i64| night().plus(-60 * minutes);
    let mut front = intent("bb", at(50), Verb::Restart);
    front.object.name = "beta-front".to_owned();
    front.object.uid = "beta-front".to_owned();
    front.environment = "staging".to_owned();
    front.class = Class::NonProduction;
    add(Record::Intent(Box::new(front)));
    add(answered("bb", at(50), AnswerVerdict::Refused));
    add(over("bb", at(50), OutcomeVerdict::Failed));
    let mut back = intent("cc", at(20), Verb::RollBack);
    let images = |tag: &str| vec![format!("harbor.cpin.test/betaapp/beta-back:{tag}")];
    back.before = Before {
        revision: Some(14),
        images: images("2.14.0"),
        ..Before::default()
    };
    back.after = Before {
        revision: Some(15),
        images: images("2.13.4"),
        ..Before::default()
    };
    back.who = Who {
        kube: "oncall-a".to_owned(),
        unix: "astreinte2".to_owned(),
        ..Who::default()
    };
    add(Record::Intent(Box::new(back)));
    add(answered("cc", at(20), AnswerVerdict::Accepted));
    add(over("cc", at(19), OutcomeVerdict::Reached));
    add(Record::Intent(Box::new(intent("dd", at(2), Verb::Pause))));
    entries
}

fn opened(language: Language) -> Bench {
    let mut bench = night_of(language);
    bench.app.book.entries = night_book();
    let effects = bench.keys("9");
    assert!(effects.contains(&Effect::ReadJournal));
    bench
}

#[rstest]
#[case(English, "journal")]
#[case(French, "journal_fr")]
fn the_journal_page(#[case] language: Language, #[case] name: &str) {
    let mut bench = opened(language);
    bench.keys("Down");
    assert_snapshot!(name, sizes(&mut bench));
}

#[test]
fn an_empty_journal_says_so() {
    let mut bench = night_of(English);
    bench.keys("9");
    assert!(bench.text().contains("Nothing was done from this machine"));
}

#[test]
fn what_others_wrote_comes_when_the_page_opens_and_what_was_sent_here_stays() {
    let mut bench = planned(English);
    sent(&mut bench);
    bench.hear(Message::Acts(Acts::Journal(Ok(scaled()))));
    let ids: Vec<_> = bench
        .app
        .book
        .entries
        .iter()
        .map(|it| &it.intent.id.0)
        .collect();
    assert_eq!(ids, ["7f3a0c12de", "aa"]);
    bench.hear(Message::Acts(Acts::Journal(Err("disk full".to_owned()))));
    assert!(
        bench
            .text()
            .contains("The journal cannot be read: disk full")
    );
    assert_eq!(bench.app.book.entries.len(), 2);
}

#[test]
fn the_selected_action_is_taken_back_and_only_one_that_stands() {
    let mut bench = opened(English);
    // The one in doubt may not be done.
    bench.keys("U");
    assert!(bench.text().contains("Nothing to take back"));
    bench.keys("Down Down Down U");
    let request = &bench.app.pending.as_ref().unwrap();
    let request = &request.previews().next().unwrap().request;
    assert_eq!(
        request.undoes.as_ref().map(|it| it.id.0.as_str()),
        Some("aa")
    );
}

#[test]
fn enter_opens_the_live_rollout_and_says_where_there_is_none() {
    let mut bench = opened(English);
    bench.keys("Down Enter");
    assert!(matches!(
        bench.app.trail.page(),
        Page::Aspect(Aspect::Rollout, _)
    ));
    bench.keys("9 G Up Enter");
    assert_eq!(*bench.app.trail.page(), Page::Journal);
    assert!(
        bench
            .text()
            .contains("Its object is gone, or is no workload")
    );
}

#[test]
fn an_action_is_copied_for_the_ticket() {
    let mut bench = opened(English);
    bench.keys("Down c");
    let ticket = bench.app.copyable.iter().find_map(|it| match &it.act {
        Act::Copy(text) if text.contains("Audit-ID") => Some(text.clone()),
        _ => None,
    });
    assert_eq!(
        ticket.unwrap(),
        "betaapp/prod PRODUCTION \u{b7} Deployment beta-back \u{b7} public1/betaapp \u{b7} roll back to 2.13.4 at \
         2026-11-24 02:52:44 +01:00 \u{b7} done in 12s \u{b7} replaced \u{b7} INC-2314 \u{b7} kube oncall-a, unix astreinte2 \
         \u{b7} 02:52:44 accepted, Audit-ID vigie-cc-1"
    );
}

fn rechecks(effects: &[Effect]) -> Vec<(String, Method, String)> {
    let asked = effects.iter().filter_map(|it| match it {
        Effect::Recheck(id, call) => Some((id.0.clone(), call.method, call.path.clone())),
        _ => None,
    });
    asked.collect()
}

fn outcomes(effects: &[Effect]) -> Vec<(String, OutcomeVerdict)> {
    let written = effects.iter().filter_map(|it| match it {
        Effect::Record(Record::Outcome(it)) => Some((it.id.0.clone(), it.verdict)),
        _ => None,
    });
    written.collect()
}

const PATH: &str = "/apis/apps/v1/namespaces/betaapp/deployments/beta-back";

/// Every cluster was read, and the workload is there.
fn live(bench: &mut Bench) {
    bench.read_all();
    for fact in facts(false) {
        bench.fact(fact);
    }
    let judgement = bench.app.judgement.clone();
    bench.app.take(judgement, bench.now);
}

/// A pause of an earlier run, so many seconds old, without an answer.
fn in_doubt(seconds: i64) -> Bench {
    let mut bench = night_of(English);
    live(&mut bench);
    let mut pause = intent("dd", night().plus(-seconds), Verb::Pause);
    pause.before.paused = Some(false);
    pause.after.paused = Some(true);
    note(&mut bench.app.book.entries, Record::Intent(Box::new(pause)));
    bench
}

#[test]
fn an_action_in_doubt_is_read_again_and_what_was_found_is_told_and_written() {
    let mut bench = in_doubt(600);
    let effects = bench.asks();
    let read = ("dd".to_owned(), Method::Get, PATH.to_owned());
    assert_eq!(rechecks(&effects), [read]);
    // Not again at once.
    assert_eq!(rechecks(&bench.asks()), []);
    let id = ActionId("dd".to_owned());
    let effects = bench.hear(Message::Acts(Acts::Rechecked(
        id.clone(),
        accepted(deployment()),
    )));
    let not_done = ("dd".to_owned(), OutcomeVerdict::NotDone);
    assert_eq!(outcomes(&effects), [not_done]);
    bench.resize(132, 40);
    let text = bench.text();
    let said = "An action of 03:02 had no answer (beta-back: pause); read again:";
    assert!(text.contains(said), "{text}");
    // Once.
    let again = bench.hear(Message::Acts(Acts::Rechecked(id, accepted(deployment()))));
    assert_eq!(outcomes(&again), []);
    bench.later(600);
    assert_eq!(rechecks(&bench.asks()), []);
}

#[test]
fn one_of_another_process_that_may_still_wait_is_left_alone() {
    let mut bench = in_doubt(30);
    assert_eq!(rechecks(&bench.asks()), []);
    bench.later(60);
    assert_eq!(rechecks(&bench.asks()).len(), 1);
}

#[test]
fn where_the_cluster_is_not_seen_nothing_is_read() {
    let mut bench = in_doubt(600);
    let since = bench.now.moment;
    bench.link(
        1,
        Link::Degraded {
            problem: Problem::TimedOut { seconds: 5 },
            since,
            tries: 1,
            next_try: None,
        },
    );
    let judgement = bench.app.judgement.clone();
    bench.app.take(judgement, bench.now);
    assert_eq!(rechecks(&bench.asks()), []);
}

#[test]
fn one_that_cannot_be_read_is_asked_about_again_later() {
    let mut bench = in_doubt(600);
    bench.asks();
    let id = ActionId("dd".to_owned());
    let unknown = Reply::Unknown(Problem::TimedOut { seconds: 30 });
    let effects = bench.hear(Message::Acts(Acts::Rechecked(id, unknown)));
    assert_eq!(outcomes(&effects), []);
    bench.later(5);
    assert_eq!(rechecks(&bench.asks()).len(), 1);
}

#[test]
fn what_was_accepted_by_an_earlier_run_gets_its_outcome_without_a_word() {
    let mut bench = in_doubt(3_600);
    let taken = answered("dd", night().plus(-3_600), AnswerVerdict::Accepted);
    note(&mut bench.app.book.entries, taken);
    let effects = bench.asks();
    assert_eq!(rechecks(&effects).len(), 1);
    // It is not paused any more.
    let id = ActionId("dd".to_owned());
    let effects = bench.hear(Message::Acts(Acts::Rechecked(id, accepted(deployment()))));
    let replaced = ("dd".to_owned(), OutcomeVerdict::Replaced);
    assert_eq!(outcomes(&effects), [replaced]);
    assert!(!bench.text().contains("had no answer"));
}

#[test]
fn an_action_of_this_run_without_an_answer_is_read_until_found_and_never_sent_again() {
    let mut bench = planned(English);
    live(&mut bench);
    sent(&mut bench);
    let unknown = Reply::Unknown(Problem::TimedOut { seconds: 30 });
    executed(&mut bench, Executed::Answered(vec![unknown]));
    assert!(bench.text().contains("read again until it tells"));
    assert_eq!(rechecks(&bench.asks()), []);
    bench.later(5);
    let effects = bench.asks();
    assert_eq!(rechecks(&effects).len(), 1);
    assert!(!sends(&effects));
    // The server may still do it: what is as before says nothing yet.
    let id = bench.app.deeds[0].id.clone();
    let effects = bench.hear(Message::Acts(Acts::Rechecked(
        id.clone(),
        accepted(deployment()),
    )));
    assert_eq!(outcomes(&effects), []);
    bench.later(60);
    assert_eq!(rechecks(&bench.asks()).len(), 1);
    let effects = bench.hear(Message::Acts(Acts::Rechecked(id, accepted(deployment()))));
    let verdicts: Vec<_> = outcomes(&effects).into_iter().map(|(_, it)| it).collect();
    assert_eq!(verdicts, [OutcomeVerdict::NotDone]);
    assert!(!sends(&effects));
}
