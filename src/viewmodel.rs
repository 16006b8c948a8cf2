//! What stands on the screen, as plain data: texts already worded, meaning as [`Tone`] and [`State`], never a colour or a symbol.

mod act;
mod application;
mod applications;
mod around;
mod aspect;
mod bar;
mod copy;
mod deed;
mod deployments;
mod events;
mod figure;
mod filter;
mod flux;
mod footer;
mod form;
mod header;
mod help;
mod history;
mod journal;
mod jump;
mod limb;
mod list;
mod objects;
mod order;
mod page;
mod popup;
mod preview;
mod quota;
mod reader;
mod releases;
mod runs;
mod search;
mod subject;
mod survey;
mod table;
mod tally;
mod tenant;
mod tenants;
mod tree;
mod watch;
mod words;

pub use act::{Acted, acted, acted_marked, acts_in, command, denied, undoable};
pub use around::{around_for_why, users};
pub use aspect::{
    Aspect, BlockPath, LOGS_AT_ONCE, LogView, Outline, document, log_containers, log_places,
    saved_logs,
};
pub use bar::{Bar, BarCell, fit};
pub use copy::copyable;
pub use deed::{Deed, Standing};
pub use figure::Zone;
pub use filter::{
    BadTerm, Completions, Fault, Field, Filter, Guide, complete, completions, in_need, listed,
};
pub use footer::Hint;
pub use form::Form;
pub use header::{Clock, ClusterMark, Counts, Header};
pub use help::{Help, HelpLine, works};
pub use history::{History, past, revision};
pub use journal::ActionRow;
pub use jump::Jump;
pub use list::{Brief, Card, List, Part, Prompt, Title};
pub use order::Sort;
pub use page::{Ground, Page, Rows, Target, rows};
pub use popup::{Act, Ask, Asked, Choice, ChoiceRow, Popup, choices};
pub use preview::{Confirming, Dialog, Entry, Planned, refusal};
pub use reader::{Reader, Side};
pub use subject::{spoken_for, subject};
pub use survey::{Sight, Survey, Temporary};
pub use table::{Branch, Cell, Column, Lead, Row, Table};
pub use tally::Tally;
pub use tree::TreeRow;
pub use watch::{Below, Item, Note, PastChange, Strips, strips};

use std::collections::HashSet;

use crate::action::{self, Guard, Rights};
use crate::command::Command;
use crate::dossier::{Dossier, Series};
use crate::insight::{self, Hosts, Judgement, Listings, RevisionRow, Stream, Why};
use crate::model::{Change, ClusterId, Lookup, Moment, ObjectRef};
use crate::store::Store;
use crate::tenancy::{Class, Place, Places, Selection};
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
    /// Lines of a difference that only the later side has, or only the earlier.
    Added,
    Removed,
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
    /// On purpose: 0 replicas, an old revision.
    Stopped,
    Unknown,
    /// No figure: missing, denied, or none applies.
    Absent,
    /// Older than it should be.
    Stale,
    Reading,
}

impl State {
    pub const ALL: [State; 11] = [
        State::Critical,
        State::Warning,
        State::Failed,
        State::Good,
        State::Moving,
        State::Waiting,
        State::Stopped,
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
            State::Absent | State::Reading | State::Stopped => Tone::Muted,
        }
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String, Tone),
    /// What was searched for.
    Found(String),
    Mark(State),
    Bar(Bar),
    /// How full a bound is, in tenths.
    Gauge(u8, Tone),
}

pub type Line = Vec<Piece>;

pub(crate) fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into(), Tone::Text)
}

pub(crate) fn muted(words: impl Into<String>) -> Piece {
    Piece::Text(words.into(), Tone::Muted)
}

/// The environment's class, as the mark in its own column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClassMark {
    Production,
    Unknown,
    #[default]
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
        Self::joined(&self.tenant, &self.environment)
    }

    fn joined(tenant: &str, environment: &str) -> String {
        if environment.is_empty() {
            tenant.to_owned()
        } else {
            [tenant, environment].join("/")
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
    /// What is wrong in it: the worst state, and how many rows have it.
    pub wrong: Option<(State, usize)>,
    pub current: bool,
}

/// What stands between tabs and footer.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    List(List),
    History(History),
    Reader(Reader),
    Help(Help),
}

