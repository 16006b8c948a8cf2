use serde_json::{Map, Value};

use crate::model::{
    Analysis, Condition, Delivery, DeliveryPhase, DeliveryStep, DeliveryTarget, DeliveryWay, Meta,
    Object, Pause, Strategy, Text, Weights, Workload, WorkloadKind,
};

use super::pod::to_template;
use super::{Stated, count, moment, revision_number};
use crate::source::text::{MESSAGE, NAME, clean};
use crate::source::wire::messages::ObjectMeta;
use crate::source::wire::messages::rollouts as wire;

/// Of the Deployment that keeps its template, as the controller saw it last.
const WORKLOAD_GENERATION: &str = "rollout.argoproj.io/workload-generation";
/// Where the object names none.
const DEADLINE: i32 = 600;

pub(super) fn rollout(wire: wire::Rollout, meta: Meta, wire_meta: &ObjectMeta) -> Object {
    let (spec, status) = (wire.spec, wire.status);
    let conditions = status.conditions.iter().map(|it| Condition {
        updated: moment(it.last_update_time),
        ..it.to_condition()
    });
    Object::Workload(Workload {
        kind: WorkloadKind::Rollout,
        strategy: Strategy::RollingUpdate { partition: 0 },
        paused: spec.paused,
        paused_by: None,
        desired: count(spec.replicas.unwrap_or(1)),
        sizing: None,
        replicas: count(status.replicas),
        updated: count(status.updated_replicas),
        ready: count(status.ready_replicas),
        available: count(status.available_replicas),
        observed_generation: observed(&status, wire_meta),
        progress_deadline: Some(count(spec.progress_deadline_seconds.unwrap_or(DEADLINE))),
        revision: revision_number(wire_meta),
        update_revision: name(&status.current_pod_hash),
        current_revision: name(&status.stable),
        conditions: conditions.collect(),
        delivery: Some(Box::new(delivery(&spec, &status))),
        template: to_template(spec.template),
        meta,
    })
}

/// It is written as a text; releases before 0.10 wrote a hash there, which tells nothing.
fn observed(status: &wire::Status, meta: &ObjectMeta) -> i64 {
    let seen = meta.annotations.get(WORKLOAD_GENERATION);
    let seen = seen.and_then(|it| it.parse::<i64>().ok());
    let done = status.workload_observed_generation.parse::<i64>().ok();
    let target_waits = seen.zip(done).is_some_and(|(seen, done)| seen != done);
    if status.observed_generation.is_empty() || target_waits {
        return 0;
    }
    let number = status.observed_generation.parse();
    number.unwrap_or_else(|_| meta.generation())
}

fn delivery(spec: &wire::Spec, status: &wire::Status) -> Delivery {
    let steps = &spec.strategy.canary.steps;
    let canary = &status.canary;
    let analyses = [
        &canary.of_step,
        &canary.in_background,
        &status.blue_green.before,
        &status.blue_green.after,
    ];
    let pauses = status.pause_conditions.iter().take(Delivery::KEPT);
    Delivery {
        way: match &spec.strategy.blue_green {
            Some(_) => DeliveryWay::BlueGreen,
            None => DeliveryWay::Canary,
        },
        phase: phase(&status.phase),
        message: clean(&status.message, MESSAGE),
        pauses: pauses
            .map(|it| Pause {
                reason: name(&it.reason),
                since: moment(it.start_time),
            })
            .collect(),
        held: status.controller_pause,
        aborted: status.abort,
        aborted_at: moment(status.aborted_at),
        promotes_itself: spec
            .strategy
            .blue_green
            .as_ref()
            .is_some_and(|it| it.auto_promotion_seconds.is_some_and(|it| it > 0)),
        step: status.current_step_index.map(count),
        steps: steps.iter().take(Delivery::KEPT).map(step).collect(),
        step_count: u32::try_from(steps.len()).unwrap_or(u32::MAX),
        weights: canary.weights.as_ref().map(|it| Weights {
            canary: count(it.canary.weight),
            stable: count(it.stable.weight),
        }),
        target: spec.workload_ref.as_ref().map(|it| DeliveryTarget {
            kind: name(&it.kind),
            name: name(&it.name),
        }),
        target_generation: status.workload_observed_generation.parse().ok(),
        analyses: analyses.into_iter().flatten().map(analysis).collect(),
        restart_at: moment(spec.restart_at),
        restarted_at: moment(status.restarted_at),
    }
}

fn name(text: &str) -> Text {
    clean(text, NAME)
}

fn phase(word: &str) -> DeliveryPhase {
    match word {
        "Healthy" => DeliveryPhase::Healthy,
        "Progressing" => DeliveryPhase::Progressing,
        "Paused" => DeliveryPhase::Paused,
        "Degraded" => DeliveryPhase::Degraded,
        _ => DeliveryPhase::Unknown,
    }
}

fn step(wire: &Map<String, Value>) -> DeliveryStep {
    if let Some(percent) = wire.get("setWeight").and_then(Value::as_i64) {
        let percent = i32::try_from(percent).unwrap_or(0);
        return DeliveryStep::Weight(count(percent));
    }
    if let Some(pause) = wire.get("pause") {
        return DeliveryStep::Pause(match &pause["duration"] {
            Value::String(text) => name(text),
            // Seconds.
            Value::Number(seconds) => name(&format!("{seconds}s")),
            _ => Text::default(),
        });
    }
    DeliveryStep::Other(wire.keys().next().map_or_else(Text::default, |it| name(it)))
}

fn analysis(wire: &wire::AnalysisStatus) -> Analysis {
    Analysis {
        name: name(&wire.name),
        status: name(&wire.status),
        message: clean(&wire.message, MESSAGE),
    }
}

#[cfg(test)]
mod tests;
