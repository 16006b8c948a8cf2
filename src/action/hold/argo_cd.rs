//! What Argo CD will do to a change.

use serde_json::Value;

use super::settings::CONFIG_MAP;
use super::{Hold, Obscure, Reason, holds, meta};
use crate::action::call::Accepted;
use crate::action::declared::Declared;
use crate::action::plan::Plan;
use crate::action::record::{HoldVerdict, Verb};
use crate::action::{World, auto_sync, patch};
use crate::insight::{Applications, AutoSync, Conduct, Keeping, Kept};
use crate::model::{Application, ApplicationSet, Ignored, Kind, Meta, ObjectKind, ObjectRef, Text};
use crate::store::Seen;
use crate::tenancy::glob;

/// None where no Application keeps the object.
pub(super) fn hold(
    world: &World<'_>,
    plan: &Plan,
    read: &Accepted,
    suspended: Option<&ObjectRef>,
    ignored: &[Ignored],
) -> Option<Hold> {
    let applications = Applications::of(world.store);
    let meta = meta(&read.shown);
    let case = Case {
        suspended,
        ignored,
        ..Case::of(world, &applications, plan, read, &meta)
    };
    if plan.object.kind != Kind::Application {
        return case.hold();
    }
    let own = of_application(world, &applications, plan, suspended);
    if own
        .as_ref()
        .is_some_and(|it| !switches_off(plan) || is_undone(it))
    {
        return own;
    }
    // What goes off with it may be put back by the Application's own parent.
    let above = case.hold();
    match own {
        Some(own) => above.filter(is_undone).or(Some(own)),
        None => above,
    }
}

/// Auto-sync goes off with a rollback.
fn switches_off(plan: &Plan) -> bool {
    plan.verb == Verb::RollBack && plan.after.auto_sync == Some(false)
}

fn is_undone(hold: &Hold) -> bool {
    matches!(
        hold.verdict,
        HoldVerdict::UndoneWithinSeconds | HoldVerdict::Unknown
    )
}

/// The settings that may leave out of the comparison what the Application itself does not.
pub(super) fn settings(world: &World<'_>, plan: &Plan, read: &Accepted) -> Option<ObjectRef> {
    let applications = Applications::of(world.store);
    let meta = meta(&read.shown);
    let case = Case::of(world, &applications, plan, read, &meta);
    let Keeping::By(kept) = case.keeping()? else {
        return None;
    };
    let touched = case.touched()?;
    let compared = touched
        .iter()
        .any(|it| !case.leaves_out(kept.application, it));
    compared.then(|| ObjectRef {
        cluster: kept.home,
        kind: Kind::ConfigMap.into(),
        namespace: applications.control_plane(kept).clone(),
        name: CONFIG_MAP.into(),
        uid: None,
    })
}

fn instance(meta: &Meta) -> &str {
    meta.labels.get(Application::INSTANCE).unwrap_or_default()
}

/// Of a change that git never declares: the Application that keeps the object leaves it alone.
pub(super) fn of_status(world: &World<'_>, plan: &Plan, read: &Accepted) -> Option<Hold> {
    let applications = Applications::of(world.store);
    let object = &plan.object;
    let (group, kind, meta) = (object.kind.group(), object.kind.name(), meta(&read.shown));
    match applications.keeping(object.cluster, group, kind, &meta)? {
        Keeping::By(kept) => Some(holds(Reason::NotInGit(kept.application.meta.name.clone()))),
        _ => None,
    }
}

/// What is no field of an Application that git declares, and what its `ApplicationSet` puts back.
fn of_application(
    world: &World<'_>,
    applications: &Applications<'_>,
    plan: &Plan,
    suspended: Option<&ObjectRef>,
) -> Option<Hold> {
    let name = &plan.object.name;
    let asked = !matches!(
        plan.verb,
        Verb::SuspendSync | Verb::RestoreSync | Verb::RollBack
    );
    if asked {
        return Some(holds(Reason::OfArgoCd(name.clone())));
    }
    let cluster = world.store.cluster(plan.object.cluster)?;
    let kept = Kept {
        home: plan.object.cluster,
        application: cluster.application(plan.object.uid?)?,
    };
    let skip = auto_sync::skip::place();
    let written = match (plan.after.skips, plan.after.auto_sync) {
        (Some(_), _) => Some(skip.as_str()),
        (None, Some(_)) => Some(auto_sync::ENABLED),
        (None, None) => None,
    };
    let made = written.and_then(|path| made(applications, kept, path));
    made.or_else(|| (plan.verb == Verb::RollBack).then(|| redeployed(world, plan, kept, suspended)))
}

