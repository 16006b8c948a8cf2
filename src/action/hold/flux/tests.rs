use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::action::call::{Call, Method};
use crate::action::plan::{Changes, Step, StepKind, Undo};
use crate::action::record::Before;
use crate::action::{FIELD_MANAGER, Guard};
use crate::insight::stage::{HOME, Stage, at, condition, helm_release, kustomization};
use crate::model::{DriftDetection, Object, Status, Uid};

/// A Deployment that the Kustomization `beta` applied: git declares the image, and the number only where `counted`.
fn deployment(counted: bool) -> Value {
    let containers = json!({"k:{\"name\":\"app\"}": {".": {}, "f:name": {}, "f:image": {}}});
    let mut fields = json!({"f:spec": {"f:template": {"f:spec": {"f:containers": containers}}}});
    if counted {
        fields["f:spec"]["f:replicas"] = json!({});
    }
    json!({
        "metadata": {
            "name": "cart", "namespace": "shop", "uid": "u1",
            "labels": {
                "kustomize.toolkit.fluxcd.io/name": "beta",
                "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
            },
            "annotations": {},
            "managedFields": [
                {"manager": "kustomize-controller", "operation": "Apply", "fieldsV1": fields},
            ],
        },
        "spec": {"replicas": 2, "template": {
            "metadata": {"annotations": {}},
            "spec": {"containers": [{"name": "app", "image": "web:2"}]},
        }},
    })
}

fn patch(path: &str, value: &Value) -> Value {
    json!([{"op": "replace", "path": path, "value": value}])
}

fn scale() -> (Verb, Value) {
    (Verb::Scale, patch("/spec/replicas", &json!(5)))
}

fn back() -> (Verb, Value) {
    let template = json!({"spec": {"containers": [{"name": "app", "image": "web:1"}]}});
    (Verb::RollBack, patch("/spec/template", &template))
}

fn restart() -> (Verb, Value) {
    let path = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";
    (Verb::Restart, patch(path, &json!("now")))
}

fn judge(flux: Vec<Flux>, kind: Kind, shown: &Value, (verb, body): (Verb, Value)) -> Hold {
    let mut stage = Stage::new();
    for flux in flux {
        stage.add(Object::Flux(Box::new(flux)));
    }
    let (places, guard) = (stage.places(), Guard::default());
    let world = World {
        store: &stage.store,
        places: &places,
        guard: &guard,
        now: at(100),
    };
    let text = |field: &str| Text::from(shown["metadata"][field].as_str().unwrap());
    let object = ObjectRef {
        cluster: HOME,
        kind: kind.into(),
        namespace: text("namespace"),
        name: text("name"),
        uid: Some(Uid::from_text(&text("uid"))),
    };
    let plan = Plan {
        steps: vec![Step {
            kind: StepKind::Itself,
            call: Call::write(HOME, Method::Patch, object.path(), body),
        }],
        undo: Undo::None(object.kind.clone()),
        object,
        verb,
        before: Before::default(),
        after: Before::default(),
        changes: Changes::Asked,
        notes: Vec::new(),
        by_hand: Vec::new(),
        template: None,
    };
    let read = Accepted {
        shown: shown.clone(),
        exact: shown.clone(),
        warnings: Vec::new(),
    };
    hold(&world, &plan, &read, None).unwrap()
}

fn by(flux: Flux, shown: &Value, asked: (Verb, Value)) -> (HoldVerdict, ByFlux) {
    let hold = judge(vec![flux], Kind::Deployment, shown, asked);
    let Reason::Flux { name, said } = hold.reason else {
        unreachable!("{:?}", hold.reason)
    };
    assert_eq!(name, "beta");
    assert!(!hold.proof.is_empty());
    (hold.verdict, said)
}

fn reconciles() -> ByFlux {
    ByFlux::Differs(FluxConduct::Reconciles {
        next: Some(at(600)),
        every: 600,
    })
}

#[rstest]
#[case::back(back(), true)]
#[case::scale(scale(), true)]
#[case::restart(restart(), false)]
fn what_git_declares_holds_until_the_next_reconciliation(
    #[case] asked: (Verb, Value),
    #[case] declared: bool,
) {
    let (verdict, said) = by(kustomization("beta"), &deployment(true), asked);
    let expected = if declared {
        (HoldVerdict::UntilNextSync, reconciles())
    } else {
        (HoldVerdict::Holds, ByFlux::Open)
    };
    assert_eq!((verdict, said), expected);
}

