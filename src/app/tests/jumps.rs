//! Lines of a text that lead somewhere: what stands at their right, where they go, and the way back to them.

use insta::assert_snapshot;
use serde_json::json;

use super::bench::*;
use crate::insight::stage::{self, Sicken};
use crate::insight::{Ailment, Cause, Finding, Trouble};
use crate::model::{
    ClusterId, Delta, Document, Kind, Object, ObjectId, Pod, Subject, Text, Told, Wanted,
};
use crate::viewmodel::{Aspect, Page};
use crate::wording::Language::English;

/// A workload with a pod that serves and one in a loop; the cursor is on the finding about it.
fn trouble(trouble: impl FnOnce(&Pod) -> Finding) -> Bench {
    let mut bench = Bench::new(English);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    let mut deployment = stage::deployment("betaapp", "beta-back", 2);
    deployment.meta.uid = object("beta-back").uid;
    let set = stage::replica_set(&deployment, 1, 2, 1);
    let end = stage::ended("Error", 1, "DB_URL is not set", 10);
    let pod = stage::pod_of(&set, 7, 10).crashing(6, end, 10);
    let finding = trouble(&pod);
    bench.fact(Delta::Upsert(ClusterId(1), Object::Pod(pod)));
    bench.judged(vec![finding], Vec::new());
    bench
}

/// On the workload, by the pod.
fn finding_of(pod: &Pod, trouble: Trouble) -> Finding {
    let pod = ObjectId {
        cluster: ClusterId(1),
        kind: Kind::Pod,
        uid: pod.meta.uid,
    };
    Finding {
        namespace: "betaapp".into(),
        trouble,
        objects: vec![pod],
        ..finding("betaapp", "beta-back", 14)
    }
}

fn ailing(pod: &Pod, ailment: Ailment) -> Finding {
    finding_of(pod, Trouble::Pods { ailment })
}

fn crash(pod: &Pod) -> Finding {
    let ailment = Ailment::CrashLoop {
        container: "app".into(),
        restarts: 6,
        exit: None,
    };
    ailing(pod, ailment)
}

fn starting(pod: &Pod) -> Finding {
    let ailment = Ailment::Starting {
        status: "ContainerCreating".into(),
        message: "".into(),
    };
    ailing(pod, ailment)
}

fn unready(pod: &Pod) -> Finding {
    ailing(pod, Ailment::Unready { message: "".into() })
}

/// On a cause that other workloads share.
fn shared(pod: &Pod, cause: Cause, kind: &str, name: &str, trouble: Trouble) -> Finding {
    Finding {
        cause,
        subject: Subject {
            kind: kind.into(),
            name: name.into(),
        },
        ..finding_of(pod, trouble)
    }
}

fn node(pod: &Pod) -> Finding {
    let trouble = Trouble::NodeNotReady {
        reason: "NodeStatusUnknown".into(),
        message: Text::default(),
        inferred: false,
    };
    let cause = Cause::Node(ClusterId(1), "w1".into());
    shared(pod, cause, "Node", "w1", trouble)
}

fn quota(pod: &Pod) -> Finding {
    let cause = Cause::Quota {
        cluster: ClusterId(1),
        namespace: "betaapp".into(),
        name: "dso-quota".into(),
    };
    let trouble = Trouble::Quota {
        name: "dso-quota".into(),
        resource: "limits.cpu".into(),
        used: "8".into(),
        hard: "8".into(),
        refused: 2,
    };
    shared(pod, cause, "ResourceQuota", "dso-quota", trouble)
}

fn autoscaler(pod: &Pod) -> Finding {
    let id = ObjectId {
        cluster: ClusterId(1),
        kind: Kind::HorizontalPodAutoscaler,
        uid: pod.meta.uid,
    };
    let trouble = Trouble::HpaAtMaximum {
        target: Subject {
            kind: "Deployment".into(),
            name: "beta-back".into(),
        },
        maximum: 6,
    };
    let kind = Kind::HorizontalPodAutoscaler.name();
    shared(pod, Cause::Object(id), kind, "beta-scaler", trouble)
}

