//! The rows on the screen: judged, kept still under a hand, filtered, walked through.

use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

use tui_input::Input as Line;

use super::{App, Now, update};
use crate::insight::{self, Cause, Judgement, Listings};
use crate::model::{ClusterId, ObjectId, ObjectRef, Uid};
use crate::tenancy::Places;
use crate::viewmodel::{
    self, Aspect, Field, Filter, Form, Ground, Page, Rows, Survey, Tally, Target, Walk,
};

/// Rows keep their places until this long after the last key.
const HAND: Duration = Duration::from_secs(2);

impl App {
    pub(super) fn judge(&mut self, now: Now) {
        self.unjudged = false;
        let displaced = std::mem::take(&mut self.displaced);
        if displaced && self.places.stale(&self.store, &self.options.rules) {
            self.places = Places::resolve(&self.store, &self.options.rules);
        }
        let judgement = insight::judge(&self.store, &self.places, now.moment);
        self.take(judgement, now);
    }

    /// Puts a judgement in the place of the last one.
    pub(super) fn take(&mut self, judgement: Judgement, now: Now) {
        let had_read = self.survey.read();
        self.judgement = judgement;
        self.listings = Listings::default();
        self.before = None;
        self.revisions = None;
        self.forget_streams();
        self.why = None;
        self.users = None;
        self.tally = None;
        self.hosts = None;
        let survey = Survey::of(&self.store, &self.places, &self.scope);
        let told = std::mem::replace(&mut self.survey, survey);
        self.tell(&told);
        self.count();
        let rows = self.rows();
        // While a cluster is read for the first time every row is new, which says nothing.
        if had_read {
            self.note_new(&rows);
        }
        self.show(rows, now);
        self.find_sought();
        self.choose_from_news();
    }

