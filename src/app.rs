//! Where everything meets: facts and keys come in as [`Message`]s, [`update()`] changes the [`App`] and asks for [`Effect`]s,
//! [`run()`] is the loop around it. One task owns it all.

mod book;
mod clock;
mod confirm;
mod deeds;
mod doubt;
mod drill;
mod folds;
mod fresh;
mod help;
mod history;
mod lasting;
mod list;
mod logs;
mod lookups;
mod marks;
mod mouse;
mod notices;
mod overlay;
mod pace;
mod pending;
mod preview;
mod reading;
mod rights;
mod run;
mod several;
mod sheet;
mod start;
mod update;

pub use clock::{Clock, Now, local_zone};
pub use pending::PreviewId;
pub use run::{Clusters, Desk, Input, Ports, run};
pub use start::start;
pub use update::update;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Rect;
use tokio::time::Instant;
use tui_input::Input as Line;

use crate::action::{
    ActionId, Answer, Call, Entry, Executed, Execution, Guard, Need, Record, Reply, Rights, Who,
};
use crate::command::Command;
use crate::config::log::Fault;
use crate::dossier::Dossier;
use crate::insight::{Cause, Hosts, Judgement, Listings, RevisionRow, Why};
use crate::keymap::{Key, Keymap};
use crate::model::{
    Change, ClusterId, Delta, Lookup, LookupId, Moment, ObjectId, ObjectRef, Text, Told,
};
use crate::store::Store;
use crate::tenancy::{Places, Rules, Selection};
use crate::terminal::Signal;
use crate::terminal::clipboard::Unsent;
use crate::theme::Theme;
use crate::view::{Found, Symbols};
use crate::viewmodel::{
    self, Body, Choice, Completions, Deed, Facts, Outline, Page, Screen, Survey, Tally, Zone,
};
use crate::wording::Catalogue;

use book::Book;
use logs::Heard;
use mouse::Spot;
use notices::Notices;
use overlay::Overlay;
use pending::Pending;
use sheet::{Sheet, Trail};

/// What a person chose before the first frame.
pub struct Options {
    /// Names of the clusters watched: the first is `ClusterId(0)`.
    pub clusters: Vec<Text>,
    pub rules: Rules,
    pub catalogue: Catalogue,
    pub theme: Theme,
    pub keymap: Keymap,
    pub symbols: Symbols,
    pub zone: Zone,
    /// What was asked to be seen.
    pub selection: Selection,
    /// What the configuration forbids.
    pub guard: Guard,
    /// Who acts, as far as the machine tells.
    pub who: Who,
    /// What was done before, newest first.
    pub journal: Vec<Entry>,
    /// Names the next action.
    pub next_id: fn() -> ActionId,
    /// Sentences about files that could not be used as they are; shown until closed.
    pub problems: Vec<String>,
}

/// Anything that reaches the loop.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every message is a fact: a box would be an allocation a pod"
)]
pub enum Message {
    Signal(Signal),
    Key(KeyEvent),
    Paste(String),
    Mouse(MouseEvent),
    /// So many lines were sent to the person's clipboard, or were not.
    Copied(usize, Result<(), Unsent>),
    /// A file was written there, or not, for that reason.
    Saved(Result<PathBuf, Fault>),
    Resize,
    Delta(Delta),
    /// A part of the answer to a lookup.
    Told(LookupId, Vec<Told>),
    Acts(Acts),
    /// Time to judge what changed.
    Judge,
    /// A moment that [`App::wake`] asked for, or a second, has come.
    Tick,
}

/// What comes of what is asked and sent for a plan. Those who do that say nothing else to the loop: no key comes from them.
#[derive(Debug)]
pub enum Acts {
    /// The answer to something that was asked.
    Replied(PreviewId, Need, Reply),
    /// What came of an action, and the records of what was answered.
    Executed(ActionId, Executed, Vec<Answer>),
    /// What there is now of an action that had no answer.
    Rechecked(ActionId, Reply),
    /// What the journal has, newest first, or why it cannot be read.
    Journal(Result<Vec<Entry>, String>),
}

