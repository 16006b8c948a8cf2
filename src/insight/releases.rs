//! Releases of Helm, from the labels of the Secrets or `ConfigMaps` that keep their revisions: one an object, by helm/helm
//! `pkg/storage/driver`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{ClusterId, Moment, Text};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// The labels by which Helm finds what it keeps.
pub const OWNED: &str = "owner=helm";

/// Seconds after which an operation under way has no Helm behind it any more: `--timeout` is five minutes unless it is told
/// otherwise, for each of an upgrade and the rollback of `--atomic`.
const UNDER_WAY: i64 = 600;

/// Which of a release, and where it is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId {
    pub cluster: ClusterId,
    pub namespace: Text,
    pub name: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRevision {
    pub number: u64,
    /// Helm's own word: `deployed`, `superseded`, `pending-upgrade`…
    pub status: Text,
    /// When it came to that.
    pub at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseRow {
    pub id: ReleaseId,
    pub place: Place,
    pub standing: ReleaseStanding,
    /// The newest first, at least one.
    pub revisions: Vec<ReleaseRevision>,
    /// The `HelmRelease` of Flux that makes them: namespace and name.
    pub flux: Option<(Text, Text)>,
}

/// The worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReleaseStanding {
    /// An operation was begun and never ended: Helm refuses the next one.
    Stuck,
    Failed,
    /// An operation is under way.
    Moving,
    Unknown,
    /// Its history was kept.
    Uninstalled,
    Deployed,
}

impl ReleaseRow {
    pub fn newest(&self) -> Option<&ReleaseRevision> {
        self.revisions.first()
    }

    /// What runs, or ran before what is newest: where Helm can go back to.
    pub fn way_back(&self) -> Option<&ReleaseRevision> {
        let mut before = self.revisions.iter().skip(1);
        let went_well =
            |it: &&ReleaseRevision| matches!(it.status.as_str(), "deployed" | "superseded");
        before.find(went_well)
    }
}

/// From the metadata of objects, each with its cluster: of those in a wanted namespace, by its name and whose it is. An object
/// that does not say what it keeps is left out.
pub fn release_rows<'a>(
    store: &Store,
    places: &Places,
    now: Moment,
    objects: impl IntoIterator<Item = (ClusterId, &'a Value)>,
    wanted: impl Fn(&str, &Place) -> bool,
) -> Vec<ReleaseRow> {
    let mut found: BTreeMap<ReleaseId, Vec<ReleaseRevision>> = BTreeMap::new();
    for (cluster, object) in objects {
        if let Some((id, revision)) = read(cluster, object) {
            found.entry(id).or_default().push(revision);
        }
    }
    let rows = found.into_iter().filter_map(|(id, mut revisions)| {
        let place = places.of(id.cluster, &id.namespace);
        if !wanted(&id.namespace, &place) {
            return None;
        }
        revisions.sort_by_key(|it| Reverse(it.number));
        // What was moved from one sort of storage to the other is there twice.
        revisions.dedup_by_key(|it| it.number);
        let skew = store
            .cluster(id.cluster)
            .map_or(0, crate::store::Cluster::skew);
        Some(ReleaseRow {
            standing: standing(&revisions, now.plus(skew)),
            flux: maker(store, &id),
            place,
            revisions,
            id,
        })
    });
    rows.collect()
}

fn read(cluster: ClusterId, object: &Value) -> Option<(ReleaseId, ReleaseRevision)> {
    let meta = &object["metadata"];
    let label = |key: &str| meta["labels"][key].as_str();
    let seconds = |key: &str| label(key)?.parse().ok().and_then(Moment::from_seconds);
    let created = || {
        meta["creationTimestamp"]
            .as_str()
            .and_then(Moment::from_rfc3339)
    };
    let at = seconds("modifiedAt").or_else(|| seconds("createdAt"));
    let id = ReleaseId {
        cluster,
        namespace: meta["namespace"].as_str()?.into(),
        name: label("name")?.into(),
    };
    let revision = ReleaseRevision {
        number: label("version")?.parse().ok()?,
        status: label("status").unwrap_or_default().into(),
        at: at.or_else(created),
    };
    Some((id, revision))
}

