//! A tenant from the inside: environment, workload, revision, pod. The worst is opened by itself, the good is folded.

use std::collections::{HashMap, HashSet};

use super::order;
use super::page::{Ground, Target};
use super::{ClassMark, State};
use crate::insight::{
    self, DeploymentRow, EnvironmentRow, Health, PodRow, RevisionRow, Severity, TenantRow,
};
use crate::model::{ClusterId, Text, Uid};

#[derive(Clone, Debug, PartialEq)]
pub struct TreeRow {
    pub target: Target,
    pub cluster: ClusterId,
    pub namespace: Text,
    pub depth: u16,
    /// Whether what is below it is shown; None when nothing is.
    pub open: Option<bool>,
    pub state: State,
    pub class: ClassMark,
    pub level: Level,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    Environment(EnvironmentRow),
    Workload(DeploymentRow),
    /// Of the workload of that name.
    Revision(Text, RevisionRow),
    Pod(PodRow),
}

/// Revisions by workload, in each cluster.
type Revisions = HashMap<(ClusterId, Uid), Vec<RevisionRow>>;

pub(super) fn rows(ground: &Ground<'_>, tenant: &str) -> Vec<TreeRow> {
    let Some(tenant) = ground
        .tenants(ground.scope)
        .into_iter()
        .find(|row| row.name == tenant)
    else {
        return Vec::new();
    };
    let workloads = ground.workloads().iter();
    let workloads = workloads.filter(|row| row.place.tenant == tenant.name);
    let mut workloads: Vec<_> = workloads.cloned().collect();
    workloads.sort_by_cached_key(order::workload);
    let revisions = revisions(ground, &workloads);
    let mut planting = Planting {
        ground,
        revisions,
        opened: false,
        rows: Vec::new(),
    };
    for (state, environment) in environments(tenant, &workloads) {
        planting.environment(state, environment, &workloads);
    }
    planting.rows
}

/// With the state of each, the hurt ones first, then as the tenant has them.
fn environments(tenant: TenantRow, workloads: &[DeploymentRow]) -> Vec<(State, EnvironmentRow)> {
    let state = |environment: &EnvironmentRow| {
        let own = workloads
            .iter()
            .filter(|row| of(row, environment))
            .map(order::state)
            .min_by_key(|state| order::rank(*state));
        let found = environment.worst.map(State::from);
        found.or(own).unwrap_or(State::Good)
    };
    let all = tenant.environments.into_iter();
    let mut found: Vec<_> = all.map(|it| (state(&it), it)).collect();
    found.sort_by_key(|(state, it)| (order::calm(*state), it.class, order::rank(*state)));
    found
}

fn of(row: &DeploymentRow, environment: &EnvironmentRow) -> bool {
    row.cluster == environment.cluster && row.namespace == environment.namespace
}

fn revisions(ground: &Ground<'_>, workloads: &[DeploymentRow]) -> Revisions {
    let mut found = Revisions::new();
    for cluster in ground.store.clusters() {
        let here = || workloads.iter().filter(|row| row.cluster == cluster.id());
        let namespaces: HashSet<&str> = here().map(|row| row.namespace.as_str()).collect();
        let wanted: HashSet<Uid> = here().map(|row| row.uid).collect();
        if !wanted.is_empty() {
            let within = |namespace: &str| namespaces.contains(namespace);
            let of_cluster = insight::revisions(cluster, within, |uid| wanted.contains(&uid));
            found.extend(
                of_cluster
                    .into_iter()
                    .map(|(uid, rows)| ((cluster.id(), uid), rows)),
            );
        }
    }
    found
}

struct Planting<'a> {
    ground: &'a Ground<'a>,
    revisions: Revisions,
    /// The worst workload, which is the first hurt one, is open already.
    opened: bool,
    rows: Vec<TreeRow>,
}

impl Planting<'_> {
    fn open(&self, target: &Target, by_itself: bool) -> bool {
        let by_itself = by_itself || self.ground.filtered;
        self.ground.folds.get(target).copied().unwrap_or(by_itself)
    }

    fn environment(
        &mut self,
        state: State,
        environment: EnvironmentRow,
        workloads: &[DeploymentRow],
    ) {
        let (cluster, namespace) = (environment.cluster, environment.namespace.clone());
        let here: Vec<_> = workloads
            .iter()
            .filter(|row| of(row, &environment))
            .collect();
        let target = Target::Environment(cluster, namespace.clone());
        let open = self.open(&target, !order::calm(state));
        let class = environment.class.into();
        self.rows.push(TreeRow {
            target,
            cluster,
            namespace,
            depth: 0,
            open: (!here.is_empty()).then_some(open),
            state,
            class,
            level: Level::Environment(environment),
        });
        for row in here.into_iter().filter(|_| open) {
            self.workload(row);
        }
    }

    fn workload(&mut self, row: &DeploymentRow) {
        let revisions = self.revisions.remove(&(row.cluster, row.uid));
        let revisions = revisions.unwrap_or_default();
        let target = Target::from(row.cause());
        let hurt = row.severity.is_some();
        let open = self.open(&target, hurt && !self.opened);
        self.opened |= hurt;
        let twig = |target, depth, open, state, level| TreeRow {
            target,
            cluster: row.cluster,
            namespace: row.namespace.clone(),
            depth,
            open,
            state,
            class: ClassMark::Other,
            level,
        };
        let level = Level::Workload(row.clone());
        let any = (!revisions.is_empty()).then_some(open);
        self.rows
            .push(twig(target, 1, any, order::state(row), level));
        for mut revision in revisions.into_iter().filter(|_| open) {
            if !revision.current && revision.pods.is_empty() && revision.wanted == 0 {
                continue;
            }
            let target = Target::Revision(row.cluster, row.uid, revision.number);
            let state = of_revision(&revision);
            let open = self.open(&target, state != State::Good);
            let pods = std::mem::take(&mut revision.pods);
            let any = (!pods.is_empty()).then_some(open);
            let level = Level::Revision(row.name.clone(), revision);
            self.rows.push(twig(target, 2, any, state, level));
            for pod in pods.into_iter().filter(|_| open) {
                let state = of_pod(pod.health);
                let target = Target::Object(pod.object);
                self.rows
                    .push(twig(target, 3, None, state, Level::Pod(pod)));
            }
        }
    }
}

pub(super) fn of_revision(revision: &RevisionRow) -> State {
    let sick = revision.pods.iter().any(|pod| pod.health == Health::Sick);
    if sick && revision.ready == 0 {
        State::Failed
    } else if sick {
        State::Warning
    } else if revision.ready < revision.wanted {
        State::Moving
    } else if revision.wanted == 0 {
        State::Stopped
    } else {
        State::Good
    }
}

pub(super) fn of_pod(health: Health) -> State {
    match health {
        Health::Sick => State::Critical,
        Health::Coming => State::Moving,
        Health::Serving => State::Good,
        Health::Over => State::Stopped,
    }
}

impl From<Severity> for State {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Critical => State::Critical,
            Severity::Warning => State::Warning,
        }
    }
}
