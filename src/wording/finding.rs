//! A finding in words: `<effect, counted>: <cause in the cluster's own words>[, figure against its bound]`.

mod ailment;
mod long;
mod short;
#[cfg(test)]
mod tests;

use fluent_bundle::FluentValue;

use super::Catalogue;
use crate::insight::{Finding, Trouble};
use crate::model::{Moment, Problem};

impl Catalogue {
    /// For the list: what matters first, in 34 cells where the cluster's own words allow.
    pub fn short(&self, finding: &Finding) -> String {
        short::of(self, finding)
    }

    /// The whole sentence: the strip, the pane, `message` of scripts.
    pub fn long(&self, finding: &Finding, now: Moment) -> String {
        long::of(self, finding, now)
    }

    /// Why, in one line: the cluster's own words where it has any.
    pub fn why(&self, finding: &Finding, now: Moment) -> String {
        long::cause(self, finding, now)
    }

    /// What it comes to, counted.
    pub fn effect(&self, finding: &Finding) -> String {
        long::effect(self, finding)
    }

    /// What can be done about it today; None when that is to look closer.
    pub fn what_to_do(&self, finding: &Finding) -> Option<String> {
        let said = match &finding.trouble {
            Trouble::LinkDegraded {
                problem:
                    Problem::Login { command, .. }
                    | Problem::Unauthorized {
                        login: Some(command),
                    },
                ..
            } => self.put("do-login", &[("command", command.as_str().into())]),
            Trouble::LinkDegraded {
                problem: Problem::Unauthorized { login: None },
                ..
            } => self.put(
                "do-renew",
                &[("name", finding.subject.name.as_str().into())],
            ),
            Trouble::LinkDegraded { .. } | Trouble::FeedLost { .. } => self.say("do-wait-link"),
            Trouble::Quota { name, resource, .. } => self.put(
                "do-ask-quota",
                &[
                    ("name", name.as_str().into()),
                    ("resource", resource.as_str().into()),
                ],
            ),
            Trouble::Refused { by, .. } => self.put("do-policy", &[("name", by.as_str().into())]),
            Trouble::Image { .. } => self.put(
                "do-fix-image",
                &[("image", finding.subject.name.as_str().into())],
            ),
            Trouble::NotReconciled { stalled: true, .. } => self.say("do-stalled"),
            Trouble::NotReconciled { .. } => self.say("do-reconcile"),
            Trouble::NotSynced { .. } => self.say("do-sync"),
            Trouble::Pods { .. }
            | Trouble::RolloutStuck { .. }
            | Trouble::DeadlinePassed { .. }
            | Trouble::Aborted { .. }
            | Trouble::Degraded { .. }
            | Trouble::Undecided { .. }
            | Trouble::Short { .. }
            | Trouble::WebhookDown { .. }
            | Trouble::CreateFailed { .. }
            | Trouble::NodeNotReady { .. }
            | Trouble::NodePressure { .. }
            | Trouble::Registry { .. }
            | Trouble::JobFailed { .. }
            | Trouble::HpaAtMaximum { .. }
            | Trouble::HpaBlind { .. } => return None,
        };
        Some(said)
    }

    fn put(&self, id: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        self.say_with(id, arguments)
    }
}
