//! Events of an object: its own, those of its revisions, of its runs and of its pods.

use super::Piece;
use super::list::Part;
use super::{Facts, Line, State, muted, text, words};
use crate::dossier::Events;
use crate::insight::{DeploymentRow, Ours};
use crate::model::{About, Event, Lookup, Wanted};

/// Lines of a pane; who wants all opens them.
const SHOWN: usize = 8;

/// All events of the workload's namespace: those of its pods are found among them, also of pods to come.
pub(super) fn of_namespace(row: &DeploymentRow) -> Lookup {
    Lookup {
        cluster: row.cluster,
        wanted: Wanted::Events(About::Namespace(row.namespace.clone())),
    }
}

/// The latest events, in the pane.
pub(super) fn part<'a>(facts: &Facts<'a>, row: &'a DeploymentRow) -> Part {
    let known = facts.dossier.events(&of_namespace(row));
    let ours = Ours::of(&row.kind, &row.name, Some(row.uid), facts.revisions);
    let mut lines: Vec<Line> = match known {
        Some(known) => {
            let newest = known.newest(|event| ours.has(event)).into_iter();
            newest.take(SHOWN).map(|it| line(facts, it, None)).collect()
        }
        None => Vec::new(),
    };
    let none = lines.is_empty();
    let seen = words::last_seen(facts, row.cluster);
    let seen = seen.map(|it| vec![Piece::Mark(State::Stale), muted(format!(" {it}"))]);
    lines.extend(seen.or_else(|| match known {
        Some(known) => note(facts, known, none),
        None => Some(reading(facts)),
    }));
    Part {
        label: facts.say("pane-events"),
        lines,
        long: true,
    }
}

/// What keeps the list from being all there is.
fn note(facts: &Facts<'_>, known: &Events, none: bool) -> Option<Line> {
    match known.lack() {
        Some(lack) => {
            let said = facts.catalogue.lack(lack);
            Some(vec![Piece::Mark(State::Absent), muted(format!(" {said}"))])
        }
        None if !known.whole() => Some(reading(facts)),
        None => none.then(|| vec![muted(facts.say("events-none"))]),
    }
}

fn reading(facts: &Facts<'_>) -> Line {
    vec![
        Piece::Mark(State::Reading),
        muted(format!(" {}", facts.say("events-reading"))),
    ]
}

/// `03:12  BackOff ×57  back-off 5m0s restarting failed container`. On the page of an object, whose name is given, with the
/// seconds, and with what it is of the object that the event speaks of.
pub(super) fn line(facts: &Facts<'_>, event: &Event, page_of: Option<&str>) -> Line {
    let clock = if page_of.is_some() {
        "%H:%M:%S"
    } else {
        "%H:%M"
    };
    let (at, today) = (facts.zone.at(event.last), facts.zone.at(facts.now));
    let time = if at.date_naive() == today.date_naive() {
        at.format(clock).to_string()
    } else {
        at.format(&format!("%d/%m {clock}")).to_string()
    };
    let times = match event.count {
        ..2 => String::new(),
        count => format!(" \u{d7}{count}"),
    };
    let mark = if event.warning {
        Piece::Mark(State::Warning)
    } else {
        text(" ")
    };
    let mut line = vec![
        mark,
        muted(format!(" {time}  ")),
        text(format!("{}{times}  ", event.reason)),
    ];
    match page_of {
        Some(name) => {
            line.push(muted(part_of(name, event)));
            line.push(text(event.message.to_string()));
        }
        None => line.push(muted(event.message.to_string())),
    }
    line
}

/// `Pod …-2g2x2`; nothing for the object itself.
pub(super) fn part_of(name: &str, event: &Event) -> String {
    if event.name == name {
        return String::new();
    }
    let own = event
        .name
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with('-'));
    let end = event.name.rsplit_once('-').filter(|_| own);
    match end {
        Some((_, end)) => format!("{} \u{2026}-{end}  ", event.kind),
        None => format!("{} {}  ", event.kind, event.name),
    }
}
