//! The person's zone, and ages that do not tick.

use chrono::{DateTime, FixedOffset, Offset, Utc};

use crate::model::Moment;
use crate::wording::Catalogue;

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
        catalogue.moment(moment, now, self.at(moment).offset())
    }

    /// `03:08` of the day around now, else the date.
    pub(crate) fn near(self, moment: Moment, now: Moment, catalogue: &Catalogue) -> String {
        const DAY: i64 = 86_400;
        if (moment.seconds() - now.seconds()).abs() < DAY {
            return self.at(moment).format("%H:%M").to_string();
        }
        catalogue.date(moment, now, self.at(moment).offset())
    }
}

pub(crate) fn utc_sign(time: DateTime<FixedOffset>) -> &'static str {
    if time.offset().local_minus_utc() == 0 {
        "Z"
    } else {
        ""
    }
}

/// Under a minute by steps of 10 s, so that an idle screen is quiet.
pub(crate) fn quiet(seconds: i64) -> i64 {
    if seconds < 60 {
        seconds / 10 * 10
    } else {
        seconds
    }
}

/// An age in a sentence: `14m`, `1d 8h`.
pub(crate) fn spoken(seconds: i64, catalogue: &Catalogue) -> String {
    catalogue.coarse(quiet(seconds))
}
