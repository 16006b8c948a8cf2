//! A box over the body: something is chosen from a list that narrows as one types.

mod classes;
mod palette;
mod sorts;
mod tenants;

use std::borrow::Cow;
use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::filter;
use super::order::Sort;
use super::page::{Page, Target};
use super::{Facts, Form, Hint, State};
use crate::command::Command;
use crate::model::Text;
use crate::tenancy::Class;

/// What a popup asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Anything that can be done or gone to.
    Command,
    Tenant,
    Classes,
    Sort,
    /// What to copy of a row.
    Copy,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Popup {
    pub title: String,
    /// Cells wanted, borders among them.
    pub width: u16,
    /// What is typed, and the cells of it before the cursor.
    pub prompt: Option<(String, usize)>,
    /// The choices in view.
    pub rows: Vec<ChoiceRow>,
    pub selected: Option<usize>,
    /// The first choice in view, among all.
    pub first: usize,
    /// Said under the choices.
    pub note: String,
    /// In the lower border.
    pub keys: Vec<Hint>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceRow {
    pub state: Option<State>,
    /// The key that does the same, or nothing.
    pub key: String,
    pub name: String,
    pub note: String,
}

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Command(Command),
    Go(Page),
    /// A page, filtered.
    Filter(Page, String),
    /// The page of a tenant with the cursor on an object.
    Open(Text, Target),
    /// Look at one tenant, or at all.
    Tenant(Option<Text>),
    /// Show or hide environments of a class; the popup stays.
    Class(Class),
    Sort(Option<Sort>),
    /// Send the text to the person's clipboard.
    Copy(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub row: ChoiceRow,
    pub act: Act,
}

/// What stands in an open popup.
pub struct Asked<'a> {
    pub ask: Ask,
    pub text: &'a str,
    pub cursor: usize,
    pub choices: &'a [Choice],
    pub at: usize,
    pub first: usize,
}

/// Choices of more are not looked through: one types another letter.
const LONGEST: usize = 200;

pub fn choices(facts: &Facts<'_>, ask: Ask, typed: &str) -> Vec<Choice> {
    let mut found = match ask {
        Ask::Command => palette::choices(facts, typed),
        Ask::Tenant => narrowed(typed, tenants::choices(facts)),
        Ask::Classes => classes::choices(facts),
        Ask::Sort => narrowed(typed, sorts::choices(facts)),
        Ask::Copy => narrowed(typed, facts.copyable.to_vec()),
    };
    found.truncate(LONGEST);
    found
}

/// What may become a choice: of thousands that are looked through a few do.
trait Candidate {
    fn name(&self) -> &str;
    fn note(&self) -> Cow<'_, str>;
    fn choice(&self) -> Choice;
}

impl Candidate for Choice {
    fn name(&self) -> &str {
        &self.row.name
    }

    fn note(&self) -> Cow<'_, str> {
        self.row.note.as_str().into()
    }

    fn choice(&self) -> Choice {
        self.clone()
    }
}

/// Those whose name has the letters typed, the best first; all of them in their order when nothing is typed.
fn narrowed<T: Candidate>(typed: &str, candidates: Vec<T>) -> Vec<Choice> {
    if typed.trim().is_empty() {
        return candidates.iter().map(T::choice).collect();
    }
    // Whoever types a word wants it; letters in their order are for when nothing has the word.
    let typed = plain(typed.trim());
    let word = typed.to_lowercase();
    // A word without a blank stands between dashes.
    let several = word.contains(' ');
    let words = |text: &str| filter::has(&if several { plain(text) } else { text.into() }, &word);
    let has = |it: &T| words(it.name()) || words(&it.note());
    let (worded, others): (Vec<T>, Vec<T>) = candidates.into_iter().partition(has);
    let any = !worded.is_empty();
    let pattern = Pattern::parse(&typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |text: &str| {
        let text = plain(text);
        pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)
    };
    let scored = |it: T| {
        // A word of the note finds the row too, after those that are named so.
        let name = score(it.name()).map(|score| score * 2);
        let score = name.or_else(|| score(&it.note()).filter(|_| any))?;
        Some((score, it))
    };
    let asked = if any { worded } else { others }.into_iter();
    let mut found: Vec<(u32, T)> = asked.filter_map(scored).collect();
    found.sort_by_key(|(score, _)| Reverse(*score));
    let best = found.into_iter().take(LONGEST);
    best.map(|(_, it)| it.choice()).collect()
}

/// Commands are shown with blanks, and written with dashes elsewhere.
fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('-') {
        text.replace('-', " ").into()
    } else {
        text.into()
    }
}

pub(super) fn popup(facts: &Facts<'_>, asked: &Asked<'_>, form: Form) -> Popup {
    let all = asked.choices;
    let (title, width, note) = match asked.ask {
        Ask::Command => ("popup-command", 76, facts.say("palette-also")),
        Ask::Tenant => ("popup-tenant", 62, String::new()),
        Ask::Classes => ("popup-classes", 62, String::new()),
        Ask::Sort => ("popup-sort", 62, String::new()),
        Ask::Copy => ("popup-copy", 76, String::new()),
    };
    let typed = asked.ask != Ask::Classes;
    let room = rows(facts, form, typed, !note.is_empty());
    let at = asked.at.min(all.len().saturating_sub(1));
    let first = asked.first.min(at).max((at + 1).saturating_sub(room));
    let shown = all.iter().skip(first).take(room);
    let mut keys = Vec::new();
    let mut hint = |command, verb| {
        if let Some(key) = (facts.keys)(command) {
            keys.push(Hint {
                key,
                verb: facts.say(verb),
            });
        }
    };
    let verb = match asked.ask {
        Ask::Command => "hint-run",
        Ask::Classes => "hint-toggle",
        Ask::Tenant | Ask::Sort => "hint-pick",
        Ask::Copy => "hint-copy",
    };
    hint(Command::Choose, verb);
    hint(Command::Dismiss, "hint-close");
    Popup {
        title: facts.say(title),
        width,
        prompt: typed.then(|| (asked.text.to_owned(), asked.cursor)),
        rows: if all.is_empty() {
            vec![ChoiceRow {
                name: facts.say("popup-none"),
                ..ChoiceRow::default()
            }]
        } else {
            shown.map(|choice| choice.row.clone()).collect()
        },
        selected: (!all.is_empty()).then(|| at - first),
        first,
        note,
        keys,
    }
}

/// Choices that fit: two borders, the prompt and the blank after it, the note and the blank before it, four lines of the
/// screen kept in sight.
fn rows(facts: &Facts<'_>, form: Form, typed: bool, noted: bool) -> usize {
    let lines = usize::from(facts.lines);
    let kept = if matches!(form, Form::Normal | Form::Wide) {
        6
    } else {
        2
    };
    let own = 2 + if typed { 2 } else { 0 } + if noted { 2 } else { 0 };
    lines.saturating_sub(kept + own).clamp(1, 14)
}
