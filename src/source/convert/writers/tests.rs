use prost::Message;
use serde_json::{Value, json};

use super::*;
use crate::model::{Kind, Moment};
use crate::source::convert::{Fact, decode};
use crate::source::wire::messages::OnlyMeta;

const HOUR: &str = "2026-11-24T03:00:00Z";

/// An entry of `managedFields`; the fields are those below `f:spec`.
fn entry(manager: &str, operation: &str, subresource: &str, time: &str, spec: &Value) -> Value {
    json!({
        "manager": manager, "operation": operation, "subresource": subresource, "time": time,
        "apiVersion": "apps/v1", "fieldsType": "FieldsV1",
        "fieldsV1": {"f:metadata": {"f:labels": {".": {}, "f:app": {}}}, "f:spec": spec},
    })
}

/// The controller's, which owns fields of the same names below the status alone.
fn controller() -> Value {
    let status = json!({"f:replicas": {}, "f:paused": {}});
    let mut entry = entry("kube-controller-manager", "Update", "status", HOUR, &status);
    entry["fieldsV1"]["f:status"] = status;
    entry
}

fn object(kind: Kind, spec: &Value, entries: &[Value], annotations: &Value) -> Object {
    let object = json!({
        "metadata": {
            "name": "web", "namespace": "shop", "uid": "u1", "resourceVersion": "7",
            "annotations": annotations, "managedFields": entries,
        },
        "spec": spec,
    });
    let item = decode(kind, Format::Json, object.to_string().into()).unwrap();
    let Fact::Object(object) = item.fact else {
        panic!("{item:?}");
    };
    object
}

fn sizing(entries: &[Value], annotations: &Value) -> Option<Sizing> {
    let spec = json!({"replicas": 5});
    match object(Kind::Deployment, &spec, entries, annotations) {
        Object::Workload(it) => it.sizing.map(|it| *it),
        other => panic!("{other:?}"),
    }
}

fn at(time: &str) -> Option<Moment> {
    Moment::from_rfc3339(time)
}

fn wrote(writer: Option<&Writer>) -> Option<(&str, Option<Moment>)> {
    writer.map(|it| (it.name.as_str(), it.at))
}

#[test]
fn what_is_left_in_a_temporary_state_names_the_manager_of_that_field() {
    let earlier = "2026-11-19T08:00:00Z";
    for (kind, field, left) in [
        (Kind::Deployment, "f:paused", json!({"paused": true})),
        (Kind::CronJob, "f:suspend", json!({"suspend": true})),
        (
            Kind::Node,
            "f:unschedulable",
            json!({"unschedulable": true}),
        ),
    ] {
        let by = |object: Object| match object {
            Object::Workload(it) => it.paused_by,
            Object::CronJob(it) => it.suspended_by,
            Object::Node(it) => it.cordoned_by,
            other => panic!("{other:?}"),
        };
        let entries = [
            entry("helm", "Update", "", HOUR, &json!({"f:schedule": {}})),
            entry("kubectl-edit", "Update", "", earlier, &json!({field: {}})),
            controller(),
        ];
        let told = by(object(kind, &left, &entries, &json!({})));
        let expected = Some(("kubectl-edit", at(earlier)));
        assert_eq!(wrote(told.as_deref()), expected, "{kind:?}");
        let calm = by(object(kind, &json!({}), &entries, &json!({})));
        assert_eq!(
            calm, None,
            "nothing is kept of a {kind:?} that is not left so"
        );
        let nobody = by(object(kind, &left, &[controller()], &json!({})));
        assert_eq!(nobody, None, "{kind:?}");
    }
}

#[test]
fn of_several_managers_the_one_that_applies_holds_the_number_else_the_latest() {
    let replicas = json!({"f:replicas": {}});
    let by = |manager, operation, subresource, time| {
        entry(manager, operation, subresource, time, &replicas)
    };
    let later = "2026-11-24T04:00:00Z";
    let created = by("kubectl-client-side-apply", "Update", "", HOUR);
    let scaled = by("kubectl", "Update", "scale", later);
    let applied = by("argocd-controller", "Apply", "", HOUR);
    for (entries, name, way) in [
        (
            vec![created.clone()],
            "kubectl-client-side-apply",
            Way::Updated,
        ),
        (vec![scaled.clone(), created], "kubectl", Way::Scaled),
        (vec![scaled, applied], "argocd-controller", Way::Applied),
    ] {
        let told = sizing(&entries, &json!({})).unwrap();
        assert_eq!((told.writer.name.as_str(), told.way), (name, way));
    }
    assert_eq!(sizing(&[controller()], &json!({})), None);
}

#[test]
fn the_declared_number_is_that_of_the_configuration_kept_with_the_object() {
    let replicas = json!({"f:replicas": {}});
    let scaled = [entry("kubectl", "Update", "scale", HOUR, &replicas)];
    for (kept, declared) in [
        (None, Declared::Unknown),
        (
            Some(r#"{"spec":{"replicas":2,"template":{}}}"#),
            Declared::Replicas(2),
        ),
        (Some(r#"{"spec":{"template":{}}}"#), Declared::Open),
        (Some(r#"{"kind":"List"}"#), Declared::Open),
        (Some("{\"spec\":"), Declared::Open),
    ] {
        let annotations = kept.map_or(json!({}), |text| json!({LAST_APPLIED: text}));
        let told = sizing(&scaled, &annotations).unwrap();
        assert_eq!(told.declared, declared, "{kept:?}");
    }
}

#[test]
fn managed_fields_that_cannot_be_read_cost_the_writer_and_not_the_object() {
    let mut strange = entry(
        "kubectl",
        "Update",
        "scale",
        HOUR,
        &json!({"f:replicas": {}}),
    );
    strange["fieldsV1"] = json!("no object");
    assert_eq!(sizing(std::slice::from_ref(&strange), &json!({})), None);
    strange["time"] = json!("yesterday");
    assert_eq!(sizing(&[strange], &json!({})), None);
    let mut dirty = entry(
        "a\u{1b}[31mb",
        "Update",
        "scale",
        HOUR,
        &json!({"f:replicas": {}}),
    );
    dirty["time"] = Value::Null;
    let told = sizing(&[dirty], &json!({})).unwrap();
    assert!(!told.writer.name.contains('\u{1b}'), "{told:?}");
    assert_eq!(told.writer.at, None);
}

/// Messages of protobuf that stand one after the other are one message.
#[test]
fn both_formats_tell_the_same() {
    let replicas = json!({"f:replicas": {}});
    let entries = [entry("kubectl", "Update", "scale", HOUR, &replicas)];
    let meta = json!({"name": "web", "uid": "u1", "managedFields": entries});
    let text = json!({"metadata": meta}).to_string();
    let named: OnlyMeta = serde_json::from_str(&text).unwrap();
    let managed: Managed = serde_json::from_str(&text).unwrap();
    let bytes = [named.encode_to_vec(), managed.encode_to_vec()].concat();
    let item = decode(Kind::StatefulSet, Format::Protobuf, bytes.into()).unwrap();
    let Fact::Object(Object::Workload(told)) = item.fact else {
        panic!("{item:?}");
    };
    let told = told.sizing.map(|it| *it);
    assert!(told.is_some());
    assert_eq!(told, sizing(&entries, &json!({})));
}
