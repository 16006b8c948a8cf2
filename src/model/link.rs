//! How well a cluster, and each kind of it, is seen.

use super::{Moment, Problem, Text};

/// The connection to one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    Connecting {
        since: Moment,
    },
    Live {
        since: Moment,
    },
    /// The last data stay and age. `since` is when the link was lost, `next_try` when it is tried again by itself.
    Degraded {
        problem: Problem,
        since: Moment,
        tries: u32,
        next_try: Option<Moment>,
    },
}

/// The API server, as the kubeconfig names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub url: Text,
    /// False when the kubeconfig says to trust any certificate.
    pub tls_checked: bool,
}

/// One kind, in the whole cluster or in one namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feed {
    /// Being read for the first time, or again; `total` is known when the server says how many remain.
    Reading {
        seen: u32,
        total: Option<u32>,
    },
    Live {
        since: Moment,
    },
    /// Read from time to time instead of watched, because connections are bounded or `watch` is denied;
    /// `at` is the last complete reading.
    Polled {
        at: Moment,
        watch_denied: bool,
    },
    Lost {
        problem: Problem,
        since: Moment,
    },
    /// 403: the missing verb on this kind.
    Denied {
        verb: Verb,
    },
    /// The server does not serve this kind.
    Absent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    List,
    Watch,
}

impl Verb {
    pub const fn word(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::List => "list",
            Verb::Watch => "watch",
        }
    }
}
