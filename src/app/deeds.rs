//! What was sent in this run, until the cluster is there.

use super::pending::Pending;
use super::{App, Effect, Now};
use crate::action::{
    self, ActionId, Came, Executed, Following, Outcome, OutcomeVerdict, Reached, Record, Refusal,
    Reply,
};
use crate::command::Command;
use crate::model::Moment;
use crate::viewmodel::{self, Aspect, Deed, Page, Standing};

/// Remembered in this run; the journal has them all.
const REMEMBERED: usize = 64;

impl App {
    pub(super) fn hear_executed(
        &mut self,
        id: &ActionId,
        executed: Executed,
        now: Now,
    ) -> Vec<Effect> {
        let here = self.is_sent(id);
        let several = here && self.several();
        let first = self.leads_on(id);
        let mut effects = self.take_executed(id, executed, here && !several && !first, now);
        effects.extend(self.go_on(id, here, now));
        if let Some(pending) = self.pending.as_mut().filter(|_| several) {
            pending.over = true;
        }
        effects
    }

    /// Whether the plan on the screen waits for it.
    fn is_sent(&self, id: &ActionId) -> bool {
        self.pending.as_ref().and_then(|it| it.sent.as_ref()) == Some(id)
    }

    fn several(&self) -> bool {
        self.pending.as_ref().is_some_and(Pending::several)
    }

    fn take_executed(
        &mut self,
        id: &ActionId,
        executed: Executed,
        here: bool,
        now: Now,
    ) -> Vec<Effect> {
        match executed {
            Executed::NotJournaled(why) => {
                let said = self.options.catalogue.not_journaled(&why);
                self.notices.answer(said);
                // On the page of several an earlier one on the object would stand in its place.
                if self.several() {
                    let never = Reached::plain(OutcomeVerdict::NotDone);
                    self.set_standing(id, Standing::Over(now.moment, never));
                } else {
                    self.deeds.retain(|it| it.id != *id);
                }
                Vec::new()
            }
            Executed::Refused(refusal) => {
                let effects = self.end(id, Reached::plain(OutcomeVerdict::NotDone), now);
                if let Some(pending) = self.pending.as_mut().filter(|_| here) {
                    pending.over = true;
                }
                match (*refusal, &mut self.pending) {
                    (Refusal::Moved(moved), Some(pending)) if here => pending.moved = Some(moved),
                    (refusal, _) => self.tell_refused(id, &refusal),
                }
                effects
            }
            Executed::Answered(replies) => {
                let effects = self.answered(id, replies, now);
                if here {
                    self.turn_to_deed(id, now);
                }
                self.tell_deed(id, now);
                effects
            }
        }
    }

    fn tell_refused(&mut self, id: &ActionId, refusal: &Refusal) {
        let Some(request) = self.deed(id).map(|it| it.request.clone()) else {
            return;
        };
        let said = self.with_facts(|facts| {
            viewmodel::refusal(facts, &request.object, request.action.verb(), refusal)
        });
        self.notices.answer(said);
    }

    pub(super) fn deed(&mut self, id: &ActionId) -> Option<&mut Deed> {
        self.deeds.iter_mut().find(|it| it.id == *id)
    }

    fn answered(&mut self, id: &ActionId, replies: Vec<Reply>, now: Now) -> Vec<Effect> {
        let Some(deed) = self.deed(id) else {
            return Vec::new();
        };
        let Some((intent, _)) = &deed.open else {
            return Vec::new();
        };
        let came = action::came(intent, &replies);
        let cluster = deed.request.object.cluster;
        deed.replies = replies.into_iter().map(|it| (now.moment, it)).collect();
        match came {
            Came::UnderWay { generation } => {
                let since = self.survey.cluster_now(cluster, now.moment);
                self.follow_deed(id, since, generation);
                Vec::new()
            }
            Came::Over(reached) => self.end(id, reached, now),
            Came::InDoubt => {
                self.set_standing(id, Standing::Stopped);
                Vec::new()
            }
        }
    }

    pub(super) fn set_standing(&mut self, id: &ActionId, standing: Standing) {
        if let Some(deed) = self.deed(id) {
            if matches!(standing, Standing::Over(..) | Standing::NotTried) {
                deed.open = None;
            }
            deed.standing = standing;
        }
    }

    fn follow_deed(&mut self, id: &ActionId, since: Moment, generation: Option<i64>) {
        let Some(deed) = self.deed(id) else { return };
        if let Some((intent, object)) = &deed.open {
            let following = Following::new(intent, object.clone(), since, generation);
            deed.standing = Standing::Followed(Box::new(following));
        }
    }

