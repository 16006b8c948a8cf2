//! One kind in one scope: listed, then watched from where the list stood, for as long as vigie runs.
//!
//! A feed never ends by itself. It reports what it meets, waits, and goes on; what it has read stays in the store meanwhile.

mod stop;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

use super::backoff::Backoff;
use super::connection::{Answer, Failure};
use super::convert::{Fact, decode, name_of};
use super::outlet::{Closed, Outlet};
use super::session::{Session, Signal, asked_again};
use super::wire::messages::OnlyMeta;
use super::wire::{Format, Frames, Happened, List, ListHead, read};
use super::{Clock, Mode};
use crate::model::{Delta, Feed, GarbledFault, Kind, Moment, Problem, Scope, Verb};
pub(super) use stop::{Stop, ended_by};

/// The server ends a watch after this many seconds; a silent one is dead a little later.
const WATCH_SECONDS: u32 = 290;
const WATCH_SILENCE: Duration = Duration::from_secs(WATCH_SECONDS as u64 + 15);
/// How often a kind that cannot be watched is read, and one that is denied is asked for again.
const POLL: Duration = Duration::from_mins(1);
/// The longest wait of a feed while the link itself lives: live again within five seconds, and no request a second.
const LINK_POLL: Duration = Duration::from_secs(3);
/// A watch that lasted longer did not end at once: the next one need not wait longer than the first did.
const AT_ONCE: Duration = Duration::from_secs(1);
/// A single reading, which nobody repeats, bears this many failures, and waits this long at most between two.
const TRIES_ONCE: u32 = 2;
const PATIENCE_ONCE: Duration = Duration::from_secs(5);
/// Changes that trickle in are taken together, this far apart: waking two threads for each costs more than what it brings.
const REST: Duration = Duration::from_millis(100);
/// Rows of the first page, which is there before the whole list begins.
const FIRST_PAGE: u32 = 500;
/// Page sizes for servers that build a list whole before sending it (before 1.33).
const PAGE_PROTOBUF: u32 = 2000;
const PAGE_JSON: u32 = 500;
/// Warnings read once; the store keeps not many more.
const EVENTS_ONCE: u32 = 500;

pub(super) struct FeedTask {
    pub(super) scope: Scope,
    pub(super) mode: Mode,
    pub(super) clock: Clock,
    pub(super) outlet: Outlet,
    pub(super) session: watch::Receiver<Option<Arc<Session>>>,
    /// Counts the times the user asked to try again now.
    pub(super) retry: watch::Receiver<u64>,
    pub(super) signals: mpsc::Sender<Signal>,
    /// Watches that may be held, and lists and beginnings of watches that may go on at once.
    pub(super) watches: Arc<Semaphore>,
    pub(super) starts: Arc<Semaphore>,
}

/// How a feed came to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The store is gone, or the kind was read once as asked.
    Done,
    /// 403 at the first list: the caller may know narrower scopes.
    Denied,
}

/// What a feed knows between two tries.
struct State<'a> {
    backoff: Backoff,
    /// Set after an answer in protobuf could not be read.
    format: Format,
    /// Where a watch can go on from.
    resource_version: Option<String>,
    /// Whether the whole scope was read at least once, by this feed or by one before it.
    read: &'a mut bool,
    /// Whether paging is off because a continue token expired.
    one_body: bool,
    /// Read once: the last failure will not pass by asking again.
    given_up: bool,
    /// Since when nothing could be read.
    lost: Option<Moment>,
    /// Of the session in use.
    session: u64,
}

