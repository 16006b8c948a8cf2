//! What stands at the right of a line that leads somewhere: the key, and where to.

use unicode_width::UnicodeWidthStr;

use super::{Content, cells_of};
use crate::command::Command;
use crate::viewmodel::{Facts, Form, Line};

pub(super) struct Leads<'a> {
    facts: &'a Facts<'a>,
    content: &'a Content<'a>,
    /// The line under the cursor.
    at: usize,
    cells: usize,
    /// None where there is no room for it.
    key: Option<String>,
}

impl<'a> Leads<'a> {
    pub(super) fn of(
        facts: &'a Facts<'a>,
        form: Form,
        content: &'a Content<'a>,
        at: usize,
        cells: usize,
    ) -> Self {
        let roomy = matches!(form, Form::Normal | Form::Wide);
        Self {
            facts,
            content,
            at,
            cells,
            key: (facts.keys)(Command::Open).filter(|_| roomy),
        }
    }

    /// It stands there wherever the cursor is, and takes no letter of the line. Of events each leads to its object: there
    /// it would be the same on every line.
    pub(super) fn stays(&self, line: usize) -> bool {
        self.key.is_some() && self.content.text.leads(line)
    }

    /// Cells that the line has no use of.
    pub(super) fn beside(&self, line: usize) -> usize {
        if self.stays(line) {
            self.words(line).width() + 2
        } else {
            0
        }
    }

    /// Of an event only under the cursor, where it hides nothing.
    pub(super) fn label(&self, line: usize, row: Option<&Line>) -> String {
        let label = || {
            let used: usize = row.into_iter().flatten().map(cells_of).sum();
            let words = self.words(line);
            (used + words.width() + 2 <= self.cells).then_some(words)
        };
        if self.stays(line) {
            return self.words(line);
        }
        let here = line == self.at;
        here.then(label).flatten().unwrap_or_default()
    }

    /// `Enter log`.
    fn words(&self, line: usize) -> String {
        let jump = self.content.text.jump(line);
        let said = jump.zip(self.key.as_deref());
        said.map_or_else(String::new, |(jump, key)| {
            format!("{key} {}", self.facts.say(jump.word()))
        })
    }
}
