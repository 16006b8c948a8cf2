//! The last forms before nothing fits: rows on two lines each, then the counts alone.

use super::pen::Pen;
use super::{Place, cut, frame, help, reader};
use crate::viewmodel::{Body, Brief, Counts, History, List, Screen, State, Tone};

/// Two lines a row, and under the selected one its sentence.
pub(super) fn tiny(pen: &mut Pen<'_>, screen: &Screen) {
    let counts = frame::counts(pen, &screen.header.counts);
    let x = frame::write(pen, 1, &counts);
    pen.put(x + 1, 0, u16::MAX, &screen.header.mode, pen.theme.title);
    let plain = pen.theme.tone(Tone::Text);
    let minutes = &screen.header.clock.minutes;
    let cells = pen.width().saturating_sub(1);
    pen.right(0, 0, cells, minutes, plain);
    let bottom = pen.height().saturating_sub(1);
    match &screen.body {
        Body::List(list) | Body::History(History { list, .. }) => {
            self::list(pen, bottom, list);
        }
        Body::Reader(reader) => reader::lines(pen, 1, bottom, reader),
        Body::Help(help) => help::lines(pen, 1, bottom, help),
    }
    frame::footer(pen, &screen.footer);
}

fn list(pen: &mut Pen<'_>, bottom: u16, list: &List) {
    let room = usize::from(bottom.saturating_sub(2) / 2).max(1);
    let rows = list.briefs.get(..room).unwrap_or(&list.briefs);
    let taken = u16::try_from(2 * rows.len()).unwrap_or(bottom);
    let mut spare = bottom.saturating_sub(1 + taken);
    let mut y = 1;
    for (at, row) in rows.iter().enumerate() {
        brief(pen, y, row);
        pen.clickable(0, y, pen.width(), Place::Row(at));
        pen.clickable(0, y + 1, pen.width(), Place::Row(at));
        if list.selected == Some(at) {
            pen.select(y, pen.width(), row.state == State::Critical);
        }
        y += 2;
        if at == list.selected.unwrap_or(0) {
            let said = row.lines.first().map_or("", String::as_str);
            sentence(pen, y, spare, said);
            y += std::mem::take(&mut spare);
        }
    }
    if rows.is_empty() {
        let cells = pen.width().saturating_sub(1);
        let lines = cut::wrap(&list.title.left, cells.into());
        for (y, line) in (1..bottom).zip(lines) {
            pen.text(1, y, cells, &line);
        }
    }
}

fn brief(pen: &mut Pen<'_>, y: u16, row: &Brief) {
    pen.mark(1, y, row.state);
    super::list::class(pen, 3, y, row.class);
    let cells = pen.width().saturating_sub(5);
    let whose = cut::whose(&row.whose, cells.into(), pen.symbols);
    pen.text(5, y, cells, &whose);
    let sign = if row.stale {
        pen.symbols.state(State::Stale)
    } else {
        ""
    };
    let text = format!("{}{sign}", row.age);
    let age = pen.cells(&text);
    let end = pen.width().saturating_sub(1);
    pen.right(0, y + 1, end, &text, pen.theme.tone(Tone::Text));
    let ready = row.ready.as_ref();
    let room = end.saturating_sub(age + 2 + ready.map_or(0, |(text, _)| pen.cells(text) + 1));
    let subject = cut::named(&row.kind, &row.subject, room.into(), pen.symbols);
    let x = pen.text(1, y + 1, room, &subject);
    if let Some((text, low)) = ready {
        let tone = if *low { row.state.tone() } else { Tone::Text };
        pen.put(x + 1, y + 1, u16::MAX, text, pen.theme.tone(tone));
    }
}

fn sentence(pen: &mut Pen<'_>, top: u16, lines: u16, text: &str) {
    let cells = pen.width().saturating_sub(2);
    let mut said = cut::wrap(text, cells.into());
    let room = usize::from(lines);
    if said.len() > room && room > 0 {
        // The last line takes the rest, and shows that it is cut.
        let rest = said.split_off(room - 1).join(" ");
        said.push(rest);
    }
    for (y, line) in (top..top + lines).zip(said) {
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
