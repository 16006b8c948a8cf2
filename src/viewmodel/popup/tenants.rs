//! The tenant picker: all first, then the hurt, then by name.

use super::super::{Facts, State, order, words};
use super::{Act, Choice, ChoiceRow};
use crate::insight::TenantRow;
use crate::tenancy::Selection;
use crate::viewmodel::page::Listed;

pub(super) fn choices(facts: &Facts<'_>) -> Vec<Choice> {
    let everything = Selection::default();
    let listings = facts.listings;
    let mut rows = listings.tenants(facts.store, facts.places, facts.judgement, &everything);
    rows.sort_by_cached_key(order::tenant);
    let all = Choice {
        row: ChoiceRow {
            name: facts.say("scope-all"),
            ..ChoiceRow::default()
        },
        act: Act::Tenant(None),
    };
    let one = |row: &TenantRow| Choice {
        row: ChoiceRow {
            state: Some(row.state()),
            name: row.name.to_string(),
            note: note(facts, row),
            ..ChoiceRow::default()
        },
        act: Act::Tenant(Some(row.name.clone())),
    };
    std::iter::once(all).chain(rows.iter().map(one)).collect()
}

/// Its worst, else how many environments it has.
fn note(facts: &Facts<'_>, row: &TenantRow) -> String {
    let mut findings = facts.judgement.findings.iter();
    let worst = findings.find(|it| it.tenants.contains(&row.name));
    let calm = matches!(row.state(), State::Good | State::Moving);
    if let Some(finding) = worst.filter(|_| !calm) {
        return words::named(facts, finding);
    }
    let count = [("count", row.environments.len().into())];
    facts.catalogue.say_with("environments-count", &count)
}
