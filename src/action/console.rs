//! Auto-sync of a whole environment of Cloud Pi Native, by the switch in the platform's console: where Applications are written
//! anew, what lasts beside git.
//!
//! The API (cloud-pi-native/console `apps/server-nestjs/src/modules/environment`) lists the environments of a project, and puts
//! cpu, gpu, memory and autosync of one, all four. It keeps no version, so a write comes right after one more reading. It answers
//! once the platform's services are told, and with a 500 where one of them failed although the switch is set.

use serde_json::{Number, Value, json};

use super::call::{Accepted, Call, Door, Method};
use super::entry::Entry;
use super::hold::{Hold, Reason};
use super::plan::{Case, Changes, Note, Plan, Refusal, Step, StepKind, Undo};
use super::record::{Before, Environment, HoldVerdict, Intent, Verb};
use super::request::{Action, Request};
use super::{World, lasting, sync, undo};
use crate::insight::{Applications, Environments, Kept, Switch};
use crate::model::{Application, ClusterId, ObjectRef, Text};
use crate::store::Store;

/// Letters of a name that are shown and kept; the console's own have eleven at most.
const LONGEST: usize = 40;

/// The console of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// Without a slash at its end.
    pub url: String,
    /// There is a token to ask it with.
    pub open: bool,
}

impl Console {
    /// Where a person finds the form of the environment.
    pub fn page(&self, switch: &Switch) -> String {
        let plain = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if switch.slug.is_empty() || !switch.slug.chars().all(plain) {
            return self.url.clone();
        }
        format!("{}/projects/{}", self.url, switch.slug)
    }
}

/// The environment that an Application is of.
pub fn switch(store: &Store, object: &ObjectRef) -> Option<Switch> {
    let cluster = store.cluster(object.cluster)?;
    let kept = Kept {
        home: object.cluster,
        application: cluster.application(object.uid?)?,
    };
    Environments::of(store).switch(&Applications::of(store), kept)
}

/// The environment whose switch alone would last, where it cannot be asked for here.
pub fn unreached(world: &World<'_>, request: &Request) -> Option<Switch> {
    let open = world.guard.console.as_ref().is_some_and(|it| it.open);
    if open || request.suspended.is_some() || !lasting::ways(world, request).is_empty() {
        return None;
    }
    let keeper = lasting::rewritten(world, request)?;
    switch(world.store, &keeper)
}

/// What gives auto-sync back to the environment of the Application: only what a record says was taken away.
pub fn restore(store: &Store, entries: &[Entry], object: &ObjectRef) -> Option<Request> {
    let application = store.cluster(object.cluster)?.application(object.uid?)?;
    if application.automated.is_some() || application.skips_reconcile() {
        return None;
    }
    let entry = switched_off(entries, &switch(store, object)?.id)?;
    Some(Request {
        undoes: Some(undo::undone(&entry.intent)),
        ..Request::new(object.clone(), Action::SwitchEnvironment { on: true })
    })
}

/// The action that switched auto-sync of the environment off, where it is the last one on that switch and is not taken back.
/// `entries` are newest first.
pub fn switched_off<'a>(entries: &'a [Entry], environment: &str) -> Option<&'a Entry> {
    let own = |it: &&Entry| {
        let written = it.intent.after.environment.as_ref();
        written.is_some_and(|it| it.id == environment) && it.is_done()
    };
    let last = entries.iter().find(own)?;
    (last.intent.verb == Verb::SuspendSync).then_some(last)
}

/// All environments of the project: one alone cannot be asked for.
pub(super) fn read(cluster: ClusterId, project: &str) -> Call {
    let path = format!("/api/v2/projects/{project}/environments");
    Call {
        door: Door::Console,
        ..Call::to(cluster, Method::Get, path, None)
    }
}

/// What the list says of one of them; None where it does not name it, or says it otherwise than is known of the API.
pub(super) fn told(list: &Accepted, project: &str, id: &str) -> Option<(Environment, bool)> {
    let items = list.exact.as_array()?;
    let at = items.iter().position(|it| it["id"] == id)?;
    let own = &items[at];
    let number = |field: &str| match &own[field] {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    };
    let name = list.shown[at]["name"].as_str().unwrap_or_default();
    let environment = Environment {
        project: project.to_owned(),
        id: id.to_owned(),
        name: name.chars().take(LONGEST).collect(),
        cpu: number("cpu")?,
        gpu: number("gpu")?,
        memory: number("memory")?,
    };
    Some((environment, own["autosync"].as_bool()?))
}

