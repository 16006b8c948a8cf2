//! The strips under the list: what is still read or cannot be seen, rollouts in progress, what was left in a temporary state.

use super::super::survey::{Denied, Left, Sight};
use super::super::{
    Bar, ClassMark, Facts, Form, Line, Piece, State, Target, Temporary, Title, Whose, figure,
    muted, text, words,
};
use super::{card, moving};
use crate::action::{self, Intent};
use crate::insight::{self, RolloutInProgress};
use crate::model::{Kind, Link, Moment, ObjectId, Verb};

/// What a strip says when it is empty, and the kinds it takes to know.
const NO_ROLLOUT: Empty = ("rollouts-none", &[Kind::Deployment]);
const NOTHING_LEFT: Empty = ("temporary-none", &[Kind::Deployment, Kind::CronJob]);

type Empty = (&'static str, &'static [Kind]);

/// A line under the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Below {
    Rule(Title),
    /// A label in the gutter, then a line.
    Gutter(String, Line),
    /// What cannot be seen, the right that would show it, what for.
    Denied([String; 3]),
    Item(Item),
    Blank,
}

/// A rollout, or something in a temporary state.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it stands for.
    pub target: Target,
    /// In the gutter; empty where the section has a title of its own.
    pub label: String,
    pub selected: bool,
    pub state: State,
    pub class: ClassMark,
    pub whose: Whose,
    pub subject: String,
    pub bar: Bar,
    /// `3/6`; empty where it means nothing.
    pub ready: String,
    pub stale: bool,
    pub text: String,
    /// `4 more`, which do not fit.
    pub more: Option<String>,
}

/// Lines that the two strips get at 24 lines, kept free so that nothing jumps when one fills.
const KEPT: usize = 4;

pub(super) fn below(facts: &Facts<'_>, form: Form) -> Vec<Below> {
    let budget = form.strip_lines(facts.lines);
    match form {
        Form::Wide => wide(facts, budget),
        Form::Normal if budget > 0 => normal(facts, budget),
        _ => Vec::new(),
    }
}

fn normal(facts: &Facts<'_>, budget: usize) -> Vec<Below> {
    let roomy = budget > KEPT;
    let (title, head) = head(facts, if roomy { budget - KEPT + 1 } else { 0 });
    let mut lines = vec![Below::Rule(if head.is_empty() {
        Title::default()
    } else {
        title
    })];
    let separate = facts.survey.read() && !head.is_empty();
    lines.extend(head);
    if separate {
        lines.push(Below::Rule(Title::default()));
    }
    let left = (budget + 1).saturating_sub(lines.len());
    let each = if budget > 7 {
        left.max(2) / 2
    } else {
        left.clamp(2, KEPT) / 2
    };
    let rollouts = rollouts(facts, each);
    let kept = left.saturating_sub(rollouts.len()).clamp(1, each.max(1));
    let temporary = temporaries(facts, kept);
    let strips = facts.strips;
    let none = nothing(facts, NO_ROLLOUT, strips.rollouts.hidden);
    lines.extend(labelled(facts, "strip-rollouts", none, rollouts));
    let none = nothing(facts, NOTHING_LEFT, strips.temporary.hidden);
    lines.extend(labelled(facts, "strip-temporary", none, temporary));
    while lines.len() < budget.min(KEPT) + 1 {
        lines.push(Below::Blank);
    }
    lines
}

fn wide(facts: &Facts<'_>, budget: usize) -> Vec<Below> {
    let (title, mut head) = head(facts, budget / 3);
    let mut lines = Vec::new();
    if !head.is_empty() {
        lines.push(Below::Blank);
        lines.push(Below::Rule(title));
        lines.append(&mut head);
    }
    // Two sections of a blank, a title and at least one row each.
    let each = (budget.saturating_sub(lines.len() + 4) / 2).max(1);
    let strips = facts.strips;
    let none = nothing(facts, NO_ROLLOUT, strips.rollouts.hidden);
    let left = nothing(facts, NOTHING_LEFT, strips.temporary.hidden);
    let sections = [
        ("rollouts-title", none, rollouts(facts, each)),
        ("temporary-title", left, temporaries(facts, each)),
    ];
    for (title, none, items) in sections {
        lines.push(Below::Blank);
        lines.push(Below::Rule(Title {
            left: facts.say(title),
            ..Title::default()
        }));
        if items.is_empty() {
            lines.push(Below::Gutter(String::new(), none));
        }
        lines.extend(items.into_iter().map(Below::Item));
    }
    lines
}

