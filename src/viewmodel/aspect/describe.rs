//! The object in words: what it is, how it stands, what it is made of, its events. From one request, whatever the kind.

mod names;

use serde_json::Value;

use super::{Aspect, Content, Known, Made, Text, empty, events, note, standing, whole};
use crate::insight::{ReleaseId, around_lookups, user_kinds};
use crate::model::{Lookup, Meta, Moment, ObjectRef};
use crate::viewmodel::{Facts, Jump, Piece, Tone, around, muted, text};

use names::Names;

/// Cells of the labels before what they say.
const GUTTER: usize = 18;
/// A copy of the whole object, which the rest of the page tells better.
const COPY: &str = "kubectl.kubernetes.io/last-applied-configuration";
/// Values of a status that another section tells, and the images that a node has, which are many.
const TOLD: [&str; 4] = [
    "conditions",
    "containerStatuses",
    "initContainerStatuses",
    "images",
];
/// Parts of a pod that have sections of their own, and what every pod has the same.
const PODS: [&str; 5] = [
    "containers",
    "initContainers",
    "template",
    "tolerations",
    "volumes",
];
/// Fields of an object that have sections of their own.
const SECTIONS: [&str; 7] = [
    "apiVersion",
    "kind",
    "metadata",
    "spec",
    "status",
    "data",
    "binaryData",
];
/// How deep plain values lie that are told: those of an Ingress lie six deep.
const DEPTH: usize = 8;
/// Lines of a section; who wants all looks at the YAML.
const MOST: usize = 120;

pub(super) fn lookups(facts: &Facts<'_>, object: &ObjectRef) -> Vec<Lookup> {
    let users = around_lookups(facts.store, object, user_kinds(object));
    let own = [whole(object), events::lookup(object)];
    own.into_iter().chain(users).collect()
}

pub(super) fn content<'a>(facts: &'a Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let Some(known) = facts.dossier.whole(&whole(object)) else {
        return empty(note(facts, object, None, Known::Nothing));
    };
    let Some(document) = known.document() else {
        return empty(note(facts, object, known.lack(), standing(known)));
    };
    let mut page = Page {
        facts,
        object,
        names: Names::within(facts.store, object),
        made: Made::default(),
    };
    page.describe(&document.value);
    page.title("describe-events");
    let events = events::content(facts, object);
    if let Some((_, words)) = &events.note {
        page.made.push(vec![muted(format!(" {words}"))]);
    }
    if let Text::Made(events) = events.text {
        page.made.events = events.events;
    }
    Content {
        text: Text::Made(page.made),
        note: note(facts, object, known.lack(), standing(known)),
    }
}

struct Page<'a> {
    facts: &'a Facts<'a>,
    object: &'a ObjectRef,
    names: Names<'a>,
    made: Made<'a>,
}

