//! What of Flux keeps an object, in words.

mod page;
mod pane;

pub(super) use page::{flux, rows, words};

use super::Facts;
use crate::insight::{FluxConduct, FluxKeeping, FluxKept, flux_conduct, flux_keeping};
use crate::model::{ClusterId, Flux, ObjectRef, Status, Uid};

pub(super) fn keeper(facts: &Facts<'_>, object: &ObjectRef) -> Option<ObjectRef> {
    Some(find(facts, object.cluster, object.uid?)?.object())
}

fn find<'a>(facts: &Facts<'a>, cluster: ClusterId, uid: Uid) -> Option<FluxKept<'a>> {
    let workload = facts.store.cluster(cluster)?.workload(uid)?;
    match flux_keeping(facts.store, cluster, &workload.meta)? {
        FluxKeeping::By(kept) => Some(kept),
        FluxKeeping::Nobody | FluxKeeping::Several | FluxKeeping::Unseen => None,
    }
}

/// How it stands and what it does by itself. Nothing where nothing of Flux is known to keep the workload.
pub(super) fn lines(facts: &Facts<'_>, cluster: ClusterId, uid: Uid) -> Vec<String> {
    let Some(kept) = find(facts, cluster, uid) else {
        return Vec::new();
    };
    let mut lines = vec![standing(facts, kept.flux)];
    let conduct = flux_conduct(kept.flux, facts.now);
    lines.extend(does(facts, &conduct));
    lines
}

/// `Kustomization Ready: ReconciliationSucceeded · main@sha1:8c1f2e0`. States are in Flux's own words.
fn standing(facts: &Facts<'_>, flux: &Flux) -> String {
    let ready = flux.condition("Ready").map(|it| match it.status {
        Status::True => format!("Ready: {}", it.reason),
        Status::False => format!("not Ready: {}", it.reason),
        Status::Unknown => format!("Ready?: {}", it.reason),
    });
    let kind = format!("{} {}", flux.kind().name(), ready.unwrap_or_default());
    let suspended = flux.suspended.then(|| facts.say("flux-suspended"));
    let applied = Some(flux.applied.to_string()).filter(|it| !it.is_empty());
    let parts = [Some(kind.trim_end().to_owned()), suspended, applied];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(" \u{b7} ")
}

/// In Flux's own words where it says some.
fn does(facts: &Facts<'_>, conduct: &FluxConduct) -> Option<String> {
    let id = match conduct {
        FluxConduct::Suspended => return None,
        FluxConduct::Fails { message, .. } | FluxConduct::Stalled { message }
            if !message.is_empty() =>
        {
            return Some(facts.catalogue.quote(message));
        }
        FluxConduct::Reconciles { every, .. } => {
            let every = [("every", facts.catalogue.span(i64::from(*every)).into())];
            return Some(facts.catalogue.say_with("flux-reconciles", &every));
        }
        FluxConduct::Finishing => "flux-finishing",
        FluxConduct::Upgrades => "flux-upgrades",
        FluxConduct::Fails { .. } => "flux-fails",
        FluxConduct::Stalled { .. } => "flux-stalled",
        FluxConduct::Leaving => "app-leaving",
        FluxConduct::Unattended => "flux-unattended",
    };
    Some(facts.say(id))
}