/// That there is none, once everything that it takes was read; else what stands in the way.
fn nothing(facts: &Facts<'_>, (none, kinds): Empty, hidden: usize) -> Line {
    if let Some(said) = filtered(facts, 0, hidden) {
        return vec![muted(said)];
    }
    let denied = facts
        .survey
        .denied
        .iter()
        .find(|denied| kinds.contains(&denied.kind) && denied.verb != Verb::Watch);
    if let Some(denied) = denied {
        let words = facts.catalogue.denied(denied.verb, denied.kind, None);
        return vec![Piece::Mark(State::Absent), muted(words)];
    }
    let unread = |kind: &Kind| facts.store.clusters().any(|it| !it.complete(*kind));
    if kinds.iter().any(unread) {
        return vec![
            Piece::Mark(State::Reading),
            muted(facts.say("not-known-yet")),
        ];
    }
    vec![muted(facts.say(none))]
}

fn labelled(facts: &Facts<'_>, label: &str, none: Line, items: Vec<Item>) -> Vec<Below> {
    if items.is_empty() {
        return vec![Below::Gutter(facts.say(label), none)];
    }
    let with_label = |(at, item): (usize, Item)| {
        let label = if at == 0 {
            facts.say(label)
        } else {
            " ".to_owned()
        };
        Below::Item(Item { label, ..item })
    };
    items.into_iter().enumerate().map(with_label).collect()
}

/// As many as fit, the selected one among them.
fn window<T>(
    facts: &Facts<'_>,
    all: &[T],
    hidden: usize,
    room: usize,
    id: impl Fn(&T) -> ObjectId,
    item: impl Fn(&T) -> Item,
) -> Vec<Item> {
    let selected =
        |it: &T| matches!(facts.selection, Some(Target::Object(object)) if *object == id(it));
    let first = all
        .iter()
        .position(selected)
        .map_or(0, |at| (at + 1).saturating_sub(room));
    let mut items: Vec<_> = all
        .iter()
        .skip(first)
        .take(room)
        .map(|it| Item {
            selected: selected(it),
            ..item(it)
        })
        .collect();
    let more = all.len() - items.len();
    if let Some(last) = items.last_mut() {
        let count = [("count", more.into())];
        last.more = filtered(facts, all.len(), hidden)
            .or_else(|| (more > 0).then(|| facts.catalogue.say_with("strip-more", &count)));
    }
    items
}

/// `1 of 3`, where the filter hides some.
fn filtered(facts: &Facts<'_>, left: usize, hidden: usize) -> Option<String> {
    let counts = [("count", left.into()), ("total", (left + hidden).into())];
    (hidden > 0).then(|| facts.catalogue.say_with("strip-filtered", &counts))
}

fn rollouts(facts: &Facts<'_>, room: usize) -> Vec<Item> {
    let all: Vec<_> = moving(facts).collect();
    let hidden = facts.strips.rollouts.hidden;
    let id = |it: &&RolloutInProgress| it.object;
    window(facts, &all, hidden, room, id, |it| rollout(facts, it))
}

fn rollout(facts: &Facts<'_>, rollout: &RolloutInProgress) -> Item {
    let now = facts.survey.cluster_now(rollout.object.cluster, facts.now);
    let stale = facts.survey.stale(rollout.object.cluster).is_some();
    let failed = insight::fails(rollout, facts.judgement);
    let ready = rollout.new_ready.saturating_add(rollout.old_ready);
    Item {
        target: Target::Object(rollout.object),
        label: String::new(),
        selected: false,
        state: if failed { State::Failed } else { State::Moving },
        class: rollout.place.class.into(),
        whose: Whose::of(&rollout.place.tenant, &rollout.place.environment),
        subject: rollout.subject.name.to_string(),
        bar: card::bar_of(rollout),
        ready: format!("{ready}/{}", rollout.wanted),
        stale,
        text: if stale && !failed {
            facts.say("rollout-when-last-seen")
        } else {
            words::rollout(facts, rollout, now)
        },
        more: None,
    }
}

fn temporaries(facts: &Facts<'_>, room: usize) -> Vec<Item> {
    let all: Vec<_> = super::temporary(facts).collect();
    let hidden = facts.strips.temporary.hidden;
    let id = |it: &&Temporary| it.object;
    window(facts, &all, hidden, room, id, |it| temporary(facts, it))
}

fn temporary(facts: &Facts<'_>, left: &Temporary) -> Item {
    Item {
        target: Target::Object(left.object),
        label: String::new(),
        selected: false,
        state: State::Waiting,
        class: left.place.class.into(),
        whose: Whose::of(&left.place.tenant, &left.place.environment),
        subject: String::new(),
        bar: Bar::new(),
        ready: String::new(),
        stale: facts.survey.stale(left.object.cluster).is_some(),
        text: temporary_words(facts, left),
        more: None,
    }
}

