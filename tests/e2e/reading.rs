//! The reading of a cluster without a screen, put together as the program does.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use color_eyre::eyre::{ensure, eyre};
use tokio::sync::mpsc;
use tokio::time::timeout;
use vigie::app::Clock;
use vigie::dossier::Dossier;
use vigie::model::{Delta, Feed, Kind, Lookup, Moment};
use vigie::source::{self, Answer, Handle, Mode, Options};
use vigie::store::{Cluster, Store};

use crate::bed::Result;

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);

/// A running reading, and what it told so far.
pub(crate) struct Reading {
    store: Store,
    deltas: mpsc::Receiver<Vec<Delta>>,
    handle: Handle,
    teller: mpsc::Sender<Answer>,
    told: mpsc::Receiver<Answer>,
    pub(crate) dossier: Dossier,
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
        let store = Store::new(fleet.names(), now());
        let (teller, told) = mpsc::channel(8);
        let mut reading = Self {
            store,
            deltas,
            handle: source::start(fleet, &Kind::ALL, Mode::Watch, now, sender)?,
            teller,
            told,
            dossier: Dossier::default(),
        };
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

    /// Opens what is wanted, and closes the rest.
    pub(crate) fn look(&mut self, wanted: &[Lookup]) {
        self.dossier.want(wanted);
        self.handle.look(&self.dossier.lookups(), &self.teller);
    }

    /// Takes in what is told of the lookups until the condition holds.
    pub(crate) async fn wait_told(
        &mut self,
        what: &str,
        condition: impl Fn(&Dossier) -> bool,
    ) -> Result {
        let from = Instant::now();
        while !condition(&self.dossier) {
            let late = from.elapsed() > PATIENCE;
            ensure!(!late, "never {what}: {:?}", self.dossier);
            if let Ok(Some((id, told))) = timeout(POLL, self.told.recv()).await {
                self.dossier.tell(id, told);
            }
            // The watches wait while nobody takes their facts.
            while let Ok(batch) = self.deltas.try_recv() {
                for delta in batch {
                    self.store.apply(delta, now());
                }
            }
        }
        Ok(())
    }
}

/// As good as it gets.
pub(crate) fn is_settled(feed: &Feed) -> bool {
    matches!(feed, Feed::Live { .. } | Feed::Absent | Feed::Denied { .. })
}
