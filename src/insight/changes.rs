//! What happened, and what of it came before a finding.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Change, ImageChange, Kind, Moment, Subject, Text, Uid, What};
use crate::store::{Cluster, ReplicaSetView, Store};

use super::{Cause, Finding, Trouble};

/// Seconds before a finding in which its cause is looked for.
pub const BEFORE: i64 = 30 * 60;
/// The finding's beginning is only as sharp as the kubelet's times: what came with it belongs to it.
const WITH: i64 = 5;
/// More is a history, not a cause.
const LIKELY: usize = 8;

/// What happened in the span, newest first: what was noticed, and rollouts of before that, by their `ReplicaSets`.
pub fn changes(store: &Store, from: Moment, to: Moment) -> Vec<Change> {
    let mut found: Vec<Change> = store.changes().between(from, to).cloned().collect();
    for cluster in store.clusters() {
        let unnoticed = cluster
            .whole_since(Kind::ReplicaSet)
            .map_or(to, |since| since.min(to));
        found.extend(derived(cluster, from, unnoticed, |_| true));
        let back = rollbacks(cluster).into_iter();
        found.extend(back.filter(|change| change.at >= from && change.at <= unnoticed));
    }
    found.sort_by_key(|change| Reverse(newness(change)));
    once_each(&mut found);
    for cluster in store.clusters() {
        complete_images(cluster, &mut found);
    }
    found
}

/// Changes of the 30 minutes before the finding that may have caused it, likeliest first.
pub fn before(store: &Store, finding: &Finding, now: Moment) -> Vec<Change> {
    let start = finding.since.unwrap_or(now);
    let (from, to) = (start.plus(-BEFORE), start.plus(WITH));
    let hit: HashSet<&str> = finding.hit.iter().map(|(name, _)| name.as_str()).collect();
    let nodes = nodes(store, finding);
    let rank = |change: Change| Some((likeliness(finding, &change, &hit, &nodes)?, change));
    let noticed = store.changes().between(from, to);
    let noticed = noticed.filter(|change| change.cluster == finding.cluster);
    let mut ranked: Vec<(u8, Change)> = noticed.cloned().filter_map(rank).collect();
    // A node is not hurt by what runs on it: no rollout is looked for.
    let rolls = !matches!(finding.cause, Cause::Node(..));
    let cluster = store.cluster(finding.cluster).filter(|_| rolls);
    if let Some(cluster) = cluster {
        let unnoticed = cluster
            .whole_since(Kind::ReplicaSet)
            .map_or(to, |since| since.min(to));
        let born = derived(cluster, from, unnoticed, |it| hit.contains(it));
        ranked.extend(born.filter_map(rank));
    }
    ranked.sort_by_key(|(rank, change)| (*rank, Reverse(newness(change))));
    // Templates are compared of what is shown only; a change stands twice at the most.
    ranked.truncate(2 * LIKELY);
    let mut found: Vec<Change> = ranked.into_iter().map(|(_, change)| change).collect();
    once_each(&mut found);
    found.truncate(LIKELY);
    if let Some(cluster) = cluster {
        complete_images(cluster, &mut found);
    }
    found
}

/// Revisions of one second follow their numbers.
fn newness(change: &Change) -> (Moment, Option<u64>) {
    let revision = match change.what {
        What::Rollout { revision, .. } | What::RolledBack { revision } => revision,
        _ => None,
    };
    (change.at, revision)
}

/// A rollout may have been noticed and be told by its `ReplicaSet` too.
fn once_each(found: &mut Vec<Change>) {
    let mut seen = HashSet::new();
    found.retain(|change| match &change.what {
        What::Rollout {
            revision: Some(revision),
            ..
        } => {
            let of = (change.namespace.clone(), change.subject.clone());
            seen.insert((change.cluster, of, *revision))
        }
        _ => true,
    });
    found.dedup();
}

