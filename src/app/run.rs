//! The loop: one select, input first. Its ports are parameters, so that a test runs the same loop as a person.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::io;
use std::path::PathBuf;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::{Event, MouseButton, MouseEventKind};
use futures::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::Size;
use tokio::sync::mpsc;
use tokio::time::sleep_until;

use super::pace::Pace;
use super::{Acts, App, Clock, Effect, Message, Now, PreviewId, update};
use crate::action::{ActionId, Call, Execution, Need, Record};
use crate::config::log::Fault;
use crate::model::{ClusterId, Delta, Lookup, LookupId, Told};
use crate::terminal::clipboard::Unsent;
use crate::terminal::{Meter, Signal};
use crate::view::{Found, View};
use crate::viewmodel::Screen;

/// Facts are taken in for this long at a time, so that a key never waits behind a burst.
const TURN: Duration = Duration::from_millis(4);
/// Facts between two looks at the time.
const BATCH: usize = 64;
/// Keys taken together before a frame, when they come faster than frames are drawn.
const KEYS: usize = 64;

/// What comes from the person and the system.
#[derive(Debug)]
pub enum Input {
    Terminal(Event),
    Signal(Signal),
}

/// Where effects on the clusters and on the journal go.
pub trait Clusters {
    /// Connect to the cluster again now.
    fn retry(&mut self, cluster: ClusterId);
    /// Read what these lookups ask, and nothing that was asked for before.
    fn look(&mut self, lookups: &BTreeMap<LookupId, Lookup>);
    /// Ask the clusters what a plan has to know; each is answered by an [`Acts::Replied`].
    fn ask(&mut self, asked: Vec<(PreviewId, Need, Call)>);
    /// Write the intent down, then send; answered by an [`Acts::Executed`].
    fn execute(&mut self, execution: Box<Execution>);
    /// Add a line to the journal.
    fn record(&mut self, record: Record);
    /// Read once more what an action writes; answered by an [`Acts::Rechecked`].
    fn recheck(&mut self, id: ActionId, call: Call);
    /// Read the journal; answered by an [`Acts::Journal`].
    fn read_journal(&mut self);
}

/// Where effects on what is the person's own go.
pub trait Desk {
    /// Send the text to the clipboard.
    fn copy(&mut self, text: &str) -> Result<(), Unsent>;
    /// Keep the text in a file of that name, and say where it is.
    fn save(&mut self, name: &str, text: &str) -> Result<PathBuf, Fault>;
    /// Have the terminal report the mouse, or not.
    fn mouse(&mut self, on: bool) -> io::Result<()>;
    /// Give the terminal to the shell, stop, and take it again when continued.
    fn suspend(&mut self) -> io::Result<()>;
    /// Take the terminal again after a stop that was not ours.
    fn resume(&mut self) -> io::Result<()>;
}

/// Everything around the loop.
pub struct Ports<I, C, D> {
    pub clock: Clock,
    /// Its end ends the loop: nobody can type any more.
    pub input: I,
    /// Its end does not: what was seen stays on the screen.
    pub deltas: mpsc::Receiver<Vec<Delta>>,
    /// Parts of the answers to lookups.
    pub told: mpsc::Receiver<(LookupId, Vec<Told>)>,
    /// What comes of plans and actions.
    pub acts: mpsc::Receiver<Acts>,
    /// What is written to the terminal.
    pub meter: Meter,
    pub clusters: C,
    pub desk: D,
}

