//! A request on its way to a confirmation: what has to be asked for it, what was answered, the plan that comes of it.

mod asked;

pub(super) use asked::{references, rights};

use std::collections::HashMap;

use serde_json::json;

use super::call::{Call, Door, Method, Refused, Reply, SELF_REVIEWS};
use super::check::{self, Check, Verdict};
use super::hold::{self, Hold};
use super::plan::{Case, Note, Plan, Refusal};
use super::record::Before;
use super::request::{Action, Request, Right};
use super::{
    World, auto_sync, console, deliver, flux, lasting, moved, pause, pods, restart, rollback,
    run_now, scale, sync, vertical,
};
use crate::insight::{self, Switch};
use crate::model::{ClusterId, Ignored, Kind, Moment, ObjectKind, ObjectRef, Text, Uid};
use crate::tenancy::{Class, Place};

/// Something that is asked of the cluster, for a preview or before there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// The object whole, as it is now: never through a slim type, so that unknown fields survive.
    Object,
    /// Its scale subresource.
    Scale,
    /// What keeps the template that is gone back to.
    Keeper,
    /// What the object has its template from, and is written instead of it.
    Holder,
    /// Who the person is to the cluster.
    Myself,
    Right(Right),
    /// Of each step, without its being kept.
    DryRun(usize),
    PodRight,
    /// One pod of the template, without its being kept.
    Pod,
    Exists(ObjectRef),
    /// The `VerticalPodAutoscalers` of the namespace.
    Vertical,
    /// What Argo CD compares in no Application: a `ConfigMap`.
    Settings(ObjectRef),
    /// The environments of its project, by the console.
    Environments,
    /// What the person may do in a namespace.
    Rules(ClusterId, Text),
}

/// What has been answered so far. It does not change with the world: only with answers.
#[derive(Clone, Debug)]
pub struct Preview {
    pub request: Request,
    /// When it was asked for.
    pub at: Moment,
    read_only: bool,
    /// Auto-sync is suspended by `skip-reconcile`.
    skips: bool,
    /// The configuration asks for its name, for this reason; it may be empty.
    protected: Option<String>,
    /// `VerticalPodAutoscalers`, where the cluster serves them.
    vertical: Option<ObjectKind>,
    /// The `ConfigMap` of the Argo CD that keeps the object, where that may change what is said of whether it holds.
    settings: Option<Box<ObjectRef>>,
    /// Whose switch in the console is meant.
    switch: Option<Box<Switch>>,
    answers: HashMap<Need, Option<Reply>>,
    plan: Option<Result<Plan, Refusal>>,
    hold: Option<Hold>,
    /// The newest checks, made anew with each answer.
    checks: Vec<Check>,
}

impl Preview {
    pub fn new(request: Request, world: &World<'_>) -> Self {
        let read_only = world.guard.read_only.contains(&request.object.cluster);
        let unsupported = !request.action.verb().applies(&request.object.kind);
        let wide = matches!(request.action, Action::SwitchEnvironment { .. });
        let switch = wide.then(|| console::switch(world.store, &request.object));
        let plan = if unsupported {
            Some(Err(Refusal::Unsupported {
                verb: request.action.verb(),
                kind: request.object.kind.name().to_owned(),
            }))
        } else if switch == Some(None) {
            Some(Err(Refusal::NoEnvironment))
        } else {
            None
        };
        Self {
            at: world.now,
            read_only,
            skips: took_skip_off(&request),
            protected: protection(world, &request.object),
            vertical: None,
            settings: None,
            switch: switch.flatten().map(Box::new),
            request,
            answers: HashMap::new(),
            plan,
            hold: None,
            checks: Vec::new(),
        }
    }

    /// What is to be asked now and was not yet; from then on it counts as asked.
    pub fn ask(&mut self) -> Vec<(Need, Call)> {
        let mut needs = self.reads();
        if let Some(Ok(plan)) = &self.plan {
            needs.extend(self.questions(plan));
        }
        needs.retain(|(need, _)| !self.answers.contains_key(need));
        for (need, _) in &needs {
            self.answers.insert(need.clone(), None);
        }
        needs
    }

