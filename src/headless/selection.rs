//! Which rows were asked for with `-n`: a namespace, a tenant or `tenant/environment`, any of them.

use std::collections::BTreeSet;

use crate::insight::Finding;
use crate::model::{Kind, Text};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// Empty selects all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    names: Vec<String>,
    /// Tenants of the namespaces selected.
    tenants: BTreeSet<Text>,
    unmatched: Vec<String>,
}

impl Selection {
    pub fn resolve(names: &[String], store: &Store, places: &Places) -> Self {
        let known: Vec<_> = store
            .clusters()
            .flat_map(|cluster| {
                let name = |namespace: &crate::model::Namespace| namespace.meta.name.clone();
                cluster.namespaces().map(move |it| (cluster.id(), name(it)))
            })
            .map(|(cluster, name)| (places.of(cluster, &name), name))
            .collect();
        let all_read = store
            .clusters()
            .all(|cluster| cluster.complete(Kind::Namespace));
        let mut selection = Self {
            names: names.to_vec(),
            ..Self::default()
        };
        for name in names {
            let mut hits = known
                .iter()
                .filter(|(place, namespace)| matches(name, place, namespace))
                .peekable();
            if hits.peek().is_none() && all_read {
                selection.unmatched.push(name.clone());
            }
            let tenants = hits.map(|(place, _)| place.tenant.clone());
            selection.tenants.extend(tenants);
        }
        selection
    }

    /// Names that no namespace, tenant or environment has, as far as all namespaces could be read.
    pub fn unmatched(&self) -> &[String] {
        &self.unmatched
    }

    pub fn takes(&self, place: &Place, namespace: &str) -> bool {
        self.names.is_empty()
            || self
                .names
                .iter()
                .any(|name| matches(name, place, namespace))
    }

    /// A cause shared by several tenants is of each of them.
    pub fn takes_finding(&self, finding: &Finding) -> bool {
        match &finding.place {
            Some(place) => self.takes(place, &finding.namespace),
            None => {
                self.names.is_empty()
                    || finding
                        .tenants
                        .iter()
                        .any(|tenant| self.tenants.contains(tenant))
            }
        }
    }
}

fn matches(name: &str, place: &Place, namespace: &str) -> bool {
    name == namespace
        || name == place.tenant
        || name.split_once('/') == Some((&place.tenant, &place.environment))
}
