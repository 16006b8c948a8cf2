//! The STATUS text of `kubectl get pods` (`kubernetes/kubernetes` `pkg/printers/internalversion/printers.go`).

use crate::model::{Phase, Role, Status};
use crate::store::{PodView, StateView, TerminationView};

pub fn pod_status(pod: PodView<'_>) -> String {
    let mut text = if pod.reason().is_empty() {
        pod.phase().word().to_owned()
    } else {
        pod.reason().to_owned()
    };
    let gated = pod
        .condition("PodScheduled")
        .is_some_and(|condition| condition.reason == "SchedulingGated");
    if gated {
        "SchedulingGated".clone_into(&mut text);
    }
    let initializing = init_status(pod);
    let stopped_there = initializing.is_some();
    if let Some(status) = initializing {
        text = status;
    }
    if !stopped_there || true_condition(pod, "Initialized") {
        text = main_status(pod, text);
    }
    if pod.deleting().is_some() {
        if pod.reason() == "NodeLost" {
            "Unknown".clone_into(&mut text);
        } else if !matches!(pod.phase(), Phase::Succeeded | Phase::Failed) {
            "Terminating".clone_into(&mut text);
        }
    }
    text
}

fn true_condition(pod: PodView<'_>, name: &str) -> bool {
    pod.condition(name)
        .is_some_and(|condition| condition.status == Status::True)
}

/// What the first init container that is not over says.
fn init_status(pod: PodView<'_>) -> Option<String> {
    let init = || {
        pod.containers()
            .filter(|container| container.role() != Role::Main)
    };
    let total = init().count();
    for (number, container) in init().enumerate() {
        match container.state() {
            StateView::Terminated(end) if end.exit_code() == 0 => {}
            _ if container.role() == Role::Sidecar && container.started() => {}
            StateView::Terminated(end) if end.reason().is_empty() => {
                return Some(format!("Init:{}", numbered(end)));
            }
            StateView::Terminated(end) => return Some(format!("Init:{}", end.reason())),
            StateView::Waiting { reason, .. }
                if !reason.is_empty() && reason != "PodInitializing" =>
            {
                return Some(format!("Init:{reason}"));
            }
            _ => return Some(format!("Init:{number}/{total}")),
        }
    }
    None
}

/// The first container's text wins; `text` where none has one.
fn main_status(pod: PodView<'_>, mut text: String) -> String {
    let mut running = false;
    let containers: smallvec::SmallVec<[_; 4]> = pod
        .containers()
        .filter(|container| container.role() == Role::Main)
        .collect();
    for container in containers.iter().rev() {
        match container.state() {
            StateView::Waiting { reason, .. } if !reason.is_empty() => {
                reason.clone_into(&mut text);
            }
            StateView::Terminated(end) if end.reason().is_empty() => text = numbered(end),
            StateView::Terminated(end) => end.reason().clone_into(&mut text),
            StateView::Running { .. } if container.ready() => running = true,
            _ => {}
        }
    }
    if text == "Completed" && running {
        let ready = true_condition(pod, "Ready");
        if ready { "Running" } else { "NotReady" }.clone_into(&mut text);
    }
    text
}

fn numbered(end: TerminationView<'_>) -> String {
    if end.signal() == 0 {
        format!("ExitCode:{}", end.exit_code())
    } else {
        format!("Signal:{}", end.signal())
    }
}
