//! Freeze windows: when nothing is changed in some places.

use super::{Refusal, Scope, Verb, World};
use crate::insight::{self, Windows};
use crate::model::{Moment, ObjectRef};
use crate::tenancy::Place;

#[derive(Clone, Debug)]
pub struct Freeze {
    pub name: String,
    pub scope: Scope,
    /// What may be done all the same.
    pub allows: Vec<Verb>,
    /// None where the configuration cannot be understood: it may be now.
    pub windows: Option<Windows>,
}

/// What a freeze that is in force says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    pub name: String,
    /// None where that cannot be told.
    pub until: Option<Moment>,
}

impl Freeze {
    /// One that the configuration may mean, and nothing more is known of it.
    pub fn not_understood(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            scope: Scope::default(),
            allows: Vec::new(),
            windows: None,
        }
    }

    /// Whether it forbids that there and now.
    pub fn in_force(&self, place: &Place, verb: Verb, now: Moment) -> Option<Frozen> {
        if self.allows.contains(&verb) || !self.scope.covers(place) {
            return None;
        }
        let until = match self.windows.as_ref().map(|it| it.until(now)) {
            Some(Ok(until)) => Some(until?),
            // What cannot be told may be now.
            Some(Err(_)) | None => None,
        };
        Some(Frozen {
            name: self.name.clone(),
            until,
        })
    }
}

