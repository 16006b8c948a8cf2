use std::sync::Arc;

use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::insight::stage::{self, Stage};
use crate::model::{Delta, Feed, Kind, Moment, ObjectRef, Problem, Uid};
use crate::tenancy::Class;

fn at() -> Moment {
    Moment::from_rfc3339("2026-11-24T03:13:38Z").unwrap()
}

fn id(id: &str) -> ActionId {
    ActionId(id.to_owned())
}

fn intent(name: &str, verb: Verb, steps: usize) -> Intent {
    let sent = |step| Sent {
        method: "PATCH".to_owned(),
        path: "/apis/apps/v1/namespaces/betaapp-prod/deployments/beta-back".to_owned(),
        audit_id: format!("vigie-{name}-{step}"),
    };
    Intent {
        id: id(name),
        at: at(),
        who: Who::default(),
        context: "public1".to_owned(),
        object: Named {
            group: "apps".to_owned(),
            kind: "Deployment".to_owned(),
            namespace: "betaapp-prod".to_owned(),
            name: "beta-back".to_owned(),
            uid: "u1".to_owned(),
        },
        tenant: "betaapp".to_owned(),
        environment: "prod".to_owned(),
        class: Class::Production,
        verb,
        before: Before::default(),
        after: Before::default(),
        diff: Vec::new(),
        reason: String::new(),
        hold: HoldVerdict::Holds,
        sends: (1..=steps).map(sent).collect(),
        undoes: None,
    }
}

fn written(intent: Intent) -> Record {
    Record::Intent(Box::new(intent))
}

fn answer(name: &str, step: usize, verdict: AnswerVerdict) -> Record {
    Record::Answer(Answer {
        id: id(name),
        at: at(),
        audit_id: format!("vigie-{name}-{step}"),
        verdict,
        code: None,
        message: String::new(),
        warnings: Vec::new(),
    })
}

fn outcome(name: &str, verdict: OutcomeVerdict) -> Record {
    Record::Outcome(Outcome {
        id: id(name),
        at: at(),
        verdict,
        seconds: 29,
        detail: String::new(),
    })
}

#[rstest]
#[case::answered(AnswerVerdict::Accepted, 4)]
#[case::without_an_answer(AnswerVerdict::Unknown, 10)]
fn the_way_to_an_end_counts_from_the_last_answer(
    #[case] verdict: AnswerVerdict,
    #[case] seconds: i64,
) {
    let mut entry = Entry::new(intent("a", Verb::Scale, 1));
    if let Record::Answer(answer) = answer("a", 1, verdict) {
        let at = answer.at.plus(6);
        entry.answers.push(Answer { at, ..answer });
    }
    let reached = Reached::plain(OutcomeVerdict::Reached);
    let outcome = Outcome::of(&entry, reached, at().plus(10));
    assert_eq!(outcome.seconds, seconds);
}

/// An action of one request, accepted.
fn done(name: &str, verb: Verb) -> Vec<Record> {
    vec![
        written(intent(name, verb, 1)),
        answer(name, 1, AnswerVerdict::Accepted),
    ]
}

fn only(records: Vec<Record>) -> Entry {
    let Joined {
        mut entries,
        strays,
    } = join(records);
    assert_eq!((entries.len(), strays), (1, 0));
    entries.remove(0)
}

#[rstest]
#[case(&[], Standing::InDoubt)]
#[case(&[(1, AnswerVerdict::Unknown)], Standing::InDoubt)]
#[case(&[(1, AnswerVerdict::Unknown), (1, AnswerVerdict::Accepted)], Standing::Accepted)]
#[case(&[(1, AnswerVerdict::Refused)], Standing::Refused)]
#[case(&[(1, AnswerVerdict::Accepted)], Standing::Accepted)]
#[case::later_unknown(&[(1, AnswerVerdict::Accepted), (2, AnswerVerdict::Unknown)], Standing::Accepted)]
#[case::later_refused(&[(1, AnswerVerdict::Accepted), (2, AnswerVerdict::Refused)], Standing::Accepted)]
fn an_action_stands_as_its_requests_were_answered(
    #[case] answers: &[(usize, AnswerVerdict)],
    #[case] standing: Standing,
) {
    let mut records = vec![written(intent("a", Verb::RollBack, 2))];
    records.extend(answers.iter().map(|(step, it)| answer("a", *step, *it)));
    assert_eq!(only(records.clone()).standing(), standing);
    records.push(outcome("a", OutcomeVerdict::Reached));
    assert_eq!(only(records).standing(), Standing::Over);
}

fn accepted(document: Value) -> Reply {
    Reply::Accepted(Arc::new(Accepted {
        exact: document.clone(),
        shown: document,
        warnings: Vec::new(),
    }))
}

