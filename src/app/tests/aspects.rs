//! One object from its sides: what is asked for, what the text says, how one moves and searches in it.

use insta::assert_snapshot;
use serde_json::json;

use super::bench::*;
use crate::app::Effect;
use crate::insight::{Cause, Finding, Trouble};
use crate::model::{
    About, ClusterId, Document, ImageChange, Kind, Lack, Link, Problem, Rollout, Subject, Told,
    Verb, Wanted,
};
use crate::wording::Language::{self, English, French};

/// A workload in trouble, the cursor on its finding.
fn trouble(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    bench.judged(vec![hurt()], Vec::new());
    bench
}

/// The finding on a workload, in the namespace where it is.
fn hurt() -> Finding {
    Finding {
        namespace: "betaapp".into(),
        ..finding("betaapp", "beta-back", 14)
    }
}

#[test]
fn yaml_80() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    assert_snapshot!(bench.text());
}

/// Each page of an object where there is room.
#[test]
fn pages_120() {
    let mut bench = trouble(English);
    bench.resize(120, 40);
    bench.judged(
        vec![hurt()],
        vec![rollout("betaapp", "beta-back", [0, 3, 3], -250)],
    );
    for (name, key) in [
        ("describe", "d"),
        ("yaml", "y"),
        ("why", "x"),
        ("rollout", "w"),
    ] {
        bench.keys(key);
        match name {
            "describe" | "yaml" => bench.document("beta-back"),
            _ => drop(bench.asks()),
        }
        assert_snapshot!(format!("{name}_120"), bench.text());
    }
}

#[test]
fn describe_80() {
    let mut bench = trouble(English);
    bench.keys("d");
    bench.document("beta-back");
    let top = bench.text();
    bench.keys("G");
    assert_snapshot!(format!("{top}\n{}", bench.text()));
}

#[test]
fn describe_fr_132() {
    let mut bench = trouble(French);
    bench.resize(132, 40);
    bench.keys("d");
    bench.document("beta-back");
    assert_snapshot!(bench.text());
}

#[test]
fn texts_have_their_small_forms() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    assert_snapshot!(bench.small_forms());
}

#[test]
fn each_side_asks_for_what_it_shows_and_no_more() {
    let mut bench = trouble(English);
    let mut wanted = |keys: &str| {
        bench.keys(keys);
        bench.asks();
        let lookups = bench.app.dossier.lookups();
        let wanted: Vec<_> = lookups.into_values().map(|it| it.wanted).collect();
        wanted
    };
    let events = wanted("e");
    assert!(
        matches!(&events[..], [Wanted::Events(About::Namespace(_))]),
        "{events:?}"
    );
    let yaml = wanted("y");
    assert!(
        matches!(&yaml[..], [Wanted::Object(object)] if object.kind == Kind::Deployment && object.name == "beta-back"),
        "{yaml:?}"
    );
    assert_eq!(wanted("d").len(), 2);
    assert_eq!(wanted("1"), []);
}

#[test]
fn esc_leads_back_through_the_sides_to_the_row() {
    let mut bench = trouble(English);
    let row = bench.selected();
    bench.keys("y d");
    assert!(bench.text().contains("describe"));
    bench.keys("Esc");
    assert!(bench.text().contains("YAML"));
    bench.keys("Esc");
    assert_eq!(bench.selected(), row);
}

#[test]
fn a_row_that_is_no_object_says_so() {
    let mut bench = trouble(English);
    bench.keys("2 j y");
    assert!(bench.text().contains("no object stands on this row"));
}

#[test]
fn a_search_goes_to_its_lines_and_keeps_what_is_around() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    bench.keys("/ n a m e");
    let first = bench.text();
    assert!(first.contains("1 of "), "{first}");
    bench.keys("Enter n n");
    assert!(bench.text().contains("3 of "));
    bench.keys("N");
    assert!(bench.text().contains("2 of "));
    // Around the end.
    bench.keys("g N");
    let last = bench.selected();
    bench.keys("n");
    assert_ne!(bench.selected(), last);
    bench.keys("Esc");
    assert!(
        !bench.text().contains(" of 2"),
        "the search is dropped first"
    );
    assert!(bench.text().contains("YAML"));
}

#[test]
fn long_lines_are_cut_or_take_several_rows() {
    let mut bench = trouble(English);
    bench.resize(40, 24);
    bench.keys("d");
    bench.document("beta-back");
    bench.keys("/ t i m e d Enter");
    let whole = "has timed out progressing.";
    let rows = |text: &str| text.replace("\"\n\"", "").replace('\n', "");
    assert!(!rows(&bench.text()).contains(whole));
    bench.keys("z");
    assert!(bench.text().contains("progressing."), "{}", bench.text());
}

