//! The blocks of a YAML, folded and opened, while the object changes and while one searches.

use insta::assert_snapshot;

use super::bench::*;
use crate::model::{Told, Wanted};
use crate::wording::Catalogue;
use crate::wording::Language::{self, English, French};

fn opened(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("4 y");
    bench.document("beta-back");
    bench.keys("g");
    bench
}

/// Down to the line that begins so.
fn seek(bench: &mut Bench, words: &str) {
    for _ in 0..60 {
        let line = bench.selected();
        if line.trim_start_matches(['▌', ' ']).starts_with(words) {
            return;
        }
        bench.keys("j");
    }
    panic!("{words}\n{}", bench.text());
}

fn folded(language: Language) -> Bench {
    let mut bench = opened(language);
    seek(&mut bench, "spec:");
    bench.keys("-");
    bench
}

#[test]
fn yaml_folded_80() {
    assert_snapshot!(folded(English).text());
}

#[test]
fn yaml_folded_fr_132() {
    let mut bench = folded(French);
    bench.resize(132, 40);
    assert_snapshot!(bench.text());
}

#[test]
fn a_block_folds_and_opens_by_its_keys_and_by_enter() {
    let mut bench = opened(English);
    let whole = bench.text();
    seek(&mut bench, "metadata:");
    assert!(bench.text().contains("Enter fold"));
    for (fold, open) in [("-", "+"), ("Enter", "Enter"), ("-", "Enter")] {
        bench.keys(fold);
        let line = bench.selected();
        assert!(line.ends_with("metadata:  … 8 lines"), "{line}");
        bench.keys("j");
        assert!(bench.selected().contains("spec:"));
        bench.keys("k");
        bench.keys(open);
        assert!(bench.selected().ends_with("metadata:"));
    }
    bench.keys("g");
    assert_eq!(bench.text(), whole);
    // From inside it folds what it is in, and the cursor is there.
    bench.keys("j j j j");
    bench.keys("-");
    assert!(bench.selected().ends_with("annotations:  … 1 line"));
    // A line with nothing under it leads nowhere and folds nothing.
    bench.keys("g");
    assert!(!bench.text().contains("Enter fold"));
    bench.keys("Enter -");
    assert!(bench.selected().contains("apiVersion"));
}

#[test]
fn a_fold_stays_where_it_is_while_the_object_changes_and_while_one_is_away() {
    let mut bench = folded(English);
    let mut changed = document("beta-back");
    changed.yaml.insert(3, "  added: later".to_owned());
    bench.tell_where(
        |it| matches!(it, Wanted::Object(_)),
        vec![Told::Object(changed.into())],
    );
    let text = bench.text();
    assert!(text.contains("added: later"), "{text}");
    assert!(text.contains("spec:  … "), "{text}");
    bench.keys("? Esc d Esc");
    bench.document("beta-back");
    assert!(bench.text().contains("spec:  … "), "{}", bench.text());
}

#[test]
fn a_search_opens_what_hides_its_hit() {
    let mut bench = folded(English);
    let total = |text: &str| text.contains("of 53 · YAML");
    assert!(total(&bench.text()), "lines are counted, folded or not");
    bench.keys("g / P R O F Enter");
    assert!(bench.selected().contains("PROFILE"), "{}", bench.text());
    assert!(!bench.text().contains("… "), "{}", bench.text());
    // And so does the next one.
    seek_up(&mut bench, "spec:");
    bench.keys("- g n");
    assert!(bench.selected().contains("PROFILE"), "{}", bench.text());
    assert!(bench.text().contains("1 of 1"));
}

fn seek_up(bench: &mut Bench, words: &str) {
    bench.keys("g");
    seek(bench, words);
}

#[test]
fn what_is_folded_is_copied_too() {
    let mut bench = folded(English);
    bench.keys("c");
    let count = document("beta-back").yaml.len();
    let text = bench.text();
    assert!(text.contains(&format!("{count} lines")), "{text}");
}

#[test]
fn a_very_long_line_is_cut_or_fills_the_page() {
    let mut bench = opened(English);
    let mut long = document("beta-back");
    long.yaml[0] = format!("first: {}", "日本語 ".repeat(200_000));
    bench.tell_where(
        |it| matches!(it, Wanted::Object(_)),
        vec![Told::Object(long.into())],
    );
    assert!(bench.selected().contains('…'), "{}", bench.text());
    bench.keys("z");
    let text = bench.text();
    let rows = text.lines().filter(|it| it.contains('語'));
    assert_eq!(rows.count(), 19, "{text}");
}

#[test]
fn the_keys_of_each_page_are_in_help_at_80_by_24() {
    for language in [English, French] {
        let catalogue = Catalogue::new(language);
        let below = catalogue.say_with("list-below", &[("count", 1.into())]);
        let below = below.trim_start_matches(['1', ' ']);
        let mut bench = opened(language);
        for (page, words) in [("y", "keys-fold"), ("x", "keys-open"), ("e", "keys-open")] {
            bench.keys(page);
            bench.keys("?");
            let text = bench.text();
            assert!(!text.lines().nth(2).unwrap().contains(below), "{text}");
            assert!(text.contains(&catalogue.say(words)), "{words}\n{text}");
            bench.keys("Esc");
        }
    }
}
