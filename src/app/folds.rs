//! The blocks of a YAML: folded, opened, and found again when the object changes.

use std::sync::Arc;

use super::App;
use crate::viewmodel::{self, Outline};

impl App {
    /// What the page shows as YAML, once a version of the object; and what is searched for in it, once.
    pub(super) fn recall_outline(&mut self) {
        let Some(document) = self.with_facts(viewmodel::document) else {
            self.outline = None;
            return;
        };
        let known = self.outline.take().filter(|it| it.is_of(&document));
        let fresh = || Outline::new(Arc::clone(&document), &self.sheet.blocks);
        let mut outline = known.unwrap_or_else(fresh);
        if let Some(search) = &self.sheet.search {
            outline.search(search);
        }
        self.outline = Some(outline);
    }

    pub(super) fn fold_block(&mut self, open: bool) {
        let sheet = &mut self.sheet;
        if let Some(outline) = &mut self.outline {
            sheet.at = outline.fold(sheet.at, open, &mut sheet.blocks);
        }
    }

    /// False on a page without blocks.
    pub(super) fn toggle_block(&mut self) -> bool {
        let sheet = &mut self.sheet;
        if let Some(outline) = &mut self.outline {
            sheet.at = outline.toggle(sheet.at, &mut sheet.blocks);
        }
        self.outline.is_some()
    }

    /// Puts the cursor on a line of the text, by its number among all.
    pub(super) fn go_to_line(&mut self, line: usize) {
        let sheet = &mut self.sheet;
        sheet.at = match &mut self.outline {
            Some(outline) => outline.reveal(line, &mut sheet.blocks),
            None => line,
        };
        self.keep_line();
    }
}
