//! `config.toml`, never required. What is wrong in it is told with file, line and suggestion, all at once; the rest counts.

mod console;
mod directories;
mod document;
mod guards;
pub mod log;
mod problem;
mod saved;
mod tenancy;
#[cfg(test)]
mod tests;

pub use console::{Console, Token};
pub use directories::{config_file, from_home, state_directory};
pub use problem::{Counts, Problem};
pub use saved::save;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::action::{Freeze, Protection};
use crate::datafile::{self, Fault};
use crate::tenancy::Rules;
use crate::wording::Language;
use crate::wording::closest;

/// A configuration is a page or two; a larger file is the wrong one.
const LARGEST: u64 = 1 << 20;

#[derive(Clone, Debug, Default)]
pub struct Config {
    pub lang: Option<Language>,
    /// Never write, to any cluster.
    pub read_only: bool,
    /// By kubeconfig context.
    pub contexts: BTreeMap<String, Context>,
    pub tenancy: Rules,
    pub freezes: Vec<Freeze>,
    /// Where the name is asked for, whatever the class.
    pub protected: Vec<Protection>,
    /// That of the platform, through which some of what is done lasts.
    pub console: Option<Console>,
    /// Names; whether they exist is for who loads them to say.
    pub theme: Option<String>,
    pub keymap: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    pub read_only: bool,
    /// What to watch there for a person who may not list namespaces.
    pub namespaces: Vec<String>,
}

impl Config {
    /// A context that is read-only and not `known`, one of a kubeconfig, may be a slip for one that is: that one then counts as
    /// read-only, too.
    pub fn heed_slips(&mut self, file: &Path, known: &[String]) -> Vec<Problem> {
        let is_known = |name: &String| known.contains(name);
        let wished = self.contexts.iter().filter(|(_, it)| it.read_only);
        let slips = wished.filter(|(name, _)| !is_known(name));
        let likely = slips.filter_map(|(name, _)| {
            let likely = closest(name, known.iter().map(String::as_str))?;
            Some((name.clone(), likely.to_owned()))
        });
        let mut problems = Vec::new();
        for (name, likely) in likely.collect::<Vec<_>>() {
            self.contexts.entry(likely.clone()).or_default().read_only = true;
            let fault = Fault::Unknown {
                name: format!("contexts.{name:?}"),
                likely: Some(likely.clone()),
            };
            let file = file.display().to_string();
            problems.push(Problem {
                found: datafile::Problem {
                    file,
                    line: None,
                    fault,
                },
                counts: Some(Counts::ReadOnlyIn(likely)),
            });
        }
        problems
    }
}

/// Reads the file. One that `required` does not name may be missing.
///
/// A file that cannot be read whole may have asked for read-only: then it counts as asked.
pub fn read(file: &Path, required: bool) -> (Config, Vec<Problem>) {
    let opened = match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !required => {
            return (Config::default(), Vec::new());
        }
        opened => opened.map_err(|error| Fault::Unreadable(error.to_string())),
    };
    match opened.and_then(text_of) {
        Ok(text) => parse(&text, file),
        Err(fault) => {
            let found = datafile::Problem {
                file: file.display().to_string(),
                line: None,
                fault,
            };
            let problem = Problem {
                found,
                counts: Some(Counts::ReadOnly),
            };
            let config = Config {
                read_only: true,
                ..Config::default()
            };
            (config, vec![problem])
        }
    }
}

/// The text of a file that the configuration names.
///
/// # Errors
/// It cannot be read, is no text, or is far larger than what it is for.
pub fn text_in(file: &Path) -> Result<String, Fault> {
    let opened = File::open(file).map_err(|error| Fault::Unreadable(error.to_string()))?;
    text_of(opened)
}

fn text_of(file: File) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::Unreadable(error.to_string()))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
        return Err(Fault::TooLarge {
            mebibytes: LARGEST >> 20,
        });
    }
    String::from_utf8(bytes).map_err(|_| Fault::NotText)
}

/// The configuration in the text of `file`, with everything that is wrong in it, in the order of its lines.
pub fn parse(text: &str, file: &Path) -> (Config, Vec<Problem>) {
    document::read(text, &file.display().to_string())
}
