//! One cluster: connects, keeps watch over the link, and gives its feeds a session while it is good.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::{OnceCell, Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::access::Access;
use super::connection::Connection;
use super::discovery::{Look, Served, look};
use super::feed::{Ended, FeedTask};
use super::namespaces::NamedNamespaces;
use super::outlet::{Closed, Outlet};
use super::reach::{asked_namespaces, known_namespaces};
use super::session::{Pulse, Session, Signal};
use super::{Clock, Mode};
use crate::model::{ClusterId, Delta, Feed, Kind, Link, Moment, Problem, Scope, Text, Verb};

/// How often the server is asked whether it lives, when all is well.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long it may take to say so.
const HEARTBEAT_BOUND: Duration = Duration::from_secs(5);
/// Between two tries while it does not answer: with connecting and re-watching, live again within five seconds.
const RETRY: Duration = Duration::from_secs(2);
/// Between two logins with the same credentials, unless the user asks or the kubeconfig changes.
const LOGIN_EVERY: Duration = Duration::from_mins(1);
/// Logged in again this long before the credentials end, in seconds.
const BEFORE_EXPIRY: i64 = 60;
/// Watches a cluster may be asked to hold; what is beyond is read from time to time.
const CONNECTIONS: usize = 100;
/// A denied kind is asked for again after this time.
const DENIED_EVERY: Duration = Duration::from_mins(1);
/// Since this minor version lists are streamed (kubernetes.io feature gate `StreamingCollectionEncodingToProtobuf`).
const STREAMS_SINCE: u32 = 33;

#[derive(Clone)]
pub(super) struct ClusterTask {
    pub(super) id: ClusterId,
    pub(super) access: Access,
    pub(super) kinds: Vec<Kind>,
    pub(super) mode: Mode,
    pub(super) clock: Clock,
    pub(super) outlet: Outlet,
    pub(super) retry: watch::Receiver<u64>,
}

/// What the feeds of a cluster share.
#[derive(Clone)]
struct Common {
    task: ClusterTask,
    session: watch::Receiver<Option<Arc<Session>>>,
    signals: mpsc::Sender<Signal>,
    permits: Arc<Semaphore>,
    asked: Arc<OnceCell<Option<Vec<Text>>>>,
    known: Arc<OnceCell<Vec<Text>>>,
}

impl ClusterTask {
    /// Runs until the store is gone; in [`Mode::Once`] until everything was read or has failed.
    pub(super) async fn run(self) {
        let (session, sessions) = watch::channel(None);
        let (signals, signalled) = mpsc::channel(32);
        let common = Common {
            task: self.clone(),
            session: sessions,
            signals,
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
            asked: Arc::default(),
            known: Arc::default(),
        };
        let mut outlet = self.outlet.clone();
        for kind in &self.kinds {
            // All are announced before any is answered, so that nothing looks complete too early.
            if outlet.push(announced(self.id, *kind, None)).await.is_err() {
                return;
            }
        }
        if outlet.flush().await.is_err() {
            return;
        }
        let mut feeds = JoinSet::new();
        for kind in &self.kinds {
            feeds.spawn(common.clone().kind(*kind));
        }
        drop(common);
        let link = LinkKeeper::new(self, session, signalled).run();
        tokio::pin!(link);
        let mut linked = true;
        loop {
            tokio::select! {
                _ = &mut link, if linked => linked = false,
                ended = feeds.join_next() => if ended.is_none() { return },
            }
        }
    }
}

impl Common {
    /// One kind, over the scopes that may be read.
    async fn kind(self, kind: Kind) -> Result<(), Closed> {
        if let Some(names) = self.clone().asked().await? {
            if kind == Kind::Namespace {
                return self.named_namespaces(names).await;
            }
            // Projects stand in namespaces of Rancher's own and name the tenants of all others.
            if kind.namespaced() && kind != Kind::Project {
                return self.each(kind, names).await;
            }
        }
        loop {
            match self.feed(kind, None).run().await {
                Ended::Done => return Ok(()),
                Ended::Denied => {}
            }
            if kind == Kind::Namespace || kind.namespaced() {
                let names = self.known().await;
                if !names.is_empty() {
                    return if kind == Kind::Namespace {
                        self.named_namespaces(names).await
                    } else {
                        self.each(kind, names).await
                    };
                }
            }
            if !self.denied(kind, None).await? {
                return Ok(());
            }
        }
    }

