//! The strips under the list.

use super::{GUTTER, Pen, class, cut};
use crate::view::Place;
use crate::viewmodel::{Below, Form, Item, State, Tone};

pub(super) fn draw(pen: &mut Pen<'_>, top: u16, cells: u16, lines: &[Below], form: Form) {
    let strip = Strip::fit(pen, cells, lines);
    for ((at, line), y) in lines.iter().enumerate().zip(top..) {
        pen.clickable(0, y, cells, Place::Below(at));
        match line {
            Below::Rule(title) => pen.rule(y, cells, title),
            Below::Gutter(label, line) => {
                let x = if label.is_empty() { 1 } else { GUTTER };
                pen.muted(1, y, GUTTER - 2, label);
                pen.line(x, y, cells.saturating_sub(x), line);
            }
            Below::Denied([what, right, purpose]) => denied(pen, y, cells, what, right, purpose),
            Below::Item(item) if form == Form::Wide => section_item(pen, y, cells, item),
            Below::Item(item) => strip_item(pen, y, cells, &strip, item),
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

/// Where the parts of the lines in the gutter form stand.
struct Strip {
    /// Cells of the names before a bar.
    names: u16,
    bar: u16,
    ready: u16,
}

impl Strip {
    const START: u16 = GUTTER + 2;
    const NAMES: (u16, u16) = (26, 22);
    const OWNER: (u16, u16) = (16, 10);
    /// Narrower, the bar goes: its figures say the same.
    const WITH_BAR: u16 = 72;

    /// Names give way as far as the longest text needs, and no further.
    fn fit(pen: &Pen<'_>, cells: u16, lines: &[Below]) -> Self {
        let items = || {
            lines.iter().filter_map(|line| match line {
                Below::Item(item) => Some(item),
                _ => None,
            })
        };
        let ready = items().map(|item| pen.cells(&item.ready)).max();
        let mut strip = Self {
            names: Self::NAMES.0,
            bar: if cells >= Self::WITH_BAR { 9 } else { 0 },
            ready: ready.unwrap_or(0),
        };
        for item in items().filter(|item| !bare(item)) {
            let left = Self::left(pen, cells, item).saturating_sub(strip.bar + strip.ready + 2);
            strip.names = strip.names.min(left.max(Self::NAMES.1));
        }
        strip
    }

    /// Cells that the text of the line leaves.
    fn left(pen: &Pen<'_>, cells: u16, item: &Item) -> u16 {
        let end = cells.saturating_sub(more(pen, item));
        end.saturating_sub(Self::START + 1 + pen.cells(&item.text))
    }

    /// Of a line without figures, whose text stands in no column.
    fn owner(pen: &Pen<'_>, cells: u16, item: &Item) -> u16 {
        let (most, least) = Self::OWNER;
        Self::left(pen, cells, item).clamp(least, most)
    }
}

fn bare(item: &Item) -> bool {
    item.bar.is_empty() && item.ready.is_empty()
}

/// One line in the gutter form: `► basegun/prod api  █████▒░░ 7/8  rev 42, 9m left`.
fn strip_item(pen: &mut Pen<'_>, y: u16, cells: u16, strip: &Strip, item: &Item) {
    let start = Strip::START;
    pen.muted(1, y, GUTTER - 2, &item.label);
    pen.mark(GUTTER, y, item.state);
    let end = rest(pen, y, cells, item);
    let x = if bare(item) {
        let owner = Strip::owner(pen, cells, item);
        let whose = cut::whose(&item.whose, owner.into(), pen.symbols);
        pen.text(start, y, owner, &whose) + 1
    } else {
        let owner =
            (strip.names * 16 / 26).max(strip.names.saturating_sub(pen.cells(&item.subject) + 1));
        let whose = cut::whose(&item.whose, owner.into(), pen.symbols);
        let x = pen.text(start, y, owner, &whose) + 1;
        let room = (start + strip.names).saturating_sub(x);
        let subject = cut::middle(&item.subject, room.into(), pen.symbols);
        pen.text(x, y, room, &subject);
        let x = start + strip.names + 1;
        if strip.bar > 0 {
            pen.bar(x, y, &item.bar, Some(item.state));
        }
        let x = x + strip.bar;
        figure(pen, x, y, strip.ready, item);
        x + strip.ready + 2
    };
    said(pen, x, y, end, item);
    if item.selected {
        pen.select(y, cells, false);
    }
}

/// The same in columns, under a title of its own.
fn section_item(pen: &mut Pen<'_>, y: u16, cells: u16, item: &Item) {
    pen.mark(1, y, item.state);
    class(pen, 3, y, item.class);
    let end = rest(pen, y, cells, item);
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
    said(pen, x, y, end, item);
    if item.selected {
        pen.select(y, cells, false);
    }
}

/// What it says, with the mark of what is stale where no figure has it.
fn said(pen: &mut Pen<'_>, x: u16, y: u16, end: u16, item: &Item) {
    let stale = item.stale && bare(item);
    let room = end.saturating_sub(x + u16::from(stale));
    let end = pen.text(x, y, room, &item.text);
    if stale {
        pen.mark(end, y, State::Stale);
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

/// How many do not fit: under the label, where no text has less room for it, else at the right end. Gives where the text
/// must stop.
fn rest(pen: &mut Pen<'_>, y: u16, cells: u16, item: &Item) -> u16 {
    let taken = more(pen, item);
    if let Some(said) = &item.more {
        if taken == 0 {
            pen.muted(1, y, GUTTER - 2, said);
        } else {
            let said = format!("· {said}");
            pen.muted(cells.saturating_sub(taken - 1), y, taken - 1, &said);
        }
    }
    cells.saturating_sub(taken)
}

/// Cells it takes from the text, with the blanks around it.
fn more(pen: &Pen<'_>, item: &Item) -> u16 {
    match &item.more {
        Some(said) if item.label != " " => pen.cells(said) + 5,
        _ => 0,
    }
}
