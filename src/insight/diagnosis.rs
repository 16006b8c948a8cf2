//! From one pod to its ailment. Each rule looks at one fact, has its hold-off, and quotes the kubelet or the scheduler.

use crate::model::{Moment, Phase, Role, Status, Text};
use crate::store::{ContainerView, PodView, StateView, TerminationView};

use super::ailment::{Ailment, Exit};
use super::clock::{Clock, hold, keep};
use super::clues::Clues;
use super::pod_status::pod_status;

const NO_IMAGE: [&str; 7] = [
    "ErrImagePull",
    "ImagePullBackOff",
    "InvalidImageName",
    "ErrImageNeverPull",
    "ImageInspectError",
    "RegistryUnavailable",
    "SignatureValidationFailed",
];
const NO_CONTAINER: [&str; 6] = [
    "CreateContainerError",
    "RunContainerError",
    "StartError",
    "ContainerCannotRun",
    "PostStartHookError",
    "CreatePodSandboxError",
];
/// Seconds between two restarts at the most, with some for the start itself.
const LONGEST_BACK_OFF: i64 = 330;
const OUT_OF_MEMORY: &str = "OOMKilled";

pub(super) struct Sick {
    pub(super) ailment: Ailment,
    pub(super) since: Option<Moment>,
}

/// Nothing to look at: nearly every pod, so this must cost nearly nothing.
pub(super) fn healthy(pod: PodView<'_>) -> bool {
    match pod.phase() {
        Phase::Succeeded => true,
        Phase::Running => pod.deleting().is_none() && pod.ready() && pod.restarts() == 0,
        _ => false,
    }
}

pub(super) fn diagnose(pod: PodView<'_>, clock: &mut Clock, clues: &Clues<'_>) -> Option<Sick> {
    if let Some(asked) = pod.deleting() {
        return clock
            .lasted(Some(asked), hold::TERMINATING)
            .then_some(Sick {
                ailment: Ailment::Terminating,
                since: Some(asked),
            });
    }
    match pod.phase() {
        Phase::Succeeded => None,
        Phase::Failed => ended(pod, clock),
        _ => unscheduled(pod, clock)
            .or_else(|| {
                pod.containers()
                    .filter_map(|container| container_ailment(pod, container, clock, clues))
                    .min_by(|one, other| one.ailment.cmp(&other.ailment))
            })
            .or_else(|| starting(pod, clock, clues))
            .or_else(|| unready(pod, clock, clues)),
    }
}

fn ended(pod: PodView<'_>, clock: &mut Clock) -> Option<Sick> {
    let finished = pod
        .containers()
        .filter_map(|container| match container.state() {
            StateView::Terminated(ended) => ended.finished(),
            _ => None,
        })
        .max();
    let since = finished.or(pod.ready_changed()).or(pod.created());
    if !clock.recent(since, keep::ENDED_POD) {
        return None;
    }
    let words = || {
        pod.containers()
            .find_map(|container| match container.state() {
                StateView::Terminated(ended) if ended.exit_code() != 0 => Some(exit(ended)),
                _ => None,
            })
    };
    let ailment = if pod.reason() == "Evicted" {
        Ailment::Evicted {
            message: pod.message().into(),
        }
    } else if let Some(exit) = words().filter(|_| pod.reason().is_empty()) {
        Ailment::Failed {
            reason: describe(&exit),
            message: exit.message,
        }
    } else {
        // As kubectl: the phase where there is no reason.
        let reason = Some(pod.reason()).filter(|reason| !reason.is_empty());
        Ailment::Failed {
            reason: reason.unwrap_or(pod.phase().word()).into(),
            message: pod.message().into(),
        }
    };
    Some(Sick { ailment, since })
}

fn unscheduled(pod: PodView<'_>, clock: &mut Clock) -> Option<Sick> {
    if !pod.node().is_empty() || pod.phase() != Phase::Pending {
        return None;
    }
    let condition = pod.condition("PodScheduled")?;
    if condition.status != Status::False || condition.reason == "SchedulingGated" {
        return None;
    }
    let since = condition.changed.or(pod.created());
    clock.lasted(since, hold::NO_NODE).then(|| Sick {
        ailment: Ailment::Unschedulable {
            message: condition.message,
            cpu: pod.cpu_request(),
            memory: pod.memory_request(),
        },
        since,
    })
}

