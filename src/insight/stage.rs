//! Small builders for tests: a fleet on which a night is played, delta by delta.

mod keepers;

use smallvec::SmallVec;

use crate::model::{
    Bound, ClusterId, Condition, Container, ContainerState, CronJob, Delivery, DeliveryPhase,
    DeliveryStep, DeliveryWay, Delta, Event, Feed, Hpa, Job, JobState, Kind, Labels, Link, Meta,
    Moment, Namespace, Node, Object, ObjectRef, Owner, Pause, Phase, Pod, Quota, ReplicaSet, Role,
    Scope, Status, Strategy, Template, TemplateContainer, Termination, Text, Uid, Workload,
    WorkloadKind,
};
use crate::store::Store;
use crate::tenancy::{Places, Rules};

use super::{Finding, Judgement, judge};
pub(crate) use keepers::*;

pub(crate) const HOME: ClusterId = ClusterId(0);

pub(crate) fn at(second: i64) -> Moment {
    Moment::from_seconds(1_800_000_000 + second).unwrap()
}

pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) now: Moment,
}

impl Stage {
    /// Everything read whole and nothing in it.
    pub(crate) fn new() -> Self {
        let mut stage = Self::reading();
        for kind in Kind::ALL {
            stage.whole(kind);
        }
        stage
    }

    /// Everything asked for and nothing answered.
    pub(crate) fn reading() -> Self {
        let mut stage = Self {
            store: Store::new(["public1"], at(-7200)),
            now: at(-7200),
        };
        stage.put(Delta::Link(HOME, Link::Live { since: at(-7200) }));
        for kind in Kind::ALL {
            let reading = Feed::Reading {
                seen: 0,
                total: None,
            };
            stage.put(Delta::Feed(scope(kind), reading));
        }
        stage
    }

    pub(crate) fn whole(&mut self, kind: Kind) {
        self.put(Delta::ListStart(scope(kind)));
        self.put(Delta::ListEnd(scope(kind)));
    }

    pub(crate) fn put(&mut self, delta: Delta) {
        self.store.apply(delta, self.now);
    }

    pub(crate) fn add(&mut self, object: impl Into<Object>) -> &mut Self {
        self.put(Delta::Upsert(HOME, object.into()));
        self
    }

    pub(crate) fn warn(&mut self, about: &Meta, kind: &str, reason: &str, message: &str) {
        let event = Event {
            warning: true,
            uid: Uid::from_text(&format!("{kind}{}{reason}", about.name)),
            namespace: about.namespace.clone(),
            kind: kind.into(),
            name: about.name.clone(),
            object: Some(about.uid),
            reason: reason.into(),
            message: message.into(),
            count: 1,
            first: self.now,
            last: self.now,
        };
        self.put(Delta::Warning(HOME, event));
    }

    /// A namespace of Cloud Pi Native.
    pub(crate) fn environment(&mut self, tenant: &str, environment: &str) -> Text {
        let name = format!("{tenant}-{environment}");
        let mut meta = meta("", &name);
        meta.labels = [
            ("dso/project.slug", tenant),
            ("dso/environment", environment),
        ]
        .into_iter()
        .collect();
        self.add(Object::Namespace(Namespace {
            meta,
            terminating: false,
        }));
        name.into()
    }

    /// A Deployment with revisions by number, each made at its second; the first is the one that runs, in one pod.
    pub(crate) fn rolled(&mut self, namespace: &str, made: &[(u64, i64)]) -> ObjectRef {
        let mut app = deployment(namespace, "app", 1);
        app.revision = made.first().map(|(number, _)| *number);
        self.add(Object::Workload(app.clone()));
        for (number, second) in made {
            let wanted = u32::from(app.revision == Some(*number));
            let mut set = replica_set(&app, *number, wanted, wanted);
            set.meta.created = Some(at(*second));
            if wanted > 0 {
                self.add(Object::Pod(pod_of(&set, 0, second + 7)));
            }
            self.add(Object::ReplicaSet(set));
        }
        ObjectRef {
            cluster: HOME,
            kind: Kind::Deployment.into(),
            namespace: namespace.into(),
            name: "app".into(),
            uid: Some(app.meta.uid),
        }
    }

    pub(crate) fn places(&self) -> Places {
        Places::resolve(&self.store, &Rules::default())
    }

    pub(crate) fn judge(&mut self, second: i64) -> Judgement {
        self.now = at(second);
        judge(&self.store, &self.places(), self.now)
    }

    pub(crate) fn findings(&mut self, second: i64) -> Vec<Finding> {
        self.judge(second).findings
    }
}

pub(crate) fn scope(kind: Kind) -> Scope {
    Scope {
        cluster: HOME,
        kind,
        namespace: None,
    }
}