/// Runs until the person quits or the terminal is gone; only the terminal can make it fail.
pub async fn run<B, I, C, D>(
    mut app: App,
    ports: Ports<I, C, D>,
    terminal: &mut Terminal<B>,
) -> io::Result<()>
where
    B: Backend,
    io::Error: From<B::Error>,
    I: Stream<Item = io::Result<Input>> + Unpin,
    C: Clusters,
    D: Desk,
{
    let Ports {
        clock,
        mut input,
        mut deltas,
        mut told,
        mut acts,
        meter,
        clusters,
        desk,
    } = ports;
    let mut outside = Outside {
        clusters,
        desk,
        terminal,
        drawn: None,
    };
    let mut pace = Pace::start(clock.now().at);
    let mut facts = Vec::new().into_iter();
    let mut sources = true;
    loop {
        let now = clock.now();
        let discards = pace.take_paint(now.at) && outside.paint(&mut app, now)?;
        let (bytes, time) = meter.take();
        if bytes > 0 {
            pace.written(clock.now().at, bytes, time);
        }
        if discards {
            // A confirmation came up: whatever was typed until now was not meant for it.
            let Some(kept) = discard(&mut input).await else {
                return Ok(());
            };
            for message in kept {
                pace.paint_now(now.at);
                let effects = update(&mut app, message, now);
                if effects.contains(&Effect::Quit) {
                    return Ok(());
                }
                outside.perform_all(effects, &mut app, now)?;
            }
        }
        let second = now.at + now.rest;
        let wake = [pace.next(app.needs_judgement()), app.wake()];
        let wake = wake.into_iter().flatten().fold(second, Ord::min);
        let idle = facts.len() == 0;
        let messages = tokio::select! {
            biased;
            event = input.next() => read(event, &mut input).await,
            // Other tasks get their turn between two parts of a burst.
            () = tokio::task::yield_now(), if !idle => Some(Vec::new()),
            batch = deltas.recv(), if idle && sources => {
                sources = batch.is_some();
                facts = batch.unwrap_or_default().into_iter();
                Some(Vec::new())
            }
            Some(acts) = acts.recv(), if idle => Some(vec![Message::Acts(acts)]),
            Some((lookup, told)) = told.recv(), if idle => Some(vec![Message::Told(lookup, told)]),
            () = sleep_until(wake) => Some(vec![Message::Tick]),
        };
        let Some(messages) = messages else {
            return Ok(());
        };
        let now = clock.now();
        for message in messages {
            match message {
                Message::Tick | Message::Told(..) => pace.paint_soon(now.at),
                Message::Resize => pace.paint_whole(now.at),
                _ => pace.paint_now(now.at),
            }
            let effects = update(&mut app, message, now);
            if effects.contains(&Effect::Quit) {
                return Ok(());
            }
            outside.perform_all(effects, &mut app, now)?;
        }
        if outside.drawn.is_none() {
            pace.paint_whole(now.at);
        }
        if pace.hurried() {
            continue;
        }
        take_in(&mut app, &mut facts, now);
        if app.count_seen() {
            pace.paint_soon(now.at);
        }
        if app.needs_judgement() && pace.may_judge(now.at) {
            let start = std::time::Instant::now();
            let effects = update(&mut app, Message::Judge, now);
            outside.perform_all(effects, &mut app, now)?;
            pace.judged(clock.now().at, start.elapsed());
            pace.paint_soon(now.at);
        }
    }
}

/// What was typed, with all that is already waiting behind it. None when nobody can type any more.
async fn read<I>(first: Option<io::Result<Input>>, input: &mut I) -> Option<Vec<Message>>
where
    I: Stream<Item = io::Result<Input>> + Unpin,
{
    let mut messages = vec![heard(first?.ok()?)];
    while messages.len() < KEYS {
        // Asked in the loop's own name: crossterm wakes whoever asked last without an answer, and nobody else.
        match poll_fn(|context| Poll::Ready(input.poll_next_unpin(context))).await {
            Poll::Pending => break,
            Poll::Ready(next) => messages.push(heard(next?.ok()?)),
        }
    }
    Some(messages.into_iter().flatten().collect())
}

/// Takes away what is waiting to be read. What the system says is kept; None when nobody can type any more.
async fn discard<I>(input: &mut I) -> Option<Vec<Message>>
where
    I: Stream<Item = io::Result<Input>> + Unpin,
{
    let mut kept = Vec::new();
    loop {
        match poll_fn(|context| Poll::Ready(input.poll_next_unpin(context))).await {
            Poll::Pending => return Some(kept),
            Poll::Ready(next) => {
                let message = heard(next?.ok()?);
                let stays = |it: &Message| matches!(it, Message::Signal(_) | Message::Resize);
                kept.extend(message.filter(stays));
            }
        }
    }
}

