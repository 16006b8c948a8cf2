//! An app on a bench: facts go in one by one, findings are put there without judging, time stands still.

use chrono::FixedOffset;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde_json::json;
use tokio::time::Instant;

use crate::app::{App, Clock, Effect, Message, Now, Options, update};
use crate::insight::stage;
use crate::insight::{Cause, Finding, Judgement, RolloutInProgress, Severity, Trouble};
use crate::keymap::Keymap;
use crate::model::{
    ClusterId, CronJob, Delta, Document, Event, Feed, Kind, Labels, Link, Meta, Moment, Namespace,
    Object, ObjectId, Phase, Pod, Problem, Rollout, Scope, Subject, Template, Text, Told, Uid,
    Wanted,
};
use crate::tenancy::{Class, Place, Places, Rules, Selection};
use crate::theme::{Colours, Theme};
use crate::view::{Found, Symbols, View};
use crate::viewmodel::Zone;
use crate::wording::{Catalogue, Language};

pub(super) const CLUSTERS: [&str; 3] = ["dso", "public1", "app1"];

pub(super) fn clock() -> Clock {
    Clock::From(night(), Instant::now())
}

pub(super) fn night() -> Moment {
    Moment::from_rfc3339("2026-11-24T03:12:44+01:00").unwrap()
}

pub(super) fn options(language: Language) -> Options {
    Options {
        clusters: CLUSTERS.map(Text::from).into(),
        rules: Rules::default(),
        catalogue: Catalogue::new(language),
        theme: Theme::load("dark", &[], Colours::Basic).0,
        keymap: Keymap::load("default", &[]).0,
        symbols: Symbols::Unicode,
        zone: Zone(|moment| {
            let paris = FixedOffset::east_opt(3600).unwrap();
            moment.to_utc().with_timezone(&paris)
        }),
        selection: Selection::default(),
        guard: crate::action::Guard::default(),
        who: crate::action::Who::default(),
        journal: Vec::new(),
        next_id: || crate::action::ActionId("7f3a0c12de".to_owned()),
        problems: Vec::new(),
    }
}

pub(super) struct Bench {
    pub app: App,
    pub now: Now,
    size: (u16, u16),
}

impl Bench {
    pub(super) fn new(language: Language) -> Self {
        Self::with(options(language))
    }

    pub(super) fn with(options: Options) -> Self {
        let now = clock().now();
        let mut bench = Self {
            app: App::new(options, now),
            now,
            size: (80, 24),
        };
        bench.text();
        bench
    }

    pub(super) fn later(&mut self, seconds: u64) {
        self.now.moment = self.now.moment.plus(i64::try_from(seconds).unwrap());
        self.now.at += std::time::Duration::from_secs(seconds);
    }

    pub(super) fn fact(&mut self, delta: Delta) {
        assert_eq!(update(&mut self.app, Message::Delta(delta), self.now), []);
    }

    /// Nothing comes of it, but a question about rights where the cursor rests.
    pub(super) fn tick(&mut self) {
        let effects = update(&mut self.app, Message::Tick, self.now);
        let asks = effects.iter().all(|it| matches!(it, Effect::Ask(_)));
        assert!(asks, "{effects:?}");
    }

    /// Types keys given as in a keymap, `/` and letters among them.
    pub(super) fn keys(&mut self, keys: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for key in keys.split(' ') {
            let (code, modifiers) = match key {
                "Enter" => (KeyCode::Enter, KeyModifiers::NONE),
                "Esc" => (KeyCode::Esc, KeyModifiers::NONE),
                "Back" => (KeyCode::Backspace, KeyModifiers::NONE),
                "Space" => (KeyCode::Char(' '), KeyModifiers::NONE),
                "Tab" => (KeyCode::Tab, KeyModifiers::NONE),
                "Left" => (KeyCode::Left, KeyModifiers::NONE),
                "Up" => (KeyCode::Up, KeyModifiers::NONE),
                "Down" => (KeyCode::Down, KeyModifiers::NONE),
                "End" => (KeyCode::End, KeyModifiers::NONE),
                _ => match key.strip_prefix("C-") {
                    Some(letter) => (
                        KeyCode::Char(letter.chars().next().unwrap()),
                        KeyModifiers::CONTROL,
                    ),
                    None => (
                        KeyCode::Char(key.chars().next().unwrap()),
                        KeyModifiers::NONE,
                    ),
                },
            };
            let event = KeyEvent::new(code, modifiers);
            effects.extend(update(&mut self.app, Message::Key(event), self.now));
            self.text();
        }
        effects
    }

