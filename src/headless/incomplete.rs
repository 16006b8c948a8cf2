//! What could not be seen, so that an answer never passes for the whole truth.

use fluent_bundle::FluentValue;
use serde::Serialize;

use crate::model::{Feed, Kind, Link, Scope, Text};
use crate::store::{Cluster, Store};
use crate::wording::Catalogue;

/// `what` of a cluster of which nothing is seen.
pub(super) const WHOLE_CLUSTER: &str = "cluster";

/// One thing not seen. The words are for a person; `what` is the resource's name, or `cluster` for all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Incomplete {
    /// Null for what no cluster has.
    pub cluster: Option<Text>,
    pub what: String,
    pub reason: String,
}

impl Incomplete {
    /// One sentence.
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let text = |text: &str| FluentValue::from(text.to_owned());
        let reason = ("reason", text(&self.reason));
        match &self.cluster {
            Some(cluster) if self.what == WHOLE_CLUSTER => {
                catalogue.say_with("not-seen", &[("what", text(cluster)), reason])
            }
            Some(cluster) => catalogue.say_with(
                "not-seen-in-cluster",
                &[
                    ("what", text(&self.what)),
                    ("cluster", text(cluster)),
                    reason,
                ],
            ),
            None => catalogue.say_with("not-seen", &[("what", text(&self.what)), reason]),
        }
    }
}

/// What of these kinds is missing from the store, cluster by cluster.
pub fn incomplete(store: &Store, kinds: &[Kind], catalogue: &Catalogue) -> Vec<Incomplete> {
    let missing = |cluster| Missing { cluster, catalogue }.of(kinds);
    store.clusters().flat_map(missing).collect()
}

struct Missing<'a> {
    cluster: &'a Cluster,
    catalogue: &'a Catalogue,
}

impl Missing<'_> {
    fn of(&self, kinds: &[Kind]) -> Vec<Incomplete> {
        if let Some(reason) = self.link() {
            return vec![self.entry(WHOLE_CLUSTER.to_owned(), reason)];
        }
        kinds.iter().flat_map(|kind| self.kind(*kind)).collect()
    }

    fn entry(&self, what: String, reason: String) -> Incomplete {
        Incomplete {
            cluster: Some(self.cluster.name().clone()),
            what,
            reason,
        }
    }

    fn link(&self) -> Option<String> {
        match self.cluster.link() {
            Link::Live { .. } => None,
            Link::Connecting { .. } => Some(self.catalogue.say("unseen-connecting")),
            Link::Degraded { problem, .. } => Some(self.catalogue.problem(problem)),
        }
    }

    fn kind(&self, kind: Kind) -> Vec<Incomplete> {
        let plural = kind.plural().to_owned();
        let mut asked = self
            .cluster
            .feeds()
            .filter(|(scope, _)| scope.kind == kind)
            .peekable();
        if asked.peek().is_none() {
            return vec![self.entry(plural, self.catalogue.say("unseen-not-asked"))];
        }
        let feeds = asked
            .filter_map(|(scope, feed)| self.feed(scope, feed))
            .map(|reason| self.entry(plural.clone(), reason));
        let objects = self
            .cluster
            .undecodable()
            .filter(|(scope, ..)| scope.kind == kind)
            .map(|(scope, name, fault)| {
                let reason = ("reason", self.catalogue.garbled(fault).into());
                let said = match (name.as_str(), scope.namespace.as_deref()) {
                    ("", _) => self
                        .catalogue
                        .say_with("unseen-object-without-name", &[reason]),
                    (name, _) => self
                        .catalogue
                        .say_with("unseen-object", &[reason, ("name", name.into())]),
                };
                self.entry(plural.clone(), said)
            });
        feeds.chain(objects).collect()
    }

    /// Why a list cannot be relied on; None when it can.
    fn feed(&self, scope: &Scope, feed: &Feed) -> Option<String> {
        let reason = match feed {
            Feed::Live { .. } | Feed::Polled { .. } => return None,
            // Read once and not watched, it stays in this state.
            Feed::Reading { .. } if self.cluster.was_read(scope) => return None,
            // A custom resource that is not installed has no objects to miss.
            Feed::Absent if !scope.kind.built_in() => return None,
            Feed::Absent => self.catalogue.say("unseen-absent"),
            Feed::Reading { seen, total: None } => self
                .catalogue
                .say_with("unseen-cut-short", &[("seen", (*seen).into())]),
            Feed::Reading {
                seen,
                total: Some(total),
            } => self.catalogue.say_with(
                "unseen-part",
                &[("seen", (*seen).into()), ("total", (*total).into())],
            ),
            Feed::Lost { problem, .. } => self.catalogue.problem(problem),
            Feed::Denied { verb } => {
                return Some(
                    self.catalogue
                        .denied(*verb, scope.kind, scope.namespace.as_deref()),
                );
            }
        };
        Some(match &scope.namespace {
            Some(namespace) => self.catalogue.say_with(
                "unseen-in-namespace",
                &[
                    ("reason", reason.into()),
                    ("namespace", namespace.as_str().into()),
                ],
            ),
            None => reason,
        })
    }
}
