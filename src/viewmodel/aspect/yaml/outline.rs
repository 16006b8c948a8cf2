//! The blocks of a text in YAML, by how far its lines are set in, and what of it shows while some are folded.
//!
//! Made once of a document and again when a block is folded: a text of many megabytes is walked through then, not at each
//! frame.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::model::Document;
use crate::viewmodel::reader::Wanted;

/// Where a block stands, by the keys that lead to it and its place among the items of a list: the same one in a later
/// version of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlockPath(u64);

/// A line with others under it.
#[derive(Clone, Copy, Debug)]
struct Block {
    line: usize,
    /// The first line after it.
    end: usize,
    path: BlockPath,
}

#[derive(Debug)]
pub struct Outline {
    document: Arc<Document>,
    /// In the order of their lines.
    blocks: Vec<Block>,
    /// Lines that show, by their number among all.
    shown: Vec<usize>,
    /// What was searched for last, and the lines that have it.
    found: (String, Vec<usize>),
}

impl Outline {
    pub fn new(document: Arc<Document>, folded: &HashSet<BlockPath>) -> Self {
        let mut outline = Self {
            blocks: blocks(&document.yaml),
            shown: Vec::new(),
            found: (String::new(), Vec::new()),
            document,
        };
        outline.show(folded);
        outline
    }

    pub fn is_of(&self, document: &Arc<Document>) -> bool {
        Arc::ptr_eq(&self.document, document)
    }

    /// All lines, also those that are folded away.
    pub(in crate::viewmodel) fn lines(&self) -> &[String] {
        &self.document.yaml
    }

    /// How many show.
    pub(in crate::viewmodel) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The number among all of the line that shows there.
    pub(in crate::viewmodel) fn number(&self, at: usize) -> usize {
        let last = self.shown.last().copied().unwrap_or_default();
        self.shown.get(at).copied().unwrap_or(last)
    }

    /// How many lines are folded under the one that shows there.
    pub(in crate::viewmodel) fn hidden(&self, at: usize) -> usize {
        let next = self.shown.get(at + 1).copied();
        let next = next.unwrap_or(self.lines().len());
        next.saturating_sub(self.number(at) + 1)
    }

    pub(in crate::viewmodel) fn folds(&self, at: usize) -> bool {
        self.block(self.number(at)).is_some()
    }

    /// Lines among all that have the words, known already when they were searched for before.
    pub(in crate::viewmodel) fn hits(&self, search: &str) -> Vec<usize> {
        if self.found.0 == search {
            return self.found.1.clone();
        }
        let wanted = Wanted::of(search);
        let lines = self.lines().iter().enumerate();
        let found = lines.filter(|(_, line)| wanted.is_in(line));
        found.map(|(line, _)| line).collect()
    }

    /// Searches once for what many frames show. With one letter more it looks only where the words before it were found.
    pub fn search(&mut self, search: &str) {
        let (before, found) = &self.found;
        if before == search {
            return;
        }
        // A letter beyond ASCII folds those before it otherwise, too.
        let longer = search.starts_with(before.as_str()) && search.is_ascii() == before.is_ascii();
        let found = if longer && !before.is_empty() {
            let wanted = Wanted::of(search);
            let line = |at: &usize| self.lines().get(*at);
            let found = found.iter().copied();
            let found = found.filter(|at| line(at).is_some_and(|it| wanted.is_in(it)));
            found.collect()
        } else {
            self.hits(search)
        };
        self.found = (search.to_owned(), found);
    }

    /// Folds the block of the line that shows there, or opens it; a line without one folds the block that it is in. Gives
    /// where its first line shows then.
    pub fn fold(&mut self, at: usize, open: bool, folded: &mut HashSet<BlockPath>) -> usize {
        let line = self.number(at);
        let own = self.block(line).copied();
        let block = match own {
            Some(own) if open || !folded.contains(&own.path) => Some(own),
            _ if open => None,
            _ => self.around(line).next().copied(),
        };
        let Some(block) = block else { return at };
        if open {
            folded.remove(&block.path);
        } else {
            folded.insert(block.path);
        }
        self.show(folded);
        self.place(block.line)
    }

