//! A fleet out of nothing but a seed: as many pods as asked for, in workloads, namespaces and tenants as in production, and an
//! Application of Argo CD for each Deployment.

use vigie::model::{
    AppProject, AppResource, AppSource, Application, Automated, Bound, ClusterId, Condition,
    Container, ContainerState, Delta, Destination, Feed, Health, Kind, Labels, Link, Meta, Moment,
    Namespace, Node, Object, Owner, Phase, Pod, Quota, ReplicaSet, Role, Scope, Status, Strategy,
    SyncState, Template, TemplateContainer, Termination, Text, Uid, Workload, WorkloadKind,
};

/// Pods of the Deployments of one namespace: 100 in all, median 5.
const DEPLOYMENTS: [u32; 13] = [5, 1, 12, 5, 2, 24, 5, 3, 8, 4, 15, 6, 10];
const PODS_PER_NODE: u32 = 100;
const OLD_REVISIONS: u32 = 10;
const ENVIRONMENTS: [&str; 3] = ["prod", "staging", "dev"];
/// One Deployment of so many fails, and one moves.
const FAILING: u32 = 50;
const MOVING: u32 = 80;

pub(crate) const HOME: ClusterId = ClusterId(0);

/// 24 November 2026, 02:12:44 UTC.
pub(crate) fn night() -> Moment {
    Moment::from(chrono::DateTime::UNIX_EPOCH).plus(1_795_486_364)
}

/// A Deployment and where it stands.
#[derive(Clone)]
pub(crate) struct Family {
    namespace: Text,
    name: Text,
    /// Among all.
    number: u32,
    pods: u32,
    nodes: u32,
}

/// All facts of a cluster read whole.
pub(crate) fn facts(pods: u32) -> Vec<Delta> {
    let mut objects = Vec::new();
    for number in 0..pods.div_ceil(PODS_PER_NODE) {
        objects.push(node(number));
    }
    for number in 0..pods.div_ceil(100) {
        objects.extend(namespace(number));
    }
    for family in families(pods) {
        family.write(&mut objects);
    }
    let since = night().plus(-3600);
    let mut facts = vec![Delta::Link(HOME, Link::Live { since })];
    let scope = |kind| Scope {
        cluster: HOME,
        kind,
        namespace: None,
    };
    facts.extend(Kind::ALL.map(|kind| Delta::ListStart(scope(kind))));
    facts.extend(objects.into_iter().map(|it| Delta::Upsert(HOME, it)));
    for kind in Kind::ALL {
        facts.push(Delta::ListEnd(scope(kind)));
        facts.push(Delta::Feed(scope(kind), Feed::Live { since }));
    }
    facts
}

pub(crate) fn families(pods: u32) -> Vec<Family> {
    let mut families = Vec::new();
    for space in 0..pods.div_ceil(100) {
        let mut left = (pods - space * 100).min(100);
        for (at, size) in (0..).zip(DEPLOYMENTS) {
            let pods_here = size.min(left);
            left -= pods_here;
            if pods_here == 0 {
                break;
            }
            families.push(Family {
                namespace: space_name(space),
                name: format!("{}-{at:02}-backend", word(space * 13 + at)).into(),
                number: space * 13 + at,
                pods: pods_here,
                nodes: pods.div_ceil(PODS_PER_NODE),
            });
        }
    }
    families
}

/// Two syllables, so that names differ in their first letters as those of people's do.
fn word(number: u32) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "can", "di", "lib", "pis", "ro", "lis", "mi", "ho", "sto", "for", "gun", "api",
        "web", "fro", "nt",
    ];
    let pick = |at: u32| {
        let mixed = number.wrapping_mul(2_654_435_761) >> (at * 7);
        SYLLABLES[(mixed % 16) as usize]
    };
    format!("{}{}{}", pick(0), pick(1), pick(2))
}

fn space_name(number: u32) -> Text {
    let tenant = number / 3;
    let environment = ENVIRONMENTS[(number % 3) as usize];
    format!("{}{tenant}-{environment}", word(tenant)).into()
}

