//! Rancher numbers its projects: the label holds `p-xxxxx`, the annotation `CLUSTER:p-xxxxx`. The display name is on the
//! Project object, which only the management cluster has; without it the number is the tenant.

use std::collections::HashMap;

use super::{Known, Subject};
use crate::model::Text;

const KEY: &str = "field.cattle.io/projectId";
/// The project that holds Rancher's and the cluster's own namespaces.
const SYSTEM: &str = "System";

pub(super) fn resolve(subject: &Subject<'_>, projects: &HashMap<Text, Text>) -> Option<Known> {
    let label = subject.labels.get(KEY);
    let written = label.or_else(|| subject.annotations.get(KEY))?;
    let id = written.rsplit(':').next().filter(|id| !id.is_empty())?;
    let name = projects.get(id);
    Some(Known {
        tenant: name.cloned().unwrap_or_else(|| id.into()),
        environment: Text::default(),
        platform: name.is_some_and(|name| name == SYSTEM),
    })
}
