//! A box over the body, in which something is chosen.

use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::{cut, frame};
use crate::viewmodel::{ChoiceRow, Hint, Popup, Tone};

/// Cells of the keys that do the same.
const KEY: u16 = 8;
/// The most that names take beside their notes.
const NAME: u16 = 28;

/// What the rows of a popup have, so that they stand below one another.
#[derive(Clone, Copy)]
struct Columns {
    marked: bool,
    keyed: bool,
    name: u16,
}

pub(super) fn draw(pen: &mut Pen<'_>, popup: &Popup) {
    let whole = pen.width() < 60 || pen.height() < 16;
    let width = if whole {
        pen.width()
    } else {
        popup.width.min(pen.width().saturating_sub(4))
    };
    let rows = u16::try_from(popup.rows.len()).unwrap_or(u16::MAX);
    let wanted = 2
        + rows.max(1)
        + if popup.prompt.is_some() { 2 } else { 0 }
        + if popup.note.is_empty() { 0 } else { 2 };
    let top = if whole { 0 } else { 3 };
    let height = wanted.min(pen.height().saturating_sub(top + 1)).max(3);
    let left = pen.width().saturating_sub(width) / 2;
    border(pen, (left, top), (width, height), &popup.title, &popup.keys);
    let (x, cells) = (left + 2, width.saturating_sub(4));
    let mut y = top + 1;
    let end = top + height - 1;
    if let Some((text, cursor)) = &popup.prompt {
        prompt(pen, (x, y), cells, text, *cursor);
        y += 2;
    }
    let columns = Columns {
        marked: popup.rows.iter().any(|row| row.state.is_some()),
        keyed: popup.rows.iter().any(|row| !row.key.is_empty()),
        name: popup
            .rows
            .iter()
            .map(|row| pen.cells(&row.name))
            .max()
            .unwrap_or(0)
            .clamp(16, NAME),
    };
    for (at, row) in popup.rows.iter().enumerate() {
        if y >= end {
            break;
        }
        choice(pen, (x, y), cells, columns, row);
        if popup.selected == Some(at) {
            let cursor = pen.found.cursor;
            pen.select_span(x - 1, y, cells + 2);
            // The terminal's own cursor stays where one types.
            if popup.prompt.is_some() {
                pen.found.cursor = cursor;
            }
        }
        y += 1;
    }
    if !popup.note.is_empty() && y + 1 < end {
        pen.muted(x, end - 1, cells, &popup.note);
    }
}

pub(super) fn border(
    pen: &mut Pen<'_>,
    (x, y): (u16, u16),
    (width, height): (u16, u16),
    title: &str,
    keys: &[Hint],
) {
    let [nw, ne, sw, se] = pen.symbols.corners();
    let rule = pen.symbols.rule();
    let border = pen.symbols.border();
    let style = pen.theme.rule;
    let inner = usize::from(width.saturating_sub(2));
    let last = y + height - 1;
    for line in y..=last {
        let text = match line {
            line if line == y => format!("{nw}{}{ne}", rule.repeat(inner)),
            line if line == last => format!("{sw}{}{se}", rule.repeat(inner)),
            _ => format!("{border}{}{border}", " ".repeat(inner)),
        };
        pen.put(x, line, width, &text, style);
    }
    pen.put(
        x + 1,
        y,
        width.saturating_sub(2),
        &format!(" {title} "),
        pen.theme.title,
    );
    let cells = frame::hints_cells(pen, keys);
    let start = (x + width).saturating_sub(cells + 3).max(x + 1);
    pen.put(
        start,
        last,
        cells + 2,
        &" ".repeat(usize::from(cells) + 2),
        Style::new(),
    );
    frame::hints(pen, start + 1, last, keys);
}

fn prompt(pen: &mut Pen<'_>, (x, y): (u16, u16), cells: u16, text: &str, cursor: usize) {
    let style = pen.theme.tone(Tone::Accent);
    let start = pen.put(x, y, 1, ":", style) + 1;
    let room = (x + cells).saturating_sub(start + 1);
    let hidden = cursor.saturating_sub(usize::from(room));
    let shown = cut::tail(text, cut::width(text).saturating_sub(hidden));
    pen.text(start, y, room, shown);
    let at = start + u16::try_from(cursor - hidden).unwrap_or(room);
    pen.put(at, y, 1, pen.symbols.cursor(), style);
    pen.park(at, y);
}

fn choice(pen: &mut Pen<'_>, (x, y): (u16, u16), cells: u16, columns: Columns, row: &ChoiceRow) {
    let end = x + cells;
    let mut at = x + 1;
    if columns.marked {
        if let Some(state) = row.state {
            pen.mark(at, y, state);
        }
        at += 2;
    }
    if columns.keyed {
        let style = pen.theme.tone(Tone::Accent).add_modifier(Modifier::BOLD);
        pen.put(at, y, KEY - 1, &row.key, style);
        at += KEY;
    }
    let room = end.saturating_sub(at);
    let name = if row.note.is_empty() {
        room
    } else {
        columns.name.min(room)
    };
    let text = cut::middle(&pen.symbols.text(&row.name), name.into(), pen.symbols);
    pen.text(at, y, name, &text);
    let note = at + name + 1;
    pen.muted(note, y, end.saturating_sub(note), &row.note);
}
