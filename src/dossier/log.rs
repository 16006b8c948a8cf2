//! What containers said, in order of time, within bounds over all that are read together.

use std::collections::VecDeque;

use crate::model::{Lack, Level, LogLine, LogNews, LookupId, Told};

/// Lines kept of all containers together; the one that says most loses its oldest first.
pub const LINES: usize = 10_000;
/// Bytes kept of all containers together.
pub const BYTES: usize = 8 << 20;

/// The place of a line among all: it does not change while others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogPlace {
    /// Never earlier than the line before it in its own log.
    at: i64,
    of: LookupId,
    number: u64,
}

#[derive(Debug)]
pub struct LogEntry {
    pub place: LogPlace,
    pub said: Said,
    /// Its own, or that of the last line that said one.
    pub level: Option<Level>,
}

#[derive(Debug)]
pub enum Said {
    Line(LogLine),
    Gap,
    Over,
    Again,
}

/// One container's.
#[derive(Debug)]
pub struct Log {
    of: LookupId,
    entries: VecDeque<LogEntry>,
    bytes: usize,
    last: i64,
    number: u64,
    level: Option<Level>,
    dropped: usize,
    whole: bool,
    lack: Option<Lack>,
}

impl Log {
    pub(super) fn new(of: LookupId) -> Self {
        Self {
            of,
            entries: VecDeque::new(),
            bytes: 0,
            last: 0,
            number: 0,
            level: None,
            dropped: 0,
            whole: false,
            lack: None,
        }
    }

    pub(super) fn tell(&mut self, told: Told) {
        match told {
            Told::Log(news) => {
                self.lack = None;
                match news {
                    LogNews::Lines(lines) => lines.into_iter().for_each(|it| self.line(it)),
                    LogNews::Gap => self.add(Said::Gap),
                    LogNews::Over => self.add(Said::Over),
                    LogNews::Again => self.add(Said::Again),
                }
            }
            Told::Whole => {
                self.whole = true;
                self.lack = None;
            }
            Told::Lack(lack) => self.lack = Some(lack),
            _ => {}
        }
    }

    fn line(&mut self, line: LogLine) {
        if let Some(at) = line.at {
            self.last = self.last.max(at.0);
        }
        // Lines of a stack trace say no level of their own.
        self.level = line.level.or(self.level);
        self.add(Said::Line(line));
    }

    fn add(&mut self, said: Said) {
        self.bytes += weight(&said);
        self.number += 1;
        self.entries.push_back(LogEntry {
            place: LogPlace {
                at: self.last,
                of: self.of,
                number: self.number,
            },
            level: self.level,
            said,
        });
    }

    fn drop_oldest(&mut self) {
        if let Some(entry) = self.entries.pop_front() {
            self.bytes -= weight(&entry.said);
            self.dropped += 1;
        }
    }

    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &LogEntry> {
        self.entries.iter()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All that had been said when it was first asked for has been told.
    pub fn whole(&self) -> bool {
        self.whole
    }

    /// Why it is not read now.
    pub fn lack(&self) -> Option<&Lack> {
        self.lack.as_ref()
    }

    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Lines that were dropped because there were too many.
    pub fn dropped(&self) -> usize {
        self.dropped
    }
}

/// What an entry costs in memory, about.
fn weight(said: &Said) -> usize {
    let own = size_of::<LogEntry>();
    let Said::Line(line) = said else { return own };
    let record = line.record.as_ref();
    let record = record.map_or(0, |it| it.message.len() + it.fields.len() + 64);
    own + line.text.len() + record
}

/// Drops the oldest of the longest until all are within the bounds; so many times the bounds while they are held.
pub(super) fn bound(logs: &mut [&mut Log], times: usize) {
    loop {
        let lines: usize = logs.iter().map(|it| it.len()).sum();
        let bytes: usize = logs.iter().map(|it| it.bytes).sum();
        let longest = if lines > LINES * times {
            logs.iter_mut().max_by_key(|it| it.len())
        } else if bytes > BYTES * times {
            logs.iter_mut().max_by_key(|it| it.bytes)
        } else {
            return;
        };
        let Some(longest) = longest else { return };
        longest.drop_oldest();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;

    fn line(at: i64, text: &str) -> LogLine {
        LogLine {
            at: Some(Stamp(at)),
            level: None,
            text: text.into(),
            record: None,
        }
    }

    fn log(of: u64, lines: Vec<LogLine>) -> Log {
        let mut log = Log::new(LookupId(of));
        log.tell(Told::Log(LogNews::Lines(lines)));
        log
    }

    #[test]
    fn lines_of_one_log_keep_their_order_whatever_their_stamps() {
        let log = log(1, vec![line(5, "a"), line(3, "b"), line(5, "c")]);
        let places: Vec<_> = log.entries().map(|it| it.place).collect();
        assert!(places.is_sorted());
    }

    #[test]
    fn a_flood_costs_who_makes_it() {
        let mut quiet = log(1, vec![line(1, "a"), line(2, "b")]);
        let lines = (0..50_000).map(|at| line(at, "flood")).collect();
        let mut flood = log(2, lines);
        bound(&mut [&mut quiet, &mut flood], 1);
        assert_eq!(quiet.len() + flood.len(), LINES);
        assert_eq!((quiet.dropped(), quiet.len()), (0, 2));
        assert_eq!(flood.dropped() + flood.len(), 50_000);
    }

    #[test]
    fn long_lines_are_bounded_by_their_bytes() {
        let words = "x".repeat(16 << 10);
        let mut log = log(1, (0..2000).map(|at| line(at, &words)).collect());
        bound(&mut [&mut log], 1);
        assert!(log.bytes() <= BYTES && log.bytes() > BYTES / 2);
        let counted: usize = log.entries().map(|it| weight(&it.said)).sum();
        assert_eq!(counted, log.bytes());
    }

    #[test]
    fn a_line_without_a_level_has_that_of_the_one_before() {
        let mut error = line(1, "ERROR");
        error.level = Some(Level::Error);
        let log = log(1, vec![line(0, "a"), error, line(2, "  at main")]);
        let levels: Vec<_> = log.entries().map(|it| it.level).collect();
        assert_eq!(levels, [None, Some(Level::Error), Some(Level::Error)]);
    }
}
