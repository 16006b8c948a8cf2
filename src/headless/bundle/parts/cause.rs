//! Why it is so, what was ruled out, and what changed before.

use super::super::write::Page;
use crate::insight::{self, Finding, Reason};
use crate::model::{Change, Kind, Subject};

/// Seconds of changes told where no finding says what they came before.
const DAY: i64 = 86_400;
/// Changes told of it.
const TOLD: usize = 20;

pub(in super::super) fn why(page: &mut Page<'_>) {
    let case = page.case;
    let Some(why) = &case.why else { return };
    let say = case.facts.catalogue;
    let reason = |it: &Reason| match it {
        Reason::Hurt(finding) => Some(hurt(page, finding)),
        // Told in a part of its own.
        Reason::Changed(_) => None,
        Reason::RunsElsewhere(row) => Some(vec![say.elsewhere(row)]),
        Reason::QuotaNear { name, bound } => Some(vec![say.quota_near(name, bound)]),
        Reason::NoEndpoints { .. }
        | Reason::NoPort { .. }
        | Reason::Claim { .. }
        | Reason::CertificateNotReady { .. }
        | Reason::BudgetBlocks { .. } => Some(say.around(it)),
    };
    let reasons: Vec<_> = why.reasons.iter().filter_map(reason).collect();
    let unread = case.unread_around();
    if reasons.is_empty() && unread.is_empty() {
        return;
    }
    page.title("bundle-why");
    if !reasons.is_empty() {
        page.sheet.numbered(&reasons);
    }
    for (kind, reason) in unread {
        page.lack(&kind, &reason);
    }
    if reasons.is_empty() {
        return;
    }
    let mut checks: Vec<_> = why.checks.iter().map(|it| say.check(it)).collect();
    checks.push(page.say("why-not-looked"));
    let title = page.say("bundle-ruled-out");
    page.sheet.paragraph(&title);
    page.sheet.items(&checks);
}

/// What it is, then what it comes to and what can be done.
fn hurt(page: &Page<'_>, finding: &Finding) -> Vec<String> {
    let case = page.case;
    let say = case.facts.catalogue;
    let because = say.why(finding, case.facts.present(finding));
    let first = if finding.subject.name == case.found.object.name {
        because
    } else {
        let arguments = [
            ("subject", say.name(&finding.subject).into()),
            ("sentence", because.into()),
        ];
        say.say_with("bundle-cause-of", &arguments)
    };
    let parts = [
        Some(first),
        Some(say.effect(finding)),
        say.what_to_do(finding),
    ];
    let mut parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.retain(|it| !it.is_empty());
    parts.dedup();
    parts
}

pub(in super::super) fn changes(page: &mut Page<'_>) {
    let case = page.case;
    let findings = case.findings();
    let (id, found) = match findings.first() {
        Some(finding) => {
            let found = insight::before(case.facts.store, finding, case.now);
            ("bundle-before", found)
        }
        None => ("bundle-changes", of_last_day(page)),
    };
    page.title(id);
    let subject = Subject {
        kind: case.found.object.kind.name().into(),
        name: case.found.object.name.clone(),
    };
    let line = |change: &Change| {
        let what = case.facts.catalogue.change(change, Some(&subject));
        let arguments = [
            ("subject", page.dated(change.at).into()),
            ("sentence", what.into()),
        ];
        case.facts.catalogue.say_with("bundle-cause-of", &arguments)
    };
    let lines: Vec<_> = found.iter().take(TOLD).map(line).collect();
    if lines.is_empty() {
        let none = page.say("bundle-no-changes");
        page.sheet.paragraph(&none);
    } else {
        page.sheet.items(&lines);
    }
    let limits = page.say("bundle-read-once");
    page.sheet.paragraph(&limits);
}

fn of_last_day(page: &Page<'_>) -> Vec<Change> {
    let case = page.case;
    let object = &case.found.object;
    let mut found = insight::changes(case.facts.store, case.now.plus(-DAY), case.now);
    found.retain(|change| {
        let own = change.subject.name == object.name
            && change.subject.kind == object.kind.name()
            && change.namespace == object.namespace;
        let within = object.kind == Kind::Namespace && change.namespace == object.name;
        change.cluster == object.cluster && (own || within)
    });
    found
}
