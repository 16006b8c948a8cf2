//! The history of a workload: its revisions, and what two of them say differently.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::bench::*;
use crate::app::{Message, update};
use crate::insight::Finding;
use crate::insight::stage::{self, Sicken};
use crate::model::{
    ClusterId, Delta, Document, Kind, Lack, Moment, Object, ReplicaSet, Told, Verb, Wanted,
    Workload, Writer,
};
use crate::wording::Language::{self, English, French};

/// Revision 15 of a Deployment does not come up, 14 runs, 13 was before.
pub(super) fn stuck(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    for fact in facts(false) {
        bench.fact(fact);
    }
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench
}

fn day(days: i64) -> Moment {
    night().plus(-86_400 * days)
}

fn deployment(paused: bool) -> Workload {
    let mut deployment = stage::deployment("betaapp", "beta-back", 3);
    deployment.meta.uid = object("beta-back").uid;
    deployment.revision = Some(15);
    deployment.paused = paused;
    deployment
}

fn set(number: u64, ready: u32, made: Moment) -> ReplicaSet {
    let wanted = if number < 14 { 0 } else { 3 };
    let mut set = stage::replica_set(&deployment(false), number, wanted, ready);
    set.meta.created = Some(made);
    let image = format!("harbor.cpin.test/betaapp/beta-back:2.{number}.0");
    set.template = stage::template(&image);
    set
}

pub(super) fn facts(paused: bool) -> Vec<Delta> {
    let sets = [
        set(15, 0, night().plus(-854)),
        set(14, 3, day(6)),
        set(13, 0, day(12)),
    ];
    let mut objects = vec![Object::Workload(deployment(paused))];
    for number in 0..3 {
        let [new, old, _] = &sets;
        let end = stage::ended("Error", 1, "", 0);
        objects.push(Object::Pod(
            stage::pod_of(new, number, 0).crashing(6, end, 0),
        ));
        objects.push(Object::Pod(stage::pod_of(old, number, 0)));
    }
    objects.extend(sets.into_iter().map(Object::ReplicaSet));
    let upsert = |it| Delta::Upsert(ClusterId(1), it);
    objects.into_iter().map(upsert).collect()
}

pub(super) fn template(number: u64) -> Value {
    let (variable, memory) = match number {
        15 => ("DATABASE_URL", "384Mi"),
        _ => ("DB_URL", "512Mi"),
    };
    let map = if number == 13 {
        "beta-conf-41ac"
    } else {
        "beta-conf-9d7e"
    };
    let from = json!({"secretKeyRef": {"name": "beta-db", "key": "url"}});
    json!({
        "metadata": {"labels": {"app": "beta-back", "pod-template-hash": format!("h{number}")}},
        "spec": {
            "containers": [{
                "name": "app",
                "image": format!("harbor.cpin.test/betaapp/beta-back:2.{number}.0"),
                "env": [{"name": "PROFILE", "value": "prod"}, {"name": variable, "valueFrom": from}],
                "resources": {"limits": {"memory": memory}, "requests": {"cpu": "100m"}},
                "ports": [{"containerPort": 8080, "protocol": "TCP"}],
            }],
            "volumes": [{"name": "conf", "configMap": {"name": map}}],
        },
    })
}

fn config_map(name: &str) -> Value {
    let level = if name.ends_with("41ac") {
        "info"
    } else {
        "debug"
    };
    let lines = [
        "server:",
        "  port: 8080",
        "log:",
        &format!("  level: {level}"),
        "  json: true",
        "",
    ];
    json!({"data": {"app.yaml": lines.join("\n"), "mode": "prod"}})
}

/// What the server keeps under that name.
fn kept(kind: Kind, name: &str) -> Document {
    let value = match (kind, name.rsplit_once("-r")) {
        (Kind::ConfigMap, _) => config_map(name),
        (Kind::ReplicaSet, Some((_, number))) => {
            json!({"spec": {"template": template(number.parse().unwrap())}})
        }
        _ => json!({"spec": {"template": template(15), "revisionHistoryLimit": 2}}),
    };
    let writer = |name: &str, seconds| Writer {
        name: name.into(),
        at: Some(night().plus(seconds)),
    };
    Document {
        value,
        writers: vec![
            writer("kubectl-scale", -30),
            writer("argocd-controller", -855),
        ],
        ..Document::default()
    }
}

