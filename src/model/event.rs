use super::{Moment, Text, Uid};

/// An event, aggregated by the API server: `count` grows and `last` moves as it repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub uid: Uid,
    /// Of type Warning, and not Normal.
    pub warning: bool,
    pub namespace: Text,
    /// Kind, name and uid of the object it speaks of.
    pub kind: Text,
    pub name: Text,
    pub object: Option<Uid>,
    pub reason: Text,
    pub message: Text,
    pub count: u32,
    pub first: Moment,
    pub last: Moment,
}
