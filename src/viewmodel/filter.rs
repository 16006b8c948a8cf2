//! The filter as typed: plain words, `!not` and `re:…`, each of which must hold.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use regex::{Regex, RegexBuilder};

#[derive(Clone, Debug, Default)]
pub struct Filter {
    text: String,
    terms: Vec<Term>,
    bad: Option<BadTerm>,
}

/// A term that cannot be used; the others work meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTerm {
    /// Bytes of the filter's text.
    pub start: usize,
    pub end: usize,
    /// The reader's own words.
    pub words: String,
}

#[derive(Clone, Debug)]
struct Term {
    wanted: bool,
    kind: TermKind,
}

#[derive(Clone, Debug)]
enum TermKind {
    /// Letters of names in their order, or a piece of a sentence.
    Plain {
        fuzzy: Atom,
        exact: Exact,
    },
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
        text.contains(&self.word) || self.any_case && text.to_lowercase().contains(&self.word)
    }
}

/// The words of one row: in names letters may be left out; in long texts that would find everything.
#[derive(Default)]
pub(crate) struct Words {
    pub names: Vec<String>,
    pub texts: Vec<String>,
}

/// A filter bound to a matcher, for one pass over the rows.
pub(crate) struct Pass<'a> {
    filter: &'a Filter,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Filter {
    pub fn new(text: &str) -> Self {
        let mut filter = Self {
            text: text.to_owned(),
            ..Self::default()
        };
        let mut start = 0;
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            let end = start + word.len();
            if !word.is_empty() {
                filter.add(word, start, end);
            }
            start += piece.len();
        }
        filter
    }

    fn add(&mut self, word: &str, start: usize, end: usize) {
        let (wanted, rest) = match word.strip_prefix('!') {
            Some(rest) => (false, rest),
            None => (true, word),
        };
        let kind = if let Some(pattern) = rest.strip_prefix("re:") {
            let any_case = !pattern.chars().any(char::is_uppercase);
            let regex = RegexBuilder::new(pattern)
                .case_insensitive(any_case)
                .size_limit(1 << 20)
                .build();
            match regex {
                Ok(regex) => TermKind::Regex(regex),
                Err(error) => {
                    let words = reason(&error);
                    self.bad.get_or_insert(BadTerm { start, end, words });
                    return;
                }
            }
        } else if rest.is_empty() {
            return;
        } else {
            TermKind::Plain {
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
        self.terms.push(Term { wanted, kind });
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn bad(&self) -> Option<&BadTerm> {
        self.bad.as_ref()
    }

    /// True when it lets everything pass.
    pub fn open(&self) -> bool {
        self.terms.is_empty()
    }

    pub(crate) fn pass(&self) -> Pass<'_> {
        Pass {
            filter: self,
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }
}

/// The last line of a syntax error says what is wrong; those before it draw the pattern.
fn reason(error: &regex::Error) -> String {
    let said = error.to_string();
    let last = said.lines().last().unwrap_or_default().trim();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

impl Pass<'_> {
    pub(crate) fn matches(&mut self, words: &Words) -> bool {
        let filter = self.filter;
        filter
            .terms
            .iter()
            .all(|term| self.found(&term.kind, term.wanted, words) == term.wanted)
    }

    /// What is not wanted must be named exactly, or it would hide rows that merely have the letters.
    fn found(&mut self, kind: &TermKind, wanted: bool, words: &Words) -> bool {
        match kind {
            TermKind::Regex(regex) => words
                .names
                .iter()
                .chain(&words.texts)
                .any(|text| regex.is_match(text)),
            TermKind::Plain { fuzzy, exact } => {
                let named = |text: &String| {
                    if wanted {
                        let text = Utf32Str::new(text, &mut self.buffer);
                        fuzzy.score(text, &mut self.matcher).is_some()
                    } else {
                        exact.found(text)
                    }
                };
                words.names.iter().any(named) || words.texts.iter().any(|text| exact.found(text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(filter: &str) -> bool {
        let words = Words {
            names: vec!["betaapp/prod".into(), "beta-back".into(), "public1".into()],
            texts: vec![
                "rev 15 stuck: CrashLoopBackOff".into(),
                "5ml1kjum5pv08d0zckclpksb6--22dxmhpuknhbc3u48km99jyob".into(),
            ],
        };
        Filter::new(filter).pass().matches(&words)
    }

    #[test]
    fn plain_words_are_fuzzy_in_names_and_exact_in_sentences() {
        assert!(matches("btprod"));
        assert!(matches("crashloop"));
        assert!(!matches("CRASHLOOP"));
        assert!(!matches("crshlp"));
        assert!(matches("22dxmhpuknhbc3u48km99jyob"));
        assert!(!matches("5mlob"));
    }

    #[test]
    fn every_term_must_hold() {
        assert!(matches("beta public1 stuck"));
        assert!(!matches("beta app1x"));
        assert!(!matches("beta !back"));
        assert!(matches("beta !dev"));
        assert!(matches("!"));
    }

    #[test]
    fn a_regex_takes_the_whole_term() {
        assert!(matches("re:^beta-.*k$"));
        assert!(!matches("!re:crash.*off"));
    }

    #[test]
    fn a_wrong_regex_is_told_with_its_place_and_the_other_terms_work() {
        let filter = Filter::new("beta re:[a public");
        let bad = filter.bad().unwrap();
        assert_eq!(&filter.text()[bad.start..bad.end], "re:[a");
        assert_eq!(bad.words, "unclosed character class");
        assert!(matches("beta re:[a"));
        assert!(!matches("gamma re:[a"));
    }
}
