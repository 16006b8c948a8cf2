//! By what the rows of this page can be sorted.

use super::super::Facts;
use super::super::order::{Sort, SortKey, keys};
use super::{Act, Choice, ChoiceRow};

pub(super) fn choices(facts: &Facts<'_>) -> Vec<Choice> {
    let row = |id: &str, current: bool| ChoiceRow {
        key: if current { "\u{2022}" } else { "" }.to_owned(),
        name: facts.say(id),
        ..ChoiceRow::default()
    };
    let worst = Choice {
        row: row("sort-worst", facts.sort.is_none()),
        act: Act::Sort(None),
    };
    let by = |key: &SortKey| Choice {
        row: row(
            &format!("sort-{}", key.word()),
            facts.sort.is_some_and(|sort| sort.key == *key),
        ),
        act: Act::Sort(Some(Sort {
            key: *key,
            largest_first: key.largest_first(),
        })),
    };
    let keys = keys(facts.page).iter();
    std::iter::once(worst).chain(keys.map(by)).collect()
}