fn refused() -> Reply {
    Reply::Refused(Refused {
        code: 409,
        reason: "Conflict".into(),
        message: String::new().into(),
        warnings: Vec::new(),
    })
}

/// One that is paused whole goes on before it is promoted: that alone is not what was asked for.
#[test]
fn the_last_request_says_what_came_of_a_promotion() {
    let intent = intent("a", Verb::Promote, 2);
    let taken = || accepted(json!({"metadata": {"generation": 8}}));
    let not_done = Came::Over(Reached::plain(OutcomeVerdict::NotDone));
    assert_eq!(came(&intent, &[taken(), refused()]), not_done);
    assert_eq!(came(&intent, &[refused()]), not_done);
    assert_eq!(came(&intent, &[taken()]), Came::InDoubt);
    let both = came(&intent, &[taken(), taken()]);
    assert!(matches!(both, Came::UnderWay { .. }));
}

/// What becomes of a later request takes nothing of the first back.
#[test]
fn the_first_request_says_what_came_of_an_action() {
    let intent = intent("a", Verb::RollBack, 2);
    let came = |replies: &[Reply]| came(&intent, replies);
    let taken = || accepted(json!({"metadata": {"generation": 8}}));
    let unknown = || Reply::Unknown(Problem::TimedOut { seconds: 30 });
    let lost = || Reply::NotSent(Unsent::NoLink);
    let under_way = Came::UnderWay {
        generation: Some(8),
    };
    for later in [taken(), refused(), lost(), unknown()] {
        assert_eq!(came(&[taken(), later]), under_way);
    }
    let over = |verdict| Came::Over(Reached::plain(verdict));
    assert_eq!(came(&[refused()]), over(OutcomeVerdict::NotDone));
    assert_eq!(came(&[lost()]), over(OutcomeVerdict::NotDone));
    assert_eq!(came(&[unknown()]), Came::InDoubt);
    assert_eq!(came(&[]), Came::InDoubt);
}

fn watched(namespace: &str) -> ObjectRef {
    ObjectRef {
        cluster: stage::HOME,
        kind: Kind::Deployment.into(),
        namespace: namespace.into(),
        name: "beta-back".into(),
        uid: Some(Uid::from_text("u1")),
    }
}

/// Of a pause that was sent `age` seconds ago, and found as `paused` says.
fn reread(answers: Vec<Record>, paused: bool, age: i64) -> Settled {
    let mut pause = intent("a", Verb::Pause, 1);
    (pause.before.paused, pause.after.paused) = (Some(false), Some(true));
    let mut records = vec![written(pause)];
    records.extend(answers);
    let found = accepted(json!({
        "metadata": {"uid": "u1", "generation": 9},
        "spec": {"paused": paused},
    }));
    let now = at().plus(age);
    settled(&only(records), &watched("betaapp-prod"), &found, now, now)
}

#[test]
fn what_a_reread_tells_depends_on_what_the_server_had_said() {
    let over = |verdict| Settled::Over(Reached::plain(verdict));
    let taken = || vec![answer("a", 1, AnswerVerdict::Accepted)];
    // The server may still be at it.
    assert_eq!(reread(vec![], false, 60), Settled::Again);
    assert_eq!(reread(vec![], false, 61), over(OutcomeVerdict::NotDone));
    // It was there, and is not any more.
    assert_eq!(reread(taken(), false, 3), over(OutcomeVerdict::Replaced));
    for answers in [vec![], taken()] {
        let Settled::Follow(following) = reread(answers, true, 90) else {
            panic!("it is done");
        };
        assert_eq!((following.generation, following.since), (Some(9), at()));
    }
}

/// Of what was read of one namespace only nothing is concluded for another.
#[test]
fn what_is_not_watched_is_not_taken_for_gone() {
    let mut stage = Stage::reading();
    let scope = |namespace: &str| crate::model::Scope {
        namespace: Some(namespace.into()),
        ..stage::scope(Kind::Deployment)
    };
    let denied = Feed::Denied {
        verb: crate::model::Verb::List,
    };
    stage.put(Delta::Feed(stage::scope(Kind::Deployment), denied));
    let reading = Feed::Reading {
        seen: 0,
        total: None,
    };
    stage.put(Delta::Feed(scope("a"), reading));
    stage.put(Delta::ListStart(scope("a")));
    stage.put(Delta::ListEnd(scope("a")));
    let following = |namespace: &str| {
        Following::new(
            &intent("a", Verb::Restart, 1),
            watched(namespace),
            at(),
            None,
        )
    };
    let verdict = |namespace: &str| {
        let reached = following(namespace).reached(&stage.store, at().plus(5));
        reached.map(|it| it.verdict)
    };
    assert_eq!(verdict("a"), Some(OutcomeVerdict::Failed));
    assert_eq!(verdict("b"), Some(OutcomeVerdict::Unknown));
    let seen = |namespace: &str| is_seen(&stage.store, Verb::Restart, &watched(namespace));
    assert!(seen("a") && !seen("b"));
}