fn namespace(number: u32) -> [Object; 3] {
    let name = space_name(number);
    let tenant = format!("{}{}", word(number / 3), number / 3);
    let mut meta = meta("", &name);
    meta.labels = [
        ("dso/project.slug", tenant.as_str()),
        ("dso/environment", ENVIRONMENTS[(number % 3) as usize]),
    ]
    .into_iter()
    .collect();
    let bound = |resource: &str| Bound {
        resource: resource.into(),
        used: "6".into(),
        hard: "8".into(),
        ratio: Some(0.75),
    };
    let quota = Quota {
        meta: self::meta(&name, "dso-quota"),
        bounds: vec![bound("limits.cpu"), bound("limits.memory")],
    };
    let namespace = Namespace {
        meta,
        terminating: false,
    };
    let project = AppProject {
        meta: self::meta("argocd", &name),
        windows: Vec::new(),
    };
    [
        Object::Namespace(namespace),
        Object::Quota(quota),
        Object::AppProject(project),
    ]
}

fn node(number: u32) -> Object {
    Object::Node(Node {
        meta: meta("", &node_name(number)),
        unschedulable: false,
        cordoned_by: None,
        taints: Vec::new(),
        conditions: vec![condition("Ready", Status::True, "KubeletReady")],
        cpu: 32_000,
        memory: 131_072,
    })
}

fn node_name(number: u32) -> String {
    format!("pub1-w{number:03}")
}

fn meta(namespace: &str, name: &str) -> Meta {
    Meta {
        uid: Uid::from_text(&format!("{namespace}/{name}")),
        namespace: namespace.into(),
        name: name.into(),
        labels: Labels::default(),
        annotations: Labels::default(),
        owner: None,
        created: Some(night().plus(-86_400)),
        deleting: None,
        generation: 1,
    }
}

fn condition(name: &str, status: Status, reason: &str) -> Condition {
    Condition {
        name: name.into(),
        status,
        reason: reason.into(),
        message: Text::default(),
        changed: Some(night().plus(-7200)),
        updated: Some(night().plus(-7200)),
    }
}

impl Family {
    fn fails(&self) -> bool {
        self.number % FAILING == 7
    }

    fn moves(&self) -> bool {
        self.number % MOVING == 11
    }

