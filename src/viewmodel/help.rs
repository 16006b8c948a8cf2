//! The keys of a page by what they do, and those of them that have the words typed.

use nucleo_matcher::chars::{normalize, to_lower_case};
use unicode_width::UnicodeWidthStr;

use super::{Aspect, Facts, Form, Page, Prompt, Title, header};
use crate::command::{self, Command};

#[derive(Clone, Debug, PartialEq)]
pub struct Help {
    pub title: Title,
    /// What is typed, once something is.
    pub prompt: Option<Prompt>,
    /// Side by side, each with the same share of the width.
    pub columns: Vec<Vec<HelpLine>>,
    /// The first line in view.
    pub first: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    Blank,
    Group(String),
    Key {
        /// As they are written in the keymap in force; empty when there is none.
        keys: String,
        /// What stands in their place.
        unbound: String,
        words: String,
    },
    Sentence(String),
}

/// A group's title and its lines.
type Block = Vec<HelpLine>;

pub(super) fn help(facts: &Facts<'_>, form: Form, origin: &Page) -> Help {
    let typed = facts.typed.trim();
    let blocks: Vec<Block> = command::GROUPS
        .iter()
        .map(|group| block(facts, origin, group, typed))
        .filter(|block| block.len() > 1)
        .collect();
    let found = blocks.iter().map(|block| block.len() - 1).sum();
    let (most, room) = (beside(form, facts.columns), room(facts, form));
    let mut columns = columns(&blocks, most, true);
    if height(&columns) > room {
        columns = self::columns(&blocks, most, false);
    }
    if found == 0 {
        columns = vec![vec![HelpLine::Sentence(facts.say("keys-none"))]];
    }
    let lines = height(&columns);
    let first = facts.first.min(lines.saturating_sub(room));
    let below = lines.saturating_sub(first + room);
    let cells = |until: usize| facts.typed.get(..until).map_or(0, UnicodeWidthStr::width);
    Help {
        title: title(facts, form, origin, (found, below)),
        prompt: (!typed.is_empty()).then(|| Prompt {
            text: facts.typed.to_owned(),
            cursor: facts.typing.map(cells),
            bad: Vec::new(),
            why: String::new(),
            mend: String::new(),
        }),
        columns,
        first,
    }
}

/// Lines that fit.
pub(super) fn room(facts: &Facts<'_>, form: Form) -> usize {
    // Header, tabs, title, message and footer; the smallest form has a header and a footer alone.
    let framed = match form {
        Form::Tiny | Form::Speck => 2,
        _ => 5,
    };
    let prompt = usize::from(!facts.typed.trim().is_empty());
    usize::from(facts.lines).saturating_sub(framed + prompt)
}

fn beside(form: Form, columns: u16) -> usize {
    match form {
        Form::Wide => 3,
        Form::Normal if columns >= 76 => 2,
        _ => 1,
    }
}

fn title(facts: &Facts<'_>, form: Form, origin: &Page, (found, below): (usize, usize)) -> Title {
    let names = [
        ("page", header::name(facts, origin).into()),
        ("keymap", facts.keymap.into()),
    ];
    let with = |id, count: usize| facts.catalogue.say_with(id, &[("count", count.into())]);
    let mut right = Vec::new();
    if !facts.typed.trim().is_empty() {
        right.push(with("keys-found", found));
    } else if form != Form::Small {
        right.push(facts.say("keys-type"));
    }
    if below > 0 {
        right.push(with("list-below", below));
    }
    Title {
        state: None,
        left: facts.catalogue.say_with("keys-title", &names),
        right: right.join(" · "),
    }
}

/// A group's title, then its lines that have the words; the title alone when none has.
fn block(facts: &Facts<'_>, origin: &Page, group: &command::Group, typed: &str) -> Block {
    let mut block = vec![HelpLine::Group(facts.say(group.title))];
    let here = |it: &&command::Line| it.commands.iter().any(|it| works(*it, origin));
    let lines = group.lines.iter().filter(here);
    let found = lines.filter(|line| finds(typed, &searched(facts, line)));
    block.extend(found.map(|line| self::line(facts, line)));
    block
}

