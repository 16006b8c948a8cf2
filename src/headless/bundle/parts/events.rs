//! Events of the object and of what it owns, in the order in which they happened.

use super::super::write::Page;
use crate::dossier::Events;
use crate::insight::Ours;
use crate::model::Event;

/// Series told; the older ones are counted.
const TOLD: usize = 200;

pub(in super::super) fn events(page: &mut Page<'_>) {
    page.title("bundle-events");
    let case = page.case;
    let say = case.facts.catalogue;
    let known = case.dossier.events(&case.events());
    let lack = known.and_then(Events::lack);
    let whole = known.is_some_and(Events::whole);
    if let Some(lack) = lack {
        page.lack("events", &say.lack(lack));
    } else if !whole {
        let reason = page.say("unseen-not-asked");
        page.lack("events", &reason);
    }
    let Some(known) = known else { return };
    let ours = Ours::of_object(&case.found.object, &case.revisions);
    let mut found = known.newest(|event| ours.has(event));
    if found.is_empty() {
        if whole {
            let none = page.say("events-none");
            page.sheet.paragraph(&none);
        }
        return;
    }
    let older = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    found.reverse();
    if older > 0 || known.dropped() {
        let count = [("count", found.len().into())];
        let said = say.say_with("events-dropped", &count);
        page.sheet.paragraph(&said);
    }
    let header = [
        "bundle-last",
        "bundle-first",
        "bundle-times",
        "bundle-type",
        "bundle-reason",
        "bundle-object",
        "bundle-message",
    ];
    let header = header.map(|it| page.say(it));
    let rows: Vec<_> = found.into_iter().map(row).collect();
    page.sheet.table(&header, &rows);
}

/// Times of a series that came once are one.
fn row(event: &Event) -> [String; 7] {
    let several = event.count > 1;
    let of_several = |words: String| if several { words } else { String::new() };
    [
        event.last.to_rfc3339(),
        of_several(event.first.to_rfc3339()),
        of_several(event.count.to_string()),
        if event.warning { "Warning" } else { "Normal" }.to_owned(),
        event.reason.to_string(),
        format!("{} {}", event.kind, event.name),
        event.message.to_string(),
    ]
}
