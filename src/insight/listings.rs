//! The rows of a judgement, made when they are first asked for: many keys ask for the same before the next judgement.

use std::cell::OnceCell;

use crate::store::Store;
use crate::tenancy::{Places, Selection};

use super::tenants::{Ground, grounds, tenants_on};
use super::{DeploymentRow, Judgement, TenantRow, deployments};

#[derive(Default)]
pub struct Listings {
    workloads: OnceCell<Vec<DeploymentRow>>,
    grounds: OnceCell<Vec<Ground>>,
}

impl Listings {
    /// As [`deployments`] gives them.
    pub fn workloads(
        &self,
        store: &Store,
        places: &Places,
        judgement: &Judgement,
    ) -> &[DeploymentRow] {
        let make = || deployments(store, places, judgement);
        self.workloads.get_or_init(make)
    }

    /// As [`super::tenants()`] gives them.
    pub fn tenants(
        &self,
        store: &Store,
        places: &Places,
        judgement: &Judgement,
        selection: &Selection,
    ) -> Vec<TenantRow> {
        let make = || grounds(store, places, judgement);
        tenants_on(self.grounds.get_or_init(make), judgement, selection)
    }
}
