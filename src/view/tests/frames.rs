use insta::assert_snapshot;

use super::night::*;
use super::*;
use crate::viewmodel::{ClassMark, Column, Counts, Form, Note, State};

#[test]
fn watch_80() {
    assert_snapshot!(drawn(&watch(Form::Normal), (80, 24)));
}

#[test]
fn watch_132() {
    assert_snapshot!(drawn(&watch(Form::Wide), (132, 40)));
}

#[test]
fn watch_calm_80() {
    assert_snapshot!(drawn(&calm(Form::Normal), (80, 24)));
}

#[test]
fn watch_first_80() {
    assert_snapshot!(drawn(&first_second(), (80, 24)));
}

#[test]
fn watch_degraded_80() {
    assert_snapshot!(drawn(&degraded(), (80, 24)));
}

#[test]
fn watch_few_80() {
    assert_snapshot!(drawn(&few_rights(), (80, 24)));
}

#[test]
fn watch_filter_80() {
    assert_snapshot!(drawn(&filtered("beta prod", &[], ""), (80, 24)));
}

#[test]
fn watch_filter_wrong_80() {
    let screen = filtered(
        "beta re:[a x y=1",
        &[(5, 10), (13, 16)],
        "not a regular expression: unclosed character class",
    );
    assert_snapshot!(drawn(&screen, (80, 24)));
}

#[test]
fn watch_filter_hides_all_80() {
    let mut screen = filtered("zebra", &[], "");
    list(&mut screen).table.rows.clear();
    list(&mut screen).card = None;
    list(&mut screen).notes = vec![Note::Sentence(
        "0 of 8: the filter hides all. Esc drops it".into(),
    )];
    assert_snapshot!(drawn(&screen, (80, 24)));
}

#[test]
fn small_40() {
    assert_snapshot!(drawn(&watch(Form::Small), (40, 10)));
}

#[test]
fn small_20() {
    assert_snapshot!(drawn(&watch(Form::Tiny), (20, 5)));
}

#[test]
fn one_cell_has_the_worst_symbol() {
    let text = |screen: &Screen| drawn(screen, (1, 1)).lines().next().unwrap().to_owned();
    let mut screen = watch(Form::Speck);
    assert_eq!(text(&screen), "▲|");
    screen.header.counts = Counts::Found {
        critical: 0,
        warning: 2,
    };
    assert_eq!(text(&screen), "◆|");
    screen.header.counts = Counts::Calm("calm".into());
    assert_eq!(text(&screen), "✓|");
}

#[test]
fn watch_ascii_80() {
    let screen = watch(Form::Normal);
    assert_snapshot!(drawn_with(&screen, (80, 24), Symbols::Ascii, Colours::None));
}

#[test]
fn long_wide_and_combining_names_stay_in_their_cells() {
    let mut screen = watch(Form::Normal);
    let names = [
        (
            "projet-au-nom-interminable/integration-continue",
            "un-service-au-nom-tres-long-k9w4t",
            "120/1000",
        ),
        ("東京都デジタル/本番環境", "認証サービス", "3/6"),
        (
            "e\u{301}e\u{301}e\u{301}quipe/prod",
            "a\u{300}a\u{300}a\u{300}",
            "1/2",
        ),
        ("👩‍👩‍👧‍👦 famille/🏳️‍🌈", "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻", "1/1"),
    ];
    for (at, (place, subject, ready)) in names.into_iter().enumerate() {
        let sentence =
            "quota « dso-quota » plein : 仮想マシンのメモリが不足しています, limite 512Mi";
        let state = State::Warning;
        list(&mut screen).table.rows[at] = row(
            state,
            ClassMark::Production,
            place,
            subject,
            ready,
            sentence,
            "364d",
        );
    }
    list(&mut screen).table.columns[2] = Column::right("", 8);
    let (buffer, _) = buffer(&screen, (80, 24), Symbols::Unicode, Colours::None);
    for y in 3..7 {
        let age: String = (76..80).map(|x| buffer[(x, y)].symbol()).collect();
        assert_eq!(age, "364d", "row {y}");
    }
    assert_snapshot!(drawn(&screen, (80, 24)));
}

#[test]
fn no_size_panics() {
    let screens = [
        watch as fn(Form) -> Screen,
        calm,
        |_| degraded(),
        |_| few_rights(),
        |_| first_second(),
        |_| filtered("日本 beta", &[(0, 4)], "x"),
    ];
    let sizes = [
        0, 1, 2, 3, 4, 5, 7, 10, 16, 19, 20, 39, 40, 60, 80, 120, 133, 250,
    ];
    for screen in screens {
        for columns in sizes {
            for lines in sizes {
                let mut screen = screen(Form::of(columns, lines));
                screen.form = Form::of(columns, lines);
                for symbols in [Symbols::Unicode, Symbols::Ascii] {
                    buffer(&screen, (columns, lines), symbols, Colours::None);
                }
            }
        }
    }
}