fn heard(input: Input) -> Option<Message> {
    match input {
        Input::Signal(signal) => Some(Message::Signal(signal)),
        Input::Terminal(Event::Key(key)) => Some(Message::Key(key)),
        Input::Terminal(Event::Paste(text)) => Some(Message::Paste(text)),
        Input::Terminal(Event::Resize(..)) => Some(Message::Resize),
        Input::Terminal(Event::Mouse(event)) => {
            let heeded = matches!(
                event.kind,
                MouseEventKind::Down(MouseButton::Left)
                    | MouseEventKind::ScrollUp
                    | MouseEventKind::ScrollDown
            );
            heeded.then_some(Message::Mouse(event))
        }
        Input::Terminal(_) => None,
    }
}

/// Takes facts in until the turn is over.
fn take_in(app: &mut App, facts: &mut std::vec::IntoIter<Delta>, now: Now) {
    let start = std::time::Instant::now();
    while facts.len() > 0 && start.elapsed() < TURN {
        for delta in facts.by_ref().take(BATCH) {
            update(app, Message::Delta(delta), now);
        }
    }
}

/// Where effects go.
struct Outside<'a, C, D, B: Backend> {
    clusters: C,
    desk: D,
    terminal: &'a mut Terminal<B>,
    /// The frame that stands on the terminal, and the size it was made for.
    drawn: Option<(Size, Screen)>,
}

impl<C: Clusters, D: Desk, B: Backend> Outside<'_, C, D, B>
where
    io::Error: From<B::Error>,
{
    fn perform_all(&mut self, effects: Vec<Effect>, app: &mut App, now: Now) -> io::Result<()> {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            if let Some(answer) = self.perform(effect)? {
                effects.extend(update(app, answer, now));
            }
        }
        Ok(())
    }

    /// Does what was asked for; what came of it, where somebody wants to know.
    fn perform(&mut self, effect: Effect) -> io::Result<Option<Message>> {
        match effect {
            Effect::Quit => {}
            Effect::Retry(cluster) => self.clusters.retry(cluster),
            Effect::Look(lookups) => self.clusters.look(&lookups),
            Effect::Ask(asked) => self.clusters.ask(asked),
            Effect::Execute(execution) => self.clusters.execute(execution),
            Effect::Record(record) => self.clusters.record(record),
            Effect::Recheck(id, call) => self.clusters.recheck(id, call),
            Effect::ReadJournal => self.clusters.read_journal(),
            Effect::Redraw => self.redraw()?,
            Effect::Copy(text) => {
                let sent = self.desk.copy(&text);
                return Ok(Some(Message::Copied(text.lines().count(), sent)));
            }
            Effect::Save { name, text } => {
                return Ok(Some(Message::Saved(self.desk.save(&name, &text))));
            }
            Effect::Mouse(on) => self.desk.mouse(on)?,
            Effect::Suspend => {
                self.desk.suspend()?;
                self.redraw()?;
            }
            Effect::Resume => {
                self.desk.resume()?;
                self.redraw()?;
            }
        }
        Ok(None)
    }

    /// Forgets what the terminal shows. `Terminal::clear` would ask the terminal where its cursor is and wait for an answer.
    fn redraw(&mut self) -> Result<(), B::Error> {
        self.drawn = None;
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Draws the frame, unless it is the one that stands already. Says whether what was typed before is to be thrown away.
    fn paint(&mut self, app: &mut App, now: Now) -> Result<bool, B::Error> {
        let size = self.terminal.size()?;
        let screen = app.screen(size.width, size.height, now.moment);
        let stands = |(at, it): &(Size, Screen)| *at == size && *it == screen;
        if self.drawn.as_ref().is_some_and(stands) {
            // A name made wrong and right again between two frames is complete on this one.
            return Ok(app.saw(screen.dialog.as_ref()));
        }
        let mut found = Found::default();
        self.terminal.draw(|frame| {
            let view = View {
                screen: &screen,
                theme: &app.options.theme,
                symbols: app.options.symbols,
            };
            frame.render_stateful_widget(view, frame.area(), &mut found);
            if let Some(cursor) = found.cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        let discards = app.drawn(&screen, &found);
        self.drawn = Some((size, screen));
        Ok(discards)
    }
}
