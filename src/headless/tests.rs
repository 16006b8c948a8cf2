mod clocks;
mod listings;

use std::io::ErrorKind;
use std::time::Duration;

use tokio::sync::mpsc;

use super::*;
use crate::insight::{Cause, Finding, Judgement, Severity, Trouble};
use crate::model::{
    ClusterId, Condition, Delta, Feed, GarbledFault, Kind, Labels, Link, Meta, Moment, Namespace,
    Object, ObjectId, Problem, Scope, Status, Strategy, Subject, Template, TemplateContainer, Text,
    Uid, Verb, Workload, WorkloadKind,
};
use crate::store::Store;
use crate::tenancy::{Class, Place, Places, Rules, Selection};
use crate::wording::{Catalogue, Language};

const PUBLIC1: ClusterId = ClusterId(0);
const APP1: ClusterId = ClusterId(1);

fn now() -> Moment {
    Moment::from_rfc3339("2026-11-24T03:12:44Z").unwrap()
}

fn meta(namespace: &str, name: &str) -> Meta {
    Meta {
        uid: Uid::from_text(&format!("{namespace}/{name}")),
        namespace: namespace.into(),
        name: name.into(),
        labels: Labels::default(),
        annotations: Labels::default(),
        owner: None,
        created: Some(now().plus(-86_400)),
        deleting: None,
        generation: 1,
    }
}

fn namespace(name: &str) -> Object {
    Object::Namespace(Namespace {
        meta: meta("", name),
        terminating: false,
    })
}

fn workload(namespace: &str, name: &str, desired: u32, ready: u32) -> Workload {
    Workload {
        meta: meta(namespace, name),
        kind: WorkloadKind::Deployment,
        strategy: Strategy::RollingUpdate { partition: 0 },
        paused: false,
        paused_by: None,
        desired,
        sizing: None,
        replicas: desired,
        updated: desired,
        ready,
        available: ready,
        observed_generation: 1,
        progress_deadline: Some(600),
        revision: Some(15),
        update_revision: Text::default(),
        delivery: None,
        current_revision: Text::default(),
        conditions: vec![Condition {
            name: "Progressing".into(),
            status: Status::True,
            reason: "ReplicaSetUpdated".into(),
            message: Text::default(),
            changed: Some(now().plus(-840)),
            updated: None,
        }],
        template: Template {
            labels: Labels::default(),
            containers: [TemplateContainer {
                name: "app".into(),
                image: "registry.cpin.test/beta-back:2.14.0".into(),
            }]
            .into_iter()
            .collect(),
        },
    }
}

fn whole(cluster: ClusterId, kind: Kind, objects: Vec<Object>) -> Vec<Delta> {
    let scope = Scope {
        cluster,
        kind,
        namespace: None,
    };
    let mut deltas = vec![Delta::ListStart(scope.clone())];
    deltas.extend(objects.into_iter().map(|it| Delta::Upsert(cluster, it)));
    deltas.push(Delta::ListEnd(scope.clone()));
    deltas.push(Delta::Feed(scope, Feed::Live { since: now() }));
    deltas
}

fn live(cluster: ClusterId) -> Delta {
    Delta::Link(cluster, Link::Live { since: now() })
}

/// Two clusters read whole.
fn deltas() -> Vec<Delta> {
    let mut deltas = vec![live(PUBLIC1), live(APP1)];
    for cluster in [PUBLIC1, APP1] {
        for kind in Kind::ALL {
            deltas.extend(whole(cluster, kind, Vec::new()));
        }
    }
    let paused = Workload {
        paused: true,
        ..workload("candilib", "api-usager", 2, 2)
    };
    deltas.extend(whole(
        PUBLIC1,
        Kind::Namespace,
        vec![namespace("betaapp"), namespace("candilib")],
    ));
    deltas.extend(whole(
        PUBLIC1,
        Kind::Deployment,
        vec![
            Object::Workload(workload("betaapp", "beta-back", 6, 3)),
            Object::Workload(paused),
        ],
    ));
    deltas.extend(whole(APP1, Kind::Namespace, vec![namespace("betaapp")]));
    let mut scaled = workload("betaapp", "beta-front", 1, 1);
    deltas.push(Delta::Upsert(APP1, Object::Workload(scaled.clone())));
    (scaled.desired, scaled.replicas) = (0, 0);
    (scaled.updated, scaled.ready, scaled.available) = (0, 0, 0);
    (scaled.revision, scaled.conditions) = (None, Vec::new());
    deltas.push(Delta::Upsert(APP1, Object::Workload(scaled)));
    deltas
}

