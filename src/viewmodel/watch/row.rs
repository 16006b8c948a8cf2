//! One finding, one row.

use crate::insight::{Cause, Finding};
use crate::viewmodel::copy::Told;
use crate::viewmodel::page::Listed;
use crate::viewmodel::{
    Brief, Cell, Column, Facts, Form, Lead, State, Table, Target, Tone, Whose, words,
};

impl Listed for Finding {
    fn target(&self) -> Target {
        Target::Finding(self.cause.clone())
    }

    fn state(&self) -> State {
        self.severity.into()
    }

    fn told(&self, facts: &Facts<'_>) -> Told {
        let object = match self.cause {
            // Of what one workload suffers, the workload is the object.
            Cause::Object(_) | Cause::Owner(..) | Cause::Node(..) | Cause::Quota { .. } => {
                self.subject.kind.to_string()
            }
            _ if self.object().is_some() => self.subject.kind.to_string(),
            _ => String::new(),
        };
        let name = if object.is_empty() {
            subject(facts, self)
        } else {
            self.subject.name.to_string()
        };
        Told {
            cluster: Some(self.cluster),
            namespace: self.namespace.to_string(),
            place: self.place.clone(),
            kind: object,
            name,
            said: words::why(facts, self),
            since: self.since,
            hurt: Some(self.cause.clone()),
            ..Told::default()
        }
    }
}

pub(super) fn table(facts: &Facts<'_>, form: Form, findings: &[&Finding]) -> Table {
    let counts = findings.iter().filter_map(|it| ready(it));
    let widest = counts.map(|(text, _)| text.len()).max().unwrap_or(0);
    let widest = u16::try_from(widest).unwrap_or(u16::MAX).clamp(4, 9);
    let columns = [
        Some(Column::left("", 16, 10).says(|it: &Finding| Cell::Whose(whose(facts, it)))),
        Some(Column::left("", 13, 8).says(|it: &Finding| Cell::Name {
            kind: kind(facts, it),
            name: name(facts, it),
        })),
        Some(Column::right("", widest).dropped(1).says(ready_cell)),
        // On a small terminal it stands under the list.
        (form != Form::Small).then(|| {
            Column::left("", 34, 14)
                .dropped(0)
                .grows()
                .says(|it: &Finding| Cell::Text(facts.catalogue.short(it), Tone::Text))
        }),
        Some(Column::right("", 4).says(|it: &Finding| Cell::Age {
            text: age(facts, it),
            stale: stale(facts, it),
            new: facts.unseen.contains(&it.target()),
        })),
    ];
    let columns = columns.into_iter().flatten().collect();
    Table::of(
        facts,
        form,
        Lead::StateAndClass,
        columns,
        findings,
        |finding| (finding.state(), finding.class.into()),
    )
}

fn ready_cell(finding: &Finding) -> Cell {
    ready(finding).map_or(Cell::Empty, |(text, low)| {
        let tone = if low {
            finding.state().tone()
        } else {
            Tone::Text
        };
        Cell::Figure(text, tone)
    })
}

/// A finding in a few lines.
pub(super) fn brief(facts: &Facts<'_>, finding: &Finding) -> Brief {
    let mut lines = vec![facts.catalogue.short(finding)];
    lines.extend(words::why(facts, finding));
    Brief {
        state: finding.state(),
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
