//! All that is known of one Kustomization or `HelmRelease`.

use super::page::{kept, whose};
use crate::insight::{FluxKept, FluxReach, FluxRow, flux_conduct};
use crate::model::{DriftDetection, Flux, FluxTool, HelmEntry, HelmRelease, Kind, Text};
use crate::viewmodel::list::{Card, Part};
use crate::viewmodel::watch::card;
use crate::viewmodel::{Facts, Line, muted, text};
use crate::wording::source_revision;

/// Workloads that are named of those that it keeps.
const NAMED: usize = 12;

pub(super) fn card(facts: &Facts<'_>, row: &FluxRow) -> Card {
    let parts = kept(facts, row).map(|it| parts(facts, row, it));
    Card {
        subject: row.object.name.to_string(),
        kind: Kind::shown(row.object.kind.name()).to_owned(),
        whose: whose(row),
        since: card::since(facts, row.object.cluster, row.since),
        parts: parts.unwrap_or_default(),
        ..card::blank(facts, row.object.cluster, row.place.class)
    }
}

fn parts(facts: &Facts<'_>, row: &FluxRow, kept: FluxKept<'_>) -> Vec<Part> {
    let flux = kept.flux;
    let part = |id, lines| Part::of(facts.say(id), lines);
    let long = |id, lines: Vec<Line>| Part {
        label: facts.say(id),
        lines,
        long: true,
    };
    let release = flux.release();
    let parts = vec![
        part("strip-state", state(facts, flux)),
        part("strip-revision", revision(facts, row)),
        part("strip-source", source(flux)),
        part(
            "strip-chart",
            release.map_or_else(Vec::new, |it| chart(it).into_iter().collect()),
        ),
        part("strip-destination", vec![destination(facts, row)]),
        long("pane-waits-for", waits_for(flux)),
        long("pane-conduct", conduct(facts, flux)),
        long("pane-history", history(facts, row, flux)),
        long("pane-keeps", keeps(facts, kept)),
    ];
    let told = parts.into_iter().filter(|it| !it.lines.is_empty());
    told.collect()
}

/// Why it failed, also while it is tried again; else how it stands and what it does by itself.
fn state(facts: &Facts<'_>, flux: &Flux) -> Vec<String> {
    let failed = flux.failed.as_deref().filter(|it| !it.message.is_empty());
    let mut lines = match failed {
        Some(it) => vec![format!(
            "{}: {}",
            it.reason,
            facts.catalogue.quote(&it.message)
        )],
        None => vec![super::standing(facts, flux)],
    };
    let does = super::does(facts, &flux_conduct(flux, facts.now));
    lines.extend(does.filter(|_| failed.is_none()));
    lines.extend(
        flux.suspended
            .then(|| facts.say("flux-suspended"))
            .filter(|_| failed.is_some()),
    );
    let stalled = flux.condition("Stalled").filter(|_| flux.is("Stalled"));
    lines.extend(stalled.map(|it| {
        let words = facts.catalogue.quote(&it.message);
        let arguments = [("reason", format!("{}: {words}", it.reason).into())];
        facts.catalogue.say_with("flux-gave-up", &arguments)
    }));
    lines.extend(flux.release().and_then(|it| tries(facts, it)));
    lines
}

