//! In a text about one object: the cursor goes from line to line, words are searched.

use tui_input::Input as Line;

use super::{App, Now};
use crate::viewmodel::{self, Aspect, Jump, Page};

impl App {
    pub(super) fn reads(&self) -> bool {
        self.trail.page().reads()
    }

    /// The object under the cursor from another side; of a pod that has not that side, its workload.
    pub(super) fn turn_to_aspect(&mut self, aspect: Aspect, now: Now) {
        let said = match self.with_facts(viewmodel::subject) {
            Some(object) if aspect.applies(&object.kind) => {
                return self.turn_to(Page::Aspect(aspect, object), now);
            }
            Some(_) => {
                let workload = self.with_facts(viewmodel::past).map(|it| it.0);
                if let Some(workload) = workload.filter(|it| aspect.applies(&it.kind)) {
                    return self.turn_to(Page::Aspect(aspect, workload), now);
                }
                if aspect == Aspect::Why {
                    "why-none-here"
                } else {
                    "rollout-none-here"
                }
            }
            None => "aspect-nothing",
        };
        let said = self.options.catalogue.say(said);
        self.notices.refuse(said, now.at);
    }

    /// Goes where the line under the cursor leads; the way back leads to it again. In YAML it folds the block, or opens it.
    pub(super) fn open_line(&mut self, now: Now) {
        if self.toggle_block() {
            return;
        }
        match self.with_facts(viewmodel::jump) {
            Some(Jump::Aspect(aspect, object)) => self.turn_to(Page::Aspect(aspect, object), now),
            Some(Jump::Log {
                pod,
                container,
                previous,
            }) => self.turn_to_log(pod, container.as_deref(), previous, now),
            Some(Jump::History(workload)) => self.turn_to_history_of(workload, None, now),
            Some(Jump::Row { tenant, row }) => {
                self.open_within(tenant, row, now);
                self.sheet.drilled = true;
            }
            Some(Jump::Release(id)) => self.turn_to_release(&id, now),
            None => {
                let said = self.options.catalogue.say("open-no-line");
                self.notices.refuse(said, now.at);
            }
        }
    }

    pub(super) fn go_in_text(&mut self, by: isize) {
        let last = self.with_facts(viewmodel::text_lines).saturating_sub(1);
        self.sheet.at = self.sheet.at.min(last).saturating_add_signed(by).min(last);
        self.keep_line();
    }

    /// After the cursor moved: whatever comes, it stays on what its line tells of.
    pub(super) fn keep_line(&mut self) {
        self.keep_place();
        self.keep_event();
    }

    pub(super) fn keep_event(&mut self) {
        self.sheet.event = self.with_facts(viewmodel::event);
    }

    /// Newer events come above that under the cursor, which keeps its row on the screen, too.
    pub(super) fn settle_event(&mut self) {
        let kept = self.sheet.event;
        let line = kept.and_then(|event| self.with_facts(|it| viewmodel::event_line(it, event)));
        if let Some(line) = line {
            let sheet = &mut self.sheet;
            let above = sheet.at.saturating_sub(sheet.first);
            sheet.at = line;
            sheet.first = line.saturating_sub(above);
        }
    }

    /// To the next line that has the words searched for, around the end; or the one before.
    pub(super) fn seek_in_text(&mut self, forth: bool, now: Now) {
        let hits = self.with_facts(viewmodel::hits);
        let here = self.with_facts(viewmodel::line_number);
        let found = if forth {
            hits.iter().find(|at| **at > here).or(hits.first())
        } else {
            let before = hits.iter().rev().find(|at| **at < here);
            before.or(hits.last())
        };
        if let Some(line) = found {
            self.go_to_line(*line);
            return;
        }
        let said = if self.sheet.search.is_some() {
            "reader-no-hit"
        } else {
            "reader-no-search"
        };
        let said = self.options.catalogue.say(said);
        self.notices.refuse(said, now.at);
    }

    pub(super) fn edit_search(&mut self) {
        let text = self.sheet.search.get_or_insert_default();
        self.typing = Some(Line::new(text.clone()));
    }

    /// The words changed: on to the first line that has them, from where the cursor is.
    pub(super) fn research(&mut self) {
        let words = self.typing.as_ref().map_or("", Line::value).to_owned();
        self.sheet.search = Some(words);
        self.recall_outline();
        let hits = self.with_facts(viewmodel::hits);
        let here = self.with_facts(viewmodel::line_number);
        let near = if self.hears() {
            // Of a log the last is the one that counts.
            hits.iter().rev().find(|at| **at <= here).or(hits.last())
        } else {
            hits.iter().find(|at| **at >= here).or(hits.first())
        };
        if let Some(line) = near {
            self.go_to_line(*line);
        }
    }

    /// False when nothing was searched for.
    pub(super) fn drop_search(&mut self) -> bool {
        self.typing = None;
        self.sheet.search.take().is_some()
    }
}
