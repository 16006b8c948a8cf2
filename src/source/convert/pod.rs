use std::collections::BTreeMap;

use crate::model::quantity::{mebibytes, millicores};
use crate::model::{
    Container, ContainerState, Meta, Object, Phase, Pod, Role, Template, TemplateContainer,
    Termination,
};

use super::{Stated, count, moment, to_labels};
use crate::source::text::{MESSAGE, NAME, clean, last_line};
use crate::source::wire::messages::{
    self, ContainerStateTerminated, ContainerStatus, ObjectMeta, PodTemplate, Quantity,
};

pub(super) fn pod(wire: messages::Pod, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let init = spec.init_containers.iter().map(|container| {
        let role = if container.restart_policy() == "Always" {
            Role::Sidecar
        } else {
            Role::Init
        };
        to_container(role, container, &status.init_container_statuses)
    });
    let main = spec
        .containers
        .iter()
        .map(|container| to_container(Role::Main, container, &status.container_statuses));
    let requests = |name: &str, of: fn(&str) -> u32| {
        let asked = |container: &messages::Container| {
            container
                .resources
                .as_ref()
                .map_or(0, |it| of(quantity(&it.requests, name)))
        };
        let sidecars = spec
            .init_containers
            .iter()
            .filter(|container| container.restart_policy() == "Always");
        spec.containers
            .iter()
            .chain(sidecars)
            .map(asked)
            .fold(0, u32::saturating_add)
    };
    Object::Pod(Pod {
        phase: Phase::from_word(status.phase()),
        reason: clean(status.reason(), NAME),
        message: clean(status.message(), MESSAGE),
        node: clean(spec.node_name(), NAME),
        started: moment(status.start_time),
        conditions: status.conditions.iter().map(Stated::to_condition).collect(),
        cpu_request: requests("cpu", millicores),
        memory_request: requests("memory", mebibytes),
        containers: init.chain(main).collect(),
        meta,
    })
}

fn quantity<'a>(quantities: &'a BTreeMap<String, Quantity>, name: &str) -> &'a str {
    quantities.get(name).map_or("", Quantity::text)
}

fn to_container(role: Role, spec: &messages::Container, statuses: &[ContainerStatus]) -> Container {
    let status = statuses.iter().find(|status| status.name() == spec.name());
    let limit = spec
        .resources
        .as_ref()
        .map_or("", |resources| quantity(&resources.limits, "memory"));
    Container {
        role,
        name: clean(spec.name(), NAME),
        image: clean(spec.image(), NAME),
        ready: status.is_some_and(ContainerStatus::ready),
        started: status.is_some_and(ContainerStatus::started),
        restarts: status.map_or(0, |status| count(status.restart_count())),
        memory_limit: mebibytes(limit),
        state: status
            .and_then(|status| status.state.as_ref())
            .map_or(ContainerState::Unknown, to_state),
        last: status
            .and_then(|status| status.last_state.as_ref()?.terminated.as_ref())
            .map(to_termination),
    }
}

fn to_state(state: &messages::ContainerState) -> ContainerState {
    if let Some(waiting) = &state.waiting {
        let (reason, message) = (
            clean(waiting.reason(), NAME),
            clean(waiting.message(), MESSAGE),
        );
        ContainerState::Waiting { reason, message }
    } else if let Some(running) = &state.running {
        ContainerState::Running {
            since: moment(running.started_at),
        }
    } else if let Some(terminated) = &state.terminated {
        ContainerState::Terminated(to_termination(terminated))
    } else {
        ContainerState::Unknown
    }
}

fn to_termination(wire: &ContainerStateTerminated) -> Termination {
    Termination {
        reason: clean(wire.reason(), NAME),
        message: last_line(wire.message(), MESSAGE),
        exit_code: wire.exit_code(),
        signal: wire.signal(),
        started: moment(wire.started_at),
        finished: moment(wire.finished_at),
    }
}

/// Labels that name a revision are not part of what a template asks for.
pub(super) fn to_template(template: Option<PodTemplate>) -> Template {
    let mut template = template.unwrap_or_default();
    let mut labels = template.metadata.take().unwrap_or_default().labels;
    labels.remove("pod-template-hash");
    labels.remove("rollouts-pod-template-hash");
    let containers = template.spec.unwrap_or_default().containers;
    let container = |it: &messages::Container| TemplateContainer {
        name: clean(it.name(), NAME),
        image: clean(it.image(), NAME),
    };
    Template {
        labels: to_labels(&labels),
        containers: containers.iter().map(container).collect(),
    }
}
