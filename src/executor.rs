//! Sends what was planned, and nothing else: each request once, each write journaled before and after, none past the gate.

mod console;
mod send;

pub use console::{Console, Fault};
pub use send::reply;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::action::{
    Answer, Call, Door, Executed, Execution, Record, Refusal, Refused, Reply, Unsent, answer,
};
use crate::model::{ClusterId, Moment};
use crate::source::Links;

/// A write without an answer after this long is unknown.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same of the console, which answers once the platform's services are told; what stands before it seldom waits longer.
const CONSOLE_PATIENCE: Duration = Duration::from_secs(55);

/// Where records go. It may wait for the disk.
pub trait Ledger: Send + Sync + 'static {
    /// # Errors
    /// The record is not kept.
    fn keep(&self, record: &Record) -> io::Result<()>;
}

/// The one way out. Clones share the gate and the journal.
#[derive(Clone)]
pub struct Executor {
    links: Links,
    /// Clusters to which nothing is written, whoever asks: the one gate.
    read_only: Arc<BTreeSet<ClusterId>>,
    ledger: Arc<dyn Ledger>,
    /// None where none is configured, or no token for it.
    console: Option<Arc<Console>>,
    patience: Duration,
    now: fn() -> Moment,
}

impl Executor {
    pub fn new(
        links: Links,
        read_only: BTreeSet<ClusterId>,
        ledger: Arc<dyn Ledger>,
        request_timeout: Option<Duration>,
        now: fn() -> Moment,
    ) -> Self {
        let asked = request_timeout.filter(|bound| !bound.is_zero());
        Self {
            links,
            read_only: Arc::new(read_only),
            ledger,
            console: None,
            patience: asked.map_or(PATIENCE, |bound| bound.min(PATIENCE)),
            now,
        }
    }

    #[must_use]
    pub fn with_console(self, console: Option<Console>) -> Self {
        Self {
            console: console.map(Arc::new),
            ..self
        }
    }

    /// Runs the work beside the reading of the clusters.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.links.spawn(work);
    }

    /// One question: reading, a dry run, a review.
    pub async fn ask(&self, call: &Call) -> Reply {
        if call.writes() {
            // Only what was confirmed is written.
            return Reply::NotSent(Unsent::ReadOnly);
        }
        self.send(call, None).await
    }

    /// Writes what was confirmed, step by step; the next only once the server took the one before. With what came of it the
    /// records of the answers, as they are written down.
    pub async fn execute(&self, execution: &Execution) -> (Executed, Vec<Answer>) {
        let intent = &execution.intent;
        let mut answers = Vec::new();
        if execution.calls.iter().any(|it| self.is_shut(it)) {
            let shut = vec![Reply::NotSent(Unsent::ReadOnly)];
            return (Executed::Answered(shut), answers);
        }
        let record = Record::Intent(Box::new(intent.clone()));
        if let Err(error) = self.keep(record).await {
            return (Executed::NotJournaled(error.to_string()), answers);
        }
        let mut replies: Vec<Reply> = Vec::new();
        for (call, sent) in execution.calls.iter().zip(&intent.sends) {
            let reply = self.send(call, Some(&sent.audit_id)).await;
            let answer = answer(&intent.id, &sent.audit_id, &reply, (self.now)());
            answers.push(answer.clone());
            if let Err(error) = self.keep(Record::Answer(answer)).await {
                // What was sent is sent: at the next start it counts as unknown, and is read again.
                tracing::warn!(id = %intent.id.0, %error, "answer not journaled");
            }
            let accepted = reply.accepted().is_some();
            replies.push(reply);
            if !accepted {
                break;
            }
        }
        // A `test` that fails gives no cause, a precondition only its own. Once a step was taken, the object moved by our hand.
        let refused = match &replies[..] {
            [only] => only.refused(),
            _ => None,
        };
        if refused.is_some_and(|it| matches!(it.code, 409 | 422))
            && let Some(refusal) = self.explained(execution).await
        {
            return (Executed::Refused(Box::new(refusal)), answers);
        }
        (Executed::Answered(replies), answers)
    }

    async fn explained(&self, execution: &Execution) -> Option<Refusal> {
        let mut replies = Vec::new();
        for (need, call) in &execution.rereads {
            replies.push((need.clone(), self.send(call, None).await));
        }
        execution.explained(&replies)
    }

    /// # Errors
    /// The record is not kept.
    pub async fn keep(&self, record: Record) -> io::Result<()> {
        let ledger = Arc::clone(&self.ledger);
        let kept = tokio::task::spawn_blocking(move || ledger.keep(&record)).await;
        kept.unwrap_or_else(|error| Err(io::Error::other(error)))
    }

    fn is_shut(&self, call: &Call) -> bool {
        call.writes() && self.read_only.contains(&call.cluster)
    }

    async fn send(&self, call: &Call, audit_id: Option<&str>) -> Reply {
        // The gate stands here too: whatever leads here, a write to such a cluster does not leave.
        if self.is_shut(call) {
            return Reply::NotSent(Unsent::ReadOnly);
        }
        if call.door == Door::Console {
            return self.send_to_console(call).await;
        }
        let request = send::request(call, audit_id);
        let sent = self.links.send(call.cluster, request, self.patience).await;
        reply(sent)
    }

    /// What keeps no versions is read once more, and written only while it is as it was seen.
    async fn send_to_console(&self, call: &Call) -> Reply {
        let Some(console) = self.console.as_ref() else {
            return Reply::NotSent(Unsent::NoConsole);
        };
        if let Some(seen) = &call.seen {
            let read = seen.call(call.cluster);
            let read = reply(console.send(&read, self.patience).await);
            match read {
                Reply::Accepted(list) if seen.stands(&list) => {}
                Reply::Accepted(_) => return Reply::Refused(moved()),
                Reply::Unknown(problem) => return Reply::NotSent(Unsent::Problem(problem)),
                read => return coded(read),
            }
        }
        let patience = if call.writes() {
            CONSOLE_PATIENCE
        } else {
            self.patience
        };
        coded(reply(console.send(call, patience).await))
    }
}

/// What stands before it may refuse without a word.
fn coded(reply: Reply) -> Reply {
    match reply {
        Reply::Refused(it) if it.message.is_empty() => Reply::Refused(Refused {
            message: format!("HTTP {}", it.code).as_str().into(),
            ..it
        }),
        reply => reply,
    }
}

/// As an API server would name it.
fn moved() -> Refused {
    Refused {
        code: 409,
        reason: "Conflict".into(),
        message: "Conflict".into(),
        warnings: Vec::new(),
    }
}
