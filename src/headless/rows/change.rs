use serde::Serialize;

use super::{Facts, known};
use crate::headless::table::Table;
use crate::headless::words;
use crate::insight;
use crate::model::{Change, Text};

/// A day, in seconds: the night and what led to it. Clusters' clocks may run ahead.
const SPAN: i64 = 86_400;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangeRow {
    pub time: String,
    pub cluster: Text,
    pub tenant: Option<Text>,
    pub environment: Option<Text>,
    pub namespace: Option<Text>,
    pub kind: Text,
    pub name: Text,
    /// A fixed word: `rollout`, `scale`, `nodeNotReady`…
    pub what: &'static str,
    pub message: String,
    #[serde(skip)]
    pub age: i64,
}

impl ChangeRow {
    pub(crate) fn new(change: &Change, facts: &Facts<'_>) -> Self {
        let place = facts.places.of(change.cluster, &change.namespace);
        Self {
            time: change.at.to_rfc3339(),
            cluster: facts.cluster(change.cluster),
            tenant: known(&place.tenant),
            environment: known(&place.environment),
            namespace: known(&change.namespace),
            kind: change.subject.kind.clone(),
            name: change.subject.name.clone(),
            what: words::change_word(&change.what),
            message: facts.catalogue.what(&change.what),
            age: facts.age(change.cluster, change.at),
        }
    }
}

/// All of the last day that was selected, newest first.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<ChangeRow> {
    let taken = |change: &&Change| {
        let place = facts.places.of(change.cluster, &change.namespace);
        facts.selection.matches(&change.namespace, &place)
    };
    insight::changes(facts.store, facts.now.plus(-SPAN), facts.now.plus(SPAN))
        .iter()
        .filter(taken)
        .map(|change| ChangeRow::new(change, facts))
        .collect()
}

pub(crate) fn to_table(rows: &[ChangeRow], wide: bool, facts: &Facts<'_>) -> String {
    let header = [
        "column-time",
        "column-age",
        "column-cluster",
        "column-tenant",
        "column-environment",
        "column-namespace",
        "column-subject",
        "column-message",
    ];
    let mut table = Table::new(header.map(|id| facts.catalogue.say(id)));
    for row in rows {
        table.push([
            row.time.clone(),
            facts.catalogue.age(row.age),
            row.cluster.to_string(),
            row.tenant.as_deref().unwrap_or_default().to_owned(),
            row.environment.as_deref().unwrap_or_default().to_owned(),
            row.namespace.as_deref().unwrap_or_default().to_owned(),
            format!("{}/{}", row.kind, row.name),
            row.message.clone(),
        ]);
    }
    let several = facts.store.clusters().count() > 1;
    table.to_text(|column| match header.get(column) {
        Some(&("column-time" | "column-namespace")) => wide,
        Some(&"column-cluster") => wide || several,
        _ => true,
    })
}