    /// What a plan is made from.
    fn reads(&self) -> Vec<(Need, Call)> {
        if matches!(self.plan, Some(Err(_))) {
            return Vec::new();
        }
        let object = &self.request.object;
        let cluster = object.cluster;
        let mut needs = vec![(Need::Object, Call::get(object))];
        match &self.request.action {
            Action::RollBack(target) => {
                needs.push((Need::Keeper, Call::get(&target.keeper)));
                needs.extend(self.holder());
            }
            Action::Scale(_) => {
                let path = scale::path(object);
                needs.push((Need::Scale, Call::to(cluster, Method::Get, path, None)));
            }
            _ => needs.extend(self.environments()),
        }
        let body = json!({
            "apiVersion": "authentication.k8s.io/v1",
            "kind": "SelfSubjectReview",
        });
        let review = Call::to(cluster, Method::Post, SELF_REVIEWS.to_owned(), Some(body));
        needs.push((Need::Myself, review));
        needs
    }

    fn holder(&self) -> Option<(Need, Call)> {
        let holder = self.request.holder()?;
        Some((Need::Holder, Call::get(holder)))
    }

    /// What the plan writes, as it was read.
    fn written(&self, plan: &Plan) -> Option<&super::Accepted> {
        let itself = plan.object.kind == self.request.object.kind;
        self.accepted(if itself { &Need::Object } else { &Need::Holder })
    }

    fn environments(&self) -> Option<(Need, Call)> {
        let switch = self.switch.as_ref()?;
        let call = console::read(self.request.object.cluster, &switch.project);
        Some((Need::Environments, call))
    }

    /// What the checks are made from.
    fn questions(&self, plan: &Plan) -> Vec<(Need, Call)> {
        let object = &plan.object;
        let mut needs: Vec<_> = rights(plan)
            .into_iter()
            .map(|right| {
                let review = asked::may(object, &right);
                (Need::Right(right), review)
            })
            .collect();
        needs.extend(references(plan).into_iter().map(|it| {
            let call = Call::metadata(&it);
            (Need::Exists(it), call)
        }));
        needs.extend(self.settings.iter().map(|it| {
            let call = Call::get(it);
            (Need::Settings((**it).clone()), call)
        }));
        if let Some(kind) = self.vertical.as_ref().filter(|_| check::asks_free(plan)) {
            let list = Call::list(object.cluster, kind, &object.namespace);
            needs.push((Need::Vertical, list));
        }
        if self.read_only {
            return needs;
        }
        let steps = plan.steps.iter().enumerate();
        let steps = steps.filter(|(_, step)| step.call.door == Door::Cluster);
        needs.extend(steps.map(|(at, step)| (Need::DryRun(at), step.call.dry())));
        if let Some(template) = &plan.template {
            let create = Right::new("create", &Kind::Pod.into(), "");
            needs.push((Need::PodRight, asked::may(object, &create)));
            if self.allowed(&Need::PodRight) {
                needs.push((Need::Pod, asked::one_pod(object, template)));
            }
        }
        needs
    }

    fn allowed(&self, need: &Need) -> bool {
        let reply = self.reply(need).and_then(Reply::accepted);
        reply.is_some_and(|it| it.exact["status"]["allowed"] == true)
    }

    /// Takes an answer in. One that was not asked for changes nothing.
    pub fn tell(&mut self, need: &Need, reply: Reply, world: &World<'_>) {
        let Some(answer) = self.answers.get_mut(need) else {
            return;
        };
        *answer = Some(reply);
        if self.plan.is_none() {
            self.plan = self.make(world);
            let cluster = world.store.cluster(self.request.object.cluster);
            self.vertical = cluster.and_then(|it| it.kind(vertical::GROUP, vertical::PLURAL));
        }
        if *need == Need::DryRun(0) {
            self.turn_to_skip(world);
        }
        self.check(world);
    }

    /// Of an Argo CD that knows no `enabled`.
    fn turn_to_skip(&mut self, world: &World<'_>) {
        if self.request.action == Action::SuspendSync && self.drops_enabled() {
            self.skips = true;
            self.answers.remove(&Need::DryRun(0));
            self.plan = self.make(world);
        }
    }

