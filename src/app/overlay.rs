//! What is chosen in a popup, and what choosing does.

use tui_input::Input as Line;

use super::{App, Effect, Now};
use crate::tenancy::Selection;
use crate::viewmodel::{self, Act, Ask, Asked, Choice, Survey};

/// An open popup.
pub(super) struct Overlay {
    ask: Ask,
    pub(super) line: Line,
    /// As they stood when they were asked for or what is typed changed: a choice does not move under a hand.
    choices: Vec<Choice>,
    at: usize,
    pub(super) first: usize,
}

impl Overlay {
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked {
            ask: self.ask,
            text: self.line.value(),
            cursor: self.line.visual_cursor(),
            choices: &self.choices,
            at: self.at,
            first: self.first,
        }
    }
}

impl App {
    pub(super) fn ask(&mut self, ask: Ask) {
        self.overlay = Some(Overlay {
            ask,
            line: Line::default(),
            choices: Vec::new(),
            at: 0,
            first: 0,
        });
        self.rechoose();
    }

    /// What a row offers is settled when it is asked for: the row may go while the popup stands.
    pub(super) fn ask_copy(&mut self) {
        self.copyable = self.with_facts(viewmodel::copyable);
        if !self.copyable.is_empty() {
            self.ask(Ask::Copy);
        }
    }

    fn choices(&self) -> Vec<Choice> {
        let Some(overlay) = &self.overlay else {
            return Vec::new();
        };
        self.with_facts(|facts| viewmodel::choices(facts, overlay.ask, overlay.line.value()))
    }

    pub(super) fn choose_by(&mut self, by: isize) {
        if let Some(overlay) = &mut self.overlay {
            let last = overlay.choices.len().saturating_sub(1);
            overlay.at = overlay.at.saturating_add_signed(by).min(last);
        }
    }

    /// What was typed changed: the best choice is the first again.
    pub(super) fn rechoose(&mut self) {
        let choices = self.choices();
        if let Some(overlay) = &mut self.overlay {
            overlay.choices = choices;
            overlay.at = 0;
            overlay.first = 0;
        }
    }

    /// What nothing was found for may have been read since.
    pub(super) fn choose_from_news(&mut self) {
        if self
            .overlay
            .as_ref()
            .is_some_and(|it| it.choices.is_empty())
        {
            self.rechoose();
        }
    }

    pub(super) fn choose(&mut self, now: Now) -> Vec<Effect> {
        let Some(overlay) = &self.overlay else {
            return Vec::new();
        };
        let Some(choice) = overlay.choices.get(overlay.at).cloned() else {
            return Vec::new();
        };
        let stays = overlay.ask == Ask::Classes;
        if !stays {
            self.overlay = None;
        }
        let effects = self.act(choice.act, now);
        let choices = self.choices();
        if let Some(overlay) = self.overlay.as_mut().filter(|_| stays) {
            overlay.choices = choices;
        }
        effects
    }

    fn act(&mut self, act: Act, now: Now) -> Vec<Effect> {
        match act {
            Act::Command(command) => return self.command(command, now),
            Act::Go(page) => self.turn_to(page, now),
            Act::Filter(page, text) => {
                self.turn_to(page, now);
                self.drop_filter();
                if !text.is_empty() {
                    self.filter_by(&text);
                }
                self.drop_marks(now);
            }
            Act::Open(tenant, target) => self.open_within(tenant, target, now),
            Act::Tenant(tenant) => {
                let scope = self.scope.of_tenant(tenant);
                self.look_at(scope, now);
            }
            Act::Class(class) => {
                let scope = self.scope.toggled(class);
                self.look_at(scope, now);
            }
            Act::Copy(text) => return vec![Effect::Copy(text)],
            Act::Sort(sort) => {
                self.sheet.sort = sort;
                self.reorder(now);
            }
        }
        Vec::new()
    }

    /// Turns the order of the rows round.
    pub(super) fn turn(&mut self, largest_first: bool, now: Now) {
        if let Some(sort) = &mut self.sheet.sort {
            sort.largest_first = largest_first;
            self.reorder(now);
        }
    }

    pub(super) fn look_at(&mut self, scope: Selection, now: Now) {
        // What is looked at is another: so is what would be done.
        if self.plans() {
            self.step(false, now);
        }
        self.rescope(scope);
        self.reorder(now);
    }

    pub(super) fn rescope(&mut self, scope: Selection) {
        self.scope = scope;
        self.survey = Survey::of(&self.store, &self.places, &self.scope);
    }

    /// An order that the person asked for is there at once, from its first row.
    fn reorder(&mut self, now: Now) {
        self.sheet.selection = None;
        self.sheet.at = 0;
        self.sheet.first = 0;
        self.last_key = None;
        let rows = self.rows();
        self.show(rows, now);
        self.last_key = Some(now.at);
    }
}
