use fluent_bundle::FluentValue;

use crate::wording::Catalogue;

/// One thing wrong with a file. The rest of the file counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// None when it is about the whole file.
    pub line: Option<usize>,
    pub fault: Fault,
}

/// Texts are names of the file or words of a reader; values are never part of it where a secret may have strayed into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// In the operating system's words.
    Unreadable(String),
    TooLarge {
        mebibytes: u64,
    },
    NotText,
    /// In the TOML reader's words.
    Syntax(String),
    /// A key or a table that means nothing there.
    Unknown {
        name: String,
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
    /// An entry that cannot do without.
    Missing {
        key: String,
    },
    /// No schedule of cron, or one that is never.
    Schedule {
        key: String,
    },
    /// No length of time.
    Length {
        key: String,
    },
    Zone {
        key: String,
        likely: Option<String>,
    },
    /// What never stands in a file.
    Secret {
        key: String,
    },
    /// No address that a secret may be sent to.
    Address {
        key: String,
    },
    /// A rule of tenancy takes exactly one of its sources.
    RuleSource,
    RuleTenant,
    /// In the words of the reader of regular expressions.
    RuleRegex(String),
    BadKey {
        key: String,
    },
    UnknownCommand {
        key: String,
        name: String,
        likely: Option<String>,
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
    UnknownKeymap {
        likely: Option<String>,
    },
    UnknownColour {
        slot: String,
        colour: String,
        likely: Option<String>,
    },
    UnknownTheme {
        likely: Option<String>,
    },
    /// Critical, warning and ok could not be told apart.
    Alike,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Boolean,
    Text,
    Texts,
    Table,
    Tables,
}

impl Wanted {
    const fn id(self) -> &'static str {
        match self {
            Wanted::Boolean => "file-wants-boolean",
            Wanted::Text => "file-wants-text",
            Wanted::Texts => "file-wants-texts",
            Wanted::Table => "file-wants-table",
            Wanted::Tables => "file-wants-tables",
        }
    }
}

impl Problem {
    /// `FILE:LINE: sentence`, in one line.
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        };
        let fault = self.fault.say(catalogue);
        let sentence = match self.fault.likely() {
            Some(likely) => catalogue.say_with(
                "file-suggestion",
                &[("fault", fault.into()), ("likely", likely.into())],
            ),
            None => fault,
        };
        catalogue.say_with(
            "file-problem",
            &[("place", place.into()), ("sentence", sentence.into())],
        )
    }
}

impl Fault {
    pub(crate) fn schedule(key: String) -> Self {
        Fault::Schedule { key }
    }

    pub(crate) fn length(key: String) -> Self {
        Fault::Length { key }
    }

    fn likely(&self) -> Option<&str> {
        match self {
            Fault::Unknown { likely, .. }
            | Fault::Value { likely, .. }
            | Fault::Zone { likely, .. }
            | Fault::UnknownCommand { likely, .. }
            | Fault::UnknownKeymap { likely }
            | Fault::UnknownColour { likely, .. }
            | Fault::UnknownTheme { likely } => likely.as_deref(),
            _ => None,
        }
    }

    fn say(&self, catalogue: &Catalogue) -> String {
        let text = |text: &str| FluentValue::from(text.to_owned());
        let (id, arguments) = match self {
            Fault::Unreadable(words) => ("file-unreadable", vec![("words", text(words))]),
            Fault::TooLarge { mebibytes } => {
                ("file-too-large", vec![("size", (*mebibytes).into())])
            }
            Fault::NotText => ("file-not-text", Vec::new()),
            Fault::Syntax(words) => ("file-syntax", vec![("words", text(words))]),
            Fault::Unknown { name, .. } => ("file-unknown", vec![("name", text(name))]),
            Fault::Type { key, wanted } => (
                "file-type",
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
            Fault::Missing { key } => ("config-missing", vec![("key", text(key))]),
            Fault::Schedule { key } => ("config-schedule", vec![("key", text(key))]),
            Fault::Length { key } => ("config-length", vec![("key", text(key))]),
            Fault::Zone { key, .. } => ("config-zone", vec![("key", text(key))]),
            Fault::Secret { key } => ("config-secret", vec![("key", text(key))]),
            Fault::Address { key } => ("config-address", vec![("key", text(key))]),
            Fault::RuleSource => ("config-rule-source", Vec::new()),
            Fault::RuleTenant => ("config-rule-tenant", Vec::new()),
            Fault::RuleRegex(words) => ("config-rule-regex", vec![("detail", text(words))]),
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
            Fault::UnknownKeymap { .. } => ("keymap-unknown", Vec::new()),
            Fault::UnknownColour { slot, colour, .. } => (
                "theme-unknown-colour",
                vec![("slot", text(slot)), ("colour", text(colour))],
            ),
            Fault::UnknownTheme { .. } => ("theme-unknown", Vec::new()),
            Fault::Alike => ("theme-alike", Vec::new()),
        };
        catalogue.say_with(id, &arguments)
    }
}
