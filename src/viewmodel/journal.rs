//! The journal: what was done from this machine, newest first, what became of it, and whether it still stands.

use super::copy::{self, Told};
use super::filter::{self, Words};
use super::list::{self, Part, Window};
use super::page::{Ground, Listed, Target};
use super::watch::Below;
use super::{
    Brief, Card, Cell, Column, Facts, Form, Lead, List, Note, State, Table, Title, Tone, Whose,
    deed, text,
};
use crate::action::{self, AnswerVerdict, Entry, Later, Sent, Standing, Still};
use crate::model::{Moment, ObjectRef};
use crate::tenancy::{Class, PLATFORM, Place};

/// Lines under the strip, where there is room: before, after, who, whether it holds.
const BELOW: usize = 4;
const DAY: i64 = 86_400;

/// An action, with what the cluster tells of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionRow {
    pub entry: Entry,
    pub still: Still,
    /// As it is named where it is watched; None in a context that is not.
    pub object: Option<ObjectRef>,
}

impl ActionRow {
    pub(super) fn place(&self) -> Place {
        let intent = &self.entry.intent;
        Place {
            tenant: intent.tenant.as_str().into(),
            environment: intent.environment.as_str().into(),
            class: intent.class,
            platform: intent.tenant == PLATFORM,
        }
    }

    fn whose(&self) -> Whose {
        Whose::of(&self.entry.intent.tenant, &self.entry.intent.environment)
    }
}

/// Those in doubt first, then the newest.
pub(super) fn rows(ground: &Ground<'_>) -> Vec<ActionRow> {
    let mut later = Later::default();
    let rows = ground.journal.iter().map(|entry| {
        let object = action::object(ground.store, &entry.intent);
        // The watch may be behind what was taken just now.
        let settled = object
            .as_ref()
            .filter(|_| entry.standing() == Standing::Over);
        let live = settled.and_then(|it| action::live(ground.store, it));
        let still = action::still(entry, &later, live.as_ref());
        later.add(entry);
        ActionRow {
            still,
            entry: entry.clone(),
            object,
        }
    });
    let asked = |row: &ActionRow| {
        let namespace = &row.entry.intent.object.namespace;
        ground.scope.is_everything() || ground.scope.matches(namespace, &row.place())
    };
    let mut rows: Vec<_> = rows.filter(asked).collect();
    rows.sort_by_key(|row| row.entry.standing() != Standing::InDoubt);
    rows
}

pub(super) fn journal(facts: &Facts<'_>, form: Form) -> List {
    let window = Window::of(
        facts,
        list::room(facts, form, below_lines(facts, form), true),
    );
    let all = facts.rows.actions();
    let in_view: Vec<_> = window.rows.iter().filter_map(|at| all.get(*at)).collect();
    let selected = facts.selected_row().and_then(|at| all.get(at));
    List {
        title: title(facts, &window),
        prompt: filter::prompt(facts),
        guide: filter::guide(facts),
        notes: if in_view.is_empty() {
            notes(facts)
        } else {
            Vec::new()
        },
        table: table(facts, form, &in_view),
        selected: window.selected,
        first: window.first,
        briefs: list::briefs(form, &in_view, |it| brief(facts, it)),
        card: selected.map(|row| card(facts, row)),
        below: selected.map_or_else(Vec::new, |row| below(facts, form, row)),
        pane: facts.pane,
    }
}

/// Lines that the details take under the strip.
pub(super) fn below_lines(facts: &Facts<'_>, form: Form) -> usize {
    let room = form == Form::Normal && form.strip_lines(facts.lines) > BELOW;
    if room && !facts.listed.is_empty() {
        BELOW
    } else {
        0
    }
}

fn title(facts: &Facts<'_>, window: &Window) -> Title {
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let counted = with("journal-title", facts.rows.len());
    let filtered = facts.filter.is_some_and(|it| !it.open());
    let mut left = vec![if filtered {
        let counts = [
            ("count", facts.listed.len().into()),
            ("total", counted.into()),
        ];
        facts.catalogue.say_with("list-filtered", &counts)
    } else {
        counted
    }];
    left.extend(list::marked(facts));
    let holds = facts.rows.actions().iter();
    let holds = holds.filter(|it| it.still == Still::Holds).count();
    if holds > 0 && !filtered {
        left.push(with("journal-still-hold", holds));
    }
    Title {
        state: None,
        left: left.join(" \u{b7} "),
        right: list::hidden(facts, window).join(" \u{b7} "),
    }
}

