//! `[[freeze]]` and `[[protected]]`: what the configuration forbids, or asks twice for, in some places.
//!
//! An entry with anything wrong in it may mean more than what is left of it: it then counts for all that it may mean.

#[cfg(test)]
mod tests;

use chrono_tz::{TZ_VARIANTS, Tz};
use toml::de::DeTable;

use crate::action::{Freeze, Protection, Scope, Verb};
use crate::datafile::{Fault, Reading, Value, Wanted};
use crate::insight::{Windows, cron};
use crate::tenancy::Class;
use crate::wording::closest;

const FREEZE: &str = "freeze";
const PROTECTED: &str = "protected";
const FREEZE_KEYS: [&str; 8] = [
    "name",
    "schedule",
    "duration",
    "timezone",
    "tenants",
    "environments",
    "classes",
    "allows",
];
const PROTECTED_KEYS: [&str; 5] = ["tenants", "environments", "classes", "contexts", "reason"];
const CLASSES: [(&str, Class); 3] = [
    ("production", Class::Production),
    ("non_production", Class::NonProduction),
    ("unknown", Class::Unknown),
];
/// Longer is a slip: a year.
const LONGEST: i64 = 366 * 86_400;

/// What all may be, where the section itself cannot be read.
pub(super) fn some_freeze() -> Freeze {
    Freeze::not_understood(FREEZE)
}

pub(super) fn freeze(reading: &mut Reading<'_>, value: &Value<'_>) -> Freeze {
    let wrong = reading.problems.len();
    let Some(table) = reading.table(FREEZE, value) else {
        return some_freeze();
    };
    let mut entry = Entry::new(reading, FREEZE, value, table);
    entry.blame_unknown(&FREEZE_KEYS);
    let name = entry.required("name");
    let begins = entry.required("schedule");
    let begins = begins.and_then(|it| entry.read("schedule", cron(it), Fault::schedule));
    let seconds = entry.required("duration");
    let seconds = seconds.and_then(|it| entry.read("duration", seconds_in(it), Fault::length));
    let zone = entry.zone();
    let scope = entry.scope();
    let verbs = Verb::ALL.map(|it| (it.word().replace('-', "_"), it));
    let allows = entry.words("allows", &verbs).unwrap_or_default();
    let right = entry.reading.problems.len() == wrong;
    let windows = begins.zip(seconds).filter(|_| right);
    Freeze {
        name: name.map_or_else(|| FREEZE.to_owned(), inert),
        scope,
        allows,
        windows: windows.map(|(begins, seconds)| Windows {
            begins,
            zone,
            seconds,
        }),
    }
}

pub(super) fn protection(reading: &mut Reading<'_>, value: &Value<'_>) -> Protection {
    let Some(table) = reading.table(PROTECTED, value) else {
        return Protection::default();
    };
    let mut entry = Entry::new(reading, PROTECTED, value, table);
    entry.blame_unknown(&PROTECTED_KEYS);
    Protection {
        contexts: entry.patterns("contexts"),
        scope: entry.scope(),
        reason: entry.text("reason").map(inert).unwrap_or_default(),
    }
}

/// One table of a section while it is read.
struct Entry<'a, 'r, 'v, 't> {
    reading: &'a mut Reading<'r>,
    section: &'static str,
    at: usize,
    table: &'v DeTable<'t>,
}

