//! Watch: what needs a human, what moves, what was left in a temporary state.

mod below;
mod calm;
pub(super) mod card;
mod row;

pub(super) use below::temporary_words;
pub use below::{Below, Item};
pub use calm::{Note, PastChange};
pub(super) use row::subject;

use std::borrow::Cow;

use super::filter::{self, Words};
use super::list::{self, Window};
use super::page::{Page, Rows, Target};
use super::survey::Temporary;
use super::{Facts, Form, List, State, Title, Whose};
use crate::insight::{Finding, RolloutInProgress};
use crate::model::ClusterId;
use crate::tenancy::{Class, Place};

/// What the strips below the findings have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strips {
    /// By index among those of the judgement.
    pub(super) rollouts: Strip,
    /// By index among those of the survey.
    pub(super) temporary: Strip,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Strip {
    pub listed: Vec<usize>,
    /// How many more the filter hides.
    pub hidden: usize,
}

/// Rollouts and what was left in a temporary state, as far as they are looked at and the filter leaves them.
pub fn strips(facts: &Facts<'_>) -> Strips {
    if *facts.page != Page::Watch {
        return Strips::default();
    }
    // Paused rollouts stand among what was left in a temporary state.
    let moves =
        |it: &RolloutInProgress| !it.paused && facts.scope.matches(&it.namespace, &it.place);
    Strips {
        rollouts: strip(facts, &facts.judgement.rollouts, moves),
        temporary: strip(facts, &facts.survey.temporary, |_| true),
    }
}

fn strip<'a, T>(facts: &'a Facts<'a>, all: &'a [T], wanted: impl Fn(&T) -> bool) -> Strip
where
    filter::Of<'a, T>: filter::Answer,
{
    let wanted = all.iter().enumerate().filter(|(_, it)| wanted(it));
    let mut strip = Strip::default();
    for (at, kept) in filter::passed(facts, wanted) {
        if kept {
            strip.listed.push(at);
        } else {
            strip.hidden += 1;
        }
    }
    strip
}

/// What the cursor walks through below the findings.
pub(super) fn below_targets(facts: &Facts<'_>) -> Vec<Target> {
    // Where the strips have no room nothing of them is under the cursor.
    let form = Form::of(facts.columns, facts.lines);
    if below::below(facts, form).is_empty() {
        return Vec::new();
    }
    let rollouts = moving(facts).map(|it| it.object);
    let temporary = temporary(facts).map(|it| it.object);
    rollouts.chain(temporary).map(Target::Object).collect()
}

/// How many rows a page has.
pub(super) fn page(facts: &Facts<'_>, form: Form) -> usize {
    list::room(facts, form, below::below(facts, form).len(), false)
}

pub(super) fn watch(facts: &Facts<'_>, form: Form) -> List {
    let below = below::below(facts, form);
    let window = Window::of(facts, list::room(facts, form, below.len(), false));
    let in_view = window.rows.iter();
    let findings: Vec<_> = in_view
        .filter_map(|at| facts.rows.findings().get(*at))
        .collect();
    List {
        title: title(facts, &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if findings.is_empty() {
            calm::notes(facts, form)
        } else {
            Vec::new()
        },
        table: row::table(facts, form, &findings),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &findings, |it| row::brief(facts, it)),
        card: card::card(facts),
        below,
        pane: facts.pane,
    }
}

fn moving<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a RolloutInProgress> {
    let all = &facts.judgement.rollouts;
    let listed = facts.strips.rollouts.listed.iter();
    listed.filter_map(|at| all.get(*at))
}

fn temporary<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Temporary> {
    let all = &facts.survey.temporary;
    let listed = facts.strips.temporary.listed.iter();
    listed.filter_map(|at| all.get(*at))
}

/// The finding under the cursor.
pub(super) fn selected<'a>(facts: &Facts<'a>) -> Option<&'a Finding> {
    match facts.rows {
        Rows::Findings(findings) => findings.get(facts.selected_row()?),
        _ => None,
    }
}

