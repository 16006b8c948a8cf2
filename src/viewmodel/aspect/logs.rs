//! What the containers of an object say, in one stream in order of time.

mod note;
mod said;

pub(in crate::viewmodel) use said::LogText;
pub(super) use said::spoken;

use std::collections::HashSet;

use super::{Content, Text};
use crate::dossier::LogPlace;
use crate::insight::Stream;
use crate::model::{Kind, Level, LogOf, Lookup, ObjectKind, Reach, Wanted};
use crate::viewmodel::Facts;

/// Containers read at once; the rest is named.
pub const MOST: usize = 20;
/// Lines of each that are read from before.
const LINES: u32 = 1000;
/// How far back, in seconds; the first is as far as there are lines.
const REACHES: [Option<u32>; 4] = [None, Some(5 * 60), Some(60 * 60), Some(24 * 60 * 60)];
/// The least level shown; the first is any.
const LEVELS: [Option<Level>; 3] = [None, Some(Level::Warn), Some(Level::Error)];

/// How the person wants to read logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogView {
    /// The run before this one.
    pub previous: bool,
    pub untimed: bool,
    level: usize,
    reach: usize,
    /// Which of the containers' names; the first is all of them.
    container: usize,
    /// The line under the cursor; None follows the end.
    pub place: Option<LogPlace>,
}

impl LogView {
    /// All of the present run, or of the one before.
    pub fn of_run(previous: bool) -> Self {
        Self {
            previous,
            ..Self::default()
        }
    }

    pub fn level(self) -> Option<Level> {
        LEVELS[self.level]
    }

    pub fn seconds(self) -> Option<u32> {
        REACHES[self.reach]
    }

    pub fn next_level(&mut self) {
        self.level = (self.level + 1) % LEVELS.len();
    }

    /// The next of so many names, then all of them.
    pub fn next_container(&mut self, names: usize) {
        self.container = (self.container + 1) % (names + 1);
    }

    /// By its place among the names; None is all of them.
    pub fn choose_container(&mut self, at: Option<usize>) {
        self.container = at.map_or(0, |at| at + 1);
    }

    pub fn next_reach(&mut self) {
        self.reach = (self.reach + 1) % REACHES.len();
    }
}

fn lookup(facts: &Facts<'_>, stream: &Stream) -> Lookup {
    Lookup {
        cluster: stream.cluster,
        wanted: Wanted::Log(LogOf {
            namespace: stream.namespace.clone(),
            pod: stream.pod.clone(),
            container: stream.container.clone(),
            previous: facts.logs.previous,
            reach: Reach {
                lines: LINES,
                seconds: facts.logs.seconds(),
            },
        }),
    }
}

/// Those that have something to say, whether it is read or not.
fn asked<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Stream> {
    let previous = facts.logs.previous;
    let only = only(facts);
    let streams = facts.streams.iter();
    let wanted = streams.filter(move |it| only.is_none_or(|only| it.container == only));
    wanted.filter(move |it| !previous || it.restarts > 0)
}

/// The one container that is heard of each pod, when one was chosen.
fn only<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    let at = facts.logs.container.checked_sub(1)?;
    log_containers(facts).get(at).copied()
}

/// The names of all containers that could be heard.
pub fn log_containers<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    let mut names: Vec<_> = facts
        .streams
        .iter()
        .map(|it| it.container.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(super) fn lookups(facts: &Facts<'_>) -> Vec<Lookup> {
    let read = asked(facts).take(MOST);
    read.map(|it| lookup(facts, it)).collect()
}

pub(super) fn content<'a>(facts: &'a Facts<'a>) -> Content<'a> {
    let text = LogText::new(facts);
    let note = note::note(facts, &text);
    Content {
        text: Text::Log(text),
        note: Some(note),
    }
}

/// `app · errors · last 5m · live`: what is shown, and whether the end is followed.
pub(super) fn name(facts: &Facts<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(only(facts).map(str::to_owned));
    match facts.logs.level() {
        Some(Level::Warn) => parts.push(facts.say("log-level-warn")),
        Some(_) => parts.push(facts.say("log-level-error")),
        None => {}
    }
    if let Some(seconds) = facts.logs.seconds() {
        let span = facts.catalogue.span(i64::from(seconds));
        let span = [("span", span.into())];
        parts.push(facts.catalogue.say_with("log-since", &span));
    }
    parts.push(facts.say(match (facts.logs.previous, facts.logs.place) {
        (true, _) => "log-previous",
        _ if over(facts) => "log-all-gone",
        (false, None) => "log-live",
        (false, Some(_)) => "log-paused",
    }));
    parts.join(" \u{b7} ")
}

/// All that could say anything is gone.
fn over(facts: &Facts<'_>) -> bool {
    facts.survey.read() && facts.streams.iter().all(|it| it.gone)
}

/// The places of the lines that are shown, in order.
pub fn log_places(facts: &Facts<'_>) -> Vec<LogPlace> {
    LogText::new(facts).places().collect()
}

/// What is shown, as a file keeps it: the whole name of who speaks, the stamp and the line as it came.
pub fn saved_logs(facts: &Facts<'_>) -> String {
    LogText::new(facts).saved()
}

/// What each is called where they stand together.
fn labels(facts: &Facts<'_>, streams: &[&Stream]) -> Vec<String> {
    let pods: HashSet<_> = streams.iter().map(|it| (it.cluster, it.uid)).collect();
    let several = !facts.also.is_empty();
    let label = |it: &&Stream| {
        let pod = match pods.len() {
            0 | 1 => "",
            _ if several => it.pod.as_str(),
            _ => it.suffix.as_str(),
        };
        let container = if it.several && only(facts).is_none() {
            it.container.as_str()
        } else {
            ""
        };
        let parts = [pod, container].into_iter().filter(|it| !it.is_empty());
        parts.collect::<Vec<_>>().join("/")
    };
    streams.iter().map(label).collect()
}

/// Whether logs tell of an object of that kind.
pub(super) fn speaks(kind: &ObjectKind) -> bool {
    matches!(
        kind.known(),
        Some(
            Kind::Pod
                | Kind::Deployment
                | Kind::StatefulSet
                | Kind::DaemonSet
                | Kind::Rollout
                | Kind::Job
                | Kind::CronJob
        )
    )
}
