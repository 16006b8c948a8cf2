//! The plan that is looked at, and the box over it.

use tokio::time::Instant;
use tui_input::Input as Line;

use crate::action::{ActionId, HoldVerdict, Moved, Preview, Request};
use crate::viewmodel::{Confirming, Entry, Planned};

/// Of previews that were asked for, so that an answer finds its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PreviewId(pub(super) u64);

impl PreviewId {
    /// What is asked before there is a plan.
    pub(super) const NONE: Self = Self(0);
}

pub(super) struct Pending {
    pub(super) id: PreviewId,
    pub(super) preview: Preview,
    /// What goes before it, so that it lasts.
    pub(super) first: Option<(PreviewId, Preview)>,
    /// Of the other marked rows.
    pub(super) also: Vec<(PreviewId, Preview)>,
    pub(super) number: Option<Number>,
    pub(super) confirm: Option<Confirm>,
    /// The last of what was sent, until it is answered.
    pub(super) sent: Option<ActionId>,
    /// It is not sent again: several were, and what came of each stays to be read; or it was refused.
    pub(super) over: bool,
    pub(super) moved: Option<Box<Moved>>,
}

/// Of replicas.
pub(super) struct Number {
    pub(super) text: String,
    /// The next digit begins another one.
    pub(super) fresh: bool,
}

impl Pending {
    pub(super) fn previews(&self) -> impl Iterator<Item = &Preview> {
        let also = self.also.iter().map(|(_, preview)| preview);
        let first = self.first.iter().map(|(_, preview)| preview);
        first.chain([&self.preview]).chain(also)
    }

    /// A number is asked for, and its last digit was taken back.
    pub(super) fn unnumbered(&self) -> bool {
        self.number.as_ref().is_some_and(|it| it.text.is_empty())
    }

    pub(super) fn all(&mut self) -> impl Iterator<Item = (PreviewId, &mut Preview)> {
        let own = (self.id, &mut self.preview);
        let also = self.first.iter_mut().chain(&mut self.also);
        let also = also.map(|(id, it)| (*id, it));
        [own].into_iter().chain(also)
    }

    pub(super) fn request(&self) -> &Request {
        &self.preview.request
    }

    /// What goes first would be put back at once.
    pub(super) fn first_fails(&self) -> Option<&Preview> {
        let (_, first) = self.first.as_ref()?;
        let fails = first.hold()?.verdict == HoldVerdict::UndoneWithinSeconds;
        (fails && self.sent.is_none()).then_some(first)
    }

    /// What keeps the object is held back.
    pub(super) fn lasts(&self) -> bool {
        self.request().suspended.is_some()
    }

    /// In a plan of its own, before it.
    pub(super) fn leads(&self) -> bool {
        self.first.is_some()
    }

    pub(super) fn several(&self) -> bool {
        !self.also.is_empty()
    }

    pub(super) fn view(&self) -> Planned<'_> {
        Planned {
            preview: &self.preview,
            first: self.first.as_ref().map(|(_, preview)| preview),
            also: self.also.iter().map(|(_, preview)| preview).collect(),
            number: self.number.as_ref().map(|it| it.text.as_str()),
            confirming: self.confirm.as_ref().map(Confirm::view),
            sent: self.sent.is_some(),
            over: self.over,
            moved: self.moved.as_deref(),
        }
    }
}

/// The box in which it is confirmed, and what is typed there.
pub(super) struct Confirm {
    /// When Enter was pressed last.
    pub(super) pressed: Instant,
    pub(super) reason: Option<Line>,
    /// The name to type, and what is typed of it.
    pub(super) name: Option<(String, Line)>,
    /// Whether the cursor is in the name.
    pub(super) naming: bool,
    pub(super) seen: Seen,
}

/// What of the box a frame has shown: keys that are older than that frame are not meant for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    Nothing,
    Open,
    /// With the name complete.
    Armed,
}

impl Confirm {
    pub(super) fn complete(&self) -> bool {
        let typed = |(name, line): &(String, Line)| line.value() == name;
        self.name.as_ref().is_none_or(typed)
    }

    pub(super) fn line(&mut self) -> Option<&mut Line> {
        match (&mut self.name, &mut self.reason) {
            (Some((_, name)), _) if self.naming => Some(name),
            (_, reason) => reason.as_mut(),
        }
    }

    pub(super) fn view(&self) -> Confirming<'_> {
        Confirming {
            reason: self.reason.as_ref().map(|line| Entry {
                text: line.value(),
                cursor: (!self.naming).then(|| line.visual_cursor()),
            }),
            name: self.name.as_ref().map(|(name, line)| {
                let typed = Entry {
                    text: line.value(),
                    cursor: self.naming.then(|| line.visual_cursor()),
                };
                (name.as_str(), typed)
            }),
            complete: self.complete(),
        }
    }
}
