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
