//! The lines around the body: header, tabs, message, footer.

use ratatui::style::{Modifier, Style};

use super::pen::Pen;
use super::{Place, cut};
use crate::viewmodel::{ClusterMark, Counts, Form, Header, Hint, Notice, Screen, State, Tab, Tone};

/// Cells that the scope may take.
const SCOPE: u16 = 32;

/// What the header gives up as the width shrinks, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Given {
    Nothing,
    NameAndDate,
    HealthyNames,
    Scope,
    Seconds,
    Clusters,
}

/// Texts with their styles, one after the other.
type Parts = Vec<(String, Style)>;

pub(super) fn header(pen: &mut Pen<'_>, screen: &Screen) {
    let start = match screen.form {
        Form::Wide => Given::Nothing,
        _ => Given::NameAndDate,
    };
    let all = [
        Given::Nothing,
        Given::NameAndDate,
        Given::HealthyNames,
        Given::Scope,
        Given::Seconds,
        Given::Clusters,
    ];
    let made = all
        .into_iter()
        .filter(|given| *given >= start)
        .map(|given| {
            let gap = if given == Given::Nothing { "   " } else { "  " };
            (
                left(pen, &screen.header, given, gap),
                right(pen, &screen.header, given, gap),
            )
        });
    let room = pen.width().saturating_sub(3);
    let mut chosen = None;
    for (left, right) in made {
        let fits = cells(pen, &left) + cells(pen, &right) <= room;
        chosen = Some((left, right));
        if fits {
            break;
        }
    }
    let Some((left, right)) = chosen else { return };
    write(pen, 1, &left);
    let start = pen.width().saturating_sub(cells(pen, &right) + 1);
    write(pen, start, &right);
}

fn left(pen: &Pen<'_>, header: &Header, given: Given, gap: &str) -> Parts {
    let plain = pen.theme.tone(Tone::Text);
    let mut parts = Vec::new();
    if given < Given::NameAndDate {
        parts.push(("vigie".to_owned(), pen.theme.title));
        parts.push((gap.to_owned(), plain));
    }
    parts.extend(counts(pen, &header.counts));
    parts.push((gap.to_owned(), plain));
    let healthy = |mark: &&ClusterMark| mark.state == State::Good && mark.tls_off.is_none();
    if given >= Given::Clusters {
        return parts;
    }
    let named = given < Given::HealthyNames;
    let between = if given < Given::NameAndDate {
        "  "
    } else {
        " "
    };
    let mut first = true;
    for mark in header.clusters.iter().filter(|it| named || !healthy(it)) {
        if !std::mem::take(&mut first) {
            parts.push((between.to_owned(), plain));
        }
        parts.extend(cluster(pen, mark));
    }
    if !named && header.clusters.iter().all(|it| healthy(&it)) {
        parts.push((format!("{} ", header.clusters_word), plain));
        parts.push(symbol(pen, State::Good));
    }
    if let Some(bounds) = header.bounds.as_ref().filter(|_| named) {
        parts.push((format!(" {bounds}"), pen.theme.tone(Tone::Muted)));
    }
    parts
}

fn right(pen: &Pen<'_>, header: &Header, given: Given, gap: &str) -> Parts {
    let plain = pen.theme.tone(Tone::Text);
    let muted = pen.theme.tone(Tone::Muted);
    let mut parts = Vec::new();
    if given < Given::Scope {
        let scope = super::cut::end(&header.scope, usize::from(SCOPE), pen.symbols);
        parts.push((scope, plain));
        parts.push((gap.to_owned(), plain));
    }
    parts.push((header.mode.clone(), pen.theme.title));
    parts.push((gap.to_owned(), plain));
    let clock = &header.clock;
    if given < Given::NameAndDate {
        parts.push((format!("{}  ", clock.date), muted));
    }
    parts.push((clock.minutes.clone(), plain));
    if given < Given::Seconds {
        parts.push((clock.seconds.clone(), plain));
        parts.push((clock.zone.clone(), plain));
    }
    parts
}

pub(super) fn counts(pen: &Pen<'_>, counts: &Counts) -> Parts {
    let plain = pen.theme.tone(Tone::Text);
    match counts {
        Counts::Reading => vec![symbol(pen, State::Reading)],
        Counts::Calm(word) => vec![
            symbol(pen, State::Good),
            (format!(" {word}"), pen.theme.tone(Tone::Ok)),
        ],
        Counts::Found { critical, warning } => {
            let count = |state: State, count: usize| {
                let style = if count == 0 {
                    pen.theme.tone(Tone::Muted)
                } else {
                    pen.theme.tone(state.tone())
                };
                (format!("{}{count}", pen.symbols.state(state)), style)
            };
            vec![
                count(State::Critical, *critical),
                (" ".to_owned(), plain),
                count(State::Warning, *warning),
            ]
        }
    }
}

