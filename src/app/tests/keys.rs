//! Message in, state and effects out.

use std::collections::HashSet;

use super::bench::*;
use crate::app::{Effect, Message, update};
use crate::command::{Command, TABLE};
use crate::model::{
    Change, ClusterId, Delta, Feed, GarbledFault, Kind, Link, LogLine, LogNews, Problem, Stamp,
    Told, Verb, Wanted, What,
};
use crate::tenancy::{Places, Selection};
use crate::terminal::Signal;
use crate::wording::Language;

fn three() -> Bench {
    let mut bench = Bench::new(Language::English);
    bench.read_all();
    let findings = vec![
        finding("betaapp", "beta-back", 14),
        finding("candilib", "api-usager", 20),
        finding("pissenlit", "catalogue", 30),
    ];
    bench.judged(findings, vec![rollout("basegun", "api", [5, 2, 1], 540)]);
    bench
}

#[test]
fn the_worst_row_is_selected_before_any_key() {
    assert!(three().selected().contains("beta-back"));
}

#[test]
fn the_cursor_walks_through_findings_then_rollouts_then_what_was_left() {
    let mut bench = three();
    let mut seen = Vec::new();
    for _ in 0..6 {
        bench.keys("j");
        let line = bench.selected();
        seen.push(
            line.split_whitespace()
                .find(|word| word.len() > 6)
                .unwrap()
                .to_owned(),
        );
    }
    insta::assert_snapshot!(seen.join("\n"));
    bench.keys("g");
    assert!(bench.selected().contains("beta-back"));
    bench.keys("G");
    assert!(bench.selected().contains("purge-sessions"));
}

#[test]
fn rows_do_not_move_under_a_hand_and_settle_two_seconds_later() {
    let mut bench = three();
    bench.keys("j");
    assert!(bench.selected().contains("api-usager"));
    let order = vec![
        finding("form", "newcomer", 0),
        finding("pissenlit", "catalogue", 30),
        finding("candilib", "api-usager", 20),
    ];
    bench.judged(order, Vec::new());
    let names = |text: &str| {
        let names = ["beta-back", "api-usager", "catalogue", "newcomer"];
        let mut found: Vec<_> = names
            .iter()
            .filter_map(|name| {
                let at = text
                    .lines()
                    .position(|it| it.contains(name) && it.contains('▲'));
                at.map(|at| (at, *name))
            })
            .collect();
        found.sort_unstable();
        let names: Vec<_> = found.into_iter().map(|(_, name)| name).collect();
        names.join(" ")
    };
    assert_eq!(
        names(&bench.text()),
        "beta-back api-usager catalogue newcomer"
    );
    assert_eq!(
        bench.app.settle,
        Some(bench.now.at + std::time::Duration::from_secs(2))
    );
    bench.later(2);
    bench.tick();
    assert_eq!(names(&bench.text()), "newcomer catalogue api-usager");
    assert!(bench.selected().contains("api-usager"));
    assert_eq!(bench.app.wake(), None);
}

#[test]
fn a_row_that_vanishes_leaves_the_cursor_where_it_was() {
    let mut bench = three();
    bench.keys("j");
    bench.later(3);
    let rest = vec![
        finding("betaapp", "beta-back", 14),
        finding("pissenlit", "catalogue", 30),
    ];
    bench.judged(rest, Vec::new());
    assert!(bench.selected().contains("catalogue"));
}

#[test]
fn a_key_acts_on_the_row_that_stood_there_when_it_was_pressed() {
    let mut bench = three();
    bench.keys("C-l");
    bench.later(3);
    let mut order = vec![finding("form", "newcomer", 0)];
    order.push(finding("betaapp", "beta-back", 14));
    bench.judged(order, Vec::new());
    assert!(bench.selected().contains("beta-back"));
}

#[test]
fn rows_since_the_last_key_are_counted_until_a_key() {
    let mut bench = three();
    bench.later(5);
    let mut findings = vec![finding("form", "newcomer", 0)];
    findings.extend(bench.app.judgement().findings.clone());
    bench.judged(findings, Vec::new());
    assert!(bench.text().contains("1 new"));
    bench.keys("j");
    assert!(!bench.text().contains("1 new"));
}

