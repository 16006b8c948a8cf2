//! `vigie rollback`, `scale`, `restart`, `pause`, `resume`, `sync`, `promote`, `abort`, `retry`, `undo`: the plans of the screen,
//! and the same journal.

mod consent;
mod document;
mod lasting;
mod request;
mod run;
mod send;
mod sentences;
mod settle;

pub use consent::Person;
pub use run::{Asked, Ports, run};

use clap::ValueEnum;

use super::kind_name::KindName;

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Do(KindName, Doing),
    /// The action of the journal that is taken back; the last one where none is named.
    Undo(Option<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    RollBack {
        to: Option<u64>,
        /// What would put it back is held back first.
        lasting: bool,
    },
    Scale {
        to: u32,
        lasting: bool,
    },
    Restart,
    Pause,
    Resume,
    Sync {
        prune: bool,
    },
    SyncDryRun {
        prune: bool,
    },
    Promote {
        full: bool,
    },
    Abort,
    Retry,
}

/// How it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Only what would be done; nothing is written, the journal included.
    pub dry_run: bool,
    pub yes: bool,
    /// The environment's name, as a person would type it.
    pub confirm: Option<String>,
    pub reason: String,
    /// Until the cluster has reached it, or has given up.
    pub wait: bool,
    pub format: PlanFormat,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    #[default]
    Text,
    Json,
}
