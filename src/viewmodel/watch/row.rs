//! One finding, one row.

use crate::insight::{Cause, Finding, Severity};
use crate::viewmodel::{ClassMark, Facts, State, Whose};

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub state: State,
    pub class: ClassMark,
    pub whose: Whose,
    /// `node`, `quota`: what the subject is, where it is no workload; the first thing that narrow columns give up.
    pub kind: String,
    pub subject: String,
    /// `3/6`, and whether that is fewer than wanted.
    pub ready: Option<(String, bool)>,
    pub sentence: String,
    pub age: String,
    /// As last seen, before the link was lost.
    pub stale: bool,
    /// Came since the last key.
    pub new: bool,
}

pub(super) fn row(facts: &Facts<'_>, finding: &Finding) -> Row {
    let now = facts.survey.cluster_now(finding.cluster, facts.now);
    let since = finding.since.map(|since| since.age(now));
    let stale = facts.survey.stale(finding.cluster).is_some();
    Row {
        state: state(finding),
        class: finding.class.into(),
        whose: whose(facts, finding),
        kind: kind(facts, finding),
        subject: name(facts, finding),
        ready: finding
            .ready
            .map(|(ready, wanted)| (format!("{ready}/{wanted}"), ready < wanted)),
        sentence: facts.catalogue.short(finding),
        age: since.map_or_else(String::new, |age| facts.catalogue.age(age)),
        stale: stale && !matches!(finding.cause, Cause::Link(_)),
        new: facts.unseen.contains(&finding.cause),
    }
}

pub(super) fn state(finding: &Finding) -> State {
    match finding.severity {
        Severity::Critical => State::Critical,
        Severity::Warning => State::Warning,
    }
}

/// The tenant and environment hit, or how many tenants.
pub(super) fn whose(facts: &Facts<'_>, finding: &Finding) -> Whose {
    match (&finding.place, finding.tenants.as_slice()) {
        (Some(place), _) => Whose::of(&place.tenant, &place.environment),
        (None, [tenant]) => Whose::of(tenant, ""),
        (None, []) => Whose::of(&facts.say("tenant-platform"), ""),
        (None, tenants) => {
            let count = [("count", tenants.len().into())];
            Whose::of(&facts.catalogue.say_with("tenants", &count), "")
        }
    }
}

/// A workload by its name; a cause that several share says what it is.
pub(super) fn subject(facts: &Facts<'_>, finding: &Finding) -> String {
    let (kind, name) = (kind(facts, finding), name(facts, finding));
    if kind.is_empty() {
        name
    } else {
        format!("{kind} {name}")
    }
}

fn name(facts: &Facts<'_>, finding: &Finding) -> String {
    match &finding.cause {
        Cause::Feed(_, kind) => kind.resource(),
        Cause::Link(_) => facts.say("subject-link"),
        _ => finding.subject.name.to_string(),
    }
}

/// What stops one workload alone is told of that workload.
fn kind(facts: &Facts<'_>, finding: &Finding) -> String {
    let id = match finding.subject.kind.as_str() {
        "Node" => "subject-node",
        "ResourceQuota" => "subject-quota",
        "Image" => "subject-image",
        "Registry" => "subject-registry",
        "Policy" | "Webhook" => "subject-webhook",
        _ => return String::new(),
    };
    facts.say(id)
}
