//! The link to one API server: credentials, signs of life, what is served; a session for the feeds while it is good.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::Mode;
use super::connection::Connection;
use super::credentials::Files;
use super::discovery::{Look, Served, look};
use super::outlet::Closed;
use super::session::{Pulse, Session, Signal, asked_again};
use super::task::ClusterTask;
use crate::model::{Delta, Link, Moment, Problem};

/// How often the server is asked whether it lives, when all is well.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long it may take to say so.
const HEARTBEAT_BOUND: Duration = Duration::from_secs(5);
/// From one try to the next while it does not answer: with connecting and re-watching, live again within five seconds.
const RETRY: Duration = Duration::from_secs(2);
/// Between two logins with the same credentials, unless the user asks or the kubeconfig changes.
const LOGIN_EVERY: Duration = Duration::from_mins(1);
/// Between two looks with credentials that it refused: one that starts may not know them yet.
const REFUSED: Duration = Duration::from_secs(5);
/// Logged in again this long before the credentials end, in seconds.
const BEFORE_EXPIRY: i64 = 60;
/// Since this minor version lists are streamed (kubernetes.io feature gate `StreamingCollectionEncodingToProtobuf`).
const STREAMS_SINCE: u32 = 33;
/// Bad answers in a row that a server may give before the link counts as bad: one is not an outage.
const BAD_ANSWERS: u32 = 3;

/// Keeps the link: connects, logs in, looks at the server now and then, and says how it is.
pub(super) struct LinkKeeper {
    task: ClusterTask,
    session: watch::Sender<Option<Arc<Session>>>,
    signals: mpsc::Receiver<Signal>,
    pulse: Arc<Pulse>,
    number: u64,
    connection: Option<Connection>,
    /// Last login, and the files of the credentials as they were then.
    logged_in: Option<(Instant, Files)>,
    served: Served,
    etag: Option<String>,
    streams_lists: bool,
    version_asked: bool,
    bad_answers: u32,
    skew: Option<i64>,
    /// Since when the link is bad, and tries since then.
    bad: Option<(Moment, u32)>,
    live: bool,
}

impl LinkKeeper {
    pub(super) fn new(
        task: ClusterTask,
        session: watch::Sender<Option<Arc<Session>>>,
        signals: mpsc::Receiver<Signal>,
    ) -> Self {
        Self {
            task,
            session,
            signals,
            pulse: Arc::new(Pulse::new()),
            number: 0,
            connection: None,
            logged_in: None,
            served: Served::default(),
            etag: None,
            streams_lists: false,
            version_asked: false,
            bad_answers: 0,
            skew: None,
            bad: None,
            live: false,
        }
    }

    pub(super) async fn run(mut self) -> Result<(), Closed> {
        let since = (self.task.clock)();
        self.task
            .outlet
            .send(Delta::Link(self.task.id, Link::Connecting { since }))
            .await?;
        loop {
            let begun = Instant::now();
            match self.try_link().await {
                Ok(()) => {
                    self.say_live().await?;
                    self.wait_while_live().await;
                }
                Err(problem) => {
                    let wait = self.say_degraded(problem, begun).await?;
                    if self.task.mode == Mode::Once {
                        return Ok(());
                    }
                    self.wait_while_bad(wait).await;
                }
            }
            if self.task.mode == Mode::Once && self.signals.is_closed() {
                return Ok(());
            }
        }
    }

    /// One try: credentials if they are needed, then a look at the server. Old credentials that it refuses are renewed once.
    async fn try_link(&mut self) -> Result<(), Problem> {
        if self.connection.is_none() {
            self.log_in().await?;
        } else if self.ending() && self.may_log_in() && self.log_in().await.is_err() {
            // The old credentials still serve for a while.
            tracing::info!(cluster = %self.task.access.context, "early renewal failed");
        }
        match self.look().await {
            Err(Problem::Unauthorized { .. }) if self.may_log_in() => {
                self.log_in().await?;
                self.look().await
            }
            seen => seen,
        }
    }

