//! Events of an object: its own, those of its revisions, of its runs and of its pods.

use std::collections::HashSet;

use super::Piece;
use super::list::Part;
use super::{Facts, Line, State, muted, text, words};
use crate::dossier::Events;
use crate::insight::{DeploymentRow, RevisionRow};
use crate::model::{About, Event, Lack, Lookup, ObjectRef, Uid, Wanted};

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
    let ours = Ours::of_row(facts, row);
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
        Lack::NotStarted(reason) => {
            let reason = [("reason", reason.as_str().into())];
            facts.catalogue.say_with("lack-not-started", &reason)
        }
        Lack::NoPrevious => facts.say("lack-no-previous"),
        Lack::KubeletUnreachable(how) => {
            let how = [("how", how.as_str().into())];
            facts.catalogue.say_with("lack-kubelet", &how)
        }
        Lack::Failed(problem) => facts.catalogue.problem(problem),
    }
}

/// `03:12  BackOff ×57  back-off 5m0s restarting failed container`. On the page of an object, whose name is given, with the
/// seconds, and with what it is of the object that the event speaks of.
pub(super) fn line(facts: &Facts<'_>, event: &Event, page_of: Option<&str>) -> Line {
    let clock = if page_of.is_some() {
        "%H:%M:%S"
    } else {
        "%H:%M"
    };
    let time = facts.zone.at(event.last).format(clock).to_string();
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

/// Which events of the namespace speak of an object or of what it owns. Names are used again, so the uid decides where it is
/// known; what is gone is known by the name that its owner gave it.
pub(super) struct Ours<'a> {
    kind: &'a str,
    name: &'a str,
    uid: Option<Uid>,
    revisions: &'a [RevisionRow],
    pods: HashSet<Uid>,
}

impl<'a> Ours<'a> {
    pub(super) fn of_row(facts: &Facts<'a>, row: &'a DeploymentRow) -> Self {
        Self::of(facts, &row.kind, &row.name, Some(row.uid))
    }

    pub(super) fn of_object(facts: &Facts<'a>, object: &'a ObjectRef) -> Self {
        Self::of(facts, object.kind.name(), &object.name, object.uid)
    }

    fn of(facts: &Facts<'a>, kind: &'a str, name: &'a str, uid: Option<Uid>) -> Self {
        let pods = facts.revisions.iter().flat_map(|revision| &revision.pods);
        Self {
            kind,
            name,
            uid,
            revisions: facts.revisions,
            pods: pods.map(|pod| pod.object.uid).collect(),
        }
    }

    pub(super) fn has(&self, event: &Event) -> bool {
        let itself = match (self.uid, event.object) {
            (Some(uid), Some(object)) => uid == object,
            _ => event.kind == self.kind && event.name == self.name,
        };
        let of_pod = event.object.is_some_and(|uid| self.pods.contains(&uid));
        itself || of_pod || self.kind == "Namespace" || self.owned(event)
    }

    /// By a name that begins with that of its owner.
    fn owned(&self, event: &Event) -> bool {
        let under = |owner: &str| {
            let rest = event.name.strip_prefix(owner);
            rest.is_some_and(|rest| rest.starts_with('-'))
        };
        let rest = |owner: &str| event.name.strip_prefix(owner)?.strip_prefix('-');
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        // What a controller appends: five letters and figures.
        let drawn =
            |text: &str| text.len() == 5 && text.bytes().all(|it| it.is_ascii_alphanumeric());
        let mut sets = self.revisions.iter().filter(|it| !it.name.is_empty());
        match (self.kind, event.kind.as_str()) {
            ("Deployment", "ReplicaSet") => sets.any(|set| event.name == set.name),
            ("Deployment", "Pod") => sets.any(|set| under(&set.name)),
            ("StatefulSet", "Pod") | ("CronJob", "Job") => rest(self.name).is_some_and(digits),
            ("DaemonSet", "Pod") => rest(self.name).is_some_and(drawn),
            ("Job", "Pod") => rest(self.name).is_some_and(|rest| {
                let end = rest.split_once('-').filter(|(index, _)| digits(index));
                drawn(end.map_or(rest, |(_, end)| end))
            }),
            ("CronJob", "Pod") => rest(self.name).is_some_and(|rest| {
                let run = rest.split('-').next().unwrap_or_default();
                digits(run)
            }),
            _ => false,
        }
    }
}
