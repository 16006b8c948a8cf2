//! What is behind a plan: the whole difference, what is sent word for word, what takes it back, the same by hand.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::paper::{Paper, padded, wrapped};
use super::{Planned, section};
use crate::action::{Action, Changes, Plan, Step, Undo};
use crate::viewmodel::{Facts, Line, Tone, history, muted, text};
use crate::wording::plan::by_hand;

/// Letters of a value that are shown.
const SHOWN: usize = 24;

pub(super) fn lines(facts: &Facts<'_>, planned: &Planned<'_>, cells: usize) -> Vec<Line> {
    let Some(Ok(plan)) = planned.preview.plan() else {
        return Vec::new();
    };
    let mut paper = Paper::new(cells);
    difference(facts, plan, &mut paper);
    sent(facts, planned, plan, &mut paper);
    undo(facts, plan, &mut paper);
    paper.rule(&facts.say("preview-by-hand"), "");
    let plans = planned.all().filter_map(|it| it.plan()?.as_ref().ok());
    let commands: Vec<_> = plans.map(by_hand).collect();
    for command in commands.join("\n").lines() {
        for (at, row) in wrapped(command, cells.saturating_sub(2))
            .into_iter()
            .enumerate()
        {
            let indent = if at == 0 { "" } else { "  " };
            paper.lines.push(vec![text(format!("{indent}{row}"))]);
        }
    }
    paper.lines
}

fn difference(facts: &Facts<'_>, plan: &Plan, paper: &mut Paper) {
    let title = facts.say("preview-diff");
    let (Changes::Template(diff) | Changes::Source(diff)) = &plan.changes else {
        let said = facts.catalogue.changes(&plan.changes, usize::MAX);
        section(paper, &title, "", vec![vec![text(said)]]);
        return;
    };
    let count = [("count", diff.differences.len().into())];
    let right = facts.catalogue.say_with("preview-diff-count", &count);
    let lines = history::unified(facts, &diff.differences, paper.cells);
    section(paper, &title, &right, lines);
}

fn sent(facts: &Facts<'_>, planned: &Planned<'_>, plan: &Plan, paper: &mut Paper) {
    paper.rule(&facts.say("preview-sent"), "");
    let first = planned.first.and_then(|it| it.plan()?.as_ref().ok());
    let steps = first.iter().flat_map(|it| &it.steps).chain(&plan.steps);
    for (number, step) in (1..).zip(steps) {
        let request = format!("{} {}", step.call.method.word(), step.call.path);
        let rows = wrapped(&request, paper.cells.saturating_sub(2));
        for (at, row) in rows.into_iter().enumerate() {
            let gutter = if at == 0 {
                format!("{number} ")
            } else {
                "  ".to_owned()
            };
            paper.lines.push(vec![muted(gutter), text(row)]);
        }
        body(facts, planned, plan, step, paper);
    }
    paper.indented(&facts.say("preview-manager"), Tone::Muted);
}

fn body(facts: &Facts<'_>, planned: &Planned<'_>, plan: &Plan, step: &Step, paper: &mut Paper) {
    match &step.call.body {
        Some(Value::Array(patch)) => {
            let word = |it: &Value, field: &str| it[field].as_str().unwrap_or_default().to_owned();
            let places = patch.iter().map(|it| word(it, "path").width());
            let longest = places.max().unwrap_or(0);
            for change in patch {
                let (verb, place) = (word(change, "op"), word(change, "path"));
                let value = value(facts, planned, plan, change);
                let line = format!("{} {}  {value}", padded(&verb, 8), padded(&place, longest));
                paper.indented(line.trim_end(), Tone::Text);
            }
        }
        Some(Value::Object(fields)) => {
            let told = fields.iter().filter(|(key, _)| {
                // What the path says already, and a template of pods.
                !["apiVersion", "kind", "spec"].contains(&key.as_str())
            });
            for (key, value) in told {
                paper.indented(&format!("  {key}  {value}"), Tone::Text);
            }
        }
        _ => {}
    }
}

/// A template in words, which holds passwords; an identity by its ends.
fn value(facts: &Facts<'_>, planned: &Planned<'_>, plan: &Plan, change: &Value) -> String {
    let revision = |number: Option<u64>, else_id: &str| match number {
        Some(number) => facts.catalogue.say_with(
            "preview-that-of",
            &[("revision", number.to_string().into())],
        ),
        None => facts.say(else_id),
    };
    let value = &change["value"];
    if value.is_object() && change["path"] == "/spec/template" {
        if change["op"] == "test" {
            return revision(plan.before.revision, "preview-that-of-now");
        }
        return match &planned.preview.request.action {
            Action::RollBack(target) => revision(target.number, "preview-that-of-target"),
            _ => facts.say("preview-that-restarted"),
        };
    }
    match value {
        Value::Null if change["op"] == "test" => facts.say("preview-absent"),
        Value::Null => String::new(),
        Value::String(words) if change["path"] == "/metadata/uid" => ends(words),
        Value::String(words) => shortened(words),
        other => shortened(&other.to_string()),
    }
}

/// `91b0…77`.
fn ends(words: &str) -> String {
    let head: String = words.chars().take(4).collect();
    let tail: Vec<_> = words.chars().rev().take(2).collect();
    let tail: String = tail.into_iter().rev().collect();
    format!("{head}\u{2026}{tail}")
}

fn shortened(words: &str) -> String {
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut shown: String = words.chars().take(SHOWN).map(clean).collect();
    if words.chars().count() > SHOWN {
        shown.push('\u{2026}');
    }
    shown
}

fn undo(facts: &Facts<'_>, plan: &Plan, paper: &mut Paper) {
    let undo = facts.catalogue.undo(&plan.undo);
    let said = if matches!(plan.undo, Undo::None(_) | Undo::Asked) {
        undo
    } else {
        let undo = [("undo", undo.into())];
        facts.catalogue.say_with("preview-undo-while", &undo)
    };
    paper.rule(&facts.say("preview-undo"), "");
    for row in wrapped(&said, paper.cells) {
        paper.lines.push(vec![text(row)]);
    }
}
