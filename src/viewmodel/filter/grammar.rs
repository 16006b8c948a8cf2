//! How terms are written: cut at blanks that stand in no quotes, then read as a question to a field.

use std::cmp::Ordering;

use regex::{Regex, RegexBuilder};

use super::field::{Field, Manner};
use crate::wording::{Catalogue, closest};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A term as it stands in the text; the place is in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub start: usize,
    pub text: &'a str,
}

impl Piece<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A quote opens where a value or a term begins; elsewhere it is a letter.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, letter) in text.char_indices() {
        let before = text.get(start..at).unwrap_or_default();
        if letter == '"' {
            let opens = before.is_empty() || before.ends_with(['!', '=', '<', '>', ':']);
            quoted = !quoted && opens;
        } else if letter.is_whitespace() && !quoted {
            found.push(Piece {
                start,
                text: before,
            });
            start = at + letter.len_utf8();
        }
    }
    found.push(Piece {
        start,
        text: text.get(start..).unwrap_or_default(),
    });
    found.retain(|piece| !piece.text.is_empty());
    found
}

/// Without the quotes around it; the closing one may not be typed yet.
pub(super) fn unquoted(value: &str) -> &str {
    match value.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
        None => value,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Sign {
    /// The longer ones first.
    const ALL: [(&'static str, Sign); 6] = [
        ("!=", Sign::IsNot),
        ("<=", Sign::AtMost),
        (">=", Sign::AtLeast),
        ("=", Sign::Is),
        ("<", Sign::Less),
        (">", Sign::More),
    ];

    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Sign::Is => order.is_eq(),
            Sign::IsNot => order.is_ne(),
            Sign::Less => order.is_lt(),
            Sign::AtMost => order.is_le(),
            Sign::More => order.is_gt(),
            Sign::AtLeast => order.is_ge(),
        }
    }
}

/// `tenant`, `=`, `cand*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question<'a> {
    pub name: &'a str,
    pub sign: Sign,
    /// As typed, quotes included.
    pub value: &'a str,
}

impl<'a> Question<'a> {
    /// None for what asks no field: plain text.
    pub(super) fn of(term: &'a str) -> Option<Self> {
        let name = term.split(|letter: char| !letter.is_alphabetic()).next()?;
        let rest = term.strip_prefix(name).filter(|_| !name.is_empty())?;
        let (value, sign) = Sign::ALL
            .into_iter()
            .find_map(|(text, sign)| Some((rest.strip_prefix(text)?, sign)))?;
        Some(Self { name, sign, value })
    }
}

/// What the answer of a row must be.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Name(Regex),
    /// Any of these.
    Words(Vec<&'static str>),
    Count(u64),
    Percent(u64),
    /// So many of a unit, in seconds.
    Age {
        count: i64,
        unit: i64,
    },
}

/// Why a term cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The reader's own words.
    Regex(String),
    /// The page has no such field.
    Field(String),
    /// The field has no such word.
    Word(Field),
    /// Names and words are alike or not, never more or less.
    Sign(Field),
    Figure(Field),
}

/// What a value asks; the likeliest value where it asks nothing.
pub(super) fn test(
    field: Field,
    sign: Sign,
    value: &str,
    catalogue: &Catalogue,
) -> Result<Test, (Fault, Option<String>)> {
    let equality = matches!(sign, Sign::Is | Sign::IsNot);
    if !field.is_figure() && !equality {
        return Err((Fault::Sign(field), None));
    }
    let figure = |test: Option<Test>| test.ok_or((Fault::Figure(field), None));
    match field.manner() {
        Manner::Name => name(value).map_err(|error| (Fault::Regex(reason(&error)), None)),
        Manner::Word => words(field, value, catalogue),
        Manner::Age => figure(age(value)),
        Manner::Count => figure(value.parse().ok().map(Test::Count)),
        Manner::Ready => figure(match value.strip_suffix('%') {
            Some(percent) => percent.trim_end().parse().ok().map(Test::Percent),
            None => value.parse().ok().map(Test::Count),
        }),
    }
}

