//! vigie's own reading into its store, without a screen.

use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use vigie::model::{ClusterId, Delta, Feed, Kind, Link, Moment};
use vigie::source::{self, Mode, Options};
use vigie::store::Store;

use crate::bed::Result;
use crate::memory;

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// From a good link to every kind read whole.
    pub(crate) loaded: Duration,
    /// From a good link to the first objects in the store.
    pub(crate) first_rows: Duration,
    pub(crate) judged: Duration,
    pub(crate) empty_kib: u64,
    pub(crate) resident_kib: u64,
    pub(crate) peak_kib: u64,
    /// What the store holds: allocated with it, gone without it.
    pub(crate) live_bytes: u64,
    /// Of the kind that alone was read; otherwise pods.
    pub(crate) objects: usize,
}

/// Reads the cluster once, or one kind of it, and prints the figures.
pub(crate) fn measure(kubeconfig: &Path, only: Option<&str>) -> Result {
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| only.is_none_or(|it| it == kind.plural()))
        .collect();
    let count = |store: &Store| match kinds[..] {
        [Kind::Application] => applications(store),
        _ => pods(store),
    };
    let options = Options {
        kubeconfig: Some(kubeconfig.to_owned()),
        ..Options::default()
    };
    let fleet = source::resolve(&options).map_err(|error| color_eyre::eyre::eyre!("{error:?}"))?;
    let mut store = Store::new(fleet.names(), now());
    let (sender, mut deltas) = mpsc::channel(8);
    let handle = source::start(fleet, &kinds, Mode::Watch, now, sender)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut reading = Reading::default();
    let mut linked = None;
    runtime.block_on(async {
        while let Some(batch) = deltas.recv().await {
            for delta in batch {
                if matches!(delta, Delta::Link(_, Link::Live { .. })) {
                    linked = Some(Instant::now());
                    reading.empty_kib = memory::resident_kib("self");
                }
                store.apply(delta, now());
            }
            let since = linked.map(|linked| linked.elapsed()).unwrap_or_default();
            if reading.first_rows.is_zero() && count(&store) > 0 {
                reading.first_rows = since;
            }
            if whole(&store, &kinds) {
                reading.loaded = since;
                break;
            }
        }
    });
    reading.objects = count(&store);
    reading.resident_kib = memory::resident_kib("self");
    reading.peak_kib = memory::peak_kib("self");
    let began = Instant::now();
    let places = vigie::tenancy::Places::resolve(&store, &vigie::tenancy::Rules::default());
    std::hint::black_box(vigie::insight::judge(&store, &places, now()));
    reading.judged = began.elapsed();
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

/// Every kind that is there was read whole.
fn whole(store: &Store, kinds: &[Kind]) -> bool {
    let Some(cluster) = store.cluster(ClusterId(0)) else {
        return false;
    };
    kinds.iter().all(|kind| {
        let absent = cluster
            .feeds()
            .any(|(scope, feed)| scope.kind == *kind && *feed == Feed::Absent);
        absent || cluster.complete(*kind)
    })
}
