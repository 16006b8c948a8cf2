//! The rows of the listings, as documents carry them. What is missing is null, never zero or an empty text.

pub(super) mod change;
pub(super) mod deployment;
pub(super) mod finding;
pub(super) mod tenant;

use serde::Serialize;

use crate::insight::{Finding, Judgement};
use crate::model::{ClusterId, Moment, Text};
use crate::store::{Cluster, Store};
use crate::tenancy::{Class, Places, Selection};
use crate::wording::Catalogue;

/// What rows are made from.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub store: &'a Store,
    pub places: &'a Places,
    pub judgement: &'a Judgement,
    pub selection: &'a Selection,
    pub catalogue: &'a Catalogue,
    pub now: Moment,
}

impl Facts<'_> {
    fn cluster(&self, id: ClusterId) -> Text {
        self.store
            .cluster(id)
            .map(|cluster| cluster.name().clone())
            .unwrap_or_default()
    }

    /// The present by the cluster's own clock.
    pub(super) fn cluster_now(&self, cluster: ClusterId) -> Moment {
        let skew = self.store.cluster(cluster).map_or(0, Cluster::skew);
        self.now.plus(skew)
    }

    /// The age of something the cluster dated.
    pub(super) fn age(&self, cluster: ClusterId, since: Moment) -> i64 {
        since.age(self.cluster_now(cluster))
    }

    /// The present that a finding is told by.
    pub(super) fn present(&self, finding: &Finding) -> Moment {
        finding.present(self.now, |cluster| self.cluster_now(cluster))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ClassRow {
    Production,
    NonProduction,
    Unknown,
}

impl ClassRow {
    pub(super) fn word(self, catalogue: &Catalogue) -> String {
        catalogue.say(match self {
            ClassRow::Production => "class-production",
            ClassRow::NonProduction => "class-non-production",
            ClassRow::Unknown => "class-unknown",
        })
    }
}

impl From<Class> for ClassRow {
    fn from(class: Class) -> Self {
        match class {
            Class::Production => ClassRow::Production,
            Class::NonProduction => ClassRow::NonProduction,
            Class::Unknown => ClassRow::Unknown,
        }
    }
}

fn known(text: &Text) -> Option<Text> {
    (!text.is_empty()).then(|| text.clone())
}

fn dated(moment: Option<Moment>) -> Option<String> {
    moment.map(Moment::to_rfc3339)
}
