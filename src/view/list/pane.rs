//! The pane beside the list: who and since when, why, what changed, what to do, at length.

use super::{Pen, cut, last_seen};
use crate::viewmodel::{Card, ClassMark, Guide, Line, Part, Piece, State, Tone};

/// Between what stands on one line.
const GAP: u16 = 3;

/// `scrolled` is given while the cursor is in the pane.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    x: u16,
    (top, end): (u16, u16),
    card: &Card,
    scrolled: Option<usize>,
) {
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
    pen.found.pane = parts(pen, (x, y), end, &card.parts, scrolled.unwrap_or(0));
    if scrolled.is_some() {
        pen.put(
            x.saturating_sub(1),
            top,
            1,
            pen.symbols.cursor(),
            pen.theme.tone(Tone::Accent),
        );
        pen.park(x.saturating_sub(1), top);
    }
}

/// The grammar of the filter, while it is typed.
pub(super) fn guide(pen: &mut Pen<'_>, x: u16, (top, end): (u16, u16), guide: &Guide) {
    let cells = pen.width().saturating_sub(x + 1);
    pen.put(x, top, cells, &guide.title.left, pen.theme.title);
    pen.muted(x, top + 1, cells, &guide.title.right);
    parts(pen, (x, top + 2), end, &guide.parts, 0);
}

/// Draws what fits below so many lines, and says how many lines do not.
fn parts(pen: &mut Pen<'_>, (x, y): (u16, u16), end: u16, parts: &[Part], above: usize) -> usize {
    let cells = pen.width().saturating_sub(x + 2);
    let parts = parts.iter().filter(|part| !part.lines.is_empty());
    let lines: Vec<Drawn<'_>> = parts.flat_map(|it| part(it, cells)).collect();
    let hidden = lines.len().saturating_sub(end.saturating_sub(y).into());
    for (y, drawn) in (y..end).zip(lines.iter().skip(above.min(hidden))) {
        match drawn {
            Drawn::Blank => {}
            Drawn::Label(label) => {
                pen.muted(x, y, cells, label);
            }
            Drawn::Words(words, tone) => {
                pen.put(x + 1, y, cells, words, pen.theme.tone(*tone));
            }
            Drawn::Marked(mark, words, tone) => {
                if let Some(state) = mark {
                    pen.mark(x + 1, y, *state);
                }
                pen.put(
                    x + 3,
                    y,
                    cells.saturating_sub(2),
                    words,
                    pen.theme.tone(*tone),
                );
            }
            Drawn::Line(line) => {
                pen.line(x + 1, y, cells, line);
            }
        }
    }
    hidden
}

/// A line of the pane.
enum Drawn<'a> {
    Blank,
    Label(&'a str),
    Words(String, Tone),
    /// A sentence after a mark, which only its first line has.
    Marked(Option<State>, String, Tone),
    Line(&'a Line),
}

/// Sentences are wrapped; lines of several pieces stand in columns.
fn part(part: &Part, cells: u16) -> Vec<Drawn<'_>> {
    let mut lines = vec![Drawn::Blank, Drawn::Label(&part.label)];
    for line in &part.lines {
        match line.as_slice() {
            [Piece::Text(words, tone)] => {
                let words = cut::wrap(words, cells.into());
                lines.extend(words.into_iter().map(|words| Drawn::Words(words, *tone)));
            }
            [Piece::Mark(state), Piece::Text(words, tone)] => {
                let words = cut::wrap(words, cells.saturating_sub(2).into()).into_iter();
                let mark = [Some(*state)].into_iter().chain(std::iter::repeat(None));
                lines.extend(
                    mark.zip(words)
                        .map(|(mark, words)| Drawn::Marked(mark, words, *tone)),
                );
            }
            _ => lines.push(Drawn::Line(line)),
        }
    }
    lines
}
