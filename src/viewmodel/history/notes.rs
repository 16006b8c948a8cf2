//! What surprises in a history, a line each; and who wrote what runs.

use serde_json::Value;

use super::number;
use super::sides::{self, Sides};
use crate::insight::{Diff, HistoryRow, References, Went};
use crate::model::{Document, ObjectRef, ReplicaSet};
use crate::viewmodel::watch::Below;
use crate::viewmodel::{Facts, aspect, text};

/// A revision is made within so many seconds of the write that asked for it.
const AT_ONCE: i64 = 60;
/// How many old revisions are kept where nobody says otherwise.
const KEPT: u64 = 10;

fn workload<'a>(facts: &Facts<'a>, object: &ObjectRef) -> Option<&'a Document> {
    facts.dossier.whole(&aspect::whole(object))?.document()
}

/// Who wrote the template that runs. Of one that was made before nothing else tells it than who wrote last, and that only while
/// what they wrote is what runs; of former ones nothing does.
pub(super) fn writer(facts: &Facts<'_>, object: &ObjectRef, row: &HistoryRow) -> Option<String> {
    let row = Some(row).filter(|row| row.revision.current)?;
    let writers = &workload(facts, object)?.writers;
    let created = row.revision.created?;
    let made = |at: i64| (at - created.seconds()).abs() <= AT_ONCE;
    let mut likely = writers.iter();
    let writer = if row.again {
        likely.next().filter(|_| waiting(facts, object) == Some(0))
    } else {
        likely.find(|it| it.at.is_some_and(|at| made(at.seconds())))
    };
    writer.map(|it| it.name.to_string())
}

pub(super) fn notes(facts: &Facts<'_>, object: &ObjectRef, sides: &Sides<'_>) -> Vec<Below> {
    let said = [
        paused(facts, object),
        renumbered(facts, sides),
        same_names(facts, sides),
        pruned(facts, object),
        unseen(facts),
    ];
    // Those after the first stand in the same gutter.
    let label = facts.say("strip-note");
    let labels = std::iter::once(label).chain(std::iter::repeat(" ".to_owned()));
    let said = said.into_iter().flatten().zip(labels);
    said.map(|(words, label)| Below::Gutter(label, vec![text(words)]))
        .collect()
}

/// How much of the template that is asked for is in no revision yet.
fn waiting(facts: &Facts<'_>, object: &ObjectRef) -> Option<usize> {
    let current = facts
        .rows
        .history()
        .iter()
        .find(|row| row.revision.current)?;
    let wanted = &workload(facts, object)?.value["spec"]["template"];
    let diff = Diff::of_templates(sides::template(facts, current)?, wanted);
    Some(diff.differences.len())
}

fn paused(facts: &Facts<'_>, object: &ObjectRef) -> Option<String> {
    let known = facts.store.cluster(object.cluster)?.workload(object.uid?)?;
    if !known.paused {
        return None;
    }
    Some(match waiting(facts, object) {
        None | Some(0) => facts.say("history-paused"),
        Some(count) => {
            let count = [("count", count.into())];
            facts.catalogue.say_with("history-paused-waiting", &count)
        }
    })
}

/// One that is gone back to gets a new number, and its former one disappears.
fn renumbered(facts: &Facts<'_>, sides: &Sides<'_>) -> Option<String> {
    let mut both = [sides.after, sides.before].into_iter();
    let row = both.find(|row| row.again)?;
    let object = sides::object(facts, row);
    let mut keys = ReplicaSet::REVISION_HISTORY.iter();
    let former = object
        .and_then(|it| keys.find_map(|key| it["metadata"]["annotations"][*key].as_str()))
        .map(|it| it.replace(',', ", "));
    let id = match former {
        Some(_) => "history-renumbered-from",
        None => "history-renumbered",
    };
    let arguments = [
        ("revision", number(row).into()),
        ("former", former.unwrap_or_default().into()),
    ];
    Some(facts.catalogue.say_with(id, &arguments))
}

/// A template keeps the name of what it reads, not what was in it.
fn same_names(facts: &Facts<'_>, sides: &Sides<'_>) -> Option<String> {
    let of = |row| Some(References::of(sides::template(facts, row)?));
    let (before, after) = (of(sides.before)?, of(sides.after)?);
    let maps = before.config_maps.intersection(&after.config_maps);
    let secrets = before.secrets.intersection(&after.secrets);
    let maps = maps.map(|name| format!("ConfigMap {name}"));
    let all: Vec<_> = maps
        .chain(secrets.map(|name| format!("Secret {name}")))
        .collect();
    let names = [("names", all.join(", ").into())];
    let any = !all.is_empty();
    any.then(|| facts.catalogue.say_with("history-same-names", &names))
}

fn pruned(facts: &Facts<'_>, object: &ObjectRef) -> Option<String> {
    let limit = &workload(facts, object)?.value["spec"]["revisionHistoryLimit"];
    let limit = match limit {
        Value::Null => KEPT,
        limit => limit.as_u64()?,
    };
    let old = facts
        .rows
        .history()
        .iter()
        .filter(|row| !row.revision.current);
    let full = u64::try_from(old.count()).is_ok_and(|old| old >= limit);
    let oldest = facts
        .rows
        .history()
        .last()
        .and_then(|row| row.revision.number);
    let count = [("count", limit.into())];
    (full && oldest.is_some_and(|it| it > 1))
        .then(|| facts.catalogue.say_with("history-pruned", &count))
}

/// Why nothing better is said of how former ones went.
fn unseen(facts: &Facts<'_>) -> Option<String> {
    let vague = |row: &HistoryRow| matches!(row.went, Went::Ran(_) | Went::Unknown);
    let any = facts
        .rows
        .history()
        .iter()
        .any(|row| !row.revision.current && vague(row));
    any.then(|| facts.say("history-unseen"))
}
