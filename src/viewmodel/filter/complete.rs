//! What Tab writes: the rest of a field or of a value that stands on the screen, or what a wrong term likely meant.

use super::answers::each;
use super::field::Manner;
use super::grammar::{Question, pieces, unquoted};
use super::{BadTerm, Field, Said, turns};
use crate::viewmodel::Facts;

/// More values than these are not read while one types.
const SHOWN: usize = 24;

/// What may stand at the cursor.
pub struct Completions {
    /// None where a field itself is being named.
    pub(super) field: Option<Field>,
    pub(super) found: Values,
    /// What is there of it, without quotes; bytes of the text that it would replace.
    typed: String,
    start: usize,
    end: usize,
}

/// The filter's text after Tab, and the cursor in it, in bytes.
pub fn complete(facts: &Facts<'_>) -> Option<(String, usize)> {
    let (filter, cursor) = (facts.filter?, facts.typing?);
    let replaced = |start: usize, end: usize, by: &str| {
        let (before, after) = (filter.text().get(..start)?, filter.text().get(end..)?);
        Some((format!("{before}{by}{after}"), start + by.len()))
    };
    let mended = |bad: &BadTerm| {
        let (_, whole) = bad.near.as_ref()?;
        replaced(bad.start, bad.end, whole)
    };
    let told = filter.told(Some(cursor));
    let here = told.filter(|it| (it.start..=it.end).contains(&cursor));
    here.and_then(mended)
        .or_else(|| {
            let known = completions(facts)?;
            replaced(known.start, known.end, &known.next()?)
        })
        .or_else(|| told.and_then(mended))
}

/// Asks every row of the page: once for what is typed, not once a frame.
pub fn completions(facts: &Facts<'_>) -> Option<Completions> {
    let (filter, cursor) = (facts.filter?, facts.typing?);
    let here = |start: usize, end: usize| (start..=end).contains(&cursor);
    let piece = pieces(filter.text())
        .into_iter()
        .find(|it| here(it.start, it.end()))?;
    let head = piece.text.get(..cursor - piece.start)?;
    let head = head.strip_prefix('!').unwrap_or(head);
    let fields = Field::of(facts.page);
    let (field, written, found) = if let Some(question) = Question::of(head) {
        let field = fields
            .iter()
            .find(|it| it.name() == question.name.to_lowercase())?;
        let found = values(facts, *field, unquoted(question.value));
        (Some(*field), question.value, found)
    } else if !head.is_empty() && head.chars().all(char::is_alphabetic) {
        let begun = fields.iter().filter(|it| it.name().starts_with(head));
        let found = begun.map(|it| {
            let sign = if it.is_figure() { "" } else { "=" };
            format!("{}{sign}", it.name())
        });
        let found: Vec<_> = found.collect();
        (None, head, found.into())
    } else {
        return None;
    };
    Some(Completions {
        field,
        found,
        typed: unquoted(written).to_owned(),
        start: cursor - written.len(),
        end: piece.end(),
    })
}

/// Each value once that rows of the page have, in order.
fn values(facts: &Facts<'_>, field: Field, begun: &str) -> Values {
    let begun = begun.to_lowercase();
    let begins = |value: &str| {
        value.starts_with(&begun) || turns(value) && value.to_lowercase().starts_with(&begun)
    };
    if field.manner() == Manner::Word {
        let words = field.words(facts.page).iter();
        let words = words.map(|word| field.word(word, facts.catalogue));
        let words: Vec<_> = words.filter(|word| begins(word)).collect();
        return words.into();
    }
    let mut found = Values::default();
    if field.manner() == Manner::Name {
        each(facts, |row| {
            if let Said::Names(names) = row.says(field) {
                names
                    .iter()
                    .filter(|it| begins(it))
                    .for_each(|it| found.add(it));
            }
        });
    }
    found
}

/// Of thousands of values only the first are shown: the others are known by what all have in common.
#[derive(Default)]
pub(super) struct Values {
    shown: Vec<String>,
    common: String,
}

impl Values {
    /// Each once, but for empty ones.
    fn add(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        let place = self.shown.binary_search_by(|it| it.as_str().cmp(value));
        let Err(place) = place else { return };
        self.share(value);
        if place < SHOWN {
            self.shown.truncate(SHOWN - 1);
            self.shown.insert(place, value.to_owned());
        }
    }

    /// What all have in common, with one more.
    fn share(&mut self, value: &str) {
        if self.shown.is_empty() {
            value.clone_into(&mut self.common);
        }
        let same = self.common.char_indices().zip(value.chars());
        let mut differ = same.filter(|((_, one), other)| one != other);
        let end = differ.next().map_or(value.len(), |((at, _), _)| at);
        self.common.truncate(end);
    }

    fn first(&self) -> Option<&str> {
        self.shown.first().map(String::as_str)
    }

    pub(super) fn shown(&self) -> &[String] {
        &self.shown
    }
}

impl From<Vec<String>> for Values {
    /// In the order in which they are.
    fn from(words: Vec<String>) -> Self {
        let mut values = Self::default();
        for word in words {
            values.share(&word);
            values.shown.push(word);
        }
        values
    }
}

impl Completions {
    /// What all of them have in common beyond what is typed, else the first.
    fn next(&self) -> Option<String> {
        let (first, common) = (self.found.first()?, self.found.common.as_str());
        let next = if common.len() > self.typed.len() {
            common
        } else {
            first
        };
        if next.len() <= self.typed.len() {
            return None;
        }
        if !next.contains(char::is_whitespace) {
            return Some(next.to_owned());
        }
        // One that begins all the others is the first of all.
        let whole = self.found.shown.iter().any(|it| it == next);
        Some(format!("\"{next}{}", if whole { "\"" } else { "" }))
    }
}