#[test]
fn what_is_missing_is_said_under_the_text() {
    let mut bench = trouble(English);
    bench.keys("y");
    assert!(bench.text().contains("being read"));
    bench.asks();
    let object = |wanted: &Wanted| matches!(wanted, Wanted::Object(_));
    let denied = Lack::Denied {
        verb: Verb::Get,
        resource: "deployments.apps".into(),
    };
    bench.tell_where(object, vec![Told::Lack(denied)]);
    assert!(
        bench
            .text()
            .contains("needs the right: get deployments.apps")
    );
    bench.document("beta-back");
    bench.tell_where(object, vec![Told::Gone]);
    let text = bench.text();
    assert!(
        text.contains("it is not there any more") && text.contains("apiVersion"),
        "{text}"
    );
}

#[test]
fn a_text_that_shrinks_keeps_the_cursor_in_it() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    bench.keys("G");
    let mut short = document("beta-back");
    short.yaml.truncate(3);
    let object = |wanted: &Wanted| matches!(wanted, Wanted::Object(_));
    bench.tell_where(object, vec![Told::Object(short.into())]);
    assert!(bench.text().contains("line 3 of 3"));
    bench.keys("k");
    assert!(bench.text().contains("line 2 of 3"));
}

#[test]
fn a_revision_and_a_pod_lead_to_their_object() {
    let mut bench = trouble(English);
    bench.keys("Enter");
    let asked = |bench: &mut Bench| {
        bench.keys("y");
        let lookups = bench.app.dossier.lookups();
        let name = lookups.values().find_map(|it| match &it.wanted {
            Wanted::Object(object) => Some(format!("{} {}", object.kind.name(), object.name)),
            _ => None,
        });
        bench.keys("Esc");
        name
    };
    assert_eq!(asked(&mut bench).as_deref(), Some("Deployment beta-back"));
    bench.keys("+ j");
    assert_eq!(asked(&mut bench).as_deref(), Some("Deployment beta-back"));
    bench.keys("+ j");
    assert_eq!(asked(&mut bench).as_deref(), Some("Pod beta-back-r1-1"));
}

#[test]
fn rollout_80() {
    let mut bench = trouble(English);
    let id = object("beta-back");
    let mut moving = rollout("betaapp", "beta-back", [0, 3, 3], -250);
    moving.verdict = Rollout::DeadlineExceeded;
    moving.images = vec![ImageChange {
        container: "app".into(),
        from: "harbor.cpin.test/beta-back:2.13.4".into(),
        to: "harbor.cpin.test/beta-back:2.14.0".into(),
    }];
    bench.judged(vec![hurt()], vec![moving]);
    bench.keys("w");
    bench.asks();
    let told = [
        (57, "BackOff", -30),
        (1, "ScalingReplicaSet", -50),
        (2, "Pulled", -9000),
    ];
    let events =
        told.map(|(count, reason, at)| event(count, id.uid, reason, bench.now.moment.plus(at)));
    let mut events: Vec<_> = events.into();
    events.push(Told::Whole);
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), events);
    let stuck = bench.text();
    // Before the rollout began.
    assert!(!stuck.contains("Pulled"));
    bench.judged(Vec::new(), Vec::new());
    assert_snapshot!(format!("{stuck}\n{}", bench.text()));
}

#[test]
fn a_pod_has_the_rollout_and_the_why_of_its_workload() {
    for (key, side) in [("w", "live rollout"), ("x", "why")] {
        let mut bench = trouble(English);
        bench.keys("Enter + j + j");
        assert!(bench.selected().contains("-1 "), "{}", bench.text());
        bench.keys(key);
        let text = bench.text();
        assert!(
            text.contains("beta-back \u{b7} ") && text.contains(side),
            "{text}"
        );
    }
}

#[test]
fn what_has_no_revisions_has_neither_rollout_nor_why() {
    for (key, said) in [
        ("w", "it has no revisions to roll out"),
        (
            "x",
            "why is told of Deployments, StatefulSets, DaemonSets and Argo",
        ),
    ] {
        let mut bench = trouble(English);
        bench.keys("Enter k k");
        bench.keys(key);
        assert!(bench.text().contains(said), "{}", bench.text());
    }
}

#[test]
fn why_80() {
    let mut bench = trouble(English);
    bench.keys("x");
    assert_snapshot!(bench.text());
}

#[test]
fn a_page_of_a_lost_cluster_says_since_when_it_is_not_seen() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    let lost = bench.now.moment;
    bench.later(61);
    bench.link(
        1,
        Link::Degraded {
            problem: Problem::Unreachable {
                detail: "i/o timeout".into(),
            },
            since: lost,
            tries: 1,
            next_try: None,
        },
    );
    bench.judged(vec![hurt()], Vec::new());
    for keys in ["d", "e", "w", "x", "y"] {
        bench.keys(keys);
        assert!(
            bench.text().contains("last seen"),
            "{keys}: {}",
            bench.text()
        );
    }
}