    /// Types a text letter by letter, blanks included.
    pub(super) fn types(&mut self, text: &str) {
        for letter in text.chars() {
            let event = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            update(&mut self.app, Message::Key(event), self.now);
        }
    }

    /// Puts findings and rollouts there as if they had been judged now.
    pub(super) fn judged(&mut self, findings: Vec<Finding>, rollouts: Vec<RolloutInProgress>) {
        let judgement = Judgement {
            findings,
            rollouts,
            wake: None,
        };
        self.app.places = Places::resolve(&self.app.store, &self.app.options.rules);
        self.app.take(judgement, self.now);
        self.text();
    }

    /// A Deployment with a pod, and a judgement of it.
    pub(super) fn workload(&mut self, namespace: &str, name: &str) {
        for fact in workload_facts(namespace, name) {
            self.fact(fact);
        }
        let judgement = self.app.judgement.clone();
        self.app.take(judgement, self.now);
    }

    /// What the open view asks for, as of the next tick.
    pub(super) fn asks(&mut self) -> Vec<Effect> {
        self.later(1);
        update(&mut self.app, Message::Tick, self.now)
    }

    /// The answer to the lookup that asks for an object whole.
    pub(super) fn document(&mut self, name: &str) {
        self.asks();
        let told = vec![Told::Object(document(name).into())];
        self.tell_where(|wanted| matches!(wanted, Wanted::Object(_)), told);
    }

    pub(super) fn tell_where(&mut self, which: impl Fn(&Wanted) -> bool, told: Vec<Told>) {
        let lookups = self.app.dossier.lookups();
        let asked = lookups.iter().find(|(_, it)| which(&it.wanted));
        let (id, _) = asked.expect("nothing of that sort is asked for");
        assert_eq!(
            update(&mut self.app, Message::Told(*id, told), self.now),
            []
        );
    }

    pub(super) fn resize(&mut self, columns: u16, lines: u16) {
        self.size = (columns, lines);
    }

    /// The frame in each of the forms for survival.
    pub(super) fn small_forms(&mut self) -> String {
        let mut all = String::new();
        for size in [(40, 10), (20, 5), (1, 1)] {
            self.resize(size.0, size.1);
            all.push_str(&self.text());
            all.push('\n');
        }
        all
    }

    /// The frame as text.
    pub(super) fn text(&mut self) -> String {
        let screen = self.app.screen(self.size.0, self.size.1, self.now.moment);
        let mut found = Found::default();
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal
            .draw(|frame| {
                let view = View {
                    screen: &screen,
                    theme: &self.app.options.theme,
                    symbols: self.app.options.symbols,
                };
                frame.render_stateful_widget(view, frame.area(), &mut found);
            })
            .unwrap();
        self.app.drawn(&screen, &found);
        terminal.backend().to_string()
    }

    /// The line of the frame that has the cursor.
    pub(super) fn selected(&mut self) -> String {
        let text = self.text();
        let line = text.lines().find(|line| line.starts_with("\"▌"));
        line.unwrap_or_default().trim_matches(['"', ' ']).to_owned()
    }

    pub(super) fn link(&mut self, cluster: u16, link: Link) {
        self.fact(Delta::Link(ClusterId(cluster), link));
    }

