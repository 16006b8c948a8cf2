//! From screen to screen: pages, what is opened from a row, popups, search.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::Effect;
use crate::insight::stage;
use crate::model::{ClusterId, Delta, Kind, Object};
use crate::wording::Language::{self, English, French};

/// A tenant in trouble and a good one.
fn platform(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    for (namespace, name) in [
        ("betaapp", "beta-back"),
        ("betaapp", "beta-front"),
        ("candilib", "api-usager"),
    ] {
        bench.workload(namespace, name);
    }
    bench.judged(
        vec![finding("betaapp", "beta-back", 14)],
        vec![rollout("betaapp", "beta-back", [0, 3, 3], -250)],
    );
    bench
}

fn screen(language: Language, keys: &str, size: (u16, u16)) -> String {
    let mut bench = platform(language);
    bench.resize(size.0, size.1);
    bench.text();
    bench.keys(keys);
    bench.text()
}

#[test]
fn workloads_of_other_controllers_count_wherever_workloads_are_counted() {
    let mut bench = Bench::new(English);
    bench.resize(132, 40);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    let base = stage::deployment("betaapp", "beta-db", 1);
    let owner = Some(stage::owner("Cluster", &base.meta));
    let pod = stage::pod("betaapp", "beta-db-1", owner, 0);
    bench.fact(Delta::Upsert(ClusterId(1), Object::Pod(pod)));
    bench.judged(Vec::new(), Vec::new());
    assert!(bench.text().contains("2 workloads · "), "{}", bench.text());
    bench.keys("2");
    let text = bench.text();
    assert!(text.contains(" 2/2 "), "{text}");
    assert!(text.contains("workloads 2: 2 ready"), "{text}");
    bench.keys("4");
    assert!(bench.text().contains("2 workloads"), "{}", bench.text());
}

#[test]
fn tenants_80() {
    assert_snapshot!(screen(English, "2", (80, 24)));
}

#[test]
fn tenants_fr_132() {
    assert_snapshot!(screen(French, "2", (132, 40)));
}

#[test]
fn tenant_80() {
    assert_snapshot!(screen(English, "2 j Enter", (80, 24)));
}

#[test]
fn deployments_80() {
    assert_snapshot!(screen(English, "4", (80, 24)));
}

#[test]
fn deployments_132() {
    assert_snapshot!(screen(English, "4", (132, 40)));
}

#[test]
fn deployments_fr_80() {
    assert_snapshot!(screen(French, "4", (80, 24)));
}

#[test]
fn every_screen_has_its_small_forms() {
    let mut all = String::new();
    for keys in ["2", "2 Enter", "4", "C-f b e t a Enter"] {
        for size in [(40, 10), (20, 5)] {
            all.push_str(&screen(English, keys, size));
            all.push('\n');
        }
    }
    assert_snapshot!(all);
}

#[test]
fn search_80() {
    assert_snapshot!(screen(English, "C-f b e t a", (80, 24)));
}

#[test]
fn palette_80() {
    assert_snapshot!(screen(English, ": b e t a", (80, 24)));
}

#[test]
fn picker_80() {
    assert_snapshot!(screen(English, "t", (80, 24)));
}

#[test]
fn a_screen_is_found_as_it_was_left() {
    let mut bench = platform(English);
    bench.keys("4 j");
    let left = bench.selected();
    bench.keys("1 2 [ [");
    assert_eq!(bench.selected(), left);
    bench.keys("]");
    assert!(bench.text().contains("[1 Watch]"), "{}", bench.text());
}

#[test]
fn escape_leads_out_one_step_at_a_time() {
    let mut bench = platform(English);
    bench.keys("2 Enter / x Enter");
    assert!(bench.text().contains("filter on"));
    bench.keys("Esc");
    assert!(!bench.text().contains("filter on"));
    assert!(bench.text().contains("environment \u{203a}"));
    bench.keys("Esc");
    assert!(bench.text().contains("found worst"), "{}", bench.text());
    bench.keys("Esc");
    assert!(bench.text().contains("[2 Tenants]"));
}

/// A pod is found and opened with these keys, then what is above it is read; the frame.
fn opened_before_its_owners(keys: &str) -> Bench {
    let mut bench = Bench::new(English);
    bench.read(1, &[Kind::Namespace], None);
    let mut above = workload_facts("calm", "web");
    bench.fact(above.pop().unwrap());
    bench.judged(Vec::new(), Vec::new());
    bench.keys("C-f");
    bench.types("web-");
    assert!(bench.selected().contains("pod"), "{}", bench.text());
    bench.keys(keys);
    for fact in above {
        bench.fact(fact);
    }
    bench.judged(Vec::new(), Vec::new());
    bench
}

#[test]
fn what_was_opened_before_its_row_was_there_gets_the_cursor_when_it_comes() {
    let mut bench = opened_before_its_owners("Enter Enter");
    assert!(bench.selected().contains("-1 "), "{}", bench.text());
}

