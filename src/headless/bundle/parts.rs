//! The parts of the file, and what they all look at.

mod cause;
mod events;
mod logs;
mod object;
mod pods;
mod rollout;
mod status;

pub(super) use cause::{changes, why};
pub(super) use events::events;
pub(super) use logs::logs;
pub(super) use object::yaml;
pub(super) use pods::pods;
pub(super) use rollout::rollout;
pub(super) use status::status;

use serde_json::Value;

use crate::dossier::{Dossier, Table, Whole};
use crate::headless::find::Found;
use crate::headless::live::is_told;
use crate::headless::rows::{ClassRow, Facts};
use crate::insight::{
    self, AROUND, Around, Cause, DeploymentRow, Finding, HistoryRow, Reason, RevisionRow, Stream,
    Why, around_lookups,
};
use crate::model::{About, Kind, LogOf, Lookup, Moment, ObjectRef, Reach, Uid, Wanted};
use crate::store::Cluster;

/// An object, and all that is known around it.
pub(super) struct Case<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) dossier: &'a Dossier,
    pub(super) found: Found,
    pub(super) cluster: Option<&'a Cluster>,
    /// By the clock of the cluster.
    pub(super) now: Moment,
    /// It, or the workload that it is a part of.
    pub(super) workload: Option<DeploymentRow>,
    pub(super) why: Option<Why>,
    /// Of the workload, when that is the object itself.
    pub(super) revisions: Vec<RevisionRow>,
    pub(super) history: Vec<HistoryRow>,
    pub(super) streams: Vec<Stream>,
}

impl<'a> Case<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, dossier: &'a Dossier, found: Found) -> Self {
        let object = &found.object;
        let cluster = facts.store.cluster(object.cluster);
        let now = facts.cluster_now(object.cluster);
        let rows = insight::deployments(facts.store, facts.places, facts.judgement);
        let uid = cluster.and_then(|it| workload_of(it, object));
        let mut own = rows.iter();
        let workload = own.find(|row| row.cluster == object.cluster && Some(row.uid) == uid);
        let why = workload.and_then(|row| {
            let object = workload_object(row)?;
            let around = around(facts, dossier, &object);
            insight::why(
                facts.store,
                facts.judgement,
                &rows.iter().collect::<Vec<_>>(),
                &object,
                &around,
                now,
            )
        });
        let revisions = cluster.map(|it| {
            let here = |namespace: &str| namespace == object.namespace.as_str();
            insight::revisions(it, here, |owner| Some(owner) == object.uid)
        });
        Self {
            facts,
            dossier,
            cluster,
            now,
            workload: workload.cloned(),
            why,
            revisions: revisions
                .and_then(|mut it| it.remove(&object.uid?))
                .unwrap_or_default(),
            history: insight::history(facts.store, object),
            streams: cluster.map_or_else(Vec::new, |it| logs::in_order(it, object)),
            found,
        }
    }

    /// What is asked of the cluster beyond what is watched.
    pub(super) fn lookups(&self) -> Vec<Lookup> {
        let mut wanted = vec![whole_of(&self.found.object), self.events()];
        if let Some(object) = self.workload.as_ref().and_then(workload_object) {
            wanted.push(whole_of(&object));
            wanted.extend(around_lookups(self.facts.store, &object, &AROUND));
            wanted.dedup();
        }
        wanted.extend(
            self.sides()
                .into_iter()
                .flatten()
                .map(|it| whole_of(&it.keeper())),
        );
        for stream in self.streams.iter().take(logs::MOST) {
            wanted.extend((stream.restarts > 0).then(|| log(stream, true)));
            wanted.push(log(stream, false));
        }
        wanted
    }

    /// Kinds around the workload that could not be read, and why.
    pub(super) fn unread_around(&self) -> Vec<(String, String)> {
        let object = self.workload.as_ref().and_then(workload_object);
        let lookups = object.map(|it| around_lookups(self.facts.store, &it, &AROUND));
        let unread = lookups.into_iter().flatten().filter_map(|lookup| {
            let lack = self.dossier.table(&lookup).and_then(Table::lack);
            let reason = match lack {
                Some(lack) => self.facts.catalogue.lack(lack),
                None if is_told(self.dossier, &lookup) => return None,
                None => self.facts.catalogue.say("unseen-not-asked"),
            };
            let Wanted::Objects { kind, .. } = &lookup.wanted else {
                return None;
            };
            Some((kind.name().to_owned(), reason))
        });
        unread.collect()
    }

    pub(super) fn events(&self) -> Lookup {
        Lookup {
            cluster: self.found.object.cluster,
            wanted: Wanted::Events(About::of(&self.found.object)),
        }
    }

    /// The newest revision and the one before it, the older first.
    pub(super) fn sides(&self) -> Option<[&HistoryRow; 2]> {
        match self.history.as_slice() {
            [after, before, ..] => Some([before, after]),
            _ => None,
        }
    }

    pub(super) fn document(&self, object: &ObjectRef) -> Option<&Value> {
        let whole = self.dossier.whole(&whole_of(object))?;
        Some(&whole.document()?.value)
    }

    /// All objects that were read whole.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Value> {
        let sides = self.sides().into_iter().flatten();
        let sides = sides.filter_map(|it| self.document(&it.keeper()));
        self.document(&self.found.object).into_iter().chain(sides)
    }

    /// What hurts it, the worst first.
    pub(super) fn findings(&self) -> Vec<&Finding> {
        let reasons = self.why.iter().flat_map(|it| &it.reasons);
        let of_workload = reasons.filter_map(|it| match it {
            Reason::Hurt(finding) => Some(&**finding),
            _ => None,
        });
        let mut found: Vec<_> = of_workload.collect();
        if found.is_empty() {
            let all = self.facts.judgement.findings.iter();
            found.extend(all.filter(|it| self.hurts(it)));
        }
        found
    }

    fn hurts(&self, finding: &Finding) -> bool {
        let object = &self.found.object;
        let own = |uid: Uid| Some(uid) == object.uid;
        let cause = match &finding.cause {
            Cause::Object(id) => own(id.uid),
            Cause::Node(_, name) => object.kind == Kind::Node && *name == object.name,
            Cause::Quota {
                namespace, name, ..
            } => {
                object.kind == Kind::ResourceQuota
                    && *namespace == object.namespace
                    && *name == object.name
            }
            Cause::Link(_) => true,
            _ => false,
        };
        let namespace = object.kind == Kind::Namespace
            && (finding.namespace == object.name
                || finding.hit.iter().any(|(name, _)| *name == object.name));
        finding.cluster == object.cluster
            && (cause || namespace || finding.objects.iter().any(|it| own(it.uid)))
    }

    pub(super) fn cluster_name(&self) -> String {
        self.cluster
            .map_or_else(String::new, |it| it.name().to_string())
    }

    /// `betaapp/prod`.
    pub(super) fn place(&self) -> String {
        let place = &self.found.place;
        match (place.tenant.as_str(), place.environment.as_str()) {
            (tenant, "") => tenant.to_owned(),
            (tenant, environment) => format!("{tenant}/{environment}"),
        }
    }

    pub(super) fn class(&self) -> String {
        ClassRow::from(self.found.place.class).word(self.facts.catalogue)
    }

    pub(super) fn managers(&self) -> String {
        let managers = self.workload.iter().flat_map(|it| &it.managers);
        let said = managers.map(|it| format!("{} {}", it.tool.name(), it.name));
        said.collect::<Vec<_>>().join(", ")
    }

    /// A severity and the sentence of what hurts it.
    pub(super) fn sentence(&self, finding: &Finding) -> String {
        let now = self.facts.present(finding);
        self.facts.catalogue.long(finding, now)
    }
}

