//! What Argo CD's own dry run of a sync says of each object. `kubectl`'s dry run on the client's side calls all that is there
//! *configured*: what would change is what differs from git.

use crate::model::Rehearsal;
use crate::source::text::{MESSAGE, clean};
use crate::source::wire::messages::argo as wire;

pub(super) fn rehearsal(
    result: Option<&wire::SyncResult>,
    resources: &[wire::Resource],
) -> Rehearsal {
    let raw = result.and_then(|it| it.resources.as_deref());
    let results: Vec<wire::ResourceResult> = raw
        .and_then(|it| serde_json::from_str(it.get()).ok())
        .unwrap_or_default();
    let differing: Vec<_> = resources
        .iter()
        .filter(|it| it.status == "OutOfSync")
        .collect();
    let mut told = Rehearsal::default();
    for it in results.iter().filter(|it| it.hook_type.is_empty()) {
        match it.status.as_str() {
            "SyncFailed" if told.failure.is_empty() => {
                let failure = format!("{} {}: {}", it.kind, it.name, it.message);
                told.failure = clean(&failure, MESSAGE);
            }
            "Synced" if it.message.ends_with("created (dry run)") => told.creates += 1,
            "Synced" if differing.iter().any(|own| is_same(it, own)) => told.changes += 1,
            "Pruned" => told.prunes += 1,
            "PruneSkipped" => told.leaves += 1,
            _ => {}
        }
    }
    told
}

fn is_same(result: &wire::ResourceResult, it: &wire::Resource) -> bool {
    (&it.group, &it.kind, &it.namespace, &it.name)
        == (&result.group, &result.kind, &result.namespace, &result.name)
}