fn store(deltas: impl IntoIterator<Item = Delta>) -> Store {
    let mut store = Store::new(["public1", "app1"], now());
    for delta in deltas {
        store.apply(delta, now());
    }
    store
}

fn place(tenant: &str, environment: &str) -> Place {
    Place {
        tenant: tenant.into(),
        environment: environment.into(),
        class: Class::Production,
        platform: false,
    }
}

fn finding(severity: Severity, name: &str) -> Finding {
    let id = ObjectId {
        cluster: PUBLIC1,
        kind: Kind::Deployment,
        uid: Uid::from_text(name),
    };
    Finding {
        cause: Cause::Object(id),
        severity,
        class: Class::Production,
        cluster: PUBLIC1,
        namespace: "betaapp".into(),
        place: Some(place("betaapp", "prod")),
        tenants: vec!["betaapp".into()],
        hit: vec![("betaapp".into(), place("betaapp", "prod"))],
        subject: Subject {
            kind: "Deployment".into(),
            name: name.into(),
        },
        ready: Some((3, 6)),
        workloads: Vec::new(),
        trouble: Trouble::DeadlinePassed {
            revision: Some(15),
            message: "ReplicaSet has timed out progressing.".into(),
        },
        since: Some(now().plus(-840)),
        count: 3,
        objects: vec![id],
    }
}

/// A node's finding, which hits several tenants.
fn shared() -> Finding {
    Finding {
        cause: Cause::Node(PUBLIC1, "dso-w04".into()),
        severity: Severity::Warning,
        namespace: Text::default(),
        place: None,
        tenants: vec!["betaapp".into(), "rolistes".into()],
        hit: vec![
            ("betaapp".into(), place("betaapp", "prod")),
            ("rolistes".into(), place("rolistes", "")),
        ],
        trouble: Trouble::NodeNotReady {
            reason: "NodeStatusUnknown".into(),
            message: "Kubelet stopped posting node status.".into(),
            inferred: false,
        },
        subject: Subject {
            kind: "Node".into(),
            name: "dso-w04".into(),
        },
        since: None,
        ..finding(Severity::Warning, "dso-w04")
    }
}

/// What a test knows, for as long as facts refer to it.
struct Known {
    store: Store,
    places: Places,
    judgement: Judgement,
    selection: Selection,
    catalogue: Catalogue,
}

impl Known {
    fn new(store: Store, findings: Vec<Finding>, names: &[&str], language: Language) -> Self {
        Self {
            places: Places::resolve(&store, &Rules::default()),
            store,
            judgement: Judgement {
                findings,
                ..Judgement::default()
            },
            selection: Selection::new(names.iter().copied()),
            catalogue: Catalogue::new(language),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            store: &self.store,
            places: &self.places,
            judgement: &self.judgement,
            selection: &self.selection,
            catalogue: &self.catalogue,
            now: now(),
        }
    }
}

fn ask_in(
    language: Language,
    question: Question,
    store: Store,
    findings: Vec<Finding>,
    names: &[&str],
) -> Answer {
    let known = Known::new(store, findings, names, language);
    answer(question, &known.facts())
}

fn ask(question: Question, store: Store, findings: Vec<Finding>, names: &[&str]) -> Answer {
    ask_in(Language::English, question, store, findings, names)
}

