//! A server as a child process that cannot outlive its owner.
//!
//! Each runs under a small shell which holds the read end of a pipe from this process. When the pipe closes, because the
//! owner let go or because this process died in whatever way, the shell kills its whole process group.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use color_eyre::eyre::{WrapErr, bail, ensure};

use super::Result;

/// Standard input is the pipe, standard output carries the server's process id, standard error is its log.
const SUPERVISOR: &str = r#"
exec 3<&0 </dev/null
"$@" 3<&- >&2 &
server=$!
echo "$server"
exec >&2
{ cat <&3 >/dev/null; kill -KILL 0; } &
wait "$server"
echo "bed: the server ended with status $?" >&2
kill -KILL 0
"#;

#[derive(Clone, Copy)]
pub(crate) enum Signal {
    Freeze,
    Thaw,
}

pub(crate) struct Server {
    name: &'static str,
    shell: Child,
    pid: u32,
    log: PathBuf,
}

impl Server {
    pub(crate) fn spawn(
        name: &'static str,
        log: &Path,
        program: &Path,
        args: &[String],
    ) -> Result<Self> {
        let output = OpenOptions::new().create(true).append(true).open(log)?;
        let mut shell = Command::new("sh")
            .args(["-c", SUPERVISOR, name])
            .arg(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(output)
            // A control-C at the terminal is for the owner, which then stops the servers in its order.
            .process_group(0)
            .spawn()
            .wrap_err_with(|| format!("cannot start {name}"))?;
        let mut line = String::new();
        if let Some(stdout) = shell.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let pid = line
            .trim()
            .parse()
            .wrap_err_with(|| format!("{name} did not start"))?;
        Ok(Self {
            name,
            shell,
            pid,
            log: log.to_owned(),
        })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.shell.try_wait(), Ok(None))
    }

    /// The end of the log, for the sentence that says why a server is not there.
    pub(crate) fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(5)..].join("\n")
    }

    pub(crate) fn signal(&self, signal: Signal) -> Result {
        let flag = match signal {
            Signal::Freeze => "-STOP",
            Signal::Thaw => "-CONT",
        };
        let status = Command::new("sh")
            .args(["-c", r#"kill "$1" "$2""#, "sh", flag, &self.pid.to_string()])
            .status()?;
        ensure!(status.success(), "cannot send {flag} to {}", self.name);
        if matches!(signal, Signal::Freeze) {
            self.wait_frozen();
        }
        Ok(())
    }

    /// A stop reaches the threads one by one, and one that still runs may answer.
    fn wait_frozen(&self) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while !self.is_frozen() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// As the kernel tells; where it does not (no `/proc`), the order has to do.
    fn is_frozen(&self) -> bool {
        let Ok(threads) = std::fs::read_dir(format!("/proc/{}/task", self.pid)) else {
            return true;
        };
        // `29 (kube-apiserver) T 1 …`
        let stopped = |stat: String| {
            let state = stat
                .rsplit_once(") ")
                .map(|(_, rest)| rest.starts_with('T'));
            state.unwrap_or(true)
        };
        let mut stats = threads
            .flatten()
            .map(|it| std::fs::read_to_string(it.path().join("stat")));
        stats.all(|stat| stat.map_or(true, stopped))
    }

    /// SIGKILL, and only back once the process is gone: until then it holds its port.
    pub(crate) fn kill(&mut self) {
        drop(self.shell.stdin.take());
        // The shell dies of the signal it sent; there is nothing to learn from its status.
        let _ = self.shell.wait();
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.process_exists() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn process_exists(&self) -> bool {
        Command::new("sh")
            .args([
                "-c",
                r#"kill -0 "$1" 2>/dev/null"#,
                "sh",
                &self.pid.to_string(),
            ])
            .status()
            .is_ok_and(|status| status.success())
    }

    pub(crate) fn check(&mut self) -> Result {
        if !self.is_running() {
            bail!("{} ended by itself: {}", self.name, self.last_words());
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_dies_with_what_it_started_even_when_frozen() -> Result {
        let folder = tempfile::tempdir()?;
        let script = "sleep 1000 & wait".to_owned();
        let log = folder.path().join("log");
        let mut server = Server::spawn("test", &log, Path::new("sh"), &["-c".into(), script])?;
        server.signal(Signal::Freeze)?;
        assert!(server.is_running());
        server.kill();
        assert!(!server.process_exists());
        Ok(())
    }

    #[test]
    fn a_server_that_ends_by_itself_is_noticed_with_its_last_words() -> Result {
        let folder = tempfile::tempdir()?;
        let log = folder.path().join("log");
        let script = "echo no such flag >&2; exit 3".to_owned();
        let mut server = Server::spawn("test", &log, Path::new("sh"), &["-c".into(), script])?;
        // Waiting for the shell would close its input, which is the order to kill.
        let deadline = Instant::now() + Duration::from_secs(10);
        while server.is_running() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
        let error = server.check().map_err(|error| format!("{error:#}"));
        assert!(error.is_err_and(|text| text.contains("no such flag")));
        Ok(())
    }
}
