//! Several marked rows: a plan for each, confirmed together, sent one after the other.

use super::preview::plain;
use super::{App, Effect, Now};
use crate::action::{self, Action, ActionId, Request, Verb};
use crate::command::Command;
use crate::model::ObjectRef;
use crate::viewmodel::{self, Standing};

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
            verb => plain(verb)?,
        };
        Some(Request {
            object,
            action,
            undoes: None,
        })
    }

    pub(super) fn send_next(&mut self) -> Option<Effect> {
        let execution = self.queue.pop_front()?;
        let id = &execution.intent.id;
        if let Some(deed) = self.deeds.iter_mut().find(|it| it.id == *id) {
            deed.standing = Standing::Sent;
        }
        self.note_intent(&execution);
        Some(Effect::Execute(Box::new(execution)))
    }

    /// The next one, once this one was taken; at the first that was not the rest is not tried.
    pub(super) fn go_on(&mut self, id: &ActionId, here: bool) -> Vec<Effect> {
        let followed = |standing: &Standing| matches!(standing, Standing::Followed(_));
        let mut deeds = self.deeds.iter();
        let taken = deeds.any(|it| it.id == *id && followed(&it.standing));
        if !taken {
            for execution in self.queue.drain(..) {
                let id = execution.intent.id;
                self.intents.retain(|(intent, _)| intent.id != id);
                if let Some(deed) = self.deeds.iter_mut().find(|it| it.id == id) {
                    deed.standing = Standing::NotTried;
                }
            }
        }
        let next = self.send_next();
        if let Some(pending) = self.pending.as_mut().filter(|_| here) {
            pending.sent = match &next {
                Some(Effect::Execute(execution)) => Some(execution.intent.id.clone()),
                _ => None,
            };
        }
        next.into_iter().collect()
    }
}