#[test]
fn names_select_namespaces_tenants_and_shared_causes() {
    let names = |selected: &[&str]| {
        let findings = vec![finding(Severity::Critical, "beta-back"), shared()];
        let question = Question::Get(Listing::Findings, Format::Json);
        let answer = ask(question, store(deltas()), findings, selected);
        let document: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        let items = document["items"].as_array().unwrap().iter();
        let names = items.map(|item| item["name"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>().join(" "), answer.exit)
    };
    assert_eq!(
        names(&["betaapp"]),
        ("beta-back dso-w04".to_owned(), Exit::Good)
    );
    assert_eq!(names(&["candilib"]), (String::new(), Exit::Good));
    assert_eq!(names(&["betaap"]), (String::new(), Exit::NotSeen));
}

#[test]
fn changes_are_those_of_what_was_asked_and_say_what_one_reading_cannot_know() {
    let changes = |format, selected: &[&str]| {
        let question = Question::Get(Listing::Changes, format);
        ask(question, store(deltas()), Vec::new(), selected)
    };
    let table = changes(Format::Table, &["betaapp"]);
    assert!(table.text.contains("beta-front"), "{}", table.text);
    assert_eq!((table.notes.len(), table.exit), (1, Exit::Good));
    assert!(table.notes[0].starts_with("read once"), "{:?}", table.notes);
    let other = changes(Format::Table, &["candilib"]);
    assert!(!other.text.contains("beta-front"), "{}", other.text);
    assert!(changes(Format::Json, &["betaapp"]).notes.is_empty());
}

/// Every way of not seeing, in one cluster; the other does not answer.
fn half_blind() -> Store {
    let scope = |kind, namespace: Option<&str>| Scope {
        cluster: PUBLIC1,
        kind,
        namespace: namespace.map(Text::from),
    };
    let denied = || Feed::Denied { verb: Verb::List };
    let lost = Feed::Lost {
        problem: Problem::Server {
            code: 503,
            detail: "etcd leader changed".into(),
        },
        since: now(),
    };
    let reading = Feed::Reading {
        seen: 325,
        total: Some(790),
    };
    let odd = |name: &str| Delta::Undecodable {
        scope: scope(Kind::Deployment, None),
        name: name.into(),
        fault: GarbledFault::Undecodable {
            words: "spec.replicas is a map".into(),
        },
    };
    let unreachable = Link::Degraded {
        problem: Problem::Unreachable {
            detail: "i/o timeout".into(),
        },
        since: now(),
        tries: 1,
        next_try: None,
    };
    let broken_off =
        |delta: &Delta| matches!(delta, Delta::ListEnd(scope) if scope.kind == Kind::Pod);
    let whole = deltas().into_iter().filter(|delta| !broken_off(delta));
    store(whole.chain([
        Delta::Feed(scope(Kind::Node, None), denied()),
        Delta::Feed(scope(Kind::StatefulSet, Some("betaapp-dev")), denied()),
        Delta::Feed(scope(Kind::Pod, None), reading),
        Delta::Feed(scope(Kind::Job, None), lost),
        Delta::Feed(scope(Kind::HorizontalPodAutoscaler, None), Feed::Absent),
        Delta::Feed(scope(Kind::Project, None), Feed::Absent),
        odd("beta-back"),
        odd(""),
        Delta::Link(APP1, unreachable),
    ]))
}

#[test]
fn what_could_not_be_seen_is_told_with_its_reason() {
    let question = Question::Get(Listing::Findings, Format::Json);
    let answer = ask(question, half_blind(), Vec::new(), &[]);
    assert_eq!(answer.exit, Exit::NotSeen);
    insta::assert_snapshot!("incomplete-json", answer.text);
    let question = Question::Get(Listing::Findings, Format::Table);
    let answer = ask_in(Language::French, question, half_blind(), Vec::new(), &[]);
    assert_eq!((answer.text.as_str(), answer.exit), ("", Exit::NotSeen));
    insta::assert_snapshot!("incomplete-fr", answer.notes.join("\n"));
}

#[test]
fn a_list_read_once_to_its_end_was_seen() {
    let reading = Feed::Reading {
        seen: 2,
        total: None,
    };
    let scope = Scope {
        cluster: PUBLIC1,
        kind: Kind::Deployment,
        namespace: None,
    };
    let store = store(deltas().into_iter().chain([Delta::Feed(scope, reading)]));
    let question = Question::Get(Listing::Tenants, Format::Json);
    assert_eq!(ask(question, store, Vec::new(), &[]).exit, Exit::Good);
}

#[test]
fn a_namespace_that_is_denied_leaves_the_others_seen() {
    let within = |namespace: &str| Scope {
        cluster: PUBLIC1,
        kind: Kind::Deployment,
        namespace: Some(namespace.into()),
    };
    let reading = Feed::Reading {
        seen: 2,
        total: None,
    };
    let denied = Feed::Denied { verb: Verb::List };
    let whole = Scope {
        namespace: None,
        ..within("")
    };
    let store = store(deltas().into_iter().chain([
        Delta::FeedEnd(whole),
        Delta::ListStart(within("betaapp")),
        Delta::Feed(within("betaapp"), reading),
        Delta::ListEnd(within("betaapp")),
        Delta::Feed(within("candilib"), denied),
    ]));
    let catalogue = Catalogue::new(Language::English);
    let missing = incomplete::incomplete(&store, &[Kind::Deployment], &catalogue);
    let reasons: Vec<_> = missing.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(reasons, ["not readable: list deployments.apps in candilib"]);
}

#[test]
fn a_kind_that_was_not_asked_for_is_not_missed() {
    let what = |listing| {
        let answer = ask(
            Question::Get(listing, Format::Json),
            half_blind(),
            Vec::new(),
            &[],
        );
        answer.text.contains("nodes")
    };
    assert!(what(Listing::Findings));
    assert!(!what(Listing::Tenants));
}

type Case<'a> = (&'a str, &'a dyn Fn() -> Store, Vec<Finding>, Exit);

#[test]
fn status_is_one_line_and_a_code() {
    let found = || vec![finding(Severity::Critical, "beta-back"), shared()];
    let link = || {
        let mut link = finding(Severity::Critical, "app1");
        link.cause = Cause::Link(APP1);
        vec![link]
    };
    let seen = || store(deltas());
    let nothing_read = || store([live(PUBLIC1)]);
    let cases: [Case<'_>; 6] = [
        ("found", &seen, found(), Exit::Amiss),
        ("several tenants", &seen, vec![shared()], Exit::Amiss),
        ("half blind", &half_blind, Vec::new(), Exit::NotSeen),
        ("link lost", &half_blind, link(), Exit::NotSeen),
        ("found, half blind", &half_blind, found(), Exit::Amiss),
        ("nothing read", &nothing_read, Vec::new(), Exit::NotSeen),
    ];
    let mut said = String::new();
    for (name, store, findings, exit) in cases {
        for language in [Language::English, Language::French] {
            let answer = ask_in(language, Question::Status, store(), findings.clone(), &[]);
            assert_eq!(answer.exit, exit, "{name}");
            assert_eq!(answer.text.lines().count(), 1, "{name}");
            said.extend([name, "\n  ", answer.text.as_str()]);
        }
    }
    insta::assert_snapshot!("status", said);
}

#[test]
fn status_is_calm_only_when_all_was_seen() {
    let answer = ask(Question::Status, store(deltas()), Vec::new(), &[]);
    assert_eq!(answer.exit, Exit::Good);
    assert_eq!(
        answer.text,
        "nothing needs a human: 2 clusters, 2 tenants, 3 workloads\n"
    );
    let answer = ask(Question::Status, store(deltas()), Vec::new(), &["betaap"]);
    assert_eq!(answer.exit, Exit::NotSeen);
}

#[test]
fn exit_codes_are_those_documented() {
    let codes = [Exit::Good, Exit::Amiss, Exit::Usage, Exit::NotSeen].map(|exit| exit as u8);
    assert_eq!(codes, [0, 1, 2, 3]);
}

struct Broken(ErrorKind);

impl std::io::Write for Broken {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let answer = ask(
        Question::Get(Listing::Tenants, Format::Json),
        store(deltas()),
        Vec::new(),
        &[],
    );
    let catalogue = Catalogue::new(Language::English);
    let print = |kind| {
        let mut notes = Vec::new();
        let exit = answer.print(&mut Broken(kind), &mut notes, &catalogue);
        (exit, String::from_utf8(notes).unwrap())
    };
    assert_eq!(print(ErrorKind::BrokenPipe), (Exit::Good, String::new()));
    let (exit, said) = print(ErrorKind::StorageFull);
    assert_eq!(exit, Exit::NotSeen);
    assert_eq!(
        said,
        "vigie: the answer cannot be written: no storage space\n"
    );
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().build().unwrap()
}

#[test]
fn reading_ends_when_the_source_has_said_all() {
    let (sender, mut receiver) = mpsc::channel(8);
    let store = runtime().block_on(async move {
        sender.send(deltas()).await.unwrap();
        drop(sender);
        read(
            vec!["public1".into(), "app1".into()],
            &mut receiver,
            None,
            now,
        )
        .await
    });
    assert_eq!(
        store
            .clusters()
            .map(|it| it.workloads().count())
            .sum::<usize>(),
        3
    );
}

#[test]
fn reading_ends_when_the_time_is_up() {
    let (sender, mut receiver) = mpsc::channel(8);
    let limit = Some(Duration::from_millis(1));
    let store = runtime().block_on(async {
        sender.send(vec![live(PUBLIC1)]).await.unwrap();
        read(vec!["public1".into()], &mut receiver, limit, now).await
    });
    drop(sender);
    let answer = ask(Question::Status, store, Vec::new(), &[]);
    assert_eq!(answer.exit, Exit::NotSeen);
}

#[test]
fn a_limit_on_requests_bounds_the_reading() {
    assert_eq!(limit(None), Some(Duration::from_mins(1)));
    assert_eq!(limit(Some(Duration::ZERO)), None);
    assert_eq!(
        limit(Some(Duration::from_mins(2))),
        Some(Duration::from_mins(8))
    );
}
