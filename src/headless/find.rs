//! Which object is meant: one, none with names like it, or several of which the person has to choose one.

#[cfg(test)]
mod tests;

use super::kind_name::KindName;
use crate::headless::answer::{Answer, Exit};
use crate::headless::incomplete::incomplete;
use crate::headless::rows::Facts;
use crate::insight::{Applications, FluxKept, FluxReach, Kept};
use crate::model::{Kind, Meta, Moment, ObjectRef, Text, Uid};
use crate::store::{Cluster, Store};
use crate::tenancy::{Place, Places};
use crate::wording::nearest;

/// Names offered where none or several fit.
const OFFERED: usize = 10;
/// Likely ones among those that are like it.
const LIKELY: usize = 3;

pub(super) struct Found {
    pub(super) object: ObjectRef,
    pub(super) place: Place,
    pub(super) created: Option<Moment>,
}

/// The one that is meant, or what to say instead.
pub(super) fn find(wanted: &KindName, facts: &Facts<'_>) -> Result<Found, Answer> {
    let clusters = facts.store.clusters();
    let all = clusters.flat_map(|it| of_kind(it, wanted.kind, facts.places));
    let asked = Asked::of(wanted.kind, facts);
    let all: Vec<Found> = all.filter_map(|it| asked.selected(it)).collect();
    let (mut named, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|it| it.object.name == wanted.name);
    match named.len() {
        0 => Err(none(wanted, &others, facts)),
        1 => named.pop().ok_or_else(|| none(wanted, &others, facts)),
        _ => Err(several(wanted, &named, facts)),
    }
}

/// What `-n` means, by the rules of the screen's pages.
struct Asked<'a> {
    facts: &'a Facts<'a>,
    applications: Applications<'a>,
    /// Where what is meant is Flux's.
    flux: Option<FluxReach<'a>>,
}

impl<'a> Asked<'a> {
    fn of(kind: Kind, facts: &'a Facts<'a>) -> Self {
        let flux = matches!(kind, Kind::Kustomization | Kind::HelmRelease);
        Self {
            facts,
            applications: Applications::of(facts.store),
            flux: flux.then(|| FluxReach::of(facts.store)),
        }
    }

    fn selected(&self, found: Found) -> Option<Found> {
        let object = &found.object;
        let places = self.facts.places;
        let selection = self.facts.selection;
        let wanted = |namespace: &str, place: &Place| selection.matches(namespace, place);
        let home = object.cluster;
        let cluster = self.facts.store.cluster(home)?;
        if let Some(application) = object.uid.and_then(|it| cluster.application(it)) {
            let kept = Kept { home, application };
            let place = self.applications.asked(kept, places, wanted)?;
            return Some(Found { place, ..found });
        }
        if let Some(reach) = &self.flux {
            let flux = cluster.flux_of(object.uid?)?;
            let asked = reach.asked(FluxKept { home, flux }, places, wanted);
            return asked.then_some(found);
        }
        let namespace = match object.kind.known() {
            Some(Kind::Namespace) => &object.name,
            // What belongs to no namespace is in every selection.
            _ if !object.kind.namespaced() => return Some(found),
            _ => &object.namespace,
        };
        wanted(namespace, &found.place).then_some(found)
    }
}

fn none(wanted: &KindName, others: &[Found], facts: &Facts<'_>) -> Answer {
    let mut names: Vec<_> = others.iter().map(|it| it.object.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut near = nearest(&wanted.name, names);
    near.truncate(LIKELY);
    let arguments = [
        ("kind", wanted.kind.name().into()),
        ("name", wanted.name.as_str().into()),
        ("near", near.join(", ").into()),
    ];
    // It may be where nothing could be read.
    let unseen = incomplete(facts.store, &[wanted.kind], facts.catalogue);
    let id = match (near.as_slice(), unseen.as_slice()) {
        ([], []) => "object-none",
        ([], _) => "object-none-seen",
        _ => "object-none-near",
    };
    let mut notes = vec![facts.catalogue.say_with(id, &arguments)];
    notes.extend(unseen.iter().map(|it| it.say(facts.catalogue)));
    let unmatched = facts.selection.unmatched(facts.store, facts.places);
    let unmatched = unmatched.into_iter().map(|name| {
        let reason = facts.catalogue.say("unseen-no-such-name");
        let arguments = [("what", name.into()), ("reason", reason.into())];
        facts.catalogue.say_with("not-seen", &arguments)
    });
    notes.extend(unmatched);
    refused(notes, Exit::NotSeen)
}

fn several(wanted: &KindName, named: &[Found], facts: &Facts<'_>) -> Answer {
    let arguments = [
        ("count", named.len().into()),
        ("kind", wanted.kind.name().into()),
        ("name", wanted.name.as_str().into()),
    ];
    let mut notes = vec![facts.catalogue.say_with("object-several", &arguments)];
    notes.extend(named.iter().take(OFFERED).map(|it| flags(it, facts.store)));
    if let Some(more) = named.len().checked_sub(OFFERED).filter(|it| *it > 0) {
        notes.push(
            facts
                .catalogue
                .say_with("object-more", &[("count", more.into())]),
        );
    }
    refused(notes, Exit::Usage)
}

/// `--context public1 -n betaapp-prod (betaapp/prod)`.
fn flags(found: &Found, store: &Store) -> String {
    let cluster = store.cluster(found.object.cluster);
    let cluster = cluster.map_or("", |it| it.name().as_str());
    let namespace = match found.object.namespace.as_str() {
        "" => String::new(),
        namespace => format!(" -n {namespace}"),
    };
    let place = &found.place;
    let place = match (place.tenant.as_str(), place.environment.as_str()) {
        ("", _) | (_, "") => String::new(),
        (tenant, environment) => format!(" ({tenant}/{environment})"),
    };
    format!("--context {cluster}{namespace}{place}")
}

fn refused(notes: Vec<String>, exit: Exit) -> Answer {
    Answer {
        text: String::new(),
        notes,
        exit,
    }
}

/// What tells an object from others.
type Identity = (Text, Text, Uid, Option<Moment>);

fn of_kind(cluster: &Cluster, kind: Kind, places: &Places) -> Vec<Found> {
    let found = |(namespace, name, uid, created): Identity| {
        let home = match kind {
            Kind::Namespace => &name,
            _ => &namespace,
        };
        Found {
            place: places.of(cluster.id(), home),
            created,
            object: ObjectRef {
                cluster: cluster.id(),
                kind: kind.into(),
                namespace,
                name,
                uid: Some(uid),
            },
        }
    };
    identities(cluster, kind).into_iter().map(found).collect()
}

fn identities(cluster: &Cluster, kind: Kind) -> Vec<Identity> {
    let of = |it: &Meta| (it.namespace.clone(), it.name.clone(), it.uid, it.created);
    match kind {
        Kind::Pod => cluster
            .pods()
            .map(|it| (it.namespace().into(), it.name(), it.uid(), it.created()))
            .collect(),
        Kind::ReplicaSet => cluster
            .replica_sets()
            .map(|it| (it.namespace().into(), it.name(), it.uid(), it.created()))
            .collect(),
        _ => cluster.metas(kind).into_iter().map(of).collect(),
    }
}