/// What becomes of what was gone back to, once auto-sync is off.
fn redeployed(
    world: &World<'_>,
    plan: &Plan,
    kept: Kept<'_>,
    suspended: Option<&ObjectRef>,
) -> Hold {
    let conduct = if switches_off(plan) || suspended == Some(&plan.object) {
        Conduct::Waits(AutoSync::Suspended)
    } else {
        Applications::of(world.store).conduct(kept, world.now)
    };
    Hold {
        verdict: HoldVerdict::UntilNextSync,
        reason: Reason::Differs {
            application: plan.object.name.clone(),
            conduct,
        },
        proof: vec![policy(kept.application)],
    }
}

/// Its `ApplicationSet` writes anew what stands at that path.
fn made(applications: &Applications<'_>, kept: Kept<'_>, path: &str) -> Option<Hold> {
    let name = &kept.application.meta.name;
    let maker = applications.maker(kept)?;
    let owner = format!("metadata.ownerReferences: ApplicationSet {}", maker.name);
    let Some(set) = maker.set else {
        let mut hold = obscure(name, Obscure::Generator);
        hold.proof.push(owner);
        return Some(hold);
    };
    if !rewrites(set, name, path) {
        return None;
    }
    Some(Hold {
        verdict: HoldVerdict::UndoneWithinSeconds,
        reason: Reason::Generated(maker.name.clone()),
        proof: vec![owner],
    })
}

/// Whether it puts back what stands at that path of an Application that it made.
pub(in crate::action) fn rewrites(set: &ApplicationSet, application: &str, path: &str) -> bool {
    let mut ignored = set.ignored.iter();
    let left_alone =
        ignored.any(|it| (it.name.is_empty() || it.name == application) && ignores(it, path));
    let mut preserved = set.preserved.iter();
    let preserved = preserved.any(|key| auto_sync::annotation(key) == path);
    set.updates() && !left_alone && !preserved
}

struct Case<'a, 's> {
    world: &'a World<'a>,
    applications: &'a Applications<'s>,
    plan: &'a Plan,
    read: &'a Accepted,
    meta: &'a Meta,
    suspended: Option<&'a ObjectRef>,
    /// By the settings, of whatever Application.
    ignored: &'a [Ignored],
}

impl<'a, 's> Case<'a, 's> {
    /// Alone: nothing goes off before, and the settings leave nothing out.
    fn of(
        world: &'a World<'a>,
        applications: &'a Applications<'s>,
        plan: &'a Plan,
        read: &'a Accepted,
        meta: &'a Meta,
    ) -> Self {
        Self {
            world,
            applications,
            plan,
            read,
            meta,
            suspended: None,
            ignored: &[],
        }
    }

