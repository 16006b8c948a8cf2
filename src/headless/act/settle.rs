//! What earlier runs left open: an intent without an answer is read again, an answer without an outcome completed.

use std::collections::BTreeMap;

use super::run::Act;
use crate::action::{self, Entry, Following, Found, Outcome, Record, Standing};
use crate::model::{Lookup, LookupId, ObjectRef};
use crate::store::Cluster;

impl<Look: Fn(&BTreeMap<LookupId, Lookup>)> Act<'_, Look> {
    /// A sentence for each that was in doubt.
    pub(super) async fn settle(&mut self) -> Vec<String> {
        let asked = self.asked;
        let now = (self.now)();
        let open = asked.journal.iter().filter(|it| {
            matches!(it.standing(), Standing::InDoubt | Standing::Accepted)
                && it.intent.at.age(now) > action::OPEN
        });
        let mut notes = Vec::new();
        for entry in open {
            let object = self.with_world(|world| action::object(world.store, &entry.intent));
            let Some(object) = object else { continue };
            let Some(outcome) = self.outcome(entry, &object).await else {
                continue;
            };
            if entry.standing() == Standing::InDoubt {
                notes.push(asked.catalogue.settled(&entry.intent, &outcome));
            }
            self.keep(Record::Outcome(outcome)).await;
        }
        notes
    }

    async fn outcome(&mut self, entry: &Entry, object: &ObjectRef) -> Option<Outcome> {
        let intent = &entry.intent;
        let mut found = Found::Done;
        if entry.standing() == Standing::InDoubt {
            let replies = self.ask(vec![((), action::recheck(intent, object))]).await;
            found = action::found(intent, &replies.first()?.1);
        }
        if found == Found::Unread {
            return None;
        }
        let followed = || {
            let cluster = self.live.store.cluster(object.cluster);
            let skew = cluster.map_or(0, Cluster::skew);
            let since = intent.at.plus(skew);
            let following = Following::new(intent, object.clone(), since, None);
            following.reached(&self.live.store, (self.now)().plus(skew))
        };
        let reached = found.over().or_else(followed)?;
        let at = (self.now)();
        Some(Outcome {
            id: intent.id.clone(),
            at,
            verdict: reached.verdict,
            seconds: intent.at.age(at),
            detail: reached.detail,
        })
    }
}
