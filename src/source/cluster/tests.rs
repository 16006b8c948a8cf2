//! Bugs of our own: told, and survived.

use std::cell::Cell;

use serde_json::json;

use super::super::fake::{self, Server, Stage, pass};
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

/// Since when the feed, or the link, is said to be down by a bug.
fn bug_since(delta: &Delta) -> Option<Moment> {
    match delta {
        Delta::Feed(
            _,
            Feed::Lost {
                problem: Problem::Bug,
                since,
            },
        )
        | Delta::Link(
            _,
            Link::Degraded {
                problem: Problem::Bug,
                since,
                next_try: Some(_),
                ..
            },
        ) => Some(*since),
        _ => None,
    }
}

fn is_watching(delta: &Delta) -> bool {
    matches!(delta, Delta::Feed(_, Feed::Live { .. }))
}

#[tokio::test]
async fn a_feed_that_panics_is_said_to_be_lost_and_begins_anew() {
    // The link asks the time twice before its first word that it lives, the feed when its watch begins.
    let mut stage = reading(Some(2)).await;
    let (_, before) = stage.wait(|delta| bug_since(delta).is_some()).await;
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
    stage.wait(|delta| bug_since(delta).is_some()).await;
    stage.wait(is_watching).await;
}

#[tokio::test]
async fn a_bug_that_comes_again_has_been_there_since_the_first_time() {
    // The second call of the clock is the feed's, or the link's own.
    for (first, again) in [(2, 0), (0, 0)] {
        let mut stage = reading(Some(first)).await;
        let (told, _) = stage.wait(|delta| bug_since(delta).is_some()).await;
        let since = bug_since(&told);
        FUSE.set(Some(again));
        pass(5).await;
        let (told, _) = stage.wait(|delta| bug_since(delta).is_some()).await;
        assert_eq!(bug_since(&told), since);
    }
}
