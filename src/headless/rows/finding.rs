use serde::Serialize;

use super::{ClassRow, Facts, dated, known};
use crate::headless::table::Table;
use crate::headless::words;
use crate::insight::{Finding, Severity};
use crate::model::Text;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FindingRow {
    pub severity: SeverityRow,
    pub cluster: Text,
    /// Null when several tenants are hit, or none.
    pub tenant: Option<Text>,
    pub environment: Option<Text>,
    pub class: ClassRow,
    pub namespace: Option<Text>,
    pub kind: Text,
    pub name: Text,
    /// A stable word, the cluster's own where it has one.
    pub reason: String,
    pub message: String,
    pub since: Option<String>,
    /// Objects hit.
    pub count: u32,
    /// All tenants hit.
    pub tenants: Vec<Text>,
    #[serde(skip)]
    pub age: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SeverityRow {
    Critical,
    Warning,
}

impl FindingRow {
    pub(crate) fn new(finding: &Finding, facts: &Facts<'_>) -> Self {
        let place = finding.place.as_ref();
        let now = facts.present(finding);
        let single = match finding.tenants.as_slice() {
            [tenant] => Some(tenant),
            _ => None,
        };
        Self {
            severity: match finding.severity {
                Severity::Critical => SeverityRow::Critical,
                Severity::Warning => SeverityRow::Warning,
            },
            cluster: facts.cluster(finding.cluster),
            tenant: place.map(|place| &place.tenant).or(single).and_then(known),
            environment: place.and_then(|place| known(&place.environment)),
            class: finding.class.into(),
            namespace: known(&finding.namespace),
            kind: finding.subject.kind.clone(),
            name: finding.subject.name.clone(),
            reason: finding.trouble.reason().to_owned(),
            message: facts.catalogue.long(finding, now),
            since: dated(finding.since),
            count: finding.count,
            tenants: finding.tenants.clone(),
            age: finding.since.map(|since| since.age(now)),
        }
    }
}

/// All that was selected, in the judgement's order: worst first.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<FindingRow> {
    facts
        .judgement
        .findings
        .iter()
        .filter(|finding| finding.within(facts.selection))
        .map(|finding| FindingRow::new(finding, facts))
        .collect()
}

pub(crate) fn to_table(rows: &[FindingRow], wide: bool, facts: &Facts<'_>) -> String {
    let header = [
        "column-severity",
        "column-class",
        "column-cluster",
        "column-tenant",
        "column-environment",
        "column-namespace",
        "column-subject",
        "column-reason",
        "column-hit",
        "column-age",
        "column-message",
    ];
    let catalogue = facts.catalogue;
    let mut table = Table::new(header.map(|id| catalogue.say(id)));
    for row in rows {
        let severity = match row.severity {
            SeverityRow::Critical => "severity-critical",
            SeverityRow::Warning => "severity-warning",
        };
        table.push([
            catalogue.say(severity),
            row.class.word(catalogue),
            row.cluster.to_string(),
            row.tenant.as_ref().map_or_else(
                || words::tenants(row.tenants.len(), catalogue),
                Text::to_string,
            ),
            row.environment.as_deref().unwrap_or_default().to_owned(),
            row.namespace.as_deref().unwrap_or_default().to_owned(),
            format!("{}/{}", row.kind, row.name),
            row.reason.clone(),
            row.count.to_string(),
            words::age(row.age, catalogue),
            row.message.clone(),
        ]);
    }
    let several = facts.store.clusters().count() > 1;
    table.to_text(|column| match header.get(column) {
        Some(&"column-cluster") => wide || several,
        Some(&("column-namespace" | "column-reason" | "column-hit")) => wide,
        _ => true,
    })
}
