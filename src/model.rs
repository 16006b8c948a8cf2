//! The facts vigie knows, as plain data: ids, objects of each watched kind, the [`Delta`]s by which they enter the store.
//!
//! Nothing here knows how a fact was read or how it is shown. Text is already harmless: the source cleans it as it enters.

mod application;
mod change;
mod delivery;
mod delta;
mod duration;
mod event;
mod flux;
mod id;
mod job;
mod kind;
mod link;
mod log;
mod lookup;
mod moment;
mod namespace;
mod node;
mod object;
mod pod;
mod policy;
mod problem;
pub mod quantity;
mod replica_set;
mod resource;
mod rollout;
mod table;
mod workload;

pub use application::{
    AppCondition, AppProject, AppResource, AppSource, Application, ApplicationSet, Automated,
    Deployed, Destination, Health, Ignored, OperationPhase, Rehearsal, Revisions, SyncOperation,
    SyncState, SyncWindow, without_password,
};
pub use change::{Change, ImageChange, Subject, What};
pub use delivery::{
    Analysis, Delivery, DeliveryPhase, DeliveryStep, DeliveryTarget, DeliveryWay, Pause, Weights,
};
pub use delta::{Delta, Scope};
pub use duration::go_duration;
pub use event::Event;
pub use flux::{DriftDetection, Flux, FluxIgnored, FluxSource, FluxTool, HelmEntry, HelmRelease};
pub use id::{ClusterId, ObjectId, Uid};
pub use job::{CronJob, Job, JobState};
pub use kind::Kind;
pub use link::{Endpoint, Feed, Link, Verb};
pub use log::{Level, LogLine, LogNews, LogOf, Reach, Record, Stamp};
pub use lookup::{About, Document, Lack, Lookup, LookupId, ObjectRef, Told, Wanted, Writer};
pub use moment::Moment;
pub use namespace::{Namespace, Project};
pub use node::{Node, Taint};
pub use object::{Condition, Labels, Meta, Named, Object, Owner, Status, Text};
pub use pod::{Container, ContainerState, Phase, Pod, Role, Termination};
pub use policy::{Bound, Hpa, Pdb, Quota};
pub use problem::{ConfigFault, GarbledFault, LoginFault, Problem};
pub use replica_set::{ReplicaSet, Revision};
pub use resource::{ObjectKind, Resource};
pub use rollout::Rollout;
pub use table::{TableColumn, TableNews, TableRow};
pub use workload::{
    Declared, Sizing, Strategy, Template, TemplateContainer, Way, Workload, WorkloadKind,
};

/// The name of the cluster that vigie itself runs in, where no context of a kubeconfig names one.
pub const IN_CLUSTER: &str = "in-cluster";
