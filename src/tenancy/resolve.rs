//! From one namespace to its place.

use super::preset::{Fleet, Known, Subject, cpin};
use super::{Class, Place, Preset, Rule, Rules, class};

/// `labelled` is what the namespace's workloads say of its class.
pub(super) fn place(
    subject: &Subject<'_>,
    labelled: Option<Class>,
    rules: &Rules,
    fleet: &Fleet,
) -> Place {
    for rule in &rules.rules {
        if let Some(known) = configured(rule, subject) {
            return finish(&known, rule.class, subject, labelled, rules);
        }
    }
    // A label says more than a name: a tenant's namespace may begin like one of the platform's.
    if rules.presets.contains(&Preset::Cpin)
        && let Some(known) = cpin::by_labels(subject.labels, &fleet.cpin)
    {
        return finish(&known, None, subject, labelled, rules);
    }
    if rules.is_platform(subject.name) {
        return Place::platform(subject.name);
    }
    let known = rules
        .presets
        .iter()
        .find_map(|preset| preset.resolve(subject, fleet));
    match known {
        Some(known) if known.platform => Place::platform(subject.name),
        Some(known) => finish(&known, None, subject, labelled, rules),
        None => own_tenant(subject, labelled, rules),
    }
}

fn configured(rule: &Rule, subject: &Subject<'_>) -> Option<Known> {
    if rule.fault().is_some() {
        return None;
    }
    let (mut tenant, mut environment) = (None, None);
    if let Some(key) = &rule.label {
        tenant = Some(subject.labels.get(key).filter(|value| !value.is_empty())?);
    } else if let Some(key) = &rule.annotation {
        tenant = Some(
            subject
                .annotations
                .get(key)
                .filter(|value| !value.is_empty())?,
        );
    } else if let Some(pattern) = &rule.name {
        let found = pattern.regex()?.captures(subject.name)?;
        let group = |name: &str, number: usize| {
            let group = found.name(name).or_else(|| found.get(number))?;
            subject.name.get(group.range())
        };
        tenant = group("tenant", 1);
        environment = group("environment", 2);
    } else if !rule.namespaces.iter().any(|name| name == subject.name) {
        return None;
    }
    let labelled = rule
        .environment_label
        .as_ref()
        .and_then(|key| subject.labels.get(key));
    let tenant = rule.tenant.as_deref().or(tenant)?;
    Some(Known {
        platform: tenant == super::PLATFORM,
        tenant: tenant.into(),
        environment: rule
            .environment
            .as_deref()
            .or(labelled)
            .or(environment)
            .unwrap_or_default()
            .into(),
    })
}

fn finish(
    known: &Known,
    configured: Option<Class>,
    subject: &Subject<'_>,
    labelled: Option<Class>,
    rules: &Rules,
) -> Place {
    if known.platform {
        return Place {
            class: configured.unwrap_or(Class::Production),
            ..Place::platform(subject.name)
        };
    }
    let environment = if known.environment.is_empty() {
        class::environment_label(subject.labels, rules)
            .or_else(|| class::known_suffix(subject.name, rules))
            .unwrap_or_else(|| class::own_part(subject.name, &known.tenant))
    } else {
        &known.environment
    };
    let class = configured
        .or(labelled)
        .or_else(|| rules.class_of(environment))
        .unwrap_or(Class::Unknown);
    Place {
        tenant: known.tenant.clone(),
        environment: environment.into(),
        class,
        platform: false,
    }
}

fn own_tenant(subject: &Subject<'_>, labelled: Option<Class>, rules: &Rules) -> Place {
    let environment = class::environment_label(subject.labels, rules);
    let named = environment.or_else(|| class::known_suffix(subject.name, rules));
    let class = labelled
        .or_else(|| rules.class_of(named?))
        .unwrap_or(Class::Unknown);
    Place {
        tenant: subject.name.into(),
        environment: environment.unwrap_or_default().into(),
        class,
        platform: false,
    }
}
