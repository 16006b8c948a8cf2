//! The filter as typed. Each term must hold: plain words, `re:…`, `field=value`, any of them with `!` before it.

mod answers;
mod complete;
mod field;
mod grammar;
mod guide;
mod listed;

pub use complete::{Completions, complete, completions};
pub use field::Field;
pub use grammar::Fault;
pub use guide::Guide;
pub use listed::{in_need, listed};

pub(super) use answers::Of;
pub(super) use guide::{guide, prompt};
pub(super) use listed::passed;

use std::borrow::Cow;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use regex::Regex;

use super::Page;
use crate::wording::{Catalogue, closest};
use grammar::{Piece, Question, Sign, Test};

#[derive(Clone, Debug, Default)]
pub struct Filter {
    text: String,
    typed: Vec<Typed>,
    plain: Vec<Plain>,
    bad: Vec<BadTerm>,
    /// Asked for, also by terms that have no value yet.
    fields: Vec<Field>,
}

/// A term that cannot be used; the others work meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTerm {
    /// Bytes of the filter's text.
    pub start: usize,
    pub end: usize,
    pub fault: Fault,
    /// What was likely meant, and the whole term with it.
    pub near: Option<(String, String)>,
}

#[derive(Clone, Debug)]
struct Typed {
    wanted: bool,
    field: Field,
    sign: Sign,
    test: Test,
}

#[derive(Clone, Debug)]
struct Plain {
    wanted: bool,
    kind: PlainKind,
}

#[derive(Clone, Debug)]
enum PlainKind {
    /// Letters of names in their order, or a piece of a sentence.
    Loose {
        fuzzy: Atom,
        exact: Exact,
    },
    Quoted(Exact),
    Regex(Regex),
}

/// A piece of text; a capital in it asks for the same case.
#[derive(Clone, Debug)]
struct Exact {
    word: String,
    any_case: bool,
}

impl Exact {
    fn new(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            any_case: !word.chars().any(char::is_uppercase),
        }
    }

    fn found(&self, text: &str) -> bool {
        if self.any_case {
            has(text, &self.word)
        } else {
            text.contains(&self.word)
        }
    }
}

/// Whether the text has a word that is in lower case, whatever the case of the text. Names of Kubernetes are in lower case:
/// hardly any is written anew.
pub(super) fn has(text: &str, word: &str) -> bool {
    text.contains(word) || turns(text) && text.to_lowercase().contains(word)
}

/// Whether it may be another text in lower case.
fn turns(text: &str) -> bool {
    !text.is_ascii() || text.bytes().filter(u8::is_ascii_uppercase).count() > 0
}

/// The words of one row: in names letters may be left out; in long texts that would find everything.
#[derive(Default)]
pub(crate) struct Words<'a> {
    pub names: Vec<Cow<'a, str>>,
    pub texts: Vec<Cow<'a, str>>,
}

