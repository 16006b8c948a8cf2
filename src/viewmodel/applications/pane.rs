//! All that is known of one Application.

use std::rc::Rc;

use super::{kept, revisions, whose};
use crate::insight::{self, ApplicationRow, Applications, Finding, Kept, Turn, covering};
use crate::model::{
    AppResource, AppSource, Application, Kind, Moment, OperationPhase, SyncState, SyncWindow,
};
use crate::store::Seen;
use crate::viewmodel::list::{Card, Part};
use crate::viewmodel::watch::card;
use crate::viewmodel::{Facts, Line, Piece, State, application, muted, text, words};
use crate::wording::{commit, tag};

/// Findings that are told of what it deploys.
const HURTS: usize = 6;

pub(in crate::viewmodel) fn card(facts: &Facts<'_>, row: &ApplicationRow) -> Card {
    let parts = kept(facts, row).map(|kept| parts(facts, row, kept));
    Card {
        subject: row.object.name.to_string(),
        kind: Kind::Application.name().to_owned(),
        whose: whose(row),
        since: card::since(facts, row.object.cluster, row.since),
        parts: parts.unwrap_or_default(),
        ..card::blank(facts, row.object.cluster, row.place.class)
    }
}

fn parts(facts: &Facts<'_>, row: &ApplicationRow, kept: Kept<'_>) -> Vec<Part> {
    let application = kept.application;
    let applications = Applications::of(facts.store);
    let part = |id, lines| Part::of(facts.say(id), lines);
    let long = |id, lines: Vec<Line>| Part {
        label: facts.say(id),
        lines,
        long: true,
    };
    let mut why = application::lines_of(facts, &applications, kept);
    let message = Some(&application.health_message).filter(|it| !it.is_empty());
    why.extend(message.map(|it| facts.catalogue.quote(it)));
    if application.sync == SyncState::OutOfSync {
        why.extend(differs_since(facts, row, application));
    }
    let differs = drift(facts, application);
    let conditions = application.conditions.iter().map(|it| {
        let said = format!("{}: {}", it.kind, facts.catalogue.quote(&it.message));
        vec![Piece::Mark(State::Warning), text(format!(" {said}"))]
    });
    let unwell = unwell(facts, &applications, kept);
    let windows = windows(facts, &applications, kept);
    let sources = application.sources.iter().map(source);
    let images = application.images.iter().map(|it| tag(it).to_owned());
    let images: Vec<_> = images.collect();
    let parts = vec![
        part("strip-state", why),
        Part {
            label: facts.say("pane-unwell"),
            lines: unwell,
            long: false,
        },
        part("strip-deployed", deployed(facts, row, application)),
        part("strip-source", sources.collect()),
        part("strip-image", vec![images.join(", ")]),
        part("strip-destination", destination(facts, row)),
        long("pane-differs", differs),
        long("pane-conditions", conditions.collect()),
        long("pane-operation", operation(facts, row, application)),
        long("pane-project", windows),
    ];
    let told = parts.into_iter().filter(|it| !it.lines.is_empty());
    told.collect()
}

/// What is wrong with what it deploys, the worst first: of each workload its own finding, or a cause that others share.
fn unwell<'a>(facts: &Facts<'_>, applications: &Applications<'a>, kept: Kept<'a>) -> Vec<Line> {
    let listings = facts.listings;
    let workloads = listings.workloads(facts.store, facts.places, facts.judgement);
    let rows = workloads.iter().map(Rc::as_ref);
    let own = insight::deployed(applications, kept, rows);
    let causes: Vec<_> = own.filter_map(|it| it.finding.as_ref()).collect();
    let findings = facts.judgement.findings.iter();
    let hurts = findings.filter(|it| causes.contains(&&it.cause));
    let hurts: Vec<_> = hurts.collect();
    let more = hurts.len().saturating_sub(HURTS);
    let line = |it: &&Finding| {
        let said = words::named(facts, it);
        vec![Piece::Mark(it.severity.into()), text(format!(" {said}"))]
    };
    let mut lines: Vec<Line> = hurts.iter().take(HURTS).map(line).collect();
    if more > 0 {
        let count = [("count", more.into())];
        lines.push(vec![muted(facts.catalogue.say_with("strip-more", &count))]);
    }
    lines
}

/// Its project, and the windows of it that say when Argo CD may sync.
fn windows<'a>(facts: &Facts<'_>, applications: &Applications<'a>, kept: Kept<'a>) -> Vec<Line> {
    let (seen, project) = applications.project(kept);
    let mut lines = vec![vec![text(kept.application.project())]];
    let Some(project) = project else {
        lines.extend(match seen {
            Seen::Whole => {
                let said = format!(" {}", facts.say("project-missing"));
                Some(vec![Piece::Mark(State::Warning), text(said)])
            }
            Seen::Never => Some(vec![muted(facts.say("project-unread"))]),
            Seen::Reading => None,
        });
        return lines;
    };
    let windows = covering(project, kept.application, facts.now);
    lines.extend(windows.flat_map(|(it, turn)| window(facts, it, turn)));
    lines
}

