//! Namespaces that may be read one by one but not listed: asked for by name, now and then, for their labels.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::backoff::Backoff;
use super::connection::Failure;
use super::convert::{Fact, decode};
use super::outlet::{Closed, Outlet};
use super::session::{Session, asked_again};
use super::wire::{Format, messages};
use super::{Clock, Mode};
use crate::model::{ClusterId, Delta, Feed, Kind, Moment, Scope, Text, Uid, Verb};

/// Labels change rarely.
const EVERY: Duration = Duration::from_mins(1);
/// One small answer does not take longer on a link that lives.
const PATIENCE: Duration = Duration::from_secs(10);
const ACCEPT: &str = "application/vnd.kubernetes.protobuf, application/json";

pub(super) struct NamedNamespaces {
    pub(super) cluster: ClusterId,
    pub(super) names: Vec<Text>,
    pub(super) mode: Mode,
    pub(super) clock: Clock,
    pub(super) outlet: Outlet,
    pub(super) session: watch::Receiver<Option<Arc<Session>>>,
    pub(super) retry: watch::Receiver<u64>,
}

impl NamedNamespaces {
    pub(super) async fn run(mut self) -> Result<(), Closed> {
        let mut known: HashMap<Text, Uid> = HashMap::new();
        let mut lost: HashMap<Text, Moment> = HashMap::new();
        let mut backoff = Backoff::default();
        loop {
            let mut refused = false;
            let session = match self.session.wait_for(Option::is_some).await {
                Ok(session) => session.clone(),
                Err(_) => return Ok(()),
            };
            if let Some(session) = session {
                for name in self.names.clone() {
                    if session_changed(&self.session, &session) {
                        break;
                    }
                    let feed = self.read(&session, &name, &mut known, &mut lost).await?;
                    refused |= known.contains_key(&name) && matches!(feed, Feed::Denied { .. });
                }
            }
            if self.mode == Mode::Once {
                return Ok(());
            }
            let wait = if refused {
                backoff.after_refusal(EVERY)
            } else {
                backoff = Backoff::default();
                EVERY
            };
            self.retry.mark_unchanged();
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = asked_again(&mut self.retry) => {}
                _ = self.session.changed() => {}
            }
        }
    }

    async fn read(
        &mut self,
        session: &Session,
        name: &Text,
        known: &mut HashMap<Text, Uid>,
        lost: &mut HashMap<Text, Moment>,
    ) -> Result<Feed, Closed> {
        let scope = Scope {
            cluster: self.cluster,
            kind: Kind::Namespace,
            namespace: Some(name.clone()),
        };
        let path = format!("/api/v1/namespaces/{name}");
        let answer = session
            .connection
            .get(
                &path,
                ACCEPT,
                None,
                PATIENCE.min(session.connection.patience()),
            )
            .await;
        let feed = match answer.map(|whole| whole.body.unwrap_or_default()) {
            Ok(body) => {
                self.outlet.push(Delta::ListStart(scope.clone())).await?;
                let item = messages::unwrap(body.clone()).map_or_else(
                    |_| decode(Kind::Namespace, Format::Json, body),
                    |envelope| decode(Kind::Namespace, Format::Protobuf, envelope.raw),
                );
                match item {
                    Ok(item) => {
                        known.insert(name.clone(), item.uid);
                        if let Fact::Object(object) = item.fact {
                            self.outlet
                                .push(Delta::Upsert(self.cluster, object))
                                .await?;
                        }
                    }
                    Err(fault) => {
                        let lost = Delta::Undecodable {
                            scope: scope.clone(),
                            name: name.clone(),
                            fault,
                        };
                        self.outlet.push(lost).await?;
                    }
                }
                self.outlet.push(Delta::ListEnd(scope.clone())).await?;
                Feed::Polled {
                    at: (self.clock)(),
                    watch_denied: false,
                }
            }
            Err(Failure::Denied) => Feed::Denied { verb: Verb::Get },
            Err(Failure::Absent | Failure::Expired) => {
                if let Some(uid) = known.remove(name) {
                    self.outlet
                        .push(Delta::Remove(self.cluster, Kind::Namespace, uid))
                        .await?;
                }
                Feed::Absent
            }
            Err(Failure::Problem(problem, _)) => {
                let since = *lost.entry(name.clone()).or_insert_with(self.clock);
                Feed::Lost { problem, since }
            }
        };
        if !matches!(feed, Feed::Lost { .. }) {
            lost.remove(name);
        }
        self.outlet.send(Delta::Feed(scope, feed.clone())).await?;
        Ok(feed)
    }
}

/// Whether another session took the place of the one in use.
fn session_changed(now: &watch::Receiver<Option<Arc<Session>>>, used: &Session) -> bool {
    now.borrow()
        .as_ref()
        .is_none_or(|now| now.number != used.number)
}
