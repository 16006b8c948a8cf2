//! Whose a namespace is: tenant, environment and class, from labels, annotations and names.
//!
//! Resolvers are asked in order and the first that knows a namespace decides: the configured rules, then the presets,
//! then "the namespace is its own tenant".

mod class;
mod places;
mod preset;
mod resolve;
mod rules;
mod selection;
#[cfg(test)]
mod tests;

pub use places::{Places, Site};
pub use rules::{Pattern, Preset, Rule, RuleFault, RuleProblem, Rules, glob};
pub use selection::Selection;

use serde::{Deserialize, Serialize};

use crate::model::Text;

/// The tenant of the platform's own namespaces and of what stands in none.
pub const PLATFORM: &str = "platform";

/// Class of an environment. Production is judged first, and what is not known counts as if it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Production,
    Unknown,
    NonProduction,
}

/// Where a namespace belongs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub tenant: Text,
    /// Empty when the scheme knows none.
    pub environment: Text,
    pub class: Class,
    /// One of the platform's own namespaces: the service team is on call for it before any tenant.
    pub platform: bool,
}

impl Place {
    /// Of which nothing is known.
    pub fn unknown() -> Self {
        Self {
            tenant: Text::default(),
            environment: Text::default(),
            class: Class::Unknown,
            platform: false,
        }
    }

    /// The platform's: its class is production whatever the names say.
    fn platform(environment: &str) -> Self {
        Self {
            tenant: PLATFORM.into(),
            environment: environment.into(),
            class: Class::Production,
            platform: true,
        }
    }
}
