//! Text for the person's own clipboard, wherever their terminal is: OSC 52, or tmux, which ignores an application's.
//!
//! Nobody answers: that the text was sent is all that is known.

use std::io::{self, Write, stdout};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// Longest text sent, in bytes. It makes an order of 100 000 bytes, which is where the first of the usual terminals
/// (hterm) drops it without a word; others take more (tmux 3.3: 1 MiB, measured).
pub const LONGEST: usize = 74_994;
/// A tmux that does not answer is left alone after this.
const PATIENCE: Duration = Duration::from_millis(300);
const POLL: Duration = Duration::from_millis(2);

/// Why a text was not sent.
#[derive(Debug)]
pub enum Unsent {
    /// So many bytes.
    TooLong(usize),
    Failed(io::Error),
}

impl From<io::Error> for Unsent {
    fn from(error: io::Error) -> Self {
        Unsent::Failed(error)
    }
}

/// Sends the text; `in_tmux` when the terminal is one of tmux's.
pub fn copy(text: &str, in_tmux: bool) -> Result<(), Unsent> {
    if text.len() > LONGEST {
        return Err(Unsent::TooLong(text.len()));
    }
    if in_tmux {
        return Ok(fill("tmux", &["load-buffer", "-w", "-"], text)?);
    }
    Ok(execute!(
        stdout(),
        CopyToClipboard::to_clipboard_from(text)
    )?)
}

/// Gives the text to a program, without a shell between.
fn fill(program: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        let text = text.to_owned();
        // A pipe holds less than a text may be long: a program that does not read would hold the loop.
        thread::spawn(move || stdin.write_all(text.as_bytes()));
    }
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() {
                Ok(())
            } else {
                Err(io::Error::other(format!("{program}: {status}")))
            };
        }
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::from(io::ErrorKind::TimedOut));
        }
        thread::sleep(POLL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_terminals_would_drop_is_not_sent() {
        let text = "x".repeat(LONGEST + 1);
        assert!(matches!(copy(&text, false), Err(Unsent::TooLong(_))));
    }

    #[test]
    fn a_program_takes_all_of_a_long_text() {
        let text = "x".repeat(LONGEST);
        let script = format!("test $(wc -c) -eq {LONGEST}");
        fill("sh", &["-c", &script], &text).unwrap();
    }

    #[test]
    fn a_program_that_does_not_read_is_not_waited_for() {
        let start = Instant::now();
        let error = fill("sleep", &["60"], &"x".repeat(LONGEST)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_program_that_fails_or_is_not_there_is_told() {
        assert!(fill("false", &[], "x").is_err());
        assert!(fill("vigie-no-such-program", &[], "x").is_err());
    }
}
