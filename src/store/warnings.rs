//! Warning events since vigie started, newest last, in a bounded ring.

use std::collections::VecDeque;

use crate::model::Event;

/// Enough for an incident; an event storm drops the oldest series.
const KEPT: usize = 1024;

#[derive(Default)]
pub struct Warnings(VecDeque<Event>);

impl Warnings {
    /// True when the series was not known. A repeated event moves to the end.
    pub(super) fn push(&mut self, event: Event) -> bool {
        let known = self.0.iter().position(|kept| kept.uid == event.uid);
        if let Some(at) = known {
            self.0.remove(at);
        } else if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(event);
        known.is_none()
    }

    /// Newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.0.iter().rev()
    }
}