#[test]
fn a_new_row_above_the_view_is_announced() {
    let mut bench = Bench::new(Language::English);
    bench.read_all();
    let many = |from: usize| -> Vec<_> {
        (from..40)
            .map(|at| finding("betaapp", &format!("web-{at:02}"), 10))
            .collect()
    };
    bench.judged(many(1), Vec::new());
    bench.keys("G k k k");
    bench.later(3);
    bench.judged(many(0), Vec::new());
    assert!(bench.text().contains("1 new above"), "{}", bench.text());
}

#[test]
fn the_filter_works_as_it_is_typed() {
    let mut bench = three();
    bench.keys("/ c a t");
    let text = bench.text();
    assert!(text.contains("1 of 3 · filter on"), "{text}");
    assert!(bench.selected().contains("catalogue"));
    bench.keys("Back Back Back");
    assert!(bench.text().contains("3 need a human"));
    bench.keys("b e t a Enter j");
    assert!(bench.text().contains("1 of 3"));
    bench.keys("Esc");
    assert!(bench.text().contains("3 need a human"));
}

#[test]
fn an_opaque_namespace_can_be_pasted_into_the_filter() {
    let mut bench = three();
    bench.keys("/");
    let paste = Message::Paste("22dxmhpuknhbc3u48km99jyob\n".into());
    update(&mut bench.app, paste, bench.now);
    assert!(
        bench.text().contains("3 of 3 · filter on"),
        "{}",
        bench.text()
    );
}

#[test]
fn a_filter_that_hides_all_says_so() {
    let mut bench = three();
    bench.keys("/ z z z");
    let text = bench.text();
    assert!(
        text.contains("0 of 3: the filter hides all. Esc drops it"),
        "{text}"
    );
    bench.keys("j");
    assert!(bench.text().contains("zzzj"));
    bench.keys("Esc");
    assert!(bench.selected().contains("beta-back"));
}

#[test]
fn a_wrong_regex_is_said_in_place() {
    let mut bench = three();
    bench.keys("/ r e : [");
    let text = bench.text();
    assert!(
        text.contains("^^^^ not a regular expression: unclosed"),
        "{text}"
    );
    assert!(text.contains("3 need a human"), "{text}");
}

#[test]
fn quit_redraw_and_suspend_are_asked_of_the_runner() {
    let mut bench = three();
    assert_eq!(bench.keys("q"), [Effect::Quit]);
    assert_eq!(bench.keys("C-c"), [Effect::Quit]);
    assert_eq!(bench.keys("C-l"), [Effect::Redraw]);
    assert_eq!(bench.keys("C-z"), [Effect::Suspend]);
    assert_eq!(bench.keys("/ q"), []);
    for (signal, effect) in [
        (Signal::End, Effect::Quit),
        (Signal::Stop, Effect::Suspend),
        (Signal::Back, Effect::Resume),
    ] {
        let effects = update(&mut bench.app, Message::Signal(signal), bench.now);
        assert_eq!(effects, [effect]);
    }
}

#[test]
fn retry_asks_the_lost_clusters_again_and_good_news_goes_by_itself() {
    let mut bench = three();
    assert_eq!(bench.keys("C-r"), []);
    assert!(bench.text().contains("nothing to ask again"));
    bench.link(2, lost(bench.now.moment));
    bench.judged(Vec::new(), Vec::new());
    assert_eq!(bench.keys("C-r"), [Effect::Retry(ClusterId(2))]);
    assert!(bench.text().contains("asking app1 again"));
    bench.later(6);
    bench.tick();
    assert!(!bench.text().contains("asking app1 again"));
}

#[test]
fn bad_news_stays_until_escape() {
    let mut options = options(Language::English);
    options.problems = vec!["one.toml:3: wrong".into(), "two.toml:1: wrong".into()];
    let mut bench = Bench::with(options);
    bench.later(60);
    bench.tick();
    bench.keys("j");
    assert!(bench.text().contains("one.toml:3: wrong · 1 more"));
    bench.keys("Esc Esc");
    assert!(!bench.text().contains("toml"));
}

#[test]
fn a_clock_that_is_off_is_said_once() {
    let mut bench = Bench::new(Language::English);
    bench.fact(Delta::ClockSkew(ClusterId(1), -12));
    update(&mut bench.app, Message::Judge, bench.now);
    assert!(bench.text().contains("12 s off public1's"));
    bench.keys("Esc");
    bench.fact(Delta::ClockSkew(ClusterId(1), -13));
    update(&mut bench.app, Message::Judge, bench.now);
    assert!(!bench.text().contains("s off"));
}

