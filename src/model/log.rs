//! What containers say, line by line.

use super::Text;
use chrono::{DateTime, SecondsFormat};

/// A container whose log is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogOf {
    pub namespace: Text,
    pub pod: Text,
    pub container: Text,
    /// Of the run before this one: told once, and nothing follows.
    pub previous: bool,
    pub reach: Reach,
}

/// How far back a log is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reach {
    /// So many lines at most.
    pub lines: u32,
    pub seconds: Option<u32>,
}

/// The moment of a line, as the container's runtime wrote it: nanoseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub i64);

impl Stamp {
    const SECOND: i64 = 1_000_000_000;

    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        time.timestamp_nanos_opt().map(Self)
    }

    /// The second that it falls in: the server knows no smaller part of it in a question.
    pub fn second(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    pub fn millisecond(self) -> i64 {
        self.0.rem_euclid(Self::SECOND) / 1_000_000
    }

    pub fn to_rfc3339(self) -> String {
        let time = DateTime::from_timestamp_nanos(self.0);
        time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

/// How bad a line says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// None where the kubelet itself speaks.
    pub at: Option<Stamp>,
    /// None when the line does not say.
    pub level: Option<Level>,
    pub text: Box<str>,
    /// The line laid out, when it is a JSON record.
    pub record: Option<Box<Record>>,
}

/// A JSON record as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The level and what happened.
    pub message: Box<str>,
    /// The other fields: `key=value key=value`.
    pub fields: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogNews {
    Lines(Vec<LogLine>),
    /// The stream broke, and the line where it broke is not there any more: some may be missing here.
    Gap,
    /// The container came to its end.
    Over,
    /// It runs again.
    Again,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_keeps_its_nanoseconds() {
        let stamp = Stamp::from_rfc3339("2026-11-24T03:13:57.823000001+01:00").unwrap();
        assert_eq!(stamp.to_rfc3339(), "2026-11-24T02:13:57.823000001Z");
        assert_eq!(stamp.millisecond(), 823);
        assert_eq!(
            Stamp(stamp.second() * 1_000_000_000).to_rfc3339(),
            "2026-11-24T02:13:57Z"
        );
    }
}
