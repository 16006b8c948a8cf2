//! What two revisions say differently, in lines: one side under the other, or beside it where there is room.

use unicode_width::UnicodeWidthStr;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use crate::insight::{Diff, Difference, Said, Topic};
use crate::model::Lack;
use crate::viewmodel::{Facts, Line, Piece, State, Title, Tone, muted, reader, text};

/// From so many columns on there is room to count what is the same.
const COUNTED: u16 = 80;

/// Two sides, the earlier one first, and what they say differently.
pub(super) struct Compared<'a> {
    pub(super) numbers: [String; 2],
    /// As what each is headed.
    pub(super) names: [String; 2],
    /// What cannot be read of them, by its name.
    pub(super) lacks: Vec<(String, &'a Lack)>,
    /// None until both were read.
    pub(super) diff: Option<Diff>,
}

/// `what 14 → 15 changed ── 4 differences, 41 fields the same`; with lines below those in view their count.
pub(super) fn title(facts: &Facts<'_>, sides: &Compared<'_>, below: usize) -> Title {
    let [from, to] = &sides.numbers;
    let numbers = [("from", from.as_str().into()), ("to", to.as_str().into())];
    let right = sides.diff.as_ref().map(|diff| {
        let counts = [
            ("count", diff.differences.len().into()),
            ("same", diff.same.into()),
        ];
        if below == 0 && facts.columns >= COUNTED {
            return facts.catalogue.say_with("history-counts", &counts);
        }
        let mut parts = vec![facts.catalogue.say_with("history-differences", &counts)];
        if below > 0 {
            let count = [("count", below.into())];
            parts.push(facts.catalogue.say_with("list-below", &count));
        }
        parts.join(" \u{b7} ")
    });
    Title {
        state: None,
        left: facts.catalogue.say_with("history-changed", &numbers),
        right: right.unwrap_or_else(|| facts.say("events-reading")),
    }
}

pub(super) fn lines(facts: &Facts<'_>, sides: &Compared<'_>, beside: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (name, lack) in &sides.lacks {
        let said = format!(" {name}: {}", facts.catalogue.lack(lack));
        lines.push(vec![Piece::Mark(State::Absent), muted(said)]);
    }
    let Some(diff) = &sides.diff else {
        return lines;
    };
    if diff.differences.is_empty() {
        lines.push(vec![muted(format!("  {}", facts.say("history-same")))]);
        return lines;
    }
    let mut sheet = Sheet::new(facts, beside, &diff.differences, facts.columns.into());
    if beside {
        sheet.heads(&sides.names);
    }
    sheet.all(&diff.differences);
    lines.extend(sheet.lines);
    lines
}

/// One side under the other, in so many cells.
pub(in crate::viewmodel) fn unified(
    facts: &Facts<'_>,
    all: &[Difference],
    cells: usize,
) -> Vec<Line> {
    let mut sheet = Sheet::new(facts, false, all, cells);
    sheet.all(all);
    sheet.lines
}

/// Cells of field names: the least, and the most before a long name stands alone.
const FIELD: (usize, usize) = (13, 24);
/// The sign of a side and the blanks after it.
const SIGN: usize = 4;
/// Lines around those that differ in a text.
const AROUND: usize = 1;

/// A side: its sign, its tone.
type Side = (&'static str, Tone);
const REMOVED: Side = ("-", Tone::Removed);
const ADDED: Side = ("+", Tone::Added);
const KEPT: Side = (" ", Tone::Muted);

struct Sheet<'a> {
    facts: &'a Facts<'a>,
    beside: bool,
    field: usize,
    /// Of one value.
    cells: usize,
    lines: Vec<Line>,
}

impl<'a> Sheet<'a> {
    fn new(facts: &'a Facts<'a>, beside: bool, all: &[Difference], columns: usize) -> Self {
        let widths = all.iter().map(|it| facts.catalogue.field(it).width());
        let longest = widths.filter(|it| *it <= FIELD.1).max().unwrap_or(0);
        let field = longest.clamp(FIELD.0, FIELD.1);
        let room = columns.saturating_sub(SIGN + field + 3);
        Self {
            facts,
            beside,
            field,
            cells: if beside {
                room.saturating_sub(2 * 2 + 3) / 2
            } else {
                room
            },
            lines: Vec::new(),
        }
    }

    /// Under the names of what they stand in.
    fn all(&mut self, differences: &[Difference]) {
        let mut above: Option<&Difference> = None;
        for difference in differences {
            let same = above.is_some_and(|it| it.within == difference.within);
            if !same {
                let name = self.facts.catalogue.within(&difference.within);
                self.lines.push(vec![text(format!("  {name}"))]);
            }
            let titled = !matches!(difference.topic, Topic::Itself | Topic::Order);
            if titled && !(same && above.is_some_and(|it| it.topic == difference.topic)) {
                let topic = self
                    .facts
                    .say(&format!("topic-{}", difference.topic.word()));
                self.lines.push(vec![muted(format!("    {topic}"))]);
            }
            self.difference(difference);
            above = Some(difference);
        }
    }

