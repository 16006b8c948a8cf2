use serde_json::json;

use super::*;
use crate::action::call::{Refused, Reply};
use crate::action::execution::{Confirmed, execution};
use crate::action::{
    ActionId, Answer, AnswerVerdict, Guard, Need, Preview, Record, Settled, Through, Who, join,
    settled, ways,
};
use crate::insight::stage::{ENVIRONMENT, HOME, PROJECT, SELF_HEAL, Stage, at, generated};
use crate::insight::stage::{application, switched_namespace};
use crate::model::{Automated, Kind, Object};

fn open() -> Guard {
    Guard {
        console: Some(Console {
            url: "https://console.test".to_owned(),
            open: true,
        }),
        ..Guard::default()
    }
}

/// An environment of the Application `back`, which a set writes anew, and of one that is its platform's own.
fn stage(automated: Option<Automated>) -> (Stage, ObjectRef) {
    let mut stage = Stage::new();
    let (set, back) = generated("back", "shop-prod", automated);
    let mut own = application("shop-env", Some(SELF_HEAL));
    own.destination.namespace = "shop-prod".into();
    own.meta.labels = [(Application::TYPE, "infrastructure")]
        .into_iter()
        .collect();
    let object = Kept {
        home: HOME,
        application: &back,
    }
    .object();
    stage.add(Object::Namespace(switched_namespace("shop-prod")));
    stage.add(Object::ApplicationSet(set));
    stage.add(Object::Application(Box::new(back)));
    stage.add(Object::Application(Box::new(own)));
    (stage, object)
}

