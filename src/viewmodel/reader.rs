//! A page of text: lines under a cursor, searched by words, wrapped when asked for.

mod leads;

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::aspect::{EventText, LogText, YamlText};
use super::{Facts, Form, Jump, Line, Page, Piece, Prompt, State, Title, Tone};
use crate::dossier::Series;

use leads::Leads;

/// Cells of a bound's bar.
const GAUGE: usize = 10;
/// More bytes than a cell shows: letters of several, and marks upon them.
const BYTES: usize = 16;

#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    pub title: Title,
    /// What is searched for.
    pub prompt: Option<Prompt>,
    /// Lines in view, each in as many rows as it takes.
    pub lines: Vec<Vec<Line>>,
    /// What stands at the right of each: the key, and where it leads. Empty for those that lead nowhere.
    pub leads: Vec<String>,
    /// Which of them the cursor is on.
    pub selected: Option<usize>,
    /// Message id of what the key that opens does on that one.
    pub opens: Option<&'static str>,
    /// The first line in view, among all.
    pub first: usize,
    /// What is said under the text of what is missing.
    pub note: Option<(State, String)>,
    /// What stands beside the text.
    pub side: Option<Side>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Cells of the text at its left.
    pub left: u16,
    pub lines: Vec<Line>,
    /// Lines that are scrolled away, while the cursor is in it.
    pub scrolled: Option<usize>,
}

/// What a page has to say, whatever part of it is in view.
pub(super) struct Content<'a> {
    pub text: Text<'a>,
    pub note: Option<(State, String)>,
}

pub(super) enum Text<'a> {
    Yaml(YamlText<'a>),
    Made(Made<'a>),
    Log(LogText<'a>),
}

/// Lines that are words already, some of which lead somewhere; below them events.
#[derive(Default)]
pub(super) struct Made<'a> {
    lines: Vec<Line>,
    jumps: HashMap<usize, Jump>,
    pub events: Option<EventText<'a>>,
}

impl<'a> From<EventText<'a>> for Made<'a> {
    fn from(events: EventText<'a>) -> Self {
        Self {
            events: Some(events),
            ..Self::default()
        }
    }
}

impl Made<'_> {
    pub(super) fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// The line that was put there last leads there.
    pub(super) fn leads(&mut self, jump: Option<Jump>) {
        let last = self.lines.len().saturating_sub(1);
        self.jumps.extend(jump.map(|jump| (last, jump)));
    }

    pub(super) fn extend(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn len(&self) -> usize {
        self.lines.len() + self.events.as_ref().map_or(0, EventText::len)
    }

    fn line(&self, at: usize) -> Line {
        let event = || Some(self.events.as_ref()?.line(self.below(at)?));
        let line = self.lines.get(at).cloned();
        line.or_else(event).unwrap_or_default()
    }

    fn jump(&self, at: usize) -> Option<Jump> {
        let event = || self.events.as_ref()?.jump(self.below(at)?);
        self.jumps.get(&at).cloned().or_else(event)
    }

    fn series(&self, at: usize) -> Option<Series> {
        self.events.as_ref()?.series(self.below(at)?)
    }

    fn position(&self, series: Series) -> Option<usize> {
        let at = self.events.as_ref()?.position(series)?;
        Some(self.lines.len() + at)
    }

    /// Which of the events that is.
    fn below(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.lines.len())
    }

    /// Where it can be shown: not over the border of two pieces.
    fn has(&self, at: usize, wanted: impl Fn(&str) -> bool) -> bool {
        let Some(line) = self.lines.get(at) else {
            let event = self.below(at).zip(self.events.as_ref());
            return event.is_some_and(|(at, events)| events.has(at, wanted));
        };
        line.iter().any(|piece| match piece {
            Piece::Text(words, _) => wanted(words),
            _ => false,
        })
    }
}

