//! A screen of rows: the list, the strip or pane of the selected row, the strips below.

mod below;
mod columns;
mod notes;
mod pane;
mod rows;

use ratatui::style::Modifier;

use super::pen::Pen;
use super::{Symbols, cut};
use crate::viewmodel::{Card, Form, List, Part, Prompt, Screen, State, Title, Tone};

pub(super) use rows::class;

/// Labels of strips stand in a gutter, texts begin after it.
const GUTTER: u16 = 11;

pub(super) fn body(pen: &mut Pen<'_>, screen: &Screen, list: &List) {
    match screen.form {
        Form::Small => small(pen, screen, list),
        form => whole(pen, form, list),
    }
}

/// As wide as the screen, with what is below it instead of a strip or a pane.
pub(super) fn stacked(pen: &mut Pen<'_>, screen: &Screen, list: &List) {
    match screen.form {
        Form::Small => small(pen, screen, list),
        _ => whole(pen, Form::Normal, list),
    }
}

fn whole(pen: &mut Pen<'_>, form: Form, list: &List) {
    let cells = form.list_width(pen.width());
    let bottom = pen.height().saturating_sub(2);
    pen.rule(2, cells, &list.title);
    let mut y = 3;
    if let Some(prompt) = &list.prompt {
        y = self::prompt(pen, y, cells, "/", prompt);
    }
    let below_height = u16::try_from(list.below.len()).unwrap_or(bottom);
    let below_top = bottom.saturating_sub(below_height);
    let strip = match form {
        Form::Normal if list.card.is_some() || list.guide.is_some() => 4,
        _ => 0,
    };
    let rows_end = below_top.saturating_sub(strip);
    if list.table.rows.is_empty() {
        let end = if list.guide.is_some() {
            rows_end
        } else {
            below_top
        };
        notes::draw(pen, y, end, cells, &list.notes);
    } else {
        y = rows::titles(pen, y, cells, &list.table);
        rows::draw(pen, y, rows_end, cells, list);
    }
    if strip > 0 {
        let space = (rows_end, below_top, cells);
        match (&list.guide, &list.card) {
            (Some(guide), _) => self::strip(pen, space, &guide.title, &guide.parts),
            (None, Some(card)) if !list.table.rows.is_empty() => {
                self::strip(pen, space, &title(pen.symbols, card), &card.parts);
            }
            _ => {}
        }
    }
    below::draw(pen, below_top, cells, &list.below, form);
    if form == Form::Wide {
        pen.border(cells, 2, bottom);
        if let Some(guide) = &list.guide {
            pane::guide(pen, cells + 2, (2, bottom), guide);
        } else if let Some(card) = &list.card {
            pane::draw(pen, cells + 2, (2, bottom), card, list.pane);
        }
    }
}

/// Rows and two lines of why, on a small terminal.
fn small(pen: &mut Pen<'_>, screen: &Screen, list: &List) {
    let cells = pen.width();
    let bottom = pen.height().saturating_sub(1);
    let end = bottom.saturating_sub(3);
    let mut y = 2;
    if let Some(prompt) = &list.prompt {
        y = self::prompt(pen, y, cells, "/", prompt);
    }
    if list.table.rows.is_empty() {
        pen.text(1, y, cells.saturating_sub(1), &list.title.left);
        notes::draw(pen, y + 1, end, cells, &list.notes);
    } else {
        rows::draw(pen, y, end, cells, list);
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
    let selected = list.briefs.get(list.selected.unwrap_or(0));
    let lines = selected.iter().flat_map(|brief| &brief.lines);
    for (y, line) in (end + 1..bottom).zip(lines) {
        pen.text(1, y, cells.saturating_sub(1), line);
    }
}

/// What is typed after a sign, and under it what is wrong with it. Gives the line after.
pub(super) fn prompt(pen: &mut Pen<'_>, y: u16, cells: u16, sign: &str, prompt: &Prompt) -> u16 {
    const START: u16 = 3;
    let room = usize::from(cells.saturating_sub(START + 1));
    let symbols = pen.symbols;
    pen.put(1, y, 1, sign, pen.theme.tone(Tone::Accent));
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
    if prompt.bad.is_empty() {
        return y + 1;
    }
    wrong(pen, (START, y + 1), cells, hidden, prompt);
    y + 2
}

/// Every wrong term is underlined; why stands beside them, on the side that has room.
fn wrong(pen: &mut Pen<'_>, (start, y): (u16, u16), cells: u16, hidden: usize, prompt: &Prompt) {
    let style = pen.theme.tone(Tone::Warning);
    let place = |cell: usize| {
        let cell = u16::try_from(cell.saturating_sub(hidden)).unwrap_or(cells);
        start.saturating_add(cell).min(cells)
    };
    let (mut first, mut end) = (cells, start);
    for (from, to) in &prompt.bad {
        let (from, to) = (place(*from), place(*to));
        pen.put(from, y, to - from, &"^".repeat((to - from).into()), style);
        (first, end) = (first.min(from), end.max(to));
    }
    let after = cells.saturating_sub(end + 2);
    let before = first.saturating_sub(2);
    if pen.cells(&prompt.why) > after && before > after {
        let words = cut::end(&prompt.why, before.into(), pen.symbols);
        pen.right(1, y, before, &words, style);
        return;
    }
    let end = pen.put(end + 1, y, after, &prompt.why, style) + 2;
    let room = cells.saturating_sub(end);
    if pen.cells(&prompt.mend) <= room {
        pen.put(end, y, room, &prompt.mend, style);
    }
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

fn title(symbols: Symbols, card: &Card) -> Title {
    Title {
        state: None,
        left: heading(card),
        right: last_seen(symbols, card),
    }
}

/// Three lines of the selected row (why, before, do), or of the filter that is typed.
fn strip(pen: &mut Pen<'_>, space: (u16, u16, u16), title: &Title, parts: &[Part]) {
    let (top, end, cells) = space;
    pen.rule(top, cells, title);
    let parts = parts.iter().filter(|part| !part.long);
    for (y, part) in (top + 1..end).zip(parts) {
        let Some(line) = part.lines.first() else {
            continue;
        };
        pen.muted(1, y, GUTTER - 2, &part.label);
        pen.line(GUTTER, y, cells.saturating_sub(GUTTER), line);
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