    async fn each(self, kind: Kind, names: Vec<Text>) -> Result<(), Closed> {
        self.narrow(kind, &names).await?;
        let mut feeds = JoinSet::new();
        for name in names {
            let common = self.clone();
            feeds.spawn(async move {
                loop {
                    match common.feed(kind, Some(name.clone())).run().await {
                        Ended::Done => return Ok(()),
                        Ended::Denied => {}
                    }
                    if !common.denied(kind, Some(name.clone())).await? {
                        return Ok(());
                    }
                }
            });
        }
        while let Some(ended) = feeds.join_next().await {
            ended.unwrap_or(Err(Closed))?;
        }
        Ok(())
    }

    /// Says what is missing, and waits before it is asked for again. False when it is not.
    async fn denied(&self, kind: Kind, namespace: Option<Text>) -> Result<bool, Closed> {
        let scope = Scope {
            cluster: self.task.id,
            kind,
            namespace,
        };
        self.task
            .outlet
            .clone()
            .send(Delta::Feed(scope, Feed::Denied { verb: Verb::List }))
            .await?;
        if self.task.mode == Mode::Once {
            return Ok(false);
        }
        let mut retry = self.task.retry.clone();
        let _ = tokio::time::timeout(DENIED_EVERY, retry.changed()).await;
        Ok(true)
    }

    fn feed(&self, kind: Kind, namespace: Option<Text>) -> FeedTask {
        FeedTask {
            scope: Scope {
                cluster: self.task.id,
                kind,
                namespace,
            },
            mode: self.task.mode,
            clock: self.task.clock,
            outlet: self.task.outlet.clone(),
            session: self.session.clone(),
            retry: self.task.retry.clone(),
            signals: self.signals.clone(),
            permits: self.permits.clone(),
        }
    }

    /// Narrower scopes take the place of the whole cluster.
    async fn narrow(&self, kind: Kind, names: &[Text]) -> Result<(), Closed> {
        let mut outlet = self.task.outlet.clone();
        for name in names {
            outlet
                .push(announced(self.task.id, kind, Some(name.clone())))
                .await?;
        }
        let whole = Scope {
            cluster: self.task.id,
            kind,
            namespace: None,
        };
        outlet.send(Delta::FeedEnd(whole)).await
    }

    async fn named_namespaces(self, names: Vec<Text>) -> Result<(), Closed> {
        self.narrow(Kind::Namespace, &names).await?;
        let namespaces = NamedNamespaces {
            cluster: self.task.id,
            names,
            mode: self.task.mode,
            clock: self.task.clock,
            outlet: self.task.outlet.clone(),
            session: self.session.clone(),
            retry: self.task.retry.clone(),
        };
        namespaces.run().await
    }

    /// The namespaces of `-n`, worked out once for all kinds.
    async fn asked(mut self) -> Result<Option<Vec<Text>>, Closed> {
        if self.task.access.namespaces.is_empty() {
            return Ok(None);
        }
        let session = self
            .session
            .wait_for(Option::is_some)
            .await
            .map_err(|_| Closed)?
            .clone();
        let Some(session) = session else {
            return Ok(None);
        };
        Ok(self
            .asked
            .get_or_init(|| asked_namespaces(&session, &self.task.access))
            .await
            .clone())
    }

    async fn known(&self) -> Vec<Text> {
        let session = self.session.borrow().clone();
        let Some(session) = session else {
            return Vec::new();
        };
        self.known
            .get_or_init(|| known_namespaces(&session, &self.task.access))
            .await
            .clone()
    }
}

fn announced(cluster: ClusterId, kind: Kind, namespace: Option<Text>) -> Delta {
    let scope = Scope {
        cluster,
        kind,
        namespace,
    };
    let reading = Feed::Reading {
        seen: 0,
        total: None,
    };
    Delta::Feed(scope, reading)
}

/// Keeps the link: connects, logs in, looks at the server now and then, and says how it is.
struct LinkKeeper {
    task: ClusterTask,
    session: watch::Sender<Option<Arc<Session>>>,
    signals: mpsc::Receiver<Signal>,
    pulse: Arc<Pulse>,
    number: u64,
    connection: Option<Connection>,
    /// Last login, and the state of the kubeconfig files then.
    logged_in: Option<(Instant, Vec<Option<std::time::SystemTime>>)>,
    served: Served,
    etag: Option<String>,
    streams_lists: bool,
    skew: Option<i64>,
    /// Since when the link is bad, and tries since then.
    bad: Option<(Moment, u32)>,
    live: bool,
}

