//! The plan that is looked at: asked for, filled in as the cluster answers, confirmed. It goes with its page.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input as Line;

use super::{App, Effect, Now};
use crate::action::{
    self, Action, Call, Confirmed, Moved, Need, Preview, Reply, Request, Verb, World,
};
use crate::command::Command;
use crate::model::ObjectRef;
use crate::store::ReplicaSetView;
use crate::viewmodel::{self, Acted, Confirming, Deed, Dialog, Entry, Page, Planned, Standing};

/// Of previews that were asked for, so that an answer finds its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PreviewId(u64);

/// A number is asked about once the hand has rested this long.
const REST: Duration = Duration::from_millis(300);
/// Digits of a number of replicas.
const DIGITS: usize = 5;

pub(super) struct Pending {
    id: PreviewId,
    preview: Preview,
    number: Option<Number>,
    confirm: Option<Confirm>,
    pub(super) sent: Option<action::ActionId>,
    pub(super) moved: Option<Box<Moved>>,
}

/// Of replicas.
struct Number {
    text: String,
    /// The next digit begins another one.
    fresh: bool,
}

/// The box in which a plan is confirmed.
struct Confirm {
    reason: Option<Line>,
    /// The name to type, and what is typed of it.
    name: Option<(String, Line)>,
    /// Whether the cursor is in the name.
    naming: bool,
    seen: Seen,
}

/// What of the box a frame has shown: keys that are older than that frame are not meant for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Nothing,
    Open,
    /// With the name complete.
    Armed,
}

impl Confirm {
    fn complete(&self) -> bool {
        let typed = |(name, line): &(String, Line)| line.value() == name;
        self.name.as_ref().is_none_or(typed)
    }

    fn line(&mut self) -> Option<&mut Line> {
        match (&mut self.name, &mut self.reason) {
            (Some((_, name)), _) if self.naming => Some(name),
            (_, reason) => reason.as_mut(),
        }
    }

    fn view(&self) -> Confirming<'_> {
        Confirming {
            reason: self.reason.as_ref().map(|line| Entry {
                text: line.value(),
                cursor: (!self.naming).then(|| line.visual_cursor()),
            }),
            name: self.name.as_ref().map(|(name, line)| {
                let typed = Entry {
                    text: line.value(),
                    cursor: self.naming.then(|| line.visual_cursor()),
                };
                (name.as_str(), typed)
            }),
            complete: self.complete(),
        }
    }
}

