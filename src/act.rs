//! Wiring of what acts: the journal, the executor, who sits at the terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use nix::sys::termios::{FlushArg, tcflush};
use tokio::sync::mpsc;

use secrecy::SecretString;
use vigie::action::{self, ActionId, Call, Execution, Guard, Need, Record, Who};
use vigie::app::{Acts, Clusters, PreviewId};
use vigie::cli::Flags;
use vigie::config::{self, Config, Token};
use vigie::executor::{self, Executor, Ledger};
use vigie::headless::act::{Asked, Manner, Person, Wanted};
use vigie::headless::{self, Exit};
use vigie::journal::{self, Journal};
use vigie::model::{ClusterId, Kind, Lookup, LookupId, Text};
use vigie::source::{Answer, Handle, Mode};
use vigie::wording::{Catalogue, Language};

use super::errand::{self, Fault, now, print, say};

/// Acts on the object, or says why not.
pub(super) fn act(
    wanted: &Wanted,
    manner: &Manner,
    flags: &Flags,
    config: &Config,
    catalogue: &Catalogue,
) -> Result<Exit, Fault> {
    let fleet = errand::fleet(flags, config)?;
    let clusters = fleet.names();
    // What cannot be read cannot be added to, and what it holds may still be open.
    let journal = match read() {
        Ok(read) => read.entries,
        Err(fault) => {
            say(&catalogue.not_journaled(&fault.detail(catalogue)));
            return Ok(Exit::Amiss);
        }
    };
    let passage = passage(config, catalogue);
    if let Some(note) = &passage.note {
        say(note);
    }
    let guard = Guard {
        console: passage.known,
        ..guard(flags, config, &clusters)
    };
    let asked = Asked {
        wanted: wanted.clone(),
        manner: manner.clone(),
        names: flags.selected(),
        rules: &config.tenancy,
        who: who(flags),
        next_id,
        journal,
        progress: say,
        limit: headless::limit(flags.request_timeout),
        guard,
        catalogue,
    };
    let answer = errand::read(fleet, &Kind::ALL, Mode::Watch, |reading, deltas| {
        let language = catalogue.language();
        let executor = executor(reading, &asked.guard, passage.door, language, flags);
        let mut terminal = Terminal;
        let there = io::stdin().is_terminal() && io::stderr().is_terminal();
        let person = there.then_some(&mut terminal as &mut dyn Person);
        let ports = errand::ports(reading, deltas);
        headless::act::run(&asked, clusters, ports, &executor, person)
    })?;
    Ok(print(&answer, catalogue))
}

/// The one way out, with its gate.
pub(super) fn executor(
    reading: &Handle,
    guard: &Guard,
    console: Option<executor::Console>,
    language: Language,
    flags: &Flags,
) -> Executor {
    let ledger = Arc::new(OnDisk { language });
    let shut = guard.read_only.clone();
    Executor::new(reading.links(), shut, ledger, flags.request_timeout, now).with_console(console)
}

/// The way to the console, and what of it is known to plans; with a sentence where what is configured cannot be used.
pub(super) struct Passage {
    pub(super) door: Option<executor::Console>,
    pub(super) known: Option<action::Console>,
    pub(super) note: Option<String>,
}

pub(super) fn passage(config: &Config, catalogue: &Catalogue) -> Passage {
    let console = config.console.as_ref();
    let opened = console.and_then(|it| Some(open(it, it.token.as_ref()?)));
    let (door, fault) = match opened {
        Some(Ok(door)) => (Some(door), None),
        Some(Err(fault)) => (None, Some(fault)),
        None => (None, None),
    };
    Passage {
        known: console.map(|it| action::Console {
            url: it.url.clone(),
            open: door.is_some(),
        }),
        door,
        note: fault.map(|it| catalogue.say(it)),
    }
}

/// The message that says why not.
fn open(console: &config::Console, token: &Token) -> Result<executor::Console, &'static str> {
    let token = match token {
        Token::Variable(name) => std::env::var(name).map_err(|_| "console-no-variable")?,
        Token::File(path) => config::text_in(path).map_err(|_| "console-no-token")?,
    };
    let authority = console.authority.as_deref().map(config::text_in);
    let authority = authority.transpose().map_err(|_| "console-no-authority")?;
    let (token, authority) = (SecretString::from(token), authority.as_deref());
    let opened = executor::Console::new(&console.url, &token, authority.map(str::as_bytes));
    opened.map_err(|it| match it {
        executor::Fault::Token => "console-bad-token",
        executor::Fault::Authority => "console-no-authority",
        executor::Fault::Tls => "console-no-tls",
    })
}

