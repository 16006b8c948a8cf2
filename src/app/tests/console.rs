//! The way that lasts through the platform's console: which plan is shown, what goes first, what Watch says until it is restored.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::bench::*;
use super::lasting::{HERE, kept, next_id, put, says};
use super::preview::{accepted, sends, sizes};
use super::{deeds, preview};
use crate::action::{Action, Call, Console, Executed, Need, Reply, Through};
use crate::app::{Effect, Message};
use crate::insight::stage::{self, ENVIRONMENT, switched_namespace};
use crate::model::{Automated, Delta, Object};
use crate::viewmodel::{Deed, Standing};
use crate::wording::Language::{self, English, French};

/// A bad rollout of what the Application `beta` heals, which a set writes anew.
fn generated(language: Language, open: bool) -> Bench {
    let mut bench = kept(language);
    let console = Console {
        url: "https://console.test".to_owned(),
        open,
    };
    bench.app.options.guard.console = Some(console);
    bench.app.options.next_id = next_id;
    let mut namespace = switched_namespace("betaapp");
    namespace.meta.uid = object("betaapp-namespace").uid;
    bench.fact(Delta::Upsert(HERE, Object::Namespace(namespace)));
    beta(&mut bench, Some(stage::SELF_HEAL));
    preview::classed(&mut bench, crate::tenancy::Class::Production);
    bench
}

fn beta(bench: &mut Bench, automated: Option<Automated>) {
    let (set, mut made) = stage::generated("beta", "betaapp", automated);
    made.meta.uid = object("beta").uid;
    bench.fact(Delta::Upsert(HERE, Object::ApplicationSet(set)));
    put(bench, made);
}

fn list(autosync: bool) -> Value {
    json!([{
        "id": ENVIRONMENT, "name": "prod",
        "cpu": 0.5, "gpu": 0, "memory": 4, "autosync": autosync,
    }])
}

fn tells(autosync: bool) -> impl Fn(&Call, &Need) -> Reply {
    move |call, need| match need {
        Need::Environments => accepted(list(autosync)),
        _ => says(call, need),
    }
}

fn planned(language: Language) -> Bench {
    let mut bench = generated(language, true);
    let effects = bench.keys("R");
    bench.answer(&effects, tells(true));
    bench
}

#[test]
fn where_a_set_writes_the_application_anew_the_console_is_the_first_way() {
    let mut bench = planned(English);
    assert_snapshot!("console", sizes(&mut bench));
    let pending = bench.app.pending.as_ref().unwrap();
    assert_eq!(pending.request().through, Through::Console);
    bench.keys("L");
    assert!(!bench.app.pending.as_ref().unwrap().lasts());
    assert_snapshot!("console_fr", sizes(&mut planned(French)));
}

#[test]
fn without_a_token_the_plan_says_where_it_lasts() {
    let mut bench = generated(English, false);
    let effects = bench.keys("R");
    bench.answer(&effects, says);
    let text = bench.text();
    assert!(text.contains("no: undone within seconds"), "{text}");
    assert!(!bench.app.pending.as_ref().unwrap().lasts());
    bench.keys("L");
    let text = bench.text();
    assert!(text.contains("console's form of the environment"), "{text}");
}

#[test]
fn the_key_of_auto_sync_leads_to_the_plan_of_the_switch_and_back() {
    let mut bench = generated(English, true);
    let effects = bench.keys("P");
    bench.answer(&effects, tells(true));
    let action = |bench: &Bench| {
        let pending = bench.app.pending.as_ref().unwrap();
        pending.request().action.clone()
    };
    // A Deployment has rollouts of its own to pause.
    assert_eq!(action(&bench), Action::Pause);
    let mut bench = generated(English, true);
    bench.keys("a");
    let effects = bench.keys("P");
    bench.answer(&effects, tells(true));
    assert_eq!(action(&bench), Action::SuspendSync);
    let effects = bench.keys("L");
    bench.answer(&effects, tells(true));
    assert_eq!(action(&bench), Action::SwitchEnvironment { on: false });
    let effects = bench.keys("L");
    bench.answer(&effects, tells(true));
    assert_eq!(action(&bench), Action::SuspendSync);
}

fn answered(bench: &mut Bench, at: usize, said: Value) -> Vec<Effect> {
    let id = bench.app.deeds[at].id.clone();
    let executed = Executed::Answered(vec![accepted(said)]);
    let effects = bench.executed(id, executed);
    bench.text();
    effects
}

fn standings(deeds: &[Deed]) -> Vec<&Standing> {
    deeds.iter().map(|it| &it.standing).collect()
}

/// Argo CD reads what the console has written after minutes.
#[test]
fn the_rollback_waits_for_the_platform_and_watch_says_what_is_off_until_it_is_restored() {
    let mut bench = planned(English);
    deeds::sent(&mut bench);
    answered(&mut bench, 0, json!({"id": ENVIRONMENT}));
    bench.later(240);
    assert!(!sends(&bench.hear(Message::Tick)));
    assert_eq!(standings(&bench.app.deeds)[1], &Standing::Waiting);
    beta(&mut bench, None);
    assert!(sends(&bench.hear(Message::Tick)));
    answered(&mut bench, 1, preview::deployment());
    bench.judged(Vec::new(), Vec::new());
    bench.keys("1");
    bench.resize(132, 40);
    let text = bench.text();
    let line = "auto-sync off in the console 4m, by oncall-a";
    assert!(text.contains(line), "{text}");
    // A colleague's own journal has no such record.
    let entries = std::mem::take(&mut bench.app.book.entries);
    let text = bench.text();
    assert!(text.contains("its log tells who"), "{text}");
    bench.app.book.entries = entries;
}

#[test]
fn the_key_restores_what_a_record_says_was_taken_and_nothing_else() {
    let mut bench = planned(English);
    deeds::sent(&mut bench);
    answered(&mut bench, 0, json!({"id": ENVIRONMENT}));
    beta(&mut bench, None);
    bench.hear(Message::Tick);
    bench.keys("a");
    let effects = bench.keys("P");
    bench.answer(&effects, tells(false));
    let pending = bench.app.pending.as_ref().unwrap();
    let on = Action::SwitchEnvironment { on: true };
    assert_eq!(pending.request().action, on);
    assert!(pending.request().undoes.is_some());
    let text = bench.text();
    assert!(text.contains("console: restore"), "{text}");

    let mut bench = generated(English, true);
    beta(&mut bench, None);
    bench.keys("a");
    bench.keys("P");
    assert!(bench.app.pending.is_none());
    let text = bench.text();
    assert!(
        text.contains("Not restored: beta has no auto-sync"),
        "{text}"
    );
}
