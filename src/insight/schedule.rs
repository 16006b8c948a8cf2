//! When a `CronJob` runs next.

use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

use crate::model::Moment;

/// None for a schedule or a zone that cannot be told, such as `@every 1h`, which counts from a moment nobody keeps. `last` is
/// when it ran last.
pub(super) fn after(
    schedule: &str,
    zone: &str,
    last: Option<Moment>,
    now: Moment,
) -> Option<Moment> {
    let schedule = cron(schedule)?;
    if !zone.is_empty() {
        let zone: Tz = zone.parse().ok()?;
        let now = now.to_utc().with_timezone(&zone);
        let next = schedule.find_next_occurrence(&now, false).ok()?;
        return Some(next.to_utc().into());
    }
    // Without a zone it is that of the controller, nearly always UTC: believed until a run began at another hour.
    let agrees = |last: Moment| matches!(schedule.is_time_matching(&last.to_utc()), Ok(true));
    if !last.is_none_or(agrees) {
        return None;
    }
    let next = schedule.find_next_occurrence(&now.to_utc(), false).ok()?;
    Some(next.into())
}

/// A day that none of its months has, the usual way to write never: a search would go through thousands of years.
fn is_never(schedule: &str) -> bool {
    const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    let [_, _, day, months, "*"] = fields.as_slice() else {
        return false;
    };
    let longest = |month: &str| DAYS.get(month.parse::<usize>().ok()?.checked_sub(1)?);
    let months: Option<Vec<_>> = months.split(',').map(longest).collect();
    let (Ok(day), Some(months)) = (day.parse::<u32>(), months) else {
        return false;
    };
    months.into_iter().all(|days| day > *days)
}

/// As Kubernetes reads it: five fields, `0/15` allowed, days of the month or of the week. None where it is never.
pub fn cron(schedule: &str) -> Option<Cron> {
    if is_never(schedule) {
        return None;
    }
    let parser = CronParser::builder()
        .seconds(Seconds::Disallowed)
        .year(Year::Disallowed)
        .sloppy_ranges(true)
        .build();
    parser.parse(schedule).ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_rfc3339(text).unwrap()
    }

    fn next_of(schedule: &str, zone: &str, last: Option<&str>) -> Option<String> {
        // A Tuesday.
        let now = at("2026-11-24T02:12:44Z");
        after(schedule, zone, last.map(at), now).map(Moment::to_rfc3339)
    }

    #[rstest]
    #[case("0 4 * * *", "", "2026-11-24T04:00:00Z")]
    #[case("0 4 * * *", "Europe/Paris", "2026-11-24T03:00:00Z")]
    #[case("0/15 * * * *", "", "2026-11-24T02:15:00Z")]
    #[case("@daily", "Etc/UTC", "2026-11-25T00:00:00Z")]
    #[case("30 2 1 * MON", "", "2026-11-30T02:30:00Z")]
    #[case("0 12 29 2 *", "", "2028-02-29T12:00:00Z")]
    fn the_next_run_follows_the_schedule_and_its_zone(
        #[case] schedule: &str,
        #[case] time_zone: &str,
        #[case] next: &str,
    ) {
        assert_eq!(next_of(schedule, time_zone, None).as_deref(), Some(next));
    }

    #[rstest]
    #[case("@every 1h30m", "")]
    #[case("TZ=Europe/Paris 0 4 * * *", "")]
    #[case("0 4 * * *", "Mars/Olympus")]
    #[case("0 0 30 2 *", "")]
    #[case("every night", "")]
    #[case("", "")]
    fn what_cannot_be_told_is_not_guessed(#[case] schedule: &str, #[case] time_zone: &str) {
        assert_eq!(next_of(schedule, time_zone, None), None);
    }

    #[test]
    fn a_controller_that_is_not_in_utc_is_found_by_when_it_ran_last() {
        let last = |last| next_of("0 4 * * *", "", Some(last));
        assert_eq!(last("2026-11-23T03:00:00Z"), None);
        let next = last("2026-11-23T04:00:00Z");
        assert_eq!(next.as_deref(), Some("2026-11-24T04:00:00Z"));
    }
}
