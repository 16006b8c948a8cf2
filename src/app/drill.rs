//! Into the row under the cursor, and out again.

use std::collections::HashMap;

use super::{App, Now};
use crate::insight::{Cause, Finding, FluxKept, Kept, ReleaseId, Trouble};
use crate::model::{ClusterId, Kind, ObjectRef, Text};
use crate::viewmodel::{self, Aspect, Ground, Page, Target, TreeRow};

/// Whether a finding on an object of that kind has a row in the tree: a pod that is one has a controller.
fn is_row(kind: Kind) -> bool {
    !matches!(kind, Kind::Pod | Kind::HorizontalPodAutoscaler)
}

impl App {
    /// Opens what the row stands for: a tenant, the place of a workload, a branch.
    pub(super) fn open(&mut self, now: Now) {
        if self.reads() {
            self.open_line(now);
            return;
        }
        let Some(target) = self.sheet.selection.clone() else {
            return;
        };
        match (self.trail.page(), target) {
            (Page::Tenants, Target::Tenant(name)) => self.turn_to(Page::Tenant(name), now),
            (Page::Search, target) => self.open_hit(target, now),
            (Page::Journal, _) => self.open_deed(now),
            (Page::Applications, Target::Listed(object)) => self.open_application(&object, now),
            (Page::Flux, Target::Listed(object)) => self.open_flux(&object, now),
            (Page::Helm, Target::Release(id)) => self.open_release(&id, now),
            (Page::Objects(_), _) => self.turn_to_aspect(Aspect::Describe, now),
            (Page::Tenant(_), target) => {
                let open = self.is_open(&target).is_some_and(|open| !open);
                self.fold(&target, open);
                self.drop_marks(now);
            }
            (_, target) => {
                if let Some((page, row)) = self.kept_row(&target) {
                    self.turn_to_row(page, row, now);
                } else if let Some(filter) = self.hurt_by(&target) {
                    self.turn_to(Page::Deployments, now);
                    self.filter_by(&filter);
                    self.sheet.drilled = true;
                    self.drop_marks(now);
                } else if let Some((tenant, within)) = self.home(&target) {
                    self.open_within(tenant, within, now);
                } else {
                    let said = self.options.catalogue.say("open-nothing");
                    self.notices.refuse(said, now.at);
                }
            }
        }
    }

    /// What an Application keeps, among the workloads.
    fn open_application(&mut self, application: &ObjectRef, now: Now) {
        let mut rows = self.sheet.rows.applications().iter();
        if let Some(row) = rows.find(|it| it.object == *application) {
            self.open_kept(row.cluster, &owned(&application.name), now);
        }
    }

    fn open_flux(&mut self, flux: &ObjectRef, now: Now) {
        let mut rows = self.sheet.rows.flux().iter();
        if let Some(row) = rows.find(|it| it.object == *flux) {
            self.open_kept(row.cluster, &owned(&flux.name), now);
        }
    }

    /// Releases of one name stand in many environments.
    fn open_release(&mut self, release: &ReleaseId, now: Now) {
        let place = self.places.of(release.cluster, &release.namespace);
        let mut term = owned(&release.name);
        for (field, value) in [("tenant", &place.tenant), ("env", &place.environment)] {
            if !value.is_empty() {
                term = format!("{term} {field}=\"{value}\"");
            }
        }
        self.open_kept(release.cluster, &term, now);
    }

    fn open_kept(&mut self, cluster: ClusterId, term: &str, now: Now) {
        let filter = self.within(cluster, term);
        self.turn_to(Page::Deployments, now);
        self.filter_by(&filter);
        self.sheet.drilled = true;
        self.drop_marks(now);
    }

    /// A release among the others, which are read only then.
    pub(super) fn turn_to_release(&mut self, release: &ReleaseId, now: Now) {
        let term = format!("name=\"{}\" {}", release.name, release.namespace);
        let filter = self.within(release.cluster, &term);
        self.turn_to(Page::Helm, now);
        self.filter_by(&filter);
        self.sheet.drilled = true;
        self.drop_marks(now);
    }

    /// Where what a finding or a strip names of Argo CD or Flux stands among all of those.
    fn kept_row(&self, target: &Target) -> Option<(Page, Target)> {
        let (Target::Finding(Cause::Object(id)) | Target::Object(id)) = target else {
            return None;
        };
        let home = id.cluster;
        let cluster = self.store.cluster(home)?;
        let (page, object) = match (cluster.application(id.uid), cluster.flux_of(id.uid)) {
            (Some(application), _) => (Page::Applications, Kept { home, application }.object()),
            (_, Some(flux)) => (Page::Flux, FluxKept { home, flux }.object()),
            _ => return None,
        };
        Some((page, Target::Listed(Box::new(object))))
    }

    /// A page with the cursor on one of its rows.
    fn turn_to_row(&mut self, page: Page, row: Target, now: Now) {
        self.turn_to(page, now);
        self.sheet.filter = None;
        self.sheet.selection = Some(row);
        self.sheet.drilled = true;
        self.refold();
    }

