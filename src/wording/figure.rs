//! Figures, ages and moments as a person of each language writes them. Rounding never reaches a bound that is not reached.

use chrono::{Datelike, TimeZone};

use super::{Catalogue, Language};
use crate::model::Moment;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

/// Largest unit that fits, and how many of it, rounded down.
fn largest(seconds: i64) -> (&'static str, i64) {
    match seconds.max(0) {
        it if it < MINUTE => ("second", it),
        it if it < HOUR => ("minute", it / MINUTE),
        it if it < DAY => ("hour", it / HOUR),
        it if it < YEAR => ("day", it / DAY),
        it => ("year", it / YEAR),
    }
}

impl Catalogue {
    /// An age in a column of four cells: `40s`, `14m`, `7h`. Steps by 10 s under a minute, so that an idle screen is quiet.
    pub fn age(&self, seconds: i64) -> String {
        let calm = if seconds < MINUTE {
            seconds / 10 * 10
        } else {
            seconds
        };
        let (unit, count) = largest(calm);
        format!("{count}{}", self.say(&format!("unit-{unit}")))
    }

    /// A length of time in a sentence, two units at most: `29s`, `4m52s`, `1d 8h`.
    pub fn span(&self, seconds: i64) -> String {
        let seconds = seconds.max(0);
        let (unit, count) = largest(seconds);
        let (size, next) = match unit {
            "minute" => (MINUTE, Some("second")),
            "hour" => (HOUR, Some("minute")),
            "day" => (DAY, Some("hour")),
            _ => (1, None),
        };
        let whole = self.counted(unit, count);
        let rest = seconds - count * size;
        let smaller = next.map(|next| (next, rest / (size / if next == "hour" { 24 } else { 60 })));
        match smaller.filter(|(_, rest)| *rest > 0) {
            Some((next, rest)) => {
                let tight = self.language() == Language::English && next == "second";
                let gap = if tight { "" } else { " " };
                format!("{whole}{gap}{}", self.counted(next, rest))
            }
            None => whole,
        }
    }

    /// An age in a sentence, coarse: `14m ago`, `il y a 14 min`.
    pub fn ago(&self, seconds: i64) -> String {
        self.say_with("ago", &[("span", self.coarse(seconds).into())])
    }

    /// A countdown: `9m left`, `reste 9 min`.
    pub fn left(&self, seconds: i64) -> String {
        self.say_with("left", &[("span", self.coarse(seconds).into())])
    }

    /// A length of time in one unit, and two from a day on.
    pub fn coarse(&self, seconds: i64) -> String {
        if (DAY..YEAR).contains(&seconds) {
            return self.span(seconds);
        }
        let (unit, count) = largest(seconds);
        self.counted(unit, count)
    }

    /// The same with the unit written out further, where no figure is near.
    pub fn spelled(&self, seconds: i64) -> String {
        if (MINUTE..HOUR).contains(&seconds) {
            return self.say_with(
                "span-minutes-spelled",
                &[("count", (seconds / MINUTE).to_string().into())],
            );
        }
        self.coarse(seconds)
    }

    fn counted(&self, unit: &str, count: i64) -> String {
        self.say_with(
            &format!("span-{unit}s"),
            &[("count", count.to_string().into())],
        )
    }

    /// `03:08:34` today, `22 Nov 18:40` this year, the date before that.
    pub fn moment<Z: TimeZone>(&self, at: Moment, now: Moment, zone: &Z) -> String
    where
        Z::Offset: std::fmt::Display,
    {
        let (at, now) = (
            at.to_utc().with_timezone(zone),
            now.to_utc().with_timezone(zone),
        );
        if at.date_naive() == now.date_naive() {
            return at.format("%H:%M:%S").to_string();
        }
        if at.year() == now.year() {
            let arguments = [
                ("day", self.day(&at).into()),
                ("time", at.format("%H:%M").to_string().into()),
            ];
            return self.say_with("moment-day", &arguments);
        }
        self.year(&at)
    }

    fn day(&self, at: &impl Datelike) -> String {
        let month = self.say(&format!("month-{}", at.month()));
        let arguments = [
            ("day", at.day().to_string().into()),
            ("month", month.into()),
        ];
        self.say_with("date-day", &arguments)
    }

    fn year(&self, at: &impl Datelike) -> String {
        let arguments = [
            ("day", format!("{:02}", at.day()).into()),
            ("month", format!("{:02}", at.month()).into()),
            ("year", at.year().to_string().into()),
        ];
        self.say_with("date-year", &arguments)
    }

    /// `22 Nov` this year, with the year else.
    pub fn date<Z: TimeZone>(&self, at: Moment, now: Moment, zone: &Z) -> String {
        let at = at.to_utc().with_timezone(zone);
        if at.year() == now.to_utc().with_timezone(zone).year() {
            return self.day(&at);
        }
        self.year(&at)
    }

