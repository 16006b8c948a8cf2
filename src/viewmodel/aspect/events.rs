//! Events of the object and of what it owns, newest first.

use super::{Content, Known, Text, empty, note};
use crate::dossier::Events;
use crate::model::{About, Kind, Lookup, ObjectRef, Wanted};
use crate::viewmodel::events::{Ours, line};
use crate::viewmodel::{Facts, State};

pub(super) fn lookup(object: &ObjectRef) -> Lookup {
    let about = match object.namespace.as_str() {
        // Everything in the namespace is the namespace's.
        "" if object.kind == Kind::Namespace => About::Namespace(object.name.clone()),
        "" => About::Unplaced {
            kind: object.kind.name().into(),
            name: object.name.clone(),
        },
        namespace => About::Namespace(namespace.into()),
    };
    Lookup {
        cluster: object.cluster,
        wanted: Wanted::Events(about),
    }
}

pub(super) fn content<'a>(facts: &Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let Some(known) = facts.dossier.events(&lookup(object)) else {
        return empty(note(facts, object, None, Known::Nothing));
    };
    let ours = Ours::of_object(facts, object);
    let found = known.newest(|event| ours.has(event));
    let lines: Vec<_> = found
        .iter()
        .map(|it| line(facts, it, Some(&object.name)))
        .collect();
    let note = told(facts, object, known).or_else(|| {
        let none = lines.is_empty();
        none.then(|| (State::Absent, facts.say("events-none")))
    });
    Content {
        text: Text::Made(lines),
        note,
    }
}

/// What keeps the events from being all there are.
pub(super) fn told(
    facts: &Facts<'_>,
    object: &ObjectRef,
    known: &Events,
) -> Option<(State, String)> {
    let whole = if known.whole() {
        Known::Whole
    } else {
        Known::Nothing
    };
    note(facts, object, known.lack(), whole).or_else(|| {
        let kept = [("count", known.len().into())];
        let dropped = known.dropped();
        dropped.then(|| {
            (
                State::Stale,
                facts.catalogue.say_with("events-dropped", &kept),
            )
        })
    })
}
