//! Workloads and other owners of pods: what their sick pods, their counts and their conditions add up to.

use std::collections::{HashMap, HashSet};

use crate::model::{
    Delivery, DeliveryPhase, Kind, Moment, ObjectId, Rollout, Status, Subject, Text, Uid, Workload,
};
use crate::store::{PodView, Seen};

use super::ailment::Ailment;
use super::clock::{hold, keep};
use super::course::Course;
use super::creation::Stopped;
use super::finding::{Cause, Trouble};
use super::owner::{Controller, controller};
use super::rollouts::{self, Site, moving, subject};
use super::scene::{Draft, Scene};
use super::wards::{Round, Ward};

/// All that ails one controller.
struct Patient {
    controller: Controller,
    /// Sick pods of the newest revision, and of the others.
    new: Option<Ward>,
    old: Option<Ward>,
}

pub(super) fn judge(scene: &mut Scene<'_>, site: &Site<'_>, round: &mut Round) -> Vec<Stopped> {
    let mut patients = admit(scene, site, round);
    let mut stopped = refused(scene, site);
    let refused: HashSet<Uid> = stopped.iter().map(|it| it.object.uid).collect();
    let excused = excused(site, round);
    for workload in site.cluster.workloads() {
        let patient = patients.remove(&workload.meta.uid);
        let calm = !moving(workload) && !is_degraded(workload);
        if patient.is_none() && calm && workload.available >= workload.desired {
            continue;
        }
        let lost = excused.get(&workload.meta.uid).copied().unwrap_or(0);
        judge_workload(
            scene,
            site,
            workload,
            patient,
            lost,
            refused.contains(&workload.meta.uid),
        );
    }
    let totals = totals(scene, &patients);
    let mut rest: Vec<_> = patients.into_iter().collect();
    rest.sort_by_key(|(uid, _)| *uid);
    for (uid, patient) in rest {
        judge_owner(scene, patient, totals.get(&uid).copied());
    }
    stopped.sort_by_key(|it| it.object);
    stopped
}

/// Gathers the wards by what a person knows as their workload.
fn admit(scene: &Scene<'_>, site: &Site<'_>, round: &mut Round) -> HashMap<Uid, Patient> {
    let mut patients: HashMap<Uid, Patient> = HashMap::new();
    for ((uid, newer), ward) in std::mem::take(&mut round.wards) {
        let Some(controller) = controller(scene.cluster, &ward, uid) else {
            continue;
        };
        let new = newer || newest(site, controller.uid, uid);
        let patient = patients.entry(controller.uid).or_insert_with(|| Patient {
            controller,
            new: None,
            old: None,
        });
        let ward_of_it = if new {
            &mut patient.new
        } else {
            &mut patient.old
        };
        match ward_of_it {
            Some(known) => known.join(ward),
            None => *ward_of_it = Some(ward),
        }
    }
    patients
}

/// Whether the `ReplicaSet` is its Deployment's newest.
fn newest(site: &Site<'_>, controller: Uid, set: Uid) -> bool {
    let sets = site.sets.by_owner.get(&controller);
    sets.and_then(|sets| sets.first())
        .is_some_and(|newest| newest.uid() == set)
}

/// Pods lost with a node, by workload.
fn excused(site: &Site<'_>, round: &Round) -> HashMap<Uid, u32> {
    let mut found = HashMap::new();
    for (owner, count) in &round.excused {
        let workload = site.cluster.controller(*owner);
        let lost: &mut u32 = found.entry(workload).or_default();
        *lost = lost.saturating_add(*count);
    }
    found
}