/// What it is, for how long, and by whom.
pub(in crate::viewmodel) fn temporary_words(facts: &Facts<'_>, left: &Temporary) -> String {
    let with = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    if let Some(environment) = &left.environment {
        return switched_off(facts, left, environment);
    }
    let mut said = temporary_state(facts, left);
    if let Some(since) = left.since {
        let now = facts.survey.cluster_now(left.object.cluster, facts.now);
        let age = figure::spoken(since.age(now), facts.catalogue);
        let id = match left.what {
            Left::Scaled { .. } => "temporary-scaled-for",
            _ => "temporary-for",
        };
        said = with(id, &[("said", said.into()), ("age", age.into())]);
    }
    if let Some(writer) = &left.writer {
        let arguments = [("said", said.into()), ("writer", writer.as_str().into())];
        said = with("temporary-by", &arguments);
    }
    // Last, for the names of these are long: the row tells whose it is.
    if matches!(
        left.what,
        Left::SyncSuspended | Left::ReconcileSkipped | Left::FluxSuspended
    ) {
        let arguments = [("said", said.into()), ("name", left.name.as_str().into())];
        said = with("temporary-of", &arguments);
    }
    said
}

/// Nothing stands on the Application: who, when and why is what the journal has here, else the console's log tells.
fn switched_off(facts: &Facts<'_>, left: &Temporary, environment: &str) -> String {
    let with = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    let state = temporary_state(facts, left);
    let said = match action::switched_off(facts.journal, environment) {
        Some(entry) => recorded(facts, state, &entry.intent),
        None => with("temporary-by-console", &[("said", state.into())]),
    };
    let Left::EnvironmentOff { applications } = left.what else {
        return said;
    };
    let count = ("count", applications.into());
    with("temporary-applications", &[("said", said.into()), count])
}

fn recorded(facts: &Facts<'_>, state: String, intent: &Intent) -> String {
    let with = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    let age = figure::spoken(intent.at.age(facts.now), facts.catalogue);
    let mut said = with(
        "temporary-for",
        &[("said", state.into()), ("age", age.into())],
    );
    let who = [&intent.who.kube, &intent.who.unix];
    if let Some(who) = who.into_iter().find(|it| !it.is_empty()) {
        let by = ("writer", who.as_str().into());
        said = with("temporary-by", &[("said", said.into()), by]);
    }
    if intent.reason.is_empty() {
        return said;
    }
    format!("{said}: {}", facts.catalogue.quote(&intent.reason))
}

fn temporary_state(facts: &Facts<'_>, left: &Temporary) -> String {
    let (id, from, to) = match left.what {
        Left::Paused => ("temporary-paused", 0, 0),
        Left::Suspended => ("temporary-suspended", 0, 0),
        Left::Cordoned => ("temporary-cordoned", 0, 0),
        Left::Waits { percent: None } => ("temporary-waits", 0, 0),
        Left::Waits {
            percent: Some(percent),
        } => ("temporary-waits-at", 0, percent),
        Left::Emptied { from } => ("temporary-emptied", from, 0),
        Left::Scaled {
            from: Some(from),
            to,
        } => ("temporary-scaled", from, to),
        Left::SyncSuspended => ("temporary-sync-suspended", 0, 0),
        Left::EnvironmentOff { .. } => ("temporary-environment-off", 0, 0),
        Left::FluxSuspended => ("temporary-flux-suspended", 0, 0),
        Left::ReconcileSkipped => ("temporary-skipped", 0, 0),
        Left::Scaled { from: None, to } => ("temporary-scaled-to", 0, to),
    };
    let arguments = [
        ("name", left.name.as_str().into()),
        ("from", from.into()),
        ("to", to.into()),
    ];
    facts.catalogue.say_with(id, &arguments)
}

/// What is not known yet, or never will be with these rights: as many lines as there is room for, and how many more.
fn head(facts: &Facts<'_>, room: usize) -> (Title, Vec<Below>) {
    let (id, mut lines) = hidden(facts);
    let more = lines.len().saturating_sub(room);
    lines.truncate(room);
    let title = Title {
        left: facts.say(id),
        right: match more {
            0 => String::new(),
            more => facts
                .catalogue
                .say_with("strip-more", &[("count", more.into())]),
        },
        ..Title::default()
    };
    (title, lines)
}

