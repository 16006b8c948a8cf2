//! Watch: rows, the strip or pane of the selected one, the strips below.

mod below;
mod columns;
mod notes;
mod pane;

use ratatui::style::Modifier;

use super::pen::Pen;
use super::{Symbols, cut};
use crate::viewmodel::watch::{Card, Prompt, Row, Title, Watch};
use crate::viewmodel::{ClassMark, Form, Screen, State, Tone};

use columns::Columns;

/// Labels of strips stand in a gutter, texts begin after it.
const GUTTER: u16 = 11;

pub(super) fn body(pen: &mut Pen<'_>, screen: &Screen) {
    match screen.form {
        Form::Small => small(pen, screen),
        _ => list(pen, screen),
    }
}

fn list(pen: &mut Pen<'_>, screen: &Screen) {
    let watch = &screen.body;
    let cells = screen.form.list_width(pen.width());
    let bottom = pen.height().saturating_sub(2);
    pen.rule(2, cells, &watch.title);
    let mut y = 3;
    if let Some(prompt) = &watch.prompt {
        y = self::prompt(pen, y, cells, prompt);
    }
    let below_height = u16::try_from(watch.below.len()).unwrap_or(bottom);
    let below_top = bottom.saturating_sub(below_height);
    let strip = match screen.form {
        Form::Normal => 4,
        _ => 0,
    };
    let rows_end = below_top.saturating_sub(strip);
    if watch.rows.is_empty() {
        notes::draw(pen, y, below_top, cells, &watch.notes);
    } else {
        rows(pen, y, rows_end, cells, watch);
        if let Some(card) = watch.card.as_ref().filter(|_| strip > 0) {
            self::strip(pen, rows_end, below_top, cells, card);
        }
    }
    below::draw(pen, below_top, cells, &watch.below, screen.form);
    if screen.form == Form::Wide {
        pen.border(cells, 2, bottom);
        if let Some(card) = &watch.card {
            pane::draw(pen, cells + 2, 2, bottom, card);
        }
    }
}

/// Rows and two lines of why, on a small terminal.
fn small(pen: &mut Pen<'_>, screen: &Screen) {
    let watch = &screen.body;
    let cells = pen.width();
    let bottom = pen.height().saturating_sub(1);
    let end = bottom.saturating_sub(3);
    let mut y = 2;
    if let Some(prompt) = &watch.prompt {
        y = self::prompt(pen, y, cells, prompt);
    }
    if watch.rows.is_empty() {
        pen.text(1, y, cells.saturating_sub(1), &watch.title.left);
        notes::draw(pen, y + 1, end, cells, &watch.notes);
    } else {
        rows(pen, y, end, cells, watch);
    }
    pen.rule(end, cells, &Title::default());
    if let Some(notice) = &screen.notice {
        let x = pen.mark(1, end + 1, notice.state);
        let room = usize::from(cells.saturating_sub(x + 1));
        for (y, line) in (end + 1..bottom).zip(cut::wrap(&notice.text, room)) {
            pen.text(x + 1, y, cells, &line);
        }
        return;
    }
    let selected = watch.selected.and_then(|at| watch.rows.get(at));
    let why = watch
        .card
        .iter()
        .filter_map(|card| card.parts.first())
        .flat_map(|(_, lines)| lines);
    let sentences = selected.map(|row| &row.sentence).into_iter().chain(why);
    let room = cells.saturating_sub(1);
    for (y, sentence) in (end + 1..bottom).zip(sentences) {
        pen.text(1, y, room, sentence);
    }
}

fn rows(pen: &mut Pen<'_>, top: u16, end: u16, cells: u16, watch: &Watch) {
    let columns = Columns::fit(pen, cells, &watch.rows);
    let typing = watch.prompt.as_ref().is_some_and(|it| it.cursor.is_some());
    for ((at, row), y) in watch.rows.iter().enumerate().zip(top..end) {
        self::row(pen, y, &columns, row);
        if watch.selected == Some(at) {
            // While a filter is typed the terminal's cursor stays in it.
            let parked = pen.cursor.filter(|_| typing);
            pen.select(y, cells, row.state == State::Critical);
            pen.cursor = parked.or(pen.cursor);
        }
    }
}

/// Severity and class, in the first cells of a row.
pub(super) fn signs(pen: &mut Pen<'_>, y: u16, row: &Row) {
    pen.mark(1, y, row.state);
    class(pen, 3, y, row.class);
}

fn class(pen: &mut Pen<'_>, x: u16, y: u16, class: ClassMark) {
    let sign = match class {
        ClassMark::Production => "P",
        ClassMark::Unknown => "?",
        ClassMark::Other => return,
    };
    pen.put(x, y, 1, sign, pen.theme.tone(Tone::Prod));
}