/// What the runner must do outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Quit,
    /// Connect again now instead of at the next try.
    Retry(ClusterId),
    /// Read what these ask, and nothing else that was asked for before.
    Look(BTreeMap<LookupId, Lookup>),
    /// Write every cell again.
    Redraw,
    /// Send the text to the person's clipboard.
    Copy(String),
    /// Keep the text in a file of the person's own.
    Save {
        name: String,
        text: String,
    },
    /// Ask the cluster what a plan has to know, or what may be done; each is answered by an [`Acts::Replied`].
    Ask(Vec<(PreviewId, Need, Call)>),
    /// Write the intent down, then send; answered by an [`Acts::Executed`].
    Execute(Box<Execution>),
    /// Add a line to the journal.
    Record(Record),
    /// Read what an action without an answer writes; answered by an [`Acts::Rechecked`].
    Recheck(ActionId, Call),
    /// Read the journal; answered by an [`Acts::Journal`].
    ReadJournal,
    /// Hear the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Give the terminal back to the shell.
    Suspend,
    /// Take the terminal again after a stop from outside.
    Resume,
}

pub struct App {
    options: Options,
    store: Store,
    places: Places,
    judgement: Judgement,
    /// Its rows, until the next one.
    listings: Listings,
    /// What is looked at: what was asked for, narrowed on the screen.
    scope: Selection,
    survey: Survey,
    /// Facts came in since the last judgement.
    unjudged: bool,
    /// Some of them may change whose a namespace is.
    displaced: bool,
    trail: Trail,
    sheet: Sheet,
    settle: Option<Instant>,
    dossier: Dossier,
    /// When the cursor has rested long enough to look into its row.
    rest: Option<Instant>,
    /// What came before the finding that a frame showed selected, until the next judgement: it walks every `ReplicaSet`.
    before: Option<(Cause, Vec<Change>)>,
    /// The inside of the workload that a frame showed selected, until the next judgement.
    revisions: Option<(Cause, Vec<RevisionRow>)>,
    /// Whose logs the open page shows.
    heard: Option<Heard>,
    /// The blocks of the YAML that a frame showed, until it changes.
    outline: Option<Outline>,
    /// Who uses the object that is described, until more is told.
    users: Option<(ObjectRef, Vec<ObjectRef>)>,
    /// Why the workload whose page is open is unhealthy, until the next judgement.
    why: Option<(ObjectId, Option<Why>)>,
    /// What is wrong in each screen, once a frame had room to say it, until the next judgement.
    tally: Option<Tally>,
    /// Where the pods of each workload are, once a filter asked for it, until the next judgement.
    hosts: Option<Hosts>,
    /// What may stand at the cursor of the filter that is typed, until its rows are others.
    completions: Option<(String, usize, Option<Completions>)>,
    /// The filter, or what help is asked for.
    typing: Option<Line>,
    overlay: Option<Overlay>,
    /// What there was to copy of the row when that was asked for.
    copyable: Vec<Choice>,
    /// The plan that is looked at.
    pending: Option<Pending>,
    /// How many were made.
    previews: u64,
    /// When its next questions are asked.
    ask_at: Option<Instant>,
    /// What is known of what may be done.
    rights: Rights,
    /// When the cursor has rested long enough to ask about its row's.
    review_at: Option<Instant>,
    /// As it was given last.
    reason: String,
    /// What was sent in this run.
    deeds: Vec<Deed>,
    /// What is in flight, and what was confirmed with it.
    batches: Vec<several::Batch>,
    book: Book,
    /// A sequence that is not complete yet.
    keys: Vec<Key>,
    last_key: Option<Instant>,
    notices: Notices,
    size: (u16, u16),
    now: Moment,
    /// Whether the mouse is heard.
    mouse: bool,
    /// What stands where on the terminal, as of the last frame.
    spots: Vec<(Rect, Spot)>,
    /// The words of the language that is not spoken, once help is asked for.
    other_language: Option<Catalogue>,
}

impl App {
    pub fn new(mut options: Options, now: Now) -> Self {
        let mut notices = Notices::default();
        for problem in &options.problems {
            notices.bad(problem.clone());
        }
        let store = Store::new(options.clusters.iter().cloned(), now.moment);
        let places = Places::resolve(&store, &options.rules);
        let survey = Survey::of(&store, &places, &options.selection);
        let scope = options.selection.clone();
        let book = Book::new(std::mem::take(&mut options.journal));
        Self {
            options,
            store,
            places,
            judgement: Judgement::default(),
            listings: Listings::default(),
            scope,
            survey,
            unjudged: false,
            displaced: false,
            trail: Trail::start(Page::Watch),
            sheet: Sheet::default(),
            settle: None,
            dossier: Dossier::default(),
            rest: None,
            before: None,
            revisions: None,
            heard: None,
            outline: None,
            users: None,
            why: None,
            tally: None,
            hosts: None,
            completions: None,
            typing: None,
            overlay: None,
            copyable: Vec::new(),
            pending: None,
            previews: 0,
            ask_at: None,
            rights: Rights::default(),
            review_at: None,
            reason: String::new(),
            deeds: Vec::new(),
            batches: Vec::new(),
            book,
            keys: Vec::new(),
            last_key: None,
            notices,
            size: (0, 0),
            now: now.moment,
            mouse: false,
            spots: Vec::new(),
            other_language: None,
        }
    }

