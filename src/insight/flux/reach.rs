//! What each Kustomization and `HelmRelease` keeps, by the labels of what there is, and where that is.

use std::collections::{BTreeSet, HashMap};

use super::{FluxKeeping, FluxKept, flux_keeping, flux_label};
use crate::model::{ClusterId, Kind, Text, Workload};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// By kind, namespace and name, as labels have them.
type Name<'a> = (Kind, &'a str, &'a str);

pub struct FluxReach<'a> {
    store: &'a Store,
    /// Several clusters may have one of the same name.
    named: HashMap<Name<'a>, Vec<(ClusterId, &'a Workload)>>,
}

impl<'a> FluxReach<'a> {
    /// One pass over the workloads of all clusters.
    pub fn of(store: &'a Store) -> Self {
        let mut named: HashMap<Name<'a>, Vec<_>> = HashMap::new();
        for cluster in store.clusters() {
            for workload in cluster.workloads() {
                if let Some(label) = flux_label(&workload.meta) {
                    let name = (label.kind, label.namespace, label.name);
                    named
                        .entry(name)
                        .or_default()
                        .push((cluster.id(), workload));
                }
            }
        }
        Self { store, named }
    }

    /// The workloads that it keeps.
    pub fn kept(&self, by: FluxKept<'a>) -> impl Iterator<Item = (ClusterId, &'a Workload)> {
        let meta = &by.flux.meta;
        let name = (by.flux.kind(), meta.namespace.as_str(), meta.name.as_str());
        let named = self.named.get(&name).into_iter().flatten().copied();
        named.filter(move |(cluster, workload)| {
            if !by.flux.elsewhere {
                return *cluster == by.home;
            }
            let keeping = flux_keeping(self.store, *cluster, &workload.meta);
            matches!(keeping, Some(FluxKeeping::By(it)) if it.flux.meta.uid == meta.uid)
        })
    }

    /// The namespaces that it deploys to: what it is told, else those of what it keeps, else its own, which is often that.
    pub fn sites(&self, by: FluxKept<'a>) -> BTreeSet<(ClusterId, &'a Text)> {
        let kept = self.kept(by).map(|(at, it)| (at, &it.meta.namespace));
        let kept: BTreeSet<_> = kept.collect();
        let target = &by.flux.target;
        let reached = kept.first().map(|(cluster, _)| *cluster);
        // Of another cluster none may be watched.
        let reached = reached.or((!by.flux.elsewhere).then_some(by.home));
        if let Some(cluster) = reached.filter(|_| !target.is_empty()) {
            return BTreeSet::from([(cluster, target)]);
        }
        if kept.is_empty() {
            return BTreeSet::from([(by.home, &by.flux.meta.namespace)]);
        }
        kept
    }

    /// Whether it is asked for: by the names of one of those, or of where it lies itself.
    pub fn asked(
        &self,
        by: FluxKept<'a>,
        places: &Places,
        wanted: impl Fn(&str, &Place) -> bool,
    ) -> bool {
        let wanted = |(cluster, namespace): (ClusterId, &Text)| {
            wanted(namespace, &places.of(cluster, namespace))
        };
        wanted((by.home, &by.flux.meta.namespace)) || self.sites(by).into_iter().any(wanted)
    }

    /// The one of them that it stands under: its own where they are several.
    pub fn destination(&self, by: FluxKept<'a>) -> (ClusterId, &'a Text) {
        let mut sites = self.sites(by).into_iter();
        match (sites.next(), sites.next()) {
            (Some(one), None) => one,
            _ => (by.home, &by.flux.meta.namespace),
        }
    }
}
