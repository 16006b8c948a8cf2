//! The page of events: which are shown, in which order, and how many of how many.

use insta::assert_snapshot;

use super::bench::*;
use crate::model::{Event, Told, Wanted};
use crate::wording::Language::{self, English, French};

fn opened(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench.keys("4 e");
    bench.asks();
    bench
}

/// Of the workload itself, so many seconds ago.
fn told(bench: &Bench, number: u8, count: u32, reason: &str, ago: i64, message: &str) -> Told {
    let uid = object("beta-back").uid;
    let told = event(number, uid, reason, bench.now.moment.plus(-ago));
    match told {
        Told::Event(event) => Told::Event(Event {
            count,
            message: message.into(),
            ..event
        }),
        other => other,
    }
}

fn loops(language: Language) -> Bench {
    let mut bench = opened(language);
    let back_off = "restarting failed container app";
    let events = vec![
        told(
            &bench,
            1,
            1,
            "Scheduled",
            700,
            "assigned betaapp/beta-back-1-0 to w1",
        ),
        told(&bench, 2, 4, "Pulled", 300, "pulled image app:2 in 1.9s"),
        told(&bench, 3, 2, "Pulled", 20, "pulled image app:2 in 0.4s"),
        told(
            &bench,
            4,
            30,
            "BackOff",
            310,
            &format!("back-off 40s {back_off}"),
        ),
        told(
            &bench,
            5,
            27,
            "BackOff",
            5,
            &format!("back-off 5m0s {back_off}"),
        ),
        told(&bench, 6, 7, "Started", 19, "started container app"),
        Told::Whole,
    ];
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), events);
    bench
}

#[test]
fn events_80() {
    assert_snapshot!(loops(English).text());
}

#[test]
fn events_120() {
    let mut bench = loops(English);
    bench.resize(120, 40);
    assert_snapshot!(bench.text());
}

#[test]
fn warnings_fr_80() {
    let mut bench = loops(French);
    bench.keys("v");
    assert_snapshot!(bench.text());
}

#[test]
fn warnings_alone_are_shown_at_a_key_and_the_title_says_of_how_many() {
    let mut bench = loops(English);
    let all = bench.text();
    assert!(all.contains("v warnings"), "{all}");
    bench.keys("j j v");
    let text = bench.text();
    assert!(text.contains("1 of 4 · warnings"), "{text}");
    assert!(!text.contains("Scheduled"), "{text}");
    assert!(text.contains("BackOff ×57"), "{text}");
    // It is kept on the way out and back.
    bench.keys("Enter Esc");
    bench.asks();
    assert!(bench.text().contains("warnings"), "{}", bench.text());
    bench.keys("v");
    assert!(!bench.text().contains("· warnings"), "{}", bench.text());
}

#[test]
fn where_no_event_is_a_warning_it_is_said() {
    let mut bench = opened(English);
    let events = vec![told(&bench, 1, 1, "Scheduled", 7, "to w1"), Told::Whole];
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), events);
    bench.keys("v");
    let text = bench.text();
    assert!(text.contains("0 of 1 · warnings"), "{text}");
    assert!(text.contains("none of them is a warning"), "{text}");
}

#[test]
fn the_cursor_stays_on_its_event_while_others_come_above_it() {
    let mut bench = loops(English);
    bench.keys("j j");
    bench.text();
    let started = |bench: &mut Bench| {
        let text = bench.text();
        let at = text.lines().position(|it| it.contains("\u{258c}"));
        at.map(|at| text.lines().nth(at).unwrap().to_owned())
            .unwrap()
    };
    let before = started(&mut bench);
    assert!(before.contains("Pulled"), "{before}");
    let said = vec![
        told(&bench, 7, 1, "Killing", 1, "stopping container app"),
        // Its own series goes on: it moves up, and the cursor with it.
        told(&bench, 6, 8, "Started", 0, "started container app"),
    ];
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), said);
    let after = started(&mut bench);
    assert!(after.contains("Pulled"), "{after}");
    bench.keys("Enter");
    bench.asks();
    bench.keys("Esc");
    assert!(started(&mut bench).contains("Pulled"));
}

#[test]
fn on_the_first_line_stands_what_is_newest_and_a_key_acts_on_what_stood_there() {
    let mut bench = loops(English);
    let first = |text: &str| {
        let line = text.lines().find(|it| it.contains("\u{258c}"));
        line.unwrap_or_default().to_owned()
    };
    assert!(first(&bench.text()).contains("BackOff"));
    let killing = told(&bench, 7, 1, "Killing", 1, "stopping container app");
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), vec![killing]);
    let text = bench.text();
    assert!(first(&text).contains("Killing"), "{text}");
    let scaled = told(&bench, 8, 1, "Scaled", 0, "scaled up");
    bench.tell_where(|it| matches!(it, Wanted::Events(_)), vec![scaled]);
    // No frame was drawn since.
    bench.keys("j");
    let text = bench.text();
    assert!(first(&text).contains("BackOff"), "{text}");
}
