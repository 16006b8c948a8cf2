//! Wiring of a command that needs clusters: which are meant, reading them for as long as it takes, and what is told.

use std::collections::BTreeMap;
use std::io::{self, Write};

use tokio::sync::mpsc::{self, Receiver};

use vigie::app::Clock;
use vigie::cli::{self, Flags};
use vigie::config::Config;
use vigie::headless::{Answer, Exit, Ports};
use vigie::model::{Delta, Kind, Lookup, LookupId, Moment};
use vigie::source::{self, ConnectError, Fleet, Handle, Mode};
use vigie::wording::Catalogue;

/// Batches that may wait for who takes them; then the reading waits. Few, for what waits is memory.
pub(super) const QUEUED: usize = 8;

/// Why no cluster is read.
pub(super) enum Fault {
    Unconnected(ConnectError),
    NotStarted(io::Error),
}

impl From<ConnectError> for Fault {
    fn from(error: ConnectError) -> Self {
        Fault::Unconnected(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::NotStarted(error)
    }
}

impl Fault {
    pub(super) fn tell(&self, catalogue: &Catalogue) -> Exit {
        match self {
            Fault::Unconnected(error) => {
                say(&cli::connect_sentence(error, catalogue));
                match error {
                    // It was named on the command line.
                    ConnectError::UnknownContext { .. } => Exit::Usage,
                    _ => Exit::NotSeen,
                }
            }
            Fault::NotStarted(error) => {
                let detail = ("detail", error.to_string().into());
                say(&catalogue.say_with("start-failed", &[detail]));
                Exit::NotSeen
            }
        }
    }
}

pub(super) fn fleet(flags: &Flags, config: &Config) -> Result<Fleet, Fault> {
    Ok(source::resolve(&flags.connection(config))?)
}

/// Reads the clusters until the work is done.
pub(super) fn read<T>(
    fleet: Fleet,
    kinds: &[Kind],
    mode: Mode,
    work: impl FnOnce(&Handle, Receiver<Vec<Delta>>) -> io::Result<T>,
) -> Result<T, Fault> {
    let (sender, deltas) = mpsc::channel(QUEUED);
    let reading = source::start(fleet, kinds, mode, now, sender)?;
    let done = work(&reading, deltas);
    reading.end();
    Ok(done?)
}

/// For work that looks into objects, too.
pub(super) fn ports(
    reading: &Handle,
    deltas: Receiver<Vec<Delta>>,
) -> Ports<impl Fn(&BTreeMap<LookupId, Lookup>)> {
    let (teller, told) = mpsc::channel(QUEUED);
    Ports {
        deltas,
        told,
        look: move |lookups: &_| reading.look(lookups, &teller),
        now,
    }
}

pub(super) fn print(answer: &Answer, catalogue: &Catalogue) -> Exit {
    answer.print(
        &mut io::stdout().lock(),
        &mut io::stderr().lock(),
        catalogue,
    )
}

/// On standard error; if that is closed, nobody is left to tell.
pub(super) fn say(line: &str) {
    drop(writeln!(io::stderr(), "{line}"));
}

pub(super) fn now() -> Moment {
    Clock::System.now().moment
}