/// One frame, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    pub form: Form,
    pub header: Header,
    pub tabs: Vec<Tab>,
    pub body: Body,
    pub popup: Option<Popup>,
    pub dialog: Option<Dialog>,
    pub notice: Option<Notice>,
    pub footer: Vec<Hint>,
}

/// All that a frame is made from.
pub struct Facts<'a> {
    pub store: &'a Store,
    pub places: &'a Places,
    pub judgement: &'a Judgement,
    /// What is known beyond what is watched.
    pub dossier: &'a Dossier,
    pub listings: &'a Listings,
    pub survey: &'a Survey,
    pub page: &'a Page,
    /// The rows of the page in the order that stands on the screen, which may wait behind the judgement.
    pub rows: &'a Rows,
    /// Which of them the filter leaves, by index.
    pub listed: &'a [usize],
    /// What the strips under them have.
    pub strips: &'a Strips,
    /// Rows that came since the last key.
    pub unseen: &'a HashSet<Target>,
    pub marks: &'a HashSet<Target>,
    pub now: Moment,
    pub zone: Zone,
    pub catalogue: &'a Catalogue,
    /// What the person asked to see.
    pub scope: &'a Selection,
    /// The order that the person chose; None is worst first.
    pub sort: Option<Sort>,
    pub asked: Option<Asked<'a>>,
    /// What was to be copied of the row when that was asked for.
    pub copyable: &'a [Choice],
    /// What the configuration forbids.
    pub guard: &'a Guard,
    /// What the cluster is known to allow.
    pub rights: &'a Rights,
    /// The plan that is looked at.
    pub planned: Option<&'a Planned<'a>>,
    /// What was sent in this run, the latest last.
    pub deeds: &'a [Deed],
    /// What the journal has, newest first.
    pub journal: &'a [action::Entry],
    pub keys: &'a dyn Fn(Command) -> Option<String>,
    /// Every key of a command, and whether it types text where text is typed.
    pub bound: &'a dyn Fn(Command) -> Vec<(String, bool)>,
    /// The name of the keymap in force.
    pub keymap: &'a str,
    pub columns: u16,
    pub lines: u16,
    pub selection: Option<&'a Target>,
    /// What came before the finding under the cursor, likeliest first.
    pub before: &'a [Change],
    /// The revisions of the workload under the cursor, newest first.
    pub revisions: &'a [RevisionRow],
    /// Containers whose logs are to be read; those that do not fit among the last.
    pub streams: &'a [Stream],
    /// Objects whose logs are shown beside those of the page's own.
    pub also: &'a [ObjectRef],
    pub logs: LogView,
    /// The blocks of the YAML that is open.
    pub outline: Option<&'a Outline>,
    /// Who uses the object that is described.
    pub users: &'a [ObjectRef],
    /// Why the workload whose page is open is unhealthy.
    pub why: Option<&'a Why>,
    /// Lines of the pane that are scrolled away, while the cursor is in it.
    pub pane: Option<usize>,
    /// What is wrong in each screen, where there is room to say it.
    pub tally: Option<&'a Tally>,
    /// Where the pods of each workload are, when the filter asks for it.
    pub hosts: Option<&'a Hosts>,
    /// The first row in view, as of the last frame.
    pub first: usize,
    pub filter: Option<&'a Filter>,
    /// In a text: the line under the cursor, what is searched for, whether long lines take several rows.
    pub at: usize,
    pub search: Option<&'a str>,
    pub wrap: bool,
    /// Of events only those of type Warning.
    pub warnings: bool,
    /// Where the cursor stands while something is typed, in bytes.
    pub typing: Option<usize>,
    pub typed: &'a str,
    /// What may be typed next.
    pub completions: Option<&'a Completions>,
    /// Help is found by the words of either language.
    pub other_language: Option<&'a Catalogue>,
    pub notice: Option<&'a Notice>,
}

