//! What the facts mean: findings, rollouts in progress, tenants. Pure functions of the store, the places and `now`.

mod ailment;
mod applications;
mod around;
mod autoscalers;
mod blame;
mod changes;
mod clock;
mod clues;
mod course;
mod creation;
mod deployments;
mod diagnosis;
mod diff;
mod environments;
mod finding;
mod flux;
mod history;
mod hosts;
mod jobs;
mod links;
mod listings;
mod manager;
mod nodes;
mod ours;
mod owner;
mod place;
mod pod_status;
mod pulls;
mod refusal;
mod releases;
mod revisions;
mod rollouts;
mod runs;
mod scaled;
mod scene;
mod schedule;
#[cfg(test)]
pub(crate) mod stage;
mod streams;
mod sync_windows;
mod syncs;
mod tenants;
#[cfg(test)]
mod tests;
mod users;
mod wards;
mod why;
mod windows;
mod workloads;

pub use ailment::{Ailment, Exit};
pub use applications::{
    ApplicationRow, Applications, AutoSync, Conduct, Keeping, Kept, Maker, Standing,
    application_rows, auto_sync, conduct, is_tracked,
};
pub use around::{AROUND, Around, WAYS, Way, around_lookups, hosts as way_hosts};
pub use changes::{BEFORE, before, changes};
pub use course::{Course, deliverer};
pub use deployments::{DeploymentRow, State, deployed, deployments, standings, unwatched};
pub use diff::{Diff, Difference, Origin, References, Said, Topic, Within, replaced};
pub use environments::{Environments, Switch, is_of_console};
pub use finding::{Cause, Finding, Severity, Trouble};
pub use flux::{
    FluxConduct, FluxKeeping, FluxKept, FluxLabel, FluxReach, FluxRow, FluxStanding, flux_conduct,
    flux_keeping, flux_label, flux_rows, is_writing,
};
pub use history::{HistoryRow, Went, history, kept_template};
pub use hosts::{Hosts, hosts};
pub use listings::{Listings, Shared};
pub use manager::{Manager, Tool, managers};
pub use ours::Ours;
pub use place::{is_placed, known_place, place};
pub use pod_status::pod_status;
pub use pulls::registry;
pub use releases::{OWNED, ReleaseId, ReleaseRevision, ReleaseRow, ReleaseStanding, release_rows};
pub use revisions::{Health, PodRow, RevisionRow, health, revisions};
pub use runs::{CronRow, RunRow, Runs, runs};
pub use scaled::{Scaled, scaled};
pub use schedule::cron;
pub use streams::{Stream, pods_of, streams};
pub use sync_windows::{Turn, Window, covering, window};
pub use syncs::{Entries, Entry, SyncRow, brought, is_commit};
pub use tenants::{EnvironmentRow, Fill, TenantRow, fails, tenants};
pub use users::{user_kinds, users};
pub use why::{Check, ClaimTrouble, Reason, Why, why};
pub use windows::Windows;

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::model::{ImageChange, Link, Moment, ObjectId, Rollout, Subject, Text, Uid, Workload};
use crate::store::{Cluster, Store};
use crate::tenancy::{Place, Places};

use clock::Clock;
pub use clock::is_off;
use clues::Clues;
use rollouts::{Sets, Site};
use scene::Scene;
use wards::Round;

/// Everything that a screen or a script is told, as of `now`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Worst first: class, then severity, then age; see `finding::sort`.
    pub findings: Vec<Finding>,
    /// Rollouts that are not over, the failing ones first.
    pub rollouts: Vec<RolloutInProgress>,
    /// When the judgement may change though no fact does (a hold-off or a deadline runs out).
    pub wake: Option<Moment>,
}

/// A workload whose new revision is on its way in.
#[derive(Clone, Debug, PartialEq)]
pub struct RolloutInProgress {
    pub object: ObjectId,
    pub place: Place,
    pub namespace: Text,
    pub subject: Subject,
    pub verdict: Rollout,
    /// Until a person lets it go on.
    pub paused: bool,
    /// Of an Argo Rollout.
    pub course: Option<Course>,
    pub revision: Option<u64>,
    pub images: Vec<ImageChange>,
    /// Pods wanted; of the new revision: ready, and not ready yet; of old revisions: still serving.
    pub wanted: u32,
    pub new_ready: u32,
    pub new_unready: u32,
    pub old_ready: u32,
    pub since: Option<Moment>,
    /// When the controller gives up, for a Deployment that has a deadline.
    pub deadline: Option<Moment>,
}

/// Judges the whole store. One pass over the pods; cheap enough to run after each burst of deltas.
pub fn judge(store: &Store, places: &Places, now: Moment) -> Judgement {
    let mut judgement = Judgement::default();
    for cluster in store.clusters() {
        judge_cluster(store, cluster, places, now, &mut judgement);
    }
    finding::sort(&mut judgement.findings);
    let stuck: HashSet<&Cause> = judgement
        .findings
        .iter()
        .map(|finding| &finding.cause)
        .collect();
    judgement.rollouts.sort_by_cached_key(|it| {
        let failing =
            it.verdict == Rollout::DeadlineExceeded || stuck.contains(&Cause::Object(it.object));
        (
            Reverse(failing),
            it.place.class,
            Reverse(it.since),
            it.subject.name.clone(),
            it.object,
        )
    });
    judgement
}

fn judge_cluster(
    store: &Store,
    cluster: &Cluster,
    places: &Places,
    now: Moment,
    judgement: &mut Judgement,
) {
    // Nothing is known to last in a cluster that is not seen.
    let stopped = match cluster.link() {
        Link::Live { .. } => None,
        Link::Connecting { since } | Link::Degraded { since, .. } => Some(*since),
    };
    let seen = stopped.map_or(now, |since| since.min(now));
    let mut scene = Scene {
        cluster,
        places,
        clues: Clues::of(cluster),
        clock: Clock::new(seen, cluster.skew()),
        findings: Vec::new(),
        told: HashSet::new(),
    };
    let moving: Vec<&Workload> = cluster
        .workloads()
        .filter(|it| rollouts::moving(it))
        .collect();
    let uids: HashSet<Uid> = moving.iter().map(|it| it.meta.uid).collect();
    let sets = Sets::of(cluster, |owner| uids.contains(&owner));
    let mut sides = rollouts::sides(&moving, &sets);
    let dead = nodes::dead(cluster);
    let mut round = Round::of(cluster, &dead, &mut sides, &mut scene.clock, &scene.clues);
    let noticed = rollouts::noticed(store.changes(), cluster);
    let site = Site {
        cluster,
        places,
        noticed: &noticed,
        sets: &sets,
        sides: &sides,
    };
    let refused = workloads::judge(&mut scene, &site, &mut round);
    creation::judge(&mut scene, refused);
    nodes::judge(&mut scene, &mut round);
    jobs::judge(&mut scene, &round.exits);
    autoscalers::judge(&mut scene);
    pulls::join(&mut scene);
    flux::judge(&mut scene, store);
    applications::judge(&mut scene, store);
    let mut ours = Clock::new(now, 0);
    links::judge(&mut scene, &mut ours);

    judgement
        .rollouts
        .extend(moving.into_iter().map(|it| site.rollout(it)));
    judgement.findings.append(&mut scene.findings);
    let theirs = scene.clock.wake().filter(|_| stopped.is_none());
    let wakes = [judgement.wake, theirs, ours.wake()];
    judgement.wake = wakes.into_iter().flatten().min();
}
