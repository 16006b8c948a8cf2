//! vigie: a terminal cockpit for the team on call of a multi-tenant Kubernetes platform.

pub mod app;
pub mod command;
pub mod datafile;
pub mod insight;
pub mod keymap;
pub mod model;
pub mod store;
pub mod tenancy;
pub mod terminal;
pub mod theme;
pub mod view;
pub mod viewmodel;
pub mod wording;