impl Pending {
    pub(super) fn view(&self) -> Planned<'_> {
        Planned {
            preview: &self.preview,
            number: self.number.as_ref().map(|it| it.text.as_str()),
            confirming: self.confirm.as_ref().map(Confirm::view),
            sent: self.sent.is_some(),
            moved: self.moved.as_deref(),
        }
    }
}

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
            Command::Escape => return self.close_moved().then(Vec::new),
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
            let key = self.options.keymap.label(Command::Escape);
            let key = [("key", key.unwrap_or_default().into())];
            let said = self.options.catalogue.say_with("act-marked", &key);
            self.notices.refuse(said, now.at);
            return;
        }
        match self.with_facts(|facts| viewmodel::acted(facts, command)) {
            Acted::On(verb, object) => self.act_on(verb, object, now),
            Acted::NotFor(verb, object) => {
                let refusal = action::Refusal::Unsupported {
                    verb,
                    kind: object.kind.name().to_owned(),
                };
                self.tell_refusal(&object, verb, &refusal, now);
            }
            Acted::Nothing => self.refuse("act-nothing", now),
        }
    }

    fn act_on(&mut self, verb: Verb, object: ObjectRef, now: Now) {
        let action = match verb {
            Verb::RollBack => return self.roll_back(&object, now),
            Verb::Scale => Action::Scale(self.wanted(&object)),
            Verb::Restart => Action::Restart,
            Verb::Pause => Action::Pause,
            Verb::Resume => Action::Resume,
            Verb::Evict => Action::Evict,
            Verb::Delete => Action::Delete,
            Verb::Suspend => Action::Suspend,
            Verb::Unsuspend => Action::Unsuspend,
            Verb::RunNow => Action::RunNow,
        };
        let request = Request {
            object,
            action,
            undoes: None,
        };
        self.plan(request, now);
    }

    /// To the revision under the cursor of its history; elsewhere to the likeliest, unless nobody saw it run: then the person
    /// chooses.
    fn roll_back(&mut self, workload: &ObjectRef, now: Now) {
        let chooses = matches!(self.trail.page(), Page::History(_));
        let number = self.with_facts(viewmodel::revision).filter(|_| chooses);
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
            None => self.plan(request, now),
        }
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
        self.notices.answer(said);
    }

    fn tell_refusal(
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
        let page = Page::Preview(request.object.clone());
        let number = match &request.action {
            Action::Scale(to) => Some(Number {
                text: to.to_string(),
                fresh: true,
            }),
            _ => None,
        };
        self.previews += 1;
        self.ask_at = None;
        self.pending = Some(Pending {
            id: PreviewId(self.previews),
            preview: Preview::new(request, &self.world()),
            number,
            confirm: None,
            sent: None,
            moved: None,
        });
        if !self.change_to(page) {
            self.sheet.at = 0;
        }
        self.arrive(now);
    }

    fn plan_anew(&mut self, command: Command, now: Now) {
        let Some(pending) = self.pending.as_ref().filter(|it| it.sent.is_none()) else {
            return;
        };
        let request = pending.preview.request.clone();
        let same = Verb::ALL
            .into_iter()
            .any(|it| viewmodel::command(it) == command && it == request.action.verb());
        if same {
            self.plan(request, now);
            return;
        }
        match self.with_facts(|facts| viewmodel::acted(facts, command)) {
            Acted::On(verb, object) => self.act_on(verb, object, now),
            Acted::NotFor(verb, object) => {
                let refusal = action::Refusal::Unsupported {
                    verb,
                    kind: object.kind.name().to_owned(),
                };
                self.tell_refusal(&object, verb, &refusal, now);
            }
            Acted::Nothing => {}
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
        let id = pending.id;
        let asked = pending.preview.ask();
        let asked: Vec<(PreviewId, Need, Call)> = asked
            .into_iter()
            .map(|(need, call)| (id, need, call))
            .collect();
        (!asked.is_empty()).then_some(Effect::Ask(asked))
    }

    pub(super) fn hear_reply(&mut self, id: PreviewId, need: &Need, reply: Reply) {
        let Some(mut pending) = self.pending.take() else {
            return;
        };
        if pending.id == id {
            pending.preview.tell(need, reply, &self.world());
        }
        self.pending = Some(pending);
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
            self.previews += 1;
            pending.id = PreviewId(self.previews);
            let request = Request {
                action: Action::Scale(to),
                ..pending.preview.request
            };
            pending.preview = Preview::new(request, &self.world());
            pending.moved = None;
            self.ask_at = Some(now.at + REST);
        }
        self.pending = Some(pending);
    }

    /// The box opens once each check has an answer and nothing forbids it.
    pub(super) fn confirm(&mut self, now: Now) {
        let Some(pending) = &self.pending else { return };
        if pending.sent.is_some() || pending.moved.is_some() {
            return;
        }
        let preview = &pending.preview;
        let untyped = pending.number.as_ref().is_some_and(|it| it.text.is_empty());
        if preview.asks() || self.ask_at.is_some() || untyped {
            self.refuse("preview-asks", now);
            return;
        }
        let (object, verb) = (
            preview.request.object.clone(),
            preview.request.action.verb(),
        );
        if let Some(refusal) = preview.refusal() {
            self.tell_refusal(&object, verb, &refusal, now);
            return;
        }
        let place = self.places.of(object.cluster, &object.namespace);
        let name = preview.name_to_type(&place);
        let asks = name.is_some();
        let confirm = Confirm {
            reason: asks.then(|| Line::new(self.reason.clone())),
            name: name.map(|name| (name, Line::default())),
            // A reason of before is kept: what is left is the name.
            naming: asks && !self.reason.is_empty(),
            seen: Seen::Nothing,
        };
        if let Some(pending) = &mut self.pending {
            pending.confirm = Some(confirm);
        }
    }

    fn confirming(&mut self) -> Option<&mut Confirm> {
        self.pending.as_mut()?.confirm.as_mut()
    }

    pub(super) fn confirms(&self) -> bool {
        let confirm = self.pending.as_ref().and_then(|it| it.confirm.as_ref());
        confirm.is_some() && self.plans()
    }

    /// A key that was pressed before the box stood on the screen was not meant for it.
    pub(super) fn unseen(&self) -> bool {
        let confirm = self.pending.as_ref().and_then(|it| it.confirm.as_ref());
        confirm.is_some_and(|it| it.seen == Seen::Nothing)
    }

    /// Says whether the box came, or can send since this frame: what was typed before is then thrown away.
    pub(super) fn saw(&mut self, dialog: Option<&Dialog>) -> bool {
        let Some(dialog) = dialog else {
            // No room is left for it: nobody confirms what is not to be seen.
            self.cancel_confirm();
            return false;
        };
        let Some(confirm) = self.confirming() else {
            return false;
        };
        let seen = if dialog.armed {
            Seen::Armed
        } else {
            Seen::Open
        };
        let new = seen > confirm.seen;
        confirm.seen = seen;
        new
    }

    pub(super) fn confirm_line(&mut self) -> Option<&mut Line> {
        self.confirming()?.line()
    }

    /// The name is another now: only a frame that shows it complete makes it count again.
    pub(super) fn confirm_typed(&mut self) {
        if let Some(confirm) = self.confirming()
            && !confirm.complete()
        {
            confirm.seen = confirm.seen.min(Seen::Open);
        }
    }

    pub(super) fn next_field(&mut self) {
        if let Some(confirm) = self.confirming()
            && confirm.name.is_some()
            && confirm.reason.is_some()
        {
            confirm.naming = !confirm.naming;
        }
    }

    /// False when nobody was faster.
    pub(super) fn close_moved(&mut self) -> bool {
        let moved = self.pending.as_mut().and_then(|it| it.moved.take());
        moved.is_some()
    }

    pub(super) fn cancel_confirm(&mut self) {
        if let Some(pending) = &mut self.pending {
            pending.confirm = None;
        }
    }

    /// Nothing is sent that a frame has not shown ready to be.
    pub(super) fn send(&mut self, now: Now) -> Vec<Effect> {
        let Some(confirm) = self.confirming() else {
            return Vec::new();
        };
        if !confirm.complete() {
            if confirm.name.is_some() {
                confirm.naming = true;
            }
            return Vec::new();
        }
        if confirm.seen != Seen::Armed {
            return Vec::new();
        }
        let reason = confirm
            .reason
            .as_ref()
            .map(|it| it.value().trim().to_owned());
        if let Some(reason) = &reason {
            self.reason.clone_from(reason);
        }
        let Some(mut pending) = self.pending.take() else {
            return Vec::new();
        };
        let confirmed = Confirmed {
            id: (self.options.next_id)(),
            who: self.options.who.clone(),
            reason: reason.unwrap_or_default(),
        };
        let id = confirmed.id.clone();
        let execution = action::execution(&pending.preview, &self.world(), confirmed);
        pending.confirm = None;
        let effects = execution.map_or_else(Vec::new, |execution| {
            self.note_deed(&pending.preview, &execution, now);
            pending.sent = Some(id);
            vec![Effect::Execute(Box::new(execution))]
        });
        self.pending = Some(pending);
        effects
    }

    fn note_deed(&mut self, preview: &Preview, execution: &action::Execution, now: Now) {
        let Some(Ok(plan)) = preview.plan() else {
            return;
        };
        self.intents
            .push((execution.intent.clone(), preview.object()));
        self.deeds.push(Deed {
            id: execution.intent.id.clone(),
            request: preview.request.clone(),
            at: now.moment,
            steps: plan.steps.iter().map(|it| it.kind.clone()).collect(),
            hold: preview.hold().cloned(),
            replies: Vec::new(),
            standing: Standing::Sent,
        });
    }
}

fn is_plan(page: &Page) -> bool {
    matches!(page, Page::Preview(_))
}
