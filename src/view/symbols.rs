//! Shapes of states and lines, each one cell, and their stand-ins for terminals that have ASCII only.

use std::borrow::Cow;

use crate::viewmodel::{BarCell, State};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    Unicode,
    Ascii,
}

/// State, its shape, its stand-in.
const STATES: [(State, &str, &str); State::ALL.len()] = [
    (State::Critical, "▲", "!"),
    (State::Warning, "◆", "*"),
    (State::Failed, "✗", "x"),
    (State::Good, "✓", "+"),
    (State::Moving, "►", "%"),
    (State::Waiting, "‖", "="),
    (State::Stopped, "□", "o"),
    (State::Unknown, "?", "?"),
    (State::Absent, "–", "-"),
    (State::Stale, "†", "^"),
    (State::Reading, "…", ".."),
];

/// Signs in sentences that ASCII writes otherwise, and the letters of French.
const SENTENCES: [(char, &str); 37] = [
    ('─', "-"),
    ('→', "->"),
    ('←', "<-"),
    ('↑', "Up"),
    ('↓', "Down"),
    ('÷', "/"),
    ('✓', "+"),
    ('✗', "x"),
    ('·', ","),
    ('–', "-"),
    ('…', ".."),
    ('«', "\""),
    ('»', "\""),
    ('’', "'"),
    ('\u{a0}', " "),
    ('\u{202f}', " "),
    ('à', "a"),
    ('â', "a"),
    ('ç', "c"),
    ('é', "e"),
    ('è', "e"),
    ('ê', "e"),
    ('ë', "e"),
    ('î', "i"),
    ('ï', "i"),
    ('ô', "o"),
    ('ö', "o"),
    ('ù', "u"),
    ('û', "u"),
    ('ü', "u"),
    ('œ', "oe"),
    ('À', "A"),
    ('Ç', "C"),
    ('É', "E"),
    ('È', "E"),
    ('Ê', "E"),
    ('Œ', "OE"),
];

impl Symbols {
    /// What the locale promises, from the environment, which the caller reads.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"];
        let locale = names
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if locale.contains("utf-8") || locale.contains("utf8") {
            Symbols::Unicode
        } else {
            Symbols::Ascii
        }
    }

    pub(super) fn state(self, state: State) -> &'static str {
        let row = STATES.iter().find(|(known, ..)| *known == state);
        row.map_or("", |(_, unicode, ascii)| self.pick(unicode, ascii))
    }

    pub(super) fn cursor(self) -> &'static str {
        self.pick("▌", ">")
    }

    pub(super) fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    pub(super) fn border(self) -> &'static str {
        self.pick("│", "|")
    }

    /// Top left, top right, bottom left, bottom right.
    pub(super) fn corners(self) -> [&'static str; 4] {
        match self {
            Symbols::Unicode => ["┌", "┐", "└", "┘"],
            Symbols::Ascii => ["+", "+", "+", "+"],
        }
    }

    pub(super) fn marked(self) -> &'static str {
        self.pick("•", ":")
    }

    pub(super) fn arrow(self) -> &'static str {
        self.pick("→", "->")
    }

    pub(super) fn ellipsis(self) -> &'static str {
        self.pick("…", "..")
    }

    pub(super) fn bar(self, cell: BarCell) -> &'static str {
        match cell {
            BarCell::NewReady => self.pick("█", "#"),
            BarCell::NewUnready => self.pick("▒", "x"),
            BarCell::Old => self.pick("░", "-"),
            BarCell::Missing => self.pick("·", "."),
        }
    }

    /// A tenth of a bound: used, or free.
    pub(super) fn tenth(self, used: bool) -> &'static str {
        if used {
            self.pick("█", "#")
        } else {
            self.pick("░", "-")
        }
    }

    /// The text as this terminal can show it.
    pub(super) fn text(self, text: &str) -> Cow<'_, str> {
        if self == Symbols::Unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        for letter in text.chars() {
            match SENTENCES.iter().find(|(known, _)| *known == letter) {
                Some((_, stand_in)) => plain.push_str(stand_in),
                None if letter.is_ascii() => plain.push(letter),
                None => plain.push('?'),
            }
        }
        Cow::Owned(plain)
    }

    fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Symbols::Unicode => unicode,
            Symbols::Ascii => ascii,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_state_has_its_own_shape_of_one_cell() {
        let mut shapes = std::collections::HashSet::new();
        for state in State::ALL {
            let shape = Symbols::Unicode.state(state);
            assert_eq!(shape.width(), 1, "{state:?}");
            assert!(shapes.insert(shape), "{state:?}");
            assert!(Symbols::Ascii.state(state).is_ascii());
        }
    }

    #[test]
    fn the_locale_chooses_the_set() {
        let with = |value: &'static str| {
            Symbols::from_environment(|name| (name == "LANG").then(|| value.to_owned()))
        };
        assert_eq!(with("fr_FR.UTF-8"), Symbols::Unicode);
        assert_eq!(with("C"), Symbols::Ascii);
        assert_eq!(with(""), Symbols::Ascii);
    }

    #[test]
    fn french_is_readable_in_ascii() {
        let said = Symbols::Ascii.text("délai passé · « été » → 日, dernier ✓ 23:00");
        assert_eq!(said, "delai passe , \" ete \" -> ?, dernier + 23:00");
    }
}