fn cluster(pen: &Pen<'_>, mark: &ClusterMark) -> Parts {
    let style = pen.theme.tone(mark.state.tone());
    let sign = match (&mark.percent, &mark.age) {
        (Some(percent), _) => format!("{percent}%"),
        (None, Some(age)) => format!("{}{age}", pen.symbols.state(mark.state)),
        (None, None) => pen.symbols.state(mark.state).to_owned(),
    };
    let mut parts = vec![
        (format!("{} ", mark.name), pen.theme.tone(Tone::Text)),
        (sign, style),
    ];
    if let Some(words) = &mark.tls_off {
        let sign = pen.symbols.state(State::Warning);
        parts.push((format!(" {sign} {words}"), pen.theme.tone(Tone::Warning)));
    }
    parts
}

fn symbol(pen: &Pen<'_>, state: State) -> (String, Style) {
    let style = pen.theme.tone(state.tone());
    (pen.symbols.state(state).to_owned(), style)
}

fn cells(pen: &Pen<'_>, parts: &Parts) -> u16 {
    let cells = parts.iter().map(|(text, _)| pen.cells(text));
    cells.fold(0, u16::saturating_add)
}

pub(super) fn write(pen: &mut Pen<'_>, x: u16, parts: &Parts) -> u16 {
    let mut at = x;
    for (text, style) in parts {
        at = pen.put(at, 0, u16::MAX, text, *style);
    }
    at
}

/// The current one in brackets, each with what is wrong in it where that is counted.
pub(super) fn tabs(pen: &mut Pen<'_>, tabs: &[Tab]) {
    let mut x = 0;
    for tab in tabs {
        let start = x;
        let (open, close, tone) = if tab.current {
            ("[", "]", Tone::Accent)
        } else {
            (" ", " ", Tone::Muted)
        };
        let style = pen.theme.tone(tone);
        let name = format!("{open}{} {}", tab.number, tab.name);
        x = pen.put(x, 1, u16::MAX, &name, style);
        if let Some((state, count)) = tab.wrong {
            let count = format!("{}{count}", pen.symbols.state(state));
            x = pen.put(x + 1, 1, u16::MAX, &count, pen.theme.tone(state.tone()));
        }
        x = pen.put(x, 1, u16::MAX, close, style);
        pen.clickable(start, 1, x - start, Place::Tab(tab.number));
    }
}

/// Lines of a message; the server's words have no end.
const NOTICE: usize = 3;

/// Above the footer. What one line does not hold lies over the end of the body until it is closed: what to do stands last.
pub(super) fn notice(pen: &mut Pen<'_>, notice: Option<&Notice>) {
    let Some(notice) = notice else { return };
    let style = pen.theme.tone(Tone::Text);
    let room = usize::from(pen.width().saturating_sub(4));
    let lines = cut::wrap(&notice.text, room);
    let (shown, rest) = lines.split_at(lines.len().min(NOTICE));
    let end = pen.height().saturating_sub(1);
    let top = end.saturating_sub(u16::try_from(shown.len()).unwrap_or(end));
    for (y, line) in (top..end).zip(shown) {
        pen.put(0, y, u16::MAX, &" ".repeat(room + 4), style);
        let more = !rest.is_empty() && y + 1 == end;
        let more = if more { pen.symbols.ellipsis() } else { "" };
        pen.put(3, y, u16::MAX, &format!("{line}{more}"), style);
        if y == top {
            pen.mark(1, y, notice.state);
        }
    }
}

/// Keys and their verbs, cut from the right by whole entries; the last one stands at the right end.
pub(super) fn footer(pen: &mut Pen<'_>, hints: &[Hint]) {
    let y = pen.height().saturating_sub(1);
    let wide = |pen: &Pen<'_>, hint: &Hint| pen.cells(&hint.key) + 1 + pen.cells(&hint.verb);
    let Some((last, rest)) = hints.split_last() else {
        return;
    };
    let end = pen.width().saturating_sub(wide(pen, last) + 1);
    let mut x = 1;
    for hint in rest {
        if x + wide(pen, hint) + 2 > end {
            break;
        }
        x = entry(pen, x, y, hint) + 2;
    }
    entry(pen, end.max(1), y, last);
}

/// Cells of keys and verbs in one line.
pub(super) fn hints_cells(pen: &Pen<'_>, hints: &[Hint]) -> u16 {
    let cells = hints
        .iter()
        .map(|it| pen.cells(&it.key) + 1 + pen.cells(&it.verb) + 2);
    cells.sum::<u16>().saturating_sub(2)
}

pub(super) fn hints(pen: &mut Pen<'_>, x: u16, y: u16, hints: &[Hint]) {
    let mut x = x;
    for hint in hints {
        x = entry(pen, x, y, hint) + 2;
    }
}

fn entry(pen: &mut Pen<'_>, x: u16, y: u16, hint: &Hint) -> u16 {
    let key = pen.theme.tone(Tone::Accent).add_modifier(Modifier::BOLD);
    let x = pen.put(x, y, u16::MAX, &hint.key, key);
    pen.text(x + 1, y, u16::MAX, &hint.verb)
}
