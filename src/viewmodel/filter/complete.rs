//! What Tab writes: the rest of a field or of a value that stands on the screen, or what a wrong term likely meant.

use hashbrown::HashSet;

use super::answers::each;
use super::field::Manner;
use super::grammar::{Question, pieces, unquoted};
use super::{BadTerm, Field, Said};
use crate::viewmodel::Facts;

/// What may stand at the cursor.
pub struct Completions {
    /// None where a field itself is being named.
    pub(super) field: Option<Field>,
    pub(super) found: Vec<String>,
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
        (None, head, found.collect())
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
fn values(facts: &Facts<'_>, field: Field, begun: &str) -> Vec<String> {
    let begun = begun.to_lowercase();
    // Few values are written with capitals.
    let begins =
        |value: &str| value.starts_with(&begun) || value.to_lowercase().starts_with(&begun);
    if field.manner() == Manner::Word {
        let words = field.words(facts.page).iter();
        let words = words.map(|word| field.word(word, facts.catalogue));
        return words.filter(|word| begins(word)).collect();
    }
    let mut found = HashSet::<String>::new();
    if field.manner() == Manner::Name {
        each(facts, |row| {
            if let Said::Names(names) = row.says(field) {
                for name in names {
                    if begins(&name) && !found.contains(name.as_ref()) {
                        found.insert(name.into_owned());
                    }
                }
            }
        });
    }
    let mut found: Vec<_> = found.into_iter().filter(|it| !it.is_empty()).collect();
    found.sort_unstable();
    found
}

impl Completions {
    /// What all of them have in common beyond what is typed, else the first.
    fn next(&self) -> Option<String> {
        let first = self.found.first()?;
        let mut common = first.as_str();
        for other in &self.found {
            let same = common.char_indices().zip(other.chars());
            let mut differ = same.filter(|((_, one), other)| one != other);
            let end = differ.next().map_or(other.len(), |((at, _), _)| at);
            common = common.get(..end).unwrap_or(common);
        }
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
        let whole = self.found.iter().any(|it| it == next);
        Some(format!("\"{next}{}", if whole { "\"" } else { "" }))
    }
}
