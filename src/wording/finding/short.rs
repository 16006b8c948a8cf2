//! The sentence of the list.

use unicode_width::UnicodeWidthStr;

use super::super::Catalogue;
use super::ailment::{self, exit_word, named};
use crate::insight::{Ailment, Finding, Trouble};
use crate::model::Text;

/// Cells of the sentence column at 80 columns.
const ROOM: usize = 34;

#[expect(
    clippy::too_many_lines,
    reason = "one arm per trouble reads as a table"
)]
pub(super) fn of(say: &Catalogue, finding: &Finding) -> String {
    let sentence = |effect: String, cause: &str| {
        say.say_with(
            "sentence",
            &[("effect", effect.into()), ("cause", cause.into())],
        )
    };
    match &finding.trouble {
        Trouble::Pods { ailment } => ailment::short(say, ailment),
        Trouble::RolloutStuck {
            revision, ailment, ..
        } => {
            // The row is narrow: which revision and the kubelet's word; the strip says the rest.
            sentence(numbered(say, "stuck", *revision), &reason(say, ailment))
        }
        Trouble::DeadlinePassed { revision, .. } => numbered(say, "late", *revision),
        Trouble::Aborted { revision, .. } => numbered(say, "aborted", *revision),
        Trouble::Degraded { message } => sentence(say.say("delivery-degraded"), message),
        Trouble::Undecided { percent, .. } => undecided(say, *percent),
        Trouble::Short { missing } => {
            say.say_with("short-missing", &[("count", (*missing).into())])
        }
        Trouble::Quota {
            name,
            resource,
            used,
            hard,
            ..
        } => {
            let figures = bound(say, brief(resource), used, hard);
            let quota = say.say_with("cause-quota", &[("name", name.as_str().into())]);
            let whole = sentence(quota, &figures);
            // The figures matter more than the name, which may be the row's own.
            if finding.subject.name == *name || whole.width() > ROOM {
                sentence(say.say("short-quota"), &figures)
            } else {
                whole
            }
        }
        Trouble::Refused { by, message } => named(say, by, message),
        Trouble::WebhookDown { name, .. } => {
            say.say_with("cause-webhook", &[("name", name.as_str().into())])
        }
        Trouble::CreateFailed { reason, message } => named(say, reason, message),
        Trouble::NodeNotReady { .. } => say.say_with(
            "short-at-risk",
            &[("count", finding.count_of_pods().into())],
        ),
        Trouble::NodePressure {
            condition,
            resource,
            evicted,
        } if *evicted > 0 => {
            let resource = if resource.is_empty() {
                condition
            } else {
                resource
            };
            say.say_with(
                "short-evicted",
                &[
                    ("count", (*evicted).into()),
                    ("resource", resource.as_str().into()),
                ],
            )
        }
        Trouble::NodePressure { condition, .. } => condition.to_string(),
        Trouble::Image { reason, message } => named(
            say,
            reason,
            &ailment::missing(say, &finding.subject.name, message),
        ),
        Trouble::Registry { images, message } => {
            let words = message.rsplit(": ").next().unwrap_or(message);
            say.say_with(
                "short-registry",
                &[("count", (*images).into()), ("words", words.into())],
            )
        }
        Trouble::JobFailed {
            reason,
            failures,
            exit,
            ..
        } => {
            let head = say.say_with("short-runs", &[("count", (*failures).into())]);
            let word = exit
                .as_ref()
                .map_or_else(|| reason.to_string(), |exit| exit_word(say, exit));
            if word.is_empty() {
                head
            } else {
                sentence(head, &word)
            }
        }
        Trouble::NotReconciled {
            reason, stalled, ..
        } => {
            let id = if *stalled {
                "short-stalled"
            } else {
                "short-not-reconciled"
            };
            say.say_with(id, &[("reason", reason.as_str().into())])
        }
        Trouble::NotSynced { reason, .. } => say.say(match reason.as_str() {
            "SyncFailed" => "short-sync-failed",
            "SyncFails" => "short-sync-fails",
            _ => "short-not-compared",
        }),
        Trouble::HpaAtMaximum { maximum, .. } => {
            say.say_with("short-maximum", &[("maximum", maximum.to_string().into())])
        }
        Trouble::HpaBlind { reason, .. } => {
            say.say_with("short-blind", &[("reason", reason.as_str().into())])
        }
        Trouble::LinkDegraded { problem, .. } => say.say_with(
            "short-degraded",
            &[("problem", say.problem_short(problem).into())],
        ),
        Trouble::FeedLost { kind, .. } => {
            say.say_with("short-watch-lost", &[("kind", kind.plural().into())])
        }
    }
}

fn reason(say: &Catalogue, ailment: &Ailment) -> String {
    match ailment {
        Ailment::Unready { .. } => say.say("short-not-ready"),
        Ailment::Starting { status, .. } => status.to_string(),
        Ailment::Failed { reason, .. } if !reason.is_empty() => reason.to_string(),
        _ => ailment.reason().to_owned(),
    }
}

pub(super) fn undecided(say: &Catalogue, percent: Option<u32>) -> String {
    match percent {
        Some(percent) => say.say_with("undecided-at", &[("percent", percent.into())]),
        None => say.say("undecided"),
    }
}

pub(super) fn numbered(say: &Catalogue, id: &str, revision: Option<u64>) -> String {
    match revision {
        Some(revision) => say.say_with(id, &[("revision", revision.to_string().into())]),
        None => say.say(&format!("{id}-unnumbered")),
    }
}

pub(super) fn bound(say: &Catalogue, resource: &str, used: &str, hard: &str) -> String {
    if used.is_empty() && hard.is_empty() {
        return resource.to_owned();
    }
    let (used, hard) = say.used_of(resource, used, hard);
    say.say_with(
        "cause-used",
        &[
            ("resource", resource.into()),
            ("used", used.into()),
            ("hard", hard.into()),
        ],
    )
}

/// `limits.cpu` is `cpu` where there is little room.
fn brief(resource: &Text) -> &str {
    resource
        .strip_prefix("limits.")
        .or(resource.strip_prefix("requests."))
        .unwrap_or(resource)
}