#[test]
fn an_object_that_cannot_be_read_is_named_once_and_counted() {
    let mut bench = three();
    let unreadable = |name: &str| Delta::Undecodable {
        scope: scope(1, Kind::Pod, None),
        name: name.into(),
        fault: GarbledFault::Nameless,
    };
    bench.fact(unreadable("betaapp/odd"));
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    assert!(
        text.contains("Pod betaapp/odd of public1 cannot be read"),
        "{text}"
    );
    assert!(text.contains("1 object could not be read"), "{text}");
    assert!(text.contains("nothing found in what is seen"), "{text}");
    bench.keys("Esc");
    bench.judged(Vec::new(), Vec::new());
    assert!(!bench.text().contains("betaapp/odd"));
}

#[test]
fn a_cluster_that_never_answered_has_no_counts() {
    let mut options = options(Language::English);
    options.clusters.drain(1..);
    let mut bench = Bench::with(options);
    bench.link(0, lost(bench.now.moment));
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    assert!(text.contains("dso does not answer: i/o timeout"), "{text}");
    assert!(!text.contains(" pods"), "{text}");
}

#[test]
fn only_what_was_asked_for_stands_in_the_list_and_the_header_counts_all() {
    let mut options = options(Language::English);
    options.selection = Selection::new(["candilib"]);
    let mut bench = Bench::with(options);
    bench.read_all();
    let elsewhere = finding("betaapp", "beta-back", 14);
    let here = finding("candilib", "api-usager", 20);
    bench.judged(vec![elsewhere.clone(), here], Vec::new());
    let text = bench.text();
    assert!(
        text.contains("▲2") && text.contains("1 needs a human"),
        "{text}"
    );
    assert!(!text.contains("beta-back"), "{text}");
    bench.judged(
        vec![elsewhere],
        vec![rollout("betaapp", "api", [1, 1, 0], 60)],
    );
    let text = bench.text();
    assert!(
        text.contains("nothing in what was asked · 1 elsewhere"),
        "{text}"
    );
    assert!(text.contains("none in progress"), "{text}");
}

#[test]
fn a_name_that_nothing_has_does_not_read_as_calm() {
    let mut options = options(Language::English);
    options.selection = Selection::new(["candilip"]);
    let mut bench = Bench::with(options);
    bench.read_all();
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    let text = bench.text();
    assert!(text.contains("nothing is named candilip"), "{text}");
}

#[test]
fn a_kind_that_is_lost_or_read_in_turns_is_said() {
    let mut bench = three();
    let since = bench.now.moment.plus(-40);
    let problem = Problem::TimedOut { seconds: 5 };
    bench.fact(Delta::Feed(
        scope(0, Kind::Node, None),
        Feed::Lost { problem, since },
    ));
    bench.fact(Delta::Feed(
        scope(1, Kind::Job, None),
        Feed::Polled {
            at: since,
            watch_denied: false,
        },
    ));
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    assert!(text.contains("dso ◆"), "{text}");
    assert!(
        text.contains("1 list is read from time to time, last 40s ago"),
        "{text}"
    );
    assert_eq!(bench.keys("C-r"), [Effect::Retry(ClusterId(0))]);
}

#[test]
fn a_kind_that_is_denied_is_asked_for_again() {
    let mut bench = three();
    let denied = Feed::Denied { verb: Verb::List };
    bench.fact(Delta::Feed(scope(1, Kind::Node, None), denied));
    bench.judged(Vec::new(), Vec::new());
    assert_eq!(bench.keys("C-r"), [Effect::Retry(ClusterId(1))]);
    assert!(bench.text().contains("asking public1 again"));
}

#[test]
fn a_right_missing_in_one_namespace_names_it() {
    let mut bench = three();
    bench.resize(132, 40);
    let denied = |namespace| {
        let scope = scope(1, Kind::Job, Some(namespace));
        Delta::Feed(scope, Feed::Denied { verb: Verb::List })
    };
    bench.fact(denied("betaapp-dev"));
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    assert!(text.contains("list jobs.batch in betaapp-dev"), "{text}");
    bench.fact(denied("betaapp-prod"));
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    assert!(text.contains("list jobs.batch in 2 namespaces"), "{text}");
}

