//! The line above the footer. Good news goes by itself or at the next key; bad news waits until it is closed.

use std::time::Duration;

use tokio::time::Instant;

use crate::viewmodel::{Notice, State};
use crate::wording::Catalogue;

const GOOD: Duration = Duration::from_secs(6);

#[derive(Default)]
pub(super) struct Notices {
    good: Option<(String, Instant)>,
    bad: Vec<String>,
}

impl Notices {
    pub(super) fn good(&mut self, text: String, now: Instant) {
        self.good = Some((text, now + GOOD));
    }

    pub(super) fn bad(&mut self, text: String) {
        self.bad.push(text);
    }

    pub(super) fn key(&mut self) {
        self.good = None;
    }

    pub(super) fn expire(&mut self, now: Instant) {
        self.good = self.good.take().filter(|(_, until)| *until > now);
    }

    pub(super) fn expiry(&self) -> Option<Instant> {
        self.good.as_ref().map(|(_, until)| *until)
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
        if let Some((text, _)) = &self.good {
            return Some(Notice {
                state: State::Good,
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
