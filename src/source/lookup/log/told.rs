//! A line as it is told: inert, its level recognised, a JSON record laid out.

use serde_json::{Map, Value};

use super::lines::{LONGEST, Raw};
use crate::model::{Level, LogLine, Record};
use crate::source::text::clean;

/// A level stands at the beginning of a line, after a time and perhaps a thread.
const FAR: usize = 120;
const MESSAGES: [&str; 5] = ["message", "msg", "@m", "event", "log"];
const LEVELS: [&str; 5] = ["level", "severity", "lvl", "@level", "levelname"];
/// Said already by the stamp of the line.
const TIMES: [&str; 4] = ["time", "timestamp", "ts", "@timestamp"];

pub(super) fn line(raw: &Raw) -> LogLine {
    let text = clean(&raw.text, LONGEST);
    let record = fields(&raw.text).map(|it| record(&it));
    let (level, record) = match record {
        Some((level, record)) => (level, Some(Box::new(record))),
        None => (level(&text), None),
    };
    LogLine {
        at: raw.at,
        level,
        text: text.as_str().into(),
        record,
    }
}

fn fields(text: &str) -> Option<Map<String, Value>> {
    let text = text.trim();
    if !(text.starts_with('{') && text.ends_with('}')) {
        return None;
    }
    let fields: Map<String, Value> = serde_json::from_str(text).ok()?;
    (!fields.is_empty()).then_some(fields)
}

/// The level in words, what happened, then the other fields; times last.
fn record(fields: &Map<String, Value>) -> (Option<Level>, Record) {
    let first = |keys: &'static [&'static str]| {
        let plain =
            |key: &&&str| matches!(fields.get(**key), Some(Value::String(_) | Value::Number(_)));
        keys.iter().find(plain).copied()
    };
    let (level, message) = (first(&LEVELS), first(&MESSAGES));
    let said = |key: Option<&str>| key.and_then(|it| fields.get(it)).map(plain);
    let (level_words, message_words) = (said(level), said(message));
    let known = level.and_then(|key| of_value(fields.get(key)?));
    let words = known.map(|it| word(it).to_owned()).or(level_words);
    let message_words = [words, message_words].into_iter().flatten();
    let message_words = message_words.collect::<Vec<_>>().join(" ");
    let others = fields
        .iter()
        .filter(|(key, _)| Some(key.as_str()) != level && Some(key.as_str()) != message);
    let (times, others): (Vec<_>, Vec<_>) =
        others.partition(|(key, _)| TIMES.contains(&key.as_str()));
    let pairs = others.into_iter().chain(times);
    let pairs = pairs.map(|(key, value)| format!("{key}={}", plain(value)));
    let record = Record {
        message: clean(&message_words, LONGEST).as_str().into(),
        fields: clean(&pairs.collect::<Vec<_>>().join(" "), LONGEST)
            .as_str()
            .into(),
    };
    (known, record)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Debug => "DEBUG",
        Level::Info => "INFO ",
        Level::Warn => "WARN ",
        Level::Error => "ERROR",
        Level::Fatal => "FATAL",
    }
}

fn of_value(value: &Value) -> Option<Level> {
    match value {
        Value::String(text) => of_word(text),
        // As bunyan and pino count.
        Value::Number(number) => Some(match number.as_u64()? {
            10..30 => Level::Debug,
            30..40 => Level::Info,
            40..50 => Level::Warn,
            50..60 => Level::Error,
            60 => Level::Fatal,
            _ => return None,
        }),
        _ => None,
    }
}

fn of_word(word: &str) -> Option<Level> {
    let level = match word.to_ascii_lowercase().as_str() {
        "trace" | "debug" | "dbg" | "verbose" => Level::Debug,
        "info" | "inf" | "information" | "notice" => Level::Info,
        "warn" | "warning" | "wrn" => Level::Warn,
        "error" | "err" | "severe" => Level::Error,
        "fatal" | "critical" | "crit" | "panic" | "emerg" | "emergency" | "alert" | "dpanic" => {
            Level::Fatal
        }
        _ => return None,
    };
    Some(level)
}

