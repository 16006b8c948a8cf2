//! From the text of `config.toml` to a [`Config`]: a walk over the document, since serde would stop at the first problem.

use toml::de::{DeTable, DeValue};

use super::problem::{Counts, Problem};
use super::{Config, Context, console, guards, tenancy};
use crate::action::Protection;
use crate::datafile::{Fault, Reading, Value, Wanted};
use crate::wording::{Language, closest};

const KEYS: [&str; 9] = [
    "lang",
    "read_only",
    "contexts",
    "tenancy",
    "freeze",
    "protected",
    "console",
    "theme",
    "keymap",
];
const CONTEXT_KEYS: [&str; 2] = ["read_only", "namespaces"];

pub(super) fn read(text: &str, file: &str) -> (Config, Vec<Problem>) {
    let (reading, document) = Reading::start(file, text);
    let mut walk = Walk {
        reading,
        told: Vec::new(),
    };
    // What follows an error may have been the line that asked for it.
    walk.tell(Some(&Counts::ReadOnly));
    let mut config = Config::default();
    for (key, value) in &document {
        let mut counts = wishes(value).then_some(Counts::ReadOnly);
        match key.get_ref().as_ref() {
            "lang" => config.lang = walk.language(value),
            "read_only" => {
                config.read_only = walk.boolean("read_only", value);
                counts = Some(Counts::ReadOnly);
            }
            "contexts" => walk.contexts(value, &mut config),
            "tenancy" => config.tenancy = tenancy::read(&mut walk.reading, value),
            "freeze" => walk.freezes(value, counts.as_ref(), &mut config),
            "protected" => walk.protections(value, counts.as_ref(), &mut config),
            "console" => config.console = console::read(&mut walk.reading, value, file),
            "theme" => config.theme = walk.text("theme", value),
            "keymap" => config.keymap = walk.text("keymap", value),
            name => {
                let likely = walk.reading.blame_name(key.span().start, name, KEYS);
                match likely {
                    Some("read_only" | "contexts") => counts = Some(Counts::ReadOnly),
                    Some("freeze") => walk.some_freeze(counts.as_ref(), &mut config),
                    Some("protected") => walk.some_protection(counts.as_ref(), &mut config),
                    _ => {}
                }
            }
        }
        walk.tell(counts.as_ref());
    }
    finish(config, walk.told)
}

/// Problems in the order of lines. A line that is no TOML is told once, whatever was made of its remains.
fn finish(mut config: Config, mut problems: Vec<Problem>) -> (Config, Vec<Problem>) {
    for problem in &problems {
        match &problem.counts {
            None | Some(Counts::Frozen(_) | Counts::Protected) => {}
            Some(Counts::ReadOnly) => config.read_only = true,
            Some(Counts::ReadOnlyIn(name)) => {
                config.contexts.entry(name.clone()).or_default().read_only = true;
            }
        }
    }
    let is_syntax = |it: &Problem| matches!(it.found.fault, Fault::Syntax(_));
    let broken: Vec<_> = problems
        .iter()
        .filter(|it| is_syntax(it))
        .map(|it| it.found.line)
        .collect();
    problems.retain(|it| is_syntax(it) || !broken.contains(&it.found.line));
    problems.sort_by_key(|it| it.found.line);
    (config, problems)
}

/// Whether a key like `read_only` stands anywhere in it.
fn wishes(value: &Value<'_>) -> bool {
    match value.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .any(|(key, value)| closest(key.get_ref(), ["read_only"]).is_some() || wishes(value)),
        DeValue::Array(items) => items.iter().any(wishes),
        _ => false,
    }
}

/// Whether a table that stands in a context may be a context itself, such as `[contexts.prod.example.com]` without quotes.
fn holds_contexts(context: &DeTable<'_>) -> bool {
    context.iter().any(|(key, value)| {
        let known = CONTEXT_KEYS.contains(&key.get_ref().as_ref());
        !known && (value.get_ref().is_table() || wishes(value))
    })
}

/// The way through the document, with what was found wrong on it.
struct Walk<'a> {
    reading: Reading<'a>,
    told: Vec<Problem>,
}

