//! Why a workload is unhealthy: causes, the likeliest first, each with its evidence; then what was looked at and found well.
//!
//! Each rule is one function of the case. To add one: its variant, its function, its line in [`REASONS`] or [`CHECKS`], its
//! sentence in `wording`.

mod drain;
mod network;
mod storage;

pub use storage::ClaimTrouble;

use std::collections::HashSet;

use crate::model::{Bound, Change, Kind, Moment, ObjectRef, Quota, Text, Uid};
use crate::store::{Cluster, ContainerView, PodView, StateView, Store};

use super::around::{Around, Way};
use super::{Cause, DeploymentRow, Finding, Judgement, State, Trouble, before};

/// The likeliest; the history has the others.
const CHANGES: usize = 3;
/// From this share on a quota is as good as full: the next pod may not fit.
const NEARLY: f64 = 0.95;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    pub reasons: Vec<Reason>,
    pub checks: Vec<Check>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// What hurts it itself, or through a cause that it shares with others.
    Hurt(Box<Finding>),
    /// Changed in the half hour before.
    Changed(Change),
    /// Another workload of the tenant serves with the same image: what differs is around it.
    RunsElsewhere(Box<DeploymentRow>),
    /// A quota of its namespace has no room for another pod.
    QuotaNear { name: Text, bound: Bound },
    /// A Service that selects its pods has none that is ready: what leads to it answers an error.
    NoEndpoints {
        service: ObjectRef,
        unready: u32,
        ways: Vec<Way>,
    },
    /// A Service sends to a port by a name that no container has.
    NoPort { service: ObjectRef, port: Text },
    /// A claim that its pods mount; no object where it is not there.
    Claim {
        name: Text,
        claim: Option<ObjectRef>,
        trouble: ClaimTrouble,
    },
    /// A certificate on the way to it is not ready, in the words of what should make it so.
    CertificateNotReady {
        certificate: ObjectRef,
        reason: Text,
        message: Text,
    },
    /// A node under its pods is to be emptied, and its disruption budget lets none of them go.
    BudgetBlocks {
        budget: ObjectRef,
        node: Text,
        healthy: u64,
        required: u64,
    },
}

/// Something that could have been the cause and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Every pod has its node, on so many nodes.
    Scheduled { nodes: usize },
    /// Every image is there.
    Pulled,
    /// No node under its pods is in trouble.
    NodesWell,
    /// The fullest quota of its namespace, as used and hard; None where there is none.
    QuotaRoom { fullest: Option<(Text, Text, Text)> },
    /// None where no autoscaler changes it; else it has room, up to so many.
    Autoscaler { maximum: Option<u32> },
    /// Each Service that selects its pods has some to send to.
    Served { services: Vec<Text> },
    /// So many claims are bound.
    Bound { claims: usize },
}

/// All that the rules look at.
struct Case<'a> {
    store: &'a Store,
    cluster: &'a Cluster,
    judgement: &'a Judgement,
    workloads: &'a [&'a DeploymentRow],
    object: &'a ObjectRef,
    around: &'a Around<'a>,
    row: &'a DeploymentRow,
    pods: Vec<PodView<'a>>,
    hurts: Vec<&'a Finding>,
    now: Moment,
}

/// What keeps its pods from serving, then what it keeps others from.
const REASONS: [fn(&Case<'_>) -> Vec<Reason>; 9] = [
    hurts,
    storage::claims,
    network::ports,
    network::certificates,
    changes,
    elsewhere,
    quotas,
    network::endpoints,
    drain::budgets,
];
const CHECKS: [fn(&Case<'_>) -> Option<Check>; 7] = [
    scheduled,
    pulled,
    nodes,
    quota_room,
    autoscaler,
    network::served,
    storage::bound,
];

/// None when there is no such workload. `workloads` are all rows, `around` is what was read of its namespace so far, `now` is
/// by the cluster's clock.
pub fn why(
    store: &Store,
    judgement: &Judgement,
    workloads: &[&DeploymentRow],
    object: &ObjectRef,
    around: &Around<'_>,
    now: Moment,
) -> Option<Why> {
    let mut rows = workloads.iter();
    let row = *rows.find(|row| row.cluster == object.cluster && Some(row.uid) == object.uid)?;
    let cluster = store.cluster(object.cluster)?;
    let pods = pods(cluster, row);
    let hurts = hurting(judgement, row, &pods);
    let case = Case {
        store,
        cluster,
        judgement,
        workloads,
        object,
        around,
        row,
        pods,
        hurts,
        now,
    };
    Some(Why {
        reasons: REASONS.iter().flat_map(|rule| rule(&case)).collect(),
        checks: CHECKS.iter().filter_map(|check| check(&case)).collect(),
    })
}

fn pods<'a>(cluster: &'a Cluster, row: &DeploymentRow) -> Vec<PodView<'a>> {
    let ours = |pod: &PodView<'_>| {
        pod.namespace() == row.namespace
            && pod
                .owner_uid()
                .is_some_and(|owner| cluster.controller(owner) == row.uid)
    };
    cluster.pods().filter(ours).collect()
}