/// `‖ deny 0 22 * * * 8h Europe/Paris`, and below `active until 06:00`.
fn window(facts: &Facts<'_>, window: &SyncWindow, turn: Turn) -> [Line; 2] {
    let at = |at: Moment| facts.zone.near(at, facts.now, facts.catalogue);
    let (state, told) = match turn {
        Turn::Open(until) => (
            if window.allows {
                State::Good
            } else {
                State::Waiting
            },
            facts
                .catalogue
                .say_with("window-until", &[("until", at(until).into())]),
        ),
        Turn::Shut(Some(next)) => (
            State::Stopped,
            facts
                .catalogue
                .say_with("window-next", &[("next", at(next).into())]),
        ),
        Turn::Shut(None) => (State::Stopped, facts.say("window-never")),
        Turn::Broken => (State::Warning, facts.say("window-broken")),
    };
    let zone = match window.time_zone.as_str() {
        "" => "UTC",
        zone => zone,
    };
    let kind = if window.allows { "allow" } else { "deny" };
    let rule = format!(" {kind} {} {} {zone}", window.schedule, window.duration);
    let manual = window.manual.then(|| facts.say("window-manual"));
    let told = [Some(told), manual]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    let told = told.join(" \u{b7} ");
    [vec![Piece::Mark(state), text(rule)], vec![muted(told)]]
}

/// It may have begun while nobody looked.
fn differs_since(
    facts: &Facts<'_>,
    row: &ApplicationRow,
    application: &Application,
) -> Option<String> {
    let seen = application.differs_since?;
    let since = card::since(facts, row.object.cluster, Some(seen));
    Some(
        facts
            .catalogue
            .say_with("app-differs-since", &[("since", since.into())]),
    )
}

fn source(source: &AppSource) -> String {
    let place = if source.chart.is_empty() {
        &source.path
    } else {
        &source.chart
    };
    let target = match source.target.as_str() {
        "" => "HEAD",
        target => target,
    };
    format!("{} {place} @ {}", source.repository, commit(target))
}

/// `public1 5ml1kjum5pv08…`, and the cluster as Argo CD calls it where that is none that is watched.
fn destination(facts: &Facts<'_>, row: &ApplicationRow) -> Vec<String> {
    vec![format!("{} {}", facts.cluster(row.cluster), row.namespace)]
}

/// `#5 8c1f2e0a, 03:16 (14m), by Argo CD itself`.
fn deployed(facts: &Facts<'_>, row: &ApplicationRow, application: &Application) -> Vec<String> {
    let Some(last) = &application.deployed else {
        return Vec::new();
    };
    let by = match last.by.as_str() {
        "" => facts.say("syncs-by-itself"),
        by => by.to_owned(),
    };
    let at = card::since(facts, row.object.cluster, last.at);
    let told = [
        format!("#{} {}", last.id, revisions(&last.revisions)),
        at,
        by,
    ];
    let told = told.into_iter().filter(|it| !it.is_empty());
    vec![told.collect::<Vec<_>>().join(" \u{b7} ")]
}

/// What differs from git, then what git has not any more.
fn drift(facts: &Facts<'_>, application: &Application) -> Vec<Line> {
    let differ = application.resources.iter();
    let differ = differ.filter(|it| it.sync == SyncState::OutOfSync || it.prunes);
    let line = |it: &AppResource| {
        let mut line = vec![text(format!("{} {}", it.kind, it.name))];
        if it.prunes {
            line.push(muted(format!("  {}", facts.say("app-prunes"))));
        }
        line
    };
    differ.map(line).collect()
}

/// The operation under way, or the last one: phase, who, how it ended.
fn operation(facts: &Facts<'_>, row: &ApplicationRow, application: &Application) -> Vec<Line> {
    let Some(last) = application.operation.as_deref() else {
        return Vec::new();
    };
    let by = if last.automated || last.by.is_empty() {
        facts.say("syncs-by-itself")
    } else {
        last.by.to_string()
    };
    let at = facts.age(row.object.cluster, last.finished.or(last.started));
    let retries = [("count", last.retries.into())];
    let retries = (last.retries > 0).then(|| facts.catalogue.say_with("app-retries", &retries));
    let dry = last.rehearsal.as_ref().map(|_| facts.say("pane-rehearsal"));
    let told = [
        dry,
        Some(format!("{:?}", last.phase)),
        Some(by),
        Some(at),
        retries,
    ];
    let told: Vec<_> = told
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    let head = told.join(" \u{b7} ");
    let mut lines = vec![vec![text(head)]];
    let dry = last.rehearsal.as_deref();
    match dry.filter(|_| last.phase.is_over()) {
        Some(it) if last.phase == OperationPhase::Succeeded => {
            lines.push(vec![muted(facts.catalogue.rehearsal(it))]);
        }
        Some(it) if !it.failure.is_empty() => {
            lines.push(vec![muted(facts.catalogue.quote(&it.failure))]);
        }
        _ => {}
    }
    if !last.message.is_empty() {
        lines.push(vec![muted(facts.catalogue.quote(&last.message))]);
    }
    lines
}
