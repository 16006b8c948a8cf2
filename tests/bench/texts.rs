//! Texts as long as they get: an object of 5 MB as YAML, and the events of a namespace where much happens.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::mpsc;
use vigie::app::Clusters;
use vigie::model::{About, Document, Event, Lookup, LookupId, Text, Told, Uid, Wanted};

use crate::hands::{Hearing, Step, step};
use crate::world;

pub(crate) const SCRIPT: &[Step] = &[
    // The answer comes while one waits.
    step("", "4yjjj", 1),
    step(
        "cursor, YAML of 5 MB",
        "jjjjjjjjjj<PgDn><PgDn><PgDn>kkkk",
        8,
    ),
    step("ends, YAML", "Gg", 10),
    step("fold, YAML", "jjjjjjjj-+", 10),
    step("", "g/", 1),
    step("search, YAML", "image<C-u>value<C-u>Nowhere<C-u>", 3),
    step("", "value<Enter>", 1),
    step("hits, YAML", "nnnnN", 6),
    step("", "<Esc>ejjj", 1),
    step(
        "cursor, 10 000 events",
        "jjjjjjjjjj<PgDn><PgDn><PgDn>kkkk",
        8,
    ),
    step("ends, events", "Gg", 10),
    step("", "g/", 1),
    step("search, events", "back-off<C-u>container 7<C-u>", 3),
    step("", "<Enter>", 1),
];

/// Answers at once.
pub(crate) fn oracle(teller: mpsc::Sender<(LookupId, Vec<Told>)>) -> impl Clusters {
    let document = Arc::new(document());
    let mut name = Text::default();
    Hearing(move |lookups: &BTreeMap<LookupId, Lookup>| {
        for (id, lookup) in lookups {
            let told = match &lookup.wanted {
                Wanted::Object(object) => {
                    name.clone_from(&object.name);
                    vec![Told::Object(Arc::clone(&document))]
                }
                Wanted::Events(About::Namespace(namespace)) => events(namespace, &name),
                _ => Vec::new(),
            };
            // Nobody hears it when the loop has ended.
            let _ = teller.try_send((*id, told));
        }
    })
}

/// Many blocks, and one line as long as a manifest may be.
fn document() -> Document {
    let long = format!("  long: {}", "x".repeat(1_000_000));
    let mut yaml = vec![
        "apiVersion: v1".into(),
        "data:".into(),
        long,
        "spec:".into(),
    ];
    for number in 0..28_000 {
        yaml.push(format!("  - name: container-{number}"));
        yaml.push("    env:".into());
        yaml.push("    - name: VARIABLE".into());
        yaml.push(format!("      value: \"the value of the number {number}\""));
        yaml.push(format!("    image: harbor.cpin.test/betaapp/app:{number}"));
    }
    Document {
        yaml,
        ..Document::default()
    }
}

fn events(namespace: &str, workload: &str) -> Vec<Told> {
    let event = |number: u32| {
        let at = world::night().plus(-i64::from(number % 3600));
        Told::Event(Event {
            uid: Uid::from_text(&number.to_string()),
            warning: number.is_multiple_of(3),
            namespace: namespace.into(),
            kind: "Deployment".into(),
            name: workload.into(),
            object: None,
            reason: "BackOff".into(),
            message: format!("back-off restarting failed container c{number} in pod p{number}")
                .into(),
            count: 1,
            first: at,
            last: at,
        })
    };
    (0..10_000).map(event).chain([Told::Whole]).collect()
}
