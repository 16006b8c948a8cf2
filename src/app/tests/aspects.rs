//! One object from its sides: what is asked for, what the text says, how one moves and searches in it.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::Effect;
use crate::model::{About, Kind, Lack, Told, Verb, Wanted};
use crate::wording::Language::{self, English, French};

/// A workload in trouble, the cursor on its finding.
fn trouble(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench
}

#[test]
fn yaml_80() {
    let mut bench = trouble(English);
    bench.keys("y");
    bench.document("beta-back");
    assert_snapshot!(bench.text());
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
    let mut all = String::new();
    for size in [(40, 10), (20, 5), (1, 1)] {
        bench.resize(size.0, size.1);
        all.push_str(&bench.text());
        all.push('\n');
    }
    assert_snapshot!(all);
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
        let effects = bench.asks();
        let name = match effects.as_slice() {
            [Effect::Look(lookups)] => lookups.values().find_map(|it| match &it.wanted {
                Wanted::Object(object) => Some(format!("{} {}", object.kind.name(), object.name)),
                _ => None,
            }),
            _ => None,
        };
        bench.keys("Esc");
        name
    };
    assert_eq!(asked(&mut bench).as_deref(), Some("Deployment beta-back"));
    bench.keys("+ j");
    assert_eq!(asked(&mut bench).as_deref(), Some("Deployment beta-back"));
    bench.keys("+ j");
    assert_eq!(asked(&mut bench).as_deref(), Some("Pod beta-back-r1-1"));
}