fn judge_workload(
    scene: &mut Scene<'_>,
    site: &Site<'_>,
    workload: &Workload,
    patient: Option<Patient>,
    lost: u32,
    refused: bool,
) {
    let id = scene.id(workload.kind.into(), workload.meta.uid);
    let draft = |trouble| Draft {
        ready: Some((workload.ready, workload.desired)),
        objects: vec![id],
        ..Draft::new(
            Cause::Object(id),
            workload.meta.namespace.clone(),
            subject(workload),
            trouble,
        )
    };
    let moves = moving(workload);
    let missed = missed_deadline(workload);
    // What serves is well: that of the revision that was given up hurts nobody.
    let given_up = |it: &&Workload| it.is_aborted() && it.ready >= it.desired;
    if let Some(draft) = Some(workload)
        .filter(given_up)
        .and_then(|it| degraded(site, it, draft))
    {
        scene.find(draft);
        return;
    }
    if let Some(patient) = patient {
        let stuck = moves && site.old_stands(workload) && !workload.paused;
        match (patient.new, patient.old) {
            (Some(ward), _) if stuck && ward.down > 0 => {
                let trouble = Trouble::RolloutStuck {
                    revision: site.revision(workload),
                    ailment: ward.ailment.clone(),
                    missed,
                };
                let since = site.since(workload).or(ward.since);
                scene.find(Draft {
                    since,
                    ..sick(draft(trouble), ward)
                });
                return;
            }
            // Pods of the old revision that do not end while the new one comes in are part of a good rollout.
            (None, Some(ward)) if moves && ward.ailment == Ailment::Terminating => {}
            (new, old) => {
                if let Some(ward) = both(new, old) {
                    scene.find(sick(
                        draft(Trouble::Pods {
                            ailment: ward.ailment.clone(),
                        }),
                        ward,
                    ));
                    return;
                }
            }
        }
    }
    if refused {
        return;
    }
    if let Some(missed) = missed.filter(|_| moves && lost == 0) {
        let message = workload
            .condition("Progressing")
            .map(|it| it.message.clone());
        let trouble = Trouble::DeadlinePassed {
            revision: site.revision(workload),
            message: message.unwrap_or_default(),
        };
        scene.find(Draft {
            since: site.since(workload).or(Some(missed)),
            count: workload
                .desired
                .saturating_sub(workload.updated.min(workload.available)),
            ..draft(trouble)
        });
        return;
    }
    if let Some(draft) = delivered(scene, site, workload, draft) {
        scene.find(draft);
        return;
    }
    let missing = workload
        .desired
        .saturating_sub(workload.replicas.saturating_add(lost));
    let unavailable = workload
        .condition("Available")
        .filter(|condition| condition.status == Status::False)
        .and_then(|condition| condition.changed);
    if missing > 0
        && unavailable.is_some()
        && scene.cluster.seen(Kind::Pod, &workload.meta.namespace) == Seen::Whole
        && scene.clock.lasted(unavailable, hold::SHORT)
    {
        scene.find(Draft {
            since: unavailable,
            count: missing,
            ..draft(Trouble::Short { missing })
        });
    }
}

/// What is wrong with an Argo Rollout as such.
fn delivered(
    scene: &mut Scene<'_>,
    site: &Site<'_>,
    workload: &Workload,
    draft: impl Fn(Trouble) -> Draft,
) -> Option<Draft> {
    degraded(site, workload, &draft).or_else(|| {
        let (trouble, since) = undecided(scene, workload)?;
        Some(Draft {
            since,
            ..draft(trouble)
        })
    })
}

/// Where an Argo Rollout waits for a person, and since when.
fn undecided(scene: &mut Scene<'_>, workload: &Workload) -> Option<(Trouble, Option<Moment>)> {
    let course = Course::of(workload).filter(|it| it.waits() && !workload.paused)?;
    let pause = course.pause?;
    let unclear = pause.reason.starts_with("Inconclusive");
    if !unclear && !scene.clock.lasted(pause.since, hold::UNDECIDED) {
        return None;
    }
    let trouble = Trouble::Undecided {
        reason: pause.reason,
        percent: course.weight,
    };
    Some((trouble, pause.since))
}

/// Of an Argo Rollout.
fn is_degraded(workload: &Workload) -> bool {
    let degraded = |it: &Delivery| it.aborted || it.phase == DeliveryPhase::Degraded;
    workload.delivery.as_deref().is_some_and(degraded)
}

/// What its own controller says is wrong with an Argo Rollout.
fn degraded(
    site: &Site<'_>,
    workload: &Workload,
    draft: impl Fn(Trouble) -> Draft,
) -> Option<Draft> {
    let delivery = workload.delivery.as_deref();
    let delivery = delivery.filter(|_| is_degraded(workload))?;
    // The phase's reason is said anyway.
    let message = delivery.message.as_str();
    let message: Text = message
        .strip_prefix("RolloutAborted: ")
        .unwrap_or(message)
        .into();
    let progressing = workload.condition("Progressing");
    let since = progressing.and_then(|it| it.changed.or(it.updated));
    Some(if delivery.aborted {
        Draft {
            since: delivery.aborted_at.or(since),
            ..draft(Trouble::Aborted {
                revision: site.revision(workload),
                message,
            })
        }
    } else {
        Draft {
            since,
            ..draft(Trouble::Degraded { message })
        }
    })
}

fn missed_deadline(workload: &Workload) -> Option<crate::model::Moment> {
    if workload.rollout() != Rollout::DeadlineExceeded {
        return None;
    }
    let condition = workload.condition("Progressing")?;
    condition
        .changed
        .or(condition.updated)
        .or(workload.meta.created)
}

fn both(new: Option<Ward>, old: Option<Ward>) -> Option<Ward> {
    match (new, old) {
        (Some(mut one), Some(other)) => {
            one.join(other);
            Some(one)
        }
        (one, other) => one.or(other),
    }
}

fn sick(draft: Draft, ward: Ward) -> Draft {
    Draft {
        since: ward.since,
        shaky: ward.shaky,
        count: ward.count,
        objects: ward.pods,
        ..draft
    }
}