fn standing(revisions: &[ReleaseRevision], now: Moment) -> ReleaseStanding {
    let Some(newest) = revisions.first() else {
        return ReleaseStanding::Unknown;
    };
    match newest.status.as_str() {
        "deployed" => ReleaseStanding::Deployed,
        "failed" => ReleaseStanding::Failed,
        "uninstalled" => ReleaseStanding::Uninstalled,
        "uninstalling" => ReleaseStanding::Moving,
        "pending-install" | "pending-upgrade" | "pending-rollback" => {
            let long = newest.at.is_some_and(|at| at.age(now) > UNDER_WAY);
            if long {
                ReleaseStanding::Stuck
            } else {
                ReleaseStanding::Moving
            }
        }
        _ => ReleaseStanding::Unknown,
    }
}

/// Flux keeps its releases where Helm does.
fn maker(store: &Store, id: &ReleaseId) -> Option<(Text, Text)> {
    let mut flux = store.cluster(id.cluster)?.flux();
    let made = flux.find(|it| {
        let release = it.release().and_then(|it| it.history.first());
        let named = release.is_some_and(|it| it.release == id.name);
        let into = if it.target.is_empty() {
            &it.meta.namespace
        } else {
            &it.target
        };
        named && *into == id.namespace
    })?;
    Some((made.meta.namespace.clone(), made.meta.name.clone()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::insight::stage::{HOME, Stage, at};

    fn kept(name: &str, number: u64, status: &str, second: i64) -> Value {
        json!({"metadata": {
            "name": format!("sh.helm.release.v1.{name}.v{number}"),
            "namespace": "shop",
            "labels": {
                "owner": "helm", "name": name, "status": status, "version": number.to_string(),
                "modifiedAt": at(second).seconds().to_string(),
            },
        }})
    }

    fn rows(objects: &[Value], second: i64) -> Vec<ReleaseRow> {
        let stage = Stage::new();
        let objects = objects.iter().map(|it| (HOME, it));
        release_rows(
            &stage.store,
            &stage.places(),
            at(second),
            objects,
            |_, _| true,
        )
    }

    #[test]
    fn the_newest_revision_speaks_for_the_release() {
        let objects = [
            kept("web", 9, "superseded", 100),
            kept("web", 10, "deployed", 200),
            kept("db", 1, "failed", 50),
        ];
        let rows = rows(&objects, 1_000);
        let said: Vec<_> = rows
            .iter()
            .map(|it| (it.id.name.as_str(), it.revisions[0].number, it.standing))
            .collect();
        let expected = [
            ("db", 1, ReleaseStanding::Failed),
            ("web", 10, ReleaseStanding::Deployed),
        ];
        assert_eq!(said, expected);
        assert_eq!(rows[1].revisions[0].at, Some(at(200)));
        assert_eq!(rows[1].way_back().unwrap().number, 9);
        assert_eq!(rows[0].way_back(), None);
    }

    #[rstest]
    #[case::soon("pending-upgrade", 600, ReleaseStanding::Moving)]
    #[case::late("pending-upgrade", 601, ReleaseStanding::Stuck)]
    #[case::install("pending-install", 9_000, ReleaseStanding::Stuck)]
    #[case::rollback("pending-rollback", 9_000, ReleaseStanding::Stuck)]
    #[case::uninstall("uninstalling", 9_000, ReleaseStanding::Moving)]
    #[case::other("unknown", 9_000, ReleaseStanding::Unknown)]
    fn an_operation_that_never_ended_is_stuck(
        #[case] status: &str,
        #[case] second: i64,
        #[case] standing: ReleaseStanding,
    ) {
        let objects = [kept("web", 2, status, 0), kept("web", 1, "deployed", -9)];
        assert_eq!(rows(&objects, second)[0].standing, standing);
    }

    #[test]
    fn what_does_not_say_what_it_keeps_is_left_out() {
        let mut nameless = kept("web", 1, "deployed", 0);
        nameless["metadata"]["labels"]["name"] = Value::Null;
        let mut unnumbered = kept("web", 1, "deployed", 0);
        unnumbered["metadata"]["labels"]["version"] = json!("x");
        assert_eq!(rows(&[nameless, unnumbered, json!(null)], 9), []);
    }
}