pub(crate) fn meta(namespace: &str, name: &str) -> Meta {
    Meta {
        uid: Uid::from_text(&format!("{namespace}/{name}")),
        namespace: namespace.into(),
        name: name.into(),
        labels: Labels::default(),
        annotations: Labels::default(),
        owner: None,
        created: Some(at(0)),
        deleting: None,
        generation: 1,
    }
}

pub(crate) fn owner(kind: &str, meta: &Meta) -> Owner {
    Owner {
        kind: kind.into(),
        name: meta.name.clone(),
        uid: meta.uid,
    }
}

pub(crate) fn condition(name: &str, status: Status, reason: &str, second: i64) -> Condition {
    Condition {
        name: name.into(),
        status,
        reason: reason.into(),
        message: Text::default(),
        changed: Some(at(second)),
        updated: Some(at(second)),
    }
}

pub(crate) fn template(image: &str) -> Template {
    Template {
        labels: Labels::default(),
        containers: [TemplateContainer {
            name: "app".into(),
            image: image.into(),
        }]
        .into_iter()
        .collect(),
    }
}

/// Complete, all ready.
pub(crate) fn workload(kind: WorkloadKind, namespace: &str, name: &str, count: u32) -> Workload {
    Workload {
        meta: meta(namespace, name),
        kind,
        strategy: Strategy::RollingUpdate { partition: 0 },
        paused: false,
        paused_by: None,
        desired: count,
        sizing: None,
        replicas: count,
        updated: count,
        ready: count,
        available: count,
        observed_generation: 1,
        progress_deadline: Some(600),
        revision: Some(1),
        update_revision: Text::default(),
        current_revision: Text::default(),
        conditions: vec![condition(
            "Progressing",
            Status::True,
            "NewReplicaSetAvailable",
            0,
        )],
        template: template("app:1"),
        delivery: None,
    }
}

pub(crate) fn deployment(namespace: &str, name: &str, count: u32) -> Workload {
    workload(WorkloadKind::Deployment, namespace, name, count)
}

/// An Argo Rollout of five pods whose canary waits at 20 % since `second` for a person, with its two `ReplicaSets`.
pub(crate) fn canary(namespace: &str, second: i64) -> (Workload, [ReplicaSet; 2]) {
    let mut basket = workload(WorkloadKind::Rollout, namespace, "basket", 5);
    basket.revision = Some(2);
    basket.template = template("app:2");
    basket.updated = 1;
    (basket.update_revision, basket.current_revision) = ("r2".into(), "r1".into());
    basket.conditions = vec![condition(
        "Progressing",
        Status::Unknown,
        "RolloutPaused",
        second,
    )];
    let pause = Pause {
        reason: "CanaryPauseStep".into(),
        since: Some(at(second)),
    };
    basket.delivery = Some(Box::new(Delivery {
        way: DeliveryWay::Canary,
        phase: DeliveryPhase::Paused,
        message: "CanaryPauseStep".into(),
        pauses: [pause].into_iter().collect(),
        held: true,
        aborted: false,
        aborted_at: None,
        promotes_itself: false,
        step: Some(1),
        steps: vec![
            DeliveryStep::Weight(20),
            DeliveryStep::Pause(Text::default()),
            DeliveryStep::Weight(60),
            DeliveryStep::Pause("10m".into()),
        ],
        step_count: 4,
        weights: None,
        target: None,
        analyses: SmallVec::new(),
        restart_at: None,
        restarted_at: None,
        target_generation: None,
    }));
    let sets = [replica_set(&basket, 1, 4, 4), replica_set(&basket, 2, 1, 1)];
    let of_rollout = |mut set: ReplicaSet| {
        set.meta.owner = Some(owner("Rollout", &basket.meta));
        set
    };
    let sets = sets.map(of_rollout);
    (basket, sets)
}

pub(crate) fn replica_set(of: &Workload, revision: u64, count: u32, ready: u32) -> ReplicaSet {
    let mut meta = meta(&of.meta.namespace, &format!("{}-r{revision}", of.meta.name));
    meta.owner = Some(owner("Deployment", &of.meta));
    ReplicaSet {
        meta,
        revision,
        first_revision: revision,
        desired: count,
        replicas: count,
        ready,
        available: ready,
        failure: None,
        template: template(&format!("app:{revision}")),
    }
}

pub(crate) fn container(state: ContainerState) -> Container {
    let ready = matches!(state, ContainerState::Running { .. });
    Container {
        role: Role::Main,
        name: "app".into(),
        image: "reg.test/app:1".into(),
        ready,
        started: ready,
        restarts: 0,
        memory_limit: 512,
        state,
        last: None,
    }
}

pub(crate) fn waits(reason: &str, message: &str) -> Container {
    container(ContainerState::Waiting {
        reason: reason.into(),
        message: message.into(),
    })
}

pub(crate) fn runs(second: i64) -> Container {
    container(ContainerState::Running {
        since: Some(at(second)),
    })
}

