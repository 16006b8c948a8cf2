//! A fact from a source: the only way anything enters the store.

use std::sync::Arc;

use super::{
    ClusterId, Endpoint, Event, Feed, GarbledFault, Kind, Link, Object, Resource, Text, Uid,
};

/// What one list or watch speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub cluster: ClusterId,
    pub kind: Kind,
    /// None for the whole cluster.
    pub namespace: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every delta is an upsert: a box would be an allocation a pod"
)]
pub enum Delta {
    /// A complete list begins: what it does not name by its `ListEnd` is gone.
    ListStart(Scope),
    ListEnd(Scope),
    Upsert(ClusterId, Object),
    Remove(ClusterId, Kind, Uid),
    Warning(ClusterId, Event),
    Link(ClusterId, Link),
    Feed(Scope, Feed),
    /// The scope is asked for no more: narrower ones took its place.
    FeedEnd(Scope),
    /// The API server's clock minus ours, in seconds.
    ClockSkew(ClusterId, i64),
    Endpoint(ClusterId, Endpoint),
    /// All that the server serves and lets list, watched or not.
    Served(ClusterId, Arc<[Arc<Resource>]>),
    /// An object of this scope could not be decoded and is not shown: its name when that much could be read.
    Undecodable {
        scope: Scope,
        name: Text,
        fault: GarbledFault,
    },
}

impl Delta {
    /// The cluster it speaks of.
    pub fn cluster(&self) -> ClusterId {
        match self {
            Delta::ListStart(scope)
            | Delta::ListEnd(scope)
            | Delta::Feed(scope, _)
            | Delta::FeedEnd(scope)
            | Delta::Undecodable { scope, .. } => scope.cluster,
            Delta::Upsert(cluster, _)
            | Delta::Remove(cluster, ..)
            | Delta::Warning(cluster, _)
            | Delta::Link(cluster, _)
            | Delta::ClockSkew(cluster, _)
            | Delta::Endpoint(cluster, _)
            | Delta::Served(cluster, _) => *cluster,
        }
    }
}
