use rstest::rstest;
use serde_json::json;

use super::*;
use crate::action::{Accepted, Action, Guard, Need, Preview, Reply, Request, Undone, World};
use crate::insight::stage::{SELF_HEAL, Stage, application};
use crate::model::{ApplicationSet, ClusterId, Kind, Meta, Object, ObjectRef, Owner, Uid};

const OURS: &str = r#"{"skip":"","by":"ann","reason":"INC-7"}"#;

fn live(annotations: &Value) -> Value {
    json!({
        "metadata": {"uid": "u", "annotations": annotations},
        "spec": {"syncPolicy": {"automated": {"selfHeal": true}}},
        "status": {"operationState": {"phase": "Succeeded", "startedAt": "2026-11-24T02:00:00Z"}},
    })
}

fn object() -> ObjectRef {
    ObjectRef {
        cluster: ClusterId(0),
        kind: Kind::Application.into(),
        namespace: "argocd".into(),
        name: "beta".into(),
        uid: Some(Uid::from_text("u")),
    }
}

fn accepted(body: &Value) -> Reply {
    Reply::Accepted(std::sync::Arc::new(Accepted {
        exact: body.clone(),
        shown: body.clone(),
        warnings: Vec::new(),
    }))
}

fn in_world<T>(stage: &Stage, with: impl FnOnce(&World<'_>) -> T) -> T {
    with(&World {
        store: &stage.store,
        places: &stage.places(),
        guard: &Guard::default(),
        now: stage.now,
    })
}

/// As far as its dry run, of which an Argo CD before 3.1 answers the object without the field.
fn previewed(stage: &Stage, request: Request, live: &Value) -> Preview {
    in_world(stage, |world| {
        let mut preview = Preview::new(request, world);
        while let Some((need, _)) = preview
            .ask()
            .into_iter()
            .find(|(need, _)| matches!(need, Need::Object | Need::DryRun(_)))
        {
            preview.tell(&need, accepted(live), world);
        }
        preview
    })
}

fn plan(preview: &Preview) -> Result<Plan, Refusal> {
    preview.plan().cloned().unwrap()
}

fn written(plan: &Plan) -> Vec<(String, Value)> {
    let body = plan.steps[0].call.body.as_ref().unwrap();
    let changes = body.as_array().unwrap().iter();
    changes
        .filter(|it| it["op"] != "test")
        .map(|it| (it["path"].as_str().unwrap().to_owned(), it["value"].clone()))
        .collect()
}

fn note_place() -> String {
    annotation(Application::SUSPENDED)
}

#[rstest]
#[case::without_annotations(Value::Null, true)]
#[case::with_others(json!({"team": "x"}), false)]
fn an_argo_cd_without_the_field_is_told_not_to_look(
    #[case] annotations: Value,
    #[case] made: bool,
) {
    let request = Request::new(object(), Action::SuspendSync);
    let plan = plan(&previewed(&Stage::new(), request, &live(&annotations))).unwrap();
    let mut expected = vec![
        (place(), json!("true")),
        (note_place(), json!(r#"{"skip":""}"#)),
    ];
    if made {
        expected.insert(0, ("/metadata/annotations".to_owned(), json!({})));
    }
    assert_eq!(written(&plan), expected);
    assert_eq!((plan.after.skips, plan.after.auto_sync), (Some(true), None));
    assert!(plan.notes.contains(&Note::Frozen));
}

#[test]
fn nothing_that_is_under_way_is_left_half_way() {
    let mut live = live(&Value::Null);
    live["operation"] = json!({"sync": {}});
    let request = Request::new(object(), Action::SuspendSync);
    let told = plan(&previewed(&Stage::new(), request, &live));
    assert!(matches!(told, Err(Refusal::Busy(_))), "{told:?}");
}

#[test]
fn twice_keeps_what_was_there_first() {
    let skipped = live(&json!({Application::SKIP_RECONCILE: "true", Application::SUSPENDED: OURS}));
    let request = Request::new(object(), Action::SuspendSync);
    let told = plan(&previewed(&Stage::new(), request, &skipped));
    assert_eq!(told.err(), Some(Refusal::AutoSyncSuspended));
}

#[rstest]
#[case::ours(json!({Application::SUSPENDED: OURS}), true, true)]
#[case::by_somebody_else(json!({}), false, false)]
// What is off by `enabled`, too, is restored after it, from its own note.
#[case::with_the_note_of_the_other_way(json!({Application::SUSPENDED: r#"{"by":"bob"}"#}), false, false)]
fn a_refresh_goes_with_the_restore(
    #[case] mut annotations: Value,
    #[case] noted: bool,
    #[case] told: bool,
) {
    annotations[Application::SKIP_RECONCILE] = json!("true");
    let request = Request::new(object(), Action::RestoreSync);
    let plan = plan(&previewed(&Stage::new(), request, &live(&annotations))).unwrap();
    let mut expected = vec![(place(), Value::Null)];
    expected.extend(noted.then(|| (note_place(), Value::Null)));
    expected.push((annotation(sync::REFRESH), json!("normal")));
    assert_eq!(written(&plan), expected);
    assert!(plan.notes.contains(&Note::LooksAgain { syncs: true }));
    let by = plan.notes.contains(&Note::SuspendedBy {
        by: "ann".to_owned(),
        reason: "INC-7".to_owned(),
    });
    assert_eq!(by, told);
}

#[test]
fn what_said_something_else_before_says_it_again() {
    let note = r#"{"skip":"false","by":"ann","reason":""}"#;
    let annotations = json!({Application::SKIP_RECONCILE: "true", Application::SUSPENDED: note});
    let request = Request::new(object(), Action::RestoreSync);
    let plan = plan(&previewed(&Stage::new(), request, &live(&annotations))).unwrap();
    assert_eq!(written(&plan)[0], (place(), json!("false")));
}

#[test]
fn what_took_it_off_is_taken_back_by_the_same_way() {
    let request = Request {
        undoes: Some(Undone {
            id: crate::action::ActionId("a1".to_owned()),
            left: Before {
                skips: Some(false),
                ..Before::default()
            },
        }),
        ..Request::new(object(), Action::SuspendSync)
    };
    let told = plan(&previewed(&Stage::new(), request, &live(&Value::Null))).unwrap();
    assert_eq!(told.after.skips, Some(true));
}

#[rstest]
#[case(Action::Sync { prune: false })]
#[case(Action::Refresh { hard: true })]
#[case(Action::Redeploy { entry: None })]
fn what_nobody_would_do_is_not_asked_for(#[case] action: Action) {
    let skipped = live(&json!({Application::SKIP_RECONCILE: "true"}));
    let mut preview = previewed(&Stage::new(), Request::new(object(), action), &skipped);
    in_world(&Stage::new(), |world| {
        preview.tell(&Need::Myself, accepted(&Value::Null), world);
    });
    assert_eq!(plan(&preview).err(), Some(Refusal::Skipped));
}

#[rstest]
#[case::put_back(vec![], Some(crate::action::HoldVerdict::UndoneWithinSeconds))]
#[case::left_alone(vec![Application::SKIP_RECONCILE.into()], Some(crate::action::HoldVerdict::Holds))]
fn a_set_puts_it_back_unless_it_preserves_it(
    #[case] preserved: Vec<crate::model::Text>,
    #[case] verdict: Option<crate::action::HoldVerdict>,
) {
    let mut stage = Stage::new();
    let set = ApplicationSet {
        meta: Meta {
            uid: Uid::from_text("set"),
            ..application("beta", None).meta
        },
        policy: "".into(),
        ignored: Vec::new(),
        preserved,
        conditions: Vec::new(),
    };
    let mut app = application("beta", Some(SELF_HEAL));
    app.meta.uid = Uid::from_text("u");
    app.meta.owner = Some(Owner {
        kind: Kind::ApplicationSet.name().into(),
        name: "beta".into(),
        uid: set.meta.uid,
    });
    stage.add(Object::ApplicationSet(set));
    stage.add(Object::Application(Box::new(app)));
    let request = Request::new(object(), Action::SuspendSync);
    let preview = previewed(&stage, request, &live(&Value::Null));
    assert_eq!(preview.hold().map(|it| it.verdict), verdict);
}
