//! Another number of replicas, through the scale subresource.

use serde_json::Value;

use super::call::Accepted;
use super::patch::Patch;
use super::plan::{Case, Changes, Note, Plan, Refusal, Undo};
use super::record::{Before, Verb};
use super::{hold, template};
use crate::model::ObjectRef;

/// Where the number is read and written, whatever the kind calls it.
pub(super) fn path(object: &ObjectRef) -> String {
    format!("{}/scale", object.path())
}

/// `scale` is the subresource. At zero replicas its `spec` is empty.
pub(super) fn plan(case: &Case<'_>, scale: &Accepted, to: u32) -> Result<Plan, Refusal> {
    let spec = &scale.exact["spec"];
    let from = replicas(spec);
    if from == to {
        return Err(Refusal::SameReplicas(to));
    }
    let object = &case.request.object;
    let step = Patch::of(case)
        .replace("/spec/replicas", &spec["replicas"], &to.into())
        .to(case, path(object));
    let number = |replicas| Before {
        replicas: Some(replicas),
        ..Before::default()
    };
    let asleep = hold::autoscaler(case.world, object).filter(|hpa| to == 0 && hpa.min > 0);
    let mut notes: Vec<_> = (to == 0)
        .then_some(Note::NothingServes)
        .into_iter()
        .collect();
    notes.extend(asleep.map(|hpa| Note::AutoscalerSleeps(hpa.meta.name.clone())));
    notes.extend(template::last_applied(case));
    let replicas = format!("--replicas={to}");
    let pods = &case.object.exact["spec"]["template"];
    Ok(Plan {
        object: object.clone(),
        verb: Verb::Scale,
        before: number(from),
        after: number(to),
        changes: Changes::Replicas { from, to },
        steps: vec![step],
        notes,
        undo: Undo::ToReplicas(from),
        by_hand: vec![case.kubectl(&["scale", &case.named(), &replicas])],
        template: Some(pods.clone()).filter(|it| to > from && it.is_object()),
    })
}

pub(super) fn replicas(spec: &Value) -> u32 {
    let replicas = spec["replicas"].as_u64().unwrap_or(0);
    u32::try_from(replicas).unwrap_or(u32::MAX)
}
