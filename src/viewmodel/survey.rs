//! How much of each cluster is seen, and what was left in a temporary state: one pass over the store after each judgement.

mod left;

pub(super) use left::Left;
pub use left::Temporary;

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::insight;
use crate::model::{ClusterId, Feed, GarbledFault, Kind, Link, Moment, Scope, Text, Uid, Verb};
use crate::store::{Cluster, Store};
use crate::tenancy::{Class, Places, Selection};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    pub clusters: Vec<Sight>,
    /// Kinds that the rights hide, each once.
    pub denied: Vec<Denied>,
    pub temporary: Vec<Temporary>,
    pub totals: Totals,
    /// Namespaces that are read one by one, when the rights or the person bound the reading.
    pub namespaces: Option<BTreeSet<(ClusterId, Text)>>,
    /// Names asked for that nothing has.
    pub unmatched: Vec<String>,
    /// Two contexts of one cluster.
    pub twins: Vec<(Text, Text)>,
}

/// What is seen of one cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    pub id: ClusterId,
    pub name: Text,
    pub link: Link,
    /// Something that was asked was never answered whole.
    pub reading: bool,
    /// Kinds asked for, and whether each was read whole; not those that are denied or not served.
    pub kinds: Vec<(Kind, bool)>,
    /// Kinds whose watch is lost though the cluster answers, and since when.
    pub lost: Vec<(Kind, Moment)>,
    /// Lists that are read in turns instead of watched, and when the oldest was.
    pub in_turns: Option<(usize, Moment)>,
    /// Objects that could not be decoded, and the latest of them: its kind, name and what is wrong.
    pub unreadable: usize,
    pub latest_unreadable: Option<(Kind, Text, GarbledFault)>,
    pub pods: usize,
    /// Of the pods, while the server says how many there are.
    pub pods_total: Option<usize>,
    /// The API server's clock minus ours, in seconds.
    pub skew: i64,
    /// False when any certificate is trusted.
    pub tls_checked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    pub kind: Kind,
    pub verb: Verb,
    /// None when it is denied in the whole cluster.
    pub namespaces: Option<Vec<Text>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub tenants: usize,
    pub environments: usize,
    pub production: usize,
    pub workloads: usize,
    pub pods: usize,
    pub nodes: usize,
}

impl Survey {
    /// `selection` bounds what was left in a temporary state, not the totals.
    pub fn of(store: &Store, places: &Places, selection: &Selection) -> Self {
        let mut survey = Self::default();
        let mut tenants = HashSet::new();
        let hands = left::hands(store);
        let mut systems: HashMap<Uid, &Text> = HashMap::new();
        for cluster in store.clusters() {
            survey.clusters.push(sight(cluster));
            for (scope, feed) in cluster.feeds() {
                survey.note_feed(scope, feed);
            }
            for namespace in cluster.namespaces() {
                let place = places.of(cluster.id(), &namespace.meta.name);
                survey.totals.environments += 1;
                survey.totals.production += usize::from(place.class == Class::Production);
                tenants.insert(place.tenant);
                // The oldest namespace of a cluster: no other has its uid.
                if namespace.meta.name == "kube-system" {
                    match systems.entry(namespace.meta.uid) {
                        Entry::Vacant(free) => drop(free.insert(cluster.name())),
                        Entry::Occupied(twin) => {
                            let pair = ((*twin.get()).clone(), cluster.name().clone());
                            survey.twins.push(pair);
                        }
                    }
                }
            }
            survey.totals.workloads += cluster.workloads().count();
            survey.totals.workloads += insight::unwatched(cluster, places).count();
            survey.totals.pods += cluster.pod_count();
            survey.totals.nodes += cluster.nodes().count();
            for (namespace, left) in left::temporary(cluster, places, &hands) {
                if selection.matches(&namespace, &left.place) {
                    survey.temporary.push(left);
                }
            }
        }
        for (namespace, left) in left::held_back(store, places) {
            // Where it deploys to, and where it lies itself.
            let asked = |it: &Text| selection.matches(it, &left.place);
            if asked(&namespace) || asked(&left.namespace) {
                survey.temporary.push(left);
            }
        }
        survey.totals.tenants = tenants.len();
        survey.temporary.sort_by(|one, other| {
            let newest = |it: &Temporary| (it.since.is_none(), Reverse(it.since));
            let order = |it: &Temporary| (it.place.class, newest(it), it.name.clone(), it.object);
            order(one).cmp(&order(other))
        });
        let unmatched = selection.unmatched(store, places);
        survey.unmatched = unmatched.into_iter().map(str::to_owned).collect();
        survey
    }

