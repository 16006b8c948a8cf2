//! Why a workload is unhealthy, and what was ruled out, in words.

mod around;

use super::{Catalogue, tag};
use crate::insight::{Check, DeploymentRow, Reason};
use crate::model::Bound;

impl Catalogue {
    /// Another workload serves with the same image.
    pub fn elsewhere(&self, row: &DeploymentRow) -> String {
        let place = match (row.place.tenant.as_str(), row.place.environment.as_str()) {
            (tenant, "") => tenant.to_owned(),
            (tenant, environment) => format!("{tenant}/{environment}"),
        };
        let arguments = [
            ("where", place.into()),
            ("name", row.name.as_str().into()),
            ("image", row.images.first().map_or("", |it| tag(it)).into()),
            ("ready", format!("{}/{}", row.ready, row.desired).into()),
        ];
        self.say_with("why-elsewhere", &arguments)
    }

    /// What stands around a workload and keeps it from serving, then the evidence; nothing for other reasons.
    pub fn around(&self, reason: &Reason) -> Vec<String> {
        around::reason(self, reason)
    }

    pub fn quota_near(&self, name: &str, bound: &Bound) -> String {
        let (used, hard) = self.bound(&bound.resource, &bound.used, &bound.hard);
        let arguments = [
            ("name", name.into()),
            ("resource", bound.resource.as_str().into()),
            ("used", used.into()),
            ("hard", hard.into()),
        ];
        self.say_with("why-quota-near", &arguments)
    }

    /// What could have been the cause and is not.
    pub fn check(&self, check: &Check) -> String {
        match check {
            Check::Scheduled { nodes } => {
                self.say_with("why-scheduled", &[("count", (*nodes).into())])
            }
            Check::Pulled => self.say("why-pulled"),
            Check::NodesWell => self.say("why-nodes-well"),
            Check::QuotaRoom { fullest: None } => self.say("why-no-quota"),
            Check::QuotaRoom {
                fullest: Some((resource, used, hard)),
            } => {
                let (used, hard) = self.bound(resource, used, hard);
                let arguments = [
                    ("resource", resource.as_str().into()),
                    ("used", used.into()),
                    ("hard", hard.into()),
                ];
                self.say_with("why-quota-room", &arguments)
            }
            Check::Autoscaler { maximum: None } => self.say("why-no-autoscaler"),
            Check::Autoscaler { maximum: Some(it) } => {
                self.say_with("why-autoscaler", &[("maximum", (*it).into())])
            }
            Check::Served { services } => {
                let arguments = [
                    ("count", services.len().into()),
                    ("names", services.join(", ").into()),
                ];
                self.say_with("why-served", &arguments)
            }
            Check::Bound { claims } => self.say_with("why-bound", &[("count", (*claims).into())]),
        }
    }
}
