//! A page as a person left it, and the pages they came through.

use std::collections::{HashMap, HashSet};

use crate::dossier::Series;
use crate::model::ObjectRef;
use crate::viewmodel::{BlockPath, Filter, LogView, Page, Rows, Sort, Strips, Target};

/// Everything about a page that lives longer than a judgement.
#[derive(Default)]
pub(super) struct Sheet {
    /// As they stand on the screen: a new order waits until the hand rests.
    pub rows: Rows,
    /// Which of them the filter leaves.
    pub listed: Vec<usize>,
    /// And what it leaves of the strips under them.
    pub strips: Strips,
    /// Rows that came since the last key.
    pub unseen: HashSet<Target>,
    pub marks: HashSet<Target>,
    /// Where a span begins.
    pub last_mark: Option<Target>,
    /// Branches opened or folded by hand.
    pub folds: HashMap<Target, bool>,
    pub selection: Option<Target>,
    /// The first row of the last frame: the cursor is on it for as long as nothing is selected.
    pub stood: Option<Target>,
    /// Opened from another page: until the next key the cursor goes to it, also where its row comes or moves later.
    pub sought: Option<Target>,
    /// Where the selection was among all rows, for when it vanishes; in a text, the line under the cursor.
    pub at: usize,
    pub first: usize,
    /// Lines of the pane that are scrolled away, while the cursor is in it.
    pub pane: Option<usize>,
    pub filter: Option<Filter>,
    /// Opened from a row of another page by a filter: out of it is back there.
    pub drilled: bool,
    /// What is searched for in a text, and whether its long lines take several rows.
    pub search: Option<String>,
    pub wrap: bool,
    /// The event under the cursor, as it was last seen there.
    pub event: Option<Series>,
    /// Of events only warnings are shown.
    pub warnings: bool,
    /// Blocks of a YAML that are folded.
    pub blocks: HashSet<BlockPath>,
    /// Of logs: how they are read, and what else than the page's object is heard.
    pub logs: LogView,
    pub also: Vec<ObjectRef>,
    /// None is worst first.
    pub sort: Option<Sort>,
}

/// Pages remembered: who goes further back has forgotten why.
const REMEMBERED: usize = 32;

/// The pages a person went through, and where they stand among them.
pub(super) struct Trail {
    pages: Vec<Page>,
    at: usize,
    left: HashMap<Page, Sheet>,
}

impl Trail {
    pub(super) fn start(page: Page) -> Self {
        Self {
            pages: vec![page],
            at: 0,
            left: HashMap::new(),
        }
    }

    pub(super) fn page(&self) -> &Page {
        self.pages.get(self.at).unwrap_or(&Page::Watch)
    }

    /// Goes on to another page; what was ahead is forgotten. Gives the page's sheet for the one that is left.
    pub(super) fn go(&mut self, page: Page, sheet: Sheet) -> Sheet {
        self.leave(sheet);
        self.pages.truncate(self.at + 1);
        self.pages.push(page);
        if self.pages.len() > REMEMBERED {
            self.pages.remove(0);
        }
        self.at = self.pages.len() - 1;
        self.enter()
    }

    /// Pages that are not gone back to.
    pub(super) fn forget(&mut self, which: impl Fn(&Page) -> bool) {
        let before = self.pages.iter().take(self.at);
        self.at -= before.filter(|it| which(it)).count();
        self.pages.retain(|it| !which(it));
        self.left.retain(|page, _| !which(page));
    }

    /// One page back or forth; None at the end of the trail, where the sheet stays.
    pub(super) fn step(&mut self, forth: bool, sheet: &mut Sheet) -> Option<Sheet> {
        let at = if forth {
            self.at.checked_add(1).filter(|at| *at < self.pages.len())
        } else {
            self.at.checked_sub(1)
        }?;
        self.leave(std::mem::take(sheet));
        self.at = at;
        Some(self.enter())
    }

    fn leave(&mut self, mut sheet: Sheet) {
        // They are made anew on the way back; meanwhile they would only be memory.
        sheet.rows = Rows::default();
        sheet.listed = Vec::new();
        let page = self.page().clone();
        self.left.insert(page, sheet);
        let pages = &self.pages;
        self.left
            .retain(|page, _| pages.contains(page) || page.tab().as_ref() == Some(page));
    }

    fn enter(&mut self) -> Sheet {
        let page = self.page().clone();
        self.left.remove(&page).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(first: usize) -> Sheet {
        Sheet {
            first,
            ..Sheet::default()
        }
    }

    #[test]
    fn a_page_is_found_as_it_was_left() {
        let mut trail = Trail::start(Page::Watch);
        assert_eq!(trail.go(Page::Tenants, sheet(7)).first, 0);
        let mut now = sheet(3);
        assert_eq!(trail.step(false, &mut now).map(|it| it.first), Some(7));
        assert_eq!(*trail.page(), Page::Watch);
        assert!(trail.step(false, &mut now).is_none());
        assert_eq!(trail.step(true, &mut now).map(|it| it.first), Some(3));
    }

    #[test]
    fn a_long_way_is_forgotten_from_its_beginning() {
        let mut trail = Trail::start(Page::Watch);
        for number in 0..1000 {
            trail.go(Page::Tenant(format!("t{number}").into()), sheet(number));
        }
        assert_eq!(trail.pages.len(), REMEMBERED);
        assert!(trail.left.len() <= REMEMBERED + Page::TABS.len());
    }
}