/// Its own finding first, then those that it shares, then those of its autoscaler.
fn hurting<'a>(
    judgement: &'a Judgement,
    row: &DeploymentRow,
    pods: &[PodView<'_>],
) -> Vec<&'a Finding> {
    let uids: HashSet<Uid> = pods.iter().map(|pod| pod.uid()).chain([row.uid]).collect();
    let own = row.cause();
    let rank = |finding: &Finding| {
        let scales = match &finding.trouble {
            Trouble::HpaAtMaximum { target, .. } | Trouble::HpaBlind { target, .. } => {
                target.kind == row.kind && target.name == row.name
            }
            _ => false,
        };
        if finding.cluster != row.cluster {
            None
        } else if finding.cause == own {
            Some(0)
        } else if row.finding.as_ref() == Some(&finding.cause)
            || finding.objects.iter().any(|it| uids.contains(&it.uid))
        {
            Some(1)
        } else {
            (scales && finding.namespace == row.namespace).then_some(2)
        }
    };
    let ranked = judgement.findings.iter();
    let mut ranked: Vec<_> = ranked
        .filter_map(|finding| Some((rank(finding)?, finding)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, finding)| finding).collect()
}

fn hurts(case: &Case<'_>) -> Vec<Reason> {
    let hurts = case.hurts.iter();
    hurts
        .map(|it| Reason::Hurt(Box::new((*it).clone())))
        .collect()
}

fn changes(case: &Case<'_>) -> Vec<Reason> {
    let first = case.hurts.first();
    let changes = first.map(|finding| before(case.store, finding, case.now));
    let changes = changes.into_iter().flatten().take(CHANGES);
    changes.map(Reason::Changed).collect()
}

fn elsewhere(case: &Case<'_>) -> Vec<Reason> {
    if case.hurts.is_empty() || case.row.images.is_empty() {
        return Vec::new();
    }
    let row = case.row;
    let serves = |other: &&DeploymentRow| {
        other.place.tenant == row.place.tenant
            && other.uid != row.uid
            && other.images == row.images
            && other.state == State::Complete
            && other.ready > 0
            && other.finding.is_none()
    };
    let found = case.workloads.iter().copied().filter(serves);
    found
        .map(|it| Reason::RunsElsewhere(Box::new(it.clone())))
        .collect()
}

fn quotas_here<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Quota> + use<'a> {
    let namespace = case.row.namespace.clone();
    let quotas = case.cluster.quotas();
    quotas.filter(move |it| it.meta.namespace == namespace)
}

/// Not where a finding says already that the quota refuses.
fn quotas(case: &Case<'_>) -> Vec<Reason> {
    let mut found = Vec::new();
    for quota in quotas_here(case) {
        let told = case.hurts.iter().any(
            |it| matches!(&it.trouble, Trouble::Quota { name, .. } if *name == quota.meta.name),
        );
        let near = |bound: &&Bound| bound.ratio.is_some_and(|it| it >= NEARLY);
        found.extend(
            quota
                .bounds
                .iter()
                .filter(near)
                .filter(|_| !told)
                .map(|bound| Reason::QuotaNear {
                    name: quota.meta.name.clone(),
                    bound: bound.clone(),
                }),
        );
    }
    found
}

fn scheduled(case: &Case<'_>) -> Option<Check> {
    let nodes: HashSet<&str> = case.pods.iter().map(|pod| pod.node()).collect();
    let placed = !case.pods.is_empty() && !nodes.contains("");
    placed.then_some(Check::Scheduled { nodes: nodes.len() })
}

/// A container that ran once has its image.
fn pulled(case: &Case<'_>) -> Option<Check> {
    let has_run = |container: ContainerView<'_>| match container.state() {
        StateView::Running { .. } | StateView::Terminated(_) => true,
        // With `Always` it is pulled again at each start.
        StateView::Waiting { reason, .. } => container.restarts() > 0 && !reason.contains("Image"),
        StateView::Unknown => false,
    };
    let mut containers = case.pods.iter().flat_map(|pod| pod.containers());
    (!case.pods.is_empty() && containers.all(has_run)).then_some(Check::Pulled)
}

fn nodes(case: &Case<'_>) -> Option<Check> {
    let nodes: HashSet<&str> = case.pods.iter().map(|pod| pod.node()).collect();
    let ill = case.judgement.findings.iter().any(|finding| {
        matches!(&finding.cause, Cause::Node(cluster, name)
            if *cluster == case.row.cluster && nodes.contains(name.as_str()))
    });
    // Nodes that may not be read are not known to be well.
    let read = case.cluster.complete(Kind::Node);
    (read && !case.pods.is_empty() && !ill).then_some(Check::NodesWell)
}

fn quota_room(case: &Case<'_>) -> Option<Check> {
    if !case.cluster.complete(Kind::ResourceQuota) {
        return None;
    }
    let bounds = quotas_here(case).flat_map(|it| &it.bounds);
    let known = bounds.filter_map(|bound| Some((bound.ratio?, bound)));
    let fullest = known.max_by(|(one, _), (other, _)| one.total_cmp(other));
    match fullest {
        Some((ratio, _)) if ratio >= NEARLY => None,
        fullest => Some(Check::QuotaRoom {
            fullest: fullest.map(|(_, it)| (it.resource.clone(), it.used.clone(), it.hard.clone())),
        }),
    }
}

fn autoscaler(case: &Case<'_>) -> Option<Check> {
    let row = case.row;
    let mut scalers = case.cluster.hpas().filter(|it| {
        it.meta.namespace == row.namespace
            && it.target_kind == row.kind
            && it.target_name == row.name
    });
    match scalers.next() {
        None => case
            .cluster
            .complete(Kind::HorizontalPodAutoscaler)
            .then_some(Check::Autoscaler { maximum: None }),
        Some(it) if it.desired < it.max => Some(Check::Autoscaler {
            maximum: Some(it.max),
        }),
        Some(_) => None,
    }
}