/// Contexts to which nothing is written: by the flag, by the configuration, or by its word for one of them.
pub(super) fn guard(flags: &Flags, config: &Config, clusters: &[Text]) -> Guard {
    let everywhere = flags.read_only || config.read_only;
    let of = |name: &Text| config.contexts.get(name.as_str());
    let shut = |name: &Text| everywhere || of(name).is_some_and(|it| it.read_only);
    let numbered = (0..).map(ClusterId).zip(clusters);
    let read_only: BTreeSet<_> = numbered
        .filter(|(_, name)| shut(name))
        .map(|(id, _)| id)
        .collect();
    Guard {
        read_only,
        freezes: config.freezes.clone(),
        protected: config.protected.clone(),
        console: None,
        impersonates: impersonates(flags),
    }
}

fn impersonates(flags: &Flags) -> Vec<String> {
    let user = flags.impersonate.iter().map(|it| format!("--as={it}"));
    let groups = flags.impersonate_groups.iter();
    let groups = groups.map(|it| format!("--as-group={it}"));
    user.chain(groups).collect()
}

pub(super) fn who(flags: &Flags) -> Who {
    Who {
        impersonated: flags.impersonate.clone().unwrap_or_default(),
        ..journal::of_machine()
    }
}

/// Without a source of chance the seconds make another one each time, and a count of those of one second.
pub(super) fn next_id() -> ActionId {
    static MADE: AtomicI64 = AtomicI64::new(0);
    journal::new_id().unwrap_or_else(|_| {
        let seconds = now().seconds();
        let made = MADE.fetch_add(1, Ordering::Relaxed);
        ActionId(format!("{:010x}", seconds.saturating_add(made)))
    })
}

/// What the screen asks for, done beside the reading; what comes of it is told to the loop.
pub(super) struct Hands<'a> {
    pub(super) reading: &'a Handle,
    /// Takes what lookups find.
    pub(super) teller: mpsc::Sender<Answer>,
    pub(super) executor: Executor,
    pub(super) acts: mpsc::Sender<Acts>,
    pub(super) language: Language,
}

impl Hands<'_> {
    /// The loop may have ended when it is done.
    fn begin(&self, work: impl Future<Output = Acts> + Send + 'static) {
        let acts = self.acts.clone();
        self.executor
            .spawn(async move { drop(acts.send(work.await).await) });
    }
}

impl Clusters for Hands<'_> {
    fn retry(&mut self, cluster: ClusterId) {
        self.reading.retry(cluster);
    }

    fn look(&mut self, lookups: &BTreeMap<LookupId, Lookup>) {
        self.reading.look(lookups, &self.teller);
    }

    fn ask(&mut self, asked: Vec<(PreviewId, Need, Call)>) {
        for (id, need, call) in asked {
            let executor = self.executor.clone();
            self.begin(async move { Acts::Replied(id, need, executor.ask(&call).await) });
        }
    }

    fn execute(&mut self, execution: Box<Execution>) {
        let executor = self.executor.clone();
        self.begin(async move {
            let (executed, answers) = executor.execute(&execution).await;
            Acts::Executed(execution.intent.id, executed, answers)
        });
    }

    fn record(&mut self, record: Record) {
        let executor = self.executor.clone();
        self.executor.spawn(async move {
            if let Err(error) = executor.keep(record).await {
                tracing::warn!(%error, "outcome not journaled");
            }
        });
    }

    fn recheck(&mut self, id: ActionId, call: Call) {
        let executor = self.executor.clone();
        self.begin(async move { Acts::Rechecked(id, executor.ask(&call).await) });
    }

    fn read_journal(&mut self) {
        let language = self.language;
        self.begin(async move {
            let read = tokio::task::spawn_blocking(read).await;
            let read = read.map_err(|error| error.to_string()).and_then(|it| {
                let told = |fault: journal::Fault| fault.detail(&Catalogue::new(language));
                it.map(|it| it.entries).map_err(told)
            });
            Acts::Journal(read)
        });
    }
}

pub(super) fn read() -> Result<journal::Read, journal::Fault> {
    config::state_directory()
        .ok_or(journal::Fault::Directory(config::log::Fault::NoDirectory))
        .and_then(|directory| journal::read(&directory))
}

/// The journal in the person's state directory, opened with each record.
struct OnDisk {
    language: Language,
}

impl Ledger for OnDisk {
    fn keep(&self, record: &Record) -> io::Result<()> {
        let kept = config::state_directory()
            .ok_or(journal::Fault::Directory(config::log::Fault::NoDirectory))
            .and_then(|directory| Journal::open(&directory)?.append(record));
        kept.map_err(|fault| io::Error::other(fault.detail(&Catalogue::new(self.language))))
    }
}

struct Terminal;

impl Person for Terminal {
    fn asked(&mut self, words: &str) -> Option<String> {
        // What was typed before the question stood there is no answer to it.
        let _ = tcflush(io::stdin(), FlushArg::TCIFLUSH);
        let mut notes = io::stderr().lock();
        notes.write_all(words.as_bytes()).ok()?;
        notes.flush().ok()?;
        let mut typed = String::new();
        let read = io::stdin().lock().read_line(&mut typed).ok()?;
        (read > 0).then_some(typed)
    }
}
