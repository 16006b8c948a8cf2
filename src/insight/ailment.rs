//! What is wrong with one pod.

use crate::model::Text;

/// Why a pod does not serve, worst first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ailment {
    /// `times` it was restarted; `limit` in MiB, 0 when none is set.
    OutOfMemory {
        container: Text,
        times: u32,
        limit: u32,
    },
    CrashLoop {
        container: Text,
        restarts: u32,
        exit: Option<Exit>,
    },
    ImagePull {
        image: Text,
        reason: Text,
        message: Text,
    },
    /// `CreateContainerConfigError`: what the container refers to is missing.
    Config { reason: Text, message: Text },
    /// `RunContainerError`, `CreateContainerError`…
    CannotStart { reason: Text, message: Text },
    /// The scheduler's words.
    Unschedulable {
        message: Text,
        cpu: u32,
        memory: u32,
    },
    /// Taken away by the kubelet.
    Evicted { message: Text },
    /// Ended and not replaced by its own container: `Error`, `DeadlineExceeded`, `NodeAffinity`…
    Failed { reason: Text, message: Text },
    /// Not started for long: `ContainerCreating`, `Init:0/1`, and the warning that tells why.
    Starting { status: Text, message: Text },
    /// Runs and is not ready; the probe's words when they were seen.
    Unready { message: Text },
    /// Deleted long ago and still there.
    Terminating,
}

/// How a container last ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exit {
    pub code: i32,
    pub signal: i32,
    pub reason: Text,
    /// The container's own last words, when it left any.
    pub message: Text,
}

impl Ailment {
    /// A stable word for scripts; the kubelet's where it has one.
    pub fn reason(&self) -> &str {
        match self {
            Ailment::OutOfMemory { .. } => "OOMKilled",
            Ailment::CrashLoop { .. } => "CrashLoopBackOff",
            Ailment::ImagePull { reason, .. }
            | Ailment::Config { reason, .. }
            | Ailment::CannotStart { reason, .. } => reason,
            Ailment::Unschedulable { .. } => "Unschedulable",
            Ailment::Evicted { .. } => "Evicted",
            Ailment::Failed { .. } => "PodFailed",
            Ailment::Starting { .. } => "NotStarted",
            Ailment::Unready { .. } => "Unready",
            Ailment::Terminating => "StuckTerminating",
        }
    }
}
