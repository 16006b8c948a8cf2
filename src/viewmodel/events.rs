//! Events of a workload: its own, those of its revisions and of its pods.

use std::collections::HashSet;

use super::Piece;
use super::list::Part;
use super::{Facts, Line, State, muted, text};
use crate::dossier::Events;
use crate::insight::{DeploymentRow, RevisionRow};
use crate::model::{About, Event, Lack, Lookup, Uid, Wanted};

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
pub(super) fn part(facts: &Facts<'_>, row: &DeploymentRow) -> Part {
    let known = facts.dossier.events(&of_namespace(row));
    let ours = Ours::of(facts, row);
    let mut lines: Vec<Line> = match known {
        Some(known) => {
            let newest = known.newest(|event| ours.has(event)).into_iter();
            newest.take(SHOWN).map(|it| line(facts, it)).collect()
        }
        None => Vec::new(),
    };
    lines.extend(known.map_or_else(
        || Some(reading(facts)),
        |it| note(facts, it, lines.is_empty()),
    ));
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
            let said = lack_words(facts, lack);
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

pub(super) fn lack_words(facts: &Facts<'_>, lack: &Lack) -> String {
    match lack {
        Lack::Denied { verb, resource } => {
            let right = format!("{} {resource}", verb.word());
            facts
                .catalogue
                .say_with("lack-denied", &[("right", right.into())])
        }
        Lack::Absent => facts.say("lack-absent"),
        Lack::Failed(problem) => facts.catalogue.problem(problem),
    }
}

/// `03:12  BackOff ×57  back-off 5m0s restarting failed container`.
fn line(facts: &Facts<'_>, event: &Event) -> Line {
    let time = facts.zone.at(event.last).format("%H:%M").to_string();
    let times = match event.count {
        ..2 => String::new(),
        count => format!(" \u{d7}{count}"),
    };
    let mark = if event.warning {
        Piece::Mark(State::Warning)
    } else {
        text(" ")
    };
    vec![
        mark,
        muted(format!(" {time}  ")),
        text(format!("{}{times}  ", event.reason)),
        muted(event.message.to_string()),
    ]
}

/// Which events of the namespace speak of the workload. Names are used again, so the uid decides where it is known; pods
/// that are gone are known by the name of their `ReplicaSet`, which is not.
struct Ours<'a> {
    workload: Uid,
    revisions: &'a [RevisionRow],
    pods: HashSet<Uid>,
}

impl<'a> Ours<'a> {
    fn of(facts: &Facts<'a>, row: &DeploymentRow) -> Self {
        let pods = facts.revisions.iter().flat_map(|revision| &revision.pods);
        Self {
            workload: row.uid,
            revisions: facts.revisions,
            pods: pods.map(|pod| pod.object.uid).collect(),
        }
    }

    fn has(&self, event: &Event) -> bool {
        let of_set = |set: &str| match event.kind.as_str() {
            "ReplicaSet" => event.name == set,
            "Pod" => event
                .name
                .strip_prefix(set)
                .is_some_and(|rest| rest.starts_with('-')),
            _ => false,
        };
        let known = |uid| uid == self.workload || self.pods.contains(&uid);
        let mut sets = self.revisions.iter().map(|it| it.name.as_str());
        event.object.is_some_and(known) || sets.any(|set| !set.is_empty() && of_set(set))
    }
}
