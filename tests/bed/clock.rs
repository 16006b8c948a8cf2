//! The time of day, for what is written beside the real servers.

#[expect(clippy::disallowed_methods, reason = "real servers live in real time")]
pub(crate) fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Nanos, true)
}

/// For fields which the API reads to the second only.
#[expect(clippy::disallowed_methods, reason = "real servers live in real time")]
pub(crate) fn now_seconds() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