/// What the key that opens does here, as the footer tells it.
fn opens(bench: &mut Bench) -> Option<String> {
    let text = bench.text();
    let footer = text.lines().last().unwrap().trim_start_matches(['"', ' ']);
    let hint = footer.strip_prefix("Enter ")?;
    hint.split("  ").next().map(str::to_owned)
}

/// The page that is open, as its side and its object.
fn page(bench: &Bench) -> String {
    match bench.app.trail.page() {
        Page::Aspect(aspect, object) => {
            format!("{aspect:?} {} {}", object.kind.name(), object.name)
        }
        page => format!("{page:?}"),
    }
}

/// Down to the line that has the words.
fn seek(bench: &mut Bench, words: &str) -> String {
    for _ in 0..40 {
        if bench.selected().contains(words) {
            return bench.selected();
        }
        bench.keys("j");
    }
    panic!("{words}\n{}", bench.text());
}

/// The page of why, on its first reason.
fn why(of: impl FnOnce(&Pod) -> Finding) -> Bench {
    let mut bench = trouble(of);
    bench.keys("4 x");
    bench
}

#[test]
fn why_leads_80() {
    let mut bench = why(crash);
    assert_snapshot!(bench.text());
}

#[test]
fn why_leads_132() {
    let mut bench = why(crash);
    bench.resize(132, 40);
    assert_snapshot!(bench.text());
}

/// A finding, the label of its reason, and the page that it leads to.
type Case = (fn(&Pod) -> Finding, &'static str, &'static str);

#[test]
fn each_reason_leads_to_what_tells_more_of_it() {
    let expected: [Case; 6] = [
        (crash, "log", "Logs Pod beta-back-r1-7"),
        (starting, "events", "Events Pod beta-back-r1-7"),
        (unready, "describe", "Describe Pod beta-back-r1-7"),
        (node, "node", "Describe Node w1"),
        (quota, "describe", "Describe ResourceQuota dso-quota"),
        (
            autoscaler,
            "describe",
            "Describe HorizontalPodAutoscaler beta-scaler",
        ),
    ];
    for (reason, label, there) in expected {
        let mut bench = why(reason);
        assert_eq!(
            opens(&mut bench).as_deref(),
            Some(label),
            "{}",
            bench.text()
        );
        let line = bench.selected();
        assert!(line.ends_with(&format!("Enter {label}")), "{line}");
        bench.keys("Enter");
        assert_eq!(page(&bench), there);
        bench.keys("Esc");
        assert_eq!(bench.selected(), line);
    }
}

#[test]
fn a_crash_leads_to_what_was_said_before_it_while_the_next_start_is_waited_for() {
    let mut bench = why(crash);
    bench.keys("Enter");
    bench.asks();
    let asked = bench.app.dossier.lookups();
    let log = asked.values().find_map(|it| match &it.wanted {
        Wanted::Log(of) => Some((of.pod.to_string(), of.container.to_string(), of.previous)),
        _ => None,
    });
    assert_eq!(log, Some(("beta-back-r1-7".into(), "app".into(), true)));
    assert!(bench.text().contains("previous run"), "{}", bench.text());
}

#[test]
fn the_way_back_is_the_line_that_led_away() {
    let mut bench = trouble(crash);
    bench.keys("4 w");
    let line = seek(&mut bench, "…-1 ");
    for back in ["Esc", "["] {
        bench.keys("Enter");
        assert_eq!(page(&bench), "Describe Pod beta-back-r1-1");
        bench.keys(back);
        assert_eq!(bench.selected(), line, "{back}");
    }
}

#[test]
fn a_pod_that_fails_leads_to_its_log() {
    let mut bench = trouble(crash);
    bench.keys("4 w");
    seek(&mut bench, "CrashLoopBackOff 6×");
    assert_eq!(opens(&mut bench).as_deref(), Some("log"));
    bench.keys("Enter");
    assert_eq!(page(&bench), "Logs Pod beta-back-r1-7");
}

