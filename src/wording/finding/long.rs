//! The whole sentence: effect, then cause.

use super::super::Catalogue;
use super::ailment::{self, exit_word, pair, quoted};
use super::short::{bound, numbered, undecided};
use crate::insight::{Ailment, Finding, Trouble};
use crate::model::Moment;

/// Names that a sentence has room for.
const NAMED: usize = 3;

pub(super) fn of(say: &Catalogue, finding: &Finding, now: Moment) -> String {
    let effect = effect(say, finding);
    let cause = cause(say, finding, now);
    if cause.is_empty() {
        return effect;
    }
    say.say_with(
        "sentence",
        &[("effect", effect.into()), ("cause", cause.into())],
    )
}

pub(super) fn effect(say: &Catalogue, finding: &Finding) -> String {
    let count = finding.count;
    let counted = |id: &str, count: u32| say.say_with(id, &[("count", count.into())]);
    // Whose, or which, where one row stands for several.
    let of_several = |id: &str, count: u32| {
        let whose = match (finding.tenants.as_slice(), finding.workloads.as_slice()) {
            ([_, _, ..], _) => tenants(say, finding),
            (_, [_, _, ..]) => say.names(&finding.workloads, NAMED),
            _ => return counted(id, count),
        };
        let arguments = [("count", count.into()), ("whose", whose.into())];
        say.say_with(&format!("{id}-of"), &arguments)
    };
    let with = |what: String| {
        let effect = serves(say, finding);
        say.say_with(
            "with-effect",
            &[("what", what.into()), ("effect", effect.into())],
        )
    };
    match &finding.trouble {
        Trouble::RolloutStuck { revision, .. } => with(numbered(say, "stuck", *revision)),
        Trouble::DeadlinePassed { revision, .. } => with(numbered(say, "late", *revision)),
        Trouble::Undecided { percent, .. } => with(undecided(say, *percent)),
        Trouble::Aborted { revision, .. } => with(numbered(say, "aborted", *revision)),
        Trouble::Pods { ailment } => match ailment {
            Ailment::Unschedulable { .. } => counted("effect-waits-node", count),
            Ailment::Evicted { .. } => counted("effect-evicted", count),
            Ailment::Failed { .. } => counted("effect-failed", count),
            Ailment::Terminating => counted("effect-terminating", count),
            _ => serves(say, finding),
        },
        Trouble::Short { .. } | Trouble::Degraded { .. } => serves(say, finding),
        Trouble::Quota { refused: 0, .. } => say.say("effect-no-room"),
        Trouble::Quota { refused, .. } => of_several("effect-refused", *refused),
        Trouble::Refused { .. } | Trouble::WebhookDown { .. } => {
            of_several("effect-refused", count)
        }
        Trouble::CreateFailed { .. } => counted("effect-not-created", count),
        Trouble::NodePressure { evicted, .. } if *evicted > 0 => {
            of_several("effect-evicted", *evicted)
        }
        Trouble::NodeNotReady { .. } | Trouble::NodePressure { .. } => {
            let pods = finding.count_of_pods();
            if pods > 0 {
                of_tenants(say, finding, "effect-at-risk-of")
            } else {
                counted("effect-at-risk", pods)
            }
        }
        Trouble::Image { .. } | Trouble::Registry { .. } => {
            of_tenants(say, finding, "effect-wait-of")
        }
        Trouble::JobFailed { failures, .. } => counted("effect-runs-failed", *failures),
        Trouble::NotReconciled { stalled: true, .. } => say.say("effect-stalled"),
        Trouble::NotReconciled { .. } => say.say("effect-not-reconciled"),
        Trouble::NotSynced { .. } => say.say("effect-not-synced"),
        Trouble::HpaAtMaximum { target, .. } => say.say_with(
            "effect-cannot-grow",
            &[("target", target.name.as_str().into())],
        ),
        Trouble::HpaBlind { target, .. } => say.say_with(
            "effect-does-not-scale",
            &[("target", target.name.as_str().into())],
        ),
        Trouble::LinkDegraded { hidden, .. } => counted("effect-hidden", *hidden),
        Trouble::FeedLost { kind, .. } => {
            say.say_with("effect-kind-hidden", &[("kind", kind.plural().into())])
        }
    }
}

fn serves(say: &Catalogue, finding: &Finding) -> String {
    match finding.ready {
        Some((0, wanted)) if wanted > 0 => say.say("effect-none"),
        Some((ready, wanted)) if wanted > 0 => say.say_with(
            "effect-serve",
            &[("ready", ready.into()), ("wanted", wanted.into())],
        ),
        _ => say.say_with("effect-pods", &[("count", finding.count.into())]),
    }
}

