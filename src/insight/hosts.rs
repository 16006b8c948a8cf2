//! The nodes that the pods of each workload are on.

use hashbrown::HashMap;

use crate::model::{ClusterId, Text, Uid};
use crate::store::Store;

/// By controller, each node once.
pub type Hosts = HashMap<(ClusterId, Uid), Vec<Text>>;

/// One pass over all pods: asked for only when a person filters by node.
pub fn hosts(store: &Store) -> Hosts {
    let mut found = Hosts::new();
    for cluster in store.clusters() {
        // Pods of one owner mostly stand together.
        let mut last: Option<(Uid, Uid)> = None;
        for pod in cluster.pods().filter(|pod| !pod.node().is_empty()) {
            let Some(owner) = pod.owner_uid() else {
                continue;
            };
            let top = match last {
                Some((known, top)) if known == owner => top,
                _ => last.insert((owner, cluster.controller(owner))).1,
            };
            let nodes = found.entry((cluster.id(), top)).or_default();
            if !nodes.iter().any(|node| node == pod.node()) {
                nodes.push(pod.node().into());
            }
        }
    }
    found
}
