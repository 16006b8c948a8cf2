//! The page of logs: whose are asked for, how their lines stand together, how one follows and stops.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::{Effect, Message, update};
use crate::insight::stage::{self, Sicken};
use crate::model::{
    ClusterId, Delta, Kind, Lack, Level, LogLine, LogNews, LogOf, Object, Record, Stamp, Told,
    Verb, Wanted,
};
use crate::viewmodel::{Aspect, LOGS_AT_ONCE, Page};
use crate::wording::Language::{self, English, French};

/// A workload of so many pods, the first of them in a crash loop; the cursor is on it.
fn workload(language: Language, pods: u32) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    for number in 0..pods {
        add_pod(&mut bench, number);
    }
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("4");
    bench
}

fn add_pod(bench: &mut Bench, number: u32) {
    let mut deployment = stage::deployment("betaapp", "beta-back", 3);
    deployment.meta.uid = object("beta-back").uid;
    let set = stage::replica_set(&deployment, 1, 3, 3);
    let mut pod = stage::pod_of(&set, number, i64::from(number));
    if number == 0 {
        pod = pod.crashing(7, stage::ended("Error", 1, "", 10), 10);
    }
    bench.fact(Delta::Upsert(ClusterId(1), Object::Pod(pod)));
}

fn asked(bench: &Bench) -> Vec<LogOf> {
    let lookups = bench.app.dossier.lookups();
    let log = |wanted| match wanted {
        Wanted::Log(of) => Some(of),
        _ => None,
    };
    let found = lookups.into_values().filter_map(|it| log(it.wanted));
    found.collect()
}

/// A line so many milliseconds after 03:12:00.
fn line(at: i64, text: &str) -> LogLine {
    let noon = Stamp::from_rfc3339("2026-11-24T03:12:00+01:00").unwrap();
    LogLine {
        at: Some(Stamp(noon.0 + at * 1_000_000)),
        level: [
            ("WARN", Level::Warn),
            ("ERROR", Level::Error),
            ("FATAL", Level::Fatal),
            ("INFO", Level::Info),
        ]
        .into_iter()
        .find_map(|(word, level)| text.starts_with(word).then_some(level)),
        text: text.into(),
        record: None,
    }
}

fn say(bench: &mut Bench, pod: u32, news: Vec<LogNews>) {
    let name = format!("beta-back-r1-{pod}");
    let news = news.into_iter().map(Told::Log).collect();
    let of = |it: &Wanted| matches!(it, Wanted::Log(of) if of.pod == name);
    bench.tell_where(of, news);
}

fn lines(bench: &mut Bench, pod: u32, from: i64, count: i64) {
    let lines = (from..from + count).map(|at| line(at * 10, &format!("INFO  line {at}")));
    say(bench, pod, vec![LogNews::Lines(lines.collect())]);
}

fn whole(bench: &mut Bench) {
    for of in asked(bench) {
        bench.tell_where(|it| *it == Wanted::Log(of.clone()), vec![Told::Whole]);
    }
}

/// As frame `logs-80` tells it.
fn told(language: Language) -> Bench {
    let mut bench = workload(language, 3);
    bench.keys("l");
    bench.asks();
    say(
        &mut bench,
        1,
        vec![LogNews::Lines(vec![
            line(5118, "INFO  GET /api/v2/dossiers 200 41ms"),
            line(9902, "WARN  pool wait 812ms (20/20 in use)"),
        ])],
    );
    say(
        &mut bench,
        0,
        vec![
            LogNews::Lines(vec![line(6820, "INFO  reading /etc/beta/app.yaml")]),
            LogNews::Over,
            LogNews::Again,
            LogNews::Lines(vec![
                line(7611, "INFO  beta-back 2.14.0 starting, profile prod"),
                line(7823, "FATAL config: DB_URL is not set"),
                line(7823, "  at io.beta.Config.read(Config.java:41)"),
            ]),
            LogNews::Over,
        ],
    );
    let record = LogLine {
        level: Some(Level::Error),
        record: Some(Box::new(Record {
            message: "ERROR no user of that name".into(),
            fields: "status=404 user=martin".into(),
        })),
        ..line(8500, "{}")
    };
    let news = vec![
        LogNews::Lines(vec![record]),
        LogNews::Gap,
        LogNews::Lines(vec![line(12_005, "INFO  GET /healthz 200 1ms")]),
    ];
    say(&mut bench, 2, news);
    whole(&mut bench);
    bench
}

