//! A tenant from the inside: environment, Application, workload, revision, pod; a `CronJob` has runs, and a run has pods. The
//! worst is opened by itself, the good is folded.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::limb::{self, Limb};
use super::order;
use super::page::{Ground, Listed, Target};
use super::{ClassMark, State};
use crate::insight::{
    self, ApplicationRow, CronRow, DeploymentRow, EnvironmentRow, Health, PodRow, RevisionRow,
    RunRow, Severity, TenantRow,
};
use crate::model::{ClusterId, JobState, Text, Uid};

/// Runs shown below a `CronJob`, and Jobs of an environment that ended well: the others show when one is asked for.
const RUNS: usize = 4;
/// Seconds for which a Job that stands alone shows after its end.
const RECENT: i64 = 86_400;

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
    /// Of Argo CD: what keeps the workloads below it.
    Application(ApplicationRow),
    Workload(DeploymentRow),
    Cron(CronRow),
    /// A Job, of the `CronJob` of that name when one made it.
    Run(Option<Text>, RunRow),
    /// Of the workload of that name.
    Revision(Text, RevisionRow),
    Pod(PodRow),
}

/// Revisions by workload, in each cluster; a Job has one.
type Revisions = HashMap<(ClusterId, Uid), Vec<RevisionRow>>;

pub(super) fn rows(ground: &Ground<'_>, tenant: &str) -> Vec<TreeRow> {
    let Some(tenant) = ground
        .tenants(ground.scope)
        .into_iter()
        .find(|row| row.name == tenant)
    else {
        return Vec::new();
    };
    let mut limbs = limbs(ground, &tenant.name);
    let revisions = revisions(ground, &limbs);
    prune(ground, &mut limbs, &revisions);
    limbs.sort_by_cached_key(Limb::key);
    let applications = ground.applications();
    let ours = |row: &&Rc<ApplicationRow>| row.place.tenant == tenant.name;
    let applications = applications.iter().filter(ours).cloned().collect();
    let mut planting = Planting {
        ground,
        applications,
        revisions,
        opened: false,
        rows: Vec::new(),
    };
    for (state, environment) in environments(tenant, &limbs) {
        planting.environment(state, environment, &limbs);
    }
    planting.rows
}

fn limbs(ground: &Ground<'_>, tenant: &Text) -> Vec<Limb> {
    let workloads = ground.workloads().iter();
    let workloads = workloads.filter(|row| row.place.tenant == *tenant);
    let workloads = workloads.map(|row| DeploymentRow::clone(row));
    let runs = ground.runs();
    let crons = runs.crons.iter().filter(|row| row.place.tenant == *tenant);
    let crons = crons.cloned().map(Limb::Cron);
    let alone = runs.alone.iter().filter(|row| row.place.tenant == *tenant);
    let alone = alone.cloned().map(Limb::Run);
    workloads
        .map(Limb::Workload)
        .chain(crons)
        .chain(alone)
        .collect()
}

/// Leaves the runs that are worth a row.
fn prune(ground: &Ground<'_>, limbs: &mut Vec<Limb>, revisions: &Revisions) {
    let asked = |run: &RunRow| {
        let pods = revisions.get(&(run.cluster, run.uid)).into_iter().flatten();
        let pods = pods.flat_map(|it| &it.pods).map(|it| it.object);
        let mut objects = pods.chain([run.object()]);
        objects.any(|it| ground.folds.contains_key(&Target::Object(it)))
    };
    let recent = |run: &RunRow| {
        let cluster = ground.store.cluster(run.cluster);
        let now = cluster.map_or(ground.now, |it| ground.now.plus(it.skew()));
        let last = run.ended.or(run.created);
        last.is_some_and(|at| at.age(now) < RECENT)
    };
    // The newest first, so that they are counted first.
    limbs.sort_by_key(|limb| match limb {
        Limb::Run(run) => Reverse(run.ended),
        _ => Reverse(None),
    });
    let mut ended: HashMap<(ClusterId, Text), usize> = HashMap::new();
    limbs.retain_mut(|limb| match limb {
        Limb::Workload(_) => true,
        Limb::Cron(cron) => {
            let newest: HashSet<Uid> = cron.runs.iter().take(RUNS).map(|it| it.uid).collect();
            let worth = |run: &RunRow| newest.contains(&run.uid) || run.active() || asked(run);
            cron.runs.retain(worth);
            true
        }
        Limb::Run(run) if run.state == JobState::Complete => {
            let place = (run.cluster, run.namespace.clone());
            let ended = ended.entry(place).or_default();
            *ended += 1;
            *ended <= RUNS && recent(run) || asked(run)
        }
        Limb::Run(run) => !run.failed() || recent(run) || asked(run),
    });
}