/// As the console has it now, in the fields of a record.
pub(super) fn now(intent: &Intent, list: &Accepted) -> Option<Before> {
    let seen = intent.before.environment.as_ref()?;
    let (environment, on) = told(list, &seen.project, &seen.id)?;
    Some(fields(environment, on))
}

fn fields(environment: Environment, on: bool) -> Before {
    Before {
        auto_sync: Some(on),
        environment: Some(Box::new(environment)),
        ..Before::default()
    }
}

/// What the console said when the plan was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    environment: Environment,
    on: bool,
}

impl Seen {
    /// What is asked right before the write.
    pub fn call(&self, cluster: ClusterId) -> Call {
        read(cluster, &self.environment.project)
    }

    /// Whether the answer is still the same.
    pub fn stands(&self, list: &Accepted) -> bool {
        let (project, id) = (&self.environment.project, &self.environment.id);
        told(list, project, id) == Some((self.environment.clone(), self.on))
    }
}

impl Environment {
    /// As a `PUT` has it.
    fn body(&self, autosync: bool) -> Value {
        let number = |it: &Number| Value::Number(it.clone());
        json!({
            "cpu": number(&self.cpu),
            "gpu": number(&self.gpu),
            "memory": number(&self.memory),
            "autosync": autosync,
        })
    }
}

/// `list` was read a moment ago.
pub(super) fn plan(
    case: &Case<'_>,
    switch: &Switch,
    list: &Accepted,
    on: bool,
) -> Result<Plan, Refusal> {
    let (environment, is_on) =
        told(list, &switch.project, &switch.id).ok_or(Refusal::NoEnvironment)?;
    match (is_on, on) {
        (true, true) => return Err(Refusal::AutoSyncOn),
        (false, false) => return Err(Refusal::SwitchedOff),
        _ => {}
    }
    let object = &case.request.object;
    let read = read(object.cluster, &switch.project);
    let call = Call {
        method: Method::Put,
        path: format!("{}/{}", read.path, switch.id),
        body: Some(environment.body(on)),
        seen: Some(Box::new(Seen {
            environment: environment.clone(),
            on: is_on,
        })),
        ..read
    };
    let (verb, inverse) = if on {
        (Verb::RestoreSync, Verb::SuspendSync)
    } else {
        (Verb::SuspendSync, Verb::RestoreSync)
    };
    Ok(Plan {
        object: object.clone(),
        verb,
        before: fields(environment.clone(), is_on),
        after: fields(environment.clone(), on),
        changes: Changes::AutoSync(on),
        by_hand: vec![curl(case.world, &call)],
        steps: vec![Step {
            kind: StepKind::Itself,
            call,
        }],
        notes: notes(case, switch, &environment, on),
        undo: Undo::Verb(inverse),
        template: None,
    })
}

fn notes(case: &Case<'_>, switch: &Switch, environment: &Environment, on: bool) -> Vec<Note> {
    let store = case.world.store;
    let applications = Applications::of(store);
    let switched = Environments::of(store).switched(&applications, switch);
    let mut names: Vec<Text> = switched
        .iter()
        .map(|it| it.application.meta.name.clone())
        .collect();
    names.sort();
    let wide = Note::EnvironmentWide {
        environment: environment.name.clone(),
        applications: names,
    };
    let back = on.then(|| sync::git_comes_back(&case.object.shown));
    let kept = (!on).then_some(Note::NotOnApplication);
    let back = back.into_iter().flatten();
    [wide]
        .into_iter()
        .chain(back)
        .chain([Note::Unversioned])
        .chain(kept)
        .collect()
}

/// The token stands in a file of its own, which curl reads as a header.
fn curl(world: &World<'_>, call: &Call) -> Vec<String> {
    let url = world
        .guard
        .console
        .as_ref()
        .map_or("", |it| it.url.as_str());
    let body = call.body.as_ref().map(ToString::to_string);
    let url = format!("{url}{}", call.path);
    let body = body.unwrap_or_default();
    let words = [
        "curl",
        "-X",
        "PUT",
        &url,
        "-H",
        "@x-dso-token.txt",
        "--json",
        &body,
    ];
    words.into_iter().map(str::to_owned).collect()
}

/// The platform itself reads the switch and writes the Applications by it.
pub(super) fn hold(plan: &Plan) -> Option<Hold> {
    let environment = plan.after.environment.as_ref()?;
    Some(Hold {
        verdict: HoldVerdict::Holds,
        reason: Reason::Console(environment.name.as_str().into()),
        proof: vec![format!("{}: {}", Application::ENVIRONMENT, environment.id)],
    })
}

#[cfg(test)]
mod tests;
