//! One run of a `CronJob` beside its schedule, as `kubectl create job --from` makes it.

use serde_json::{Value, json};

use super::call::{Call, Method};
use super::plan::{Case, Changes, Plan, Step, StepKind, Undo};
use super::record::{Before, Verb};
use crate::model::{Kind, ObjectKind};

/// A Job's name is a label of its pods.
const LONGEST: usize = 63;

pub(super) fn plan(case: &Case<'_>) -> Plan {
    let object = &case.request.object;
    let name = name(&object.name, case.at.seconds());
    let template = &case.object.exact["spec"]["jobTemplate"];
    let mut annotations = template["metadata"]["annotations"].clone();
    if !annotations.is_object() {
        annotations = json!({});
    }
    annotations["cronjob.kubernetes.io/instantiate"] = "manual".into();
    let labels = &template["metadata"]["labels"];
    let job = json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "name": name,
            "namespace": object.namespace.as_str(),
            "labels": if labels.is_object() { labels.clone() } else { json!({}) },
            "annotations": annotations,
            "ownerReferences": [{
                "apiVersion": "batch/v1",
                "kind": "CronJob",
                "name": object.name.as_str(),
                "uid": case.uid(),
                "controller": true,
            }],
        },
        "spec": template["spec"],
    });
    let path = ObjectKind::from(Kind::Job).path(&object.namespace);
    let from = format!("--from={}", case.named());
    let pods: &Value = &template["spec"]["template"];
    Plan {
        object: object.clone(),
        verb: Verb::RunNow,
        before: Before::default(),
        after: Before {
            job: Some(name.clone()),
            ..Before::default()
        },
        changes: Changes::Job(name.clone()),
        steps: vec![Step {
            kind: StepKind::Itself,
            call: Call::write(object.cluster, Method::Post, path, job),
        }],
        notes: Vec::new(),
        undo: Undo::DeleteJob(name.clone()),
        by_hand: vec![case.kubectl(&["create", "job", &name, &from])],
        template: Some(pods.clone()).filter(Value::is_object),
    }
}

fn name(cron: &str, seconds: i64) -> String {
    let end = format!("-manual-{seconds}");
    let room = LONGEST.saturating_sub(end.len());
    let start: String = cron.chars().take(room).collect();
    format!("{}{end}", start.trim_end_matches(['-', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_and_stays_a_name() {
        assert_eq!(name("purge", 1_764_011_234), "purge-manual-1764011234");
        let long = format!("{}-{}", "a".repeat(44), "b".repeat(20));
        let cut = name(&long, 1_764_011_234);
        assert_eq!(cut, format!("{}-manual-1764011234", "a".repeat(44)));
    }
}