/// With the state of each, the hurt ones first, then as the tenant has them.
fn environments(tenant: TenantRow, limbs: &[Limb]) -> Vec<(State, EnvironmentRow)> {
    let state = |environment: &EnvironmentRow| {
        let own = limbs
            .iter()
            .filter(|limb| limb.is_of(environment))
            .map(Limb::weight)
            .min_by_key(|state| order::rank(*state));
        let found = environment.worst.map(State::from);
        found.or(own).unwrap_or(State::Good)
    };
    let all = tenant.environments.into_iter();
    let mut found: Vec<_> = all.map(|it| (state(&it), it)).collect();
    found.sort_by_key(|(state, it)| (order::calm(*state), it.class, order::rank(*state)));
    found
}

/// Whose revisions are asked for in a cluster.
#[derive(Default)]
struct Wanted<'a> {
    namespaces: HashSet<&'a str>,
    controllers: HashSet<Uid>,
}

fn revisions(ground: &Ground<'_>, limbs: &[Limb]) -> Revisions {
    let mut wanted: HashMap<ClusterId, Wanted<'_>> = HashMap::new();
    let mut want = |cluster, namespace, uid| {
        let wanted = wanted.entry(cluster).or_default();
        wanted.namespaces.insert(namespace);
        wanted.controllers.insert(uid);
    };
    for limb in limbs {
        match limb {
            Limb::Workload(row) => want(row.cluster, row.namespace.as_str(), row.uid),
            Limb::Cron(row) => {
                let runs = row.runs.iter();
                runs.for_each(|run| want(run.cluster, run.namespace.as_str(), run.uid));
            }
            Limb::Run(row) => want(row.cluster, row.namespace.as_str(), row.uid),
        }
    }
    let mut found = Revisions::new();
    for (id, wanted) in wanted {
        let Some(cluster) = ground.store.cluster(id) else {
            continue;
        };
        let within = |namespace: &str| wanted.namespaces.contains(namespace);
        let of_cluster =
            insight::revisions(cluster, within, |uid| wanted.controllers.contains(&uid));
        let of_cluster = of_cluster.into_iter();
        found.extend(of_cluster.map(|(uid, rows)| ((id, uid), rows)));
    }
    found
}

