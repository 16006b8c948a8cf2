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

/// An object with metadata.
pub trait Named {
    fn meta(&self) -> &Meta;
}

macro_rules! named {
    ($($object:ident),*) => {
        $(impl Named for $object {
            fn meta(&self) -> &Meta {
                &self.meta
            }
        })*
    };
}

named!(
    Namespace,
    Pod,
    Project,
    Workload,
    ReplicaSet,
    Revision,
    Node,
    Job,
    CronJob,
    Hpa,
    Pdb,
    Quota,
    Application,
    ApplicationSet,
    AppProject,
    Flux
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
    pub fn meta(&self) -> &Meta {
        match self {
            Object::Namespace(it) => &it.meta,
            Object::Pod(it) => &it.meta,
            Object::Workload(it) => &it.meta,
            Object::ReplicaSet(it) => &it.meta,
            Object::Revision(it) => &it.meta,
            Object::Node(it) => &it.meta,
            Object::Job(it) => &it.meta,
            Object::CronJob(it) => &it.meta,
            Object::Hpa(it) => &it.meta,
            Object::Pdb(it) => &it.meta,
            Object::Quota(it) => &it.meta,
            Object::Project(it) => &it.meta,
            Object::Application(it) => &it.meta,
            Object::ApplicationSet(it) => &it.meta,
            Object::AppProject(it) => &it.meta,
            Object::Flux(it) => &it.meta,
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Object::Namespace(_) => Kind::Namespace,
            Object::Pod(_) => Kind::Pod,
            Object::Workload(it) => it.kind.into(),
            Object::ReplicaSet(_) => Kind::ReplicaSet,
            Object::Revision(_) => Kind::ControllerRevision,
            Object::Node(_) => Kind::Node,
            Object::Job(_) => Kind::Job,
            Object::CronJob(_) => Kind::CronJob,
            Object::Hpa(_) => Kind::HorizontalPodAutoscaler,
            Object::Pdb(_) => Kind::PodDisruptionBudget,
            Object::Quota(_) => Kind::ResourceQuota,
            Object::Project(_) => Kind::Project,
            Object::Application(_) => Kind::Application,
            Object::ApplicationSet(_) => Kind::ApplicationSet,
            Object::AppProject(_) => Kind::AppProject,
            Object::Flux(it) => it.kind(),
        }
    }
}
