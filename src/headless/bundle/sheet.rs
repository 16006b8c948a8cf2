//! Markdown in which the cluster's words stay words: each text that is put in is masked, then escaped.

use crate::redact::{Masked, Redactor};

/// A line of a log or a value longer than this is cut: the file is to be read.
const LONGEST: usize = 2000;

pub(super) struct Sheet<'a> {
    by: &'a Redactor,
    text: String,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(by: &'a Redactor) -> Self {
        Self {
            by,
            text: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        let mut text = self.text.trim_end().to_owned();
        text.push('\n');
        text
    }

    pub(super) fn title(&mut self, level: usize, words: &str) {
        let words = self.inline(words);
        self.block(&format!("{} {words}", "#".repeat(level)));
    }

    pub(super) fn paragraph(&mut self, words: &str) {
        let words = self.inline(words);
        self.block(&words);
    }

    pub(super) fn items(&mut self, items: &[String]) {
        let masked: Vec<_> = items.iter().map(|it| self.by.text(it)).collect();
        self.masked_items(&masked);
    }

    pub(super) fn masked_items(&mut self, items: &[Masked]) {
        let lines: Vec<_> = items.iter().map(|it| format!("- {}", plain(it))).collect();
        self.block(&lines.join("\n"));
    }

    /// The first of each is numbered, what follows stands under it.
    pub(super) fn numbered(&mut self, items: &[Vec<String>]) {
        let mut lines = Vec::new();
        for (number, item) in (1..).zip(items) {
            let mut words = item.iter().map(|it| self.inline(it));
            let first = words.next().unwrap_or_default();
            lines.push(format!("{number}. {first}"));
            lines.extend(words.map(|it| format!("   - {it}")));
        }
        self.block(&lines.join("\n"));
    }

    /// Names of ours, each with what is known under it; what is not known has no line.
    pub(super) fn fields(&mut self, fields: &[(String, String)]) {
        let known = fields.iter().filter(|(_, value)| !value.is_empty());
        let line = |(name, value): &(String, String)| {
            format!("- **{}** {}", self.inline(name), self.inline(value))
        };
        let lines: Vec<_> = known.map(line).collect();
        self.block(&lines.join("\n"));
    }

    /// Columns in which no row says anything are left out.
    pub(super) fn table<const COLUMNS: usize>(
        &mut self,
        header: &[String; COLUMNS],
        rows: &[[String; COLUMNS]],
    ) {
        let kept = |at: usize| {
            rows.iter()
                .any(|row| row.get(at).is_some_and(|it| !it.is_empty()))
        };
        let kept: Vec<_> = (0..COLUMNS).map(kept).collect();
        let line = |cells: &[String; COLUMNS]| {
            let cells = cells.iter().zip(&kept).filter(|(_, kept)| **kept);
            let cells: Vec<_> = cells.map(|(cell, _)| self.inline(cell)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![line(header)];
        let columns = kept.iter().filter(|it| **it).count();
        lines.push(format!("|{}", " --- |".repeat(columns)));
        lines.extend(rows.iter().map(line));
        self.block(&lines.join("\n"));
    }

    /// As it is, between fences longer than any in it.
    pub(super) fn fence(&mut self, language: &str, masked: &Masked) {
        let text = inert(masked.as_str());
        let lines: Vec<_> = text.lines().map(cut).collect();
        let text = lines.join("\n");
        let fence = "`".repeat(longest_run(&text).max(2) + 1);
        self.block(&format!("{fence}{language}\n{text}\n{fence}"));
    }

    fn block(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    fn inline(&self, words: &str) -> String {
        plain(&self.by.text(words))
    }
}

/// On one line, and no Markdown.
fn plain(masked: &Masked) -> String {
    let words: Vec<_> = masked.as_str().split_whitespace().collect();
    escaped(&cut(&inert(&words.join(" "))))
}

fn cut(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let kept: String = line.chars().take(LONGEST).collect();
    format!("{kept}\u{2026}")
}

/// What steers a terminal or the direction of the text becomes visible.
fn inert(text: &str) -> String {
    let steers = |letter: char| {
        letter.is_control() && !matches!(letter, '\n' | '\t')
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(steers, "\u{fffd}")
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|letter| letter != '`');
    runs.map(str::len).max().unwrap_or(0)
}

/// Without width. GitHub and GitLab look for addresses, `@name` and `#12` in what Markdown has made, where no escape of Markdown
/// is left: only a sign within them keeps them from calling somebody or linking somewhere.
const JOINER: &str = "&#8288;";

/// Nothing of it is Markdown or HTML, wherever on a line it stands. Signs that mean nothing where they are stay as they are, for
/// who reads the file itself.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut before = None;
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let inside = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let stands = |it: Option<char>| it.is_some_and(|it| !it.is_whitespace());
        match letter {
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' if next.is_some_and(|it| it == '#' || it.is_ascii_alphabetic()) => {
                text.push_str("&amp;");
            }
            // Within a word it means nothing.
            '_' if inside(before) && inside(next) => text.push('_'),
            '~' if !stands(before) && !stands(next) => text.push('~'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                text.push('\\');
                text.push(letter);
            }
            '#' | '-' | '+' | '=' if before.is_none() => {
                text.push('\\');
                text.push(letter);
            }
            // At the end of a title it would close it.
            '#' if before.is_some_and(char::is_whitespace) && next.is_none_or(|it| it == '#') => {
                text.push_str("\\#");
            }
            '.' | ')' if is_number(&text) && next.is_none_or(char::is_whitespace) => {
                text.push('\\');
                text.push(letter);
            }
            _ => text.push(letter),
        }
        let digit = next.is_some_and(|it| it.is_ascii_digit());
        let calls = match letter {
            '@' => !inside(before) && inside(next),
            '#' | '!' => digit,
            ':' => next == Some('/'),
            _ => false,
        };
        if calls {
            text.push_str(JOINER);
        }
        before = Some(letter);
    }
    text
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// The text as a reader of Markdown shows it, and the tags that it is made of.
    fn shown(markdown: &str) -> (String, Vec<String>) {
        let mut text = String::new();
        let mut tags = Vec::new();
        // What GitHub and GitLab read.
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH
            | Options::ENABLE_GFM;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::Start(Tag::CodeBlock(_)) => tags.push("CodeBlock".to_owned()),
                Event::Start(tag) => {
                    let name = format!("{tag:?}");
                    let end = name
                        .find(|it: char| !it.is_alphanumeric())
                        .unwrap_or(name.len());
                    tags.push(name[..end].to_owned());
                }
                Event::End(_) => {}
                other => tags.push(format!("{other:?}")),
            }
        }
        (text.replace('\u{2060}', ""), tags)
    }

    fn sheet(make: impl FnOnce(&mut Sheet<'_>)) -> String {
        let by = Redactor::default();
        let mut sheet = Sheet::new(&by);
        make(&mut sheet);
        sheet.finish()
    }

    #[test]
    fn what_needs_no_escape_is_read_as_it_is() {
        let words =
            "quota pods: 19/20 (DB_URL is not set) @ app:2.1@sha256:9f a - b, 3.5 of 4 ~ 1 & 2";
        assert_eq!(escaped(words), words);
        assert_eq!(
            escaped("<b>*a*</b> | `x` &lt; _y_"),
            "&lt;b&gt;\\*a\\*&lt;/b&gt; \\| \\`x\\` &amp;lt; \\_y\\_"
        );
    }

    #[test]
    fn nobody_is_called_and_nothing_is_linked() {
        assert_eq!(
            escaped("@bob: see #12, a/b#3, !4 at https://a.test/x"),
            "@&#8288;bob: see #&#8288;12, a/b#&#8288;3, !&#8288;4 at https:&#8288;//a.test/x"
        );
        assert_eq!(escaped("#12"), "\\#&#8288;12");
    }

    #[test]
    fn a_column_without_a_word_is_left_out() {
        let header = ["A", "B"].map(str::to_owned);
        let rows = [["1|2", ""].map(str::to_owned)];
        let text = sheet(|it| it.table(&header, &rows));
        assert_eq!(text, "| A |\n| --- |\n| 1\\|2 |\n");
    }

    #[test]
    fn a_title_keeps_the_sign_that_it_ends_with() {
        for words in ["queue #", "queue ##", "queue # #", "C#"] {
            let (text, tags) = shown(&sheet(|it| it.title(2, words)));
            assert_eq!((text.as_str(), tags), (words, vec!["Heading".to_owned()]));
        }
    }

    proptest! {
        #[test]
        fn words_of_the_cluster_are_never_markdown(words in "[-\\PC#*_`~<>|\\[\\](){}&;$!.+=:\"'/\\\\0-9a-z]{1,40}") {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            // What is masked is another test's.
            prop_assume!(!words.is_empty() && Redactor::default().text(&words).as_str() == words);
            let expected = inert(&words);
            let (text, tags) = shown(&sheet(|it| it.paragraph(&words)));
            prop_assert_eq!((&text, tags), (&expected, vec!["Paragraph".to_owned()]));
            let (text, tags) = shown(&sheet(|it| it.items(std::slice::from_ref(&words))));
            prop_assert_eq!((&text, tags), (&expected, ["List", "Item"].map(str::to_owned).to_vec()));
            let (text, tags) = shown(&sheet(|it| it.title(2, &words)));
            prop_assert_eq!((&text, tags), (&expected, vec!["Heading".to_owned()]));
            let header = ["h".to_owned()];
            let (text, tags) = shown(&sheet(|it| it.table(&header, &[[words.clone()]])));
            let table = ["Table", "TableHead", "TableCell", "TableRow", "TableCell"];
            prop_assert_eq!((text, tags), (format!("h{expected}"), table.map(str::to_owned).to_vec()));
        }

        #[test]
        fn nothing_ends_a_fence_but_its_end(text in "[`~a\n ]{0,60}") {
            let masked = Redactor::default().text(&text);
            let (said, tags) = shown(&sheet(|it| it.fence("yaml", &masked)));
            prop_assert_eq!(tags, vec!["CodeBlock".to_owned()]);
            let lines: Vec<_> = text.lines().collect();
            prop_assert_eq!(said, format!("{}\n", lines.join("\n")));
        }
    }
}
