//! The filter with its terms, and marks, from keys to the screen.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::bench::*;
use crate::app::{Message, update};
use crate::insight::stage;
use crate::model::{ClusterId, Delta, Object};
use crate::wording::Language::{self, English, French};

/// Three tenants, four workloads; the second pod of `api-usager` is on another node, and `worker` has no replica.
fn fleet(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    for (namespace, name, pods) in [
        ("betaapp", "beta-back", 1),
        ("candilib", "api-usager", 2),
        ("candilib", "front-usager", 1),
        ("kube-system", "worker", 0),
    ] {
        let mut deployment = stage::deployment(namespace, name, pods);
        deployment.template = stage::template(&format!("harbor.test/{namespace}/{name}:2.14.0"));
        let set = stage::replica_set(&deployment, 1, pods, pods);
        let put = |bench: &mut Bench, object| bench.fact(Delta::Upsert(ClusterId(1), object));
        put(&mut bench, Object::Workload(deployment));
        for number in 0..pods {
            let mut pod = stage::pod_of(&set, number, 0);
            pod.node = format!("dso-w{number:02}").into();
            put(&mut bench, Object::Pod(pod));
        }
        put(&mut bench, Object::ReplicaSet(set));
    }
    update(&mut bench.app, Message::Judge, bench.now);
    bench
}

fn deployments(language: Language) -> Bench {
    let mut bench = fleet(language);
    bench.keys("4");
    bench
}

/// Names of the workloads in view.
fn shown(bench: &mut Bench) -> Vec<&'static str> {
    let text = bench.text();
    let rows = text
        .lines()
        .skip(3)
        .take_while(|line| !line.contains("── "));
    let rows: Vec<_> = rows.collect();
    let names = ["beta-back", "api-usager", "front-usager", "worker"];
    let listed = |name: &&str| rows.iter().any(|row| row.contains(&format!(" {name} ")));
    names.into_iter().filter(listed).collect()
}

fn filtered(text: &str) -> Vec<&'static str> {
    let mut bench = deployments(English);
    bench.keys("/");
    bench.types(text);
    bench.keys("Enter");
    shown(&mut bench)
}

#[test]
fn typed_terms_ask_the_workloads() {
    let all = ["beta-back", "api-usager", "front-usager", "worker"];
    assert_eq!(filtered(""), all);
    assert_eq!(filtered("tenant=cand* !front"), ["api-usager"]);
    assert_eq!(
        filtered("image=*/candilib/*:2.14*"),
        ["api-usager", "front-usager"]
    );
    assert_eq!(filtered("status=stopped"), ["worker"]);
    assert_eq!(filtered("ready>1"), ["api-usager"]);
    assert_eq!(filtered("kind=deploy*"), all);
    assert_eq!(filtered("cluster!=public1"), [""; 0]);
    assert_eq!(filtered("ready<1 status=faild"), ["worker"]);
}

#[test]
fn a_workload_is_on_every_node_of_its_pods() {
    assert_eq!(filtered("node=dso-w01"), ["api-usager"]);
    assert_eq!(
        filtered("node=*w00"),
        ["beta-back", "api-usager", "front-usager"]
    );
    assert_eq!(filtered("node!=dso-w00"), ["worker"]);
}

#[test]
fn nodes_are_looked_up_only_when_asked_and_anew_after_a_judgement() {
    let mut bench = deployments(English);
    bench.keys("/");
    bench.types("beta");
    assert!(bench.app.hosts.is_none());
    bench.types(" node=");
    assert!(bench.app.hosts.is_some());
    bench.types("dso-w07");
    bench.keys("Enter");
    assert_eq!(shown(&mut bench), [""; 0]);
    let deployment = stage::deployment("betaapp", "beta-back", 1);
    let set = stage::replica_set(&deployment, 1, 1, 1);
    let mut pod = stage::pod_of(&set, 9, 0);
    pod.node = "dso-w07".into();
    bench.fact(Delta::Upsert(ClusterId(1), Object::Pod(pod)));
    update(&mut bench.app, Message::Judge, bench.now);
    assert_eq!(shown(&mut bench), ["beta-back"]);
}

#[test]
fn filter_80() {
    let mut bench = deployments(English);
    bench.keys("/");
    bench.types("tenant=cand* status=faild cpu>500m !dev");
    assert_snapshot!(bench.text());
}

#[test]
fn filter_fr_80() {
    let mut bench = deployments(French);
    bench.keys("/");
    bench.types("tenant=cand* status=échue !dev");
    assert_snapshot!(bench.text());
}

#[test]
fn filter_132() {
    let mut bench = deployments(English);
    bench.resize(132, 30);
    bench.keys("/");
    bench.types("status=faild age<2 tenant=");
    assert_snapshot!(bench.text());
}

#[test]
fn filter_40() {
    let mut bench = deployments(French);
    bench.resize(40, 12);
    bench.keys("/");
    bench.types("status=echue");
    assert_snapshot!(bench.text());
}

