//! A box over a plan: it is confirmed there, or somebody was faster.

use super::paper::{Paper, padded, wrapped};
use super::{Planned, checks, planned, several};
use crate::action::{Moved, Plan, Preview, Step, name_of};
use crate::command::Command;
use crate::model::Moment;
use crate::tenancy::Class;
use crate::viewmodel::{Facts, Form, Hint, Line, Piece, State, Tone, act, muted, text};

/// Cells of a confirmation, borders among them.
const WIDTH: u16 = 66;
/// Cells of a field's label.
const LABEL: usize = 15;

/// What is typed to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming<'a> {
    /// Where a reason is asked for: what is typed.
    pub reason: Option<Entry<'a>>,
    /// Where a name is: it, and what is typed of it.
    pub name: Option<(&'a str, Entry<'a>)>,
    pub complete: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub text: &'a str,
    /// Cells before the cursor, in the field that has it.
    pub cursor: Option<usize>,
}

/// Lines in a box, one of which may be typed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    pub title: String,
    /// Cells wanted, borders among them.
    pub width: u16,
    pub lines: Vec<Line>,
    /// The line and the cell where one types.
    pub cursor: Option<(usize, usize)>,
    /// In the lower border.
    pub keys: Vec<Hint>,
    /// Whether the key that sends would send now.
    pub armed: bool,
}

pub(in crate::viewmodel) fn dialog(facts: &Facts<'_>) -> Option<Dialog> {
    let fits = matches!(
        Form::of(facts.columns, facts.lines),
        Form::Small | Form::Normal | Form::Wide
    );
    let planned = planned(facts).filter(|_| fits)?;
    if let Some(moved) = planned.moved {
        return Some(moved_box(facts, planned, moved));
    }
    let confirming = planned.confirming.as_ref()?;
    confirmation(facts, planned, confirming)
}

fn width(facts: &Facts<'_>) -> u16 {
    // Where there is no room for a box it takes the whole.
    if facts.columns < 60 || facts.lines < 16 {
        return facts.columns;
    }
    WIDTH.min(facts.columns.saturating_sub(4))
}

fn paper(facts: &Facts<'_>) -> Paper {
    Paper::new(usize::from(width(facts)).saturating_sub(4))
}

fn hint(facts: &Facts<'_>, command: Command, verb: &str) -> Option<Hint> {
    let key = (facts.keys)(command)?;
    Some(Hint {
        key,
        verb: facts.say(verb),
    })
}

fn confirmation(
    facts: &Facts<'_>,
    planned: &Planned<'_>,
    confirming: &Confirming<'_>,
) -> Option<Dialog> {
    let preview = planned.preview;
    let plan = preview.plan()?.as_ref().ok()?;
    let mut paper = paper(facts);
    let say = facts.catalogue;
    whose(facts, planned, &mut paper);
    protected(facts, planned, &mut paper);
    blank(facts, &mut paper);
    let steps = steps(facts, planned, plan);
    for (number, step) in (1..).zip(steps) {
        for (at, row) in wrapped(&step, paper.cells.saturating_sub(4))
            .into_iter()
            .enumerate()
        {
            let number = if at == 0 {
                number.to_string()
            } else {
                String::new()
            };
            paper
                .lines
                .push(vec![muted(format!("{number:>2}  ")), text(row)]);
        }
    }
    against(facts, planned, &mut paper);
    blank(facts, &mut paper);
    if planned.also.is_empty() {
        let undo = [("undo", say.undo(&plan.undo).into())];
        let back = say.say_with("confirm-undo", &undo);
        let held = preview.hold().map(|it| facts.hold_short(it));
        let parts: Vec<_> = held.into_iter().chain([back]).collect();
        plain(&mut paper, &parts.join(" \u{b7} "));
    } else {
        plain(&mut paper, &facts.say("confirm-one-by-one"));
    }
    blank(facts, &mut paper);
    let several = !planned.also.is_empty();
    let cursor = fields(facts, several, confirming, &mut paper);
    blank(facts, &mut paper);
    if confirming.complete {
        let key = (facts.keys)(Command::Choose).unwrap_or_default();
        plain(
            &mut paper,
            &say.say_with("confirm-sends", &[("key", key.into())]),
        );
    } else {
        let id = if several {
            "confirm-until-count"
        } else {
            "confirm-until-name"
        };
        plain(&mut paper, &facts.say(id));
    }
    let two = confirming.reason.is_some() && confirming.name.is_some();
    let keys = [
        hint(facts, Command::Choose, "hint-send").filter(|_| confirming.complete),
        hint(facts, Command::Next, "hint-field").filter(|_| two),
        hint(facts, Command::Dismiss, "hint-cancel"),
    ];
    Some(Dialog {
        title: facts.say("confirm-title"),
        width: width(facts),
        lines: paper.lines,
        cursor,
        keys: keys.into_iter().flatten().collect(),
        armed: confirming.complete,
    })
}