fn container_ailment(
    pod: PodView<'_>,
    container: ContainerView<'_>,
    clock: &mut Clock,
    clues: &Clues<'_>,
) -> Option<Sick> {
    match container.state() {
        StateView::Waiting { reason, message } => {
            waiting(pod, container, (reason, message), clock, clues)
        }
        StateView::Terminated(end) => {
            // Who was restarted after a good end is restarted after each.
            let always = container.last().is_some_and(|last| last.exit_code() == 0);
            let matters = end.exit_code() != 0 || container.role() != Role::Init && always;
            let again = container.restarts() > 1 && ran_briefly(end)
                || clock.lasted(end.finished(), hold::CRASHED_ONCE);
            (matters && again).then(|| loops(pod, container, Some(end), clues))
        }
        StateView::Running { .. } => {
            let last = container.last()?;
            let told = last.reason() == OUT_OF_MEMORY
                && clock.recent(last.finished(), keep::OUT_OF_MEMORY)
                || in_loop(container, clock);
            told.then(|| loops(pod, container, Some(last), clues))
        }
        StateView::Unknown => None,
    }
}

/// Whether the pod can be counted on: one that is ready between two ends is not.
pub(super) fn serves(pod: PodView<'_>, clock: &mut Clock) -> bool {
    pod.ready() && !pod.containers().any(|container| in_loop(container, clock))
}

/// Runs again after several ends, and not yet for long enough to be out of the kubelet's back-off.
fn in_loop(container: ContainerView<'_>, clock: &mut Clock) -> bool {
    let (StateView::Running { since }, Some(last)) = (container.state(), container.last()) else {
        return false;
    };
    container.restarts() >= 2
        && ran_briefly(last)
        && clock.recent(since.or(last.finished()), keep::BACK_OFF)
}

/// Ended before the kubelet would have forgotten its back-off. A run whose beginning is not known may have.
fn ran_briefly(end: TerminationView<'_>) -> bool {
    let run = end.started().zip(end.finished());
    run.is_none_or(|(started, finished)| started.age(finished) < keep::BACK_OFF)
}

fn waiting(
    pod: PodView<'_>,
    container: ContainerView<'_>,
    (reason, message): (&str, &str),
    clock: &mut Clock,
    clues: &Clues<'_>,
) -> Option<Sick> {
    let since = pod.created();
    let failed = || clues.words(pod.uid(), &["Failed"]).unwrap_or_default();
    let told = |own: &str| match own {
        "" => failed(),
        own => own.into(),
    };
    if reason == "CrashLoopBackOff" {
        let surely = container.restarts() >= 2 || clock.lasted(since, hold::CRASHED_ONCE);
        return surely.then(|| loops(pod, container, container.last(), clues));
    }
    let ailment = if NO_IMAGE.contains(&reason) {
        if reason != "InvalidImageName" && !clock.lasted(since, hold::NO_IMAGE) {
            return None;
        }
        Ailment::ImagePull {
            image: container.image().into(),
            // The two alternate at each try; a row must not.
            reason: if reason == "ErrImagePull" {
                "ImagePullBackOff"
            } else {
                reason
            }
            .into(),
            message: pull_words(&told(pull_words(message))).into(),
        }
    } else if reason == "CreateContainerConfigError" {
        Ailment::Config {
            reason: reason.into(),
            message: told(message),
        }
    } else if NO_CONTAINER.contains(&reason) {
        Ailment::CannotStart {
            reason: reason.into(),
            message: told(message),
        }
    } else {
        return None;
    };
    clock
        .lasted(
            since,
            if reason == "InvalidImageName" {
                0
            } else {
                hold::NO_CONTAINER
            },
        )
        .then_some(Sick { ailment, since })
}

/// What the runtime said of a pull, whether the kubelet says it bare, in an event or behind its back-off: the three take
/// turns. Empty when it only backs off.
fn pull_words(message: &str) -> &str {
    let frames = ["Back-off pulling image \"", "Failed to pull image \""];
    let inside = frames
        .iter()
        .find_map(|frame| message.strip_prefix(frame)?.split_once('"'));
    let Some((_, words)) = inside else {
        return message;
    };
    let words = words.trim_start_matches([':', ' ']);
    words.strip_prefix("ErrImagePull: ").unwrap_or(words)
}

fn loops(
    pod: PodView<'_>,
    container: ContainerView<'_>,
    end: Option<TerminationView<'_>>,
    clues: &Clues<'_>,
) -> Sick {
    let since = looping_since(pod, container, end, clues);
    let name = Text::from(container.name());
    let last = container.last().map(TerminationView::reason);
    let memory =
        end.map(TerminationView::reason) == Some(OUT_OF_MEMORY) || last == Some(OUT_OF_MEMORY);
    let ailment = if memory {
        Ailment::OutOfMemory {
            container: name,
            times: container.restarts().max(1),
            limit: container.memory_limit(),
        }
    } else {
        Ailment::CrashLoop {
            container: name,
            restarts: container.restarts(),
            exit: end.map(exit),
        }
    };
    Sick { ailment, since }
}

