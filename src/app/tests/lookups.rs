//! What is asked beyond the watches: once the cursor rests, and no longer than its view is open.

use insta::assert_snapshot;

use super::bench::*;
use crate::app::{Effect, Message, update};
use crate::model::{About, ClusterId, Lack, Lookup, LookupId, Told, Verb, Wanted};
use crate::wording::Language::English;

/// Two tenants, the workloads on a wide screen.
fn workloads() -> Bench {
    let mut bench = Bench::new(English);
    bench.resize(132, 40);
    bench.read_all();
    bench.workload("betaapp", "beta-back");
    bench.workload("betaapp", "beta-front");
    bench.workload("candilib", "api-usager");
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench
}

/// What is asked for when the clock next ticks: namespaces whose events are read.
fn asked(bench: &mut Bench) -> Option<Vec<String>> {
    let effects = update(&mut bench.app, Message::Tick, bench.now);
    let mut looks = effects.iter().filter_map(|it| match it {
        Effect::Look(lookups) => Some(lookups),
        _ => None,
    });
    let lookups = looks.next()?;
    let namespace = |lookup: &Lookup| match &lookup.wanted {
        Wanted::Events(About::Namespace(name)) => name.to_string(),
        other => format!("{other:?}"),
    };
    Some(lookups.values().map(namespace).collect())
}

fn named(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn a_row_is_looked_into_when_the_cursor_rests_on_it() {
    let mut bench = workloads();
    assert_eq!(bench.keys("4"), []);
    assert!(bench.app.wake().is_some_and(|at| at > bench.now.at));
    assert_eq!(asked(&mut bench), None);
    bench.later(1);
    assert_eq!(asked(&mut bench), Some(named(&["betaapp"])));
    // Another workload of the same namespace is known already.
    bench.keys("j");
    bench.later(1);
    assert_eq!(asked(&mut bench), None);
    bench.keys("j");
    assert_eq!(asked(&mut bench), None);
    bench.later(1);
    assert_eq!(asked(&mut bench), Some(named(&["candilib"])));
}

#[test]
fn what_no_view_shows_is_not_read() {
    let mut bench = workloads();
    bench.keys("4");
    bench.later(1);
    assert_eq!(asked(&mut bench), Some(named(&["betaapp"])));
    let effects = bench.keys("1");
    assert_eq!(effects, [Effect::Look([].into())]);
    bench.resize(80, 24);
    bench.keys("4");
    bench.later(1);
    assert_eq!(asked(&mut bench), None);
}

fn tell(bench: &mut Bench, told: Vec<Told>) {
    let message = Message::Told(LookupId(1), told);
    assert_eq!(update(&mut bench.app, message, bench.now), []);
}

/// The pane from its title to the first empty line.
fn events(bench: &mut Bench) -> String {
    let text = bench.text();
    let pane = text.lines().filter_map(|line| line.split_once('\u{2502}'));
    let pane = pane.map(|(_, pane)| pane.trim_end_matches([' ', '"']));
    let from = pane.skip_while(|line| *line != " events");
    from.take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_pane_tells_the_events_of_its_workload_newest_first() {
    let mut bench = workloads();
    bench.keys("4");
    bench.later(1);
    asked(&mut bench);
    let now = bench.now.moment;
    let own = object("beta-back").uid;
    tell(
        &mut bench,
        vec![
            event(1, own, "ScalingReplicaSet", now.plus(-900)),
            event(57, own, "BackOff", now.plus(-30)),
            event(3, object("other").uid, "Started", now),
        ],
    );
    let reading = events(&mut bench);
    tell(&mut bench, vec![Told::Whole]);
    let whole = events(&mut bench);
    let denied = Lack::Denied {
        verb: Verb::List,
        resource: "events".into(),
    };
    tell(&mut bench, vec![Told::Lack(denied)]);
    let lacking = events(&mut bench);
    assert_snapshot!(format!("{reading}\n\n{whole}\n\n{lacking}"));
}

#[test]
fn no_event_is_said_once_all_were_read() {
    let mut bench = workloads();
    bench.keys("4");
    bench.later(1);
    asked(&mut bench);
    assert!(events(&mut bench).contains("being read"));
    tell(&mut bench, vec![Told::Whole]);
    assert!(events(&mut bench).contains("none that the server still keeps"));
    assert_eq!(bench.app.dossier.lookups().len(), 1);
    assert!(
        bench
            .app
            .dossier
            .lookups()
            .values()
            .all(|it| it.cluster == ClusterId(1))
    );
}
