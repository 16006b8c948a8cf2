//! Where deltas go: in batches, waiting for the store rather than growing.

use tokio::sync::mpsc::Sender;

use crate::model::Delta;

/// Enough to spare the channel, few enough to show rows as they come.
const BATCH: usize = 32;

/// One task's way to the store. Nothing is lost: what is buffered goes with the next flush.
pub(super) struct Outlet {
    store: Sender<Vec<Delta>>,
    batch: Vec<Delta>,
}

/// The store is gone: vigie is ending.
#[derive(Debug)]
pub(super) struct Closed;

impl Clone for Outlet {
    fn clone(&self) -> Self {
        Self::new(self.store.clone())
    }
}

impl Outlet {
    pub(super) fn new(store: Sender<Vec<Delta>>) -> Self {
        Self {
            store,
            batch: Vec::new(),
        }
    }

    pub(super) async fn push(&mut self, delta: Delta) -> Result<(), Closed> {
        self.batch.push(delta);
        if self.batch.len() >= BATCH {
            self.flush().await
        } else {
            Ok(())
        }
    }

    pub(super) async fn flush(&mut self) -> Result<(), Closed> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        self.store.send(batch).await.map_err(|_| Closed)
    }

    /// Sends a delta, and what was buffered before it.
    pub(super) async fn send(&mut self, delta: Delta) -> Result<(), Closed> {
        self.batch.push(delta);
        self.flush().await
    }
}