    /// The rows of the page as they would stand if nobody had a hand at them.
    pub(super) fn rows(&self) -> Rows {
        viewmodel::rows(self.trail.page(), &self.ground())
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            store: &self.store,
            dossier: &self.dossier,
            places: &self.places,
            judgement: &self.judgement,
            now: self.now,
            listings: &self.listings,
            journal: &self.book.entries,
            scope: &self.scope,
            query: self.sheet.filter.as_ref().map_or("", Filter::text),
            sort: self.sheet.sort,
            folds: &self.sheet.folds,
            filtered: self.sheet.filter.as_ref().is_some_and(|it| !it.open()),
        }
    }

    fn note_new(&mut self, rows: &Rows) {
        let known: HashSet<Target> = self.sheet.rows.targets().collect();
        let new = rows.targets().filter(|it| !known.contains(it));
        self.sheet.unseen.extend(new);
    }

    /// Takes the new order over, or only the new words while a hand is at the rows.
    pub(super) fn show(&mut self, rows: Rows, now: Now) {
        let rests = self
            .last_key
            .map(|key| key + HAND)
            .filter(|rest| *rest > now.at);
        self.settle = None;
        if rests.is_some() {
            let (held, moved) = self.sheet.rows.held(&rows);
            self.sheet.rows = held;
            self.settle = rests.filter(|_| moved);
        } else {
            if !self.sheet.unseen.is_empty() {
                let targets: HashSet<Target> = rows.targets().collect();
                self.sheet.unseen.retain(|it| targets.contains(it));
            }
            self.sheet.rows = rows;
        }
        self.list();
        self.drop_marks(now);
    }

    /// Applies the filter, and keeps the cursor on its object, or near where it was when that is gone.
    pub(super) fn list(&mut self) {
        self.locate();
        self.completions = None;
        self.sheet.listed = self.with_facts(viewmodel::listed);
        self.sheet.strips = self.with_facts(viewmodel::strips);
        let Some(selection) = self.sheet.selection.clone() else {
            return;
        };
        (self.sheet.at, self.sheet.selection) = self.with_facts(|facts| {
            let walk = Walk::of(facts);
            if let Some(at) = walk.place(&selection) {
                return (at, Some(selection));
            }
            // A row of the list gives its place to another, never to one in the strips below.
            let strip = *facts.page == Page::Watch && matches!(selection, Target::Object(_));
            let among = if strip { walk.count() } else { walk.rows() };
            let at = facts.at.min(among.saturating_sub(1));
            (at, walk.target(at).filter(|_| at < among))
        });
    }

    /// Finds out where the pods are when the filter asks for it, once a judgement.
    fn locate(&mut self) {
        let asked = self
            .sheet
            .filter
            .as_ref()
            .is_some_and(|it| it.asks(Field::Node));
        if asked && self.hosts.is_none() {
            self.hosts = Some(insight::hosts(&self.store));
        }
    }

    /// Another page, with its rows as of now.
    pub(super) fn turn_to(&mut self, page: Page, now: Now) {
        let other = self.change_to(page);
        // By its own key a page is whole: the filter was that of the row it was opened from.
        let drilled = std::mem::take(&mut self.sheet.drilled);
        if drilled {
            self.sheet.filter = None;
        }
        if other || drilled {
            self.arrive(now);
        }
    }

    /// The sheet of another page, whose rows are still to be made; false when it is the one that is there.
    pub(super) fn change_to(&mut self, page: Page) -> bool {
        let other = *self.trail.page() != page;
        if other {
            let sheet = std::mem::take(&mut self.sheet);
            self.sheet = self.trail.go(page, sheet);
        }
        other
    }

    pub(super) fn step(&mut self, forth: bool, now: Now) {
        if let Some(sheet) = self.trail.step(forth, &mut self.sheet) {
            self.sheet = sheet;
            self.arrive(now);
        }
    }

    pub(super) fn arrive(&mut self, now: Now) {
        self.drop_left_plan();
        self.typing = self.asks_help().then(Line::default);
        self.last_key = None;
        self.book.stale |= *self.trail.page() == Page::Journal;
        let rows = self.rows();
        self.show(rows, now);
        self.last_key = Some(now.at);
    }

    /// The rows anew, because the person folded or opened some.
    pub(super) fn refold(&mut self) {
        self.sheet.rows = self.rows();
        self.list();
    }

    /// Looks up what came before the finding under the cursor, or the inside of the workload, once a judgement.
    pub(super) fn recall(&mut self) {
        self.count();
        self.recall_completions();
        self.recall_outline();
        match self.trail.page() {
            Page::Watch => self.recall_changes(),
            // Only the pane shows them.
            Page::Deployments if Form::of(self.size.0, self.size.1) == Form::Wide => {
                self.recall_selected();
            }
            Page::Aspect(aspect, object) => {
                let (aspect, object) = (*aspect, object.clone());
                self.recall_inside(aspect, &object);
            }
            _ => {}
        }
    }

    /// What is wrong in each screen, once a judgement: what it takes is a part of judging.
    fn count(&mut self) {
        self.tally = if Tally::fits(self.size.0) {
            let count = || Tally::of(&self.store, &self.judgement);
            self.tally.take().or_else(|| Some(count()))
        } else {
            None
        };
    }

    /// Once for what is typed and where in it.
    fn recall_completions(&mut self) {
        let Some(line) = self.typing.as_ref().filter(|_| !self.asks_help()) else {
            self.completions = None;
            return;
        };
        let (text, at) = (line.value(), update::cursor(line));
        let known = |(known, place, _): &(String, usize, _)| known == text && *place == at;
        if !self.completions.as_ref().is_some_and(known) {
            let (text, found) = (text.to_owned(), self.with_facts(viewmodel::completions));
            self.completions = Some((text, at, found));
        }
    }

    fn recall_changes(&mut self) {
        let findings = self.sheet.rows.findings();
        let selected = self.with_facts(viewmodel::selected);
        let Some(finding) = selected.and_then(|at| findings.get(at)) else {
            return;
        };
        let known = |(cause, _): &(Cause, _)| *cause == finding.cause;
        if !self.before.as_ref().is_some_and(known) {
            let now = self.survey.cluster_now(finding.cluster, self.now);
            let changes = insight::before(&self.store, finding, now);
            self.before = Some((finding.cause.clone(), changes));
        }
    }

    /// The log that a rollout shows is found among its pods: before it is drawn, or a judgement would close it.
    pub(super) fn recall_culprit(&mut self) {
        if let Page::Aspect(Aspect::Rollout, object) = self.trail.page() {
            let object = object.clone();
            self.recall_inside(Aspect::Rollout, &object);
        }
    }

    /// What the page of one object shows of the watches.
    fn recall_inside(&mut self, aspect: Aspect, object: &ObjectRef) {
        let known = |(known, _): &(ObjectRef, _)| known == object;
        if aspect == Aspect::Describe && !self.users.as_ref().is_some_and(known) {
            let users = viewmodel::users(&self.store, &self.dossier, object);
            self.users = Some((object.clone(), users));
        }
        let Some(id) = object.id() else {
            // What is known by its name only has no inside, least of all another's.
            (self.revisions, self.why) = (None, None);
            return;
        };
        if matches!(aspect, Aspect::Rollout | Aspect::Events | Aspect::Describe) {
            self.recall_revisions(object.cluster, &object.namespace, id.uid, Cause::Object(id));
        }
        let known = |(known, _): &(ObjectId, _)| *known == id;
        if aspect == Aspect::Why && !self.why.as_ref().is_some_and(known) {
            let now = self.survey.cluster_now(object.cluster, self.now);
            let (store, judgement) = (&self.store, &self.judgement);
            let workloads = self.listings.workloads(store, &self.places, judgement);
            let workloads: Vec<_> = workloads.iter().map(Rc::as_ref).collect();
            let around = viewmodel::around_for_why(store, &self.dossier, object);
            let why = insight::why(store, judgement, &workloads, object, &around, now);
            self.why = Some((id, why));
        }
    }

    fn recall_selected(&mut self) {
        let workloads = self.sheet.rows.workloads();
        let selected = self.with_facts(viewmodel::selected);
        let Some(row) = selected.and_then(|at| workloads.get(at)) else {
            return;
        };
        self.recall_revisions(row.cluster, &row.namespace.clone(), row.uid, row.cause());
    }

    fn recall_revisions(
        &mut self,
        cluster: ClusterId,
        namespace: &str,
        workload: Uid,
        cause: Cause,
    ) {
        let known = |(known, _): &(Cause, _)| *known == cause;
        if !self.revisions.as_ref().is_some_and(known) {
            let cluster = self.store.cluster(cluster);
            let mut found = cluster
                .map(|it| insight::revisions(it, |it| it == namespace, |uid| uid == workload))
                .unwrap_or_default();
            let revisions = found.remove(&workload).unwrap_or_default();
            self.revisions = Some((cause, revisions));
        }
    }

    /// A key acts on what was on the screen when it was pressed, whatever comes next.
    pub(super) fn pin(&mut self) {
        // In a text the cursor is on a line, whatever it says.
        if self.sheet.selection.is_none() && !self.reads() {
            let sheet = &mut self.sheet;
            let mut targets = sheet.listed.iter().map(|at| sheet.rows.target(*at));
            let place = targets.position(|it| it.is_some() && it == sheet.stood);
            sheet.at = place.unwrap_or(0);
            let at = sheet.listed.get(sheet.at);
            sheet.selection = at.and_then(|at| sheet.rows.target(*at));
        }
        // A branch that was open by itself does not fold while the cursor is on it.
        for branch in self.branches() {
            self.sheet.folds.entry(branch).or_insert(true);
        }
    }

    pub(super) fn look(&mut self) {
        let page = self.with_facts(viewmodel::page);
        let sheet = &mut self.sheet;
        for at in sheet.listed.iter().skip(sheet.first).take(page) {
            if let Some(target) = sheet.rows.target(*at) {
                sheet.unseen.remove(&target);
            }
        }
    }

    /// Into the pane, whose lines are scrolled then, or back to the rows. Narrower screens have none.
    pub(super) fn enter_pane(&mut self) {
        self.sheet.pane = match self.sheet.pane {
            None if self.has_pane() => Some(0),
            _ => None,
        };
    }

    /// Moves the cursor by so many rows, as far as there are rows; in the pane its lines.
    pub(super) fn go(&mut self, by: isize) {
        if let Some(first) = &mut self.sheet.pane {
            *first = first.saturating_add_signed(by);
            return;
        }
        if self.asks_help() {
            // The next frame knows where the end is.
            self.sheet.first = self.sheet.first.saturating_add_signed(by);
            return;
        }
        if self.reads() {
            self.go_in_text(by);
            return;
        }
        (self.sheet.at, self.sheet.selection) = self.with_facts(|facts| {
            let walk = Walk::of(facts);
            let last = walk.count().saturating_sub(1);
            let at = match facts.selection {
                Some(_) => facts.at.saturating_add_signed(by).min(last),
                None => 0,
            };
            (at, walk.target(at))
        });
    }

    pub(super) fn page(&self) -> isize {
        let page = self.with_facts(viewmodel::page);
        isize::try_from(page.max(1)).unwrap_or(isize::MAX)
    }

    /// Says once what no row says: a cluster that is read twice, a clock that is off, an object that cannot be read.
    fn tell(&mut self, told: &Survey) {
        let catalogue = &self.options.catalogue;
        for (one, other) in self
            .survey
            .twins
            .iter()
            .filter(|it| !told.twins.contains(it))
        {
            let arguments = [
                ("one", one.as_str().into()),
                ("other", other.as_str().into()),
            ];
            self.notices
                .bad(catalogue.say_with("notice-twins", &arguments));
        }
        for (at, sight) in self.survey.clusters.iter().enumerate() {
            let before = told.clusters.get(at);
            let cluster = || sight.name.as_str().into();
            let was_right = before.is_none_or(|it| !insight::is_off(it.skew));
            if was_right && insight::is_off(sight.skew) {
                let arguments = [("seconds", sight.skew.abs().into()), ("cluster", cluster())];
                self.notices
                    .bad(catalogue.say_with("notice-clock", &arguments));
            }
            let new = before.is_none_or(|it| it.unreadable < sight.unreadable);
            if let Some((kind, name, fault)) = sight.latest_unreadable.as_ref().filter(|_| new) {
                let arguments = [
                    ("kind", kind.name().into()),
                    ("name", name.as_str().into()),
                    ("cluster", cluster()),
                    ("reason", catalogue.garbled(fault).into()),
                ];
                self.notices
                    .bad(catalogue.say_with("notice-unreadable", &arguments));
            }
        }
    }
}