/// `2 failures in a row · upgrade failed 2 times, tried again 3 times at most`.
fn tries(facts: &Facts<'_>, release: &HelmRelease) -> Option<String> {
    let counted = |id, count: u32| {
        (count > 0).then(|| facts.catalogue.say_with(id, &[("count", count.into())]))
    };
    let retries = match release.retries {
        ..0 => Some(facts.say("flux-retries-forever")),
        retries => {
            let count = [("count", retries.into())];
            Some(facts.catalogue.say_with("flux-retries", &count))
        }
    };
    let upgrades = counted("flux-upgrade-failures", release.upgrade_failures);
    let parts = [
        counted("flux-failures", release.failures),
        upgrades.clone(),
        retries.filter(|_| upgrades.is_some()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `applied main@sha1:8c1f2e0a · tried last main@sha1:51d0c3aa`.
fn revision(facts: &Facts<'_>, row: &FluxRow) -> Vec<String> {
    let said = |id, revision: &str| {
        let revision = [("revision", shortened(revision).into())];
        facts.catalogue.say_with(id, &revision)
    };
    let applied = Some(&row.applied).filter(|it| !it.is_empty());
    let applied = applied.map(|it| said("flux-applied", it));
    let other = row.other().map(|it| said("flux-attempted", it));
    let parts: Vec<_> = applied.into_iter().chain(other).collect();
    let said = parts.join(" \u{b7} ");
    Some(said).filter(|it| !it.is_empty()).into_iter().collect()
}

/// To the first letters of its commit.
fn shortened(revision: &str) -> &str {
    let short = source_revision(revision);
    let end = revision.find(short).map(|at| at + short.len());
    end.and_then(|end| revision.get(..end)).unwrap_or(revision)
}

/// `GitRepository sources/platform · ./beta`.
fn source(flux: &Flux) -> Vec<String> {
    let source = &flux.source;
    if source.name.is_empty() {
        return Vec::new();
    }
    let name = if source.namespace.is_empty() {
        source.name.to_string()
    } else {
        format!("{}/{}", source.namespace, source.name)
    };
    let mut said = format!("{} {name}", source.kind);
    if let FluxTool::Kustomization { path, .. } = &flux.tool
        && !path.is_empty()
    {
        said = format!("{said} \u{b7} {path}");
    }
    vec![said]
}

/// `web 1.x`, as it is wanted.
fn chart(release: &HelmRelease) -> Option<String> {
    let said = format!("{} {}", release.chart, release.version);
    Some(said.trim().to_owned()).filter(|it| !it.is_empty())
}

/// The cluster, and the namespace that it deploys to.
fn destination(facts: &Facts<'_>, row: &FluxRow) -> String {
    let cluster = facts.cluster(row.cluster);
    format!("{cluster} {}", row.namespace)
}

/// Those that have to be ready first.
fn waits_for(flux: &Flux) -> Vec<Line> {
    let line = |(namespace, name): &(Text, Text)| {
        let own = *namespace == flux.meta.namespace;
        vec![text(if own {
            name.to_string()
        } else {
            format!("{namespace}/{name}")
        })]
    };
    flux.after.iter().map(line).collect()
}

/// What it does beyond writing what its source says.
fn conduct(facts: &Facts<'_>, flux: &Flux) -> Vec<Line> {
    let ids = match &flux.tool {
        FluxTool::Kustomization {
            prune, wait, force, ..
        } => vec![
            if *prune {
                "flux-prunes"
            } else {
                "flux-keeps-all"
            },
            if *wait {
                "flux-waits"
            } else {
                "flux-does-not-wait"
            },
            if *force { "flux-forces" } else { "" },
        ],
        FluxTool::HelmRelease(it) => vec![match it.drift {
            DriftDetection::Enabled => "flux-drift-enabled",
            DriftDetection::Warn => "flux-drift-warn",
            DriftDetection::Disabled => "flux-drift-disabled",
        }],
    };
    let ids = ids.into_iter().filter(|it| !it.is_empty());
    ids.map(|id| vec![text(facts.say(id))]).collect()
}

/// `v7  deployed  1.4.2  14m`, the newest first.
fn history(facts: &Facts<'_>, row: &FluxRow, flux: &Flux) -> Vec<Line> {
    let entries = flux.release().into_iter().flat_map(|it| &it.history);
    let line = |it: &HelmEntry| {
        let age = facts.age(row.object.cluster, it.deployed);
        vec![
            text(format!("{} v{}  {}", it.release, it.number, it.status)),
            muted(format!("  {}  {age}", it.chart_version)),
        ]
    };
    entries.map(line).collect()
}

/// Workloads by name, and how many more.
fn keeps(facts: &Facts<'_>, kept: FluxKept<'_>) -> Vec<Line> {
    let reach = FluxReach::of(facts.store);
    let mut names: Vec<_> = reach
        .kept(kept)
        .map(|(_, it)| {
            let kind = Kind::from(it.kind).name();
            format!("{kind} {}/{}", it.meta.namespace, it.meta.name)
        })
        .collect();
    names.sort_unstable();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let mut lines: Vec<Line> = names.into_iter().map(|it| vec![text(it)]).collect();
    if more > 0 {
        let count = [("count", more.into())];
        lines.push(vec![muted(facts.catalogue.say_with("strip-more", &count))]);
    }
    lines
}
