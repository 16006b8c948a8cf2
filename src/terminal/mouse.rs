//! Clicks and the wheel, off until asked for: while the terminal reports them, a person cannot select text with the mouse.

use std::fmt;
use std::io::{self, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::{Command, execute};

/// Whether it was asked for, to take it again after a stop.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Buttons and the wheel, in the form that knows large terminals. crossterm's own command reports every motion too: a
/// message a cell over a slow link, for nothing.
struct Report(bool);

impl Command for Report {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str(if self.0 {
            "\x1b[?1000h\x1b[?1006h"
        } else {
            "\x1b[?1006l\x1b[?1000l"
        })
    }
}

pub fn mouse(on: bool) -> io::Result<()> {
    ASKED.store(on, Ordering::SeqCst);
    execute!(stdout(), Report(on))
}

/// When the terminal is taken.
pub(super) fn take() -> io::Result<()> {
    if ASKED.load(Ordering::SeqCst) {
        execute!(stdout(), Report(true))?;
    }
    Ok(())
}

/// When the terminal is given back.
pub(super) fn give_back() {
    if ASKED.load(Ordering::SeqCst) {
        drop(execute!(stdout(), Report(false)));
    }
}
