//! The page of a plan, read from the top: now, becomes, changes; whether it holds; what was checked; what to know; and, beside
//! it where there is room, the whole difference, what is sent and what takes it back.

mod checks;
mod dialog;
mod lasting;
mod paper;
mod several;
mod side;

pub use dialog::{Confirming, Dialog, Entry};

use std::rc::Rc;

use super::footer::Hints;
use super::reader::{self, Content, Made, Text};
use super::{Facts, Form, Line, Piece, Reader, State, Title, Tone, act, deployments, muted, text};
use crate::action::{
    Action, Before, Hold, HoldVerdict, Moved, Plan, Preview, Refusal, Target, name_of, rights_in,
};
use crate::command::Command;
use crate::insight::DeploymentRow;
use crate::model::{Moment, ObjectRef};
use crate::tenancy::Class;
use crate::wording::plan::{About, by_hand};

use paper::Paper;

pub(super) use dialog::dialog;

/// A plan that is looked at.
pub struct Planned<'a> {
    pub preview: &'a Preview,
    /// What goes before it, so that it lasts.
    pub first: Option<&'a Preview>,
    /// Of the other marked rows.
    pub also: Vec<&'a Preview>,
    /// The number of replicas, as it was typed.
    pub number: Option<&'a str>,
    pub confirming: Option<Confirming<'a>>,
    /// It was sent, and nothing came back yet.
    pub sent: bool,
    /// Several were sent, and are answered.
    pub over: bool,
    /// Somebody wrote the same fields before it arrived.
    pub moved: Option<&'a Moved>,
}

impl<'a> Planned<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Preview> {
        let first = self.first.into_iter();
        first.chain([self.preview]).chain(self.also.clone())
    }

    /// Each check has an answer, and nothing forbids it.
    fn ready(&self) -> bool {
        let waits = self.sent || self.over || self.number == Some("");
        !waits && self.all().all(|it| !it.asks() && it.refusal().is_none())
    }

    fn title(&self, facts: &Facts<'_>) -> String {
        let request = &self.preview.request;
        if self.also.is_empty() {
            let what = facts.catalogue.request(request);
            return if request.undoes.is_some() {
                let what = [("what", what.into())];
                facts.catalogue.say_with("preview-take-back", &what)
            } else {
                what
            };
        }
        let arguments = [
            ("verb", facts.catalogue.verb(request.action.verb()).into()),
            ("count", self.all().count().into()),
        ];
        facts.catalogue.say_with("preview-several", &arguments)
    }
}

pub(super) fn page(facts: &Facts<'_>, form: Form, object: &ObjectRef) -> Reader {
    let columns = form.list_width(facts.columns);
    let content = content(facts);
    let title = Title {
        state: None,
        left: planned(facts).map_or_else(|| object.name.to_string(), |it| it.title(facts)),
        right: planned(facts)
            .and_then(|it| several::whereabouts(facts, it))
            .unwrap_or_else(|| whereabouts(facts, object)),
    };
    let mut reader = reader::reader_in(facts, form, columns, title, &content);
    if form == Form::Wide {
        let cells = usize::from(form.pane_width(facts.columns)).saturating_sub(2);
        let lines = planned(facts)
            .filter(|it| it.also.is_empty())
            .map_or_else(Vec::new, |it| side::lines(facts, it, cells));
        reader.side = Some(reader::Side {
            left: columns,
            lines,
            scrolled: facts.pane,
        });
    }
    reader
}

fn planned<'a>(facts: &Facts<'a>) -> Option<&'a Planned<'a>> {
    facts.planned
}

/// `PRODUCTION · betaapp/prod · public1`.
fn whereabouts(facts: &Facts<'_>, object: &ObjectRef) -> String {
    let place = facts.place(object);
    let class = match place.class {
        Class::Production => Some(facts.say("card-production")),
        Class::Unknown => Some(facts.say("preview-class-unknown")),
        Class::NonProduction => None,
    };
    let cluster = facts.store.cluster(object.cluster);
    let cluster = cluster.map(|it| it.name().to_string());
    let parts = [class, Some(name_of(&place)), cluster];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.join(" \u{b7} ")
}

