//! The rows of a judgement, made when they are first asked for: many keys ask for the same before the next judgement.

use std::cell::OnceCell;

use crate::store::Store;
use crate::tenancy::{Places, Selection};

use super::tenants::{Ground, grounds, tenants_on};
use super::{DeploymentRow, Judgement, Runs, TenantRow, deployments, runs};

#[derive(Default)]
pub struct Listings {
    workloads: OnceCell<Vec<DeploymentRow>>,
    grounds: OnceCell<Vec<Ground>>,
    runs: OnceCell<Runs>,
}

impl Listings {
    /// As [`deployments()`] gives them.
    pub fn workloads(
        &self,
        store: &Store,
        places: &Places,
        judgement: &Judgement,
    ) -> &[DeploymentRow] {
        let make = || deployments(store, places, judgement);
        self.workloads.get_or_init(make)
    }

    /// As [`super::runs()`] gives them.
    pub fn runs(&self, store: &Store, places: &Places, judgement: &Judgement) -> &Runs {
        self.runs.get_or_init(|| runs(store, places, judgement))
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
