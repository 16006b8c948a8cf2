//! Which table has the objects of a kind.

use super::Cluster;
use crate::model::{Kind, Meta};
use crate::store::table::Rows;

impl Cluster {
    /// All of the kind, in no order; of pods and `ReplicaSets`, which are kept another way, none.
    pub fn metas(&self, kind: Kind) -> Vec<&Meta> {
        let rows = self.rows(kind);
        rows.map(|rows| rows.of(kind)).unwrap_or_default()
    }

    fn rows(&self, kind: Kind) -> Option<&dyn Rows> {
        Some(match kind {
            Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet | Kind::Rollout => {
                &self.workloads
            }
            Kind::ControllerRevision => &self.revisions,
            Kind::Namespace => &self.namespaces,
            Kind::Node => &self.nodes,
            Kind::Job => &self.jobs,
            Kind::CronJob => &self.cron_jobs,
            Kind::HorizontalPodAutoscaler => &self.hpas,
            Kind::PodDisruptionBudget => &self.pdbs,
            Kind::ResourceQuota => &self.quotas,
            Kind::Project => &self.projects,
            Kind::Application => &self.applications,
            Kind::ApplicationSet => &self.application_sets,
            Kind::AppProject => &self.app_projects,
            Kind::Kustomization | Kind::HelmRelease => &self.flux,
            Kind::Pod | Kind::ReplicaSet | Kind::Event | Kind::ConfigMap => return None,
        })
    }

    pub(super) fn rows_mut(&mut self, kind: Kind) -> Option<&mut dyn Rows> {
        Some(match kind {
            Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet | Kind::Rollout => {
                &mut self.workloads
            }
            Kind::ControllerRevision => &mut self.revisions,
            Kind::Namespace => &mut self.namespaces,
            Kind::Node => &mut self.nodes,
            Kind::Job => &mut self.jobs,
            Kind::CronJob => &mut self.cron_jobs,
            Kind::HorizontalPodAutoscaler => &mut self.hpas,
            Kind::PodDisruptionBudget => &mut self.pdbs,
            Kind::ResourceQuota => &mut self.quotas,
            Kind::Project => &mut self.projects,
            Kind::Application => &mut self.applications,
            Kind::ApplicationSet => &mut self.application_sets,
            Kind::AppProject => &mut self.app_projects,
            Kind::Kustomization | Kind::HelmRelease => &mut self.flux,
            Kind::Pod | Kind::ReplicaSet | Kind::Event | Kind::ConfigMap => return None,
        })
    }
}
