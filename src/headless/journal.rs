//! What was done from this machine: the journal's actions, for people and scripts. No cluster is asked.

pub(super) mod row;
#[cfg(test)]
mod tests;

use super::answer::{Answer, Exit, to_document, unwritten};
use super::question::Format;
use super::table::Table;
use crate::action::{Entry, Intent, Later, still};
use crate::journal::{Fault, Read};
use crate::tenancy::{PLATFORM, Place, Selection};
use crate::wording::Catalogue;
use row::ActionRow;

/// What is asked of the journal.
pub struct Asked<'a> {
    pub format: Format,
    /// None named is all of them.
    pub contexts: &'a [String],
    /// Namespaces, tenants and environments; empty for all.
    pub names: &'a [String],
    pub catalogue: &'a Catalogue,
}

/// Answers from what was read, newest first.
pub fn answer(asked: &Asked<'_>, read: Result<Read, Fault>) -> Answer {
    let read = match read {
        Ok(read) => read,
        Err(fault) => {
            let detail = fault.detail(asked.catalogue).into();
            let note = asked
                .catalogue
                .say_with("journal-unread", &[("detail", detail)]);
            return not_seen(note);
        }
    };
    let rows = rows(asked, &read.entries);
    let mut notes = left_out(&read, asked.catalogue);
    let text = if asked.format.is_document() {
        match to_document(&rows, asked.format) {
            Ok(text) => text,
            Err(detail) => return not_seen(unwritten(&detail, asked.catalogue)),
        }
    } else if rows.is_empty() {
        notes.insert(0, asked.catalogue.say("get-nothing"));
        String::new()
    } else {
        to_table(&rows, asked.format == Format::Wide, asked.catalogue)
    };
    Answer {
        text,
        notes,
        exit: Exit::Good,
    }
}

fn not_seen(note: String) -> Answer {
    Answer {
        text: String::new(),
        notes: vec![note],
        exit: Exit::NotSeen,
    }
}

fn rows(asked: &Asked<'_>, entries: &[Entry]) -> Vec<ActionRow> {
    let selection = Selection::new(asked.names);
    let mut later = Later::default();
    let mut rows = Vec::new();
    for entry in entries {
        if is_meant(&entry.intent, asked.contexts, &selection) {
            let still = still(entry, &later, None);
            rows.push(ActionRow::new(entry, &still, asked.catalogue));
        }
        later.add(entry);
    }
    rows
}

/// Whether an action was in those contexts, all where none is named, and those places.
pub(super) fn is_meant(intent: &Intent, contexts: &[String], selection: &Selection) -> bool {
    let place = Place {
        tenant: intent.tenant.as_str().into(),
        environment: intent.environment.as_str().into(),
        class: intent.class,
        platform: intent.tenant == PLATFORM,
    };
    (contexts.is_empty() || contexts.contains(&intent.context))
        && selection.matches(&intent.object.namespace, &place)
}

fn left_out(read: &Read, catalogue: &Catalogue) -> Vec<String> {
    let told = [
        ("journal-unreadable-lines", read.unreadable),
        ("journal-strays", read.strays),
    ];
    let some = told.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(id, count)| catalogue.say_with(id, &[("count", count.into())]))
        .collect()
}

fn to_table(rows: &[ActionRow], wide: bool, catalogue: &Catalogue) -> String {
    let header = [
        "column-time",
        "column-id",
        "column-context",
        "column-tenant",
        "column-environment",
        "column-class",
        "column-namespace",
        "column-subject",
        "column-action",
        "column-outcome",
        "column-still",
        "column-who",
        "column-reason",
    ];
    let mut table = Table::new(header.map(|id| catalogue.say(id)));
    let text = |known: &Option<String>| known.clone().unwrap_or_default();
    for row in rows {
        table.push([
            row.at.clone(),
            row.id.clone(),
            row.context.clone(),
            text(&row.tenant),
            text(&row.environment),
            row.class.word(catalogue),
            text(&row.namespace),
            format!("{}/{}", row.kind, row.name),
            row.act.clone(),
            row.became.clone(),
            row.stands.clone(),
            row.by.clone(),
            text(&row.reason),
        ]);
    }
    table.to_text(|column| match header.get(column) {
        Some(
            &("column-id" | "column-class" | "column-namespace" | "column-who" | "column-reason"),
        ) => wide,
        _ => true,
    })
}
