//! Every tenant as a row.

use crate::model::{ClusterId, Text};
use crate::store::Store;
use crate::tenancy::{Class, Places};

use super::Finding;

#[derive(Clone, Debug, PartialEq)]
pub struct TenantRow {
    pub name: Text,
    pub platform: bool,
    pub clusters: Vec<ClusterId>,
    /// Production first, then by name.
    pub environments: Vec<EnvironmentRow>,
    /// Deployments, `StatefulSets` and `DaemonSets`: those with every pod ready, and all.
    pub ready: u32,
    pub total: u32,
    pub critical: u32,
    pub warning: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EnvironmentRow {
    pub cluster: ClusterId,
    pub name: Text,
    pub class: Class,
    pub namespace: Text,
}

/// The platform first, then by name. `findings` are counted on each tenant they hit.
pub fn tenants(_store: &Store, _places: &Places, _findings: &[Finding]) -> Vec<TenantRow> {
    Vec::new()
}
