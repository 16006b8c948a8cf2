//! A whole run: read, judge, answer.

use std::io;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;

use super::answer::Answer;
use super::question::Question;
use super::reading::read;
use super::reply::answer;
use super::rows::Facts;
use crate::insight::judge;
use crate::model::{Delta, Moment, Text};
use crate::tenancy::{Places, Rules, Selection};
use crate::wording::Catalogue;

/// What a script asked.
pub struct Asked<'a> {
    pub question: Question,
    /// Namespaces, tenants and environments; empty for all.
    pub names: &'a [String],
    pub rules: &'a Rules,
    /// For the whole reading; see [`super::limit`].
    pub limit: Option<Duration>,
    pub catalogue: &'a Catalogue,
}

/// Takes what the source sends about these clusters and answers from it.
///
/// # Errors
/// The operating system gives no event queue.
pub fn run(
    asked: &Asked<'_>,
    clusters: Vec<Text>,
    mut deltas: Receiver<Vec<Delta>>,
    now: fn() -> Moment,
) -> io::Result<Answer> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let store = runtime.block_on(read(clusters, &mut deltas, asked.limit, now));
    let now = now();
    let places = Places::resolve(&store, asked.rules);
    let judgement = judge(&store, &places, now);
    let selection = Selection::new(asked.names);
    let facts = Facts {
        store: &store,
        places: &places,
        judgement: &judgement,
        selection: &selection,
        catalogue: asked.catalogue,
        now,
    };
    Ok(answer(asked.question, &facts))
}
