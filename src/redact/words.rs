//! Secrets in the words of a command: after `--password`, and after the short flags of well-known tools.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::name::is_secret;
use super::{MASK, Redactor};

const LONG: &str = r#"(?P<before>(?:^|[\s"'\[(,])--?(?P<flag>[A-Za-z][\w.-]*)(?:\s+|["']\s*,?\s*["']))(?P<secret>"[^"]*"|'[^']*'|[^\s"'-][^\s"']*)"#;
const SHORT: &str = r#"(?P<before>\s(?P<flag>-[A-Za-z]|--user|--proxy-user)[ =]?)(?P<secret>"[^"]*"|'[^']*'|[^\s"'-][^\s"']*)"#;
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
    let part = |found: &Captures<'_>, name: &str| {
        found
            .name(name)
            .map_or_else(String::new, |it| it.as_str().to_owned())
    };
    let with = |found: &Captures<'_>, secret: bool| {
        let said = part(found, "secret");
        if secret && !said.starts_with(MASK) {
            part(found, "before") + &by.mask(&said)
        } else {
            found.get_match().as_str().to_owned()
        }
    };
    let text = long.replace_all(text, |it: &Captures<'_>| {
        with(it, is_secret(&part(it, "flag")))
    });
    let line = |found: &Captures<'_>| {
        let (tool, rest) = (part(found, "tool"), part(found, "rest"));
        let secret = |it: &Captures<'_>| gives_secret(&tool, &part(it, "flag"));
        let rest = short.replace_all(&rest, |it: &Captures<'_>| with(it, secret(it)));
        format!("{tool}{rest}")
    };
    tools.replace_all(&text, line).into_owned()
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
