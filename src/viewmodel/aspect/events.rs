//! Events of the object and of what it owns, newest first.

use super::{Content, Text, empty, note};
use crate::model::{About, Kind, Lookup, ObjectRef, Wanted};
use crate::viewmodel::Facts;
use crate::viewmodel::events::{Ours, line};

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
        return empty(note(facts, None, false, false));
    };
    let ours = Ours::of_object(facts, object);
    let found = known.newest(|event| ours.has(event));
    let lines: Vec<_> = found
        .iter()
        .map(|it| line(facts, it, Some(&object.name)))
        .collect();
    let note = note(facts, known.lack(), false, known.whole()).or_else(|| {
        let none = lines.is_empty();
        none.then(|| (crate::viewmodel::State::Absent, facts.say("events-none")))
    });
    Content {
        text: Text::Made(lines),
        note,
    }
}
