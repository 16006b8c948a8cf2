//! The object that the row under the cursor stands for, as a request names it.

use super::aspect::speaks;
use super::copy::told;
use super::{Facts, Page, Target};
use crate::insight::Cause;
use crate::model::{ClusterId, Kind, ObjectId, ObjectRef, Uid};

/// None for what is no object of a watched kind: a tenant, a cluster, a controller of a kind of its own.
pub fn subject(facts: &Facts<'_>) -> Option<ObjectRef> {
    if let Page::Aspect(_, object) = facts.page {
        return Some(object.clone());
    }
    let first = || facts.rows.target(*facts.listed.first()?);
    of_target(facts, &facts.selection.cloned().or_else(first)?)
}

fn of_target(facts: &Facts<'_>, target: &Target) -> Option<ObjectRef> {
    if let Target::Revision(cluster, workload, _) = target {
        return of_workload(facts, *cluster, *workload);
    }
    let told = told(facts, target)?;
    let kind = Kind::named(&told.kind)?;
    let uid = identity(target).filter(|it| it.kind == kind);
    Some(ObjectRef {
        cluster: told.cluster?,
        kind,
        namespace: if kind.namespaced() {
            told.namespace.into()
        } else {
            "".into()
        },
        name: told.name.into(),
        uid: uid.map(|it| it.uid),
    })
}

/// A revision has no page of its own: it is looked at in its workload.
fn of_workload(facts: &Facts<'_>, cluster: ClusterId, uid: Uid) -> Option<ObjectRef> {
    let workload = facts.store.cluster(cluster)?.workload(uid)?;
    Some(ObjectRef {
        cluster,
        kind: workload.kind.into(),
        namespace: workload.meta.namespace.clone(),
        name: workload.meta.name.clone(),
        uid: Some(uid),
    })
}

/// Whose logs are asked for: the marked rows, else the row under the cursor, as far as they have any.
pub fn spoken_for(facts: &Facts<'_>) -> Vec<ObjectRef> {
    let rows = facts.rows.targets();
    let marked = rows.filter(|it| facts.marks.contains(it));
    let marked: Vec<_> = marked.filter_map(|it| of_target(facts, &it)).collect();
    let mut objects = if marked.is_empty() {
        subject(facts).into_iter().collect()
    } else {
        marked
    };
    objects.retain(speaks);
    objects
}

fn identity(target: &Target) -> Option<ObjectId> {
    match target {
        Target::Object(object) | Target::Finding(Cause::Object(object)) => Some(*object),
        _ => None,
    }
}
