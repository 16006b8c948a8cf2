//! The one table of commands. Keys, footer, help and the README's table are read from it.

mod group;

pub use group::{GROUPS, Group, Line};

/// What a key can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    Up,
    Down,
    Top,
    Bottom,
    HalfPageUp,
    HalfPageDown,
    PageUp,
    PageDown,
    Watch,
    Tenants,
    Deployments,
    Applications,
    Flux,
    Helm,
    Journal,
    Open,
    Pane,
    Back,
    Forth,
    Fold,
    Unfold,
    Rollout,
    Why,
    Events,
    Yaml,
    Describe,
    History,
    Logs,
    Follow,
    PreviousRun,
    Since,
    Level,
    Container,
    Times,
    Save,
    Wrap,
    Copy,
    RollBack,
    Scale,
    Restart,
    Pause,
    Lasting,
    Undo,
    Evict,
    Delete,
    SuspendCronJob,
    UnsuspendCronJob,
    RunNow,
    Sync,
    SyncAndPrune,
    SyncDryRun,
    Refresh,
    HardRefresh,
    Terminate,
    Promote,
    PromoteFull,
    Abort,
    RetryRollout,
    Palette,
    Search,
    Tenant,
    Classes,
    Sort,
    SortUp,
    SortDown,
    Previous,
    Next,
    Choose,
    Dismiss,
    Filter,
    Mark,
    MarkSpan,
    NextInNeed,
    PreviousInNeed,
    Escape,
    Retry,
    KeepFilter,
    Complete,
    DropFilter,
    EmptyFilter,
    Help,
    Mouse,
    Redraw,
    Suspend,
    Leave,
    Quit,
}

/// Where a command makes sense. Keys of a narrow scope go before those that work everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    Everywhere,
    /// A screen with rows.
    List,
    /// The filter is being typed; keys that mean nothing else are text.
    Filter,
    /// Something is being chosen; keys that mean nothing else are text.
    Choice,
}

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::Everywhere, Scope::List, Scope::Filter, Scope::Choice];

    /// Its section in a keymap file.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Everywhere => "everywhere",
            Scope::List => "list",
            Scope::Filter => "filter",
            Scope::Choice => "choice",
        }
    }
}

pub struct Entry {
    pub command: Command,
    /// As written in a keymap file.
    pub name: &'static str,
    /// Message id of the one-line description.
    pub description: &'static str,
    pub scope: Scope,
}

const fn entry(
    command: Command,
    name: &'static str,
    description: &'static str,
    scope: Scope,
) -> Entry {
    Entry {
        command,
        name,
        description,
        scope,
    }
}