    /// With one digit after the mark at most, none when it is whole; rounded down, so that no bound is reached by rounding.
    pub fn decimal(&self, value: f64) -> String {
        let text = format!("{:.1}", (value * 10.0 + 1e-6).floor() / 10.0);
        let text = text.strip_suffix(".0").unwrap_or(&text);
        match self.language() {
            Language::English => text.to_owned(),
            Language::French => text.replace('.', ","),
        }
    }

    /// Thousands set apart: `1,148`, `1 148` (narrow no-break space).
    pub fn whole(&self, value: u64) -> String {
        let mark = match self.language() {
            Language::English => ',',
            Language::French => '\u{202f}',
        };
        let digits = value.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }

    /// Memory from MiB: `384Mi`, `0.9Gi`, `14Gi`.
    pub fn memory(&self, mebibytes: u32) -> String {
        match mebibytes {
            small if small < 900 => format!("{small}Mi"),
            large if large >= 10 * 1024 => format!("{}Gi", large / 1024),
            middle => format!("{}Gi", self.decimal(f64::from(middle) / 1024.0)),
        }
    }

    /// Cores from thousandths: `520m`, `1.9`, `34`.
    pub fn cores(&self, thousandths: u32) -> String {
        match thousandths {
            small if small < 1000 => format!("{small}m"),
            large if large >= 10_000 => (large / 1000).to_string(),
            middle => self.decimal(f64::from(middle) / 1000.0),
        }
    }

    /// The cluster's own words, as they are, on one line.
    pub fn quote(&self, words: &str) -> String {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.say_with("quote", &[("words", words.into())])
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use rstest::rstest;

    use super::*;

    fn both() -> (Catalogue, Catalogue) {
        (
            Catalogue::new(Language::English),
            Catalogue::new(Language::French),
        )
    }

    #[rstest]
    #[case(7, "0s", "0s")]
    #[case(47, "40s", "40s")]
    #[case(14 * 60 + 59, "14m", "14m")]
    #[case(7 * 3600, "7h", "7h")]
    #[case(5 * 86_400, "5d", "5j")]
    #[case(400 * 86_400, "1y", "1a")]
    fn an_age_fits_four_cells(#[case] seconds: i64, #[case] english: &str, #[case] french: &str) {
        let (en, fr) = both();
        assert_eq!(
            (en.age(seconds), fr.age(seconds)),
            (english.to_owned(), french.to_owned())
        );
    }

    #[rstest]
    #[case(29, "29s", "29 s")]
    #[case(292, "4m52s", "4 min 52 s")]
    #[case(5 * 86_400 + 16 * 3600 + 59, "5d 16h", "5 j 16 h")]
    #[case(1800, "30m", "30 min")]
    fn a_span_has_two_units_at_most(
        #[case] seconds: i64,
        #[case] english: &str,
        #[case] french: &str,
    ) {
        let (en, fr) = both();
        assert_eq!(
            (en.span(seconds), fr.span(seconds)),
            (english.to_owned(), french.to_owned())
        );
    }

    #[test]
    fn ages_and_countdowns_are_said_in_each_language() {
        let (en, fr) = both();
        assert_eq!(
            (en.ago(845).as_str(), fr.ago(845).as_str()),
            ("14m ago", "il y a 14 min")
        );
        assert_eq!(
            (en.left(540).as_str(), fr.left(540).as_str()),
            ("9m left", "reste 9 min")
        );
    }

    #[test]
    fn figures_never_round_up_to_a_bound() {
        let (en, fr) = both();
        assert_eq!(
            (en.decimal(99.96).as_str(), fr.decimal(97.2).as_str()),
            ("99.9", "97,2")
        );
        assert_eq!(
            (en.decimal(6.0).as_str(), en.decimal(5.98).as_str()),
            ("6", "5.9")
        );
        assert_eq!(
            (en.whole(1148), fr.whole(1148)),
            ("1,148".into(), "1\u{202f}148".into())
        );
        assert_eq!(
            (en.memory(512), en.memory(4096), fr.memory(1500)),
            ("512Mi".into(), "4Gi".into(), "1,4Gi".into())
        );
        assert_eq!(
            (en.cores(520), en.cores(1900), en.cores(34_500)),
            ("520m".into(), "1.9".into(), "34".into())
        );
    }

    #[test]
    fn a_moment_is_as_short_as_its_distance_allows() {
        let (en, fr) = both();
        let paris = FixedOffset::east_opt(3600).unwrap();
        let at = |text| Moment::from_rfc3339(text).unwrap();
        let now = at("2026-11-24T03:12:44+01:00");
        let today = at("2026-11-24T03:08:34+01:00");
        let sunday = at("2026-11-22T18:40:00+01:00");
        let year = at("2025-11-22T10:00:00+01:00");
        assert_eq!(en.moment(today, now, &paris), "03:08:34");
        assert_eq!(en.moment(sunday, now, &paris), "22 Nov 18:40");
        assert_eq!(fr.moment(sunday, now, &paris), "22 nov. 18:40");
        assert_eq!(en.moment(year, now, &paris), "2025-11-22");
        assert_eq!(fr.moment(year, now, &paris), "22/11/2025");
    }
}