impl Text<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Text::Yaml(yaml) => yaml.outline.len(),
            Text::Made(made) => made.len(),
            Text::Log(log) => log.len(),
        }
    }

    /// Where the line leads.
    pub(super) fn jump(&self, at: usize) -> Option<Jump> {
        match self {
            Text::Made(made) => made.jump(at),
            Text::Yaml(_) | Text::Log(_) => None,
        }
    }

    /// The event that the line tells of.
    pub(super) fn series(&self, at: usize) -> Option<Series> {
        match self {
            Text::Made(made) => made.series(at),
            Text::Yaml(_) | Text::Log(_) => None,
        }
    }

    /// The line that tells of the event.
    pub(super) fn position(&self, series: Series) -> Option<usize> {
        match self {
            Text::Made(made) => made.position(series),
            Text::Yaml(_) | Text::Log(_) => None,
        }
    }

    /// Message id of what the key that opens does there.
    fn opens(&self, at: usize) -> Option<&'static str> {
        match self {
            Text::Yaml(yaml) => yaml.outline.folds(at).then_some("hint-fold"),
            Text::Made(_) | Text::Log(_) => self.jump(at).map(|it| it.word()),
        }
    }

    /// Whether it is a line of words that leads somewhere.
    fn leads(&self, at: usize) -> bool {
        matches!(self, Text::Made(made) if made.jumps.contains_key(&at))
    }

    fn line(&self, at: usize) -> Line {
        match self {
            Text::Yaml(yaml) => yaml.line(at),
            Text::Made(made) => made.line(at),
            Text::Log(log) => log.line(at),
        }
    }

    /// The words of a line, for searching and copying.
    pub(super) fn plain(&self, at: usize) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(words, _) | Piece::Found(words) => words.clone(),
            Piece::Mark(_) | Piece::Bar(_) | Piece::Gauge(..) => String::new(),
        };
        self.line(at).iter().map(piece).collect()
    }

    /// How many lines there are, also those that are folded away.
    fn total(&self) -> usize {
        match self {
            Text::Yaml(yaml) => yaml.outline.lines().len(),
            Text::Made(_) | Text::Log(_) => self.len(),
        }
    }

    /// The number among all of the line that shows there.
    pub(super) fn number(&self, at: usize) -> usize {
        match self {
            Text::Yaml(yaml) => yaml.outline.number(at),
            Text::Made(_) | Text::Log(_) => at,
        }
    }

    /// All that it says, folded or not.
    pub(super) fn whole(&self) -> Vec<String> {
        match self {
            Text::Yaml(yaml) => yaml.outline.lines().to_vec(),
            Text::Made(_) | Text::Log(_) => (0..self.len()).map(|at| self.plain(at)).collect(),
        }
    }

    /// Numbers of the lines that have the words.
    pub(super) fn hits(&self, search: &str) -> Vec<usize> {
        let wanted = Wanted::of(search);
        let all = 0..self.len();
        match self {
            Text::Yaml(yaml) => yaml.outline.hits(search),
            Text::Made(made) => all
                .filter(|at| made.has(*at, |it| wanted.is_in(it)))
                .collect(),
            Text::Log(log) => all
                .filter(|at| log.has(*at, |it| wanted.is_in(it)))
                .collect(),
        }
    }
}

/// A capital asks for the same case, as in the filter. None finds nothing.
pub(super) struct Wanted(Option<Regex>);

impl Wanted {
    pub(super) fn of(words: &str) -> Self {
        let any_case = !words.chars().any(char::is_uppercase);
        let found = RegexBuilder::new(&regex::escape(words))
            .case_insensitive(any_case)
            // The letters of other scripts that fold to these would make each line several times as dear.
            .unicode(!words.is_ascii())
            .build();
        Self(found.ok().filter(|_| !words.is_empty()))
    }

    pub(super) fn is_in(&self, line: &str) -> bool {
        self.0.as_ref().is_some_and(|it| it.is_match(line))
    }

    /// Where the words stand in the line, in bytes.
    fn find<'l>(&'l self, line: &'l str) -> impl Iterator<Item = (usize, usize)> + 'l {
        let found = self.0.iter().flat_map(|it| it.find_iter(line));
        found.map(|it| (it.start(), it.end()))
    }

    /// The line with the words made to stand out.
    fn lit(&self, line: Line) -> Line {
        let mut lit = Vec::with_capacity(line.len());
        for piece in line {
            let Piece::Text(words, tone) = piece else {
                lit.push(piece);
                continue;
            };
            let mut from = 0;
            for (start, end) in self.find(&words) {
                lit.push(Piece::Text(words[from..start].to_owned(), tone));
                lit.push(Piece::Found(words[start..end].to_owned()));
                from = end;
            }
            lit.push(Piece::Text(words[from..].to_owned(), tone));
        }
        lit.retain(|piece| !matches!(piece, Piece::Text(words, _) if words.is_empty()));
        lit
    }
}

