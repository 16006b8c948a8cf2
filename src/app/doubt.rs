//! What was left open: an action without an answer is read again, one without an outcome followed to its end. Nothing is ever
//! sent again.

use super::{App, Effect, Now};
use crate::action::{
    self, ActionId, Entry, Following, Found, Outcome, Reached, Record, Reply, Standing,
};
use crate::model::{ClusterId, Link, Moment, ObjectRef};
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
            let known = self.book.found.contains(id) || entry.standing() == Standing::Accepted;
            if known {
                effects.extend(self.follow_open(&entry, &object, now));
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

    /// Those that nobody else looks after, where their cluster is seen.
    fn open_actions(&self, now: Now) -> Vec<(Entry, ObjectRef)> {
        let entries = self.book.entries.iter();
        let open = entries.filter(|it| it.outcome.is_none() && self.is_ours(it, now.moment));
        let seen = open.filter_map(|entry| {
            let object = action::object(&self.store, &entry.intent)?;
            let seen = self.is_seen(object.cluster);
            seen.then(|| (entry.clone(), object))
        });
        seen.collect()
    }

    /// What this run sent is followed as such, unless nobody knows what came of it.
    fn is_ours(&self, entry: &Entry, now: Moment) -> bool {
        let mut deeds = self.deeds.iter();
        if let Some(deed) = deeds.find(|it| it.id == entry.intent.id) {
            return deed.standing == viewmodel::Standing::Stopped;
        }
        let open = matches!(entry.standing(), Standing::InDoubt | Standing::Accepted);
        open && entry.intent.at.age(now) > action::OPEN
    }

    fn is_seen(&self, cluster: ClusterId) -> bool {
        let sight = self.survey.clusters.get(usize::from(cluster.0));
        sight.is_some_and(|it| !it.reading && matches!(it.link, Link::Live { .. }))
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
        let Some(entry) = entry.cloned() else {
            return Vec::new();
        };
        let found = action::found(&entry.intent, reply);
        // What may still be under way is not taken for undone.
        let early = entry.intent.at.age(now.moment) <= action::OPEN;
        if let Some(reached) = found.over().filter(|_| found != Found::NotDone || !early) {
            return self.settle(&entry, reached, now);
        }
        if found != Found::Done {
            return Vec::new();
        }
        if self.deeds.iter().any(|it| it.id == *id) {
            let object = action::object(&self.store, &entry.intent);
            let cluster = object.map(|it| it.cluster);
            let since = cluster.map_or(now.moment, |it| self.survey.cluster_now(it, now.moment));
            self.follow_deed(id, since);
            self.tell_deed(id, now);
            return self.follow_deeds(now);
        }
        self.book.found.insert(id.clone());
        self.settle_open(now)
    }

    fn follow_open(&mut self, entry: &Entry, object: &ObjectRef, now: Now) -> Vec<Effect> {
        let by_cluster = |at| self.survey.by_clock_of(object.cluster, at);
        let since = by_cluster(entry.intent.at);
        let following = Following::new(&entry.intent, object.clone(), since, None);
        match following.reached(&self.store, by_cluster(now.moment)) {
            Some(reached) => self.settle(entry, reached, now),
            None => Vec::new(),
        }
    }

    fn settle(&mut self, entry: &Entry, reached: Reached, now: Now) -> Vec<Effect> {
        let id = &entry.intent.id;
        self.book.rechecks.remove(id);
        self.book.found.remove(id);
        if self.deeds.iter().any(|it| it.id == *id) {
            let effects = self.end(id, reached, now);
            self.tell_deed(id, now);
            return effects;
        }
        self.book.settled.insert(id.clone());
        if entry.standing() == Standing::InDoubt {
            self.tell_settled(entry, &reached);
        }
        let outcome = Outcome {
            id: id.clone(),
            at: now.moment,
            verdict: reached.verdict,
            seconds: entry.intent.at.age(now.moment),
            detail: reached.detail,
        };
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
