//! The mouse: off until asked for, then it chooses what is drawn where it clicks.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::bench::*;
use crate::app::{Effect, Message, update};
use crate::datafile::Source;
use crate::keymap::Keymap;
use crate::terminal::clipboard::{LONGEST, Unsent};
use crate::wording::Language;

fn three() -> Bench {
    let mut options = options(Language::English);
    let mine = Source {
        name: "mine",
        file: "mine.toml",
        text: "[everywhere]\n'M' = 'mouse'\n",
    };
    options.keymap = Keymap::load("mine", &[mine]).0;
    let mut bench = Bench::with(options);
    bench.read_all();
    let findings = vec![
        finding("betaapp", "beta-back", 14),
        finding("candilib", "api-usager", 20),
        finding("pissenlit", "catalogue", 30),
    ];
    bench.judged(findings, vec![rollout("basegun", "api", [5, 2, 1], 540)]);
    bench
}

impl Bench {
    fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) {
        let event = MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        };
        let effects = update(&mut self.app, Message::Mouse(event), self.now);
        assert_eq!(effects, []);
        self.text();
    }

    /// Clicks where these words stand.
    fn click(&mut self, words: &str) {
        let text = self.text();
        let found = text.lines().enumerate().find_map(|(row, line)| {
            let at = line.find(words)?;
            // Each line begins with a quotation mark.
            Some((line[..at].chars().count() - 1, row))
        });
        let (column, row) = found.unwrap_or_else(|| panic!("no {words}:\n{text}"));
        let left = MouseEventKind::Down(MouseButton::Left);
        self.mouse(left, column.try_into().unwrap(), row.try_into().unwrap());
    }
}

#[test]
fn the_mouse_is_the_terminals_until_asked_for() {
    let mut bench = three();
    assert_eq!(bench.keys("M"), [Effect::Mouse(true)]);
    assert!(bench.text().contains("the mouse selects rows and tabs"));
    assert_eq!(bench.keys("M"), [Effect::Mouse(false)]);
    assert!(bench.text().contains("the mouse selects text again"));
}

#[test]
fn a_click_selects_what_is_drawn_there() {
    let mut bench = three();
    bench.click("catalogue");
    assert!(bench.selected().contains("catalogue"));
    bench.click("basegun/prod");
    assert!(bench.selected().contains("basegun/prod"));
    bench.click("need a human");
    assert!(bench.selected().contains("basegun/prod"));
}

#[test]
fn a_click_means_the_row_of_the_last_frame_even_when_rows_moved_since() {
    let mut bench = three();
    bench.later(5);
    let order = vec![
        finding("form", "newcomer", 0),
        finding("betaapp", "beta-back", 14),
        finding("candilib", "api-usager", 20),
        finding("pissenlit", "catalogue", 30),
    ];
    let row = bench
        .text()
        .lines()
        .position(|it| it.contains("api-usager"));
    let judgement = crate::insight::Judgement {
        findings: order,
        rollouts: Vec::new(),
        wake: None,
    };
    bench.app.take(judgement, bench.now);
    let left = MouseEventKind::Down(MouseButton::Left);
    bench.mouse(left, 30, row.unwrap().try_into().unwrap());
    assert!(bench.selected().contains("api-usager"));
}

#[test]
fn a_click_on_a_tab_goes_there() {
    let mut bench = three();
    bench.click("2 Tenants");
    assert!(bench.text().contains("[2 Tenants]"));
    bench.click("1 Watch");
    assert!(bench.selected().contains("beta-back"));
}

#[test]
fn the_wheel_goes_three_rows() {
    let mut bench = three();
    bench.mouse(MouseEventKind::ScrollDown, 5, 5);
    assert!(bench.selected().contains("basegun/prod"));
    bench.mouse(MouseEventKind::ScrollUp, 5, 5);
    assert!(bench.selected().contains("beta-back"));
    bench.mouse(MouseEventKind::ScrollUp, 5, 5);
    assert!(bench.selected().contains("beta-back"));
}

#[test]
fn while_a_popup_is_open_the_mouse_stays_in_it() {
    let mut bench = three();
    bench.keys(":");
    bench.mouse(MouseEventKind::ScrollDown, 5, 5);
    bench.click("1 Watch");
    assert!(bench.text().contains("command ─"), "{}", bench.text());
    bench.keys("Esc");
    assert!(bench.selected().contains("beta-back"));
}

#[test]
fn what_was_sent_is_said_and_never_that_it_arrived() {
    let mut bench = three();
    let mut copied = |lines, sent| {
        update(&mut bench.app, Message::Copied(lines, sent), bench.now);
        bench.text()
    };
    assert!(copied(3, Ok(())).contains("✓ 3 lines sent to the terminal"));
    bench.keys("j");
    let mut copied = |lines, sent| {
        update(&mut bench.app, Message::Copied(lines, sent), bench.now);
        bench.text()
    };
    let long = copied(900, Err(Unsent::TooLong(LONGEST + 20_000)));
    assert!(long.contains("clipboard: 95 KB, at most 75"), "{long}");
}