#[test]
fn a_key_goes_before_what_was_opened() {
    let mut bench = opened_before_its_owners("Enter Enter g");
    assert!(!bench.selected().contains("-1 "), "{}", bench.text());
}

#[test]
fn a_finding_opens_its_tenant_with_the_cursor_on_the_workload() {
    let mut bench = platform(English);
    bench.keys("Enter");
    let text = bench.text();
    assert!(text.contains("betaapp \u{b7} 3 environments"), "{text}");
    assert!(bench.selected().contains("beta-back"), "{text}");
}

#[test]
fn a_branch_folds_under_the_cursor_and_from_below() {
    let mut bench = platform(English);
    bench.keys("Enter");
    let open = bench.text();
    assert!(open.contains("current"), "{open}");
    bench.keys("j -");
    assert!(bench.selected().contains("beta-back"), "{}", bench.text());
    assert!(!bench.text().contains("current"), "{}", bench.text());
    bench.keys("+");
    assert_eq!(bench.text(), open);
    bench.keys("- -");
    assert!(bench.selected().contains("public1"), "{}", bench.text());
    assert!(!bench.text().contains("beta-back"), "{}", bench.text());
}

#[test]
fn one_tenant_is_looked_at_and_the_counts_stay_those_of_all() {
    let mut bench = platform(English);
    bench.keys("4 t c a n d Enter");
    let text = bench.text();
    assert!(text.contains("1 workload "), "{text}");
    assert!(text.contains("api-usager") && !text.contains("beta-back"));
    assert!(text.contains("\u{25b2}1 \u{25c6}0"), "{text}");
    assert!(text.contains(" candilib "), "{text}");
    bench.keys("t Enter");
    assert!(bench.text().contains("3 workloads"), "{}", bench.text());
}

#[test]
fn one_class_always_stays() {
    let mut bench = platform(English);
    bench.keys("T Enter");
    bench.app.command(crate::command::Command::Next, bench.now);
    bench.keys("Enter");
    bench.app.command(crate::command::Command::Next, bench.now);
    bench.keys("Enter");
    let text = bench.text();
    assert_eq!(text.matches("[x]").count(), 1, "{text}");
    assert!(text.contains("all tenants \u{b7} non-production"), "{text}");
}

#[test]
fn words_of_k9s_are_understood() {
    let mut bench = platform(English);
    bench.keys(": d p");
    assert!(bench.text().contains("kind=Deployment"));
    bench.keys("Enter");
    assert!(bench.text().contains("[4 Deployments]"));
    bench.keys(": n s Enter");
    assert!(bench.text().contains("[2 Tenants]"));
    assert_eq!(bench.keys(": q Enter"), [Effect::Quit]);
}

#[test]
fn the_palette_opens_a_workload_by_its_name() {
    let mut bench = platform(English);
    bench.keys(": a p i - u s");
    let text = bench.text();
    assert!(text.contains("Deployment candilib"), "{text}");
    bench.keys("Enter");
    assert!(bench.selected().contains("api-usager"), "{}", bench.text());
}

#[test]
fn another_order_is_said_and_turned_round() {
    let mut bench = platform(English);
    let first = |bench: &mut Bench| {
        let text = bench.text();
        let row = text.lines().nth(4).unwrap_or_default();
        row.split_whitespace()
            .find(|it| it.contains('-'))
            .map(str::to_owned)
    };
    bench.keys("4 s n a m e Enter");
    assert!(bench.text().contains("by name, up"), "{}", bench.text());
    assert_eq!(first(&mut bench).as_deref(), Some("api-usager"));
    bench.keys(">");
    assert!(bench.text().contains("by name, down"));
    assert_eq!(first(&mut bench).as_deref(), Some("beta-front"));
}

#[test]
fn a_hit_that_is_a_pod_opens_its_workload() {
    let mut bench = platform(English);
    bench.keys("C-f a p i - u s a g e r - r 1 - Enter");
    let text = bench.text();
    assert!(text.contains("pod "), "{text}");
    bench.keys("G Enter");
    let text = bench.text();
    assert!(text.contains("candilib \u{b7} 3 environments"), "{text}");
    assert!(bench.selected().contains("\u{2026}-"), "{text}");
}

#[test]
fn what_vanishes_while_its_page_is_open_is_said() {
    let mut bench = platform(English);
    bench.keys("2 Enter");
    for name in ["betaapp", "candilib", "kube-system"] {
        let uid = meta("", name).uid;
        for cluster in 0..3 {
            let cluster = crate::model::ClusterId(cluster);
            bench.fact(Delta::Remove(cluster, Kind::Namespace, uid));
        }
    }
    bench.judged(Vec::new(), Vec::new());
    bench.text();
}

