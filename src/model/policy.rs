//! Bounds on workloads and namespaces: autoscalers, disruption budgets, quotas.

use super::{Condition, Meta, Text};

/// A `HorizontalPodAutoscaler`.
#[derive(Clone, Debug, PartialEq)]
pub struct Hpa {
    pub meta: Meta,
    pub target_kind: Text,
    pub target_name: Text,
    pub min: u32,
    pub max: u32,
    pub current: u32,
    pub desired: u32,
    pub conditions: Vec<Condition>,
}

impl Hpa {
    pub fn condition(&self, name: &str) -> Option<&Condition> {
        self.conditions
            .iter()
            .find(|condition| condition.name == name)
    }
}

/// A `PodDisruptionBudget`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pdb {
    pub meta: Meta,
    pub allowed: u32,
    pub healthy: u32,
    pub required: u32,
    pub expected: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    pub meta: Meta,
    /// Per resource name (`limits.cpu`, `pods`…): used and hard, as the server writes them (`7500m`, `8`, `16Gi`).
    pub bounds: Vec<Bound>,
}

/// Use of one resource under a quota.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub resource: Text,
    pub used: Text,
    pub hard: Text,
    /// `used ÷ hard`, or None where either cannot be read or nothing is allowed.
    pub ratio: Option<f64>,
}