#[test]
fn records_are_joined_by_their_action_and_the_newest_is_first() {
    let mut records = done("a", Verb::Scale);
    records.extend(done("b", Verb::Restart));
    records.push(outcome("a", OutcomeVerdict::Unknown));
    records.push(outcome("a", OutcomeVerdict::Reached));
    let joined = join(records);
    let ids: Vec<_> = joined.entries.iter().map(|it| &it.intent.id.0).collect();
    assert_eq!(ids, ["b", "a"]);
    let last = joined.entries[1].outcome.as_ref().map(|it| it.verdict);
    assert_eq!(last, Some(OutcomeVerdict::Reached));
    assert_eq!(joined.strays, 0);
}

#[test]
fn a_record_without_its_intent_is_counted() {
    let mut records = vec![answer("a", 1, AnswerVerdict::Accepted)];
    records.extend(done("a", Verb::Scale));
    records.push(written(intent("a", Verb::Restart, 1)));
    records.push(outcome("b", OutcomeVerdict::Reached));
    let joined = join(records);
    assert_eq!((joined.entries.len(), joined.strays), (1, 3));
    assert_eq!(joined.entries[0].intent.verb, Verb::Scale);
}

/// Whether the oldest of these holds.
fn still_of(records: Vec<Record>, live: Option<&Before>) -> Still {
    let entries = join(records).entries;
    let (oldest, newer) = entries.split_last().unwrap();
    let mut later = Later::default();
    for entry in newer {
        later.add(entry);
    }
    still(oldest, &later, live)
}

#[test]
fn an_action_is_replaced_by_a_later_one_on_the_same_field_only() {
    let replaced = |name: &str| Still::Replaced { by: Some(id(name)) };
    let of = |first, then| still_of([done("a", first), done("b", then)].concat(), None);
    assert_eq!(of(Verb::Scale, Verb::Scale), replaced("b"));
    assert_eq!(of(Verb::Restart, Verb::RollBack), replaced("b"));
    assert_eq!(of(Verb::Pause, Verb::Resume), replaced("b"));
    assert_eq!(of(Verb::Scale, Verb::Delete), replaced("b"));
    assert_eq!(of(Verb::Scale, Verb::Restart), Still::NotKnown);
    assert_eq!(of(Verb::Evict, Verb::Delete), Still::Nothing);
}

#[test]
fn of_several_later_actions_the_newest_replaces() {
    let of = |verbs: &[(&str, Verb)]| {
        let records = verbs.iter().flat_map(|(name, verb)| done(name, *verb));
        still_of(records.collect(), None)
    };
    let replaced = |name: &str| Still::Replaced { by: Some(id(name)) };
    let (scale, delete, evict) = (Verb::Scale, Verb::Delete, Verb::Evict);
    assert_eq!(
        of(&[("a", scale), ("b", scale), ("c", scale)]),
        replaced("c")
    );
    assert_eq!(
        of(&[("a", scale), ("b", scale), ("c", delete)]),
        replaced("c")
    );
    assert_eq!(
        of(&[("a", scale), ("b", delete), ("c", scale)]),
        replaced("c")
    );
    assert_eq!(
        of(&[("a", scale), ("b", delete), ("c", evict)]),
        replaced("b")
    );
}

#[rstest]
#[case(|it: &mut Intent| it.object.uid = "u2".to_owned())]
#[case(|it: &mut Intent| it.object.name = "beta-front".to_owned())]
#[case(|it: &mut Intent| it.context = "app1".to_owned())]
fn another_object_replaces_nothing(#[case] change: fn(&mut Intent)) {
    let mut other = intent("b", Verb::Scale, 1);
    change(&mut other);
    let mut records = done("a", Verb::Scale);
    records.push(written(other));
    records.push(answer("b", 1, AnswerVerdict::Accepted));
    assert_eq!(still_of(records, None), Still::NotKnown);
}

#[test]
fn an_action_that_was_refused_or_in_doubt_replaces_nothing() {
    for verdict in [AnswerVerdict::Refused, AnswerVerdict::Unknown] {
        let mut records = done("a", Verb::Scale);
        records.push(written(intent("b", Verb::Scale, 1)));
        records.push(answer("b", 1, verdict));
        assert_eq!(still_of(records, None), Still::NotKnown);
    }
}

