//! Every tenant as a row.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Bound, ClusterId, Moment, Rollout, Text};
use crate::store::Store;
use crate::tenancy::{Class, Place, Places, Selection, Site};

use super::{Cause, Finding, Judgement, RolloutInProgress, Severity, Trouble, unwatched};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TenantRow {
    pub name: Text,
    pub platform: bool,
    pub clusters: Vec<ClusterId>,
    /// Production first, then by name.
    pub environments: Vec<EnvironmentRow>,
    /// Workloads of every controller: those with every pod ready, and all.
    pub ready: u32,
    pub total: u32,
    /// Findings that hit it, by severity.
    pub critical: u32,
    pub warning: u32,
    /// Of the first of them: production goes before severity.
    pub worst: Option<Severity>,
    /// Rollouts on their way, and those of them that fail.
    pub moving: u32,
    pub failing: u32,
    /// The fullest quota of all its environments.
    pub quota: Option<Fill>,
    /// The last rollout, or any other change that was seen.
    pub changed: Option<Moment>,
}

/// How full a quota is.
#[derive(Clone, Debug, PartialEq)]
pub struct Fill {
    pub resource: Text,
    pub used: Text,
    pub hard: Text,
    /// `used ÷ hard`; above 1 when the bound was lowered.
    pub ratio: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EnvironmentRow {
    pub cluster: ClusterId,
    pub name: Text,
    pub class: Class,
    pub namespace: Text,
    pub ready: u32,
    pub total: u32,
    /// Of the first finding that hits it.
    pub worst: Option<Severity>,
    /// The fullest bound of each resource that some quota limits, the fullest first.
    pub quotas: Vec<Fill>,
    pub changed: Option<Moment>,
}

/// The platform first, then by name, each with what the selection takes of it. `judgement` is counted on each tenant it
/// hits.
pub fn tenants(
    store: &Store,
    places: &Places,
    judgement: &Judgement,
    selection: &Selection,
) -> Vec<TenantRow> {
    tenants_on(&grounds(store, places, judgement), judgement, selection)
}

/// An environment and whose it is.
pub(super) struct Ground(Place, EnvironmentRow);

/// Every environment, by tenant.
pub(super) fn grounds(store: &Store, places: &Places, judgement: &Judgement) -> Vec<Ground> {
    let counts = Counts::of(store, places);
    let hits = hits(&judgement.findings);
    let sites = places.tenants().flat_map(|(_, sites)| sites);
    let ground = |site: &Site| {
        let place = places.of(site.cluster, &site.namespace);
        let environment = counts.environment(site, &place, &hits);
        Ground(place, environment)
    };
    sites.map(ground).collect()
}

pub(super) fn tenants_on(
    grounds: &[Ground],
    judgement: &Judgement,
    selection: &Selection,
) -> Vec<TenantRow> {
    let mut rows: BTreeMap<&Text, TenantRow> = BTreeMap::new();
    let asked = |it: &&Ground| selection.matches(&it.1.namespace, &it.0);
    for Ground(place, environment) in grounds.iter().filter(asked) {
        let row = rows.entry(&place.tenant).or_default();
        row.name.clone_from(&place.tenant);
        row.platform |= place.platform;
        if !row.clusters.contains(&environment.cluster) {
            row.clusters.push(environment.cluster);
        }
        row.ready += environment.ready;
        row.total += environment.total;
        row.changed = row.changed.max(environment.changed);
        if let Some(fullest) = environment.quotas.first()
            && row.quota.as_ref().is_none_or(|it| it.ratio < fullest.ratio)
        {
            row.quota = Some(fullest.clone());
        }
        row.environments.push(environment.clone());
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
    for finding in judgement.findings.iter().filter(|it| it.within(selection)) {
        for tenant in &finding.tenants {
            if let Some(row) = rows.get_mut(tenant) {
                row.worst = row.worst.or(Some(finding.severity));
                match finding.severity {
                    Severity::Critical => row.critical += 1,
                    Severity::Warning => row.warning += 1,
                }
            }
        }
    }
    for rollout in judgement.rollouts.iter().filter(|it| !it.paused) {
        if let Some(row) = rows.get_mut(&rollout.place.tenant) {
            row.moving += 1;
            row.failing += u32::from(fails(rollout, judgement));
        }
    }
    let mut rows: Vec<TenantRow> = rows.into_values().collect();
    rows.sort_by_key(|row| !row.platform);
    rows
}

/// Its deadline passed, it is stuck, or a critical finding is on it.
pub fn fails(rollout: &RolloutInProgress, judgement: &Judgement) -> bool {
    let stuck = |finding: &Finding| {
        finding.cause == Cause::Object(rollout.object)
            && (finding.severity == Severity::Critical
                || matches!(finding.trouble, Trouble::RolloutStuck { .. }))
    };
    rollout.verdict == Rollout::DeadlineExceeded || judgement.findings.iter().any(stuck)
}

/// The severity of the first finding on each namespace.
fn hits(findings: &[Finding]) -> HashMap<(ClusterId, &Text), Severity> {
    let mut found = HashMap::new();
    for finding in findings {
        let own = Some(&finding.namespace).filter(|it| !it.is_empty());
        for namespace in own.into_iter().chain(finding.hit.iter().map(|(it, _)| it)) {
            found
                .entry((finding.cluster, namespace))
                .or_insert(finding.severity);
        }
    }
    found
}

/// What stands in each namespace, gathered in one pass over each kind.
#[derive(Default)]
struct Counts<'a> {
    /// Workloads with every pod ready, and all.
    workloads: HashMap<(ClusterId, Text), (u32, u32)>,
    quotas: HashMap<(ClusterId, &'a str), Vec<Fill>>,
    changed: HashMap<(ClusterId, &'a str), Moment>,
}

impl<'a> Counts<'a> {
    fn of(store: &'a Store, places: &Places) -> Self {
        let mut found = Self::default();
        for cluster in store.clusters() {
            let id = cluster.id();
            let mut count = |namespace: &Text, whole: bool| {
                let counts = found.workloads.entry((id, namespace.clone()));
                let (ready, total) = counts.or_default();
                *ready += u32::from(whole);
                *total += 1;
            };
            for workload in cluster.workloads() {
                count(&workload.meta.namespace, workload.ready >= workload.desired);
            }
            for row in unwatched(cluster, places) {
                count(&row.namespace, row.ready >= row.desired);
            }
            for quota in cluster.quotas() {
                let key = (id, quota.meta.namespace.as_str());
                let fills = found.quotas.entry(key).or_default();
                for bound in &quota.bounds {
                    add(fills, bound);
                }
            }
            for set in cluster.replica_sets() {
                if let Some(created) = set.created() {
                    let changed = found.changed.entry((id, set.namespace()));
                    let changed = changed.or_insert(created);
                    *changed = created.max(*changed);
                }
            }
        }
        for change in store.changes().iter() {
            let changed = found
                .changed
                .entry((change.cluster, change.namespace.as_str()))
                .or_insert(change.at);
            *changed = change.at.max(*changed);
        }
        for fills in found.quotas.values_mut() {
            fills.sort_by(|one, other| other.ratio.total_cmp(&one.ratio));
        }
        found
    }

    fn environment(
        &self,
        site: &Site,
        place: &Place,
        hits: &HashMap<(ClusterId, &Text), Severity>,
    ) -> EnvironmentRow {
        let key = (site.cluster, site.namespace.as_str());
        let counts = self.workloads.get(&(site.cluster, site.namespace.clone()));
        let (ready, total) = counts.copied().unwrap_or_default();
        EnvironmentRow {
            cluster: site.cluster,
            name: place.environment.clone(),
            class: place.class,
            namespace: site.namespace.clone(),
            ready,
            total,
            worst: hits.get(&(site.cluster, &site.namespace)).copied(),
            quotas: self.quotas.get(&key).cloned().unwrap_or_default(),
            changed: self.changed.get(&key).copied(),
        }
    }
}

/// Of several quotas on one resource the fullest bounds it.
fn add(fills: &mut Vec<Fill>, bound: &Bound) {
    let Some(ratio) = bound.ratio else { return };
    let fill = Fill {
        resource: bound.resource.clone(),
        used: bound.used.clone(),
        hard: bound.hard.clone(),
        ratio,
    };
    match fills.iter_mut().find(|it| it.resource == fill.resource) {
        Some(known) if known.ratio < ratio => *known = fill,
        Some(_) => {}
        None => fills.push(fill),
    }
}