impl Facts<'_> {
    fn say(&self, id: &str) -> String {
        self.catalogue.say(id)
    }

    /// A moment as this terminal writes it.
    fn time(&self, at: Moment) -> String {
        self.zone.moment(at, self.now, self.catalogue)
    }

    fn hold(&self, hold: &action::Hold) -> String {
        self.catalogue.hold(hold, &|at| self.time(at))
    }

    fn hold_short(&self, hold: &action::Hold) -> String {
        self.catalogue.hold_short(hold, &|at| self.time(at))
    }

    fn plan_note(&self, note: &action::Note) -> String {
        self.catalogue.plan_note(note, &|at| self.time(at))
    }

    fn world(&self) -> action::World<'_> {
        action::World {
            store: self.store,
            places: self.places,
            guard: self.guard,
            now: self.now,
        }
    }

    /// Whose an object is.
    fn place(&self, object: &ObjectRef) -> Place {
        insight::place(self.store, self.places, object)
    }

    /// The name of a cluster.
    fn cluster(&self, cluster: ClusterId) -> String {
        let cluster = self.store.cluster(cluster);
        cluster.map_or_else(String::new, |it| it.name().to_string())
    }

    /// More than one cluster is looked at.
    fn several(&self) -> bool {
        self.store.clusters().count() > 1
    }

    /// How long ago that was, by the cluster's clock; empty when nobody knows.
    fn age(&self, cluster: ClusterId, at: Option<Moment>) -> String {
        let now = self.survey.cluster_now(cluster, self.now);
        at.map_or_else(String::new, |at| self.catalogue.age(at.age(now)))
    }

    /// The same as a cell of the row of `target`.
    fn aged(&self, cluster: ClusterId, at: Option<Moment>, target: &Target) -> Cell {
        Cell::Age {
            text: self.age(cluster, at),
            stale: self.survey.stale(cluster).is_some(),
            new: self.unseen.contains(target),
        }
    }

    /// Where the cursor is among the rows that the filter leaves. Without a choice it is on the first.
    fn selected_at(&self) -> Option<usize> {
        match self.selection {
            None => (!self.listed.is_empty()).then_some(0),
            Some(target) => self.place_of(target),
        }
    }

    /// Where a row stands among those that the filter leaves: mostly where the cursor was when they were listed.
    fn place_of(&self, target: &Target) -> Option<usize> {
        let is = |at: &usize| self.rows.target(*at).as_ref() == Some(target);
        let here = self.listed.get(self.at).filter(|it| is(it));
        here.map(|_| self.at)
            .or_else(|| self.listed.iter().position(is))
    }

    fn selected_row(&self) -> Option<usize> {
        self.listed.get(self.selected_at()?).copied()
    }
}

pub fn screen(facts: &Facts<'_>) -> Screen {
    let form = Form::of(facts.columns, facts.lines);
    let body = match facts.page {
        Page::Watch => Body::List(watch::watch(facts, form)),
        Page::Tenants => Body::List(tenants::tenants(facts, form)),
        Page::Tenant(name) => Body::List(tenant::tenant(facts, form, name)),
        Page::Deployments => Body::List(deployments::deployments(facts, form)),
        Page::Applications => Body::List(applications::applications(facts, form)),
        Page::Flux => Body::List(flux::flux(facts, form)),
        Page::Helm => Body::List(releases::releases(facts, form)),
        Page::Journal => Body::List(journal::journal(facts, form)),
        Page::Search => Body::List(search::search(facts, form)),
        Page::Objects(kind) => Body::List(objects::objects(facts, form, kind)),
        Page::Aspect(aspect, object) => Body::Reader(aspect::page(facts, form, *aspect, object)),
        Page::Preview(object) => Body::Reader(preview::page(facts, form, object)),
        Page::History(object) => Body::History(history::history(facts, form, object)),
        Page::Help(origin) => Body::Help(help::help(facts, form, origin)),
    };
    let opens = match &body {
        Body::Reader(reader) => reader.opens,
        _ => None,
    };
    Screen {
        form,
        header: header::header(facts),
        tabs: header::tabs(facts, form),
        body,
        popup: facts.asked.as_ref().map(|it| popup::popup(facts, it, form)),
        dialog: preview::dialog(facts).filter(|_| matches!(facts.page, Page::Preview(_))),
        notice: facts.notice.cloned(),
        footer: footer::hints(facts, opens),
    }
}

/// What the cursor walks through: the rows that the filter leaves, then those of the strips.
pub struct Walk<'a> {
    facts: &'a Facts<'a>,
    strips: Vec<Target>,
}

