//! Other objects that an object names, as far as one can go there.

use serde_json::Value;

use super::word;
use crate::model::{Kind, ObjectRef, Uid};
use crate::store::Store;
use crate::viewmodel::Jump;
use crate::viewmodel::jump::Named;

/// Parts of a value's origin, and the kind that has it.
const ORIGINS: [(&str, &str); 6] = [
    ("secretKeyRef", "Secret"),
    ("configMapKeyRef", "ConfigMap"),
    ("secretRef", "Secret"),
    ("configMapRef", "ConfigMap"),
    ("fieldRef", "field"),
    ("resourceFieldRef", "resource"),
];
/// What fills a volume, the key of its name, and its kind.
const FILLERS: [(&str, &str, &str); 3] = [
    ("configMap", "name", "ConfigMap"),
    ("secret", "secretName", "Secret"),
    (
        "persistentVolumeClaim",
        "claimName",
        "PersistentVolumeClaim",
    ),
];

/// `(secretKeyRef, Secret)`: where a value comes from.
pub(super) fn origin(from: &Value) -> Option<(&'static str, &'static str)> {
    let mut origins = ORIGINS.into_iter();
    origins.find(|(key, _)| from[*key].is_object())
}

/// Kind and name of what fills a volume.
pub(super) fn filler(volume: &Value) -> Option<(&'static str, String)> {
    let mut fillers = FILLERS.into_iter();
    let (key, name, kind) = fillers.find(|(key, ..)| volume[*key].is_object())?;
    Some((kind, word(&volume[key][name])))
}

/// Names as they stand in one object: they are of its cluster and of its namespace.
pub(super) struct Names<'a> {
    store: &'a Store,
    object: &'a ObjectRef,
}

impl<'a> Names<'a> {
    pub(super) fn within(store: &'a Store, object: &'a ObjectRef) -> Self {
        Self { store, object }
    }

    pub(super) fn owner(&self, reference: &Value) -> Option<Jump> {
        let uid = reference["uid"].as_str().map(Uid::from_text);
        self.referred(reference, uid)
    }

    /// Of the core group.
    pub(super) fn core(&self, kind: &str, name: &str) -> Option<Jump> {
        self.named("", kind, name, None)
    }

    pub(super) fn source(&self, from: &Value) -> Option<Jump> {
        let (key, kind) = origin(from)?;
        self.core(kind, &word(&from[key]["name"]))
    }

    /// A plain value that is the name of something; `part` is where it stands.
    pub(super) fn field(&self, part: &Value, key: &str, value: &str) -> Option<Jump> {
        match key {
            "nodeName" => self.core(Kind::Node.name(), value),
            "serviceAccountName" => self.core("ServiceAccount", value),
            "volumeName" => self.core("PersistentVolume", value),
            "scaleTargetRef.name" => self.referred(&part["scaleTargetRef"], None),
            _ => None,
        }
    }

    fn referred(&self, reference: &Value, uid: Option<Uid>) -> Option<Jump> {
        let version = word(&reference["apiVersion"]);
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let (kind, name) = (word(&reference["kind"]), word(&reference["name"]));
        self.named(group, &kind, &name, uid)
    }

    fn named(&self, group: &str, kind: &str, name: &str, uid: Option<Uid>) -> Option<Jump> {
        let named = Named {
            cluster: self.object.cluster,
            group: Some(group),
            kind,
            namespace: &self.object.namespace,
            name,
            uid,
        };
        Jump::describe(self.store, &named)
    }
}