impl<'a, 'r, 'v, 't> Entry<'a, 'r, 'v, 't> {
    fn new(
        reading: &'a mut Reading<'r>,
        section: &'static str,
        value: &Value<'_>,
        table: &'v DeTable<'t>,
    ) -> Self {
        Self {
            reading,
            section,
            at: value.span().start,
            table,
        }
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.section)
    }

    fn blame_unknown(&mut self, known: &[&str]) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let path = self.path(name);
                let known = known.iter().copied();
                self.reading.blame_name(key.span().start, &path, known);
            }
        }
    }

    fn text(&mut self, key: &str) -> Option<&'v str> {
        let value = self.table.get(key)?;
        self.reading.text(&self.path(key), value)
    }

    fn required(&mut self, key: &str) -> Option<&'v str> {
        if self.table.get(key).is_none() {
            let key = self.path(key);
            self.reading.blame(self.at, Fault::Missing { key });
        }
        self.text(key)
    }

    /// What was made of an entry; where that is nothing, it is a fault.
    fn read<T>(&mut self, key: &str, made: Option<T>, fault: fn(String) -> Fault) -> Option<T> {
        if made.is_none() {
            let at = self.table.get(key).map_or(self.at, |it| it.span().start);
            self.reading.blame(at, fault(self.path(key)));
        }
        made
    }

    fn zone(&mut self) -> Tz {
        let Some(name) = self.text("timezone") else {
            return Tz::UTC;
        };
        name.parse().unwrap_or_else(|_| {
            let at = self.table.get("timezone");
            let at = at.map_or(self.at, |it| it.span().start);
            let known = TZ_VARIANTS.iter().map(|it| it.name());
            let fault = Fault::Zone {
                key: self.path("timezone"),
                likely: closest(name, known).map(str::to_owned),
            };
            self.reading.blame(at, fault);
            Tz::UTC
        })
    }

    fn scope(&mut self) -> Scope {
        Scope {
            tenants: self.patterns("tenants"),
            environments: self.patterns("environments"),
            classes: self.words("classes", &CLASSES).unwrap_or_default(),
        }
    }

    /// None, which is all, where one of them cannot be read.
    fn patterns(&mut self, key: &str) -> Vec<String> {
        let texts = self.texts(key).unwrap_or_default();
        texts.into_iter().map(|(text, _)| text.to_owned()).collect()
    }

    /// The texts of a list with their places; None where it is not there or not whole.
    fn texts(&mut self, key: &str) -> Option<Vec<(&'v str, usize)>> {
        let path = self.path(key);
        let value = self.table.get(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.reading.blame_type(&path, value, Wanted::Texts);
            return None;
        };
        let wrong = self.reading.problems.len();
        let mut texts = Vec::new();
        for item in items {
            let at = item.span().start;
            match self.reading.text(&path, item) {
                Some("") => {
                    let key = path.clone();
                    self.reading.blame(at, Fault::EmptyName { key });
                }
                text => texts.extend(text.map(|it| (it, at))),
            }
        }
        (self.reading.problems.len() == wrong).then_some(texts)
    }

    /// What the words of a list mean; None where it is not there or not whole.
    fn words<T: Copy>(&mut self, key: &str, known: &[(impl AsRef<str>, T)]) -> Option<Vec<T>> {
        let texts = self.texts(key)?;
        let mut found = Vec::new();
        let many = texts.len();
        for (text, at) in texts {
            let meant = known.iter().find(|(word, _)| word.as_ref() == text);
            let Some((_, meant)) = meant else {
                let words: Vec<_> = known.iter().map(|(word, _)| word.as_ref()).collect();
                self.blame_word(key, text, at, &words);
                continue;
            };
            found.push(*meant);
        }
        (found.len() == many).then_some(found)
    }

    fn blame_word(&mut self, key: &str, given: &str, at: usize, words: &[&str]) {
        let fault = Fault::Value {
            key: self.path(key),
            known: words.join(", "),
            likely: closest(given, words.iter().copied()).map(str::to_owned),
        };
        self.reading.blame(at, fault);
    }
}

/// Whole numbers, each with a unit: `12h`, `1d12h`.
fn seconds_in(text: &str) -> Option<i64> {
    let mut seconds: i64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let unit = rest.find(|it: char| !it.is_ascii_digit())?;
        let (number, tail) = rest.split_at(unit);
        let size = match tail.chars().next()? {
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        let part = number.parse::<i64>().ok()?.checked_mul(size)?;
        seconds = seconds.checked_add(part)?;
        rest = tail.get(1..)?;
    }
    (1..=LONGEST).contains(&seconds).then_some(seconds)
}

fn inert(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).collect()
}
