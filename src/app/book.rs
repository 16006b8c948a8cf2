//! The journal as the screen has it: what it told at the start, and what this run adds.

use std::collections::{HashMap, HashSet};

use super::{App, Effect, Now};
use crate::action::{
    self, ActionId, Answer, Entry, Executed, Execution, Following, Intent, Record, Refusal,
};
use crate::model::Moment;
use crate::viewmodel::{self, Page};

/// What was done, and whether others may have added to it.
pub(super) struct Book {
    /// Newest first.
    pub(super) entries: Vec<Entry>,
    /// Its page was opened since it was read.
    pub(super) stale: bool,
    /// Actions without an answer that were read again: how often, and when last.
    pub(super) rechecks: HashMap<ActionId, (i64, Moment)>,
    /// Those that were found done, until what they set off is over.
    pub(super) followed: HashMap<ActionId, Following>,
    /// Those of earlier runs that got their outcome here.
    pub(super) settled: HashSet<ActionId>,
}

impl Book {
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        Self {
            entries,
            stale: false,
            rechecks: HashMap::new(),
            followed: HashMap::new(),
            settled: HashSet::new(),
        }
    }
}

impl App {
    /// The preview of taking back the last action on the object under the cursor, or why there is none.
    pub(super) fn take_back(&mut self, now: Now) {
        if self.pending.as_ref().is_some_and(|it| it.sent.is_some()) {
            return;
        }
        let last = self.with_facts(|facts| viewmodel::undoable(facts).map(|it| it.intent.clone()));
        match last {
            Some(intent) => self.take_back_that(&intent, now),
            None => self.refuse("undo-nothing-here", now),
        }
    }

    pub(super) fn take_back_that(&mut self, intent: &Intent, now: Now) {
        match action::undo(&self.world(), intent) {
            Ok(request) => self.plan(request, now),
            Err(refusal) => self.tell_not_undone(intent, &refusal, now),
        }
    }

    fn tell_not_undone(&mut self, intent: &Intent, refusal: &Refusal, now: Now) {
        if let Some(object) = action::object(&self.store, intent) {
            self.tell_refusal(&object, intent.verb, refusal, now);
            return;
        }
        let context = [("context", intent.context.as_str().into())];
        let said = self.options.catalogue.say_with("undo-unwatched", &context);
        self.notices.refuse(said, now.at);
    }

    /// As the executor writes it before anything is sent.
    pub(super) fn note_intent(&mut self, execution: &Execution) {
        let intent = Box::new(execution.intent.clone());
        action::note(&mut self.book.entries, Record::Intent(intent));
    }

    /// As the executor wrote it.
    pub(super) fn note_executed(
        &mut self,
        id: &ActionId,
        executed: &Executed,
        answers: Vec<Answer>,
        now: Now,
    ) {
        if let Executed::NotJournaled(_) = executed {
            self.book.entries.retain(|it| it.intent.id != *id);
            return;
        }
        for answer in answers {
            action::note(&mut self.book.entries, Record::Answer(answer));
        }
        self.show_journal(now);
    }

    /// Others may have added to it since the page was last open.
    pub(super) fn read_journal(&mut self) -> Option<Effect> {
        std::mem::take(&mut self.book.stale).then_some(Effect::ReadJournal)
    }

    /// What this run sent is known better here: its records may still be on their way to the disk.
    pub(super) fn hear_journal(&mut self, read: Result<Vec<Entry>, String>, now: Now) {
        let read = match read {
            Ok(read) => read,
            Err(detail) => {
                let detail = [("detail", detail.into())];
                let said = self.options.catalogue.say_with("notice-journal", &detail);
                self.notices.answer(said);
                return;
            }
        };
        let known = std::mem::replace(&mut self.book.entries, read);
        let sent = |id: &ActionId| self.deeds.iter().any(|deed| deed.id == *id);
        let here = |it: &Entry| self.book.settled.contains(&it.intent.id) || sent(&it.intent.id);
        let own: Vec<_> = known.into_iter().filter(here).collect();
        for entry in own.into_iter().rev() {
            let same = |it: &&mut Entry| it.intent.id == entry.intent.id;
            match self.book.entries.iter_mut().find(same) {
                Some(read) => *read = entry,
                None => self.book.entries.insert(0, entry),
            }
        }
        self.show_journal(now);
    }

    /// The rows of its page anew, while it is open.
    fn show_journal(&mut self, now: Now) {
        if *self.trail.page() == Page::Journal {
            let rows = self.rows();
            self.show(rows, now);
        }
    }

    /// For the file, and for what is shown of it.
    pub(super) fn record(&mut self, record: Record, now: Now) -> Effect {
        action::note(&mut self.book.entries, record.clone());
        self.show_journal(now);
        Effect::Record(record)
    }
}