#[test]
fn a_number_that_git_leaves_open_stays() {
    let told = by(kustomization("beta"), &deployment(false), scale());
    assert_eq!(told, (HoldVerdict::Holds, ByFlux::Open));
}

#[test]
fn a_suspended_one_writes_nothing_until_it_is_resumed() {
    let mut beta = kustomization("beta");
    beta.suspended = true;
    let (verdict, said) = by(beta, &deployment(true), scale());
    assert_eq!(verdict, HoldVerdict::UntilNextSync);
    assert_eq!(said, ByFlux::Differs(FluxConduct::Suspended));
}

/// The server takes a field from who declared it when somebody else writes another value.
#[test]
fn a_field_that_was_written_by_hand_may_be_declared() {
    let mut taken = deployment(false);
    let fields = json!({"f:spec": {"f:replicas": {}}});
    let by_hand = json!({"manager": FIELD_MANAGER, "operation": "Update", "subresource": "scale", "fieldsV1": fields});
    taken["metadata"]["managedFields"]
        .as_array_mut()
        .unwrap()
        .push(by_hand);
    let told = by(kustomization("beta"), &taken, scale());
    assert_eq!(told, (HoldVerdict::Unknown, ByFlux::Taken));
    // An image is declared wherever there is a container.
    let fields = json!({"f:spec": {"f:template": {"f:spec": {"f:containers": {"k:{\"name\":\"app\"}": {"f:image": {}}}}}}});
    taken["metadata"]["managedFields"] =
        json!([{"manager": FIELD_MANAGER, "operation": "Update", "fieldsV1": fields}]);
    let (verdict, said) = by(kustomization("beta"), &taken, back());
    assert_eq!((verdict, said), (HoldVerdict::UntilNextSync, reconciles()));
}

#[rstest]
#[case::disabled("kustomize.toolkit.fluxcd.io/reconcile", "disabled", true)]
#[case::in_any_case("kustomize.toolkit.fluxcd.io/reconcile", "Disabled", true)]
#[case::ignored("kustomize.toolkit.fluxcd.io/ssa", "Ignore", true)]
#[case::merged("kustomize.toolkit.fluxcd.io/ssa", "Merge", false)]
#[case::by_hand("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent", false)]
fn an_annotation_may_keep_the_object_from_being_written(
    #[case] key: &str,
    #[case] value: &str,
    #[case] holds: bool,
) {
    let mut shown = deployment(true);
    shown["metadata"]["annotations"][key] = value.into();
    let (verdict, said) = by(kustomization("beta"), &shown, scale());
    assert_eq!(verdict == HoldVerdict::Holds, holds, "{said:?}");
}

#[test]
fn if_not_present_counts_where_git_has_it() {
    let mut shown = deployment(true);
    let key = "kustomize.toolkit.fluxcd.io/ssa";
    shown["metadata"]["annotations"][key] = "IfNotPresent".into();
    let fields = &mut shown["metadata"]["managedFields"][0]["fieldsV1"];
    fields["f:metadata"] = json!({"f:annotations": {"f:kustomize.toolkit.fluxcd.io/ssa": {}}});
    let (verdict, _) = by(kustomization("beta"), &shown, scale());
    assert_eq!(verdict, HoldVerdict::Holds);
}

fn ignoring(kind: &str, path: &str) -> Flux {
    let mut beta = kustomization("beta");
    beta.ignored = vec![FluxIgnored {
        paths: vec![path.into()],
        kind: kind.into(),
        ..FluxIgnored::default()
    }];
    beta
}

#[rstest]
#[case::all("", "/spec/replicas", HoldVerdict::Holds)]
#[case::above("Deployment", "/spec", HoldVerdict::Holds)]
#[case::another_kind("StatefulSet", "/spec/replicas", HoldVerdict::UntilNextSync)]
#[case::another_field("Deployment", "/spec/replica", HoldVerdict::UntilNextSync)]
#[case::expression("(Deployment|StatefulSet)", "/spec/replicas", HoldVerdict::Unknown)]
fn what_is_ignored_is_left_alone(
    #[case] kind: &str,
    #[case] path: &str,
    #[case] expected: HoldVerdict,
) {
    let (verdict, said) = by(ignoring(kind, path), &deployment(true), scale());
    assert_eq!(verdict, expected, "{said:?}");
}

