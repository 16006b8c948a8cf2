//! The first line: what is wrong, how well each cluster is seen, what is looked at, the clock.

use super::{Facts, Form, Page, State, Tab, figure};
use crate::insight::Severity;
use crate::model::{ClusterId, Link};
use crate::tenancy::Class;

#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    pub counts: Counts,
    pub clusters: Vec<ClusterMark>,
    /// `3 clusters`, for when the names do not fit.
    pub clusters_word: String,
    /// `3 namespaces`, when the reading is bounded.
    pub bounds: Option<String>,
    pub scope: String,
    /// Whether anything may be sent.
    pub mode: String,
    pub clock: Clock,
}

/// Findings of everything one may see, whatever the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Nothing found yet, and not everything read.
    Reading,
    Found {
        critical: usize,
        warning: usize,
    },
    Calm(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterMark {
    pub name: String,
    pub state: State,
    /// `41`, of hundred, instead of the state's own sign.
    pub percent: Option<String>,
    /// `2m`, how long it has not answered.
    pub age: Option<String>,
    /// That its certificate is not checked: said for as long as it is so.
    pub tls_off: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// `Tue 24 Nov`.
    pub date: String,
    /// `03:12`.
    pub minutes: String,
    /// `:44`.
    pub seconds: String,
    /// `Z` for UTC.
    pub zone: String,
}

pub(super) fn header(facts: &Facts<'_>) -> Header {
    let clusters: Vec<_> = facts
        .survey
        .clusters
        .iter()
        .map(|sight| mark(facts, sight))
        .collect();
    let bounds = facts.survey.namespaces.as_ref().map(|namespaces| {
        let count = [("count", namespaces.len().into())];
        facts.catalogue.say_with("header-namespaces", &count)
    });
    let count = [("count", clusters.len().into())];
    Header {
        counts: counts(facts),
        clusters_word: facts.catalogue.say_with("header-clusters", &count),
        clusters,
        bounds,
        scope: scope(facts),
        mode: facts.say(mode(facts)),
        clock: clock(facts),
    }
}

/// The pages, and how much is wrong in each.
pub(super) fn tabs(facts: &Facts<'_>, form: Form) -> Vec<Tab> {
    let current = facts.page.tab();
    let here = |page: &Page| current.as_ref() == Some(page);
    let tabs = Page::TABS.into_iter();
    tabs.map(|(number, page)| Tab {
        number,
        name: name(facts, &page),
        wrong: facts.tally.and_then(|it| it.on(&page)),
        current: here(&page),
    })
    .filter(|tab| tab.current || form != Form::Small || current.is_none())
    .collect()
}

/// The name of a page's tab.
pub(super) fn name(facts: &Facts<'_>, page: &Page) -> String {
    match page {
        Page::Watch => facts.say("tab-watch"),
        Page::Tenants | Page::Tenant(_) => facts.say("tab-tenants"),
        Page::Deployments => facts.say("tab-deployments"),
        Page::Journal => facts.say("tab-journal"),
        Page::Applications => facts.say("tab-applications"),
        Page::Flux => facts.say("tab-flux"),
        Page::Helm => facts.say("tab-helm"),
        Page::Search => facts.say("keys-search"),
        Page::Objects(kind) => kind.resource(),
        Page::Aspect(aspect, _) => facts.say(aspect.id()),
        Page::Preview(_) => facts.say("tab-preview"),
        Page::History(_) => facts.say("aspect-history"),
        Page::Help(origin) => name(facts, origin),
    }
}

/// Of the cluster that is spoken of, else of all.
fn mode(facts: &Facts<'_>) -> &'static str {
    let barred = |it: &ClusterId| facts.guard.read_only.contains(it);
    let read_only = match facts.page {
        Page::Aspect(_, object) | Page::Preview(object) | Page::History(object) => {
            barred(&object.cluster)
        }
        _ => facts.store.clusters().all(|it| barred(&it.id())),
    };
    if read_only {
        "mode-read-only"
    } else {
        "mode-write"
    }
}

fn counts(facts: &Facts<'_>) -> Counts {
    let findings = &facts.judgement.findings;
    let critical = findings
        .iter()
        .filter(|it| it.severity == Severity::Critical)
        .count();
    if findings.is_empty() && !facts.survey.read() {
        Counts::Reading
    } else if findings.is_empty() && facts.survey.whole() {
        Counts::Calm(facts.say("calm"))
    } else {
        Counts::Found {
            critical,
            warning: findings.len() - critical,
        }
    }
}

fn mark(facts: &Facts<'_>, sight: &super::Sight) -> ClusterMark {
    let mut mark = ClusterMark {
        name: sight.name.to_string(),
        state: State::Good,
        percent: None,
        age: None,
        tls_off: (!sight.tls_checked).then(|| facts.say("header-tls-off")),
    };
    if let Link::Degraded { since, .. } = sight.link {
        mark.state = State::Critical;
        mark.age = Some(facts.catalogue.age(since.age(facts.now)));
    } else if sight.reading {
        mark.state = State::Reading;
        let percent = |total: usize| sight.pods * 100 / total.max(1);
        // A hundred would read as done while other kinds are still on their way.
        mark.percent = sight
            .pods_total
            .map(|total| percent(total).min(99).to_string());
    } else if !sight.lost.is_empty() {
        mark.state = State::Warning;
    }
    mark
}

/// The tenant picked, or what was asked for on the command line; then the classes that are shown when not all are.
fn scope(facts: &Facts<'_>) -> String {
    let scope = facts.scope;
    let words = match scope.tenant() {
        Some(tenant) => tenant.to_string(),
        None if scope.words().is_empty() => facts.say("scope-all"),
        None => scope.words().join(" "),
    };
    let classes = [
        (Class::Production, "class-production"),
        (Class::Unknown, "class-unknown"),
        (Class::NonProduction, "class-non-production"),
    ];
    let shown: Vec<_> = classes.iter().filter(|(it, _)| scope.shows(*it)).collect();
    if shown.len() == classes.len() {
        return words;
    }
    let shown: Vec<_> = shown.iter().map(|(_, id)| facts.say(id)).collect();
    format!("{words} \u{b7} {}", shown.join(", "))
}

fn clock(facts: &Facts<'_>) -> Clock {
    let time = facts.zone.at(facts.now);
    let weekday = facts.say(&format!("weekday-{}", time.format("%u")));
    let month = facts.say(&format!("month-{}", time.format("%-m")));
    Clock {
        date: format!("{weekday} {} {month}", time.format("%-d")),
        minutes: time.format("%H:%M").to_string(),
        seconds: time.format(":%S").to_string(),
        zone: figure::utc_sign(time).to_owned(),
    }
}
