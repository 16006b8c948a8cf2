//! Secrets in the words of a command: after `--password`, and after the short flags of well-known tools.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::name::is_secret;
use super::{MASK, Redactor, extent, is_mask};

const LONG: &str = r#"(?:^|[\s"'\[(,])--?(?P<flag>[A-Za-z][\w.-]*)(?P<sign>\s+|["']\s*,?\s*["'])"#;
const SHORT: &str = r"\s(?P<flag>-[A-Za-z]|--user|--proxy-user)(?P<sign>[ =]?)";
/// A tool, and its line to the end.
const TOOL: &str = r"(?P<tool>\b(?:mysql\w*|mariadb[\w-]*|sshpass|mongo\w*|sqlcmd|redis-cli|curl|wget|ldap\w+))(?P<rest>\s[^\r\n]*)";

static FLAGS: LazyLock<Option<[Regex; 3]>> = LazyLock::new(|| {
    let regex = |form| Regex::new(form).ok();
    Some([regex(LONG)?, regex(SHORT)?, regex(TOOL)?])
});

/// Whether what follows that flag is secret to that tool.
fn gives_secret(tool: &str, flag: &str) -> bool {
    let tool = tool.rsplit('/').next().unwrap_or_default();
    match tool {
        "redis-cli" => flag == "-a",
        "curl" | "wget" => matches!(flag, "-u" | "-U" | "--user" | "--proxy-user"),
        "sqlcmd" => flag == "-P",
        "sshpass" => flag == "-p",
        _ if tool.starts_with("ldap") => flag == "-w",
        _ => {
            ["mysql", "mariadb", "mongo"]
                .iter()
                .any(|it| tool.starts_with(it))
                && flag == "-p"
        }
    }
}

pub(super) fn masked(by: &Redactor, text: &str) -> String {
    let Some([long, short, tools]) = &*FLAGS else {
        return MASK.to_owned();
    };
    let text = after_flags(by, long, text, is_secret);
    let line = |found: &Captures<'_>| {
        let part = |name| found.name(name).map_or("", |it| it.as_str());
        let secret = |flag: &str| gives_secret(part("tool"), flag);
        let rest = after_flags(by, short, part("rest"), secret);
        format!("{}{rest}", part("tool"))
    };
    tools.replace_all(&text, line).into_owned()
}

/// What follows each flag that gives a secret is masked. What follows another one is read on: it may hold flags itself.
fn after_flags(by: &Redactor, form: &Regex, text: &str, secret: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = form.captures_at(text, at) {
        let Some(flag) = found.name("flag") else {
            break;
        };
        let end = found.get_match().end();
        let (before, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let length = if secret(flag.as_str()) {
            value(before, rest)
        } else {
            0
        };
        let said = rest.get(..length).unwrap_or_default();
        let next = if said.is_empty() {
            flag.end()
        } else {
            end + length
        };
        if said.is_empty() || is_mask(said) {
            kept.push_str(text.get(at..next).unwrap_or_default());
        } else {
            kept.push_str(text.get(at..end).unwrap_or_default());
            kept.push_str(&by.mask(said));
        }
        at = next;
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    kept
}

/// How much of the rest is the word behind a flag; another flag is none.
fn value(before: &str, rest: &str) -> usize {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let quotes = |it: &char| matches!(it, '"' | '\'');
    if let Some(quote) = before.chars().next_back().filter(quotes) {
        let inner = extent::quoted(&format!("{quote}{rest}"), quote, 0);
        let closed = rest.get(..inner - 1).is_some_and(|it| it.ends_with(quote));
        return inner - 1 - usize::from(closed);
    }
    match rest.chars().next() {
        Some('-') => 0,
        Some(quote) if quotes(&quote) => {
            let closed = extent::quoted(rest, quote, 0);
            let more = rest.get(closed..).unwrap_or_default();
            closed + extent::rest_of_value(line, more, false)
        }
        _ => extent::word(line, rest),
    }
}

/// The words of one command: its program, then its arguments.
pub(super) fn of_command(by: &Redactor, words: &[&str]) -> Vec<String> {
    let mut tool = "";
    let mut hides_next = false;
    let mut masked = Vec::with_capacity(words.len());
    for word in words {
        let flag = word.trim_start_matches('-');
        let is_flag = flag.len() < word.len();
        let short = word.get(..2).filter(|_| is_flag && !word.starts_with("--"));
        let joined = short.filter(|it| word.len() > 2 && gives_secret(tool, it));
        masked.push(if hides_next && !word.is_empty() {
            by.mask(word)
        } else if let Some(flag) = joined {
            format!("{flag}{}", by.mask(word))
        } else {
            by.masked(word)
        });
        hides_next = !hides_next
            && is_flag
            && !word.contains('=')
            && (is_secret(flag) || gives_secret(tool, word));
        let known = [
            "mysql",
            "mariadb",
            "mongo",
            "ldap",
            "redis-cli",
            "curl",
            "wget",
            "sshpass",
            "sqlcmd",
        ];
        let program = word.rsplit('/').next().unwrap_or_default();
        if known.iter().any(|it| program.starts_with(it)) {
            tool = program;
        }
    }
    masked
}
