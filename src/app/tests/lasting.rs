//! The way that lasts: what goes first, what waits for it, and the plan alone.

use std::sync::atomic::{AtomicU64, Ordering};

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::bench::*;
use super::preview::{accepted, classed, deployment, sends, sizes, willing};
use super::{deeds, history};
use crate::action::{
    Action, ActionId, Before, Call, Executed, Need, OutcomeVerdict, Reached, Reply, Request, Undone,
};
use crate::app::{Effect, Message};
use crate::insight::stage;
use crate::model::{Application, Automated, ClusterId, Delta, Kind, Object, ObjectKind, ObjectRef};
use crate::tenancy::Class;
use crate::viewmodel::{Deed, Standing};
use crate::wording::Language::{self, English, French};

pub(super) const HERE: ClusterId = ClusterId(1);

pub(super) fn next_id() -> ActionId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ActionId(format!("{:010x}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

fn beta(automated: Automated) -> Application {
    let mut beta = stage::application("beta", Some(automated));
    beta.meta.uid = object("beta").uid;
    beta
}

fn off() -> Automated {
    Automated {
        enabled: Some(false),
        ..stage::SELF_HEAL
    }
}

pub(super) fn put(bench: &mut Bench, application: Application) {
    let object = Object::Application(Box::new(application));
    bench.fact(Delta::Upsert(HERE, object));
}

/// A bad rollout of what the Application `beta` heals.
pub(super) fn kept(language: Language) -> Bench {
    let mut bench = history::stuck(language);
    let cluster = bench.app.store.cluster(HERE).unwrap();
    let mut workload = cluster.workload(object("beta-back").uid).unwrap().clone();
    stage::track(
        &mut workload.meta,
        &ObjectKind::from(Kind::Deployment),
        "beta",
    );
    bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    put(&mut bench, beta(stage::SELF_HEAL));
    classed(&mut bench, Class::Production);
    bench.app.options.next_id = next_id;
    bench.keys("4");
    bench
}

/// Git declares the image.
pub(super) fn says(call: &Call, need: &Need) -> Reply {
    let application = call.path.contains("/applications/");
    match need {
        Need::Object if application => accepted(json!({
            "metadata": {"uid": "beta", "name": "beta", "namespace": "argocd"},
            "spec": {"syncPolicy": {"automated": {"selfHeal": true}}},
        })),
        Need::DryRun(_) if application => accepted(json!({
            "spec": {"syncPolicy": {"automated": {"selfHeal": true, "enabled": false}}},
        })),
        Need::Object => {
            let mut object = deployment();
            let images = json!({"containers": [{"name": "app", "image": "any"}]});
            let declared = json!({"spec": {"template": {"spec": images}}});
            let notes = &mut object["metadata"]["annotations"];
            notes["kubectl.kubernetes.io/last-applied-configuration"] = declared.to_string().into();
            notes["argocd.argoproj.io/tracking-id"] =
                "beta:apps/Deployment:betaapp/beta-back".into();
            accepted(object)
        }
        _ => willing(call, need),
    }
}

fn planned(language: Language) -> Bench {
    let mut bench = kept(language);
    let effects = bench.keys("R");
    bench.answer(&effects, says);
    bench
}

#[test]
fn the_way_that_lasts_is_the_first_one() {
    let mut bench = planned(English);
    assert_snapshot!("lasting", sizes(&mut bench));
    let effects = bench.keys("L");
    bench.answer(&effects, says);
    assert_snapshot!("lasting_alone", sizes(&mut bench));
    assert_snapshot!("lasting_fr", sizes(&mut planned(French)));
}

fn heard(bench: &mut Bench, at: usize, object: Value) -> Vec<Effect> {
    let id = bench.app.deeds[at].id.clone();
    let answered = Executed::Answered(vec![accepted(object)]);
    let effects = bench.executed(id, answered);
    bench.text();
    effects
}

fn standings(bench: &Bench) -> Vec<Standing> {
    bench
        .app
        .deeds
        .iter()
        .map(|it| it.standing.clone())
        .collect()
}

#[test]
fn the_rollback_waits_until_auto_sync_is_seen_to_be_off() {
    let mut bench = planned(English);
    deeds::sent(&mut bench);
    assert_eq!(standings(&bench), [Standing::Sent, Standing::Waiting]);
    assert!(!sends(&heard(&mut bench, 0, json!({}))));
    assert_eq!(standings(&bench)[1], Standing::Waiting);
    put(&mut bench, beta(off()));
    let effects = bench.hear(Message::Tick);
    assert!(sends(&effects), "{effects:?}");
    assert_eq!(standings(&bench)[1], Standing::Sent);
    heard(&mut bench, 1, deployment());
    let text = bench.text();
    assert!(text.contains("your action"), "{text}");
}

#[test]
fn what_is_put_back_at_once_leaves_the_rest_untried() {
    let mut bench = planned(English);
    deeds::sent(&mut bench);
    heard(&mut bench, 0, json!({}));
    bench.later(11);
    assert!(!sends(&bench.hear(Message::Tick)));
    assert_eq!(standings(&bench)[1], Standing::NotTried);
}

/// Git says `enabled: true`, and a parent that heals puts that back.
#[test]
fn where_auto_sync_would_be_put_back_the_plan_alone_is_shown() {
    let mut bench = kept(English);
    let mut child = beta(stage::SELF_HEAL);
    stage::track(
        &mut child.meta,
        &ObjectKind::from(Kind::Application),
        "root",
    );
    put(&mut bench, child);
    put(
        &mut bench,
        stage::application("root", Some(stage::SELF_HEAL)),
    );
    let effects = bench.keys("R");
    let policy = json!({"syncPolicy": {"automated": {"selfHeal": true, "enabled": true}}});
    bench.answer(&effects, |call, need| match need {
        Need::Object if call.path.contains("/applications/") => accepted(json!({
            "metadata": {
                "uid": "beta", "name": "beta", "namespace": "argocd",
                "annotations": {
                    "argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/beta",
                    "kubectl.kubernetes.io/last-applied-configuration":
                        json!({"spec": policy}).to_string(),
                },
            },
            "spec": policy,
        })),
        _ => says(call, need),
    });
    let text = bench.text();
    assert!(text.contains("the plan alone is shown"), "{text}");
    assert!(text.contains("no: undone within seconds"), "{text}");
    assert!(!bench.app.pending.as_ref().unwrap().lasts());
}

#[test]
fn an_application_that_may_not_be_patched_leaves_the_plan_alone() {
    let mut bench = kept(English);
    let effects = bench.keys("R");
    bench.answer(&effects, |call, need| match need {
        Need::Right(right) if right.resource == "applications" => {
            accepted(json!({"status": {"allowed": false}}))
        }
        _ => says(call, need),
    });
    let text = bench.text();
    assert!(text.contains("patch applications.argoproj.io"), "{text}");
    assert!(text.contains(" L alone  "), "{text}");
    bench.keys("Enter");
    assert!(!bench.app.confirms());
    let effects = bench.keys("L");
    bench.answer(&effects, says);
    bench.keys("Enter");
    assert!(bench.app.confirms());
}

#[test]
fn what_was_taken_back_leaves_auto_sync_off_and_names_the_key() {
    let mut bench = kept(English);
    put(&mut bench, beta(off()));
    let workload = ObjectRef {
        cluster: HERE,
        kind: Kind::Deployment.into(),
        namespace: "betaapp".into(),
        name: "beta-back".into(),
        uid: Some(object("beta-back").uid),
    };
    let reached = Reached::plain(OutcomeVerdict::Reached);
    bench.app.deeds.push(Deed {
        id: next_id(),
        request: Request {
            undoes: Some(Undone {
                id: next_id(),
                left: Before::default(),
            }),
            ..Request::new(workload, Action::Scale(3))
        },
        at: bench.now.moment,
        open: None,
        steps: Vec::new(),
        hold: None,
        replies: Vec::new(),
        standing: Standing::Over(bench.now.moment, reached),
    });
    let id = bench.app.deeds[0].id.clone();
    bench.app.tell_deed(&id, bench.now);
    let text = bench.text();
    let said = "Auto-sync of beta is still off: P on its";
    assert!(text.contains(said), "{text}");
}