    async fn log_in(&mut self) -> Result<(), Problem> {
        self.logged_in = Some((Instant::now(), self.task.access.files()));
        self.connection = Some(Connection::open(&self.task.access).await?);
        self.number += 1;
        self.etag = None;
        self.version_asked = false;
        Ok(())
    }

    async fn look(&mut self) -> Result<(), Problem> {
        let Some(connection) = self.connection.clone() else {
            return Ok(());
        };
        let limit = self.task.access.request_timeout;
        let bound = limit.filter(|bound| !bound.is_zero());
        let bound = bound.map_or(HEARTBEAT_BOUND, |bound| bound.min(HEARTBEAT_BOUND));
        if self.pulse.take_stale() {
            self.etag = None;
        }
        let asked = std::time::Instant::now();
        let seen = match look(&connection, self.etag.as_deref(), bound).await {
            // A server busy with our own lists may be slow to answer beside them.
            Err(Problem::TimedOut { .. })
                if self.live && self.pulse.silence() < asked.elapsed() =>
            {
                return Ok(());
            }
            // An answer proves that the server lives, though it may be overloaded: the watches stay.
            Err(Problem::Server { .. }) if self.live && self.bad_answers < BAD_ANSWERS => {
                self.bad_answers += 1;
                return Ok(());
            }
            seen => seen?,
        };
        self.bad_answers = 0;
        if !self.version_asked {
            self.version_asked = true;
            self.streams_lists = minor_version(&connection)
                .await
                .is_none_or(|minor| minor >= STREAMS_SINCE);
        }
        self.took(seen, connection).await;
        Ok(())
    }

    async fn took(&mut self, seen: Look, connection: Connection) {
        self.pulse.heard();
        if !self.live {
            let endpoint = Delta::Endpoint(self.task.id, connection.endpoint());
            // The store being gone shows at the next word to it.
            let _ = self.task.outlet.push(endpoint).await;
        }
        let changed = seen
            .served
            .as_ref()
            .is_some_and(|served| *served != self.served);
        if let Some(served) = seen.served {
            self.served = served;
        }
        if changed {
            let told = Delta::Served(self.task.id, self.served.resources());
            let _ = self.task.outlet.send(told).await;
        }
        self.etag = seen.etag.or(self.etag.take());
        if let Some(date) = seen.date {
            let skew = date.seconds() - (self.task.clock)().seconds();
            // A second of difference is the header's own rounding.
            if self.skew.is_none_or(|known| (known - skew).abs() > 1) {
                self.skew = Some(skew);
                let _ = self
                    .task
                    .outlet
                    .send(Delta::ClockSkew(self.task.id, skew))
                    .await;
            }
        }
        let current = self.session.borrow().as_ref().map(|session| session.number);
        if changed || current != Some(self.number) {
            let session = Session {
                number: self.number,
                connection,
                served: self.served.clone(),
                discovery_denied: seen.denied,
                streams_lists: self.streams_lists,
                pulse: self.pulse.clone(),
            };
            self.session.send_replace(Some(Arc::new(session)));
        }
    }

    /// Whether the credentials are about to end.
    fn ending(&self) -> bool {
        let expires = self
            .connection
            .as_ref()
            .and_then(|connection| connection.expires);
        expires.is_some_and(|expires| {
            expires.seconds() - BEFORE_EXPIRY <= (self.task.clock)().seconds()
        })
    }

    async fn say_live(&mut self) -> Result<(), Closed> {
        if !self.live || self.bad.is_some() {
            self.live = true;
            self.bad = None;
            let since = (self.task.clock)();
            self.task
                .outlet
                .send(Delta::Link(self.task.id, Link::Live { since }))
                .await?;
        }
        Ok(())
    }

