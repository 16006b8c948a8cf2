//! What Flux does to a change, in words.

use super::Catalogue;
use crate::action::ByFlux;
use crate::insight::FluxConduct;
use crate::model::Text;

impl Catalogue {
    /// Under `hold-flux-…` or `hold-short-flux-…`.
    pub(super) fn by_flux(&self, head: &str, name: &Text, said: &ByFlux) -> String {
        let name = ("name", name.as_str().into());
        let id = |end: &str| format!("{head}-flux-{end}");
        match said {
            ByFlux::LeftAlone(key) => {
                self.say_with(&id("left-alone"), &[name, ("key", (*key).into())])
            }
            ByFlux::Differs(FluxConduct::Reconciles { next, every }) => {
                let every = ("every", self.span(i64::from(*every)).into());
                match next {
                    Some(next) => {
                        let next = ("next", next.to_rfc3339().into());
                        self.say_with(&id("reconciles-at"), &[name, every, next])
                    }
                    None => self.say_with(&id("reconciles"), &[name, every]),
                }
            }
            ByFlux::Differs(FluxConduct::Fails { reason, .. }) => {
                let reason = ("reason", reason.as_str().into());
                self.say_with(&id("fails"), &[name, reason])
            }
            said => self.say_with(&id(end(said)), &[name]),
        }
    }
}

const fn end(said: &ByFlux) -> &'static str {
    match said {
        ByFlux::Open => "open",
        ByFlux::LeftAlone(_) => "left-alone",
        ByFlux::Ignored => "ignored",
        ByFlux::Own => "own",
        ByFlux::Elsewhere => "elsewhere",
        ByFlux::Unseen => "unseen",
        ByFlux::Several => "several",
        ByFlux::Undeclared => "undeclared",
        ByFlux::Taken => "taken",
        ByFlux::Rule => "rule",
        ByFlux::Differs(conduct) => match conduct {
            FluxConduct::Suspended => "suspended",
            FluxConduct::Finishing => "finishing",
            FluxConduct::Reconciles { .. } => "reconciles",
            FluxConduct::Upgrades => "upgrades",
            FluxConduct::Fails { .. } => "fails",
            FluxConduct::Stalled { .. } => "stalled",
            FluxConduct::Leaving => "leaving",
            FluxConduct::Unattended => "unattended",
        },
    }
}
