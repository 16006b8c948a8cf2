//! The rows of a judgement, made when they are first asked for: many keys ask for the same before the next judgement.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::model::Moment;
use crate::store::Store;
use crate::tenancy::{Places, Selection};

use super::tenants::{Ground, grounds, tenants_on};
use super::{
    ApplicationRow, DeploymentRow, Judgement, Runs, TenantRow, application_rows, deployments, runs,
};

/// Rows that pages share.
pub type Shared<T> = Rc<[Rc<T>]>;

#[derive(Default)]
pub struct Listings {
    workloads: OnceCell<Shared<DeploymentRow>>,
    /// With the minute that they are as of: what sync windows make of them is told to the minute.
    applications: RefCell<Option<(i64, Shared<ApplicationRow>)>>,
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
    ) -> &[Rc<DeploymentRow>] {
        let make = || deployments(store, places, judgement).into_iter();
        self.workloads.get_or_init(|| make().map(Rc::new).collect())
    }

    /// As [`application_rows()`] gives them.
    pub fn applications(
        &self,
        store: &Store,
        places: &Places,
        now: Moment,
    ) -> Shared<ApplicationRow> {
        let minute = now.seconds().div_euclid(60);
        let mut known = self.applications.borrow_mut();
        if let Some((_, rows)) = known.as_ref().filter(|(at, _)| *at == minute) {
            return Rc::clone(rows);
        }
        let rows = application_rows(store, places, now).into_iter();
        let rows: Shared<_> = rows.map(Rc::new).collect();
        *known = Some((minute, Rc::clone(&rows)));
        rows
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
