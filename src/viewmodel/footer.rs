//! The last line: keys that work here, the likeliest first.

use super::{Aspect, Facts, Page, State, act, preview, subject};
use crate::command::Command;
use crate::model::{Link, ObjectKind};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub key: String,
    pub verb: String,
}

/// On every screen of rows, after what is likelier there.
const EVERYWHERE: &[(&[Command], &str)] = &[
    (&[Command::Filter], "hint-filter"),
    (&[Command::Tenant], "hint-tenant"),
    (&[Command::Palette], "hint-palette"),
    (&[Command::Down, Command::Up], "hint-row"),
    (
        &[
            Command::Watch,
            Command::Tenants,
            Command::Deployments,
            Command::Journal,
        ],
        "hint-screens",
    ),
    (&[Command::NextInNeed, Command::PreviousInNeed], "hint-need"),
    (&[Command::Mark], "hint-mark"),
    (&[Command::Top, Command::Bottom], "hint-ends"),
    (&[Command::Leave], "hint-quit"),
    (&[Command::Help], "hint-help"),
];

/// In the history of a workload.
const PAST: &[(&[Command], &str)] = &[
    (&[Command::Mark], "hint-side"),
    (&[Command::Pane], "hint-difference"),
    (&[Command::Yaml], "hint-yaml"),
    (&[Command::Describe], "hint-describe"),
    (&[Command::Copy], "hint-copy"),
    (&[Command::Down, Command::Up], "hint-row"),
    (&[Command::Escape], "hint-out"),
    (&[Command::Help], "hint-help"),
];

/// The sides of an object, the likeliest first.
const ASPECTS: [(Aspect, Command); 6] = [
    (Aspect::Rollout, Command::Rollout),
    (Aspect::Why, Command::Why),
    (Aspect::Logs, Command::Logs),
    (Aspect::Describe, Command::Describe),
    (Aspect::Events, Command::Events),
    (Aspect::Yaml, Command::Yaml),
];

/// The last one stands at the right end. Of a text it is told what the line under the cursor opens.
pub(super) fn hints(facts: &Facts<'_>, opens: Option<&str>) -> Vec<Hint> {
    if matches!(facts.page, Page::Help(_)) {
        return help(facts);
    }
    let lost = |sight: &super::Sight| matches!(sight.link, Link::Degraded { .. });
    let filtered = facts.filter.is_some();
    let mut hints = Hints {
        facts,
        all: Vec::new(),
    };
    if facts.typing.is_some() {
        hints.add(&[Command::KeepFilter], "hint-keep");
        if !facts.page.reads() && !matches!(facts.page, Page::Search) {
            hints.add(&[Command::Complete], "hint-complete");
        }
        hints.add(&[Command::EmptyFilter], "hint-empty");
        let drop = if facts.page.reads() {
            "hint-drop-search"
        } else {
            "hint-drop"
        };
        hints.add(&[Command::DropFilter], drop);
        return hints.all;
    }
    if facts.asked.is_some() || facts.planned.is_some_and(|it| it.confirming.is_some()) {
        return hints.all;
    }
    let notice = facts
        .notice
        .is_some_and(|it| it.state == super::State::Warning);
    if facts.survey.clusters.iter().any(lost) {
        hints.add(&[Command::Retry], "hint-retry");
    }
    if notice {
        hints.add(&[Command::Escape], "hint-close");
    } else if filtered {
        hints.add(&[Command::Escape], "hint-drop");
    } else if !facts.marks.is_empty() {
        hints.add(&[Command::Escape], "hint-unmark");
    }
    if facts.pane.is_some() {
        hints.add(&[Command::Down, Command::Up], "hint-scroll");
        hints.add(&[Command::Pane], "hint-list");
        hints.add(&[Command::Leave], "hint-quit");
        hints.add(&[Command::Help], "hint-help");
        return hints.all;
    }
    if let Page::Preview(_) = facts.page {
        preview::hints(facts, &mut hints);
        return hints.all;
    }
    if let Page::Aspect(aspect, object) = facts.page {
        if let Some(verb) = opens {
            hints.add(&[Command::Open], verb);
        }
        if *aspect == Aspect::Rollout {
            hints.all.extend(act::hints(facts));
        }
        reading(facts, *aspect, &object.kind, &mut hints);
        return hints.all;
    }
    if matches!(facts.page, Page::History(_)) {
        hints.all.extend(act::hints(facts).into_iter().take(1));
        for (commands, verb) in PAST {
            hints.add(commands, verb);
        }
        return hints.all;
    }
    if *facts.page == Page::Journal {
        done(facts, &mut hints);
        return hints.all;
    }
    let inside = matches!(facts.page, Page::Tenant(_));
    let hurts = hurts(facts);
    if hurts {
        hints.all.extend(act::hints(facts));
    }
    if !facts.rows.is_empty() {
        hints.add(&[Command::Open], "hint-open");
    }
    if let Some(object) = subject(facts) {
        sides(&object.kind, &mut hints);
    }
    if !hurts {
        hints.all.extend(act::hints(facts));
    }
    if inside {
        hints.add(&[Command::Fold, Command::Unfold], "hint-fold");
        if !notice && !filtered && facts.marks.is_empty() {
            hints.add(&[Command::Escape], "hint-out");
        }
    }
    for (commands, verb) in EVERYWHERE {
        hints.add(commands, verb);
    }
    hints.all
}

