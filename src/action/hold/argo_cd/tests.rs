use std::sync::Arc;

use rstest::rstest;
use serde_json::json;

use super::*;
use crate::action::call::{Refused, Reply};
use crate::action::{Action, Detail, Guard, Need, Preview, Request, Subject};
use crate::insight::stage::{HOME, SELF_HEAL, Stage, application};
use crate::model::Object;

/// A Deployment that the Application `root` applied, with that number of replicas.
fn live() -> Value {
    let declared = json!({"spec": {"replicas": 2}}).to_string();
    json!({
        "kind": "Deployment",
        "metadata": {
            "name": "cart", "namespace": "shop", "uid": "u1",
            "annotations": {
                Application::TRACKING_ID: "root:apps/Deployment:shop/cart",
                "kubectl.kubernetes.io/last-applied-configuration": declared,
            },
        },
        "spec": {"replicas": 2, "template": {}},
    })
}

fn accepted(document: &Value) -> Reply {
    Reply::Accepted(Arc::new(Accepted {
        exact: document.clone(),
        shown: document.clone(),
        warnings: Vec::new(),
    }))
}

/// Of a scale under an Application that heals, with what was asked for it.
fn previewed(application: Application, settings: Option<&Reply>) -> (Preview, Vec<String>) {
    let mut stage = Stage::new();
    stage.add(Object::Application(Box::new(application)));
    let (places, guard) = (stage.places(), Guard::default());
    let world = World {
        store: &stage.store,
        places: &places,
        guard: &guard,
        now: stage.now,
    };
    let object = ObjectRef {
        cluster: HOME,
        kind: Kind::Deployment.into(),
        namespace: "shop".into(),
        name: "cart".into(),
        uid: None,
    };
    let mut preview = Preview::new(Request::new(object, Action::Scale(5)), &world);
    let mut asked = Vec::new();
    loop {
        let needs = preview.ask();
        if needs.is_empty() {
            return (preview, asked);
        }
        for (need, call) in needs {
            let reply = match &need {
                Need::Object | Need::Scale => Some(accepted(&live())),
                Need::Settings(_) => {
                    asked.push(call.path);
                    settings.cloned()
                }
                _ => Some(accepted(&json!({"status": {"allowed": true}}))),
            };
            if let Some(reply) = reply {
                preview.tell(&need, reply, &world);
            }
        }
    }
}

fn heals() -> Application {
    application("root", Some(SELF_HEAL))
}

const MAP: &str = "/api/v1/namespaces/argocd/configmaps/argocd-cm";

#[rstest]
#[case::left_out(
    "apps_Deployment",
    "jsonPointers: [/spec/replicas]",
    HoldVerdict::UntilNextSync
)]
#[case::of_all("all", "jsonPointers: [/spec/replicas]", HoldVerdict::UntilNextSync)]
#[case::by_manager(
    "apps_Deployment",
    "managedFieldsManagers: [vigie]",
    HoldVerdict::UntilNextSync
)]
#[case::in_plain_jq(
    "apps_Deployment",
    "jqPathExpressions: [.spec.replicas]",
    HoldVerdict::UntilNextSync
)]
#[case::in_other_jq(
    "apps_Deployment",
    "jqPathExpressions: ['.spec | .replicas']",
    HoldVerdict::Unknown
)]
#[case::another_field(
    "apps_Deployment",
    "jsonPointers: [/spec/paused]",
    HoldVerdict::UndoneWithinSeconds
)]
#[case::another_kind(
    "apps_StatefulSet",
    "jsonPointers: [/spec/replicas]",
    HoldVerdict::UndoneWithinSeconds
)]
#[case::core(
    "Deployment",
    "jsonPointers: [/spec/replicas]",
    HoldVerdict::UndoneWithinSeconds
)]
fn what_is_compared_nowhere_is_not_put_back(
    #[case] key: &str,
    #[case] rule: &str,
    #[case] verdict: HoldVerdict,
) {
    let key = format!("resource.customizations.ignoreDifferences.{key}");
    let map = accepted(&json!({"data": {key: rule}}));
    let (preview, asked) = previewed(heals(), Some(&map));
    assert_eq!(asked, [MAP]);
    let hold = preview.hold().unwrap();
    assert_eq!(hold.verdict, verdict, "{hold:?}");
    let told = |it: &String| it == "ConfigMap argocd/argocd-cm: ignoreDifferences";
    let expected = verdict == HoldVerdict::UntilNextSync;
    assert_eq!(hold.proof.iter().any(told), expected, "{hold:?}");
}

#[test]
fn nothing_is_said_before_the_settings_are_read_and_a_check_says_that_they_were_not() {
    let ignored = |it: &Preview| {
        let mut checks = it.checks().iter();
        let check = checks.find(|it| it.subject == Subject::Ignored);
        check.map(|it| it.detail.clone())
    };
    let (preview, _) = previewed(heals(), None);
    assert_eq!(preview.hold(), None);
    assert!(preview.asks());
    let denied = Reply::Refused(Refused {
        code: 403,
        reason: "Forbidden".into(),
        message: "no".into(),
        warnings: Vec::new(),
    });
    let (preview, _) = previewed(heals(), Some(&denied));
    let hold = preview.hold().unwrap();
    assert_eq!(hold.verdict, HoldVerdict::UndoneWithinSeconds);
    let right = "get configmaps argocd/argocd-cm".to_owned();
    assert_eq!(ignored(&preview), Some(Detail::NotReadable(right)));
    let (preview, _) = previewed(heals(), Some(&accepted(&json!({}))));
    assert_eq!(ignored(&preview), None);
}

#[test]
fn the_settings_are_those_of_its_controller_else_of_its_project() {
    let mut elsewhere = heals();
    elsewhere.controller = "ops".into();
    let (_, asked) = previewed(elsewhere.clone(), None);
    assert_eq!(asked, ["/api/v1/namespaces/ops/configmaps/argocd-cm"]);
    elsewhere.controller = Text::default();
    let (_, asked) = previewed(elsewhere, None);
    assert_eq!(asked, [MAP]);
}

#[test]
fn where_the_application_says_so_itself_nobody_else_is_asked() {
    let mut own = heals();
    own.respects_ignored = true;
    own.ignored = vec![Ignored {
        group: "apps".into(),
        kind: "Deployment".into(),
        pointers: vec!["/spec/replicas".into()],
        ..Ignored::default()
    }];
    let (preview, asked) = previewed(own, None);
    assert!(asked.is_empty(), "{asked:?}");
    assert_eq!(preview.hold().unwrap().verdict, HoldVerdict::Holds);
}
