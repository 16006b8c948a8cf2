//! Every tenant as a row.

use std::collections::{BTreeMap, HashMap};

use crate::model::{ClusterId, Text};
use crate::store::Store;
use crate::tenancy::{Class, Places, Selection};

use super::{Finding, Severity};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TenantRow {
    pub name: Text,
    pub platform: bool,
    pub clusters: Vec<ClusterId>,
    /// Production first, then by name.
    pub environments: Vec<EnvironmentRow>,
    /// Deployments, `StatefulSets` and `DaemonSets`: those with every pod ready, and all.
    pub ready: u32,
    pub total: u32,
    /// Findings that hit it, by severity.
    pub critical: u32,
    pub warning: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentRow {
    pub cluster: ClusterId,
    pub name: Text,
    pub class: Class,
    pub namespace: Text,
}

/// The platform first, then by name, each with what the selection takes of it. `findings` are counted on each tenant they
/// hit.
pub fn tenants(
    store: &Store,
    places: &Places,
    findings: &[Finding],
    selection: &Selection,
) -> Vec<TenantRow> {
    let counts = counts(store);
    let mut rows: BTreeMap<&Text, TenantRow> = BTreeMap::new();
    for (tenant, sites) in places.tenants() {
        let asked = sites
            .iter()
            .map(|site| (site, places.of(site.cluster, &site.namespace)))
            .filter(|(site, place)| selection.matches(&site.namespace, place));
        for (site, place) in asked {
            let row = rows.entry(tenant).or_default();
            row.name.clone_from(tenant);
            row.platform |= place.platform;
            if !row.clusters.contains(&site.cluster) {
                row.clusters.push(site.cluster);
            }
            let (ready, total) = counts
                .get(&(site.cluster, &site.namespace))
                .copied()
                .unwrap_or_default();
            row.ready += ready;
            row.total += total;
            row.environments.push(EnvironmentRow {
                cluster: site.cluster,
                name: place.environment,
                class: place.class,
                namespace: site.namespace.clone(),
            });
        }
    }
    for row in rows.values_mut() {
        row.environments.sort_by(|one, other| {
            (one.class, &one.name, one.cluster, &one.namespace).cmp(&(
                other.class,
                &other.name,
                other.cluster,
                &other.namespace,
            ))
        });
    }
    for finding in findings.iter().filter(|it| it.within(selection)) {
        for tenant in &finding.tenants {
            if let Some(row) = rows.get_mut(tenant) {
                match finding.severity {
                    Severity::Critical => row.critical += 1,
                    Severity::Warning => row.warning += 1,
                }
            }
        }
    }
    let mut rows: Vec<TenantRow> = rows.into_values().collect();
    rows.sort_by_key(|row| !row.platform);
    rows
}

/// Workloads of each namespace: with every pod ready, and all.
fn counts(store: &Store) -> HashMap<(ClusterId, &Text), (u32, u32)> {
    let mut found: HashMap<_, (u32, u32)> = HashMap::new();
    for cluster in store.clusters() {
        for workload in cluster.workloads() {
            let (ready, total) = found
                .entry((cluster.id(), &workload.meta.namespace))
                .or_default();
            *ready += u32::from(workload.ready >= workload.desired);
            *total += 1;
        }
    }
    found
}
