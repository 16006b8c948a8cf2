//! What a typed term may ask of a row, and which page has what.

use crate::insight::Severity;
use crate::tenancy::Class;
use crate::viewmodel::{Page, State};
use crate::wording::Catalogue;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Tenant,
    Environment,
    Class,
    Kind,
    Name,
    Status,
    Ready,
    Age,
    Restarts,
    Owner,
    Image,
    Node,
    Cluster,
}

/// How the value of a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// A name, `*` allowed.
    Name,
    /// One of a few words.
    Word,
    /// Ready pods, or their share of those wanted.
    Ready,
    Count,
    Age,
}

impl Field {
    /// As it is typed, in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Tenant => "tenant",
            Field::Environment => "env",
            Field::Class => "class",
            Field::Kind => "kind",
            Field::Name => "name",
            Field::Status => "status",
            Field::Ready => "ready",
            Field::Age => "age",
            Field::Restarts => "restarts",
            Field::Owner => "owner",
            Field::Image => "image",
            Field::Node => "node",
            Field::Cluster => "cluster",
        }
    }

    pub(super) const fn manner(self) -> Manner {
        match self {
            Field::Class | Field::Status => Manner::Word,
            Field::Ready => Manner::Ready,
            Field::Age => Manner::Age,
            Field::Restarts => Manner::Count,
            _ => Manner::Name,
        }
    }

    /// Whether it takes `<` and `>`.
    pub(super) const fn is_figure(self) -> bool {
        !matches!(self.manner(), Manner::Name | Manner::Word)
    }

    /// Those that the rows of a page know.
    pub(super) const fn of(page: &Page) -> &'static [Field] {
        use Field::{
            Age, Class, Cluster, Environment, Image, Kind, Name, Node, Owner, Ready, Restarts,
            Status, Tenant,
        };
        match page {
            Page::Search
            | Page::Help(_)
            | Page::Aspect(..)
            | Page::Preview(_)
            | Page::History(_) => &[],
            Page::Watch => &[
                Tenant,
                Environment,
                Class,
                Kind,
                Name,
                Status,
                Ready,
                Age,
                Node,
                Cluster,
            ],
            Page::Tenants => &[Tenant, Environment, Class, Status, Ready, Age, Cluster],
            Page::Journal | Page::Flux => {
                &[Tenant, Environment, Class, Kind, Name, Status, Age, Cluster]
            }
            Page::Applications => &[
                Tenant,
                Environment,
                Class,
                Name,
                Status,
                Age,
                Image,
                Cluster,
            ],
            Page::Objects(_) | Page::Helm => {
                &[Tenant, Environment, Class, Name, Status, Age, Cluster]
            }
            Page::Tenant(_) => &[
                Environment,
                Class,
                Kind,
                Name,
                Status,
                Ready,
                Age,
                Restarts,
                Owner,
                Image,
                Node,
                Cluster,
            ],
            Page::Deployments => &[
                Tenant,
                Environment,
                Class,
                Kind,
                Name,
                Status,
                Ready,
                Age,
                Restarts,
                Owner,
                Image,
                Node,
                Cluster,
            ],
        }
    }

    /// The words it can have on a page; none when it takes names.
    pub(super) const fn words(self, page: &Page) -> &'static [&'static str] {
        match (self, page) {
            (Field::Class, _) => &["production", "non-production", "unknown"],
            // A finding is one or the other.
            (Field::Status, Page::Watch) => &["critical", "warning"],
            (Field::Status, _) => &[
                "ok", "running", "waiting", "warning", "failed", "stopped", "unknown",
            ],
            _ => &[],
        }
    }

    /// All that it understands, shown or not.
    pub(super) const fn known(self) -> &'static [&'static str] {
        match self {
            Field::Status => &[
                "ok", "running", "waiting", "warning", "critical", "failed", "stopped", "unknown",
            ],
            _ => self.words(&Page::Watch),
        }
    }

    /// A word as the reader's language has it; that of English is understood everywhere.
    pub(super) fn word(self, word: &str, catalogue: &Catalogue) -> String {
        catalogue.say(&format!("filter-{}-{word}", self.name()))
    }
}

/// What a state answers to `status`. A critical finding is a failure too: `failed` finds both.
pub(super) const fn status(state: State) -> &'static [&'static str] {
    match state {
        State::Critical => &["critical", "failed"],
        State::Failed => &["failed"],
        State::Warning => &["warning"],
        State::Good => &["ok"],
        State::Moving => &["running"],
        State::Waiting => &["waiting"],
        State::Stopped => &["stopped"],
        State::Unknown | State::Absent | State::Stale | State::Reading => &["unknown"],
    }
}

pub(super) fn severity(severity: Severity) -> &'static [&'static str] {
    status(severity.into())
}

pub(super) const fn class(class: Class) -> &'static str {
    match class {
        Class::Production => "production",
        Class::NonProduction => "non-production",
        Class::Unknown => "unknown",
    }
}
