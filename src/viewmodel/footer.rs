//! The last line: keys that work here, the likeliest first.

use super::{Aspect, Facts, Page, subject};
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
        &[Command::Watch, Command::Tenants, Command::Deployments],
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
    let mut hints = Vec::new();
    let mut hint = |commands: &[Command], verb: &str| {
        let keys: Vec<_> = commands.iter().filter_map(|it| (facts.keys)(*it)).collect();
        if !keys.is_empty() {
            hints.push(Hint {
                key: keys.join(" "),
                verb: facts.say(verb),
            });
        }
    };
    if facts.typing.is_some() {
        hint(&[Command::KeepFilter], "hint-keep");
        if !matches!(facts.page, Page::Search | Page::Aspect(..)) {
            hint(&[Command::Complete], "hint-complete");
        }
        hint(&[Command::EmptyFilter], "hint-empty");
        let drop = if matches!(facts.page, Page::Aspect(..)) {
            "hint-drop-search"
        } else {
            "hint-drop"
        };
        hint(&[Command::DropFilter], drop);
        return hints;
    }
    if facts.asked.is_some() {
        return hints;
    }
    let notice = facts
        .notice
        .is_some_and(|it| it.state == super::State::Warning);
    if facts.survey.clusters.iter().any(lost) {
        hint(&[Command::Retry], "hint-retry");
    }
    if notice {
        hint(&[Command::Escape], "hint-close");
    } else if filtered {
        hint(&[Command::Escape], "hint-drop");
    } else if !facts.marks.is_empty() {
        hint(&[Command::Escape], "hint-unmark");
    }
    if facts.pane.is_some() {
        hint(&[Command::Down, Command::Up], "hint-scroll");
        hint(&[Command::Pane], "hint-list");
        hint(&[Command::Leave], "hint-quit");
        hint(&[Command::Help], "hint-help");
        return hints;
    }
    if let Page::Aspect(aspect, object) = facts.page {
        if let Some(verb) = opens {
            hint(&[Command::Open], verb);
        }
        reading(facts, *aspect, &object.kind, &mut hint);
        return hints;
    }
    if matches!(facts.page, Page::History(_)) {
        for (commands, verb) in PAST {
            hint(commands, verb);
        }
        return hints;
    }
    let inside = matches!(facts.page, Page::Tenant(_));
    if !facts.rows.is_empty() {
        hint(&[Command::Open], "hint-open");
    }
    if let Some(object) = subject(facts) {
        if Aspect::Logs.applies(&object.kind) {
            hint(&[Command::Logs], "hint-logs");
        }
        if Aspect::Rollout.applies(&object.kind) {
            hint(&[Command::Rollout], "hint-rollout");
            hint(&[Command::Why], "hint-why");
            hint(&[Command::History], "hint-history");
        }
        hint(&[Command::Describe], "hint-describe");
        hint(&[Command::Events], "hint-events");
    }
    if inside {
        hint(&[Command::Fold, Command::Unfold], "hint-fold");
        if !notice && !filtered && facts.marks.is_empty() {
            hint(&[Command::Escape], "hint-out");
        }
    }
    for (commands, verb) in EVERYWHERE {
        hint(commands, verb);
    }
    hints
}

/// In a text.
fn reading(
    facts: &Facts<'_>,
    here: Aspect,
    kind: &ObjectKind,
    hint: &mut impl FnMut(&[Command], &str),
) {
    if here == Aspect::Logs {
        let paused = facts.logs.place.is_some();
        let verb = if paused { "hint-follow" } else { "hint-pause" };
        hint(&[Command::Follow], verb);
    }
    hint(&[Command::Filter], "hint-search");
    if facts.search.is_some() {
        hint(&[Command::NextInNeed, Command::PreviousInNeed], "hint-hits");
    }
    if here == Aspect::Logs {
        hint(&[Command::PreviousRun], "hint-previous");
        hint(&[Command::Since], "hint-since");
        hint(&[Command::Level], "hint-level");
        hint(&[Command::Wrap], "hint-wrap");
        hint(&[Command::Times], "hint-times");
        hint(&[Command::Save], "hint-save");
        hint(&[Command::Escape], "hint-out");
    } else {
        if here == Aspect::Events {
            let verb = if facts.warnings {
                "hint-all"
            } else {
                "hint-warnings"
            };
            hint(&[Command::Level], verb);
        }
        if here == Aspect::Yaml {
            hint(&[Command::Fold, Command::Unfold], "hint-fold");
        }
        hint(&[Command::Escape], "hint-out");
        for (aspect, command) in ASPECTS {
            if aspect != here && aspect.applies(kind) {
                hint(&[command], aspect.hint());
            }
        }
        if Aspect::Rollout.applies(kind) {
            hint(&[Command::History], "hint-history");
        }
        hint(&[Command::Wrap], "hint-wrap");
        hint(&[Command::Copy], "hint-copy");
    }
    hint(&[Command::Help], "hint-help");
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
