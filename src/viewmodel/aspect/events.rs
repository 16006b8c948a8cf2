//! Events of the object and of what it owns, newest first.

use super::{Content, Known, Made, Text, empty, note};
use crate::dossier::{Events, Series};
use crate::insight::Ours;
use crate::model::{About, Event, Lookup, ObjectRef, Wanted};
use crate::viewmodel::events::{line, part_of};
use crate::viewmodel::{Aspect, Facts, Jump, Line, Page, State};

/// Events as lines, each made when it comes into view.
pub(in crate::viewmodel) struct EventText<'a> {
    facts: &'a Facts<'a>,
    object: &'a ObjectRef,
    events: Vec<&'a Event>,
    /// With those that are not wanted.
    all: usize,
}

impl<'a> EventText<'a> {
    pub(super) fn new(
        facts: &'a Facts<'a>,
        object: &'a ObjectRef,
        known: &'a Events,
        which: impl Fn(&Event) -> bool,
    ) -> Self {
        let ours = Ours::of_object(object, facts.revisions);
        let mut events = known.newest(|event| ours.has(event) && which(event));
        let all = events.len();
        events.retain(|it| it.warning || !facts.warnings);
        Self {
            facts,
            object,
            events,
            all,
        }
    }

    /// `3 of 17 · warnings`, when not all are wanted.
    fn part(&self) -> Option<String> {
        let counts = [
            ("shown", self.events.len().into()),
            ("count", self.all.into()),
        ];
        let say = self.facts.catalogue;
        self.facts
            .warnings
            .then(|| say.say_with("events-warnings", &counts))
    }

    pub(in crate::viewmodel) fn len(&self) -> usize {
        self.events.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    pub(in crate::viewmodel) fn series(&self, at: usize) -> Option<Series> {
        self.events.get(at).map(|it| Series::of(it))
    }

    pub(in crate::viewmodel) fn position(&self, series: Series) -> Option<usize> {
        self.events.iter().position(|it| Series::of(it) == series)
    }

    pub(in crate::viewmodel) fn line(&self, at: usize) -> Line {
        let event = self.events.get(at);
        event.map_or_else(Line::new, |it| {
            line(self.facts, it, Some(&self.object.name))
        })
    }

    pub(in crate::viewmodel) fn has(&self, at: usize, wanted: impl Fn(&str) -> bool) -> bool {
        self.events.get(at).is_some_and(|it| {
            let part = || part_of(&self.object.name, it);
            wanted(&it.reason) || wanted(&it.message) || wanted(&part())
        })
    }

    /// To the object that it speaks of, unless that is the one whose description this is.
    pub(in crate::viewmodel) fn jump(&self, at: usize) -> Option<Jump> {
        let jump = Jump::of_event(self.facts.store, self.object.cluster, self.events.get(at)?)?;
        let here = match (&jump, self.facts.page) {
            (Jump::Aspect(_, object), Page::Aspect(Aspect::Describe, here)) => object == here,
            _ => false,
        };
        (!here).then_some(jump)
    }
}

pub(super) fn lookup(object: &ObjectRef) -> Lookup {
    Lookup {
        cluster: object.cluster,
        wanted: Wanted::Events(About::of(object)),
    }
}

pub(super) fn content<'a>(facts: &'a Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let Some(known) = facts.dossier.events(&lookup(object)) else {
        return empty(note(facts, object, None, Known::Nothing));
    };
    let text = EventText::new(facts, object, known, |_| true);
    let note = told(facts, object, known).or_else(|| {
        let id = if text.all > 0 {
            "events-no-warning"
        } else {
            "events-none"
        };
        let none = text.is_empty();
        none.then(|| (State::Absent, facts.say(id)))
    });
    Content {
        text: Text::Made(Made::from(text)),
        note,
    }
}

/// What the page is, and how much of it is shown.
pub(super) fn name(facts: &Facts<'_>, text: &Text<'_>) -> String {
    let part = match text {
        Text::Made(made) => made.events.as_ref().and_then(EventText::part),
        Text::Yaml(_) | Text::Log(_) => None,
    };
    let parts = part.into_iter().chain([facts.say(Aspect::Events.id())]);
    parts.collect::<Vec<_>>().join(" \u{b7} ")
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
