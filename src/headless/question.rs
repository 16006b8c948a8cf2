//! What a script may ask, and which kinds must be read to answer.
//!
//! `CronJob` is among them for the class of an environment, which the labels of its workloads tell.

use clap::ValueEnum;

use crate::model::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Get(Listing, Format),
    Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    #[value(alias = "tenant")]
    Tenants,
    #[value(aliases = ["deployment", "deploy"])]
    Deployments,
    #[value(alias = "finding")]
    Findings,
    #[value(alias = "change")]
    Changes,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Wide,
    Json,
    Yaml,
}

impl Format {
    /// Read by a program: nothing but the document goes to standard output.
    pub fn is_document(self) -> bool {
        matches!(self, Format::Json | Format::Yaml)
    }
}

impl Question {
    /// What is read to tell more of the same, where it may be: an answer without it is whole.
    pub fn beside(self) -> &'static [Kind] {
        match self {
            Question::Get(Listing::Tenants | Listing::Changes, _) => &[],
            Question::Get(Listing::Deployments, _) => &[Kind::Application],
            Question::Get(Listing::Findings, _) | Question::Status => {
                &[Kind::Application, Kind::Kustomization, Kind::HelmRelease]
            }
        }
    }

    /// What has to be read to answer, no more: a cron job must stay light on the API server.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            // Workloads of controllers that are not watched are known by their pods alone.
            Question::Get(Listing::Tenants, _) => &[
                Kind::Namespace,
                Kind::Pod,
                Kind::Deployment,
                Kind::Rollout,
                Kind::ReplicaSet,
                Kind::StatefulSet,
                Kind::DaemonSet,
                Kind::CronJob,
                Kind::Project,
            ],
            Question::Get(Listing::Deployments, _) => &[
                Kind::Namespace,
                Kind::Pod,
                Kind::Deployment,
                Kind::Rollout,
                Kind::ReplicaSet,
                Kind::StatefulSet,
                Kind::DaemonSet,
                Kind::CronJob,
                Kind::ControllerRevision,
                Kind::Project,
            ],
            Question::Get(Listing::Changes, _) => &[
                Kind::Namespace,
                Kind::Deployment,
                Kind::Rollout,
                Kind::ReplicaSet,
                Kind::Event,
                Kind::Project,
            ],
            Question::Get(Listing::Findings, _) | Question::Status => &[
                Kind::Namespace,
                Kind::Pod,
                Kind::Deployment,
                Kind::Rollout,
                Kind::ReplicaSet,
                Kind::StatefulSet,
                Kind::DaemonSet,
                Kind::Node,
                Kind::Job,
                Kind::CronJob,
                Kind::ResourceQuota,
                Kind::HorizontalPodAutoscaler,
                Kind::ControllerRevision,
                Kind::Event,
                Kind::Project,
            ],
        }
    }
}
