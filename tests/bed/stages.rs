//! What becomes of pods and nodes, as kwok stages.
//!
//! The annotation `vigie.test/fate` on a pod (so, on a pod template: a *revision* carries its fate) is one of
//! `ready` (the default), `slow`, `unready`, `pull`, `crash`, `oom`, `done` (the default under a Job), `failed`, `evicted`.
//! Its details are annotations too: `vigie.test/delay` (of slow, oom, done and failed), `/message`, `/exit-code`, `/restarts`
//! (to start from), `/pod-ip`, `/log` (see `ControlPlane::write_log`). Unschedulable needs no stage: an impossible
//! `nodeSelector` does it. On a Node the same annotation is `ready`, `lost`, `down` or `disk-pressure`.

use serde_json::{Value, json};

/// Questions about a pod, in kwok's query language. A stage that holds again after its own write would loop: each asks for
/// the state before it.
const POD_WORDS: &str = r#"
def alive: .metadata.deletionTimestamp == null and (.status.phase == "Pending" or .status.phase == "Running");
def note(name): .metadata.annotations["vigie.test/" + name];
def in_job: any(.metadata.ownerReferences[]?; .kind == "Job");
def fate: note("fate") // (if in_job then "done" else "ready" end);
def doomed: fate == "crash" or fate == "oom";
def first: (.status.containerStatuses // [])[0];
def new: first == null;
def runs: first.state.running != null;
def waits: first.state.waiting.reason // "";
def serves: (.status.containerStatuses // []) | length > 0 and all(.[]; .ready);
def logged: note("log") == null or note("log-served") != null;
"#;

const NODE_WORDS: &str = r#"
def fate: .metadata.annotations["vigie.test/fate"] // "ready";
def is(kind): [.status.conditions[]? | select(.type == kind) | .status][0] // "";
"#;

const POD_STATUS: &str = include_str!("stages/pod-status.tpl");
const NODE_STATUS: &str = include_str!("stages/node-status.tpl");

struct Stage {
    name: &'static str,
    when: &'static str,
    /// A duration in the query language, null for at once.
    delay: &'static str,
    becomes: &'static str,
    event: Option<(&'static str, &'static str)>,
}

const fn stage(name: &'static str, when: &'static str, becomes: &'static str) -> Stage {
    Stage {
        name,
        when,
        delay: "",
        becomes,
        event: None,
    }
}

impl Stage {
    const fn after(self, delay: &'static str) -> Self {
        Self { delay, ..self }
    }

    const fn telling(self, reason: &'static str, message: &'static str) -> Self {
        Self {
            event: Some((reason, message)),
            ..self
        }
    }
}

const PODS: [Stage; 15] = [
    stage("ready", r#"fate == "ready" and (serves | not)"#, "ready"),
    stage("slow", r#"fate == "slow" and new"#, "creating"),
    stage(
        "slow-end",
        r#"fate == "slow" and waits == "ContainerCreating""#,
        "ready",
    )
    .after(r#"note("delay") // "5s""#),
    stage(
        "unready",
        r#"fate == "unready" and (new or serves or waits != "")"#,
        "unready",
    )
    .telling(
        "Unhealthy",
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
    ),
    stage(
        "unready-still",
        r#"fate == "unready" and runs and (serves | not)"#,
        "unready",
    )
    .after(r#""10s""#)
    .telling(
        "Unhealthy",
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
    ),
    stage("pull", r#"fate == "pull" and (new or runs)"#, "pull-error")
        .telling("Failed", "Error: ErrImagePull"),
    stage(
        "pull-back-off",
        r#"fate == "pull" and waits == "ErrImagePull""#,
        "pull-back-off",
    )
    .after(r#""500ms""#)
    .telling("Failed", "Error: ImagePullBackOff"),
    stage(
        "pull-again",
        r#"fate == "pull" and waits == "ImagePullBackOff""#,
        "pull-error",
    )
    .after(r#""20s""#)
    .telling("Failed", "Error: ErrImagePull"),
    stage(
        "crash-start",
        r#"fate == "crash" and (new or waits == "ImagePullBackOff")"#,
        "started",
    ),
    stage(
        "oom-start",
        r#"fate == "oom" and (new or waits == "ImagePullBackOff")"#,
        "serving",
    ),
    stage("fall", "doomed and runs", "back-off")
        .after(r#"if fate == "oom" then note("delay") // "2s" else "300ms" end"#)
        .telling("BackOff", "Back-off restarting failed container"),
    // The kubelet's own back-off, five times faster at the start and with its bound.
    stage(
        "crash-again",
        r#"fate == "crash" and waits == "CrashLoopBackOff""#,
        "started",
    )
    .after(BACK_OFF),
    stage(
        "oom-again",
        r#"fate == "oom" and waits == "CrashLoopBackOff""#,
        "serving",
    )
    .after(BACK_OFF),
    stage(
        "job-start",
        r#"(fate == "done" or fate == "failed") and new"#,
        "ready",
    ),
    stage("evicted", r#"fate == "evicted""#, "evicted").telling(
        "Evicted",
        "The node was low on resource: ephemeral-storage.",
    ),
];

const BACK_OFF: &str =
    r#"([2 * pow(2; first.restartCount - 1), 300] | min | floor | tostring) + "s""#;

const JOB_ENDS: [Stage; 2] = [
    stage("done", r#"fate == "done" and runs"#, "succeeded").after(r#"note("delay") // "1s""#),
    stage("failed", r#"fate == "failed" and runs"#, "failed").after(r#"note("delay") // "1s""#),
];

const NODES: [Stage; 4] = [
    stage(
        "node-ready",
        r#"fate == "ready" and (is("Ready") != "True" or is("DiskPressure") != "False")"#,
        "ready",
    ),
    stage(
        "node-lost",
        r#"fate == "lost" and is("Ready") != "Unknown""#,
        "lost",
    ),
    stage(
        "node-down",
        r#"fate == "down" and is("Ready") != "False""#,
        "down",
    ),
    stage(
        "node-disk-pressure",
        r#"fate == "disk-pressure" and is("DiskPressure") != "True""#,
        "disk-pressure",
    ),
];

/// The whole configuration of kwok; `logs` is the folder with the pods' logs.
pub(crate) fn documents(logs: &str) -> String {
    let pods = PODS.iter().chain(&JOB_ENDS).map(|stage| {
        let when = format!("alive and logged and {}", stage.when);
        document(stage, "Pod", POD_WORDS, &when, POD_STATUS)
    });
    let nodes = NODES
        .iter()
        .map(|stage| document(stage, "Node", NODE_WORDS, stage.when, NODE_STATUS));
    let others = [delete(), serve_log(logs), default_log(logs)];
    // JSON is YAML.
    let all: Vec<String> = pods
        .chain(nodes)
        .chain(others)
        .map(|document| document.to_string())
        .collect();
    all.join("\n---\n")
}

fn selector(words: &str, when: &str) -> Value {
    let query = format!(r#"{words} if {when} then "yes" else "no" end"#);
    json!({"matchExpressions": [{"key": query, "operator": "In", "values": ["yes"]}]})
}

fn document(stage: &Stage, kind: &str, words: &str, when: &str, status: &str) -> Value {
    let template = format!("{{{{- $become := \"{}\" -}}}}\n{status}", stage.becomes);
    let mut next = json!({"statusTemplate": template});
    if let Some((reason, message)) = stage.event {
        next["event"] = json!({"type": "Warning", "reason": reason, "message": message});
    }
    let mut spec = json!({
        "resourceRef": {"apiGroup": "v1", "kind": kind},
        "selector": selector(words, when),
        "next": next,
    });
    if !stage.delay.is_empty() {
        let query = format!("{words} {}", stage.delay);
        spec["delay"] =
            json!({"durationMilliseconds": 0, "durationFrom": {"expressionFrom": query}});
    }
    wrap("Stage", stage.name, &spec)
}

fn wrap(kind: &str, name: &str, spec: &Value) -> Value {
    json!({"apiVersion": "kwok.x-k8s.io/v1alpha1", "kind": kind, "metadata": {"name": name}, "spec": spec})
}

fn delete() -> Value {
    wrap(
        "Stage",
        "delete",
        &json!({
            "resourceRef": {"apiGroup": "v1", "kind": "Pod"},
            "selector": selector(POD_WORDS, ".metadata.deletionTimestamp != null"),
            "next": {"delete": true},
        }),
    )
}

/// Before a pod that names a log starts, a Logs object of its name tells kwok's kubelet server which file to serve.
fn serve_log(logs: &str) -> Value {
    let object = format!(
        r#"apiVersion: kwok.x-k8s.io/v1alpha1
kind: Logs
metadata:
  name: {{{{ .metadata.name }}}}
  namespace: {{{{ .metadata.namespace }}}}
  ownerReferences:
  - {{apiVersion: v1, kind: Pod, name: {{{{ .metadata.name }}}}, uid: {{{{ .metadata.uid }}}}}}
spec:
  logs:
  - logsFile: {logs}/{{{{ index .metadata.annotations "vigie.test/log" }}}}.log
    previousLogsFile: {logs}/{{{{ index .metadata.annotations "vigie.test/log" }}}}.previous.log
    follow: true
"#
    );
    wrap(
        "Stage",
        "log",
        &json!({
            "resourceRef": {"apiGroup": "v1", "kind": "Pod"},
            "selector": selector(POD_WORDS, "alive and (logged | not)"),
            "steps": [
                {"apply": {"template": object, "type": "merge"}},
                {"patch": {"root": "metadata", "type": "merge", "template": "annotations:\n  vigie.test/log-served: \"yes\"\n"}},
            ],
        }),
    )
}

fn default_log(logs: &str) -> Value {
    let file = |name: &str| format!("{logs}/{name}.log");
    wrap(
        "ClusterLogs",
        "default",
        &json!({"logs": [{
            "logsFile": file("default"),
            "previousLogsFile": file("default.previous"),
            "follow": true,
        }]}),
    )
}

/// kwok's own definition is larger; the server only needs to keep what it is given.
pub(crate) fn log_definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "logs.kwok.x-k8s.io"},
        "spec": {
            "group": "kwok.x-k8s.io",
            "names": {"plural": "logs", "singular": "logs", "kind": "Logs", "listKind": "LogsList"},
            "scope": "Namespaced",
            "versions": [{
                "name": "v1alpha1",
                "served": true,
                "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
            }],
        },
    })
}