/// Lower is likelier; None has nothing to do with it.
fn likeliness(
    finding: &Finding,
    change: &Change,
    hit: &HashSet<&str>,
    nodes: &HashSet<Text>,
) -> Option<u8> {
    let same = change.subject == finding.subject;
    // The finding's own symptoms are not what came before it.
    let symptom = match change.what {
        What::Warning { .. } | What::JobFailed { .. } | What::RolloutComplete { .. } => true,
        What::NodeNotReady { .. } | What::NodePressure { .. } => same,
        What::QuotaFull { .. } => matches!(finding.cause, Cause::Quota { .. }),
        _ => false,
    };
    if symptom {
        return None;
    }
    let same = same || finding.workloads.contains(&change.subject.name);
    let here = change.namespace.is_empty() || hit.contains(change.namespace.as_str());
    let target = match &finding.trouble {
        Trouble::HpaAtMaximum { target, .. } | Trouble::HpaBlind { target, .. } => Some(target),
        _ => None,
    };
    if (same && here) || target == Some(&change.subject) {
        let begins = matches!(change.what, What::Rollout { .. });
        return Some(u8::from(!begins));
    }
    match change.subject.kind.as_str() {
        "Node" => nodes.contains(&change.subject.name).then_some(2),
        "ResourceQuota" if here => Some(match finding.cause {
            Cause::Quota { .. } => 0,
            _ => 3,
        }),
        _ if here && !change.namespace.is_empty() && !matches!(finding.cause, Cause::Node(..)) => {
            Some(4)
        }
        _ => None,
    }
}

/// Nodes under the objects hit.
fn nodes(store: &Store, finding: &Finding) -> HashSet<Text> {
    if let Cause::Node(_, name) = &finding.cause {
        return HashSet::from([name.clone()]);
    }
    let Some(cluster) = store.cluster(finding.cluster) else {
        return HashSet::new();
    };
    finding
        .objects
        .iter()
        .filter(|object| object.kind == Kind::Pod)
        .filter_map(|object| cluster.pod(object.uid))
        .map(|pod| Text::from(pod.node()))
        .filter(|node| !node.is_empty())
        .collect()
}

/// Rollouts of the span as their `ReplicaSets` tell them, not yet with what they change.
fn derived(
    cluster: &Cluster,
    from: Moment,
    to: Moment,
    wanted: impl Fn(&str) -> bool,
) -> impl Iterator<Item = Change> {
    let in_span =
        move |set: &ReplicaSetView<'_>| set.created().is_some_and(|at| at >= from && at <= to);
    let born = cluster
        .replica_sets()
        .filter(move |set| in_span(set) && wanted(set.namespace()));
    born.filter_map(|set| {
        let owner = set.owner()?;
        Some(Change {
            at: set.created()?,
            cluster: cluster.id(),
            namespace: set.namespace().into(),
            subject: Subject {
                kind: owner.kind,
                name: owner.name,
            },
            what: What::Rollout {
                revision: Some(set.revision()).filter(|revision| *revision > 0),
                images: Vec::new(),
            },
        })
    })
}

/// Former templates that run again. Their sets are old and nothing dates the decision: it came before the first pod made
/// since the newest set, and before the Deployment's last progress.
fn rollbacks(cluster: &Cluster) -> Vec<Change> {
    let mut newest: HashMap<Uid, Option<Moment>> = HashMap::new();
    for set in cluster.replica_sets() {
        if let Some(owner) = set.owner_uid() {
            let known = newest.entry(owner).or_default();
            *known = (*known).max(set.created());
        }
    }
    let again = |set: ReplicaSetView<'_>| {
        let owner = set.owner_uid()?;
        let workload = cluster.workload(owner)?;
        let runs = workload.revision == Some(set.revision());
        let newest = newest.get(&owner).copied().flatten()?;
        if !runs || Some(newest) <= set.created() {
            return None;
        }
        let progress = workload.condition("Progressing")?;
        let change = Change {
            at: progress.updated.or(progress.changed)?,
            cluster: cluster.id(),
            namespace: set.namespace().into(),
            subject: Subject {
                kind: Kind::from(workload.kind).name().into(),
                name: workload.meta.name.clone(),
            },
            what: What::RolledBack {
                revision: workload.revision,
            },
        };
        Some((set.uid(), (newest, change)))
    };
    // In an order of its own, or those of one second would change places at every look.
    let mut found: BTreeMap<Uid, (Moment, Change)> =
        cluster.replica_sets().filter_map(again).collect();
    if !found.is_empty() {
        for pod in cluster.pods() {
            let of = pod.owner_uid().and_then(|owner| found.get_mut(&owner));
            if let (Some((newest, change)), Some(created)) = (of, pod.created())
                && created > *newest
            {
                change.at = change.at.min(created);
            }
        }
    }
    found.into_values().map(|(_, change)| change).collect()
}

