//! Wiring: arguments, configuration, language and log, then the cockpit or an answer.

mod act;
mod dress;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use tokio::sync::mpsc;
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::WorkerGuard;

use vigie::action::Record;
use vigie::app::{self, Clock};
use vigie::cli::{self, Flags, LogLevel, Request, Task};
use vigie::config::{self, Config};
use vigie::executor::Executor;
use vigie::headless::bundle::{Destination, Outcome};
use vigie::headless::{self, Exit, Format, KindName, Question};
use vigie::journal::{self, Fault};
use vigie::model::{Kind, Moment};
use vigie::source::{self, ConnectError, Mode};
use vigie::wording::{Catalogue, Language};

/// Batches that may wait for the store; then the reading waits. Few, for what waits is memory.
const QUEUED: usize = 8;

fn main() -> ExitCode {
    // It fails only when a report was installed before, and nothing was.
    drop(color_eyre::install());
    let arguments: Vec<_> = std::env::args_os().collect();
    let catalogue = Catalogue::new(cli::language(&arguments).unwrap_or_else(of_locale));
    let request = match cli::parse(arguments, &catalogue) {
        Ok(request) => request,
        Err(error) => return refuse(&error, &catalogue).into(),
    };
    // The first provider stays; a second install is refused and changes nothing.
    drop(rustls::crypto::ring::default_provider().install_default());
    run(&request).into()
}

/// Help and version are answers; the rest is a wrong command line.
fn refuse(error: &clap::Error, catalogue: &Catalogue) -> Exit {
    if error.exit_code() == 0 {
        drop(error.print());
        return Exit::Good;
    }
    say(&cli::sentence(error, catalogue));
    Exit::Usage
}

fn run(request: &Request) -> Exit {
    let (config, problems) = configuration(&request.flags);
    let catalogue = Catalogue::new(language(&request.flags, &config));
    let screen = request.task == Task::Cockpit;
    if screen && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        say(&catalogue.say("start-no-terminal"));
        return Exit::Usage;
    }
    let (log, log_problem) = start_log(&request.flags, &catalogue);
    let notes: Vec<_> = problems
        .iter()
        .map(|problem| problem.say(&catalogue))
        .chain(log_problem)
        .collect();
    if screen {
        let log = log.as_ref().and_then(Log::takes_warnings);
        return cockpit(notes, log, &request.flags, config, catalogue);
    }
    for note in &notes {
        say(note);
    }
    match &request.task {
        Task::Cockpit => Exit::Good,
        Task::Answer(question) => answer(*question, &request.flags, &config, &catalogue),
        Task::Act(wanted, manner) => act::act(wanted, manner, &request.flags, &config, &catalogue),
        Task::Journal(format) => journal(*format, &request.flags, &catalogue),
        Task::Bundle { wanted, output } => {
            let output = output.as_deref();
            bundle(wanted, output, &request.flags, &config, &catalogue)
        }
    }
}

fn answer(question: Question, flags: &Flags, config: &Config, catalogue: &Catalogue) -> Exit {
    let fleet = match source::resolve(&flags.connection(config)) {
        Ok(fleet) => fleet,
        Err(error) => return unconnected(&error, catalogue),
    };
    let asked = headless::Asked {
        question,
        names: flags.selected(),
        rules: &config.tenancy,
        limit: headless::limit(flags.request_timeout),
        catalogue,
    };
    let clusters = fleet.names();
    let (sender, deltas) = mpsc::channel(QUEUED);
    let kinds = [question.kinds(), question.beside()].concat();
    let answer = source::start(fleet, &kinds, Mode::Once, now, sender).and_then(|reading| {
        let answer = headless::run(&asked, clusters, deltas, now);
        reading.end();
        answer
    });
    match answer {
        Ok(answer) => answer.print(
            &mut io::stdout().lock(),
            &mut io::stderr().lock(),
            catalogue,
        ),
        Err(error) => not_started(&error, catalogue),
    }
}

fn journal(format: Format, flags: &Flags, catalogue: &Catalogue) -> Exit {
    let asked = headless::journal::Asked {
        format,
        contexts: &flags.contexts,
        names: flags.selected(),
        catalogue,
    };
    let read = config::state_directory()
        .ok_or(Fault::Directory(config::log::Fault::NoDirectory))
        .and_then(|directory| journal::read(&directory));
    headless::journal::answer(&asked, read).print(
        &mut io::stdout().lock(),
        &mut io::stderr().lock(),
        catalogue,
    )
}

fn bundle(
    wanted: &KindName,
    output: Option<&Path>,
    flags: &Flags,
    config: &Config,
    catalogue: &Catalogue,
) -> Exit {
    let destination = match Destination::new(output) {
        Ok(destination) => destination,
        Err(fault) => {
            say(&fault.say(catalogue));
            return Exit::Usage;
        }
    };
    let fleet = match source::resolve(&flags.connection(config)) {
        Ok(fleet) => fleet,
        Err(error) => return unconnected(&error, catalogue),
    };
    let asked = headless::bundle::Asked {
        wanted,
        names: flags.selected(),
        rules: &config.tenancy,
        limit: headless::limit(flags.request_timeout),
        catalogue,
    };
    let clusters = fleet.names();
    let (sender, deltas) = mpsc::channel(QUEUED);
    let made = source::start(fleet, &Kind::ALL, Mode::Watch, now, sender).and_then(|reading| {
        let (teller, told) = mpsc::channel(QUEUED);
        let ports = headless::Ports {
            deltas,
            told,
            look: |lookups: &_| reading.look(lookups, &teller),
            now,
        };
        let made = headless::bundle::run(&asked, clusters, ports);
        reading.end();
        made
    });
    match made {
        Ok(made) => hand_over(&made, &destination, catalogue),
        Err(error) => not_started(&error, catalogue),
    }
}

