//! What may be done to the row under the cursor, asked for once it rests: a key out of reach says so before it is pressed.

use super::lookups::REST;
use super::{App, Effect, Now, PreviewId};
use crate::action::{Need, Rules};
use crate::model::Link;
use crate::viewmodel;

impl App {
    /// One review for all of a namespace's rows.
    pub(super) fn review_rights(&mut self, now: Now) -> Option<Effect> {
        // Whose row it is costs a walk through the rows: not with each key.
        let rested = self.last_key.map(|key| key + REST);
        self.review_at = rested.filter(|rest| *rest > now.at);
        if self.review_at.is_some() {
            return None;
        }
        let (cluster, namespace) = self.with_facts(viewmodel::acts_in)?;
        let link = self.store.cluster(cluster)?.link();
        let asks =
            matches!(link, Link::Live { .. }) && self.rights.due(cluster, &namespace, now.moment);
        if !asks {
            return None;
        }
        self.rights.ask(cluster, &namespace, now.moment);
        let call = Rules::review(cluster, &namespace);
        let need = Need::Rules(cluster, namespace);
        Some(Effect::Ask(vec![(PreviewId::NONE, need, call)]))
    }
}