pub(super) fn content<'a>(facts: &Facts<'a>) -> Content<'a> {
    let form = Form::of(facts.columns, facts.lines);
    let cells = usize::from(form.list_width(facts.columns)).saturating_sub(2);
    let Some(planned) = planned(facts) else {
        return Content {
            text: Text::Made(Made::default()),
            note: Some((State::Absent, facts.say("preview-dropped"))),
        };
    };
    let mut paper = Paper::new(cells);
    if planned.also.is_empty() {
        Sheet { facts, planned }.write(&mut paper, form);
    } else {
        several::write(facts, planned, &mut paper);
    }
    let mut made = Made::default();
    made.extend(paper.lines);
    Content {
        text: Text::Made(made),
        note: note(facts, planned),
    }
}

/// Why it cannot be confirmed although there is a plan.
fn note(facts: &Facts<'_>, planned: &Planned<'_>) -> Option<(State, String)> {
    if planned.sent {
        return Some((State::Moving, facts.say("preview-sending")));
    }
    let preview = planned.preview;
    if !planned.also.is_empty() {
        return None;
    }
    preview.plan()?.as_ref().ok()?;
    let mut previews = planned.all();
    let (preview, refusal) = previews.find_map(|it| Some((it, it.refusal()?)))?;
    let mut said = refused(facts, preview, &refusal);
    let first = planned.first.is_some_and(|it| std::ptr::eq(it, preview));
    if let Some(key) = (facts.keys)(Command::Lasting).filter(|_| first) {
        let key = [("key", key.into())];
        said = format!("{said} {}", facts.catalogue.say_with("way-alone", &key));
    }
    Some((State::Failed, said))
}

/// The refusal with its way out.
pub(super) fn refused(facts: &Facts<'_>, preview: &Preview, refusal: &Refusal) -> String {
    let request = &preview.request;
    self::refusal(facts, &request.object, request.action.verb(), refusal)
}

pub fn refusal(
    facts: &Facts<'_>,
    object: &ObjectRef,
    verb: crate::action::Verb,
    refusal: &Refusal,
) -> String {
    let place = rights_in(object, &facts.place(object));
    let about = About {
        verb,
        name: &object.name,
        place: &place,
        time: &|at| facts.time(at),
    };
    let said = facts.catalogue.refusal(&about, refusal);
    match act::way_out(facts, verb, refusal) {
        Some(way) => format!("{said} {way}"),
        None => said,
    }
}

struct Sheet<'a> {
    facts: &'a Facts<'a>,
    planned: &'a Planned<'a>,
}

