//! The plan that is looked at: asked for, filled in as the cluster answers, confirmed. It goes with its page.

use std::time::Duration;

use super::pending::{Number, Pending, PreviewId};
use super::{App, Effect, Now};
use crate::action::{self, Action, Call, Need, Preview, Reply, Request, Verb, World};
use crate::command::Command;
use crate::model::{Kind, ObjectRef};
use crate::store::ReplicaSetView;
use crate::viewmodel::{self, Acted, Page};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A number is asked about once the hand has rested this long.
const REST: Duration = Duration::from_millis(300);
/// Digits of a number of replicas.
const DIGITS: usize = 5;

impl App {
    pub(super) fn world(&self) -> World<'_> {
        World {
            store: &self.store,
            places: &self.places,
            guard: &self.options.guard,
            now: self.now,
        }
    }

    /// What a key means over a plan, or in the box that confirms it; None for what it means anywhere.
    pub(super) fn command_plan(&mut self, command: Command, now: Now) -> Option<Vec<Effect>> {
        if self.confirms() {
            match command {
                Command::Previous | Command::Next => self.next_field(),
                Command::Choose => return Some(self.send(now)),
                Command::Dismiss => self.cancel_confirm(),
                _ => return None,
            }
            return Some(Vec::new());
        }
        if !self.plans() {
            return None;
        }
        match command {
            Command::Open => self.confirm(now),
            Command::Fold => self.step_number(false, now),
            Command::Unfold => self.step_number(true, now),
            Command::Lasting => self.turn_lasting(now),
            Command::Escape => return (self.close_moved() || self.stop_rest()).then(Vec::new),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// The preview of what the command does to the row under the cursor, or why there is none.
    pub(super) fn act_on_row(&mut self, command: Command, now: Now) {
        if self.plans() {
            self.plan_anew(command, now);
            return;
        }
        if !self.sheet.marks.is_empty() && !self.has_few_rows() {
            self.act_on_marked(command, now);
            return;
        }
        let acted = self.with_facts(|facts| viewmodel::acted(facts, command));
        if let Some((verb, object)) = self.settled(acted, now) {
            self.act_on(verb, object, now);
        }
    }

    /// What is done to what; None once it is said why nothing is.
    pub(super) fn settled(&mut self, acted: Acted, now: Now) -> Option<(Verb, ObjectRef)> {
        match acted {
            Acted::On(verb, object) => {
                let denied = self.with_facts(|facts| viewmodel::denied(facts, verb, &object));
                let Some(refusal) = denied else {
                    return Some((verb, object));
                };
                self.rights.doubt(&object);
                self.tell_refusal(&object, verb, &refusal, now);
            }
            Acted::NotFor(verb, object) => {
                let refusal = action::Refusal::Unsupported {
                    verb,
                    kind: object.kind.name().to_owned(),
                };
                self.tell_refusal(&object, verb, &refusal, now);
            }
            Acted::Nothing => self.refuse("act-nothing", now),
        }
        None
    }

    fn act_on(&mut self, verb: Verb, object: ObjectRef, now: Now) {
        if verb == Verb::RestoreSync && self.restore_environment(&object, now) {
            return;
        }
        let action = match verb {
            Verb::RollBack => return self.roll_back(&object, now),
            Verb::Scale => Action::Scale(self.wanted(&object)),
            verb => match verb.action() {
                Some(action) => action,
                None => return,
            },
        };
        let request = Request::new(object, action);
        self.plan(request, now);
    }

    /// To the revision under the cursor of its history; elsewhere to the likeliest, unless nobody saw it run: then the person
    /// chooses.
    fn roll_back(&mut self, workload: &ObjectRef, now: Now) {
        let chooses = matches!(self.trail.page(), Page::History(_));
        let number = self.with_facts(viewmodel::revision).filter(|_| chooses);
        if workload.kind == Kind::Application && number.is_none() {
            return self.choose_entry(workload.clone(), now);
        }
        let asked = action::roll_back(&self.world(), workload, number);
        let request = match asked {
            Ok(request) => request,
            Err(refusal) => return self.tell_refusal(workload, Verb::RollBack, &refusal, now),
        };
        let unproven = match &request.action {
            Action::RollBack(target) if !target.known_well() => Some(target.number),
            _ => None,
        };
        match unproven.filter(|_| !chooses) {
            Some(number) => self.choose_revision(workload.clone(), number, now),
            None => self.plan_to_last(request, now),
        }
    }

    /// Of an Application no entry is the likeliest: its history tells nothing of how one went.
    fn choose_entry(&mut self, application: ObjectRef, now: Now) {
        self.turn_to_history_of(application, None, now);
        let key = self.options.keymap.label(Command::RollBack);
        let key = [("key", key.unwrap_or_default().into())];
        let said = self.options.catalogue.say_with("preview-choose", &key);
        self.notices.refuse(said, now.at);
    }

    fn choose_revision(&mut self, workload: ObjectRef, number: Option<u64>, now: Now) {
        self.turn_to_history_of(workload, number, now);
        let revision = number.map_or_else(|| "\u{2013}".to_owned(), |it| it.to_string());
        let key = self.options.keymap.label(Command::RollBack);
        let arguments = [
            ("revision", revision.into()),
            ("key", key.unwrap_or_default().into()),
        ];
        let said = self
            .options
            .catalogue
            .say_with("preview-unproven", &arguments);
        self.notices.refuse(said, now.at);
    }

    pub(super) fn tell_refusal(
        &mut self,
        object: &ObjectRef,
        verb: Verb,
        refusal: &action::Refusal,
        now: Now,
    ) {
        let said = self.with_facts(|facts| viewmodel::refusal(facts, object, verb, refusal));
        self.notices.refuse(said, now.at);
    }

    /// The number that is wanted now, as far as it is watched.
    fn wanted(&self, object: &ObjectRef) -> u32 {
        let cluster = self.store.cluster(object.cluster);
        let found = cluster.zip(object.uid).and_then(|(cluster, uid)| {
            let workload = cluster.workload(uid).map(|it| it.desired);
            workload.or_else(|| cluster.replica_set(uid).map(ReplicaSetView::desired))
        });
        found.unwrap_or_default()
    }

    pub(super) fn plan(&mut self, request: Request, now: Now) {
        self.plan_after(None, request, Vec::new(), now);
    }

    /// One plan for each, on one page.
    pub(super) fn plan_all(&mut self, request: Request, also: Vec<Request>, now: Now) {
        self.plan_after(None, request, also, now);
    }

    pub(super) fn plan_after(
        &mut self,
        first: Option<Request>,
        request: Request,
        also: Vec<Request>,
        now: Now,
    ) {
        let page = Page::Preview(request.object.clone());
        let number = match &request.action {
            // What is taken back has its number.
            Action::Scale(to) if also.is_empty() && request.undoes.is_none() => Some(Number {
                text: to.to_string(),
                fresh: true,
            }),
            _ => None,
        };
        let id = self.next_preview();
        let also = also.into_iter().map(|request| {
            let id = self.next_preview();
            (id, Preview::new(request, &self.world()))
        });
        let also = also.collect();
        let first = first.map(|request| {
            let id = self.next_preview();
            (id, Preview::new(request, &self.world()))
        });
        self.ask_at = None;
        self.pending = Some(Pending {
            id,
            preview: Preview::new(request, &self.world()),
            first,
            also,
            number,
            confirm: None,
            sent: None,
            over: false,
            moved: None,
        });
        if !self.change_to(page) {
            self.sheet.at = 0;
        }
        self.arrive(now);
    }

    fn next_preview(&mut self) -> PreviewId {
        self.previews += 1;
        PreviewId(self.previews)
    }

    fn plan_anew(&mut self, command: Command, now: Now) {
        let Some(pending) = self.pending.as_ref().filter(|it| it.sent.is_none()) else {
            return;
        };
        let request = pending.preview.request.clone();
        let also = pending.also.iter().map(|(_, it)| it.request.clone());
        let also: Vec<_> = also.collect();
        if viewmodel::command(request.action.verb()) == command {
            self.renew(request, also, now);
            return;
        }
        let acted = self.with_facts(|facts| viewmodel::acted(facts, command));
        if let Some((verb, object)) = self.settled(acted, now) {
            self.act_on(verb, object, now);
        }
    }

    /// From what there is now: a revision may have another number, an undo another way.
    fn renew(&mut self, request: Request, also: Vec<Request>, now: Now) {
        if !also.is_empty() {
            return self.plan_all(request, also, now);
        }
        if let Some(undone) = &request.undoes {
            let mut entries = self.book.entries.iter();
            let intent = entries.find(|it| it.intent.id == undone.id);
            if let Some(intent) = intent.map(|it| it.intent.clone()) {
                return self.take_back_that(&intent, now);
            }
        }
        match &request.action {
            Action::RollBack(target) => {
                let object = request.object.clone();
                match action::roll_back(&self.world(), &object, target.number) {
                    Ok(request) => self.plan_to_last(request, now),
                    Err(refusal) => self.tell_refusal(&object, Verb::RollBack, &refusal, now),
                }
            }
            _ if request.suspended.is_some() => self.plan_lasting(request, now),
            _ => self.plan(request, now),
        }
    }

    pub(super) fn plans(&self) -> bool {
        matches!(self.trail.page(), Page::Preview(_))
    }

    /// A plan is for who reads it: with its page it goes, but for a look at the keys.
    pub(super) fn drop_left_plan(&mut self) {
        let stays = match self.trail.page() {
            Page::Preview(_) => true,
            Page::Help(origin) => is_plan(origin),
            _ => false,
        };
        if !stays && self.pending.take().is_some() {
            self.ask_at = None;
            self.trail.forget(|page| match page {
                Page::Help(origin) => is_plan(origin),
                page => is_plan(page),
            });
        }
    }

    /// What the plan still has to know, once the hand rests.
    pub(super) fn ask_for_plan(&mut self, now: Now) -> Option<Effect> {
        let rests = self.ask_at.is_none_or(|at| at <= now.at);
        let pending = self.pending.as_mut().filter(|_| rests)?;
        self.ask_at = None;
        let mut asked: Vec<(PreviewId, Need, Call)> = Vec::new();
        for (id, preview) in pending.all() {
            let needs = preview.ask().into_iter();
            asked.extend(needs.map(|(need, call)| (id, need, call)));
        }
        (!asked.is_empty()).then_some(Effect::Ask(asked))
    }

    pub(super) fn hear_reply(&mut self, id: PreviewId, need: &Need, reply: Reply, now: Now) {
        let Some(mut pending) = self.pending.take() else {
            return;
        };
        let meant = pending.all().find(|(known, _)| *known == id);
        if let Some((_, preview)) = meant {
            preview.tell(need, reply, &self.world());
        }
        self.pending = Some(pending);
        self.give_up_lasting(now);
    }

    /// Digits and the key that takes one back, where a number is asked for.
    pub(super) fn type_number(&mut self, event: KeyEvent, now: Now) -> bool {
        if !self.plans() || self.confirms() || self.overlay.is_some() || self.typing.is_some() {
            return false;
        }
        let Some(number) = self.pending.as_mut().and_then(|it| it.number.as_mut()) else {
            return false;
        };
        let plain = event.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        match event.code {
            KeyCode::Char(digit) if digit.is_ascii_digit() && plain => {
                if std::mem::take(&mut number.fresh) {
                    number.text.clear();
                }
                if number.text.len() < DIGITS {
                    number.text.push(digit);
                }
            }
            KeyCode::Backspace => {
                number.fresh = false;
                number.text.pop();
            }
            _ => return false,
        }
        self.renumber(now);
        true
    }

    pub(super) fn step_number(&mut self, up: bool, now: Now) {
        let number = self.pending.as_mut().and_then(|it| it.number.as_mut());
        let Some(number) = number else { return };
        let was: u32 = number.text.parse().unwrap_or_default();
        let next = if up {
            was.saturating_add(1)
        } else {
            was.saturating_sub(1)
        };
        number.text = next.to_string();
        number.fresh = true;
        self.renumber(now);
    }

    /// Another number is another plan.
    fn renumber(&mut self, now: Now) {
        let Some(mut pending) = self.pending.take() else {
            return;
        };
        let typed = pending.number.as_ref().and_then(|it| it.text.parse().ok());
        if let Some(to) = typed.filter(|_| pending.sent.is_none()) {
            pending.id = self.next_preview();
            let request = Request {
                action: Action::Scale(to),
                ..pending.preview.request
            };
            pending.preview = Preview::new(request, &self.world());
            pending.moved = None;
            pending.over = false;
            self.ask_at = Some(now.at + REST);
        }
        self.pending = Some(pending);
    }
}

fn is_plan(page: &Page) -> bool {
    matches!(page, Page::Preview(_))
}
