//! What Flux cannot bring to where its source is.

use std::collections::{BTreeSet, HashMap};

use super::standing::{flux_since, flux_standing};
use super::{FluxKept, FluxReach, FluxStanding};
use crate::insight::clock::hold;
use crate::insight::finding::{Cause, Trouble};
use crate::insight::scene::{Draft, Scene};
use crate::model::{ClusterId, Flux, Kind, Subject, Text, Uid};
use crate::store::Store;

pub(in crate::insight) fn judge(scene: &mut Scene<'_>, store: &Store) {
    let cluster = scene.cluster;
    let failing: Vec<_> = cluster.flux().filter(|it| fails(scene, it)).collect();
    if failing.is_empty() {
        return;
    }
    let reach = FluxReach::of(store);
    let named = |it| (name(it), it);
    let named: HashMap<_, _> = cluster.flux().map(named).collect();
    for flux in failing {
        let home = cluster.id();
        let kept = FluxKept { home, flux };
        if waits_for_trouble(&named, flux) || is_told(scene, &reach, kept) {
            continue;
        }
        let id = scene.id(flux.kind(), flux.meta.uid);
        let subject = Subject {
            kind: id.kind.name().into(),
            name: flux.meta.name.clone(),
        };
        let own = flux.meta.namespace.clone();
        let draft = Draft {
            since: flux_since(flux),
            objects: vec![id],
            ..Draft::new(Cause::Object(id), own, subject, trouble(flux))
        };
        let sites: BTreeSet<(ClusterId, Text)> = reach
            .sites(kept)
            .into_iter()
            .map(|(cluster, namespace)| (cluster, namespace.clone()))
            .collect();
        scene.find_at(draft, &sites);
    }
}

/// What is given up has lasted; the rest has its time to come right by itself.
fn fails(scene: &mut Scene<'_>, flux: &Flux) -> bool {
    match flux_standing(flux) {
        FluxStanding::Stalled => true,
        FluxStanding::Failed | FluxStanding::Waits => {
            scene.clock.lasted(flux_since(flux), hold::NOT_RECONCILED)
        }
        _ => false,
    }
}

fn trouble(flux: &Flux) -> Trouble {
    let stalled = flux_standing(flux) == FluxStanding::Stalled;
    // What failed tells more than that it was given up.
    let told = flux.failed.as_deref().or_else(|| flux.condition("Stalled"));
    let (reason, message) = told.map_or_else(Default::default, |it| {
        (it.reason.clone(), it.message.clone())
    });
    Trouble::NotReconciled {
        reason,
        message,
        stalled,
    }
}

type Name<'a> = (Kind, &'a str, &'a str);

fn name(flux: &Flux) -> Name<'_> {
    (flux.kind(), &flux.meta.namespace, &flux.meta.name)
}

/// Whether one that it waits for fails, or waits for one that does: that one is told.
fn waits_for_trouble<'a>(named: &HashMap<Name<'a>, &'a Flux>, flux: &'a Flux) -> bool {
    let (mut seen, mut open): (BTreeSet<Uid>, _) = (BTreeSet::new(), vec![flux]);
    while let Some(it) = open.pop() {
        if flux_standing(it) != FluxStanding::Waits || !seen.insert(it.meta.uid) {
            continue;
        }
        for (namespace, other) in &it.after {
            let Some(other) = named.get(&(it.kind(), namespace.as_str(), other.as_str())) else {
                continue;
            };
            match flux_standing(other) {
                FluxStanding::Stalled | FluxStanding::Failed => return true,
                _ => open.push(other),
            }
        }
    }
    false
}

/// Whether a workload whose health it waits for is told of already.
fn is_told(scene: &Scene<'_>, reach: &FluxReach<'_>, kept: FluxKept<'_>) -> bool {
    let failed = kept.flux.failed.as_ref();
    let waited = failed.is_some_and(|it| it.reason == "HealthCheckFailed");
    let told = |(cluster, workload): (ClusterId, &crate::model::Workload)| {
        let id = scene.id(workload.kind.into(), workload.meta.uid);
        cluster == id.cluster && scene.told.contains(&Cause::Object(id))
    };
    waited && reach.kept(kept).any(told)
}
