//! What Flux will do to a change: fluxcd/pkg `ssa` `manager_apply.go` and fluxcd/kustomize-controller `apply`.
//!
//! It applies by server-side apply what the source declares, and puts back that alone. Fields of the managers `kubectl…` it
//! makes its own, and so removes where the source has none of them; those of others, as vigie's, stay.

use super::{Hold, Reason, argo_cd, meta};
use crate::action::World;
use crate::action::call::Accepted;
use crate::action::declared::{Declared, HELM, KUSTOMIZE};
use crate::action::plan::Plan;
use crate::action::record::{HoldVerdict, Verb};
use crate::insight::{FluxConduct, FluxKeeping, FluxKept, flux_conduct, flux_keeping, flux_label};
use crate::model::{Flux, FluxIgnored, Kind, Meta, ObjectKind, ObjectRef, Text};

/// What Flux has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByFlux {
    /// The source declares the field, or the object itself: what is done about that.
    Differs(FluxConduct),
    /// Nothing of what changes is declared.
    Open,
    /// An annotation or a label of that name keeps the object from being written.
    LeftAlone(&'static str),
    /// The field is left out of the comparison.
    Ignored,
    /// It is of the object of Flux itself.
    Own,
    /// No watched cluster has what keeps it.
    Elsewhere,
    Unseen,
    Several,
    /// What the source declares is not told by the object.
    Undeclared,
    /// A field was written by somebody since, so that it is not told whether the source declares it.
    Taken,
    /// A rule about what is ignored is not read here.
    Rule,
}

/// None where nothing of Flux is said to keep the object.
pub(super) fn hold(
    world: &World<'_>,
    plan: &Plan,
    read: &Accepted,
    suspended: Option<&ObjectRef>,
) -> Option<Hold> {
    let object = &plan.object;
    let meta = meta(&read.shown);
    let own = matches!(
        object.kind.known(),
        Some(Kind::Kustomization | Kind::HelmRelease)
    );
    if own && plan.verb == Verb::Reconcile {
        return Some(said(&object.name, ByFlux::Own));
    }
    let keeping = flux_keeping(world.store, object.cluster, &meta);
    let Some((keeping, label)) = keeping.zip(flux_label(&meta)) else {
        return own.then(|| said(&object.name, ByFlux::Own));
    };
    let labelled = format!(
        "metadata.labels: {} {}/{}",
        label.kind.name(),
        label.namespace,
        label.name
    );
    let case = Case {
        world,
        plan,
        read,
        meta: &meta,
        suspended,
    };
    let name = Text::from(label.name);
    let mut hold = match keeping {
        FluxKeeping::By(kept) => case.kept(kept),
        FluxKeeping::Nobody => said(&name, ByFlux::Elsewhere),
        FluxKeeping::Unseen => said(&name, ByFlux::Unseen),
        FluxKeeping::Several => said(&name, ByFlux::Several),
    };
    hold.proof.push(labelled);
    Some(hold)
}

struct Case<'a> {
    world: &'a World<'a>,
    plan: &'a Plan,
    read: &'a Accepted,
    meta: &'a Meta,
    suspended: Option<&'a ObjectRef>,
}

