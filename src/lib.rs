//! vigie: a terminal cockpit for the team on call of a multi-tenant Kubernetes platform.

pub mod cli;
pub mod config;
pub mod headless;
pub mod insight;
pub mod model;
pub mod store;
pub mod tenancy;
pub mod wording;
