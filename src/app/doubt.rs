//! What was left open: it is read again and, where it is done, followed to its end. Nothing is ever sent again.

use super::{App, Effect, Now};
use crate::action::{self, ActionId, Entry, Outcome, Reached, Record, Reply, Settled, Standing};
use crate::model::{Moment, ObjectRef};
use crate::viewmodel;

/// Seconds between two readings of the same; each time longer, up to a bound.
const AGAIN: i64 = 5;
const SELDOM: i64 = 60;

impl App {
    /// Asks and ends what can be by now.
    pub(super) fn settle_open(&mut self, now: Now) -> Vec<Effect> {
        let open = self.open_actions(now);
        let mut effects = Vec::new();
        for (entry, object) in open {
            let id = &entry.intent.id;
            if let Some(following) = self.book.followed.get(id) {
                let there = self.survey.by_clock_of(object.cluster, now.moment);
                if let Some(reached) = following.reached(&self.store, there) {
                    effects.extend(self.settle(&entry, reached, now));
                }
            } else if self.is_due(&entry, now.moment) {
                let times = self.book.rechecks.get(id).map_or(0, |(times, _)| *times);
                let asked = (times + 1, now.moment);
                self.book.rechecks.insert(id.clone(), asked);
                let call = action::recheck(&entry.intent, &object);
                effects.push(Effect::Recheck(id.clone(), call));
            }
        }
        effects
    }

    /// Those that nobody else looks after, where what they lead to is seen.
    fn open_actions(&self, now: Now) -> Vec<(Entry, ObjectRef)> {
        let entries = self.book.entries.iter();
        let open = entries.filter(|it| it.outcome.is_none() && self.is_ours(it, now.moment));
        let seen = open.filter_map(|entry| {
            let object = action::object(&self.store, &entry.intent)?;
            let seen = action::is_seen(&self.store, entry.intent.verb, &object);
            seen.then(|| (entry.clone(), object))
        });
        seen.collect()
    }

    /// What this run sent is followed as such, unless nobody knows what came of it.
    fn is_ours(&self, entry: &Entry, now: Moment) -> bool {
        let mut deeds = self.deeds.iter();
        match deeds.find(|it| it.id == entry.intent.id) {
            Some(deed) => deed.standing == viewmodel::Standing::Stopped,
            None => entry.is_open(now),
        }
    }

    fn is_due(&self, entry: &Entry, now: Moment) -> bool {
        let answered = entry.answers.last().map(|it| it.at);
        match self.book.rechecks.get(&entry.intent.id) {
            Some((times, at)) => at.age(now) >= (AGAIN * times).min(SELDOM),
            // The server may be at it.
            None => answered.is_none_or(|at| at.age(now) >= AGAIN),
        }
    }

    pub(super) fn hear_rechecked(&mut self, id: &ActionId, reply: &Reply, now: Now) -> Vec<Effect> {
        let mut entries = self.book.entries.iter();
        let entry = entries.find(|it| it.intent.id == *id && it.outcome.is_none());
        let object = entry.and_then(|it| action::object(&self.store, &it.intent));
        let Some((entry, object)) = entry.cloned().zip(object) else {
            return Vec::new();
        };
        let there = self.survey.by_clock_of(object.cluster, now.moment);
        match action::settled(&entry, &object, reply, now.moment, there) {
            Settled::Over(reached) => self.settle(&entry, reached, now),
            Settled::Again => Vec::new(),
            Settled::Follow(following) if self.deeds.iter().any(|it| it.id == *id) => {
                self.set_standing(id, viewmodel::Standing::Followed(following));
                self.tell_deed(id, now);
                self.follow_deeds(now)
            }
            Settled::Follow(following) => {
                self.book.followed.insert(id.clone(), *following);
                self.settle_open(now)
            }
        }
    }

    fn settle(&mut self, entry: &Entry, reached: Reached, now: Now) -> Vec<Effect> {
        let id = &entry.intent.id;
        self.book.rechecks.remove(id);
        self.book.followed.remove(id);
        if self.deeds.iter().any(|it| it.id == *id) {
            let effects = self.end(id, reached, now);
            self.tell_deed(id, now);
            return effects;
        }
        self.book.settled.insert(id.clone());
        if entry.standing() == Standing::InDoubt {
            self.tell_settled(entry, &reached);
        }
        let outcome = Outcome::of(entry, reached, now.moment);
        vec![self.record(Record::Outcome(outcome), now)]
    }

    fn tell_settled(&mut self, entry: &Entry, reached: &Reached) {
        let (intent, say) = (&entry.intent, &self.options.catalogue);
        let at = self.options.zone.near(intent.at, self.now, say);
        let arguments = [
            ("at", at.into()),
            ("act", say.act(intent).into()),
            ("name", intent.object.name.as_str().into()),
            (
                "outcome",
                say.outcome(reached.verdict, &reached.detail).into(),
            ),
        ];
        let said = say.say_with("notice-settled", &arguments);
        self.notices.bad(said);
    }
}