/// What a row tells of a field.
pub(crate) enum Said<'a> {
    Nothing,
    Names(Vec<Cow<'a, str>>),
    Words(Vec<&'static str>),
    /// Ready, of wanted.
    Ready(u32, u32),
    Count(u64),
    /// In seconds.
    Age(i64),
}

/// A row, as a filter asks it.
pub(crate) trait Answer {
    fn words(&self) -> Words<'_>;
    fn says(&self, field: Field) -> Said<'_>;
}

/// A filter bound to a matcher, for one pass over the rows.
pub(crate) struct Pass<'a> {
    filter: &'a Filter,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Filter {
    pub fn new(text: &str, page: &Page, catalogue: &Catalogue) -> Self {
        let mut filter = Self {
            text: text.to_owned(),
            ..Self::default()
        };
        // There any text is what is searched for.
        if *page == Page::Search {
            return filter;
        }
        for piece in grammar::pieces(text) {
            if let Err((fault, near)) = filter.add(piece, page, catalogue) {
                filter.bad.push(BadTerm {
                    start: piece.start,
                    end: piece.end(),
                    fault,
                    near,
                });
            }
        }
        filter
    }

    fn add(
        &mut self,
        piece: Piece<'_>,
        page: &Page,
        catalogue: &Catalogue,
    ) -> Result<(), (Fault, Option<(String, String)>)> {
        let (wanted, rest) = match piece.text.strip_prefix('!') {
            Some(rest) => (false, rest),
            None => (true, piece.text),
        };
        if let Some(question) = Question::of(rest) {
            return self.ask(question, (wanted, piece), page, catalogue);
        }
        let pattern = rest.strip_prefix("re:").map(grammar::unquoted);
        if pattern.unwrap_or(grammar::unquoted(rest)).is_empty() {
            return Ok(());
        }
        let kind = if let Some(pattern) = pattern {
            let any_case = !pattern.chars().any(char::is_uppercase);
            let regex = grammar::regex(pattern, any_case);
            PlainKind::Regex(regex.map_err(|it| (Fault::Regex(grammar::reason(&it)), None))?)
        } else if rest.starts_with('"') {
            PlainKind::Quoted(Exact::new(grammar::unquoted(rest)))
        } else {
            PlainKind::Loose {
                fuzzy: Atom::new(
                    rest,
                    CaseMatching::Smart,
                    Normalization::Smart,
                    AtomKind::Fuzzy,
                    false,
                ),
                exact: Exact::new(rest),
            }
        };
        self.plain.push(Plain { wanted, kind });
        Ok(())
    }

    fn ask(
        &mut self,
        question: Question<'_>,
        (wanted, piece): (bool, Piece<'_>),
        page: &Page,
        catalogue: &Catalogue,
    ) -> Result<(), (Fault, Option<(String, String)>)> {
        let Question { name, sign, value } = question;
        let fields = Field::of(page);
        let Some(field) = fields.iter().find(|it| it.name() == name.to_lowercase()) else {
            let near = closest(name, fields.iter().map(|it| it.name()));
            let near = near.map(|near| {
                let whole = piece.text.replacen(name, near, 1);
                (near.to_owned(), whole)
            });
            return Err((Fault::Field(name.to_owned()), near));
        };
        self.fields.push(*field);
        let bare = grammar::unquoted(value);
        if bare.is_empty() {
            return Ok(());
        }
        let test = grammar::test(*field, sign, bare, catalogue).map_err(|(fault, near)| {
            let before = piece.text.strip_suffix(value).unwrap_or_default();
            let near = near.map(|near| {
                let whole = format!("{before}{near}");
                (near, whole)
            });
            (fault, near)
        })?;
        self.typed.push(Typed {
            wanted,
            field: *field,
            sign,
            test,
        });
        Ok(())
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn bad(&self) -> &[BadTerm] {
        &self.bad
    }

    /// True when it lets everything pass.
    pub fn open(&self) -> bool {
        self.used() == 0
    }

    pub fn asks(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }

    fn used(&self) -> usize {
        self.typed.len() + self.plain.len()
    }

    /// The wrong term that is spoken of: the one at the cursor, else the first.
    fn told(&self, cursor: Option<usize>) -> Option<&BadTerm> {
        let at_cursor = |it: &&BadTerm| cursor.is_some_and(|at| (it.start..=it.end).contains(&at));
        self.bad.iter().find(at_cursor).or(self.bad.first())
    }

    pub(crate) fn pass(&self) -> Pass<'_> {
        Pass {
            filter: self,
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }
}

impl Typed {
    fn holds(&self, said: &Said<'_>) -> bool {
        self.answered(said) == self.wanted
    }

    /// What is not known is neither more nor less than anything.
    fn answered(&self, said: &Said<'_>) -> bool {
        let holds = |order| self.sign.holds(order);
        let is = |any: bool| any == (self.sign == Sign::Is);
        match (&self.test, said) {
            (Test::Name(regex), Said::Names(names)) => {
                is(names.iter().any(|name| regex.is_match(name)))
            }
            (Test::Words(wanted), Said::Words(words)) => {
                is(words.iter().any(|word| wanted.contains(word)))
            }
            (Test::Name(_) | Test::Words(_), Said::Nothing) => is(false),
            (Test::Count(wanted), Said::Ready(ready, _)) => holds(u64::from(*ready).cmp(wanted)),
            (Test::Percent(wanted), Said::Ready(ready, total)) if *total > 0 => {
                let share = u128::from(*ready) * 100;
                holds(share.cmp(&(u128::from(*wanted) * u128::from(*total))))
            }
            (Test::Count(wanted), Said::Count(count)) => holds(count.cmp(wanted)),
            // `age=2h` is what reads as 2h: ages are rounded down.
            (Test::Age { count, unit }, Said::Age(age)) => match self.sign {
                Sign::Is | Sign::IsNot => holds((age / unit).cmp(count)),
                _ => holds(age.cmp(&count.saturating_mul(*unit))),
            },
            _ => false,
        }
    }
}

impl Pass<'_> {
    /// A row is asked for its words, which take long to say, only when the fields have not hidden it.
    pub(crate) fn matches(&mut self, row: &dyn Answer) -> bool {
        let filter = self.filter;
        let mut typed = filter.typed.iter();
        if !typed.all(|term| term.holds(&row.says(term.field))) {
            return false;
        }
        if filter.plain.is_empty() {
            return true;
        }
        let words = row.words();
        let mut plain = filter.plain.iter();
        plain.all(|term| self.found(&term.kind, term.wanted, &words) == term.wanted)
    }

    /// What is not wanted must be named exactly, or it would hide rows that merely have the letters.
    fn found(&mut self, kind: &PlainKind, wanted: bool, words: &Words<'_>) -> bool {
        let mut all = words.names.iter().chain(&words.texts);
        match kind {
            PlainKind::Regex(regex) => all.any(|text| regex.is_match(text)),
            PlainKind::Quoted(exact) => all.any(|text| exact.found(text)),
            PlainKind::Loose { fuzzy, exact } => {
                if all.any(|text| exact.found(text)) {
                    return true;
                }
                let named = |text: &Cow<'_, str>| {
                    let text = Utf32Str::new(text, &mut self.buffer);
                    fuzzy.score(text, &mut self.matcher).is_some()
                };
                wanted && words.names.iter().any(named)
            }
        }
    }
}

#[cfg(test)]
mod tests;
