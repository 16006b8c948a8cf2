//! The way that lasts: what keeps the object is held back first, in a plan of its own.

use super::{App, Now};
use crate::action::{self, Action, Request};

impl App {
    /// Where a change would be put back at once, the way that lasts is the one that is shown.
    pub(super) fn plan_to_last(&mut self, request: Request, now: Now) {
        let lasting = action::lasting(&self.world(), &request);
        match lasting.filter(|it| it.needed) {
            Some(_) => self.plan_lasting(request, now),
            None => self.plan(request, now),
        }
    }

    /// The other way: that which lasts, or the plan alone.
    pub(super) fn turn_lasting(&mut self, now: Now) {
        let Some(pending) = self.pending.as_ref() else {
            return;
        };
        if pending.sent.is_some() || pending.several() {
            return;
        }
        let request = pending.request().clone();
        if pending.lasts() {
            let alone = Request {
                suspended: None,
                ..request
            };
            self.plan(alone, now);
        } else {
            self.plan_lasting(request, now);
        }
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
        let said = self.options.catalogue.say_with("lasting-fails", &name);
        let alone = Request {
            suspended: None,
            ..pending.request().clone()
        };
        self.plan(alone, now);
        self.notices.refuse(said, now.at);
    }

    pub(super) fn plan_lasting(&mut self, request: Request, now: Now) {
        let Some(lasting) = action::lasting(&self.world(), &request) else {
            self.refuse("lasting-none", now);
            return;
        };
        // An Application goes back and loses its auto-sync in one write.
        let apart = lasting.application != request.object;
        let first = Request::new(lasting.application.clone(), Action::SuspendSync);
        let request = Request {
            suspended: Some(lasting.application),
            ..request
        };
        self.plan_after(apart.then_some(first), request, Vec::new(), now);
    }
}
