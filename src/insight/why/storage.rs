//! The claims that its pods mount.

use super::super::around::{Thing, items, makes_claim, word};
use super::{Case, Check, Reason};
use crate::model::Text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimTrouble {
    /// The pods name it and it is not there.
    Missing,
    /// No volume is bound to it yet: the class that should give one, and how much is asked for.
    Pending { class: Text, asked: Text },
    /// The volume that it was bound to is gone.
    Lost,
    /// It grows, and waits for the file system to be resized by a restart of its pod.
    Resizing,
}

/// Claims that the template names; those that a `StatefulSet` makes are named after it, its template and each pod.
fn names<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a str> {
    let volumes = items(&case.around.template()["spec"]["volumes"]);
    let claims = volumes.map(|it| word(&it["persistentVolumeClaim"]["claimName"]));
    claims.filter(|it| !it.is_empty())
}

fn is_made(case: &Case<'_>, claim: &str) -> bool {
    case.around.own.is_some_and(|own| makes_claim(own, claim))
}

fn ours<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Thing<'a>> {
    let claims = case.around.some("persistentvolumeclaims");
    claims.filter(|it| names(case).any(|name| name == it.name()) || is_made(case, it.name()))
}

pub(super) fn claims(case: &Case<'_>) -> Vec<Reason> {
    let Some(all) = case.around.all("persistentvolumeclaims") else {
        return Vec::new();
    };
    let known: Vec<_> = all.map(Thing::name).collect();
    let missing = names(case).filter(|it| !known.contains(it));
    let missing = missing.map(|it| Reason::Claim {
        name: it.into(),
        claim: None,
        trouble: ClaimTrouble::Missing,
    });
    let ill = ours(case).filter_map(|it| {
        Some(Reason::Claim {
            name: it.name().into(),
            claim: Some(it.object(case.object)),
            trouble: trouble(it, case.row.desired > 0)?,
        })
    });
    missing.chain(ill).collect()
}

fn trouble(claim: Thing<'_>, wanted: bool) -> Option<ClaimTrouble> {
    let (spec, status) = (&claim.value["spec"], &claim.value["status"]);
    let mut conditions = items(&status["conditions"]);
    let resizing =
        |it: &serde_json::Value| it["type"] == "FileSystemResizePending" && it["status"] == "True";
    match word(&status["phase"]) {
        // Of one that wants no pods nobody waits for the volume.
        "Pending" if wanted => Some(ClaimTrouble::Pending {
            class: word(&spec["storageClassName"]).into(),
            asked: word(&spec["resources"]["requests"]["storage"]).into(),
        }),
        "Lost" => Some(ClaimTrouble::Lost),
        _ => conditions.any(resizing).then_some(ClaimTrouble::Resizing),
    }
}

/// All are bound; None where none is named.
pub(super) fn bound(case: &Case<'_>) -> Option<Check> {
    let count = ours(case).count();
    let well = count > 0 && claims(case).is_empty();
    well.then_some(Check::Bound { claims: count })
}
