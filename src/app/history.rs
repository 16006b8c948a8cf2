//! The revisions of a workload: from its row, from one of its revisions, from one of its pods.

use super::{App, Now};
use crate::model::ObjectRef;
use crate::viewmodel::{self, Form, Page, Target};

impl App {
    /// With the cursor on the revision that it was on.
    pub(super) fn turn_to_history(&mut self, now: Now) {
        match self.with_facts(viewmodel::past) {
            Some((workload, number)) => self.turn_to_history_of(workload, number, now),
            None => self.refuse("history-nothing", now),
        }
    }

    pub(super) fn turn_to_history_of(
        &mut self,
        workload: ObjectRef,
        number: Option<u64>,
        now: Now,
    ) {
        self.turn_to(Page::History(workload), now);
        let mut rows = self.sheet.rows.history().iter();
        let row = rows.find(|it| number.is_some() && it.revision.number == number);
        if let Some(row) = row {
            self.sheet.selection = Some(Target::Object(row.object()));
            self.list();
        }
    }

    /// Its rows are few: they are neither filtered nor sorted, and one of them is marked as the other side.
    pub(super) fn has_few_rows(&self) -> bool {
        matches!(self.trail.page(), Page::History(_))
    }

    /// Something beside or below the rows has lines of its own.
    pub(super) fn has_pane(&self) -> bool {
        match Form::of(self.size.0, self.size.1) {
            Form::Wide => true,
            Form::Normal => self.has_few_rows(),
            _ => false,
        }
    }
}
