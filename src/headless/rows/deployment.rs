use serde::Serialize;

use super::{ClassRow, Facts, dated, known};
use crate::headless::table::Table;
use crate::headless::words;
use crate::model::{Kind, Moment, Rollout, Text, Workload};
use crate::store::Cluster;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeploymentRow {
    pub cluster: Text,
    pub tenant: Text,
    pub environment: Option<Text>,
    pub class: ClassRow,
    pub namespace: Text,
    pub kind: Text,
    pub name: Text,
    pub desired: u32,
    pub ready: u32,
    pub updated: u32,
    pub revision: Option<u64>,
    pub images: Vec<Text>,
    /// A fixed word: `complete`, `progressing`, `failed`, `paused`, `stopped`.
    pub state: &'static str,
    /// The cluster's own word for it.
    pub reason: Option<Text>,
    /// When it came to this state, as far as the cluster tells.
    pub since: Option<String>,
    #[serde(skip)]
    pub age: Option<i64>,
}

impl DeploymentRow {
    fn new(workload: &Workload, cluster: &Cluster, facts: &Facts<'_>) -> Self {
        let meta = &workload.meta;
        let place = facts.places.of(cluster.id(), &meta.namespace);
        let progress = workload.condition("Progressing");
        let since = progress.and_then(|condition| condition.changed);
        Self {
            cluster: cluster.name().clone(),
            tenant: place.tenant,
            environment: known(&place.environment),
            class: place.class.into(),
            namespace: meta.namespace.clone(),
            kind: Kind::from(workload.kind).name().into(),
            name: meta.name.clone(),
            desired: workload.desired,
            ready: workload.ready,
            updated: workload.updated,
            revision: workload.revision,
            images: workload
                .template
                .containers
                .iter()
                .map(|container| container.image.clone())
                .collect(),
            state: state(workload),
            reason: progress.and_then(|condition| known(&condition.reason)),
            since: dated(since),
            age: since.map(|since: Moment| facts.age(cluster.id(), since)),
        }
    }
}

fn state(workload: &Workload) -> &'static str {
    match workload.rollout() {
        Rollout::DeadlineExceeded => "failed",
        _ if workload.paused => "paused",
        verdict if verdict.in_progress() => "progressing",
        _ if workload.desired == 0 => "stopped",
        _ => "complete",
    }
}

/// All that was selected, by cluster, tenant, environment and name.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<DeploymentRow> {
    let mut rows = Vec::new();
    for cluster in facts.store.clusters() {
        for workload in cluster.workloads() {
            let namespace = &workload.meta.namespace;
            let place = facts.places.of(cluster.id(), namespace);
            if facts.selection.takes(&place, namespace) {
                rows.push(DeploymentRow::new(workload, cluster, facts));
            }
        }
    }
    rows.sort_by(|one, other| one.order().cmp(&other.order()));
    rows
}

impl DeploymentRow {
    fn order(&self) -> (&Text, &Text, Option<&Text>, &Text, &Text) {
        (
            &self.tenant,
            &self.cluster,
            self.environment.as_ref(),
            &self.name,
            &self.kind,
        )
    }
}

pub(crate) fn to_table(rows: &[DeploymentRow], wide: bool, facts: &Facts<'_>) -> String {
    let header = [
        "column-cluster",
        "column-tenant",
        "column-environment",
        "column-class",
        "column-namespace",
        "column-kind",
        "column-name",
        "column-ready",
        "column-updated",
        "column-revision",
        "column-state",
        "column-reason",
        "column-age",
        "column-images",
    ];
    let catalogue = facts.catalogue;
    let mut table = Table::new(header.map(|id| catalogue.say(id)));
    for row in rows {
        table.push([
            row.cluster.to_string(),
            row.tenant.to_string(),
            row.environment.as_deref().unwrap_or_default().to_owned(),
            words::class(row.class, catalogue),
            row.namespace.to_string(),
            row.kind.to_string(),
            row.name.to_string(),
            format!("{}/{}", row.ready, row.desired),
            row.updated.to_string(),
            row.revision.map(|it| it.to_string()).unwrap_or_default(),
            words::state(row.state, catalogue),
            row.reason.as_deref().unwrap_or_default().to_owned(),
            words::age_or_none(row.age, catalogue),
            row.images.join(","),
        ]);
    }
    let several = facts.store.clusters().count() > 1;
    table.to_text(|column| match header.get(column) {
        Some(&"column-cluster") => wide || several,
        Some(&("column-class" | "column-namespace" | "column-updated" | "column-images")) => wide,
        _ => true,
    })
}