impl FeedTask {
    /// `read` tells whether the scope was read before, and is kept true to it.
    pub(super) async fn run(mut self, read: &mut bool) -> Ended {
        let format = if self.scope.kind.built_in() {
            Format::Protobuf
        } else {
            Format::Json
        };
        let mut state = State {
            backoff: Backoff::default(),
            format,
            resource_version: None,
            read,
            one_body: false,
            given_up: false,
            lost: None,
            session: 0,
        };
        loop {
            let Some(session) = self.next_session().await else {
                return Ended::Done;
            };
            if session.number != state.session {
                state.session = session.number;
                state.format = format;
                state.backoff = Backoff::default();
            }
            if !session.served.has(self.scope.kind) {
                if self.absent(&mut state).await.is_err() || self.mode == Mode::Once {
                    return Ended::Done;
                }
                continue;
            }
            let handled = match self.turn(&session, &mut state).await {
                Ok(()) if self.mode == Mode::Once => return Ended::Done,
                Ok(()) => Ok(()),
                Err(Stop::Failed(Failure::Denied)) if self.is_final(&session, &state) => {
                    return Ended::Denied;
                }
                Err(stop) => self.handle(stop, &session, &mut state).await,
            };
            if handled.is_err() || self.mode == Mode::Once && state.given_up {
                return Ended::Done;
            }
        }
    }

    /// Waits for a session to work with; None when vigie ends (or, read once, when there is none to wait for).
    async fn next_session(&mut self) -> Option<Arc<Session>> {
        let session = self.session.wait_for(Option::is_some).await.ok()?;
        session.clone()
    }

    /// Lists unless it can go on, then watches.
    async fn turn(&mut self, session: &Session, state: &mut State<'_>) -> Result<(), Stop> {
        let starting = self.starts.clone().acquire_owned().await.ok();
        let resumed = state.resource_version.is_some();
        if !resumed {
            self.list(session, state).await?;
        }
        if self.mode == Mode::Once {
            return Ok(());
        }
        let watches = self.watches.clone();
        let Ok(permit) = watches.try_acquire() else {
            drop(starting);
            state.resource_version = None;
            self.poll(false).await?;
            return Ok(());
        };
        let opened = self.open_watch(session, state).await;
        drop(starting);
        // How long it took to open says nothing of how long it lasted.
        let started = Instant::now();
        let ended = match opened {
            Ok(answer) => self.watch(session, state, answer).await,
            Err(stop) => Err(stop),
        };
        drop(permit);
        let at_once = started.elapsed() < AT_ONCE;
        if !at_once {
            state.backoff = Backoff::default();
        }
        if let Err(Stop::Failed(Failure::Denied)) = ended {
            state.resource_version = None;
            // Whether it is the list too that is denied, the next turn shows.
            if !resumed {
                self.poll(true).await?;
            }
            return Ok(());
        }
        // The server ends a watch now and then; one that ends at once would be asked for without rest.
        if ended.is_ok() && at_once {
            self.pause(state.backoff.next()).await;
        }
        ended
    }

    /// Says that the scope is read from time to time, and waits for the next time.
    async fn poll(&mut self, watch_denied: bool) -> Result<(), Closed> {
        let polled = Feed::Polled {
            at: (self.clock)(),
            watch_denied,
        };
        self.outlet
            .send(Delta::Feed(self.scope.clone(), polled))
            .await?;
        self.pause(POLL).await;
        Ok(())
    }