fn hidden(facts: &Facts<'_>) -> (&'static str, Vec<Below>) {
    if !facts.survey.read() {
        let clusters = &facts.survey.clusters;
        let line = |sight: &Sight| Below::Gutter(sight.name.to_string(), progress(facts, sight));
        return ("reading-title", clusters.iter().map(line).collect());
    }
    let mut lines: Vec<_> = facts
        .survey
        .clusters
        .iter()
        .flat_map(|sight| partly(facts, sight))
        .collect();
    let denied = &facts.survey.denied;
    // The context's own namespace is read without being named.
    let named = facts.survey.namespaces.as_ref();
    let named = !facts.scope.is_everything() || named.is_some_and(|it| it.len() > 1);
    if !named && denied.iter().any(|it| it.kind == Kind::Namespace) {
        let words = vec![text(facts.say("denied-name-them"))];
        lines.push(Below::Gutter("-n".to_owned(), words));
    }
    lines.extend(denied.iter().map(|it| Below::Denied(right(facts, it))));
    let title = if denied.is_empty() {
        "unseen-title"
    } else {
        "denied-title"
    };
    (title, lines)
}

/// What is seen late or not at all of a cluster that answers.
fn partly(facts: &Facts<'_>, sight: &Sight) -> Vec<Below> {
    let age = |since: Moment| figure::spoken(since.age(facts.now), facts.catalogue);
    let with = |id, arguments: &[_]| facts.catalogue.say_with(id, arguments);
    let mut lines = Vec::new();
    let mut line = |state, said: String| {
        let line = vec![Piece::Mark(state), text(said)];
        lines.push(Below::Gutter(sight.name.to_string(), line));
    };
    if sight.unreadable > 0 {
        let count = [("count", sight.unreadable.into())];
        line(State::Warning, with("unseen-unreadable", &count));
    }
    if let Some((lists, oldest)) = sight.in_turns {
        let arguments = [("count", lists.into()), ("age", age(oldest).into())];
        line(State::Stale, with("unseen-in-turns", &arguments));
    }
    lines
}

fn right(facts: &Facts<'_>, denied: &Denied) -> [String; 3] {
    let kind = denied.kind.name().to_lowercase();
    let verb = denied.verb.word();
    let mut right = format!("{verb} {}", denied.kind.resource());
    if let Some(namespaces) = &denied.namespaces {
        right.push(' ');
        right.push_str(&match namespaces.as_slice() {
            [one] => {
                let name = [("namespace", one.as_str().into())];
                facts.catalogue.say_with("denied-in-one", &name)
            }
            several => {
                let count = [("count", several.len().into())];
                facts.catalogue.say_with("denied-in", &count)
            }
        });
    }
    [
        facts.say(&format!("denied-{kind}")),
        right,
        facts.say(&format!("denied-{kind}-for")),
    ]
}

/// How far the reading of a cluster is.
fn progress(facts: &Facts<'_>, sight: &Sight) -> Line {
    let age = |since: Moment| {
        let age = since.age(facts.now);
        (age >= 10).then(|| figure::spoken(age, facts.catalogue))
    };
    match &sight.link {
        Link::Connecting { since } => {
            let mut said = facts.say("reading-connecting");
            if let Some(age) = age(*since) {
                said.push(' ');
                said.push_str(&age);
            }
            return vec![Piece::Mark(State::Reading), muted(said)];
        }
        Link::Degraded { .. } => {
            return vec![
                Piece::Mark(State::Critical),
                text(facts.say("reading-lost")),
            ];
        }
        Link::Live { .. } => {}
    }
    let whole = |count: usize| {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        facts.catalogue.whole(count)
    };
    let pods = whole(sight.pods);
    let mut line = Vec::new();
    if !sight.reading {
        line.push(Piece::Mark(State::Good));
    }
    let counts = match sight.pods_total {
        Some(total) if sight.reading => {
            let total = whole(total);
            let arguments = [("count", pods.into()), ("total", total.into())];
            facts.catalogue.say_with("reading-pods-of", &arguments)
        }
        _ => facts
            .catalogue
            .say_with("reading-pods", &[("count", pods.into())]),
    };
    line.push(text(counts));
    let others = sight.kinds.iter().filter(|(kind, _)| *kind != Kind::Pod);
    for (at, (kind, read)) in others.filter(|_| sight.reading).enumerate() {
        let gap = if at == 0 { " · " } else { " " };
        line.push(muted(format!("{gap}{}s", Kind::shown(kind.name()))));
        line.push(Piece::Mark(if *read {
            State::Good
        } else {
            State::Reading
        }));
    }
    line
}
