use std::path::Path;

use super::*;
use crate::action::Frozen;
use crate::config::{Config, Problem, parse};
use crate::model::Moment;
use crate::tenancy::Place;
use crate::wording::{Catalogue, Language};

const GOOD: &str = r#"
[[freeze]]
name = "month end"
schedule = "0 18 28 * *"
duration = "12h"
timezone = "Europe/Paris"
tenants = ["betaapp*"]
environments = ["prod"]
classes = ["production"]
allows = ["roll_back"]

[[freeze]]
name = "night"
schedule = "0 0 * * *"
duration = "6h"

[[protected]]
contexts = ["public1"]
tenants = ["rolistes"]
environments = ["demo"]
classes = ["non_production"]
reason = "shown to visitors"

[[protected]]
tenants = ["vault"]
"#;

const WRONG: &str = r#"freezes = 3

[[freeze]]
name = "a"
schedule = "at night"
duration = "long"
timezone = "Europe/Pari"

[[freeze]]
name = "b"
schedule = "0 0 30 2 *"
duration = 12
tenant = ["betaapp"]
environments = "prod"
classes = ["prodution"]
allows = ["rollback", "scale"]

[[freeze]]
schedule = "0 0 * * *"

[[protected]]
contxts = ["prod"]
tenants = ["", 5]
reason = ["because"]

[[protect]]
tenants = ["vault"]
"#;

fn read(text: &str) -> (Config, Vec<Problem>) {
    parse(text, Path::new("config.toml"))
}

fn told(text: &str, language: Language) -> String {
    let catalogue = Catalogue::new(language);
    let problems = read(text).1;
    let lines: Vec<_> = problems.iter().map(|it| it.say(&catalogue)).collect();
    lines.join("\n")
}

fn place(tenant: &str, environment: &str, class: Class) -> Place {
    Place {
        tenant: tenant.into(),
        environment: environment.into(),
        class,
        platform: false,
    }
}

fn at(text: &str) -> Moment {
    Moment::from_rfc3339(text).unwrap()
}

/// What the freezes forbid in a development environment on an afternoon when none of them is meant.
fn frozen(text: &str) -> Vec<String> {
    let (config, problems) = read(text);
    assert!(!problems.is_empty(), "{text}");
    let place = place("candilib", "dev", Class::NonProduction);
    let now = at("2026-11-24T15:00:00Z");
    let freezes = config.freezes.iter();
    let told = freezes.filter_map(|it| it.in_force(&place, Verb::Scale, now));
    told.map(|it| it.name).collect()
}

#[test]
fn each_key_of_a_freeze_is_read() {
    let (config, problems) = read(GOOD);
    assert_eq!(problems, []);
    let [month_end, night] = config.freezes.as_slice() else {
        panic!("{config:?}");
    };
    let prod = place("betaapp-2", "prod", Class::Production);
    let evening = at("2026-11-28T17:30:00Z");
    let in_force = month_end.in_force(&prod, Verb::Scale, evening);
    let wanted = Frozen {
        name: "month end".to_owned(),
        until: Some(at("2026-11-29T05:00:00Z")),
    };
    assert_eq!(in_force, Some(wanted));
    assert_eq!(month_end.in_force(&prod, Verb::RollBack, evening), None);
    let noon = at("2026-11-28T12:00:00Z");
    assert_eq!(month_end.in_force(&prod, Verb::Scale, noon), None);
    let dev = place("betaapp-2", "dev", Class::NonProduction);
    assert_eq!(month_end.in_force(&dev, Verb::Scale, evening), None);
    // Without a zone it is UTC, and without names it is everywhere.
    let until = |now| night.in_force(&dev, Verb::RollBack, at(now))?.until;
    let end = Some(at("2026-11-28T06:00:00Z"));
    assert_eq!(until("2026-11-28T05:59:59Z"), end);
    assert_eq!(until("2026-11-28T06:00:00Z"), None);
}

