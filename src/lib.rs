//! vigie: a terminal cockpit for the team on call of a multi-tenant Kubernetes platform.

pub mod insight;
pub mod model;
pub mod source;
pub mod store;
pub mod tenancy;
pub mod wording;
