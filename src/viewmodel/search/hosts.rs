//! Host names, which only what answers to them knows: read while one is searched for.

use super::{Hit, What, has};
use crate::insight;
use crate::model::{Lookup, ObjectKind, ObjectRef, Wanted};
use crate::store::Cluster;
use crate::viewmodel::objects::places;
use crate::viewmodel::page::{Ground, Target};
use crate::viewmodel::{Facts, State};

/// What answers to host names is read once what is typed may be one.
pub(in crate::viewmodel) fn lookups(facts: &Facts<'_>) -> Vec<Lookup> {
    let typed = facts.filter.map_or("", |it| it.text()).trim();
    if !typed.contains('.') || typed.chars().count() < 3 {
        return Vec::new();
    }
    let of_kind = |cluster: &Cluster, kind: ObjectKind| {
        let places = places(facts, cluster.id(), &kind).into_iter();
        let cluster = cluster.id();
        places.map(move |namespace| Lookup {
            cluster,
            wanted: Wanted::Objects {
                kind: kind.clone(),
                namespace,
            },
        })
    };
    let mut wanted = Vec::new();
    for cluster in facts.store.clusters() {
        for (group, plural) in insight::WAYS {
            let kind = cluster.kind(group, plural);
            wanted.extend(kind.into_iter().flat_map(|it| of_kind(cluster, it)));
        }
    }
    wanted
}

pub(super) fn hits(ground: &Ground<'_>, wanted: &str) -> Vec<Hit> {
    let mut found = Vec::new();
    for (lookup, table) in ground.dossier.tables() {
        let Wanted::Objects { kind, .. } = &lookup.wanted else {
            continue;
        };
        for row in table.rows() {
            let hosts = row.object.as_deref().map(insight::way_hosts);
            let named = hosts.unwrap_or_default().into_iter();
            let named: Vec<_> = named.filter(|host| answers(host, wanted)).collect();
            // One row an object, whatever number of its hosts have the words.
            if named.is_empty() {
                continue;
            }
            found.push(Hit {
                what: What::Host,
                name: named.join(", "),
                cluster: lookup.cluster,
                namespace: row.namespace.clone(),
                place: Some(ground.places.of(lookup.cluster, &row.namespace)),
                state: State::Absent,
                target: Target::Listed(Box::new(ObjectRef {
                    cluster: lookup.cluster,
                    kind: kind.clone(),
                    namespace: row.namespace.clone(),
                    name: row.name.clone(),
                    uid: Some(row.uid),
                })),
            });
        }
    }
    found
}

/// The host of what was typed: tickets have whole addresses.
fn host(wanted: &str) -> &str {
    let rest = wanted.split_once("://").map_or(wanted, |(_, rest)| rest);
    rest.split(['/', ':', '?', '#']).next().unwrap_or(rest)
}

/// Whether a host name has the words, or is the pattern of what was typed: `*.beta.test` of `www.beta.test`.
fn answers(name: &str, wanted: &str) -> bool {
    let wanted = host(wanted);
    let covered = |domain: &str| {
        wanted
            .split_once('.')
            .is_some_and(|(_, rest)| rest == domain)
    };
    has(name, wanted) || name.strip_prefix("*.").is_some_and(covered)
}

#[cfg(test)]
mod tests {
    use super::answers;

    #[test]
    fn an_address_is_found_by_its_host_also_under_a_pattern() {
        for wanted in [
            "beta.gouv",
            "https://www.beta.gouv.fr/path?x=1",
            "www.beta.gouv.fr:8443",
        ] {
            assert!(answers("www.beta.gouv.fr", wanted), "{wanted}");
        }
        assert!(answers("*.beta.gouv.fr", "https://www.beta.gouv.fr/old"));
        assert!(!answers("*.beta.gouv.fr", "a.b.beta.gouv.fr"));
        assert!(!answers("beta.gouv.fr", "www.beta.gouv.fr"));
    }
}