#[test]
fn the_object_its_line_and_its_text_can_be_copied() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    bench.keys("j c");
    let text = bench.text();
    assert!(
        text.contains("kind: Deployment") && text.contains("lines"),
        "{text}"
    );
    assert_eq!(
        bench.keys("Enter"),
        [Effect::Copy("kind: Deployment".into())]
    );
}

#[test]
fn keys_that_mean_nothing_in_a_text_do_nothing() {
    let mut bench = trouble(English);
    bench.resize(132, 40);
    bench.keys("y");
    bench.document("beta-back");
    bench.keys("Tab s Space V < >");
    bench.keys("j");
    assert!(bench.text().contains("line 2 of"), "{}", bench.text());
}

#[test]
fn a_retry_asks_again_for_what_a_page_lacks() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.asks();
    let denied = Lack::Denied {
        verb: Verb::Get,
        resource: "deployments.apps".into(),
    };
    bench.tell_where(
        |it| matches!(it, Wanted::Object(_)),
        vec![Told::Lack(denied)],
    );
    assert_eq!(bench.keys("C-r"), [Effect::Retry(ClusterId(1))]);
}

#[test]
fn a_rollout_hurt_by_a_shared_cause_is_not_called_complete() {
    let mut bench = trouble(English);
    let shared = Finding {
        cause: Cause::Node(ClusterId(1), "w1".into()),
        trouble: Trouble::NodeNotReady {
            reason: "NodeStatusUnknown".into(),
            message: "".into(),
            inferred: false,
        },
        subject: Subject {
            kind: "Node".into(),
            name: "w1".into(),
        },
        ..hurt()
    };
    bench.judged(vec![shared], Vec::new());
    bench.keys("4 w");
    let text = bench.text();
    assert!(
        text.contains("no rollout moves") && !text.contains("complete"),
        "{text}"
    );
}

#[test]
fn q_closes_the_text_and_ends_the_program_only_from_a_screen() {
    let mut bench = trouble(English);
    for page in ["y", "h"] {
        bench.keys(page);
        assert!(!bench.keys("q").contains(&Effect::Quit), "{page}");
        assert!(bench.text().contains("[1 Watch]"));
    }
    assert_eq!(bench.keys("q"), [Effect::Quit]);
}

/// The description of an object of that text.
fn described(value: serde_json::Value) -> String {
    let mut bench = trouble(English);
    bench.resize(120, 40);
    bench.keys("d");
    bench.asks();
    let document = Document {
        value,
        ..Document::default()
    };
    let told = vec![Told::Object(document.into())];
    bench.tell_where(|it| matches!(it, Wanted::Object(_)), told);
    bench.text()
}

#[test]
fn what_lies_in_lists_is_described_too_and_what_is_kept_under_other_names() {
    let backend = json!({"service": {"name": "web", "port": {"number": 80}}});
    let text = described(json!({
        "metadata": {"name": "front"},
        "spec": {"rules": [{"host": "a.test", "http": {"paths": [{"path": "/", "backend": backend}]}}], "empty": ""},
        "status": {"images": [{"names": ["many"]}]},
        "provisioner": "csi.test",
        "data": {"mode": "night\nand day"},
    }));
    for (key, said) in [
        ("rules[0].host", "a.test"),
        ("rules[0].http.paths[0].backend.service.name", "web"),
        ("provisioner", "csi.test"),
        ("mode", "night and day"),
    ] {
        let has = |line: &str| line.contains(key) && line.contains(said);
        assert!(text.lines().any(has), "{key}: {text}");
    }
    assert!(!text.contains("empty") && !text.contains("many"), "{text}");
}

#[test]
fn a_long_list_is_cut_with_a_word_where_all_of_it_is() {
    let rules: Vec<_> = (0..500)
        .map(|it| json!({"host": format!("h{it}.test")}))
        .collect();
    let text = described(json!({"metadata": {"name": "front"}, "spec": {"rules": rules}}));
    assert!(
        text.contains("h0.test") && text.contains("line 1 of 127"),
        "{text}"
    );
}

#[test]
fn what_is_gone_before_it_was_read_is_not_said_to_be_as_it_was() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.asks();
    bench.tell_where(|it| matches!(it, Wanted::Object(_)), vec![Told::Gone]);
    let text = bench.text();
    assert!(
        text.contains("it is gone, and nothing was read of it before"),
        "{text}"
    );
}

#[test]
fn an_event_of_another_day_says_which() {
    let mut bench = trouble(English);
    bench.keys("e");
    bench.asks();
    let about = object("beta-back").uid;
    let at = night();
    let events = vec![
        event(1, about, "Pulled", at.plus(-60)),
        event(2, about, "BackOff", at.plus(-2 * 86_400)),
        Told::Whole,
    ];
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), events);
    let text = bench.text();
    assert!(text.contains(" 03:11:44  Pulled"), "{text}");
    assert!(text.contains(" 22/11 03:12:44  BackOff"), "{text}");
}
