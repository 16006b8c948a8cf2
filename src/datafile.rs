//! Keymap and theme files: tables of text, read with the line of each entry, so that every fault can be told at once.

use fluent_bundle::FluentValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::wording::Catalogue;

/// A keymap or theme file.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// `night` for `night.toml`.
    pub name: &'a str,
    /// Its path, for messages.
    pub file: &'a str,
    pub text: &'a str,
}

/// One thing wrong with a file. The rest of the file counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    pub line: usize,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The reader's own words.
    Syntax(String),
    UnknownTable {
        name: String,
        suggestion: Option<String>,
    },
    /// Neither a text nor what else the entry may be.
    Unfit {
        key: String,
        wanted: &'static str,
    },
    BadKey {
        key: String,
    },
    UnknownCommand {
        key: String,
        name: String,
        suggestion: Option<String>,
    },
    /// The command works in another part of vigie.
    OutOfScope {
        key: String,
        name: String,
        scope: &'static str,
    },
    /// A key that begins another sequence would never get its turn.
    Shadowed {
        key: String,
        by: String,
    },
    UnknownSlot {
        name: String,
        suggestion: Option<String>,
    },
    UnknownColour {
        slot: String,
        colour: String,
        suggestion: Option<String>,
    },
    UnknownTheme {
        name: String,
        suggestion: Option<String>,
    },
    UnknownKeymap {
        suggestion: Option<String>,
    },
    /// Critical, warning and ok could not be told apart.
    Alike,
}

impl Problem {
    /// One sentence, with file and line first.
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let text = |text: &str| FluentValue::from(text.to_owned());
        let (id, arguments): (&str, Vec<(&'static str, FluentValue<'_>)>) = match &self.fault {
            Fault::Syntax(words) => ("file-syntax", vec![("words", text(words))]),
            Fault::UnknownTable { name, .. } => ("file-unknown-table", vec![("name", text(name))]),
            Fault::Unfit { key, wanted } => (
                "file-unfit",
                vec![("key", text(key)), ("wanted", text(&catalogue.say(wanted)))],
            ),
            Fault::BadKey { key } => ("keymap-bad-key", vec![("key", text(key))]),
            Fault::UnknownCommand { key, name, .. } => (
                "keymap-unknown-command",
                vec![("key", text(key)), ("name", text(name))],
            ),
            Fault::OutOfScope { key, name, scope } => (
                "keymap-out-of-scope",
                vec![
                    ("key", text(key)),
                    ("name", text(name)),
                    ("scope", text(scope)),
                ],
            ),
            Fault::Shadowed { key, by } => (
                "keymap-shadowed",
                vec![("key", text(key)), ("by", text(by))],
            ),
            Fault::UnknownSlot { name, .. } => ("theme-unknown-slot", vec![("name", text(name))]),
            Fault::UnknownColour { slot, colour, .. } => (
                "theme-unknown-colour",
                vec![("slot", text(slot)), ("colour", text(colour))],
            ),
            Fault::UnknownTheme { name, .. } => ("theme-unknown", vec![("name", text(name))]),
            Fault::UnknownKeymap { .. } => ("keymap-unknown", Vec::new()),
            Fault::Alike => ("theme-alike", Vec::new()),
        };
        let mut said = catalogue.say_with(id, &arguments);
        if let Some(name) = self.suggestion() {
            let arguments = [("said", said.into()), ("name", text(name))];
            said = catalogue.say_with("file-suggestion", &arguments);
        }
        format!("{}:{}: {said}", self.file, self.line)
    }

    fn suggestion(&self) -> Option<&str> {
        match &self.fault {
            Fault::UnknownTable { suggestion, .. }
            | Fault::UnknownCommand { suggestion, .. }
            | Fault::UnknownSlot { suggestion, .. }
            | Fault::UnknownColour { suggestion, .. }
            | Fault::UnknownTheme { suggestion, .. }
            | Fault::UnknownKeymap { suggestion } => suggestion.as_deref(),
            _ => None,
        }
    }
}

/// The known word that was most likely meant.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .map(|other| (strsim::jaro_winkler(word, other), other))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, other)| other.to_owned())
}

/// A file while it is read: its faults gather here.
pub(crate) struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    /// The file's tables, as far as it can be read.
    pub(crate) fn start(file: &'a str, text: &'a str) -> (Self, DeTable<'a>) {
        let mut reading = Self {
            file,
            text,
            problems: Vec::new(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let start = error.span().map_or(0, |span| span.start);
            reading.blame(start, Fault::Syntax(error.message().to_owned()));
        }
        (reading, table.into_inner())
    }

    /// Notes a fault at a byte of the file.
    pub(crate) fn blame(&mut self, at: usize, fault: Fault) {
        let line = self.line(at);
        let file = self.file.to_owned();
        self.problems.push(Problem { file, line, fault });
    }

    pub(crate) fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }

    /// The text of an entry; anything else is a fault.
    pub(crate) fn text<'v>(
        &mut self,
        key: &str,
        value: &'v Spanned<DeValue<'a>>,
    ) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.unfit(key, value, "file-wanted-text");
        }
        text
    }

    pub(crate) fn table<'v>(
        &mut self,
        key: &str,
        value: &'v Spanned<DeValue<'a>>,
    ) -> Option<&'v DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.unfit(key, value, "file-wanted-table");
        }
        table
    }

    pub(crate) fn unfit(&mut self, key: &str, value: &Spanned<DeValue<'a>>, wanted: &'static str) {
        let key = key.to_owned();
        self.blame(value.span().start, Fault::Unfit { key, wanted });
    }
}
