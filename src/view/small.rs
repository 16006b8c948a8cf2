//! The last forms before nothing fits: the worst finding, then the counts alone.

use super::pen::Pen;
use super::{cut, frame};
use crate::viewmodel::watch::Row;
use crate::viewmodel::{Counts, Screen, State, Tone};

/// The worst finding over a few short lines.
pub(super) fn tiny(pen: &mut Pen<'_>, screen: &Screen) {
    let counts = frame::counts(pen, &screen.header.counts);
    let x = frame::write(pen, 1, &counts);
    if let Some(mode) = &screen.header.mode {
        pen.put(x + 1, 0, u16::MAX, mode, pen.theme.title);
    }
    let plain = pen.theme.tone(Tone::Text);
    let minutes = &screen.header.clock.minutes;
    let cells = pen.width().saturating_sub(1);
    pen.right(0, 0, cells, minutes, plain);
    let last = pen.height().saturating_sub(1);
    if let Some(row) = screen.body.rows.first() {
        worst(pen, row, last);
    } else {
        let lines = cut::wrap(&screen.body.title.left, cells.into());
        for (y, line) in (1..last).zip(lines) {
            pen.text(1, y, cells, &line);
        }
    }
    frame::footer(pen, &screen.footer);
}

fn worst(pen: &mut Pen<'_>, row: &Row, last: u16) {
    super::watch::signs(pen, 1, row);
    let cells = pen.width().saturating_sub(5);
    let whose = cut::whose(&row.whose, cells.into(), pen.symbols);
    pen.text(5, 1, cells, &whose);
    pen.select(1, pen.width(), row.state == State::Critical);
    let age = pen.cells(&row.age);
    let end = pen.width().saturating_sub(1);
    pen.right(0, 2, end, &row.age, pen.theme.tone(Tone::Text));
    let ready = row.ready.as_ref();
    let room = end.saturating_sub(age + 2 + ready.map_or(0, |(text, _)| pen.cells(text) + 1));
    let subject = super::watch::subject(row, room.into(), pen.symbols);
    let x = pen.text(1, 2, room, &subject);
    if let Some((text, low)) = ready {
        let tone = if *low { row.state.tone() } else { Tone::Text };
        pen.put(x + 1, 2, u16::MAX, text, pen.theme.tone(tone));
    }
    let cells = end.saturating_sub(1);
    let mut lines = cut::wrap(&row.sentence, cells.into());
    let room = usize::from(last.saturating_sub(3));
    if lines.len() > room && room > 0 {
        // The last line takes the rest, and shows that it is cut.
        let rest = lines.split_off(room - 1).join(" ");
        lines.push(rest);
    }
    for (y, line) in (3..last).zip(lines) {
        pen.text(1, y, cells, &line);
    }
}

/// As much of the counts as fits; in one cell the worst symbol.
pub(super) fn speck(pen: &mut Pen<'_>, screen: &Screen) {
    let worst = match &screen.header.counts {
        Counts::Reading => State::Reading,
        Counts::Calm(_) => State::Good,
        Counts::Found { critical: 1.., .. } => State::Critical,
        Counts::Found { warning: 1.., .. } => State::Warning,
        Counts::Found { .. } => State::Absent,
    };
    let counts = frame::counts(pen, &screen.header.counts);
    let cells: u16 = counts.iter().map(|(text, _)| pen.cells(text)).sum();
    if cells <= pen.width() {
        frame::write(pen, 0, &counts);
    } else {
        pen.mark(0, 0, worst);
    }
}
