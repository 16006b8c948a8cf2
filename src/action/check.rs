//! What is looked at before a write, each with its verdict and what it rests on.

use super::World;
use super::call::{Refused, Reply};
use super::plan::{Case, Plan};
use super::preview::{Need, Preview};
use super::record::Verb;
use super::request::{Action, Target};
use super::{Frozen, hold, template, vertical};
use crate::insight::Went;
use crate::model::{Kind, Moment, ObjectRef, Problem, Text};

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub subject: Subject,
    pub verdict: Verdict,
    pub detail: Detail,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Right,
    WasWell,
    DryRun,
    OnePod,
    RefersTo,
    Image,
    Free,
    Freeze,
    Database,
    Ignored,
}

impl Subject {
    pub const fn word(self) -> &'static str {
        match self {
            Subject::Right => "right",
            Subject::WasWell => "was-well",
            Subject::DryRun => "dry-run",
            Subject::OnePod => "one-pod",
            Subject::RefersTo => "refers-to",
            Subject::Image => "image",
            Subject::Free => "free",
            Subject::Freeze => "freeze",
            Subject::Database => "database",
            Subject::Ignored => "ignored",
        }
    }

    /// Whether nothing is sent when it fails.
    pub const fn blocks(self) -> bool {
        matches!(self, Subject::Right | Subject::DryRun | Subject::Freeze)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Fails,
    Warns,
    NotMade,
    /// No answer yet.
    Asked,
    Passes,
}

impl Verdict {
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Fails => "fail",
            Verdict::Warns => "warn",
            Verdict::NotMade => "notChecked",
            Verdict::Asked => "asked",
            Verdict::Passes => "pass",
        }
    }
}

/// Why the verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    Asked,
    /// `patch deployments.apps`.
    Right(String),
    Denied {
        right: String,
        user: String,
    },
    /// Somebody saw it run, or nobody did.
    Went(Went),
    Accepted,
    /// In the server's words.
    Warnings(Vec<Text>),
    Refused {
        code: u16,
        message: Text,
    },
    /// The server takes no dry run of it: a webhook has side effects.
    NoDryRun(Text),
    /// The console is asked, and has no such question.
    ByConsole,
    /// Nothing is asked that needs the right to write.
    ReadOnly,
    NoAnswer,
    /// The quota as it stands; an old pod goes first, which frees some of it.
    QuotaNow {
        message: Text,
        frees: bool,
    },
    /// So many pods that run it now.
    RunsNow(usize),
    NobodyRunsIt,
    /// Those that it names are there; how many.
    Exist(usize),
    Missing(Vec<String>),
    /// `get secrets`.
    NotReadable(String),
    /// Not paused, no autoscaler.
    Free,
    /// It has an autoscaler, which decides the number.
    Autoscaled(Text),
    /// A `VerticalPodAutoscaler` sets what its new pods request.
    Resized(Text),
    AutoscalersUnseen,
    /// The window in force.
    Frozen {
        name: String,
        until: Option<Moment>,
    },
    NotFrozen,
    /// Whether that image changed the database is not to be seen here.
    AskTheProject {
        image: String,
    },
}

/// In the order in which a person wants them.
pub(super) fn checks(preview: &Preview, plan: &Plan, case: &Case<'_>) -> Vec<Check> {
    if plan.after.environment.is_some() {
        return by_console(plan, case);
    }
    let mut checks = vec![right(preview, plan)];
    if let Action::RollBack(target) = &preview.request.action {
        checks.push(was_well(target));
    }
    checks.push(dry_run(preview, plan));
    checks.extend(freeze(plan, case.world));
    if plan.template.is_some() {
        checks.push(one_pod(preview, case));
    }
    checks.extend(refers_to(preview, plan));
    if plan.template.is_some() && plan.verb != Verb::RunNow {
        checks.extend(image(plan, case.world));
    }
    if asks_free(plan) {
        checks.push(resized(preview, plan).unwrap_or_else(|| free(plan, case.world)));
    }
    if plan.verb == Verb::RollBack && plan.before.images != plan.after.images {
        let image = plan.before.images.join(", ");
        checks.push(check(
            Subject::Database,
            Verdict::NotMade,
            Detail::AskTheProject { image },
        ));
    }
    checks
}

