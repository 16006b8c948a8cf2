//! Plans on the screen: they open at once, fill in, are confirmed by name, and nothing that was typed ahead confirms them.

use std::iter;
use std::sync::Arc;
use std::time::Duration;

use insta::assert_snapshot;
use rstest::rstest;
use serde_json::{Value, json};

use super::bench::*;
use super::deeds::{executed, sent};
use super::history::{self, stuck, template};
use crate::action::{
    Accepted, ActionId, Before, Call, Executed, Method, Moved, Need, Refusal, Refused, Reply,
    Unsent, answer, audit_id,
};
use crate::app::{Acts, App, Effect, Message, PreviewId, update};
use crate::model::{ClusterId, Delta, Feed, Kind, Object, ObjectRef, Scope, Uid, Writer};
use crate::tenancy::{Class, Places, Rule};
use crate::view::Symbols;
use crate::viewmodel::Page;
use crate::wording::Language::{self, English, French};

pub(super) fn accepted(value: Value) -> Reply {
    Reply::Accepted(Arc::new(Accepted {
        exact: value.clone(),
        shown: value,
        warnings: Vec::new(),
    }))
}

pub(super) fn refused(code: u16, message: &str) -> Reply {
    Reply::Refused(Refused {
        code,
        reason: "Forbidden".into(),
        message: message.into(),
        warnings: Vec::new(),
    })
}

pub(super) fn deployment() -> Value {
    json!({
        "metadata": {
            "uid": "beta-back", "name": "beta-back", "namespace": "betaapp", "generation": 7,
            "annotations": {
                "deployment.kubernetes.io/revision": "15",
                "kubectl.kubernetes.io/last-applied-configuration": "{}",
            },
        },
        "spec": {"replicas": 3, "template": kept(15)},
    })
}

/// As it stands in the workload.
fn kept(number: u64) -> Value {
    let mut template = template(number);
    template["metadata"]["labels"] = json!({"app": "beta-back"});
    template
}

/// What a willing server says.
pub(super) fn willing(call: &Call, need: &Need) -> Reply {
    accepted(match need {
        Need::Object => deployment(),
        Need::Holder | Need::Keeper => json!({"metadata": {}, "spec": {"template": template(14)}}),
        Need::Scale => json!({"metadata": {"uid": "beta-back"}, "spec": {"replicas": 3}}),
        Need::Myself => json!({"status": {"userInfo": {"username": "oncall-a"}}}),
        Need::Right(_) | Need::PodRight => json!({"status": {"allowed": true}}),
        Need::DryRun(_) | Need::Pod => {
            assert!(!call.writes(), "{call:?}");
            json!({})
        }
        Need::Exists(_)
        | Need::Vertical
        | Need::Settings(_)
        | Need::Environments
        | Need::Rules(..) => json!({}),
    })
}

pub(super) type Asked = Vec<(PreviewId, Need, Call)>;

pub(super) fn asked(effects: &[Effect]) -> Asked {
    let asked = effects.iter().filter_map(|it| match it {
        Effect::Ask(asked) => Some(asked.clone()),
        _ => None,
    });
    asked.flatten().collect()
}

impl Bench {
    /// What the executor says, with the records that it has written by then.
    pub(super) fn executed(&mut self, id: ActionId, executed: Executed) -> Vec<Effect> {
        let replies = match &executed {
            Executed::NotJournaled(_) => &[][..],
            Executed::Refused(_) => &[Reply::NotSent(Unsent::ReadOnly)],
            Executed::Answered(replies) => replies,
        };
        let now = self.now.moment;
        let record = |(step, reply)| answer(&id, &audit_id(&id, step), reply, now);
        let answers = replies.iter().enumerate().map(record).collect();
        self.hear(Message::Acts(Acts::Executed(id, executed, answers)))
    }

    pub(super) fn hear(&mut self, message: Message) -> Vec<Effect> {
        update(&mut self.app, message, self.now)
    }

