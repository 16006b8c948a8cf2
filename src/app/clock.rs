//! The only place that reads the clock.

use std::time::Duration;

use chrono::{DateTime, Local, Utc};
use tokio::time::Instant;

use crate::model::Moment;
use crate::viewmodel::Zone;

/// One instant, for ages and for timers.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    pub moment: Moment,
    pub at: Instant,
    /// Until the seconds of the clock change.
    pub rest: Duration,
}

#[derive(Clone, Copy, Debug)]
pub enum Clock {
    System,
    /// Starts at a moment and goes with tokio's time, which tests can stop.
    From(Moment, Instant),
}

impl Clock {
    pub fn now(self) -> Now {
        let at = Instant::now();
        match self {
            Clock::System => {
                #[expect(clippy::disallowed_methods, reason = "time enters here")]
                let time = Utc::now();
                let rest = 1_000_u32.saturating_sub(time.timestamp_subsec_millis());
                Now {
                    moment: time.into(),
                    at,
                    rest: Duration::from_millis(u64::from(rest.max(1))),
                }
            }
            Clock::From(moment, start) => {
                let gone = at.duration_since(start);
                let seconds = i64::try_from(gone.as_secs()).unwrap_or(0);
                let part = Duration::from_nanos(u64::from(gone.subsec_nanos()));
                Now {
                    moment: moment.plus(seconds),
                    at,
                    rest: Duration::from_secs(1).saturating_sub(part),
                }
            }
        }
    }
}

/// The zone of this machine, or of `TZ`.
pub fn local_zone() -> Zone {
    Zone(|moment| {
        let local: DateTime<Local> = moment.to_utc().with_timezone(&Local);
        local.fixed_offset()
    })
}
