//! Hierarchical namespaces: one label per ancestor with its distance; the tenant is the most distant one.

use super::{Known, Subject};

const SUFFIX: &str = ".tree.hnc.x-k8s.io/depth";

pub(super) fn resolve(subject: &Subject<'_>) -> Option<Known> {
    let distance = |(key, value): (&'_ str, &'_ str)| {
        let ancestor = key.strip_suffix(SUFFIX)?;
        Some((value.parse::<u32>().ok()?, ancestor.to_owned()))
    };
    let (_, root) = subject.labels.iter().filter_map(distance).max()?;
    Some(Known {
        tenant: root.into(),
        ..Known::default()
    })
}
