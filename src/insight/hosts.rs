//! The nodes that the pods of each workload are on.

use std::collections::HashMap;

use crate::model::{ClusterId, Text, Uid};
use crate::store::Store;

/// By controller, each node once.
pub type Hosts = HashMap<(ClusterId, Uid), Vec<Text>>;

/// One pass over all pods: asked for only when a person filters by node.
pub fn hosts(store: &Store) -> Hosts {
    let mut found = Hosts::new();
    for cluster in store.clusters() {
        for pod in cluster.pods().filter(|pod| !pod.node().is_empty()) {
            let Some(owner) = pod.owner_uid() else {
                continue;
            };
            let top = cluster.controller(owner);
            let nodes = found.entry((cluster.id(), top)).or_default();
            if !nodes.iter().any(|node| node == pod.node()) {
                nodes.push(pod.node().into());
            }
        }
    }
    found
}
