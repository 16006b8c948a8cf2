//! What was checked: what passes two a line where it fits, what fails or warns on a line of its own, what was not made last.

use unicode_width::UnicodeWidthStr;

use super::paper::{MARK, Paper, padded, wrapped};
use crate::action::{Check, Preview, Verdict};
use crate::viewmodel::{Facts, Form, Line, Piece, State, muted, text};

/// Cells of what is checked.
const SUBJECT: usize = 11;
/// From so many cells on two stand beside one another.
const PAIRED: usize = 70;

pub(super) fn write(facts: &Facts<'_>, preview: &Preview, form: Form, paper: &mut Paper) {
    let checks = preview.checks();
    paper.rule(&facts.say("preview-checks"), &counts(facts, checks));
    if checks.is_empty() {
        paper.marked(State::Reading, "");
        return;
    }
    let now = facts
        .survey
        .cluster_now(preview.request.object.cluster, facts.now);
    let words: Vec<_> = checks
        .iter()
        .map(|it| (it, facts.catalogue.check_detail(it, now)))
        .collect();
    let half = paper.cells / 2;
    let pairs = form != Form::Wide && paper.cells >= PAIRED;
    let fits = |(check, detail): &&(&Check, String)| {
        let calm = matches!(check.verdict, Verdict::Passes | Verdict::Asked);
        let short = MARK + SUBJECT + detail.width() < half;
        pairs && calm && short
    };
    let (short, long): (Vec<_>, Vec<_>) = words.iter().partition(fits);
    for pair in short.chunks(2) {
        paper.lines.push(beside(facts, pair, half));
    }
    for verdict in [
        Verdict::Passes,
        Verdict::Asked,
        Verdict::Fails,
        Verdict::Warns,
        Verdict::NotMade,
    ] {
        for (check, detail) in long.iter().filter(|(it, _)| it.verdict == verdict) {
            alone(facts, check, detail, paper);
        }
    }
}

/// Those that a person has to know, a line each.
pub(super) fn grave(facts: &Facts<'_>, preview: &Preview, paper: &mut Paper) {
    let verdicts = [Verdict::Fails, Verdict::Warns, Verdict::NotMade];
    told(facts, preview, &verdicts, paper);
}

/// Those that speak against it and forbid nothing.
pub(super) fn against(facts: &Facts<'_>, preview: &Preview, paper: &mut Paper) {
    told(facts, preview, &[Verdict::Fails, Verdict::Warns], paper);
}

fn told(facts: &Facts<'_>, preview: &Preview, verdicts: &[Verdict], paper: &mut Paper) {
    let now = facts
        .survey
        .cluster_now(preview.request.object.cluster, facts.now);
    for verdict in verdicts {
        for check in preview.checks().iter().filter(|it| it.verdict == *verdict) {
            let detail = facts.catalogue.check_detail(check, now);
            alone(facts, check, &detail, paper);
        }
    }
}

pub(super) fn counts(facts: &Facts<'_>, checks: &[Check]) -> String {
    let count = |verdict, id| {
        let count = checks.iter().filter(|it| it.verdict == verdict).count();
        let said = || facts.catalogue.say_with(id, &[("count", count.into())]);
        (count > 0).then(said)
    };
    let counts = [
        count(Verdict::Passes, "preview-pass"),
        count(Verdict::Fails, "preview-fail"),
        count(Verdict::Warns, "preview-warn"),
        count(Verdict::NotMade, "preview-not-made"),
        count(Verdict::Asked, "preview-asked"),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    counts.join(" \u{b7} ")
}

const fn state(verdict: Verdict) -> State {
    match verdict {
        Verdict::Fails => State::Failed,
        Verdict::Warns => State::Warning,
        Verdict::NotMade => State::Unknown,
        Verdict::Asked => State::Reading,
        Verdict::Passes => State::Good,
    }
}

fn subject(facts: &Facts<'_>, check: &Check) -> String {
    padded(&facts.catalogue.check_subject(check.subject), SUBJECT)
}

fn beside(facts: &Facts<'_>, pair: &[&(&Check, String)], half: usize) -> Line {
    let mut line = Vec::new();
    for (at, (check, detail)) in pair.iter().enumerate() {
        let cell = half.saturating_sub(MARK + SUBJECT);
        // The pen leaves a blank before a mark that is not the first.
        let detail = if at + 1 < pair.len() {
            padded(detail, cell.saturating_sub(1))
        } else {
            detail.clone()
        };
        line.extend([
            Piece::Mark(state(check.verdict)),
            muted(format!(" {}", subject(facts, check))),
            text(detail),
        ]);
    }
    line
}

fn alone(facts: &Facts<'_>, check: &Check, detail: &str, paper: &mut Paper) {
    let room = paper.cells.saturating_sub(MARK + SUBJECT);
    for (at, row) in wrapped(detail, room).into_iter().enumerate() {
        paper.lines.push(if at == 0 {
            vec![
                Piece::Mark(state(check.verdict)),
                muted(format!(" {}", subject(facts, check))),
                text(row),
            ]
        } else {
            vec![text(format!("{}{row}", " ".repeat(MARK + SUBJECT)))]
        });
    }
}
