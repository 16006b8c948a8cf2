//! `--request-timeout` as kubectl reads it.

use std::fmt;
use std::time::Duration;

use crate::model::go_duration;

#[derive(Debug, PartialEq, Eq)]
pub struct NotADuration;

impl fmt::Display for NotADuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a duration")
    }
}

impl std::error::Error for NotADuration {}

/// Bare seconds, or Go's form. Zero means no limit.
pub fn parse_timeout(text: &str) -> Result<Duration, NotADuration> {
    let bare = text.parse::<u64>().ok().map(Duration::from_secs);
    bare.or_else(|| go_duration(text)).ok_or(NotADuration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kubectl_forms_are_read() {
        let read = |text| parse_timeout(text).unwrap().as_millis();
        assert_eq!(read("1m30s"), 90_000);
        assert_eq!(read("45"), 45_000);
        assert_eq!(read("0"), 0);
        assert_eq!(parse_timeout("soon"), Err(NotADuration));
        assert_eq!(parse_timeout("-1"), Err(NotADuration));
    }
}
