//! The command line, in kubectl's spelling. Flags may stand before or after the subcommand; repeated ones add up.

mod connect;
mod duration;
mod help;
#[cfg(test)]
mod tests;
mod usage;

pub use connect::connect_sentence;
pub use duration::parse_timeout;
pub use usage::sentence;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use tracing::level_filters::LevelFilter;

use crate::config::Config;
use crate::headless::KindName;
use crate::headless::act::{Doing, Manner, PlanFormat, Wanted};
use crate::headless::{Format, Listing, Question};
use crate::source::Options;
use crate::wording::{Catalogue, Language};

#[derive(Debug, Parser)]
#[command(
    name = "vigie",
    version,
    disable_help_subcommand = true,
    args_override_self = false
)]
struct CommandLine {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Given>,
}

#[derive(Debug, Subcommand)]
enum Given {
    Get {
        listing: Listing,
        #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
        output: Format,
        #[command(flatten)]
        flags: Flags,
    },
    Status {
        #[command(flatten)]
        flags: Flags,
    },
    Journal {
        #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
        output: Format,
        #[command(flatten)]
        flags: Flags,
    },
    Bundle {
        #[arg(value_name = "KIND/NAME", value_parser = object)]
        object: KindName,
        #[arg(short = 'o', long = "output", value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        flags: Flags,
    },
    Rollback {
        #[arg(value_name = "KIND/NAME", value_parser = object)]
        object: KindName,
        #[arg(long, value_name = "N")]
        to_revision: Option<u64>,
        #[arg(long)]
        lasting: bool,
        #[command(flatten)]
        act: ActFlags,
        #[command(flatten)]
        flags: Flags,
    },
    Scale {
        #[arg(value_name = "KIND/NAME", value_parser = object)]
        object: KindName,
        #[arg(long, value_name = "N")]
        replicas: u32,
        #[arg(long)]
        lasting: bool,
        #[command(flatten)]
        act: ActFlags,
        #[command(flatten)]
        flags: Flags,
    },
    Restart(ActOn),
    Pause(ActOn),
    Resume(ActOn),
    Sync {
        #[arg(value_name = "KIND/NAME", value_parser = object)]
        object: KindName,
        #[arg(long)]
        prune: bool,
        #[arg(long)]
        argo_dry_run: bool,
        #[command(flatten)]
        act: ActFlags,
        #[command(flatten)]
        flags: Flags,
    },
    Promote {
        #[arg(value_name = "KIND/NAME", value_parser = object)]
        object: KindName,
        #[arg(long)]
        full: bool,
        #[command(flatten)]
        act: ActFlags,
        #[command(flatten)]
        flags: Flags,
    },
    Abort(ActOn),
    Retry(ActOn),
    Undo {
        #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
        id: Option<String>,
        #[command(flatten)]
        act: ActFlags,
        #[command(flatten)]
        flags: Flags,
    },
}

/// What every command takes that acts on one object and needs no more.
#[derive(Debug, Args)]
struct ActOn {
    #[arg(value_name = "KIND/NAME", value_parser = object)]
    object: KindName,
    #[command(flatten)]
    act: ActFlags,
    #[command(flatten)]
    flags: Flags,
}

/// What every command takes that acts.
#[derive(Debug, Args)]
struct ActFlags {
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    yes: bool,
    #[arg(long, value_name = "TENANT/ENV", value_parser = NonEmptyStringValueParser::new())]
    confirm: Option<String>,
    #[arg(long, value_name = "TEXT", default_value_t, hide_default_value = true)]
    reason: String,
    #[arg(long)]
    wait: bool,
    #[arg(
        short = 'o',
        long = "output",
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    plan: PlanFormat,
}

impl From<ActFlags> for Manner {
    fn from(flags: ActFlags) -> Self {
        Self {
            dry_run: flags.dry_run,
            yes: flags.yes,
            confirm: flags.confirm,
            reason: flags.reason,
            wait: flags.wait,
            format: flags.plan,
        }
    }
}

/// What is wrong with one is said in [`sentence`].
fn object(text: &str) -> Result<KindName, &'static str> {
    text.parse().map_err(|_| "no object")
}

/// What every command takes. The words of `--help` are in the catalogue, by the names of these fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct Flags {
    #[arg(long = "context", value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub contexts: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
    #[arg(short = 'n', long = "namespace", value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub namespaces: Vec<String>,
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,
    #[arg(long = "as", value_name = "USER", value_parser = NonEmptyStringValueParser::new())]
    pub impersonate: Option<String>,
    #[arg(long = "as-group", value_name = "GROUP", value_parser = NonEmptyStringValueParser::new())]
    pub impersonate_groups: Vec<String>,
    #[arg(long)]
    pub read_only: bool,
    #[arg(long, value_name = "TIME", value_parser = duration::parse_timeout, allow_hyphen_values = true)]
    pub request_timeout: Option<Duration>,
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub theme: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, value_name = "LEVEL")]
    pub log_level: Option<LogLevel>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    En,
    Fr,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Language::English,
            Lang::Fr => Language::French,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    Off,
    Error,
    #[default]
    Warn,
    Info,
    Debug,
    Trace,
}

/// A command line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub task: Task,
    pub flags: Flags,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Open the screen.
    Cockpit,
    Answer(Question),
    /// What was done from this machine.
    Journal(Format),
    Bundle {
        wanted: KindName,
        /// Where to; None for a name of ours.
        output: Option<PathBuf>,
    },
    Act(Wanted, Manner),
}

