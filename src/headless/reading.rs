//! Reading once: what the source sends until it has read everything, or until the time is up.

use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout_at};

use crate::model::{Delta, Moment, Text};
use crate::store::Store;

/// A cron job must end even when a server accepts connections and then says nothing.
const LONGEST: Duration = Duration::from_mins(1);

/// How long the whole reading may take, given the time one request may take: a few requests follow one another.
/// None when requests were given no limit.
pub fn limit(request_timeout: Option<Duration>) -> Option<Duration> {
    match request_timeout {
        None => Some(LONGEST),
        Some(Duration::ZERO) => None,
        Some(one) => Some(one.saturating_mul(4).max(LONGEST)),
    }
}

/// The store once the channel closes or the time is up. What was not read by then shows in the store as such.
pub async fn read(
    clusters: Vec<Text>,
    deltas: &mut Receiver<Vec<Delta>>,
    limit: Option<Duration>,
    now: impl Fn() -> Moment,
) -> Store {
    let mut store = Store::new(clusters, now());
    let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
    loop {
        let batch = match deadline {
            Some(deadline) => timeout_at(deadline, deltas.recv()).await.ok().flatten(),
            None => deltas.recv().await,
        };
        let Some(batch) = batch else {
            return store;
        };
        let arrived = now();
        for delta in batch {
            store.apply(delta, arrived);
        }
    }
}
