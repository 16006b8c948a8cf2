//! The places of a whole store, resolved once and asked often.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::preset::{Fleet, Subject};
use super::{Place, Rules, class, resolve};
use crate::model::{ClusterId, Delta, Kind, Labels, Object, Text};
use crate::store::{Cluster, Store};

/// The place of every namespace known, in every cluster.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// By cluster number, with the cluster's name.
    clusters: Vec<(Text, HashMap<Text, Place>)>,
    by_tenant: BTreeMap<Text, Vec<Site>>,
    rules: Rules,
    fleet: Fleet,
    fingerprint: u64,
}

/// A namespace of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    pub cluster: ClusterId,
    pub namespace: Text,
}

impl Places {
    pub fn resolve(store: &Store, rules: &Rules) -> Self {
        let mut places = Self {
            fleet: Fleet::learn(store),
            rules: rules.clone(),
            fingerprint: fingerprint(store, rules),
            ..Self::default()
        };
        for cluster in store.clusters() {
            let found = places.of_cluster(cluster);
            for (namespace, place) in &found {
                let sites = places.by_tenant.entry(place.tenant.clone()).or_default();
                sites.push(Site {
                    cluster: cluster.id(),
                    namespace: namespace.clone(),
                });
            }
            places.clusters.push((cluster.name().clone(), found));
        }
        for sites in places.by_tenant.values_mut() {
            sites.sort();
        }
        places
    }

    fn of_cluster(&self, cluster: &Cluster) -> HashMap<Text, Place> {
        let labelled = class::by_workload_label(cluster, &self.rules);
        let nothing = Labels::default();
        let mut found = HashMap::new();
        for namespace in cluster.namespaces() {
            let subject = Subject {
                name: &namespace.meta.name,
                labels: &namespace.meta.labels,
                annotations: &namespace.meta.annotations,
            };
            let class = labelled.get(&namespace.meta.name).copied();
            let place = resolve::place(&subject, class, &self.rules, &self.fleet);
            found.insert(namespace.meta.name.clone(), place);
        }
        for name in unread(cluster) {
            found.entry(name.clone()).or_insert_with(|| {
                let subject = Subject {
                    name,
                    labels: &nothing,
                    annotations: &nothing,
                };
                let class = labelled.get(name).copied();
                resolve::place(&subject, class, &self.rules, &self.fleet)
            });
        }
        found
    }

    /// Whether the namespace itself was read, and not only named.
    pub fn knows(&self, cluster: ClusterId, namespace: &str) -> bool {
        let of_cluster = self.clusters.get(usize::from(cluster.0));
        of_cluster.is_some_and(|(_, places)| places.contains_key(namespace))
    }

    /// The place of a namespace. One that was never seen is judged by its name. The empty name, of what stands in no
    /// namespace, is the platform's, and the cluster its environment.
    pub fn of(&self, cluster: ClusterId, namespace: &str) -> Place {
        let of_cluster = self.clusters.get(usize::from(cluster.0));
        if namespace.is_empty() {
            return Place::platform(of_cluster.map_or("", |(name, _)| name));
        }
        let known = of_cluster.and_then(|(_, places)| places.get(namespace));
        known.cloned().unwrap_or_else(|| {
            let nothing = Labels::default();
            let subject = Subject {
                name: namespace,
                labels: &nothing,
                annotations: &nothing,
            };
            resolve::place(&subject, None, &self.rules, &self.fleet)
        })
    }

    /// Every tenant by name, with its namespaces in all clusters.
    pub fn tenants(&self) -> impl Iterator<Item = (&Text, &[Site])> {
        self.by_tenant
            .iter()
            .map(|(tenant, sites)| (tenant, sites.as_slice()))
    }

    /// Every namespace known, with its place.
    pub fn iter(&self) -> impl Iterator<Item = (&Site, Place)> {
        self.by_tenant
            .values()
            .flatten()
            .map(|site| (site, self.of(site.cluster, &site.namespace)))
    }

    /// Whether what decides places has changed since they were resolved.
    pub fn stale(&self, store: &Store, rules: &Rules) -> bool {
        self.fingerprint != fingerprint(store, rules)
    }

    /// Whether the delta may change a place: a cheap question before [`Places::stale`].
    pub fn concerned_by(delta: &Delta) -> bool {
        let kind = match delta {
            Delta::Upsert(_, object) => {
                return matches!(
                    object,
                    Object::Namespace(_)
                        | Object::Project(_)
                        | Object::Workload(_)
                        | Object::CronJob(_)
                );
            }
            Delta::Remove(_, kind, _) => *kind,
            // A namespace may be known by its being asked for alone.
            Delta::Feed(scope, _) | Delta::FeedEnd(scope) if scope.namespace.is_some() => {
                return true;
            }
            Delta::ListEnd(scope) | Delta::Feed(scope, _) => scope.kind,
            _ => return false,
        };
        matches!(
            kind,
            Kind::Namespace
                | Kind::Project
                | Kind::Deployment
                | Kind::StatefulSet
                | Kind::DaemonSet
                | Kind::Rollout
                | Kind::CronJob
        )
    }
}

/// Namespaces that were not read themselves but are named: by what is in them, or as what a person asked for.
fn unread(cluster: &Cluster) -> BTreeSet<&Text> {
    let asked = cluster
        .feeds()
        .filter_map(|(scope, _)| scope.namespace.as_ref());
    cluster
        .workloads()
        .map(|workload| &workload.meta.namespace)
        .chain(asked)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Of everything that `Places::resolve` reads; the order of the store's tables does not matter.
fn fingerprint(store: &Store, rules: &Rules) -> u64 {
    fn digest(it: impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        it.hash(&mut hasher);
        hasher.finish()
    }
    let mut sum = digest(rules);
    for cluster in store.clusters() {
        let id = cluster.id();
        let mut note = |it: u64| sum = sum.wrapping_add(it);
        for it in cluster.namespaces() {
            note(digest((
                id,
                &it.meta.name,
                &it.meta.labels,
                &it.meta.annotations,
            )));
        }
        for it in cluster.projects() {
            note(digest((id, &it.meta.name, &it.display_name)));
        }
        for (namespace, class) in class::by_workload_label(cluster, rules) {
            note(digest((id, namespace, class)));
        }
        for name in unread(cluster) {
            note(digest((id, name)));
        }
    }
    sum
}
