//! The reading of a cluster without a screen, put together as the program does.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use tokio::sync::mpsc;
use tokio::time::timeout;
use vigie::app::Clock;
use vigie::model::{Delta, Feed, Kind, Moment};
use vigie::source::{self, Mode, Options};
use vigie::store::{Cluster, Store};

use crate::bed::Result;

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);

/// A running reading, and what it told so far.
pub(crate) struct Reading {
    store: Store,
    deltas: mpsc::Receiver<Vec<Delta>>,
}

fn now() -> Moment {
    Clock::System.now().moment
}

impl Reading {
    /// Until everything was read once.
    pub(crate) async fn start(kubeconfig: PathBuf) -> Result<Self> {
        let options = Options {
            kubeconfig: Some(kubeconfig),
            ..Options::default()
        };
        let fleet = source::resolve(&options).map_err(|error| eyre!("{error:?}"))?;
        let (sender, deltas) = mpsc::channel(8);
        let mut reading = Self {
            store: Store::new(fleet.names(), now()),
            deltas,
        };
        source::start(fleet, &Kind::ALL, Mode::Watch, now, sender)?;
        let read = |cluster: &Cluster| {
            cluster.feeds().count() > 0 && cluster.feeds().all(|(_, it)| is_settled(it))
        };
        reading.wait("read", read).await?;
        Ok(reading)
    }

    pub(crate) fn cluster(&self) -> Result<&Cluster> {
        let mut clusters = self.store.clusters();
        clusters.next().ok_or_else(|| eyre!("no cluster"))
    }

    /// Takes in what is told until the condition holds; gives how long that took.
    pub(crate) async fn wait(
        &mut self,
        what: &str,
        condition: impl Fn(&Cluster) -> bool,
    ) -> Result<Duration> {
        let from = Instant::now();
        while !condition(self.cluster()?) {
            let late = from.elapsed() > PATIENCE;
            ensure!(!late, "never {what}: {:?}", self.cluster()?.link());
            // A condition may ask others than the store.
            if let Ok(batch) = timeout(POLL, self.deltas.recv()).await {
                for delta in batch.ok_or_else(|| eyre!("the reading ended"))? {
                    self.store.apply(delta, now());
                }
            }
        }
        Ok(from.elapsed())
    }
}

/// As good as it gets.
pub(crate) fn is_settled(feed: &Feed) -> bool {
    matches!(feed, Feed::Live { .. } | Feed::Absent | Feed::Denied { .. })
}
