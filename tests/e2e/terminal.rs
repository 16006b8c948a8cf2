//! The program in a pseudo-terminal: keys in, a parsed screen out, every wait bounded.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use color_eyre::eyre::{Report, bail, ensure, eyre};
use portable_pty::{
    Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};

use crate::bed::Result;
use crate::program::{Home, PROGRAM};

/// Long enough for a busy machine; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long the program may take to end when it is asked to, on a machine that starts other programs meanwhile.
const END: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(5);
const WHERE_IS_THE_CURSOR: &[u8] = b"\x1b[6n";
const LEAVE_ALTERNATE: &[u8] = b"\x1b[?1049l";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    /// None once it is closed.
    master: Option<Box<dyn MasterPty + Send>>,
    /// Kept, or the settings of the terminal could not be read after the end.
    slave: Option<Box<dyn SlavePty + Send>>,
    settings: String,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    seen: Arc<Seen>,
    reader: Option<JoinHandle<()>>,
}

struct Seen {
    shown: Mutex<Shown>,
    changed: Condvar,
}

struct Shown {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// When the last of them came.
    at: Instant,
    ended: bool,
    /// Nobody looks any more: the reader lets go of the terminal.
    closed: bool,
}

impl Terminal {
    /// Starts the program on 80 by 24 cells.
    pub(crate) fn start(home: &Home, kubeconfig: &Path, arguments: &[&str]) -> Result<Self> {
        Self::sized(home, kubeconfig, arguments, (80, 24))
    }

    pub(crate) fn sized(
        home: &Home,
        kubeconfig: &Path,
        arguments: &[&str],
        size: (u16, u16),
    ) -> Result<Self> {
        Self::within(home, kubeconfig, arguments, size, &[])
    }

    /// With these variables in its environment too.
    pub(crate) fn within(
        home: &Home,
        kubeconfig: &Path,
        arguments: &[&str],
        size: (u16, u16),
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        Self::spawn(command, home, kubeconfig, size, variables)
    }

    /// Starts the program from a shell with job control, on 80 by 24 cells.
    pub(crate) fn in_shell(home: &Home, kubeconfig: &Path, script: &str) -> Result<Self> {
        let mut command = CommandBuilder::new("sh");
        command.args(["-m", "-c", script, PROGRAM]);
        Self::spawn(command, home, kubeconfig, (80, 24), &[])
    }

    pub(crate) fn spawn(
        mut command: CommandBuilder,
        home: &Home,
        kubeconfig: &Path,
        (columns, lines): (u16, u16),
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let pair = native_pty_system()
            .openpty(size(columns, lines))
            .map_err(plain)?;
        command.env_clear();
        for (name, value) in home.variables(kubeconfig) {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home.path());
        let settings = settings(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).map_err(plain)?;
        let (rows, columns) = cells(columns, lines)?;
        let seen = Arc::new(Seen {
            shown: Mutex::new(Shown {
                parser: vt100::Parser::new(rows, columns, 0),
                bytes: Vec::new(),
                at: Instant::now(),
                ended: false,
                closed: false,
            }),
            changed: Condvar::new(),
        });
        let writer = Arc::new(Mutex::new(pair.master.take_writer().map_err(plain)?));
        let reader = pair.master.try_clone_reader().map_err(plain)?;
        let (shown, answers) = (Arc::clone(&seen), Arc::clone(&writer));
        let reader = thread::spawn(move || shown.follow(reader, &answers));
        Ok(Self {
            child,
            master: Some(pair.master),
            slave: Some(pair.slave),
            settings,
            writer,
            seen,
            reader: Some(reader),
        })
    }

    pub(crate) fn keys(&self, keys: &str) -> Result {
        let mut writer = lock(&self.writer);
        writer.write_all(keys.as_bytes())?;
        Ok(writer.flush()?)
    }

    pub(crate) fn resize(&self, columns: u16, lines: u16) -> Result {
        let (rows, width) = cells(columns, lines)?;
        // Before the program knows, or its first bytes for the new size would meet the old one.
        self.seen.lock().parser.screen_mut().set_size(rows, width);
        self.master()?.resize(size(columns, lines)).map_err(plain)
    }

    fn master(&self) -> Result<&(dyn MasterPty + Send)> {
        let master = self.master.as_deref();
        master.ok_or_else(|| eyre!("the terminal is closed"))
    }

