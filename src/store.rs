//! Everything vigie knows, keyed by cluster, and the one way in: [`Store::apply`].
//!
//! `apply` is total: any delta in any order leaves a valid store. Nothing is judged here; derived knowledge is `insight`'s.

mod changes;
mod cluster;
mod notice;
mod pods;
mod pool;
mod replica_sets;
mod shared;
mod slab;
mod table;
#[cfg(test)]
mod tests;
mod warnings;

pub use changes::Changes;
pub use cluster::{Cluster, Seen};
pub use pods::{ContainerView, PodView, StateView, TerminationView};
pub use replica_sets::ReplicaSetView;
pub use warnings::Warnings;

use crate::model::{ClusterId, Delta, Moment, Text};

pub struct Store {
    clusters: Vec<Cluster>,
    changes: Changes,
}

impl Store {
    /// One cluster per name, in order: the first is `ClusterId(0)`.
    pub fn new(names: impl IntoIterator<Item = impl Into<Text>>, now: Moment) -> Self {
        let cluster = |(id, name): (u16, _)| Cluster::new(ClusterId(id), name, now);
        Self {
            clusters: (0..)
                .zip(names.into_iter().map(Into::into))
                .map(cluster)
                .collect(),
            changes: Changes::default(),
        }
    }

    /// Takes a fact in. `now` is when it arrived; facts of unknown clusters are dropped.
    pub fn apply(&mut self, delta: Delta, now: Moment) {
        let id = delta.cluster();
        if let Some(cluster) = self.clusters.get_mut(usize::from(id.0)) {
            cluster.apply(delta, now, &mut self.changes);
        }
    }

    pub fn clusters(&self) -> impl Iterator<Item = &Cluster> {
        self.clusters.iter()
    }

    pub fn cluster(&self, id: ClusterId) -> Option<&Cluster> {
        self.clusters.get(usize::from(id.0))
    }

    pub fn changes(&self) -> &Changes {
        &self.changes
    }
}