#[rstest]
#[case::enabled(DriftDetection::Enabled)]
#[case::disabled(DriftDetection::Disabled)]
fn a_release_puts_back_what_its_chart_declares(#[case] mode: DriftDetection) {
    let mut shown = deployment(true);
    shown["metadata"]["labels"] = json!({
        "helm.toolkit.fluxcd.io/name": "beta", "helm.toolkit.fluxcd.io/namespace": "flux-system",
    });
    // As Helm 3 writes.
    let entry = &mut shown["metadata"]["managedFields"][0];
    entry["manager"] = "helm-controller".into();
    entry["operation"] = "Update".into();
    let release = || helm_release("beta", mode);
    let (verdict, said) = by(release(), &shown, scale());
    assert_eq!(verdict, HoldVerdict::UntilNextSync);
    let upgrades = ByFlux::Differs(FluxConduct::Upgrades);
    assert_eq!(
        said == upgrades,
        mode == DriftDetection::Disabled,
        "{said:?}"
    );
    let (verdict, said) = by(release(), &shown, restart());
    assert_eq!((verdict, said), (HoldVerdict::Holds, ByFlux::Open));
    let key = "helm.toolkit.fluxcd.io/driftDetection";
    shown["metadata"]["annotations"][key] = "disabled".into();
    let (_, said) = by(release(), &shown, scale());
    assert_eq!(said, upgrades);
}

#[test]
fn one_that_fails_before_it_writes_or_is_not_there_says_so() {
    let mut beta = kustomization("beta");
    beta.conditions = vec![condition("Ready", Status::False, "BuildFailed", 0)];
    let (verdict, said) = by(beta, &deployment(true), scale());
    assert_eq!(verdict, HoldVerdict::UntilNextSync);
    assert!(matches!(said, ByFlux::Differs(FluxConduct::Fails { .. })));
    let hold = judge(Vec::new(), Kind::Deployment, &deployment(true), scale());
    assert_eq!(hold.verdict, HoldVerdict::Unknown);
}

/// The Kustomization `beta`, kept by the one of that name.
fn child(parent: &str, declared: bool) -> Value {
    let spec = if declared {
        json!({"f:suspend": {}, "f:path": {}})
    } else {
        json!({"f:path": {}})
    };
    json!({
        "metadata": {
            "name": "beta", "namespace": "flux-system", "uid": "uflux-system/beta",
            "labels": {
                "kustomize.toolkit.fluxcd.io/name": parent,
                "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
            },
            "managedFields": [
                {"manager": "kustomize-controller", "operation": "Apply", "fieldsV1": {"f:spec": spec}},
            ],
        },
        "spec": {"suspend": false, "path": "./beta"},
    })
}

#[rstest]
#[case::open("root", false, HoldVerdict::Holds)]
#[case::declared("root", true, HoldVerdict::UntilNextSync)]
fn the_parent_puts_back_a_suspension_that_its_git_denies(
    #[case] parent: &str,
    #[case] declared: bool,
    #[case] expected: HoldVerdict,
) {
    let asked = (Verb::SuspendFlux, patch("/spec/suspend", &true.into()));
    let both = vec![kustomization("root"), kustomization("beta")];
    let hold = judge(both, Kind::Kustomization, &child(parent, declared), asked);
    assert_eq!(hold.verdict, expected, "{:?}", hold.reason);
}

#[test]
fn one_that_keeps_itself_does_not_put_its_suspension_back() {
    let asked = (Verb::SuspendFlux, patch("/spec/suspend", &true.into()));
    let beta = kustomization("beta");
    let mut shown = child("beta", true);
    let uid = beta.meta.uid;
    shown["metadata"]["uid"] = "same".into();
    let mut beta = beta;
    beta.meta.uid = Uid::from_text("same");
    assert_ne!(beta.meta.uid, uid);
    let hold = judge(vec![beta], Kind::Kustomization, &shown, asked);
    let suspended = ByFlux::Differs(FluxConduct::Suspended);
    assert!(matches!(&hold.reason, Reason::Flux { said, .. } if *said == suspended));
}

/// `IfNotPresent` is heeded only while the object is there.
#[rstest]
#[case(Verb::Delete)]
#[case(Verb::Evict)]
fn what_goes_is_made_anew_whatever_its_annotations_say(#[case] verb: Verb) {
    let mut shown = deployment(true);
    shown["metadata"]["annotations"] = json!({"kustomize.toolkit.fluxcd.io/ssa": "IfNotPresent"});
    let told = by(kustomization("beta"), &shown, (verb, Value::Null));
    assert_eq!(told, (HoldVerdict::UntilNextSync, reconciles()));
}
