//! The loop on this process's own terminal.

use std::collections::BTreeMap;
use std::future::ready;
use std::io;
use std::path::PathBuf;

use crossterm::event::EventStream;
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::mpsc;

use super::{Acts, App, Clock, Input, Options, Outside, Ports, PreviewId, run};
use crate::action::{ActionId, Call, Execution, Need, Record};
use crate::config::{self, log::Fault};
use crate::model::{ClusterId, Delta, Lookup, LookupId, Told};
use crate::terminal::clipboard::{self, Unsent};
use crate::terminal::{self, Signal};

/// Takes the terminal, runs until the person quits, and gives it back whatever happens.
pub async fn start(
    options: Options,
    deltas: mpsc::Receiver<Vec<Delta>>,
    told: mpsc::Receiver<(LookupId, Vec<Told>)>,
    acts: mpsc::Receiver<Acts>,
    doors: Doors<
        impl FnMut(ClusterId),
        impl FnMut(&BTreeMap<LookupId, Lookup>),
        impl FnMut(Vec<(PreviewId, Need, Call)>),
        impl FnMut(Box<Execution>),
        impl FnMut(&Record),
        impl FnMut(ActionId, Call),
        impl FnMut(),
    >,
) -> io::Result<()> {
    let clock = Clock::System;
    let app = App::new(options, clock.now());
    let signals = terminal::signals()?;
    let (guard, mut tty, line) = terminal::take()?;
    let ports = Ports {
        clock,
        input: input(signals).boxed_local(),
        deltas,
        told,
        acts,
        line,
        outside: doors,
    };
    let ended = run(app, ports, &mut tty).await;
    drop(guard);
    // Dropped, it would complain on standard error when the terminal is gone, and that very complaint would be a panic.
    std::mem::forget(tty);
    ended
}

/// Keys and signals in one stream, which ends with the keys.
fn input(signals: mpsc::UnboundedReceiver<Signal>) -> impl Stream<Item = io::Result<Input>> {
    let keys = EventStream::new()
        .map(|event| Some(event.map(Input::Terminal)))
        .chain(stream::once(ready(None)));
    let signals = stream::unfold(signals, |mut signals| async {
        let signal = signals.recv().await?;
        Some((Some(Ok(Input::Signal(signal))), signals))
    });
    stream::select(keys, signals)
        .take_while(|input| ready(input.is_some()))
        .filter_map(ready)
}

/// What happens elsewhere than on this terminal.
pub struct Doors<R, L, A, E, J, C, B> {
    /// Called for each cluster to connect to again now.
    pub retry: R,
    /// With what is to be read beyond what is watched.
    pub look: L,
    /// With what a plan has to know.
    pub ask: A,
    /// With what was confirmed.
    pub execute: E,
    /// With a line for the journal.
    pub record: J,
    /// With what an action without an answer writes.
    pub recheck: C,
    /// To read the journal.
    pub journal: B,
}

impl<R, L, A, E, J, C, B> Outside for Doors<R, L, A, E, J, C, B>
where
    R: FnMut(ClusterId),
    L: FnMut(&BTreeMap<LookupId, Lookup>),
    A: FnMut(Vec<(PreviewId, Need, Call)>),
    E: FnMut(Box<Execution>),
    J: FnMut(&Record),
    C: FnMut(ActionId, Call),
    B: FnMut(),
{
    fn retry(&mut self, cluster: ClusterId) {
        (self.retry)(cluster);
    }

    fn look(&mut self, lookups: &BTreeMap<LookupId, Lookup>) {
        (self.look)(lookups);
    }

    fn ask(&mut self, asked: Vec<(PreviewId, Need, Call)>) {
        (self.ask)(asked);
    }

    fn execute(&mut self, execution: Box<Execution>) {
        (self.execute)(execution);
    }

    fn record(&mut self, record: &Record) {
        (self.record)(record);
    }

    fn recheck(&mut self, id: ActionId, call: Call) {
        (self.recheck)(id, call);
    }

    fn read_journal(&mut self) {
        (self.journal)();
    }

    fn copy(&mut self, text: &str) -> Result<(), Unsent> {
        clipboard::copy(text, std::env::var_os("TMUX").is_some())
    }

    fn save(&mut self, name: &str, text: &str) -> Result<PathBuf, Fault> {
        let directory = config::state_directory().ok_or(Fault::NoDirectory)?;
        config::save(&directory, name, text)
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        terminal::mouse(on)
    }

    fn suspend(&mut self) -> io::Result<()> {
        terminal::suspend()
    }

    fn resume(&mut self) -> io::Result<()> {
        terminal::resume()
    }
}
