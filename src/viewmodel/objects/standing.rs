//! How an object stands, from what its columns say.

use crate::model::{TableColumn, Text};
use crate::viewmodel::{State, order};

/// Columns that say whether it is as it should be.
const TESTS: [&str; 7] = [
    "ready",
    "available",
    "healthy",
    "synced",
    "established",
    "accepted",
    "programmed",
];
/// Columns that say it in a word.
const WORDS: [&str; 8] = [
    "type",
    "status",
    "state",
    "phase",
    "health",
    "health status",
    "sync status",
    "reason",
];
/// Over, and well: nothing of it is ready any more, as it should be.
const DONE: [&str; 3] = ["completed", "complete", "succeeded"];

/// What the columns say in words that Kubernetes and its controllers use: one that is on its way or has failed says so itself,
/// else the worst counts. [`State::Absent`] where none says anything, since most kinds have no state.
pub(super) fn state(said: &[(TableColumn, Text)]) -> State {
    let worst = |columns: &[&str]| {
        let named = said
            .iter()
            .filter(|(column, _)| columns.contains(&column.name.to_lowercase().as_str()));
        let states = named.filter_map(|(column, cell)| state_of(&column.name, cell));
        states.min_by_key(|it| order::rank(*it))
    };
    let done = |(_, cell): &(TableColumn, Text)| DONE.contains(&cell.to_lowercase().as_str());
    match worst(&WORDS) {
        Some(State::Good) if said.iter().any(done) => State::Good,
        Some(State::Good) | None => worst(&TESTS).or(worst(&WORDS)).unwrap_or(State::Absent),
        Some(state) => state,
    }
}

/// What one cell says.
pub(super) fn state_of(column: &str, cell: &str) -> Option<State> {
    let (column, cell) = (column.to_lowercase(), cell.to_lowercase());
    if TESTS.contains(&column.as_str()) {
        return test(&cell);
    }
    if !WORDS.contains(&column.as_str()) {
        return None;
    }
    // `Ready,SchedulingDisabled`, `Init:CrashLoopBackOff`.
    let words = cell.split([',', ':', ' ']).filter(|it| !it.is_empty());
    let states = words.filter_map(state_word);
    states.min_by_key(|it| order::rank(*it))
}

fn test(cell: &str) -> Option<State> {
    match cell {
        "true" => Some(State::Good),
        "false" => Some(State::Warning),
        "unknown" => Some(State::Unknown),
        _ => {
            let (ready, wanted) = cell.split_once('/')?;
            let (ready, wanted): (u32, u32) = (ready.parse().ok()?, wanted.parse().ok()?);
            let short = ready < wanted;
            Some(if short { State::Warning } else { State::Good })
        }
    }
}

fn state_word(word: &str) -> Option<State> {
    const KNOWN: [(State, &[&str]); 5] = [
        (
            State::Good,
            &[
                "active",
                "bound",
                "ready",
                "running",
                "available",
                "succeeded",
                "completed",
                "complete",
                "healthy",
                "synced",
                "deployed",
                "approved",
                "valid",
            ],
        ),
        (
            State::Moving,
            &[
                "pending",
                "progressing",
                "creating",
                "provisioning",
                "terminating",
                "containercreating",
                "podinitializing",
                "reconciling",
                "waiting",
                "released",
            ],
        ),
        (
            State::Warning,
            &[
                "notready",
                "degraded",
                "outofsync",
                "missing",
                "unhealthy",
                "evicted",
                "invalid",
                "expired",
                "imagepullbackoff",
                "errimagepull",
                "crashloopbackoff",
                "oomkilled",
                "warning",
                "createcontainerconfigerror",
            ],
        ),
        (State::Failed, &["failed", "error", "lost"]),
        (
            State::Waiting,
            &["suspended", "paused", "schedulingdisabled"],
        ),
    ];
    let known = KNOWN.iter().find(|(_, words)| words.contains(&word));
    known.map(|(state, _)| *state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_from_the_words_that_controllers_use() {
        let states = |cells: &[(&str, &str)]| {
            let said: Vec<_> = cells
                .iter()
                .map(|(name, cell)| {
                    let name = Text::from(*name);
                    (TableColumn { name, wide: false }, Text::from(*cell))
                })
                .collect();
            state(&said)
        };
        assert_eq!(
            states(&[("Ready", "True"), ("Secret", "web-tls")]),
            State::Good
        );
        assert_eq!(
            states(&[("Ready", "1/2"), ("Status", "Running")]),
            State::Warning
        );
        assert_eq!(
            states(&[("Ready", "0/1"), ("Status", "Completed")]),
            State::Good
        );
        assert_eq!(
            states(&[("Ready", "0/1"), ("Status", "ContainerCreating")]),
            State::Moving
        );
        assert_eq!(
            states(&[("Status", "Init:CrashLoopBackOff")]),
            State::Warning
        );
        assert_eq!(
            states(&[("Status", "Ready,SchedulingDisabled")]),
            State::Waiting
        );
        assert_eq!(states(&[("Phase", "Lost")]), State::Failed);
        assert_eq!(
            states(&[("Status", "Pending"), ("Volume", "")]),
            State::Moving
        );
        assert_eq!(
            states(&[("Sync Status", "OutOfSync"), ("Health Status", "Healthy")]),
            State::Warning
        );
        assert_eq!(states(&[("Data", "3"), ("Class", "failed")]), State::Absent);
    }
}
