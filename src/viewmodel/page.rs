//! What the body of the screen shows, the rows it is made of, and what the cursor can be on.

use std::collections::HashMap;
use std::rc::Rc;

use super::applications;
use super::aspect::Aspect;
use super::copy::Told;
use super::flux;
use super::history;
use super::journal::{self, ActionRow};
use super::objects::{self, ObjectRow};
use super::order::{self, Sort};
use super::releases;
use super::search::{self, Hit};
use super::tree::{self, TreeRow};
use super::{Facts, State};
use crate::action::{ActionId, Entry};
use crate::dossier::Dossier;
use crate::insight::{
    self, ApplicationRow, Cause, DeploymentRow, Finding, FluxRow, HistoryRow, Judgement, Listings,
    ReleaseId, ReleaseRow, Runs, Shared, SyncRow, TenantRow,
};
use crate::model::{ClusterId, Kind, Moment, ObjectId, ObjectKind, ObjectRef, Text, Uid};
use crate::store::Store;
use crate::tenancy::{Places, Selection};

/// A screen, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    Watch,
    Tenants,
    Tenant(Text),
    Deployments,
    /// Of Argo CD.
    Applications,
    /// Kustomizations and `HelmReleases`.
    Flux,
    /// Releases of Helm.
    Helm,
    /// What was done from this machine.
    Journal,
    /// One object, from one side.
    Aspect(Aspect, ObjectRef),
    /// An action on an object, before it is confirmed.
    Preview(ObjectRef),
    /// The revisions of a workload, or what an Application deployed, and what differs between two of them.
    History(ObjectRef),
    /// The objects of one kind, watched or not.
    Objects(ObjectKind),
    /// What has the words of its filter in its name.
    Search,
    /// The keys of the page one comes from.
    Help(Box<Page>),
}

impl Page {
    /// Lines of text under a cursor, not rows.
    pub fn reads(&self) -> bool {
        matches!(self, Page::Aspect(..) | Page::Preview(_))
    }

    /// Those that have a tab, with their number. The numbers of screens to come stay free.
    pub const TABS: [(u8, Page); 4] = [
        (1, Page::Watch),
        (2, Page::Tenants),
        (4, Page::Deployments),
        (9, Page::Journal),
    ];

    /// The page of the tab it stands under; None for those that are beside them.
    pub fn tab(&self) -> Option<Page> {
        match self {
            Page::Tenant(_) => Some(Page::Tenants),
            Page::Search
            | Page::Applications
            | Page::Flux
            | Page::Helm
            | Page::Objects(_)
            | Page::Aspect(..)
            | Page::Preview(_)
            | Page::History(_) => None,
            Page::Help(origin) => origin.tab(),
            page => Some(page.clone()),
        }
    }
}

/// What the cursor can be on. It stays on it wherever it moves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    Finding(Cause),
    Object(ObjectId),
    /// A workload of a controller that is not watched itself.
    Owner(ClusterId, Uid),
    Tenant(Text),
    Environment(ClusterId, Text),
    Node(ClusterId, Text),
    /// A row among the objects of its kind.
    Listed(Box<ObjectRef>),
    /// A revision of a workload or what an Application deployed, by the owner's identity and its own number.
    Revision(ClusterId, Uid, Option<u64>),
    /// Of Helm: one name, whatever revision is its newest.
    Release(ReleaseId),
    /// An action of the journal.
    Action(ActionId),
}

impl From<Cause> for Target {
    /// A workload is one target, whatever list it stands in.
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Owner(cluster, uid) => Target::Owner(cluster, uid),
            Cause::Object(object) => Target::Object(object),
            cause => Target::Finding(cause),
        }
    }
}

/// The rows of a page, all of them, in the order that stands on the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    Findings(Vec<Finding>),
    Tenants(Vec<TenantRow>),
    Tree(Vec<TreeRow>),
    Workloads(Vec<Rc<DeploymentRow>>),
    Applications(Vec<Rc<ApplicationRow>>),
    Flux(Vec<FluxRow>),
    Releases(Vec<ReleaseRow>),
    Hits(Vec<Hit>),
    History(Vec<HistoryRow>),
    Syncs(Vec<SyncRow>),
    Objects(Vec<ObjectRow>),
    Actions(Vec<ActionRow>),
}

impl Default for Rows {
    fn default() -> Self {
        Rows::Findings(Vec::new())
    }
}

/// What rows are made from.
pub struct Ground<'a> {
    pub store: &'a Store,
    /// What is known beyond what is watched.
    pub dossier: &'a Dossier,
    pub places: &'a Places,
    pub judgement: &'a Judgement,
    pub now: Moment,
    pub listings: &'a Listings,
    /// What was done, newest first.
    pub journal: &'a [Entry],
    /// What was asked to be seen.
    pub scope: &'a Selection,
    /// What is searched for, on the page that searches.
    pub query: &'a str,
    /// None is worst first.
    pub sort: Option<Sort>,
    /// Branches of a tree that were opened or folded by hand.
    pub folds: &'a HashMap<Target, bool>,
    /// A filter is on: it looks into branches that would be folded by themselves.
    pub filtered: bool,
}

