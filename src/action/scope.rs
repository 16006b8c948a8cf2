use crate::tenancy::{Class, Place, glob};

/// The places that an entry of the configuration is about. What is not named is not asked for, so that nothing named is all;
/// what is not known of a place may be what is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Names; `*` stands for anything.
    pub tenants: Vec<String>,
    pub environments: Vec<String>,
    pub classes: Vec<Class>,
}

impl Scope {
    pub fn covers(&self, place: &Place) -> bool {
        let class = self.classes.is_empty()
            || place.class == Class::Unknown
            || self.classes.contains(&place.class);
        class
            && names(&self.tenants, &place.tenant)
            && names(&self.environments, &place.environment)
    }
}

/// In any case: a capital that slipped in must not open what was meant to be shut.
pub(super) fn names(patterns: &[String], name: &str) -> bool {
    let name = name.to_lowercase();
    let named = |pattern: &String| glob(&pattern.to_lowercase(), &name);
    patterns.is_empty() || name.is_empty() || patterns.iter().any(named)
}
