//! Secrets beside their name: `password=…`, `"token": "…"`, `api_key: …`, in logs, in configuration files and in what quotes
//! them.

use std::sync::LazyLock;

use regex::Regex;

use super::extent;
use super::name::is_secret;
use super::{MASK, Redactor, is_mask};

/// A name and what stands between it and its value.
const NAME: &str = r"(?i)(?P<name>(?:(?:api|access|private|client|signing|encryption|account|auth) )?[\w.$-]*\w)(?P<sign>[\x22'\]\\]*\s*(?:=>|:=|[:=])[^\S\r\n]*)";

static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NAME).ok());

pub(super) fn masked(by: &Redactor, text: &str) -> String {
    let Some(names) = &*NAMES else {
        return MASK.to_owned();
    };
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = names.captures_at(text, at) {
        let end = found.get_match().end();
        let part = |name| found.name(name).map_or("", |it| it.as_str());
        let start = found.get_match().start();
        let line = text.get(..start).and_then(|it| it.rsplit('\n').next());
        let place = Place {
            line: line.unwrap_or_default(),
            name: part("name"),
            sign: part("sign"),
        };
        let rest = text.get(end..).unwrap_or_default();
        let length = if is_secret(part("name")) {
            place.value(rest)
        } else {
            0
        };
        kept.push_str(text.get(at..end).unwrap_or_default());
        let value = rest.get(..length).unwrap_or_default();
        kept.push_str(&in_quotes(by, value));
        at = end + length;
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    kept
}

/// What says nothing stays, and the quotes around a value.
fn in_quotes(by: &Redactor, value: &str) -> String {
    let bare = value.trim_start_matches('\\');
    let quote = bare.chars().next().filter(|it| matches!(it, '"' | '\''));
    let opening = value.len() - bare.len() + quote.map_or(0, char::len_utf8);
    let inner = value.get(opening..).unwrap_or_default();
    let closing = value.get(..opening).unwrap_or_default();
    let closed = quote.and_then(|_| inner.strip_suffix(closing));
    let said = closed.unwrap_or(inner);
    if nothing(said) || is_mask(said) {
        return value.to_owned();
    }
    let end = closed.map_or("", |_| closing);
    format!("{closing}{}{end}", by.mask(said))
}

fn nothing(said: &str) -> bool {
    let word = said.trim().trim_end_matches([',', ';']);
    ["", "true", "false", "null", "nil"].contains(&word)
}

/// Where a pair stands.
struct Place<'a> {
    /// What is before the name on its line.
    line: &'a str,
    name: &'a str,
    sign: &'a str,
}

impl Place<'_> {
    /// How much of the rest is the value of that name.
    fn value(&self, rest: &str) -> usize {
        let bare = rest.trim_start_matches('\\');
        let slashes = rest.len() - bare.len();
        match bare.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                self.to_its_end(rest, slashes + extent::quoted(bare, quote, slashes))
            }
            Some('[' | '{') => self.to_its_end(rest, slashes + extent::bracketed(bare)),
            // `volume "db-secret" : secret "db" not found` is a sentence; what follows the name is none of its values.
            Some(letter) if self.of_sentence() && !letter.is_ascii_digit() => 0,
            // How many, and not what.
            Some('0'..='9') if self.name.to_lowercase().ends_with("tokens") => 0,
            _ if self.leads() => self.line_and_below(rest),
            _ => extent::word(&self.before(), rest),
        }
    }

    fn before(&self) -> String {
        [self.line, self.name, self.sign].concat()
    }

    /// What closed is not all of a value that goes on behind it.
    fn to_its_end(&self, rest: &str, closed: usize) -> usize {
        let (value, more) = rest.split_at_checked(closed).unwrap_or((rest, ""));
        value.len() + extent::rest_of_value(&self.before(), more, self.leads())
    }

    fn of_sentence(&self) -> bool {
        let sign = self.sign.trim_end();
        sign.starts_with(['"', '\'']) && sign.contains([' ', '\t'])
    }

    /// The line begins with the pair, as in a file of settings: the value may hold blanks.
    fn leads(&self) -> bool {
        let begun = self.line.trim_start().trim_start_matches("export ");
        begun.chars().all(|it| matches!(it, '-' | ' ' | '"' | '\''))
    }

    /// Under a name that stands alone, or that a text of several lines follows, all that is further in is its value.
    fn line_and_below(&self, rest: &str) -> usize {
        let mut lines = rest.split_inclusive('\n');
        let first = lines.next().unwrap_or_default();
        let said = first.trim();
        let end = first.trim_end_matches(['\r', '\n']).len();
        let opens =
            said.is_empty() || said.starts_with(['|', '>', '&', '!']) || said.ends_with('\\');
        if !opens {
            return end;
        }
        let own = indent(self.line);
        let mut length = first.len();
        let mut value = end;
        for line in lines {
            let item = line.trim_start().starts_with("- ") && indent(line) == own;
            let below = indent(line) > own || item;
            if !line.trim().is_empty() && !below {
                break;
            }
            length += line.len();
            if below {
                value = length;
            }
        }
        let value = rest.get(..value).unwrap_or_default();
        value.trim_end_matches(['\r', '\n']).len()
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