    /// The cluster answers, and each of these kinds was read whole.
    pub(super) fn read(&mut self, cluster: u16, kinds: &[Kind], namespace: Option<&str>) {
        let since = self.now.moment;
        self.link(cluster, Link::Live { since });
        for kind in kinds {
            let scope = scope(cluster, *kind, namespace);
            self.fact(Delta::ListStart(scope.clone()));
            for object in objects(cluster, *kind) {
                self.fact(Delta::Upsert(ClusterId(cluster), object));
            }
            self.fact(Delta::ListEnd(scope.clone()));
            self.fact(Delta::Feed(scope, Feed::Live { since }));
        }
    }

    pub(super) fn read_all(&mut self) {
        for cluster in 0..3 {
            self.read(cluster, &Kind::ALL, None);
        }
    }
}

/// A Deployment with a pod.
pub(super) fn workload_facts(namespace: &str, name: &str) -> Vec<Delta> {
    let mut deployment = stage::deployment(namespace, name, 1);
    deployment.meta.uid = object(name).uid;
    let set = stage::replica_set(&deployment, 1, 1, 1);
    let pod = stage::pod_of(&set, 1, 0);
    let objects = [
        Object::Workload(deployment),
        Object::ReplicaSet(set),
        Object::Pod(pod),
    ];
    objects.map(|it| Delta::Upsert(ClusterId(1), it)).into()
}

pub(super) fn event(number: u8, about: Uid, reason: &str, at: Moment) -> Told {
    Told::Event(Event {
        uid: Uid::from_text(&number.to_string()),
        warning: reason == "BackOff",
        namespace: "betaapp".into(),
        kind: "Pod".into(),
        name: "beta-back-1-0".into(),
        object: Some(about),
        reason: reason.into(),
        message: format!("{reason} of container app").into(),
        count: u32::from(number),
        first: at,
        last: at,
    })
}

/// A Deployment as the server tells it.
pub(super) fn document(name: &str) -> Document {
    let container = json!({
        "name": "app",
        "image": "harbor.cpin.test/betaapp/beta-back:2.14.0",
        "ports": [{"name": "http", "containerPort": 8080}],
        "resources": {"limits": {"memory": "384Mi"}, "requests": {"cpu": "100m"}},
        "readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 10},
        "env": [
            {"name": "PROFILE", "value": "prod"},
            {"name": "DATABASE_URL", "valueFrom": {"secretKeyRef": {"name": "beta-db", "key": "url"}}},
        ],
        "volumeMounts": [{"name": "conf", "mountPath": "/etc/beta"}],
    });
    let value = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {
            "name": name,
            "namespace": "betaapp",
            "creationTimestamp": "2026-10-15T01:00:00Z",
            "labels": {"app": name, "env": "prod"},
            "annotations": {"deployment.kubernetes.io/revision": "15"},
        },
        "spec": {"replicas": 6, "strategy": {"type": "RollingUpdate"}, "template": {"spec": {"containers": [container]}}},
        "status": {
            "replicas": 6,
            "readyReplicas": 3,
            "conditions": [{
                "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
                "lastTransitionTime": "2026-11-24T02:08:34Z",
                "message": "ReplicaSet \"beta-back-7c9d5f6b8\" has timed out progressing.",
            }],
        },
    });
    let yaml = serde_saphyr::to_string(&value).unwrap();
    let yaml = yaml.lines().map(str::to_owned).collect();
    Document {
        value,
        yaml,
        ..Document::default()
    }
}

pub(super) fn scope(cluster: u16, kind: Kind, namespace: Option<&str>) -> Scope {
    Scope {
        cluster: ClusterId(cluster),
        kind,
        namespace: namespace.map(Text::from),
    }
}

pub(super) fn meta(namespace: &str, name: &str) -> Meta {
    Meta {
        uid: Uid::from_text(name),
        namespace: namespace.into(),
        name: name.into(),
        labels: Labels::default(),
        annotations: Labels::default(),
        owner: None,
        created: None,
        deleting: None,
        generation: 1,
    }
}

