//! Bugs of our own: told, and survived.

use std::cell::Cell;

use serde_json::json;

use super::super::fake::{self, Server, Stage};
use crate::model::{Delta, Feed, Link, Moment, Problem};

thread_local! {
    /// Calls of the clock until one panics.
    static FUSE: Cell<Option<u32>> = const { Cell::new(None) };
}

/// A clock stands for any code of ours: its next calls may be told to panic.
fn clock() -> Moment {
    let left = FUSE.get();
    FUSE.set(left.and_then(|left| left.checked_sub(1)));
    assert!(left != Some(0), "a bug");
    fake::clock()
}

async fn reading(fuse: Option<u32>) -> Stage {
    FUSE.set(fuse);
    let server = Server::default();
    server.accept_only(&["one"]);
    Stage::set(server, clock, |_| json!({"token": "one"})).await
}

fn is_watching(delta: &Delta) -> bool {
    matches!(delta, Delta::Feed(_, Feed::Live { .. }))
}

#[tokio::test]
async fn a_feed_that_panics_is_said_to_be_lost_and_begins_anew() {
    // The link asks the time twice before its first word that it lives, the feed when its watch begins.
    let mut stage = reading(Some(2)).await;
    let lost = |delta: &Delta| {
        matches!(
            delta,
            Delta::Feed(
                _,
                Feed::Lost {
                    problem: Problem::Bug,
                    ..
                }
            )
        )
    };
    let (_, before) = stage.wait(lost).await;
    assert!(
        before
            .iter()
            .any(|delta| matches!(delta, Delta::ListEnd(_)))
    );
    let (_, before) = stage.wait(is_watching).await;
    let listed = |delta: &&Delta| matches!(delta, Delta::ListEnd(_));
    assert_eq!(
        before.iter().filter(listed).count(),
        1,
        "read anew: {before:?}"
    );
}

#[tokio::test]
async fn a_link_that_panics_is_said_to_be_degraded_and_begins_anew() {
    let mut stage = reading(Some(0)).await;
    let degraded = |delta: &Delta| {
        matches!(
            delta,
            Delta::Link(
                _,
                Link::Degraded {
                    problem: Problem::Bug,
                    next_try: Some(_),
                    ..
                }
            )
        )
    };
    stage.wait(degraded).await;
    stage.wait(is_watching).await;
}
