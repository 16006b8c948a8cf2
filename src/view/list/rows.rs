//! The rows of a list in its columns.

use ratatui::style::Modifier;

use super::columns;
use super::{Pen, cut};
use crate::view::Place;
use crate::viewmodel::{Branch, Cell, ClassMark, Column, Lead, List, Row, State, Table, Tone, fit};

/// Titles of the columns, when they have any. Gives the line after.
pub(super) fn titles(pen: &mut Pen<'_>, y: u16, cells: u16, table: &Table) -> u16 {
    if table.columns.iter().all(|column| column.title.is_empty()) {
        return y;
    }
    let style = pen.theme.tone(Tone::Muted);
    let places = columns::fit(table, cells);
    for (column, place) in table.columns.iter().zip(places) {
        let Some((x, cells)) = place else { continue };
        if column.right {
            // A title may begin in the blank before its figures.
            pen.right(x.saturating_sub(1), y, cells + 1, &column.title, style);
        } else {
            pen.put(x, y, cells, &column.title, style);
        }
    }
    y + 1
}

pub(super) fn draw(pen: &mut Pen<'_>, top: u16, end: u16, cells: u16, list: &List) {
    let table = &list.table;
    let places = columns::fit(table, cells);
    let typing = list.prompt.as_ref().is_some_and(|it| it.cursor.is_some());
    for ((at, row), y) in table.rows.iter().enumerate().zip(top..end) {
        self::row(pen, y, table, &places, row);
        pen.clickable(0, y, cells, Place::Row(at));
        if list.selected == Some(at) {
            // While a filter is typed the terminal's cursor stays in it.
            let parked = pen.found.cursor.filter(|_| typing);
            pen.select(y, cells, row.state == State::Critical);
            pen.found.cursor = parked.or(pen.found.cursor);
        }
    }
}

fn row(pen: &mut Pen<'_>, y: u16, table: &Table, places: &[columns::Place], row: &Row) {
    if table.lead != Lead::Bare {
        pen.mark(1, y, row.state);
    }
    if row.marked {
        pen.put(2, y, 1, pen.symbols.marked(), pen.theme.tone(Tone::Accent));
    }
    if table.lead == Lead::StateAndClass {
        class(pen, 3, y, row.class);
    }
    for ((cell, column), place) in row.cells.iter().zip(&table.columns).zip(places) {
        if let Some((x, cells)) = *place {
            self::cell(pen, (x, y, cells), column, cell);
        }
    }
}

/// Production and unknown have a sign of their own.
pub(in crate::view) fn class(pen: &mut Pen<'_>, x: u16, y: u16, class: ClassMark) {
    let sign = match class {
        ClassMark::Production => "P",
        ClassMark::Unknown => "?",
        ClassMark::Other => return,
    };
    pen.put(x, y, 1, sign, pen.theme.tone(Tone::Prod));
}

fn cell(pen: &mut Pen<'_>, at: (u16, u16, u16), column: &Column, cell: &Cell) {
    let (x, y, cells) = at;
    let symbols = pen.symbols;
    let (text, tone) = match cell {
        Cell::Empty => return,
        Cell::Branch(branch) => return self::branch(pen, at, branch),
        Cell::Age { text, stale, new } => return age(pen, at, text, *stale, *new),
        Cell::Bar(bar, state) => {
            pen.bar(x, y, &fit(bar, cells.into()), Some(*state));
            return;
        }
        Cell::Counts(counts) => return self::counts(pen, at, counts),
        Cell::Text(text, tone) | Cell::Figure(text, tone) => (text.clone(), *tone),
        Cell::Name { kind, name } => (cut::named(kind, name, cells.into(), symbols), Tone::Text),
        Cell::Whose(whose) => (cut::whose(whose, cells.into(), symbols), Tone::Text),
        Cell::Image { from, to } => (
            image(from.as_deref(), to, cells.into(), symbols),
            Tone::Text,
        ),
    };
    let style = pen.theme.tone(tone);
    if column.right {
        pen.right(x, y, cells, &text, style);
    } else {
        pen.put(x, y, cells, &text, style);
    }
}

/// Ends at the last of the cells, each count in the tone of its state.
fn counts(pen: &mut Pen<'_>, (x, y, cells): (u16, u16, u16), counts: &[(State, u32)]) {
    let mut end = x + cells;
    if counts.is_empty() {
        pen.mark(end.saturating_sub(1), y, State::Good);
    }
    for (state, count) in counts.iter().rev() {
        let text = format!("{}{count}", pen.symbols.state(*state));
        let start = end.saturating_sub(pen.cells(&text)).max(x);
        pen.put(start, y, end - start, &text, pen.theme.tone(state.tone()));
        end = start.saturating_sub(1).max(x);
    }
}

/// The new tag stays whole while the old one can give way.
fn image(from: Option<&str>, to: &str, cells: usize, symbols: super::Symbols) -> String {
    let to = symbols.text(to);
    let Some(from) = from else {
        return cut::middle(&to, cells, symbols);
    };
    let arrow = symbols.arrow();
    let room = cells.saturating_sub(cut::width(&to) + cut::width(arrow));
    if room < 2 {
        return cut::middle(&format!("{arrow}{to}"), cells, symbols);
    }
    let from = cut::end(&symbols.text(from), room, symbols);
    format!("{from}{arrow}{to}")
}

fn age(pen: &mut Pen<'_>, (x, y, cells): (u16, u16, u16), text: &str, stale: bool, new: bool) {
    let mut weight = pen.theme.tone(Tone::Text);
    if new {
        weight = weight.add_modifier(Modifier::BOLD);
    }
    let sign = if stale {
        pen.symbols.state(State::Stale)
    } else {
        ""
    };
    // One cell of the gap before an age is free for the mark of staleness.
    pen.right(
        x.saturating_sub(1),
        y,
        cells + 1,
        &format!("{text}{sign}"),
        weight,
    );
}

/// `- ▲ beta-back`, further right at every level.
fn branch(pen: &mut Pen<'_>, (x, y, cells): (u16, u16, u16), branch: &Branch) {
    let end = x + cells;
    let mut at = (x + 2 * branch.depth).min(end);
    if let Some(open) = branch.open {
        pen.muted(
            at,
            y,
            end.saturating_sub(at).min(1),
            if open { "-" } else { "+" },
        );
    }
    at += 2;
    pen.mark(at, y, branch.state);
    at += 2;
    if let Some(class) = branch.class {
        self::class(pen, at, y, class);
        at += 2;
    }
    let room = end.saturating_sub(at);
    let name = cut::middle(&pen.symbols.text(&branch.name), room.into(), pen.symbols);
    at = pen.text(at, y, room, &name);
    if !branch.note.is_empty() {
        pen.muted(at + 2, y, end.saturating_sub(at + 2), &branch.note);
    }
}