fn doing(object: KindName, doing: Doing, act: ActFlags, flags: Flags) -> (Task, Flags) {
    (Task::Act(Wanted::Do(object, doing), act.into()), flags)
}

/// The language that a command line asks for, before it is understood: help and complaints are in it too.
pub fn language(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|it| it.to_str());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        let lang = value.and_then(|it| <Lang as ValueEnum>::from_str(it, false).ok());
        if let Some(lang) = lang {
            return Some(lang.into());
        }
    }
    None
}

/// Reads the arguments, the program's name first. The error is help or version asked for, or what is wrong: see [`sentence`].
pub fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    catalogue: &Catalogue,
) -> Result<Request, clap::Error> {
    let command = help::worded(CommandLine::command(), catalogue);
    let matches = command.try_get_matches_from(arguments)?;
    let CommandLine { flags, command } = CommandLine::from_arg_matches(&matches)?;
    let (task, more) = match command {
        None => (Task::Cockpit, Flags::default()),
        Some(Given::Get {
            listing,
            output,
            flags,
        }) => (Task::Answer(Question::Get(listing, output)), flags),
        Some(Given::Status { flags }) => (Task::Answer(Question::Status), flags),
        Some(Given::Journal { output, flags }) => (Task::Journal(output), flags),
        Some(Given::Bundle {
            object: wanted,
            file: output,
            flags,
        }) => (Task::Bundle { wanted, output }, flags),
        Some(Given::Rollback {
            object,
            to_revision: to,
            lasting,
            act,
            flags,
        }) => doing(object, Doing::RollBack { to, lasting }, act, flags),
        Some(Given::Scale {
            object,
            replicas: to,
            lasting,
            act,
            flags,
        }) => doing(object, Doing::Scale { to, lasting }, act, flags),
        Some(Given::Restart(it)) => doing(it.object, Doing::Restart, it.act, it.flags),
        Some(Given::Pause(it)) => doing(it.object, Doing::Pause, it.act, it.flags),
        Some(Given::Resume(it)) => doing(it.object, Doing::Resume, it.act, it.flags),
        Some(Given::Sync {
            object,
            prune,
            argo_dry_run: false,
            act,
            flags,
        }) => doing(object, Doing::Sync { prune }, act, flags),
        Some(Given::Sync {
            object,
            prune,
            argo_dry_run: true,
            act,
            flags,
        }) => doing(object, Doing::SyncDryRun { prune }, act, flags),
        Some(Given::Promote {
            object,
            full,
            act,
            flags,
        }) => doing(object, Doing::Promote { full }, act, flags),
        Some(Given::Abort(it)) => doing(it.object, Doing::Abort, it.act, it.flags),
        Some(Given::Retry(it)) => doing(it.object, Doing::Retry, it.act, it.flags),
        Some(Given::Undo { id, act, flags }) => (Task::Act(Wanted::Undo(id), act.into()), flags),
    };
    let flags = flags.and(more);
    if flags.impersonate.is_none() && !flags.impersonate_groups.is_empty() {
        let mut error = clap::Error::new(ErrorKind::MissingRequiredArgument);
        error.insert(
            ContextKind::InvalidArg,
            ContextValue::Strings(vec!["--as <USER>".to_owned()]),
        );
        return Err(error);
    }
    Ok(Request { task, flags })
}

impl LogLevel {
    /// As `VIGIE_LOG` has it; None for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        <Self as ValueEnum>::from_str(word, true).ok()
    }
}

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Off => LevelFilter::OFF,
            LogLevel::Error => LevelFilter::ERROR,
            LogLevel::Warn => LevelFilter::WARN,
            LogLevel::Info => LevelFilter::INFO,
            LogLevel::Debug => LevelFilter::DEBUG,
            LogLevel::Trace => LevelFilter::TRACE,
        }
    }
}

impl Flags {
    /// The names that rows must have; none under `-A`.
    pub fn selected(&self) -> &[String] {
        if self.all_namespaces {
            &[]
        } else {
            &self.namespaces
        }
    }

    /// What the clusters are read with. A name with a slash is no namespace.
    pub fn connection(&self, config: &Config) -> Options {
        Options {
            kubeconfig: self.kubeconfig.clone(),
            contexts: self.contexts.clone(),
            namespaces: self.selected().to_vec(),
            all_namespaces: self.all_namespaces,
            context_namespaces: config
                .contexts
                .iter()
                .map(|(name, context)| (name.clone(), context.namespaces.clone()))
                .collect(),
            impersonate: self.impersonate.clone(),
            impersonate_groups: self.impersonate_groups.clone(),
            request_timeout: self.request_timeout,
        }
    }

    /// Flags of the program, then those of the subcommand: lists add up, the later single value wins.
    fn and(mut self, later: Flags) -> Self {
        self.contexts.extend(later.contexts);
        self.namespaces.extend(later.namespaces);
        self.impersonate_groups.extend(later.impersonate_groups);
        Self {
            kubeconfig: later.kubeconfig.or(self.kubeconfig),
            all_namespaces: self.all_namespaces || later.all_namespaces,
            impersonate: later.impersonate.or(self.impersonate),
            read_only: self.read_only || later.read_only,
            request_timeout: later.request_timeout.or(self.request_timeout),
            lang: later.lang.or(self.lang),
            theme: later.theme.or(self.theme),
            config: later.config.or(self.config),
            log_level: later.log_level.or(self.log_level),
            ..self
        }
    }
}
