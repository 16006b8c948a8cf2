//! Reading clusters: connect, list, watch, resume. Facts leave here as [`Delta`]s, cleaned and reduced to what vigie shows.
//!
//! Everything runs on one thread of its own, so that a burst of answers never delays a key.

mod access;
mod backoff;
mod cluster;
mod connection;
mod convert;
mod credentials;
mod discovery;
#[cfg(test)]
mod fake;
mod feed;
mod link;
mod links;
mod login;
mod lookup;
mod namespaces;
mod outlet;
mod proxy;
mod reach;
mod session;
mod task;
mod text;
mod wire;

pub use access::{ConnectError, Fleet, Options, resolve};
pub use links::{Incoming, Links, Lost, Outgoing, harmless, sentence};
pub use lookup::Answer;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::model::{ClusterId, Delta, Kind, Lookup, LookupId, Moment};
use lookup::Asked;
use outlet::Outlet;
use task::ClusterTask;

/// Gives the present moment; a parameter, so that time enters the program at one place.
pub type Clock = fn() -> Moment;

/// How long the end of the program may wait for that of the reading.
const ENDING: Duration = Duration::from_millis(300);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// List, then watch for ever.
    Watch,
    /// List once; the channel closes when every kind was read or has failed.
    Once,
}

/// A running fleet. Dropping it leaves it running: it ends when the receiver of its deltas is dropped.
pub struct Handle {
    retry: HashMap<ClusterId, watch::Sender<u64>>,
    asked: HashMap<ClusterId, watch::Sender<Asked>>,
    links: Links,
    ended: std::sync::mpsc::Receiver<()>,
}

impl Handle {
    /// Tries the cluster's link, and what was denied or lost there, now rather than at the next turn.
    pub fn retry(&self, cluster: ClusterId) {
        if let Some(retry) = self.retry.get(&cluster) {
            retry.send_modify(|count| *count += 1);
        }
    }

    /// Reads what these lookups ask, and no longer what others asked before. Parts of their answers come to `told`; while
    /// it is full the reading waits.
    pub fn look(&self, lookups: &BTreeMap<LookupId, Lookup>, told: &mpsc::Sender<Answer>) {
        for (cluster, asked) in &self.asked {
            let here = lookups.iter().filter(|(_, it)| it.cluster == *cluster);
            let lookups = here.map(|(id, it)| (*id, it.wanted.clone())).collect();
            asked.send_if_modified(|asked| {
                let new = asked.lookups != lookups;
                *asked = Asked {
                    lookups,
                    told: Some(told.clone()),
                };
                new
            });
        }
    }

    /// For single requests.
    pub fn links(&self) -> Links {
        self.links.clone()
    }

    /// Waits until nothing runs any more, once the receiver of its deltas is dropped: a login plugin would outlive the
    /// program. What hangs is left behind.
    pub fn end(self) {
        // Nothing is ever sent: the sender goes when the thread has ended.
        let _ = self.ended.recv_timeout(ENDING);
    }
}

/// Starts reading the fleet on a thread of its own. Deltas come in batches; a full channel makes the reading wait.
///
/// # Errors
/// The operating system gives no thread or no event queue.
pub fn start(
    fleet: Fleet,
    kinds: &[Kind],
    mode: Mode,
    clock: Clock,
    deltas: mpsc::Sender<Vec<Delta>>,
) -> std::io::Result<Handle> {
    let mut retry = HashMap::new();
    let mut asked = HashMap::new();
    let mut sessions = HashMap::new();
    let mut tasks = Vec::new();
    for (id, access) in (0..).map(ClusterId).zip(fleet.clusters) {
        let (sender, receiver) = watch::channel(0);
        retry.insert(id, sender);
        let (sender, lookups) = watch::channel(Asked::default());
        asked.insert(id, sender);
        let (session, linked) = watch::channel(None);
        sessions.insert(id, linked);
        let outlet = Outlet::new(deltas.clone());
        tasks.push(ClusterTask {
            id,
            access,
            kinds: kinds.to_vec(),
            mode,
            clock,
            outlet,
            retry: receiver,
            asked: lookups,
            session,
        });
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let links = Links {
        sessions: Arc::new(sessions),
        runtime: runtime.handle().clone(),
    };
    let (running, ended) = std::sync::mpsc::channel();
    std::thread::Builder::new()
        .name("source".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                let closed = deltas.clone();
                let mut clusters = tokio::task::JoinSet::new();
                for task in tasks {
                    clusters.spawn(task.keep());
                }
                drop(deltas);
                let all = async { while clusters.join_next().await.is_some() {} };
                tokio::select! {
                    () = all => {}
                    () = closed.closed() => {}
                }
            });
            drop(runtime);
            drop::<std::sync::mpsc::Sender<()>>(running);
        })?;
    Ok(Handle {
        retry,
        asked,
        links,
        ended,
    })
}
