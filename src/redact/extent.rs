//! How far a value goes that begins in a text: rather a sign too far than one too short.

/// After a quote or a bracket that closes, these do not belong to the value.
const AFTER: [char; 7] = [',', ';', ':', ')', ']', '}', '\\'];

pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`')
}

/// Nothing of a value follows the quote that closed it.
fn is_over(rest: &str) -> bool {
    let next = rest.trim_start_matches(is_quote).chars().next();
    next.is_none_or(|it| it.is_whitespace() || AFTER.contains(&it))
}

/// A word that follows `before` on its line. A quote ends it where one stands open before it; elsewhere it is a sign like others.
pub(super) fn word(before: &str, rest: &str) -> usize {
    let mut last = ' ';
    for (at, letter) in rest.char_indices() {
        let after = rest.get(at + letter.len_utf8()..).unwrap_or_default();
        let closes = is_quote(letter) && is_open(before, letter, last == '\\') && is_over(after);
        if letter.is_whitespace() || closes {
            return at;
        }
        last = letter;
    }
    rest.len()
}

/// What follows a quote or a bracket that closed, where it is more of the value: to the end of the word, or of the line where
/// the value may hold blanks.
pub(super) fn rest_of_value(before: &str, rest: &str, to_line_end: bool) -> usize {
    let line = rest.lines().next().unwrap_or_default();
    match to_line_end {
        true if is_over(line.trim_start()) => 0,
        true => line.trim_end().len(),
        false if is_over(line) => 0,
        false => word(before, line),
    }
}

/// Quotes that are escaped are in pairs of their own.
fn is_open(before: &str, quote: char, escaped: bool) -> bool {
    let with_stroke = before.matches(&format!("\\{quote}")).count();
    let bare = before.matches(quote).count() - with_stroke;
    let count = if escaped { with_stroke } else { bare };
    count % 2 == 1
}

/// A text in quotes, which stand behind so many strokes where it is quoted itself. A quote that stands twice is one of the text.
pub(super) fn quoted(text: &str, quote: char, slashes: usize) -> usize {
    let mut strokes = 0;
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote && (strokes == slashes || slashes == 0 && strokes % 2 == 0) {
            let twice = slashes == 0 && letters.next_if(|(_, it)| *it == quote).is_some();
            if !twice {
                return at + letter.len_utf8();
            }
        }
        strokes = if letter == '\\' { strokes + 1 } else { 0 };
    }
    text.len()
}

/// A list or a map to the bracket that closes it; brackets within quotes are no brackets.
pub(super) fn bracketed(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut inside = None;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match (inside, letter) {
            _ if escaped => escaped = false,
            (_, '\\') => escaped = true,
            (Some(quote), _) if letter == quote => inside = None,
            (None, '"' | '\'') => inside = Some(letter),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + letter.len_utf8();
        }
    }
    text.len()
}