impl Case<'_> {
    fn kept(&self, kept: FluxKept<'_>) -> Hold {
        let flux = kept.flux;
        let mut hold = self.judged(flux);
        hold.proof.push(state(flux));
        hold
    }

    fn judged(&self, flux: &Flux) -> Hold {
        let name = &flux.meta.name;
        let of = |said: ByFlux| self::said(name, said);
        // What is gone asks for no annotation: it is made anew.
        if matches!(self.plan.verb, Verb::Delete | Verb::Evict) {
            return of(ByFlux::Differs(self.conduct(flux)));
        }
        if let Some((key, value)) = self.left_alone(flux) {
            // An upgrade asks for no annotation.
            let upgraded = ByFlux::Differs(FluxConduct::Upgrades);
            let helm = flux.release().is_some();
            let mut hold = of(if helm {
                upgraded
            } else {
                ByFlux::LeftAlone(key)
            });
            hold.proof.push(format!("{key}: {value}"));
            return hold;
        }
        let differs = || of(ByFlux::Differs(self.conduct(flux)));
        let Some((before, after)) = argo_cd::before_after(self.plan, self.read) else {
            return of(ByFlux::Open);
        };
        let (manager, declared) = self.declared(flux);
        let touched = declared.touched(&before, &after);
        if let Some(first) = touched.first() {
            let mut hold = match self.ignored(flux, &touched) {
                Some(true) if flux.release().is_some() => {
                    of(ByFlux::Differs(FluxConduct::Upgrades))
                }
                Some(true) => of(ByFlux::Ignored),
                Some(false) => differs(),
                None => of(ByFlux::Rule),
            };
            let owned = format!("metadata.managedFields: {manager} owns {first}");
            hold.proof.push(owned);
            return hold;
        }
        let taken = Declared::taken(&self.read.exact, manager, &before, &after);
        // Without an image there is no container that could be declared.
        let image = taken.iter().any(|it| it.ends_with("/image"));
        let unknown = declared == Declared::Unknown;
        let conduct = self.conduct(flux);
        let writes = matches!(conduct, FluxConduct::Reconciles { .. });
        if image || unknown && self.plan.verb == Verb::RollBack {
            return differs();
        }
        match taken.first() {
            // Whether it is declared changes nothing until it writes.
            Some(_) if !writes => differs(),
            None if unknown && !writes => differs(),
            Some(path) => {
                let mut hold = of(ByFlux::Taken);
                let others = format!("metadata.managedFields: {path} is not of {manager}");
                hold.proof.push(others);
                hold
            }
            None if unknown => of(ByFlux::Undeclared),
            None => of(ByFlux::Open),
        }
    }

    fn declared(&self, flux: &Flux) -> (&'static str, Declared) {
        let helm = flux.release().is_some();
        let manager = if helm { HELM } else { KUSTOMIZE };
        let declared = Declared::owned_by(&self.read.exact, manager, helm);
        (manager, declared)
    }

    /// The one that is suspended before the plan is sent writes nothing any more; nor does one that keeps itself.
    fn conduct(&self, flux: &Flux) -> FluxConduct {
        let uid = Some(flux.meta.uid);
        let itself = self.plan.verb == Verb::SuspendFlux && self.plan.object.uid == uid;
        if itself || self.suspended.is_some_and(|it| it.uid == uid) {
            return FluxConduct::Suspended;
        }
        flux_conduct(flux, self.world.now)
    }

    /// What an annotation or a label says of it, without regard to case: `utils.AnyInMetadata`.
    fn left_alone(&self, flux: &Flux) -> Option<(&'static str, String)> {
        let value = |key: &str| {
            let metadata = &self.read.exact["metadata"];
            let found = [&metadata["labels"], &metadata["annotations"]];
            let mut found = found.into_iter().filter_map(|it| it[key].as_str());
            found.next().map(str::to_lowercase)
        };
        let rules: &[(&str, &str)] = if flux.release().is_some() {
            &[("helm.toolkit.fluxcd.io/driftDetection", "disabled")]
        } else {
            &[
                ("kustomize.toolkit.fluxcd.io/reconcile", "disabled"),
                ("kustomize.toolkit.fluxcd.io/ssa", "ignore"),
                ("kustomize.toolkit.fluxcd.io/ssa", "ifnotpresent"),
            ]
        };
        rules.iter().find_map(|(key, wanted)| {
            let value = value(key).filter(|it| it == wanted)?;
            // That one counts only where the source has it.
            let counts = *wanted != "ifnotpresent" || self.is_declared_annotation(key);
            counts.then_some((*key, value))
        })
    }

    fn is_declared_annotation(&self, key: &str) -> bool {
        let Declared::Owned(fields) = Declared::owned_by(&self.read.exact, KUSTOMIZE, false) else {
            return false;
        };
        fields["f:metadata"]["f:annotations"][format!("f:{key}")].is_object()
    }

    /// Whether rules leave out all that differs; None where one that may cover some of it is not read here.
    fn ignored(&self, flux: &Flux, touched: &[String]) -> Option<bool> {
        let mut all = true;
        for path in touched {
            let covering = flux.ignored.iter().filter(|it| covers(it, path));
            let targets: Vec<_> = covering.map(|it| self.is_target(it)).collect();
            if targets.contains(&Some(true)) {
                continue;
            }
            if targets.contains(&None) {
                return None;
            }
            all = false;
        }
        Some(all)
    }

    /// A regular expression is read where it is a plain word.
    fn is_target(&self, rule: &FluxIgnored) -> Option<bool> {
        let kind: &ObjectKind = &self.plan.object.kind;
        let parts = [
            (&rule.group, kind.group()),
            (&rule.kind, kind.name()),
            (&rule.name, self.meta.name.as_str()),
            (&rule.namespace, self.meta.namespace.as_str()),
        ];
        let plain = |text: &Text| {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "-.".contains(letter);
            text.chars().all(plain)
        };
        let other = |(wanted, value): &(&Text, &str)| {
            !wanted.is_empty() && plain(wanted) && wanted.as_str() != *value
        };
        if parts.iter().any(other) {
            return Some(false);
        }
        let read = parts.iter().all(|(wanted, _)| plain(wanted));
        (read && !rule.selected && rule.version.is_empty()).then_some(true)
    }
}

fn covers(rule: &FluxIgnored, path: &str) -> bool {
    rule.paths.iter().any(|it| {
        let rest = path.strip_prefix(it.as_str());
        rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    })
}

fn said(name: &Text, said: ByFlux) -> Hold {
    let verdict = match &said {
        ByFlux::Differs(FluxConduct::Unattended | FluxConduct::Finishing)
        | ByFlux::Elsewhere
        | ByFlux::Unseen
        | ByFlux::Several
        | ByFlux::Undeclared
        | ByFlux::Taken
        | ByFlux::Rule => HoldVerdict::Unknown,
        ByFlux::Differs(_) => HoldVerdict::UntilNextSync,
        ByFlux::Open | ByFlux::LeftAlone(_) | ByFlux::Ignored | ByFlux::Own => HoldVerdict::Holds,
    };
    Hold {
        verdict,
        reason: Reason::Flux {
            name: name.clone(),
            said,
        },
        proof: Vec::new(),
    }
}

/// The fields that decide.
fn state(flux: &Flux) -> String {
    let (kind, meta) = (flux.kind().name(), &flux.meta);
    let ready = flux.condition("Ready");
    let ready = ready.map_or_else(String::new, |it| {
        format!(", Ready={:?} {}", it.status, it.reason)
    });
    let drift = flux.release().map_or_else(String::new, |it| {
        format!(" spec.driftDetection={:?}", it.drift)
    });
    format!(
        "{kind} {}/{}: spec.suspend={} spec.interval={}s{drift}{ready}",
        meta.namespace, meta.name, flux.suspended, flux.interval
    )
}

#[cfg(test)]
mod tests;
