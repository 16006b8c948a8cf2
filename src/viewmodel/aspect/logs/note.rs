//! What stands under a log: what is missing of it, and how much is kept.

use super::said::LogText;
use crate::dossier::{BYTES, Log};
use crate::viewmodel::{Facts, State};

/// Names that stand in the note.
const NAMED: usize = 3;

pub(super) fn note(facts: &Facts<'_>, text: &LogText<'_>) -> (State, String) {
    let lacks = lacks(facts, text);
    let rest = rest(facts, text);
    let unread = text.voices.iter().any(|it| {
        let lacking = it.log.and_then(Log::lack).is_some();
        !lacking && !it.log.is_some_and(Log::whole)
    });
    let state = match (&lacks, &rest) {
        (Some(_), _) | (_, Some(_)) => State::Warning,
        _ if text.voices.is_empty() => State::Absent,
        _ if unread => State::Reading,
        _ if facts.logs.previous || super::over(facts) => State::Stopped,
        _ if facts.logs.place.is_some() => State::Waiting,
        _ => State::Moving,
    };
    let reading = (unread && lacks.is_none()).then(|| facts.say("events-reading"));
    let parts = [lacks, reading, none(facts, text), rest, kept(facts, text)];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (state, parts.join(" \u{b7} "))
}

/// The same lack of several is said once.
fn lacks(facts: &Facts<'_>, text: &LogText<'_>) -> Option<String> {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for voice in &text.voices {
        // Of a pod that is gone nothing more is expected.
        let Some(lack) = voice.log.and_then(Log::lack).filter(|_| !voice.stream.gone) else {
            continue;
        };
        let words = facts.catalogue.lack(lack);
        let label = voice.label.as_str();
        match said.iter_mut().find(|(known, _)| *known == words) {
            Some((_, labels)) => labels.push(label),
            None => said.push((words, vec![label])),
        }
    }
    let all = text.voices.len();
    let sentences = said.into_iter().map(|(words, labels)| {
        if labels.len() == all {
            words
        } else {
            format!("{}: {words}", named(facts, &labels))
        }
    });
    let sentences: Vec<_> = sentences.collect();
    (!sentences.is_empty()).then(|| sentences.join(" \u{b7} "))
}

fn rest(facts: &Facts<'_>, text: &LogText<'_>) -> Option<String> {
    let names: Vec<_> = text.rest.iter().map(|it| it.suffix.as_str()).collect();
    let arguments = [
        ("most", super::MOST.into()),
        ("names", named(facts, &names).into()),
    ];
    let say = || facts.catalogue.say_with("log-rest", &arguments);
    (!names.is_empty()).then(say)
}

/// The first of them, and how many others.
fn named(facts: &Facts<'_>, names: &[&str]) -> String {
    let first = names.iter().take(NAMED).copied().collect::<Vec<_>>();
    let first = first.join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => {
            let arguments = [("names", first.into()), ("count", more.into())];
            facts.catalogue.say_with("log-named", &arguments)
        }
    }
}

/// Why there is no line.
fn none(facts: &Facts<'_>, text: &LogText<'_>) -> Option<String> {
    let kept: usize = text
        .voices
        .iter()
        .filter_map(|it| Some(it.log?.len()))
        .sum();
    let id = if text.len() > 0 {
        return None;
    } else if facts.streams.is_empty() {
        "log-no-pod"
    } else if text.voices.is_empty() {
        "lack-no-previous"
    } else if kept > 0 {
        "log-hidden"
    } else if text.voices.iter().all(|it| it.log.is_some_and(Log::whole)) {
        "log-silent"
    } else {
        return None;
    };
    let span = facts.logs.seconds().filter(|_| id == "log-silent");
    Some(match span {
        Some(seconds) => {
            let span = facts.catalogue.span(i64::from(seconds));
            facts
                .catalogue
                .say_with("log-silent-since", &[("span", span.into())])
        }
        None => facts.say(id),
    })
}

fn kept(facts: &Facts<'_>, text: &LogText<'_>) -> Option<String> {
    let logs = || text.voices.iter().filter_map(|it| it.log);
    let lines: usize = logs().map(Log::len).sum();
    let bytes: usize = logs().map(Log::bytes).sum();
    let dropped: usize = logs().map(Log::dropped).sum();
    if lines == 0 {
        return None;
    }
    let whole = |count: usize| {
        facts
            .catalogue
            .whole(u64::try_from(count).unwrap_or(u64::MAX))
    };
    let mebibytes = |bytes: usize| facts.catalogue.decimal(bytes as f64 / f64::from(1 << 20));
    let arguments = [
        ("lines", whole(lines).into()),
        ("used", mebibytes(bytes).into()),
        ("most", mebibytes(BYTES).into()),
        ("dropped", whole(dropped).into()),
    ];
    let id = if dropped > 0 {
        "log-kept-dropped"
    } else {
        "log-kept"
    };
    Some(facts.catalogue.say_with(id, &arguments))
}
