//! Secrets of a known form in any text, one rule each.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::name::is_secret;
use super::{MASK, Redactor, is_mask, pair, words};

/// Each is a form; what the group `secret` holds is masked, all of it where there is no such group.
const FORMS: [&str; 12] = [
    // What only a key file has: its lines, also those of one whose beginning is not here.
    r"(?m)^[ \t>|\x22']*(?P<secret>[A-Za-z0-9+/]{60,}={0,2})(?:\\n)*[\x22',]*$",
    // Anything that begins as a JSON object in base64: JWT, docker auths; and as one compressed: applied sets, Helm releases.
    r"\b(?:eyJ[A-Za-z0-9+/_-]{6,}={0,2}(?:\.[A-Za-z0-9_-]*){0,4}|H4sI[A-Za-z0-9+/_-]{12,}={0,2})",
    r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{12,}\b",
    // Marks of well-known issuers.
    r"\b(?:gh[opsur]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|gl[a-z]{2,6}-[\w-]{16,}|xox[a-z]-[\w-]{8,}|sk-[\w-]{16,}|[rs]k_(?:live|test)_\w{8,}|AIza[\w-]{30,}|hv[sbr]\.[\w-]{16,}|dckr_pat_[\w-]{8,}|npm_\w{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|ya29\.[\w-]{16,})",
    // The rest of the line is the header's, unless a quote ends it.
    r"(?i)\b(?:proxy-)?authorization[\x22'\\]*\s*[:=]\s*(?P<secret>digest\s[^\r\n]*)",
    r"(?i)\b(?:(?:proxy-)?authorization|(?:set-)?cookie)[\x22'\\]*\s*[:=]\s*[\[\x22'\\]*(?P<secret>[^\x22'\\\r\n]+)",
    r"(?i)\bbearer[ \t]+(?P<secret>[^\s\x22'<>,;]+)",
    r"(?i)\bbasic[ \t]+(?P<secret>[A-Za-z0-9+/_-]{6,}={0,2})",
    // To the last `@` of the word: a password may hold one, and a quote that a sign of it follows.
    r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@\x22'<>]*:(?P<secret>(?:[^\s\x22'<>]|[\x22'<>]+[^\s\x22'<>,;:)\]}])+)@",
    r"[A-Za-z][A-Za-z0-9+.-]*://(?P<secret>[^\s/:@\x22'<>]+)@",
    r"[\w.-]+:(?P<secret>[^\s\x22']+)@(?:tcp|udp|unix)?\(",
    r"(?i)\b(?:identified\s+by|password|passwd)\s+(?:password\s+)?(?P<secret>'[^']*'|\x22[^\x22]*\x22)",
];
const BEGIN: &str = r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z0-9 ]*-----";
const END: &str = r"-----END [A-Z0-9 ]*PRIVATE KEY[A-Z0-9 ]*-----";
/// A name and its value, each under a key of its own.
const NAMED: &str = r"(?i)[\x22'](?:name|key)[\x22']\s*:\s*[\x22'](?P<name>[^\x22']*)[\x22']\s*,\s*[\x22']value[\x22']\s*:\s*\x22(?P<secret>(?:\\.|[^\x22\\])*)";
const ELEMENT: &str = r"<(?P<name>[\w:.-]+)[^<>]*>(?P<secret>[^<]+)</";

struct Rules {
    key: Regex,
    begin: Regex,
    end: Regex,
    forms: Vec<Regex>,
    beside: [Regex; 2],
}

static RULES: LazyLock<Option<Rules>> = LazyLock::new(|| rules().ok());

fn rules() -> Result<Rules, regex::Error> {
    Ok(Rules {
        key: Regex::new(&format!("(?s)({BEGIN}).*?({END}|\\z)"))?,
        begin: Regex::new(BEGIN)?,
        end: Regex::new(END)?,
        forms: FORMS
            .iter()
            .map(|it| Regex::new(it))
            .collect::<Result<_, _>>()?,
        beside: [Regex::new(NAMED)?, Regex::new(ELEMENT)?],
    })
}

/// A private key begins in the line and does not end there.
pub(super) fn begins_key(line: &str) -> bool {
    let Some(rules) = &*RULES else { return true };
    let last = rules.begin.find_iter(line).last();
    last.is_some_and(|it| !rules.end.is_match_at(line, it.end()))
}

pub(super) fn ends_key(line: &str) -> bool {
    RULES.as_ref().is_some_and(|it| it.end.is_match(line))
}

pub(super) fn masked(by: &Redactor, text: &str) -> String {
    // Without rules nothing is known to be no secret.
    let Some(rules) = &*RULES else {
        return MASK.to_owned();
    };
    let key = |it: &Captures<'_>| {
        let part = |at| it.get(at).map_or("", |it| it.as_str());
        format!("{}{}{}", part(1), by.mask(part(0)), part(2))
    };
    let mut text = rules.key.replace_all(text, key).into_owned();
    for form in &rules.forms {
        text = form
            .replace_all(&text, |it: &Captures<'_>| only(by, it))
            .into_owned();
    }
    for form in &rules.beside {
        let beside = |it: &Captures<'_>| match it.name("name") {
            Some(name) if is_secret(name.as_str()) => only(by, it),
            _ => it.get_match().as_str().to_owned(),
        };
        text = form.replace_all(&text, beside).into_owned();
    }
    words::masked(by, &pair::masked(by, &text))
}

/// What was found, with its secret masked.
fn only(by: &Redactor, found: &Captures<'_>) -> String {
    let whole = found.get_match();
    let secret = found.name("secret").unwrap_or(whole);
    if is_mask(secret.as_str()) {
        return whole.as_str().to_owned();
    }
    let text = whole.as_str();
    let (from, to) = (secret.start() - whole.start(), secret.end() - whole.start());
    let around = |part: Option<&str>| part.unwrap_or_default().to_owned();
    let before = around(text.get(..from));
    before + &by.mask(secret.as_str()) + &around(text.get(to..))
}
