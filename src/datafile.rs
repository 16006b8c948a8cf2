//! The TOML files of the user: configuration, keymaps, themes. Read with the line of each entry, so that every fault can be
//! told at once, and with the known name that was likely meant.

mod fault;

pub use fault::{Fault, Problem, Wanted};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::wording::closest;

/// A keymap or theme file.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// `night` for `night.toml`.
    pub name: &'a str,
    /// Its path, for messages.
    pub file: &'a str,
    pub text: &'a str,
}

pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

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
        let line = Some(self.line(at));
        let file = self.file.to_owned();
        self.problems.push(Problem { file, line, fault });
    }

    /// Notes that `name` is none of the known ones, and gives the one it was likely meant for.
    pub(crate) fn blame_name<'k>(
        &mut self,
        at: usize,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<&'k str> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let likely = closest(last, known);
        let fault = Fault::Unknown {
            name: name.to_owned(),
            likely: likely.map(str::to_owned),
        };
        self.blame(at, fault);
        likely
    }

    pub(crate) fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }

    /// The text of an entry; anything else is a fault.
    pub(crate) fn text<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.blame_type(key, value, Wanted::Text);
        }
        text
    }

    pub(crate) fn table<'v, 't>(
        &mut self,
        key: &str,
        value: &'v Value<'t>,
    ) -> Option<&'v DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.blame_type(key, value, Wanted::Table);
        }
        table
    }

    pub(crate) fn blame_type(&mut self, key: &str, value: &Value<'_>, wanted: Wanted) {
        let key = key.to_owned();
        self.blame(value.span().start, Fault::Type { key, wanted });
    }
}
