//! What a preview asks of a plan, and how.

use std::sync::Arc;

use serde_json::json;

use crate::action::call::{ACCESS_REVIEWS, Call, Method};
use crate::action::plan::{Plan, StepKind};
use crate::action::record::Verb;
use crate::action::request::Right;
use crate::insight::References;
use crate::model::{Kind, ObjectKind, ObjectRef, Resource};

/// Of each of its steps, once.
pub(in crate::action) fn rights(plan: &Plan) -> Vec<Right> {
    // The console decides by the token.
    if plan.after.environment.is_some() {
        return Vec::new();
    }
    let needed = plan.steps.iter().map(|it| match it.kind {
        StepKind::Itself => plan.verb.right(&plan.object.kind),
        StepKind::Resume => Verb::Resume.right(&plan.object.kind),
        StepKind::DeletePod(_) => Verb::Delete.right(&Kind::Pod.into()),
    });
    let mut rights: Vec<_> = needed.collect();
    rights.dedup();
    rights
}

/// `ConfigMaps` and Secrets without which the pods do not start.
pub(in crate::action) fn references(plan: &Plan) -> Vec<ObjectRef> {
    let Some(template) = &plan.template else {
        return Vec::new();
    };
    let needed = References::required(template);
    let secret = ObjectKind::from(&Arc::new(secrets()));
    let maps = needed.config_maps.iter();
    let maps = maps.map(|name| (Kind::ConfigMap.into(), name));
    let secrets = needed.secrets.iter().map(|name| (secret.clone(), name));
    maps.chain(secrets)
        .map(|(kind, name)| ObjectRef {
            kind,
            name: name.as_str().into(),
            uid: None,
            ..plan.object.clone()
        })
        .collect()
}

fn secrets() -> Resource {
    Resource {
        group: "".into(),
        version: "v1".into(),
        plural: "secrets".into(),
        kind: "Secret".into(),
        namespaced: true,
        short: Vec::new(),
    }
}

pub(super) fn may(object: &ObjectRef, right: &Right) -> Call {
    let body = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {
            "verb": right.verb,
            "group": right.group,
            "resource": right.resource,
            "subresource": right.subresource,
            "namespace": object.namespace.as_str(),
            "name": right.name(object),
        }},
    });
    Call::to(
        object.cluster,
        Method::Post,
        ACCESS_REVIEWS.to_owned(),
        Some(body),
    )
}

/// A pod as its controller would make it, asked for without being kept.
pub(super) fn one_pod(object: &ObjectRef, template: &serde_json::Value) -> Call {
    let meta = &template["metadata"];
    let map = |field: &str| match &meta[field] {
        it if it.is_object() => it.clone(),
        _ => json!({}),
    };
    let body = json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "generateName": format!("{}-", object.name),
            "namespace": object.namespace.as_str(),
            "labels": map("labels"),
            "annotations": map("annotations"),
        },
        "spec": template["spec"],
    });
    let pods = ObjectKind::from(Kind::Pod).path(&object.namespace);
    Call::write(object.cluster, Method::Post, pods, body).dry()
}