/// Something of each kind that the screen counts.
fn objects(cluster: u16, kind: Kind) -> Vec<Object> {
    match kind {
        Kind::Namespace => ["betaapp", "candilib", "kube-system"]
            .map(|name| {
                Object::Namespace(Namespace {
                    meta: Meta {
                        uid: Uid::from_text(&format!("{cluster}{name}")),
                        ..meta("", name)
                    },
                    terminating: false,
                })
            })
            .into(),
        Kind::Pod => ["a", "b", "c"].map(pod).into(),
        Kind::CronJob => vec![Object::CronJob(CronJob {
            meta: meta("candilib", "purge-sessions"),
            schedule: "0 3 * * *".into(),
            time_zone: Text::default(),
            suspended: true,
            suspended_by: None,
            active: 0,
            last_scheduled: None,
            last_successful: None,
            template: Template::default(),
        })],
        _ => Vec::new(),
    }
}

fn pod(name: &str) -> Object {
    Object::Pod(Pod {
        meta: meta("betaapp", name),
        phase: Phase::Running,
        reason: Text::default(),
        message: Text::default(),
        node: "w1".into(),
        started: None,
        conditions: Vec::new(),
        containers: Vec::new(),
        cpu_request: 0,
        memory_request: 0,
    })
}

pub(super) fn place(tenant: &str, environment: &str) -> Place {
    Place {
        tenant: tenant.into(),
        environment: environment.into(),
        class: if environment == "prod" {
            Class::Production
        } else {
            Class::NonProduction
        },
        platform: false,
    }
}

pub(super) fn object(name: &str) -> ObjectId {
    ObjectId {
        cluster: ClusterId(1),
        kind: Kind::Deployment,
        uid: Uid::from_text(name),
    }
}

/// A finding about a workload of `tenant/prod`, so many minutes old.
pub(super) fn finding(tenant: &str, name: &str, minutes: i64) -> Finding {
    Finding {
        cause: Cause::Object(object(name)),
        severity: Severity::Critical,
        class: Class::Production,
        cluster: ClusterId(1),
        namespace: "5ml1kjum5pv08d0zckclpksb6--22dxmhpuknhbc3u48km99jyob".into(),
        place: Some(place(tenant, "prod")),
        tenants: vec![tenant.into()],
        subject: Subject {
            kind: "Deployment".into(),
            name: name.into(),
        },
        ready: Some((1, 2)),
        hit: vec![("5ml1kj".into(), place(tenant, "prod"))],
        workloads: Vec::new(),
        trouble: Trouble::Short { missing: 1 },
        since: Some(night().plus(-60 * minutes)),
        count: 1,
        objects: vec![object(name)],
    }
}

pub(super) fn lost_link() -> Finding {
    Finding {
        cause: Cause::Link(ClusterId(2)),
        cluster: ClusterId(2),
        namespace: Text::default(),
        place: Some(Place {
            tenant: "platform".into(),
            environment: "app1".into(),
            class: Class::Production,
            platform: true,
        }),
        tenants: vec!["platform".into()],
        subject: Subject {
            kind: "Cluster".into(),
            name: "app1".into(),
        },
        ready: None,
        since: Some(night().plus(-121)),
        objects: Vec::new(),
        hit: Vec::new(),
        trouble: Trouble::LinkDegraded {
            problem: Problem::Unreachable {
                detail: "dial tcp 10.20.0.10:6443: i/o timeout".into(),
            },
            tries: 5,
            next_try: Some(night().plus(10)),
            hidden: 3,
        },
        ..finding("platform", "app1", 2)
    }
}

pub(super) fn rollout(tenant: &str, name: &str, ready: [u32; 3], left: i64) -> RolloutInProgress {
    let [new_ready, new_unready, old_ready] = ready;
    let wanted = ready.iter().sum();
    RolloutInProgress {
        object: object(name),
        place: place(tenant, "prod"),
        namespace: "5ml1kj".into(),
        subject: Subject {
            kind: "Deployment".into(),
            name: name.into(),
        },
        verdict: Rollout::Starting {
            done: new_ready,
            wanted,
        },
        paused: false,
        course: None,
        revision: Some(42),
        images: Vec::new(),
        wanted,
        new_ready,
        new_unready,
        old_ready,
        since: Some(night().plus(-60)),
        deadline: Some(night().plus(left)),
    }
}