pub(super) fn reader(facts: &Facts<'_>, form: Form, title: Title, content: &Content<'_>) -> Reader {
    reader_in(facts, form, facts.columns, title, content)
}

/// In so many columns.
pub(super) fn reader_in(
    facts: &Facts<'_>,
    form: Form,
    columns: u16,
    mut title: Title,
    content: &Content<'_>,
) -> Reader {
    let search = facts.search.filter(|it| !it.is_empty());
    let room = room(facts, form).saturating_sub(usize::from(content.note.is_some()));
    let cells = usize::from(columns).saturating_sub(2);
    let last = content.text.len().saturating_sub(1);
    let at = facts.at.min(last);
    let leads = Leads::of(facts, form, content, at, cells);
    let wanted = search.map(Wanted::of);
    let rows = |at: usize| {
        let mut line = content.text.line(at);
        let cells = cells.saturating_sub(leads.beside(at));
        clip(
            &mut line,
            BYTES * cells * if facts.wrap { room + 1 } else { 1 },
        );
        if let Some(wanted) = &wanted {
            line = wanted.lit(line);
        }
        if facts.wrap {
            wrap(line, cells)
        } else if leads.stays(at) && line.iter().map(cells_of).sum::<usize>() > cells {
            vec![cut(line, cells)]
        } else {
            vec![line]
        }
    };
    let height = |line| rows(line).len();
    // Below the last line nothing stands as long as there are lines above.
    let end = in_view(0, last, room, height);
    let first = in_view(facts.first.min(end), at, room, height);
    let (mut lines, mut shown) = (Vec::new(), Vec::new());
    let mut left = room;
    for line in first..content.text.len() {
        let rows = rows(line);
        if left == 0 {
            break;
        }
        left = left.saturating_sub(rows.len());
        shown.push(leads.label(line, rows.first()));
        lines.push(rows);
    }
    title.right = said(facts, &title.right, content, search, at);
    Reader {
        title,
        prompt: facts.search.map(|search| prompt(facts, search)),
        selected: (!lines.is_empty()).then_some(at - first),
        opens: content.text.opens(at),
        lines,
        leads: shown,
        first,
        note: content.note.clone(),
        side: None,
    }
}

/// The first line in view: as it was, unless the cursor would be out of sight.
fn in_view(first: usize, at: usize, room: usize, height: impl Fn(usize) -> usize) -> usize {
    let mut taken = 0;
    for line in (first..=at).rev() {
        taken += height(line);
        if taken > room {
            return (line + 1).min(at);
        }
    }
    first.min(at)
}

/// What the page is, which hit the cursor is on, where it stands among all lines.
fn said(
    facts: &Facts<'_>,
    name: &str,
    content: &Content<'_>,
    search: Option<&str>,
    at: usize,
) -> String {
    let mut parts = Vec::new();
    if let Some(search) = search {
        let hits = content.text.hits(search);
        let here = hits.binary_search(&content.text.number(at));
        let number = here.map_or(0, |it| it + 1);
        let arguments = [("number", number.into()), ("count", hits.len().into())];
        let id = match (hits.len(), number) {
            (0, _) => "reader-no-hit",
            (_, 0) => "reader-hits",
            _ => "reader-hit",
        };
        parts.push(facts.catalogue.say_with(id, &arguments));
    }
    let follows = matches!(content.text, Text::Log(_)) && facts.logs.place.is_none();
    // The title of a plan says where it would change something.
    let plans = matches!(facts.page, Page::Preview(_));
    if content.text.len() > 1 && !follows && !plans {
        let place = [
            ("line", (content.text.number(at) + 1).into()),
            ("count", content.text.total().into()),
        ];
        parts.push(facts.catalogue.say_with("reader-line", &place));
    }
    parts.push(name.to_owned());
    parts.join(" \u{b7} ")
}

fn prompt(facts: &Facts<'_>, search: &str) -> Prompt {
    let cells = |until: usize| search.get(..until).map_or(0, UnicodeWidthStr::width);
    Prompt {
        text: search.to_owned(),
        cursor: facts.typing.map(cells),
        bad: Vec::new(),
        why: String::new(),
        mend: String::new(),
    }
}

/// Rows for text: what header, tabs, title, search, message and footer leave.
pub(super) fn room(facts: &Facts<'_>, form: Form) -> usize {
    let framed = match form {
        Form::Tiny | Form::Speck => 2,
        _ => 5,
    };
    let prompt = usize::from(facts.search.is_some());
    usize::from(facts.lines).saturating_sub(framed + prompt)
}

