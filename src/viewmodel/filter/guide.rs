//! The filter's line, what is wrong in it, and the grammar that stands below while it is typed.

use fluent_bundle::FluentValue;
use unicode_width::UnicodeWidthStr;

use super::complete::Completions;
use super::grammar::Fault;
use super::{BadTerm, Field};
use crate::command::Command;
use crate::viewmodel::list::Part;
use crate::viewmodel::{Facts, Page, Prompt, Title};

#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    pub title: Title,
    pub parts: Vec<Part>,
}

pub(in crate::viewmodel) fn prompt(facts: &Facts<'_>) -> Option<Prompt> {
    let filter = facts.filter?;
    let cells = |until: usize| {
        let before = filter.text().get(..until).unwrap_or(filter.text());
        before.width()
    };
    let bad = filter.bad().iter();
    let told = filter.told(facts.typing);
    Some(Prompt {
        text: filter.text().to_owned(),
        cursor: facts.typing.map(cells),
        bad: bad.map(|it| (cells(it.start), cells(it.end))).collect(),
        why: told.map_or_else(String::new, |it| why(facts, it)),
        mend: told.and_then(|it| mend(facts, it)).unwrap_or_default(),
    })
}

/// `no such status: did you mean failed?`.
fn why(facts: &Facts<'_>, bad: &BadTerm) -> String {
    let with = |id, key, value: &str| {
        let arguments = [(key, FluentValue::from(value.to_owned()))];
        facts.catalogue.say_with(id, &arguments)
    };
    let said = match &bad.fault {
        Fault::Regex(words) => with("filter-bad-regex", "words", words),
        Fault::Field(name) => with("filter-bad-field", "name", name),
        Fault::Word(field) => with("filter-bad-word", "field", field.name()),
        Fault::Sign(field) => with("filter-bad-sign", "field", field.name()),
        Fault::Figure(field) => facts.say(&format!("filter-bad-{}", field.name())),
    };
    let Some((near, _)) = &bad.near else {
        return said;
    };
    let arguments = [("said", said.into()), ("near", near.as_str().into())];
    facts.catalogue.say_with("filter-did-you-mean", &arguments)
}

/// `Tab writes it`.
fn mend(facts: &Facts<'_>, bad: &BadTerm) -> Option<String> {
    bad.near.as_ref().and(facts.typing)?;
    let key = [("key", (facts.keys)(Command::Complete)?.into())];
    Some(facts.catalogue.say_with("filter-writes-it", &key))
}

/// None while no filter is typed, and where the words are searched for.
pub(in crate::viewmodel) fn guide(facts: &Facts<'_>) -> Option<Guide> {
    let grammar = facts.typing.is_some() && *facts.page != Page::Search;
    let filter = facts.filter.filter(|_| grammar)?;
    let left_out = filter.bad().len();
    let used = filter.used();
    let counts = [
        ("used", used.into()),
        ("count", (used + left_out).into()),
        ("out", left_out.into()),
    ];
    let right = (left_out > 0).then(|| facts.catalogue.say_with("filter-left-out", &counts));
    let values = facts
        .completions
        .filter(|it| it.field.is_some() && !it.found.shown().is_empty());
    let figures = Field::of(facts.page).iter().filter(|it| it.is_figure());
    let figures = [("figures", names(figures).into())];
    let terms = Field::of(facts.page)
        .iter()
        .filter(|it| !it.is_figure() && **it != Field::Status);
    let signs = facts.catalogue.say_with("filter-guide-signs", &figures);
    let part = |id, line| Part::of(facts.say(id), vec![line]);
    Some(Guide {
        title: Title {
            state: None,
            left: facts.say("filter-title"),
            right: right.unwrap_or_default(),
        },
        parts: vec![
            values.map_or_else(|| statuses(facts), shown),
            part("filter-terms", names(terms)),
            part("filter-signs", signs),
        ],
    })
}

fn names<'a>(fields: impl Iterator<Item = &'a Field>) -> String {
    fields.map(|it| it.name()).collect::<Vec<_>>().join(" ")
}

fn statuses(facts: &Facts<'_>) -> Part {
    let words = Field::Status.words(facts.page).iter();
    let words = words.map(|word| Field::Status.word(word, facts.catalogue));
    let line = words.collect::<Vec<_>>().join(" \u{b7} ");
    Part::of(Field::Status.name().to_owned(), vec![line])
}

fn shown(options: &Completions) -> Part {
    let label = options.field.map_or("", Field::name).to_owned();
    let line = options.found.shown().join(" \u{b7} ");
    Part::of(label, vec![line])
}
