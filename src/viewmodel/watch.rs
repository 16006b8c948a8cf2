//! Watch: what needs a human, what moves, what was left in a temporary state.

mod below;
mod calm;
mod card;
mod row;

pub use below::{Below, Item};
pub use calm::{Note, PastChange};
pub use card::Card;
pub use row::Row;

use super::filter::Words;
use super::{BadTerm, Facts, Form, State};
use crate::insight::{Cause, Finding, Judgement, RolloutInProgress};
use crate::model::ObjectId;
use crate::tenancy::Class;

use super::Survey;

#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    pub title: Title,
    pub prompt: Option<Prompt>,
    /// The rows in view.
    pub rows: Vec<Row>,
    /// Which of them the cursor is on.
    pub selected: Option<usize>,
    /// The first row in view, among all.
    pub first: usize,
    /// What stands where there are no rows.
    pub notes: Vec<Note>,
    /// What is known of the selected row.
    pub card: Option<Card>,
    /// The strips under the list.
    pub below: Vec<Below>,
}

/// A line between sections: what and how many, then order or age.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    pub state: Option<State>,
    pub left: String,
    pub right: String,
}

/// The filter's line under the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub text: String,
    /// Cells before the cursor, while it is typed.
    pub cursor: Option<usize>,
    /// The term that cannot be used, as cells of the text, and why.
    pub bad: Option<(usize, usize, String)>,
}

/// What the cursor can be on. It stays on it wherever it moves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    Finding(Cause),
    /// A rollout in progress, or something left in a temporary state.
    Object(ObjectId),
}

/// Every row the cursor walks through, in order.
pub fn targets(
    shown: &[Finding],
    listed: &[usize],
    judgement: &Judgement,
    survey: &Survey,
) -> Vec<Target> {
    let findings = listed
        .iter()
        .filter_map(|at| shown.get(*at))
        .map(|it| Target::Finding(it.cause.clone()));
    let rollouts = moving(judgement).map(|it| Target::Object(it.object));
    let temporary = survey.temporary.iter().map(|it| Target::Object(it.object));
    findings.chain(rollouts).chain(temporary).collect()
}

/// Which findings the filter leaves, by index.
pub fn listed(facts: &Facts<'_>) -> Vec<usize> {
    let all = 0..facts.shown.len();
    let Some(filter) = facts.filter.filter(|filter| !filter.open()) else {
        return all.collect();
    };
    let mut pass = filter.pass();
    all.zip(facts.shown)
        .filter(|(_, finding)| pass.matches(&words(facts, finding)))
        .map(|(at, _)| at)
        .collect()
}

/// How many rows a page has.
pub fn page(facts: &Facts<'_>) -> usize {
    let form = Form::of(facts.columns, facts.lines);
    room(facts, form, &below::below(facts, form))
}

pub(super) fn watch(facts: &Facts<'_>, form: Form) -> Watch {
    let below = below::below(facts, form);
    let room = room(facts, form, &below);
    let at = facts.listed.iter().position(|at| {
        let finding = facts.shown.get(*at);
        finding.is_some_and(|it| is_selected(facts, it))
    });
    let first = scrolled(facts.first, at, room, facts.listed.len());
    let in_view = facts.listed.iter().skip(first).take(room);
    let rows: Vec<_> = in_view
        .filter_map(|at| facts.shown.get(*at))
        .map(|finding| row::row(facts, finding))
        .collect();
    let selected = at
        .and_then(|at| at.checked_sub(first))
        .filter(|at| *at < rows.len());
    Watch {
        title: title(facts, first, rows.len()),
        prompt: facts.filter.map(|filter| prompt(facts, filter)),
        notes: if rows.is_empty() {
            calm::notes(facts, form)
        } else {
            Vec::new()
        },
        rows,
        selected,
        first,
        card: card::card(facts),
        below,
    }
}

/// Paused rollouts stand among what was left in a temporary state.
fn moving(judgement: &Judgement) -> impl Iterator<Item = &RolloutInProgress> {
    judgement.rollouts.iter().filter(|it| !it.paused)
}

/// Without a choice the cursor is on the first finding.
fn is_selected(facts: &Facts<'_>, finding: &Finding) -> bool {
    match facts.selection {
        Some(Target::Finding(cause)) => *cause == finding.cause,
        Some(Target::Object(_)) => false,
        None => {
            let first = facts.listed.first().and_then(|at| facts.shown.get(*at));
            first.is_some_and(|it| it.cause == finding.cause)
        }
    }
}

/// The finding under the cursor.
pub fn selected<'a>(facts: &Facts<'a>) -> Option<&'a Finding> {
    let mut listed = facts.listed.iter().filter_map(|at| facts.shown.get(*at));
    listed.find(|it| is_selected(facts, it))
}

fn room(facts: &Facts<'_>, form: Form, below: &[Below]) -> usize {
    let prompt = facts
        .filter
        .map_or(0, |filter| 1 + usize::from(filter.bad().is_some()));
    let strips = match form {
        // The rule before the strips is counted by the form.
        Form::Normal => below.len().saturating_sub(1),
        _ => below.len(),
    };
    form.list_rows(facts.lines, strips, prompt)
}