impl Sheet<'_> {
    fn write(&self, paper: &mut Paper, form: Form) {
        let preview = self.planned.preview;
        if self.planned.number.is_some() {
            self.replicas(paper);
        } else {
            self.now(paper);
        }
        match preview.plan() {
            Some(Err(refusal)) => {
                let title = self.facts.catalogue.not_done(preview.request.action.verb());
                paper.rule(&title, "");
                let said = refused(self.facts, preview, refusal);
                paper.marked(State::Failed, &said);
            }
            plan => {
                let plan = plan.and_then(|it| it.as_ref().ok());
                self.becomes(paper, plan);
                paper.rule(&self.facts.say("preview-hold"), "");
                self.hold(paper);
                if form == Form::Wide {
                    self.proof(paper);
                }
                checks::write(self.facts, preview, form, paper);
                lasting::write(self.facts, self.planned, paper);
                if let Some(plan) = plan {
                    self.notes(paper, plan);
                }
                if form != Form::Wide {
                    self.proof_apart(paper);
                    paper
                        .lines
                        .extend(side::lines(self.facts, self.planned, paper.cells));
                }
            }
        }
    }

    /// What the screen already knows of it stands there at once.
    fn now(&self, paper: &mut Paper) {
        let preview = self.planned.preview;
        let plan = preview.plan().and_then(|it| it.as_ref().ok());
        let before = match (plan, preview.plan()) {
            (Some(plan), _) => self.facts.catalogue.before(&plan.before),
            (None, None) => "\u{2026}".to_owned(),
            (None, Some(_)) => String::new(),
        };
        let row = self.row();
        let standing = row.map(|row| deployments::standing(self.facts, row));
        let ready = row.map(|row| {
            let ready = format!("{}/{}", row.ready, row.desired);
            let ready = [("ready", ready.into())];
            self.facts.catalogue.say_with("preview-ready", &ready)
        });
        let parts = [Some(before), ready, standing].into_iter().flatten();
        let parts: Vec<_> = parts.filter(|it| !it.is_empty()).collect();
        if parts.is_empty() {
            return;
        }
        paper.labelled(&self.facts.say("preview-now"), &parts.join(" \u{b7} "));
    }

    fn row(&self) -> Option<&DeploymentRow> {
        let object = &self.planned.preview.request.object;
        let facts = self.facts;
        let workloads = facts
            .listings
            .workloads(facts.store, facts.places, facts.judgement);
        let mut rows = workloads.iter().map(Rc::as_ref);
        rows.find(|row| row.cluster == object.cluster && Some(row.uid) == object.uid)
    }

    /// `replicas   6 wanted, 4 ready   →   [ 8 ]    + - or type`.
    fn replicas(&self, paper: &mut Paper) {
        let said = self.row().map(|row| {
            let arguments = [
                ("wanted", row.desired.to_string().into()),
                ("ready", row.ready.to_string().into()),
            ];
            let said = self.facts.catalogue.say_with("preview-wanted", &arguments);
            format!("{said}   \u{2192}   ")
        });
        let number = self.planned.number.unwrap_or_default();
        let label = self.facts.say("preview-replicas");
        let hint = self.facts.say("preview-type");
        paper.lines.push(vec![
            muted(paper::gutter(&label)),
            text(said.unwrap_or_default()),
            Piece::Text(format!("[ {number} ]"), Tone::Accent),
            muted(format!("    {hint}")),
        ]);
    }

    fn becomes(&self, paper: &mut Paper, plan: Option<&Plan>) {
        let facts = self.facts;
        let becomes = match &self.planned.preview.request.action {
            Action::RollBack(target) => self.template_of(target, plan.map(|it| &it.after)),
            Action::Redeploy { entry } => entry.map_or_else(String::new, |it| {
                let entry = [("entry", it.to_string().into())];
                facts.catalogue.say_with("preview-of-entry", &entry)
            }),
            Action::Restart => facts.say("preview-anew"),
            Action::Scale(_)
            | Action::Evict
            | Action::Delete
            | Action::RunNow
            | Action::Sync { .. }
            | Action::SyncDryRun { .. }
            | Action::Refresh { .. }
            | Action::Terminate
            | Action::Reconcile
            | Action::Promote { .. }
            | Action::Abort
            | Action::Retry => String::new(),
            Action::Pause
            | Action::Resume
            | Action::Suspend
            | Action::Unsuspend
            | Action::SuspendSync
            | Action::RestoreSync
            | Action::SwitchEnvironment { .. }
            | Action::SuspendFlux
            | Action::ResumeFlux => {
                plan.map_or_else(String::new, |it| facts.catalogue.before(&it.after))
            }
        };
        if !becomes.is_empty() {
            paper.labelled(&facts.say("preview-becomes"), &becomes);
        }
        let label = facts.say("preview-changes");
        let room = paper.room();
        let changes = plan.map_or_else(
            || "\u{2026}".to_owned(),
            |plan| facts.catalogue.changes(&plan.changes, room),
        );
        paper.labelled(&label, &changes);
    }

    /// `rev 16 = template of 14  2.13.4  ran well 5d 16h`.
    fn template_of(&self, target: &Target, after: Option<&Before>) -> String {
        let say = self.facts.catalogue;
        let rev = |number: u64| {
            let revision = Before {
                revision: Some(number),
                ..Before::default()
            };
            say.before(&revision)
        };
        let of = target.number.map_or_else(String::new, |number| {
            let revision = [("revision", number.to_string().into())];
            say.say_with("preview-template-of", &revision)
        });
        let named = match target.next {
            Some(next) if !of.is_empty() => {
                let arguments = [("now", rev(next).into()), ("then", of.into())];
                say.say_with("preview-is", &arguments)
            }
            _ => of,
        };
        let images = Before {
            images: after.map_or_else(
                || target.images.iter().map(ToString::to_string).collect(),
                |it| it.images.clone(),
            ),
            ..Before::default()
        };
        let now = self.now_there();
        let parts = [named, say.before(&images), say.went(target.went, now)];
        let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        parts.join("  ")
    }

    fn now_there(&self) -> Moment {
        let object = &self.planned.preview.request.object;
        self.facts
            .survey
            .cluster_now(object.cluster, self.facts.now)
    }

    fn hold(&self, paper: &mut Paper) {
        let Some(hold) = self.planned.preview.hold() else {
            paper.marked(State::Reading, "");
            return;
        };
        paper.marked(held(hold), &self.facts.hold(hold));
    }

    fn proof_apart(&self, paper: &mut Paper) {
        let hold = self.planned.preview.hold();
        if hold.is_some_and(|it| !it.proof.is_empty()) {
            paper.rule(&self.facts.say("preview-proof"), "");
            self.proof(paper);
        }
    }

    /// The fields from which it was concluded whether it holds, of what goes first too. Where lines are few what decides comes
    /// before them.
    fn proof(&self, paper: &mut Paper) {
        let previews = [Some(self.planned.preview), self.planned.first];
        let holds = previews.into_iter().flatten().filter_map(Preview::hold);
        let proof = self.facts.say("preview-proof");
        for line in holds.flat_map(|it| &it.proof) {
            paper.indented(&format!("{proof}  {line}"), Tone::Muted);
        }
    }

    fn notes(&self, paper: &mut Paper, plan: &Plan) {
        if plan.notes.is_empty() {
            return;
        }
        paper.rule(&self.facts.say("preview-notes"), "");
        for note in &plan.notes {
            paper.marked(State::Warning, &self.facts.plan_note(note));
        }
    }
}