#[test]
fn logs_80() {
    assert_snapshot!(told(English).text());
}

#[test]
fn logs_120() {
    let mut bench = told(English);
    bench.resize(120, 40);
    assert_snapshot!(bench.text());
}

#[test]
fn logs_fr_132() {
    let mut bench = told(French);
    bench.resize(132, 40);
    assert_snapshot!(bench.text());
}

#[test]
fn logs_have_their_small_forms() {
    let mut bench = told(English);
    assert_snapshot!(bench.small_forms());
}

#[test]
fn a_workload_is_heard_through_its_pods_and_a_new_one_joins() {
    let mut bench = workload(English, 2);
    bench.keys("l");
    bench.asks();
    assert_eq!(asked(&bench).len(), 2);
    assert!(
        asked(&bench)
            .iter()
            .all(|it| !it.previous && it.container == "app")
    );
    lines(&mut bench, 1, 0, 3);
    add_pod(&mut bench, 2);
    bench.judged(Vec::new(), Vec::new());
    bench.asks();
    assert_eq!(asked(&bench).len(), 3);
    assert!(bench.text().contains("line 2"), "what was told stays");
}

#[test]
fn what_a_pod_said_stays_when_it_is_gone() {
    let mut bench = workload(English, 2);
    bench.keys("l");
    bench.asks();
    lines(&mut bench, 1, 0, 3);
    let uid = stage::pod("betaapp", "beta-back-r1-1", None, 0).meta.uid;
    let deleted = Delta::Remove(ClusterId(1), Kind::Pod, uid);
    bench.fact(deleted);
    bench.judged(Vec::new(), Vec::new());
    bench.asks();
    assert!(bench.text().contains("line 2"), "{}", bench.text());
}

#[test]
fn more_than_can_be_read_at_once_are_named() {
    let mut bench = workload(English, 25);
    bench.keys("l");
    bench.asks();
    assert_eq!(asked(&bench).len(), LOGS_AT_ONCE);
    let text = bench.text();
    assert!(text.contains("are not read: 4, 3, 2 and 2 more"), "{text}");
}

