//! Times that come back: windows of one length that begin by a schedule.

use chrono_tz::Tz;
use croner::Cron;
use croner::errors::CronError;

use crate::model::Moment;

/// Windows that may join into one before its end is told; more of them have no end worth telling.
const JOINED: usize = 32;

/// Windows of one length.
#[derive(Clone, Debug)]
pub struct Windows {
    pub begins: Cron,
    /// In which the beginnings are meant.
    pub zone: Tz,
    /// What really passes, also over a night when the clocks change.
    pub seconds: i64,
}

impl Windows {
    /// The end of the window that is open; None between two.
    ///
    /// # Errors
    /// The schedule never comes.
    pub fn until(&self, now: Moment) -> Result<Option<Moment>, CronError> {
        let here = now.to_utc().with_timezone(&self.zone);
        let mut began = self.begins.find_previous_occurrence(&here, true)?;
        let mut end = Moment::from(began.to_utc()).plus(self.seconds);
        if end <= now {
            return Ok(None);
        }
        for _ in 0..JOINED {
            let next = self.begins.find_next_occurrence(&began, false)?;
            let begins = Moment::from(next.to_utc());
            if begins > end {
                break;
            }
            (began, end) = (next, begins.plus(self.seconds));
        }
        Ok(Some(end))
    }

    /// When the next one begins.
    ///
    /// # Errors
    /// The schedule never comes.
    pub fn next(&self, now: Moment) -> Result<Moment, CronError> {
        let here = now.to_utc().with_timezone(&self.zone);
        let next = self.begins.find_next_occurrence(&here, false)?;
        Ok(Moment::from(next.to_utc()))
    }
}
