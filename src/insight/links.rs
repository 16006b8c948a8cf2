//! Clusters and kinds that are no longer seen.

use std::collections::BTreeMap;

use crate::model::{Feed, Kind, Link, Moment, Problem, Subject, Text};

use super::clock::{Clock, hold};
use super::finding::{Cause, Trouble};
use super::scene::{Draft, Scene};

/// `ours` is the present by our own clock: the link's times are ours.
pub(super) fn judge(scene: &mut Scene<'_>, ours: &mut Clock) {
    let cluster = scene.cluster;
    if let Link::Degraded {
        problem,
        since,
        tries,
        next_try,
    } = cluster.link()
    {
        if ours.lasted(Some(*since), hold::LINK) {
            let hidden = u32::try_from(cluster.namespaces().count()).unwrap_or(u32::MAX);
            let trouble = Trouble::LinkDegraded {
                problem: problem.clone(),
                tries: *tries,
                next_try: *next_try,
                hidden,
            };
            find(scene, Cause::Link(cluster.id()), trouble, *since);
        }
        return;
    }
    let mut lost: BTreeMap<Kind, (&Problem, Moment)> = BTreeMap::new();
    for (scope, feed) in cluster.feeds() {
        if let Feed::Lost { problem, since } = feed {
            let first = lost.entry(scope.kind).or_insert((problem, *since));
            first.1 = first.1.min(*since);
        }
    }
    for (kind, (problem, since)) in lost {
        if ours.lasted(Some(since), hold::FEED) {
            let trouble = Trouble::FeedLost {
                kind,
                problem: problem.clone(),
            };
            find(scene, Cause::Feed(cluster.id(), kind), trouble, since);
        }
    }
}

fn find(scene: &mut Scene<'_>, cause: Cause, trouble: Trouble, since: Moment) {
    scene.find(Draft {
        since: Some(since),
        ..Draft::new(
            cause,
            Text::default(),
            Subject {
                kind: "Cluster".into(),
                name: scene.cluster.name().clone(),
            },
            trouble,
        )
    });
}
