//! Autoscalers that cannot do their work.

use crate::model::{Hpa, Kind, Status, Subject};

use super::clock::hold;
use super::finding::{Cause, Trouble};
use super::scene::{Draft, Scene};

pub(super) fn judge(scene: &mut Scene<'_>) {
    let cluster = scene.cluster;
    for hpa in cluster.hpas() {
        if let Some((trouble, since)) = blind(scene, hpa).or_else(|| at_maximum(scene, hpa)) {
            let id = scene.id(Kind::HorizontalPodAutoscaler, hpa.meta.uid);
            scene.find(Draft {
                since,
                objects: vec![id],
                ..Draft::new(
                    Cause::Object(id),
                    hpa.meta.namespace.clone(),
                    Subject {
                        kind: id.kind.name().into(),
                        name: hpa.meta.name.clone(),
                    },
                    trouble,
                )
            });
        }
    }
}

type Found = (Trouble, Option<crate::model::Moment>);

fn target(hpa: &Hpa) -> Subject {
    Subject {
        kind: hpa.target_kind.clone(),
        name: hpa.target_name.clone(),
    }
}

/// `ScalingDisabled` is somebody's choice: the target was scaled to 0.
fn blind(scene: &mut Scene<'_>, hpa: &Hpa) -> Option<Found> {
    let condition = hpa.condition("ScalingActive")?;
    let matters = condition.status == Status::False && condition.reason != "ScalingDisabled";
    (matters && scene.clock.lasted(condition.changed, hold::HPA_BLIND)).then(|| {
        let trouble = Trouble::HpaBlind {
            target: target(hpa),
            reason: condition.reason.clone(),
            message: condition.message.clone(),
        };
        (trouble, condition.changed)
    })
}

/// Wants more than it may ask for. Bounds that are equal are a fixed number.
fn at_maximum(scene: &mut Scene<'_>, hpa: &Hpa) -> Option<Found> {
    let condition = hpa.condition("ScalingLimited")?;
    let limited = condition.status == Status::True && condition.reason == "TooManyReplicas";
    let full = hpa.max > hpa.min && hpa.desired >= hpa.max;
    (limited && full && scene.clock.lasted(condition.changed, hold::HPA_AT_MAXIMUM)).then(|| {
        let trouble = Trouble::HpaAtMaximum {
            target: target(hpa),
            maximum: hpa.max,
        };
        (trouble, condition.changed)
    })
}