    fn drops_enabled(&self) -> bool {
        let plan = self.plan.as_ref().and_then(|it| it.as_ref().ok());
        let switches = plan.is_some_and(|it| it.after.auto_sync == Some(false));
        let dry = self.accepted(&Need::DryRun(0));
        switches && dry.is_some_and(|it| !auto_sync::is_kept(&it.exact))
    }

    fn check(&mut self, world: &World<'_>) {
        let Some(Ok(plan)) = &self.plan else { return };
        let Some(object) = self.written(plan) else {
            return;
        };
        let settings = hold::settings(world, plan, object);
        let suspended = self.request.suspended.as_ref();
        let hold = self
            .ignored(settings.as_ref())
            .map(|ignored| hold::hold(world, plan, object, suspended, &ignored));
        let checks = check::checks(self, plan, &self.case(object, world));
        let unread = check::unread_settings(self, settings.as_ref());
        self.checks = checks.into_iter().chain(unread).collect();
        (self.hold, self.settings) = (hold, settings.map(Box::new));
    }

    /// What is compared in no Application; None while that is asked.
    fn ignored(&self, settings: Option<&ObjectRef>) -> Option<Vec<Ignored>> {
        let Some(settings) = settings else {
            return Some(Vec::new());
        };
        let reply = self.reply(&Need::Settings(settings.clone()))?;
        let map = reply.accepted();
        Some(map.map_or_else(Vec::new, |it| hold::ignored(&it.exact)))
    }

    fn case<'a>(&'a self, object: &'a super::Accepted, world: &'a World<'a>) -> Case<'a> {
        Case {
            request: &self.request,
            object,
            world,
            at: self.at,
        }
    }

    fn accepted(&self, need: &Need) -> Option<&super::Accepted> {
        self.reply(need)?.accepted()
    }

    /// None until all that it is made from was told.
    fn make(&self, world: &World<'_>) -> Option<Result<Plan, Refusal>> {
        let read: Vec<Need> = self.reads().into_iter().map(|(need, _)| need).collect();
        let mut documents = read.iter().filter(|need| **need != Need::Myself);
        if let Some(refusal) = documents.clone().find_map(|need| self.unread(need)) {
            return Some(Err(refusal));
        }
        if !documents.all(|need| self.accepted(need).is_some()) {
            return None;
        }
        // A sync carries the name of who asks.
        if matches!(
            self.request.action,
            Action::Sync { .. } | Action::SyncDryRun { .. } | Action::Redeploy { .. }
        ) {
            self.reply(&Need::Myself)?;
        }
        let object = self.accepted(&Need::Object)?;
        let uid = object.exact["metadata"]["uid"].as_str().unwrap_or_default();
        let wanted = self.request.object.uid;
        if wanted.is_some_and(|it| it != Uid::from_text(uid)) {
            return Some(Err(Refusal::Recreated));
        }
        let case = self.case(object, world);
        let plan = match &self.request.action {
            Action::RollBack(target) => {
                let keeper = self.accepted(&Need::Keeper)?;
                rollback::plan(&case, target, keeper, self.accepted(&Need::Holder))
            }
            Action::Redeploy { entry } => {
                rollback::application::plan(&case, self.user().as_deref(), *entry)
            }
            Action::Scale(to) => scale::plan(&case, self.accepted(&Need::Scale)?, *to),
            Action::Restart => restart::plan(&case),
            Action::Pause => pause::pause(&case),
            Action::Resume => pause::resume(&case),
            Action::Evict => Ok(pods::evict(&case)),
            Action::Delete => Ok(pods::delete(&case)),
            Action::Suspend => pause::suspend(&case, true),
            Action::Unsuspend => pause::suspend(&case, false),
            Action::RunNow => Ok(run_now::plan(&case)),
            Action::SuspendSync if self.skips => auto_sync::skip::suspend(&case),
            Action::SuspendSync => auto_sync::suspend(&case),
            Action::RestoreSync => auto_sync::restore(&case),
            Action::SwitchEnvironment { on } => {
                let list = self.accepted(&Need::Environments)?;
                console::plan(&case, self.switch.as_ref()?, list, *on)
            }
            Action::Sync { prune } => sync::sync(&case, self.user().as_deref(), *prune),
            Action::SyncDryRun { prune } => sync::rehearse(&case, self.user().as_deref(), *prune),
            Action::Refresh { hard } => sync::refresh(&case, *hard),
            Action::Terminate => sync::terminate(&case),
            Action::Reconcile => flux::reconcile(&case),
            Action::SuspendFlux => flux::suspend(&case),
            Action::ResumeFlux => flux::resume(&case),
            Action::Promote { full: false } => deliver::promote(&case),
            Action::Promote { full: true } => deliver::promote_full(&case),
            Action::Abort => deliver::abort(&case),
            Action::Retry => deliver::retry(&case),
        };
        Some(plan.map(|mut plan| {
            let written = self.written(&plan).unwrap_or(object);
            plan.notes.splice(0..0, self.moved_since(written));
            plan.notes.extend(lasting::left_off(world, &self.request));
            let form = console::unreached(world, &self.request);
            plan.notes.extend(form.map(|switch| {
                let console = world.guard.console.as_ref();
                Note::ConsoleLasts(console.map(|it| it.page(&switch)))
            }));
            plan
        }))
    }