impl LinkKeeper {
    fn new(
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
            skew: None,
            bad: None,
            live: false,
        }
    }

    async fn run(mut self) -> Result<(), Closed> {
        let since = (self.task.clock)();
        self.task
            .outlet
            .send(Delta::Link(self.task.id, Link::Connecting { since }))
            .await?;
        loop {
            match self.try_link().await {
                Ok(()) => {
                    self.say_live().await?;
                    self.wait_while_live().await;
                }
                Err(problem) => {
                    let wait = self.say_degraded(problem).await?;
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
        let renewed = self.connection.is_none() || self.expired();
        if renewed {
            self.log_in().await?;
        }
        match self.look().await {
            Err(Problem::Unauthorized) if !renewed && self.may_log_in() => {
                self.log_in().await?;
                self.look().await
            }
            seen => seen,
        }
    }

    async fn log_in(&mut self) -> Result<(), Problem> {
        self.connection = None;
        self.logged_in = Some((Instant::now(), self.task.access.fingerprint()));
        self.connection = Some(Connection::open(&self.task.access).await?);
        self.number += 1;
        self.etag = None;
        Ok(())
    }

    async fn look(&mut self) -> Result<(), Problem> {
        let Some(connection) = self.connection.clone() else {
            return Ok(());
        };
        let bound = self
            .task
            .access
            .request_timeout
            .map_or(HEARTBEAT_BOUND, |bound| bound.min(HEARTBEAT_BOUND));
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
            seen => seen?,
        };
        if !self.live || self.etag.is_none() {
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
            let checked = Delta::TlsChecked(self.task.id, connection.tls_checked());
            // The store being gone shows at the next word to it.
            let _ = self.task.outlet.push(checked).await;
        }
        let changed = seen
            .served
            .as_ref()
            .is_some_and(|served| *served != self.served);
        if let Some(served) = seen.served {
            self.served = served;
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
                streams_lists: self.streams_lists,
                pulse: self.pulse.clone(),
            };
            self.session.send_replace(Some(Arc::new(session)));
        }
    }

    fn expired(&self) -> bool {
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
    async fn say_degraded(&mut self, problem: Problem) -> Result<Duration, Closed> {
        tracing::info!(cluster = %self.task.access.context, ?problem, "link is bad");
        let now = (self.task.clock)();
        self.live = false;
        self.number += 1;
        self.session.send_replace(None);
        let silence = i64::try_from(self.pulse.silence().as_secs()).unwrap_or(0);
        let (since, tries) = self.bad.unwrap_or((now.plus(-silence), 0));
        self.bad = Some((since, tries.saturating_add(1)));
        let credentials = matches!(
            problem,
            Problem::Unauthorized | Problem::Login { .. } | Problem::Config { .. }
        );
        if credentials {
            self.connection = None;
        } else {
            self.connection = self
                .connection
                .take()
                .and_then(|connection| connection.afresh().ok());
        }
        let wait = if credentials {
            self.until_login()
        } else {
            RETRY
        };
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
        Ok(wait)
    }

    /// Until the next look is due: the heartbeat, a feed's word, the user's.
    async fn wait_while_live(&mut self) {
        let next = Instant::now() + HEARTBEAT;
        self.task.retry.mark_unchanged();
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(next) => return,
                _ = self.task.retry.changed() => return,
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
        self.until_login() <= RETRY
    }

    /// How long until the credentials may be tried again; never less than any other retry.
    fn until_login(&self) -> Duration {
        let since = self
            .logged_in
            .as_ref()
            .map_or(LOGIN_EVERY, |(when, _)| when.elapsed());
        LOGIN_EVERY.saturating_sub(since).max(RETRY)
    }

    /// Until the next try is due, the user asks, or the kubeconfig changes.
    async fn wait_while_bad(&mut self, wait: Duration) {
        let next = Instant::now() + wait;
        self.task.retry.mark_unchanged();
        while Instant::now() < next {
            let step = next.min(Instant::now() + RETRY);
            tokio::select! {
                () = tokio::time::sleep_until(step) => {}
                _ = self.task.retry.changed() => return,
            }
            let edited = self
                .logged_in
                .as_ref()
                .is_some_and(|(_, files)| *files != self.task.access.fingerprint());
            if edited {
                self.connection = None;
                return;
            }
        }
    }
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
