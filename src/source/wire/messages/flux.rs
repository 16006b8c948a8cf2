//! Flux's objects, which come as JSON only. A list that is `null`, and whatever newer versions add, is taken for none.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::meta::{ObjectMeta, Time, null_default};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Kustomization {
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: Spec,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) status: Status,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct HelmRelease {
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: Spec,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) status: Status,
}

/// Of both kinds, and what each has of its own.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Spec {
    pub(in crate::source) suspend: bool,
    pub(in crate::source) interval: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) retry_interval: String,
    pub(in crate::source) kube_config: Option<IgnoredAny>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) target_namespace: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) depends_on: Vec<Reference>,
    #[serde(flatten)]
    pub(in crate::source) applied: Applied,
    #[serde(flatten)]
    pub(in crate::source) released: Released,
}

/// Of a Kustomization.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Applied {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) source_ref: Reference,
    pub(in crate::source) path: String,
    pub(in crate::source) prune: bool,
    pub(in crate::source) wait: bool,
    pub(in crate::source) force: bool,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) ignore: Vec<Ignored>,
}

/// Of a `HelmRelease`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Released {
    pub(in crate::source) chart: Option<Chart>,
    pub(in crate::source) chart_ref: Option<Reference>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) drift_detection: DriftDetection,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) upgrade: Upgrade,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Reference {
    pub(in crate::source) kind: String,
    pub(in crate::source) namespace: String,
    pub(in crate::source) name: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Ignored {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) paths: Vec<String>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) target: Selector,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Selector {
    pub(in crate::source) group: String,
    pub(in crate::source) version: String,
    pub(in crate::source) kind: String,
    pub(in crate::source) name: String,
    pub(in crate::source) namespace: String,
    #[serde(rename = "labelSelector")]
    pub(in crate::source) labels: String,
    #[serde(rename = "annotationSelector")]
    pub(in crate::source) annotations: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Chart {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: ChartSpec,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ChartSpec {
    pub(in crate::source) chart: String,
    pub(in crate::source) version: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) source_ref: Reference,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct DriftDetection {
    pub(in crate::source) mode: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) ignore: Vec<Ignored>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Upgrade {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) remediation: Remediation,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Remediation {
    pub(in crate::source) retries: i64,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Status {
    pub(in crate::source) observed_generation: Option<i64>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<Condition>,
    pub(in crate::source) last_applied_revision: String,
    pub(in crate::source) last_attempted_revision: String,
    pub(in crate::source) last_handled_reconcile_at: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) history: Vec<Entry>,
    pub(in crate::source) failures: i64,
    pub(in crate::source) upgrade_failures: i64,
}

/// What a Kustomization was reconciled to, or a release of Helm: each has fields of its own.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Entry {
    pub(in crate::source) first_reconciled: Option<Time>,
    pub(in crate::source) last_reconciled: Option<Time>,
    pub(in crate::source) last_reconciled_status: String,
    pub(in crate::source) name: String,
    pub(in crate::source) version: i64,
    pub(in crate::source) status: String,
    pub(in crate::source) chart_version: String,
    pub(in crate::source) last_deployed: Option<Time>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Condition {
    #[serde(rename = "type")]
    pub(in crate::source) kind: String,
    pub(in crate::source) status: String,
    pub(in crate::source) reason: String,
    pub(in crate::source) message: String,
    pub(in crate::source) last_transition_time: Option<Time>,
}
