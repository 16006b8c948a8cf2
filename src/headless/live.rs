//! Clusters as they are, for as long as it takes: what is watched, then what only a look at an object tells.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep_until};

use crate::dossier::{Dossier, Events, Log, Table, Whole};
use crate::model::{Delta, Feed, Kind, Link, Lookup, LookupId, Moment, Told, Wanted};
use crate::store::{Cluster, Store};

/// Where facts come from and questions go.
pub struct Ports<Look> {
    pub deltas: Receiver<Vec<Delta>>,
    /// Parts of the answers to lookups.
    pub told: Receiver<(LookupId, Vec<Told>)>,
    /// Reads what these lookups ask, and nothing that was asked for before.
    pub look: Look,
    pub now: fn() -> Moment,
}

pub(super) struct Live<Look> {
    pub(super) store: Store,
    pub(super) dossier: Dossier,
    ports: Ports<Look>,
}

impl<Look: Fn(&BTreeMap<LookupId, Lookup>)> Live<Look> {
    pub(super) fn new(store: Store, ports: Ports<Look>) -> Self {
        Self {
            store,
            dossier: Dossier::default(),
            ports,
        }
    }

    /// Until everything was read or cannot be, or the time is up.
    pub(super) async fn clusters(&mut self, limit: Option<Duration>) {
        self.until(limit, |it| it.store.clusters().all(is_settled))
            .await;
    }

    /// Until each of them was told or cannot be, or the time is up.
    pub(super) async fn lookups(&mut self, wanted: &[Lookup], limit: Option<Duration>) {
        self.dossier.want(wanted);
        (self.ports.look)(&self.dossier.lookups());
        let told = |it: &Self| wanted.iter().all(|lookup| is_told(&it.dossier, lookup));
        self.until(limit, told).await;
    }

    pub(super) async fn until(&mut self, limit: Option<Duration>, settled: impl Fn(&Self) -> bool) {
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        while !settled(self) {
            let late = async {
                match deadline {
                    Some(deadline) => sleep_until(deadline).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                batch = self.ports.deltas.recv() => match batch {
                    Some(batch) => self.take(batch),
                    None => return,
                },
                Some((id, told)) = self.ports.told.recv() => self.dossier.tell(id, told),
                () = late => return,
            }
        }
    }

    /// The next of these answers, while the clusters are watched on; None once none comes any more.
    pub(super) async fn next<T>(&mut self, answers: &mut Receiver<T>) -> Option<T> {
        let mut watching = true;
        loop {
            tokio::select! {
                answer = answers.recv() => return answer,
                batch = self.ports.deltas.recv(), if watching => match batch {
                    Some(batch) => self.take(batch),
                    None => watching = false,
                },
            }
        }
    }

    fn take(&mut self, batch: Vec<Delta>) {
        let now = (self.ports.now)();
        for delta in batch {
            self.store.apply(delta, now);
        }
    }
}

/// Nothing more comes soon: each kind was read, may not be, or is lost.
fn is_settled(cluster: &Cluster) -> bool {
    match cluster.link() {
        Link::Connecting { .. } => false,
        Link::Degraded { .. } => true,
        Link::Live { .. } => {
            let reading = |kind: Kind| {
                let mut feeds = cluster.feeds();
                feeds
                    .any(|(scope, feed)| scope.kind == kind && matches!(feed, Feed::Reading { .. }))
            };
            !Kind::ALL.into_iter().any(reading)
        }
    }
}

pub(super) fn is_told(dossier: &Dossier, lookup: &Lookup) -> bool {
    match &lookup.wanted {
        Wanted::Events(_) => {
            let told = |it: &Events| it.whole() || it.lack().is_some();
            dossier.events(lookup).is_some_and(told)
        }
        Wanted::Object(_) => {
            let told = |it: &Whole| it.document().is_some() || it.gone() || it.lack().is_some();
            dossier.whole(lookup).is_some_and(told)
        }
        Wanted::Log(_) => {
            let told = |it: &Log| it.whole() || it.lack().is_some();
            dossier.log(lookup).is_some_and(told)
        }
        Wanted::Table { .. } | Wanted::Objects { .. } | Wanted::Labelled { .. } => {
            let told = |it: &Table| it.whole() || it.lack().is_some();
            dossier.table(lookup).is_some_and(told)
        }
    }
}
