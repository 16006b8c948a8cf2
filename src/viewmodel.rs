//! What stands on the screen, as plain data: texts already worded, meaning as [`Tone`] and [`State`], never a colour or a symbol.

mod bar;
mod figure;
mod filter;
mod footer;
mod form;
mod header;
mod survey;
pub mod watch;
mod words;

pub use bar::{Bar, BarCell};
pub use figure::Zone;
pub use filter::{BadTerm, Filter};
pub use footer::Hint;
pub use form::Form;
pub use header::{Clock, ClusterMark, Counts, Header};
pub use survey::{Sight, Survey, Temporary};
pub use watch::{Target, Watch};

use std::collections::HashSet;

use crate::command::Command;
use crate::insight::{Cause, Finding, Judgement};
use crate::model::{Change, Moment};
use crate::store::Store;
use crate::tenancy::{Class, Places, Selection};
use crate::wording::Catalogue;

/// What a text is, for the eye. A theme gives each a style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    #[default]
    Text,
    Muted,
    Critical,
    Warning,
    Ok,
    Info,
    Prod,
    Accent,
}

/// One shape, one meaning, on every screen. The view has the shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Critical,
    Warning,
    Failed,
    Good,
    /// Moves by itself.
    Moving,
    /// Waits for a human: paused, suspended.
    Waiting,
    Unknown,
    /// No figure: missing, denied, or none applies.
    Absent,
    /// Older than it should be.
    Stale,
    Reading,
}

impl State {
    pub const ALL: [State; 10] = [
        State::Critical,
        State::Warning,
        State::Failed,
        State::Good,
        State::Moving,
        State::Waiting,
        State::Unknown,
        State::Absent,
        State::Stale,
        State::Reading,
    ];

    pub const fn tone(self) -> Tone {
        match self {
            State::Critical | State::Failed => Tone::Critical,
            State::Warning | State::Waiting | State::Unknown | State::Stale => Tone::Warning,
            State::Good => Tone::Ok,
            State::Moving => Tone::Info,
            State::Absent | State::Reading => Tone::Muted,
        }
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String, Tone),
    Mark(State),
}

pub type Line = Vec<Piece>;

pub(crate) fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into(), Tone::Text)
}

pub(crate) fn muted(words: impl Into<String>) -> Piece {
    Piece::Text(words.into(), Tone::Muted)
}

/// The environment's class, as the mark in its own column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassMark {
    Production,
    Unknown,
    Other,
}

impl From<Class> for ClassMark {
    fn from(class: Class) -> Self {
        match class {
            Class::Production => ClassMark::Production,
            Class::Unknown => ClassMark::Unknown,
            Class::NonProduction => ClassMark::Other,
        }
    }
}

/// Tenant and environment, kept apart so that each can be cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    pub tenant: String,
    /// Empty when there is none.
    pub environment: String,
}

impl Whose {
    fn of(tenant: &str, environment: &str) -> Self {
        Self {
            tenant: tenant.to_owned(),
            environment: environment.to_owned(),
        }
    }

    fn text(&self) -> String {
        if self.environment.is_empty() {
            self.tenant.clone()
        } else {
            format!("{}/{}", self.tenant, self.environment)
        }
    }
}

/// One sentence above the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub state: State,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub number: u8,
    pub name: String,
    pub current: bool,
}

/// One frame, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    pub form: Form,
    pub header: Header,
    pub tabs: Vec<Tab>,
    pub body: Watch,
    pub notice: Option<Notice>,
    pub footer: Vec<Hint>,
}

/// All that a frame is made from.
pub struct Facts<'a> {
    pub store: &'a Store,
    pub places: &'a Places,
    pub judgement: &'a Judgement,
    pub survey: &'a Survey,
    /// The findings in the order that stands on the screen, which may wait behind the judgement.
    pub shown: &'a [Finding],
    /// Which of them the filter leaves, by index.
    pub listed: &'a [usize],
    /// Findings that came since the last key.
    pub unseen: &'a HashSet<Cause>,
    pub now: Moment,
    pub zone: Zone,
    pub catalogue: &'a Catalogue,
    /// What the person asked to see.
    pub asked: &'a Selection,
    pub read_only: bool,
    pub keys: &'a dyn Fn(Command) -> Option<String>,
    pub columns: u16,
    pub lines: u16,
    pub selection: Option<&'a Target>,
    /// What came before the finding under the cursor, likeliest first.
    pub before: &'a [Change],
    /// The first row in view, as of the last frame.
    pub first: usize,
    pub filter: Option<&'a Filter>,
    /// Where the cursor stands while the filter is typed.
    pub typing: Option<usize>,
    pub notice: Option<&'a Notice>,
}

impl Facts<'_> {
    fn say(&self, id: &str) -> String {
        self.catalogue.say(id)
    }
}

pub fn screen(facts: &Facts<'_>) -> Screen {
    let form = Form::of(facts.columns, facts.lines);
    Screen {
        form,
        header: header::header(facts),
        tabs: vec![Tab {
            number: 1,
            name: facts.say("tab-watch"),
            current: true,
        }],
        body: watch::watch(facts, form),
        notice: facts.notice.cloned(),
        footer: footer::hints(facts),
    }
}