#[test]
fn places_are_resolved_again_only_when_what_decides_them_has_changed() {
    let mut bench = three();
    update(&mut bench.app, Message::Judge, bench.now);
    bench.app.places = Places::default();
    bench.read(0, &[Kind::Pod], None);
    update(&mut bench.app, Message::Judge, bench.now);
    assert_eq!(bench.app.places.tenants().count(), 0);
    bench.read(0, &[Kind::Job], Some("betaapp-dev"));
    update(&mut bench.app, Message::Judge, bench.now);
    assert!(bench.app.places.tenants().count() > 0);
}

#[test]
fn what_came_before_is_looked_up_once_a_judgement() {
    let mut bench = three();
    let cause = bench.app.judgement.findings[0].cause.clone();
    let change = Change {
        at: bench.app.judgement.findings[0].since.unwrap(),
        cluster: ClusterId(1),
        namespace: "betaapp".into(),
        subject: bench.app.judgement.findings[0].subject.clone(),
        what: What::Scale { from: 1, to: 9 },
    };
    bench.app.before = Some((cause, vec![change]));
    assert!(bench.text().contains("scaled 1→9"));
    bench.keys("j");
    assert!(!bench.text().contains("scaled 1→9"), "another finding");
    bench.judged(bench.app.judgement.findings.clone(), Vec::new());
    bench.keys("k");
    assert!(!bench.text().contains("scaled 1→9"));
}

#[test]
fn no_number_of_the_server_is_too_large_for_a_rollout() {
    let mut bench = three();
    let mut huge = rollout("basegun", "api", [0, 0, 0], 540);
    (huge.new_ready, huge.new_unready) = (u32::MAX, u32::MAX);
    (huge.old_ready, huge.wanted) = (u32::MAX, u32::MAX);
    bench.judged(Vec::new(), vec![huge]);
    bench.keys("j");
    assert!(bench.text().contains("4294967295/4294967295"));
}

#[test]
fn every_command_of_the_table_does_something() {
    let done: HashSet<Command> = TABLE.iter().map(|entry| entry.command).collect();
    for command in done {
        let mut bench = three();
        bench.workload("betaapp", "beta-back");
        bench.keys("j");
        let before = bench.text();
        match command {
            Command::KeepFilter | Command::DropFilter | Command::EmptyFilter | Command::Escape => {
                bench.keys("/ b");
            }
            Command::Complete => {
                bench.keys("/ t e n");
            }
            Command::Forth => {
                bench.keys("2 [");
            }
            Command::Back => {
                bench.keys("2");
            }
            Command::Choose | Command::Dismiss | Command::Next => {
                bench.keys("t");
            }
            Command::Previous => {
                bench.keys("t");
                bench.app.command(Command::Next, bench.now);
            }
            Command::SortUp => {
                bench.workload("candilib", "worker");
                bench.keys("4 s r e s t Enter");
            }
            Command::SortDown => {
                bench.workload("candilib", "worker");
                bench.keys("4 s n a m e Enter");
            }
            Command::Pane => {
                bench.resize(132, 40);
                bench.text();
            }
            Command::Watch => {
                bench.keys("4");
            }
            Command::Fold => {
                bench.keys("4 Enter +");
            }
            Command::Unfold => {
                bench.keys("4 Enter -");
            }
            Command::Follow
            | Command::PreviousRun
            | Command::Since
            | Command::Level
            | Command::Container
            | Command::Times
            | Command::Save => {
                bench.keys("4 l");
                bench.asks();
                let line = LogLine {
                    at: Some(Stamp(1)),
                    level: None,
                    text: "said".into(),
                    record: None,
                };
                let told = vec![Told::Log(LogNews::Lines(vec![line]))];
                bench.tell_where(|it| matches!(it, Wanted::Log(_)), told);
            }
            Command::Wrap => {
                bench.resize(40, 24);
                bench.keys("y");
                bench.document("beta-back");
            }
            _ => {}
        }
        let typed = bench.text();
        let effects = bench.app.command(command, bench.now);
        let changed = bench.text() != typed || command == Command::KeepFilter && typed != before;
        assert!(!effects.is_empty() || changed, "{command:?}");
    }
}

fn lost(now: crate::model::Moment) -> Link {
    Link::Degraded {
        problem: Problem::Unreachable {
            detail: "i/o timeout".into(),
        },
        since: now,
        tries: 1,
        next_try: None,
    }
}
