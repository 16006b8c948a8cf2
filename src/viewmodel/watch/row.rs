//! One finding, one row.

use crate::insight::{Cause, Finding};
use crate::viewmodel::{
    Brief, Cell, Column, Facts, Form, Lead, Row, State, Table, Target, Tone, Whose, words,
};

pub(super) fn table(facts: &Facts<'_>, form: Form, findings: &[&Finding]) -> Table {
    let rows: Vec<_> = findings.iter().map(|it| row(facts, it)).collect();
    let ready = rows.iter().filter_map(|row| match row.cells.get(2) {
        Some(Cell::Figure(text, _)) => u16::try_from(text.chars().count()).ok(),
        _ => None,
    });
    let ready = ready.max().unwrap_or(0).clamp(4, 9);
    let sentence = Column::left("", 34, 14).dropped(0).grows();
    let columns = [
        Some(Column::left("", 16, 10)),
        Some(Column::left("", 13, 8)),
        Some(Column::right("", ready).dropped(1)),
        // On a small terminal it stands under the list.
        Some(sentence).filter(|_| form != Form::Small),
        Some(Column::right("", 4)),
    ];
    let mut table = Table {
        lead: Lead::StateAndClass,
        columns: columns.into_iter().flatten().collect(),
        rows,
    };
    if form == Form::Small {
        for row in &mut table.rows {
            row.cells.remove(3);
        }
    }
    table
}

fn row(facts: &Facts<'_>, finding: &Finding) -> Row {
    let state = state(finding);
    let target = Target::Finding(finding.cause.clone());
    let ready = ready(finding).map_or(Cell::Empty, |(text, low)| {
        let tone = if low { state.tone() } else { Tone::Text };
        Cell::Figure(text, tone)
    });
    Row {
        state,
        class: finding.class.into(),
        marked: facts.marks.contains(&target),
        cells: vec![
            Cell::Whose(whose(facts, finding)),
            Cell::Name {
                kind: kind(facts, finding),
                name: name(facts, finding),
            },
            ready,
            Cell::Text(facts.catalogue.short(finding), Tone::Text),
            Cell::Age {
                text: age(facts, finding),
                stale: stale(facts, finding),
                new: facts.unseen.contains(&target),
            },
        ],
    }
}

/// A finding in a few lines.
pub(super) fn brief(facts: &Facts<'_>, finding: &Finding) -> Brief {
    let mut lines = vec![facts.catalogue.short(finding)];
    lines.extend(words::why(facts, finding));
    Brief {
        state: state(finding),
        class: finding.class.into(),
        whose: whose(facts, finding),
        kind: kind(facts, finding),
        subject: name(facts, finding),
        ready: ready(finding),
        age: age(facts, finding),
        stale: stale(facts, finding),
        lines,
    }
}

/// `3/6`, and whether that is fewer than wanted.
fn ready(finding: &Finding) -> Option<(String, bool)> {
    let (ready, wanted) = finding.ready?;
    Some((format!("{ready}/{wanted}"), ready < wanted))
}

fn age(facts: &Facts<'_>, finding: &Finding) -> String {
    let now = words::now(facts, finding);
    let since = finding.since.map(|since| since.age(now));
    since.map_or_else(String::new, |age| facts.catalogue.age(age))
}

fn stale(facts: &Facts<'_>, finding: &Finding) -> bool {
    let stale = facts.survey.stale(finding.cluster).is_some();
    stale && !matches!(finding.cause, Cause::Link(_))
}

pub(super) fn state(finding: &Finding) -> State {
    finding.severity.into()
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
pub(in crate::viewmodel) fn subject(facts: &Facts<'_>, finding: &Finding) -> String {
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
        "Kustomization" | "HelmRelease" => "subject-flux",
        "Application" => "subject-argo-cd",
        _ => return String::new(),
    };
    facts.say(id)
}
