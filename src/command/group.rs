//! Commands by what they are for, as help lists them: the two ends of one thing share a line.

use super::Command;

pub struct Group {
    /// Message id of its title.
    pub title: &'static str,
    pub lines: &'static [Line],
}

pub struct Line {
    /// Message id of what its keys do, in a few words.
    pub words: &'static str,
    pub commands: &'static [Command],
}

const fn group(title: &'static str, lines: &'static [Line]) -> Group {
    Group { title, lines }
}

const fn line(words: &'static str, commands: &'static [Command]) -> Line {
    Line { words, commands }
}

pub const GROUPS: &[Group] = &[
    group(
        "keys-move",
        &[
            line("keys-row", &[Command::Down, Command::Up]),
            line(
                "keys-in-need",
                &[Command::NextInNeed, Command::PreviousInNeed],
            ),
            line("keys-ends", &[Command::Top, Command::Bottom]),
            line(
                "keys-pages",
                &[
                    Command::HalfPageDown,
                    Command::HalfPageUp,
                    Command::PageDown,
                    Command::PageUp,
                ],
            ),
            line(
                "keys-screens",
                &[
                    Command::Watch,
                    Command::Tenants,
                    Command::Deployments,
                    Command::Applications,
                    Command::Flux,
                    Command::Helm,
                    Command::Journal,
                ],
            ),
            line("keys-open", &[Command::Open]),
            line("keys-escape", &[Command::Escape]),
            line("keys-pane", &[Command::Pane]),
            line("keys-trail", &[Command::Back, Command::Forth]),
            line("keys-copy", &[Command::Copy]),
            line("keys-fold", &[Command::Fold, Command::Unfold]),
            line("keys-wrap", &[Command::Wrap]),
        ],
    ),
    group(
        "keys-typing",
        &[
            line("keys-keep", &[Command::KeepFilter, Command::Choose]),
            line("keys-complete", &[Command::Complete]),
            line("keys-drop", &[Command::DropFilter, Command::Dismiss]),
            line("keys-empty", &[Command::EmptyFilter]),
            line("keys-choice", &[Command::Next, Command::Previous]),
        ],
    ),
    group(
        "keys-inside",
        &[
            line(
                "keys-aspects",
                &[
                    Command::Describe,
                    Command::Events,
                    Command::Yaml,
                    Command::Logs,
                ],
            ),
            line(
                "keys-course",
                &[Command::Rollout, Command::Why, Command::History],
            ),
            line(
                "keys-run",
                &[
                    Command::Follow,
                    Command::PreviousRun,
                    Command::Since,
                    Command::Save,
                ],
            ),
            line(
                "keys-act",
                &[
                    Command::RollBack,
                    Command::Scale,
                    Command::Restart,
                    Command::Pause,
                    Command::Sync,
                    Command::Lasting,
                    Command::Undo,
                ],
            ),
            line(
                "keys-go",
                &[
                    Command::Evict,
                    Command::Delete,
                    Command::RunNow,
                    Command::SuspendCronJob,
                    Command::UnsuspendCronJob,
                    Command::SyncAndPrune,
                    Command::SyncDryRun,
                    Command::Refresh,
                    Command::HardRefresh,
                    Command::Terminate,
                    Command::Promote,
                    Command::PromoteFull,
                    Command::Abort,
                    Command::RetryRollout,
                ],
            ),
            line("keys-level", &[Command::Level]),
            line("keys-lines", &[Command::Container, Command::Times]),
        ],
    ),
    group(
        "keys-find",
        &[
            line("keys-filter", &[Command::Filter]),
            line("keys-mark", &[Command::Mark, Command::MarkSpan]),
            line("keys-search", &[Command::Search]),
            line("keys-palette", &[Command::Palette]),
            line(
                "keys-sort",
                &[Command::Sort, Command::SortUp, Command::SortDown],
            ),
            line("keys-tenant", &[Command::Tenant, Command::Classes]),
        ],
    ),
    group(
        "keys-program",
        &[
            line("keys-help", &[Command::Help]),
            line("keys-retry", &[Command::Retry]),
            line("keys-redraw", &[Command::Redraw, Command::Mouse]),
            line("keys-suspend", &[Command::Suspend]),
            line("keys-quit", &[Command::Leave, Command::Quit]),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::TABLE;

    #[test]
    fn every_command_stands_on_one_line_of_help() {
        let lines = GROUPS.iter().flat_map(|group| group.lines);
        let listed: Vec<Command> = lines.flat_map(|line| line.commands).copied().collect();
        for entry in TABLE {
            let times = listed.iter().filter(|it| **it == entry.command).count();
            assert_eq!(times, 1, "{}", entry.name);
        }
    }
}