    /// Which revision stands on which side.
    fn heads(&mut self, names: &[String; 2]) {
        self.pair("", names.clone().map(|it| Some((KEPT, it))));
    }

    fn difference(&mut self, difference: &Difference) {
        let mut name = self.facts.catalogue.field(difference);
        if name.width() > self.field {
            self.lines.push(vec![text(format!("    {name}"))]);
            name = String::new();
        }
        let said = |it: &Option<Said>| it.as_ref().map(|it| self.facts.catalogue.said(it));
        let (before, after) = (said(&difference.before), said(&difference.after));
        match (before, after) {
            (Some(before), Some(after)) if before.contains('\n') || after.contains('\n') => {
                if !name.is_empty() {
                    self.lines.push(vec![text(format!("    {name}"))]);
                }
                self.texts(&before, &after);
            }
            (before, after) if self.beside => {
                let sides = [before.map(|it| (REMOVED, it)), after.map(|it| (ADDED, it))];
                self.pair(&name, sides);
            }
            (before, after) => {
                let both = [before.map(|it| (REMOVED, it)), after.map(|it| (ADDED, it))];
                for (side, words) in both.into_iter().flatten() {
                    self.value(side, &name, &words);
                }
            }
        }
    }

    /// Two texts of several lines: those that differ, with what is around them.
    fn texts(&mut self, before: &str, after: &str) {
        let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
        let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
        for (at, group) in group_diff_ops(ops, AROUND).iter().enumerate() {
            if at > 0 {
                self.lines.push(vec![muted("    \u{2026}")]);
            }
            for op in group {
                self.changed(op, &old, &new);
            }
        }
        // Only how the last line ends.
        if old == new {
            self.pair(
                "",
                [
                    Some((REMOVED, format!("{before:?}"))),
                    Some((ADDED, format!("{after:?}"))),
                ],
            );
        }
    }

    fn changed(&mut self, op: &DiffOp, old: &[&str], new: &[&str]) {
        let (tag, old_range, new_range) = op.as_tag_tuple();
        let old = old.get(old_range).unwrap_or_default();
        let new = new.get(new_range).unwrap_or_default();
        let (removed, added) = match tag {
            DiffTag::Equal => (KEPT, KEPT),
            _ => (REMOVED, ADDED),
        };
        if self.beside {
            for at in 0..old.len().max(new.len()) {
                let side = |lines: &[&str], side| lines.get(at).map(|it| (side, (*it).to_owned()));
                self.pair("", [side(old, removed), side(new, added)]);
            }
            return;
        }
        for line in old {
            self.value(removed, "", line);
        }
        if tag != DiffTag::Equal {
            for line in new {
                self.value(added, "", line);
            }
        }
    }

    /// `-   image         harbor/beta:1`, in as many lines as it takes.
    fn value(&mut self, (sign, tone): Side, name: &str, words: &str) {
        let mut name = name.to_owned();
        for row in rows(words, self.cells) {
            let gutter = std::mem::take(&mut name);
            self.lines.push(vec![
                Piece::Text(format!("{sign}   "), tone),
                text(padded(&gutter, self.field + 1)),
                Piece::Text(row, tone),
            ]);
        }
    }

    /// Before and after on one line, each in as many rows as it takes.
    fn pair(&mut self, name: &str, sides: [Option<(Side, String)>; 2]) {
        if !self.beside {
            for (side, words) in sides.into_iter().flatten() {
                self.value(side, name, &words);
            }
            return;
        }
        let cells = self.cells;
        let [before, after] = sides.map(|side| {
            let (side, words) = side.unwrap_or((KEPT, String::new()));
            (side, rows(&words, cells))
        });
        let mut name = name.to_owned();
        for at in 0..before.1.len().max(after.1.len()) {
            let gutter = std::mem::take(&mut name);
            let cell = |((sign, tone), rows): &(Side, Vec<String>)| {
                let row = rows.get(at);
                let sign = row.map_or(" ", |_| *sign);
                let words = padded(row.map_or("", String::as_str), cells);
                Piece::Text(format!("{sign} {words}"), *tone)
            };
            self.lines.push(vec![
                text(format!("    {}", padded(&gutter, self.field + 1))),
                cell(&before),
                muted(" \u{2502} "),
                cell(&after),
            ]);
        }
    }
}

/// Line by line, cut where the cells end.
fn rows(words: &str, cells: usize) -> Vec<String> {
    let plain = |line: Line| -> String {
        let words = line.into_iter().filter_map(|piece| match piece {
            Piece::Text(words, _) => Some(words),
            _ => None,
        });
        words.collect()
    };
    let lines = words.split('\n').map(|line| vec![text(line)]);
    lines
        .flat_map(|line| reader::wrap(line, cells))
        .map(plain)
        .collect()
}

fn padded(words: &str, cells: usize) -> String {
    let blanks = cells.saturating_sub(words.width());
    format!("{words}{}", " ".repeat(blanks))
}
