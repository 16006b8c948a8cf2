//! Memory and terminal output of the real program, as a user runs it.

use std::io::Read;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::bed::Result;

const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};
const PATIENCE: Duration = Duration::from_mins(3);
const IDLE: Duration = Duration::from_secs(20);

pub(crate) struct Program {
    pub(crate) resident_kib: u64,
    pub(crate) peak_kib: u64,
    pub(crate) first_frame: Duration,
    pub(crate) bytes_per_second: f64,
}

/// A field of `/proc/PID/status`, in KiB; 0 where there is none.
fn status(pid: &str, field: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

pub(crate) fn resident_kib(pid: &str) -> u64 {
    status(pid, "VmRSS")
}

pub(crate) fn peak_kib(pid: &str) -> u64 {
    status(pid, "VmHWM")
}

/// Runs the program until its header says that the cluster is live and its memory stands still.
pub(crate) fn of_program(kubeconfig: &Path, pods: usize) -> Result<Program> {
    let pair = native_pty_system()
        .openpty(SIZE)
        .map_err(|error| eyre!("{error}"))?;
    let home = tempfile::tempdir()?;
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vigie"));
    command.env("KUBECONFIG", kubeconfig);
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    let began = Instant::now();
    let mut child = pair
        .slave
        .spawn_command(command)
        .map_err(|error| eyre!("{error}"))?;
    drop(pair.slave);
    let pid = child.process_id().unwrap_or_default().to_string();
    let (rows, columns) = (NonZero::new(SIZE.rows), NonZero::new(SIZE.cols));
    let (rows, columns) = rows
        .zip(columns)
        .ok_or_else(|| eyre!("a terminal without cells"))?;
    let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
    let written = Arc::new(AtomicUsize::new(0));
    let mut reader = pair
        .master
        .try_clone_reader()
        .map_err(|error| eyre!("{error}"))?;
    let (seen, count) = (screen.clone(), written.clone());
    std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = reader.read(&mut buffer) {
            count.fetch_add(length, Ordering::Relaxed);
            if let (Ok(mut screen), Some(bytes)) = (seen.lock(), buffer.get(..length)) {
                screen.process(bytes);
            }
        }
    });
    let shows = |words: &str| {
        screen
            .lock()
            .is_ok_and(|screen| screen.screen().contents().contains(words))
    };
    let wait = |done: &dyn Fn() -> bool, what: &str| -> Result {
        while !done() {
            ensure!(began.elapsed() < PATIENCE, "the program never {what}");
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    };
    wait(&|| shows("Watch"), "drew a frame")?;
    let first_frame = began.elapsed();
    wait(
        &|| resident_kib(&pid) > u64::try_from(pods / 8).unwrap_or(0) && shows("✓"),
        "read the cluster",
    )?;
    // Read and at rest: nothing but the clock moves for as long as the idle measure lasts.
    std::thread::sleep(Duration::from_secs(10));
    let before = written.load(Ordering::Relaxed);
    std::thread::sleep(IDLE);
    let bytes_per_second = (written.load(Ordering::Relaxed) - before) as f64 / IDLE.as_secs_f64();
    let program = Program {
        resident_kib: resident_kib(&pid),
        peak_kib: status(&pid, "VmHWM"),
        first_frame,
        bytes_per_second,
    };
    child.kill()?;
    child.wait()?;
    Ok(program)
}
