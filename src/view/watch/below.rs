//! The strips under the list.

use super::{GUTTER, Pen, class, cut};
use crate::viewmodel::watch::{Below, Item};
use crate::viewmodel::{Form, State, Tone};

pub(super) fn draw(pen: &mut Pen<'_>, top: u16, cells: u16, lines: &[Below], form: Form) {
    let ready = lines.iter().filter_map(|line| match line {
        Below::Item(item) => Some(pen.cells(&item.ready)),
        _ => None,
    });
    let ready = ready.max().unwrap_or(0);
    for (y, line) in (top..).zip(lines) {
        match line {
            Below::Rule(title) => pen.rule(y, cells, title),
            Below::Gutter(label, line) => {
                let x = if label.is_empty() { 1 } else { GUTTER };
                pen.muted(1, y, GUTTER - 2, label);
                pen.line(x, y, cells.saturating_sub(x), line);
            }
            Below::Denied([what, right, purpose]) => denied(pen, y, cells, what, right, purpose),
            Below::Item(item) if form == Form::Wide => section_item(pen, y, cells, item),
            Below::Item(item) => strip_item(pen, y, cells, ready, item),
            Below::Blank => {}
        }
    }
}

fn denied(pen: &mut Pen<'_>, y: u16, cells: u16, what: &str, right: &str, purpose: &str) {
    let last = cells.saturating_sub(1);
    let second = (last / 5 + 1).max(18);
    let third = (last * 7 / 10).max(second + 18);
    pen.text(1, y, second - 2, what);
    pen.text(second, y, third - second - 1, right);
    pen.muted(third, y, last.saturating_sub(third), purpose);
}

/// One line in the gutter form: `► basegun/prod api  █████▒░░ 7/8  rev 42, 9m left`.
fn strip_item(pen: &mut Pen<'_>, y: u16, cells: u16, ready: u16, item: &Item) {
    // Names give way before the figures do.
    let names = 26_u16.saturating_sub(80_u16.saturating_sub(cells)).max(18);
    let owner = names * 16 / 26;
    pen.muted(1, y, GUTTER - 2, &item.label);
    pen.mark(GUTTER, y, item.state);
    let start = GUTTER + 2;
    let end = more(pen, y, cells, item);
    let whose = cut::whose(&item.whose, owner.into(), pen.symbols);
    let x = if item.bar.is_empty() && item.ready.is_empty() {
        pen.text(start, y, owner, &whose) + 1
    } else {
        let x = pen.text(start, y, owner, &whose) + 1;
        let room = (start + names).saturating_sub(x);
        let subject = cut::middle(&item.subject, room.into(), pen.symbols);
        pen.text(x, y, room, &subject);
        let x = start + names + 1;
        pen.bar(x, y, &item.bar, Some(item.state));
        figure(pen, x + 9, y, ready, item);
        x + 9 + ready + 2
    };
    pen.text(x, y, end.saturating_sub(x), &item.text);
    if item.selected {
        pen.select(y, cells, false);
    }
}

/// The same in columns, under a title of its own.
fn section_item(pen: &mut Pen<'_>, y: u16, cells: u16, item: &Item) {
    pen.mark(1, y, item.state);
    class(pen, 3, y, item.class);
    let end = more(pen, y, cells, item);
    let whose = cut::whose(&item.whose, 16, pen.symbols);
    pen.text(5, y, 16, &whose);
    let x = if item.bar.is_empty() && item.ready.is_empty() {
        22
    } else {
        let subject = cut::middle(&item.subject, 13, pen.symbols);
        pen.text(22, y, 13, &subject);
        pen.bar(36, y, &item.bar, Some(item.state));
        figure(pen, 44, y, 6, item);
        52
    };
    pen.text(x, y, end.saturating_sub(x), &item.text);
    if item.selected {
        pen.select(y, cells, false);
    }
}

fn figure(pen: &mut Pen<'_>, x: u16, y: u16, cells: u16, item: &Item) {
    let tone = match item.state {
        State::Failed => Tone::Critical,
        _ => Tone::Text,
    };
    pen.right(x, y, cells, &item.ready, pen.theme.tone(tone));
    if item.stale {
        pen.mark(x + cells, y, State::Stale);
    }
}

/// How many do not fit, at the right end; gives where the text must stop.
fn more(pen: &mut Pen<'_>, y: u16, cells: u16, item: &Item) -> u16 {
    let Some(more) = &item.more else {
        return cells;
    };
    let said = format!("· {more}");
    let width = pen.cells(&said);
    pen.muted(cells.saturating_sub(width + 2), y, width, &said);
    cells.saturating_sub(width + 4)
}