/// Sets of the same owners, oldest first.
fn former<'a>(
    cluster: &'a Cluster,
    sets: &[ReplicaSetView<'a>],
) -> HashMap<Uid, Vec<ReplicaSetView<'a>>> {
    let mut owners: Vec<Uid> = sets.iter().filter_map(|set| set.owner_uid()).collect();
    owners.sort_unstable();
    let mut found: HashMap<Uid, Vec<ReplicaSetView<'a>>> = HashMap::new();
    if owners.is_empty() {
        return found;
    }
    for set in cluster.replica_sets() {
        if let Some(owner) = set
            .owner_uid()
            .filter(|owner| owners.binary_search(owner).is_ok())
        {
            found.entry(owner).or_default().push(set);
        }
    }
    for sets in found.values_mut() {
        sets.sort_by_key(|set| (set.revision(), set.created()));
    }
    found
}

fn image_diff(
    set: ReplicaSetView<'_>,
    former: &HashMap<Uid, Vec<ReplicaSetView<'_>>>,
) -> Vec<ImageChange> {
    let sets = set.owner_uid().and_then(|owner| former.get(&owner));
    let before = sets
        .into_iter()
        .flatten()
        .take_while(|other| other.uid() != set.uid())
        .last();
    // A revision rolled back to was renumbered: what stood before the gap it left is not known.
    before
        .filter(|before| before.revision() + 1 == set.revision())
        .map(|before| ImageChange::between(&before.template(), &set.template()))
        .unwrap_or_default()
}

/// A rollout noticed by its new `ReplicaSet` alone does not say yet what it changes.
fn complete_images(cluster: &Cluster, found: &mut [Change]) {
    let bare = |change: &&mut Change| {
        change.cluster == cluster.id()
            && matches!(&change.what, What::Rollout { revision: Some(_), images } if images.is_empty())
    };
    let mut bare: HashMap<(Text, Text, u64), &mut Change> = found
        .iter_mut()
        .filter(bare)
        .filter_map(|change| match &change.what {
            What::Rollout { revision, .. } => {
                let key = (
                    change.namespace.clone(),
                    change.subject.name.clone(),
                    (*revision)?,
                );
                Some((key, change))
            }
            _ => None,
        })
        .collect();
    if bare.is_empty() {
        return;
    }
    let mut sites: HashMap<u64, HashSet<Text>> = HashMap::new();
    for (namespace, _, revision) in bare.keys() {
        let namespaces = sites.entry(*revision).or_default();
        namespaces.insert(namespace.clone());
    }
    // The owner's name is an allocation, and there may be a hundred thousand sets.
    let near = |set: &ReplicaSetView<'_>| {
        let namespaces = sites.get(&set.revision());
        namespaces.is_some_and(|it| it.contains(set.namespace()))
    };
    let wanted: Vec<ReplicaSetView<'_>> = cluster
        .replica_sets()
        .filter(|set| {
            near(set)
                && set
                    .owner()
                    .is_some_and(|owner| bare.contains_key(&key(*set, &owner.name)))
        })
        .collect();
    let former = former(cluster, &wanted);
    for set in wanted {
        let Some(owner) = set.owner() else { continue };
        if let Some(change) = bare.get_mut(&key(set, &owner.name))
            && let What::Rollout { images, .. } = &mut change.what
        {
            *images = image_diff(set, &former);
        }
    }
}

fn key(set: ReplicaSetView<'_>, owner: &Text) -> (Text, Text, u64) {
    (set.namespace().into(), owner.clone(), set.revision())
}
