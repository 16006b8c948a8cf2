//! `vigie status`: one line that names the worst, and an exit code.

use super::answer::{Answer, Exit};
use super::incomplete::{Incomplete, WHOLE_CLUSTER};
use super::rows::{Facts, finding, tenant};
use super::table::one_line;
use super::words;
use crate::insight::Severity;

pub(super) fn answer(facts: &Facts<'_>, unseen: &[Incomplete]) -> Answer {
    let found = found(facts);
    let exit = match (&found, unseen) {
        (Some(_), _) => Exit::Amiss,
        (None, []) => Exit::Good,
        (None, _) => Exit::NotSeen,
    };
    let first = match exit {
        Exit::NotSeen => facts.catalogue.say("status-nothing-in-what-is-seen"),
        _ => found.unwrap_or_else(|| calm(facts)),
    };
    let line = match not_seen(facts, unseen) {
        Some(then) => facts.catalogue.say_with(
            "status-joined",
            &[("first", first.into()), ("then", then.into())],
        ),
        None => first,
    };
    Answer {
        text: format!("{}\n", one_line(&line)),
        notes: Vec::new(),
        exit,
    }
}

/// Counts and the worst finding. That something is not seen is told apart, by the line and by the exit code.
fn found(facts: &Facts<'_>) -> Option<String> {
    let findings: Vec<_> = facts
        .judgement
        .findings
        .iter()
        .filter(|it| it.within(facts.selection) && !it.is_blindness())
        .collect();
    let worst = finding::FindingRow::new(findings.first()?, facts);
    let critical = findings
        .iter()
        .filter(|it| it.severity == Severity::Critical)
        .count();
    let counts: Vec<_> = [
        ("status-critical", critical),
        ("status-warnings", findings.len() - critical),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(id, count)| facts.catalogue.say_with(id, &[("count", count.into())]))
    .collect();
    let whose = worst.tenant.as_ref().map_or_else(
        || words::tenants(worst.tenants.len(), facts.catalogue),
        ToString::to_string,
    );
    let place = match &worst.environment {
        Some(environment) => format!("{whose}/{environment}"),
        None => whose,
    };
    let age = worst.age.map(|age| facts.catalogue.coarse(age));
    let id = match age {
        Some(_) => "status-found",
        None => "status-found-undated",
    };
    let arguments = [
        ("counts", counts.join(", ").into()),
        ("place", place.into()),
        ("cluster", worst.cluster.as_str().into()),
        ("kind", worst.kind.as_str().into()),
        ("name", worst.name.as_str().into()),
        ("message", worst.message.into()),
        ("age", age.unwrap_or_default().into()),
    ];
    Some(facts.catalogue.say_with(id, &arguments))
}

/// The widest gap, and how many more there are.
fn not_seen(facts: &Facts<'_>, unseen: &[Incomplete]) -> Option<String> {
    let widest = unseen.iter().find(|it| it.what == WHOLE_CLUSTER);
    let first = widest.or_else(|| unseen.first())?.say(facts.catalogue);
    Some(match unseen.len() {
        1 => first,
        all => facts.catalogue.say_with(
            "status-and-more",
            &[("first", first.into()), ("more", (all - 1).into())],
        ),
    })
}

fn calm(facts: &Facts<'_>) -> String {
    let tenants = tenant::of(facts);
    let workloads: u32 = tenants.iter().map(|tenant| tenant.workloads.total).sum();
    facts.catalogue.say_with(
        "status-calm",
        &[
            ("clusters", facts.store.clusters().count().into()),
            ("tenants", tenants.len().into()),
            ("workloads", workloads.into()),
        ],
    )
}
