//! What an Argo Rollout has beyond any other workload: how its new revision is let in, and how far it is
//! (`argoproj/argo-rollouts` `pkg/apis/rollouts/v1alpha1/types.go`).

use smallvec::SmallVec;

use super::{Moment, Text, Workload};

#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub way: DeliveryWay,
    pub phase: DeliveryPhase,
    /// Why it is in that phase, in the controller's words.
    pub message: Text,
    pub pauses: SmallVec<[Pause; 1]>,
    /// The controller has paused it. While no pause is told any more, somebody let it go on and the controller has not yet.
    pub held: bool,
    pub aborted: bool,
    pub aborted_at: Option<Moment>,
    /// Its blue-green pause ends by itself after a while.
    pub promotes_itself: bool,
    /// From 0; that of their count is the end. None where it has no steps.
    pub step: Option<u32>,
    /// The first of them; `step_count` tells how many there are.
    pub steps: Vec<DeliveryStep>,
    pub step_count: u32,
    /// As the traffic router has them; None without one.
    pub weights: Option<Weights>,
    /// What keeps its template, where it does not itself.
    pub target: Option<DeliveryTarget>,
    /// The generation of that which its controller has seen.
    pub target_generation: Option<i64>,
    /// Of the analyses under way or that ended last.
    pub analyses: SmallVec<[Analysis; 1]>,
    /// When its pods were asked to be made anew, and up to when they are.
    pub restart_at: Option<Moment>,
    pub restarted_at: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryWay {
    Canary,
    BlueGreen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryPhase {
    Healthy,
    Progressing,
    Paused,
    Degraded,
    /// None yet, or one of a newer version.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// `CanaryPauseStep`, `BlueGreenPause`, `InconclusiveAnalysisRun`, `InconclusiveExperiment`.
    pub reason: Text,
    pub since: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryStep {
    /// Percent.
    Weight(u32),
    /// As it is written, `10m`; empty where only a person ends it.
    Pause(Text),
    /// By the name of its field: `analysis`, `experiment`, `setCanaryScale`…
    Other(Text),
}

/// Percent of the traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    pub canary: u32,
    pub stable: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryTarget {
    pub kind: Text,
    pub name: Text,
}

/// An `AnalysisRun`, as the Argo Rollout repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    pub name: Text,
    /// `Pending`, `Running`, `Successful`, `Failed`, `Error`, `Inconclusive`.
    pub status: Text,
    pub message: Text,
}

impl Delivery {
    /// Steps and analyses kept.
    pub const KEPT: usize = 32;

    /// Percent that the new revision has, by the router; without one that which it is to have.
    pub fn weight(&self) -> Option<u32> {
        let routed = self.weights.map(|it| it.canary);
        routed.or_else(|| self.wanted_weight())
    }

    /// Percent that it is to have: by the last step that says so, nothing once it was given up.
    pub fn wanted_weight(&self) -> Option<u32> {
        if self.aborted {
            return Some(0).filter(|_| self.step_count > 0);
        }
        let step = self.step?;
        if self.step_count > 0 && step >= self.step_count {
            return Some(100);
        }
        let done = usize::try_from(step).ok()?;
        let steps = self.steps.iter().take(done + 1).rev();
        let mut weights = steps.filter_map(|it| match it {
            DeliveryStep::Weight(percent) => Some(*percent),
            _ => None,
        });
        weights.next().or(Some(0))
    }

    /// Since when it stands still by itself.
    pub fn paused_since(&self) -> Option<Moment> {
        self.pauses.iter().filter_map(|it| it.since).min()
    }

    /// Time alone ends the pause that it is at.
    pub fn pause_is_timed(&self) -> bool {
        let at = self.step.and_then(|it| usize::try_from(it).ok());
        let step = at.and_then(|it| self.steps.get(it));
        let timed = matches!(step, Some(DeliveryStep::Pause(span)) if !span.is_empty());
        let passes = |it: &Pause| match it.reason.as_str() {
            "CanaryPauseStep" => timed,
            "BlueGreenPause" => self.promotes_itself,
            _ => false,
        };
        !self.pauses.is_empty() && self.pauses.iter().all(passes)
    }

    /// A person let it go on, and its controller has not seen that yet.
    pub fn goes_on(&self) -> bool {
        self.held && self.pauses.is_empty()
    }
}

impl Workload {
    /// An Argo Rollout whose newest revision is the stable one.
    pub fn is_promoted(&self) -> bool {
        self.update_revision == self.current_revision
    }

    /// The pods of an Argo Rollout are made anew, of the same revision.
    pub fn restarts(&self) -> bool {
        let delivery = self.delivery.as_deref();
        delivery.is_some_and(|it| it.restart_at.is_some() && it.restart_at != it.restarted_at)
    }

    /// It stands still until somebody, or time, lets it go on.
    pub fn stands_still(&self) -> bool {
        let waits = |it: &Delivery| it.phase == DeliveryPhase::Paused && !it.goes_on();
        self.paused || self.delivery.as_deref().is_some_and(waits)
    }

    /// Its new revision was given up, and the stable one serves.
    pub fn is_aborted(&self) -> bool {
        self.delivery.as_deref().is_some_and(|it| it.aborted)
    }
}
