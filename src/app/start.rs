//! The loop on this process's own terminal.

use std::future::ready;
use std::io;

use crossterm::event::EventStream;
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::mpsc;

use super::{App, Clock, Input, Options, Outside, Ports, run};
use crate::model::{ClusterId, Delta};
use crate::terminal::clipboard::{self, Unsent};
use crate::terminal::{self, Signal};

/// Takes the terminal, runs until the person quits, and gives it back whatever happens.
///
/// `retry` is called for each cluster to connect to again now.
pub async fn start(
    options: Options,
    deltas: mpsc::Receiver<Vec<Delta>>,
    retry: impl FnMut(ClusterId),
) -> io::Result<()> {
    let clock = Clock::System;
    let app = App::new(options, clock.now());
    let signals = terminal::signals()?;
    let (guard, mut tty) = terminal::take()?;
    let ports = Ports {
        clock,
        input: input(signals).boxed_local(),
        deltas,
        outside: Host(retry),
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

struct Host<R>(R);

impl<R: FnMut(ClusterId)> Outside for Host<R> {
    fn retry(&mut self, cluster: ClusterId) {
        (self.0)(cluster);
    }

    fn copy(&mut self, text: &str) -> Result<(), Unsent> {
        clipboard::copy(text, std::env::var_os("TMUX").is_some())
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