    /// Everything that was asked has answered at least once.
    pub fn read(&self) -> bool {
        self.clusters.iter().all(|sight| !sight.reading)
    }

    /// Nothing is hidden, lost or old: absence of findings means calm.
    pub fn whole(&self) -> bool {
        let clear = |sight: &Sight| {
            matches!(sight.link, Link::Live { .. })
                && sight.lost.is_empty()
                && sight.unreadable == 0
        };
        // What may be listed but not watched is seen, only later.
        let hidden = |denied: &Denied| denied.verb != Verb::Watch;
        self.read() && !self.denied.iter().any(hidden) && self.clusters.iter().all(clear)
    }

    /// The cluster whose link is lost, and since when: what is shown of it is as of that moment.
    pub fn stale(&self, cluster: ClusterId) -> Option<Moment> {
        let sight = self.clusters.get(usize::from(cluster.0))?;
        match sight.link {
            Link::Degraded { since, .. } => Some(since),
            _ => None,
        }
    }

    /// The present of what is shown of the cluster, by the cluster's clock. Of a cluster that is lost it is the moment it
    /// was last seen: nobody knows what has lasted since.
    pub fn cluster_now(&self, cluster: ClusterId, now: Moment) -> Moment {
        let seen = self.stale(cluster).map_or(now, |since| since.min(now));
        self.by_clock_of(cluster, seen)
    }

    /// A moment of ours by the cluster's clock: what is over goes on ageing, whether the cluster is seen or not.
    pub fn by_clock_of(&self, cluster: ClusterId, moment: Moment) -> Moment {
        let sight = self.clusters.get(usize::from(cluster.0));
        moment.plus(sight.map_or(0, |sight| sight.skew))
    }

    fn note_feed(&mut self, scope: &Scope, feed: &Feed) {
        if let Some(namespace) = &scope.namespace
            && !matches!(feed, Feed::Denied { .. } | Feed::Absent)
        {
            let namespaces = self.namespaces.get_or_insert_default();
            namespaces.insert((scope.cluster, namespace.clone()));
        }
        let verb = match feed {
            Feed::Denied { verb } => *verb,
            Feed::Polled {
                watch_denied: true, ..
            } => Verb::Watch,
            _ => return,
        };
        if let Some(known) = self.denied.iter_mut().find(|it| it.kind == scope.kind) {
            known.namespaces = known.namespaces.take().zip(scope.namespace.clone()).map(
                |(mut namespaces, one)| {
                    namespaces.push(one);
                    namespaces
                },
            );
            return;
        }
        self.denied.push(Denied {
            kind: scope.kind,
            verb,
            namespaces: scope.namespace.clone().map(|one| vec![one]),
        });
    }
}