    /// Opens the block of the line that shows there when it is folded, and folds it when it is open.
    pub fn toggle(&mut self, at: usize, folded: &mut HashSet<BlockPath>) -> usize {
        let open = self.hidden(at) > 0;
        if self.folds(at) {
            self.fold(at, open, folded)
        } else {
            at
        }
    }

    /// Opens what hides a line; gives where it shows.
    pub fn reveal(&mut self, line: usize, folded: &mut HashSet<BlockPath>) -> usize {
        let around: Vec<_> = self.around(line).map(|it| it.path).collect();
        let hiding = around.iter().filter(|it| folded.remove(*it));
        if hiding.count() > 0 {
            self.show(folded);
        }
        self.place(line)
    }

    fn show(&mut self, folded: &HashSet<BlockPath>) {
        let hidden = self.blocks.iter().filter(|it| folded.contains(&it.path));
        let (mut shown, mut from) = (Vec::with_capacity(self.lines().len()), 0);
        for block in hidden {
            // One within another is hidden already.
            if block.line >= from {
                shown.extend(from..=block.line);
                from = block.end;
            }
        }
        shown.extend(from..self.lines().len());
        self.shown = shown;
    }

    /// Where a line shows, or the one that hides it.
    fn place(&self, line: usize) -> usize {
        let after = self.shown.partition_point(|shown| *shown <= line);
        after.saturating_sub(1)
    }

    fn block(&self, line: usize) -> Option<&Block> {
        let at = self.blocks.binary_search_by_key(&line, |it| it.line);
        at.ok().and_then(|at| self.blocks.get(at))
    }

    /// The blocks that a line is in, the nearest first.
    fn around(&self, line: usize) -> impl Iterator<Item = &Block> {
        let before = self.blocks.partition_point(|it| it.line < line);
        let before = self.blocks.iter().take(before).rev();
        before.filter(move |it| it.end > line)
    }
}

/// A line under which others may stand still.
struct Open {
    depth: usize,
    line: usize,
    path: BlockPath,
    /// Items of a list that were met under it.
    items: usize,
    /// A text of several lines: what stands in it is no key.
    text: bool,
}

fn blocks(lines: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        // Blank lines are part of a text.
        let Some(depth) = depth(line) else { continue };
        if open.last().is_some_and(|it| it.text && it.depth < depth) {
            continue;
        }
        close(&mut blocks, &mut open, depth, number);
        let path = path(open.last_mut(), line);
        open.push(Open {
            depth,
            line: number,
            path,
            items: 0,
            text: begins_text(line),
        });
    }
    close(&mut blocks, &mut open, 0, lines.len());
    blocks.sort_unstable_by_key(|it| it.line);
    blocks
}

/// What is set in as far as that or further has its end here.
fn close(blocks: &mut Vec<Block>, open: &mut Vec<Open>, depth: usize, end: usize) {
    while let Some(last) = open.pop_if(|it| it.depth >= depth) {
        if end > last.line + 1 {
            blocks.push(Block {
                line: last.line,
                end,
                path: last.path,
            });
        }
    }
}

/// How far a line is set in, in halves of a letter: an item stands under the key of its list even where it is set in no further.
fn depth(line: &str) -> Option<usize> {
    let words = line.trim_start_matches(' ');
    let item = words == "-" || words.starts_with("- ");
    (!words.is_empty()).then(|| 2 * (line.len() - words.len()) + usize::from(item))
}

/// By what stands above it, and its key or its place among the items.
fn path(above: Option<&mut Open>, line: &str) -> BlockPath {
    let mut hasher = DefaultHasher::new();
    let words = line.trim_start_matches(' ');
    let item = words.starts_with('-');
    if let Some(above) = above {
        above.path.hash(&mut hasher);
        if item {
            above.items += 1;
            above.items.hash(&mut hasher);
        }
    }
    if !item {
        let key = words.split_once(':').map_or(words, |(key, _)| key);
        key.hash(&mut hasher);
    }
    BlockPath(hasher.finish())
}

