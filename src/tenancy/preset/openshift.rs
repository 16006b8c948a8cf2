//! `OpenShift` projects: the display name groups namespaces; without one the namespace speaks for itself.

use super::Known;
use crate::model::Labels;

pub(super) fn resolve(annotations: &Labels) -> Option<Known> {
    let name = annotations.get("openshift.io/display-name")?.trim();
    (!name.is_empty()).then(|| Known {
        tenant: name.into(),
        ..Known::default()
    })
}
