//! Lines of a text under a cursor.

use super::list;
use super::pen::Pen;
use crate::viewmodel::{Reader, Side, Tone};

pub(super) fn body(pen: &mut Pen<'_>, reader: &Reader) {
    let cells = reader.side.as_ref().map_or(pen.width(), |it| it.left);
    pen.rule(2, cells, &reader.title);
    let bottom = pen.height().saturating_sub(2);
    lines(pen, 3, bottom, reader);
    if let Some(side) = &reader.side {
        self::side(pen, side, (2, bottom));
    }
}

pub(super) fn lines(pen: &mut Pen<'_>, top: u16, end: u16, reader: &Reader) {
    let cells = reader.side.as_ref().map_or(pen.width(), |it| it.left);
    let mut y = top;
    if let Some(prompt) = &reader.prompt {
        y = list::prompt(pen, y, cells, "/", prompt);
    }
    let end = end.saturating_sub(u16::from(reader.note.is_some()));
    for (at, rows) in reader.lines.iter().enumerate() {
        let mut lead = reader.leads.get(at).map_or("", String::as_str);
        for row in rows {
            if y >= end {
                break;
            }
            let label = pen.cells(lead);
            pen.line(1, y, cells.saturating_sub(1 + label), row);
            pen.muted(
                cells.saturating_sub(1 + label),
                y,
                label,
                std::mem::take(&mut lead),
            );
            if reader.selected == Some(at) {
                pen.select(y, cells, false);
            }
            y += 1;
        }
    }
    if let Some((state, words)) = &reader.note {
        let x = pen.mark(1, end, *state);
        pen.muted(x + 1, end, cells.saturating_sub(x + 1), words);
    }
}

/// What stands beside the text, scrolled while the cursor is in it.
fn side(pen: &mut Pen<'_>, side: &Side, (top, end): (u16, u16)) {
    pen.border(side.left, top, end);
    let x = side.left + 2;
    let cells = pen.width().saturating_sub(x + 1);
    let room = usize::from(end.saturating_sub(top));
    let hidden = side.lines.len().saturating_sub(room);
    let above = side.scrolled.unwrap_or(0).min(hidden);
    for (y, line) in (top..end).zip(side.lines.iter().skip(above)) {
        pen.line(x, y, cells, line);
    }
    pen.found.pane = hidden;
    if side.scrolled.is_some() {
        let style = pen.theme.tone(Tone::Accent);
        pen.put(x - 1, top, 1, pen.symbols.cursor(), style);
        pen.park(x - 1, top);
    }
}
