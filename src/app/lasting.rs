//! The way that lasts: what keeps the object is held back first, in a plan of its own.

use super::{App, Now};
use crate::action::{self, Lasting, Request};
use crate::model::ObjectRef;

impl App {
    /// Where a change would be put back at once, the way that lasts is the one that is shown.
    pub(super) fn plan_to_last(&mut self, request: Request, now: Now) {
        let lasting = action::lasting(&self.world(), &request);
        match lasting.filter(|it| it.needed) {
            Some(_) => self.plan_lasting(request, now),
            None => self.plan(request, now),
        }
    }

    /// The next way: those that last in turn, and the plan alone.
    pub(super) fn turn_lasting(&mut self, now: Now) {
        let Some(pending) = self.pending.as_ref() else {
            return;
        };
        if pending.sent.is_some() || pending.several() {
            return;
        }
        let request = pending.request().clone();
        self.plan_next(request, now);
    }

    /// After the last of the ways comes the plan alone.
    fn plan_next(&mut self, request: Request, now: Now) {
        let taken = action::taken(&request);
        let ways = action::ways(&self.world(), &request);
        let at = ways.iter().position(|it| Some(it.through) == taken);
        let next = at.map_or(0, |it| it + 1);
        match ways.into_iter().nth(next) {
            Some(way) => self.plan_through(way, request, now),
            None if taken.is_some() => self.plan(action::alone(request), now),
            None => self.refuse_lasting(&request, now),
        }
    }

    /// What would last is not for vigie to do, or there is nothing.
    fn refuse_lasting(&mut self, request: &Request, now: Now) {
        let Some(switch) = action::unreached(&self.world(), request) else {
            self.refuse("lasting-none", now);
            return;
        };
        let console = self.options.guard.console.as_ref();
        let page = console.map(|it| it.page(&switch));
        let said = self.options.catalogue.console_lasts(page.as_deref());
        self.notices.refuse(said, now.at);
    }

    /// Git or a set puts auto-sync back on: the way that was meant to last does not.
    pub(super) fn give_up_lasting(&mut self, now: Now) {
        let Some(pending) = self.pending.as_ref() else {
            return;
        };
        let Some(first) = pending.first_fails() else {
            return;
        };
        let name = [("name", first.request.object.name.as_str().into())];
        let say = &self.options.catalogue;
        let said = say.of_keeper("lasting-fails", &first.request.object, &name);
        let request = pending.request().clone();
        self.plan_next(request, now);
        let alone = self.pending.as_ref().is_none_or(|it| !it.lasts());
        if alone {
            self.notices.refuse(said, now.at);
        }
    }

    /// By the way that was taken before, where there is one still.
    pub(super) fn plan_lasting(&mut self, request: Request, now: Now) {
        let mut ways = action::ways(&self.world(), &request).into_iter();
        let taken = action::taken(&request);
        match ways.find(|it| taken.is_none_or(|taken| it.through == taken)) {
            Some(way) => self.plan_through(way, request, now),
            None => self.refuse_lasting(&request, now),
        }
    }

    /// Auto-sync that the console took away comes back through it; false where it is the Application's own that is off.
    pub(super) fn restore_environment(&mut self, application: &ObjectRef, now: Now) -> bool {
        let entries = &self.book.entries;
        if let Some(request) = action::restore(&self.store, entries, application) {
            self.plan(request, now);
            return true;
        }
        let own = self.store.cluster(application.cluster);
        let own = own.and_then(|it| it.application(application.uid?));
        if own.is_none_or(|it| it.automated.is_some() || it.skips_reconcile()) {
            return false;
        }
        let Some(switch) = action::switch(&self.store, application) else {
            return false;
        };
        let console = self.options.guard.console.as_ref();
        let page = console.map(|it| it.page(&switch));
        let said = self
            .options
            .catalogue
            .not_restored(&application.name, page.as_deref());
        self.notices.refuse(said, now.at);
        true
    }

    fn plan_through(&mut self, way: Lasting, request: Request, now: Now) {
        let (first, request) = way.before(request);
        self.plan_after(first, request, Vec::new(), now);
    }
}
