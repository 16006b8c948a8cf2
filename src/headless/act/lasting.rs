//! `--lasting` of `vigie rollback` and `vigie scale`: what keeps the object is held back first, by the ways of the screen.

use std::collections::BTreeMap;

use super::request::Refused;
use super::run::{Act, Asked, Ended};
use super::{Doing, Wanted};
use crate::action::{self, HoldVerdict, OutcomeVerdict, Preview, Refusal, Request, Through};
use crate::model::{Lookup, LookupId, ObjectRef};
use crate::wording::plan::quote;

impl Asked<'_> {
    pub(super) fn lasts(&self) -> bool {
        self.may_last() == Some(true)
    }

    /// Whether it is to last; None of what knows no such way.
    pub(super) fn may_last(&self) -> Option<bool> {
        match self.wanted {
            Wanted::Do(_, Doing::RollBack { lasting, .. } | Doing::Scale { lasting, .. }) => {
                Some(lasting)
            }
            _ => None,
        }
    }
}

fn is_undone(preview: &Preview) -> bool {
    let hold = preview.hold();
    hold.is_some_and(|it| it.verdict == HoldVerdict::UndoneWithinSeconds)
}

impl<Look: Fn(&BTreeMap<LookupId, Lookup>)> Act<'_, Look> {
    /// By the first of the ways that is not put back itself, where it is to last and would not alone; else the plan alone.
    pub(super) async fn plan(&mut self, request: Request) -> Preview {
        let alone = self.preview(request.clone()).await;
        let fails = is_undone(&alone) || alone.refusal() == Some(Refusal::AutoSyncForbids);
        if !fails || !self.asked.lasts() {
            return alone;
        }
        for way in self.with_world(|world| action::ways(world, &request)) {
            let (first, request) = way.before(request.clone());
            let first = match first {
                Some(first) => Some(self.preview(first).await),
                None => None,
            };
            if first.as_ref().is_some_and(is_undone) {
                continue;
            }
            self.first = first.map(|it| (it, Ended::default()));
            return self.preview(request).await;
        }
        alone
    }

    /// What is put back at once is not sent where there is a way that lasts, or where it has to last.
    pub(super) fn put_back(&self, preview: &Preview) -> Option<Refused> {
        let hold = preview.hold()?;
        let way = || self.with_world(|world| action::lasting(world, &preview.request));
        let stops = match self.asked.may_last() {
            Some(true) => is_undone(preview) || hold.verdict == HoldVerdict::Unknown,
            Some(false) => is_undone(preview) && way().is_some(),
            None => false,
        };
        let refusal = || Refusal::PutBack(Box::new(hold.clone()));
        stops.then(|| Refused::of(&preview.request, refusal()))
    }

    /// As `-n` finds it and `--confirm` names it.
    fn place_of(&self, object: &ObjectRef) -> String {
        let place = self.with_world(|world| world.place(object));
        if place.environment.is_empty() {
            return object.namespace.to_string();
        }
        format!("{}/{}", place.tenant, place.environment)
    }

    /// What was held back, is so still, and how it is given back: nothing else does.
    pub(super) fn stays_off(&self, preview: &Preview, ended: &Ended) -> Option<String> {
        let request = &preview.request;
        let store = &self.live.store;
        let sent = |ended: &Ended| ended.id.is_some();
        let first = self.first.as_ref().map(|(_, ended)| ended);
        if !sent(ended) && !first.is_some_and(sent) {
            return None;
        }
        let done = |it: &Ended| {
            let outcome = it.outcome.as_ref();
            outcome.is_none_or(|it| it.verdict != OutcomeVerdict::NotDone)
        };
        let keeper = match &request.suspended {
            // Nothing on the Application tells of it.
            Some(keeper) if request.through == Through::Console => {
                Some(keeper.clone()).filter(|_| first.is_some_and(done))
            }
            Some(keeper) => action::held_back(store, keeper),
            None => action::left_held_back(store, request),
        }?;
        let context = store.cluster(keeper.cluster)?.name();
        let arguments = [
            ("name", keeper.name.as_str().into()),
            ("kind", keeper.kind.name().to_lowercase().into()),
            ("place", quote(&self.place_of(&keeper)).into()),
            ("context", quote(context).into()),
        ];
        let say = self.asked.catalogue;
        Some(say.of_keeper("act-stays-off", &keeper, &arguments))
    }
}