#[test]
fn the_guide_lists_the_terms_of_the_page_it_stands_on() {
    let guide = |page: &str| {
        let mut bench = fleet(English);
        bench.keys(page);
        bench.keys("/");
        let text = bench.text();
        let lines = text.lines().skip_while(|line| !line.contains("── filter "));
        lines.take(4).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!([guide("1"), guide("2"), guide("4")].join("\n"));
}

#[test]
fn tab_completes_a_field_then_a_value_then_mends_what_is_wrong() {
    let mut bench = deployments(English);
    let mut text = |keys: &str, typed: &str| {
        bench.keys(keys);
        bench.types(typed);
        bench.keys("Tab");
        bench.app.typing.as_ref().unwrap().value().to_owned()
    };
    assert_eq!(text("/", "ten"), "tenant=");
    assert_eq!(
        text("Left Left", ""),
        "tenant=",
        "inside a term it is completed too"
    );
    assert_eq!(text("C-u", "tenant=c"), "tenant=candilib");
    assert_eq!(text("C-u", "name=api !ready"), "name=api !ready");
    assert_eq!(
        text("C-u", "node=d"),
        "node=dso-w0",
        "what all have in common"
    );
    assert_eq!(text("Left Tab", ""), "node=dso-w00", "then the first");
    assert_eq!(text("C-u", "statu"), "status=");
    assert_eq!(text("C-u", "status=st"), "status=stopped");
    assert_eq!(text("C-u", "status=faild beta"), "status=failed beta");
    assert_eq!(text("C-u", "beta !kimd=x"), "beta !kind=x");
    assert_eq!(text("C-u", "zzz"), "zzz");
}

#[test]
fn a_value_with_blanks_is_completed_in_quotes() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let mut spaced = finding("projet", "back", 14);
    spaced.tenants = vec!["Projet Dégradé".into()];
    bench.judged(vec![spaced, finding("candilib", "api", 20)], Vec::new());
    bench.keys("/");
    bench.types("!tenant=proj");
    bench.keys("Tab");
    let typed = bench.app.typing.as_ref().unwrap().value().to_owned();
    assert_eq!(typed, r#"!tenant="Projet Dégradé""#);
    assert!(bench.text().contains("1 of 2"), "{}", bench.text());
}

#[test]
fn a_tree_is_searched_into_its_folds_and_folds_again() {
    let mut bench = fleet(English);
    bench.keys("2 /");
    bench.types("candilib");
    bench.keys("Enter Enter");
    let pods = |bench: &mut Bench| bench.text().matches("Running").count();
    assert_eq!(pods(&mut bench), 0, "all is well, so all is folded");
    bench.keys("/");
    bench.types("node=dso-w01");
    let text = bench.text();
    assert_eq!(pods(&mut bench), 1, "{text}");
    assert!(
        text.contains("api-usager"),
        "what it is under stays: {text}"
    );
    assert!(!text.contains("front-usager"), "{text}");
    bench.keys("C-u");
    bench.types("name=front*");
    assert_eq!(pods(&mut bench), 1, "what is under a match stays");
    bench.keys("Esc");
    assert_eq!(pods(&mut bench), 0);
}

/// A finding, two rollouts and two workloads that are paused.
fn watch(filter: &str) -> Bench {
    let mut bench = Bench::new(English);
    bench.read_all();
    for (namespace, name) in [("betaapp", "beta-front"), ("candilib", "worker")] {
        let mut workload = stage::deployment(namespace, name, 1);
        workload.paused = true;
        bench.fact(Delta::Upsert(ClusterId(1), Object::Workload(workload)));
    }
    let rollouts = vec![
        rollout("basegun", "api", [5, 2, 1], 540),
        rollout("betaapp", "beta-back", [0, 3, 3], -250),
    ];
    bench.judged(vec![finding("betaapp", "beta-back", 14)], rollouts);
    bench.keys("/");
    bench.types(filter);
    bench.keys("Enter");
    bench
}

#[test]
fn a_filter_on_watch_is_asked_of_the_strips_too_and_they_say_what_it_leaves() {
    for size in [(80, 24), (132, 40)] {
        let mut bench = watch("tenant=betaapp");
        bench.resize(size.0, size.1);
        let text = bench.text();
        assert!(text.contains("1 of 1 · filter on"), "{text}");
        assert!(
            !text.contains("basegun") && !text.contains("worker"),
            "{text}"
        );
        assert!(text.contains("rollout of beta-front paused"), "{text}");
        assert!(text.contains("1 of 2") && text.contains("1 of 5"), "{text}");
        bench.keys("j j j");
        assert!(bench.selected().contains("beta-front"), "{}", bench.text());
    }
}

#[test]
fn the_cursor_goes_into_the_strips_where_a_filter_hides_every_finding() {
    let mut bench = watch("status=running");
    let text = bench.text();
    assert!(text.contains("0 of 1: the filter hides all"), "{text}");
    assert!(text.contains("temporary 0 of 5"), "{text}");
    bench.keys("j");
    assert!(bench.selected().contains("basegun"), "{}", bench.text());
    bench.keys("Esc");
    assert!(bench.text().contains("rollout of beta-front paused"));
}

#[test]
fn each_strip_answers_what_the_findings_are_asked() {
    for (filter, left) in [
        ("api", "basegun/prod api"),
        ("status=waiting name=worker", "rollout of worker paused"),
        ("status=failed", "deadline passed"),
        ("class=production ready>5", "basegun/prod api"),
        (
            "cluster=public1 kind=deployment name=beta-front",
            "rollout of beta-front paused",
        ),
    ] {
        let text = watch(filter).text();
        assert!(text.contains(left), "{filter}: {text}");
    }
}

#[test]
fn marks_are_on_objects_and_the_title_counts_them() {
    let mut bench = deployments(English);
    bench.keys("Space");
    assert!(bench.text().contains("1 marked"));
    assert!(bench.selected().contains("beta-back"), "the cursor went on");
    bench.keys("G V");
    let text = bench.text();
    assert!(text.contains("4 marked"), "{text}");
    bench.keys("g Space");
    let text = bench.text();
    assert!(text.contains("3 marked"), "{text}");
    assert_eq!(text.matches('•').count(), 3, "{text}");
    bench.keys("Esc");
    assert!(!bench.text().contains("marked"));
}

#[test]
fn escape_closes_the_message_then_drops_the_filter_then_the_marks() {
    let mut bench = deployments(English);
    bench.keys("Space / u Enter Space");
    bench.app.notices.bad("bad news".to_owned());
    let told = |bench: &mut Bench| {
        let text = bench.text();
        ["bad news", "filter on", "marked"].map(|it| text.contains(it))
    };
    assert_eq!(told(&mut bench), [true, true, true]);
    bench.keys("Esc");
    assert_eq!(told(&mut bench), [false, true, true]);
    bench.keys("Esc");
    assert_eq!(told(&mut bench), [false, false, true]);
    bench.keys("Esc");
    assert_eq!(told(&mut bench), [false, false, false]);
}

#[test]
fn marks_that_a_kept_filter_hides_are_dropped_and_said() {
    let mut bench = deployments(English);
    bench.keys("Space G V /");
    bench.types("tenant=candilib");
    assert!(
        bench.text().contains("4 marked"),
        "nothing acts while it is typed"
    );
    bench.keys("Enter");
    let text = bench.text();
    assert!(
        text.contains("2 of 4 workloads · filter on · 2 marked"),
        "{text}"
    );
    assert!(
        text.contains("2 marks dropped: their rows do not show"),
        "{text}"
    );
}

#[test]
fn marks_in_a_branch_that_is_folded_are_dropped_and_said() {
    let mut bench = fleet(English);
    bench.keys("2 /");
    bench.types("candilib");
    bench.keys("Enter Enter j j j Space -");
    let text = bench.text();
    assert!(text.contains("1 mark dropped"), "{text}");
    assert!(!text.contains("marked"), "{text}");
}

#[test]
fn a_mark_is_dropped_with_its_object() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let (one, other) = (
        finding("betaapp", "back", 14),
        finding("candilib", "api", 20),
    );
    bench.judged(vec![one, other.clone()], Vec::new());
    bench.keys("Space");
    bench.later(3);
    bench.judged(vec![other], Vec::new());
    let text = bench.text();
    assert!(text.contains("1 mark dropped"), "{text}");
    assert!(!text.contains("marked"), "{text}");
}