/// The console tells what the token may only when it is asked, and tries nothing out.
fn by_console(plan: &Plan, case: &Case<'_>) -> Vec<Check> {
    let untold = |subject| check(subject, Verdict::NotMade, Detail::ByConsole);
    let asked = [Subject::Right, Subject::DryRun].map(untold);
    asked.into_iter().chain(freeze(plan, case.world)).collect()
}

const fn check(subject: Subject, verdict: Verdict, detail: Detail) -> Check {
    Check {
        subject,
        verdict,
        detail,
    }
}

fn asked(subject: Subject) -> Check {
    check(subject, Verdict::Asked, Detail::Asked)
}

/// The first right that is denied, or is not answered yet; else what the plan needs.
fn right(preview: &Preview, plan: &Plan) -> Check {
    let needs = super::preview::rights(plan);
    let named: Vec<_> = needs.iter().map(super::Right::words).collect();
    let user = || preview.user().unwrap_or_default();
    for right in needs {
        let words = right.words();
        match preview.reply(&Need::Right(right)) {
            None => return asked(Subject::Right),
            Some(Reply::Accepted(it)) if it.exact["status"]["allowed"] == true => {}
            Some(Reply::Accepted(_)) => {
                let user = user();
                let detail = Detail::Denied { right: words, user };
                return check(Subject::Right, Verdict::Fails, detail);
            }
            Some(Reply::Refused(refused)) => {
                return check(Subject::Right, Verdict::NotMade, said(refused));
            }
            Some(_) => return check(Subject::Right, Verdict::NotMade, Detail::NoAnswer),
        }
    }
    check(
        Subject::Right,
        Verdict::Passes,
        Detail::Right(named.join(", ")),
    )
}

fn was_well(target: &Target) -> Check {
    let verdict = match target.went {
        Went::Serving | Went::Well(_) | Went::Ready(_) => Verdict::Passes,
        Went::Short | Went::Left => Verdict::Warns,
        Went::Ran(_) | Went::Unknown => Verdict::NotMade,
    };
    check(Subject::WasWell, verdict, Detail::Went(target.went))
}

fn said(refused: &Refused) -> Detail {
    Detail::Refused {
        code: refused.code,
        message: refused.message.clone(),
    }
}

/// Of every step; the first that does not pass speaks.
fn dry_run(preview: &Preview, plan: &Plan) -> Check {
    let subject = Subject::DryRun;
    if preview.read_only() {
        return check(subject, Verdict::NotMade, Detail::ReadOnly);
    }
    let mut warnings = Vec::new();
    for at in 0..plan.steps.len() {
        match preview.reply(&Need::DryRun(at)) {
            None => return asked(subject),
            Some(Reply::Accepted(accepted)) => warnings.extend(accepted.warnings.clone()),
            Some(Reply::Refused(refused)) if takes_no_dry_run(refused) => {
                let detail = Detail::NoDryRun(refused.message.clone());
                return check(subject, Verdict::NotMade, detail);
            }
            Some(Reply::Refused(refused)) => return check(subject, Verdict::Fails, said(refused)),
            // Nothing of a dry run is kept: a webhook that fails would fail the write, too.
            Some(Reply::Unknown(Problem::Server { code, detail })) => {
                let detail = Detail::Refused {
                    code: *code,
                    message: detail.clone(),
                };
                return check(subject, Verdict::Fails, detail);
            }
            Some(_) => return check(subject, Verdict::NotMade, Detail::NoAnswer),
        }
    }
    if warnings.is_empty() {
        check(subject, Verdict::Passes, Detail::Accepted)
    } else {
        check(subject, Verdict::Warns, Detail::Warnings(warnings))
    }
}