impl<'a> Ground<'a> {
    pub(super) fn workloads(&self) -> &'a [Rc<DeploymentRow>] {
        let listings = self.listings;
        listings.workloads(self.store, self.places, self.judgement)
    }

    pub(super) fn applications(&self) -> Shared<ApplicationRow> {
        let listings = self.listings;
        listings.applications(self.store, self.places, self.now)
    }

    pub(super) fn runs(&self) -> &'a Runs {
        let listings = self.listings;
        listings.runs(self.store, self.places, self.judgement)
    }

    pub(super) fn tenants(&self, selection: &Selection) -> Vec<TenantRow> {
        let listings = self.listings;
        listings.tenants(self.store, self.places, self.judgement, selection)
    }
}

/// The rows of a page, worst first unless another order was chosen.
pub fn rows(page: &Page, ground: &Ground<'_>) -> Rows {
    let mut rows = match page {
        Page::Watch => {
            let asked = ground.judgement.findings.iter();
            Rows::Findings(
                asked
                    .filter(|it| it.within(ground.scope))
                    .cloned()
                    .collect(),
            )
        }
        Page::Tenants => {
            let mut rows = ground.tenants(ground.scope);
            rows.sort_by_cached_key(order::tenant);
            Rows::Tenants(rows)
        }
        Page::Search => Rows::Hits(search::hits(ground)),
        Page::Objects(kind) => Rows::Objects(objects::rows(ground, kind)),
        Page::Tenant(name) => Rows::Tree(tree::rows(ground, name)),
        Page::Applications => Rows::Applications(applications::rows(ground)),
        Page::Flux => Rows::Flux(flux::rows(ground)),
        Page::Helm => Rows::Releases(releases::rows(ground)),
        Page::Journal => Rows::Actions(journal::rows(ground)),
        Page::History(object) if object.kind == Kind::Application => {
            Rows::Syncs(history::syncs(ground, object))
        }
        Page::History(object) => Rows::History(insight::history(ground.store, object)),
        Page::Help(_) | Page::Aspect(..) | Page::Preview(_) => Rows::default(),
        Page::Deployments => {
            let asked = |row: &&Rc<DeploymentRow>| {
                ground.scope.is_everything() || ground.scope.matches(&row.namespace, &row.place)
            };
            let all = ground.workloads().iter();
            let mut rows: Vec<_> = all.filter(asked).cloned().collect();
            rows.sort_by_key(|row| order::workload(row));
            Rows::Workloads(rows)
        }
    };
    if let Some(sort) = ground.sort {
        order::sort(&mut rows, sort);
    }
    rows
}

/// A row answers for itself.
pub(super) trait Listed {
    /// What the cursor is on there.
    fn target(&self) -> Target;
    /// The worst finding on it, else its own.
    fn state(&self) -> State;
    /// What leaves the program of it.
    fn told(&self, facts: &Facts<'_>) -> Told;
}

impl<T: Listed> Listed for Rc<T> {
    fn target(&self) -> Target {
        T::target(self)
    }