fn notes(facts: &Facts<'_>) -> Vec<Note> {
    if facts.rows.is_empty() {
        vec![Note::Sentence(facts.say("journal-none"))]
    } else {
        list::nothing(facts, "journal-none")
    }
}

impl Listed for ActionRow {
    fn target(&self) -> Target {
        Target::Action(self.entry.intent.id.clone())
    }

    fn state(&self) -> State {
        match (self.entry.standing(), &self.entry.outcome) {
            (_, Some(outcome)) => deed::came_to(outcome.verdict),
            (Standing::Refused, None) => State::Failed,
            (Standing::Accepted, None) => State::Moving,
            (Standing::InDoubt | Standing::Over, None) => State::Unknown,
        }
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        // For the ticket: when, what, what became of it, why, who, and where the audit log has it.
        let intent = &self.entry.intent;
        let told = self
            .object
            .as_ref()
            .map_or_else(Told::default, copy::of_ref);
        Told {
            namespace: intent.object.namespace.clone(),
            place: Some(self.place()),
            name: intent.object.name.clone(),
            said: sentences(facts, self),
            ..told
        }
    }
}

fn table(facts: &Facts<'_>, form: Form, rows: &[&ActionRow]) -> Table {
    let title = |id| facts.say(id);
    let columns = vec![
        Column::left(title("title-time"), 8, 8)
            .says(|it: &ActionRow| Cell::Text(time(facts, it.entry.intent.at), Tone::Text)),
        Column::left(title("title-place"), 14, 10).says(|it: &ActionRow| Cell::Whose(it.whose())),
        Column::left(title("title-object"), 10, 8)
            .grows()
            .says(|it: &ActionRow| Cell::name(&*it.entry.intent.object.name)),
        Column::left(title("title-action"), 18, 10)
            .says(|it: &ActionRow| Cell::Text(facts.catalogue.act(&it.entry.intent), Tone::Text)),
        Column::left(title("title-outcome"), 11, 8).says(|it: &ActionRow| {
            Cell::Text(facts.catalogue.became(&it.entry), it.state().tone())
        }),
        Column::left(title("title-still"), 9, 6)
            .dropped(0)
            .says(|it: &ActionRow| {
                let tone = match it.still {
                    Still::Holds => Tone::Text,
                    _ => Tone::Muted,
                };
                Cell::Text(facts.catalogue.stands(&it.still), tone)
            }),
    ];
    Table::of(facts, form, Lead::StateAndClass, columns, rows, |row| {
        let intent = &row.entry.intent;
        (row.state(), intent.class.into())
    })
}

/// `03:13:38` of the last day, else the date.
fn time(facts: &Facts<'_>, at: Moment) -> String {
    if at.age(facts.now) < DAY {
        return facts.zone.at(at).format("%H:%M:%S").to_string();
    }
    facts.zone.near(at, facts.now, facts.catalogue)
}

fn moment(facts: &Facts<'_>, at: Moment) -> String {
    facts.zone.moment(at, facts.now, facts.catalogue)
}

fn card(facts: &Facts<'_>, row: &ActionRow) -> Card {
    let intent = &row.entry.intent;
    let part = |id: &str, lines: Vec<String>| Part::of(facts.say(id), lines);
    let long = |id: &str, lines: Vec<String>| Part {
        long: true,
        ..part(id, lines)
    };
    let mut parts = vec![
        part("journal-reason", said(&intent.reason)),
        part("journal-answers", answers(facts, row)),
        part("journal-outcome", outcome(facts, row)),
    ];
    let details = details(facts, row).into_iter();
    parts.extend(details.map(|(id, line)| long(id, said(&line))));
    parts.push(long("journal-changes", intent.diff.clone()));
    Card {
        subject: intent.object.name.clone(),
        kind: intent.object.kind.clone(),
        whose: row.whose(),
        class: intent.class.into(),
        class_word: match intent.class {
            Class::Production => facts.say("card-production"),
            Class::Unknown => facts.say("class-unknown"),
            Class::NonProduction => String::new(),
        },
        cluster: intent.context.clone(),
        since: format!("{} \u{b7} {}", moment(facts, intent.at), intent.id.0),
        parts,
        ..Card::default()
    }
}

fn said(line: &str) -> Vec<String> {
    Some(line.to_owned())
        .filter(|it| !it.is_empty())
        .into_iter()
        .collect()
}

