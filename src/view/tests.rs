//! View-models as literals, drawn on terminals of several sizes; under each text a map of its styles.

mod frames;
mod night;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::{Found, Symbols, View};
use crate::theme::{Colours, Theme};
use crate::viewmodel::Screen;

fn drawn(screen: &Screen, size: (u16, u16)) -> String {
    drawn_with(screen, size, Symbols::Unicode, Colours::Basic)
}

/// The text, then which cells have which style: one letter a style, explained below, `.` for none.
fn drawn_with(screen: &Screen, size: (u16, u16), symbols: Symbols, colours: Colours) -> String {
    let (buffer, cursor) = buffer(screen, size, symbols, colours);
    let mut text = String::new();
    let mut map = String::new();
    let mut styles: BTreeMap<String, char> = BTreeMap::new();
    for y in 0..size.1 {
        let mut letters = String::new();
        let mut skip = 0;
        for x in 0..size.0 {
            let cell = &buffer[(x, y)];
            let name = named(cell.style());
            let next = char::from(b'a' + u8::try_from(styles.len()).unwrap());
            letters.push(if name.is_empty() {
                '.'
            } else {
                *styles.entry(name).or_insert(next)
            });
            if skip == 0 {
                text.push_str(cell.symbol());
                skip = super::cut::width(cell.symbol()).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        text.push_str("|\n");
        if letters.chars().any(|letter| letter != '.') {
            writeln!(map, "{y:2} {}", letters.trim_end_matches('.')).unwrap();
        }
    }
    let mut key: Vec<_> = styles
        .into_iter()
        .map(|(name, sign)| (sign, name))
        .collect();
    key.sort();
    for (sign, name) in key {
        writeln!(map, "{sign} = {name}").unwrap();
    }
    format!("{text}cursor {cursor:?}\n{map}")
}

fn buffer(
    screen: &Screen,
    (columns, lines): (u16, u16),
    symbols: Symbols,
    colours: Colours,
) -> (Buffer, Option<(u16, u16)>) {
    let (theme, _) = Theme::load("dark", &[], colours);
    let mut terminal = Terminal::new(TestBackend::new(columns, lines)).unwrap();
    let mut found = Found::default();
    terminal
        .draw(|frame| {
            let view = View {
                screen,
                theme: &theme,
                symbols,
            };
            frame.render_stateful_widget(view, frame.area(), &mut found);
        })
        .unwrap();
    let parked = found.cursor.map(|it| (it.x, it.y));
    (terminal.backend().buffer().clone(), parked)
}

fn named(style: Style) -> String {
    let mut parts = Vec::new();
    let colour = |colour: Option<ratatui::style::Color>| {
        colour
            .filter(|it| *it != ratatui::style::Color::Reset)
            .map(|it| it.to_string())
    };
    parts.extend(colour(style.fg));
    parts.extend(colour(style.bg).map(|it| format!("on {it}")));
    if !style.add_modifier.is_empty() {
        parts.push(format!("{:?}", style.add_modifier).to_lowercase());
    }
    parts.join(" ")
}
