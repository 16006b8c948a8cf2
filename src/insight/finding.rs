//! A finding: a judged problem with its evidence. One cause is one finding, however many objects it hurts.

use crate::model::{ClusterId, Moment, ObjectId, Subject, Text};
use crate::tenancy::{Class, Place};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Critical,
    Warning,
}

/// Identity of a finding across judgements: what is wrong, by what it is wrong with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    Object(ObjectId),
    Node(ClusterId, Text),
    Quota {
        cluster: ClusterId,
        namespace: Text,
        name: Text,
    },
    Image {
        cluster: ClusterId,
        image: Text,
    },
    Registry {
        cluster: ClusterId,
        host: Text,
    },
    Webhook {
        cluster: ClusterId,
        name: Text,
    },
    Link(ClusterId),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub cause: Cause,
    pub severity: Severity,
    /// The worst class it hurts.
    pub class: Class,
    pub cluster: ClusterId,
    /// Empty for cluster-scoped subjects and for causes shared by several namespaces.
    pub namespace: Text,
    /// None when several places are hit.
    pub place: Option<Place>,
    /// Tenants hit, sorted.
    pub tenants: Vec<Text>,
    /// The workload, node, quota, image… that the row names.
    pub subject: Subject,
    /// Ready of wanted pods, where that means something.
    pub ready: Option<(u32, u32)>,
    pub trouble: Trouble,
    pub since: Option<Moment>,
    /// Objects hit (pods, workloads), at least 1.
    pub count: u32,
    /// The objects hit, the subject first.
    pub objects: Vec<ObjectId>,
}

/// What is wrong, with the cluster's own words. One variant per rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The link to the cluster is degraded: everything about it is as of `since`.
    LinkDegraded,
}