    /// Whether somebody wrote since the action that is taken back.
    fn moved_since(&self, object: &super::Accepted) -> Option<Note> {
        // A step is left behind by whoever goes on, itself first.
        let left = &Before {
            step: None,
            ..self.request.undoes.as_ref()?.left.clone()
        };
        let held = moved::held(left, object, self.accepted(&Need::Scale));
        let by = || moved::writer(left, object).map(|it| it.name);
        (!moved::same(left, &held)).then(|| Note::MovedSince(by()))
    }

    /// Why a document is not there.
    fn unread(&self, need: &Need) -> Option<Refusal> {
        let object = &self.request.object;
        let (kind, gone) = match (need, &self.request.action) {
            (Need::Keeper, Action::RollBack(target)) => {
                let revision = target.number.unwrap_or_default();
                let gone = Refusal::Pruned {
                    revision,
                    oldest: None,
                };
                (&target.keeper.kind, gone)
            }
            (Need::Holder, Action::RollBack(target)) => {
                let holder = target.holder.as_ref().unwrap_or(object);
                let gone = Refusal::KeptBy {
                    kind: holder.kind.name().to_owned(),
                    name: holder.name.to_string(),
                };
                (&holder.kind, gone)
            }
            (Need::Scale, _) => (&object.kind, Refusal::NoScale),
            (Need::Environments, _) => (&object.kind, Refusal::NoEnvironment),
            _ => (&object.kind, Refusal::Gone),
        };
        match self.reply(need)? {
            Reply::Accepted(_) => None,
            Reply::Refused(Refused { code: 404, .. }) => Some(gone),
            Reply::Refused(Refused { code: 403, .. }) if *need != Need::Environments => {
                Some(Refusal::Unreadable {
                    right: format!("get {}", kind.resource()),
                })
            }
            Reply::Refused(refused) => Some(Refusal::ReadRefused {
                code: refused.code,
                message: refused.message.clone(),
            }),
            Reply::NotSent(unsent) => Some(Refusal::Unread(unsent.clone())),
            Reply::Unknown(problem) => {
                Some(Refusal::Unread(super::Unsent::Problem(problem.clone())))
            }
        }
    }

    pub fn reply(&self, need: &Need) -> Option<&Reply> {
        self.answers.get(need)?.as_ref()
    }

    /// To the cluster; None while that is not known.
    pub fn user(&self) -> Option<String> {
        let review = self.accepted(&Need::Myself)?;
        let user = review.shown["status"]["userInfo"]["username"].as_str()?;
        Some(user.to_owned())
    }

    /// The object that is changed, with the identity that it was read under.
    pub fn object(&self) -> ObjectRef {
        let read = self.accepted(&Need::Object);
        let uid = read.and_then(|it| it.exact["metadata"]["uid"].as_str());
        let object = &self.request.object;
        ObjectRef {
            uid: object.uid.or_else(|| uid.map(Uid::from_text)),
            ..object.clone()
        }
    }

    pub(super) fn vertical(&self) -> Option<&ObjectKind> {
        self.vertical.as_ref()
    }

