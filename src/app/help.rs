//! Help: the keys of the page one comes from. Letters find, the other keys move and leave.

use crossterm::event::KeyEvent;

use super::{App, Effect, Now};
use crate::command::{self, Command, Scope};
use crate::keymap::{Key, Meaning};
use crate::viewmodel::Page;
use crate::wording::Catalogue;

impl App {
    pub(super) fn asks_help(&self) -> bool {
        matches!(self.trail.page(), Page::Help(_))
    }

    /// Opens help, or leaves it.
    pub(super) fn help(&mut self, now: Now) {
        if self.asks_help() {
            self.leave(now);
            return;
        }
        let other = self.options.catalogue.language().other();
        self.other_language
            .get_or_insert_with(|| Catalogue::new(other));
        let origin = Box::new(self.trail.page().clone());
        // Logs go on to be read beneath.
        let (logs, also) = (self.sheet.logs, self.sheet.also.clone());
        self.turn_to(Page::Help(origin), now);
        self.sheet.logs = logs;
        self.sheet.also = also;
    }

    pub(super) fn ask_help(&mut self, event: KeyEvent, now: Now) -> Vec<Effect> {
        let key = Key::from(event);
        match self.options.keymap.meaning(Scope::List, &[key]) {
            Meaning::Command(Command::Help) => self.command(Command::Help, now),
            Meaning::Command(command) if key.text().is_none() && works(command) => {
                self.command(command, now)
            }
            _ => {
                self.type_key(event);
                Vec::new()
            }
        }
    }
}

/// Whether a command means something where there are no rows.
fn works(command: Command) -> bool {
    let everywhere = || command::of(command).is_some_and(|it| it.scope == Scope::Everywhere);
    match command {
        Command::Up
        | Command::Down
        | Command::Top
        | Command::Bottom
        | Command::HalfPageUp
        | Command::HalfPageDown
        | Command::PageUp
        | Command::PageDown
        | Command::Escape
        | Command::Back
        | Command::Forth => true,
        _ => everywhere(),
    }
}
