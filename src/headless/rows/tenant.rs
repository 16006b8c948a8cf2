use serde::Serialize;

use super::{ClassRow, Facts, known};
use crate::headless::table::Table;
use crate::insight;
use crate::model::Text;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenantRow {
    pub name: Text,
    pub clusters: Vec<Text>,
    pub environments: Vec<EnvironmentRow>,
    pub workloads: WorkloadsRow,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnvironmentRow {
    pub cluster: Text,
    pub name: Option<Text>,
    pub class: ClassRow,
    pub namespace: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkloadsRow {
    pub ready: u32,
    pub total: u32,
}

impl EnvironmentRow {
    /// Its name, or its namespace where the scheme knows none.
    fn word(&self) -> &Text {
        self.name.as_ref().unwrap_or(&self.namespace)
    }
}

impl TenantRow {
    pub(crate) fn new(row: &insight::TenantRow, facts: &Facts<'_>) -> Self {
        Self {
            name: row.name.clone(),
            clusters: row.clusters.iter().map(|id| facts.cluster(*id)).collect(),
            environments: row
                .environments
                .iter()
                .map(|environment| EnvironmentRow {
                    cluster: facts.cluster(environment.cluster),
                    name: known(&environment.name),
                    class: environment.class.into(),
                    namespace: environment.namespace.clone(),
                })
                .collect(),
            workloads: WorkloadsRow {
                ready: row.ready,
                total: row.total,
            },
        }
    }
}

/// Tenants with what was selected of each.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<TenantRow> {
    insight::tenants(facts.store, facts.places, facts.judgement, facts.selection)
        .iter()
        .map(|tenant| TenantRow::new(tenant, facts))
        .collect()
}

pub(crate) fn to_table(rows: &[TenantRow], wide: bool, facts: &Facts<'_>) -> String {
    let header = [
        "column-tenant",
        "column-ready",
        "column-environments",
        "column-clusters",
        "column-namespaces",
    ];
    let mut table = Table::new(header.map(|id| facts.catalogue.say(id)));
    for row in rows {
        let environments: Vec<_> = row
            .environments
            .iter()
            .map(|it| it.word().as_str())
            .collect();
        let namespaces: Vec<_> = row
            .environments
            .iter()
            .map(|it| it.namespace.as_str())
            .collect();
        table.push([
            row.name.to_string(),
            format!("{}/{}", row.workloads.ready, row.workloads.total),
            environments.join(","),
            row.clusters.join(","),
            namespaces.join(","),
        ]);
    }
    let several = facts.store.clusters().count() > 1;
    table.to_text(|column| match header.get(column) {
        Some(&"column-clusters") => wide || several,
        Some(&"column-namespaces") => wide,
        _ => true,
    })
}
