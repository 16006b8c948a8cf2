//! `VerticalPodAutoscalers`: they set what new pods request, whatever the template says. Not watched: asked for a preview.

use serde_json::Value;

use crate::model::{ObjectRef, Text};

pub(super) const GROUP: &str = "autoscaling.k8s.io";
pub(super) const PLURAL: &str = "verticalpodautoscalers";

/// The one of the list that sets the requests of the object's pods. In the mode `Off` it recommends and sets nothing; without
/// a mode it sets them (`kubernetes/autoscaler` `vertical-pod-autoscaler/pkg/apis`).
pub(super) fn of(list: &Value, object: &ObjectRef) -> Option<Text> {
    let mut items = list["items"].as_array()?.iter();
    let own = items.find(|it| {
        let (spec, target) = (&it["spec"], &it["spec"]["targetRef"]);
        target["kind"] == object.kind.name()
            && target["name"] == object.name.as_str()
            && spec["updatePolicy"]["updateMode"] != "Off"
    })?;
    own["metadata"]["name"].as_str().map(Text::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{ClusterId, Kind};

    #[test]
    fn the_one_that_targets_the_object_counts_unless_it_only_recommends() {
        let object = ObjectRef {
            cluster: ClusterId(0),
            kind: Kind::Deployment.into(),
            namespace: "betaapp-prod".into(),
            name: "beta-back".into(),
            uid: None,
        };
        let named = |kind: &str, name: &str, mode: Value| {
            let list = json!({"items": [{
                "metadata": {"name": "sizes"},
                "spec": {"targetRef": {"kind": kind, "name": name}, "updatePolicy": mode},
            }]});
            of(&list, &object).map(|it| it.to_string())
        };
        let sizes = Some("sizes".to_owned());
        assert_eq!(named("Deployment", "beta-back", Value::Null), sizes);
        let auto = json!({"updateMode": "Auto"});
        assert_eq!(named("Deployment", "beta-back", auto), sizes);
        let off = json!({"updateMode": "Off"});
        assert_eq!(named("Deployment", "beta-back", off), None);
        assert_eq!(named("StatefulSet", "beta-back", Value::Null), None);
        assert_eq!(named("Deployment", "beta-front", Value::Null), None);
        assert_eq!(of(&Value::Null, &object), None);
    }
}