#[test]
fn an_action_is_undone_by_the_one_that_says_so() {
    let mut undo = intent("b", Verb::RollBack, 1);
    undo.undoes = Some(id("a"));
    let mut records = done("a", Verb::RollBack);
    records.push(written(undo));
    assert_eq!(still_of(records.clone(), None), Still::NotKnown);
    records.push(answer("b", 1, AnswerVerdict::Accepted));
    assert_eq!(still_of(records, None), Still::Undone { by: id("b") });
}

#[test]
fn a_run_that_was_taken_away_again_is_undone() {
    let mut undo = intent("b", Verb::Delete, 1);
    undo.object.kind = "Job".to_owned();
    undo.undoes = Some(id("a"));
    let mut records = done("a", Verb::RunNow);
    assert_eq!(still_of(records.clone(), None), Still::Nothing);
    records.push(written(undo));
    records.push(answer("b", 1, AnswerVerdict::Accepted));
    assert_eq!(still_of(records, None), Still::Undone { by: id("b") });
}

#[test]
fn what_was_never_done_never_stood() {
    let with = |record: Record| {
        let records = vec![written(intent("a", Verb::Scale, 1)), record];
        still_of(records, None)
    };
    let refused = answer("a", 1, AnswerVerdict::Refused);
    assert_eq!(with(refused), Still::Never);
    assert_eq!(with(outcome("a", OutcomeVerdict::NotDone)), Still::Never);
    let replaced = with(outcome("a", OutcomeVerdict::Replaced));
    assert_eq!(replaced, Still::Replaced { by: None });
    assert_eq!(with(outcome("a", OutcomeVerdict::Reached)), Still::NotKnown);
}

#[test]
fn the_live_object_says_whether_it_holds() {
    let replicas = |replicas| Before {
        replicas: Some(replicas),
        ..Before::default()
    };
    let of = |answered: bool, live: &Before| {
        let mut scale = intent("a", Verb::Scale, 1);
        scale.after = replicas(5);
        let mut records = vec![written(scale)];
        records.extend(answered.then(|| answer("a", 1, AnswerVerdict::Accepted)));
        still_of(records, Some(live))
    };
    assert_eq!(of(true, &replicas(5)), Still::Holds);
    assert_eq!(of(true, &replicas(2)), Still::Replaced { by: None });
    assert_eq!(of(true, &Before::default()), Still::NotKnown);
    // In doubt: another number may be that of before.
    assert_eq!(of(false, &replicas(5)), Still::Holds);
    assert_eq!(of(false, &replicas(2)), Still::NotKnown);
}

#[test]
fn of_what_is_watched_images_and_revision_tell_whether_a_template_stands() {
    let of = |revision, image: &str| Before {
        revision: Some(revision),
        images: vec![image.to_owned()],
        ..Before::default()
    };
    let mut back = intent("a", Verb::RollBack, 1);
    back.after = of(16, "cart:1");
    let records = vec![written(back), answer("a", 1, AnswerVerdict::Accepted)];
    let live = |now: &Before| still_of(records.clone(), Some(now));
    assert_eq!(live(&of(16, "cart:1")), Still::Holds);
    let replaced = Still::Replaced { by: None };
    assert_eq!(live(&of(16, "cart:2")), replaced);
    assert_eq!(live(&of(17, "cart:1")), replaced);
    assert_eq!(live(&Before::default()), Still::NotKnown);
}

/// The server took it; the controller has a while to take the step.
#[rstest]
#[case::at_once(10, false)]
#[case::long_ago(61, true)]
fn a_promotion_that_was_taken_waits_for_its_controller(#[case] age: i64, #[case] over: bool) {
    let step = |step| Before {
        step: Some(step),
        ..Before::default()
    };
    let mut canary = intent("a", Verb::Promote, 1);
    (canary.before, canary.after) = (step(1), step(2));
    let records = [written(canary), answer("a", 1, AnswerVerdict::Accepted)];
    let entry = join(records).entries.remove(0);
    let object = json!({"metadata": {"uid": "u1"}, "status": {"currentStepIndex": 1}});
    let reply = Reply::Accepted(Arc::new(Accepted {
        shown: object.clone(),
        exact: object,
        warnings: Vec::new(),
    }));
    let rollout = ObjectRef {
        cluster: crate::model::ClusterId(0),
        kind: Kind::Rollout.into(),
        namespace: "betaapp-prod".into(),
        name: "beta-back".into(),
        uid: Some(Uid::from_text("u1")),
    };
    let now = at().plus(age);
    let settled = settled(&entry, &rollout, &reply, now, now);
    let replaced = matches!(&settled, Settled::Over(it) if it.verdict == OutcomeVerdict::Replaced);
    assert_eq!(replaced, over, "{settled:?}");
    assert_eq!(settled == Settled::Again, !over);
}
