//! A screen of rows: what every such screen has, whatever its rows are.

use std::sync::Arc;

use super::watch::{Below, Note};
use super::{Bar, ClassMark, Facts, Form, Guide, Line, State, Table, Whose};
use crate::command::Command;
use crate::model::{Kind, Resource, Verb};
use crate::store::Seen;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    pub title: Title,
    pub prompt: Option<Prompt>,
    pub table: Table,
    /// Which of the rows in view the cursor is on.
    pub selected: Option<usize>,
    /// The first row in view, among all.
    pub first: usize,
    /// What stands where there are no rows.
    pub notes: Vec<Note>,
    /// The rows in view once more, for terminals that have no room for columns.
    pub briefs: Vec<Brief>,
    /// What is known of the selected row.
    pub card: Option<Card>,
    /// Takes the place of the card while the filter is typed.
    pub guide: Option<Guide>,
    /// The strips under the list.
    pub below: Vec<Below>,
    /// Lines of the pane that are scrolled away, while the cursor is in it.
    pub pane: Option<usize>,
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
    /// Terms that cannot be used, as cells of the text, and why one of them cannot.
    pub bad: Vec<(usize, usize)>,
    pub why: String,
    /// Which key writes what was likely meant.
    pub mend: String,
}

/// A row in a few short lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub state: State,
    pub class: ClassMark,
    pub whose: Whose,
    /// What the subject is, where it is no workload; the first thing that is given up.
    pub kind: String,
    pub subject: String,
    /// `3/6`, and whether that is fewer than wanted.
    pub ready: Option<(String, bool)>,
    pub age: String,
    /// As last seen, before the link was lost.
    pub stale: bool,
    /// Sentences, the most telling first.
    pub lines: Vec<String>,
}

/// All that is known of the selected row: the strip shows its first lines, the pane all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    pub subject: String,
    pub kind: String,
    pub whose: Whose,
    pub class: ClassMark,
    /// `PRODUCTION`, `class unknown`; empty for others.
    pub class_word: String,
    pub cluster: String,
    /// `since 02:58:32 (14m)`.
    pub since: String,
    pub bar: Bar,
    pub ready: String,
    /// `last seen 03:10:41, 2m ago`, for what is not seen any more.
    pub last_seen: Option<String>,
    pub parts: Vec<Part>,
}

/// A label and what is said under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub label: String,
    pub lines: Vec<Line>,
    /// In the pane only.
    pub long: bool,
}

impl Part {
    pub(crate) fn of(label: String, lines: Vec<String>) -> Self {
        let lines = lines.into_iter().map(|line| vec![super::text(line)]);
        Self {
            label,
            lines: lines.collect(),
            long: false,
        }
    }
}

/// Rows in a few lines each, where a form needs them.
pub(super) fn briefs<T>(form: Form, rows: &[&T], brief: impl Fn(&T) -> Brief) -> Vec<Brief> {
    match form {
        Form::Small | Form::Tiny => rows.iter().map(|row| brief(row)).collect(),
        _ => Vec::new(),
    }
}

/// The part of the rows that is in view.
pub(super) struct Window {
    pub first: usize,
    /// Of the rows in view, the one under the cursor.
    pub selected: Option<usize>,
    /// Rows in view, by index among all that the page has.
    pub rows: Vec<usize>,
}

impl Window {
    pub(super) fn of(facts: &Facts<'_>, room: usize) -> Self {
        let at = facts.selected_at();
        let first = scrolled(facts.first, at, room, facts.listed.len());
        let rows: Vec<_> = facts
            .listed
            .iter()
            .skip(first)
            .take(room)
            .copied()
            .collect();
        let selected = at
            .and_then(|at| at.checked_sub(first))
            .filter(|at| *at < rows.len());
        Self {
            first,
            selected,
            rows,
        }
    }

    /// How many rows stand below those in view.
    pub(super) fn below(&self, facts: &Facts<'_>) -> usize {
        facts
            .listed
            .len()
            .saturating_sub(self.first + self.rows.len())
    }
}

