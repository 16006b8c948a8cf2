//! One key, as a file writes it and as a terminal sends it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// As a file writes it, as a terminal sends it, as a person reads it.
const NAMED: [(&str, KeyCode, &str); 16] = [
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("home", KeyCode::Home, "Home"),
    ("end", KeyCode::End, "End"),
    ("page-up", KeyCode::PageUp, "PgUp"),
    ("page-down", KeyCode::PageDown, "PgDn"),
    ("enter", KeyCode::Enter, "Enter"),
    ("esc", KeyCode::Esc, "Esc"),
    ("tab", KeyCode::Tab, "Tab"),
    ("back-tab", KeyCode::BackTab, "S-Tab"),
    ("space", KeyCode::Char(' '), "Space"),
    ("backspace", KeyCode::Backspace, "Backspace"),
    ("delete", KeyCode::Delete, "Delete"),
    ("insert", KeyCode::Insert, "Insert"),
];

impl Key {
    /// Shift is part of the character already, and terminals differ in whether they tell it.
    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers =
            modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers -= KeyModifiers::SHIFT;
        }
        Self { code, modifiers }
    }

    fn parse(word: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = word;
        loop {
            let modifier = match rest.get(..2) {
                Some("C-") => KeyModifiers::CONTROL,
                Some("A-") => KeyModifiers::ALT,
                Some("S-") => KeyModifiers::SHIFT,
                _ => break,
            };
            let Some(after) = rest.get(2..).filter(|after| !after.is_empty()) else {
                break;
            };
            modifiers |= modifier;
            rest = after;
        }
        let mut letters = rest.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(letter), None) => KeyCode::Char(letter),
            (Some('f'), Some('0'..='9')) => {
                let number = rest.get(1..)?.parse().ok()?;
                (1..=12).contains(&number).then_some(KeyCode::F(number))?
            }
            _ => NAMED.iter().find(|(name, ..)| *name == rest)?.1,
        };
        Some(Self::new(code, modifiers))
    }

    /// The character it types, when it is text and no chord.
    pub fn text(self) -> Option<char> {
        match self.code {
            KeyCode::Char(letter) if self.modifiers.is_empty() => Some(letter),
            _ => None,
        }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, sign) in [
            (KeyModifiers::CONTROL, "C-"),
            (KeyModifiers::ALT, "A-"),
            (KeyModifiers::SHIFT, "S-"),
        ] {
            if self.modifiers.contains(modifier) {
                f.write_str(sign)?;
            }
        }
        if let Some((.., sign)) = NAMED.iter().find(|(_, code, _)| *code == self.code) {
            return f.write_str(sign);
        }
        match self.code {
            KeyCode::Char(letter) => write!(f, "{letter}"),
            code => write!(f, "{code}"),
        }
    }
}

/// Keys with spaces between.
pub(super) fn sequence(text: &str) -> Option<Vec<Key>> {
    let keys: Option<Vec<_>> = text.split_whitespace().map(Key::parse).collect();
    keys.filter(|keys| !keys.is_empty())
}