/// `ERROR` anywhere near the beginning, `[error]`, `error:`, `level=error`, klog's `E1124`.
fn level(line: &str) -> Option<Level> {
    if let Some(level) = klog(line) {
        return Some(level);
    }
    let end = (0..=FAR.min(line.len()))
        .rev()
        .find(|at| line.is_char_boundary(*at));
    let near = line.get(..end?)?;
    let mut before = "";
    let mut from = 0;
    for (at, letter) in near.char_indices().chain([(near.len(), ' ')]) {
        if letter.is_alphanumeric() {
            continue;
        }
        let word = &near[from..at];
        let opened = near[..from].chars().next_back();
        from = at + letter.len_utf8();
        let Some(level) = of_word(word) else {
            if !word.is_empty() {
                before = word;
            }
            continue;
        };
        let loud = word.chars().all(|it| it.is_ascii_uppercase());
        let framed = opened == Some('[') && letter == ']';
        let leads = before.is_empty() && letter == ':';
        let named = LEVELS.contains(&before) && opened.is_some_and(|it| "=:\" ".contains(it));
        if loud || framed || leads || named {
            return Some(level);
        }
        before = word;
    }
    None
}

fn klog(line: &str) -> Option<Level> {
    let mut bytes = line.bytes();
    let level = match bytes.next()? {
        b'I' => Level::Info,
        b'W' => Level::Warn,
        b'E' => Level::Error,
        b'F' => Level::Fatal,
        _ => return None,
    };
    let date = bytes.by_ref().take(4).filter(u8::is_ascii_digit).count() == 4;
    (date && bytes.next() == Some(b' ')).then_some(level)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> LogLine {
        line(&Raw {
            at: None,
            text: text.to_owned(),
        })
    }

    #[test]
    fn levels_are_known_in_their_common_forms() {
        for (text, level) in [
            ("INFO  GET /api 200", Some(Level::Info)),
            ("03:13:57.823 [main] WARN  pool wait", Some(Level::Warn)),
            ("FATAL config: DB_URL is not set", Some(Level::Fatal)),
            (
                "E1124 03:13:57.823000       1 leader.go:1] lost",
                Some(Level::Error),
            ),
            (
                "W1124 03:13:57.823000       1 x.go:1] slow",
                Some(Level::Warn),
            ),
            ("level=warn msg=\"slow query\"", Some(Level::Warn)),
            ("time=\"x\" level=\"error\" msg=y", Some(Level::Error)),
            (
                "2026/11/24 03:13:57 [error] 7#7: upstream",
                Some(Level::Error),
            ),
            ("error: no such file", Some(Level::Error)),
            ("Initialised 3 workers", None),
            ("an error came back", None),
            ("informed of 4 errors", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(read(text).level, level, "{text}");
        }
    }

    #[test]
    fn a_record_is_told_by_its_message() {
        let told = read(
            r#"{"ts":"2026-11-24","level":"error","msg":"no user","status":404,"of":{"a":1},"who":"x\u001b[2J"}"#,
        );
        assert_eq!(told.level, Some(Level::Error));
        let record = told.record.unwrap();
        assert_eq!(&*record.message, "ERROR no user");
        assert_eq!(
            &*record.fields,
            r#"of={"a":1} status=404 who=x ts=2026-11-24"#
        );
        assert!(told.text.starts_with("{\"ts\""));
        assert_eq!(
            read(r#"{"level":40,"msg":"slow"}"#).level,
            Some(Level::Warn)
        );
        assert_eq!(read("{not json}").record, None);
        assert_eq!(read("{}").record, None);
    }

    #[test]
    fn orders_to_a_terminal_do_not_pass() {
        let told = read("\u{1b}[31mERROR\u{1b}[0m \u{1b}]52;c;eA==\u{7}gone\u{202e}");
        assert_eq!(&*told.text, "ERROR gone");
        assert_eq!(told.level, Some(Level::Error));
    }

    proptest! {
        #[test]
        fn any_line_is_read_and_bounded(text in any::<String>()) {
            let told = read(&text);
            prop_assert!(told.text.len() <= LONGEST);
            prop_assert!(told.text.chars().all(|it| !it.is_control()));
        }

        #[test]
        fn any_record_is_read(key in "[a-z@]{0,8}", value in any::<String>()) {
            let text = serde_json::json!({ key: value, "level": "info" }).to_string();
            prop_assert_eq!(read(&text).level, Some(Level::Info));
        }
    }
}
