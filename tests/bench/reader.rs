//! vigie's own reading of one kind into its store, without a screen: what an object keeps.

use std::path::Path;
use std::time::{Duration, Instant};

use color_eyre::eyre::OptionExt;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use vigie::model::{ClusterId, Delta, Kind, Link, Moment};
use vigie::source::{self, Mode, Options};
use vigie::store::Store;

use crate::bed::Result;

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// From a good link to the kind read whole.
    pub(crate) loaded: Duration,
    /// From a good link to the first objects in the store.
    pub(crate) first_rows: Duration,
    /// What the store holds: allocated with it, gone without it.
    pub(crate) live_bytes: u64,
    pub(crate) objects: usize,
}

/// Reads one kind of the cluster once, pods or Applications, and prints the figures.
pub(crate) fn measure(kubeconfig: &Path, kind: &str) -> Result {
    let kind = Kind::ALL.into_iter().find(|it| it.plural() == kind);
    let kind = kind.ok_or_eyre("no such kind")?;
    let count = |store: &Store| match kind {
        Kind::Application => applications(store),
        _ => pods(store),
    };
    let options = Options {
        kubeconfig: Some(kubeconfig.to_owned()),
        ..Options::default()
    };
    let fleet = source::resolve(&options).map_err(|error| color_eyre::eyre::eyre!("{error:?}"))?;
    let mut store = Store::new(fleet.names(), now());
    let (sender, mut deltas) = mpsc::channel(8);
    let handle = source::start(fleet, &[kind], Mode::Watch, now, sender)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut reading = Reading::default();
    let mut linked = None;
    runtime.block_on(async {
        while let Some(batch) = deltas.recv().await {
            for delta in batch {
                if matches!(delta, Delta::Link(_, Link::Live { .. })) {
                    linked = Some(Instant::now());
                }
                store.apply(delta, now());
            }
            let since = linked.map(|linked| linked.elapsed()).unwrap_or_default();
            if reading.first_rows.is_zero() && count(&store) > 0 {
                reading.first_rows = since;
            }
            if whole(&store, kind) {
                reading.loaded = since;
                break;
            }
        }
    });
    reading.objects = count(&store);
    let with = live_bytes();
    drop(store);
    reading.live_bytes = with.saturating_sub(live_bytes());
    serde_json::to_writer(std::io::stdout(), &reading)?;
    drop(handle);
    Ok(())
}

fn live_bytes() -> u64 {
    let stats = crate::ALLOCATOR.stats();
    u64::try_from(
        stats
            .bytes_allocated
            .saturating_sub(stats.bytes_deallocated),
    )
    .unwrap_or(0)
}

#[expect(clippy::disallowed_methods, reason = "the bench keeps its own time")]
fn now() -> Moment {
    Moment::from(chrono::Utc::now())
}

fn pods(store: &Store) -> usize {
    store.clusters().map(vigie::store::Cluster::pod_count).sum()
}

fn applications(store: &Store) -> usize {
    store.clusters().map(|it| it.applications().count()).sum()
}

/// It was read whole.
fn whole(store: &Store, kind: Kind) -> bool {
    let cluster = store.cluster(ClusterId(0));
    cluster.is_some_and(|it| it.complete(kind))
}
