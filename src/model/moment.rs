//! A moment in whole seconds, as Kubernetes writes times.

use std::num::NonZeroU32;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Seconds since 1970 in UTC, from 1970-01-01T00:00:01Z to 2106. Four bytes, also as an `Option`: pods carry several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(NonZeroU32);

impl Moment {
    /// None outside the range; a zero time means "not set" on the wire.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        u32::try_from(seconds)
            .ok()
            .and_then(NonZeroU32::new)
            .map(Self)
    }

    pub fn seconds(self) -> i64 {
        i64::from(self.0.get())
    }

    /// Reads RFC 3339, with or without a fraction, as the API server writes it in JSON.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        Self::from_seconds(time.timestamp())
    }

    pub fn to_rfc3339(self) -> String {
        self.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.seconds(), 0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Seconds from this moment to `now`, never negative: clocks differ by a little.
    pub fn age(self, now: Moment) -> i64 {
        (now.seconds() - self.seconds()).max(0)
    }

    /// The moment `seconds` later (earlier when negative), kept inside the range.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self::from_seconds(self.seconds().saturating_add(seconds)).unwrap_or(self)
    }
}

/// As RFC 3339.
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_rfc3339(&text).ok_or_else(|| de::Error::custom("not a time"))
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(time: DateTime<Utc>) -> Self {
        Self::from_seconds(time.timestamp()).unwrap_or(Self(NonZeroU32::MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc3339_round_trips_and_drops_the_fraction() {
        let moment = Moment::from_rfc3339("2026-11-24T02:12:44.987654Z").unwrap();
        assert_eq!(moment.to_rfc3339(), "2026-11-24T02:12:44Z");
        let offset = Moment::from_rfc3339("2026-11-24T03:12:44+01:00").unwrap();
        assert_eq!(offset, moment);
    }

    #[test]
    fn a_zero_or_impossible_time_is_not_a_moment() {
        assert_eq!(Moment::from_seconds(0), None);
        assert_eq!(Moment::from_seconds(-62_135_596_800), None);
        assert_eq!(Moment::from_rfc3339("yesterday"), None);
    }

    #[test]
    fn an_age_is_never_negative() {
        let moment = Moment::from_seconds(100).unwrap();
        assert_eq!(moment.age(moment.plus(40)), 40);
        assert_eq!(moment.plus(40).age(moment), 0);
    }
}
