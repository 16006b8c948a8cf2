use crate::model::{Bound, Hpa, Meta, Object, Pdb, Quota, quantity};

use super::{Stated, count};
use crate::source::text::{NAME, clean};
use crate::source::wire::messages::{self, ObjectMeta, Quantity};

pub(super) fn hpa(wire: messages::Hpa, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let target = spec.scale_target_ref.clone().unwrap_or_default();
    Object::Hpa(Hpa {
        meta,
        target_kind: clean(target.kind(), NAME),
        target_name: clean(target.name(), NAME),
        min: count(spec.min_replicas.unwrap_or(1)),
        max: count(spec.max_replicas()),
        current: count(status.current_replicas()),
        desired: count(status.desired_replicas()),
        conditions: status.conditions.iter().map(Stated::to_condition).collect(),
    })
}

pub(super) fn pdb(wire: messages::Pdb, meta: Meta, _: &ObjectMeta) -> Object {
    let status = wire.status.unwrap_or_default();
    Object::Pdb(Pdb {
        meta,
        allowed: count(status.disruptions_allowed()),
        healthy: count(status.current_healthy()),
        required: count(status.desired_healthy()),
        expected: count(status.expected_pods()),
    })
}

/// `status.hard` rather than `spec.hard`: it is what is enforced.
pub(super) fn quota(wire: messages::Quota, meta: Meta, _: &ObjectMeta) -> Object {
    let status = wire.status.unwrap_or_default();
    let bound = |(resource, hard): (&String, &Quantity)| {
        let used = status.used.get(resource).map_or("0", Quantity::text);
        let ratio = quantity::value(used).zip(quantity::value(hard.text()));
        Bound {
            resource: clean(resource, NAME),
            used: clean(used, NAME),
            hard: clean(hard.text(), NAME),
            ratio: ratio
                .filter(|(_, hard)| *hard > 0.0)
                .map(|(used, hard)| used / hard),
        }
    };
    Object::Quota(Quota {
        meta,
        bounds: status.hard.iter().map(bound).collect(),
    })
}