    /// What the cluster came to by now, told once.
    pub(super) fn follow_deeds(&mut self, now: Now) -> Vec<Effect> {
        let mut over = Vec::new();
        for deed in &self.deeds {
            let Standing::Followed(following) = &deed.standing else {
                continue;
            };
            let there = self
                .survey
                .cluster_now(following.object.cluster, now.moment);
            if let Some(reached) = following.reached(&self.store, there) {
                over.push((deed.id.clone(), reached));
            }
        }
        let mut effects = Vec::new();
        for (id, reached) in over {
            effects.extend(self.end(&id, reached, now));
            self.tell_deed(&id, now);
            let here = self.is_sent(&id);
            effects.extend(self.go_on(&id, here, now));
        }
        effects
    }

    pub(super) fn end(&mut self, id: &ActionId, reached: Reached, now: Now) -> Vec<Effect> {
        if self.deed(id).is_none() {
            return Vec::new();
        }
        self.set_standing(id, Standing::Over(now.moment, reached.clone()));
        if self.deeds.len() > REMEMBERED {
            self.deeds.remove(0);
        }
        let mut entries = self.book.entries.iter();
        let entry = entries.find(|it| it.intent.id == *id);
        let outcome = entry.map(|it| Outcome::of(it, reached, now.moment));
        let outcome = outcome.map(|it| self.record(Record::Outcome(it), now));
        outcome.into_iter().collect()
    }

    /// Good news goes by itself, bad news stays.
    pub(super) fn tell_deed(&mut self, id: &ActionId, now: Now) {
        let Some(deed) = self.deeds.iter().find(|it| it.id == *id) else {
            return;
        };
        let say = &self.options.catalogue;
        let (outcome, good) = match &deed.standing {
            Standing::Over(_, reached) => (
                say.outcome(reached.verdict, &reached.detail),
                reached.verdict == OutcomeVerdict::Reached,
            ),
            Standing::Sent => (say.say("deed-waits"), true),
            Standing::Followed(_) => (say.say("deed-follows"), true),
            Standing::Waiting | Standing::NotTried | Standing::Stopped => {
                (say.outcome(OutcomeVerdict::Unknown, ""), false)
            }
        };
        let refusal = deed.replies.last().map(|(_, reply)| reply);
        let settled = matches!(deed.standing, Standing::Over(..) | Standing::Followed(_));
        let refusal = refusal.filter(|it| match it {
            Reply::Accepted(_) => false,
            // It was read again since.
            Reply::Unknown(_) => !settled,
            Reply::Refused(_) | Reply::NotSent(_) => true,
        });
        let outcome = refusal.map_or(outcome, |it| say.reply(it));
        let arguments = [
            ("what", say.request(&deed.request).into()),
            ("outcome", outcome.into()),
        ];
        let mut said = say.say_with("notice-deed", &arguments);
        if let Some(held) = deed.request.suspended.as_ref().filter(|_| !good) {
            let name = [("name", held.name.as_str().into())];
            said = format!("{said} {}", say.of_keeper("lasting-left", held, &name));
        }
        let left = self.stays_off(deed).filter(|_| good);
        if let Some(left) = left {
            self.notices.answer(format!("{said} {left}"));
        } else if good {
            self.notices.good(said, now.at);
        } else {
            self.notices.answer(said);
        }
    }

    /// What was held back for what is taken back, once that is done: it is not given back with it.
    fn stays_off(&self, deed: &Deed) -> Option<String> {
        let over = matches!(deed.standing, Standing::Over(..));
        let keeper = action::left_held_back(&self.store, &deed.request).filter(|_| over)?;
        let key = self.options.keymap.label(Command::Pause);
        let arguments = [
            ("name", keeper.name.as_str().into()),
            ("key", key.unwrap_or_default().into()),
        ];
        let say = &self.options.catalogue;
        Some(say.of_keeper("undone-stays-off", &keeper, &arguments))
    }

    /// A workload is watched on its way; of anything else the message says how it stands.
    fn turn_to_deed(&mut self, id: &ActionId, now: Now) {
        let Some(deed) = self.deed(id) else { return };
        let object = deed.request.object.clone();
        if Aspect::Rollout.applies(&object.kind) {
            self.turn_to(Page::Aspect(Aspect::Rollout, object), now);
        } else {
            self.step(false, now);
        }
    }
}
