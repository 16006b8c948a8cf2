//! What is printed, and the exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::incomplete::Incomplete;
use super::question::Format;
use super::rows::Facts;
use super::table::one_line;
use crate::wording::Catalogue;

/// What a script reads from the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was read and, for `status`, nothing needs a human.
    Good = 0,
    /// Something needs a human; of a command that acts, it was refused or failed.
    Amiss = 1,
    Usage = 2,
    /// Something that had to be seen was not.
    NotSeen = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// For standard output.
    pub text: String,
    /// For standard error, a line each.
    pub notes: Vec<String>,
    pub exit: Exit,
}

#[derive(Serialize)]
struct Document<Row> {
    items: Vec<Row>,
    incomplete: Vec<Incomplete>,
}

pub(super) fn get<Row: Serialize>(
    items: Vec<Row>,
    incomplete: Vec<Incomplete>,
    format: Format,
    facts: &Facts<'_>,
    to_table: impl FnOnce(&[Row]) -> String,
) -> Answer {
    let exit = if incomplete.is_empty() {
        Exit::Good
    } else {
        Exit::NotSeen
    };
    if format.is_document() {
        return match to_document(&Document { items, incomplete }, format) {
            Ok(text) => Answer {
                text,
                notes: Vec::new(),
                exit,
            },
            Err(detail) => Answer {
                text: String::new(),
                notes: vec![unwritten(&detail, facts.catalogue)],
                exit: Exit::NotSeen,
            },
        };
    }
    let mut notes: Vec<_> = incomplete
        .iter()
        .map(|it| it.say(facts.catalogue))
        .collect();
    let text = if items.is_empty() {
        let nothing = match exit {
            Exit::Good => "get-nothing",
            _ => "get-nothing-seen",
        };
        notes.insert(0, facts.catalogue.say(nothing));
        String::new()
    } else {
        to_table(&items)
    };
    Answer { text, notes, exit }
}

pub(super) fn to_document(document: &impl Serialize, format: Format) -> Result<String, String> {
    let mut text = match format {
        Format::Yaml => serde_saphyr::to_string(document).map_err(|error| error.to_string())?,
        _ => serde_json::to_string_pretty(document).map_err(|error| error.to_string())?,
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

pub(super) fn unwritten(detail: &str, catalogue: &Catalogue) -> String {
    catalogue.say_with("get-unwritten", &[("detail", detail.to_owned().into())])
}

impl Answer {
    /// Writes it out. A reader that closed the pipe has what it wanted.
    pub fn print(
        &self,
        output: &mut impl Write,
        notes: &mut impl Write,
        catalogue: &Catalogue,
    ) -> Exit {
        let written = output
            .write_all(self.text.as_bytes())
            .and_then(|()| output.flush());
        for note in &self.notes {
            // Nobody is left to tell.
            drop(writeln!(notes, "{}", one_line(note)));
        }
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                drop(writeln!(
                    notes,
                    "{}",
                    unwritten(&error.to_string(), catalogue)
                ));
                Exit::NotSeen
            }
            _ => self.exit,
        }
    }
}