impl Page<'_> {
    fn describe(&mut self, value: &Value) {
        self.meta(&value["metadata"]);
        self.conditions(&value["status"]["conditions"]);
        self.users();
        let template = &value["spec"]["template"];
        let job = &value["spec"]["jobTemplate"]["spec"]["template"];
        let pods = [&template["spec"], &job["spec"], &value["spec"]];
        let pods = pods.into_iter().find(|it| it["containers"].is_array());
        if let Some(pods) = pods {
            self.containers(pods, &value["status"]);
        }
        self.scalars("describe-status", &value["status"], &TOLD);
        self.scalars("describe-spec", &value["spec"], &PODS);
        if let Some(pods) = pods {
            self.volumes(pods);
        }
        self.scalars("describe-fields", value, &SECTIONS);
        self.data(value);
    }

    /// What a `ConfigMap` keeps, a line each; of a Secret how much it is and nothing of what.
    fn data(&mut self, value: &Value) {
        let secret = self.object.kind.name() == "Secret";
        let fields = ["data", "binaryData"].into_iter();
        let fields = fields.filter_map(|it| value[it].as_object()).flatten();
        let mut lines = Vec::new();
        for (key, value) in fields {
            let words = word(value);
            let said = if secret {
                // Four letters of base64 are three bytes.
                let bytes = words.trim_end_matches('=').len() * 3 / 4;
                let bytes = [("bytes", bytes.into())];
                self.facts.catalogue.say_with("describe-bytes", &bytes)
            } else {
                one_line(&words)
            };
            lines.push(vec![muted(format!(" {key:<30} ")), text(said)]);
        }
        if !lines.is_empty() {
            self.title("describe-data");
            self.made.extend(lines);
        }
    }

    /// Each leads to its own description.
    fn users(&mut self) {
        let (facts, object) = (self.facts, self.object);
        let unread = around::unread(facts, object, user_kinds(object));
        let users = facts.users;
        if users.is_empty() && unread.is_empty() {
            return;
        }
        self.title("describe-users");
        for user in users {
            let words = format!(" {} {}", user.kind.name(), user.name);
            self.made.push(vec![text(words)]);
            self.made
                .leads(Some(Jump::Aspect(Aspect::Describe, user.clone())));
        }
        let unread = unread.into_iter();
        self.made
            .extend(unread.map(|it| vec![muted(format!(" {it}"))]));
    }

    fn meta(&mut self, meta: &Value) {
        self.said("describe-name", word(&meta["name"]));
        self.said("describe-namespace", word(&meta["namespace"]));
        if let Some(at) = meta["creationTimestamp"]
            .as_str()
            .and_then(Moment::from_rfc3339)
        {
            let age = self.age(at);
            self.said(
                "describe-created",
                format!(
                    "{}  {age}",
                    self.facts.zone.at(at).format("%Y-%m-%d %H:%M:%S %:z")
                ),
            );
        }
        if let Some(at) = meta["deletionTimestamp"]
            .as_str()
            .and_then(Moment::from_rfc3339)
        {
            let age = self.age(at);
            self.said("describe-deleting", age);
        }
        let owners = items(&meta["ownerReferences"]);
        let said = |it: &Value| format!("{} {}", word(&it["kind"]), word(&it["name"]));
        let owners = owners.map(|it| (said(it), self.names.owner(it)));
        let owners = owners.chain(self.release(meta)).collect();
        self.list_leading("describe-owner", owners);
        self.list("describe-labels", pairs(&meta["labels"], &[]));
        self.list("describe-annotations", pairs(&meta["annotations"], &[COPY]));
        self.list(
            "describe-finalizers",
            items(&meta["finalizers"]).map(word).collect(),
        );
    }

    /// Helm, where it says that it put the object there.
    fn release(&self, meta: &Value) -> Option<(String, Option<Jump>)> {
        let managed = meta["labels"]["app.kubernetes.io/managed-by"] == "Helm";
        let noted = |key: &str| meta["annotations"][key].as_str();
        let name = noted(Meta::HELM_RELEASE).filter(|_| managed)?;
        let own = meta["namespace"].as_str();
        let namespace = noted("meta.helm.sh/release-namespace").or(own)?;
        let id = ReleaseId {
            cluster: self.object.cluster,
            namespace: namespace.into(),
            name: name.into(),
        };
        Some((format!("Helm {name}"), Some(Jump::Release(id))))
    }

    /// `Ready  False  ContainersNotReady  14m  containers with unready status: [app]`.
    fn conditions(&mut self, conditions: &Value) {
        if items(conditions).next().is_none() {
            return;
        }
        self.title("describe-conditions");
        for condition in items(conditions) {
            let since = condition["lastTransitionTime"].as_str();
            let since = since.and_then(Moment::from_rfc3339);
            let age = since.map_or_else(String::new, |at| self.age(at));
            let status = word(&condition["status"]);
            let said = [word(&condition["reason"]), word(&condition["message"])];
            self.made.push(vec![
                text(format!(" {:<28}", word(&condition["type"]))),
                text(format!("{status:<8}")),
                muted(format!("{age:>4}  ")),
                text(one_line(said.join("  ").trim())),
            ]);
        }
    }

    /// Plain values of a part of the object: counts, addresses, policies.
    fn scalars(&mut self, title: &str, part: &Value, but: &[&str]) {
        let mut found = Vec::new();
        let Some(fields) = part.as_object() else {
            return;
        };
        for (key, value) in fields
            .iter()
            .filter(|(key, _)| !but.contains(&key.as_str()))
        {
            flatten(key, value, DEPTH, &mut found);
        }
        if found.is_empty() {
            return;
        }
        self.title(title);
        let more = found.len() > MOST;
        for (key, value) in found.into_iter().take(MOST) {
            let jump = self.names.field(part, &key, &value);
            self.made
                .push(vec![muted(format!(" {key:<30} ")), text(value)]);
            self.made.leads(jump);
        }
        if more {
            let words = self.facts.say("describe-more");
            self.made.push(vec![muted(format!(" {words}"))]);
        }
    }

    /// Those that something else fills.
    fn volumes(&mut self, spec: &Value) {
        let filled = items(&spec["volumes"]).filter_map(|it| Some((it, names::filler(it)?)));
        let filled: Vec<_> = filled.collect();
        if filled.is_empty() {
            return;
        }
        self.title("describe-volumes");
        for (volume, (kind, name)) in filled {
            let jump = self.names.core(kind, &name);
            self.under(&word(&volume["name"]), &format!("{kind} {name}"));
            self.made.leads(jump);
        }
    }

    fn containers(&mut self, spec: &Value, status: &Value) {
        for (list, statuses, title) in [
            ("initContainers", "initContainerStatuses", "describe-init"),
            ("containers", "containerStatuses", "describe-containers"),
        ] {
            if items(&spec[list]).next().is_none() {
                continue;
            }
            self.title(title);
            for container in items(&spec[list]) {
                let name = word(&container["name"]);
                let mut known = items(&status[statuses]);
                let known = known.find(|it| word(&it["name"]) == name);
                self.container(container, known);
            }
        }
    }

    fn container(&mut self, container: &Value, status: Option<&Value>) {
        self.made
            .push(vec![text(format!(" {}", word(&container["name"])))]);
        self.under("image", &word(&container["image"]));
        if let Some(status) = status {
            self.under("imageID", &word(&status["imageID"]));
            for (key, part) in [("state", "state"), ("last state", "lastState")] {
                self.under(key, &state(&status[part]));
            }
            self.under("ready", &word(&status["ready"]));
            self.under("restarts", &word(&status["restartCount"]));
        }
        for key in ["command", "args"] {
            let words: Vec<_> = items(&container[key]).map(word).collect();
            self.under(key, &words.join(" "));
        }
        let port = |it: &Value| format!("{} {}", word(&it["containerPort"]), word(&it["name"]));
        let ports: Vec<_> = items(&container["ports"]).map(port).collect();
        self.under("ports", &ports.join(", "));
        for part in ["requests", "limits"] {
            self.under(part, &pairs(&container["resources"][part], &[]).join(", "));
        }
        for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
            let mut said = Vec::new();
            flatten("", &container[probe], 3, &mut said);
            let said: Vec<_> = said
                .into_iter()
                .map(|(key, value)| format!("{} {value}", key.trim_start_matches('.')))
                .collect();
            self.under(probe, &said.join(", "));
        }
        for variable in items(&container["env"]) {
            let value = match &variable["valueFrom"] {
                Value::Null => word(&variable["value"]),
                from => source(from),
            };
            self.under("env", &format!("{} = {value}", word(&variable["name"])));
            self.made.leads(self.names.source(&variable["valueFrom"]));
        }
        for from in items(&container["envFrom"]) {
            self.under("env from", &source(from));
            self.made.leads(self.names.source(from));
        }
        for mount in items(&container["volumeMounts"]) {
            let said = format!(
                "{} from {}",
                word(&mount["mountPath"]),
                word(&mount["name"])
            );
            self.under("mount", &said);
        }
    }

    fn title(&mut self, id: &str) {
        if !self.made.is_empty() {
            self.made.push(Vec::new());
        }
        let title = self.facts.say(id);
        self.made.push(vec![Piece::Text(title, Tone::Accent)]);
    }

    fn said(&mut self, id: &str, words: String) {
        self.list(id, vec![words]);
    }

    /// The label once, then a line each.
    fn list(&mut self, id: &str, all: Vec<String>) {
        let all = all.into_iter().map(|words| (words, None));
        self.list_leading(id, all.collect());
    }

    fn list_leading(&mut self, id: &str, all: Vec<(String, Option<Jump>)>) {
        let mut label = self.facts.say(id);
        for (words, jump) in all.into_iter().filter(|(words, _)| !words.is_empty()) {
            let gutter = std::mem::take(&mut label);
            self.made.push(vec![
                muted(format!(" {gutter:<GUTTER$}")),
                text(one_line(&words)),
            ]);
            self.made.leads(jump);
        }
    }

    /// A field of a container, named as in a manifest.
    fn under(&mut self, key: &str, words: &str) {
        if !words.is_empty() {
            let gutter = GUTTER - 2;
            self.made.push(vec![
                muted(format!("   {key:<gutter$}")),
                text(one_line(words)),
            ]);
        }
    }

    fn age(&self, at: Moment) -> String {
        let now = self
            .facts
            .survey
            .cluster_now(self.object.cluster, self.facts.now);
        self.facts.catalogue.age(at.age(now))
    }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// A plain value as a person reads it; empty for what is none.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => String::new(),
    }
}