    /// Answers until nothing is asked any more.
    pub(super) fn answer(&mut self, effects: &[Effect], say: impl Fn(&Call, &Need) -> Reply) {
        let mut open = asked(effects);
        while let Some((id, need, call)) = open.pop() {
            let reply = say(&call, &need);
            let effects = self.hear(Message::Acts(Acts::Replied(id, need, reply)));
            open.extend(asked(&effects));
        }
        self.text();
    }

    /// Frames come between the keys, as a person sees them.
    pub(super) fn types_slowly(&mut self, text: &str) {
        for letter in text.chars() {
            self.types(&letter.to_string());
            self.text();
        }
    }
}

pub(super) fn classed(bench: &mut Bench, class: Class) {
    let rule = Rule {
        namespaces: vec!["betaapp".to_owned()],
        tenant: Some("betaapp".to_owned()),
        environment: Some("prod".to_owned()),
        class: Some(class),
        ..Rule::default()
    };
    bench.app.options.rules.rules = vec![rule];
    bench.app.places = Places::resolve(&bench.app.store, &bench.app.options.rules);
}

/// In production.
pub(super) fn night_of(language: Language) -> Bench {
    let mut bench = stuck(language);
    classed(&mut bench, Class::Production);
    bench.keys("4");
    bench
}

pub(super) fn planned(language: Language) -> Bench {
    let mut bench = night_of(language);
    let effects = bench.keys("R");
    bench.answer(&effects, willing);
    bench
}

pub(super) fn sizes(bench: &mut Bench) -> String {
    let mut all = String::new();
    for size in [(80, 24), (132, 40), (60, 24), (40, 12)] {
        bench.resize(size.0, size.1);
        all.push_str(&bench.text());
        all.push('\n');
    }
    bench.resize(80, 24);
    all
}

#[rstest]
#[case(English, "preview")]
#[case(French, "preview_fr")]
fn a_complete_preview(#[case] language: Language, #[case] name: &str) {
    assert_snapshot!(name, sizes(&mut planned(language)));
}

#[test]
fn its_rules_are_drawn_without_unicode_too() {
    let mut bench = planned(English);
    bench.app.options.symbols = Symbols::Ascii;
    let text = bench.text();
    assert!(text.is_ascii(), "{text}");
    assert!(text.contains(" -- will it hold? ------"), "{text}");
}

#[test]
fn it_opens_at_once_and_says_what_it_waits_for() {
    let mut bench = night_of(English);
    let effects = bench.keys("R");
    assert!(matches!(bench.app.trail.page(), Page::Preview(_)));
    let needs: Vec<_> = asked(&effects)
        .into_iter()
        .map(|(_, need, _)| need)
        .collect();
    assert_eq!(needs, [Need::Object, Need::Keeper, Need::Myself]);
    assert_snapshot!("preview_asking", sizes(&mut bench));
    // Not all is answered: nothing to confirm.
    bench.keys("Enter");
    assert!(!bench.app.confirms());
    assert!(bench.text().contains("Not all is answered yet"));
}

#[test]
fn a_refusal_takes_the_place_of_the_rest() {
    let mut bench = night_of(English);
    let effects = bench.keys("R");
    bench.answer(&effects, |call, need| match need {
        Need::Keeper => refused(404, "not found"),
        _ => willing(call, need),
    });
    assert_snapshot!("preview_refused", sizes(&mut bench));
}

#[test]
fn a_right_that_is_denied_is_asked_for_as_text() {
    let mut bench = night_of(English);
    let effects = bench.keys("R");
    bench.answer(&effects, |call, need| match need {
        Need::Right(_) => accepted(json!({"status": {"allowed": false}})),
        _ => willing(call, need),
    });
    let text = bench.text();
    assert!(
        text.contains("Not allowed: patch deployments.apps"),
        "{text}"
    );
    bench.keys("Enter");
    assert!(!bench.app.confirms());
    bench.keys("c");
    let text = bench.text();
    assert!(text.contains("the request as text"), "{text}");
}