    fn keeping(&self) -> Option<Keeping<'s>> {
        let object = &self.plan.object;
        let (group, kind) = (object.kind.group(), object.kind.name());
        self.applications
            .keeping(object.cluster, group, kind, self.meta)
    }

    fn hold(&self) -> Option<Hold> {
        let mut hold = match self.keeping()? {
            Keeping::By(kept) => self.kept(kept),
            Keeping::Nobody => self.obscure(Obscure::Elsewhere),
            Keeping::Unseen => self.obscure(Obscure::Unseen),
            Keeping::Untold => self.obscure(Obscure::Untold),
            Keeping::Labelled => self.obscure(Obscure::Labelled),
            Keeping::Several => self.obscure(Obscure::Several),
        };
        let (key, tracked) = match self.meta.annotations.get(Application::TRACKING_ID) {
            Some(id) => (Application::TRACKING_ID, id),
            None => (Application::INSTANCE, instance(self.meta)),
        };
        hold.proof.push(format!("{key}: {tracked}"));
        Some(hold)
    }

    fn kept(&self, kept: Kept<'_>) -> Hold {
        let application = kept.application;
        let name = &application.meta.name;
        if matches!(self.plan.verb, Verb::Delete | Verb::Evict) {
            return self.with(kept, self.differs(kept));
        }
        let Some(touched) = self.touched() else {
            return self.with(kept, obscure(name, Obscure::Undeclared));
        };
        if touched.is_empty() {
            return self.with(kept, holds(Reason::NotInGit(name.clone())));
        }
        let mut compared = touched
            .iter()
            .filter(|it| !self.is_left_out(application, it));
        let compared = compared.next();
        let mut hold = match compared {
            None => not_compared(application),
            Some(_) if self.rules(application).any(unread) => obscure(name, Obscure::Jq),
            Some(_) => self.differs(kept),
        };
        if compared.is_none() {
            let own = |path: &&String| self.leaves_out(application, path);
            if touched.iter().any(|it| own(&it)) {
                hold.proof
                    .push(format!("Application {name}: spec.ignoreDifferences"));
            }
            if !touched.iter().all(|it| own(&it)) {
                let space = self.applications.control_plane(kept);
                hold.proof
                    .push(format!("ConfigMap {space}/{CONFIG_MAP}: ignoreDifferences"));
            }
        }
        let declared = compared.or(touched.first());
        let declared = declared.map(|path| format!("git declares {path}"));
        hold.proof.splice(0..0, declared);
        self.with(kept, hold)
    }

    /// What changes of what git declares; None where what it declares is not told.
    fn touched(&self) -> Option<Vec<String>> {
        let Some((before, after)) = before_after(self.plan, self.read) else {
            return Some(Vec::new());
        };
        let declared = Declared::of(&self.read.exact);
        match declared {
            // A template that git does not name is no Deployment.
            Declared::Unknown
                if self.plan.verb == Verb::RollBack && self.plan.template.is_some() =>
            {
                Some(vec!["/spec/template".to_owned()])
            }
            Declared::Unknown => None,
            _ => Some(declared.touched(&before, &after)),
        }
    }

    /// By the Application itself.
    fn leaves_out(&self, application: &Application, path: &str) -> bool {
        let mut own = application.ignored.iter().filter(|it| self.is_for(it));
        own.any(|it| ignores(it, path))
    }

    fn is_left_out(&self, application: &Application, path: &str) -> bool {
        self.rules(application).any(|it| ignores(it, path))
    }

    fn rules<'b>(&'b self, application: &'b Application) -> impl Iterator<Item = &'b Ignored> {
        let all = application.ignored.iter().chain(self.ignored);
        all.filter(|it| self.is_for(it))
    }

    fn differs(&self, kept: Kept<'_>) -> Hold {
        let name = &kept.application.meta.name;
        let conduct = self.conduct(kept);
        if matches!(conduct, Conduct::Heals { .. }) && self.hidden_windows(kept) {
            return obscure(name, Obscure::Windows);
        }
        let verdict = match conduct {
            Conduct::Heals { .. } => HoldVerdict::UndoneWithinSeconds,
            Conduct::Unattended | Conduct::Syncs { .. } => HoldVerdict::Unknown,
            _ => HoldVerdict::UntilNextSync,
        };
        Hold {
            verdict,
            reason: Reason::Differs {
                application: name.clone(),
                conduct,
            },
            proof: Vec::new(),
        }
    }

    fn conduct(&self, kept: Kept<'_>) -> Conduct {
        let uid = Some(kept.application.meta.uid);
        // An operation under way ends as it would.
        let suspended = self.suspended.is_some_and(|it| it.uid == uid);
        let writes = kept.application.requested && !kept.application.rehearses;
        if suspended && !writes {
            return Conduct::Waits(AutoSync::Suspended);
        }
        self.applications.conduct(kept, self.world.now)
    }

    /// Whether its project may have some that cannot be seen.
    fn hidden_windows(&self, kept: Kept<'_>) -> bool {
        let (seen, project) = self.applications.project(kept);
        project.is_none() && seen != Seen::Whole
    }

    fn is_for(&self, ignored: &Ignored) -> bool {
        let kind: &ObjectKind = &self.plan.object.kind;
        let named = |wanted: &Text, value: &str| wanted.is_empty() || wanted == value;
        // Without a group the core one is meant.
        glob(&ignored.group, kind.group())
            && glob(&ignored.kind, kind.name())
            && named(&ignored.name, &self.meta.name)
            && named(&ignored.namespace, &self.meta.namespace)
    }

    /// What the Application itself says of it.
    fn with(&self, kept: Kept<'_>, mut hold: Hold) -> Hold {
        let home = self.world.store.cluster(kept.home);
        let home = home.map_or("", |it| it.name().as_str());
        let name = &kept.application.meta.name;
        hold.proof.push(format!(
            "Application {name} on {home}: {}",
            policy(kept.application)
        ));
        hold
    }

    fn obscure(&self, why: Obscure) -> Hold {
        let (group, kind) = (self.plan.object.kind.group(), self.plan.object.kind.name());
        let tracked = crate::insight::is_tracked(group, kind, self.meta);
        let tracked = tracked.unwrap_or_else(|| instance(self.meta));
        obscure(&tracked.into(), why)
    }
}

