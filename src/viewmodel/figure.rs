//! Ages, moments and counts as a screen writes them.

use chrono::{DateTime, FixedOffset, Offset, Utc};

use crate::model::Moment;
use crate::wording::{Catalogue, Language};

/// How the person's clock shows a moment. A function, because the offset changes with the season.
#[derive(Clone, Copy)]
pub struct Zone(pub fn(Moment) -> DateTime<FixedOffset>);

impl Zone {
    pub const UTC: Zone = Zone(|moment| moment.to_utc().with_timezone(&Utc.fix()));

    pub(crate) fn at(self, moment: Moment) -> DateTime<FixedOffset> {
        (self.0)(moment)
    }

    /// `03:08:34` of today, else with its date.
    pub(crate) fn moment(self, moment: Moment, now: Moment, catalogue: &Catalogue) -> String {
        let (time, today) = (self.at(moment), self.at(now));
        if time.date_naive() == today.date_naive() {
            return format!("{}{}", time.format("%H:%M:%S"), utc_sign(time));
        }
        let month = catalogue.say(&format!("month-{}", time.format("%-m")));
        format!("{} {month} {}", time.format("%-d"), time.format("%H:%M"))
    }
}

pub(crate) fn utc_sign(time: DateTime<FixedOffset>) -> &'static str {
    if time.offset().local_minus_utc() == 0 {
        "Z"
    } else {
        ""
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

/// An age in four cells, rounded down, by steps of 10 s under a minute so that an idle screen is quiet.
pub(crate) fn column(seconds: i64, catalogue: &Catalogue) -> String {
    let french = catalogue.language() == Language::French;
    let (day, year) = if french { ("j", "a") } else { ("d", "y") };
    match seconds {
        ..MINUTE => format!("{}s", seconds / 10 * 10),
        MINUTE..HOUR => format!("{}m", seconds / MINUTE),
        HOUR..DAY => format!("{}h", seconds / HOUR),
        DAY..YEAR => format!("{}{day}", seconds / DAY),
        _ => format!("{}{year}", seconds / YEAR),
    }
}

/// An age in a sentence: `14m`, `1d 8h`.
pub(crate) fn spoken(seconds: i64, catalogue: &Catalogue) -> String {
    let french = catalogue.language() == Language::French;
    let (minute, space) = if french { ("min", "\u{a0}") } else { ("m", "") };
    let (day, hour) = if french { ("j", "h") } else { ("d", "h") };
    let two = |large: i64, sign: &str, small: i64, small_sign: &str| {
        if small == 0 {
            format!("{large}{space}{sign}")
        } else {
            format!("{large}{space}{sign} {small}{space}{small_sign}")
        }
    };
    match seconds {
        ..MINUTE => format!("{}{space}s", seconds / 10 * 10),
        MINUTE..HOUR => format!("{}{space}{minute}", seconds / MINUTE),
        HOUR..DAY => two(seconds / HOUR, hour, 0, ""),
        _ => two(seconds / DAY, day, seconds % DAY / HOUR, hour),
    }
}

/// `1,148`, in French with a narrow no-break space.
pub(crate) fn count(number: usize, catalogue: &Catalogue) -> String {
    let separator = match catalogue.language() {
        Language::English => ',',
        Language::French => '\u{202f}',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_keeps_to_four_cells() {
        let english = Catalogue::new(Language::English);
        let ages = [9, 49, 14 * 60, 7 * HOUR, 5 * DAY, 364 * DAY, 800 * DAY];
        let said: Vec<_> = ages.iter().map(|age| column(*age, &english)).collect();
        assert_eq!(said, ["0s", "40s", "14m", "7h", "5d", "364d", "2y"]);
        let french = Catalogue::new(Language::French);
        assert_eq!(column(5 * DAY, &french), "5j");
    }

    #[test]
    fn an_age_in_a_sentence_has_at_most_two_units() {
        let english = Catalogue::new(Language::English);
        assert_eq!(spoken(DAY + 8 * HOUR + 59, &english), "1d 8h");
        assert_eq!(spoken(3 * HOUR + 59, &english), "3h");
        let french = Catalogue::new(Language::French);
        assert_eq!(spoken(14 * MINUTE, &french), "14\u{a0}min");
    }

    #[test]
    fn counts_are_grouped() {
        let english = Catalogue::new(Language::English);
        assert_eq!(count(1_147, &english), "1,147");
        assert_eq!(count(12, &english), "12");
        assert_eq!(count(1_000_000, &english), "1,000,000");
    }

    #[test]
    fn a_moment_of_another_day_has_its_date() {
        let english = Catalogue::new(Language::English);
        let now = Moment::from_rfc3339("2026-11-24T03:12:44Z").unwrap();
        let moment = |at| Zone::UTC.moment(Moment::from_rfc3339(at).unwrap(), now, &english);
        assert_eq!(moment("2026-11-24T03:08:34Z"), "03:08:34Z");
        assert_eq!(moment("2026-11-22T18:40:00Z"), "22 Nov 18:40");
    }
}