#[test]
fn read_only_shows_the_plan_and_asks_for_no_dry_run() {
    let mut bench = night_of(English);
    bench.app.options.guard.read_only.insert(ClusterId(1));
    let text = bench.text();
    assert!(text.contains("(R) roll back"), "{text}");
    let effects = bench.keys("R");
    bench.answer(&effects, |call, need| {
        assert!(!matches!(need, Need::DryRun(_) | Need::Pod), "{need:?}");
        willing(call, need)
    });
    assert_snapshot!("preview_read_only", sizes(&mut bench));
    bench.keys("Enter");
    assert!(!bench.app.confirms());
}

#[test]
fn a_number_is_typed_or_stepped_and_asked_about_once_the_hand_rests() {
    let mut bench = night_of(English);
    let effects = bench.keys("S");
    bench.answer(&effects, willing);
    assert!(
        bench
            .text()
            .contains("Nothing to do: beta-back has 3 replicas already")
    );
    assert_eq!(asked(&bench.keys("+ +")), []);
    assert!(bench.text().contains("[ 5 ]"));
    assert_eq!(asked(&bench.keys("1 2")), []);
    assert!(bench.text().contains("[ 12 ]"));
    assert!(matches!(bench.app.trail.page(), Page::Preview(_)));
    assert_eq!(asked(&bench.keys("Back -")), []);
    assert!(bench.text().contains("[ 0 ]"));
    assert_eq!(asked(&bench.keys("8")), []);
    let effects = bench.asks();
    let paths: Vec<_> = asked(&effects)
        .into_iter()
        .map(|(.., call)| call.path)
        .collect();
    assert!(
        paths.iter().any(|it| it.ends_with("/beta-back/scale")),
        "{paths:?}"
    );
    bench.answer(&effects, willing);
    assert_snapshot!("preview_scale", sizes(&mut bench));
}