#[test]
fn each_key_of_a_protection_is_read() {
    let config = read(GOOD).0;
    let [demo, vault] = config.protected.as_slice() else {
        panic!("{config:?}");
    };
    let there = place("rolistes", "demo", Class::NonProduction);
    assert_eq!(demo.covers("public1", &there), Some("shown to visitors"));
    assert_eq!(demo.covers("app1", &there), None);
    let other = place("rolistes", "dev", Class::NonProduction);
    assert_eq!(demo.covers("public1", &other), None);
    let secrets = place("vault", "", Class::Unknown);
    assert_eq!(vault.covers("app1", &secrets), Some(""));
}

#[test]
fn all_that_is_wrong_is_told_with_what_counts_until_it_is_put_right() {
    insta::assert_snapshot!("problems", told(WRONG, Language::English));
    insta::assert_snapshot!("problems-fr", told(WRONG, Language::French));
}

#[test]
fn a_freeze_that_is_not_understood_is_in_force_wherever_it_may_be_meant() {
    let with = |line: &str| {
        let text = "[[freeze]]\nname = 'x'\nschedule = '0 0 1 1 *'\nduration = '1h'\n";
        frozen(&format!("{text}{line}"))
    };
    let everywhere = || vec!["x".to_owned()];
    for line in [
        "shedule = '* * * * *'",
        "timezon = 'Europe/Paris'",
        "timezone = 3",
        "timezone = 'Mars/Olympus'",
        "tenants = 'betaapp'",
        "tenants = [5]",
        "tenants = ['betaapp', '']",
        "classes = ['production', 'prodution']",
        "allows = ['rollback']",
    ] {
        assert_eq!(with(line), everywhere(), "{line}");
    }
    // What can be read of where it is meant counts.
    assert!(with("tenants = ['betaapp']\nallows = 3").is_empty());
    for text in [
        "freeze = 3",
        "[freeze]\nschedule = '0 0 1 1 *'",
        "freeze = [3]",
        "[[freezes]]\nname = 'x'",
        "[[freeze]]\n",
    ] {
        assert_eq!(frozen(text), ["freeze"], "{text}");
    }
}

#[test]
fn a_protection_that_is_not_understood_covers_all_that_it_may_mean() {
    let dev = place("candilib", "dev", Class::NonProduction);
    let covers = |text: &str| {
        let (config, problems) = read(text);
        assert!(!problems.is_empty(), "{text}");
        let mut protected = config.protected.iter();
        protected.any(|it| it.covers("app1", &dev).is_some())
    };
    for text in [
        "protected = 3",
        "[protected]\ntenants = ['vault']",
        "[[protect]]\ntenants = ['vault']",
        "[[protected]]\ncontext = ['public1']",
        "[[protected]]\ntenants = 'vault'",
        "[[protected]]\nclasses = ['prodution']",
    ] {
        assert!(covers(text), "{text}");
    }
    assert!(!covers("[[protected]]\ntenants = ['vault']\nreason = 3"));
}

#[test]
fn what_may_ask_for_read_only_in_a_freeze_counts_as_read_only() {
    let config = read("[[freeze]]\nname = 'x'\nread_only = true").0;
    assert!(config.read_only);
    assert_eq!(config.freezes.len(), 1);
}

#[test]
fn what_steers_a_terminal_is_not_in_a_name() {
    let text = "[[freeze]]\nname = \"a\\u001b[2Jb\"\n[[protected]]\nreason = \"c\\u0007\"";
    let config = read(text).0;
    assert_eq!(config.freezes[0].name, "a[2Jb");
    assert_eq!(config.protected[0].reason, "c");
    assert!(!told(text, Language::English).contains('\u{1b}'));
}

#[test]
fn a_length_of_time_is_numbers_with_units() {
    assert_eq!(seconds_in("12h"), Some(43_200));
    assert_eq!(seconds_in("1d12h"), Some(129_600));
    assert_eq!(seconds_in("2w"), Some(1_209_600));
    assert_eq!(seconds_in("90m"), Some(5_400));
    for text in [
        "",
        "12",
        "h",
        "0h",
        "-1h",
        "1.5h",
        "12 h",
        "12s",
        "9999999999999999999d",
        "2é",
        "600d",
    ] {
        assert_eq!(seconds_in(text), None, "{text}");
    }
}
