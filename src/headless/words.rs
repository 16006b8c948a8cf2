//! The few words that only listings need.

use crate::model::{Text, What};
use crate::wording::Catalogue;

use super::rows::{ClassRow, EnvironmentRow};

pub(super) fn age(seconds: Option<i64>, catalogue: &Catalogue) -> String {
    seconds.map(|it| catalogue.age(it)).unwrap_or_default()
}

pub(super) fn class(class: ClassRow, catalogue: &Catalogue) -> String {
    catalogue.say(match class {
        ClassRow::Production => "class-production",
        ClassRow::NonProduction => "class-non-production",
        ClassRow::Unknown => "class-unknown",
    })
}

pub(super) fn state(word: &str, catalogue: &Catalogue) -> String {
    catalogue.say(&format!("state-{word}"))
}

/// The environment's name, or its namespace where the scheme knows none.
pub(super) fn environment(environment: &EnvironmentRow) -> &Text {
    environment.name.as_ref().unwrap_or(&environment.namespace)
}

/// In place of a tenant's name, when a cause hits several or none.
pub(super) fn tenants(count: usize, catalogue: &Catalogue) -> String {
    match count {
        0 => String::new(),
        _ => catalogue.say_with("tenants-count", &[("count", count.into())]),
    }
}

/// A fixed word for scripts.
pub(super) fn change_word(what: &What) -> &'static str {
    match what {
        created if created.is_creation() => "created",
        What::Rollout { .. } => "rollout",
        What::RolledBack { .. } => "rolledBack",
        What::RolloutComplete { .. } => "rolloutComplete",
        What::Scale { .. } => "scale",
        What::Paused => "paused",
        What::Resumed => "resumed",
        What::Suspended => "suspended",
        What::Unsuspended => "unsuspended",
        What::Removed => "removed",
        What::NodeReady => "nodeReady",
        What::NodeNotReady { .. } => "nodeNotReady",
        What::NodePressure { .. } => "nodePressure",
        What::NodeCordoned => "nodeCordoned",
        What::NodeUncordoned => "nodeUncordoned",
        What::NodeGone => "nodeGone",
        What::QuotaFull { .. } => "quotaFull",
        What::QuotaChanged { .. } => "quotaChanged",
        What::JobFailed { .. } => "jobFailed",
        What::Warning { .. } => "warning",
    }
}
