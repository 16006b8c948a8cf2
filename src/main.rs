//! Wiring: arguments, configuration, language and log, then the cockpit or an answer.

mod act;
mod dress;
mod errand;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tokio::sync::mpsc;
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::WorkerGuard;

use vigie::app;
use vigie::cli::{self, Flags, LogLevel, Request, Task};
use vigie::config::{self, Config};
use vigie::headless::bundle::{Destination, Outcome};
use vigie::headless::{self, Exit, Format, KindName, Question};
use vigie::model::Kind;
use vigie::source::Mode;
use vigie::wording::{Catalogue, Language};

use errand::{Fault, QUEUED, now, print, say};

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
        let language = catalogue.language();
        let left = cockpit(notes, log, &request.flags, config, catalogue);
        return left.unwrap_or_else(|fault| fault.tell(&Catalogue::new(language)));
    }
    for note in &notes {
        say(note);
    }
    let done = match &request.task {
        Task::Cockpit => Ok(Exit::Good),
        Task::Answer(question) => answer(*question, &request.flags, &config, &catalogue),
        Task::Act(wanted, manner) => act::act(wanted, manner, &request.flags, &config, &catalogue),
        Task::Journal(format) => Ok(journal(*format, &request.flags, &catalogue)),
        Task::Bundle { wanted, output } => {
            let output = output.as_deref();
            bundle(wanted, output, &request.flags, &config, &catalogue)
        }
    };
    done.unwrap_or_else(|fault| fault.tell(&catalogue))
}

fn answer(
    question: Question,
    flags: &Flags,
    config: &Config,
    catalogue: &Catalogue,
) -> Result<Exit, Fault> {
    let fleet = errand::fleet(flags, config)?;
    let asked = headless::Asked {
        question,
        names: flags.selected(),
        rules: &config.tenancy,
        limit: headless::limit(flags.request_timeout),
        catalogue,
    };
    let clusters = fleet.names();
    let kinds = [question.kinds(), question.beside()].concat();
    let answer = errand::read(fleet, &kinds, Mode::Once, |_, deltas| {
        headless::run(&asked, clusters, deltas, now)
    })?;
    Ok(print(&answer, catalogue))
}

fn journal(format: Format, flags: &Flags, catalogue: &Catalogue) -> Exit {
    let asked = headless::journal::Asked {
        format,
        contexts: &flags.contexts,
        names: flags.selected(),
        catalogue,
    };
    print(&headless::journal::answer(&asked, act::read()), catalogue)
}

fn bundle(
    wanted: &KindName,
    output: Option<&Path>,
    flags: &Flags,
    config: &Config,
    catalogue: &Catalogue,
) -> Result<Exit, Fault> {
    let destination = match Destination::new(output) {
        Ok(destination) => destination,
        Err(fault) => {
            say(&fault.say(catalogue));
            return Ok(Exit::Usage);
        }
    };
    let fleet = errand::fleet(flags, config)?;
    let asked = headless::bundle::Asked {
        wanted,
        names: flags.selected(),
        rules: &config.tenancy,
        limit: headless::limit(flags.request_timeout),
        catalogue,
    };
    let clusters = fleet.names();
    let made = errand::read(fleet, &Kind::ALL, Mode::Watch, |reading, deltas| {
        headless::bundle::run(&asked, clusters, errand::ports(reading, deltas))
    })?;
    Ok(hand_over(&made, &destination, catalogue))
}

/// The path goes to standard output: a script may read it.
fn hand_over(made: &Outcome, destination: &Destination, catalogue: &Catalogue) -> Exit {
    let bundle = match made {
        Outcome::Made(bundle) => bundle,
        Outcome::Refused(answer) => return print(answer, catalogue),
    };
    let kept = match destination.keep(&bundle.stem, &bundle.text) {
        Ok(kept) => kept,
        Err(fault) => {
            say(&fault.say(catalogue));
            return Exit::NotSeen;
        }
    };
    let path = kept.map_or_else(String::new, |it| format!("{}\n", it.display()));
    print(&bundle.told(path), catalogue)
}

/// The screen, until the person quits it.
fn cockpit(
    mut notes: Vec<String>,
    log: Option<&Path>,
    flags: &Flags,
    mut config: Config,
    catalogue: Catalogue,
) -> Result<Exit, Fault> {
    let fleet = errand::fleet(flags, &config)?;
    let file = config_file(flags).unwrap_or_default();
    let slips = config.heed_slips(&file, &fleet.known);
    notes.extend(slips.iter().map(|slip| slip.say(&catalogue)));
    let clusters = fleet.names();
    let passage = act::passage(&config, &catalogue);
    notes.extend(passage.note);
    let mut options = dress::options(clusters, notes, log, flags, config, catalogue);
    options.guard.console = passage.known;
    let language = options.catalogue.language();
    errand::read(fleet, &Kind::ALL, Mode::Watch, |reading, deltas| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (teller, told) = mpsc::channel(QUEUED);
        let (actor, acts) = mpsc::channel(QUEUED);
        let hands = act::Hands {
            reading,
            teller,
            executor: act::executor(reading, &options.guard, passage.door, language, flags),
            acts: actor,
            language,
        };
        runtime.block_on(app::start(options, deltas, told, acts, hands))
    })?;
    Ok(Exit::Good)
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
