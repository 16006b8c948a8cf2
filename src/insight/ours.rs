//! Which events are about an object.

use std::collections::HashSet;

use super::RevisionRow;
use crate::model::{Event, ObjectRef, Uid};

/// Which events of the namespace speak of an object or of what it owns. Names are used again, so the uid decides where it is
/// known; what is gone is known by the name that its owner gave it.
pub struct Ours<'a> {
    kind: &'a str,
    name: &'a str,
    uid: Option<Uid>,
    revisions: &'a [RevisionRow],
    pods: HashSet<Uid>,
}

impl<'a> Ours<'a> {
    /// `revisions` are those of the workload that it is; what has none has no revisions.
    pub fn of(
        kind: &'a str,
        name: &'a str,
        uid: Option<Uid>,
        revisions: &'a [RevisionRow],
    ) -> Self {
        let pods = revisions.iter().flat_map(|revision| &revision.pods);
        Self {
            kind,
            name,
            uid,
            revisions,
            pods: pods.map(|pod| pod.object.uid).collect(),
        }
    }

    pub fn of_object(object: &'a ObjectRef, revisions: &'a [RevisionRow]) -> Self {
        Self::of(object.kind.name(), &object.name, object.uid, revisions)
    }

    pub fn has(&self, event: &Event) -> bool {
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
            ("Deployment" | "Rollout", "ReplicaSet") => sets.any(|set| event.name == set.name),
            ("Deployment" | "Rollout", "Pod") => sets.any(|set| under(&set.name)),
            ("StatefulSet", "Pod") | ("CronJob", "Job") => rest(self.name).is_some_and(digits),
            ("DaemonSet" | "ReplicaSet", "Pod") => rest(self.name).is_some_and(drawn),
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
