//! A slow line between a person and the program, as ssh over one: the program has a pseudo-terminal of its own, whose
//! output is read as fast as `sshd` reads it, kept as much as that and its socket keep, and let through at the line's pace.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use color_eyre::eyre::eyre;
use crossterm::terminal;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::bed::Result;
use crate::program::PROGRAM;

/// 64 kbit/s, in bytes.
const PACE: usize = 8_000;
/// There and back.
pub(crate) const ROUND_TRIP: Duration = Duration::from_millis(300);
/// OpenSSH stops reading an interactive session with 16 KiB unsent; as much lies in the socket of such a line.
const KEPT: usize = 32 * 1024;
const PART: usize = 400;

/// Runs the program behind the line until it ends. Its environment is this process's own.
pub(crate) fn run() -> Result {
    let (cols, rows) = terminal::size()?;
    let size = PtySize {
        rows,
        cols,
        ..PtySize::default()
    };
    let pair = native_pty_system()
        .openpty(size)
        .map_err(|error| eyre!("{error:#}"))?;
    let mut command = CommandBuilder::new(PROGRAM);
    command.cwd(std::env::current_dir()?);
    let mut child = pair
        .slave
        .spawn_command(command)
        .map_err(|error| eyre!("{error:#}"))?;
    drop(pair.slave);
    let reader = pair
        .master
        .try_clone_reader()
        .map_err(|error| eyre!("{error:#}"))?;
    let writer = pair
        .master
        .take_writer()
        .map_err(|error| eyre!("{error:#}"))?;
    terminal::enable_raw_mode()?;
    delayed(io::stdin(), writer);
    let kept = Arc::new(Kept::default());
    let filled = Arc::clone(&kept);
    spawn(move || filled.fill(reader));
    let (sender, sent) = mpsc::channel();
    let shown = spawn(move || out_of(&sent, io::stdout()));
    while let Some(part) = kept.take() {
        sleep(Duration::from_secs_f64(part.len() as f64 / PACE as f64));
        sender.send((Instant::now(), part))?;
    }
    drop(sender);
    let _ = shown.join();
    child.wait()?;
    Ok(terminal::disable_raw_mode()?)
}

/// Half a round trip later.
fn delayed(mut from: impl Read + Send + 'static, to: impl Write + Send + 'static) {
    let (sender, sent) = mpsc::channel();
    spawn(move || {
        let mut buffer = [0; PART];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let part = buffer[..count].to_vec();
            if sender.send((Instant::now(), part)).is_err() {
                break;
            }
        }
    });
    spawn(move || out_of(&sent, to));
}

fn out_of(sent: &mpsc::Receiver<(Instant, Vec<u8>)>, mut to: impl Write) -> io::Result<()> {
    for (at, part) in sent {
        sleep((at + ROUND_TRIP / 2).saturating_duration_since(Instant::now()));
        to.write_all(&part)?;
        to.flush()?;
    }
    Ok(())
}

/// What was read and has not left yet.
#[derive(Default)]
struct Kept {
    bytes: Mutex<(VecDeque<u8>, bool)>,
    changed: Condvar,
}

impl Kept {
    fn fill(&self, mut from: impl Read) {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let room = |it: &mut (VecDeque<u8>, bool)| it.0.len() + count > KEPT;
            let mut kept = self.wait_while(room);
            kept.0.extend(&buffer[..count]);
            self.changed.notify_all();
        }
        self.wait_while(|_| false).1 = true;
        self.changed.notify_all();
    }

    /// None at the end.
    fn take(&self) -> Option<Vec<u8>> {
        let mut kept = self.wait_while(|it| it.0.is_empty() && !it.1);
        let count = kept.0.len().min(PART);
        let part: Vec<u8> = kept.0.drain(..count).collect();
        self.changed.notify_all();
        (!part.is_empty()).then_some(part)
    }

    fn wait_while(
        &self,
        condition: impl FnMut(&mut (VecDeque<u8>, bool)) -> bool,
    ) -> MutexGuard<'_, (VecDeque<u8>, bool)> {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_while(bytes, condition);
        waited.unwrap_or_else(PoisonError::into_inner)
    }
}