    /// Waits, but no longer than until the user asks again or the session changes.
    async fn pause(&mut self, wait: Duration) {
        if self.mode == Mode::Once {
            return;
        }
        self.retry.mark_unchanged();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = asked_again(&mut self.retry) => {}
            _ = self.session.changed() => {}
        }
    }

    /// Whether a refusal is to be believed. One of what was read before is met by asking again; so is the first of a server that
    /// refuses even to tell what it serves: one that starts has yet to read its rules.
    fn is_final(&self, session: &Session, state: &State<'_>) -> bool {
        let starting = session.discovery_denied && !state.backoff.refused_for_long();
        !*state.read && (self.mode == Mode::Once || !starting)
    }

    async fn handle(
        &mut self,
        stop: Stop,
        session: &Session,
        state: &mut State<'_>,
    ) -> Result<(), Closed> {
        let failure = match stop {
            Stop::Closed => return Err(Closed),
            Stop::SessionChanged => {
                state.backoff = Backoff::default();
                return Ok(());
            }
            Stop::Failed(failure) => failure,
        };
        match failure {
            Failure::Expired => {
                // The list that follows tells all that was missed.
                state.resource_version = None;
                self.again(None, POLL, state).await;
            }
            Failure::Denied => {
                state.resource_version = None;
                state.given_up = true;
                let wait = state.backoff.after_refusal(POLL);
                if state.backoff.tries() > 1 || self.mode == Mode::Once {
                    self.say(Feed::Denied { verb: Verb::List }).await?;
                }
                self.pause(wait).await;
            }
            Failure::Absent => {
                // The server does not serve what discovery told.
                session.forget_discovery();
                self.absent(state).await?;
            }
            Failure::Problem(problem, wait) => self.trouble(problem, wait, session, state).await?,
        }
        Ok(())
    }

    async fn absent(&mut self, state: &mut State<'_>) -> Result<(), Closed> {
        state.resource_version = None;
        state.given_up = true;
        self.say(Feed::Absent).await?;
        self.pause(POLL).await;
        Ok(())
    }

    /// Waits before the next try; reading once, gives up after a few.
    async fn again(&mut self, asked: Option<Duration>, most: Duration, state: &mut State<'_>) {
        state.given_up = state.backoff.tries() >= TRIES_ONCE;
        let own = state.backoff.next().min(most);
        let wait = asked.map_or(own, |asked| asked.clamp(own, POLL));
        if self.mode == Mode::Once {
            if !state.given_up {
                tokio::time::sleep(wait.min(PATIENCE_ONCE)).await;
            }
        } else {
            self.pause(wait).await;
        }
    }

    async fn trouble(
        &mut self,
        problem: Problem,
        wait: Option<Duration>,
        session: &Session,
        state: &mut State<'_>,
    ) -> Result<(), Closed> {
        tracing::debug!(scope = ?self.scope, ?problem, "feed failed");
        if matches!(problem, Problem::Garbled(_)) {
            state.resource_version = None;
            if state.format == Format::Protobuf {
                // What one format garbles the other may bring: this feed stays with JSON.
                state.format = Format::Json;
                return Ok(());
            }
        }
        let of_the_link = matches!(
            problem,
            Problem::Unreachable { .. } | Problem::TimedOut { .. } | Problem::Unauthorized { .. }
        );
        if of_the_link {
            let _ = self.signals.try_send(Signal {
                session: session.number,
            });
        }
        let since = *state.lost.get_or_insert_with(|| (self.clock)());
        // One cut is mended before it is read; who waited in vain waited long enough.
        let passing = of_the_link && !matches!(problem, Problem::TimedOut { .. });
        if !passing || self.mode == Mode::Once || state.backoff.tries() > 1 {
            self.say(Feed::Lost { problem, since }).await?;
        }
        let most = if of_the_link { LINK_POLL } else { POLL };
        self.again(wait, most, state).await;
        Ok(())
    }

    async fn say(&mut self, feed: Feed) -> Result<(), Closed> {
        self.outlet
            .send(Delta::Feed(self.scope.clone(), feed))
            .await
    }

    fn path(&self, query: &str) -> String {
        let kind = self.scope.kind;
        let root = if kind.group().is_empty() {
            "/api".to_owned()
        } else {
            format!("/apis/{}", kind.group())
        };
        let namespace = self
            .scope
            .namespace
            .as_ref()
            .map_or(String::new(), |name| format!("/namespaces/{name}"));
        // Only warnings are watched: normal events are the bulk of a cluster's traffic.
        let filter = if kind == Kind::Event {
            "fieldSelector=type%3DWarning&"
        } else {
            ""
        };
        format!(
            "{root}/{}{namespace}/{}?{filter}{query}",
            kind.version(),
            kind.plural()
        )
    }

    async fn list(&mut self, session: &Session, state: &mut State<'_>) -> Result<(), Stop> {
        let whole_pods = self.scope.kind == Kind::Pod && self.scope.namespace.is_none();
        if whole_pods && !*state.read && self.mode == Mode::Watch {
            let query = format!("limit={FIRST_PAGE}");
            let answer = self.open(session, &query, state.format, 0).await?;
            self.read_list(session, answer, 0).await?;
        }
        let query = self.first_query(session, state);
        let answer = self.open(session, &query, state.format, 0).await?;
        self.outlet
            .push(Delta::ListStart(self.scope.clone()))
            .await?;
        let (mut head, mut seen) = self.read_list(session, answer, 0).await?;
        while !head.next.is_empty() && self.scope.kind != Kind::Event {
            let next = format!("{query}&continue={}", head.next);
            let answer = match self.open(session, &next, state.format, seen).await {
                Err(Stop::Failed(Failure::Expired)) => {
                    // A list that outlives its token never ends: one body has none.
                    state.one_body = true;
                    return Err(Stop::Failed(Failure::Expired));
                }
                answer => answer?,
            };
            let token = head.next.clone();
            (head, seen) = self.read_list(session, answer, seen).await?;
            if head.next == token {
                return Err(GarbledFault::SamePage.into());
            }
        }
        self.outlet.send(Delta::ListEnd(self.scope.clone())).await?;
        state.resource_version = Some(head.resource_version);
        *state.read = true;
        state.lost = None;
        Ok(())
    }

    /// One body where the server streams it, else a page. Events are watched from now on, or, read once, some are listed.
    fn first_query(&self, session: &Session, state: &State<'_>) -> String {
        if self.scope.kind == Kind::Event {
            let limit = if self.mode == Mode::Once {
                EVENTS_ONCE
            } else {
                1
            };
            return format!("limit={limit}");
        }
        if session.streams_lists || state.one_body {
            return String::new();
        }
        let size = match state.format {
            Format::Protobuf => PAGE_PROTOBUF,
            Format::Json => PAGE_JSON,
        };
        format!("limit={size}")
    }

    /// Starts a list; once the server has agreed, says that it is being read.
    async fn open(
        &mut self,
        session: &Session,
        query: &str,
        format: Format,
        seen: u32,
    ) -> Result<Answer, Stop> {
        let path = self.path(query);
        let list = session.connection.list(&path, format);
        let answer = self.unless_replaced(session, list).await??;
        let reading = Feed::Reading { seen, total: None };
        self.outlet
            .push(Delta::Feed(self.scope.clone(), reading))
            .await?;
        Ok(answer)
    }

    /// Reads one list body; gives its head and how many objects were seen so far.
    async fn read_list(
        &mut self,
        session: &Session,
        mut answer: Answer,
        mut seen: u32,
    ) -> Result<(ListHead, u32), Stop> {
        let mut list = List::new(answer.format);
        let mut told = Instant::now();
        while let Some(chunk) = self.chunk(session, &mut answer).await? {
            list.push(&chunk);
            while let Some(item) = list.next()? {
                seen = seen.saturating_add(1);
                if self.scope.kind != Kind::Event || self.mode == Mode::Once {
                    self.item(answer.format, item, None).await?;
                }
            }
            if told.elapsed() > Duration::from_millis(250) {
                told = Instant::now();
                let remaining = list
                    .head()
                    .and_then(|head| head.remaining)
                    .and_then(|left| u32::try_from(left).ok());
                let reading = Feed::Reading {
                    seen,
                    total: remaining.map(|left| seen.saturating_add(left)),
                };
                self.outlet
                    .push(Delta::Feed(self.scope.clone(), reading))
                    .await?;
            }
        }
        let head = list.finish()?;
        self.outlet.flush().await?;
        Ok((head, seen))
    }

    /// What comes, unless the session is replaced first: an answer on a dead link may not come for a minute.
    async fn unless_replaced<T>(
        &mut self,
        session: &Session,
        coming: impl Future<Output = T>,
    ) -> Result<T, Stop> {
        tokio::select! {
            biased;
            _ = self.session.wait_for(|now| now.as_ref().is_none_or(|now| now.number != session.number)) => {
                Err(Stop::SessionChanged)
            }
            came = coming => Ok(came),
        }
    }

    async fn chunk(
        &mut self,
        session: &Session,
        answer: &mut Answer,
    ) -> Result<Option<Bytes>, Stop> {
        let chunk = self.unless_replaced(session, answer.chunk()).await??;
        session.heard();
        Ok(chunk)
    }

    async fn open_watch(&mut self, session: &Session, state: &State<'_>) -> Result<Answer, Stop> {
        let from = state.resource_version.as_deref().unwrap_or_default();
        let query = format!(
            "watch=1&resourceVersion={from}&allowWatchBookmarks=true&timeoutSeconds={WATCH_SECONDS}"
        );
        let path = self.path(&query);
        let watch = session.connection.watch(&path, state.format, WATCH_SILENCE);
        Ok(self.unless_replaced(session, watch).await??)
    }

    async fn watch(
        &mut self,
        session: &Session,
        state: &mut State<'_>,
        mut answer: Answer,
    ) -> Result<(), Stop> {
        state.lost = None;
        self.say(Feed::Live {
            since: (self.clock)(),
        })
        .await?;
        let ended = self.follow(session, state, &mut answer).await;
        // What came before the end is not kept back by what is done about it.
        self.outlet.flush().await?;
        ended
    }

    /// Passes changes on until the server ends the watch.
    async fn follow(
        &mut self,
        session: &Session,
        state: &mut State<'_>,
        answer: &mut Answer,
    ) -> Result<(), Stop> {
        let mut frames = Frames::new(answer.format);
        let mut taken = false;
        loop {
            let chunk = tokio::select! {
                biased;
                chunk = self.chunk(session, answer) => chunk?,
                // The connection had its turn, and has nothing more for now.
                () = yield_now(), if taken => {
                    self.outlet.flush().await?;
                    sleep(REST).await;
                    taken = false;
                    continue;
                }
            };
            let Some(chunk) = chunk else {
                return Ok(());
            };
            frames.push(&chunk);
            while let Some(frame) = frames.next()? {
                match frame.happened {
                    Happened::Error => return Err(ended_by(answer.format, frame.object)?.into()),
                    Happened::Bookmark => {
                        let only: OnlyMeta = read(answer.format, frame.object)?;
                        state.resource_version =
                            only.metadata.and_then(|meta| meta.resource_version);
                    }
                    happened => {
                        if let Some(version) = self
                            .item(answer.format, frame.object, Some(happened))
                            .await?
                        {
                            state.resource_version = Some(version);
                        }
                    }
                }
                state.backoff = Backoff::default();
                taken = true;
            }
        }
    }

    /// Passes one object on; gives its version. One that does not decode is reported, and lost alone.
    async fn item(
        &mut self,
        format: Format,
        bytes: Bytes,
        happened: Option<Happened>,
    ) -> Result<Option<String>, Closed> {
        let cluster = self.scope.cluster;
        let item = match decode(self.scope.kind, format, bytes.clone()) {
            Ok(item) => item,
            Err(fault) => {
                let name = name_of(format, bytes);
                self.outlet
                    .push(Delta::Undecodable {
                        scope: self.scope.clone(),
                        name,
                        fault,
                    })
                    .await?;
                return Ok(None);
            }
        };
        let delta = match item.fact {
            Fact::Event(_) if happened == Some(Happened::Deleted) => {
                return Ok(Some(item.resource_version));
            }
            Fact::Event(event) => Delta::Warning(cluster, event),
            Fact::Object(_) if happened == Some(Happened::Deleted) => {
                Delta::Remove(cluster, self.scope.kind, item.uid)
            }
            Fact::Object(object) => Delta::Upsert(cluster, object),
        };
        self.outlet.push(delta).await?;
        Ok(Some(item.resource_version))
    }
}

#[cfg(test)]
mod tests;
