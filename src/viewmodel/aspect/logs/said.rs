//! The lines of all streams as one text, each made when it comes into view.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{MOST, asked, labels, lookup};
use crate::dossier::{Log, LogEntry, LogPlace, Said};
use crate::insight::Stream;
use crate::model::{Level, LogLine, Moment, Stamp};
use crate::viewmodel::{Facts, Line, Piece, Tone, muted, text};

/// A name takes no more of a line.
const LABEL: usize = 24;

/// A stream that is read.
pub(super) struct Voice<'a> {
    pub(super) stream: &'a Stream,
    pub(super) log: Option<&'a Log>,
    pub(super) label: String,
    /// The last end and the last start that it tells: only of these it is known how and which.
    over: Option<LogPlace>,
    again: Option<LogPlace>,
}

pub(in crate::viewmodel) struct LogText<'a> {
    facts: &'a Facts<'a>,
    pub(super) voices: Vec<Voice<'a>>,
    pub(super) rest: Vec<&'a Stream>,
    lines: Vec<(&'a LogEntry, usize)>,
    width: usize,
}

impl<'a> LogText<'a> {
    pub(super) fn new(facts: &'a Facts<'a>) -> Self {
        let mut read: Vec<_> = asked(facts).collect();
        let rest = read.split_off(read.len().min(MOST));
        let labels = labels(facts, &read);
        let voice = |(stream, label)| {
            let log = facts.dossier.log(&lookup(facts, stream));
            let last = |mark: fn(&Said) -> bool| {
                let mut entries = log?.entries().rev();
                let found = entries.find(|it| mark(&it.said));
                found.map(|it| it.place)
            };
            Voice {
                stream,
                log,
                label,
                over: last(|it| matches!(it, Said::Over)),
                again: last(|it| matches!(it, Said::Again)),
            }
        };
        let voices: Vec<_> = read.into_iter().zip(labels).map(voice).collect();
        let mut lines = Vec::new();
        let least = facts.logs.level();
        for (at, voice) in voices.iter().enumerate() {
            let entries = voice.log.into_iter().flat_map(Log::entries);
            let shown = entries.filter(|it| least.is_none_or(|least| it.level >= Some(least)));
            lines.extend(shown.map(|it| (it, at)));
        }
        // Each voice is in order already, and a stable sort makes use of that.
        lines.sort_by_key(|(entry, _)| entry.place);
        let widths = voices.iter().map(|it| it.label.width());
        Self {
            facts,
            width: widths.max().unwrap_or(0).min(LABEL),
            voices,
            rest,
            lines,
        }
    }

    pub(in crate::viewmodel) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn places(&self) -> impl Iterator<Item = LogPlace> {
        self.lines.iter().map(|(entry, _)| entry.place)
    }

    /// Whether what the line says is asked for: its name and its time are not searched.
    pub(in crate::viewmodel) fn has(&self, at: usize, wanted: impl Fn(&str) -> bool) -> bool {
        let Some((entry, _)) = self.lines.get(at) else {
            return false;
        };
        let Said::Line(line) = &entry.said else {
            return false;
        };
        match &line.record {
            Some(record) => wanted(&record.message) || wanted(&record.fields),
            None => wanted(&line.text),
        }
    }

    pub(in crate::viewmodel) fn line(&self, at: usize) -> Line {
        let Some((entry, voice)) = self.lines.get(at) else {
            return Line::new();
        };
        let Some(voice) = self.voices.get(*voice) else {
            return Line::new();
        };
        let Said::Line(line) = &entry.said else {
            return vec![muted(self.mark(entry, voice))];
        };
        let mut pieces = Vec::new();
        if self.width > 0 {
            let (label, width) = (cut(&voice.label), self.width);
            pieces.push(muted(format!("{label:<width$}  ")));
        }
        pieces.extend(spoken(self.facts, line));
        pieces
    }

    /// `── k9w4t ended, exit 1 ──`.
    fn mark(&self, entry: &LogEntry, voice: &Voice<'_>) -> String {
        let who = match voice.label.as_str() {
            "" => voice.stream.container.as_str(),
            label => label,
        };
        let who = ("who", who.into());
        let say = |id, arguments: &[_]| self.facts.catalogue.say_with(id, arguments);
        let newest = Some(entry.place);
        let words = match entry.said {
            Said::Line(_) => String::new(),
            Said::Gap => say("log-gap", &[who]),
            Said::Over => match voice.stream.ended.filter(|_| voice.over == newest) {
                Some((code, _)) => say("log-over-code", &[who, ("code", code.into())]),
                None => say("log-over", &[who]),
            },
            Said::Again if voice.again == newest && voice.stream.restarts > 0 => say(
                "log-again-run",
                &[who, ("run", (voice.stream.restarts + 1).into())],
            ),
            Said::Again => say("log-again", &[who]),
        };
        format!("\u{2500}\u{2500} {words} \u{2500}\u{2500}")
    }

    pub(super) fn saved(&self) -> String {
        let mut file = String::new();
        for (entry, voice) in &self.lines {
            let Some(voice) = self.voices.get(*voice) else {
                continue;
            };
            let (pod, container) = (&voice.stream.pod, &voice.stream.container);
            // Writing to a String cannot fail.
            let _ = match &entry.said {
                Said::Line(line) => {
                    let at = line.at.map_or_else(|| "-".to_owned(), Stamp::to_rfc3339);
                    writeln!(file, "{pod}/{container} {at} {}", line.text)
                }
                _ => writeln!(file, "{pod}/{container} {}", self.mark(entry, voice)),
            };
        }
        file
    }
}

/// The time, unless it is not wanted, and the line in the tone of its level.
pub(in crate::viewmodel::aspect) fn spoken(facts: &Facts<'_>, line: &LogLine) -> Line {
    let mut pieces = Vec::new();
    if let Some(at) = line.at.filter(|_| !facts.logs.untimed) {
        pieces.push(muted(format!("{} ", time(facts, at))));
    }
    let tone = match line.level {
        Some(Level::Fatal | Level::Error) => Tone::Critical,
        Some(Level::Warn) => Tone::Warning,
        Some(Level::Debug) => Tone::Muted,
        Some(Level::Info) | None => Tone::Text,
    };
    if let Some(record) = &line.record {
        pieces.push(Piece::Text(record.message.to_string(), tone));
        let gap = if record.message.is_empty() { "" } else { "  " };
        pieces.push(muted(format!("{gap}{}", record.fields)));
    } else if tone == Tone::Text {
        pieces.push(text(&*line.text));
    } else {
        pieces.push(Piece::Text(line.text.to_string(), tone));
    }
    pieces
}

/// `03:13:57.823`, with its date when that is not today's.
fn time(facts: &Facts<'_>, at: Stamp) -> String {
    let Some(moment) = Moment::from_seconds(at.second()) else {
        return at.to_rfc3339();
    };
    let (time, today) = (facts.zone.at(moment), facts.zone.at(facts.now));
    let form = if time.date_naive() == today.date_naive() {
        "%H:%M:%S"
    } else {
        "%m-%d %H:%M:%S"
    };
    format!("{}.{:03}", time.format(form), at.millisecond())
}

fn cut(label: &str) -> String {
    if label.width() <= LABEL {
        return label.to_owned();
    }
    // The end of a name tells more than its beginning.
    let letters: Vec<_> = label.chars().collect();
    let kept = letters.len().saturating_sub(LABEL - 1);
    format!("\u{2026}{}", letters[kept..].iter().collect::<String>())
}
