//! The line above the footer. Good news, and why a key does nothing, go by themselves or at the next key; bad news waits until
//! it is closed.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::viewmodel::{Notice, State};
use crate::wording::Catalogue;

const PASSING: Duration = Duration::from_secs(6);
const WAITING: usize = 16;
/// Bad news remembered after it was closed, so that the next list of the same objects does not bring it back.
const TOLD: usize = 64;

#[derive(Default)]
pub(super) struct Notices {
    passing: Option<(State, String, Instant)>,
    bad: Vec<String>,
    told: VecDeque<String>,
}

impl Notices {
    pub(super) fn good(&mut self, text: String, now: Instant) {
        self.passing = Some((State::Good, text, now + PASSING));
    }

    /// Why a key does nothing here.
    pub(super) fn refuse(&mut self, text: String, now: Instant) {
        self.passing = Some((State::Absent, text, now + PASSING));
    }

    /// The same news is told once; what finds no room is not, so that it may come again.
    pub(super) fn bad(&mut self, text: String) {
        if self.bad.len() == WAITING || self.told.contains(&text) {
            return;
        }
        if self.told.len() == TOLD {
            self.told.pop_front();
        }
        self.told.push_back(text.clone());
        self.bad.push(text);
    }

    /// The answer to a key: told each time it is asked for.
    pub(super) fn answer(&mut self, text: String) {
        if self.bad.len() < WAITING && !self.bad.contains(&text) {
            self.bad.push(text);
        }
    }

    /// A key, a click: what passes was seen.
    pub(super) fn key(&mut self) {
        self.passing = None;
    }

    pub(super) fn expire(&mut self, now: Instant) {
        self.passing = self.passing.take().filter(|(.., until)| *until > now);
    }

    pub(super) fn expiry(&self) -> Option<Instant> {
        self.passing.as_ref().map(|(.., until)| *until)
    }

    /// Closes the first bad one; false when there is none.
    pub(super) fn close(&mut self) -> bool {
        let any = !self.bad.is_empty();
        if any {
            self.bad.remove(0);
        }
        any
    }

    pub(super) fn current(&self, catalogue: &Catalogue) -> Option<Notice> {
        if let Some((state, text, _)) = &self.passing {
            return Some(Notice {
                state: *state,
                text: text.clone(),
            });
        }
        let (first, rest) = self.bad.split_first()?;
        let text = if rest.is_empty() {
            first.clone()
        } else {
            let arguments = [
                ("text", first.as_str().into()),
                ("count", rest.len().into()),
            ];
            catalogue.say_with("notice-more", &arguments)
        };
        Some(Notice {
            state: State::Warning,
            text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_news_is_told_once_even_when_it_was_closed() {
        let mut notices = Notices::default();
        for _ in 0..3 {
            notices.bad("pod x cannot be read".into());
        }
        assert!(notices.close());
        notices.bad("pod x cannot be read".into());
        assert!(!notices.close());
    }

    #[test]
    fn news_that_nobody_closes_stays_bounded() {
        let mut notices = Notices::default();
        for number in 0..1000 {
            notices.bad(format!("pod {number} cannot be read"));
        }
        assert_eq!((notices.bad.len(), notices.told.len()), (WAITING, WAITING));
        assert_eq!(notices.bad[0], "pod 0 cannot be read");
    }
}