fn one_line(words: &str) -> String {
    words.replace(['\n', '\t'], " ")
}

fn pairs(map: &Value, but: &[&str]) -> Vec<String> {
    let pairs = map.as_object().into_iter().flatten();
    let pairs = pairs.filter(|(key, _)| !but.contains(&key.as_str()));
    pairs
        .map(|(key, value)| format!("{key}={}", word(value)))
        .collect()
}

/// Plain values under a key, as far as they lie so deep; lists of plain values on one line, others item by item.
fn flatten(key: &str, value: &Value, depth: usize, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(all) if all.iter().any(Value::is_object) => {
            for (at, item) in all.iter().enumerate() {
                flatten(&format!("{key}[{at}]"), item, depth, found);
            }
        }
        Value::Array(all) => {
            let words: Vec<_> = all.iter().map(word).filter(|it| !it.is_empty()).collect();
            if !words.is_empty() {
                found.push((key.to_owned(), one_line(&words.join(", "))));
            }
        }
        Value::Object(fields) if depth > 0 && found.len() <= MOST => {
            for (name, value) in fields {
                flatten(&format!("{key}.{name}"), value, depth - 1, found);
            }
        }
        // What lies deeper, and nothing at all.
        Value::Object(_) | Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        plain => found.push((key.to_owned(), one_line(&word(plain)))),
    }
}

/// `waiting CrashLoopBackOff: back-off 5m0s`, `terminated Error, exit 1, 2026-11-24T02:08:55Z`.
fn state(state: &Value) -> String {
    let Some((name, how)) = state.as_object().and_then(|it| it.iter().next()) else {
        return String::new();
    };
    let mut said = vec![name.clone()];
    for key in ["reason", "message", "startedAt", "finishedAt"] {
        said.push(word(&how[key]));
    }
    if let Some(code) = how["exitCode"].as_i64() {
        said.push(format!("exit {code}"));
    }
    said.retain(|it| !it.is_empty());
    said.join("  ")
}

/// Where a value comes from: the object and its key, never what it is.
fn source(from: &Value) -> String {
    let Some((key, kind)) = names::origin(from) else {
        return String::new();
    };
    let of = &from[key];
    let parts = [&of["name"], &of["fieldPath"], &of["resource"], &of["key"]];
    let parts: Vec<_> = parts
        .into_iter()
        .map(word)
        .filter(|it| !it.is_empty())
        .collect();
    format!("({kind} {})", parts.join(" "))
}