#[test]
fn the_end_is_followed_until_the_cursor_leaves_it() {
    let mut bench = workload(English, 2);
    bench.keys("l");
    bench.asks();
    lines(&mut bench, 1, 0, 100);
    assert!(bench.selected().contains("line 99"));
    lines(&mut bench, 1, 100, 100);
    assert!(bench.selected().contains("line 199"));
    bench.keys("k k");
    lines(&mut bench, 1, 200, 100);
    assert!(bench.selected().contains("line 197"));
    // Lines of another pod come in above: the cursor keeps its line, and the view stays around it.
    let before = bench.text();
    lines(&mut bench, 0, 0, 50);
    assert!(bench.selected().contains("line 197"));
    let body = |text: &str| {
        text.lines()
            .skip(3)
            .take(15)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(body(&bench.text()), body(&before));
    assert!(bench.text().contains("paused"));
    bench.keys("G");
    lines(&mut bench, 1, 300, 1);
    assert!(bench.selected().contains("line 300"));
    assert!(bench.text().contains("live"));
}

#[test]
fn a_pause_loses_no_line() {
    let mut bench = workload(English, 2);
    bench.keys("l");
    bench.asks();
    lines(&mut bench, 1, 0, 10_000);
    bench.keys("f");
    for part in 1..10 {
        lines(&mut bench, 1, part * 10_000, 1_100);
    }
    assert!(bench.selected().contains("line 9999"));
    assert!(
        bench.text().contains("19,900 lines kept"),
        "{}",
        bench.text()
    );
    bench.keys("g");
    assert!(bench.selected().contains("line 0"));
    // Past twice the bound the oldest go, and that is said.
    lines(&mut bench, 1, 200_000, 1_000);
    assert!(
        bench.text().contains("900 older dropped"),
        "{}",
        bench.text()
    );
    bench.keys("f");
    assert!(
        bench.text().contains("10,000 lines kept"),
        "{}",
        bench.text()
    );
    assert!(bench.selected().contains("line 200999"));
}

#[test]
fn levels_times_and_records_are_shown_as_asked() {
    let mut bench = told(English);
    assert!(bench.text().contains("03:12:05.118 INFO  GET"));
    assert!(
        bench
            .text()
            .contains("ERROR no user of that name  status=404")
    );
    assert!(!bench.text().contains("line 12 of 12"));
    bench.keys("m");
    assert!(bench.text().contains("1  INFO  GET"), "{}", bench.text());
    bench.keys("v");
    let text = bench.text();
    assert!(
        text.contains("WARN  pool") && !text.contains("GET"),
        "{text}"
    );
    assert!(
        text.contains("Config.java"),
        "a trace goes with its error: {text}"
    );
    bench.keys("v");
    assert!(!bench.text().contains("WARN  pool"));
    bench.keys("v");
    assert!(bench.text().contains("WARN  pool"));
}

#[test]
fn a_search_begins_at_the_last_hit_and_keeps_what_is_around() {
    let mut bench = told(English);
    bench.keys("/ D B _ Enter");
    let text = bench.text();
    assert!(bench.selected().contains("DB_URL"));
    assert!(
        text.contains("1 of 1") && text.contains("pool wait"),
        "{text}"
    );
    bench.keys("/");
    bench.keys("C-u 4 0 4 Enter");
    assert!(bench.selected().contains("status=404"), "{}", bench.text());
}

#[test]
fn a_log_that_opens_wrapped_fills_the_screen_too() {
    let mut bench = workload(English, 1);
    bench.keys("l z Esc l");
    bench.asks();
    lines(&mut bench, 0, 0, 30);
    bench.tick();
    let text = bench.text();
    let shown = text.lines().filter(|it| it.contains("line ")).count();
    assert!(shown >= 17, "{text}");
}

#[test]
fn one_container_of_several_can_be_heard() {
    let mut bench = workload(English, 1);
    let mut pod = stage::pod("betaapp", "two", None, 0);
    let mut proxy = stage::runs(0);
    proxy.name = "proxy".into();
    pod.containers.push(proxy);
    bench.fact(Delta::Upsert(ClusterId(1), Object::Pod(pod)));
    bench.judged(Vec::new(), Vec::new());
    let object = crate::model::ObjectRef {
        cluster: ClusterId(1),
        kind: Kind::Pod.into(),
        namespace: "betaapp".into(),
        name: "two".into(),
        uid: None,
    };
    bench
        .app
        .turn_to(Page::Aspect(Aspect::Logs, object), bench.now);
    let mut heard = |keys: &str| {
        if !keys.is_empty() {
            bench.keys(keys);
        }
        bench.asks();
        let found = asked(&bench).into_iter().map(|it| it.container.to_string());
        (found.collect::<Vec<_>>(), bench.text())
    };
    assert_eq!(heard("").0, ["app", "proxy"]);
    let (containers, text) = heard("i");
    assert_eq!(containers, ["app"]);
    assert!(text.contains("app · live"), "{text}");
    assert_eq!(heard("i").0, ["proxy"]);
    assert_eq!(heard("i").0.len(), 2);
}

#[test]
fn the_previous_run_is_asked_of_what_ran_before() {
    let mut bench = told(English);
    bench.keys("p");
    bench.asks();
    let wanted = asked(&bench);
    assert_eq!(wanted.len(), 1);
    assert!(wanted[0].previous && wanted[0].pod == "beta-back-r1-0");
    assert!(bench.text().contains("previous run"));
    bench.keys("p r");
    bench.asks();
    assert_eq!(asked(&bench)[0].reach.seconds, Some(300));
    assert!(bench.text().contains("last 5m"), "{}", bench.text());
}

#[test]
fn what_is_missing_is_said_once_with_its_right() {
    let mut bench = workload(English, 3);
    bench.keys("l");
    assert!(bench.text().contains("being read"));
    bench.asks();
    let denied = Lack::Denied {
        verb: Verb::Get,
        resource: "pods/log".into(),
    };
    for of in asked(&bench) {
        let lack = vec![Told::Lack(denied.clone())];
        bench.tell_where(|it| *it == Wanted::Log(of.clone()), lack);
    }
    assert!(bench.text().contains("needs the right: get pods/log"));
    let waits = Lack::NotStarted("ContainerCreating".into());
    for of in asked(&bench) {
        let news = if of.pod == "beta-back-r1-2" {
            Told::Lack(waits.clone())
        } else {
            Told::Whole
        };
        bench.tell_where(|it| *it == Wanted::Log(of.clone()), vec![news]);
    }
    let text = bench.text();
    assert!(
        text.contains("2: not started yet: ContainerCreating"),
        "{text}"
    );
}

#[test]
fn no_line_has_its_reason() {
    let mut bench = workload(English, 1);
    bench.keys("l");
    bench.asks();
    whole(&mut bench);
    assert!(bench.text().contains("nothing was said yet"));
    lines(&mut bench, 0, 0, 2);
    bench.keys("v");
    assert!(bench.text().contains("no line of that level"));
}

#[test]
fn marked_rows_are_heard_together() {
    let mut bench = workload(English, 2);
    bench.workload("betaapp", "beta-front");
    bench.judged(Vec::new(), Vec::new());
    bench.keys("4 Space Space l");
    bench.asks();
    let pods: Vec<_> = asked(&bench).into_iter().map(|it| it.pod).collect();
    assert!(
        pods.iter().any(|it| it.starts_with("beta-back")),
        "{pods:?}"
    );
    assert!(
        pods.iter().any(|it| it.starts_with("beta-front")),
        "{pods:?}"
    );
    // The same row alone is another page of logs.
    bench.keys("Esc Esc g l");
    bench.asks();
    let front = |it: &LogOf| it.pod.starts_with("beta-front");
    let kinds = asked(&bench)
        .iter()
        .map(front)
        .collect::<std::collections::HashSet<_>>();
    assert_eq!(kinds.len(), 1);
}

#[test]
fn what_is_shown_is_kept_in_a_file() {
    let mut bench = told(English);
    bench.keys("v v");
    let effects = bench.keys("W");
    let [Effect::Save { name, text }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(name, "beta-back-20261124-031245.log");
    assert_snapshot!(text);
    assert_eq!(workload(English, 1).keys("W"), []);
}

#[test]
fn a_tenant_has_no_log() {
    let mut bench = workload(English, 1);
    bench.keys("2 l");
    assert!(bench.text().contains("has logs"), "{}", bench.text());
}

#[test]
fn a_look_at_the_keys_loses_no_line() {
    let mut bench = workload(English, 2);
    bench.keys("l r");
    bench.asks();
    lines(&mut bench, 1, 0, 100);
    bench.keys("k k ?");
    bench.asks();
    lines(&mut bench, 1, 100, 100);
    bench.keys("Esc");
    bench.asks();
    assert!(bench.selected().contains("line 97"), "{}", bench.text());
    bench.keys("G");
    assert!(bench.selected().contains("line 199"));
}

#[test]
fn its_keys_are_all_in_help_at_80_by_24() {
    for language in [English, French] {
        let mut bench = workload(language, 1);
        bench.keys("l ?");
        let text = bench.text();
        let catalogue = crate::wording::Catalogue::new(language);
        for words in ["keys-run", "keys-level", "keys-lines", "keys-quit"] {
            assert!(text.contains(&catalogue.say(words)), "{words}\n{text}");
        }
    }
}

#[test]
fn a_rollout_shows_the_end_of_what_its_failing_container_says() {
    let mut bench = workload(English, 2);
    bench.keys("w");
    bench.asks();
    let of = asked(&bench);
    let heard: Vec<_> = of.iter().map(|it| (it.pod.as_str(), it.previous)).collect();
    assert_eq!(heard, [("beta-back-r1-0", false)]);
    let starts = (0..6).map(|at| line(at * 10, &format!("INFO  line {at}")));
    let dies = line(7823, "FATAL config: DB_URL is not set");
    let said = LogNews::Lines(starts.chain([dies]).collect());
    say(&mut bench, 0, vec![said, LogNews::Over]);
    assert_snapshot!("rollout_log_80", bench.text());
    // A judgement, before anything is drawn of it, closes nothing.
    update(&mut bench.app, Message::Judge, bench.now);
    assert!(bench.text().contains("DB_URL"), "{}", bench.text());
    let lack = Lack::Denied {
        verb: Verb::Get,
        resource: "pods/log".into(),
    };
    bench.tell_where(|it| matches!(it, Wanted::Log(_)), vec![Told::Lack(lack)]);
    let denied = bench.text();
    assert!(denied.contains("needs the right: get pods/log"), "{denied}");
    assert!(denied.contains("DB_URL"), "{denied}");
}