/// Lines for rows: what the frame, the strips, the filter and the titles of the columns leave.
pub(super) fn room(facts: &Facts<'_>, form: Form, below: usize, titled: bool) -> usize {
    let prompt = facts
        .filter
        .map_or(0, |filter| 1 + usize::from(!filter.bad().is_empty()));
    let strips = match form {
        // The rule before the strips is counted by the form.
        Form::Normal => below.saturating_sub(1),
        _ => below,
    };
    let heads = usize::from(titled && matches!(form, Form::Normal | Form::Wide));
    form.list_rows(facts.lines, strips, prompt + heads)
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

/// The title of a page whose rows are objects: how many, how many of them need a human, what hides the others.
pub(super) fn title(facts: &Facts<'_>, count: &str, parts: Vec<String>, window: &Window) -> Title {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let total = facts.rows.len();
    let mut left = Vec::new();
    if facts.filter.is_some_and(|filter| !filter.open()) {
        let counts = [
            ("count", facts.listed.len().into()),
            ("total", with(count, total).into()),
        ];
        left.push(facts.catalogue.say_with("list-filtered", &counts));
    } else if facts.survey.read() {
        left.push(with(count, total));
    } else {
        left.push(facts.say("list-reading"));
        left.push(with("list-so-far", total));
    }
    left.extend(marked(facts));
    // They count all rows, which would read as a count of those that are left.
    if facts.filter.is_none_or(super::Filter::open) {
        left.extend(parts);
    }
    left.extend(unread(facts));
    ended(facts, &left, window)
}

/// What and how many, then the order, and how many rows stand above and below those in view.
pub(super) fn ended(facts: &Facts<'_>, left: &[String], window: &Window) -> Title {
    let order = (!window.rows.is_empty()).then(|| order(facts));
    let right = order.into_iter().chain(hidden(facts, window));
    Title {
        state: None,
        left: left.join(" · "),
        right: right.collect::<Vec<_>>().join(" · "),
    }
}

/// How many rows stand above and below those in view.
pub(super) fn hidden(facts: &Facts<'_>, window: &Window) -> Vec<String> {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let mut hidden = Vec::new();
    if window.first > 0 {
        hidden.push(with("list-above", window.first));
    }
    let below = window.below(facts);
    if below > 0 {
        hidden.push(with("list-below", below));
    }
    hidden
}

/// By what the rows are sorted.
pub(super) fn order(facts: &Facts<'_>) -> String {
    let Some(sort) = facts.sort else {
        return facts.say("list-order");
    };
    let key = facts.say(&format!("sort-{}", sort.key.word()));
    let id = if sort.largest_first {
        "sorted-down"
    } else {
        "sorted-up"
    };
    facts.catalogue.say_with(id, &[("key", key.into())])
}

/// `3 marked`.
pub(super) fn marked(facts: &Facts<'_>) -> Option<String> {
    let count = [("count", facts.marks.len().into())];
    let any = !facts.marks.is_empty();
    any.then(|| facts.catalogue.say_with("marked", &count))
}

/// What stands where there are no rows at all.
pub(super) fn nothing(facts: &Facts<'_>, none: &str) -> Vec<Note> {
    if !facts.rows.is_empty() {
        let key = (facts.keys)(Command::Escape).unwrap_or_default();
        let arguments = [("total", facts.rows.len().into()), ("key", key.into())];
        let said = facts.catalogue.say_with("filter-hides-all", &arguments);
        return vec![Note::Sentence(said)];
    }
    if !facts.survey.read() {
        return Vec::new();
    }
    vec![Note::Sentence(
        unread(facts).unwrap_or_else(|| facts.say(none)),
    )]
}

/// The same of kinds that may be the ones that may not be read.
pub(super) fn nothing_of(facts: &Facts<'_>, kinds: &[Kind], none: &str) -> Vec<Note> {
    let mut denied = facts.survey.denied.iter();
    let denied = denied.find(|it| kinds.contains(&it.kind) && it.verb != Verb::Watch);
    if let Some(it) = denied.filter(|_| facts.rows.is_empty()) {
        let said = facts.catalogue.denied(it.verb, it.kind, None);
        return vec![Note::Sentence(said)];
    }
    let others = kinds
        .iter()
        .flat_map(|kind| in_other_versions(facts, *kind));
    let others = others.map(Note::Sentence);
    nothing(facts, none).into_iter().chain(others).collect()
}

/// That clusters have a kind in a version which is not read.
fn in_other_versions(facts: &Facts<'_>, kind: Kind) -> impl Iterator<Item = String> {
    let version = move |version: &str| format!("{}/{version}", kind.group());
    facts.store.clusters().filter_map(move |cluster| {
        let unread = cluster.seen(kind, "") == Seen::Never;
        let mut served = cluster.served().iter().filter(|_| unread);
        let own = |it: &&Arc<Resource>| it.group == kind.group() && it.plural == kind.plural();
        let other = served.find(own).filter(|it| it.version != kind.version())?;
        let arguments = [
            ("cluster", cluster.name().as_str().into()),
            ("kind", kind.name().into()),
            ("served", version(&other.version).into()),
            ("read", version(kind.version()).into()),
        ];
        Some(facts.catalogue.say_with("list-other-version", &arguments))
    })
}

/// That what runs may not be read: nothing seen is not nothing there.
pub(super) fn unread(facts: &Facts<'_>) -> Option<String> {
    let runs = |kind: Kind| kind.is_workload() || kind == Kind::Pod;
    let mut denied = facts.survey.denied.iter();
    let denied = denied.find(|it| runs(it.kind) && it.verb != Verb::Watch)?;
    Some(facts.catalogue.denied(denied.verb, denied.kind, None))
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