/// The first row in view: as it was, unless the cursor would be out of sight or the end of the list above the last line.
fn scrolled(first: usize, selected: Option<usize>, room: usize, rows: usize) -> usize {
    let first = first.min(rows.saturating_sub(room));
    match selected {
        Some(at) if at < first => at,
        Some(at) if at >= first + room => (at + 1).saturating_sub(room),
        _ => first,
    }
}

fn words(facts: &Facts<'_>, finding: &Finding) -> Words {
    let cluster = facts.store.cluster(finding.cluster);
    let mut names = vec![
        row::whose(facts, finding).text(),
        row::subject(facts, finding),
    ];
    names.extend(cluster.map(|it| it.name().to_string()));
    names.extend(finding.tenants.iter().map(ToString::to_string));
    let mut texts = vec![
        facts.catalogue.short(finding),
        finding.namespace.to_string(),
    ];
    // A shared cause is found by any namespace it hits, opaque names too.
    texts.extend(
        finding
            .hit
            .iter()
            .map(|(namespace, _)| namespace.to_string()),
    );
    Words { names, texts }
}

fn title(facts: &Facts<'_>, first: usize, in_view: usize) -> Title {
    let with = |id, count: usize| {
        let count = [("count", count.into())];
        facts.catalogue.say_with(id, &count)
    };
    let total = facts.shown.len();
    let mut state = None;
    let mut left = Vec::new();
    if facts.filter.is_some_and(|filter| !filter.open()) {
        let counts = [
            ("count", facts.listed.len().into()),
            ("total", total.into()),
        ];
        left.push(facts.catalogue.say_with("watch-filtered", &counts));
    } else if !facts.survey.read() {
        left.push(facts.say("watch-reading"));
        if total > 0 {
            left.push(with("watch-so-far", total));
        }
    } else if total > 0 {
        let production = |it: &&Finding| it.class == Class::Production;
        left.push(with("watch-found", total));
        left.push(with(
            "watch-production",
            facts.shown.iter().filter(production).count(),
        ));
    } else if !facts.judgement.findings.is_empty() {
        left.push(facts.say("watch-none-asked"));
        left.push(with("watch-elsewhere", facts.judgement.findings.len()));
    } else if facts.survey.whole() {
        state = Some(State::Good);
        left.push(facts.say("watch-calm"));
    } else {
        left.push(facts.say("watch-nothing-seen"));
    }
    if let Some(name) = facts
        .survey
        .unmatched
        .first()
        .filter(|_| facts.survey.read())
    {
        if total == 0 {
            state = Some(State::Warning);
            left.clear();
        }
        let name = [("name", name.as_str().into())];
        left.push(facts.catalogue.say_with("watch-unmatched", &name));
    }
    let mut right = Vec::new();
    let new = |range: &[usize]| {
        let new = |at: &&usize| {
            let finding = facts.shown.get(**at);
            finding.is_some_and(|it| facts.unseen.contains(&it.cause))
        };
        range.iter().filter(new).count()
    };
    let (above, rest) = facts.listed.split_at(first.min(facts.listed.len()));
    if new(rest) > 0 {
        left.push(with("watch-new", new(rest)));
    }
    if new(above) > 0 {
        right.push(with("watch-new-above", new(above)));
    }
    if let Some(namespaces) = &facts.survey.namespaces {
        right.push(with("watch-seeing", namespaces.len()));
    } else if in_view > 0 {
        right.push(facts.say("watch-order"));
    }
    let hidden = facts.listed.len().saturating_sub(first + in_view);
    if hidden > 0 {
        right.push(with("watch-below", hidden));
    }
    Title {
        state,
        left: left.join(" · "),
        right: right.join(" · "),
    }
}

fn prompt(facts: &Facts<'_>, filter: &super::Filter) -> Prompt {
    let cells = |until: usize| {
        let before = filter.text().get(..until).unwrap_or(filter.text());
        unicode_width::UnicodeWidthStr::width(before)
    };
    let bad = |bad: &BadTerm| {
        let words = [("words", bad.words.as_str().into())];
        let said = facts.catalogue.say_with("filter-bad-regex", &words);
        (cells(bad.start), cells(bad.end), said)
    };
    Prompt {
        text: filter.text().to_owned(),
        cursor: facts.typing,
        bad: filter.bad().map(bad),
    }
}

#[cfg(test)]
mod tests {
    use super::scrolled;

    #[test]
    fn the_view_moves_only_as_far_as_the_cursor_needs() {
        assert_eq!(scrolled(0, Some(6), 7, 20), 0);
        assert_eq!(scrolled(0, Some(7), 7, 20), 1);
        assert_eq!(scrolled(5, Some(3), 7, 20), 3);
        assert_eq!(scrolled(15, Some(15), 7, 20), 13);
        assert_eq!(scrolled(3, None, 0, 0), 0);
        assert_eq!(scrolled(3, Some(2), 0, 9), 2);
    }
}