#[test]
fn n_goes_from_one_row_in_need_to_the_next() {
    let mut bench = deployments(English);
    for (namespace, name) in [("candilib", "front-usager"), ("betaapp", "beta-back")] {
        let mut workload = stage::deployment(namespace, name, 1);
        workload.paused = true;
        bench.fact(Delta::Upsert(ClusterId(1), Object::Workload(workload)));
    }
    bench.later(60);
    update(&mut bench.app, Message::Judge, bench.now);
    bench.later(3);
    bench.keys("G n");
    assert!(bench.text().contains("no row below needs a human"));
    bench.keys("N");
    assert!(bench.selected().contains('‖'), "{}", bench.text());
    bench.keys("N");
    assert!(bench.selected().contains('‖'), "{}", bench.text());
    bench.keys("N");
    assert!(bench.text().contains("no row above needs a human"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_filter_is_too_odd_for_a_page(
        text in r#"((tenant|status|ready|age|node|re:|name)?(=|!=|<|>)?["*!é%a-z0-9:\[\\東 ]{0,5}){0,5}"#,
        page in 0..4_usize,
        left in 0..12_usize,
        size in 0..4_usize,
    ) {
        let mut bench = fleet(French);
        bench.keys(["1", "2", "2 Enter", "4"][page]);
        let (columns, lines) = [(80, 24), (132, 40), (40, 10), (1, 1)][size];
        bench.resize(columns, lines);
        bench.keys("/");
        bench.types(&text);
        for _ in 0..left {
            bench.keys("Left");
        }
        bench.keys("Tab Tab Enter j Space V n");
        bench.text();
    }
}