fn row(pen: &mut Pen<'_>, y: u16, columns: &Columns, row: &Row) {
    let symbols = pen.symbols;
    signs(pen, y, row);
    let whose = cut::whose(&row.whose, columns.whose.1.into(), symbols);
    pen.text(columns.whose.0, y, columns.whose.1, &whose);
    let subject = subject(row, columns.subject.1.into(), symbols);
    pen.text(columns.subject.0, y, columns.subject.1, &subject);
    if let (Some((x, cells)), Some((ready, low))) = (columns.ready, &row.ready) {
        let tone = if *low { row.state.tone() } else { Tone::Text };
        pen.right(x, y, cells, ready, pen.theme.tone(tone));
    }
    if let Some((x, cells)) = columns.sentence {
        pen.text(x, y, cells, &row.sentence);
    }
    let mut style = pen.theme.tone(Tone::Text);
    if row.new {
        style = style.add_modifier(Modifier::BOLD);
    }
    let sign = if row.stale {
        symbols.state(State::Stale)
    } else {
        ""
    };
    let (x, cells) = columns.age;
    let age = format!("{}{sign}", row.age);
    // One cell of the gap before an age is free for the mark of staleness.
    pen.right(x.saturating_sub(1), y, cells + 1, &age, style);
}

/// A name keeps its cells before the word for what it is.
pub(super) fn subject(row: &Row, cells: usize, symbols: Symbols) -> String {
    let name = symbols.text(&row.subject);
    let kind = symbols.text(&row.kind);
    if !kind.is_empty() && cut::width(&kind) + 1 + cut::width(&name) <= cells {
        return format!("{kind} {name}");
    }
    cut::middle(&name, cells, symbols)
}

/// The filter's line, and under it what is wrong with it. Gives the line after.
fn prompt(pen: &mut Pen<'_>, y: u16, cells: u16, prompt: &Prompt) -> u16 {
    const START: u16 = 3;
    let room = usize::from(cells.saturating_sub(START + 1));
    let symbols = pen.symbols;
    pen.put(1, y, 1, "/", pen.theme.tone(Tone::Accent));
    // The end of a long filter is where it is typed.
    let hidden = cut::width(&prompt.text).saturating_sub(room);
    let shown = cut::tail(&prompt.text, room);
    pen.text(START, y, cells.saturating_sub(START), shown);
    if let Some(cursor) = prompt.cursor {
        let x = u16::try_from(cursor.saturating_sub(hidden)).unwrap_or(cells);
        pen.put(
            START + x,
            y,
            1,
            symbols.cursor(),
            pen.theme.tone(Tone::Accent),
        );
        if let Some(letter) = cursor_letter(&prompt.text, cursor) {
            let style = pen.theme.tone(Tone::Text).add_modifier(Modifier::REVERSED);
            pen.put(START + x, y, 2, letter, style);
        }
        pen.park(START + x, y);
    }
    let Some((from, to, words)) = &prompt.bad else {
        return y + 1;
    };
    let x = START + u16::try_from(from.saturating_sub(hidden)).unwrap_or(cells);
    let style = pen.theme.tone(Tone::Warning);
    let end = pen.put(x, y + 1, cells, &"^".repeat(to - from), style);
    pen.put(end + 1, y + 1, cells.saturating_sub(end + 2), words, style);
    y + 2
}

/// The letter under a cursor inside the text.
fn cursor_letter(text: &str, cells: usize) -> Option<&str> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut before = 0;
    text.graphemes(true).find(|letter| {
        let here = before == cells;
        before += cut::width(letter);
        here
    })
}

/// Three lines of the selected row: why, before, do.
fn strip(pen: &mut Pen<'_>, top: u16, end: u16, cells: u16, card: &Card) {
    let title = Title {
        state: None,
        left: heading(card),
        right: last_seen(pen.symbols, card),
    };
    pen.rule(top, cells, &title);
    for (y, (label, lines)) in (top + 1..end).zip(&card.parts) {
        let Some(line) = lines.first() else { continue };
        pen.muted(1, y, GUTTER - 2, label);
        pen.text(GUTTER, y, cells.saturating_sub(GUTTER), line);
    }
}

fn heading(card: &Card) -> String {
    let whose = match (card.whose.tenant.as_str(), card.whose.environment.as_str()) {
        (tenant, "") => tenant.to_owned(),
        (tenant, environment) => format!("{tenant}/{environment}"),
    };
    let last = if card.cluster.is_empty() {
        &card.kind
    } else {
        &card.cluster
    };
    let parts = [card.subject.as_str(), &whose, last];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn last_seen(symbols: Symbols, card: &Card) -> String {
    let said = card.last_seen.as_ref();
    said.map_or_else(String::new, |said| {
        format!("{} {said}", symbols.state(State::Stale))
    })
}