/// What the strip has no room for.
fn details(facts: &Facts<'_>, row: &ActionRow) -> [(&'static str, String); BELOW] {
    let intent = &row.entry.intent;
    [
        ("journal-before", facts.catalogue.before(&intent.before)),
        ("journal-after", facts.catalogue.before(&intent.after)),
        ("journal-who", intent.who.in_words()),
        ("journal-hold", facts.catalogue.hold_verdict(intent.hold)),
    ]
}

fn below(facts: &Facts<'_>, form: Form, row: &ActionRow) -> Vec<Below> {
    let details = details(facts, row).into_iter();
    details
        .take(below_lines(facts, form))
        .map(|(id, line)| Below::Gutter(facts.say(id), vec![text(line)]))
        .collect()
}

/// A line for each request, answered or not.
fn answers(facts: &Facts<'_>, row: &ActionRow) -> Vec<String> {
    let sends = row.entry.intent.sends.iter();
    sends.map(|sent| answer(facts, row, sent)).collect()
}

fn answer(facts: &Facts<'_>, row: &ActionRow, sent: &Sent) -> String {
    let mut answers = row.entry.answers.iter().rev();
    let answer = answers.find(|it| it.audit_id == sent.audit_id);
    let audit = ("audit", sent.audit_id.as_str().into());
    let told = answer.filter(|it| it.verdict != AnswerVerdict::Unknown);
    let Some(answer) = told else {
        return facts.catalogue.say_with("journal-no-answer", &[audit]);
    };
    let verdict = facts.say(match answer.verdict {
        AnswerVerdict::Refused => "journal-refused",
        _ => "journal-accepted",
    });
    let code = answer.code.map(|it| it.to_string());
    let parts = [verdict, code.unwrap_or_default(), answer.message.clone()];
    let words = parts.into_iter().filter(|it| !it.is_empty());
    let words: Vec<_> = words.chain(answer.warnings.iter().cloned()).collect();
    let arguments = [
        ("at", moment(facts, answer.at).into()),
        ("verdict", words.join(" ").into()),
        audit,
    ];
    facts.catalogue.say_with("journal-answer", &arguments)
}

fn outcome(facts: &Facts<'_>, row: &ActionRow) -> Vec<String> {
    let mut lines = vec![match &row.entry.outcome {
        Some(it) => format!(
            "{}  {}",
            moment(facts, it.at),
            facts.catalogue.outcome(it.verdict, &it.detail)
        ),
        None => facts.catalogue.became(&row.entry),
    }];
    lines.extend(said(&facts.catalogue.stands(&row.still)));
    vec![lines.join(" \u{b7} ")]
}

fn brief(facts: &Facts<'_>, row: &ActionRow) -> Brief {
    let intent = &row.entry.intent;
    let parts = [
        facts.catalogue.became(&row.entry),
        facts.catalogue.stands(&row.still),
    ];
    let became: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    Brief {
        state: row.state(),
        class: intent.class.into(),
        whose: row.whose(),
        kind: intent.object.kind.clone(),
        subject: intent.object.name.clone(),
        ready: None,
        age: facts.catalogue.age(intent.at.age(facts.now)),
        stale: false,
        lines: vec![facts.catalogue.act(intent), became.join(" \u{b7} ")],
    }
}

pub(super) fn words<'a>(facts: &Facts<'_>, row: &'a ActionRow) -> Words<'a> {
    let intent = &row.entry.intent;
    Words {
        names: vec![
            row.whose().text().into(),
            intent.object.name.as_str().into(),
        ],
        texts: vec![
            facts.catalogue.act(intent).into(),
            facts.catalogue.became(&row.entry).into(),
            facts.catalogue.stands(&row.still).into(),
            intent.reason.as_str().into(),
            intent.who.in_words().into(),
            intent.id.0.as_str().into(),
            intent.context.as_str().into(),
        ],
    }
}

/// For the ticket.
fn sentences(facts: &Facts<'_>, row: &ActionRow) -> Vec<String> {
    let intent = &row.entry.intent;
    let at = facts.zone.at(intent.at).format("%Y-%m-%d %H:%M:%S %:z");
    let done = [
        ("act", facts.catalogue.act(intent).into()),
        ("at", at.to_string().into()),
    ];
    let mut said = vec![
        facts.catalogue.say_with("journal-done-at", &done),
        facts.catalogue.became(&row.entry),
        facts.catalogue.stands(&row.still),
        intent.reason.clone(),
        intent.who.in_words(),
    ];
    said.extend(answers(facts, row));
    said.retain(|it| !it.is_empty());
    said
}
