//! Workloads whose new revision is on its way in: how far, since when, what changes.

use std::borrow::Cow;

use hashbrown::HashMap;

use crate::model::{
    Condition, ImageChange, Kind, Moment, ObjectId, Revision, Rollout, Status, Subject, Template,
    Text, Uid, What, Workload, WorkloadKind,
};
use crate::store::{Changes, Cluster, ReplicaSetView};
use crate::tenancy::Places;

use super::wards::Sides;
use super::{Course, RolloutInProgress};

/// Kubernetes' word for "this Deployment's latest rollout came to its end": pods that die later are no rollout.
const CAME_IN: &str = "NewReplicaSetAvailable";

/// Whether a new revision is on its way in, which is stricter than kubectl's "not complete".
pub(super) fn moving(workload: &Workload) -> bool {
    let verdict = workload.rollout();
    match workload.kind {
        WorkloadKind::Deployment => {
            let came_in = workload.condition("Progressing").is_some_and(|condition| {
                condition.reason == CAME_IN && condition.status == Status::True
            });
            let settled = came_in && workload.replicas == workload.updated;
            verdict.in_progress() && !(settled && verdict != Rollout::Unobserved)
        }
        WorkloadKind::StatefulSet => {
            verdict.in_progress() && workload.update_revision != workload.current_revision
        }
        WorkloadKind::DaemonSet => {
            matches!(verdict, Rollout::Unobserved | Rollout::Updating { .. })
        }
        WorkloadKind::Rollout => {
            let settled = workload.is_promoted() && !workload.restarts();
            verdict.in_progress() && !(settled && verdict != Rollout::Unobserved)
        }
    }
}

/// `ReplicaSets` of the controllers asked for, newest revision first, and those that cannot create their pods.
#[derive(Default)]
pub(super) struct Sets<'a> {
    pub(super) by_owner: HashMap<Uid, Vec<ReplicaSetView<'a>>>,
    pub(super) failing: Vec<(ReplicaSetView<'a>, Condition)>,
    /// The newest `ControllerRevision` of each owner asked for.
    newest: HashMap<Uid, &'a Revision>,
}

impl<'a> Sets<'a> {
    pub(super) fn of(cluster: &'a Cluster, wanted: impl Fn(Uid) -> bool) -> Self {
        let mut sets = Self::default();
        for set in cluster.replica_sets() {
            if let Some(failure) = set
                .failure()
                .filter(|failure| failure.status == Status::True)
            {
                sets.failing.push((set, failure));
            }
            if let Some(owner) = set.owner_uid().filter(|owner| wanted(*owner)) {
                sets.by_owner.entry(owner).or_default().push(set);
            }
        }
        for list in sets.by_owner.values_mut() {
            list.sort_by_key(|set| std::cmp::Reverse((set.revision(), set.created())));
        }
        sets.add_revisions(cluster, wanted);
        sets
    }

    /// The newest set of every owner alone.
    pub(super) fn newest(cluster: &'a Cluster) -> Self {
        let mut newest: HashMap<Uid, ReplicaSetView<'a>> = HashMap::new();
        for set in cluster.replica_sets() {
            if let Some(owner) = set.owner_uid() {
                let known = newest.entry(owner).or_insert(set);
                let age = |set: &ReplicaSetView<'_>| (set.revision(), set.created());
                if age(known) < age(&set) {
                    *known = set;
                }
            }
        }
        let alone = newest.into_iter().map(|(owner, set)| (owner, vec![set]));
        let mut sets = Self {
            by_owner: alone.collect(),
            ..Self::default()
        };
        sets.add_revisions(cluster, |_| true);
        sets
    }

    fn add_revisions(&mut self, cluster: &'a Cluster, wanted: impl Fn(Uid) -> bool) {
        for revision in cluster.revisions() {
            let owner = revision.meta.owner.as_ref().map(|owner| owner.uid);
            if let Some(owner) = owner.filter(|owner| wanted(*owner)) {
                let newest = self.newest.entry(owner).or_insert(revision);
                if newest.revision < revision.revision {
                    *newest = revision;
                }
            }
        }
    }

    /// The set of the workload's present revision, and those before it.
    pub(super) fn new_and_old(
        &self,
        workload: &Workload,
    ) -> Option<(ReplicaSetView<'a>, &[ReplicaSetView<'a>])> {
        let (new, old) = self.by_owner.get(&workload.meta.uid)?.split_first()?;
        Some((*new, old))
    }
}

/// Those of the moving workloads whose revisions only their pods tell apart, with the hash of the new one.
pub(super) fn sides(moving: &[&Workload], sets: &Sets<'_>) -> HashMap<Uid, Sides> {
    let mut found: HashMap<Uid, Sides> = HashMap::new();
    for workload in moving {
        let hash = match workload.kind {
            WorkloadKind::Deployment | WorkloadKind::Rollout => continue,
            WorkloadKind::StatefulSet => workload.update_revision.clone(),
            WorkloadKind::DaemonSet => newest_hash(sets, workload).unwrap_or_default(),
        };
        let sides = Sides {
            hash,
            ..Sides::default()
        };
        found.insert(workload.meta.uid, sides);
    }
    found
}

/// A `DaemonSet`'s pods carry what follows its name in the newest `ControllerRevision`'s.
fn newest_hash(sets: &Sets<'_>, workload: &Workload) -> Option<Text> {
    let newest = sets.newest.get(&workload.meta.uid)?;
    newest
        .meta
        .name
        .strip_prefix(workload.meta.name.as_str())?
        .strip_prefix('-')
        .map(Text::from)
}

pub(super) type Noticed<'a> = HashMap<(&'a str, &'a str, &'a str), Moment>;

