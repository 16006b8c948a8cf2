//! One object from one side: its events, its YAML, its description, its logs. A text page each.

mod describe;
mod events;
mod logs;
mod rollout;
mod why;
mod yaml;

pub(super) use events::EventText;
pub(super) use logs::LogText;
use logs::speaks;
pub use logs::{LogView, MOST as LOGS_AT_ONCE, log_containers, log_places, saved_logs};
pub(super) use rollout::course;
pub(super) use yaml::YamlText;

pub use yaml::{BlockPath, Outline, document};

use super::reader::{Content, Made, Text};
use super::{Facts, Form, State, Title, around, reader, words};
use crate::dossier::Whole;
use crate::model::{Kind, Lack, Lookup, ObjectKind, ObjectRef, Wanted};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    Rollout,
    Why,
    Events,
    Yaml,
    Describe,
    Logs,
}

impl Aspect {
    /// Whether it is a side of objects of that kind.
    pub fn applies(self, kind: &ObjectKind) -> bool {
        match self {
            Aspect::Rollout => rollout::applies(kind),
            Aspect::Why => why::applies(kind),
            Aspect::Logs => speaks(kind),
            Aspect::Events | Aspect::Yaml | Aspect::Describe => true,
        }
    }

    /// Whether lines of it lead somewhere, or fold what is under them.
    pub(super) const fn leads(self) -> bool {
        !matches!(self, Aspect::Logs)
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Aspect::Rollout => "aspect-rollout",
            Aspect::Why => "aspect-why",
            Aspect::Events => "aspect-events",
            Aspect::Yaml => "aspect-yaml",
            Aspect::Describe => "aspect-describe",
            Aspect::Logs => "aspect-logs",
        }
    }

    /// Message id of what its key opens.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Aspect::Rollout => "hint-rollout",
            Aspect::Why => "hint-why",
            Aspect::Events => "hint-events",
            Aspect::Yaml => "hint-yaml",
            Aspect::Describe => "hint-describe",
            Aspect::Logs => "hint-logs",
        }
    }
}

pub(super) fn lookups(facts: &Facts<'_>, aspect: Aspect, object: &ObjectRef) -> Vec<Lookup> {
    match aspect {
        Aspect::Rollout => rollout::lookups(facts, object),
        Aspect::Why => around::lookups_for_why(facts.store, object),
        Aspect::Events => vec![events::lookup(object)],
        Aspect::Yaml => vec![whole(object)],
        Aspect::Describe => describe::lookups(facts, object),
        Aspect::Logs => logs::lookups(facts),
    }
}

pub(super) fn whole(object: &ObjectRef) -> Lookup {
    Lookup {
        cluster: object.cluster,
        wanted: Wanted::Object(object.clone()),
    }
}

pub(super) fn content<'a>(
    facts: &'a Facts<'a>,
    aspect: Aspect,
    object: &'a ObjectRef,
) -> Content<'a> {
    match aspect {
        Aspect::Rollout => rollout::content(facts, object),
        Aspect::Why => why::content(facts, object),
        Aspect::Events => events::content(facts, object),
        Aspect::Yaml => yaml::content(facts, object),
        Aspect::Describe => describe::content(facts, object),
        Aspect::Logs => logs::content(facts),
    }
}

pub(super) fn page(
    facts: &Facts<'_>,
    form: Form,
    aspect: Aspect,
    object: &ObjectRef,
) -> super::Reader {
    let content = content(facts, aspect, object);
    let title = Title {
        state: None,
        left: heading(facts, object),
        right: match aspect {
            Aspect::Logs => logs::name(facts),
            Aspect::Events => events::name(facts, &content.text),
            _ => facts.say(aspect.id()),
        },
    };
    reader::reader(facts, form, title, &content)
}

/// `beta-back · betaapp/prod · public1 · Deployment`.
pub(super) fn heading(facts: &Facts<'_>, object: &ObjectRef) -> String {
    let place = facts.places.of(object.cluster, &object.namespace);
    let whose = match (place.tenant.as_str(), place.environment.as_str()) {
        (_, _) if object.namespace.is_empty() => String::new(),
        (tenant, "") => tenant.to_owned(),
        (tenant, environment) => format!("{tenant}/{environment}"),
    };
    let parts = [
        object.name.to_string(),
        whose,
        facts.cluster(object.cluster),
        Kind::shown(object.kind.name()).to_owned(),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(" \u{b7} ")
}

/// How much of a text is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    Whole,
    /// Deleted: as it was.
    Gone,
    /// Deleted before it was read.
    Missed,
}

fn standing(whole: &Whole) -> Known {
    match (whole.document(), whole.gone()) {
        (Some(_), true) => Known::Gone,
        (Some(_), false) => Known::Whole,
        (None, true) => Known::Missed,
        (None, false) => Known::Nothing,
    }
}

/// What is said of a text that is not all there, or not as things are now.
fn note(
    facts: &Facts<'_>,
    object: &ObjectRef,
    lack: Option<&Lack>,
    known: Known,
) -> Option<(State, String)> {
    let seen = words::last_seen(facts, object.cluster);
    match (lack, known) {
        _ if seen.is_some() => seen.map(|words| (State::Stale, words)),
        (_, Known::Gone) => Some((State::Stale, facts.say("aspect-gone"))),
        (_, Known::Missed) => Some((State::Absent, facts.say("aspect-missed"))),
        (Some(lack), _) => Some((State::Absent, facts.catalogue.lack(lack))),
        (None, Known::Nothing) => Some((State::Reading, facts.say("events-reading"))),
        (None, Known::Whole) => None,
    }
}

fn empty(note: Option<(State, String)>) -> Content<'static> {
    Content {
        text: Text::Made(Made::default()),
        note,
    }
}