#[test]
fn an_event_leads_to_what_it_speaks_of() {
    let mut bench = trouble(crash);
    bench.keys("4 e");
    bench.asks();
    let at = bench.now.moment;
    let mut events = vec![event(57, object("beta-back").uid, "BackOff", at)];
    if let Told::Event(event) = &mut events[0] {
        event.message = "m".repeat(60).into();
    }
    events.push(event(1, object("beta-back").uid, "Killing", at.plus(-5)));
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), events);
    // Nothing of what it says is hidden for the label.
    assert!(bench.selected().ends_with("mmm…"), "{}", bench.text());
    assert_eq!(opens(&mut bench).as_deref(), Some("describe"));
    bench.keys("j");
    assert!(bench.selected().ends_with("Enter describe"));
    bench.keys("Enter");
    assert_eq!(page(&bench), "Describe Pod beta-back-1-0");
}

/// A pod that names others.
fn document() -> Document {
    let owner =
        json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "beta-back-r1", "uid": "r1"});
    let foreign = json!({"apiVersion": "batch.volcano.sh/v1", "kind": "Job", "name": "train"});
    let container = json!({
        "name": "app",
        "image": "app:1",
        "env": [
            {"name": "PLAIN", "value": "prod"},
            {"name": "URL", "valueFrom": {"secretKeyRef": {"name": "beta-db", "key": "url"}}},
        ],
        "envFrom": [{"configMapRef": {"name": "beta-conf"}}],
    });
    let value = json!({
        "metadata": {"name": "beta-back-r1-7", "ownerReferences": [owner, foreign]},
        "spec": {
            "nodeName": "w1",
            "serviceAccountName": "beta",
            "containers": [container],
            "volumes": [
                {"name": "data", "persistentVolumeClaim": {"claimName": "beta-data"}},
                {"name": "tmp", "emptyDir": {}},
            ],
        },
    });
    Document {
        value,
        ..Document::default()
    }
}

fn answer(bench: &mut Bench) {
    bench.asks();
    let told = vec![Told::Object(document().into())];
    bench.tell_where(|it| matches!(it, Wanted::Object(_)), told);
}

#[test]
fn a_description_leads_to_what_it_names() {
    let mut bench = why(unready);
    bench.keys("Enter");
    bench.resize(80, 40);
    answer(&mut bench);
    assert_snapshot!(bench.text());
    let mut found = Vec::new();
    for _ in 0..30 {
        if opens(&mut bench).is_some() {
            bench.keys("Enter");
            found.push(page(&bench));
            bench.keys("Esc");
            answer(&mut bench);
        }
        bench.keys("j");
    }
    let expected = [
        "Describe ReplicaSet beta-back-r1",
        "Describe Secret beta-db",
        "Describe ConfigMap beta-conf",
        "Describe Node w1",
        "Describe ServiceAccount beta",
        "Describe PersistentVolumeClaim beta-data",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_workload_that_runs_well_elsewhere_leads_to_its_row_and_back() {
    let mut bench = why(crash);
    bench.keys("1");
    bench.workload("betaapp", "beta-front");
    bench.keys("4");
    let row = |bench: &mut Bench| bench.selected().contains("beta-back");
    assert!(row(&mut bench), "{}", bench.text());
    bench.keys("x");
    let line = seek(&mut bench, "Enter workload");
    assert!(line.contains("beta-front"), "{line}");
    bench.keys("Enter");
    assert!(bench.text().contains("[2 Tenants]"), "{}", bench.text());
    assert!(bench.selected().contains("beta-front"), "{}", bench.text());
    bench.keys("Esc");
    assert_eq!(bench.selected(), line);
}

#[test]
fn a_line_that_leads_nowhere_says_so() {
    let mut bench = why(crash);
    bench.keys("G");
    assert_eq!(opens(&mut bench), None);
    bench.keys("Enter");
    assert!(bench.text().contains("this line leads nowhere"));
    assert!(matches!(
        bench.app.trail.page(),
        Page::Aspect(Aspect::Why, _)
    ));
}

#[test]
fn a_narrow_page_keeps_its_lines_and_tells_in_the_footer_where_one_leads() {
    let mut bench = why(crash);
    bench.resize(40, 12);
    let text = bench.text();
    assert!(!bench.selected().contains("Enter"), "{text}");
    assert_eq!(opens(&mut bench).as_deref(), Some("log"));
}
