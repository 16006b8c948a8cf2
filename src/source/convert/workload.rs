use crate::model::{
    Condition, Meta, Object, ReplicaSet, Revision, Strategy, Text, Workload, WorkloadKind,
};

use super::pod::to_template;
use super::{Stated, count, first_number, moment, revision_number};
use crate::source::text::{NAME, clean};
use crate::source::wire::messages::{self, ObjectMeta};

/// `spec.progressDeadlineSeconds` of this value means none.
const NO_DEADLINE: i32 = i32::MAX;

pub(super) fn deployment(wire: messages::Deployment, meta: Meta, wire_meta: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let conditions = status.conditions.iter().map(|it| Condition {
        updated: moment(it.last_update_time),
        ..it.to_condition()
    });
    let strategy = spec
        .strategy
        .as_ref()
        .map_or("", |strategy| strategy.kind());
    Object::Workload(Workload {
        kind: WorkloadKind::Deployment,
        strategy: if strategy == "Recreate" {
            Strategy::Recreate
        } else {
            Strategy::RollingUpdate { partition: 0 }
        },
        paused: spec.paused(),
        paused_by: None,
        desired: count(spec.replicas.unwrap_or(1)),
        sizing: None,
        replicas: count(status.replicas()),
        updated: count(status.updated_replicas()),
        ready: count(status.ready_replicas()),
        available: count(status.available_replicas()),
        observed_generation: status.observed_generation(),
        progress_deadline: spec
            .progress_deadline_seconds
            .filter(|seconds| *seconds != NO_DEADLINE)
            .map(count),
        revision: revision_number(wire_meta),
        update_revision: Text::default(),
        current_revision: Text::default(),
        conditions: conditions.collect(),
        delivery: None,
        template: to_template(spec.template),
        meta,
    })
}

pub(super) fn stateful_set(wire: messages::StatefulSet, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let update = spec.update_strategy.unwrap_or_default();
    let strategy = match update.kind() {
        "OnDelete" => Strategy::OnDelete,
        "Recreate" => Strategy::Recreate,
        _ => Strategy::RollingUpdate {
            partition: update
                .rolling_update
                .map_or(0, |rolling| count(rolling.partition())),
        },
    };
    Object::Workload(Workload {
        kind: WorkloadKind::StatefulSet,
        strategy,
        paused: false,
        paused_by: None,
        desired: count(spec.replicas.unwrap_or(1)),
        sizing: None,
        replicas: count(status.replicas()),
        updated: count(status.updated_replicas()),
        ready: count(status.ready_replicas()),
        available: count(status.available_replicas()),
        observed_generation: status.observed_generation(),
        progress_deadline: None,
        revision: None,
        update_revision: clean(status.update_revision(), NAME),
        current_revision: clean(status.current_revision(), NAME),
        conditions: status.conditions.iter().map(Stated::to_condition).collect(),
        delivery: None,
        template: to_template(spec.template),
        meta,
    })
}

pub(super) fn daemon_set(wire: messages::DaemonSet, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let on_delete = spec
        .update_strategy
        .as_ref()
        .is_some_and(|strategy| strategy.kind() == "OnDelete");
    Object::Workload(Workload {
        kind: WorkloadKind::DaemonSet,
        strategy: if on_delete {
            Strategy::OnDelete
        } else {
            Strategy::RollingUpdate { partition: 0 }
        },
        paused: false,
        paused_by: None,
        desired: count(status.desired_number_scheduled()),
        sizing: None,
        replicas: count(status.current_number_scheduled()),
        updated: count(status.updated_number_scheduled()),
        ready: count(status.number_ready()),
        available: count(status.number_available()),
        observed_generation: status.observed_generation(),
        progress_deadline: None,
        revision: None,
        update_revision: Text::default(),
        current_revision: Text::default(),
        conditions: status.conditions.iter().map(Stated::to_condition).collect(),
        delivery: None,
        template: to_template(spec.template),
        meta,
    })
}

pub(super) fn replica_set(
    wire: messages::ReplicaSet,
    meta: Meta,
    wire_meta: &ObjectMeta,
) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let revision = revision_number(wire_meta).unwrap_or(0);
    Object::ReplicaSet(ReplicaSet {
        revision,
        first_revision: first_number(wire_meta).unwrap_or(revision),
        desired: count(spec.replicas.unwrap_or(1)),
        replicas: count(status.replicas()),
        ready: count(status.ready_replicas()),
        available: count(status.available_replicas()),
        failure: status
            .conditions
            .iter()
            .find(|it| it.kind() == "ReplicaFailure" && it.status() == "True")
            .map(Stated::to_condition),
        template: to_template(spec.template),
        meta,
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape all conversions share"
)]
pub(super) fn revision(wire: messages::ControllerRevision, meta: Meta, _: &ObjectMeta) -> Object {
    Object::Revision(Revision {
        meta,
        revision: u64::try_from(wire.revision()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Kind;
    use crate::source::convert::{Fact, decode};
    use crate::source::wire::Format;

    #[rstest]
    #[case::never_gone_back_to(json!({"deployment.kubernetes.io/revision": "3"}), (3, 3))]
    #[case::once(
        json!({
            "deployment.kubernetes.io/revision": "12",
            "deployment.kubernetes.io/revision-history": "4,9",
        }),
        (12, 4)
    )]
    #[case::of_argo_rollouts(
        json!({
            "rollout.argoproj.io/revision": "7",
            "rollout.argoproj.io/revision-history": "5",
        }),
        (7, 5)
    )]
    #[case::garbled(
        json!({
            "deployment.kubernetes.io/revision": "2",
            "deployment.kubernetes.io/revision-history": "",
        }),
        (2, 2)
    )]
    fn a_replica_set_knows_the_number_it_was_made_with(
        #[case] annotations: Value,
        #[case] numbers: (u64, u64),
    ) {
        let meta =
            json!({"name": "web-1", "namespace": "shop", "uid": "u1", "annotations": annotations});
        let bytes = Bytes::from(json!({ "metadata": meta }).to_string());
        let Fact::Object(Object::ReplicaSet(set)) =
            decode(Kind::ReplicaSet, Format::Json, bytes).unwrap().fact
        else {
            unreachable!()
        };
        assert_eq!((set.revision, set.first_revision), numbers);
    }
}