struct Planting<'a> {
    ground: &'a Ground<'a>,
    /// Those that deploy to the tenant.
    applications: Vec<Rc<ApplicationRow>>,
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

    fn environment(&mut self, state: State, environment: EnvironmentRow, limbs: &[Limb]) {
        let (cluster, namespace) = (environment.cluster, environment.namespace.clone());
        let here = limbs.iter().filter(|it| it.is_of(&environment));
        let here: Vec<_> = here.collect();
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
        let mut planted = HashSet::new();
        let keepers = here.iter().map(|it| self.keeper(it));
        let here: Vec<_> = here
            .iter()
            .copied()
            .zip(keepers.collect::<Vec<_>>())
            .collect();
        for (limb, keeper) in here.iter().filter(|_| open) {
            match (limb, *keeper) {
                // The others stand below it already.
                (Limb::Workload(_), Some(at)) if planted.insert(at) => self.application(at, &here),
                (Limb::Workload(_), Some(_)) => {}
                (Limb::Workload(row), None) => self.workload(row, 1),
                (Limb::Cron(row), _) => self.cron(row),
                (Limb::Run(row), _) => {
                    let hurt = row.severity.is_some();
                    let open = hurt && !self.opened;
                    self.opened |= hurt;
                    self.run(row, None, open);
                }
            }
        }
    }

    /// The Application that keeps a workload, by its place among all.
    fn keeper(&self, limb: &Limb) -> Option<usize> {
        let Limb::Workload(row) = limb else {
            return None;
        };
        let manager = row.managers.first()?;
        if manager.tool != insight::Tool::ArgoCd {
            return None;
        }
        self.applications.iter().position(|it| {
            let here = it.cluster == row.cluster && it.namespace == row.namespace;
            here && it.is_called(&manager.name)
        })
    }

    fn application(&mut self, at: usize, limbs: &[(&Limb, Option<usize>)]) {
        let application = ApplicationRow::clone(&self.applications[at]);
        let target = application.target();
        let open = self.open(&target, true);
        self.rows.push(TreeRow {
            target,
            cluster: application.object.cluster,
            namespace: application.namespace.clone(),
            depth: 1,
            open: Some(open),
            state: application.state(),
            class: ClassMark::Other,
            level: Level::Application(application),
        });
        for (limb, keeper) in limbs.iter().filter(|_| open) {
            if let (Limb::Workload(row), true) = (limb, *keeper == Some(at)) {
                self.workload(row, 2);
            }
        }
    }

    fn cron(&mut self, row: &CronRow) {
        let target = Target::Object(row.object());
        let hurt = row.severity.is_some();
        let open = self.open(&target, hurt && !self.opened);
        self.opened |= hurt;
        self.rows.push(TreeRow {
            target,
            cluster: row.cluster,
            namespace: row.namespace.clone(),
            depth: 1,
            open: (!row.runs.is_empty()).then_some(open),
            state: limb::of_cron(row),
            class: ClassMark::Other,
            level: Level::Cron(row.clone()),
        });
        // Of the runs the last that tells why.
        let tells = |run: &RunRow| run.failed() || run.severity.is_some();
        let last = row.runs.iter().position(tells);
        for (at, run) in row.runs.iter().enumerate().filter(|_| open) {
            self.run(run, Some(&row.name), hurt && last == Some(at));
        }
    }

    fn run(&mut self, row: &RunRow, cron: Option<&Text>, open: bool) {
        let pods = self.revisions.remove(&(row.cluster, row.uid));
        let pods = pods.into_iter().flatten().flat_map(|it| it.pods);
        let pods: Vec<_> = pods.collect();
        let target = Target::Object(row.object());
        let open = self.open(&target, open);
        let depth = if cron.is_some() { 2 } else { 1 };
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
        let any = (!pods.is_empty()).then_some(open);
        let level = Level::Run(cron.cloned(), row.clone());
        self.rows
            .push(twig(target, depth, any, limb::of_run(row), level));
        for pod in pods.into_iter().filter(|_| open) {
            let state = of_run_pod(&pod);
            let target = Target::Object(pod.object);
            let level = Level::Pod(pod);
            self.rows.push(twig(target, depth + 1, None, state, level));
        }
    }

    fn workload(&mut self, row: &DeploymentRow, depth: u16) {
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
        self.rows.push(twig(target, depth, any, row.state(), level));
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
            self.rows.push(twig(target, depth + 1, any, state, level));
            for pod in pods.into_iter().filter(|_| open) {
                let state = of_pod(pod.health);
                let target = Target::Object(pod.object);
                self.rows
                    .push(twig(target, depth + 2, None, state, Level::Pod(pod)));
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

/// A pod of a run is meant to end.
fn of_run_pod(pod: &PodRow) -> State {
    match (pod.health, pod.status.as_str()) {
        (Health::Over, "Completed") => State::Good,
        (Health::Over, "Terminating") => State::Stopped,
        (Health::Over, _) => State::Failed,
        (health, _) => of_pod(health),
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
