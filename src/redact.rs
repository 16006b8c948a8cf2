//! Secrets taken out of what leaves the team: a ticket is read by more people than a cluster is.
//!
//! It is better to mask a word too many than one too few. What is masked reads [`MASK`]: neither how long it was nor any mark of
//! it stays; the names beside it do.

mod document;
mod extent;
mod name;
mod pair;
mod rules;
#[cfg(test)]
mod tests;
mod words;

use std::cell::RefCell;
use std::fmt;

use serde_json::Value;

/// What stands in the place of a secret.
pub const MASK: &str = "\u{2022}\u{2022}\u{2022}";

/// Lines of a private key after its first: one whose end is missing hides no more of a log than that.
const KEY_LINES: usize = 120;
/// A shorter secret is a word that anything may say: it is masked where it stands beside its name only.
const TELLING: usize = 6;

/// Text in which no secret is left. Only a [`Redactor`] makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked(String);

impl Masked {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Of words made from nothing but what was masked and names: masked again they would lose what stands beside a name.
    pub fn made_of_masked(words: String) -> Self {
        Self(words)
    }

    /// With words of ours before it.
    #[must_use]
    pub fn after(self, words: &str) -> Self {
        Self(format!("{words} {}", self.0))
    }

    /// Lines of it, one under the other.
    pub fn join(lines: &[Masked]) -> Self {
        let lines: Vec<_> = lines.iter().map(Masked::as_str).collect();
        Self(lines.join("\n"))
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masked by an earlier rule, and nothing beside it: its number stays.
fn is_mask(text: &str) -> bool {
    let rest = text.trim_end_matches([',', ';']).strip_prefix(MASK);
    rest.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
}

/// Knows a secret by its name, by its form, and by having seen it under its name elsewhere.
#[derive(Debug, Default)]
pub struct Redactor {
    known: Vec<String>,
    /// Secrets that are told apart, in the order of their numbers.
    apart: Option<RefCell<Vec<String>>>,
}

impl Redactor {
    /// Learns the secrets of an object, so that they are masked wherever they are quoted.
    pub fn learn(&mut self, object: &Value) {
        let mut found = document::secrets(object);
        found.retain(|it| it.chars().count() >= TELLING);
        self.known.append(&mut found);
        self.known.sort_unstable();
        self.known.dedup();
        // One that begins with another must not show its end.
        self.known.sort_by_key(|it| std::cmp::Reverse(it.len()));
    }

    /// The same, with a number after each mask, another one for each secret: of two objects one sees what differs.
    #[must_use]
    pub fn telling_apart(&self) -> Self {
        Self {
            known: self.known.clone(),
            apart: Some(RefCell::default()),
        }
    }

    pub fn text(&self, text: &str) -> Masked {
        Masked(self.masked(text))
    }

    /// Of a log, whose secrets may go over several lines; as many as were given.
    pub fn lines<'a>(&self, lines: impl IntoIterator<Item = &'a str>) -> Vec<Masked> {
        let mut of_key = 0;
        let line = |line: &'a str| {
            if of_key > 0 {
                of_key = if rules::ends_key(line) { 0 } else { of_key - 1 };
                return Masked(self.mask(line));
            }
            if rules::begins_key(line) {
                of_key = KEY_LINES;
            }
            self.text(line)
        };
        lines.into_iter().map(line).collect()
    }

    /// A Kubernetes object.
    #[must_use]
    pub fn document(&self, object: &Value) -> Value {
        document::masked(self, object)
    }

    /// A Kubernetes object as YAML; None where it cannot be written.
    pub fn yaml(&self, object: &Value) -> Option<Masked> {
        let options = serde_saphyr::ser_options! { folded_wrap_chars: usize::MAX };
        let masked = self.document(object);
        let text = serde_saphyr::to_string_with_options(&masked, options).ok()?;
        Some(Masked(text))
    }

    fn masked(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.known {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), &self.mask(secret));
            }
        }
        rules::masked(self, &text)
    }

    fn mask(&self, secret: &str) -> String {
        let Some(apart) = &self.apart else {
            return MASK.to_owned();
        };
        let mut apart = apart.borrow_mut();
        let known = apart.iter().position(|it| it == secret);
        let at = known.unwrap_or_else(|| {
            apart.push(secret.to_owned());
            apart.len() - 1
        });
        format!("{MASK}{}", at + 1)
    }
}
