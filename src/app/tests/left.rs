//! What was left in a temporary state: who did it is told, wherever the row is read.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::Effect;
use crate::insight::stage;
use crate::model::{ClusterId, Declared, Delta, Object, Sizing, Way, Workload, Writer};
use crate::wording::Language::{self, English, French};

const DAY: i64 = 86_400;

fn by(bench: &Bench, name: &str, age: i64) -> Writer {
    Writer {
        name: name.into(),
        at: Some(bench.now.moment.plus(-age)),
    }
}

/// Each state, left by a person.
fn left(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    let scaled = |name: &str, count, declared| {
        let mut workload = stage::deployment("betaapp", name, count);
        let labels = [("helm.toolkit.fluxcd.io/name", "beta")];
        workload.meta.labels = labels.into_iter().collect();
        workload.sizing = Some(Box::new(Sizing {
            writer: by(&bench, "kubectl", 3 * 3600),
            way: Way::Scaled,
            declared,
        }));
        workload
    };
    let paused = Workload {
        paused: true,
        paused_by: Some(Box::new(by(&bench, "kubectl-rollout", 120))),
        ..stage::deployment("betaapp", "beta-back", 2)
    };
    let mut job = stage::cron_job("candilib", "purge-sessions");
    job.suspended = true;
    job.suspended_by = Some(Box::new(by(&bench, "kubectl-edit", 5 * DAY)));
    let mut node = stage::node("w1");
    node.unschedulable = true;
    node.cordoned_by = Some(Box::new(by(&bench, "kubectl", DAY + 8 * 3600)));
    let objects = [
        Object::Workload(scaled("beta-front", 5, Declared::Replicas(2))),
        Object::Workload(scaled("beta-batch", 0, Declared::Unknown)),
        Object::Workload(paused),
        Object::CronJob(job),
        Object::Node(node),
    ];
    for object in objects {
        bench.fact(Delta::Upsert(ClusterId(1), object));
    }
    bench.judged(Vec::new(), Vec::new());
    bench
}

/// The lines of the strip.
fn strip(bench: &mut Bench) -> String {
    let text = bench.text();
    let lines = text.lines().filter(|line| line.contains('‖'));
    let lines: Vec<_> = lines.map(str::trim_end).collect();
    lines.join("\n")
}

#[test]
fn each_state_says_for_how_long_and_by_whom() {
    let mut said = String::new();
    for language in [English, French] {
        for size in [(80, 48), (132, 48)] {
            let mut bench = left(language);
            bench.resize(size.0, size.1);
            said += &strip(&mut bench);
            said += "\n\n";
        }
    }
    assert_snapshot!(said);
}

/// The cursor on the line of that name, found by the filter.
fn on(name: &str) -> Bench {
    let mut bench = left(English);
    bench.keys("/");
    bench.types(name);
    bench.keys("Enter j");
    assert!(bench.selected().contains('‖'), "{}", bench.text());
    bench
}

#[test]
fn the_filter_finds_a_line_by_who_left_it_so() {
    let mut bench = on("kubectl-edit");
    let strip = strip(&mut bench);
    assert!(strip.contains("purge-sessions"), "{strip}");
    assert!(!strip.contains("beta-front"), "{strip}");
}

#[test]
fn a_line_is_copied_as_it_stands() {
    let mut bench = on("beta-front");
    let mut copied = Vec::new();
    for at in 0..6 {
        bench.keys("c");
        let keys = format!("{} Enter", vec!["Down"; at].join(" "));
        if let Some(Effect::Copy(text)) = bench.keys(keys.trim()).pop() {
            copied.push(text);
        }
    }
    let line = "beta-front scaled 2→5 by hand, 3h, by kubectl";
    assert!(copied.iter().any(|it| it.contains(line)), "{copied:?}");
}

#[test]
fn a_workload_opens_on_the_page_of_its_tenant_and_a_node_lists_what_runs_on_it() {
    let mut bench = on("beta-front");
    bench.keys("Enter");
    assert!(bench.selected().contains("beta-front"), "{}", bench.text());
    let mut bench = on("cordoned");
    bench.keys("Enter");
    let text = bench.text();
    assert!(text.contains("[4 Deployments]"), "{text}");
    assert!(text.contains("/ node=w1"), "{text}");
}
