//! Rows marked by hand. A mark is on an object, and only while its row is listed.

use std::collections::HashSet;

use super::{App, Now};
use crate::viewmodel::{self, Target};

impl App {
    /// Marks the row, or takes its mark away, and goes on to the next.
    pub(super) fn mark(&mut self) {
        let Some(target) = self.place().and(self.sheet.selection.clone()) else {
            return;
        };
        if !self.sheet.marks.remove(&target) {
            self.sheet.marks.insert(target.clone());
            self.sheet.last_mark = Some(target);
        }
        // The next row, not the next line of the pane.
        self.sheet.pane = None;
        self.go(1);
    }

    /// Marks every row from the last mark to the cursor.
    pub(super) fn mark_span(&mut self) {
        let Some(here) = self.place() else {
            return;
        };
        let last = self.sheet.last_mark.as_ref();
        let last = last.filter(|it| self.sheet.marks.contains(*it));
        let listed: Vec<_> = self.listed_targets().collect();
        let last = last.and_then(|last| listed.iter().position(|it| it == last));
        let from = last.unwrap_or(here);
        let span = listed
            .into_iter()
            .skip(from.min(here))
            .take(from.abs_diff(here) + 1);
        self.sheet.marks.extend(span);
        self.sheet.last_mark.clone_from(&self.sheet.selection);
    }

    /// False when there was none.
    pub(super) fn unmark(&mut self) -> bool {
        let any = !self.sheet.marks.is_empty();
        self.sheet.marks.clear();
        any
    }

    /// Nothing acts on what does not show: marks of rows that are hidden or gone are dropped, and that is said. While a
    /// filter is typed nothing acts at all.
    pub(super) fn drop_marks(&mut self, now: Now) {
        if self.typing.is_some() || self.sheet.marks.is_empty() {
            return;
        }
        let listed: HashSet<Target> = self.listed_targets().collect();
        let before = self.sheet.marks.len();
        self.sheet.marks.retain(|it| listed.contains(it));
        let dropped = before - self.sheet.marks.len();
        if dropped > 0 {
            let count = [("count", dropped.into())];
            let said = self.options.catalogue.say_with("marks-dropped", &count);
            self.notices.good(said, now.at);
        }
    }

    /// To the next row that waits for a human, or the one before.
    pub(super) fn seek(&mut self, forth: bool, now: Now) {
        let places = self.with_facts(viewmodel::in_need);
        let here = self.sheet.at;
        let found = if forth {
            places.into_iter().find(|at| *at > here)
        } else {
            places.into_iter().rev().find(|at| *at < here)
        };
        let Some(at) = found else {
            let said = if forth {
                "need-no-next"
            } else {
                "need-no-previous"
            };
            let said = self.options.catalogue.say(said);
            self.notices.refuse(said, now.at);
            return;
        };
        let target = self.listed_targets().nth(at);
        self.sheet.pane = None;
        self.sheet.selection = target;
        self.sheet.at = at;
    }

    /// Where the cursor is in the list; None in the strips below it.
    fn place(&self) -> Option<usize> {
        let selection = self.sheet.selection.as_ref()?;
        self.listed_targets().position(|it| it == *selection)
    }

    fn listed_targets(&self) -> impl Iterator<Item = Target> {
        let listed = self.sheet.listed.iter();
        listed.filter_map(|at| self.sheet.rows.target(*at))
    }
}
