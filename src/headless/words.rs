//! The few words that only listings need.

use crate::model::What;
use crate::wording::Catalogue;

pub(super) fn age(seconds: Option<i64>, catalogue: &Catalogue) -> String {
    seconds.map(|it| catalogue.age(it)).unwrap_or_default()
}

pub(super) fn state(word: &str, catalogue: &Catalogue) -> String {
    catalogue.say(&format!("state-{word}"))
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