pub const TABLE: &[Entry] = &[
    entry(Command::Up, "up", "command-up", Scope::List),
    entry(Command::Down, "down", "command-down", Scope::List),
    entry(Command::Top, "top", "command-top", Scope::List),
    entry(Command::Bottom, "bottom", "command-bottom", Scope::List),
    entry(
        Command::HalfPageUp,
        "half-page-up",
        "command-half-page-up",
        Scope::List,
    ),
    entry(
        Command::HalfPageDown,
        "half-page-down",
        "command-half-page-down",
        Scope::List,
    ),
    entry(Command::PageUp, "page-up", "command-page-up", Scope::List),
    entry(
        Command::PageDown,
        "page-down",
        "command-page-down",
        Scope::List,
    ),
    entry(Command::Watch, "watch", "command-watch", Scope::List),
    entry(Command::Tenants, "tenants", "command-tenants", Scope::List),
    entry(
        Command::Deployments,
        "deployments",
        "command-deployments",
        Scope::List,
    ),
    entry(
        Command::Applications,
        "applications",
        "command-applications",
        Scope::List,
    ),
    entry(Command::Flux, "flux", "command-flux", Scope::List),
    entry(Command::Helm, "helm", "command-helm", Scope::List),
    entry(Command::Journal, "journal", "command-journal", Scope::List),
    entry(Command::Open, "open", "command-open", Scope::List),
    entry(Command::Pane, "pane", "command-pane", Scope::List),
    entry(Command::Back, "back", "command-back", Scope::List),
    entry(Command::Forth, "forth", "command-forth", Scope::List),
    entry(Command::Fold, "fold", "command-fold", Scope::List),
    entry(Command::Unfold, "unfold", "command-unfold", Scope::List),
    entry(Command::Rollout, "rollout", "command-rollout", Scope::List),
    entry(Command::Why, "why", "command-why", Scope::List),
    entry(Command::Events, "events", "command-events", Scope::List),
    entry(Command::Yaml, "yaml", "command-yaml", Scope::List),
    entry(
        Command::Describe,
        "describe",
        "command-describe",
        Scope::List,
    ),
    entry(Command::History, "history", "command-history", Scope::List),
    entry(Command::Logs, "logs", "command-logs", Scope::List),
    entry(Command::Follow, "follow", "command-follow", Scope::List),
    entry(
        Command::PreviousRun,
        "previous-run",
        "command-previous-run",
        Scope::List,
    ),
    entry(Command::Since, "since", "command-since", Scope::List),
    entry(Command::Level, "level", "command-level", Scope::List),
    entry(
        Command::Container,
        "container",
        "command-container",
        Scope::List,
    ),
    entry(Command::Times, "times", "command-times", Scope::List),
    entry(Command::Save, "save", "command-save", Scope::List),
    entry(Command::Wrap, "wrap", "command-wrap", Scope::List),
    entry(Command::Copy, "copy", "command-copy", Scope::List),
    entry(
        Command::RollBack,
        "roll-back",
        "command-roll-back",
        Scope::List,
    ),
    entry(Command::Scale, "scale", "command-scale", Scope::List),
    entry(Command::Restart, "restart", "command-restart", Scope::List),
    entry(Command::Pause, "pause", "command-pause", Scope::List),
    entry(Command::Lasting, "lasting", "command-lasting", Scope::List),
    entry(Command::Undo, "undo", "command-undo", Scope::List),
    entry(Command::Evict, "evict", "command-evict", Scope::List),
    entry(Command::Delete, "delete", "command-delete", Scope::List),
    entry(
        Command::SuspendCronJob,
        "suspend-cronjob",
        "command-suspend-cronjob",
        Scope::List,
    ),
    entry(
        Command::UnsuspendCronJob,
        "unsuspend-cronjob",
        "command-unsuspend-cronjob",
        Scope::List,
    ),
    entry(Command::RunNow, "run-now", "command-run-now", Scope::List),
    entry(Command::Sync, "sync", "command-sync", Scope::List),
    entry(
        Command::SyncAndPrune,
        "sync-and-prune",
        "command-sync-and-prune",
        Scope::List,
    ),
    entry(
        Command::SyncDryRun,
        "sync-dry-run",
        "command-sync-dry-run",
        Scope::List,
    ),
    entry(Command::Refresh, "refresh", "command-refresh", Scope::List),
    entry(
        Command::HardRefresh,
        "hard-refresh",
        "command-hard-refresh",
        Scope::List,
    ),
    entry(
        Command::Terminate,
        "terminate",
        "command-terminate",
        Scope::List,
    ),
    entry(Command::Promote, "promote", "command-promote", Scope::List),
    entry(
        Command::PromoteFull,
        "promote-full",
        "command-promote-full",
        Scope::List,
    ),
    entry(Command::Abort, "abort", "command-abort", Scope::List),
    entry(
        Command::RetryRollout,
        "retry-rollout",
        "command-retry-rollout",
        Scope::List,
    ),
    entry(Command::Palette, "palette", "command-palette", Scope::List),
    entry(Command::Search, "search", "command-search", Scope::List),
    entry(Command::Tenant, "tenant", "command-tenant", Scope::List),
    entry(Command::Classes, "classes", "command-classes", Scope::List),
    entry(Command::Sort, "sort", "command-sort", Scope::List),
    entry(Command::SortUp, "sort-up", "command-sort-up", Scope::List),
    entry(
        Command::SortDown,
        "sort-down",
        "command-sort-down",
        Scope::List,
    ),
    entry(Command::Filter, "filter", "command-filter", Scope::List),
    entry(Command::Mark, "mark", "command-mark", Scope::List),
    entry(
        Command::MarkSpan,
        "mark-span",
        "command-mark-span",
        Scope::List,
    ),
    entry(
        Command::NextInNeed,
        "next-in-need",
        "command-next-in-need",
        Scope::List,
    ),
    entry(
        Command::PreviousInNeed,
        "previous-in-need",
        "command-previous-in-need",
        Scope::List,
    ),
    entry(Command::Escape, "escape", "command-escape", Scope::List),
    entry(Command::Retry, "retry", "command-retry", Scope::List),
    entry(Command::Help, "help", "command-help", Scope::List),
    entry(
        Command::KeepFilter,
        "keep-filter",
        "command-keep-filter",
        Scope::Filter,
    ),
    entry(
        Command::Complete,
        "complete",
        "command-complete",
        Scope::Filter,
    ),
    entry(
        Command::DropFilter,
        "drop-filter",
        "command-drop-filter",
        Scope::Filter,
    ),
    entry(
        Command::EmptyFilter,
        "empty-filter",
        "command-empty-filter",
        Scope::Filter,
    ),
    entry(Command::Mouse, "mouse", "command-mouse", Scope::Everywhere),
    entry(
        Command::Previous,
        "previous",
        "command-previous",
        Scope::Choice,
    ),
    entry(Command::Next, "next", "command-next", Scope::Choice),
    entry(Command::Choose, "choose", "command-choose", Scope::Choice),
    entry(
        Command::Dismiss,
        "dismiss",
        "command-dismiss",
        Scope::Choice,
    ),
    entry(
        Command::Redraw,
        "redraw",
        "command-redraw",
        Scope::Everywhere,
    ),
    entry(
        Command::Suspend,
        "suspend",
        "command-suspend",
        Scope::Everywhere,
    ),
    entry(Command::Leave, "leave", "command-leave", Scope::List),
    entry(Command::Quit, "quit", "command-quit", Scope::Everywhere),
];

/// The row of a command.
pub fn of(command: Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == command)
}

/// The command of that name.
pub fn named(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::wording::{Catalogue, Language};

    #[test]
    fn every_command_stands_once_and_is_described_in_both_languages() {
        let names: HashSet<_> = TABLE.iter().map(|entry| entry.name).collect();
        let commands: HashSet<_> = TABLE.iter().map(|entry| entry.command).collect();
        assert_eq!(names.len(), TABLE.len());
        assert_eq!(commands.len(), TABLE.len());
        for language in [Language::English, Language::French] {
            let catalogue = Catalogue::new(language);
            for entry in TABLE {
                let described = catalogue.say(entry.description);
                assert_ne!(described, entry.description, "{}", entry.name);
            }
        }
    }
}