const fn held(hold: &Hold) -> State {
    match hold.verdict {
        HoldVerdict::Holds => State::Good,
        HoldVerdict::UntilNextSync => State::Warning,
        HoldVerdict::UndoneWithinSeconds | HoldVerdict::OverwrittenByHpa | HoldVerdict::Refused => {
            State::Failed
        }
        HoldVerdict::Unknown => State::Unknown,
    }
}

/// What can be copied of a plan: the same by hand; what to ask for, where the right is missing.
pub(super) fn copyable(facts: &Facts<'_>) -> Vec<(&'static str, String)> {
    let Some(planned) = planned(facts) else {
        return Vec::new();
    };
    let preview = planned.preview;
    let mut texts = Vec::new();
    let plans = planned.all().filter_map(|it| it.plan()?.as_ref().ok());
    let commands: Vec<_> = plans.map(by_hand).collect();
    if !commands.is_empty() {
        texts.push(("copy-by-hand", commands.join("\n")));
    }
    if let Some(Refusal::Denied { right, .. } | Refusal::Unreadable { right }) = preview.refusal() {
        let object = &preview.request.object;
        let cluster = facts.cluster(object.cluster);
        let arguments = [
            ("right", right.into()),
            ("place", format!("{cluster}/{}", object.namespace).into()),
            ("what", facts.catalogue.request(&preview.request).into()),
        ];
        let request = facts.catalogue.say_with("copy-request-text", &arguments);
        texts.push(("copy-request", request));
    }
    texts
}

/// The keys of the page, the likeliest first.
pub(super) fn hints(facts: &Facts<'_>, hints: &mut Hints<'_>) {
    let Some(planned) = planned(facts) else {
        hints.add(&[Command::Escape], "hint-out");
        return;
    };
    let preview = planned.preview;
    if planned.moved.is_some() {
        hints.add(&[Command::Rollout], "hint-rollout");
        hints.add(
            &[act::command(preview.request.action.verb())],
            "hint-new-plan",
        );
    } else if planned.ready() {
        hints.add(&[Command::Open], "hint-confirm");
    }
    if planned.number.is_some() {
        hints.add(&[Command::Unfold, Command::Fold], "hint-number");
    }
    if let Some(id) = lasting::hint(facts, planned) {
        hints.add(&[Command::Lasting], id);
    }
    hints.add(&[Command::Copy], "hint-copy");
    hints.add(&[Command::History], "hint-history");
    let stops = planned.sent && !planned.also.is_empty();
    let leaves = if stops {
        "hint-stop-rest"
    } else {
        "hint-leave-plan"
    };
    hints.add(&[Command::Escape], leaves);
    if Form::of(facts.columns, facts.lines) == Form::Wide {
        hints.add(&[Command::Pane], "hint-scroll");
    }
    hints.add(&[Command::Filter], "hint-search");
    hints.add(&[Command::Help], "hint-help");
}

/// Lines of a section of the pane, under its rule.
fn section(paper: &mut Paper, title: &str, right: &str, lines: Vec<Line>) {
    paper.rule(title, right);
    paper.lines.extend(lines);
}
