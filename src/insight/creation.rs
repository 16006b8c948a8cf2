//! Pods that cannot be created: quota, admission, webhook. One cause is one finding, whatever it stops.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Moment, ObjectId, Quota, Subject, Text};
use crate::store::Cluster;

use super::clock::hold;
use super::finding::{Cause, Trouble};
use super::refusal::{self, Refusal};
use super::scene::{Draft, Scene};

/// A workload that is refused pods.
pub(super) struct Stopped {
    pub(super) object: ObjectId,
    pub(super) cause: Cause,
    pub(super) namespace: Text,
    pub(super) subject: Subject,
    pub(super) ready: Option<(u32, u32)>,
    pub(super) missing: u32,
    pub(super) message: Text,
    pub(super) reason: Text,
    pub(super) since: Option<Moment>,
}

struct Group {
    trouble: Trouble,
    subject: Subject,
    stopped: Vec<Stopped>,
}

/// Resources without which no pod comes up; other bounds are reached on purpose.
const BOUNDS_PODS: [&str; 9] = [
    "pods",
    "count/pods",
    "cpu",
    "memory",
    "requests.cpu",
    "requests.memory",
    "limits.cpu",
    "limits.memory",
    "requests.nvidia.com/gpu",
];

pub(super) fn judge(scene: &mut Scene<'_>, stopped: Vec<Stopped>) {
    let mut groups: BTreeMap<Cause, Group> = BTreeMap::new();
    for it in stopped {
        if !scene.clock.lasted(it.since, hold::NO_CREATE) {
            continue;
        }
        let (cause, subject, trouble) = sort(scene.cluster, &it);
        let group = groups.entry(cause).or_insert_with(|| Group {
            trouble,
            subject,
            stopped: Vec::new(),
        });
        if let Trouble::Quota { refused, .. } = &mut group.trouble {
            *refused = refused.saturating_add(it.missing.max(1));
        }
        group.stopped.push(it);
    }
    for quota in scene.cluster.quotas() {
        if let Some((cause, group)) = full(scene.cluster, quota) {
            groups.entry(cause).or_insert(group);
        }
    }
    for (cause, group) in groups {
        conclude(scene, cause, group);
    }
}

fn sort(cluster: &Cluster, it: &Stopped) -> (Cause, Subject, Trouble) {
    let named = |kind: &str, name: &Text| Subject {
        kind: kind.into(),
        name: name.clone(),
    };
    match refusal::parse(&it.message) {
        Refusal::Quota {
            name,
            resource,
            used,
            hard,
        } => {
            let cause = Cause::Quota {
                cluster: cluster.id(),
                namespace: it.namespace.clone(),
                name: name.clone(),
            };
            let subject = named("ResourceQuota", &name);
            let trouble = Trouble::Quota {
                name,
                resource,
                used,
                hard,
                refused: 0,
            };
            (cause, subject, trouble)
        }
        Refusal::Admission { by, message } => {
            let cause = Cause::Webhook {
                cluster: cluster.id(),
                name: by.clone(),
            };
            (
                cause,
                named("Policy", &by),
                Trouble::Refused { by, message },
            )
        }
        Refusal::WebhookDown { name, message } => {
            let cause = Cause::Webhook {
                cluster: cluster.id(),
                name: name.clone(),
            };
            (
                cause,
                named("Webhook", &name),
                Trouble::WebhookDown { name, message },
            )
        }
        Refusal::Other { message } => (
            it.cause.clone(),
            it.subject.clone(),
            Trouble::CreateFailed {
                reason: it.reason.clone(),
                message,
            },
        ),
    }
}

/// A quota with nothing left, though nothing was refused yet.
fn full(cluster: &Cluster, quota: &Quota) -> Option<(Cause, Group)> {
    let bound = quota.bounds.iter().find(|bound| {
        BOUNDS_PODS.contains(&bound.resource.as_str())
            && bound.ratio.is_some_and(|ratio| ratio >= 1.0)
    })?;
    let cause = Cause::Quota {
        cluster: cluster.id(),
        namespace: quota.meta.namespace.clone(),
        name: quota.meta.name.clone(),
    };
    let group = Group {
        trouble: Trouble::Quota {
            name: quota.meta.name.clone(),
            resource: bound.resource.clone(),
            used: bound.used.clone(),
            hard: bound.hard.clone(),
            refused: 0,
        },
        subject: Subject {
            kind: "ResourceQuota".into(),
            name: quota.meta.name.clone(),
        },
        stopped: Vec::new(),
    };
    Some((cause, group))
}

fn named(stopped: &[Stopped]) -> BTreeSet<Text> {
    stopped.iter().map(|it| it.subject.name.clone()).collect()
}

fn conclude(scene: &mut Scene<'_>, cause: Cause, group: Group) {
    let namespaces: BTreeSet<Text> = match &cause {
        Cause::Quota { namespace, .. } => BTreeSet::from([namespace.clone()]),
        _ => group
            .stopped
            .iter()
            .map(|it| it.namespace.clone())
            .collect(),
    };
    let since = group.stopped.iter().filter_map(|it| it.since).min();
    let namespace = if namespaces.len() == 1 {
        namespaces.first().cloned().unwrap_or_default()
    } else {
        Text::default()
    };
    let only = match group.stopped.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let missing = group
        .stopped
        .iter()
        .map(|it| it.missing.max(1))
        .fold(0, u32::saturating_add);
    let draft = Draft {
        ready: only.and_then(|it| it.ready),
        workloads: match only {
            Some(_) => BTreeSet::new(),
            None => named(&group.stopped),
        },
        since,
        count: missing,
        objects: group.stopped.iter().map(|it| it.object).collect(),
        ..Draft::new(
            cause,
            namespace,
            // What one workload suffers is told of that workload.
            only.map_or(group.subject, |it| it.subject.clone()),
            group.trouble,
        )
    };
    scene.find_across(draft, &namespaces);
}
