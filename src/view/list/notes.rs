//! What stands where there are no rows.

use super::{GUTTER, Pen, class, cut};
use crate::viewmodel::{Note, PastChange, Tone};

pub(super) fn draw(pen: &mut Pen<'_>, top: u16, end: u16, cells: u16, notes: &[Note]) {
    for (y, note) in (top..end).zip(notes) {
        match note {
            Note::Gutter(label, text) => {
                pen.muted(1, y, GUTTER - 2, label);
                pen.text(GUTTER, y, cells.saturating_sub(GUTTER + 1), text);
            }
            Note::Sentence(text) => {
                let mut x = 1;
                if let Some(state) = note.state() {
                    x = pen.mark(x, y, state) + 1;
                }
                pen.text(x, y, cells.saturating_sub(x), text);
            }
            Note::Rule(title) => pen.rule(y, cells, title),
            Note::Change(change) => self::change(pen, y, cells, change),
        }
    }
}

fn change(pen: &mut Pen<'_>, y: u16, cells: u16, change: &PastChange) {
    pen.muted(1, y, 5, &change.time);
    class(pen, 7, y, change.class);
    let whose = cut::whose(&change.whose, 16, pen.symbols);
    pen.text(9, y, 16, &whose);
    let subject = cut::middle(&change.subject, 13, pen.symbols);
    pen.text(26, y, 13, &subject);
    pen.text(40, y, cells.saturating_sub(40 + 5), &change.what);
    let style = pen.theme.tone(Tone::Muted);
    pen.right(cells.saturating_sub(4), y, 4, &change.age, style);
}
