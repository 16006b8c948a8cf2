//! What the open view wants to know beyond what is watched, asked for once the cursor rests.

use std::time::Duration;

use super::{App, Effect, Now};
use crate::viewmodel::{self, Aspect, Page};

/// Moving through rows asks nothing of the cluster: a row is looked into when the cursor has been on it this long.
pub(super) const REST: Duration = Duration::from_millis(300);

/// Answers that come within this time are shown together.
const GATHERED: Duration = Duration::from_millis(50);

impl App {
    /// What is made of what was told is made anew.
    pub(super) fn hear(&mut self, now: Now) {
        match self.trail.page() {
            // Not once a part of an answer: thousands of rows come in many.
            Page::Objects(_) | Page::Search | Page::Helm | Page::History(_) => {
                let soon = now.at + GATHERED;
                self.settle = Some(self.settle.map_or(soon, |at| at.min(soon)));
            }
            Page::Aspect(Aspect::Describe, _) => self.users = None,
            Page::Aspect(Aspect::Why, _) => self.why = None,
            _ => {}
        }
    }

    /// Asks for what the view that stands on the screen wants, and no longer for what another wanted.
    pub(super) fn look_into(&mut self, now: Now) -> Option<Effect> {
        self.recall_streams();
        self.recall_culprit();
        let wanted = self.with_facts(viewmodel::lookups);
        // A page that was opened is asked for at once.
        let passing = !self.reads() && !self.dossier.has(&wanted);
        let rested = self.last_key.map(|key| key + REST);
        self.rest = rested.filter(|rest| passing && *rest > now.at);
        if self.rest.is_some() {
            return None;
        }
        let changed = self.dossier.want(&wanted);
        changed.then(|| Effect::Look(self.dossier.lookups()))
    }
}
