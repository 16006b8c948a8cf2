//! The history of an Application of Argo CD: what it deployed, newest first, and below what two entries say differently.

use serde_json::Value;

use super::lines::Compared;
use super::{below, in_few, or_dash, room};
use crate::dossier::Dossier;
use crate::insight::{Diff, Entries, SyncRow, brought};
use crate::model::{Moment, ObjectRef};
use crate::viewmodel::copy::Told;
use crate::viewmodel::list::{self, Window};
use crate::viewmodel::page::{Listed, Target};
use crate::viewmodel::watch::{Below, Note};
use crate::viewmodel::{
    Brief, Cell, ClassMark, Column, Facts, Form, Ground, History, Lead, Line, List, State, Table,
    Title, Tone, Whose, aspect, muted, text,
};
use crate::wording::{commit, tag};

/// Empty until the Application was read.
pub(in crate::viewmodel) fn rows(ground: &Ground<'_>, object: &ObjectRef) -> Vec<SyncRow> {
    let document = document(ground.dossier, object);
    let mut rows = document.map_or_else(Vec::new, |it| Entries::of(it).rows(object));
    brought(ground.store, object, &mut rows);
    rows
}

fn document<'a>(dossier: &'a Dossier, object: &ObjectRef) -> Option<&'a Value> {
    Some(&dossier.whole(&aspect::whole(object))?.document()?.value)
}

pub(super) fn history(facts: &Facts<'_>, form: Form, object: &ObjectRef) -> History {
    let window = Window::of(facts, room(facts, form));
    let all = facts.rows.syncs();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    let compared = compared(facts, object);
    let (below, hidden) = match form {
        Form::Normal | Form::Wide => below(facts, form, compared.as_ref(), note(facts)),
        _ => (Vec::new(), 0),
    };
    let list = List {
        title: title(facts, object, &window),
        notes: if in_view.is_empty() {
            vec![Note::Sentence(nothing(facts, object))]
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |row| brief(facts, row, compared.as_ref())),
        below,
        pane: facts.pane,
        ..List::default()
    };
    History { list, hidden }
}

fn title(facts: &Facts<'_>, object: &ObjectRef, window: &Window) -> Title {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let mut right = vec![with("syncs-count", facts.rows.len())];
    right.extend(list::marked(facts));
    let below = window.below(facts);
    if below > 0 {
        right.push(with("list-below", below));
    }
    right.push(facts.say("aspect-history"));
    Title {
        state: None,
        left: aspect::heading(facts, object),
        right: right.join(" \u{b7} "),
    }
}

fn nothing(facts: &Facts<'_>, object: &ObjectRef) -> String {
    let whole = facts.dossier.whole(&aspect::whole(object));
    match whole.and_then(|it| it.lack()) {
        Some(lack) => facts.catalogue.lack(lack),
        None if whole.is_some_and(|it| it.document().is_some()) => facts.say("syncs-none"),
        None => facts.say("list-reading"),
    }
}

impl Listed for SyncRow {
    fn target(&self) -> Target {
        Target::Revision(self.cluster, self.application, Some(self.id))
    }

    fn state(&self) -> State {
        // The last one stands for what is there; of the others nobody says how they went.
        if self.newest {
            State::Good
        } else {
            State::Stopped
        }
    }