fn sight(cluster: &Cluster) -> Sight {
    let mut kinds: Vec<(Kind, bool)> = Vec::new();
    let mut lost: Vec<(Kind, Moment)> = Vec::new();
    let mut in_turns: Option<(usize, Moment)> = None;
    let mut pods = (cluster.pod_count(), None);
    for (scope, feed) in cluster.feeds() {
        match feed {
            Feed::Denied { .. } | Feed::Absent => continue,
            Feed::Lost { since, .. } if lost.iter().all(|(kind, _)| *kind != scope.kind) => {
                lost.push((scope.kind, *since));
            }
            // A named namespace is asked for its labels alone, and those hardly change.
            Feed::Polled { at, .. } if scope.kind != Kind::Namespace => {
                let (lists, oldest) = in_turns.unwrap_or((0, *at));
                in_turns = Some((lists + 1, oldest.min(*at)));
            }
            Feed::Reading {
                total: Some(total), ..
            } if scope.kind == Kind::Pod => {
                pods.1 = Some(pods.1.unwrap_or(0) + *total as usize);
            }
            _ => {}
        }
        let whole = match feed {
            Feed::Live { .. } | Feed::Polled { .. } => true,
            _ => cluster.was_read(scope),
        };
        match kinds.iter_mut().find(|(kind, _)| *kind == scope.kind) {
            Some((_, all)) => *all &= whole,
            None => kinds.push((scope.kind, whole)),
        }
    }
    kinds.sort_by_key(|(kind, _)| Kind::ALL.iter().position(|it| it == kind));
    // Before the source has said what it asks for, nothing is known; the first kinds of a load come together.
    let begun = cluster.feeds().any(|(scope, _)| scope.kind == Kind::Pod);
    let connecting = matches!(cluster.link(), Link::Connecting { .. });
    let gave_up = matches!(cluster.link(), Link::Degraded { .. });
    Sight {
        id: cluster.id(),
        name: cluster.name().clone(),
        link: cluster.link().clone(),
        reading: connecting || !gave_up && (!begun || kinds.iter().any(|(_, whole)| !whole)),
        kinds,
        lost,
        in_turns,
        unreadable: cluster.undecodable().count(),
        latest_unreadable: cluster
            .undecodable()
            .last()
            .map(|(scope, name, fault)| (scope.kind, name.clone(), fault.clone())),
        pods: pods.0,
        pods_total: pods.1.filter(|total| *total >= pods.0),
        skew: cluster.skew(),
        tls_checked: cluster.endpoint().is_none_or(|it| it.tls_checked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::*;
    use crate::model::{Declared, Delta, Problem, Sizing, Way, Writer};

    fn left(stage: &Stage) -> Vec<(String, Left)> {
        let survey = Survey::of(&stage.store, &stage.places(), &Selection::default());
        let left = survey.temporary.iter();
        left.map(|it| (it.name.to_string(), it.what)).collect()
    }

    #[test]
    fn what_was_scaled_to_zero_under_our_eyes_is_left_so_but_not_what_always_was() {
        let mut stage = Stage::new();
        stage.add(deployment("shop", "asleep", 0));
        stage.add(deployment("shop", "web", 3));
        assert_eq!(left(&stage), []);
        stage.add(deployment("shop", "web", 0));
        assert_eq!(left(&stage), [("web".into(), Left::Emptied { from: 3 })]);
        stage.add(deployment("shop", "web", 3));
        assert_eq!(left(&stage), []);
    }

    #[test]
    fn a_cordoned_node_and_a_suspended_job_are_left_since_the_hand_was_seen() {
        let mut stage = Stage::new();
        let mut job = cron_job("shop", "purge");
        job.suspended = true;
        stage.add(node("w1")).add(job);
        stage.now = at(50);
        let mut closed = node("w1");
        closed.unschedulable = true;
        stage.add(closed);
        let survey = Survey::of(&stage.store, &stage.places(), &Selection::default());
        let told = survey.temporary.iter().map(|it| (it.what, it.since));
        let expected = [(Left::Cordoned, Some(at(50))), (Left::Suspended, None)];
        assert_eq!(told.collect::<Vec<_>>(), expected);
        let shop = Selection::new(["shop"]);
        let survey = Survey::of(&stage.store, &stage.places(), &shop);
        assert_eq!(survey.temporary.len(), 1, "no node is in a namespace");
    }

    #[test]
    fn who_left_it_so_is_named_and_since_when_unless_it_was_seen_earlier() {
        let mut stage = Stage::new();
        let by = |name: &str, second| {
            Some(Box::new(Writer {
                name: name.into(),
                at: Some(at(second)),
            }))
        };
        let mut seen = cron_job("shop", "seen");
        stage.add(seen.clone());
        stage.now = at(50);
        seen.suspended = true;
        seen.suspended_by = by("kubectl-edit", 50);
        stage.add(seen.clone());
        // The same manager has changed something else since.
        seen.suspended_by = by("kubectl-edit", 90);
        stage.add(seen);
        let mut found = cron_job("shop", "found");
        found.suspended = true;
        found.suspended_by = by("kubectl-patch", -700);
        let mut web = deployment("shop", "web", 5);
        web.paused = true;
        web.paused_by = by("kubectl-rollout", -30);
        stage.add(found).add(web);
        let survey = Survey::of(&stage.store, &stage.places(), &Selection::default());
        let told = survey.temporary.iter();
        let told = told.map(|it| (it.writer.as_deref().unwrap_or(""), it.since));
        let expected = [
            ("kubectl-edit", Some(at(50))),
            ("kubectl-rollout", Some(at(-30))),
            ("kubectl-patch", Some(at(-700))),
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_workload_scaled_by_hand_to_zero_tells_what_is_declared_and_not_what_was_seen() {
        let mut stage = Stage::new();
        stage.add(deployment("shop", "web", 7));
        let mut web = deployment("shop", "web", 0);
        web.sizing = Some(Box::new(Sizing {
            writer: Writer {
                name: "kubectl".into(),
                at: None,
            },
            way: Way::Scaled,
            declared: Declared::Replicas(3),
        }));
        stage.add(web);
        let survey = Survey::of(&stage.store, &stage.places(), &Selection::default());
        let told = survey.temporary.iter().map(|it| (it.what, it.since));
        let scaled = Left::Scaled {
            from: Some(3),
            to: 0,
        };
        assert_eq!(told.collect::<Vec<_>>(), [(scaled, Some(stage.now))]);
    }

    #[test]
    fn the_present_of_a_lost_cluster_is_when_it_was_last_seen_by_its_own_clock() {
        let mut stage = Stage::new();
        stage.put(Delta::ClockSkew(HOME, 30));
        let presents = |stage: &Stage| {
            let survey = Survey::of(&stage.store, &stage.places(), &Selection::default());
            let now = at(1000);
            (survey.cluster_now(HOME, now), survey.by_clock_of(HOME, now))
        };
        assert_eq!(presents(&stage), (at(1030), at(1030)));
        stage.put(Delta::Link(
            HOME,
            Link::Degraded {
                problem: Problem::Unreachable {
                    detail: "i/o timeout".into(),
                },
                since: at(400),
                tries: 1,
                next_try: None,
            },
        ));
        assert_eq!(presents(&stage), (at(430), at(1030)));
    }

    #[test]
    fn a_namespace_read_again_is_not_reading_because_another_is_denied() {
        let mut stage = Stage::new();
        let within = |namespace: &str| Scope {
            namespace: Some(namespace.into()),
            ..scope(Kind::Pod)
        };
        let reading = Feed::Reading {
            seen: 0,
            total: None,
        };
        stage.put(Delta::FeedEnd(scope(Kind::Pod)));
        stage.put(Delta::Feed(
            within("closed"),
            Feed::Denied { verb: Verb::List },
        ));
        stage.put(Delta::Feed(within("shop"), reading));
        let read =
            |stage: &Stage| Survey::of(&stage.store, &stage.places(), &Selection::default()).read();
        assert!(!read(&stage), "never read");
        stage.put(Delta::ListStart(within("shop")));
        stage.put(Delta::ListEnd(within("shop")));
        assert!(read(&stage));
    }
}
