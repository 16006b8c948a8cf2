//! Several marked rows: a plan for each, confirmed together, sent one after the other.

use std::collections::VecDeque;

use super::{App, Effect, Now};
use crate::action::{self, Action, ActionId, Execution, OutcomeVerdict, Refusal, Request, Verb};
use crate::command::Command;
use crate::model::ObjectRef;
use crate::viewmodel::{self, Standing};

/// More rows than this are no work for a marked list: what would be read and shown of them grows with each.
const MOST: usize = 50;

/// Whether the next one of a batch is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Onward {
    Go,
    /// Once auto-sync is seen to be off.
    Wait,
    Stop,
}

/// What one confirmation sends, one after the other.
pub(super) struct Batch {
    /// Not answered yet.
    sent: ActionId,
    rest: VecDeque<Execution>,
}

impl App {
    pub(super) fn act_on_marked(&mut self, command: Command, now: Now) {
        let acted = self.with_facts(|facts| viewmodel::acted_marked(facts, command));
        let mut requests: Vec<Request> = Vec::new();
        for acted in acted {
            let Some((verb, object)) = self.settled(acted, now) else {
                return;
            };
            let Some(request) = self.one_of_several(verb, object, now) else {
                return;
            };
            // Two pods of one workload are one rollback.
            if !requests.contains(&request) {
                requests.push(request);
            }
        }
        if requests.is_empty() {
            self.refuse("act-nothing", now);
            return;
        }
        if requests.len() > MOST {
            let most = [("most", MOST.into())];
            let said = self.options.catalogue.say_with("act-too-many", &most);
            self.notices.refuse(said, now.at);
            return;
        }
        let first = requests.remove(0);
        let other = |it: &Request| it.action.verb() != first.action.verb();
        if requests.iter().any(other) {
            self.refuse("act-mixed", now);
            return;
        }
        self.plan_all(first, requests, now);
    }

    /// None once it is said why not: what has to be chosen for each is not done to several.
    fn one_of_several(&mut self, verb: Verb, object: ObjectRef, now: Now) -> Option<Request> {
        let action = match verb {
            Verb::Scale => {
                self.refuse("act-one-number", now);
                return None;
            }
            Verb::RollBack => {
                let request = match action::roll_back(&self.world(), &object, None) {
                    Ok(request) => request,
                    Err(refusal) => {
                        self.tell_refusal(&object, verb, &refusal, now);
                        return None;
                    }
                };
                let known = matches!(&request.action, Action::RollBack(it) if it.known_well());
                if !known {
                    let name = [("name", object.name.as_str().into())];
                    let said = self.options.catalogue.say_with("act-unproven", &name);
                    self.notices.refuse(said, now.at);
                    return None;
                }
                return Some(request);
            }
            verb => verb.action()?,
        };
        Some(Request::new(object, action))
    }

    /// Sends the first of them, and keeps the rest until that is answered.
    pub(super) fn send_first(&mut self, mut rest: VecDeque<Execution>, now: Now) -> Option<Effect> {
        let mut execution = rest.pop_front()?;
        let id = execution.intent.id.clone();
        // What went before it took its time.
        execution.intent.at = now.moment;
        let deed = self.deed(&id);
        if let Some((intent, _)) = deed.and_then(|it| it.open.as_mut()) {
            intent.at = now.moment;
        }
        if let Some((object, verb, refusal)) = self.barred(&execution) {
            rest.push_front(execution);
            self.try_none(rest);
            self.tell_refusal(&object, verb, &refusal, now);
            return None;
        }
        self.set_standing(&id, Standing::Sent);
        self.note_intent(&execution);
        self.batches.push(Batch { sent: id, rest });
        Some(Effect::Execute(Box::new(execution)))
    }

    /// Those before it take their time, in which a freeze may have begun.
    fn barred(&self, execution: &Execution) -> Option<(ObjectRef, Verb, Refusal)> {
        let mut deeds = self.deeds.iter();
        let deed = deeds.find(|it| it.id == execution.intent.id)?;
        let (intent, object) = deed.open.as_ref()?;
        let refusal = self.world().still_free(object, intent.verb).err()?;
        Some((object.clone(), intent.verb, refusal))
    }

    /// The next one of its batch, once this one was taken; at the first that was not the rest is not tried.
    pub(super) fn go_on(&mut self, id: &ActionId, here: bool, now: Now) -> Option<Effect> {
        let at = self.batches.iter().position(|it| it.sent == *id)?;
        let onward = self.onward(id);
        if onward == Onward::Wait && !self.batches[at].rest.is_empty() {
            return None;
        }
        let rest = self.batches.swap_remove(at).rest;
        let next = if onward == Onward::Stop {
            let waited = !rest.is_empty();
            self.try_none(rest);
            if let Some(pending) = self.pending.as_mut().filter(|_| here && waited) {
                pending.over = true;
            }
            None
        } else {
            self.send_first(rest, now)
        };
        if let Some(pending) = self.pending.as_mut().filter(|_| here) {
            pending.sent = match &next {
                Some(Effect::Execute(execution)) => Some(execution.intent.id.clone()),
                _ => None,
            };
        }
        next
    }

    fn onward(&self, id: &ActionId) -> Onward {
        let mut deeds = self.deeds.iter();
        let Some(deed) = deeds.find(|it| it.id == *id) else {
            return Onward::Stop;
        };
        let first = deed.request.action.verb().holds_back();
        match &deed.standing {
            Standing::Followed(_) if first => Onward::Wait,
            Standing::Followed(_) => Onward::Go,
            Standing::Over(_, it) if first && it.verdict == OutcomeVerdict::Reached => Onward::Go,
            _ => Onward::Stop,
        }
    }

    /// Whether others wait for it.
    pub(super) fn leads_on(&self, id: &ActionId) -> bool {
        let mut batches = self.batches.iter();
        batches.any(|it| it.sent == *id && !it.rest.is_empty())
    }

    /// What is in flight cannot be called back; false when nothing waits behind it.
    pub(super) fn stop_rest(&mut self) -> bool {
        let sent = self.pending.as_ref().and_then(|it| it.sent.as_ref());
        let mut batches = self.batches.iter_mut();
        let Some(batch) = batches.find(|it| Some(&it.sent) == sent) else {
            return false;
        };
        let rest = std::mem::take(&mut batch.rest);
        let waits = !rest.is_empty();
        self.try_none(rest);
        waits
    }

    fn try_none(&mut self, rest: VecDeque<Execution>) {
        for execution in rest {
            self.set_standing(&execution.intent.id, Standing::NotTried);
        }
    }
}
