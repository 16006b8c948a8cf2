//! One cluster: its link, and a feed for each kind over the scopes that may be read.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use tokio::sync::{OnceCell, Semaphore, mpsc, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

use super::backoff::Backoff;
use super::feed::{Ended, FeedTask};
use super::link::LinkKeeper;
use super::lookup;
use super::namespaces::NamedNamespaces;
use super::outlet::Closed;
use super::reach::{asked_namespaces, known_namespaces};
use super::session::{Session, Signal, pause};
use super::task::ClusterTask;
use super::{Clock, Mode};
use crate::model::{ClusterId, Delta, Feed, Kind, Link, Moment, Problem, Scope, Text, Verb};

/// Connections to a cluster: watches beyond them are read from time to time.
const CONNECTIONS: usize = 100;
/// Lists that are read, and watches that begin, at once.
const STARTS: usize = 8;
/// Beside them, a look at the server and the labels of a namespace.
const OTHERS: usize = 2;
/// For each of both the client may open a connection that it then does not need, because another came free meanwhile.
const WATCHES: usize = CONNECTIONS - 2 * (STARTS + OTHERS);
/// A denied kind is asked for again after this time.
const DENIED_EVERY: Duration = Duration::from_mins(1);
/// What ran so long before a bug ended it was well again.
const GOOD_RUN: Duration = Duration::from_mins(5);

/// What the feeds of a cluster share.
#[derive(Clone)]
struct Common {
    task: ClusterTask,
    session: watch::Receiver<Option<Arc<Session>>>,
    signals: mpsc::Sender<Signal>,
    watches: Arc<Semaphore>,
    starts: Arc<Semaphore>,
    asked: Arc<OnceCell<Option<Vec<Text>>>>,
    known: Arc<OnceCell<Vec<Text>>>,
}

impl ClusterTask {
    /// Runs until the store is gone; in [`Mode::Once`] until everything was read or has failed.
    pub(super) async fn run(self) {
        let session = self.session.clone();
        session.send_replace(None);
        let (signals, signalled) = mpsc::channel(32);
        let common = Common {
            task: self.clone(),
            session: session.subscribe(),
            signals,
            watches: Arc::new(Semaphore::new(WATCHES)),
            starts: Arc::new(Semaphore::new(STARTS)),
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
        let lookups = lookup::keep(
            common.session.clone(),
            self.retry.clone(),
            self.asked.clone(),
        );
        drop(common);
        let link = LinkKeeper::new(self, session, signalled).run();
        tokio::pin!(link, lookups);
        let (mut linked, mut looking) = (true, true);
        loop {
            tokio::select! {
                _ = &mut link, if linked => linked = false,
                () = &mut lookups, if looking => looking = false,
                ended = feeds.join_next() => match ended {
                    None => return,
                    Some(Err(error)) => pass_on(error),
                    Some(Ok(_)) => {}
                },
            }
        }
    }

    /// Runs the cluster's reading anew after a bug ended it whole, and says so meanwhile.
    pub(super) async fn keep(self) {
        let mut bugs = Bugs::none();
        while AssertUnwindSafe(self.clone().run())
            .catch_unwind()
            .await
            .is_err()
        {
            let (since, wait) = bugs.another(self.clock);
            let seconds = i64::try_from(wait.as_secs()).unwrap_or(0);
            let degraded = Link::Degraded {
                problem: Problem::Bug,
                since,
                tries: bugs.backoff.tries(),
                next_try: Some((self.clock)().plus(seconds)),
            };
            let told = Delta::Link(self.id, degraded);
            if self.outlet.clone().send(told).await.is_err() || self.mode == Mode::Once {
                return;
            }
            pause(&self.retry, wait).await;
        }
    }
}

/// Bugs in a row: what ran well for a while in between begins a new row.
struct Bugs {
    backoff: Backoff,
    since: Option<Moment>,
    begun: Instant,
}

impl Bugs {
    fn none() -> Self {
        Self {
            backoff: Backoff::default(),
            since: None,
            begun: Instant::now(),
        }
    }

    /// Since when it has been so, and how long to wait before the next beginning.
    fn another(&mut self, clock: Clock) -> (Moment, Duration) {
        if self.begun.elapsed() > GOOD_RUN {
            *self = Self::none();
        }
        let wait = self.backoff.next();
        self.begun = Instant::now() + wait;
        (*self.since.get_or_insert_with(clock), wait)
    }
}

/// A task of ours that panicked takes the one that waits for it along: the next above that can say so does.
fn pass_on(error: JoinError) {
    if let Ok(panic) = error.try_into_panic() {
        resume_unwind(panic);
    }
}

impl Common {
    /// One kind, over the scopes that may be read.
    async fn kind(self, kind: Kind) -> Result<(), Closed> {
        if let Some(names) = self.clone().asked().await? {
            if kind == Kind::Namespace {
                return self.named_namespaces(names).await;
            }
            if kind.namespaced() && !kind.stands_apart() {
                return self.each(kind, names).await;
            }
        }
        loop {
            match self.read(kind, None).await? {
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
                    match common.read(kind, Some(name.clone())).await? {
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
            match ended {
                Ok(ended) => ended?,
                Err(error) => pass_on(error),
            }
        }
        Ok(())
    }

    /// Runs a feed to its end. One that panics is said to be lost, then begins anew.
    async fn read(&self, kind: Kind, namespace: Option<Text>) -> Result<Ended, Closed> {
        let mut bugs = Bugs::none();
        let mut read = false;
        loop {
            let feed = self.feed(kind, namespace.clone());
            let scope = feed.scope.clone();
            if let Ok(ended) = AssertUnwindSafe(feed.run(&mut read)).catch_unwind().await {
                return Ok(ended);
            }
            let (since, wait) = bugs.another(self.task.clock);
            let lost = Feed::Lost {
                problem: Problem::Bug,
                since,
            };
            let told = Delta::Feed(scope, lost);
            self.task.outlet.clone().send(told).await?;
            if self.task.mode == Mode::Once {
                return Ok(Ended::Done);
            }
            pause(&self.task.retry, wait).await;
        }
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
        pause(&self.task.retry, DENIED_EVERY).await;
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
            watches: self.watches.clone(),
            starts: self.starts.clone(),
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

    /// Where to look when the whole cluster is denied; asked for again while it cannot be told.
    async fn known(&self) -> Vec<Text> {
        let session = self.session.borrow().clone();
        let Some(session) = session else {
            return Vec::new();
        };
        let known = || known_namespaces(&session, &self.task.access);
        self.known
            .get_or_try_init(known)
            .await
            .cloned()
            .unwrap_or_default()
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

#[cfg(test)]
mod tests;
