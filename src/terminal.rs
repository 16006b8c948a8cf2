//! The terminal, taken and given back: raw mode, alternate screen, bracketed paste, mouse, signals.
//!
//! It is given back when the [`Guard`] is dropped, on a panic of the thread that took it and before the process is stopped.

pub mod clipboard;
mod meter;
mod mouse;

pub use meter::Meter;
pub use mouse::mouse;

use std::io::{self, BufWriter, Stdout, stdout};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::style::force_color_output;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use tokio::sync::mpsc;

/// Whether there is something to give back.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// How long the loop has to end by itself once it was asked to.
const GRACE: Duration = Duration::from_millis(800);
/// How long the terminal has to take what gives it back when the loop did not.
const LAST_WORD: Duration = Duration::from_millis(100);
/// A frame of a large terminal, so that it leaves in few writes.
const BUFFER: usize = 64 * 1024;

pub type Tty = Terminal<CrosstermBackend<BufWriter<meter::Metered<Stdout>>>>;

/// Gives the terminal back when dropped.
pub struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal; the meter tells what is written to it. The hook of a panic is set first: the report must find the
/// terminal given back.
pub fn take() -> io::Result<(Guard, Tty, Meter)> {
    let report = panic::take_hook();
    panic::set_hook(Box::new(on_panic(restore, report)));
    enter()?;
    let guard = Guard(());
    let meter = Meter::default();
    let metered = meter.metered(stdout());
    let backend = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, metered));
    Ok((guard, Terminal::new(backend)?, meter))
}

fn enter() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    // The theme decides about colours. Left to itself under NO_COLOR, crossterm writes resets where a colour
    // should be, and bold and reverse go with them.
    force_color_output(true);
    let entered = enable_raw_mode()
        .and_then(|()| execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste))
        .and_then(|()| mouse::take());
    if entered.is_err() {
        restore();
    }
    entered
}

/// Nothing is said of what fails: the terminal may be gone.
fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        mouse::give_back();
        drop(execute!(
            stdout(),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        ));
        drop(disable_raw_mode());
    }
}

/// The loop hangs. Whether it does so in a write is not known: then this one would hang too, and it is not waited for.
fn give_up() {
    drop(disable_raw_mode());
    let (done, restored) = std::sync::mpsc::channel();
    thread::spawn(move || {
        restore();
        done.send(())
    });
    let _ = restored.recv_timeout(LAST_WORD);
}

/// Only this thread's panic ends the program. Another's is told by whoever waits for it, and its report would be written
/// over the screen: it goes to the log.
fn on_panic(
    restore: impl Fn() + Send + Sync,
    report: impl Fn(&PanicHookInfo<'_>) + Send + Sync,
) -> impl Fn(&PanicHookInfo<'_>) + Send + Sync {
    let screen = thread::current().id();
    move |panic| {
        if thread::current().id() == screen {
            restore();
            report(panic);
        } else {
            let place = panic.location().map(ToString::to_string);
            tracing::error!(
                place,
                "panicked: {}",
                panic.payload_as_str().unwrap_or_default()
            );
        }
    }
}

/// Gives the terminal back, stops the process as the shell expects, and takes the terminal again once continued.
pub fn suspend() -> io::Result<()> {
    restore();
    low_level::emulate_default_handler(SIGTSTP)?;
    enter()
}

/// Takes the terminal again after the process was stopped from outside: the shell has set it up for itself meanwhile.
pub fn resume() -> io::Result<()> {
    drop(disable_raw_mode());
    enter()
}

/// What the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    End,
    Stop,
    Back,
}

/// Signals from now on. They come over a thread of their own: when the terminal takes no output the loop hangs in a
/// write, and must still end when asked to.
pub fn signals() -> io::Result<mpsc::UnboundedReceiver<Signal>> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    let (sender, receiver) = mpsc::unbounded_channel();
    let listen = move || {
        for number in &mut signals {
            let signal = match number {
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Back,
                _ => Signal::End,
            };
            // Without a listener the loop is over already.
            let _ = sender.send(signal);
            if signal == Signal::End {
                thread::sleep(GRACE);
                give_up();
                std::process::exit(128 + number);
            }
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listen)?;
    Ok(receiver)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    #[test]
    fn only_a_panic_of_the_screens_own_thread_gives_the_terminal_back() {
        static RESTORED: AtomicU32 = AtomicU32::new(0);
        static REPORTED: AtomicU32 = AtomicU32::new(0);
        let count = |counter: &AtomicU32| {
            counter.fetch_add(1, Ordering::SeqCst);
        };
        let told = || {
            (
                RESTORED.load(Ordering::SeqCst),
                REPORTED.load(Ordering::SeqCst),
            )
        };
        // Tests beside this one may panic too: as threads that are not the screen's they are not counted.
        let usual = panic::take_hook();
        let hook = on_panic(move || count(&RESTORED), move |_| count(&REPORTED));
        panic::set_hook(Box::new(hook));
        let elsewhere = thread::spawn(|| panic!("elsewhere")).join();
        let after_elsewhere = told();
        let here = panic::catch_unwind(|| panic!("here"));
        panic::set_hook(usual);
        assert!(elsewhere.is_err() && here.is_err());
        assert_eq!((after_elsewhere, told()), ((0, 0), (1, 1)));
    }
}
