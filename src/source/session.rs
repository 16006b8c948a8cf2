//! What the feeds of a cluster work with while its link is good.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::connection::Connection;
use super::discovery::Served;

/// A connection that answered, and what the server serves.
pub(super) struct Session {
    /// A feed in the middle of a stream drops it when this changes; other changes of the session leave it alone.
    pub(super) number: u64,
    pub(super) connection: Connection,
    pub(super) served: Served,
    /// Whether the server refused to tell what it serves: it allows anybody to ask, but for its first moments.
    pub(super) discovery_denied: bool,
    /// Whether the server sends lists as it reads them (1.33 and later), so that one body is cheaper than pages.
    pub(super) streams_lists: bool,
    pub(super) pulse: Arc<Pulse>,
}

impl Session {
    /// Bytes came: the link lives.
    pub(super) fn heard(&self) {
        self.pulse.heard();
    }

    /// A kind that should be there is not: ask discovery anew.
    pub(super) fn forget_discovery(&self) {
        self.pulse.stale.store(true, Ordering::Relaxed);
    }
}

/// Signs of life, written by feeds and read by the cluster's task.
pub(super) struct Pulse {
    born: Instant,
    /// Milliseconds from `born` to the last bytes.
    last: AtomicU64,
    stale: AtomicBool,
}

impl Pulse {
    pub(super) fn new() -> Self {
        Self {
            born: Instant::now(),
            last: AtomicU64::new(0),
            stale: AtomicBool::new(false),
        }
    }

    pub(super) fn heard(&self) {
        let now = u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(now, Ordering::Relaxed);
    }

    /// How long nothing was heard.
    pub(super) fn silence(&self) -> Duration {
        self.born
            .elapsed()
            .saturating_sub(Duration::from_millis(self.last.load(Ordering::Relaxed)))
    }

    /// True once after a feed found discovery wrong.
    pub(super) fn take_stale(&self) -> bool {
        self.stale.swap(false, Ordering::Relaxed)
    }
}

/// A feed's word that the link may be bad.
pub(super) struct Signal {
    /// The session it was using; an older one says nothing of the present.
    pub(super) session: u64,
}

/// Until the user asks to try again; for ever once nobody can.
pub(super) async fn asked_again(retry: &mut watch::Receiver<u64>) {
    if retry.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Waits, but no longer than until the user asks to try again from now on.
pub(super) async fn pause(retry: &watch::Receiver<u64>, wait: Duration) {
    let mut retry = retry.clone();
    retry.mark_unchanged();
    let _ = tokio::time::timeout(wait, asked_again(&mut retry)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_was_asked_before_shortens_no_later_wait() {
        let (sender, retry) = watch::channel(0);
        let minute = Duration::from_mins(1);
        sender.send_modify(|count| *count += 1);
        for _ in 0..2 {
            let from = tokio::time::Instant::now();
            pause(&retry, minute).await;
            assert_eq!(from.elapsed(), minute);
        }
        let from = tokio::time::Instant::now();
        let key = async { sender.send_modify(|count| *count += 1) };
        tokio::join!(pause(&retry, minute), key);
        assert_eq!(from.elapsed(), Duration::ZERO);
    }
}
