//! What Flux does to a change, in words.

use super::{Catalogue, Time};
use crate::action::ByFlux;
use crate::insight::FluxConduct;
use crate::model::Text;

impl Catalogue {
    /// Under `hold-flux-…` or `hold-short-flux-…`.
    pub(super) fn by_flux(&self, head: &str, name: &Text, said: &ByFlux, time: Time<'_>) -> String {
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
                        let next = ("next", time(*next).into());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Hold, HoldVerdict, Note, Reason, Undo};
    use crate::insight::stage::at;
    use crate::model::Moment;
    use crate::wording::Language;

    fn all() -> Vec<ByFlux> {
        let differs = [
            FluxConduct::Suspended,
            FluxConduct::Finishing,
            FluxConduct::Reconciles {
                next: Some(at(600)),
                every: 600,
            },
            FluxConduct::Reconciles {
                next: None,
                every: 90,
            },
            FluxConduct::Upgrades,
            FluxConduct::Fails {
                reason: "BuildFailed".into(),
                message: "no such file".into(),
            },
            FluxConduct::Stalled {
                message: Text::default(),
            },
            FluxConduct::Leaving,
            FluxConduct::Unattended,
        ];
        let others = [
            ByFlux::Open,
            ByFlux::LeftAlone("kustomize.toolkit.fluxcd.io/reconcile"),
            ByFlux::Ignored,
            ByFlux::Own,
            ByFlux::Elsewhere,
            ByFlux::Unseen,
            ByFlux::Several,
            ByFlux::Undeclared,
            ByFlux::Taken,
            ByFlux::Rule,
        ];
        let differs = differs.into_iter().map(ByFlux::Differs);
        differs.chain(others).collect()
    }

    #[test]
    fn all_that_flux_does_has_its_words() {
        for (name, language) in [("en", Language::English), ("fr", Language::French)] {
            let say = Catalogue::new(language);
            let hold = |said| Hold {
                verdict: HoldVerdict::Unknown,
                reason: Reason::Flux {
                    name: "shop".into(),
                    said,
                },
                proof: Vec::new(),
            };
            let holds = all().into_iter().map(hold);
            let holds = holds.map(|it| {
                format!(
                    "{}\n  {}",
                    say.hold(&it, &Moment::to_rfc3339),
                    say.hold_short(&it, &Moment::to_rfc3339)
                )
            });
            let rest = [
                say.plan_note(&Note::FluxWrites, &Moment::to_rfc3339),
                say.undo(&Undo::Asked),
            ];
            let lines: Vec<_> = holds.chain(rest).collect();
            insta::assert_snapshot!(format!("flux-{name}"), lines.join("\n"));
        }
    }
}