/// The workload that the object is, or that it works for.
fn workload_of(cluster: &Cluster, object: &ObjectRef) -> Option<Uid> {
    let uid = object.uid?;
    match object.kind.known() {
        Some(Kind::Pod) => Some(cluster.controller(cluster.pod(uid)?.owner_uid()?)),
        Some(Kind::ReplicaSet) => Some(cluster.controller(uid)),
        _ => Some(uid),
    }
}

fn workload_object(row: &DeploymentRow) -> Option<ObjectRef> {
    Some(ObjectRef {
        cluster: row.cluster,
        kind: Kind::named(&row.kind)?.into(),
        namespace: row.namespace.clone(),
        name: row.name.clone(),
        uid: Some(row.uid),
    })
}

/// What stands around a workload, as far as it has been told.
fn around<'a>(facts: &Facts<'_>, dossier: &'a Dossier, object: &ObjectRef) -> Around<'a> {
    let own = dossier.whole(&whole_of(object)).and_then(Whole::document);
    Around {
        own: own.map(|it| &it.value),
        lists: dossier.lists(&around_lookups(facts.store, object, &AROUND)),
    }
}

pub(super) fn whole_of(object: &ObjectRef) -> Lookup {
    Lookup {
        cluster: object.cluster,
        wanted: Wanted::Object(object.clone()),
    }
}

pub(super) fn log(stream: &Stream, previous: bool) -> Lookup {
    Lookup {
        cluster: stream.cluster,
        wanted: Wanted::Log(LogOf {
            namespace: stream.namespace.clone(),
            pod: stream.pod.clone(),
            container: stream.container.clone(),
            previous,
            reach: Reach {
                lines: logs::LINES,
                seconds: None,
            },
        }),
    }
}
