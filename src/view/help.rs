//! Keys and what they do, in columns.

use ratatui::style::Modifier;

use super::list;
use super::pen::Pen;
use crate::viewmodel::{Help, HelpLine, Tone};

/// Cells of the keys, before what they do.
const KEYS: u16 = 13;

pub(super) fn body(pen: &mut Pen<'_>, help: &Help) {
    let cells = pen.width();
    pen.rule(2, cells, &help.title);
    let bottom = pen.height().saturating_sub(2);
    lines(pen, 3, bottom, help);
}

pub(super) fn lines(pen: &mut Pen<'_>, top: u16, end: u16, help: &Help) {
    let mut top = top;
    if let Some(prompt) = &help.prompt {
        top = list::prompt(pen, top, pen.width(), "?", prompt);
    }
    let count = u16::try_from(help.columns.len()).unwrap_or(1).max(1);
    let cells = (pen.width() / count).max(1);
    for (x, column) in (0..).step_by(cells.into()).zip(&help.columns) {
        for (y, line) in (top..end).zip(column.iter().skip(help.first)) {
            self::line(pen, (x + 1, y), cells.saturating_sub(1), line);
        }
    }
}

fn line(pen: &mut Pen<'_>, (x, y): (u16, u16), cells: u16, line: &HelpLine) {
    match line {
        HelpLine::Blank => {}
        HelpLine::Group(title) => {
            pen.put(x, y, cells, title, pen.theme.title);
        }
        HelpLine::Sentence(words) => {
            pen.text(x, y, cells, words);
        }
        HelpLine::Key {
            keys,
            unbound,
            words,
        } => {
            let end = if keys.is_empty() {
                pen.muted(x, y, KEYS - 1, unbound)
            } else {
                let key = pen.theme.tone(Tone::Accent).add_modifier(Modifier::BOLD);
                pen.put(x, y, cells, keys, key)
            };
            // Keys that a person bound to long sequences push the words to the right: neither is hidden.
            let start = end.max(x + KEYS - 1) + 1;
            pen.text(start, y, (x + cells).saturating_sub(start), words);
        }
    }
}
