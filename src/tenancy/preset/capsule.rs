//! Capsule labels each namespace with its Tenant; the second key is the newer spelling.

use super::Known;
use crate::model::Labels;

const KEYS: [&str; 2] = ["capsule.clastix.io/tenant", "projectcapsule.dev/tenant"];

pub(super) fn resolve(labels: &Labels) -> Option<Known> {
    let tenant = KEYS
        .iter()
        .filter_map(|key| labels.get(key))
        .find(|value| !value.is_empty())?;
    Some(Known {
        tenant: tenant.into(),
        ..Known::default()
    })
}