    /// The frame for a terminal of that size, now.
    pub fn screen(&mut self, columns: u16, lines: u16, now: Moment) -> Screen {
        self.size = (columns, lines);
        if !self.has_pane() {
            self.sheet.pane = None;
        }
        self.now = now;
        self.count_seen();
        self.recall();
        self.settle_logs();
        // On the first line stands whatever is newest.
        if self.sheet.at > 0 && self.sheet.event.is_some() {
            self.settle_event();
        } else {
            self.keep_event();
        }
        let screen = self.with_facts(viewmodel::screen);
        self.sheet.first = match &screen.body {
            Body::List(list) => list.first,
            Body::History(history) => history.list.first,
            Body::Reader(reader) => reader.first,
            Body::Help(help) => help.first,
        };
        if let (Some(overlay), Some(popup)) = (&mut self.overlay, &screen.popup) {
            overlay.first = popup.first;
        }
        screen
    }

    /// The next moment that something changes by itself.
    pub fn wake(&self) -> Option<Instant> {
        let moments = [
            self.settle,
            self.rest,
            self.ask_at,
            self.review_at,
            self.notices.expiry(),
        ];
        moments.into_iter().flatten().min()
    }

    /// What the frame found out: a pane has only so many lines, and a click means what stands there. Says whether what was
    /// typed before it is to be thrown away.
    fn drawn(&mut self, screen: &Screen, found: &Found) -> bool {
        self.spots = self.spots(screen, found);
        let first = self.sheet.listed.first();
        self.sheet.stood = first.and_then(|at| self.sheet.rows.target(*at));
        if let Some(first) = &mut self.sheet.pane {
            *first = (*first).min(found.pane);
        }
        self.saw(screen.dialog.as_ref())
    }

    pub fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    fn with_facts<T>(&self, use_facts: impl FnOnce(&Facts<'_>) -> T) -> T {
        let keymap = &self.options.keymap;
        let keys = |command: Command| keymap.label(command);
        let bound = |command: Command| keymap.labels(command).collect();
        let notice = self.notices.current(&self.options.catalogue);
        let typing = self.typing.as_ref().map(update::cursor);
        let planned = self.pending.as_ref().map(Pending::view);
        use_facts(&Facts {
            store: &self.store,
            places: &self.places,
            judgement: &self.judgement,
            dossier: &self.dossier,
            listings: &self.listings,
            survey: &self.survey,
            page: self.trail.page(),
            rows: &self.sheet.rows,
            listed: &self.sheet.listed,
            strips: &self.sheet.strips,
            unseen: &self.sheet.unseen,
            marks: &self.sheet.marks,
            now: self.now,
            zone: self.options.zone,
            catalogue: &self.options.catalogue,
            scope: &self.scope,
            sort: self.sheet.sort,
            copyable: &self.copyable,
            asked: self.overlay.as_ref().map(Overlay::asked),
            guard: &self.options.guard,
            rights: &self.rights,
            planned: planned.as_ref(),
            deeds: &self.deeds,
            journal: &self.book.entries,
            keys: &keys,
            bound: &bound,
            keymap: keymap.name(),
            columns: self.size.0,
            lines: self.size.1,
            selection: self.sheet.selection.as_ref(),
            before: self.before.as_ref().map_or(&[], |(_, changes)| changes),
            revisions: self.revisions.as_ref().map_or(&[], |(_, rows)| rows),
            streams: self.heard.as_ref().map_or(&[], Heard::streams),
            also: &self.sheet.also,
            logs: self.sheet.logs,
            outline: self.outline.as_ref(),
            users: self.users.as_ref().map_or(&[], |(_, users)| users),
            why: self.why.as_ref().and_then(|(_, why)| why.as_ref()),
            pane: self.sheet.pane,
            tally: self.tally.as_ref(),
            hosts: self.hosts.as_ref(),
            first: self.sheet.first,
            filter: self.sheet.filter.as_ref(),
            at: self.sheet.at,
            search: self.sheet.search.as_deref(),
            wrap: self.sheet.wrap,
            warnings: self.sheet.warnings,
            typing,
            completions: self.completions.as_ref().and_then(|(.., it)| it.as_ref()),
            typed: self.typing.as_ref().map_or("", Line::value),
            other_language: self.other_language.as_ref(),
            notice: notice.as_ref(),
        })
    }
}

#[cfg(test)]
mod tests;
