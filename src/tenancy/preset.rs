//! The schemes known without configuration. Each answers from one namespace and what was learnt of all of them.

mod capsule;
pub(super) mod cpin;
mod hnc;
mod openshift;
mod rancher;

use std::collections::HashMap;

use super::Preset;
use crate::model::{Labels, Text};
use crate::store::Store;

/// What a scheme says of a namespace. An empty environment is left to labels and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) tenant: Text,
    pub(super) environment: Text,
    pub(super) platform: bool,
}

/// A namespace as far as it is known: without labels when it could not be read.
pub(super) struct Subject<'a> {
    pub(super) name: &'a str,
    pub(super) labels: &'a Labels,
    pub(super) annotations: &'a Labels,
}

/// What only the whole fleet tells: one namespace may name what another only numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Fleet {
    pub(super) cpin: cpin::Slugs,
    /// Display name of Rancher projects, by id.
    projects: HashMap<Text, Text>,
}

impl Fleet {
    pub(super) fn learn(store: &Store) -> Self {
        let mut fleet = Self::default();
        for cluster in store.clusters() {
            for namespace in cluster.namespaces() {
                fleet.cpin.learn(&namespace.meta.labels);
            }
            for project in cluster.projects() {
                if !project.display_name.is_empty() {
                    fleet
                        .projects
                        .insert(project.meta.name.clone(), project.display_name.clone());
                }
            }
        }
        fleet
    }
}

impl Preset {
    pub(super) fn resolve(self, subject: &Subject<'_>, fleet: &Fleet) -> Option<Known> {
        match self {
            Preset::Cpin => cpin::by_name(subject.name, &fleet.cpin),
            Preset::Capsule => capsule::resolve(subject.labels),
            Preset::Rancher => rancher::resolve(subject, &fleet.projects),
            Preset::Openshift => openshift::resolve(subject.annotations),
            Preset::Hnc => hnc::resolve(subject),
        }
    }
}