/// A webhook that declares side effects (`k8s.io/apiserver` `pkg/admission/plugin/webhook`).
fn takes_no_dry_run(refused: &Refused) -> bool {
    refused.code == 400 && refused.message.contains("does not support dry run")
}

/// What acts on pods alone (quota, Pod Security, policies) is asked with one of them.
fn one_pod(preview: &Preview, case: &Case<'_>) -> Check {
    let subject = Subject::OnePod;
    if preview.read_only() {
        return check(subject, Verdict::NotMade, Detail::ReadOnly);
    }
    match preview.reply(&Need::PodRight) {
        None => return asked(subject),
        Some(Reply::Accepted(it)) if it.exact["status"]["allowed"] == true => {}
        Some(Reply::Accepted(_)) => {
            let detail = Detail::NotReadable("create pods".to_owned());
            return check(subject, Verdict::NotMade, detail);
        }
        Some(_) => return check(subject, Verdict::NotMade, Detail::NoAnswer),
    }
    match preview.reply(&Need::Pod) {
        None => asked(subject),
        Some(Reply::Accepted(it)) if it.warnings.is_empty() => {
            check(subject, Verdict::Passes, Detail::Accepted)
        }
        Some(Reply::Accepted(it)) => {
            let detail = Detail::Warnings(it.warnings.clone());
            check(subject, Verdict::Warns, detail)
        }
        Some(Reply::Refused(refused)) if takes_no_dry_run(refused) => {
            let detail = Detail::NoDryRun(refused.message.clone());
            check(subject, Verdict::NotMade, detail)
        }
        Some(Reply::Refused(refused)) if refused.message.contains("exceeded quota") => {
            let detail = Detail::QuotaNow {
                message: refused.message.clone(),
                frees: takes_first(case),
            };
            check(subject, Verdict::Warns, detail)
        }
        Some(Reply::Refused(refused)) => check(subject, Verdict::Fails, said(refused)),
        Some(_) => check(subject, Verdict::NotMade, Detail::NoAnswer),
    }
}

/// Whether an old pod goes before a new one comes.
fn takes_first(case: &Case<'_>) -> bool {
    let spec = &case.object.exact["spec"];
    if matches!(case.request.action, Action::Scale(_)) {
        return false;
    }
    if case.request.object.kind != Kind::Deployment {
        return true;
    }
    let surge = &spec["strategy"]["rollingUpdate"]["maxSurge"];
    spec["strategy"]["type"] == "Recreate" || *surge == 0 || *surge == "0%" || *surge == "0"
}

fn refers_to(preview: &Preview, plan: &Plan) -> Option<Check> {
    let subject = Subject::RefersTo;
    let references = super::preview::references(plan);
    if references.is_empty() {
        return None;
    }
    let count = references.len();
    let mut missing = Vec::new();
    let mut unread = None;
    for object in references {
        // As the template has it, to the byte: no such object need exist for it to be named there.
        let name = object.name.escape_debug();
        let named = format!("{} {name}", object.kind.name());
        let right = format!("get {}", object.kind.resource());
        match preview.reply(&Need::Exists(object)) {
            None => return Some(asked(subject)),
            Some(Reply::Accepted(_)) => {}
            Some(Reply::Refused(refused)) if refused.code == 404 => missing.push(named),
            Some(Reply::Refused(refused)) if refused.code == 403 => {
                unread.get_or_insert(Detail::NotReadable(right));
            }
            Some(Reply::Refused(refused)) => {
                unread.get_or_insert(said(refused));
            }
            Some(_) => {
                unread.get_or_insert(Detail::NoAnswer);
            }
        }
    }
    Some(match unread {
        _ if !missing.is_empty() => check(subject, Verdict::Fails, Detail::Missing(missing)),
        Some(detail) => check(subject, Verdict::NotMade, detail),
        None => check(subject, Verdict::Passes, Detail::Exist(count)),
    })
}