    pub fn read_only(&self) -> bool {
        self.read_only
    }

    pub fn plan(&self) -> Option<&Result<Plan, Refusal>> {
        self.plan.as_ref()
    }

    pub fn hold(&self) -> Option<&Hold> {
        self.hold.as_ref()
    }

    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// Whether something is still to be answered.
    pub fn asks(&self) -> bool {
        let waits = self.checks.iter().any(|it| it.verdict == Verdict::Asked);
        let unanswered = self.reply(&Need::Myself).is_none();
        match &self.plan {
            None => true,
            Some(Err(_)) => false,
            Some(Ok(_)) => waits || unanswered,
        }
    }

    /// Why it cannot be confirmed, once everything is answered.
    pub fn refusal(&self) -> Option<Refusal> {
        if let Err(refusal) = self.plan.as_ref()? {
            return Some(refusal.clone());
        }
        if self.read_only {
            return Some(Refusal::ReadOnly);
        }
        if self.drops_enabled() {
            return Some(Refusal::NoEnabled);
        }
        let fails = |it: &&Check| it.subject.blocks() && it.verdict == Verdict::Fails;
        let check = self.checks.iter().find(fails)?;
        Some(match &check.detail {
            check::Detail::Denied { right, user } => Refusal::Denied {
                right: right.clone(),
                user: user.clone(),
            },
            check::Detail::Frozen { name, until } => Refusal::Frozen {
                name: name.clone(),
                until: *until,
            },
            check::Detail::Refused { code, message } => Refusal::Server {
                code: *code,
                message: message.clone(),
            },
            _ => return None,
        })
    }

    /// What tells why a `test` failed: the same documents once more.
    pub(super) fn rereads(&self) -> Vec<(Need, Call)> {
        let object = &self.request.object;
        let mut reads = vec![(Need::Object, Call::get(object))];
        if matches!(self.request.action, Action::Scale(_)) {
            let path = scale::path(object);
            reads.push((
                Need::Scale,
                Call::to(object.cluster, Method::Get, path, None),
            ));
        }
        reads.extend(self.holder());
        reads.extend(self.environments());
        reads
    }

    /// What the person types to confirm: the environment's name where a slip would hurt, or a check fails; None where `Enter`
    /// does.
    pub fn name_to_type(&self, place: &Place) -> Option<String> {
        let hurts = matches!(place.class, Class::Production | Class::Unknown);
        let fails = self.checks.iter().any(|it| it.verdict == Verdict::Fails);
        (hurts || fails || self.is_wide() || self.protected.is_some()).then(|| name_of(place))
    }

    /// It touches a whole environment, in the console.
    pub fn is_wide(&self) -> bool {
        matches!(self.request.action, Action::SwitchEnvironment { .. })
    }

    /// Why the configuration asks for the name, where it says so.
    pub fn protected_for(&self) -> Option<&str> {
        self.protected.as_deref().filter(|it| !it.is_empty())
    }
}

/// What takes that back writes it again, and not the field.
fn took_skip_off(request: &Request) -> bool {
    let undone = request.undoes.as_ref();
    undone.is_some_and(|it| it.left.skips == Some(false))
}

/// The first reason that is given, where several protect it.
fn protection(world: &World<'_>, object: &ObjectRef) -> Option<String> {
    let place = insight::known_place(world.store, world.places, object);
    let cluster = world.store.cluster(object.cluster);
    let context = cluster.map(|it| it.name().as_str()).unwrap_or_default();
    let protected = world.guard.protected.iter();
    let reasons = protected.filter_map(|it| it.covers(context, &place));
    let reason = reasons.reduce(|first, then| if first.is_empty() { then } else { first })?;
    Some(reason.to_owned())
}

/// `betaapp/prod`, as people read it.
pub fn name_of(place: &Place) -> String {
    if place.environment.is_empty() {
        place.tenant.to_string()
    } else {
        format!("{}/{}", place.tenant, place.environment)
    }
}

/// Where a right to the object is given: an Application is in another namespace than what it deploys.
pub fn rights_in(object: &ObjectRef, place: &Place) -> String {
    if object.kind == Kind::Application {
        return object.namespace.to_string();
    }
    name_of(place)
}
