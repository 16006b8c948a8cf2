use crate::model::quantity::{mebibytes, millicores};
use crate::model::{Meta, Node, Object, Taint};

use super::Stated;
use crate::source::text::{NAME, clean};
use crate::source::wire::messages::{self, ObjectMeta, Quantity};

pub(super) fn node(wire: messages::Node, meta: Meta, _: &ObjectMeta) -> Object {
    let spec = wire.spec.unwrap_or_default();
    let status = wire.status.unwrap_or_default();
    let allocatable = |name: &str| status.allocatable.get(name).map_or("", Quantity::text);
    Object::Node(Node {
        meta,
        unschedulable: spec.unschedulable(),
        cordoned_by: None,
        taints: spec
            .taints
            .iter()
            .map(|taint| Taint {
                key: clean(taint.key(), NAME),
                value: clean(taint.value(), NAME),
                effect: clean(taint.effect(), NAME),
            })
            .collect(),
        conditions: status.conditions.iter().map(Stated::to_condition).collect(),
        cpu: millicores(allocatable("cpu")),
        memory: mebibytes(allocatable("memory")),
    })
}
