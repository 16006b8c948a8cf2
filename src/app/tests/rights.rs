//! Keys that are not allowed here stand in parentheses before they are pressed, and say why when they are.

use insta::assert_snapshot;
use rstest::rstest;
use serde_json::{Value, json};

use super::bench::*;
use super::preview::{Asked, accepted, asked, night_of, refused};
use crate::action::{Need, Reply};
use crate::app::{Acts, Message};
use crate::model::{ClusterId, Kind, Link, Problem};
use crate::viewmodel::Page;
use crate::wording::Language::{self, English, French};

fn review(rules: &Value, incomplete: bool) -> Reply {
    accepted(json!({"status": {"resourceRules": rules, "incomplete": incomplete}}))
}

fn viewer() -> Reply {
    let verbs = ["get", "list", "watch"];
    let rule = json!({"verbs": verbs, "apiGroups": ["apps"], "resources": ["deployments"]});
    review(&json!([rule]), false)
}

impl Bench {
    /// What is asked about rights when the cursor has rested.
    fn rests(&mut self) -> Asked {
        self.later(1);
        let effects = self.hear(Message::Tick);
        let rules = |(_, need, _): &(_, Need, _)| matches!(need, Need::Rules(..));
        asked(&effects).into_iter().filter(rules).collect()
    }

    /// The namespaces among them.
    fn reviews(&mut self) -> Vec<String> {
        let spaces = self.rests().into_iter().map(|(_, need, _)| match need {
            Need::Rules(_, namespace) => namespace.to_string(),
            other => format!("{other:?}"),
        });
        spaces.collect()
    }

    fn is_told(&mut self, reply: &Reply) {
        for (id, need, call) in self.rests() {
            assert!(!call.writes(), "{call:?}");
            self.hear(Message::Acts(Acts::Replied(id, need, reply.clone())));
        }
    }

    /// Message line and footer.
    fn end(&mut self) -> String {
        let text = self.text();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len() - 2..].join("\n")
    }

    fn plans(&self) -> bool {
        matches!(self.app.trail.page(), Page::Preview(_))
    }
}

#[rstest]
#[case(English, "rights_denied")]
#[case(French, "rights_denied_fr")]
fn a_key_out_of_reach_stands_in_parentheses_and_says_why(
    #[case] language: Language,
    #[case] name: &str,
) {
    let mut bench = night_of(language);
    let before = bench.end();
    bench.is_told(&viewer());
    let known = bench.end();
    assert_eq!(bench.keys("R"), []);
    assert!(!bench.plans());
    let pressed = bench.end();
    assert_snapshot!(name, [before, known, pressed].join("\n\n"));
}

#[test]
fn what_may_be_done_is_asked_once_for_a_namespace_where_the_cursor_rests() {
    let mut bench = night_of(English);
    bench.workload("betaapp", "beta-front");
    bench.workload("candilib", "api-usager");
    bench.keys("g");
    assert_eq!(asked(&bench.hear(Message::Tick)), []);
    assert!(bench.app.wake().is_some());
    assert_eq!(bench.reviews(), ["betaapp"]);
    // Another row of it, and not again while the answer is on its way.
    bench.keys("j");
    assert_eq!(bench.reviews(), [""; 0]);
    bench.keys("G");
    assert_eq!(bench.reviews(), ["candilib"]);
    bench.keys("g");
    bench.later(60);
    assert_eq!(bench.reviews(), ["betaapp"]);
}

#[test]
fn an_answer_is_asked_for_again_when_it_is_old_or_a_hand_ran_into_it() {
    let mut bench = night_of(English);
    bench.is_told(&viewer());
    bench.later(290);
    assert_eq!(bench.reviews(), [""; 0]);
    bench.later(9);
    let again = bench.rests();
    assert_eq!(again.len(), 1);
    // The old answer stands until then.
    assert!(bench.end().contains("(R) roll back"));
    for (id, need, _) in again {
        bench.hear(Message::Acts(Acts::Replied(id, need, viewer())));
    }
    let everything = json!([{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}]);
    assert_eq!(bench.reviews(), [""; 0]);
    bench.keys("R");
    bench.is_told(&review(&everything, false));
    assert!(!bench.end().contains("(R)"));
    bench.keys("R");
    assert!(bench.plans());
}

#[test]
fn nothing_is_asked_where_no_key_applies_or_the_cluster_does_not_answer() {
    let mut bench = night_of(English);
    let lost = Link::Degraded {
        problem: Problem::Bug,
        since: bench.now.moment,
        tries: 1,
        next_try: None,
    };
    bench.link(1, lost);
    assert_eq!(bench.reviews(), [""; 0]);
    let since = bench.now.moment;
    bench.link(1, Link::Live { since });
    assert_eq!(bench.reviews(), ["betaapp"]);
    bench.later(60);
    // Tenants are nothing to act on, and a node is in no namespace.
    bench.keys("2");
    assert_eq!(bench.reviews(), [""; 0]);
    bench
        .app
        .turn_to(Page::Objects(Kind::Node.into()), bench.now);
    assert_eq!(bench.reviews(), [""; 0]);
}

#[rstest]
#[case::incomplete(review(&json!([]), true))]
#[case::refused(refused(403, "no"))]
#[case::lost(Reply::Unknown(Problem::Bug))]
fn what_is_not_known_is_offered_as_usual(#[case] reply: Reply) {
    let mut bench = night_of(English);
    bench.is_told(&reply);
    let footer = bench.end();
    assert!(footer.contains(" R roll back  S scale"), "{footer}");
    bench.keys("R");
    assert!(bench.plans());
}

#[test]
fn each_right_counts_for_itself() {
    let mut bench = night_of(English);
    let rule =
        json!({"verbs": ["patch"], "apiGroups": ["apps"], "resources": ["deployments/scale"]});
    bench.is_told(&review(&json!([rule]), false));
    let footer = bench.end();
    assert!(
        footer.contains("(R) roll back  S scale  (X) restart"),
        "{footer}"
    );
    bench.keys("S");
    assert!(bench.plans());
}

#[test]
fn a_denied_row_among_the_marked_ones_is_said_too() {
    let mut bench = night_of(English);
    bench.workload("betaapp", "beta-front");
    bench.keys("g");
    bench.is_told(&viewer());
    bench.keys("Space Space");
    assert_eq!(bench.keys("X"), []);
    assert!(bench.end().contains("Not allowed: patch deployments.apps"));
}

#[test]
fn the_plan_is_shown_in_read_only_all_the_same() {
    let mut bench = night_of(English);
    bench.app.options.guard.read_only.insert(ClusterId(1));
    bench.is_told(&viewer());
    bench.keys("R");
    assert!(bench.plans());
}

#[test]
fn the_palette_has_the_same_parentheses() {
    let mut bench = night_of(English);
    bench.is_told(&viewer());
    bench.keys(":");
    bench.types("roll back");
    let text = bench.text();
    assert!(text.contains("(R)"), "{text}");
    assert_eq!(bench.keys("Enter"), []);
    assert!(bench.end().contains("Not allowed: patch deployments.apps"));
}