pub(super) fn words<'a>(facts: &'a Facts<'_>, finding: &'a Finding) -> Words<'a> {
    let cluster = facts.store.cluster(finding.cluster);
    let mut names: Vec<Cow<'_, str>> = vec![
        row::whose(facts, finding).text().into(),
        row::subject(facts, finding).into(),
    ];
    names.extend(cluster.map(|it| it.name().as_str().into()));
    names.extend(finding.tenants.iter().map(|it| Cow::from(it.as_str())));
    let mut texts = vec![
        facts.catalogue.short(finding).into(),
        finding.namespace.as_str().into(),
    ];
    // A shared cause is found by any namespace it hits, opaque names too.
    let hit = finding.hit.iter();
    texts.extend(hit.map(|(namespace, _)| Cow::from(namespace.as_str())));
    Words { names, texts }
}

pub(super) fn words_of_rollout<'a>(
    facts: &'a Facts<'_>,
    rollout: &'a RolloutInProgress,
) -> Words<'a> {
    let cluster = rollout.object.cluster;
    let now = facts.survey.cluster_now(cluster, facts.now);
    Words {
        names: names(facts, cluster, &rollout.place, &rollout.subject.name),
        texts: vec![
            super::words::rollout(facts, rollout, now).into(),
            rollout.namespace.as_str().into(),
        ],
    }
}

pub(super) fn words_of_temporary<'a>(facts: &'a Facts<'_>, left: &'a Temporary) -> Words<'a> {
    Words {
        names: names(facts, left.object.cluster, &left.place, &left.name),
        texts: vec![
            temporary_words(facts, left).into(),
            left.namespace.as_str().into(),
        ],
    }
}

fn names<'a>(
    facts: &'a Facts<'_>,
    cluster: ClusterId,
    place: &Place,
    name: &'a str,
) -> Vec<Cow<'a, str>> {
    let whose = Whose::joined(&place.tenant, &place.environment);
    let cluster = facts.store.cluster(cluster);
    let cluster = cluster.map(|it| it.name().as_str().into());
    [whose.into(), name.into()]
        .into_iter()
        .chain(cluster)
        .collect()
}

fn title(facts: &Facts<'_>, window: &Window) -> Title {
    let shown = facts.rows.findings();
    let with = |id, count: usize| {
        let count = [("count", count.into())];
        facts.catalogue.say_with(id, &count)
    };
    let total = shown.len();
    let mut state = None;
    let mut left = Vec::new();
    if facts.filter.is_some_and(|filter| !filter.open()) {
        let counts = [
            ("count", facts.listed.len().into()),
            ("total", total.into()),
        ];
        left.push(facts.catalogue.say_with("list-filtered", &counts));
    } else if !facts.survey.read() {
        left.push(facts.say("list-reading"));
        if total > 0 {
            left.push(with("list-so-far", total));
        }
    } else if total > 0 {
        let production = |it: &&Finding| it.class == Class::Production;
        left.push(with("watch-found", total));
        left.push(with(
            "watch-production",
            shown.iter().filter(production).count(),
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
    if let Some(marked) = list::marked(facts) {
        left.insert(left.len().min(1), marked);
    }
    let mut right = Vec::new();
    let new = |range: &[usize]| {
        let new = |at: &&usize| {
            let finding = facts.rows.target(**at);
            finding.is_some_and(|it| facts.unseen.contains(&it))
        };
        range.iter().filter(new).count()
    };
    let (above, rest) = facts.listed.split_at(window.first.min(facts.listed.len()));
    if new(rest) > 0 {
        left.push(with("list-new", new(rest)));
    }
    if new(above) > 0 {
        right.push(with("list-new-above", new(above)));
    }
    if let Some(namespaces) = &facts.survey.namespaces {
        right.push(with("watch-seeing", namespaces.len()));
    } else if !window.rows.is_empty() {
        right.push(list::order(facts));
    }
    if window.first > 0 {
        right.push(with("list-above", window.first));
    }
    let hidden = window.below(facts);
    if hidden > 0 {
        right.push(with("list-below", hidden));
    }
    Title {
        state,
        left: left.join(" · "),
        right: right.join(" · "),
    }
}
