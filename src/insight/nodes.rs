//! Nodes that take their pods down with them.

use std::collections::BTreeSet;

use crate::model::{Condition, Kind, Node, Status, Subject, Text};
use crate::store::Cluster;

use super::clock::hold;
use super::finding::{Cause, Trouble};
use super::scene::{Draft, Scene};
use super::wards::{Round, Stricken};

fn not_ready(node: &Node) -> Option<&Condition> {
    node.condition("Ready")
        .filter(|ready| ready.status != Status::True)
}

/// Names of the nodes that are not ready.
pub(super) fn dead(cluster: &Cluster) -> BTreeSet<&str> {
    cluster
        .nodes()
        .filter(|node| not_ready(node).is_some())
        .map(|node| node.meta.name.as_str())
        .collect()
}

pub(super) fn judge(scene: &mut Scene<'_>, round: &mut Round) {
    let cluster = scene.cluster;
    for node in cluster.nodes() {
        let name = &node.meta.name;
        let evicted = round.evicted.remove(name);
        if let Some(ready) = not_ready(node) {
            let trouble = Trouble::NodeNotReady {
                reason: ready.reason.clone(),
                message: ready.message.clone(),
            };
            let stricken = round.lost.remove(name).unwrap_or_default();
            let since = ready.changed.or(stricken.since);
            find(scene, Some(node), name, trouble, since, stricken);
        } else {
            pressed(scene, node, evicted);
        }
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
        cause: Cause::Node(scene.cluster.id(), name.clone()),
        namespace: Text::default(),
        subject: Subject {
            kind: "Node".into(),
            name: name.clone(),
        },
        trouble,
        since,
        ready: None,
        count: stricken.count,
        objects,
    };
    scene.find_across(draft, &stricken.namespaces);
}