/// Whether the command does something on that page.
pub fn works(command: Command, page: &Page) -> bool {
    let reads = page.reads();
    let plans = matches!(page, Page::Preview(_));
    let past = matches!(page, Page::History(_));
    match command {
        Command::Fold | Command::Unfold => {
            matches!(
                page,
                Page::Tenant(_) | Page::Aspect(Aspect::Yaml, _) | Page::Preview(_)
            )
        }
        Command::Wrap => reads,
        Command::Level => matches!(page, Page::Aspect(Aspect::Logs | Aspect::Events, _)),
        Command::Follow
        | Command::PreviousRun
        | Command::Times
        | Command::Container
        | Command::Since
        | Command::Save => matches!(page, Page::Aspect(Aspect::Logs, _)),
        Command::Pane => !reads || plans,
        Command::Mark => !reads,
        Command::Filter => !past,
        Command::Open => match page {
            Page::Aspect(aspect, _) => aspect.leads(),
            Page::Preview(_) => true,
            _ => !past,
        },
        Command::Sort | Command::SortUp | Command::SortDown | Command::MarkSpan => !reads && !past,
        _ => true,
    }
}

/// The first keys of each command, then the second ones: `j k ↓ ↑`.
fn line(facts: &Facts<'_>, line: &command::Line) -> HelpLine {
    let bound: Vec<Vec<_>> = line.commands.iter().map(|it| (facts.bound)(*it)).collect();
    let most = bound.iter().map(Vec::len).max().unwrap_or(0);
    let in_turn = (0..most).flat_map(|at| bound.iter().filter_map(move |keys| keys.get(at)));
    let mut keys: Vec<_> = in_turn.map(|(label, _)| label.as_str()).collect();
    // Two commands of one line may have the same key, in a filter and in a choice.
    keys.dedup();
    HelpLine::Key {
        keys: keys.join(" "),
        unbound: facts.say("keys-unbound"),
        words: facts.say(line.words),
    }
}

/// All that is said of the line's commands in both languages, and their names.
fn searched(facts: &Facts<'_>, line: &command::Line) -> String {
    let mut words = Vec::new();
    for catalogue in [Some(facts.catalogue), facts.other_language]
        .into_iter()
        .flatten()
    {
        words.push(catalogue.say(line.words));
        for entry in line.commands.iter().filter_map(|it| command::of(*it)) {
            words.push(catalogue.say(entry.description));
            words.push(entry.name.to_owned());
        }
    }
    words.join("\n")
}

/// Whether each word stands there, in any case and with or without its accents.
fn finds(typed: &str, text: &str) -> bool {
    let text = plain(text);
    plain(typed).split_whitespace().all(|it| text.contains(it))
}

fn plain(text: &str) -> String {
    text.chars().map(normalize).map(to_lower_case).collect()
}

/// The groups in their order, whole, in as many columns at most: as low as that goes.
fn columns(blocks: &[Block], most: usize, spaced: bool) -> Vec<Vec<HelpLine>> {
    let all: usize = blocks.iter().map(|block| block.len() + 1).sum();
    let fits = |columns: &Vec<_>, height| columns.len() <= most && self::height(columns) <= height;
    (1..=all)
        .map(|height| (pack(blocks, height, spaced), height))
        .find(|(columns, height)| fits(columns, *height))
        .map_or_else(Vec::new, |(columns, _)| columns)
}

fn height(columns: &[Vec<HelpLine>]) -> usize {
    columns.iter().map(Vec::len).max().unwrap_or(0)
}

fn pack(blocks: &[Block], height: usize, spaced: bool) -> Vec<Vec<HelpLine>> {
    let gap = usize::from(spaced);
    let mut columns: Vec<Vec<HelpLine>> = Vec::new();
    for block in blocks {
        match columns.last_mut() {
            Some(last) if last.len() + gap + block.len() <= height => {
                last.extend(spaced.then_some(HelpLine::Blank));
                last.extend_from_slice(block);
            }
            _ => columns.push(block.clone()),
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(lines: usize) -> Block {
        (0..lines)
            .map(|at| HelpLine::Group(at.to_string()))
            .collect()
    }

    #[test]
    fn groups_stay_whole_and_columns_are_as_low_as_they_can_be() {
        let heights = |blocks: &[usize], most| -> Vec<usize> {
            let blocks: Vec<_> = blocks.iter().map(|lines| block(*lines)).collect();
            let columns = columns(&blocks, most, true);
            columns.iter().map(Vec::len).collect()
        };
        assert_eq!(heights(&[9, 4, 2, 4, 6], 2), [14, 14]);
        assert_eq!(heights(&[9, 4, 2, 4, 6], 3), [9, 7, 11]);
        assert_eq!(heights(&[3, 3], 1), [7]);
        assert_eq!(heights(&[], 2), [0; 0]);
    }

    #[test]
    fn words_are_found_in_any_order_case_and_without_accents() {
        let text = "demi-page\nune demi-page plus haut\nla dernière LIGNE";
        assert!(finds("haut demi", text));
        assert!(finds("derniere ligne", text));
        assert!(finds("", text));
        assert!(!finds("demi colonne", text));
    }
}