/// A mark has a blank beside it.
pub(super) fn cells_of(piece: &Piece) -> usize {
    match piece {
        Piece::Text(words, _) | Piece::Found(words) => words.width(),
        Piece::Mark(_) => 2,
        Piece::Bar(bar) => bar.len(),
        Piece::Gauge(..) => GAUGE,
    }
}

/// Drops what no cell is left for: a line may be as long as an object.
fn clip(line: &mut Line, mut bytes: usize) {
    for piece in line {
        if let Piece::Text(words, _) = piece {
            words.truncate(words.floor_char_boundary(bytes));
            bytes = bytes.saturating_sub(words.len());
        }
    }
}

/// Its beginning, where something else stands at its end.
fn cut(line: Line, cells: usize) -> Line {
    let mut rows = wrap(line, cells.saturating_sub(1)).into_iter();
    let mut row = rows.next().unwrap_or_default();
    row.push(Piece::Text("\u{2026}".to_owned(), Tone::Muted));
    row
}

/// In rows of so many cells, by whole letters.
pub(super) fn wrap(line: Line, cells: usize) -> Vec<Line> {
    let cells = cells.max(1);
    let mut rows = vec![Vec::new()];
    let mut used = 0;
    for piece in line {
        let (words, whole): (&str, Box<dyn Fn(String) -> Piece>) = match &piece {
            Piece::Text(words, tone) => {
                let tone: Tone = *tone;
                (words, Box::new(move |it| Piece::Text(it, tone)))
            }
            Piece::Found(words) => (words, Box::new(Piece::Found)),
            other => {
                used += cells_of(other);
                if let Some(row) = rows.last_mut() {
                    row.push(other.clone());
                }
                continue;
            }
        };
        let mut part = String::new();
        for letter in words.graphemes(true) {
            let width = letter.width();
            if used + width > cells && used > 0 {
                if let Some(row) = rows.last_mut() {
                    row.push(whole(std::mem::take(&mut part)));
                }
                rows.push(Vec::new());
                used = 0;
            }
            part.push_str(letter);
            used += width;
        }
        if let Some(row) = rows.last_mut()
            && !part.is_empty()
        {
            row.push(whole(part));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viewmodel::text;

    fn words(rows: &[Line]) -> Vec<String> {
        let mut made = Made::default();
        made.extend(rows.to_vec());
        let text = Text::Made(made);
        (0..rows.len()).map(|at| text.plain(at)).collect()
    }

    #[test]
    fn a_long_line_takes_rows_by_whole_letters() {
        assert_eq!(words(&wrap(vec![text("abcdefg")], 3)), ["abc", "def", "g"]);
        assert_eq!(words(&wrap(vec![text("日本語")], 3)), ["日", "本", "語"]);
        assert_eq!(words(&wrap(vec![text("")], 3)), [""]);
        let lit = Wanted::of("cd").lit(vec![text("abcdef")]);
        assert_eq!(words(&wrap(lit, 3)), ["abc", "def"]);
    }

    #[test]
    fn the_view_follows_the_cursor_by_rows() {
        let height = |line: usize| if line == 6 { 3 } else { 1 };
        assert_eq!(in_view(0, 4, 5, height), 0);
        assert_eq!(in_view(0, 5, 5, height), 1);
        assert_eq!(in_view(0, 6, 5, height), 4);
        assert_eq!(in_view(4, 2, 5, height), 2);
        assert_eq!(in_view(0, 6, 2, height), 6);
        assert_eq!(in_view(0, 0, 0, height), 0);
    }

    #[test]
    fn what_is_searched_stands_out_in_any_case_unless_a_capital_asks() {
        let line = || vec![text("Error: error")];
        let found = |search: &str| {
            let lit = Wanted::of(search).lit(line());
            let found = lit.into_iter().filter_map(|piece| match piece {
                Piece::Found(words) => Some(words),
                _ => None,
            });
            found.collect::<Vec<_>>()
        };
        assert_eq!(found("error"), ["Error", "error"]);
        assert_eq!(found("Error"), ["Error"]);
        assert_eq!(found("fatal"), [""; 0]);
    }

    #[test]
    fn letters_whose_folding_is_longer_are_searched_as_they_stand() {
        let lit = Wanted::of("i").lit(vec![text("İi")]);
        assert!(lit.contains(&Piece::Found("i".into())));
    }
}
