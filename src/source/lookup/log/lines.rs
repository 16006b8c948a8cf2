//! The bytes of a log in lines, none longer than a bound: one without an end is cut while it is read.

use crate::model::Stamp;

/// Longest line kept, in bytes, its stamp included: what a container runtime writes at once.
pub(super) const LONGEST: usize = 16 << 10;

#[derive(Default)]
pub(super) struct Lines {
    begun: Vec<u8>,
    /// The line was told already, as far as it is kept.
    cut: bool,
}

/// A line as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) at: Option<Stamp>,
    pub(super) text: String,
}

impl Lines {
    /// Lines that end in these bytes.
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Vec<Raw> {
        let mut lines = Vec::new();
        while !bytes.is_empty() {
            let end = bytes.iter().position(|byte| *byte == b'\n');
            let (part, rest) = match end {
                Some(end) => (&bytes[..end], &bytes[end + 1..]),
                None => (bytes, &[][..]),
            };
            if !self.cut {
                let room = LONGEST - self.begun.len();
                self.begun.extend_from_slice(&part[..part.len().min(room)]);
                if part.len() > room {
                    self.cut = true;
                    lines.push(self.take(true));
                }
            }
            if end.is_some() && !std::mem::take(&mut self.cut) {
                lines.push(self.take(false));
            }
            bytes = rest;
        }
        lines
    }

    /// What stands after the last line end.
    pub(super) fn finish(mut self) -> Option<Raw> {
        (!self.begun.is_empty()).then(|| self.take(false))
    }

    fn take(&mut self, cut: bool) -> Raw {
        let line = std::mem::take(&mut self.begun);
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        let (at, text) = match line.split_once(' ') {
            Some((stamp, text)) => (Stamp::from_rfc3339(stamp), text),
            None => (Stamp::from_rfc3339(line), ""),
        };
        let text = if at.is_some() { text } else { line };
        let end = if cut { "\u{2026}" } else { "" };
        Raw {
            at,
            text: format!("{text}{end}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const AT: &str = "2026-11-24T02:13:57.823000001Z";

    fn texts(lines: &[Raw]) -> Vec<&str> {
        lines.iter().map(|it| it.text.as_str()).collect()
    }

    #[test]
    fn lines_are_told_when_they_end_with_their_stamp() {
        let mut lines = Lines::default();
        assert_eq!(
            lines.push(format!("{AT} one\r\n{AT} t").as_bytes()).len(),
            1
        );
        let told = lines.push(b"wo\n");
        assert_eq!(texts(&told), ["two"]);
        assert_eq!(told[0].at, Stamp::from_rfc3339(AT));
        let told = lines.push(format!("{AT} \n{AT}\nno stamp\n").as_bytes());
        assert_eq!(texts(&told), ["", "", "no stamp"]);
        assert_eq!(told[2].at, None);
        lines.push(b"rest");
        assert_eq!(lines.finish().map(|it| it.text).as_deref(), Some("rest"));
    }

    #[test]
    fn a_line_without_end_is_told_once_and_costs_no_more_than_the_bound() {
        let mut lines = Lines::default();
        lines.push(format!("{AT} ").as_bytes());
        let mut told = Vec::new();
        for _ in 0..1000 {
            told.extend(lines.push(&vec![b'x'; 40_000]));
            assert!(lines.begun.capacity() <= 2 * LONGEST);
        }
        told.extend(lines.push(b"\nnext\n"));
        assert_eq!(told.len(), 2);
        assert!(told[0].text.len() <= LONGEST && told[0].text.ends_with('\u{2026}'));
        assert_eq!(told[1].text, "next");
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let told = Lines::default().push(b"\xff\xfe\x00\n");
        assert_eq!(told.len(), 1);
    }

    proptest! {
        #[test]
        fn how_bytes_are_cut_up_changes_nothing(text in "[a-z\\n]{0,200}", at in 0usize..200) {
            let bytes = text.as_bytes();
            let at = at.min(bytes.len());
            let mut whole = Lines::default();
            let mut parts = Lines::default();
            let told = whole.push(bytes);
            let mut other = parts.push(&bytes[..at]);
            other.extend(parts.push(&bytes[at..]));
            prop_assert_eq!(told, other);
            prop_assert_eq!(whole.finish(), parts.finish());
        }
    }
}