/// The path goes to standard output: a script may read it.
fn hand_over(made: &Outcome, destination: &Destination, catalogue: &Catalogue) -> Exit {
    let (mut out, mut notes) = (io::stdout(), io::stderr());
    let bundle = match made {
        Outcome::Made(bundle) => bundle,
        Outcome::Refused(answer) => return answer.print(&mut out, &mut notes, catalogue),
    };
    let kept = match destination.keep(&bundle.stem, &bundle.text) {
        Ok(kept) => kept,
        Err(fault) => {
            say(&fault.say(catalogue));
            return Exit::NotSeen;
        }
    };
    let path = kept.map_or_else(String::new, |it| format!("{}\n", it.display()));
    bundle.told(path).print(&mut out, &mut notes, catalogue)
}

/// The screen, until the person quits it.
fn cockpit(
    mut notes: Vec<String>,
    log: Option<&Path>,
    flags: &Flags,
    mut config: Config,
    catalogue: Catalogue,
) -> Exit {
    let fleet = match source::resolve(&flags.connection(&config)) {
        Ok(fleet) => fleet,
        Err(error) => return unconnected(&error, &catalogue),
    };
    let file = config_file(flags).unwrap_or_default();
    let slips = config.heed_slips(&file, &fleet.known);
    notes.extend(slips.iter().map(|slip| slip.say(&catalogue)));
    let clusters = fleet.names();
    let (sender, deltas) = mpsc::channel(QUEUED);
    let passage = act::passage(&config, &catalogue);
    notes.extend(passage.note);
    let mut options = dress::options(clusters, notes, log, flags, config, catalogue);
    options.guard.console = passage.known;
    let language = options.catalogue.language();
    let request_timeout = flags.request_timeout;
    let ran = source::start(fleet, &Kind::ALL, Mode::Watch, now, sender).and_then(|reading| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (teller, told) = mpsc::channel(QUEUED);
        let retry = |cluster| reading.retry(cluster);
        let look = |lookups: &_| reading.look(lookups, &teller);
        let (actor, acts) = mpsc::channel(QUEUED);
        let hands = act::Hands {
            executor: Executor::new(
                reading.links(),
                options.guard.read_only.clone(),
                Arc::new(act::OnDisk { language }),
                request_timeout,
                now,
            )
            .with_console(passage.door),
            acts: actor,
        };
        let doors = app::Doors {
            retry,
            look,
            ask: |asked| hands.ask(asked),
            execute: |execution| hands.execute(execution),
            record: |record: &Record| hands.record(record.clone()),
            recheck: |id, call| hands.recheck(id, call),
            journal: || hands.read_journal(language),
        };
        let ran = runtime.block_on(app::start(options, deltas, told, acts, doors));
        reading.end();
        ran
    });
    match ran {
        Ok(()) => Exit::Good,
        Err(error) => not_started(&error, &Catalogue::new(language)),
    }
}

/// A context that is not there was named on the command line.
fn unconnected(error: &ConnectError, catalogue: &Catalogue) -> Exit {
    say(&cli::connect_sentence(error, catalogue));
    match error {
        ConnectError::UnknownContext { .. } => Exit::Usage,
        _ => Exit::NotSeen,
    }
}

fn not_started(error: &io::Error, catalogue: &Catalogue) -> Exit {
    let detail = ("detail", error.to_string().into());
    say(&catalogue.say_with("start-failed", &[detail]));
    Exit::NotSeen
}

fn configuration(flags: &Flags) -> (Config, Vec<config::Problem>) {
    match config_file(flags) {
        Some(file) => config::read(&file, flags.config.is_some()),
        None => (Config::default(), Vec::new()),
    }
}

fn config_file(flags: &Flags) -> Option<PathBuf> {
    flags.config.clone().or_else(config::config_file)
}

/// By flag, else by configuration, else by locale.
fn language(flags: &Flags, config: &Config) -> Language {
    let flag = flags.lang.map(Language::from);
    flag.or(config.lang).unwrap_or_else(of_locale)
}

fn of_locale() -> Language {
    Language::from_locale(&sys_locale::get_locale().unwrap_or_default())
}

/// The log; complete once dropped.
struct Log {
    _guard: WorkerGuard,
    level: LevelFilter,
    file: PathBuf,
}

impl Log {
    fn takes_warnings(&self) -> Option<&Path> {
        (self.level >= LevelFilter::WARN).then_some(&self.file)
    }
}

/// A log that cannot be written is worth a word only to who asked for one.
fn start_log(flags: &Flags, catalogue: &Catalogue) -> (Option<Log>, Option<String>) {
    let variable = std::env::var("VIGIE_LOG").unwrap_or_default();
    let asked = flags.log_level.or_else(|| LogLevel::from_word(&variable));
    let level = LevelFilter::from(asked.unwrap_or_default());
    let started = config::state_directory()
        .ok_or(config::log::Fault::NoDirectory)
        .and_then(|directory| {
            Ok(Log {
                _guard: config::log::start(&directory, level)?,
                level,
                file: directory.join(config::log::FILE),
            })
        });
    match started {
        Ok(log) => (Some(log), None),
        Err(fault) => (None, asked.map(|_| fault.say(catalogue))),
    }
}

fn now() -> Moment {
    Clock::System.now().moment
}

/// On standard error; if that is closed, nobody is left to tell.
fn say(line: &str) {
    drop(writeln!(io::stderr(), "{line}"));
}
