//! What an environment is made of: workloads, `CronJobs`, and Jobs that stand alone; the state of each and their order.

use std::cmp::Reverse;

use super::page::Listed;
use super::{State, order};
use crate::insight::{CronRow, DeploymentRow, EnvironmentRow, RunRow};
use crate::model::{ClusterId, JobState, Moment, Text};

pub(super) enum Limb {
    Workload(DeploymentRow),
    Cron(CronRow),
    /// A Job that no `CronJob` made.
    Run(RunRow),
}

type Key = (bool, u8, bool, Reverse<Option<Moment>>, Text);

impl Limb {
    pub(super) fn is_of(&self, environment: &EnvironmentRow) -> bool {
        let (cluster, namespace): (ClusterId, &Text) = match self {
            Limb::Workload(row) => (row.cluster, &row.namespace),
            Limb::Cron(row) => (row.cluster, &row.namespace),
            Limb::Run(row) => (row.cluster, &row.namespace),
        };
        cluster == environment.cluster && *namespace == environment.namespace
    }

    /// What it makes of its environment. That a run is under way is every day's business.
    pub(super) fn weight(&self) -> State {
        match self {
            Limb::Workload(row) => row.state(),
            Limb::Cron(row) => settled(of_cron(row)),
            Limb::Run(row) => settled(of_run(row)),
        }
    }

    /// Good rows stay in their places, after the others: workloads, then runs.
    pub(super) fn key(&self) -> Key {
        let state = self.weight();
        let calm = order::calm(state);
        let (since, name) = match self {
            Limb::Workload(row) => (row.since, &row.name),
            Limb::Cron(row) => (row.last_scheduled, &row.name),
            Limb::Run(row) => (row.created, &row.name),
        };
        let runs = !matches!(self, Limb::Workload(_));
        let rank = if calm { 0 } else { order::rank(state) };
        let since = since.filter(|_| !calm);
        (calm, rank, calm && runs, Reverse(since), name.clone())
    }
}

fn settled(state: State) -> State {
    if state == State::Moving {
        State::Good
    } else {
        state
    }
}

pub(super) fn of_cron(row: &CronRow) -> State {
    match row.severity {
        Some(severity) => severity.into(),
        None if row.suspended => State::Waiting,
        None if row.active().is_some() => State::Moving,
        None if row.last().is_some_and(|(succeeded, _)| !succeeded) => State::Failed,
        None => State::Good,
    }
}

pub(super) fn of_run(row: &RunRow) -> State {
    match (row.severity, &row.state) {
        (Some(severity), _) => severity.into(),
        (None, JobState::Pending | JobState::Running) => State::Moving,
        (None, JobState::Suspended) => State::Waiting,
        (None, JobState::Complete) => State::Good,
        (None, JobState::Failed { .. }) => State::Failed,
    }
}
