//! What earlier runs left open: it is read again, and gets the outcome that the cluster has come to by now.

use std::collections::BTreeMap;

use super::run::Act;
use crate::action::{self, Entry, Outcome, Reached, Record, Reply, Settled, Standing};
use crate::model::{Lookup, LookupId, ObjectRef};

/// Of the newest ones: a run is not kept waiting by what a script has left.
const MOST: usize = 100;

impl<Look: Fn(&BTreeMap<LookupId, Lookup>)> Act<'_, Look> {
    /// A sentence for each that was in doubt.
    pub(super) async fn settle(&mut self) -> Vec<String> {
        let open = self.open();
        let calls = open.iter().enumerate();
        let calls = calls.map(|(at, (entry, object))| (at, action::recheck(&entry.intent, object)));
        let calls: Vec<_> = calls.collect();
        let mut notes = Vec::new();
        for (at, reply) in self.ask(calls).await {
            let Some((entry, object)) = open.get(at) else {
                continue;
            };
            let Some(reached) = self.came(entry, object, &reply) else {
                continue;
            };
            let outcome = Outcome::of(entry, reached, (self.now)());
            if entry.standing() == Standing::InDoubt {
                notes.push(self.asked.catalogue.settled(&entry.intent, &outcome));
            }
            self.keep(Record::Outcome(outcome)).await;
        }
        notes
    }

    /// Where what they lead to is seen.
    fn open(&self) -> Vec<(Entry, ObjectRef)> {
        let (now, store) = ((self.now)(), &self.live.store);
        let open = self.journal.iter().filter(|it| it.is_open(now));
        let seen = open.filter_map(|entry| {
            let object = action::object(store, &entry.intent)?;
            let seen = action::is_seen(store, entry.intent.verb, &object);
            seen.then(|| (entry.clone(), object))
        });
        seen.take(MOST).collect()
    }

    /// None while it is not over, or cannot be told.
    fn came(&self, entry: &Entry, object: &ObjectRef, reply: &Reply) -> Option<Reached> {
        let now = (self.now)();
        let there = self.there(object, now);
        match action::settled(entry, object, reply, now, there) {
            Settled::Over(reached) => Some(reached),
            Settled::Follow(following) => following.reached(&self.live.store, there),
            Settled::Again => None,
        }
    }
}