    fn told(&self, _: &Facts<'_>) -> Told {
        Told {
            cluster: Some(self.cluster),
            said: self.revisions.clone(),
            since: self.at,
            ..Told::default()
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&SyncRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = vec![
        Column::right(title("title-entry"), 4)
            .says(|it: &SyncRow| Cell::Figure(it.id.to_string(), Tone::Text)),
        Column::left(title("title-deploys"), 9, 9).says(|it: &SyncRow| or_dash(revisions(it))),
        Column::left(title("title-brought"), 17, 9)
            .grows()
            .says(|it: &SyncRow| or_dash(images(it))),
        Column::left(title("title-since"), 13, 8).says(|it: &SyncRow| or_dash(since(facts, it))),
        Column::left(title("title-by"), 16, 8)
            .dropped(1)
            .grows()
            .says(|it: &SyncRow| or_dash(by(facts, it))),
        Column::left(title("title-stayed"), 12, 6)
            .dropped(0)
            .says(|it: &SyncRow| or_dash(stayed(facts, it))),
    ];
    Table::of(facts, form, Lead::State, columns, rows, |row| {
        (row.state(), ClassMark::Other)
    })
}

fn since(facts: &Facts<'_>, row: &SyncRow) -> String {
    let now = facts.survey.cluster_now(row.cluster, facts.now);
    let at = |at: Moment| facts.zone.moment(at, now, facts.catalogue);
    row.at.map_or_else(String::new, at)
}

fn by(facts: &Facts<'_>, row: &SyncRow) -> String {
    match row.by.as_str() {
        "" => facts.say("syncs-by-itself"),
        by => by.to_owned(),
    }
}

fn stayed(facts: &Facts<'_>, row: &SyncRow) -> String {
    match row.ran {
        Some(seconds) => facts.catalogue.coarse(seconds),
        None => facts.say("syncs-last"),
    }
}

/// Commits by their first letters, versions whole.
fn revisions(row: &SyncRow) -> String {
    let all = row.revisions.iter().map(|it| commit(it));
    all.collect::<Vec<_>>().join(", ")
}

fn images(row: &SyncRow) -> String {
    let tags = row.brought.iter().map(|it| tag(it));
    tags.collect::<Vec<_>>().join(", ")
}

/// The entry under the cursor, and the one that was marked; without a mark the newest, or the one before it. The earlier one
/// first: rows that a hand is at are not in order.
fn sides<'a>(facts: &Facts<'a>) -> Option<(&'a SyncRow, &'a SyncRow)> {
    let rows = facts.rows.syncs();
    let own = rows.get(facts.selected_row().unwrap_or(0))?;
    let marked = rows.iter().find(|row| facts.marks.contains(&row.target()));
    let newest = rows.iter().find(|row| row.newest);
    let earlier = rows.iter().filter(|row| row.id < own.id);
    let before = earlier.max_by_key(|row| row.id);
    let mut others = [marked, newest, before].into_iter().flatten();
    let other = others.find(|it| it.id != own.id)?;
    Some(if other.id < own.id {
        (other, own)
    } else {
        (own, other)
    })
}

fn compared<'f>(facts: &'f Facts<'_>, object: &ObjectRef) -> Option<Compared<'f>> {
    let (before, after) = sides(facts)?;
    let entries = Entries::of(document(facts.dossier, object)?);
    let value = |row: &SyncRow| Some(entries.numbered(row.id)?.value);
    let pair = [before, after];
    let named = |row: &SyncRow| {
        let entry = [("entry", row.id.to_string().into())];
        facts.catalogue.say_with("syncs-entry", &entry)
    };
    let both = value(before).zip(value(after));
    Some(Compared {
        numbers: pair.map(|it| it.id.to_string()),
        names: pair.map(named),
        lacks: Vec::new(),
        diff: both.map(|(before, after)| Diff::of_entries(before, after)),
    })
}

/// A commit says what changed only to who reads it.
fn note(facts: &Facts<'_>) -> Vec<Below> {
    let said: Line = vec![
        muted(format!(" {}  ", facts.say("syncs-note"))),
        text(facts.say("syncs-commits")),
    ];
    vec![Below::Gutter(String::new(), said)]
}

fn brief(facts: &Facts<'_>, row: &SyncRow, compared: Option<&Compared<'_>>) -> Brief {
    let entry = [("entry", row.id.to_string().into())];
    let name = facts.catalogue.say_with("syncs-entry", &entry);
    Brief {
        state: row.state(),
        class: ClassMark::Other,
        whose: Whose::default(),
        kind: String::new(),
        subject: format!("{name}  {}", revisions(row)),
        ready: None,
        age: facts.age(row.cluster, row.at),
        stale: facts.survey.stale(row.cluster).is_some(),
        // Only what is under the cursor is shown.
        lines: compared.map(|it| in_few(facts, it)).unwrap_or_default(),
    }
}
