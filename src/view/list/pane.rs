//! The pane beside the list: who and since when, why, what changed, what to do, at length.

use super::{Pen, cut, last_seen};
use crate::viewmodel::{Card, ClassMark, Line, Piece, State, Tone};

/// Between what stands on one line.
const GAP: u16 = 3;

pub(super) fn draw(pen: &mut Pen<'_>, x: u16, top: u16, end: u16, card: &Card) {
    let cells = pen.width().saturating_sub(x + 1);
    let kind = pen.cells(&card.kind);
    let room = cells.saturating_sub(kind + 2);
    let subject = cut::middle(&card.subject, room.into(), pen.symbols);
    pen.put(x, top, room, &subject, pen.theme.title);
    pen.right(x, top, cells, &card.kind, pen.theme.tone(Tone::Muted));

    let mut y = top + 1;
    let after = pen.cells(&card.class_word) + pen.cells(&card.cluster) + 2 * GAP;
    let whose = cut::whose(&card.whose, cells.into(), pen.symbols);
    let mut at = pen.text(x, y, cells, &whose);
    if whose.is_empty() || at + after > x + cells {
        // Several tenants have a line of their own.
        y += u16::from(!whose.is_empty());
        at = x;
    } else {
        at += GAP;
    }
    let tone = match card.class {
        ClassMark::Production => Tone::Prod,
        ClassMark::Unknown => Tone::Warning,
        ClassMark::Other => Tone::Text,
    };
    if !card.class_word.is_empty() {
        at = pen.put(at, y, cells, &card.class_word, pen.theme.tone(tone)) + GAP;
    }
    pen.text(at, y, (x + cells).saturating_sub(at), &card.cluster);
    y += 1;

    if !card.since.is_empty() || !card.ready.is_empty() {
        pen.text(x, y, cells, &card.since);
        let ready = pen.cells(&card.ready);
        let bar = u16::try_from(card.bar.len()).unwrap_or(0);
        let start = (x + cells).saturating_sub(ready + 1 + bar);
        if start > x + pen.cells(&card.since) {
            pen.bar(start, y, &card.bar, None);
            pen.text(start + bar + 1, y, ready, &card.ready);
        }
        y += 1;
    }
    if card.last_seen.is_some() {
        let said = last_seen(pen.symbols, card);
        pen.put(x, y, cells, &said, pen.theme.tone(State::Stale.tone()));
        y += 1;
    }
    for part in card.parts.iter().filter(|part| !part.lines.is_empty()) {
        y += 1;
        if y >= end {
            return;
        }
        pen.muted(x, y, cells, &part.label);
        y += 1;
        for line in &part.lines {
            y = self::line(pen, (x + 1, y), end, cells.saturating_sub(1), line);
        }
    }
}

/// Sentences are wrapped; lines of several pieces stand in columns. Gives the line after.
fn line(pen: &mut Pen<'_>, (x, y): (u16, u16), end: u16, cells: u16, line: &Line) -> u16 {
    let mut y = y;
    let [Piece::Text(words, tone)] = line.as_slice() else {
        if y < end {
            pen.line(x, y, cells, line);
        }
        return y + 1;
    };
    for words in cut::wrap(words, cells.into()) {
        if y < end {
            pen.put(x, y, cells, &words, pen.theme.tone(*tone));
        }
        y += 1;
    }
    y
}