#[test]
fn the_pane_is_scrolled_as_far_as_it_has_lines() {
    let mut bench = platform(English);
    bench.resize(132, 18);
    bench.keys("4 Tab");
    let top = bench.text();
    bench.keys("j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j");
    let bottom = bench.text();
    assert_ne!(top, bottom);
    bench.keys("k");
    assert_ne!(bench.text(), bottom, "one line back is one key");
    bench.keys("Tab");
    assert!(bench.selected().contains("beta-back"));
    bench.resize(80, 24);
    let narrow = bench.text();
    bench.keys("Tab");
    assert_eq!(bench.text(), narrow, "there is no pane");
}

/// A node in need, which hits these tenants.
fn node(tenants: &[&str]) -> crate::insight::Finding {
    crate::insight::Finding {
        cause: crate::insight::Cause::Node(crate::model::ClusterId(1), "w1".into()),
        place: None,
        namespace: crate::model::Text::default(),
        tenants: tenants.iter().copied().map(Into::into).collect(),
        subject: crate::model::Subject {
            kind: "Node".into(),
            name: "w1".into(),
        },
        trouble: crate::insight::Trouble::NodeNotReady {
            reason: "NodeStatusUnknown".into(),
            message: String::new().into(),
            inferred: false,
        },
        ..finding("", "w1", 3)
    }
}

#[test]
fn a_node_says_what_its_keys_do_and_opens_the_workloads_on_it() {
    for tenants in [&["betaapp", "candilib"][..], &["betaapp"], &[]] {
        let mut bench = platform(English);
        bench.judged(vec![node(tenants)], Vec::new());
        let text = bench.text();
        let said = "Enter lists its workloads \u{b7} c gives kubectl describe node w1";
        assert!(text.contains(said), "{text}");
        let Some(Effect::Copy(copied)) = bench.keys("c d e s c Enter").pop() else {
            panic!("{}", bench.text());
        };
        assert_eq!(copied, "kubectl --context public1 describe node w1");
        bench.keys("Enter");
        let text = bench.text();
        assert!(text.contains("[4 Deployments]"), "{text}");
        assert!(text.contains("/ node=w1"), "{text}");
        // Out of it is back where one came from.
        bench.keys("Esc");
        assert!(bench.text().contains("[1 Watch]"), "{}", bench.text());
    }
}

#[test]
fn a_cause_that_is_no_row_of_the_tree_opens_its_environment() {
    use crate::insight::{Cause, Finding};
    let quota = Cause::Quota {
        cluster: crate::model::ClusterId(1),
        namespace: "betaapp".into(),
        name: "dso-quota".into(),
    };
    let of = |kind| {
        Cause::Object(crate::model::ObjectId {
            kind,
            ..object("alone")
        })
    };
    for cause in [quota, of(Kind::Pod), of(Kind::HorizontalPodAutoscaler)] {
        let mut bench = platform(English);
        let hurt = Finding {
            cause,
            namespace: "betaapp".into(),
            ..finding("betaapp", "it", 3)
        };
        bench.judged(vec![hurt], Vec::new());
        bench.keys("Enter");
        let selected = bench.selected();
        assert!(selected.contains("betaapp  public1"), "{}", bench.text());
    }
}

#[test]
fn tabs_count_what_is_wrong_where_there_is_room_and_whatever_is_looked_at() {
    let mut bench = platform(English);
    let tabs = |bench: &mut Bench, columns| {
        bench.resize(columns, 24);
        let text = bench.text();
        text.lines()
            .nth(1)
            .unwrap_or_default()
            .trim_matches(['"', ' '])
            .to_owned()
    };
    assert_eq!(
        tabs(&mut bench, 109),
        "[1 Watch] 2 Tenants  4 Deployments  9 Journal"
    );
    let counted = "[1 Watch] 2 Tenants \u{25b2}1  4 Deployments \u{25b2}1  9 Journal";
    assert_eq!(tabs(&mut bench, 110), counted);
    bench.keys("t c a n d Enter 4");
    let narrowed = "1 Watch  2 Tenants \u{25b2}1 [4 Deployments \u{25b2}1] 9 Journal";
    assert_eq!(tabs(&mut bench, 132), narrowed);
    bench.judged(Vec::new(), Vec::new());
    assert_eq!(
        tabs(&mut bench, 132),
        "1 Watch  2 Tenants [4 Deployments] 9 Journal"
    );
}

#[test]
fn the_pane_of_a_workload_keeps_its_figures_at_every_width() {
    for columns in [120, 124, 132, 160, 200] {
        let text = screen(English, "4", (columns, 40));
        let pod = text.lines().find(|line| line.contains("\u{2026}-1"));
        let pod = pod.unwrap_or_default().trim_end_matches(['"', ' ']);
        assert!(pod.ends_with("0s"), "{columns}: {pod}");
    }
}
