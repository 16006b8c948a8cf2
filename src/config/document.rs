//! From the text of `config.toml` to a [`Config`]: a walk over the document, since serde would stop at the first problem.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Fault, Problem, Wanted};
use super::{Config, Context, tenancy};
use crate::wording::Language;

/// How like a known name an unknown one must be to be suggested.
const ALIKE: f64 = 0.7;

const KEYS: [&str; 6] = [
    "lang",
    "read_only",
    "contexts",
    "tenancy",
    "theme",
    "keymap",
];

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// What a walk has found wrong so far.
pub(super) struct Report<'a> {
    file: &'a Path,
    text: &'a str,
    problems: Vec<Problem>,
}

pub(super) fn read(text: &str, file: &Path) -> (Config, Vec<Problem>) {
    let mut report = Report {
        file,
        text,
        problems: Vec::new(),
    };
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut config = Config {
        // What follows the error may have been the line that asked for it.
        read_only: !errors.is_empty(),
        ..Config::default()
    };
    for error in errors {
        report.add(error.span(), Fault::Syntax(error.message().to_owned()));
    }
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "lang" => config.lang = report.language(value),
            "read_only" => config.read_only |= report.read_only("read_only", value),
            "contexts" => {
                for (name, value) in report.table("contexts", value).into_iter().flatten() {
                    let name = name.get_ref().to_string();
                    let context = report.context(&name, value);
                    config.contexts.insert(name, context);
                }
            }
            "tenancy" => config.tenancy = tenancy::read(&mut report, value),
            "theme" => config.theme = report.text("theme", value),
            "keymap" => config.keymap = report.text("keymap", value),
            name => {
                let likely = closest(name, KEYS);
                report.unknown(name.to_owned(), key.span(), likely);
                config.read_only |= likely == Some("read_only");
            }
        }
    }
    (config, report.finish())
}

impl Report<'_> {
    pub(super) fn add(&mut self, span: Option<Range<usize>>, fault: Fault) {
        let line = span
            .and_then(|span| self.text.get(..span.start))
            .map(|before| before.matches('\n').count() + 1);
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line,
            fault,
        });
    }

    /// In the order of lines. A line that is no TOML is told once, whatever was made of its remains.
    fn finish(mut self) -> Vec<Problem> {
        let is_syntax = |problem: &Problem| matches!(problem.fault, Fault::Syntax(_));
        let broken: Vec<_> = self
            .problems
            .iter()
            .filter(|it| is_syntax(it))
            .map(|it| it.line)
            .collect();
        self.problems
            .retain(|it| is_syntax(it) || !broken.contains(&it.line));
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    fn wrong_type(&mut self, key: &str, wanted: Wanted, value: &Value<'_>) {
        let key = key.to_owned();
        self.add(Some(value.span()), Fault::Type { key, wanted });
    }

    fn unknown(&mut self, key: String, span: Range<usize>, likely: Option<&str>) {
        let likely = likely.map(str::to_owned);
        self.add(Some(span), Fault::UnknownKey { key, likely });
    }

    pub(super) fn table<'a, 'v>(
        &mut self,
        key: &str,
        value: &'v Value<'a>,
    ) -> Option<&'v DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, Wanted::Table, value);
        }
        table
    }

    /// A value that is no boolean counts as true: it was put there to protect.
    fn read_only(&mut self, key: &str, value: &Value<'_>) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, Wanted::Boolean, value);
            true
        })
    }

    fn text(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, Wanted::Text, value);
        }
        text.map(str::to_owned)
    }

    fn names(&mut self, key: &str, value: &Value<'_>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, Wanted::Texts, value);
            return Vec::new();
        };
        let mut names = Vec::new();
        for item in items {
            match self.text(key, item) {
                Some(name) if name.is_empty() => {
                    let key = key.to_owned();
                    self.add(Some(item.span()), Fault::EmptyName { key });
                }
                name => names.extend(name),
            }
        }
        names
    }

    fn language(&mut self, value: &Value<'_>) -> Option<Language> {
        match self.text("lang", value)?.as_str() {
            "en" => Some(Language::English),
            "fr" => Some(Language::French),
            other => {
                let fault = Fault::Value {
                    key: "lang".to_owned(),
                    known: "en, fr".to_owned(),
                    likely: closest(other, ["en", "fr"]).map(str::to_owned),
                };
                self.add(Some(value.span()), fault);
                None
            }
        }
    }

    fn context(&mut self, name: &str, value: &Value<'_>) -> Context {
        let mut context = Context::default();
        let parent = format!("contexts.{name:?}");
        for (key, value) in self.table(&parent, value).into_iter().flatten() {
            let path = format!("{parent}.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "read_only" => context.read_only = self.read_only(&path, value),
                "namespaces" => context.namespaces = self.names(&path, value),
                name => {
                    let likely = closest(name, ["read_only", "namespaces"]);
                    self.unknown(path, key.span(), likely);
                    context.read_only |= likely == Some("read_only");
                }
            }
        }
        context
    }
}

pub(super) fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}
