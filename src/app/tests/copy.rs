//! What leaves the program for a ticket or a shell.

use super::bench::*;
use crate::app::Effect;
use crate::model::{Delta, Object};
use crate::wording::Language::{self, English, French};

fn night(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    let findings = vec![
        finding("betaapp", "beta-back", 14),
        finding("candilib", "api-usager", 20),
        lost_link(),
    ];
    bench.judged(findings, vec![rollout("basegun", "api", [5, 2, 1], 540)]);
    bench
}

/// Each thing that the row offers, in the order of the popup.
fn offered(bench: &mut Bench) -> String {
    let mut texts = Vec::new();
    for at in 0..9 {
        bench.keys("c");
        let downs = vec!["Down"; at].join(" ");
        let keys = format!("{downs} Enter");
        let mut effects = bench.keys(keys.trim());
        let Some(Effect::Copy(text)) = effects.pop() else {
            break;
        };
        if texts.last() == Some(&text) {
            break;
        }
        texts.push(text);
    }
    texts.join("\n")
}

#[test]
fn copy_80() {
    let mut bench = night(English);
    bench.keys("c");
    insta::assert_snapshot!(bench.text());
}

#[test]
fn a_row_offers_its_names_its_commands_and_a_line_for_the_ticket() {
    let mut said = String::new();
    for language in [English, French] {
        let mut bench = night(language);
        for _ in 0..5 {
            said += &offered(&mut bench);
            said += "\n\n";
            bench.keys("j");
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn tenants_and_workloads_and_pods_offer_theirs() {
    let mut bench = night(English);
    bench.workload("betaapp", "beta-front");
    let mut said = String::new();
    for keys in ["2", "4", "Enter", "j", "j"] {
        bench.keys(keys);
        said += &offered(&mut bench);
        said += "\n\n";
    }
    insta::assert_snapshot!(said);
}

#[test]
fn what_was_asked_of_a_row_is_copied_even_when_the_row_goes() {
    let mut bench = night(English);
    bench.keys("c");
    bench.later(5);
    bench.judged(vec![finding("candilib", "api-usager", 20)], Vec::new());
    assert_eq!(bench.keys("Enter"), [Effect::Copy("beta-back".into())]);
}

#[test]
fn with_marks_all_that_is_offered_is_about_the_marked_rows_and_says_how_many() {
    let mut bench = night(English);
    bench.keys("Space Space c");
    let text = bench.text();
    for label in [
        "2 names",
        "kubectl, YAML of 2",
        "kubectl describe of 2",
        "for the ticket, 2 lines",
    ] {
        assert!(text.contains(label), "{label}: {text}");
    }
    // Both stand in it.
    assert!(text.contains("namespace  "), "{text}");
    bench.keys("Esc");
    let all = offered(&mut bench);
    let about = |name: &str| all.lines().filter(|it| it.contains(name)).count();
    assert_eq!((about("beta-back"), about("api-usager")), (4, 4), "{all}");
    assert_eq!(about("app1"), 0, "the cursor's row is not marked: {all}");
    let ticket: Vec<_> = all.lines().filter(|it| it.contains(" · ")).collect();
    assert!(ticket[0].contains("beta-back") && ticket[1].contains("api-usager"));
}

#[test]
fn the_line_for_the_ticket_tells_what_changed_before_on_the_page_of_the_object_too() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let namespace = "5ml1kj";
    bench.workload(namespace, "beta-back");
    bench.later(60);
    for mut fact in workload_facts(namespace, "beta-back") {
        if let Delta::Upsert(_, Object::Workload(workload)) = &mut fact {
            workload.desired += 3;
        }
        bench.fact(fact);
    }
    let mut hurt = finding("betaapp", "beta-back", -1);
    hurt.namespace = namespace.into();
    bench.judged(vec![hurt], Vec::new());
    for keys in ["1", "d"] {
        bench.keys(keys);
        let all = offered(&mut bench);
        let ticket = all.lines().find(|it| it.contains(" · ")).unwrap();
        assert!(
            ticket.contains("since ") && ticket.contains("before it, at 03:13:44: "),
            "{all}"
        );
    }
}

#[test]
fn without_a_row_there_is_nothing_to_copy() {
    let mut bench = Bench::new(English);
    bench.keys("c");
    assert_eq!(bench.keys("Enter"), []);
}