#[test]
fn a_name_is_typed_before_anything_is_sent() {
    let mut bench = planned(English);
    bench.keys("Enter");
    assert!(bench.app.confirms());
    bench.types_slowly("INC-2314");
    bench.keys("Tab");
    bench.types_slowly("betaapp/pro");
    assert_snapshot!("confirm", sizes(&mut bench));
    assert_eq!(bench.keys("Enter"), []);
    bench.types_slowly("d");
    let effects = bench.keys("Enter");
    let [Effect::Execute(execution)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(execution.intent.reason, "INC-2314");
    assert_eq!(execution.intent.who.kube, "oncall-a");
    let methods: Vec<_> = execution.calls.iter().map(|it| it.method).collect();
    assert_eq!(methods, [Method::Patch]);
    // Once.
    assert_eq!(bench.keys("Enter"), []);
    assert!(!bench.app.confirms());
}

/// Keys in one go, without a frame between them.
fn burst(app: &mut App, now: crate::app::Now, keys: &str) -> Vec<Effect> {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    let mut effects = Vec::new();
    for letter in keys.chars() {
        let code = match letter {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            letter => KeyCode::Char(letter),
        };
        let event = KeyEvent::new(code, KeyModifiers::NONE);
        effects.extend(update(app, Message::Key(event), now));
    }
    effects
}

pub(super) fn sends(effects: &[Effect]) -> bool {
    effects.iter().any(|it| matches!(it, Effect::Execute(_)))
}

#[test]
fn what_was_typed_ahead_never_confirms() {
    let mut bench = night_of(English);
    let now = bench.now;
    let effects = burst(&mut bench.app, now, "R\n\n\tbetaapp/prod\n\n");
    assert!(!sends(&effects));
    // Also when everything is answered already.
    let mut bench = planned(English);
    let effects = burst(&mut bench.app, now, "\n\tbetaapp/prod\n\n");
    assert!(!sends(&effects));
    bench.text();
    assert!(
        bench
            .text()
            .contains("Nothing is sent until the name is complete")
    );
    // The frame showed the box, not yet the name complete.
    let effects = burst(&mut bench.app, now, "\tbetaapp/prod\n\n");
    assert!(!sends(&effects));
    bench.text();
    assert!(sends(&burst(&mut bench.app, now, "\n")));
}

#[test]
fn who_was_faster_is_shown_and_nothing_is_sent_again() {
    let mut bench = planned(English);
    sent(&mut bench);
    let before = |revision, image: &str| Before {
        revision: Some(revision),
        images: vec![image.to_owned()],
        ..Before::default()
    };
    let moved = Moved {
        by: Some(Writer {
            name: "argocd-controller".into(),
            at: Some(night().plus(-73)),
        }),
        was: before(15, "beta-back:2.15.0"),
        now: before(16, "beta-back:2.14.0"),
        fields: Vec::new(),
    };
    executed(
        &mut bench,
        Executed::Refused(Box::new(Refusal::Moved(Box::new(moved)))),
    );
    assert_snapshot!("preview_moved", sizes(&mut bench));
    assert_eq!(bench.keys("Enter"), []);
    // A new plan asks everything anew.
    let effects = bench.keys("R");
    assert!(
        asked(&effects)
            .iter()
            .any(|(_, need, _)| *need == Need::Object)
    );
}

#[test]
fn a_plan_goes_with_its_page_and_an_answer_to_an_old_one_changes_nothing() {
    let mut bench = night_of(English);
    let effects = bench.keys("R");
    let (id, need, call) = asked(&effects).remove(0);
    bench.keys("Esc");
    assert_eq!(*bench.app.trail.page(), Page::Deployments);
    assert!(bench.app.pending.is_none());
    bench.keys("R");
    bench.hear(Message::Acts(Acts::Replied(
        id,
        need.clone(),
        willing(&call, &need),
    )));
    assert!(bench.app.pending.is_some());
    let text = bench.text();
    assert!(!text.contains("rev 15"), "{text}");
}

#[test]
fn in_a_history_the_revision_under_the_cursor_is_meant() {
    let mut bench = night_of(English);
    bench.keys("h G R");
    let page = bench.app.trail.page().clone();
    assert!(matches!(page, Page::Preview(_)), "{page:?}");
    assert!(bench.text().contains("roll back beta-back to revision 13"));
    // The one that runs is no way back.
    bench.keys("Esc g R");
    let text = bench.text();
    assert!(
        text.contains("Nothing to do: revision 15 is what runs"),
        "{text}"
    );
}

#[test]
fn what_a_row_does_not_know_is_said_and_not_offered() {
    let mut bench = night_of(English);
    bench.keys(":");
    bench.types("suspend cronjob");
    let text = bench.text();
    assert!(!text.contains("suspend cronjob "), "{text}");
    bench.keys("Esc Space S");
    let text = bench.text();
    assert!(text.contains("a number is asked for one object"), "{text}");
    assert_eq!(*bench.app.trail.page(), Page::Deployments);
}

#[test]
fn a_revision_that_nobody_saw_run_well_is_chosen_in_the_history() {
    let mut bench = Bench::new(English);
    bench.read_all();
    for fact in history::facts(false) {
        // The pods of the one before are gone: only its name is left.
        let kept = match &fact {
            Delta::Upsert(_, Object::Pod(_)) => false,
            Delta::Upsert(_, Object::ReplicaSet(set)) => set.revision != 14,
            _ => true,
        };
        if kept {
            bench.fact(fact);
        }
    }
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("4");
    assert_eq!(asked(&bench.keys("R")), []);
    assert!(matches!(bench.app.trail.page(), Page::History(_)));
    assert!(
        bench.selected().starts_with("▌□  13"),
        "{}",
        bench.selected()
    );
    let text = bench.text();
    assert!(
        text.contains("Nobody saw whether revision 13 ran well"),
        "{text}"
    );
    assert_ne!(asked(&bench.keys("R")), []);
}

#[test]
fn without_production_no_name_is_asked_for_and_one_key_sends_once_it_was_seen() {
    let mut bench = planned(English);
    classed(&mut bench, Class::NonProduction);
    let now = bench.now;
    assert!(!sends(&burst(&mut bench.app, now, "\n\n")));
    let text = bench.text();
    assert!(text.contains("Enter sends it"), "{text}");
    assert!(!text.contains("reason"), "{text}");
    // A key that bounces.
    assert!(!sends(&bench.keys("Enter")));
    bench.later(1);
    assert!(sends(&bench.keys("Enter")));
}

/// Over ssh a key that is held comes as presses like any other.
#[test]
fn a_key_that_is_held_does_not_pass_from_the_plan_to_the_write() {
    let mut bench = planned(English);
    classed(&mut bench, Class::NonProduction);
    bench.keys("Enter");
    bench.text();
    for pause in iter::once(660).chain([33; 60]) {
        bench.now.at += Duration::from_millis(pause);
        assert!(!sends(&bench.keys("Enter")), "after {pause} ms");
        bench.text();
    }
    assert!(bench.app.confirms());
    bench.later(1);
    assert!(sends(&bench.keys("Enter")));
}

#[test]
fn the_name_is_asked_for_once_it_is_read_whose_the_namespace_is() {
    let mut bench = planned(English);
    let namespace = Uid::from_text("1betaapp");
    let scope = Scope {
        cluster: ClusterId(1),
        kind: Kind::Namespace,
        namespace: Some("betaapp".into()),
    };
    let reading = Feed::Reading {
        seen: 0,
        total: None,
    };
    bench.fact(Delta::Feed(scope.clone(), reading));
    bench.fact(Delta::Remove(ClusterId(1), Kind::Namespace, namespace));
    bench.app.places = Places::resolve(&bench.app.store, &bench.app.options.rules);
    bench.keys("Enter");
    assert!(!bench.app.confirms());
    let text = bench.text();
    assert!(text.contains("Reading namespaces\u{2026}"), "{text}");
    bench.fact(Delta::ListStart(scope.clone()));
    bench.fact(Delta::ListEnd(scope));
    bench.keys("Enter");
    assert!(bench.app.confirms());
}

#[rstest]
#[case::watch("1")]
#[case::deployments("4")]
#[case::tenant("1 Enter")]
#[case::events("4 e")]
#[case::rollout("4 w")]
#[case::history("4 h j")]
fn it_opens_from_wherever_the_workload_is_looked_at(#[case] way: &str) {
    let mut bench = night_of(English);
    bench.keys(way);
    let effects = bench.keys("R");
    let text = bench.text();
    assert!(!asked(&effects).is_empty(), "{text}");
    assert!(
        text.contains("roll back beta-back to revision 14"),
        "{text}"
    );
}

#[test]
fn a_pod_of_a_workload_leads_to_it_and_can_itself_be_evicted() {
    let mut bench = night_of(English);
    let cluster = bench.app.store.cluster(ClusterId(1)).unwrap();
    let names = cluster.pods().map(|it| it.name().to_string());
    let names: Vec<_> = names.collect();
    let name = names.into_iter().find(|it| it.starts_with("beta-back"));
    let name = name.unwrap();
    bench.keys("C-f");
    bench.types(&name);
    bench.keys("Enter R");
    let text = bench.text();
    assert!(
        text.contains("roll back beta-back to revision 14"),
        "{text}"
    );
    bench.keys("Esc :");
    bench.types("evict");
    let effects = bench.keys("Enter");
    let uid = object_of(&bench).uid.unwrap().to_string();
    bench.answer(&effects, |call, need| match need {
        Need::Object => accepted(json!({"metadata": {"uid": uid}})),
        _ => willing(call, need),
    });
    let text = bench.text();
    assert!(text.contains(&format!("evict {name}")), "{text}");
    assert!(
        text.contains("a pod that is gone does not come back"),
        "{text}"
    );
}

fn object_of(bench: &Bench) -> ObjectRef {
    match bench.app.trail.page() {
        Page::Preview(object) => object.clone(),
        page => panic!("{page:?}"),
    }
}

#[test]
fn what_is_not_to_be_seen_is_not_confirmed() {
    let mut bench = planned(English);
    bench.keys("Enter");
    assert!(bench.app.confirms());
    bench.resize(30, 8);
    bench.text();
    assert!(!bench.app.confirms());
    bench.keys("Enter");
    assert!(!bench.app.confirms());
}
