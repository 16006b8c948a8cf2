use std::path::PathBuf;

use fluent_bundle::FluentValue;

use crate::tenancy::RuleFault;
use crate::wording::Catalogue;

/// One thing wrong with a configuration file. Values are never part of it, for a secret may have strayed into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: PathBuf,
    /// None when it is about the whole file.
    pub line: Option<usize>,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// In the operating system's words.
    Unreadable(String),
    /// In the TOML reader's words.
    Syntax(String),
    UnknownKey {
        key: String,
        likely: Option<String>,
    },
    /// The value is of another type than the key wants.
    Type {
        key: String,
        wanted: Wanted,
    },
    /// The value is none of those the key takes.
    Value {
        key: String,
        known: String,
        likely: Option<String>,
    },
    EmptyName {
        key: String,
    },
    /// What was expected in its place, in the reader's words.
    Rejected {
        key: String,
        expected: String,
    },
    /// A tenancy rule that cannot be followed.
    Rule(RuleFault),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Boolean,
    Text,
    Texts,
    Table,
}

impl Wanted {
    const fn id(self) -> &'static str {
        match self {
            Wanted::Boolean => "config-wants-boolean",
            Wanted::Text => "config-wants-text",
            Wanted::Texts => "config-wants-texts",
            Wanted::Table => "config-wants-table",
        }
    }
}

impl Problem {
    /// `FILE:LINE: sentence`, in one line.
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let file = self.file.display();
        let place = self
            .line
            .map_or_else(|| file.to_string(), |line| format!("{file}:{line}"));
        let fault = self.fault.say(catalogue);
        let sentence = match self.fault.likely() {
            Some(likely) => catalogue.say_with(
                "config-with-suggestion",
                &[("fault", fault.into()), ("likely", likely.into())],
            ),
            None => fault,
        };
        catalogue.say_with(
            "config-problem",
            &[("place", place.into()), ("sentence", sentence.into())],
        )
    }
}

impl Fault {
    fn likely(&self) -> Option<&str> {
        match self {
            Fault::UnknownKey { likely, .. } | Fault::Value { likely, .. } => likely.as_deref(),
            _ => None,
        }
    }

    fn say(&self, catalogue: &Catalogue) -> String {
        let text = |text: &str| FluentValue::from(text.to_owned());
        let (id, arguments) = match self {
            Fault::Unreadable(detail) => ("config-unreadable", vec![("detail", text(detail))]),
            Fault::Syntax(detail) => ("config-syntax", vec![("detail", text(detail))]),
            Fault::UnknownKey { key, .. } => ("config-unknown-key", vec![("key", text(key))]),
            Fault::Type { key, wanted } => (
                "config-type",
                vec![
                    ("key", text(key)),
                    ("wanted", text(&catalogue.say(wanted.id()))),
                ],
            ),
            Fault::Value { key, known, .. } => (
                "config-value",
                vec![("key", text(key)), ("known", text(known))],
            ),
            Fault::EmptyName { key } => ("config-empty-name", vec![("key", text(key))]),
            Fault::Rejected { key, expected } => (
                "config-rejected",
                vec![("key", text(key)), ("expected", text(expected))],
            ),
            Fault::Rule(RuleFault::Source) => ("config-rule-source", Vec::new()),
            Fault::Rule(RuleFault::NoTenant) => ("config-rule-tenant", Vec::new()),
            Fault::Rule(RuleFault::Regex(words)) => {
                // The reader of regular expressions draws the place over several lines and says what is wrong in the last.
                let last = words.lines().last().unwrap_or_default();
                let detail = last.trim_start_matches("error: ");
                ("config-rule-regex", vec![("detail", text(detail))])
            }
        };
        catalogue.say_with(id, &arguments)
    }
}
