//! What an Application of Argo CD deployed: the entries of its history, read out of the whole object
//! (argoproj/argo-cd `pkg/apis/application/v1alpha1`, `RevisionHistory`).

use serde_json::Value;

use super::{Applications, Keeping, RevisionRow, history, is_tracked};
use crate::model::{Application, ClusterId, Kind, Moment, ObjectRef, Text, Uid, Workload};
use crate::store::{Cluster, Store};

/// The history of an Application, oldest first.
#[derive(Clone, Debug)]
pub struct Entries<'a>(Vec<Entry<'a>>);

/// One sync that succeeded.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What it is gone back to by.
    pub id: u64,
    /// As it stands in the Application.
    pub value: &'a Value,
}

impl<'a> Entries<'a> {
    /// Of an Application.
    pub fn of(application: &'a Value) -> Self {
        let history = application["status"]["history"].as_array();
        let entry = |value: &'a Value| {
            // The first one is number 0, which some write by leaving it away.
            let id = value["id"].as_u64().unwrap_or_default();
            value.is_object().then_some(Entry { id, value })
        };
        Self(history.into_iter().flatten().filter_map(entry).collect())
    }

    pub fn newest(&self) -> Option<Entry<'a>> {
        self.0.last().copied()
    }

    pub fn oldest(&self) -> Option<Entry<'a>> {
        self.0.first().copied()
    }

    pub fn numbered(&self, id: u64) -> Option<Entry<'a>> {
        self.0.iter().find(|it| it.id == id).copied()
    }

    /// The newest one before it that deployed something else.
    pub fn before(&self, entry: &Entry<'a>) -> Option<Entry<'a>> {
        let earlier = self.0.iter().rev().skip_while(|it| it.id != entry.id);
        let mut others = earlier.filter(|it| !it.is_like(entry));
        others.next().copied()
    }

    /// Newest first. `application` is who has them.
    pub fn rows(&self, application: &ObjectRef) -> Vec<SyncRow> {
        let Some(uid) = application.uid else {
            return Vec::new();
        };
        let mut next: Option<Moment> = None;
        let rows = self.0.iter().rev().map(|entry| {
            let at = entry.moment("deployedAt");
            let began = entry.moment("deployStartedAt");
            let row = SyncRow {
                cluster: application.cluster,
                application: uid,
                id: entry.id,
                began,
                at,
                revisions: entry.revisions(),
                by: entry.by().to_owned(),
                newest: false,
                brought: Vec::new(),
                ran: at.zip(next).map(|(from, to)| from.age(to)),
            };
            next = began.or(at);
            row
        });
        let mut rows: Vec<_> = rows.collect();
        for (at, row) in rows.iter_mut().enumerate() {
            row.newest = at == 0;
        }
        rows
    }
}

impl<'a> Entry<'a> {
    /// A source that is not there, or is empty: Argo CD before 0.12 kept none, and of several sources the single one is empty.
    pub fn lacks(&self, field: &str) -> bool {
        match &self.value[field] {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(all) => all.is_empty(),
            source => source["repoURL"].as_str().is_none_or(str::is_empty),
        }
    }

    pub fn is_sourceless(&self) -> bool {
        self.lacks("source") && self.lacks("sources")
    }

    /// One a source.
    pub fn revisions(&self) -> Vec<String> {
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        match self.value["revisions"].as_array() {
            Some(several) if !several.is_empty() => several.iter().map(text).collect(),
            _ => vec![text(&self.value["revision"])],
        }
    }

    /// The commit of its only source; None for a version of a chart, and of several.
    pub fn commit(&self) -> Option<&'a str> {
        let revision = self.value["revision"].as_str()?;
        is_commit(revision).then_some(revision)
    }

    /// Who started it; empty for the controller itself.
    fn by(&self) -> &'a str {
        let by = &self.value["initiatedBy"];
        if by["automated"] == true {
            return "";
        }
        by["username"].as_str().unwrap_or_default()
    }

    fn moment(&self, field: &str) -> Option<Moment> {
        self.value[field].as_str().and_then(Moment::from_rfc3339)
    }

    fn is_like(&self, other: &Self) -> bool {
        let told = ["revision", "revisions", "source", "sources"];
        told.iter().all(|it| self.value[it] == other.value[it])
    }
}

/// A whole name of a commit: by SHA-1, or by SHA-256.
pub fn is_commit(revision: &str) -> bool {
    matches!(revision.len(), 40 | 64) && revision.bytes().all(|it| it.is_ascii_hexdigit())
}

/// An entry, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncRow {
    pub cluster: ClusterId,
    pub application: Uid,
    pub id: u64,
    pub began: Option<Moment>,
    /// When it was done.
    pub at: Option<Moment>,
    /// One a source.
    pub revisions: Vec<String>,
    /// Empty for the controller itself.
    pub by: String,
    /// The last one that succeeded.
    pub newest: bool,
    /// Seconds until the next one began; None for the newest.
    pub ran: Option<i64>,
    /// Images of the revisions that came with it, as far as they are still kept. One that was gone back to is older than it.
    pub brought: Vec<Text>,
}

