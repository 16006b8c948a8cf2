//! A duration as Go writes it: `1m30s`, `1.5h`, `500ms`.

use std::time::Duration;

/// None where it is none; an empty text is none.
pub fn go_duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let (number, after) = split_where(rest, |letter| !letter.is_ascii_digit() && letter != '.');
        let (unit, after) = split_where(after, |letter| letter.is_ascii_digit() || letter == '.');
        let seconds = number.parse::<f64>().ok()? * seconds_in(unit)?;
        let part = Duration::try_from_secs_f64(seconds).ok()?;
        total = total.checked_add(part)?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

fn split_where(text: &str, stop: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(stop).unwrap_or(text.len()))
}

fn seconds_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_go_are_read() {
        let read = |text| go_duration(text).unwrap().as_millis();
        assert_eq!(read("30s"), 30_000);
        assert_eq!(read("1m30s"), 90_000);
        assert_eq!(read("1.5h"), 5_400_000);
        assert_eq!(read("500ms"), 500);
        assert_eq!(read("0s"), 0);
    }

    #[test]
    fn other_texts_are_no_duration() {
        for text in [
            "", "45", "-1s", "soon", "s", "1.2.3s", "3 s", "5d", "1e400s", "nan",
        ] {
            assert_eq!(go_duration(text), None, "{text}");
        }
    }
}
