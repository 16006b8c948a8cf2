//! Pods, as much of them as a judgement or a row needs.

use super::{Condition, Meta, Moment, Text};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    Pending,
    Running,
    Succeeded,
    Failed,
    Unknown,
}

impl Phase {
    pub fn from_word(word: &str) -> Self {
        match word {
            "Pending" => Phase::Pending,
            "Running" => Phase::Running,
            "Succeeded" => Phase::Succeeded,
            "Failed" => Phase::Failed,
            _ => Phase::Unknown,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Phase::Pending => "Pending",
            Phase::Running => "Running",
            Phase::Succeeded => "Succeeded",
            Phase::Failed => "Failed",
            Phase::Unknown => "Unknown",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Pod {
    pub meta: Meta,
    pub phase: Phase,
    /// `status.reason`: `Evicted`, `NodeLost`… Empty when there is none.
    pub reason: Text,
    pub message: Text,
    /// Empty until scheduled.
    pub node: Text,
    pub started: Option<Moment>,
    pub conditions: Vec<Condition>,
    /// Init containers first, in spec order within each role.
    pub containers: Vec<Container>,
    /// Sum of the containers' requests, in thousandths of a core.
    pub cpu_request: u32,
    /// Sum of the containers' requests, in MiB, rounded up.
    pub memory_request: u32,
}

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Main,
    Init,
    /// An init container with `restartPolicy: Always`; counts in READY.
    Sidecar,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    pub role: Role,
    pub name: Text,
    /// As the spec asks for it.
    pub image: Text,
    pub ready: bool,
    pub started: bool,
    pub restarts: u32,
    /// Memory limit in MiB, rounded up; 0 when none is set.
    pub memory_limit: u32,
    pub state: ContainerState,
    /// How it last ended, when it was restarted.
    pub last: Option<Termination>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ContainerState {
    Waiting {
        reason: Text,
        message: Text,
    },
    Running {
        since: Option<Moment>,
    },
    Terminated(Termination),
    /// The kubelet has not spoken of it yet.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Termination {
    pub reason: Text,
    pub message: Text,
    pub exit_code: i32,
    pub signal: i32,
    pub started: Option<Moment>,
    pub finished: Option<Moment>,
}