/// Owners that are no workload of ours: `ReplicaSets` alone, Jobs, custom resources, and pods by themselves.
fn judge_owner(scene: &mut Scene<'_>, patient: Patient, ready: Option<(u32, u32)>) {
    let Some(ward) = both(patient.new, patient.old) else {
        return;
    };
    let controller = patient.controller;
    // A workload of ours that is not read yet has counts of its own to come.
    let ours = matches!(&controller.cause, Cause::Object(id) if id.kind != Kind::ReplicaSet);
    let whole = scene.cluster.seen(Kind::Pod, &ward.namespace) == Seen::Whole;
    let draft = Draft {
        ready: ready.filter(|_| whole && !ours),
        ..Draft::new(
            controller.cause,
            ward.namespace.clone(),
            controller.subject,
            Trouble::Pods {
                ailment: ward.ailment.clone(),
            },
        )
    };
    scene.find(sick(draft, ward));
}

/// Ready of all pods, for owners that have no counts of their own.
fn totals(scene: &Scene<'_>, patients: &HashMap<Uid, Patient>) -> HashMap<Uid, (u32, u32)> {
    let mut found: HashMap<Uid, (u32, u32)> = HashMap::new();
    if patients.is_empty() {
        return found;
    }
    for pod in scene.cluster.pods() {
        let Some(owner) = pod.owner_uid() else {
            continue;
        };
        let above = || scene.cluster.replica_set(owner)?.owner_uid();
        let key = if patients.contains_key(&owner) {
            Some(owner)
        } else {
            above()
        };
        if let Some(key) = key.filter(|key| patients.contains_key(key))
            && counts(pod)
        {
            let (ready, all) = found.entry(key).or_default();
            *ready += u32::from(pod.ready());
            *all += 1;
        }
    }
    found
}

fn counts(pod: PodView<'_>) -> bool {
    use crate::model::Phase;
    !matches!(pod.phase(), Phase::Succeeded | Phase::Failed) && pod.deleting().is_none()
}

/// Controllers that say they cannot create pods: by condition, or by event where they have none.
fn refused(scene: &mut Scene<'_>, site: &Site<'_>) -> Vec<Stopped> {
    let mut found = Vec::new();
    let mut seen: HashSet<Uid> = HashSet::new();
    for (set, failure) in &site.sets.failing {
        let owner = set.owner();
        let workload = owner
            .as_ref()
            .and_then(|owner| scene.cluster.workload(owner.uid));
        let missing = set.desired().saturating_sub(set.replicas());
        if missing == 0 {
            continue;
        }
        let object = workload.map_or_else(
            || scene.id(Kind::ReplicaSet, set.uid()),
            |it| scene.id(it.kind.into(), it.meta.uid),
        );
        if !seen.insert(object.uid) {
            continue;
        }
        found.push(Stopped {
            object,
            cause: Cause::Object(object),
            namespace: set.namespace().into(),
            subject: owner.map_or_else(
                || Subject {
                    kind: "ReplicaSet".into(),
                    name: set.name(),
                },
                |owner| Subject {
                    kind: owner.kind,
                    name: owner.name,
                },
            ),
            ready: Some(workload.map_or((set.ready(), set.desired()), |it| (it.ready, it.desired))),
            missing,
            message: failure.message.clone(),
            reason: failure.reason.clone(),
            since: failure.changed,
        });
    }
    for workload in scene.cluster.workloads() {
        if !seen.contains(&workload.meta.uid)
            && let Some(stopped) = refused_itself(scene, workload)
        {
            found.push(stopped);
        }
    }
    found
}

fn refused_itself(scene: &mut Scene<'_>, workload: &Workload) -> Option<Stopped> {
    let missing = workload.desired.saturating_sub(workload.replicas);
    let condition = workload
        .condition("ReplicaFailure")
        .filter(|condition| condition.status == Status::True);
    let (message, reason, since): (Text, Text, _) = if let Some(condition) = condition {
        (
            condition.message.clone(),
            condition.reason.clone(),
            condition.changed,
        )
    } else if missing > 0 {
        let event = scene.clues.latest(workload.meta.uid, &["FailedCreate"])?;
        if !scene.clock.recent(Some(event.last), keep::WARNING) {
            return None;
        }
        (
            event.message.clone(),
            event.reason.clone(),
            Some(event.first),
        )
    } else {
        return None;
    };
    let object: ObjectId = scene.id(workload.kind.into(), workload.meta.uid);
    Some(Stopped {
        object,
        cause: Cause::Object(object),
        namespace: workload.meta.namespace.clone(),
        subject: rollouts::subject(workload),
        ready: Some((workload.ready, workload.desired)),
        missing,
        message,
        reason,
        since,
    })
}
