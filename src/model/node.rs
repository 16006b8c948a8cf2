use super::{Condition, Meta, Text, Writer};

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub meta: Meta,
    /// Cordoned.
    pub unschedulable: bool,
    /// Who cordoned it, as far as the object tells.
    pub cordoned_by: Option<Box<Writer>>,
    pub taints: Vec<Taint>,
    /// `Ready`, `MemoryPressure`, `DiskPressure`, `PIDPressure`, `NetworkUnavailable`…
    pub conditions: Vec<Condition>,
    /// Allocatable, in thousandths of a core and in MiB.
    pub cpu: u32,
    pub memory: u32,
}

impl Node {
    pub fn condition(&self, name: &str) -> Option<&Condition> {
        self.conditions
            .iter()
            .find(|condition| condition.name == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taint {
    pub key: Text,
    pub value: Text,
    pub effect: Text,
}