    fn state(&self) -> State {
        T::state(self)
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        T::told(self, facts)
    }
}

impl Rows {
    pub fn len(&self) -> usize {
        match self {
            Rows::Findings(rows) => rows.len(),
            Rows::Tenants(rows) => rows.len(),
            Rows::Tree(rows) => rows.len(),
            Rows::Workloads(rows) => rows.len(),
            Rows::Applications(rows) => rows.len(),
            Rows::Flux(rows) => rows.len(),
            Rows::Releases(rows) => rows.len(),
            Rows::Hits(rows) => rows.len(),
            Rows::History(rows) => rows.len(),
            Rows::Syncs(rows) => rows.len(),
            Rows::Objects(rows) => rows.len(),
            Rows::Actions(rows) => rows.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn row(&self, at: usize) -> Option<&dyn Listed> {
        fn of<T: Listed>(rows: &[T], at: usize) -> Option<&dyn Listed> {
            rows.get(at).map(|row| row as &dyn Listed)
        }
        match self {
            Rows::Findings(rows) => of(rows, at),
            Rows::Tenants(rows) => of(rows, at),
            Rows::Tree(rows) => of(rows, at),
            Rows::Workloads(rows) => of(rows, at),
            Rows::Applications(rows) => of(rows, at),
            Rows::Flux(rows) => of(rows, at),
            Rows::Releases(rows) => of(rows, at),
            Rows::Hits(rows) => of(rows, at),
            Rows::History(rows) => of(rows, at),
            Rows::Syncs(rows) => of(rows, at),
            Rows::Objects(rows) => of(rows, at),
            Rows::Actions(rows) => of(rows, at),
        }
    }

    pub fn target(&self, at: usize) -> Option<Target> {
        self.row(at).map(Listed::target)
    }

    pub(super) fn state(&self, at: usize) -> Option<State> {
        self.row(at).map(Listed::state)
    }

    pub fn targets(&self) -> impl Iterator<Item = Target> {
        (0..self.len()).filter_map(|at| self.target(at))
    }

    pub fn findings(&self) -> &[Finding] {
        match self {
            Rows::Findings(rows) => rows,
            _ => &[],
        }
    }

    pub fn tenants(&self) -> &[TenantRow] {
        match self {
            Rows::Tenants(rows) => rows,
            _ => &[],
        }
    }

    pub fn tree(&self) -> &[TreeRow] {
        match self {
            Rows::Tree(rows) => rows,
            _ => &[],
        }
    }

    pub fn history(&self) -> &[HistoryRow] {
        match self {
            Rows::History(rows) => rows,
            _ => &[],
        }
    }

    pub fn syncs(&self) -> &[SyncRow] {
        match self {
            Rows::Syncs(rows) => rows,
            _ => &[],
        }
    }

    pub fn objects(&self) -> &[ObjectRow] {
        match self {
            Rows::Objects(rows) => rows,
            _ => &[],
        }
    }

    pub fn actions(&self) -> &[ActionRow] {
        match self {
            Rows::Actions(rows) => rows,
            _ => &[],
        }
    }

    pub fn hits(&self) -> &[Hit] {
        match self {
            Rows::Hits(rows) => rows,
            _ => &[],
        }
    }

    pub fn applications(&self) -> &[Rc<ApplicationRow>] {
        match self {
            Rows::Applications(rows) => rows,
            _ => &[],
        }
    }

    pub fn flux(&self) -> &[FluxRow] {
        match self {
            Rows::Flux(rows) => rows,
            _ => &[],
        }
    }

    pub fn releases(&self) -> &[ReleaseRow] {
        match self {
            Rows::Releases(rows) => rows,
            _ => &[],
        }
    }

    pub fn workloads(&self) -> &[Rc<DeploymentRow>] {
        match self {
            Rows::Workloads(rows) => rows,
            _ => &[],
        }
    }

    pub fn workload_mut(&mut self, at: usize) -> Option<&mut Rc<DeploymentRow>> {
        match self {
            Rows::Workloads(rows) => rows.get_mut(at),
            _ => None,
        }
    }

    /// The new rows in the places of the old ones, for as long as a hand is at them: what vanished stays as it was last
    /// seen, what is new comes last. Says whether that is another order than the new one.
    pub fn held(&self, new: &Rows) -> (Rows, bool) {
        match (self, new) {
            (Rows::Findings(old), Rows::Findings(new)) => wrap(old, new, Rows::Findings),
            (Rows::Tenants(old), Rows::Tenants(new)) => wrap(old, new, Rows::Tenants),
            (Rows::Workloads(old), Rows::Workloads(new)) => wrap(old, new, Rows::Workloads),
            (Rows::Applications(old), Rows::Applications(new)) => {
                wrap(old, new, Rows::Applications)
            }
            (Rows::Flux(old), Rows::Flux(new)) => wrap(old, new, Rows::Flux),
            (Rows::Releases(old), Rows::Releases(new)) => wrap(old, new, Rows::Releases),
            (Rows::Hits(old), Rows::Hits(new)) => wrap(old, new, Rows::Hits),
            (Rows::History(old), Rows::History(new)) => wrap(old, new, Rows::History),
            (Rows::Syncs(old), Rows::Syncs(new)) => wrap(old, new, Rows::Syncs),
            (Rows::Objects(old), Rows::Objects(new)) => wrap(old, new, Rows::Objects),
            (Rows::Actions(old), Rows::Actions(new)) => wrap(old, new, Rows::Actions),
            // A tree keeps the branch under the cursor open, which is what a hand is at.
            _ => (new.clone(), false),
        }
    }
}

fn wrap<T: Listed + Clone>(old: &[T], new: &[T], rows: fn(Vec<T>) -> Rows) -> (Rows, bool) {
    let (held, moved) = hold(old, new);
    (rows(held), moved)
}

fn hold<T: Listed + Clone>(old: &[T], new: &[T]) -> (Vec<T>, bool) {
    let mut fresh: HashMap<Target, &T> = new.iter().map(|row| (row.target(), row)).collect();
    let mut held: Vec<T> = old
        .iter()
        .map(|row| fresh.remove(&row.target()).unwrap_or(row).clone())
        .collect();
    held.extend(
        new.iter()
            .filter(|row| fresh.contains_key(&row.target()))
            .cloned(),
    );
    let moved = held.len() != new.len()
        || held
            .iter()
            .zip(new)
            .any(|(held, new)| held.target() != new.target());
    (held, moved)
}
