//! Nodes that take their pods down with them.

use std::collections::BTreeSet;

use crate::model::{Condition, Kind, Node, Phase, Role, Status, Subject, Text};
use crate::store::{Cluster, ContainerView, PodView, Seen, StateView};

use super::clock::hold;
use super::finding::{Cause, Trouble};
use super::scene::{Draft, Scene};
use super::wards::{Round, Stricken};

fn not_ready(node: &Node) -> Option<&Condition> {
    node.condition("Ready")
        .filter(|ready| ready.status != Status::True)
}

/// Names of the nodes that are not ready; where nodes may not be read, of those that took their pods down.
pub(super) fn dead(cluster: &Cluster) -> BTreeSet<&str> {
    if cluster.seen(Kind::Node, "") == Seen::Never {
        return cluster
            .pods()
            .filter(|pod| struck(*pod))
            .map(PodView::node)
            .collect();
    }
    cluster
        .nodes()
        .filter(|node| not_ready(node).is_some())
        .map(|node| node.meta.name.as_str())
        .collect()
}

/// The node controller takes readiness away from pods whose containers it leaves as they were; a kubelet never does, but
/// for a readiness gate.
fn struck(pod: PodView<'_>) -> bool {
    let spoken_of = pod.containers().next().is_some();
    if pod.ready() || pod.node().is_empty() || pod.phase() != Phase::Running || !spoken_of {
        return false;
    }
    let runs = |it: ContainerView<'_>| {
        it.role() != Role::Main || it.ready() && matches!(it.state(), StateView::Running { .. })
    };
    let gated = || {
        pod.condition("Ready")
            .is_none_or(|ready| ready.reason == "ReadinessGatesNotReady")
    };
    pod.reason() == "NodeLost" || pod.containers().all(runs) && !gated()
}

pub(super) fn judge(scene: &mut Scene<'_>, round: &mut Round) {
    let cluster = scene.cluster;
    // How many pods a node takes down is not known before they were read.
    if cluster.seen(Kind::Pod, "") == Seen::Reading {
        return;
    }
    for node in cluster.nodes() {
        let name = &node.meta.name;
        let evicted = round.evicted.remove(name);
        if let Some(ready) = not_ready(node) {
            let trouble = Trouble::NodeNotReady {
                reason: ready.reason.clone(),
                message: ready.message.clone(),
                inferred: false,
            };
            let stricken = round.lost.remove(name).unwrap_or_default();
            let since = ready.changed.or(stricken.since);
            find(scene, Some(node), name, trouble, since, stricken);
        } else {
            pressed(scene, node, evicted);
        }
    }
    // Nodes that may not be read are named by their pods.
    for (name, stricken) in std::mem::take(&mut round.lost) {
        let trouble = Trouble::NodeNotReady {
            reason: Text::default(),
            message: Text::default(),
            inferred: true,
        };
        let since = stricken.since;
        find(scene, None, &name, trouble, since, stricken);
    }
    // A node that is gone, or that may not be read, is still named by the pods it evicted.
    for (name, stricken) in std::mem::take(&mut round.evicted) {
        let trouble = pressure(Text::default(), &stricken);
        let since = stricken.since;
        find(scene, None, &name, trouble, since, stricken);
    }
}

fn pressed(scene: &mut Scene<'_>, node: &Node, evicted: Option<Stricken>) {
    let condition = node.conditions.iter().find(|condition| {
        let bad = condition.name.ends_with("Pressure") || condition.name == "NetworkUnavailable";
        bad && condition.status == Status::True
    });
    let condition =
        condition.filter(|it| evicted.is_some() || scene.clock.lasted(it.changed, hold::PRESSURE));
    if condition.is_none() && evicted.is_none() {
        return;
    }
    let stricken = evicted.unwrap_or_default();
    let trouble = pressure(
        condition.map(|it| it.name.clone()).unwrap_or_default(),
        &stricken,
    );
    let since = condition.and_then(|it| it.changed).or(stricken.since);
    find(scene, Some(node), &node.meta.name, trouble, since, stricken);
}

fn pressure(condition: Text, stricken: &Stricken) -> Trouble {
    Trouble::NodePressure {
        condition,
        resource: stricken.resource.clone(),
        evicted: stricken.count,
    }
}

fn find(
    scene: &mut Scene<'_>,
    node: Option<&Node>,
    name: &Text,
    trouble: Trouble,
    since: Option<crate::model::Moment>,
    stricken: Stricken,
) {
    let mut objects = stricken.pods;
    if objects.is_empty()
        && let Some(node) = node
        && !matches!(trouble, Trouble::NodeNotReady { .. })
    {
        objects.push(scene.id(Kind::Node, node.meta.uid));
    }
    let draft = Draft {
        since,
        count: stricken.count,
        objects,
        ..Draft::new(
            Cause::Node(scene.cluster.id(), name.clone()),
            Text::default(),
            Subject {
                kind: "Node".into(),
                name: name.clone(),
            },
            trouble,
        )
    };
    scene.find_across(draft, &stricken.namespaces);
}
