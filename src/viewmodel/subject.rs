//! The object that the row under the cursor stands for, as a request names it.

use super::copy::{Told, at_cursor};
use super::history;
use super::{Aspect, Facts, Page, Target};
use crate::insight::Cause;
use crate::model::{ClusterId, Kind, ObjectRef, Uid};

/// None for what is no object of a watched kind: a tenant, a cluster, a controller of a kind of its own.
pub fn subject(facts: &Facts<'_>) -> Option<ObjectRef> {
    if let Page::Aspect(_, object) | Page::Preview(object) = facts.page {
        return Some(object.clone());
    }
    if let Page::History(object) = facts.page {
        return Some(history::selected(facts).unwrap_or_else(|| object.clone()));
    }
    let first = || facts.rows.target(*facts.listed.first()?);
    let target = facts.selection.cloned().or_else(first)?;
    of_target(facts, &target, at_cursor(facts)?)
}

fn of_target(facts: &Facts<'_>, target: &Target, told: Told) -> Option<ObjectRef> {
    if let Target::Listed(object) = target {
        return Some(object.as_ref().clone());
    }
    if let Target::Action(id) = target {
        let mut actions = facts.rows.actions().iter();
        return actions.find(|it| it.entry.intent.id == *id)?.object.clone();
    }
    if let Target::Revision(cluster, workload, _) = target {
        return of_workload(facts, *cluster, *workload);
    }
    let kind = Kind::named(&told.kind)?;
    let hurt = || {
        let mut findings = facts.rows.findings().iter();
        findings
            .find(|it| *target == Target::Finding(it.cause.clone()))?
            .object()
    };
    let shared = || hurt().filter(|it| it.kind == kind).map(|it| it.uid);
    let uid = identity(target, kind).or_else(shared);
    Some(ObjectRef {
        cluster: told.cluster?,
        kind: kind.into(),
        namespace: if kind.namespaced() {
            told.namespace.into()
        } else {
            "".into()
        },
        name: told.name.into(),
        uid,
    })
}

/// In a tree a revision is looked at in its workload.
pub(super) fn of_workload(facts: &Facts<'_>, cluster: ClusterId, uid: Uid) -> Option<ObjectRef> {
    let workload = facts.store.cluster(cluster)?.workload(uid)?;
    Some(ObjectRef {
        cluster,
        kind: Kind::from(workload.kind).into(),
        namespace: workload.meta.namespace.clone(),
        name: workload.meta.name.clone(),
        uid: Some(uid),
    })
}

/// Whose logs are asked for: the marked rows, else the row under the cursor, as far as they have any.
pub fn spoken_for(facts: &Facts<'_>) -> Vec<ObjectRef> {
    let of_row = |at: &usize| {
        let row = facts.rows.row(*at)?;
        let target = row.target();
        let marked = facts.marks.contains(&target);
        of_target(facts, &target, marked.then(|| row.told(facts))?)
    };
    // A mark in a history is the other side of a difference.
    let listed = match facts.page {
        Page::History(_) => &[][..],
        _ => facts.listed,
    };
    let mut objects: Vec<_> = listed.iter().filter_map(of_row).collect();
    if objects.is_empty() {
        objects.extend(subject(facts));
    }
    objects.retain(|it| Aspect::Logs.applies(&it.kind));
    objects
}

/// What each of the marked rows stands for.
pub(super) fn marked(facts: &Facts<'_>) -> Vec<Option<ObjectRef>> {
    let object = |at: &usize| {
        let row = facts.rows.row(*at)?;
        let target = row.target();
        let marked = facts.marks.contains(&target);
        marked.then(|| of_target(facts, &target, row.told(facts)))
    };
    facts.listed.iter().filter_map(object).collect()
}

fn identity(target: &Target, kind: Kind) -> Option<Uid> {
    match target {
        Target::Object(object) | Target::Finding(Cause::Object(object)) => {
            (object.kind == kind).then_some(object.uid)
        }
        Target::Owner(_, uid) | Target::Finding(Cause::Owner(_, uid)) => Some(*uid),
        _ => None,
    }
}
