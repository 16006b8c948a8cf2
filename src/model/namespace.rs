use super::{Meta, Text};

#[derive(Clone, Debug, PartialEq)]
pub struct Namespace {
    pub meta: Meta,
    pub terminating: bool,
}

/// Rancher's `projects.management.cattle.io`: gives the project ids on namespaces their display name.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    pub meta: Meta,
    pub display_name: Text,
}
