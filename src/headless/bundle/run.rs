//! A whole run: read the clusters, find the object, look at it, write.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use super::parts::Case;
use super::write;
use crate::dossier::Dossier;
use crate::headless::answer::{Answer, Exit};
use crate::headless::find::find;
use crate::headless::kind_name::KindName;
use crate::headless::live::{Live, Ports};
use crate::headless::rows::Facts;
use crate::insight::judge;
use crate::model::{Lookup, LookupId, Moment, Text};
use crate::store::Store;
use crate::tenancy::{Places, Rules, Selection};
use crate::wording::Catalogue;

/// What was asked.
pub struct Asked<'a> {
    pub wanted: &'a KindName,
    /// Namespaces, tenants and environments; empty for all.
    pub names: &'a [String],
    pub rules: &'a Rules,
    /// For the reading of the clusters, and again for the look at the object after it; see [`crate::headless::limit`].
    pub limit: Option<Duration>,
    pub catalogue: &'a Catalogue,
}

pub enum Outcome {
    Made(Bundle),
    /// No object, or more than one, is meant.
    Refused(Answer),
}

/// The text, and what to tell who asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Of the file's name: `vigie-deployment-beta-back-20261124T031244Z`.
    pub stem: String,
    pub text: String,
    /// What could not be read, a line each.
    pub notes: Vec<String>,
    pub exit: Exit,
}

impl Bundle {
    /// What is told of it where it went.
    pub fn told(&self, path: String) -> Answer {
        Answer {
            text: path,
            notes: self.notes.clone(),
            exit: self.exit,
        }
    }
}

/// Takes what the source sends about these clusters, asks it for what it does not watch, and writes.
///
/// # Errors
/// The operating system gives no event queue.
pub fn run<Look: Fn(&BTreeMap<LookupId, Lookup>)>(
    asked: &Asked<'_>,
    clusters: Vec<Text>,
    ports: Ports<Look>,
) -> io::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let now = ports.now;
    let mut reading = Live::new(Store::new(clusters, now()), ports);
    runtime.block_on(reading.clusters(asked.limit));
    let wanted = match told(asked, &reading.store, &reading.dossier, now(), |case| {
        case.lookups()
    }) {
        Ok(wanted) => wanted,
        Err(refused) => return Ok(Outcome::Refused(refused)),
    };
    runtime.block_on(reading.lookups(&wanted, asked.limit));
    let bundle = told(
        asked,
        &reading.store,
        &reading.dossier,
        now(),
        write::bundle,
    );
    Ok(match bundle {
        Ok(bundle) => Outcome::Made(bundle),
        Err(refused) => Outcome::Refused(refused),
    })
}

/// What is told of the object that is meant, as things are known now.
pub(super) fn told<T>(
    asked: &Asked<'_>,
    store: &Store,
    dossier: &Dossier,
    now: Moment,
    tell: impl FnOnce(&Case<'_>) -> T,
) -> Result<T, Answer> {
    let places = Places::resolve(store, asked.rules);
    let judgement = judge(store, &places, now);
    let selection = Selection::new(asked.names);
    let facts = Facts {
        store,
        places: &places,
        judgement: &judgement,
        selection: &selection,
        catalogue: asked.catalogue,
        now,
    };
    let found = find(asked.wanted, &facts)?;
    Ok(tell(&Case::new(&facts, dossier, found)))
}
