//! What open views ask beyond the watches: each is read from when it is asked for until it is not any more.

mod events;
mod log;
mod object;
mod table;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::FutureExt;
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};

use super::backoff::Backoff;
use super::connection::{self, Failure};
use super::feed::Stop;
use super::session::{Session, asked_again};
use crate::model::{Lack, LookupId, Problem, Text, Told, Verb, Wanted};

/// A part of the answer to a lookup.
pub type Answer = (LookupId, Vec<Told>);

/// Between two tries of what is denied or not there.
const SELDOM: Duration = Duration::from_mins(1);
/// The longest wait while the link itself lives.
const PATIENCE: Duration = Duration::from_secs(10);

/// All that is asked of a cluster now, and where it is told.
#[derive(Clone, Default)]
pub(super) struct Asked {
    pub(super) lookups: BTreeMap<LookupId, Wanted>,
    pub(super) told: Option<mpsc::Sender<Answer>>,
}

/// Runs what is asked for, as long as it is.
pub(super) async fn keep(
    session: watch::Receiver<Option<Arc<Session>>>,
    retry: watch::Receiver<u64>,
    mut asked: watch::Receiver<Asked>,
) {
    let mut running: BTreeMap<LookupId, AbortHandle> = BTreeMap::new();
    let mut tasks = JoinSet::new();
    loop {
        let now = asked.borrow_and_update().clone();
        running.retain(|id, task| {
            let wanted = now.lookups.contains_key(id);
            if !wanted {
                task.abort();
            }
            wanted
        });
        for (id, wanted) in now.lookups {
            let Some(told) = now.told.clone() else { break };
            running.entry(id).or_insert_with(|| {
                let lookup = LookupTask {
                    teller: Teller { id, told },
                    session: session.clone(),
                    retry: retry.clone(),
                };
                tasks.spawn(lookup.run(wanted))
            });
        }
        tokio::select! {
            changed = asked.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            Some(_) = tasks.join_next() => {}
        }
    }
}

/// Where the answer of one lookup goes.
#[derive(Clone)]
struct Teller {
    id: LookupId,
    told: mpsc::Sender<Answer>,
}

impl Teller {
    async fn tell(&self, told: Vec<Told>) -> Result<(), Stop> {
        if told.is_empty() {
            return Ok(());
        }
        let sent = self.told.send((self.id, told)).await;
        sent.map_err(|_| Stop::Closed)
    }
}

/// With the right that the request asked for.
fn needing(right: Right, stop: Stop) -> End {
    match stop {
        Stop::Closed | Stop::SessionChanged => End::Unheard,
        Stop::Failed(failure) => End::Failed { failure, right },
    }
}

struct LookupTask {
    teller: Teller,
    session: watch::Receiver<Option<Arc<Session>>>,
    retry: watch::Receiver<u64>,
}

/// Why one reading came to its end.
enum End {
    Unheard,
    /// The server ended the stream, as it does now and then.
    Over,
    /// There is nothing new, and there may be later.
    Quiet,
    Failed {
        failure: Failure,
        right: Right,
    },
}

/// The right that a request needs.
type Right = (Verb, Text);

impl LookupTask {
    /// Reads until it is aborted.
    async fn run(mut self, wanted: Wanted) {
        let mut backoff = Backoff::default();
        let mut place = log::Place::default();
        loop {
            let session = match self.session.wait_for(Option::is_some).await {
                Ok(session) => session.clone(),
                Err(_) => return,
            };
            let Some(session) = session else { continue };
            let number = session.number;
            let end = tokio::select! {
                biased;
                _ = self.session.wait_for(|now| now.as_ref().is_none_or(|now| now.number != number)) => {
                    backoff = Backoff::default();
                    continue;
                }
                end = AssertUnwindSafe(once(&session, &wanted, &mut place, &self.teller)).catch_unwind() => end,
            };
            let (failure, right) = match end.unwrap_or_else(|_| bug()) {
                End::Unheard => return,
                End::Over => {
                    backoff = Backoff::default();
                    self.pause(backoff.next()).await;
                    continue;
                }
                End::Quiet => {
                    self.pause(backoff.next().min(PATIENCE)).await;
                    continue;
                }
                End::Failed { failure, right } => (failure, right),
            };
            let (lack, wait) = lack(failure, right, &mut backoff);
            if let Some(lack) = lack
                && self.teller.tell(vec![Told::Lack(lack)]).await.is_err()
            {
                return;
            }
            self.pause(wait).await;
        }
    }

    /// Waits, but no longer than until the person asks again or the session changes.
    async fn pause(&mut self, wait: Duration) {
        self.retry.mark_unchanged();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = asked_again(&mut self.retry) => {}
            _ = self.session.changed() => {}
        }
    }
}

/// The server ends a watch after this many seconds; a silent one is dead a little later.
const WATCH_SECONDS: u64 = 290;
const SILENCE: Duration = Duration::from_secs(WATCH_SECONDS + 15);

/// What a watch from that version asks.
fn watch_query(from: &str) -> String {
    format!(
        "watch=1&resourceVersion={from}&allowWatchBookmarks=true&timeoutSeconds={WATCH_SECONDS}"
    )
}

/// A label selector, as it stands in a query.
fn labelled(labels: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(labels.as_bytes()).collect();
    format!("labelSelector={encoded}")
}

/// A field selector, as it stands in a query.
fn selector(terms: &[(&str, &str)]) -> String {
    let terms: Vec<_> = terms
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let terms = terms.join(",");
    let encoded: String = form_urlencoded::byte_serialize(terms.as_bytes()).collect();
    format!("fieldSelector={encoded}")
}

async fn chunk(
    session: &Session,
    answer: &mut connection::Answer,
) -> Result<Option<Bytes>, Problem> {
    let chunk = answer.chunk().await?;
    session.heard();
    Ok(chunk)
}

/// `place` is where the reading of a log stands.
async fn once(session: &Session, wanted: &Wanted, place: &mut log::Place, teller: &Teller) -> End {
    let (kind, namespace, told) = match wanted {
        Wanted::Events(about) => return events::read(session, about, teller).await,
        Wanted::Object(object) => return object::read(session, object, teller).await,
        Wanted::Log(of) => return log::read(session, of, place, teller).await,
        Wanted::Table { kind, namespace } => (kind, namespace, table::Part::Cells),
        Wanted::Objects { kind, namespace } => (kind, namespace, table::Part::Whole),
        Wanted::Labelled {
            kind,
            namespace,
            labels,
        } => (kind, namespace, table::Part::Metadata(labels)),
    };
    let of = table::Of {
        kind,
        namespace,
        told,
    };
    table::read(session, &of, teller).await
}

/// One of ours, told like any other failure.
fn bug() -> End {
    End::Failed {
        failure: Problem::Bug.into(),
        right: (Verb::Get, Text::default()),
    }
}

/// What a failure means to who asked, and how long to wait before the next try.
fn lack(
    failure: Failure,
    (verb, resource): Right,
    backoff: &mut Backoff,
) -> (Option<Lack>, Duration) {
    match failure {
        Failure::Denied => (Some(Lack::Denied { verb, resource }), SELDOM),
        Failure::Absent => (Some(Lack::Absent), SELDOM),
        // What follows is told from the start.
        Failure::Expired => (None, backoff.next().min(PATIENCE)),
        Failure::Problem(problem, wait) => {
            let own = backoff.next().min(PATIENCE);
            let wait = wait.map_or(own, |asked| asked.clamp(own, SELDOM));
            (Some(Lack::Failed(problem)), wait)
        }
    }
}
