//! The box in which a plan is confirmed. Keys that are older than the frame that showed it never reach it.

use std::collections::VecDeque;
use std::time::Duration;

use tui_input::Input as Line;

use super::pending::{Confirm, Pending, Seen};
use super::{App, Effect, Now};
use crate::action::{self, Confirmed, Execution, Preview, Refusal, Request};
use crate::viewmodel::{Deed, Dialog, Standing};

/// For so long nobody presses Enter before it sends what no name was typed for. A key that is held down comes as presses like
/// any other, the second one after up to 660 ms (the X server's default; other systems wait less), the rest in quick succession.
const LET_GO: Duration = Duration::from_millis(700);

/// What may not be sent any more, and why.
type Barred = Box<(Request, Refusal)>;

impl App {
    /// The box opens once each check has an answer and nothing forbids it.
    pub(super) fn confirm(&mut self, now: Now) {
        let Some(pending) = &self.pending else { return };
        if pending.sent.is_some() || pending.moved.is_some() || pending.over {
            return;
        }
        let all = || pending.previews();
        if all().any(Preview::asks) || self.ask_at.is_some() || pending.unnumbered() {
            self.refuse("preview-asks", now);
            return;
        }
        let world = self.world();
        if !all().all(|it| world.is_placed(&it.request.object)) {
            self.refuse("preview-places", now);
            return;
        }
        let refused = all().find_map(|it| Some((it.request.clone(), it.refusal()?)));
        if let Some((request, refusal)) = refused {
            self.tell_refusal(&request.object, request.action.verb(), &refusal, now);
            return;
        }
        // What goes first is for the sake of the plan, whose place is the one that changes.
        let meant = || all().skip(usize::from(pending.leads()));
        let wide = all().take(usize::from(pending.leads()));
        let wide = wide.filter(|it| it.is_wide());
        let names = wide.chain(meant()).filter_map(|preview| {
            let object = &preview.request.object;
            preview.name_to_type(&self.world().place(object))
        });
        let names: Vec<_> = names.collect();
        let asks = !names.is_empty();
        // Of several their count: no one name says it all.
        let name = match meant().count() {
            1 => names.into_iter().next(),
            count => Some(count.to_string()),
        };
        let confirm = Confirm {
            pressed: now.at,
            reason: asks.then(|| Line::new(self.reason.clone())),
            // A reason of before is kept: what is left is the name.
            naming: name.is_some() && !(asks && self.reason.is_empty()),
            name: name.map(|name| (name, Line::default())),
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
        let held = confirm.name.is_none() && now.at < confirm.pressed + LET_GO;
        confirm.pressed = now.at;
        if confirm.seen != Seen::Armed || held {
            return Vec::new();
        }
        let reason = confirm
            .reason
            .as_ref()
            .map(|it| it.value().trim().to_owned());
        if let Some(reason) = &reason {
            self.reason.clone_from(reason);
        }
        self.cancel_confirm();
        match self.executions(reason.as_deref().unwrap_or_default()) {
            Ok(confirmed) => self.send_all(confirmed, now),
            Err(barred) => {
                let (request, refusal) = *barred;
                self.tell_refusal(&request.object, request.action.verb(), &refusal, now);
                Vec::new()
            }
        }
    }

    /// Of each plan what is sent; of none where one is barred by now.
    fn executions(&self, reason: &str) -> Result<Vec<(Deed, Execution)>, Barred> {
        let previews = self.pending.iter().flat_map(Pending::previews);
        let executions = previews.filter_map(|preview| {
            let confirmed = Confirmed {
                id: (self.options.next_id)(),
                who: self.options.who.clone(),
                reason: reason.to_owned(),
            };
            let execution = match action::execution(preview, &self.world(), confirmed) {
                Ok(execution) => execution?,
                Err(refusal) => return Some(Err(Box::new((preview.request.clone(), refusal)))),
            };
            let plan = preview.plan()?.as_ref().ok()?;
            let deed = Deed {
                id: execution.intent.id.clone(),
                request: preview.request.clone(),
                at: self.now,
                open: Some((execution.intent.clone(), preview.object())),
                steps: plan.steps.iter().map(|it| it.kind.clone()).collect(),
                hold: preview.hold().cloned(),
                replies: Vec::new(),
                standing: Standing::Waiting,
            };
            Some(Ok((deed, execution)))
        });
        executions.collect()
    }

    /// In the order in which they stand; each is sent once the one before was taken.
    fn send_all(&mut self, confirmed: Vec<(Deed, Execution)>, now: Now) -> Vec<Effect> {
        let mut rest = VecDeque::new();
        for (deed, execution) in confirmed {
            self.deeds.push(deed);
            rest.push_back(execution);
        }
        let sends = self.send_first(rest, now);
        if let (Some(Effect::Execute(execution)), Some(pending)) = (&sends, &mut self.pending) {
            pending.sent = Some(execution.intent.id.clone());
        }
        sends.into_iter().collect()
    }
}
