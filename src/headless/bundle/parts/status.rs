//! How the object stands, as it is judged and as it says itself.

use serde_json::Value;

use super::super::write::Page;
use crate::headless::words;
use crate::insight::{Finding, Severity, pod_status};
use crate::model::{Kind, Moment, Rollout};

pub(in super::super) fn status(page: &mut Page<'_>) {
    page.title("bundle-status");
    let findings = page.case.findings();
    if findings.is_empty() {
        let none = if page.unread.is_empty() {
            "why-none"
        } else {
            "status-nothing-in-what-is-seen"
        };
        let none = page.say(none);
        page.sheet.paragraph(&none);
    } else {
        let said: Vec<_> = findings.iter().map(|it| sentence(page, it)).collect();
        page.sheet.items(&said);
    }
    let fields = fields(page);
    if fields.iter().any(|(_, value)| !value.is_empty()) {
        page.sheet.fields(&fields);
    }
    conditions(page);
}

/// `critical since 2026-11-24T03:12:44Z, 14m ago: 0 of 3 serve: exit 1`.
fn sentence(page: &Page<'_>, finding: &Finding) -> String {
    let case = page.case;
    let severity = page.say(match finding.severity {
        Severity::Critical => "severity-critical",
        Severity::Warning => "severity-warning",
    });
    let subject = &finding.subject;
    let other = subject.name != case.found.object.name;
    let arguments = [
        ("severity", severity.into()),
        (
            "at",
            finding
                .since
                .map_or_else(String::new, |it| page.dated(it))
                .into(),
        ),
        ("kind", subject.kind.as_str().into()),
        ("name", subject.name.as_str().into()),
        ("sentence", case.sentence(finding).into()),
    ];
    let id = match (finding.since, other) {
        (Some(_), false) => "bundle-finding",
        (Some(_), true) => "bundle-finding-of",
        (None, false) => "bundle-finding-undated",
        (None, true) => "bundle-finding-of-undated",
    };
    case.facts.catalogue.say_with(id, &arguments)
}

fn fields(page: &Page<'_>) -> Vec<(String, String)> {
    let case = page.case;
    let field = |id: &str, value: String| page.field(id, value);
    let object = &case.found.object;
    if object.kind == Kind::Pod {
        let pod = case.cluster.and_then(|it| it.pod(object.uid?));
        return pod.map_or_else(Vec::new, |pod| {
            let owner = pod.owner();
            let owner = owner.map_or_else(String::new, |it| format!("{} {}", it.kind, it.name));
            vec![
                field("bundle-state", pod_status(pod)),
                field("bundle-restarts", pod.restarts().to_string()),
                field("bundle-node", pod.node().to_owned()),
                field("bundle-owner", owner),
            ]
        });
    }
    let own = case.workload.as_ref();
    let Some(row) = own.filter(|it| Some(it.uid) == object.uid) else {
        return Vec::new();
    };
    let revision = row.revision.map_or_else(String::new, |it| it.to_string());
    vec![
        field(
            "bundle-state",
            words::state(row.state.word(), case.facts.catalogue),
        ),
        field("bundle-rollout", rollout(page, row.rollout)),
        field("bundle-ready", format!("{}/{}", row.ready, row.desired)),
        field("bundle-revision", revision),
        field("bundle-images", row.images.join(", ")),
        field("bundle-restarts", row.restarts.to_string()),
    ]
}

fn rollout(page: &Page<'_>, rollout: Option<Rollout>) -> String {
    let say = page.case.facts.catalogue;
    let of = |id: &str, done: u32, wanted: u32| {
        say.say_with(id, &[("done", done.into()), ("wanted", wanted.into())])
    };
    match rollout {
        None => String::new(),
        Some(Rollout::Complete) => page.say("rollout-complete"),
        Some(Rollout::DeadlineExceeded) => page.say("rollout-past"),
        Some(Rollout::Unobserved) => page.say("bundle-rollout-unobserved"),
        Some(Rollout::Aborted) => page.say("standing-aborted"),
        Some(Rollout::Stepping { step, steps }) => of("bundle-rollout-stepping", step, steps),
        Some(Rollout::Manual) => page.say("bundle-rollout-manual"),
        Some(Rollout::Updating { done, wanted }) => of("bundle-rollout-updating", done, wanted),
        Some(Rollout::Starting { done, wanted }) => of("bundle-rollout-starting", done, wanted),
        Some(Rollout::Retiring { old }) => {
            say.say_with("bundle-rollout-retiring", &[("old", old.into())])
        }
    }
}

/// What its controllers say of it.
fn conditions(page: &mut Page<'_>) {
    let case = page.case;
    let Some(object) = case.document(&case.found.object) else {
        return;
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let conditions = object["status"]["conditions"].as_array();
    let row = |it: &Value| {
        let since = it["lastTransitionTime"].as_str();
        let since = since.and_then(Moment::from_rfc3339);
        [
            word(&it["type"]),
            word(&it["status"]),
            since.map_or_else(String::new, |at| page.dated(at)),
            word(&it["reason"]),
            word(&it["message"]),
        ]
    };
    let rows: Vec<_> = conditions.into_iter().flatten().map(row).collect();
    if !rows.is_empty() {
        let header = [
            "bundle-condition",
            "bundle-state",
            "bundle-since",
            "bundle-reason",
            "bundle-message",
        ];
        let header = header.map(|it| page.say(it));
        page.sheet.table(&header, &rows);
    }
}
