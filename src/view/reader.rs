//! Lines of a text under a cursor.

use super::list;
use super::pen::Pen;
use crate::viewmodel::Reader;

pub(super) fn body(pen: &mut Pen<'_>, reader: &Reader) {
    let cells = pen.width();
    pen.rule(2, cells, &reader.title);
    let bottom = pen.height().saturating_sub(2);
    lines(pen, 3, bottom, reader);
}

pub(super) fn lines(pen: &mut Pen<'_>, top: u16, end: u16, reader: &Reader) {
    let cells = pen.width();
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
