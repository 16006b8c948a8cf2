//! What an Argo Rollout has beyond others: its steps with the one it is at, who has how much, what its analyses say.

use crate::command::{self, Command};
use crate::model::{Analysis, Delivery, DeliveryStep, DeliveryWay, Text, Workload};
use crate::viewmodel::{Facts, Line, Piece, State, muted, text};

pub(super) fn lines(facts: &Facts<'_>, workload: &Workload) -> Vec<Line> {
    let Some(delivery) = workload.delivery.as_deref() else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    lines.extend(steps(facts, delivery));
    if !workload.is_promoted() {
        lines.push(sides(facts, workload, delivery));
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

/// `steps  20 %  [pause]  60 %  pause 10m`, the one that it is at in brackets.
fn steps(facts: &Facts<'_>, delivery: &Delivery) -> Option<Line> {
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
    let label = facts.say("delivery-steps");
    Some(vec![
        muted(format!("  {label}  ")),
        text(words.join(" \u{b7} ")),
    ])
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

/// `canary 7f4c 20 % · stable 65d9 80 %`.
fn sides(facts: &Facts<'_>, workload: &Workload, delivery: &Delivery) -> Line {
    let (new, old) = match delivery.way {
        DeliveryWay::Canary => ("delivery-canary", "delivery-stable"),
        DeliveryWay::BlueGreen => ("delivery-preview", "delivery-active"),
    };
    let canary = delivery.way == DeliveryWay::Canary;
    let weight = delivery.weight().filter(|_| canary);
    let rest = delivery.weights.map(|it| it.stable);
    let rest = rest.or(weight.map(|it| 100_u32.saturating_sub(it)));
    let side = |id, hash: &Text, percent: Option<u32>| {
        let name = [("hash", hash.as_str().into())];
        let said = facts.catalogue.say_with(id, &name);
        let percent = percent.map(|it| {
            let percent = [("percent", it.into())];
            facts.catalogue.say_with("delivery-weight", &percent)
        });
        let parts = [Some(said), percent];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let new = side(new, &workload.update_revision, weight);
    let old = side(old, &workload.current_revision, rest);
    vec![text(format!("  {new} \u{b7} {old}"))]
}

fn analysis(facts: &Facts<'_>, it: &Analysis) -> Vec<Line> {
    let state = match it.status.as_str() {
        "Successful" => State::Good,
        "Failed" | "Error" => State::Failed,
        "Inconclusive" => State::Waiting,
        _ => State::Moving,
    };
    let arguments = [
        ("name", it.name.as_str().into()),
        ("status", it.status.as_str().into()),
    ];
    let said = facts.catalogue.say_with("delivery-analysis", &arguments);
    let mut lines = vec![vec![
        text("  "),
        Piece::Mark(state),
        text(format!(" {said}")),
    ]];
    if !it.message.is_empty() {
        let words = facts.catalogue.quote(&it.message);
        lines.push(vec![muted(format!("    {words}"))]);
    }
    lines
}
