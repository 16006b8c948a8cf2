//! Help: complete on one page, found by what a key does, left where one came from.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::Effect;
use crate::command::GROUPS;
use crate::datafile::Source;
use crate::keymap::Keymap;
use crate::wording::Catalogue;
use crate::wording::Language::{self, English, French};

fn asked(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("?");
    bench
}

#[test]
fn help_80() {
    assert_snapshot!(asked(English).text());
}

#[test]
fn help_fr_80() {
    assert_snapshot!(asked(French).text());
}

#[test]
fn help_132() {
    let mut bench = asked(English);
    bench.resize(132, 40);
    assert_snapshot!(bench.text());
}

#[test]
fn help_small() {
    let mut bench = asked(French);
    bench.resize(40, 10);
    let small = bench.text();
    bench.resize(20, 5);
    assert_snapshot!(format!("{small}\n{}", bench.text()));
}

#[test]
fn help_is_complete_at_80_by_24_in_both_languages() {
    for language in [English, French] {
        let text = asked(language).text();
        let catalogue = Catalogue::new(language);
        let below = catalogue.say_with("list-below", &[("count", 1.into())]);
        let below = below.trim_start_matches(['1', ' ']);
        assert!(!text.lines().nth(2).unwrap().contains(below), "{text}");
        // Where nothing folds, nothing wraps and no log is read they do nothing.
        let text_only = [
            "keys-fold",
            "keys-wrap",
            "keys-run",
            "keys-level",
            "keys-lines",
        ];
        let elsewhere = |words: &str| text_only.contains(&words);
        for line in GROUPS.iter().flat_map(|group| group.lines) {
            let words = catalogue.say(line.words);
            assert_eq!(
                text.contains(&words),
                !elsewhere(line.words),
                "{words}\n{text}"
            );
        }
    }
}

#[test]
fn a_key_is_found_by_what_it_does_in_either_language() {
    let mut bench = asked(English);
    bench.keys("h a l f");
    let text = bench.text();
    assert!(text.contains(" ? half"), "{text}");
    assert!(
        text.contains("C-d C-u") && text.contains("1 found"),
        "{text}"
    );
    assert!(!text.contains("first, last row"), "{text}");
    bench.keys("Back Back Back Back q u i t t e r");
    let text = bench.text();
    assert!(text.contains("q C-c") && text.contains("1 found"), "{text}");
    bench.keys("j j");
    assert!(bench.text().contains("no key does that"));
    bench.keys("Esc");
    assert!(bench.selected().contains("beta-back"));
}

#[test]
fn help_leaves_where_one_came_from() {
    let mut bench = asked(English);
    assert!(bench.text().contains("help · Watch · keymap default"));
    bench.keys("?");
    assert!(bench.selected().contains("beta-back"));
    bench.keys("2 ? Esc");
    assert!(bench.text().contains("[2 Tenants]"));
    assert!(!bench.text().contains("help ·"));
    assert_eq!(bench.keys("? C-c"), [Effect::Quit]);
}

#[test]
fn what_folds_stands_where_there_is_something_to_fold() {
    let mut bench = asked(English);
    assert!(!bench.text().contains("fold"));
    bench.keys("Esc Enter ?");
    let text = bench.text();
    assert!(text.contains("- +") && !text.contains("below"), "{text}");
}

#[test]
fn small_help_scrolls_to_its_end_and_no_further() {
    let mut bench = asked(English);
    bench.resize(40, 10);
    assert!(bench.text().contains("MOVE"));
    bench.keys("Down Down");
    assert!(!bench.text().contains("MOVE"));
    bench.keys("End");
    let end = bench.text();
    assert!(end.contains("to the shell"), "{end}");
    assert!(!end.contains("below"), "{end}");
    bench.keys("Up");
    assert!(bench.text().contains("1 below"), "{}", bench.text());
}

#[test]
fn the_keymap_in_force_is_the_one_told() {
    let mut options = options(English);
    let text = "[list]\n'C-r' = 'none'\n'g g' = 'top'\n'g' = 'none'\n";
    let mine = Source {
        name: "mine",
        file: "mine.toml",
        text,
    };
    options.keymap = Keymap::load("mine", &[mine]).0;
    let mut bench = Bench::with(options);
    bench.keys("?");
    let text = bench.text();
    assert!(text.contains("keymap mine"), "{text}");
    assert!(text.contains("unbound      ask silent"), "{text}");
    assert!(text.contains("g g G Home End"), "{text}");
    // Letters that begin a sequence are letters here.
    bench.keys("g g");
    assert!(bench.text().contains(" ? gg"), "{}", bench.text());
}

#[test]
fn the_footer_ends_with_help_wherever_letters_are_keys() {
    let mut bench = asked(English);
    for keys in ["Esc", "2", "4", "Enter", "?"] {
        bench.keys(keys);
        let text = bench.text();
        let footer = text.lines().last().unwrap();
        assert!(
            footer.trim_end_matches(['"', ' ']).ends_with("? help"),
            "{text}"
        );
    }
}

#[test]
fn a_line_of_help_fits_its_column() {
    let catalogues = [English, French].map(Catalogue::new);
    for line in GROUPS.iter().flat_map(|group| group.lines) {
        for catalogue in &catalogues {
            let words = catalogue.say(line.words);
            assert!(words.chars().count() <= 26, "{words}");
        }
    }
}
