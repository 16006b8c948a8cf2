//! The object itself, without `managedFields` and without secrets.

use super::super::write::Page;
use super::whole_of;
use crate::dossier::Whole;

pub(in super::super) fn yaml(page: &mut Page<'_>) {
    page.title("bundle-yaml");
    let case = page.case;
    let object = &case.found.object;
    let whole = case.dossier.whole(&whole_of(object));
    let document = whole.and_then(Whole::document);
    if whole.is_some_and(Whole::gone) {
        let gone = page.say("aspect-gone");
        page.sheet.paragraph(&gone);
    }
    let yaml = document.and_then(|it| page.by.yaml(&it.value));
    if let Some(yaml) = yaml {
        page.sheet.fence("yaml", &yaml);
        return;
    }
    let lack = whole.and_then(Whole::lack);
    let reason = match lack {
        Some(lack) => case.facts.catalogue.lack(lack),
        None => page.say("unseen-not-asked"),
    };
    page.lack(&format!("{} {}", object.kind.name(), object.name), &reason);
}