pub(crate) fn ended(reason: &str, code: i32, message: &str, second: i64) -> Termination {
    Termination {
        reason: reason.into(),
        message: message.into(),
        exit_code: code,
        signal: 0,
        started: None,
        finished: Some(at(second)),
    }
}

/// Ready on node `w1`, since `second`.
pub(crate) fn pod(namespace: &str, name: &str, owner: Option<Owner>, second: i64) -> Pod {
    let mut meta = meta(namespace, name);
    meta.owner = owner;
    meta.created = Some(at(second));
    Pod {
        meta,
        phase: Phase::Running,
        reason: Text::default(),
        message: Text::default(),
        node: "w1".into(),
        started: Some(at(second)),
        conditions: vec![condition("Ready", Status::True, "", second)],
        containers: vec![runs(second)],
        cpu_request: 100,
        memory_request: 64,
    }
}

pub(crate) fn pod_of(set: &ReplicaSet, number: u32, second: i64) -> Pod {
    let name = format!("{}-{number}", set.meta.name);
    pod(
        &set.meta.namespace,
        &name,
        Some(owner("ReplicaSet", &set.meta)),
        second,
    )
}

pub(crate) trait Sicken: Sized {
    fn unready(self, second: i64) -> Self;
    /// Not ready, with this container.
    fn with(self, container: Container, second: i64) -> Self;
    fn crashing(self, restarts: u32, end: Termination, second: i64) -> Self;
}

impl Sicken for Pod {
    fn unready(mut self, second: i64) -> Self {
        self.conditions = vec![condition(
            "Ready",
            Status::False,
            "ContainersNotReady",
            second,
        )];
        for container in &mut self.containers {
            container.ready = false;
        }
        self
    }

    fn with(mut self, container: Container, second: i64) -> Self {
        self.containers = vec![container];
        self.unready(second)
    }

    fn crashing(self, restarts: u32, end: Termination, second: i64) -> Self {
        let mut container = waits(
            "CrashLoopBackOff",
            "back-off 5m0s restarting failed container",
        );
        container.restarts = restarts;
        container.last = Some(end);
        self.with(container, second)
    }
}

pub(crate) fn node(name: &str) -> Node {
    Node {
        meta: meta("", name),
        unschedulable: false,
        cordoned_by: None,
        taints: Vec::new(),
        conditions: vec![condition("Ready", Status::True, "KubeletReady", 0)],
        cpu: 8000,
        memory: 32_768,
    }
}

pub(crate) fn dead_node(name: &str, second: i64) -> Node {
    let mut node = node(name);
    node.conditions = vec![condition(
        "Ready",
        Status::Unknown,
        "NodeStatusUnknown",
        second,
    )];
    node
}

pub(crate) fn quota(namespace: &str, name: &str, used: &str, ratio: f64) -> Quota {
    Quota {
        meta: meta(namespace, name),
        bounds: vec![Bound {
            resource: "limits.cpu".into(),
            used: used.into(),
            hard: "8".into(),
            ratio: Some(ratio),
        }],
    }
}

pub(crate) fn cron_job(namespace: &str, name: &str) -> CronJob {
    CronJob {
        meta: meta(namespace, name),
        schedule: "* * * * *".into(),
        time_zone: Text::default(),
        suspended: false,
        suspended_by: None,
        active: 0,
        last_scheduled: None,
        last_successful: None,
        template: Template::default(),
    }
}

pub(crate) fn run(cron: &CronJob, second: i64, state: JobState) -> Job {
    let mut meta = meta(
        &cron.meta.namespace,
        &format!("{}-{second}", cron.meta.name),
    );
    meta.owner = Some(owner("CronJob", &cron.meta));
    meta.created = Some(at(second));
    Job {
        meta,
        state,
        completions: 1,
        active: 0,
        succeeded: 0,
        failed: 0,
        started: Some(at(second)),
        completed: None,
        template: Template::default(),
    }
}

pub(crate) fn failed(second: i64) -> JobState {
    JobState::Failed {
        reason: "BackoffLimitExceeded".into(),
        message: "Job has reached the specified backoff limit".into(),
        at: Some(at(second)),
    }
}

pub(crate) fn hpa(namespace: &str, name: &str, conditions: Vec<Condition>) -> Hpa {
    Hpa {
        meta: meta(namespace, name),
        target_kind: "Deployment".into(),
        target_name: name.into(),
        min: 2,
        max: 8,
        current: 8,
        desired: 8,
        conditions,
    }
}

macro_rules! objects {
    ($($kind:ident),*) => {
        $(impl From<$kind> for Object {
            fn from(object: $kind) -> Self {
                Object::$kind(object)
            }
        })*
    };
}

objects!(Pod, Workload, ReplicaSet, Node, Quota, CronJob, Job, Hpa);