impl World<'_> {
    pub(super) fn frozen(&self, object: &ObjectRef, verb: Verb) -> Option<Frozen> {
        let place = insight::known_place(self.store, self.places, object);
        let mut freezes = self.guard.freezes.iter();
        freezes.find_map(|it| it.in_force(&place, verb, self.now))
    }

    /// Asked at the very end: a plan may be looked at for long.
    ///
    /// # Errors
    /// A window is in force by now.
    pub fn still_free(&self, object: &ObjectRef, verb: Verb) -> Result<(), Refusal> {
        match self.frozen(object, verb) {
            Some(Frozen { name, until }) => Err(Refusal::Frozen { name, until }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use rstest::rstest;

    use super::*;
    use crate::insight::cron;
    use crate::tenancy::Class;

    fn at(text: &str) -> Moment {
        Moment::from_rfc3339(text).unwrap()
    }

    fn place(tenant: &str, environment: &str, class: Class) -> Place {
        Place {
            tenant: tenant.into(),
            environment: environment.into(),
            class,
            platform: false,
        }
    }

    fn freeze(schedule: &str, hours: i64, zone: Tz) -> Freeze {
        Freeze {
            windows: Some(Windows {
                begins: cron(schedule).unwrap(),
                zone,
                seconds: hours * 3_600,
            }),
            ..Freeze::not_understood("month end")
        }
    }

    /// Until when it is frozen at that time.
    fn until(freeze: &Freeze, now: &str) -> Option<String> {
        let place = place("betaapp", "prod", Class::Production);
        let frozen = freeze.in_force(&place, Verb::Scale, at(now))?;
        frozen.until.map(Moment::to_rfc3339)
    }

    #[rstest]
    #[case("2026-11-28T16:59:59Z", None)]
    #[case("2026-11-28T17:00:00Z", Some("2026-11-29T05:00:00Z"))]
    #[case("2026-11-29T00:30:00Z", Some("2026-11-29T05:00:00Z"))]
    #[case("2026-11-29T04:59:59Z", Some("2026-11-29T05:00:00Z"))]
    #[case("2026-11-29T05:00:00Z", None)]
    #[case("2026-11-24T03:00:00Z", None)]
    fn a_window_lasts_over_midnight(#[case] now: &str, #[case] end: Option<&str>) {
        let freeze = freeze("0 18 28 * *", 12, Tz::Europe__Paris);
        assert_eq!(until(&freeze, now).as_deref(), end);
    }

    #[rstest]
    #[case("2026-02-28T23:00:00Z", Some("2026-03-02T00:00:00Z"))]
    #[case("2026-03-01T23:00:00Z", Some("2026-03-02T00:00:00Z"))]
    #[case("2028-02-28T23:00:00Z", None)]
    #[case("2028-02-29T01:00:00Z", Some("2028-03-02T00:00:00Z"))]
    #[case("2026-04-29T23:00:00Z", None)]
    #[case("2026-12-31T23:00:00Z", Some("2027-01-02T00:00:00Z"))]
    fn a_window_follows_the_ends_of_months(#[case] now: &str, #[case] end: Option<&str>) {
        // The last day of each month, for two days.
        let freeze = freeze("0 0 L * *", 48, Tz::UTC);
        assert_eq!(until(&freeze, now).as_deref(), end);
    }

    #[rstest]
    // The night has 11 hours, then 13: the end comes after what was said, by the clock at another hour.
    #[case("2026-03-28T20:59:59Z", None)]
    #[case("2026-03-28T21:00:00Z", Some("2026-03-29T05:00:00Z"))]
    #[case("2026-03-29T04:59:59Z", Some("2026-03-29T05:00:00Z"))]
    #[case("2026-10-24T20:00:00Z", Some("2026-10-25T04:00:00Z"))]
    #[case("2026-10-25T04:00:00Z", None)]
    fn a_night_when_the_clocks_change_is_frozen_for_as_long(
        #[case] now: &str,
        #[case] end: Option<&str>,
    ) {
        let freeze = freeze("0 22 * * SAT", 8, Tz::Europe__Paris);
        assert_eq!(until(&freeze, now).as_deref(), end);
    }

    #[rstest]
    // 02:30 is not there in the spring, and is there twice in the autumn.
    #[case("2026-03-29T00:30:00Z", None)]
    #[case("2026-03-29T01:30:00Z", Some("2026-03-29T03:00:00Z"))]
    #[case("2026-10-25T00:29:00Z", None)]
    #[case("2026-10-25T00:30:00Z", Some("2026-10-25T02:30:00Z"))]
    #[case("2026-10-25T02:29:00Z", Some("2026-10-25T02:30:00Z"))]
    fn a_window_that_begins_as_the_clocks_change_begins_once(
        #[case] now: &str,
        #[case] end: Option<&str>,
    ) {
        let freeze = freeze("30 2 * * *", 2, Tz::Europe__Paris);
        assert_eq!(until(&freeze, now).as_deref(), end);
    }

    #[test]
    fn windows_that_touch_are_one() {
        let friday = freeze("0 18 * * FRI,SAT,SUN", 24, Tz::UTC);
        let end = Some("2026-11-30T18:00:00Z");
        assert_eq!(until(&friday, "2026-11-27T19:00:00Z").as_deref(), end);
        assert_eq!(until(&friday, "2026-11-29T19:00:00Z").as_deref(), end);
        // It never ends; some end is told, and it is always in force.
        let always = freeze("0 0 * * *", 30, Tz::UTC);
        assert!(until(&always, "2026-11-27T19:00:00Z").is_some());
    }

    #[test]
    fn what_is_allowed_passes() {
        let mut freeze = freeze("0 0 * * *", 24, Tz::UTC);
        freeze.allows = vec![Verb::RollBack];
        let place = place("betaapp", "prod", Class::Production);
        let now = at("2026-11-27T19:00:00Z");
        assert_eq!(freeze.in_force(&place, Verb::RollBack, now), None);
        assert!(freeze.in_force(&place, Verb::Scale, now).is_some());
    }

    #[test]
    fn a_freeze_that_is_not_understood_is_in_force() {
        let freeze = Freeze::not_understood("month end");
        let place = place("betaapp", "dev", Class::NonProduction);
        let frozen = freeze.in_force(&place, Verb::Scale, at("2026-11-27T19:00:00Z"));
        let name = "month end".to_owned();
        assert_eq!(frozen, Some(Frozen { name, until: None }));
    }

    #[rstest]
    #[case("betaapp", "prod", Class::Production, true)]
    #[case("BetaApp-2", "PROD", Class::Production, true)]
    #[case("candilib", "prod", Class::Production, false)]
    #[case("betaapp", "dev", Class::Production, false)]
    #[case("betaapp", "prod", Class::NonProduction, false)]
    #[case("betaapp", "", Class::Production, true)]
    #[case("betaapp", "prod", Class::Unknown, true)]
    fn what_is_not_known_of_a_place_may_be_what_is_frozen(
        #[case] tenant: &str,
        #[case] environment: &str,
        #[case] class: Class,
        #[case] frozen: bool,
    ) {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let scope = Scope {
            tenants: texts(&["betaapp*", "pissenlit"]),
            environments: texts(&["prod", "preprod"]),
            classes: vec![Class::Production],
        };
        let freeze = Freeze {
            scope,
            ..freeze("0 0 * * *", 24, Tz::UTC)
        };
        let place = place(tenant, environment, class);
        let now = at("2026-11-27T19:00:00Z");
        let told = freeze.in_force(&place, Verb::Scale, now);
        assert_eq!(told.is_some(), frozen);
    }
}
