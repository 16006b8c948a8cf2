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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::*;
    use crate::model::{Container, ContainerState, Pod, Termination};

    fn status(pod: Pod) -> String {
        let uid = pod.meta.uid;
        let mut stage = Stage::new();
        stage.add(pod);
        let cluster = stage.store.cluster(HOME).unwrap();
        pod_status(cluster.pod(uid).unwrap())
    }

    fn of(phase: Phase, containers: Vec<Container>) -> Pod {
        let mut it = pod("shop", "x", None, 0);
        (it.phase, it.containers) = (phase, containers);
        it
    }

    fn ending(reason: &str, code: i32, signal: i32) -> Container {
        container(ContainerState::Terminated(Termination {
            signal,
            ..ended(reason, code, "", 5)
        }))
    }

    fn as_(role: Role, it: Container) -> Container {
        Container { role, ..it }
    }

    #[test]
    fn a_running_pod_is_running_and_a_finished_one_completed() {
        assert_eq!(status(of(Phase::Running, vec![runs(0)])), "Running");
        assert_eq!(
            status(of(Phase::Succeeded, vec![ending("Completed", 0, 0)])),
            "Completed"
        );
        assert_eq!(status(of(Phase::Pending, vec![])), "Pending");
    }

    #[test]
    fn the_pods_own_reason_comes_before_its_phase() {
        let mut it = of(Phase::Failed, vec![]);
        it.reason = "Evicted".into();
        assert_eq!(status(it), "Evicted");
    }

    #[test]
    fn a_scheduling_gate_is_said() {
        let mut it = of(Phase::Pending, vec![]);
        it.conditions.push(condition(
            "PodScheduled",
            Status::False,
            "SchedulingGated",
            0,
        ));
        assert_eq!(status(it), "SchedulingGated");
    }

    #[test]
    fn init_containers_speak_until_they_are_over() {
        let main = || waits("PodInitializing", "");
        let init = |it| as_(Role::Init, it);
        let with = |one| {
            status(of(
                Phase::Pending,
                vec![init(one), init(waits("", "")), main()],
            ))
        };
        assert_eq!(with(runs(0)), "Init:0/2");
        assert_eq!(with(waits("PodInitializing", "")), "Init:0/2");
        assert_eq!(with(waits("CrashLoopBackOff", "")), "Init:CrashLoopBackOff");
        assert_eq!(with(ending("Error", 1, 0)), "Init:Error");
        assert_eq!(with(ending("", 3, 0)), "Init:ExitCode:3");
        assert_eq!(with(ending("", 137, 9)), "Init:Signal:9");
        assert_eq!(with(ending("Completed", 0, 0)), "Init:1/2");
    }

    #[test]
    fn a_started_sidecar_does_not_hold_the_others() {
        let sidecar = |started| Container {
            started,
            ..as_(Role::Sidecar, runs(0))
        };
        assert_eq!(
            status(of(Phase::Running, vec![sidecar(true), runs(0)])),
            "Running"
        );
        assert_eq!(
            status(of(
                Phase::Pending,
                vec![sidecar(false), waits("PodInitializing", "")]
            )),
            "Init:0/1"
        );
    }

    #[test]
    fn once_initialized_the_main_containers_speak() {
        let mut it = of(
            Phase::Running,
            vec![
                as_(Role::Sidecar, ending("Error", 1, 0)),
                waits("CrashLoopBackOff", ""),
            ],
        );
        it.conditions
            .push(condition("Initialized", Status::True, "", 0));
        assert_eq!(status(it), "CrashLoopBackOff");
    }

    #[test]
    fn the_first_container_with_something_to_say_wins() {
        assert_eq!(
            status(of(
                Phase::Running,
                vec![waits("ErrImagePull", ""), ending("Error", 1, 0)]
            )),
            "ErrImagePull"
        );
        assert_eq!(
            status(of(Phase::Running, vec![runs(0), ending("", 2, 0)])),
            "ExitCode:2"
        );
        assert_eq!(
            status(of(Phase::Running, vec![ending("", 0, 15)])),
            "Signal:15"
        );
    }

    #[test]
    fn a_finished_container_beside_a_running_one_is_not_the_end() {
        let both = || vec![ending("Completed", 0, 0), runs(0)];
        assert_eq!(status(of(Phase::Running, both())), "Running");
        let mut it = of(Phase::Running, both());
        it.conditions = vec![condition("Ready", Status::False, "", 0)];
        assert_eq!(status(it), "NotReady");
    }

    #[test]
    fn a_deleted_pod_is_terminating_unless_it_is_over_or_lost() {
        let deleted = |phase, reason: &str| {
            let mut it = of(phase, vec![runs(0)]);
            it.meta.deleting = Some(at(9));
            it.reason = reason.into();
            status(it)
        };
        assert_eq!(deleted(Phase::Running, ""), "Terminating");
        assert_eq!(deleted(Phase::Running, "NodeLost"), "Unknown");
        assert_eq!(deleted(Phase::Failed, "Evicted"), "Evicted");
    }
}
