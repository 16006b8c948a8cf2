//! Environment and class of a namespace whose tenant is known, where the scheme itself does not say.

use std::collections::HashMap;

use super::{Class, Rules};
use crate::model::{Labels, Text};
use crate::store::Cluster;

/// What the pod templates of each namespace say of its class.
pub(super) fn by_workload_label(cluster: &Cluster, rules: &Rules) -> HashMap<Text, Class> {
    let mut found: HashMap<Text, Class> = HashMap::new();
    let mut note = |namespace: &Text, labels: &Labels| {
        let said = rules
            .workload_labels
            .iter()
            .filter_map(|key| labels.get(key))
            .find_map(|value| rules.class_of(value));
        let Some(class) = said else { return };
        // Where workloads disagree, the one that matters most is believed.
        found
            .entry(namespace.clone())
            .and_modify(|known| *known = (*known).min(class))
            .or_insert(class);
    };
    for workload in cluster.workloads() {
        note(&workload.meta.namespace, &workload.template.labels);
    }
    for job in cluster.cron_jobs() {
        note(&job.meta.namespace, &job.template.labels);
    }
    found
}

/// The environment as a label of the namespace names it.
pub(super) fn environment_label<'a>(labels: &'a Labels, rules: &Rules) -> Option<&'a str> {
    rules
        .environment_labels
        .iter()
        .filter_map(|key| labels.get(key))
        .find(|value| !value.is_empty())
}

/// The environment as the name's end tells it (`shop-prod`), when it is a word we know.
pub(super) fn known_suffix<'a>(name: &'a str, rules: &Rules) -> Option<&'a str> {
    let dashes = name.match_indices('-').map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(dashes)
        .filter_map(|at| name.get(at..))
        .find(|suffix| rules.class_of(suffix).is_some())
}

/// The name without its tenant: `oil-a` of tenant `oil` is `a`.
pub(super) fn own_part<'a>(name: &'a str, tenant: &str) -> &'a str {
    name.strip_prefix(tenant)
        .and_then(|rest| rest.strip_prefix('-'))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}
