//! Sentences that only the command line says, and ages in a column.

use fluent_bundle::FluentValue;

use crate::insight::{Finding, Trouble};
use crate::model::{Problem, Text, What};
use crate::wording::{Catalogue, Language};

use super::rows::{ClassRow, EnvironmentRow};

/// What stands between vigie and an answer.
pub(super) fn problem(problem: &Problem, catalogue: &Catalogue) -> String {
    let detail = |detail: &str| ("detail", detail.to_owned().into());
    match problem {
        Problem::Unreachable { detail: it } => {
            catalogue.say_with("unseen-unreachable", &[detail(it)])
        }
        Problem::TimedOut { seconds } => {
            catalogue.say_with("unseen-timed-out", &[("seconds", (*seconds).into())])
        }
        Problem::Unauthorized => catalogue.say("unseen-unauthorized"),
        Problem::Login {
            command,
            detail: it,
        } => catalogue.say_with(
            "unseen-login",
            &[detail(it), ("command", command.as_str().into())],
        ),
        Problem::Config { detail: it } => catalogue.say_with("unseen-config", &[detail(it)]),
        Problem::Garbled { detail: it } => catalogue.say_with("unseen-garbled", &[detail(it)]),
        Problem::Server { code, detail: it } => catalogue.say_with(
            "unseen-server",
            &[detail(it), ("code", code.to_string().into())],
        ),
    }
}

/// An age in at most four cells, rounded down.
pub(super) fn age(seconds: i64, catalogue: &Catalogue) -> String {
    const UNITS: [(i64, &str, &str); 5] = [
        (365 * 86_400, "y", "a"),
        (86_400, "d", "j"),
        (3_600, "h", "h"),
        (60, "m", "m"),
        (1, "s", "s"),
    ];
    let (size, english, french) = UNITS
        .into_iter()
        .find(|(size, ..)| seconds >= *size)
        .unwrap_or((1, "s", "s"));
    let unit = match catalogue.language() {
        Language::English => english,
        Language::French => french,
    };
    format!("{}{unit}", seconds / size)
}

pub(super) fn age_or_none(seconds: Option<i64>, catalogue: &Catalogue) -> String {
    seconds.map(|it| age(it, catalogue)).unwrap_or_default()
}

pub(super) fn class(class: ClassRow, catalogue: &Catalogue) -> String {
    catalogue.say(match class {
        ClassRow::Production => "class-production",
        ClassRow::NonProduction => "class-other",
        ClassRow::Unknown => "class-unknown",
    })
}

pub(super) fn state(word: &str, catalogue: &Catalogue) -> String {
    catalogue.say(&format!("state-{word}"))
}

/// The environment's name, or its namespace where the scheme knows none.
pub(super) fn environment(environment: &EnvironmentRow) -> &Text {
    environment.name.as_ref().unwrap_or(&environment.namespace)
}

/// In place of a tenant's name, when a cause hits several or none.
pub(super) fn tenants(count: usize, catalogue: &Catalogue) -> String {
    match count {
        0 => String::new(),
        _ => catalogue.say_with("tenants-hit", &[("count", count.into())]),
    }
}

/// A fixed word for scripts.
pub(super) fn change_word(what: &What) -> &'static str {
    match what {
        What::Rollout { .. } => "rollout",
        What::RolloutComplete { .. } => "rolloutComplete",
        What::Scale { .. } => "scale",
        What::Paused => "paused",
        What::Resumed => "resumed",
        What::Suspended => "suspended",
        What::Unsuspended => "unsuspended",
        What::Removed => "removed",
        What::NodeReady => "nodeReady",
        What::NodeNotReady { .. } => "nodeNotReady",
        What::NodePressure { .. } => "nodePressure",
        What::NodeCordoned => "nodeCordoned",
        What::NodeUncordoned => "nodeUncordoned",
        What::NodeGone => "nodeGone",
        What::QuotaFull { .. } => "quotaFull",
        What::QuotaChanged { .. } => "quotaChanged",
        What::JobFailed { .. } => "jobFailed",
        What::Warning { .. } => "warning",
    }
}

pub(super) fn change(what: &What, catalogue: &Catalogue) -> String {
    let text = |text: &str| FluentValue::from(text.to_owned());
    let say = |id, arguments: &[_]| catalogue.say_with(id, arguments);
    match what {
        What::Rollout { revision, images } => {
            let mut said = numbered("happened-rollout", *revision, catalogue);
            for image in images {
                let arguments = [("from", text(&image.from)), ("to", text(&image.to))];
                said.push_str(&say("happened-image", &arguments));
            }
            said
        }
        What::RolloutComplete { revision } => {
            numbered("happened-rollout-complete", *revision, catalogue)
        }
        What::Scale { from, to } => say(
            "happened-scale",
            &[("from", (*from).into()), ("to", (*to).into())],
        ),
        What::Paused => say("happened-paused", &[]),
        What::Resumed => say("happened-resumed", &[]),
        What::Suspended => say("happened-suspended", &[]),
        What::Unsuspended => say("happened-unsuspended", &[]),
        What::Removed => say("happened-removed", &[]),
        What::NodeReady => say("happened-node-ready", &[]),
        What::NodeNotReady { reason, message } => say(
            "happened-node-not-ready",
            &[("reason", text(reason)), ("message", text(message))],
        ),
        What::NodePressure { condition } => {
            say("happened-node-pressure", &[("condition", text(condition))])
        }
        What::NodeCordoned => say("happened-node-cordoned", &[]),
        What::NodeUncordoned => say("happened-node-uncordoned", &[]),
        What::NodeGone => say("happened-node-gone", &[]),
        What::QuotaFull {
            resource,
            used,
            hard,
        } => say(
            "happened-quota-full",
            &[
                ("resource", text(resource)),
                ("used", text(used)),
                ("hard", text(hard)),
            ],
        ),
        What::QuotaChanged { resource, from, to } => say(
            "happened-quota-changed",
            &[
                ("resource", text(resource)),
                ("from", text(from)),
                ("to", text(to)),
            ],
        ),
        What::JobFailed { reason } => say("happened-job-failed", &[("reason", text(reason))]),
        What::Warning { reason, message } => format!("{reason}: {message}"),
    }
}

/// A sentence on a revision, whose number may not be known yet.
fn numbered(id: &str, revision: Option<u64>, catalogue: &Catalogue) -> String {
    match revision {
        Some(number) => catalogue.say_with(
            &format!("{id}-of"),
            &[("revision", number.to_string().into())],
        ),
        None => catalogue.say(id),
    }
}

/// The sentence of a finding.
pub(super) fn finding(finding: &Finding, catalogue: &Catalogue) -> String {
    match &finding.trouble {
        Trouble::LinkDegraded { problem: it, .. } | Trouble::FeedLost { problem: it, .. } => {
            problem(it, catalogue)
        }
        other => other.reason().to_owned(),
    }
}
