//! Text made to fit cells: where each kind of text may lose a part.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Symbols;
use crate::viewmodel::Whose;

/// The environment keeps this many cells while the tenant can give way, its ellipsis among them.
const ENVIRONMENT: usize = 6;

pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The longest beginning that fits, by whole letters.
fn head(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, letter) in text.grapheme_indices(true) {
        used += letter.width();
        if used > cells {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

/// The longest end that fits.
pub(super) fn tail(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, letter) in text.grapheme_indices(true).rev() {
        used += letter.width();
        if used > cells {
            return text.get(at + letter.len()..).unwrap_or(text);
        }
    }
    text
}

/// Sentences lose their end: they begin with what matters.
pub(super) fn end(text: &str, cells: usize, symbols: Symbols) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let ellipsis = symbols.ellipsis();
    match cells.checked_sub(width(ellipsis)) {
        Some(kept) if kept > 0 => format!("{}{ellipsis}", head(text, kept).trim_end()),
        _ => head(text, cells).to_owned(),
    }
}

/// Names lose their middle: the last five cells tell siblings apart.
pub(super) fn middle(text: &str, cells: usize, symbols: Symbols) -> String {
    const LAST: usize = 5;
    if width(text) <= cells {
        return text.to_owned();
    }
    let ellipsis = symbols.ellipsis();
    match cells.checked_sub(width(ellipsis) + LAST) {
        Some(kept) if kept > 1 => format!("{}{ellipsis}{}", head(text, kept), tail(text, LAST)),
        _ => end(text, cells, symbols),
    }
}

/// A name keeps its cells before the word for what it is.
pub(super) fn named(kind: &str, name: &str, cells: usize, symbols: Symbols) -> String {
    let (kind, name) = (symbols.text(kind), symbols.text(name));
    if !kind.is_empty() && width(&kind) + 1 + width(&name) <= cells {
        return format!("{kind} {name}");
    }
    middle(&name, cells, symbols)
}

/// The environment loses its end down to six cells, then the tenant loses its own.
pub(super) fn whose(whose: &Whose, cells: usize, symbols: Symbols) -> String {
    let tenant = symbols.text(&whose.tenant);
    if whose.environment.is_empty() {
        return end(&tenant, cells, symbols);
    }
    let environment = symbols.text(&whose.environment);
    let wanted = width(&tenant) + 1 + width(&environment);
    if wanted <= cells {
        return format!("{tenant}/{environment}");
    }
    let left = cells.saturating_sub(width(&tenant) + 1);
    let kept = left.max(ENVIRONMENT.min(width(&environment)));
    let environment = end(&environment, kept, symbols);
    let left = cells.saturating_sub(width(&environment) + 1);
    if left < 2 {
        return end(&format!("{tenant}/{environment}"), cells, symbols);
    }
    format!("{}/{environment}", end(&tenant, left, symbols))
}

/// Lines of at most so many cells, broken between words where that is possible.
pub(super) fn wrap(text: &str, cells: usize) -> Vec<String> {
    if cells == 0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word;
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) > cells && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while width(word) > cells {
            let part = head(word, cells);
            if part.is_empty() {
                break;
            }
            lines.push(part.to_owned());
            word = word.get(part.len()..).unwrap_or_default();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(tenant: &str, environment: &str, cells: usize) -> String {
        let it = Whose {
            tenant: tenant.into(),
            environment: environment.into(),
        };
        whose(&it, cells, Symbols::Unicode)
    }

    #[test]
    fn the_environment_gives_way_before_the_tenant() {
        assert_eq!(place("betaapp", "prod", 16), "betaapp/prod");
        assert_eq!(place("candilib", "integration", 16), "candilib/integr…");
        assert_eq!(place("projet de territoire", "prod", 14), "projet d…/prod");
        assert_eq!(
            place("a-long-tenant-name", "integration", 16),
            "a-long-t…/integ…"
        );
    }

    #[test]
    fn a_name_keeps_its_last_letters_and_a_sentence_its_first() {
        let symbols = Symbols::Unicode;
        assert_eq!(
            middle("beta-back-6f9d-k9w4t", 14, symbols),
            "beta-bac…k9w4t"
        );
        assert_eq!(end("rev 15 stuck: CrashLoop", 8, symbols), "rev 15…");
        assert_eq!(end("rev 15 stuck", 8, Symbols::Ascii), "rev 15..");
    }

    #[test]
    fn lines_break_between_words_and_inside_those_that_are_too_long() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("日本語", 1), ["日本語"]);
    }

    proptest! {
        #[test]
        fn no_cut_is_wider_than_asked(text in "\\PC{0,40}", cells in 0usize..30) {
            for symbols in [Symbols::Unicode, Symbols::Ascii] {
                prop_assert!(width(&end(&text, cells, symbols)) <= cells);
                prop_assert!(width(&middle(&text, cells, symbols)) <= cells);
                prop_assert!(width(&place(&text, &text, cells)) <= cells);
            }
        }
    }
}
