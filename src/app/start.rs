//! The loop on this process's own terminal.

use std::future::ready;
use std::io;
use std::path::PathBuf;

use crossterm::event::EventStream;
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::mpsc;

use super::{Acts, App, Clock, Clusters, Desk, Input, Options, Ports, run};
use crate::config::{self, log::Fault};
use crate::model::{Delta, LookupId, Told};
use crate::terminal::clipboard::{self, Unsent};
use crate::terminal::{self, Signal};

/// Takes the terminal, runs until the person quits, and gives it back whatever happens.
pub async fn start(
    options: Options,
    deltas: mpsc::Receiver<Vec<Delta>>,
    told: mpsc::Receiver<(LookupId, Vec<Told>)>,
    acts: mpsc::Receiver<Acts>,
    clusters: impl Clusters,
) -> io::Result<()> {
    let clock = Clock::System;
    let app = App::new(options, clock.now());
    let signals = terminal::signals()?;
    let (guard, mut tty, meter) = terminal::take()?;
    let ports = Ports {
        clock,
        input: input(signals).boxed_local(),
        deltas,
        told,
        acts,
        meter,
        clusters,
        desk: Own,
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

/// The person's own terminal and files.
struct Own;

impl Desk for Own {
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
