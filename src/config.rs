//! `config.toml`, never required. What is wrong in it is told with file, line and suggestion, all at once; the rest counts.

mod directories;
mod document;
pub mod log;
mod problem;
mod tenancy;
#[cfg(test)]
mod tests;

pub use directories::{config_file, state_directory};
pub use problem::{Fault, Problem};

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::tenancy::Rules;
use crate::wording::Language;

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

/// Reads the file. One that `required` does not name may be missing.
///
/// A file that cannot be read whole may have asked for read-only: then it counts as asked.
pub fn read(file: &Path, required: bool) -> (Config, Vec<Problem>) {
    match text_of(file) {
        Ok(text) => parse(&text, file),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !required => {
            (Config::default(), Vec::new())
        }
        Err(error) => {
            let problem = Problem {
                file: file.to_owned(),
                line: None,
                fault: Fault::Unreadable(error.to_string()),
            };
            let config = Config {
                read_only: true,
                ..Config::default()
            };
            (config, vec![problem])
        }
    }
}

fn text_of(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = File::open(file)?
        .take(LARGEST + 1)
        .read_to_string(&mut text)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "over 1 MiB"));
    }
    Ok(text)
}

/// The configuration in the text of `file`, with everything that is wrong in it, in the order of its lines.
pub fn parse(text: &str, file: &Path) -> (Config, Vec<Problem>) {
    document::read(text, file)
}