    fn template(&self, revision: u32) -> Template {
        let image = format!(
            "harbor.cpin.test/{}/{}:2.{revision}.0",
            self.namespace, self.name
        );
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

    fn write(&self, objects: &mut Vec<Object>) {
        let ready = self.pods - u32::from(self.fails() || self.moves());
        let mut of = meta(&self.namespace, &self.name);
        of.annotations = [(
            "argocd.argoproj.io/tracking-id",
            format!("{0}-{1}:apps/Deployment:{0}/{1}", self.namespace, self.name),
        )]
        .into_iter()
        .collect();
        let progress = if self.moves() {
            "ReplicaSetUpdated"
        } else {
            "NewReplicaSetAvailable"
        };
        objects.push(Object::Workload(Workload {
            meta: of,
            kind: WorkloadKind::Deployment,
            strategy: Strategy::RollingUpdate { partition: 0 },
            paused: false,
            paused_by: None,
            desired: self.pods,
            sizing: None,
            replicas: self.pods,
            updated: self.pods - u32::from(self.moves()),
            ready,
            available: ready,
            observed_generation: 1,
            progress_deadline: Some(600),
            revision: Some((OLD_REVISIONS + 1).into()),
            update_revision: Text::default(),
            current_revision: Text::default(),
            conditions: vec![
                condition("Available", Status::True, "MinimumReplicasAvailable"),
                condition("Progressing", Status::True, progress),
            ],
            template: self.template(OLD_REVISIONS),
            delivery: None,
        }));
        objects.push(Object::Application(Box::new(self.application())));
        for revision in 0..=OLD_REVISIONS {
            objects.push(Object::ReplicaSet(self.set(revision)));
        }
        for number in 0..self.pods {
            objects.push(Object::Pod(self.pod(number)));
        }
    }

    /// Each Deployment has one of its own, as a repository has on the platform.
    fn application(&self) -> Application {
        let name = format!("{}-{}", self.namespace, self.name);
        let commit = || [Text::from(format!("{:040x}", self.hash(0)).as_str())];
        let (sync, health) = if self.fails() {
            (SyncState::OutOfSync, Health::Degraded)
        } else {
            (SyncState::Synced, Health::Healthy)
        };
        Application {
            meta: meta("argocd", &name),
            project: self.namespace.clone(),
            destination: Destination {
                server: Destination::HERE.into(),
                namespace: self.namespace.clone(),
                ..Destination::default()
            },
            sources: [AppSource {
                repository: format!("https://git.cpin.test/{name}-infra").into(),
                path: "prod".into(),
                ..AppSource::default()
            }]
            .into_iter()
            .collect(),
            automated: Some(Automated {
                self_heal: true,
                ..Automated::default()
            }),
            suspended_by: None,
            respects_ignored: false,
            ignored: Vec::new(),
            sync,
            differs_since: None,
            revisions: commit().into_iter().collect(),
            health,
            health_message: Text::default(),
            health_since: Some(night().plus(-7200)),
            operation: None,
            requested: false,
            rehearses: false,
            resources: vec![AppResource {
                group: "apps".into(),
                kind: "Deployment".into(),
                namespace: self.namespace.clone(),
                name: self.name.clone(),
                sync,
                prunes: false,
            }],
            resource_count: 7,
            deployed: None,
            images: vec![self.template(OLD_REVISIONS).containers[0].image.clone()],
            conditions: Vec::new(),
            reconciled: Some(night()),
            controller: "argocd".into(),
        }
    }

    fn set(&self, revision: u32) -> ReplicaSet {
        let pods = if revision == OLD_REVISIONS {
            self.pods
        } else {
            0
        };
        let name = format!("{}-{:08x}", self.name, self.hash(revision));
        let mut meta = meta(&self.namespace, &name);
        let uid = Uid::from_text(&format!("{}/{}", self.namespace, self.name));
        meta.owner = Some(Owner {
            kind: "Deployment".into(),
            name: self.name.clone(),
            uid,
        });
        ReplicaSet {
            meta,
            revision: u64::from(revision) + 1,
            first_revision: u64::from(revision) + 1,
            desired: pods,
            replicas: pods,
            ready: pods,
            available: pods,
            failure: None,
            template: self.template(revision),
        }
    }

    fn hash(&self, revision: u32) -> u32 {
        0x6b8d_3c51_u32
            .wrapping_add(revision.wrapping_mul(7_368_787))
            .wrapping_add(self.number.wrapping_mul(104_729))
    }

    fn pod(&self, number: u32) -> Pod {
        self.pod_after(number, 0, !self.fails() || number > 0)
    }

    /// One of its pods, whatever the number, after so many restarts.
    pub(crate) fn pod_after(&self, number: u32, restarts: u32, ready: bool) -> Pod {
        let number = number % self.pods;
        let set = self.set(OLD_REVISIONS);
        let letters = self.hash(number).wrapping_mul(48_271) & 0x000f_ffff;
        let mut meta = meta(&self.namespace, &format!("{}-{letters:05x}", set.meta.name));
        meta.owner = Some(Owner {
            kind: "ReplicaSet".into(),
            name: set.meta.name.clone(),
            uid: set.meta.uid,
        });
        let status = if ready { Status::True } else { Status::False };
        let node = (self.number.wrapping_mul(31) + number) % self.nodes;
        Pod {
            meta,
            phase: Phase::Running,
            reason: Text::default(),
            message: Text::default(),
            node: node_name(node).into(),
            started: Some(night().plus(-86_000)),
            conditions: vec![condition("Ready", status, "")],
            containers: vec![self.container(restarts, ready)],
            cpu_request: 100,
            memory_request: 256,
        }
    }

    fn container(&self, restarts: u32, ready: bool) -> Container {
        let since = Some(night().plus(-7200));
        let ended = Termination {
            reason: "Error".into(),
            message: "FATAL config: DB_URL is not set".into(),
            exit_code: 1,
            signal: 0,
            started: since,
            finished: since,
        };
        let state = if ready {
            ContainerState::Running { since }
        } else {
            ContainerState::Waiting {
                reason: "CrashLoopBackOff".into(),
                message: "back-off 5m0s restarting failed container".into(),
            }
        };
        Container {
            role: Role::Main,
            name: "app".into(),
            image: self.template(OLD_REVISIONS).containers[0].image.clone(),
            ready,
            started: ready,
            restarts: if ready { restarts } else { restarts.max(6) },
            memory_limit: 512,
            state,
            last: (!ready || restarts > 0).then_some(ended),
        }
    }
}
