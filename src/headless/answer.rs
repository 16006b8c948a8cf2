//! From a question and the facts to what is printed and the exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::incomplete::{Incomplete, incomplete};
use super::question::{Format, Listing, Question};
use super::rows::{Facts, change, deployment, finding, tenant};
use super::{status, table::one_line};
use crate::insight::is_off;
use crate::store::Cluster;
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

/// Answers from what was read.
pub fn answer(question: Question, facts: &Facts<'_>) -> Answer {
    let mut unseen = incomplete(facts.store, question.kinds(), facts.catalogue);
    let unmatched = facts.selection.unmatched(facts.store, facts.places);
    unseen.extend(unmatched.into_iter().map(|name| Incomplete {
        cluster: None,
        what: name.to_owned(),
        reason: facts.catalogue.say("unseen-no-such-name"),
    }));
    let mut answer = match question {
        Question::Status => status::answer(facts, &unseen),
        Question::Get(listing, format) => list(listing, format, unseen, facts),
    };
    answer.notes.extend(clocks_off(facts));
    answer
}

/// Ages are by the cluster's clock: who compares them with another must know.
fn clocks_off(facts: &Facts<'_>) -> impl Iterator<Item = String> {
    let off = |cluster: &&Cluster| is_off(cluster.skew());
    facts.store.clusters().filter(off).map(|cluster| {
        let arguments = [
            ("cluster", cluster.name().as_str().into()),
            ("seconds", cluster.skew().abs().into()),
        ];
        facts.catalogue.say_with("notice-clock", &arguments)
    })
}

fn list(listing: Listing, format: Format, unseen: Vec<Incomplete>, facts: &Facts<'_>) -> Answer {
    let wide = format == Format::Wide;
    match listing {
        Listing::Tenants => get(tenant::of(facts), unseen, format, facts, |rows| {
            tenant::to_table(rows, wide, facts)
        }),
        Listing::Deployments => get(deployment::of(facts), unseen, format, facts, |rows| {
            deployment::to_table(rows, wide, facts)
        }),
        Listing::Findings => get(finding::of(facts), unseen, format, facts, |rows| {
            finding::to_table(rows, wide, facts)
        }),
        Listing::Changes => {
            let mut answer = get(change::of(facts), unseen, format, facts, |rows| {
                change::to_table(rows, wide, facts)
            });
            if !format.is_document() {
                answer.notes.push(facts.catalogue.say("changes-read-once"));
            }
            answer
        }
    }
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