    /// The live rollout of what an action was done to, while it is there.
    fn open_deed(&mut self, now: Now) {
        let object = self.with_facts(viewmodel::subject);
        let there = |it: &ObjectRef| {
            let workload = |uid| self.store.cluster(it.cluster)?.workload(uid);
            Aspect::Rollout.applies(&it.kind) && it.uid.and_then(workload).is_some()
        };
        match object.filter(there) {
            Some(object) => self.turn_to(Page::Aspect(Aspect::Rollout, object), now),
            None => self.refuse("journal-no-rollout", now),
        }
    }

    fn open_hit(&mut self, target: Target, now: Now) {
        let mut hits = self.sheet.rows.hits().iter();
        let place = hits
            .find(|it| it.target == target)
            .and_then(|it| it.place.clone());
        match (target, place) {
            (Target::Tenant(name), _) => self.turn_to(Page::Tenant(name), now),
            (Target::Node(cluster, name), _) => {
                let filter = self.within(cluster, &format!("node={name}"));
                self.turn_to(Page::Deployments, now);
                self.filter_by(&filter);
                self.sheet.drilled = true;
                self.drop_marks(now);
            }
            (Target::Listed(object), Some(place)) => {
                let within = Target::Environment(object.cluster, object.namespace);
                self.open_within(place.tenant, within, now);
            }
            (target, Some(place)) => self.open_within(place.tenant, target, now),
            _ => {}
        }
    }

    /// The tenant of what the row stands for, and what to put the cursor on there.
    fn home(&self, target: &Target) -> Option<(Text, Target)> {
        let at = (0..self.sheet.rows.len())
            .find(|at| self.sheet.rows.target(*at).as_ref() == Some(target));
        if let Some(row) = at.and_then(|at| self.sheet.rows.workloads().get(at)) {
            return Some((row.place.tenant.clone(), target.clone()));
        }
        if let Some(finding) = at.and_then(|at| self.sheet.rows.findings().get(at)) {
            let tenant = match (&finding.place, finding.tenants.as_slice()) {
                (Some(place), _) => place.tenant.clone(),
                (None, [tenant]) => tenant.clone(),
                _ => return None,
            };
            let scaled = self.scaled(finding);
            let within = match Target::from(finding.cause.clone()) {
                own @ Target::Object(object) if is_row(object.kind) => own,
                own @ Target::Owner(..) => own,
                _ if scaled.is_some() => scaled?,
                _ if finding.object().is_some_and(|it| is_row(it.kind)) => {
                    Target::Object(finding.object()?)
                }
                _ => Target::Environment(finding.cluster, finding.namespace.clone()),
            };
            return Some((tenant, within));
        }
        let Target::Object(object) = target else {
            return None;
        };
        let rollout = self
            .judgement
            .rollouts
            .iter()
            .find(|it| it.object == *object);
        let left = || self.survey.temporary.iter().find(|it| it.object == *object);
        let place = rollout
            .map(|it| &it.place)
            .or_else(|| left().map(|it| &it.place))?;
        Some((place.tenant.clone(), target.clone()))
    }

    /// The workload that the autoscaler of a finding changes.
    fn scaled(&self, finding: &Finding) -> Option<Target> {
        let (Trouble::HpaAtMaximum { target, .. } | Trouble::HpaBlind { target, .. }) =
            &finding.trouble
        else {
            return None;
        };
        let (store, judgement) = (&self.store, &self.judgement);
        let workloads = self.listings.workloads(store, &self.places, judgement);
        let mut rows = workloads.iter();
        let row = rows.find(|row| {
            row.cluster == finding.cluster
                && row.namespace == finding.namespace
                && row.kind == target.kind
                && row.name == target.name
        })?;
        Some(row.cause().into())
    }

    /// The tenant's page with the cursor on one of its rows, which is opened with all that is above it.
    pub(super) fn open_within(&mut self, tenant: Text, target: Target, now: Now) {
        let mut path = self.path_to(&tenant, &target);
        let widened = path.is_none() && self.scope != self.options.selection;
        if widened {
            // What is asked for by name is looked at, whatever was narrowed before.
            self.rescope(self.options.selection.clone());
            path = self.path_to(&tenant, &target);
        }
        self.change_to(Page::Tenant(tenant));
        // What is opened must show, whatever was filtered here before.
        self.sheet.filter = None;
        let unseen = path.is_none();
        self.sheet.sought = Some(target.clone());
        if let Some(path) = path {
            self.open_path(path, target);
        }
        self.arrive(now);
        if unseen {
            // The cursor stands where it stood last.
            let read = self.survey.read();
            let id = if read { "open-unseen" } else { "open-unread" };
            self.notices.refuse(self.options.catalogue.say(id), now.at);
        } else if widened {
            let said = self.options.catalogue.say("scope-widened");
            self.notices.good(said, now.at);
        }
    }