impl Walk<'_> {
    /// Takes what was found wrong since the last time, and what it makes read-only.
    fn tell(&mut self, counts: Option<&Counts>) {
        let found = self.reading.problems.drain(..);
        self.told.extend(found.map(|found| Problem {
            found,
            counts: counts.cloned(),
        }));
    }

    fn contexts(&mut self, value: &Value<'_>, config: &mut Config) {
        let table = self.reading.table("contexts", value);
        self.tell(Some(&Counts::ReadOnly));
        for (name, value) in table.into_iter().flatten() {
            let name = name.get_ref().to_string();
            let parent = format!("contexts.{name:?}");
            let Some(table) = self.reading.table(&parent, value) else {
                // `[contexts]` with `read_only = true` right under it.
                self.tell(Some(&Counts::ReadOnly));
                continue;
            };
            let context = self.context(&parent, table);
            let counts = if holds_contexts(table) {
                Counts::ReadOnly
            } else {
                Counts::ReadOnlyIn(name.clone())
            };
            self.tell(Some(&counts));
            config.contexts.insert(name, context);
        }
    }

    fn context(&mut self, parent: &str, table: &DeTable<'_>) -> Context {
        let mut context = Context::default();
        for (key, value) in table {
            let path = format!("{parent}.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "read_only" => context.read_only = self.boolean(&path, value),
                "namespaces" => context.namespaces = self.names(&path, value),
                _ => {
                    let at = key.span().start;
                    self.reading.blame_name(at, &path, CONTEXT_KEYS);
                }
            }
        }
        context
    }

    /// `graver` is what counts whatever is wrong in them.
    fn freezes(&mut self, value: &Value<'_>, graver: Option<&Counts>, config: &mut Config) {
        let Some(items) = value.get_ref().as_array() else {
            self.reading.blame_type("freeze", value, Wanted::Tables);
            return self.some_freeze(graver, config);
        };
        for item in items {
            let freeze = guards::freeze(&mut self.reading, item);
            self.tell(graver.or(Some(&Counts::Frozen(freeze.name.clone()))));
            config.freezes.push(freeze);
        }
    }

    fn some_freeze(&mut self, graver: Option<&Counts>, config: &mut Config) {
        let freeze = guards::some_freeze();
        self.tell(graver.or(Some(&Counts::Frozen(freeze.name.clone()))));
        config.freezes.push(freeze);
    }

    fn protections(&mut self, value: &Value<'_>, graver: Option<&Counts>, config: &mut Config) {
        let Some(items) = value.get_ref().as_array() else {
            self.reading.blame_type("protected", value, Wanted::Tables);
            return self.some_protection(graver, config);
        };
        for item in items {
            let protection = guards::protection(&mut self.reading, item);
            self.tell(graver.or(Some(&Counts::Protected)));
            config.protected.push(protection);
        }
    }

    fn some_protection(&mut self, graver: Option<&Counts>, config: &mut Config) {
        self.tell(graver.or(Some(&Counts::Protected)));
        config.protected.push(Protection::default());
    }

    fn boolean(&mut self, key: &str, value: &Value<'_>) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.reading.blame_type(key, value, Wanted::Boolean);
            false
        })
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        self.reading.text(key, value).map(str::to_owned)
    }

    fn names(&mut self, key: &str, value: &Value<'_>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.reading.blame_type(key, value, Wanted::Texts);
            return Vec::new();
        };
        let mut names = Vec::new();
        for item in items {
            match self.text(key, item) {
                Some(name) if name.is_empty() => {
                    let key = key.to_owned();
                    self.reading
                        .blame(item.span().start, Fault::EmptyName { key });
                }
                name => names.extend(name),
            }
        }
        names
    }

    fn language(&mut self, value: &Value<'_>) -> Option<Language> {
        match self.reading.text("lang", value)? {
            "en" => Some(Language::English),
            "fr" => Some(Language::French),
            other => {
                let fault = Fault::Value {
                    key: "lang".to_owned(),
                    known: "en, fr".to_owned(),
                    likely: closest(other, ["en", "fr"]).map(str::to_owned),
                };
                self.reading.blame(value.span().start, fault);
                None
            }
        }
    }
}