fn of_tenants(say: &Catalogue, finding: &Finding, id: &str) -> String {
    let tenants = tenants(say, finding);
    say.say_with(
        id,
        &[("count", finding.count.into()), ("tenants", tenants.into())],
    )
}

/// `betaapp`, `2 tenants (betaapp, candilib)`, `9 tenants`.
fn tenants(say: &Catalogue, finding: &Finding) -> String {
    let many = match finding.tenants.as_slice() {
        [only] => return only.to_string(),
        many => say.say_with("tenants-count", &[("count", many.len().into())]),
    };
    if finding.tenants.len() > NAMED {
        return many;
    }
    let names = finding.tenants.join(", ");
    let arguments = [("tenants", many.into()), ("names", names.into())];
    say.say_with("tenants-named", &arguments)
}

fn missing_pods(say: &Catalogue, count: u32) -> String {
    say.say_with("cause-missing", &[("count", count.into())])
}

pub(super) fn cause(say: &Catalogue, finding: &Finding, now: Moment) -> String {
    let subject = finding.subject.name.as_str();
    let name = |id: &str, name: &str| say.say_with(id, &[("name", name.into())]);
    match &finding.trouble {
        Trouble::Pods { ailment } | Trouble::RolloutStuck { ailment, .. } => {
            ailment::long(say, ailment, finding.since, now)
        }
        Trouble::DeadlinePassed { message, .. }
        | Trouble::Aborted { message, .. }
        | Trouble::Degraded { message } => quoted(say, finding.trouble.reason(), message),
        Trouble::Undecided { reason, .. } => reason.to_string(),
        Trouble::Short { missing } => missing_pods(say, *missing),
        Trouble::Quota {
            name: quota,
            resource,
            used,
            hard,
            ..
        } => pair(
            say,
            &name("cause-quota", quota),
            &bound(say, resource, used, hard),
        ),
        Trouble::Refused { by, message } => quoted(say, by, message),
        Trouble::WebhookDown {
            name: hook,
            message,
        } => quoted(say, &name("cause-webhook", hook), message),
        Trouble::CreateFailed { reason, message }
        | Trouble::NotReconciled {
            reason, message, ..
        }
        | Trouble::NotSynced { reason, message }
        | Trouble::HpaBlind {
            reason, message, ..
        } => quoted(say, reason, message),
        Trouble::NodeNotReady { inferred: true, .. } => pair(
            say,
            &name("cause-node", subject),
            &say.say("cause-inferred"),
        ),
        Trouble::NodeNotReady {
            reason, message, ..
        } => {
            let node = name("cause-node", subject);
            match reason.as_str() {
                "NodeStatusUnknown" => pair(say, &node, &say.say("cause-silent")),
                _ => quoted(
                    say,
                    &node,
                    if message.is_empty() { reason } else { message },
                ),
            }
        }
        Trouble::NodePressure {
            condition,
            resource,
            ..
        } => pressure(say, subject, condition, resource),
        Trouble::Image { reason, message } => {
            pair(say, reason, &ailment::missing(say, subject, message))
        }
        Trouble::Registry { message, .. } => quoted(say, &name("cause-registry", subject), message),
        Trouble::JobFailed {
            reason,
            message,
            exit,
            ..
        } => match exit {
            Some(exit) if !exit.message.is_empty() => {
                quoted(say, &exit_word(say, exit), &exit.message)
            }
            Some(exit) => pair(say, reason, &exit_word(say, exit)),
            None => quoted(say, reason, message),
        },
        Trouble::HpaAtMaximum { maximum, .. } => {
            say.say_with("cause-maximum", &[("maximum", maximum.to_string().into())])
        }
        Trouble::LinkDegraded { problem, .. } => {
            let words = say.problem_short(problem);
            match problem {
                crate::model::Problem::Unreachable { .. }
                | crate::model::Problem::TimedOut { .. } => {
                    pair(say, &name("cause-link", &cluster(finding)), &words)
                }
                _ => pair(say, &cluster(finding), &say.problem(problem)),
            }
        }
        Trouble::FeedLost { problem, .. } => pair(
            say,
            &say.say("cause-watch-lost"),
            &say.problem_short(problem),
        ),
    }
}

fn pressure(say: &Catalogue, node: &str, condition: &str, resource: &str) -> String {
    let node = ("name", node.into());
    if resource.is_empty() {
        say.say_with("cause-pressure", &[node, ("condition", condition.into())])
    } else {
        say.say_with("cause-low", &[node, ("resource", resource.into())])
    }
}

fn cluster(finding: &Finding) -> String {
    finding.subject.name.to_string()
}
