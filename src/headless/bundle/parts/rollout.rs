//! What the last rollout changed in the template.

use super::super::write::Page;
use super::whole_of;
use crate::dossier::Whole;
use crate::insight::{Diff, HistoryRow, kept_template};
use crate::redact::{MASK, Masked};

pub(in super::super) fn rollout(page: &mut Page<'_>) {
    let case = page.case;
    let Some([before, after]) = case.sides() else {
        return;
    };
    let number = |row: &HistoryRow| {
        let number = row.revision.number;
        number.map_or_else(|| row.revision.name.to_string(), |it| it.to_string())
    };
    let numbers = [
        ("from", number(before).into()),
        ("to", number(after).into()),
    ];
    let title = case.facts.catalogue.say_with("bundle-rolled", &numbers);
    page.sheet.title(2, &title);
    let made = after.revision.created;
    if let Some(at) = made {
        let at = [("at", page.dated(at).into())];
        let made = case.facts.catalogue.say_with("bundle-rolled-at", &at);
        page.sheet.paragraph(&made);
    }
    // Both are masked before they are compared: a difference between secrets shows by their numbers alone.
    let apart = page.by.telling_apart();
    let template = |row: &HistoryRow| {
        let kept = kept_template(case.document(&row.keeper())?)?;
        Some(apart.document(kept))
    };
    let (Some(before), Some(after)) = (template(before), template(after)) else {
        missing(page, [before, after]);
        return;
    };
    let diff = Diff::of_templates(&before, &after);
    let said = diff.differences.iter();
    let said = said.map(|it| Masked::made_of_masked(case.facts.catalogue.difference(it)));
    let said: Vec<_> = said.collect();
    if said.iter().any(|it| it.as_str().contains(MASK)) {
        let numbers = page.say("bundle-rolled-masked");
        page.sheet.paragraph(&numbers);
    }
    if said.is_empty() {
        let same = page.say("history-same");
        page.sheet.paragraph(&same);
    } else {
        page.sheet.masked_items(&said);
    }
}

fn missing(page: &mut Page<'_>, sides: [&HistoryRow; 2]) {
    let case = page.case;
    for row in sides {
        let object = row.keeper();
        if case.document(&object).is_some() {
            continue;
        }
        let whole = case.dossier.whole(&whole_of(&object));
        let lack = whole.and_then(Whole::lack);
        let reason = match (lack, whole.is_some_and(Whole::gone)) {
            (Some(lack), _) => case.facts.catalogue.lack(lack),
            (None, true) => page.say("lack-absent"),
            (None, false) => page.say("unseen-not-asked"),
        };
        page.lack(&format!("{} {}", object.kind.name(), object.name), &reason);
    }
}