/// `key: |-`, `- >`.
fn begins_text(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or_default();
    let sign = |it: char| it.is_ascii_digit() || matches!(it, '+' | '-');
    last.strip_prefix(['|', '>'])
        .is_some_and(|rest| rest.chars().all(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str, folded: &HashSet<BlockPath>) -> Outline {
        let document = Document {
            yaml: text.lines().map(str::to_owned).collect(),
            ..Document::default()
        };
        Outline::new(Arc::new(document), folded)
    }

    /// The lines that show, those that hide others with how many.
    fn shown(outline: &Outline) -> Vec<String> {
        let line = |at: usize| {
            let words = outline.lines()[outline.number(at)].trim().to_owned();
            match outline.hidden(at) {
                0 => words,
                hidden => format!("{words} {hidden}"),
            }
        };
        (0..outline.len()).map(line).collect()
    }

    const POD: &str = "\
metadata:
  name: app
spec:
  containers:
  - name: app
    env:
    - name: A
      value: a
  - name: proxy
    image: proxy:1
  nodeName: w1
status:
  phase: Running";

    #[test]
    fn a_search_finds_the_same_however_it_was_come_to() {
        // A long s is an s by the rules beyond ASCII alone.
        let text = "key: s\u{e9}same\nother: \u{17f}\u{e9}same\nlast: seldom";
        for (typed, lines) in [(["s", "se", "sel"], 1), (["s", "s\u{e9}", "s\u{e9}s"], 2)] {
            let mut outline = outline(text, &HashSet::new());
            for words in typed {
                outline.search(words);
            }
            assert_eq!(outline.found.1, outline.hits(typed[2]));
            assert_eq!(outline.found.1.len(), lines, "{typed:?}");
        }
    }

    #[test]
    fn a_block_is_folded_from_its_first_line_and_from_within() {
        let mut folded = HashSet::new();
        let mut outline = outline(POD, &folded);
        // The first container, then the list, then spec.
        assert_eq!(outline.fold(4, false, &mut folded), 4);
        assert_eq!(
            shown(&outline)[3..6],
            ["containers:", "- name: app 3", "- name: proxy"]
        );
        assert_eq!(outline.fold(4, false, &mut folded), 3);
        assert_eq!(
            shown(&outline)[2..5],
            ["spec:", "containers: 6", "nodeName: w1"]
        );
        assert_eq!(outline.fold(4, false, &mut folded), 2);
        assert_eq!(
            shown(&outline),
            [
                "metadata:",
                "name: app",
                "spec: 8",
                "status:",
                "phase: Running"
            ]
        );
        // What was folded inside stays so.
        assert_eq!(outline.fold(2, true, &mut folded), 2);
        assert_eq!(shown(&outline)[3], "containers: 6");
        assert_eq!(outline.fold(1, true, &mut folded), 1, "nothing to open");
    }

    #[test]
    fn a_fold_keeps_its_place_when_lines_come_before_it() {
        let mut folded = HashSet::new();
        let mut before = outline(POD, &folded);
        before.fold(8, false, &mut folded);
        assert!(shown(&before).contains(&"- name: proxy 1".to_owned()));
        let later = POD.replace("spec:\n", "  uid: u\nspec:\n  restartPolicy: Always\n");
        let later = outline(&later, &folded);
        assert!(shown(&later).contains(&"- name: proxy 1".to_owned()));
        assert_eq!(later.len(), later.lines().len() - 1);
    }

    #[test]
    fn what_hides_a_line_is_opened_for_it() {
        let mut folded = HashSet::new();
        let mut outline = outline(POD, &folded);
        outline.fold(5, false, &mut folded);
        outline.fold(2, false, &mut folded);
        assert_eq!(outline.hits("VALUE").len(), 0);
        let hit = outline.hits("value")[0];
        let at = outline.reveal(hit, &mut folded);
        assert_eq!(outline.number(at), hit);
        assert_eq!((outline.len(), folded.len()), (outline.lines().len(), 0));
    }

    #[test]
    fn a_text_has_no_blocks_of_its_own() {
        let text = "data:\n  app.yaml: |-\n    a:\n      b: 1\n\n    c: 2\n  mode: prod";
        let mut folded = HashSet::new();
        let mut outline = outline(text, &folded);
        assert!(!outline.folds(2));
        assert_eq!(outline.fold(3, false, &mut folded), 1);
        assert_eq!(shown(&outline), ["data:", "app.yaml: |- 4", "mode: prod"]);
        assert_eq!(outline.toggle(1, &mut folded), 1);
        assert_eq!(outline.len(), 7);
        assert_eq!(outline.toggle(6, &mut folded), 6, "nothing to fold");
    }
}
