//! The Kustomizations and `HelmReleases` of the fleet, a row each: how they stand, whose they are, what they applied.

use super::standing::{flux_since, flux_standing};
use super::{FluxKept, FluxReach, FluxStanding};
use crate::model::{ClusterId, Moment, ObjectRef, Text};
use crate::store::{Cluster, Store};
use crate::tenancy::{Place, Places};

#[derive(Clone, Debug, PartialEq)]
pub struct FluxRow {
    /// Where it lives itself.
    pub object: ObjectRef,
    /// Whose namespace it deploys to; its own where it deploys to several.
    pub place: Place,
    pub cluster: ClusterId,
    pub namespace: Text,
    pub standing: FluxStanding,
    pub applied: Text,
    pub attempted: Text,
    pub since: Option<Moment>,
}

impl FluxRow {
    /// What it tried last, where that is not what it applied.
    pub fn other(&self) -> Option<&Text> {
        let attempted = Some(&self.attempted).filter(|it| !it.is_empty());
        attempted.filter(|it| **it != self.applied)
    }
}

/// Of those that deploy to a wanted namespace, or live in one, by its name and whose it is.
pub fn flux_rows(
    store: &Store,
    places: &Places,
    wanted: impl Fn(&str, &Place) -> bool,
) -> Vec<FluxRow> {
    let reach = FluxReach::of(store);
    let of = |cluster: &Cluster| {
        let home = cluster.id();
        move |flux| FluxKept { home, flux }
    };
    let all = store.clusters().flat_map(|it| it.flux().map(of(it)));
    let asked = all.filter(|it| reach.asked(*it, places, &wanted));
    let rows = asked.map(|kept| row(&reach, places, kept));
    rows.collect()
}

fn row<'a>(reach: &FluxReach<'a>, places: &Places, kept: FluxKept<'a>) -> FluxRow {
    let (cluster, namespace) = reach.destination(kept);
    let flux = kept.flux;
    FluxRow {
        object: kept.object(),
        place: places.of(cluster, namespace),
        cluster,
        namespace: namespace.clone(),
        standing: flux_standing(flux),
        applied: flux.applied.clone(),
        attempted: flux.attempted.clone(),
        since: flux_since(flux),
    }
}
