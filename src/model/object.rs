//! What all objects share.

use compact_str::CompactString;

use super::{
    AppProject, Application, ApplicationSet, CronJob, Flux, Hpa, Job, Kind, Moment, Namespace,
    Node, Pdb, Pod, Project, Quota, ReplicaSet, Revision, Uid, Workload,
};

/// Short text, mostly inline. Cleaned and bounded by the source.
pub type Text = CompactString;

/// Labels or annotations, sorted by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Labels(Box<[(Text, Text)]>);

impl Labels {
    pub fn get(&self, key: &str) -> Option<&str> {
        let at = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
            .ok()?;
        self.0.get(at).map(|(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Into<Text>, V: Into<Text>> FromIterator<(K, V)> for Labels {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut pairs: Vec<(Text, Text)> = pairs
            .into_iter()
            .map(|(key, value)| (key.into(), value.into()))
            .collect();
        pairs.sort();
        pairs.dedup_by(|later, first| later.0 == first.0);
        Self(pairs.into_boxed_slice())
    }
}

/// The controller that owns an object: `metadata.ownerReferences` with `controller: true`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    pub kind: Text,
    pub name: Text,
    pub uid: Uid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    pub uid: Uid,
    /// Empty for cluster-scoped kinds.
    pub namespace: Text,
    pub name: Text,
    pub labels: Labels,
    /// Only those that vigie reads; see `source::convert`.
    pub annotations: Labels,
    pub owner: Option<Owner>,
    pub created: Option<Moment>,
    /// When the deletion was asked for.
    pub deleting: Option<Moment>,
    pub generation: i64,
}

impl Meta {
    /// By which Helm says on an object of which release it is.
    pub const HELM_RELEASE: &str = "meta.helm.sh/release-name";
}

/// An object of a watched kind.
pub trait Named {
    fn meta(&self) -> &Meta;
    fn kind(&self) -> Kind;
}

macro_rules! named {
    ($($object:ident: $kind:expr),* $(,)?) => {
        $(impl Named for $object {
            fn meta(&self) -> &Meta {
                &self.meta
            }

            fn kind(&self) -> Kind {
                let kind: fn(&Self) -> Kind = $kind;
                kind(self)
            }
        })*
    };
}

named!(
    Namespace: |_| Kind::Namespace,
    Pod: |_| Kind::Pod,
    Project: |_| Kind::Project,
    Workload: |it| it.kind.into(),
    ReplicaSet: |_| Kind::ReplicaSet,
    Revision: |_| Kind::ControllerRevision,
    Node: |_| Kind::Node,
    Job: |_| Kind::Job,
    CronJob: |_| Kind::CronJob,
    Hpa: |_| Kind::HorizontalPodAutoscaler,
    Pdb: |_| Kind::PodDisruptionBudget,
    Quota: |_| Kind::ResourceQuota,
    Application: |_| Kind::Application,
    ApplicationSet: |_| Kind::ApplicationSet,
    AppProject: |_| Kind::AppProject,
    Flux: Flux::kind,
);

/// A condition's status; absent or any other word counts as unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    True,
    False,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// `Ready`, `Progressing`, `Failed`…
    pub name: Text,
    pub status: Status,
    pub reason: Text,
    pub message: Text,
    /// `lastTransitionTime`: when the status last changed.
    pub changed: Option<Moment>,
    /// `lastUpdateTime`, Deployments only: moves on every sign of progress.
    pub updated: Option<Moment>,
}

/// One object as a source read it.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    Namespace(Namespace),
    Pod(Pod),
    Workload(Workload),
    ReplicaSet(ReplicaSet),
    Revision(Revision),
    Node(Node),
    Job(Job),
    CronJob(CronJob),
    Hpa(Hpa),
    Pdb(Pdb),
    Quota(Quota),
    Project(Project),
    Application(Box<Application>),
    ApplicationSet(ApplicationSet),
    AppProject(AppProject),
    Flux(Box<Flux>),
}

impl Object {
    fn named(&self) -> &dyn Named {
        match self {
            Object::Namespace(it) => it,
            Object::Pod(it) => it,
            Object::Workload(it) => it,
            Object::ReplicaSet(it) => it,
            Object::Revision(it) => it,
            Object::Node(it) => it,
            Object::Job(it) => it,
            Object::CronJob(it) => it,
            Object::Hpa(it) => it,
            Object::Pdb(it) => it,
            Object::Quota(it) => it,
            Object::Project(it) => it,
            Object::Application(it) => &**it,
            Object::ApplicationSet(it) => it,
            Object::AppProject(it) => it,
            Object::Flux(it) => &**it,
        }
    }

    pub fn meta(&self) -> &Meta {
        self.named().meta()
    }

    pub fn kind(&self) -> Kind {
        self.named().kind()
    }
}
