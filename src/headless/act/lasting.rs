//! `--lasting` of `vigie rollback` and `vigie scale`: what keeps the object is held back first, by the ways of the screen.

use std::collections::BTreeMap;

use super::request::Refused;
use super::run::{Act, Asked, Ended};
use super::{Doing, Wanted};
use crate::action::{self, HoldVerdict, Preview, Refusal, Request, Through};
use crate::model::{Kind, Lookup, LookupId};

impl Asked<'_> {
    pub(super) fn lasts(&self) -> bool {
        self.may_last() == Some(true)
    }

    /// Whether it is to last; None of what knows no such way.
    fn may_last(&self) -> Option<bool> {
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
    /// By the first of the ways that is not put back itself, where it is to last; the plan alone where there is none.
    pub(super) async fn plan(&mut self, request: Request) -> Preview {
        let ways = if self.asked.lasts() {
            self.with_world(|world| action::ways(world, &request))
        } else {
            Vec::new()
        };
        for way in ways {
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
        self.preview(request).await
    }

    /// What is put back at once is not sent where there is a way that lasts, or where it has to last.
    pub(super) fn put_back(&self, preview: &Preview) -> Option<Refused> {
        let hold = preview.hold().filter(|_| is_undone(preview))?;
        let way = self.with_world(|world| action::lasting(world, &preview.request));
        let stops = self.asked.may_last().is_some() && way.is_some() || self.asked.lasts();
        let refusal = || Refusal::PutBack(Box::new(hold.clone()));
        stops.then(|| Refused::of(&preview.request, refusal()))
    }

    /// What was held back, is so still, and how it is given back: nothing else does.
    pub(super) fn stays_off(&self, preview: &Preview, ended: &Ended) -> Option<String> {
        let request = &preview.request;
        let store = &self.live.store;
        let first = self.first.as_ref().filter(|(_, it)| it.id.is_some());
        ended
            .id
            .as_ref()
            .or(first.and_then(|(_, it)| it.id.as_ref()))?;
        let keeper = match &request.suspended {
            // Nothing on the Application tells of it.
            Some(keeper) if request.through == Through::Console => Some(keeper.clone()),
            Some(keeper) => action::held_back(store, keeper),
            None => action::held_back(store, &request.object).filter(|_| request.undoes.is_some()),
        }?;
        let id = if keeper.kind == Kind::Application {
            "act-stays-off"
        } else {
            "act-stays-off-flux"
        };
        let arguments = [
            ("name", keeper.name.as_str().into()),
            ("kind", keeper.kind.name().to_lowercase().into()),
            ("namespace", keeper.namespace.as_str().into()),
        ];
        Some(self.asked.catalogue.say_with(id, &arguments))
    }
}
