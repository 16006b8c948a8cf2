//! Whose a namespace is: tenant, environment and class, from labels, annotations and names.

use std::collections::HashMap;

use crate::model::{ClusterId, Text};
use crate::store::Store;

/// Class of an environment. Production is judged first, and what is not known counts as if it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Production,
    Unknown,
    NonProduction,
}

/// Where a namespace belongs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub tenant: Text,
    /// Empty when the scheme knows none.
    pub environment: Text,
    pub class: Class,
    /// One of the platform's own namespaces: the service team is on call for it before any tenant.
    pub platform: bool,
}

/// Ordered resolvers; the first that knows a namespace decides.
#[derive(Clone, Debug, Default)]
pub struct Rules {}

/// The place of every namespace known, in every cluster.
#[derive(Clone, Debug, Default)]
pub struct Places {
    by_namespace: HashMap<(ClusterId, Text), Place>,
}

impl Places {
    pub fn resolve(store: &Store, _rules: &Rules) -> Self {
        let mut by_namespace = HashMap::new();
        for cluster in store.clusters() {
            for namespace in cluster.namespaces() {
                let place = Place {
                    tenant: namespace.meta.name.clone(),
                    environment: Text::default(),
                    class: Class::Unknown,
                    platform: false,
                };
                by_namespace.insert((cluster.id(), namespace.meta.name.clone()), place);
            }
        }
        Self { by_namespace }
    }

    /// The place of a namespace; one that was not read (no right to) is its own tenant. Empty: cluster-scoped, the platform's.
    pub fn of(&self, cluster: ClusterId, namespace: &str) -> Place {
        let known = self.by_namespace.get(&(cluster, Text::from(namespace)));
        known.cloned().unwrap_or_else(|| Place {
            tenant: namespace.into(),
            environment: Text::default(),
            class: Class::Unknown,
            platform: false,
        })
    }
}