/// The kubelet keeps only the last end. Restarts that fill the pod's life at the longest back-off mean it never ran well.
fn looping_since(
    pod: PodView<'_>,
    container: ContainerView<'_>,
    end: Option<TerminationView<'_>>,
    clues: &Clues<'_>,
) -> Option<Moment> {
    let seen = clues.first(pod.uid(), &["BackOff", "OOMKilling"]);
    let longest = (i64::from(container.restarts()) + 1) * LONGEST_BACK_OFF;
    let last = end.and_then(TerminationView::finished);
    let created = pod
        .created()
        .filter(|created| last.is_none_or(|last| created.age(last) <= longest));
    created
        .or(seen)
        .or_else(|| pod.ready_changed().min(last).or(last))
        .or(pod.created())
}

fn starting(pod: PodView<'_>, clock: &mut Clock, clues: &Clues<'_>) -> Option<Sick> {
    let waits = |container: ContainerView<'_>| match container.state() {
        StateView::Waiting { .. } | StateView::Unknown => true,
        StateView::Running { .. } => container.role() == Role::Init,
        StateView::Terminated(_) => false,
    };
    let none_yet = pod.phase() == Phase::Pending && pod.containers().next().is_none();
    if pod.node().is_empty() || !(none_yet || pod.containers().any(waits)) {
        return None;
    }
    let since = pod.created();
    let works = pod.containers().any(|container| {
        container.role() == Role::Init && matches!(container.state(), StateView::Running { .. })
    });
    let hold = if works {
        hold::NEVER_READY
    } else {
        hold::STARTING
    };
    clock.lasted(since, hold).then(|| {
        let status = pod_status(pod);
        Sick {
            ailment: Ailment::Starting {
                status: if status == "Pending" {
                    "ContainerCreating".into()
                } else {
                    status.into()
                },
                message: clues.words(pod.uid(), &[]).unwrap_or_default(),
            },
            since,
        }
    })
}

fn unready(pod: PodView<'_>, clock: &mut Clock, clues: &Clues<'_>) -> Option<Sick> {
    if pod.ready() || pod.phase() != Phase::Running {
        return None;
    }
    let running = pod
        .containers()
        .filter_map(|container| match container.state() {
            StateView::Running { since } => since,
            _ => None,
        })
        .max();
    // Not ready is written before the containers start; after that, the pod was ready before.
    let lost = pod
        .ready_changed()
        .filter(|changed| running.is_some_and(|running| *changed > running));
    // A container that was restarted has its time to start again.
    let since = lost.or(running).or(pod.created());
    let hold = if lost.is_some() {
        hold::NO_MORE_READY
    } else {
        hold::NEVER_READY
    };
    clock.lasted(since, hold).then(|| Sick {
        ailment: Ailment::Unready {
            message: clues
                .words(pod.uid(), &["Unhealthy"])
                .or_else(|| pod.condition("Ready").map(|ready| ready.message))
                .unwrap_or_default(),
        },
        since,
    })
}

pub(super) fn exit(end: TerminationView<'_>) -> Exit {
    Exit {
        code: end.exit_code(),
        signal: end.signal(),
        reason: end.reason().into(),
        message: last_line(end.message()).into(),
    }
}

/// The kubelet's word for an end, or its number.
fn describe(exit: &Exit) -> Text {
    if exit.reason.is_empty() || exit.reason == "Error" {
        compact_str::format_compact!("exit {}", exit.code)
    } else {
        exit.reason.clone()
    }
}

/// A termination message is the end of a log: its last line with a word in it is the nearest to the cause.
fn last_line(text: &str) -> &str {
    text.lines()
        .rev()
        .map(str::trim)
        .find(|line| line.contains(char::is_alphanumeric))
        .unwrap_or_else(|| text.trim())
}

#[cfg(test)]
mod tests {
    use super::{last_line, pull_words};

    #[test]
    fn the_three_ways_to_tell_of_a_pull_have_the_same_words() {
        let said = "rpc error: code = NotFound desc = reg.test/web:feat-9: not found";
        for framed in [
            said.to_owned(),
            format!("Failed to pull image \"reg.test/web:feat-9\": {said}"),
            format!("Back-off pulling image \"reg.test/web:feat-9\": ErrImagePull: {said}"),
        ] {
            assert_eq!(pull_words(&framed), said);
        }
        let alone = "Back-off pulling image \"reg.test/web:feat-9\"";
        assert_eq!(pull_words(alone), "");
    }

    #[test]
    fn the_last_line_of_a_log_is_the_last_that_says_something() {
        let said = "FATAL config: DB_URL is not set";
        for text in [
            said.to_owned(),
            format!("starting\n{said}\n"),
            format!("starting\r\n  {said}\n}}\n\n"),
            format!("  {said} "),
        ] {
            assert_eq!(last_line(&text), said);
        }
        assert_eq!(last_line("\n \n"), "");
        assert_eq!(last_line(" }\n"), "}");
    }
}
