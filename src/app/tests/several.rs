//! Several rows are marked: one plan for each, one confirmation, one after the other.

use std::sync::atomic::{AtomicU64, Ordering};

use insta::assert_snapshot;
use rstest::rstest;

use super::bench::*;
use super::preview::{accepted, deployment, night_of, refused, sends, sizes, willing};
use crate::action::{ActionId, Call, Executed, Need, Reply};
use crate::app::Effect;
use crate::insight::stage;
use crate::model::{ClusterId, Delta, Object, Problem};
use crate::viewmodel::Standing;
use crate::wording::Language::English;

fn next_id() -> ActionId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ActionId(format!("{:010x}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// Three workloads that restart, marked.
fn three() -> Bench {
    let mut bench = night_of(English);
    for name in ["beta-front", "beta-queue"] {
        bench.workload("betaapp", name);
    }
    bench.app.options.next_id = next_id;
    bench.keys("4 g Space Space Space");
    let effects = bench.keys("X");
    bench.answer(&effects, as_itself);
    bench
}

/// Each object has the identity that it is watched under.
fn as_itself(call: &Call, need: &Need) -> Reply {
    let name = call.path.rsplit('/').next().unwrap();
    let mut object = deployment();
    object["metadata"]["uid"] = name.into();
    object["metadata"]["name"] = name.into();
    match need {
        Need::Object => accepted(object),
        _ => willing(call, need),
    }
}

#[test]
fn marked_rows_are_confirmed_by_their_count() {
    let mut bench = three();
    assert_snapshot!("preview_several", sizes(&mut bench));
    bench.keys("Enter");
    bench.types_slowly("INC-1");
    bench.keys("Tab");
    bench.types_slowly("2");
    assert_eq!(bench.keys("Enter"), []);
    bench.keys("Back");
    bench.types_slowly("3");
    assert_snapshot!("confirm_several", sizes(&mut bench));
    assert!(sends(&bench.keys("Enter")));
    let text = bench.text();
    assert_eq!(text.matches("sent, no answer yet").count(), 1, "{text}");
    assert_eq!(
        text.matches("waits for the one before").count(),
        2,
        "{text}"
    );
    let standings = bench.app.deeds.iter().map(|it| it.standing.clone());
    let standings: Vec<_> = standings.collect();
    assert_eq!(
        standings,
        [Standing::Sent, Standing::Waiting, Standing::Waiting]
    );
}

fn first_of_three() -> Bench {
    let mut bench = three();
    bench.keys("Enter Tab");
    bench.types_slowly("3");
    assert!(sends(&bench.keys("Enter")));
    bench
}

fn heard(bench: &mut Bench, at: usize, reply: Reply) -> Vec<Effect> {
    let id = bench.app.deeds[at].id.clone();
    let effects = bench.executed(id, Executed::Answered(vec![reply]));
    bench.text();
    effects
}

#[test]
fn the_next_is_sent_once_the_one_before_was_taken() {
    let mut bench = first_of_three();
    assert!(sends(&heard(&mut bench, 0, accepted(deployment()))));
    assert!(sends(&heard(&mut bench, 1, accepted(deployment()))));
    assert!(!sends(&heard(&mut bench, 2, accepted(deployment()))));
    let text = bench.text();
    assert!(text.contains("restart 3 objects"), "{text}");
    // Nothing is confirmed twice.
    bench.keys("Enter");
    assert!(!bench.app.confirms());
}

#[rstest]
#[case::refused(refused(409, "conflict"))]
#[case::unknown(Reply::Unknown(Problem::TimedOut { seconds: 30 }))]
fn the_first_that_is_not_taken_stops_the_rest(#[case] reply: Reply) {
    let mut bench = first_of_three();
    assert!(sends(&heard(&mut bench, 0, accepted(deployment()))));
    assert!(!sends(&heard(&mut bench, 1, reply)));
    assert_eq!(bench.app.deeds[2].standing, Standing::NotTried);
    let text = bench.text();
    assert!(text.contains("not tried"), "{text}");
}

/// An earlier one on the object must not stand for it.
#[test]
fn what_was_not_journaled_is_told_as_never_done() {
    let mut bench = first_of_three();
    let id = bench.app.deeds[0].id.clone();
    let executed = Executed::NotJournaled("disk full".to_owned());
    assert!(!sends(&bench.executed(id, executed)));
    let text = bench.text();
    assert_eq!(text.matches("it was never done").count(), 1, "{text}");
    assert_eq!(text.matches("not tried").count(), 2, "{text}");
    assert!(text.contains("(disk full)"), "{text}");
}

#[test]
fn what_is_paused_and_what_is_not_are_not_done_together() {
    let mut bench = night_of(English);
    let mut paused = stage::deployment("betaapp", "beta-front", 1);
    paused.paused = true;
    paused.meta.uid = object("beta-front").uid;
    bench.fact(Delta::Upsert(ClusterId(1), Object::Workload(paused)));
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("4 g Space Space P");
    let text = bench.text();
    assert!(text.contains("are paused and some are not"), "{text}");
    assert!(bench.app.pending.is_none());
}

/// What is in flight cannot be called back.
#[test]
fn escape_stops_those_that_wait() {
    let mut bench = first_of_three();
    bench.keys("Esc");
    let standings: Vec<_> = bench
        .app
        .deeds
        .iter()
        .map(|it| it.standing.clone())
        .collect();
    let wanted = [Standing::Sent, Standing::NotTried, Standing::NotTried];
    assert_eq!(standings, wanted);
    assert!(!sends(&heard(&mut bench, 0, accepted(deployment()))));
}

/// A batch goes on behind the page, and what is confirmed meanwhile is sent at once and by itself.
#[test]
fn another_confirmation_waits_for_no_batch_and_ends_none() {
    let mut bench = first_of_three();
    bench.keys("4");
    bench.workload("betaapp", "beta-late");
    bench.app.sheet.marks.clear();
    bench.keys("g");
    let effects = bench.keys("X");
    bench.answer(&effects, as_itself);
    bench.keys("Enter Tab");
    bench.types_slowly("betaapp/prod");
    assert!(sends(&bench.keys("Enter")));
    let own = bench.app.deeds.len() - 1;
    assert_eq!(bench.app.deeds[own].standing, Standing::Sent);
    assert!(!sends(&heard(&mut bench, own, refused(403, "no"))));
    assert_eq!(bench.app.deeds[1].standing, Standing::Waiting);
    assert!(sends(&heard(&mut bench, 0, accepted(deployment()))));
    assert_eq!(bench.app.deeds[1].standing, Standing::Sent);
}