/// Objects that are named one by one in the box.
const NAMED: usize = 5;

fn steps(facts: &Facts<'_>, planned: &Planned<'_>, plan: &Plan) -> Vec<String> {
    let say = facts.catalogue;
    let mut steps: Vec<_> = if planned.also.is_empty() {
        let first = planned.first.iter().map(|it| say.request(&it.request));
        let step = |it: &Step| say.step(&planned.preview.request, &it.kind);
        first.chain(plan.steps.iter().map(step)).collect()
    } else {
        planned.all().map(|it| one_of(facts, it)).collect()
    };
    if steps.len() > NAMED && !planned.also.is_empty() {
        let left = steps.len() - NAMED;
        steps.truncate(NAMED);
        steps.push(say.say_with("change-short-more", &[("count", left.into())]));
    }
    steps.push(facts.say("confirm-follow"));
    steps
}

/// `restart cart · betaapp/prod`: several have one name in several places.
fn one_of(facts: &Facts<'_>, preview: &Preview) -> String {
    let object = &preview.request.object;
    let place = facts.place(object);
    let request = facts.catalogue.request(&preview.request);
    format!("{request} \u{b7} {}", name_of(&place))
}

/// What speaks against it and does not forbid it: nobody confirms it unseen.
fn against(facts: &Facts<'_>, planned: &Planned<'_>, paper: &mut Paper) {
    for preview in planned.all() {
        checks::against(facts, preview, paper);
        let plan = preview.plan().and_then(|it| it.as_ref().ok());
        let notes = plan.iter().flat_map(|it| &it.notes);
        for note in notes.filter(|it| it.is_grave()) {
            paper.marked(State::Warning, &facts.plan_note(note));
        }
    }
}

fn plain(paper: &mut Paper, words: &str) {
    for row in wrapped(words, paper.cells) {
        paper.lines.push(vec![text(row)]);
    }
}

/// Where lines are few none is empty.
fn blank(facts: &Facts<'_>, paper: &mut Paper) {
    if facts.lines >= 20 {
        paper.lines.push(Line::new());
    }
}

fn whose(facts: &Facts<'_>, planned: &Planned<'_>, paper: &mut Paper) {
    if let Some(production) = several::whereabouts(facts, planned) {
        let arguments = [
            ("count", planned.all().count().into()),
            ("production", production.into()),
        ];
        plain(
            paper,
            &facts.catalogue.say_with("confirm-several", &arguments),
        );
        return;
    }
    let object = &planned.preview.request.object;
    let place = facts.place(object);
    let cluster = facts.cluster(object.cluster);
    let (id, tone) = match place.class {
        Class::Production => ("confirm-production", Tone::Prod),
        Class::Unknown => ("confirm-unknown", Tone::Warning),
        Class::NonProduction => ("confirm-other", Tone::Text),
    };
    let arguments = [
        ("place", name_of(&place).into()),
        ("cluster", cluster.into()),
    ];
    let said = facts.catalogue.say_with(id, &arguments);
    for row in wrapped(&said, paper.cells) {
        paper.lines.push(vec![Piece::Text(row, tone)]);
    }
}