/// Of the object that a row stands for.
fn sides(kind: &ObjectKind, hints: &mut Hints<'_>) {
    if Aspect::Logs.applies(kind) {
        hints.add(&[Command::Logs], "hint-logs");
    }
    if Aspect::Rollout.applies(kind) {
        hints.add(&[Command::Rollout], "hint-rollout");
        hints.add(&[Command::Why], "hint-why");
        hints.add(&[Command::History], "hint-history");
    }
    hints.add(&[Command::Describe], "hint-describe");
    hints.add(&[Command::Events], "hint-events");
}

/// In the journal.
fn done(facts: &Facts<'_>, hints: &mut Hints<'_>) {
    if act::undoable(facts).is_some() {
        hints.add(&[Command::Undo], "hint-undo");
    }
    if !facts.rows.is_empty() {
        hints.add(&[Command::Copy], "hint-copy");
        hints.add(&[Command::Open], "hint-rollout");
    }
    for (commands, verb) in EVERYWHERE {
        hints.add(commands, verb);
    }
}

/// Of those commands that have a key.
pub(super) struct Hints<'a> {
    facts: &'a Facts<'a>,
    all: Vec<Hint>,
}

impl Hints<'_> {
    pub(super) fn add(&mut self, commands: &[Command], verb: &str) {
        let keys = commands.iter().filter_map(|it| (self.facts.keys)(*it));
        let keys: Vec<_> = keys.collect();
        if !keys.is_empty() {
            self.all.push(Hint {
                key: keys.join(" "),
                verb: self.facts.say(verb),
            });
        }
    }
}

/// Whether the row under the cursor is one that needs a human: what changes something comes first there.
fn hurts(facts: &Facts<'_>) -> bool {
    let state = facts.selected_row().and_then(|at| facts.rows.state(at));
    matches!(
        state,
        Some(State::Critical | State::Warning | State::Failed)
    )
}

/// In a text.
fn reading(facts: &Facts<'_>, here: Aspect, kind: &ObjectKind, hints: &mut Hints<'_>) {
    if here == Aspect::Logs {
        let paused = facts.logs.place.is_some();
        let verb = if paused { "hint-follow" } else { "hint-pause" };
        hints.add(&[Command::Follow], verb);
    }
    hints.add(&[Command::Filter], "hint-search");
    if facts.search.is_some() {
        hints.add(&[Command::NextInNeed, Command::PreviousInNeed], "hint-hits");
    }
    if here == Aspect::Logs {
        hints.add(&[Command::PreviousRun], "hint-previous");
        hints.add(&[Command::Since], "hint-since");
        hints.add(&[Command::Level], "hint-level");
        hints.add(&[Command::Wrap], "hint-wrap");
        hints.add(&[Command::Times], "hint-times");
        hints.add(&[Command::Save], "hint-save");
        hints.add(&[Command::Escape], "hint-out");
    } else {
        if here == Aspect::Events {
            let verb = if facts.warnings {
                "hint-all"
            } else {
                "hint-warnings"
            };
            hints.add(&[Command::Level], verb);
        }
        if here == Aspect::Yaml {
            hints.add(&[Command::Fold, Command::Unfold], "hint-fold");
        }
        hints.add(&[Command::Escape], "hint-out");
        for (aspect, command) in ASPECTS {
            if aspect != here && aspect.applies(kind) {
                hints.add(&[command], aspect.hint());
            }
        }
        if Aspect::Rollout.applies(kind) {
            hints.add(&[Command::History], "hint-history");
        }
        hints.add(&[Command::Wrap], "hint-wrap");
        hints.add(&[Command::Copy], "hint-copy");
    }
    hints.add(&[Command::Help], "hint-help");
}

/// Where letters are typed, only the other keys do something.
fn help(facts: &Facts<'_>) -> Vec<Hint> {
    let typed = |command: Command| {
        let bound = (facts.bound)(command).into_iter();
        bound.filter(|(_, types)| !types).map(|(label, _)| label)
    };
    let hint = |commands: &[Command], verb| {
        let keys: Vec<_> = commands.iter().filter_map(|it| typed(*it).next()).collect();
        (!keys.is_empty()).then(|| Hint {
            key: keys.join(" "),
            verb: facts.say(verb),
        })
    };
    let leave = (facts.keys)(Command::Help).map(|key| Hint {
        key,
        verb: facts.say("hint-help"),
    });
    let hints = [
        hint(&[Command::Down, Command::Up], "hint-scroll"),
        hint(&[Command::Escape], "hint-close"),
        leave,
    ];
    hints.into_iter().flatten().collect()
}