/// Says of each entry, newest first, which images came with it: those of revisions made between its beginning and the next
/// one's.
pub fn brought(store: &Store, application: &ObjectRef, rows: &mut [SyncRow]) {
    let made: Vec<_> = revisions_of(store, application).collect();
    let mut next: Option<Moment> = None;
    for row in rows {
        let Some(began) = row.began.or(row.at) else {
            continue;
        };
        let within = |at: Moment| at >= began && next.is_none_or(|next| at < next);
        let own = made.iter().filter(|it| it.created.is_some_and(within));
        row.brought = own.flat_map(|it| it.images.iter().cloned()).collect();
        row.brought.sort();
        row.brought.dedup();
        next = Some(began);
    }
}

/// Those of all that it keeps.
fn revisions_of(store: &Store, application: &ObjectRef) -> impl Iterator<Item = RevisionRow> {
    let applications = Applications::of(store);
    let keeps = move |cluster: &Cluster, workload: &Workload| {
        let kind = Kind::from(workload.kind);
        let (group, kind) = (kind.group(), kind.name());
        // Most are another's, which their own word tells.
        let named = is_tracked(group, kind, &workload.meta)
            .or_else(|| workload.meta.labels.get(Application::INSTANCE));
        let ours = named.is_some_and(|it| it.ends_with(application.name.as_str()));
        ours && matches!(
            applications.keeping(cluster.id(), group, kind, &workload.meta),
            Some(Keeping::By(it)) if it.object() == *application
        )
    };
    let clusters = store.clusters();
    let workloads = clusters.flat_map(|it| it.workloads().map(move |workload| (it, workload)));
    let kept = workloads.filter(move |(cluster, workload)| keeps(cluster, workload));
    kept.flat_map(|(cluster, workload)| {
        let object = ObjectRef {
            cluster: cluster.id(),
            kind: Kind::from(workload.kind).into(),
            namespace: workload.meta.namespace.clone(),
            name: workload.meta.name.clone(),
            uid: Some(workload.meta.uid),
        };
        history(store, &object).into_iter().map(|it| it.revision)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Kind;

    fn history() -> Value {
        let entry = |id: u64, revision: &str, minute: u8| {
            json!({
                "id": id,
                "revision": revision,
                "source": {"repoURL": "https://git.test/beta", "path": "prod"},
                "deployStartedAt": format!("2026-11-24T03:{minute:02}:00Z"),
                "deployedAt": format!("2026-11-24T03:{minute:02}:05Z"),
                "initiatedBy": {"automated": true},
            })
        };
        json!({"status": {"history": [entry(3, "a", 0), entry(4, "b", 10), entry(5, "b", 20)]}})
    }

    #[test]
    fn the_one_before_is_the_newest_that_deployed_something_else() {
        let live = history();
        let entries = Entries::of(&live);
        let newest = entries.newest().unwrap();
        assert_eq!(newest.id, 5);
        assert_eq!(entries.before(&newest).map(|it| it.id), Some(3));
        let oldest = entries.oldest().unwrap();
        assert!(entries.before(&oldest).is_none());
        assert!(Entries::of(&json!({})).newest().is_none());
    }

    #[test]
    fn rows_stand_newest_first_with_how_long_each_ran() {
        let object = ObjectRef {
            cluster: ClusterId(0),
            kind: Kind::Application.into(),
            namespace: "argocd".into(),
            name: "beta".into(),
            uid: Some(Uid::from_text("u")),
        };
        let live = history();
        let rows = Entries::of(&live).rows(&object);
        let told: Vec<_> = rows.iter().map(|it| (it.id, it.newest, it.ran)).collect();
        let told_of = [
            (5, true, None),
            (4, false, Some(595)),
            (3, false, Some(595)),
        ];
        assert_eq!(told, told_of);
    }

    #[test]
    fn sources_that_are_empty_are_none() {
        let of = |value: Value| {
            let id = 0;
            Entry { id, value: &value }.is_sourceless()
        };
        assert!(of(json!({"id": 1, "revision": "a"})));
        assert!(of(json!({"source": {"repoURL": ""}})));
        assert!(!of(
            json!({"source": {"repoURL": ""}, "sources": [{"repoURL": "x"}]})
        ));
        assert!(!of(json!({"source": {"repoURL": "x"}})));
    }

    #[test]
    fn a_commit_is_told_from_the_version_of_a_chart() {
        assert!(is_commit(&"a1".repeat(20)) && is_commit(&"0f".repeat(32)));
        assert!(!is_commit("1.2.3") && !is_commit(&"g1".repeat(20)));
    }
}