/// Whether its images can be had, as far as the cluster tells: pods that run them now.
fn image(plan: &Plan, world: &World<'_>) -> Option<Check> {
    let images = template::images(plan.template.as_ref()?);
    let cluster = world.store.cluster(plan.object.cluster)?;
    let mut fewest = usize::MAX;
    for image in &images {
        let runs = cluster.pods().filter(|pod| {
            pod.containers()
                .any(|it| it.image() == image.as_str() && it.ready())
        });
        fewest = fewest.min(runs.count());
    }
    Some(match fewest {
        0 | usize::MAX => check(Subject::Image, Verdict::NotMade, Detail::NobodyRunsIt),
        pods => check(Subject::Image, Verdict::Passes, Detail::RunsNow(pods)),
    })
}

/// Nothing where no window is configured.
fn freeze(plan: &Plan, world: &World<'_>) -> Option<Check> {
    match world.frozen(&plan.object, plan.verb) {
        Some(Frozen { name, until }) => Some(check(
            Subject::Freeze,
            Verdict::Fails,
            Detail::Frozen { name, until },
        )),
        None if world.guard.freezes.is_empty() => None,
        None => Some(check(Subject::Freeze, Verdict::Passes, Detail::NotFrozen)),
    }
}

/// Whether what else moves the object is looked at.
pub(super) const fn asks_free(plan: &Plan) -> bool {
    plan.template.is_some() && matches!(plan.verb, Verb::RollBack | Verb::Restart)
}

/// None where the cluster knows no `VerticalPodAutoscalers`, or none is for the object.
fn resized(preview: &Preview, plan: &Plan) -> Option<Check> {
    let kind = preview.vertical()?;
    let not_made = |detail| Some(check(Subject::Free, Verdict::NotMade, detail));
    match preview.reply(&Need::Vertical) {
        None => Some(asked(Subject::Free)),
        Some(Reply::Accepted(list)) => {
            let name = vertical::of(&list.shown, &plan.object)?;
            Some(check(Subject::Free, Verdict::Warns, Detail::Resized(name)))
        }
        Some(Reply::Refused(refused)) if refused.code == 403 => {
            not_made(Detail::NotReadable(format!("list {}", kind.resource())))
        }
        Some(Reply::Refused(refused)) => not_made(said(refused)),
        Some(_) => not_made(Detail::NoAnswer),
    }
}

/// Of what Argo CD compares nowhere, where whether it holds is told without it. What was read is told there.
pub(super) fn unread_settings(preview: &Preview, map: Option<&ObjectRef>) -> Option<Check> {
    let not_made = |detail| Some(check(Subject::Ignored, Verdict::NotMade, detail));
    let map = map?;
    match preview.reply(&Need::Settings(map.clone())) {
        None => Some(asked(Subject::Ignored)),
        Some(Reply::Accepted(_)) => None,
        Some(Reply::Refused(refused)) if refused.code == 403 => {
            let right = format!("get {} {}/{}", map.kind.resource(), map.namespace, map.name);
            not_made(Detail::NotReadable(right))
        }
        Some(Reply::Refused(refused)) => not_made(said(refused)),
        Some(_) => not_made(Detail::NoAnswer),
    }
}

fn free(plan: &Plan, world: &World<'_>) -> Check {
    let object: &ObjectRef = &plan.object;
    match hold::autoscaler(world, object) {
        Some(hpa) => {
            let name = hpa.meta.name.clone();
            check(Subject::Free, Verdict::Passes, Detail::Autoscaled(name))
        }
        None if !hold::sees_autoscalers(world, object) => {
            check(Subject::Free, Verdict::NotMade, Detail::AutoscalersUnseen)
        }
        None => check(Subject::Free, Verdict::Passes, Detail::Free),
    }
}
