//! The program as a person runs it, in a pseudo-terminal: what its screen shows and what the system says of its process.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use color_eyre::eyre::ensure;
use portable_pty::CommandBuilder;

use crate::bed::{ControlPlane, Result};
use crate::program::{Home, PROGRAM};
use crate::terminal::Terminal;

const SIZE: (u16, u16) = (120, 40);
const PATIENCE: Duration = Duration::from_mins(5);
/// Parts of one frame follow each other faster.
const QUIET: Duration = Duration::from_millis(5);
const POLL: Duration = Duration::from_millis(1);

pub(crate) struct Cockpit {
    pub(crate) screen: Terminal,
    id: u32,
    began: Instant,
}

impl Cockpit {
    pub(crate) fn start(home: &Home, kubeconfig: &Path, arguments: &[String]) -> Result<Self> {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        Self::run(command, home, kubeconfig)
    }

    pub(crate) fn run(command: CommandBuilder, home: &Home, kubeconfig: &Path) -> Result<Self> {
        let began = Instant::now();
        let screen = Terminal::spawn(command, home, kubeconfig, SIZE, &[])?;
        let id = screen.id()?;
        Ok(Self { screen, id, began })
    }

    /// From the start of the process to a screen like this.
    pub(crate) fn until(&mut self, what: &str, shown: impl Fn(&str) -> bool) -> Result<Duration> {
        self.screen.wait_at_most(PATIENCE, what, shown)?;
        Ok(self.screen.drawn().1.duration_since(self.began))
    }

    /// From the start of the process to its first frame, and to its first connection with the API server, which had so many of
    /// others.
    pub(crate) fn begun(
        &self,
        plane: &ControlPlane,
        others: usize,
    ) -> Result<(Duration, Duration)> {
        let (mut frame, mut connected) = (None, None);
        loop {
            let elapsed = self.began.elapsed();
            ensure!(elapsed < PATIENCE, "it shows nothing or never connects");
            if frame.is_none() && self.screen.screen().contains("Watch") {
                frame = Some(elapsed);
            }
            if connected.is_none() && connections(plane)? > others {
                connected = Some(elapsed);
            }
            if let (Some(frame), Some(connected)) = (frame, connected) {
                return Ok((frame, connected));
            }
            sleep(POLL);
        }
    }

    /// From a key to the end of the frame that it leads to.
    pub(crate) fn paints(&mut self, key: &str) -> Result<Duration> {
        let (before, _) = self.screen.drawn();
        let pressed = Instant::now();
        self.screen.keys(key)?;
        self.screen.wait_drawn(before)?;
        let mut drawn = self.screen.drawn();
        loop {
            sleep(QUIET);
            let now = self.screen.drawn();
            if now.0 == drawn.0 {
                return Ok(drawn.1.duration_since(pressed));
            }
            drawn = now;
        }
    }

    /// Time on a processor since the start, of all its threads.
    pub(crate) fn processor(&self) -> Result<Duration> {
        let mut time = Duration::ZERO;
        for thread in fs::read_dir(format!("/proc/{}/task", self.id))? {
            let text = fs::read_to_string(thread?.path().join("schedstat"))?;
            let nanoseconds = text.split_whitespace().next().unwrap_or_default();
            time += Duration::from_nanos(nanoseconds.parse()?);
        }
        Ok(time)
    }

    /// Share of a core, and bytes to the terminal a second, over this time.
    pub(crate) fn cost(&self, time: Duration) -> Result<(f64, f64)> {
        let (processor, bytes) = (self.processor()?, self.screen.drawn().0);
        let began = Instant::now();
        sleep(time);
        let elapsed = began.elapsed().as_secs_f64();
        let processor = self.processor()?.saturating_sub(processor);
        let bytes = self.screen.drawn().0 - bytes;
        Ok((processor.as_secs_f64() / elapsed, bytes as f64 / elapsed))
    }

    pub(crate) fn resident_kib(&self) -> u64 {
        status(&self.id.to_string(), "VmRSS")
    }

    pub(crate) fn peak_kib(&self) -> u64 {
        status(&self.id.to_string(), "VmHWM")
    }
}

/// A field of `/proc/PID/status`, in KiB; 0 where there is none.
pub(crate) fn status(pid: &str, field: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

/// Those to the API server that are open on this machine, whoever has them.
pub(crate) fn connections(plane: &ControlPlane) -> Result<usize> {
    const ESTABLISHED: &str = "01";
    let port = format!(":{:04X}", plane.port());
    let table = fs::read_to_string("/proc/net/tcp")?;
    let to_server = |line: &&str| {
        let mut columns = line.split_whitespace().skip(2);
        columns.next().is_some_and(|it| it.ends_with(&port)) && columns.next() == Some(ESTABLISHED)
    };
    Ok(table.lines().filter(to_server).count())
}