fn with_world<T>(stage: &Stage, guard: &Guard, told: impl FnOnce(&World<'_>) -> T) -> T {
    told(&World {
        store: &stage.store,
        places: &stage.places(),
        guard,
        now: at(100),
    })
}

fn list(autosync: bool, cpu: f64) -> Value {
    json!([
        {"id": "another", "name": "dev", "cpu": 9, "gpu": 9, "memory": 9, "autosync": true},
        {
            "id": ENVIRONMENT, "name": "prod\u{1b}[31m", "stageId": "s", "clusterId": "c",
            "cpu": cpu, "gpu": 0, "memory": 4, "autosync": autosync,
        },
    ])
}

fn accepted(value: Value) -> Reply {
    let mut shown = value.clone();
    if let Some(name) = shown.pointer_mut("/1/name") {
        *name = json!("prod");
    }
    Reply::Accepted(
        Accepted {
            exact: value,
            shown,
            warnings: Vec::new(),
        }
        .into(),
    )
}

/// The preview with every answer in, of which `said` is the console's.
fn preview(stage: &Stage, request: Request, said: &Reply) -> Preview {
    let uid = request.object.uid.map(|it| it.to_string());
    with_world(stage, &open(), |world| {
        let mut preview = Preview::new(request, world);
        loop {
            let needs = preview.ask();
            if needs.is_empty() {
                return preview;
            }
            for (need, call) in needs {
                let reply = match need {
                    Need::Environments => {
                        assert_eq!(call.door, Door::Console);
                        let path = format!("/api/v2/projects/{PROJECT}/environments");
                        assert_eq!((call.method, call.path), (Method::Get, path));
                        said.clone()
                    }
                    Need::Object => accepted(json!({"metadata": {"uid": uid}})),
                    _ => accepted(json!({})),
                };
                preview.tell(&need, reply, world);
            }
        }
    })
}

fn switch_off(object: &ObjectRef) -> Request {
    Request::new(object.clone(), Action::SwitchEnvironment { on: false })
}

#[test]
fn what_was_read_is_written_again_with_the_switch_off() {
    let (stage, object) = stage(Some(SELF_HEAL));
    let preview = preview(&stage, switch_off(&object), &accepted(list(true, 0.5)));
    assert_eq!(preview.refusal(), None);
    let plan = preview.plan().unwrap().as_ref().unwrap();
    let [step] = plan.steps.as_slice() else {
        unreachable!("{:?}", plan.steps)
    };
    let call = &step.call;
    assert_eq!((call.method, call.door), (Method::Put, Door::Console));
    let path = format!("/api/v2/projects/{PROJECT}/environments/{ENVIRONMENT}");
    assert_eq!(call.path, path);
    let body = json!({"cpu": 0.5, "gpu": 0, "memory": 4, "autosync": false});
    assert_eq!(call.body, Some(body));
    assert!(call.writes());
    let wide = Note::EnvironmentWide {
        environment: "prod".to_owned(),
        applications: vec!["back".into()],
    };
    assert!(plan.notes.contains(&wide), "{:?}", plan.notes);
    assert_eq!(preview.hold().unwrap().verdict, HoldVerdict::Holds);
    // Somebody may change its quota meanwhile.
    let Reply::Accepted(now) = accepted(list(true, 0.5)) else {
        unreachable!()
    };
    let Reply::Accepted(changed) = accepted(list(true, 1.0)) else {
        unreachable!()
    };
    let seen = call.seen.as_ref().unwrap();
    assert!(seen.stands(&now) && !seen.stands(&changed));
    assert!(!seen.call(HOME).writes());
}

#[test]
fn what_the_console_does_not_tell_plainly_is_not_written() {
    let (stage, object) = stage(Some(SELF_HEAL));
    let refused = |said: Reply| preview(&stage, switch_off(&object), &said).refusal();
    let without = |field: &str| {
        let mut list = list(true, 0.5);
        list[1][field] = Value::Null;
        accepted(list)
    };
    for field in ["id", "cpu", "gpu", "memory", "autosync"] {
        assert_eq!(refused(without(field)), Some(Refusal::NoEnvironment));
    }
    let off = accepted(list(false, 0.5));
    assert_eq!(refused(off), Some(Refusal::SwitchedOff));
    let no = |code| {
        Reply::Refused(Refused {
            code,
            reason: "Forbidden".into(),
            message: "no".into(),
            warnings: Vec::new(),
        })
    };
    assert_eq!(refused(no(404)), Some(Refusal::NoEnvironment));
    let told = Refusal::ReadRefused {
        code: 403,
        message: "no".into(),
    };
    assert_eq!(refused(no(403)), Some(told));
}

#[test]
fn it_is_a_way_where_a_set_writes_the_application_anew_and_a_token_is_there() {
    let (stage, object) = stage(Some(SELF_HEAL));
    let suspend = Request::new(object.clone(), Action::SuspendSync);
    let told = |guard: &Guard| {
        with_world(&stage, guard, |world| {
            let ways = ways(world, &suspend).into_iter().map(|it| it.through);
            (
                ways.collect::<Vec<_>>(),
                unreached(world, &suspend).is_some(),
            )
        })
    };
    assert_eq!(told(&open()), (vec![Through::Console], false));
    assert_eq!(told(&Guard::default()), (Vec::new(), true));
    let mut known = open();
    known.console.as_mut().unwrap().open = false;
    assert_eq!(told(&known), (Vec::new(), true));
    let switch = switch(&stage.store, &object).unwrap();
    let page = known.console.unwrap().page(&switch);
    assert_eq!(page, "https://console.test/projects/shop");
}

/// The record of its being switched off, from the store where it was on.
fn record() -> Intent {
    let (stage, object) = stage(Some(SELF_HEAL));
    let preview = preview(&stage, switch_off(&object), &accepted(list(true, 0.5)));
    let confirmed = Confirmed {
        id: ActionId("a".to_owned()),
        who: Who::default(),
        reason: "INC-7".to_owned(),
    };
    let sent = with_world(&stage, &open(), |world| {
        execution(&preview, world, confirmed).unwrap().unwrap()
    });
    sent.intent
}

fn answered(intent: Intent, verdict: AnswerVerdict) -> Vec<Entry> {
    let answer = Answer {
        id: intent.id.clone(),
        at: at(101),
        audit_id: intent.sends[0].audit_id.clone(),
        verdict,
        code: None,
        message: String::new(),
        warnings: Vec::new(),
    };
    join([Record::Intent(Box::new(intent)), Record::Answer(answer)]).entries
}

#[test]
fn it_is_given_back_by_the_record_of_what_took_it_away_and_never_without_one() {
    let (stage, object) = stage(None);
    let entries = answered(record(), AnswerVerdict::Accepted);
    let request = restore(&stage.store, &entries, &object).unwrap();
    assert_eq!(request.action, Action::SwitchEnvironment { on: true });
    assert_eq!(request.undoes.as_ref().unwrap().id.0, "a");
    let by_undo = with_world(&stage, &open(), |world| {
        undo::undo(world, &entries[0].intent)
    });
    assert_eq!(by_undo.unwrap().action, request.action);
    assert_eq!(restore(&stage.store, &[], &object), None);
    let refused = answered(record(), AnswerVerdict::Refused);
    assert_eq!(restore(&stage.store, &refused, &object), None);
    // What came back on the way needs none of it.
    let preview = preview(&stage, request, &accepted(list(true, 0.5)));
    assert_eq!(preview.refusal(), Some(Refusal::AutoSyncOn));
    let (on, object) = self::stage(Some(SELF_HEAL));
    assert_eq!(restore(&on.store, &entries, &object), None);
}

#[test]
fn the_record_has_what_was_there_and_no_token() {
    let text = serde_json::to_string(&record()).unwrap();
    let kept: Intent = serde_json::from_str(&text).unwrap();
    let environment = kept.before.environment.unwrap();
    assert_eq!(environment.cpu.as_f64(), Some(0.5));
    assert_eq!(
        (kept.before.auto_sync, kept.after.auto_sync),
        (Some(true), Some(false))
    );
    assert_eq!(kept.sends[0].method, "PUT");
    assert!(!text.contains("token"), "{text}");
}

#[test]
fn an_unanswered_switch_is_read_again_and_told_by_the_environment() {
    let (_, object) = stage(Some(SELF_HEAL));
    let entries = answered(record(), AnswerVerdict::Unknown);
    let told = |said: Reply, now: i64| settled(&entries[0], &object, &said, at(now), at(now));
    let done = told(accepted(list(false, 0.5)), 110);
    assert!(matches!(done, Settled::Follow(_)), "{done:?}");
    assert_eq!(told(accepted(list(true, 0.5)), 110), Settled::Again);
    let not = told(accepted(list(true, 0.5)), 100 + 181);
    assert!(matches!(not, Settled::Over(_)), "{not:?}");
    let unread = Reply::NotSent(crate::action::Unsent::NoConsole);
    assert_eq!(told(unread, 400), Settled::Again);
    assert_eq!(object.kind, Kind::Application);
}