    fn open_path(&mut self, path: Vec<Target>, target: Target) {
        let open = path.into_iter().map(|it| (it, true));
        self.sheet.folds.extend(open);
        self.sheet.selection = Some(target);
    }

    /// A search finds a pod that was read before its `ReplicaSet`, or since the rows were last made.
    pub(super) fn find_sought(&mut self) {
        let (Page::Tenant(tenant), Some(target)) = (self.trail.page(), &self.sheet.sought) else {
            return;
        };
        if self.sheet.selection.as_ref() == Some(target) {
            return;
        }
        let target = target.clone();
        if let Some(path) = self.path_to(tenant, &target) {
            self.open_path(path, target);
            self.refold();
        }
    }

    /// A row of a tenant's page and the branches that it is on, whatever is folded.
    fn path_to(&self, tenant: &Text, target: &Target) -> Option<Vec<Target>> {
        let page = Page::Tenant(tenant.clone());
        // A run that is over shows for who asks for it.
        let folds = HashMap::from([(target.clone(), true)]);
        let ground = Ground {
            folds: &folds,
            filtered: true,
            ..self.ground()
        };
        let rows = viewmodel::rows(&page, &ground);
        let at = rows.tree().iter().position(|row| row.target == *target)?;
        let mut path = above(rows.tree(), at);
        path.push(target.clone());
        Some(path)
    }

    /// The branches that the cursor is on.
    pub(super) fn branches(&self) -> Vec<Target> {
        let selection = self.sheet.selection.as_ref();
        let at = selection.and_then(|it| self.row_of(it));
        at.map_or_else(Vec::new, |at| above(self.sheet.rows.tree(), at))
    }

    fn row_of(&self, target: &Target) -> Option<usize> {
        let mut rows = self.sheet.rows.tree().iter();
        rows.position(|row| row.target == *target)
    }

    /// Out of what was opened; false when there is nothing above.
    pub(super) fn leave(&mut self, now: Now) -> bool {
        if self.asks_help() {
            self.step(false, now);
            return true;
        }
        let page = self.trail.page();
        let Some(above) = page.tab() else {
            self.step(false, now);
            return true;
        };
        let inside = *page != above;
        if inside {
            self.turn_to(above, now);
        }
        inside
    }

    pub(super) fn fold_selected(&mut self, open: bool, now: Now) {
        if self.reads() {
            self.fold_block(open);
            return;
        }
        if let Some(target) = self.sheet.selection.clone() {
            self.fold(&target, open);
            self.drop_marks(now);
        }
    }

    /// Folds or opens a branch; what has nothing below it folds the branch it is on.
    fn fold(&mut self, target: &Target, open: bool) {
        let Some(at) = self.row_of(target) else {
            return;
        };
        let state = self.sheet.rows.tree().get(at).and_then(|row| row.open);
        let target = match state {
            Some(state) if state != open => target.clone(),
            _ if !open => {
                let Some(above) = above(self.sheet.rows.tree(), at).into_iter().next() else {
                    return;
                };
                above
            }
            _ => return,
        };
        self.sheet.folds.insert(target.clone(), open);
        self.sheet.selection = Some(target);
        self.refold();
    }

    fn is_open(&self, target: &Target) -> Option<bool> {
        self.sheet.rows.tree().get(self.row_of(target)?)?.open
    }

    /// The filter that leaves the workloads under a cause that several may share, or on a node.
    fn hurt_by(&self, target: &Target) -> Option<String> {
        let (cluster, term) = match target {
            Target::Finding(Cause::Node(cluster, name)) => (*cluster, format!("node={name}")),
            Target::Finding(Cause::Image { cluster, image }) => {
                (*cluster, format!("image=\"{image}\""))
            }
            Target::Finding(Cause::Registry { cluster, host }) => {
                (*cluster, format!("image=\"{host}/*\""))
            }
            Target::Object(object) if object.kind == Kind::Node => {
                let mut nodes = self.store.cluster(object.cluster)?.nodes();
                let node = nodes.find(|it| it.meta.uid == object.uid)?;
                (object.cluster, format!("node={}", node.meta.name))
            }
            _ => return None,
        };
        Some(self.within(cluster, &term))
    }

    /// The term, of one cluster where there are several.
    fn within(&self, cluster: ClusterId, term: &str) -> String {
        let several = self.store.clusters().count() > 1;
        match self.store.cluster(cluster).filter(|_| several) {
            Some(cluster) => format!("{term} cluster=\"{}\"", cluster.name()),
            None => term.to_owned(),
        }
    }
}

/// The branches that a row is on, the nearest first.
fn above(rows: &[TreeRow], at: usize) -> Vec<Target> {
    let mut depth = rows.get(at).map_or(0, |row| row.depth);
    let mut above = Vec::new();
    for row in rows.iter().take(at).rev() {
        if row.depth < depth {
            depth = row.depth;
            above.push(row.target.clone());
        }
    }
    above
}

/// A term of the filter.
fn owned(owner: &str) -> String {
    format!("owner=\"{owner}\"")
}