/// Answers all that is asked for, and what that leads to.
fn answer(bench: &mut Bench) {
    for _ in 0..2 {
        bench.asks();
        for (id, lookup) in bench.app.dossier.lookups() {
            let Wanted::Object(object) = lookup.wanted else {
                continue;
            };
            let document = kept(object.kind.known().unwrap(), &object.name);
            let told = Message::Told(id, vec![Told::Object(document.into())]);
            assert_eq!(update(&mut bench.app, told, bench.now), []);
        }
    }
}

fn opened(language: Language) -> Bench {
    let mut bench = stuck(language);
    bench.keys("h");
    answer(&mut bench);
    bench
}

fn asked_names(bench: &Bench) -> Vec<String> {
    let lookups = bench.app.dossier.lookups().into_values();
    let names = lookups.filter_map(|it| match it.wanted {
        Wanted::Object(object) => Some(format!("{} {}", object.kind.name(), object.name)),
        _ => None,
    });
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn history_80() {
    assert_snapshot!(opened(English).text());
}

#[test]
fn history_fr_80() {
    assert_snapshot!(opened(French).text());
}

#[test]
fn history_132() {
    let mut bench = opened(English);
    bench.resize(132, 40);
    bench.keys("j");
    assert_snapshot!(bench.text());
}

#[test]
fn history_fr_170() {
    let mut bench = opened(French);
    bench.resize(170, 40);
    bench.keys("j j Space");
    answer(&mut bench);
    assert_snapshot!(bench.text());
}

#[test]
fn history_has_its_small_forms() {
    let mut bench = opened(English);
    let mut all = String::new();
    for (columns, lines) in [(60, 16), (40, 10), (20, 5), (1, 1)] {
        bench.resize(columns, lines);
        all.push_str(&bench.text());
        all.push('\n');
    }
    assert_snapshot!(all);
}

#[test]
fn config_maps_that_took_the_place_of_one_another_are_compared() {
    let mut bench = stuck(English);
    bench.keys("h j Space");
    answer(&mut bench);
    assert_snapshot!(bench.text());
}

#[test]
fn any_two_are_compared_and_only_they_are_read() {
    let mut bench = opened(English);
    let workload = "Deployment beta-back";
    let expected = [
        workload,
        "ReplicaSet beta-back-r14",
        "ReplicaSet beta-back-r15",
    ];
    assert_eq!(asked_names(&bench), expected);
    assert!(bench.text().contains("what 14 → 15 changed"));
    bench.keys("G");
    answer(&mut bench);
    assert!(bench.text().contains("what 13 → 15 changed"));
    assert_eq!(asked_names(&bench).len(), 5, "two ConfigMaps with them");
    // The other side is marked, and there is one.
    bench.keys("k Space");
    assert!(bench.text().contains("what 13 → 14 changed"));
    bench.keys("Space g");
    assert!(
        bench.text().contains("what 13 → 15 changed"),
        "{}",
        bench.text()
    );
    bench.keys("Esc");
    assert!(bench.text().contains("what 14 → 15 changed"));
    bench.keys("1");
    assert_eq!(asked_names(&bench), [""; 0]);
}

#[test]
fn the_difference_scrolls_while_the_cursor_is_in_it() {
    let mut bench = opened(English);
    bench.resize(80, 17);
    let before = bench.text();
    bench.keys("Tab j");
    let after = bench.text();
    assert_ne!(before, after);
    bench.keys("Tab");
    assert_eq!(bench.text(), before);
}

#[test]
fn what_cannot_be_read_is_named() {
    let mut bench = stuck(English);
    bench.keys("h");
    assert!(bench.text().contains("being read"));
    bench.asks();
    let old = |wanted: &Wanted| matches!(wanted, Wanted::Object(it) if it.name == "beta-back-r14");
    let denied = Lack::Denied {
        verb: Verb::Get,
        resource: "replicasets.apps".into(),
    };
    bench.tell_where(old, vec![Told::Lack(denied)]);
    let text = bench.text();
    assert!(
        text.contains("rev 14: needs the right: get replicasets.apps"),
        "{text}"
    );
}

#[test]
fn the_notes_say_what_surprises() {
    let mut bench = Bench::new(English);
    bench.read_all();
    for fact in facts(true) {
        bench.fact(fact);
    }
    // Made before 14, and gone back to.
    bench.fact(Delta::Upsert(
        ClusterId(1),
        Object::ReplicaSet(set(15, 0, day(9))),
    ));
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("h");
    answer(&mut bench);
    bench.resize(80, 40);
    let text = bench.text();
    for words in [
        "none ready, again",
        "paused: a change of the template",
        "15 was made before and gone back to",
        "contents not compared",
        "older ones are gone: 2 are kept",
        "how it went was not seen",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn history_is_opened_from_a_revision_and_from_a_pod_and_leads_to_what_keeps_it() {
    let mut bench = stuck(English);
    bench.keys("Enter + j");
    assert!(bench.selected().contains("rev 15"), "{}", bench.text());
    bench.keys("j j j j");
    assert!(bench.selected().contains("rev 14"), "{}", bench.text());
    bench.keys("h");
    answer(&mut bench);
    assert!(bench.selected().contains("14"), "{}", bench.text());
    bench.keys("y");
    bench.asks();
    assert_eq!(asked_names(&bench), ["ReplicaSet beta-back-r14"]);
    bench.keys("h");
    assert!(bench.text().contains("3 revisions"));
    bench.keys("Esc Esc Esc k h");
    assert!(bench.text().contains("3 revisions"), "{}", bench.text());
}

#[test]
fn the_cursor_stays_on_a_revision_that_gets_another_number() {
    let mut bench = opened(English);
    bench.keys("j");
    assert!(bench.selected().contains("14 2.14.0"));
    let mut back = set(14, 3, day(6));
    back.revision = 16;
    bench.fact(Delta::Upsert(ClusterId(1), Object::ReplicaSet(back)));
    bench.later(5);
    bench.judged(Vec::new(), Vec::new());
    assert!(bench.selected().contains("16 2.14.0"), "{}", bench.text());
}

#[test]
fn the_only_revision_is_compared_with_none() {
    let mut bench = Bench::new(English);
    bench.read_all();
    bench.workload("betaapp", "beta-front");
    bench.keys("4 h");
    let text = bench.text();
    assert!(
        text.contains("1 revision ") && text.contains("no other revision is kept"),
        "{text}"
    );
}

#[test]
fn a_row_without_revisions_says_so() {
    let mut bench = stuck(English);
    bench.keys("2 j h");
    assert!(bench.text().contains("only Deployments, StatefulSets"));
}

#[test]
fn a_change_among_the_reasons_why_leads_to_what_it_changed() {
    let mut bench = stuck(English);
    let hurt = Finding {
        hit: vec![("betaapp".into(), place("betaapp", "prod"))],
        ..finding("betaapp", "beta-back", 14)
    };
    bench.judged(vec![hurt], Vec::new());
    bench.keys("x");
    let line = |bench: &mut Bench| {
        let lines = (0..20).map(|_| {
            bench.keys("j");
            bench.selected()
        });
        let mut lines = lines.filter(|it| it.ends_with("Enter diff"));
        lines.next()
    };
    let change = line(&mut bench);
    assert!(change.is_some(), "{}", bench.text());
    bench.keys("Enter");
    assert!(bench.text().contains("3 revisions"), "{}", bench.text());
    bench.keys("Esc");
    assert_eq!(Some(bench.selected()), change);
}

#[test]
fn history_120() {
    let mut bench = opened(English);
    bench.resize(120, 40);
    bench.keys("G");
    answer(&mut bench);
    assert_snapshot!(bench.text());
}

/// What is said with that sign, in its order, blanks left out.
fn signed(text: &str, sign: char) -> Vec<String> {
    let under = text
        .lines()
        .skip_while(|it| !it.contains("changed"))
        .skip(1);
    let cells = under.flat_map(|it| it.trim_matches('"').split('\u{2502}'));
    let said = cells.filter_map(|cell| {
        let signs = cell.find(&format!(" {sign} ")[..])?;
        let words = cell[signs + 3..].split_whitespace();
        Some(
            words
                .filter(|it| !FIELDS.contains(it))
                .collect::<Vec<_>>()
                .join(" "),
        )
    });
    said.collect()
}

/// Names of what differs, which stand before the sign or after it.
const FIELDS: [&str; 5] = [
    "image",
    "DB_URL",
    "DATABASE_URL",
    "memory",
    "configMap.name",
];

#[test]
fn beside_one_another_the_sides_say_what_they_say_one_under_the_other() {
    let mut bench = opened(English);
    bench.resize(80, 60);
    bench.keys("G");
    answer(&mut bench);
    let unified = bench.text();
    bench.resize(120, 60);
    let beside = bench.text();
    for (sign, count) in [('-', 5), ('+', 5)] {
        let said = signed(&unified, sign);
        assert_eq!(said.len(), count, "{said:?}");
        assert_eq!(signed(&beside, sign), said);
    }
}