/// Each reason once.
fn protected(facts: &Facts<'_>, planned: &Planned<'_>, paper: &mut Paper) {
    let mut told: Vec<&str> = Vec::new();
    for reason in planned.all().filter_map(Preview::protected_for) {
        if !told.contains(&reason) {
            told.push(reason);
            let reason = [("reason", reason.into())];
            plain(
                paper,
                &facts.catalogue.say_with("confirm-protected", &reason),
            );
        }
    }
}

/// The reason, the name to type and what is typed of it; where the cursor stands.
fn fields(
    facts: &Facts<'_>,
    several: bool,
    confirming: &Confirming<'_>,
    paper: &mut Paper,
) -> Option<(usize, usize)> {
    let mut cursor = None;
    let mut field = |paper: &mut Paper, label: String, entry: &Entry<'_>| {
        let room = paper.cells.saturating_sub(LABEL + 1);
        // The end is what one types at.
        let hidden = entry.text.chars().count().saturating_sub(room);
        let shown: String = entry.text.chars().skip(hidden).collect();
        if let Some(at) = entry.cursor {
            let at = LABEL + at.saturating_sub(hidden);
            cursor = Some((paper.lines.len(), at));
        }
        paper
            .lines
            .push(vec![muted(padded(&label, LABEL)), text(shown)]);
    };
    if let Some(reason) = &confirming.reason {
        field(paper, facts.say("confirm-reason"), reason);
    }
    if let Some((name, typed)) = &confirming.name {
        let id = if several {
            "confirm-count"
        } else {
            "confirm-name"
        };
        let label = padded(&facts.say(id), LABEL);
        paper.lines.push(vec![
            muted(label),
            Piece::Text((*name).to_owned(), Tone::Accent),
        ]);
        field(paper, String::new(), typed);
    }
    cursor
}

/// What was seen, what is there now, by whom; two ways on.
fn moved_box(facts: &Facts<'_>, planned: &Planned<'_>, moved: &Moved) -> Dialog {
    let say = facts.catalogue;
    let request = &planned.preview.request;
    let verb = request.action.verb();
    let name = [
        ("head", said_first(&say.not_done(verb)).into()),
        ("name", request.object.name.as_str().into()),
    ];
    let mut paper = paper(facts);
    plain(&mut paper, &say.say_with("refusal-moved", &name));
    blank(facts, &mut paper);
    let time = |at: Moment| facts.zone.moment(at, facts.now, say);
    let (saw, now) = say.moved(moved);
    let told = [
        ("moved-saw", Some(saw)),
        ("moved-now", Some(now)),
        ("moved-by", say.mover(moved, &time)),
    ];
    for (label, words) in told {
        if let Some(words) = words.filter(|it| !it.is_empty()) {
            paper.labelled(&format!("  {}", facts.say(label)), &words);
        }
    }
    blank(facts, &mut paper);
    let key = |command| ("key", (facts.keys)(command).unwrap_or_default().into());
    if crate::viewmodel::Aspect::Rollout.applies(&request.object.kind) {
        let mended = say.say_with("moved-mended", &[key(Command::Rollout)]);
        plain(&mut paper, &mended);
    }
    let again = act::command(verb);
    plain(&mut paper, &say.say_with("moved-again", &[key(again)]));
    let keys = [
        hint(facts, Command::Rollout, "hint-rollout"),
        hint(facts, again, "hint-new-plan"),
        hint(facts, Command::Escape, "hint-close"),
    ];
    Dialog {
        title: say.not_done(verb),
        width: width(facts),
        lines: paper.lines,
        cursor: None,
        keys: keys.into_iter().flatten().collect(),
        armed: false,
    }
}

fn said_first(words: &str) -> String {
    crate::wording::plan::capital(words)
}