    pub(crate) fn id(&self) -> Result<u32> {
        self.child.process_id().ok_or_else(|| eyre!("it is gone"))
    }

    /// Closes the window: from now on nobody reads, and nobody can type. Gives how long the program lived on.
    pub(crate) fn close(mut self) -> Result<Duration> {
        self.seen.lock().closed = true;
        let reader = self.reader.take().ok_or_else(|| eyre!("closed twice"))?;
        // It reads until the next of the writings of the clock, once a second.
        reader.join().map_err(|_| eyre!("the reader panicked"))?;
        drop(self.slave.take());
        drop(self.master.take());
        let closed = Instant::now();
        // The last end of the terminal: the system hangs up.
        *lock(&self.writer) = Box::new(std::io::sink());
        let status = self.wait_end()?;
        let took = closed.elapsed();
        if let Some(signal) = status.signal() {
            bail!("it was killed: {signal}");
        }
        Ok(took)
    }

    pub(crate) fn screen(&self) -> String {
        self.seen.lock().parser.screen().contents()
    }

    /// Everything written so far, as written.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen.lock().bytes.clone()
    }

    /// How many bytes were written so far, and when the last of them came.
    pub(crate) fn drawn(&self) -> (usize, Instant) {
        let seen = self.seen.lock();
        (seen.bytes.len(), seen.at)
    }

    pub(crate) fn wait_text(&mut self, text: &str) -> Result<String> {
        self.wait(&format!("showing {text:?}"), |screen| screen.contains(text))
    }

    /// Something was written after so many bytes.
    pub(crate) fn wait_drawn(&mut self, bytes: usize) -> Result {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.seen.lock();
        while shown.bytes.len() <= bytes {
            ensure!(!shown.ended, "it ended");
            ensure!(Instant::now() < deadline, "nothing is drawn");
            shown = self.seen.wait(shown, POLL);
        }
        Ok(())
    }

    /// A line of the screen that has all of these words.
    pub(crate) fn wait_line(&mut self, words: &[&str]) -> Result<String> {
        let screen = self.wait(&format!("with a line of {words:?}"), |screen| {
            line(screen, words).is_some()
        })?;
        Ok(line(&screen, words).unwrap_or_default().to_owned())
    }

    /// The screen once the condition holds. The program must not end meanwhile.
    pub(crate) fn wait(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> Result<String> {
        self.wait_at_most(PATIENCE, what, condition)
    }

    pub(crate) fn wait_at_most(
        &mut self,
        patience: Duration,
        what: &str,
        condition: impl Fn(&str) -> bool,
    ) -> Result<String> {
        let deadline = Instant::now() + patience;
        let mut shown = self.seen.lock();
        loop {
            let screen = shown.parser.screen().contents();
            if condition(&screen) {
                return Ok(screen);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || shown.ended {
                let end = if shown.ended { " (it ended)" } else { "" };
                bail!(
                    "at the end:\n{}the screen never was {what}{end}",
                    framed(&screen)
                );
            }
            shown = self.seen.wait(shown, left);
            if let Some(status) = self.child.try_wait()? {
                let screen = framed(&shown.parser.screen().contents());
                bail!("at the end:\n{screen}it ended with {status:?} before the screen was {what}");
            }
        }
    }

    /// Sends a signal by name: `TERM`, `HUP`, `STOP`.
    pub(crate) fn signal(&self, name: &str) -> Result {
        let pid = self.id()?;
        let status = Command::new("sh")
            .args(["-c", r#"kill -s "$1" "$2""#, "sh", name, &pid.to_string()])
            .status()?;
        ensure!(status.success(), "cannot send {name}");
        Ok(())
    }

    /// The exit code, once it has ended by itself and given the terminal back.
    pub(crate) fn end(mut self) -> Result<u32> {
        let asked = Instant::now();
        let status = self.wait_end()?;
        let took = asked.elapsed();
        ensure!(took < END, "it took {took:?} to end");
        let now = settings(self.master()?);
        ensure!(now == self.settings, "the terminal is left as {now}");
        let shown = self.last_words()?;
        let screen = shown.parser.screen();
        ensure!(!screen.alternate_screen(), "the alternate screen stays");
        ensure!(!screen.hide_cursor(), "the cursor stays hidden");
        ensure!(!screen.bracketed_paste(), "bracketed paste stays on");
        let mouse = screen.mouse_protocol_mode();
        ensure!(
            mouse == vt100::MouseProtocolMode::None,
            "the mouse stays on"
        );
        let after = find_last(&shown.bytes, LEAVE_ALTERNATE);
        ensure!(
            after.is_some_and(|tail| find_last(tail, SHOW_CURSOR).is_some()),
            "nothing at the end gives the terminal back"
        );
        if let Some(signal) = status.signal() {
            bail!("it was killed: {signal}");
        }
        Ok(status.exit_code())
    }

    pub(crate) fn quit(self) -> Result {
        self.keys("q")?;
        let code = self.end()?;
        ensure!(code == 0, "exit code {code}");
        Ok(())
    }

    /// What it wrote and its exit code, for a program that never takes the terminal.
    pub(crate) fn refused(mut self) -> Result<(u32, String)> {
        let status = self.wait_end()?;
        let shown = self.last_words()?;
        let said = String::from_utf8_lossy(&shown.bytes).into_owned();
        Ok((status.exit_code(), said))
    }

    fn wait_end(&mut self) -> Result<ExitStatus> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            let late = Instant::now() > deadline;
            ensure!(!late, "it does not end:\n{}", framed(&self.screen()));
            thread::sleep(POLL);
        }
    }

    /// All that was written. This closes the last end of the terminal that is open, and the reader comes to its end too.
    fn last_words(&mut self) -> Result<MutexGuard<'_, Shown>> {
        drop(self.slave.take());
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.seen.lock();
        while !shown.ended {
            ensure!(Instant::now() < deadline, "the terminal stays open");
            shown = self.seen.wait(shown, POLL);
        }
        Ok(shown)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed half-way leaves it running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        lock(&self.shown)
    }

    fn wait<'a>(&self, shown: MutexGuard<'a, Shown>, most: Duration) -> MutexGuard<'a, Shown> {
        let waited = self.changed.wait_timeout(shown, most);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn follow(&self, mut reader: Box<dyn Read + Send>, writer: &Mutex<Box<dyn Write + Send>>) {
        let mut buffer = vec![0; 64 * 1024];
        // An error is the end too: the other end of a pseudo-terminal is closed.
        while let Ok(count) = reader.read(&mut buffer)
            && count > 0
        {
            let at = Instant::now();
            let mut shown = self.lock();
            shown.at = at;
            let known = shown.bytes.len();
            shown.bytes.extend_from_slice(&buffer[..count]);
            shown.parser.process(&buffer[..count]);
            let from = known.saturating_sub(WHERE_IS_THE_CURSOR.len() - 1);
            let asked = find_last(&shown.bytes[from..], WHERE_IS_THE_CURSOR).is_some();
            let (row, column) = shown.parser.screen().cursor_position();
            let closed = shown.closed;
            drop(shown);
            self.changed.notify_all();
            if closed {
                return;
            }
            if asked {
                // A program that is gone needs no answer.
                let _ = write!(lock(writer), "\x1b[{};{}R", row + 1, column + 1);
            }
        }
        self.lock().ended = true;
        self.changed.notify_all();
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What follows the last place that has these bytes.
fn find_last<'a>(bytes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let at = bytes
        .windows(wanted.len())
        .rposition(|window| window == wanted)?;
    Some(&bytes[at + wanted.len()..])
}

fn line<'a>(screen: &'a str, words: &[&str]) -> Option<&'a str> {
    screen
        .lines()
        .find(|line| words.iter().all(|word| line.contains(word)))
}

fn framed(screen: &str) -> String {
    let mut text = String::new();
    for line in screen.lines() {
        // Writing to a String does not fail.
        let _ = writeln!(text, "  |{line}");
    }
    text
}

/// Raw mode and echo among them.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn size(columns: u16, lines: u16) -> PtySize {
    PtySize {
        rows: lines,
        cols: columns,
        ..PtySize::default()
    }
}

fn cells(columns: u16, lines: u16) -> Result<(NonZeroU16, NonZeroU16)> {
    Ok((NonZeroU16::try_from(lines)?, NonZeroU16::try_from(columns)?))
}

fn plain(error: impl std::fmt::Display) -> Report {
    eyre!("pseudo-terminal: {error:#}")
}
