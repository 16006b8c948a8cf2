//! `--request-timeout` as kubectl reads it.

use std::fmt;
use std::time::Duration;

#[derive(Debug, PartialEq, Eq)]
pub struct NotADuration;

impl fmt::Display for NotADuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a duration")
    }
}

impl std::error::Error for NotADuration {}

/// Bare seconds, or Go's form: numbers each with a unit (`1m30s`, `1.5h`, `500ms`). Zero means no limit.
pub fn parse_timeout(text: &str) -> Result<Duration, NotADuration> {
    if let Ok(seconds) = text.parse::<u64>() {
        return Ok(Duration::from_secs(seconds));
    }
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let (number, after) = split_where(rest, |letter| !letter.is_ascii_digit() && letter != '.');
        let (unit, after) = split_where(after, |letter| letter.is_ascii_digit() || letter == '.');
        let seconds = number.parse::<f64>().map_err(|_| NotADuration)? * seconds_in(unit)?;
        total = Duration::try_from_secs_f64(seconds)
            .ok()
            .and_then(|part| total.checked_add(part))
            .ok_or(NotADuration)?;
        rest = after;
    }
    (!text.is_empty()).then_some(total).ok_or(NotADuration)
}

fn split_where(text: &str, stop: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(stop).unwrap_or(text.len()))
}

fn seconds_in(unit: &str) -> Result<f64, NotADuration> {
    Ok(match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(NotADuration),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubectl_forms_are_read() {
        let read = |text| parse_timeout(text).unwrap().as_millis();
        assert_eq!(read("30s"), 30_000);
        assert_eq!(read("1m"), 60_000);
        assert_eq!(read("1m30s"), 90_000);
        assert_eq!(read("1.5h"), 5_400_000);
        assert_eq!(read("500ms"), 500);
        assert_eq!(read("45"), 45_000);
        assert_eq!(read("0"), 0);
        assert_eq!(read("0s"), 0);
    }

    #[test]
    fn other_texts_are_no_duration() {
        for text in [
            "", "-1", "-1s", "soon", "s", "1.2.3s", "3 s", "5d", "1e400s", "nan",
        ] {
            assert_eq!(parse_timeout(text), Err(NotADuration), "{text}");
        }
    }
}
