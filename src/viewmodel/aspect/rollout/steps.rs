//! What an Argo Rollout has beyond others: its steps with the one it is at, who has how much, what its analyses say.

use crate::command::{self, Command};
use crate::insight::RevisionRow;
use crate::model::{Analysis, Delivery, DeliveryStep, DeliveryWay, Text, Weights, Workload};
use crate::viewmodel::{Facts, Line, Piece, State, muted, text};

pub(super) fn lines(facts: &Facts<'_>, workload: &Workload) -> Vec<Line> {
    let Some(delivery) = workload.delivery.as_deref() else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    let label = facts.say("delivery-steps");
    let steps = steps(facts, delivery);
    lines.extend(steps.map(|it| vec![muted(format!("  {label}  ")), text(it)]));
    if !workload.is_promoted() {
        lines.push(vec![text(format!(
            "  {}",
            sides(facts, workload, delivery)
        ))]);
    }
    let said = delivery.analyses.iter();
    lines.extend(said.flat_map(|it| analysis(facts, it)));
    // Why it was given up is said above.
    if !delivery.message.is_empty() && !delivery.aborted {
        lines.push(vec![muted(format!(
            "  {}",
            facts.catalogue.quote(&delivery.message)
        ))]);
    }
    lines.extend(ways(facts, workload));
    lines
}

/// The same in a pane: nothing of what is over.
pub(in crate::viewmodel) fn course(facts: &Facts<'_>, workload: &Workload) -> Vec<String> {
    let open = |it: &&Workload| !it.is_promoted();
    let workload = Some(workload).filter(open);
    let Some((workload, delivery)) = workload.zip(workload.and_then(|it| it.delivery.as_deref()))
    else {
        return Vec::new();
    };
    let mut words: Vec<_> = steps(facts, delivery).into_iter().collect();
    words.push(sides(facts, workload, delivery));
    for it in &delivery.analyses {
        words.push(analysed(facts, it));
        words.extend((!it.message.is_empty()).then(|| facts.catalogue.quote(&it.message)));
    }
    words
}

/// What can be done about it, by the names under which the palette has it.
fn ways(facts: &Facts<'_>, workload: &Workload) -> Option<Line> {
    let commands: &[Command] = if workload.is_promoted() {
        return None;
    } else if workload.is_aborted() {
        &[Command::RetryRollout]
    } else {
        &[Command::Promote, Command::PromoteFull, Command::Abort]
    };
    let key = (facts.keys)(Command::Palette)?;
    let entries = commands.iter().filter_map(|it| command::of(*it));
    let names: Vec<_> = entries.map(|it| format!("{key}{}", it.name)).collect();
    let label = facts.say("strip-do");
    Some(vec![
        muted(format!("  {label}  ")),
        text(names.join(" \u{b7} ")),
    ])
}

/// `20 % · [pause] · 60 % · pause 10m`, the one that it is at in brackets.
fn steps(facts: &Facts<'_>, delivery: &Delivery) -> Option<String> {
    if delivery.steps.is_empty() {
        return None;
    }
    let at = delivery.step.and_then(|it| usize::try_from(it).ok());
    let words = delivery.steps.iter().enumerate().map(|(number, step)| {
        let said = self::step(facts, step);
        if at == Some(number) {
            format!("[{said}]")
        } else {
            said
        }
    });
    let mut words: Vec<_> = words.collect();
    let kept = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let more = delivery.step_count.saturating_sub(kept);
    if more > 0 {
        let count = [("count", more.into())];
        words.push(facts.catalogue.say_with("strip-more", &count));
    }
    Some(words.join(" \u{b7} "))
}

fn step(facts: &Facts<'_>, step: &DeliveryStep) -> String {
    match step {
        DeliveryStep::Weight(percent) => {
            let percent = [("percent", (*percent).into())];
            facts.catalogue.say_with("delivery-weight", &percent)
        }
        DeliveryStep::Pause(span) if span.is_empty() => facts.say("delivery-pause"),
        DeliveryStep::Pause(span) => {
            let span = [("span", span.as_str().into())];
            facts.catalogue.say_with("delivery-pause-for", &span)
        }
        DeliveryStep::Other(name) => name.to_string(),
    }
}

/// `canary 7f4c 10 % · stable 65d9 90 %, by pods · 20 % wanted`, the last where that is another number.
fn sides(facts: &Facts<'_>, workload: &Workload, delivery: &Delivery) -> String {
    let (new, old) = match delivery.way {
        DeliveryWay::Canary => ("delivery-canary", "delivery-stable"),
        DeliveryWay::BlueGreen => ("delivery-preview", "delivery-active"),
    };
    let canary = delivery.way == DeliveryWay::Canary;
    let has = delivery
        .weights
        .or_else(|| by_pods(facts, workload))
        .filter(|_| canary);
    let percent = |percent: u32| {
        let percent = [("percent", percent.into())];
        facts.catalogue.say_with("delivery-weight", &percent)
    };
    let side = |id, hash: &Text, has: Option<u32>| {
        let name = [("hash", hash.as_str().into())];
        let said = facts.catalogue.say_with(id, &name);
        let parts = [Some(said), has.map(percent)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let new = side(new, &workload.update_revision, has.map(|it| it.canary));
    let old = side(old, &workload.current_revision, has.map(|it| it.stable));
    let by = has.map(|_| match delivery.weights {
        Some(_) => facts.say("delivery-by-router"),
        None => facts.say("delivery-by-pods"),
    });
    let by = by.map_or_else(String::new, |it| format!(", {it}"));
    let wanted = delivery.wanted_weight();
    let wanted = wanted.filter(|it| has.is_some_and(|has| has.canary != *it));
    let wanted = wanted.map_or_else(String::new, |it| {
        let percent = [("percent", it.into())];
        let said = facts.catalogue.say_with("delivery-wanted", &percent);
        format!(" \u{b7} {said}")
    });
    format!("{new} \u{b7} {old}{by}{wanted}")
}

/// Without a router the traffic goes by the pods that are ready: of both revisions, and of any other that has some left.
fn by_pods(facts: &Facts<'_>, workload: &Workload) -> Option<Weights> {
    let ready = |it: &RevisionRow| u64::from(it.ready);
    let all: u64 = facts.revisions.iter().map(ready).sum();
    let of = |hash: &Text| {
        let named = |it: &&RevisionRow| !hash.is_empty() && it.name.ends_with(hash.as_str());
        let pods: u64 = facts.revisions.iter().filter(named).map(ready).sum();
        u32::try_from((pods * 100).checked_div(all)?).ok()
    };
    Some(Weights {
        canary: of(&workload.update_revision)?,
        stable: of(&workload.current_revision)?,
    })
}

fn analysed(facts: &Facts<'_>, it: &Analysis) -> String {
    let arguments = [
        ("name", it.name.as_str().into()),
        ("status", it.status.as_str().into()),
    ];
    facts.catalogue.say_with("delivery-analysis", &arguments)
}

fn analysis(facts: &Facts<'_>, it: &Analysis) -> Vec<Line> {
    let state = match it.status.as_str() {
        "Successful" => State::Good,
        "Failed" | "Error" => State::Failed,
        "Inconclusive" => State::Waiting,
        _ => State::Moving,
    };
    let mut lines = vec![vec![
        text("  "),
        Piece::Mark(state),
        text(format!(" {}", analysed(facts, it))),
    ]];
    if !it.message.is_empty() {
        let words = facts.catalogue.quote(&it.message);
        lines.push(vec![muted(format!("    {words}"))]);
    }
    lines
}
