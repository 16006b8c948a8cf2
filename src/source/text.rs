//! Text from the cluster is anybody's: it is made inert and bounded once, where it enters.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use unicode_width::UnicodeWidthChar;

use crate::model::Text;

/// Longest name, key or label kept, in bytes; Kubernetes allows 253 (and 63 for a label's value).
pub(super) const NAME: usize = 316;
/// Longest message kept, in bytes.
pub(super) const MESSAGE: usize = 1024;
/// Marks kept on one letter: more is an attack on the line, not a script.
const MARKS: usize = 3;

/// The text without control characters, direction and tag characters and stacked marks, in at most `longest` bytes.
/// Line ends and tabs become spaces; what is cut ends in `…`.
pub(super) fn clean(text: &str, longest: usize) -> Text {
    if text.len() <= longest && is_plain(text) {
        return Text::from(text);
    }
    let text = without_orders(text);
    let mut kept = Text::default();
    let mut marks = 0;
    for letter in text.chars() {
        let letter = if matches!(letter, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            letter
        };
        let width = letter.width();
        marks = if width == Some(0) { marks + 1 } else { 0 };
        if width.is_none() || hidden(letter) || marks > MARKS {
            continue;
        }
        if kept
            .len()
            .saturating_add(letter.len_utf8() + '…'.len_utf8())
            > longest
        {
            kept.push('…');
            break;
        }
        kept.push(letter);
    }
    kept
}

/// Every text and key of the document without what `clean` takes out, but for line ends and tabs; nothing is cut.
pub(super) fn inert(value: &mut Value) {
    match value {
        Value::String(text) => {
            if !is_plain(text) {
                *text = inert_text(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(inert),
        Value::Object(map) => {
            if map.keys().any(|key| !is_plain(key)) {
                let entries = std::mem::take(map).into_iter();
                *map = entries
                    .map(|(key, value)| (inert_text(&key), value))
                    .collect();
            }
            map.values_mut().for_each(inert);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Line by line, so that line ends stay.
fn inert_text(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let cells = line.trim_end_matches('\r').split('\t');
        let cells: Vec<_> = cells.map(|it| clean(it, usize::MAX).to_string()).collect();
        cells.join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text with what `clean` takes out written as YAML escapes it: in an object a carriage return may be the fault.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    for letter in text.chars() {
        let width = letter.width();
        marks = if width == Some(0) { marks + 1 } else { 0 };
        if width.is_some() && !hidden(letter) && marks <= MARKS {
            shown.push(letter);
        } else {
            let code = u32::from(letter);
            // A string has room for anything.
            let _ = if code > 0xffff {
                write!(shown, "\\U{code:08x}")
            } else {
                write!(shown, "\\u{code:04x}")
            };
        }
    }
    shown
}

/// The last line that says something, cleaned: the end of a log is where the cause stands.
pub(super) fn last_line(text: &str, longest: usize) -> Text {
    let lines = || {
        let lines = text.lines().rev().map(str::trim_end);
        lines.filter(|line| !line.is_empty())
    };
    // Frames of a stack trace are indented under the line that counts.
    let told = lines().find(|line| !line.starts_with([' ', '\t']));
    clean(told.or(lines().next()).unwrap_or_default(), longest)
}

/// The text without orders to a terminal (colours, titles, links), each taken out whole. One that has no end loses only
/// what begins it, so that nothing can be hidden behind it.
pub(super) fn without_orders(text: &str) -> Cow<'_, str> {
    static ORDERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let control = r"(?:\x1b\[|\u{9b})[0-?]*[ -/]*[@-~]";
        let string = r"(?:\x1b[\]PX^_]|[\u{90}\u{98}\u{9d}-\u{9f}])[^\x1b\x07\u{9c}\r\n]*(?:\x1b\\|[\x07\u{9c}])";
        let other = r"\x1b[ -/]*[0-~]";
        Regex::new(&format!("{control}|{string}|{other}")).ok()
    });
    if !text.contains(|letter: char| matches!(letter, '\u{1b}' | '\u{80}'..='\u{9f}')) {
        return Cow::Borrowed(text);
    }
    match &*ORDERS {
        Some(orders) => orders.replace_all(text, ""),
        None => Cow::Borrowed(text),
    }
}

/// Characters that change what is around them, or nothing at all.
fn hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn orders_to_a_terminal_go_whole() {
        for order in [
            "\u{1b}[1;31m",
            "\u{9b}31m",
            "\u{1b}]52;c;eA==\u{7}",
            "\u{1b}]8;;https://x\u{1b}\\",
            "\u{9d}0;title\u{9c}",
            "\u{1b}(B",
            "\u{1b}7",
        ] {
            assert_eq!(clean(&format!("a{order}b"), 100), "ab", "{order:?}");
        }
    }

    #[test]
    fn what_cannot_be_printed_is_seen_in_an_object() {
        assert_eq!(escaped("caf\u{e9} \u{65e5}"), "caf\u{e9} \u{65e5}");
        assert_eq!(escaped("a\r\u{1b}[2J"), "a\\u000d\\u001b[2J");
        assert_eq!(
            escaped("\u{202e}x\u{200b}\u{e0041}"),
            "\\u202ex\\u200b\\U000e0041"
        );
    }

    #[test]
    fn an_order_without_end_hides_nothing() {
        assert_eq!(clean("a\u{1b}]0;title and all", 100), "a0;title and all");
        assert_eq!(clean("a\u{1b}", 100), "a");
    }

    #[test]
    fn the_last_line_that_counts_is_kept_of_a_log() {
        let log = "starting\nTypeError: x is undefined\n    at main (app.js:3)\n\tat run\n\n";
        assert_eq!(last_line(log, 100), "TypeError: x is undefined");
        assert_eq!(last_line("  alone  ", 100), "  alone");
        assert_eq!(last_line("", 100), "");
    }

    #[test]
    fn direction_and_tag_characters_go() {
        assert_eq!(clean("pay\u{202e}tset\u{e0041}\u{200b}", 100), "paytset");
    }

    #[test]
    fn lines_become_one() {
        assert_eq!(clean("FATAL\n\tDB_URL", 100), "FATAL  DB_URL");
    }

    #[test]
    fn letters_keep_few_marks_and_scripts_stay() {
        let stacked = format!("e{}!", "\u{301}".repeat(5_000));
        assert_eq!(clean(&stacked, 100_000).chars().count(), 5);
        assert_eq!(clean("projet dégradé 日本", 100), "projet dégradé 日本");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_inert_and_bounded(text in any::<String>(), longest in 3..200usize) {
            let kept = clean(&text, longest);
            prop_assert!(kept.len() <= longest);
            prop_assert!(kept.chars().all(|letter| !letter.is_control() && !hidden(letter)));
        }
    }

    #[test]
    fn a_document_keeps_its_lines_and_loses_what_is_not_inert() {
        let mut value = serde_json::json!({
            "a\u{1b}[2Jb": ["one\r\n\ttwo\u{202e}", 3, null, {"plain": "x\u{7}y"}],
        });
        inert(&mut value);
        let expected = serde_json::json!({"ab": ["one\n\ttwo", 3, null, {"plain": "xy"}]});
        assert_eq!(value, expected);
    }

    #[test]
    fn a_megabyte_is_cut() {
        let kept = clean(&"x".repeat(1 << 20), MESSAGE);
        assert!(kept.len() <= MESSAGE && kept.ends_with('…'));
    }
}
