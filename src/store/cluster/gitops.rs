//! What Argo CD and Flux have in the cluster.

use super::Cluster;
use crate::model::{AppProject, Application, ApplicationSet, Flux, Moment, SyncState, Uid};

impl Cluster {
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.iter()
    }

    pub fn application(&self, uid: Uid) -> Option<&Application> {
        self.applications.get(uid)
    }

    pub(super) fn put_application(&mut self, mut new: Application, now: Moment) {
        let old = self.applications.get(new.meta.uid);
        new.differs_since = old.and_then(|old| match (old.sync, new.sync) {
            (SyncState::Synced, SyncState::OutOfSync) => Some(now.plus(self.skew)),
            (SyncState::OutOfSync, SyncState::OutOfSync) => old.differs_since,
            _ => None,
        });
        drop(self.applications.upsert(new, self.stamp));
    }

    pub fn application_sets(&self) -> impl Iterator<Item = &ApplicationSet> {
        self.application_sets.iter()
    }

    pub fn app_projects(&self) -> impl Iterator<Item = &AppProject> {
        self.app_projects.iter()
    }

    pub(super) fn upsert_flux(&mut self, mut flux: Flux) {
        if let Some(before) = self.flux.get(flux.meta.uid) {
            flux.recall(before);
        }
        self.flux.upsert(flux, self.stamp);
    }

    /// Kustomizations and `HelmReleases` of Flux.
    pub fn flux(&self) -> impl Iterator<Item = &Flux> {
        self.flux.iter()
    }

    pub fn flux_of(&self, uid: Uid) -> Option<&Flux> {
        self.flux.get(uid)
    }
}