    /// Takes the session away, says why, and when the next try is.
    async fn say_degraded(&mut self, problem: Problem, begun: Instant) -> Result<Wait, Closed> {
        tracing::info!(cluster = %self.task.access.context, ?problem, "link is bad");
        let now = (self.task.clock)();
        self.live = false;
        self.number += 1;
        self.session.send_replace(None);
        let silence = i64::try_from(self.pulse.silence().as_secs()).unwrap_or(0);
        let (since, tries) = self.bad.unwrap_or((now.plus(-silence), 0));
        self.bad = Some((since, tries.saturating_add(1)));
        let (problem, wait, credentials) = match problem {
            Problem::Login { .. } | Problem::Config { .. } => {
                self.connection = None;
                (problem, self.until_login(), true)
            }
            Problem::Unauthorized { .. } => {
                let used = self.connection.as_ref();
                let login = used.and_then(|connection| connection.login.clone());
                (Problem::Unauthorized { login }, REFUSED, true)
            }
            other => (other, RETRY.saturating_sub(begun.elapsed()), false),
        };
        let used = self.connection.take();
        self.connection = used.and_then(|connection| connection.afresh().ok());
        let next_try = now.plus(i64::try_from(wait.as_secs()).unwrap_or(0));
        let link = Link::Degraded {
            problem,
            since,
            tries: tries + 1,
            next_try: Some(next_try),
        };
        self.task
            .outlet
            .send(Delta::Link(self.task.id, link))
            .await?;
        Ok(Wait {
            until: Instant::now() + wait,
            credentials,
        })
    }

    /// Until the next look is due: the heartbeat, a feed's word, the user's.
    async fn wait_while_live(&mut self) {
        let next = Instant::now() + HEARTBEAT;
        self.task.retry.mark_unchanged();
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(next) => return,
                () = asked_again(&mut self.task.retry) => return,
                signal = self.signals.recv() => match signal {
                    None => {
                        // No feed is left: read once, or ending.
                        if self.task.mode == Mode::Once {
                            return;
                        }
                        return tokio::time::sleep_until(next).await;
                    }
                    Some(signal) if signal.session == self.number => return,
                    Some(_) => {}
                },
            }
        }
    }

    fn may_log_in(&self) -> bool {
        self.until_login().is_zero()
    }

    /// How long until a login may follow the last one.
    fn until_login(&self) -> Duration {
        let last = self.logged_in.as_ref();
        last.map_or(Duration::ZERO, |(when, _)| {
            LOGIN_EVERY.saturating_sub(when.elapsed())
        })
    }

    /// Until the next try is due, the user asks, or the files of the credentials change.
    async fn wait_while_bad(&mut self, wait: Wait) {
        self.task.retry.mark_unchanged();
        loop {
            // A login may itself change its files: that is no reason for the next one at once.
            let edited =
                |(when, files): &(Instant, Files)| when.elapsed() >= RETRY && files.edited();
            if self.logged_in.as_ref().is_some_and(edited) {
                self.connection = None;
                return;
            }
            if Instant::now() >= wait.until {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep_until(wait.until.min(Instant::now() + RETRY)) => {}
                () = asked_again(&mut self.task.retry) => {
                    if wait.credentials {
                        self.connection = None;
                    }
                    return;
                }
            }
        }
    }
}

/// Before the next try.
struct Wait {
    until: Instant,
    /// Whether it is the credentials that failed: then the user asks for a login, not only for a look.
    credentials: bool,
}

/// The server's minor version (`33` of `1.33+`); None when it does not tell.
async fn minor_version(connection: &Connection) -> Option<u32> {
    #[derive(Deserialize)]
    struct Version {
        minor: String,
    }
    let answer = connection
        .get("/version", "application/json", None, HEARTBEAT_BOUND)
        .await
        .ok()?;
    let version: Version = serde_json::from_slice(&answer.body?).ok()?;
    let digits: String = version
        .minor
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