/// The newest rollout of each workload of a cluster among the changes: one pass for all of them.
pub(super) fn noticed<'a>(changes: &'a Changes, cluster: &Cluster) -> Noticed<'a> {
    let mut found = Noticed::new();
    let rollouts = changes.iter().filter(|change| {
        change.cluster == cluster.id() && matches!(change.what, What::Rollout { .. })
    });
    for change in rollouts {
        let subject = &change.subject;
        let key = (
            change.namespace.as_str(),
            subject.kind.as_str(),
            subject.name.as_str(),
        );
        // Newest first.
        found.entry(key).or_insert(change.at);
    }
    found
}

/// Everything known of a workload's revisions.
pub(super) struct Site<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) places: &'a Places,
    /// When the last rollout of each workload was noticed, by namespace, kind and name.
    pub(super) noticed: &'a Noticed<'a>,
    pub(super) sets: &'a Sets<'a>,
    pub(super) sides: &'a HashMap<Uid, Sides>,
}

/// When the controller gives up, or when it did: from then on the condition no longer tells of progress.
fn deadline(workload: &Workload) -> Option<Moment> {
    let condition = workload.condition("Progressing")?;
    if workload.rollout() == Rollout::DeadlineExceeded {
        return condition.changed.or(condition.updated);
    }
    let progress = condition.updated.or(condition.changed)?;
    Some(progress.plus(i64::from(workload.progress_deadline?)))
}

impl Site<'_> {
    pub(super) fn rollout(&self, workload: &Workload) -> RolloutInProgress {
        let kind = Kind::from(workload.kind);
        let sets = self.sets.new_and_old(workload);
        let (new_ready, new_unready, old_ready) = self.counts(workload);
        let since = self.since(workload);
        let course = Course::of(workload);
        RolloutInProgress {
            object: ObjectId {
                cluster: self.cluster.id(),
                kind,
                uid: workload.meta.uid,
            },
            place: self.places.of(self.cluster.id(), &workload.meta.namespace),
            namespace: workload.meta.namespace.clone(),
            subject: subject(workload),
            verdict: workload.rollout(),
            paused: workload.paused || course.as_ref().is_some_and(Course::waits),
            course,
            revision: self.revision(workload),
            images: sets
                .and_then(|(_, old)| before(workload, old))
                .map(|old| ImageChange::between(&old.template(), &self.template(workload)))
                .unwrap_or_default(),
            wanted: workload.desired,
            new_ready,
            new_unready,
            old_ready,
            since,
            deadline: deadline(workload).filter(|_| !workload.stands_still()),
        }
    }

    /// As the newest revision has it, where the workload only names what keeps it.
    pub(super) fn template<'b>(&self, workload: &'b Workload) -> Cow<'b, Template> {
        let own = &workload.template;
        if own.containers.is_empty()
            && let Some((newest, _)) = self.sets.new_and_old(workload)
        {
            return Cow::Owned(newest.template());
        }
        Cow::Borrowed(own)
    }

    fn counts(&self, workload: &Workload) -> (u32, u32, u32) {
        if let Some((new, old)) = self.sets.new_and_old(workload) {
            let new_ready = new.ready().min(new.replicas());
            let old_ready = old
                .iter()
                .map(|set| set.ready())
                .fold(0, u32::saturating_add);
            return (new_ready, new.replicas() - new_ready, old_ready);
        }
        if let Some(sides) = self.sides.get(&workload.meta.uid) {
            return (sides.new_ready, sides.new_unready, sides.old_ready);
        }
        let new_ready = workload.ready.min(workload.updated);
        (
            new_ready,
            workload.updated - new_ready,
            workload.ready - new_ready,
        )
    }

    pub(super) fn revision(&self, workload: &Workload) -> Option<u64> {
        let newest = self.sets.newest.get(&workload.meta.uid);
        workload
            .revision
            .or(newest.map(|revision| revision.revision))
    }

    /// When the new revision began. Its `ReplicaSet` may be older, when the rollout goes back to a former template.
    pub(super) fn since(&self, workload: &Workload) -> Option<Moment> {
        let kind = Kind::from(workload.kind).name();
        let key = (
            workload.meta.namespace.as_str(),
            kind,
            workload.meta.name.as_str(),
        );
        let noticed = self.noticed.get(&key).copied();
        let set = self.sets.new_and_old(workload);
        let newest = self.sets.newest.get(&workload.meta.uid);
        let created = set
            .and_then(|(new, _)| new.created())
            .or_else(|| newest.and_then(|revision| revision.meta.created));
        noticed.max(created)
    }

    /// Whether pods of an older revision still stand.
    pub(super) fn old_stands(&self, workload: &Workload) -> bool {
        match self.sets.new_and_old(workload) {
            Some((_, old)) => old.iter().any(|set| set.replicas() > 0),
            None => workload.replicas > workload.updated,
        }
    }
}

/// What the new revision replaces: of an Argo Rollout the stable one, whatever was tried since.
fn before<'a, 'b>(
    workload: &Workload,
    old: &'b [ReplicaSetView<'a>],
) -> Option<&'b ReplicaSetView<'a>> {
    let stable = format!("-{}", workload.current_revision);
    let is_stable = |it: &&ReplicaSetView<'a>| it.name().ends_with(&stable);
    let known = old.iter().find(is_stable);
    known
        .filter(|_| workload.kind == WorkloadKind::Rollout)
        .or(old.first())
}

pub(super) fn subject(workload: &Workload) -> Subject {
    Subject {
        kind: Kind::from(workload.kind).name().into(),
        name: workload.meta.name.clone(),
    }
}