/// The whole of a name, whatever its case; `*` stands for any letters.
fn name(value: &str) -> Result<Test, regex::Error> {
    let parts: Vec<_> = value.split('*').map(regex::escape).collect();
    regex(&format!("^{}$", parts.join(".*")), true).map(Test::Name)
}

pub(super) fn regex(pattern: &str, any_case: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .case_insensitive(any_case)
        .dot_matches_new_line(true)
        .size_limit(1 << 20)
        .build()
}

/// The last line of a syntax error says what is wrong; those before it draw the pattern.
pub(super) fn reason(error: &regex::Error) -> String {
    let said = error.to_string();
    let last = said.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

/// A word may be shortened, so that it works while it is typed.
fn words(
    field: Field,
    value: &str,
    catalogue: &Catalogue,
) -> Result<Test, (Fault, Option<String>)> {
    let wanted = bare(value);
    let mut written = Vec::new();
    for word in field.known() {
        written.push((*word, (*word).to_owned()));
        written.push((*word, field.word(word, catalogue)));
    }
    let begins = |(_, written): &&(_, String)| bare(written).starts_with(&wanted);
    let found: Vec<_> = written.iter().filter(begins).map(|it| it.0).collect();
    if found.is_empty() {
        let bare: Vec<_> = written.iter().map(|(_, written)| bare(written)).collect();
        let near = closest(&wanted, bare.iter().map(String::as_str));
        let near = near.and_then(|near| bare.iter().position(|it| *it == near));
        let near = near.and_then(|at| written.into_iter().nth(at));
        return Err((Fault::Word(field), near.map(|(_, written)| written)));
    }
    Ok(Test::Words(found))
}

/// Small letters without the accents of French: nobody types them at night.
fn bare(word: &str) -> String {
    let letters = word.chars().flat_map(char::to_lowercase);
    let bare = letters.map(|letter| match letter {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' => 'a',
        letter => letter,
    });
    bare.collect()
}

/// `2h`; the units of both languages, and weeks.
fn age(value: &str) -> Option<Test> {
    let unit = value.chars().next_back()?;
    let count = value.strip_suffix(unit)?.trim_end().parse().ok()?;
    let unit = match unit {
        's' => 1,
        'm' => MINUTE,
        'h' => HOUR,
        'd' | 'j' => DAY,
        'w' => 7 * DAY,
        'y' | 'a' => 365 * DAY,
        _ => return None,
    };
    Some(Test::Age { count, unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_part_terms_unless_a_value_is_quoted() {
        let words = |text: &'static str| -> Vec<&'static str> {
            pieces(text).iter().map(|piece| piece.text).collect()
        };
        assert_eq!(
            words(r#" tenant="projet dégradé"  !"a b" re:"x y" c"#),
            [
                r#"tenant="projet dégradé""#,
                r#"!"a b""#,
                r#"re:"x y""#,
                "c"
            ]
        );
        assert_eq!(words(r#"say"so now"#), [r#"say"so"#, "now"]);
        assert_eq!(
            words(r#"name="not closed yet"#),
            [r#"name="not closed yet"#]
        );
        assert_eq!(pieces("a  dé").last().map(Piece::end), Some(6));
    }

    #[test]
    fn only_a_word_before_a_sign_asks_a_field() {
        let question = |term| Question::of(term).map(|it| (it.name, it.sign, it.value));
        assert_eq!(
            question("tenant!=cand*"),
            Some(("tenant", Sign::IsNot, "cand*"))
        );
        assert_eq!(question("age<=2h"), Some(("age", Sign::AtMost, "2h")));
        assert_eq!(question("status="), Some(("status", Sign::Is, "")));
        for plain in ["beta-back", "<none>", "1=2", "https://x?a=b", "a!b", "="] {
            assert_eq!(question(plain), None, "{plain}");
        }
    }
}