impl<'a> Walk<'a> {
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let strips = match facts.page {
            Page::Watch => watch::below_targets(facts),
            _ => Vec::new(),
        };
        Self { facts, strips }
    }

    pub fn rows(&self) -> usize {
        self.facts.listed.len()
    }

    pub fn count(&self) -> usize {
        self.rows() + self.strips.len()
    }

    pub fn target(&self, place: usize) -> Option<Target> {
        match self.facts.listed.get(place) {
            Some(at) => self.facts.rows.target(*at),
            None => self.strips.get(place - self.rows()).cloned(),
        }
    }

    pub fn place(&self, target: &Target) -> Option<usize> {
        let below = || self.strips.iter().position(|it| it == target);
        let row = self.facts.place_of(target);
        row.or_else(|| Some(self.rows() + below()?))
    }
}

/// What the view wants to know beyond what is watched.
pub fn lookups(facts: &Facts<'_>) -> Vec<Lookup> {
    let form = Form::of(facts.columns, facts.lines);
    match facts.page {
        // Only the pane shows them.
        Page::Deployments if form == Form::Wide => deployments::lookups(facts),
        Page::Aspect(aspect, object) => aspect::lookups(facts, *aspect, object),
        Page::Objects(kind) => objects::lookups(facts, kind),
        Page::Search => search::lookups(facts),
        Page::Helm => releases::lookups(facts),
        Page::History(object) => history::lookups(facts, form, object),
        // What was said is not to be lost for a look at the keys.
        Page::Help(origin) => match &**origin {
            Page::Aspect(Aspect::Logs, object) => aspect::lookups(facts, Aspect::Logs, object),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The row under the cursor, by index among all.
pub fn selected(facts: &Facts<'_>) -> Option<usize> {
    facts.selected_row()
}

/// The line under the cursor, by its number among all of the text.
pub fn line_number(facts: &Facts<'_>) -> usize {
    content(facts).map_or(facts.at, |it| it.text.number(facts.at))
}

/// Numbers of the lines of the text that have the words searched for.
pub fn hits(facts: &Facts<'_>) -> Vec<usize> {
    let (Some(content), Some(search)) = (content(facts), facts.search) else {
        return Vec::new();
    };
    content.text.hits(search)
}

/// Where the line under the cursor leads.
pub fn jump(facts: &Facts<'_>) -> Option<Jump> {
    let text = content(facts)?.text;
    text.jump(facts.at.min(text.len().saturating_sub(1)))
}

/// The event under the cursor of a text.
pub fn event(facts: &Facts<'_>) -> Option<Series> {
    events(facts)?.series(facts.at)
}

/// The line that tells of the event, while it is there.
pub fn event_line(facts: &Facts<'_>, event: Series) -> Option<usize> {
    events(facts)?.position(event)
}

/// A text with events in it.
fn events<'a>(facts: &'a Facts<'a>) -> Option<reader::Text<'a>> {
    let told = matches!(
        facts.page,
        Page::Aspect(Aspect::Events | Aspect::Rollout, _)
    );
    told.then(|| content(facts))?.map(|it| it.text)
}

/// How many lines the text has.
pub fn text_lines(facts: &Facts<'_>) -> usize {
    content(facts).map_or(0, |it| it.text.len())
}

/// What a page of text says.
fn content<'a>(facts: &'a Facts<'a>) -> Option<reader::Content<'a>> {
    match facts.page {
        Page::Aspect(aspect, object) => Some(aspect::content(facts, *aspect, object)),
        Page::Preview(_) => Some(preview::content(facts)),
        _ => None,
    }
}

/// How many rows a page has.
pub fn page(facts: &Facts<'_>) -> usize {
    let form = Form::of(facts.columns, facts.lines);
    match facts.page {
        Page::Watch => watch::page(facts, form),
        Page::Tenants => list::room(facts, form, tenants::fleet(facts, form).len(), true),
        Page::Journal => list::room(facts, form, journal::below_lines(facts, form), true),
        Page::Aspect(..) | Page::Preview(_) => reader::room(facts, form),
        Page::History(_) => history::room(facts, form),
        Page::Help(_) => help::room(facts, form),
        _ => list::room(facts, form, 0, true),
    }
}