fn not_compared(application: &Application) -> Hold {
    let name = &application.meta.name;
    let synced = !application.respects_ignored;
    Hold {
        verdict: if synced {
            HoldVerdict::UntilNextSync
        } else {
            HoldVerdict::Holds
        },
        reason: Reason::NotCompared {
            application: name.clone(),
            synced,
        },
        proof: Vec::new(),
    }
}

fn obscure(application: &Text, why: Obscure) -> Hold {
    Hold {
        verdict: HoldVerdict::Unknown,
        reason: Reason::Obscure {
            application: application.clone(),
            why,
        },
        proof: Vec::new(),
    }
}

/// The fields that decide.
fn policy(application: &Application) -> String {
    let Some(automated) = application.automated else {
        return "no spec.syncPolicy.automated".to_owned();
    };
    let enabled = automated
        .enabled
        .map_or_else(String::new, |it| format!(" enabled={it}"));
    let sync = application
        .operation
        .as_ref()
        .map_or_else(String::new, |it| {
            format!(", status.operationState.phase={:?}", it.phase)
        });
    format!(
        "spec.syncPolicy.automated{enabled} selfHeal={}{sync}",
        automated.self_heal
    )
}

/// The object as it is and as the requests to it leave it; None where none patches it.
pub(super) fn before_after(plan: &Plan, read: &Accepted) -> Option<(Value, Value)> {
    let path = plan.object.path();
    let calls = plan.steps.iter().map(|it| &it.call);
    let mut own = calls.filter(|it| it.path.starts_with(&path));
    let first = patch::patched(&read.exact, own.next()?)?;
    let after = own.try_fold(first, |it, call| patch::patched(&it, call))?;
    Some((read.exact.clone(), after))
}

/// Whether the path, or one above it, is left out of the comparison.
fn ignores(ignored: &Ignored, path: &str) -> bool {
    let covers = |pointer: &str| {
        let rest = path.strip_prefix(pointer);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    let pointers = ignored.pointers.iter().any(|it| covers(it));
    let mut plain = ignored.jq.iter().filter_map(|it| pointer_of(it));
    let ours = |it: &Text| it == crate::action::FIELD_MANAGER;
    pointers || ignored.managers.iter().any(ours) || plain.any(|it| covers(&it))
}

fn unread(ignored: &Ignored) -> bool {
    ignored.jq.iter().any(|it| pointer_of(it).is_none())
}

/// `.spec.replicas` as a JSON pointer; None for what does more.
fn pointer_of(jq: &str) -> Option<String> {
    let rest = jq.strip_prefix('.')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_');
    rest.chars()
        .all(plain)
        .then(|| format!("/{}", rest.replace('.', "/")))
}

#[cfg(test)]
mod tests;
