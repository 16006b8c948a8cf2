use serde::Serialize;

use super::{ClassRow, Facts, dated, known};
use crate::headless::table::Table;
use crate::headless::words;
use crate::insight;
use crate::model::{SyncState, Text};

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
    /// Who puts back what one changes, the strongest first.
    pub managers: Vec<ManagerRow>,
    /// How it stands to git; null where no Application of Argo CD tells.
    pub sync: Option<SyncRow>,
    /// One of the words of [`insight::State`].
    pub state: &'static str,
    /// A stable word, the cluster's own where it has one.
    pub reason: Option<Text>,
    /// When it came to this state, as far as the cluster tells.
    pub since: Option<String>,
    #[serde(skip)]
    pub age: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ManagerRow {
    /// `Argo CD`, `Flux`…
    pub tool: &'static str,
    pub name: Text,
}

impl From<&insight::Manager> for ManagerRow {
    fn from(manager: &insight::Manager) -> Self {
        Self {
            tool: manager.tool.name(),
            name: manager.name.clone(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SyncRow {
    Synced,
    OutOfSync,
    Unknown,
}

impl From<SyncState> for SyncRow {
    fn from(state: SyncState) -> Self {
        match state {
            SyncState::Synced => Self::Synced,
            SyncState::OutOfSync => Self::OutOfSync,
            SyncState::Unknown => Self::Unknown,
        }
    }
}

impl DeploymentRow {
    pub(crate) fn new(row: &insight::DeploymentRow, facts: &Facts<'_>) -> Self {
        Self {
            cluster: facts.cluster(row.cluster),
            tenant: row.place.tenant.clone(),
            environment: known(&row.place.environment),
            class: row.place.class.into(),
            namespace: row.namespace.clone(),
            kind: row.kind.clone(),
            name: row.name.clone(),
            desired: row.desired,
            ready: row.ready,
            updated: row.updated,
            revision: row.revision,
            images: row.images.clone(),
            managers: row.managers.iter().map(ManagerRow::from).collect(),
            sync: row.sync.map(SyncRow::from),
            state: row.state.word(),
            reason: known(&row.reason),
            since: dated(row.since),
            age: row.since.map(|since| facts.age(row.cluster, since)),
        }
    }
}

/// All that was selected, in the order of [`insight::deployments`].
pub(crate) fn of(facts: &Facts<'_>) -> Vec<DeploymentRow> {
    insight::deployments(facts.store, facts.places, facts.judgement)
        .iter()
        .filter(|row| facts.selection.matches(&row.namespace, &row.place))
        .map(|row| DeploymentRow::new(row, facts))
        .collect()
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
        "column-manager",
        "column-sync",
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
            row.class.word(catalogue),
            row.namespace.to_string(),
            row.kind.to_string(),
            row.name.to_string(),
            format!("{}/{}", row.ready, row.desired),
            row.updated.to_string(),
            row.revision.map(|it| it.to_string()).unwrap_or_default(),
            row.managers
                .iter()
                .map(|it| it.tool)
                .collect::<Vec<_>>()
                .join(","),
            row.sync.map_or_else(String::new, |it| format!("{it:?}")),
            words::state(row.state, catalogue),
            row.reason.as_deref().unwrap_or_default().to_owned(),
            words::age(row.age, catalogue),
            row.images.join(","),
        ]);
    }
    let several = facts.store.clusters().count() > 1;
    table.to_text(|column| match header.get(column) {
        Some(&"column-cluster") => wide || several,
        Some(
            &("column-class" | "column-namespace" | "column-updated" | "column-manager"
            | "column-sync" | "column-images"),
        ) => wide,
        _ => true,
    })
}
