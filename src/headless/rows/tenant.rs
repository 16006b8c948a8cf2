use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ClassRow, Facts, known};
use crate::headless::table::Table;
use crate::headless::words;
use crate::model::Text;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WorkloadsRow {
    pub ready: u32,
    pub total: u32,
}

/// All that was selected, by name.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<TenantRow> {
    let mut tenants: BTreeMap<Text, TenantRow> = BTreeMap::new();
    for cluster in facts.store.clusters() {
        let mut namespaces: BTreeSet<Text> = cluster
            .namespaces()
            .map(|it| it.meta.name.clone())
            .collect();
        namespaces.extend(cluster.workloads().map(|it| it.meta.namespace.clone()));
        for namespace in namespaces {
            let place = facts.places.of(cluster.id(), &namespace);
            if !facts.selection.takes(&place, &namespace) {
                continue;
            }
            let tenant = tenants.entry(place.tenant.clone()).or_default();
            tenant.name = place.tenant;
            if tenant.clusters.last() != Some(cluster.name()) {
                tenant.clusters.push(cluster.name().clone());
            }
            for workload in cluster.workloads() {
                if workload.meta.namespace == namespace {
                    tenant.workloads.total += 1;
                    tenant.workloads.ready += u32::from(workload.ready >= workload.desired);
                }
            }
            tenant.environments.push(EnvironmentRow {
                cluster: cluster.name().clone(),
                name: known(&place.environment),
                class: place.class.into(),
                namespace,
            });
        }
    }
    tenants.into_values().collect()
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
            .map(|it| words::environment(it).as_str())
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
