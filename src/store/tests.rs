use proptest::prelude::*;

use crate::model::{
    ClusterId, Delta, Feed, GarbledFault, Kind, Labels, Meta, Moment, Node, Object, Owner, Phase,
    Pod, ReplicaSet, Scope, SyncState, Template, Text, Uid, Verb,
};

use super::{Seen, Store};

const HOME: ClusterId = ClusterId(0);

fn at(second: i64) -> Moment {
    Moment::from_seconds(1_000_000 + second).unwrap()
}

fn meta(namespace: &str, name: &str) -> Meta {
    Meta {
        uid: Uid::from_text(name),
        namespace: namespace.into(),
        name: name.into(),
        labels: Labels::default(),
        annotations: Labels::default(),
        owner: None,
        created: Some(at(0)),
        deleting: None,
        generation: 1,
    }
}

fn pod(namespace: &str, name: &str) -> Object {
    Object::Pod(Pod {
        meta: meta(namespace, name),
        phase: Phase::Running,
        reason: Text::default(),
        message: Text::default(),
        node: "w1".into(),
        started: None,
        conditions: Vec::new(),
        containers: Vec::new(),
        cpu_request: 100,
        memory_request: 64,
    })
}

fn scope(kind: Kind, namespace: Option<&str>) -> Scope {
    Scope {
        cluster: HOME,
        kind,
        namespace: namespace.map(Text::from),
    }
}

fn list(store: &mut Store, scope: &Scope, objects: impl IntoIterator<Item = Object>) {
    store.apply(Delta::ListStart(scope.clone()), at(1));
    for object in objects {
        store.apply(Delta::Upsert(HOME, object), at(1));
    }
    store.apply(Delta::ListEnd(scope.clone()), at(1));
}

fn names(store: &Store) -> Vec<String> {
    let mut names: Vec<_> = store
        .clusters()
        .flat_map(super::Cluster::pods)
        .map(|pod| pod.name().to_string())
        .collect();
    names.sort();
    names
}

fn one_cluster() -> Store {
    Store::new(["public1"], at(0))
}

#[test]
fn a_complete_list_removes_what_it_does_not_name() {
    let mut store = one_cluster();
    let all = scope(Kind::Pod, None);
    list(&mut store, &all, [pod("a", "old"), pod("a", "kept")]);
    list(&mut store, &all, [pod("a", "kept"), pod("a", "new")]);
    assert_eq!(names(&store), ["kept", "new"]);
}

#[test]
fn since_when_an_application_differs_is_known_of_what_was_seen_to_begin() {
    let mut store = one_cluster();
    let mut told = |sync, second| {
        let mut app = crate::insight::stage::application("beta", None);
        app.sync = sync;
        let uid = app.meta.uid;
        let object = Object::Application(Box::new(app));
        store.apply(Delta::Upsert(HOME, object), at(second));
        let cluster = store.cluster(HOME).unwrap();
        cluster.application(uid).unwrap().differs_since
    };
    assert_eq!(told(SyncState::OutOfSync, 1), None);
    assert_eq!(told(SyncState::Synced, 2), None);
    assert_eq!(told(SyncState::OutOfSync, 3), Some(at(3)));
    assert_eq!(told(SyncState::OutOfSync, 4), Some(at(3)));
    assert_eq!(told(SyncState::Unknown, 5), None);
    assert_eq!(told(SyncState::OutOfSync, 6), None);
}

#[test]
fn a_list_that_breaks_off_removes_nothing() {
    let mut store = one_cluster();
    let all = scope(Kind::Pod, None);
    list(&mut store, &all, [pod("a", "one"), pod("a", "two")]);
    store.apply(Delta::ListStart(all), at(2));
    store.apply(Delta::Upsert(HOME, pod("a", "one")), at(2));
    assert_eq!(names(&store), ["one", "two"]);
}

#[test]
fn a_list_of_one_namespace_leaves_the_others_alone() {
    let mut store = one_cluster();
    list(&mut store, &scope(Kind::Pod, Some("a")), [pod("a", "one")]);
    list(&mut store, &scope(Kind::Pod, Some("b")), [pod("b", "two")]);
    list(&mut store, &scope(Kind::Pod, Some("a")), []);
    assert_eq!(names(&store), ["two"]);
}

#[test]
fn a_kind_is_complete_once_each_of_its_scopes_was_read_whole() {
    let mut store = one_cluster();
    let (a, b) = (scope(Kind::Pod, Some("a")), scope(Kind::Pod, Some("b")));
    let reading = Feed::Reading {
        seen: 0,
        total: None,
    };
    store.apply(Delta::Feed(a.clone(), reading.clone()), at(0));
    store.apply(Delta::Feed(b.clone(), reading), at(0));
    list(&mut store, &a, []);
    assert!(!store.cluster(HOME).unwrap().complete(Kind::Pod));
    list(&mut store, &b, []);
    assert!(store.cluster(HOME).unwrap().complete(Kind::Pod));
}

#[test]
fn a_kind_that_is_denied_takes_its_rows_along() {
    let mut store = one_cluster();
    let all = scope(Kind::Pod, None);
    list(&mut store, &all, [pod("a", "one")]);
    store.apply(Delta::Feed(all, Feed::Denied { verb: Verb::List }), at(2));
    assert!(names(&store).is_empty());
    assert!(!store.cluster(HOME).unwrap().complete(Kind::Pod));
}

#[test]
fn nodes_that_may_no_longer_be_seen_are_not_told_as_gone() {
    let mut store = one_cluster();
    let all = scope(Kind::Node, None);
    let node = Object::Node(Node {
        meta: meta("", "w1"),
        unschedulable: false,
        cordoned_by: None,
        taints: Vec::new(),
        conditions: Vec::new(),
        cpu: 0,
        memory: 0,
    });
    list(&mut store, &all, [node.clone()]);
    store.apply(
        Delta::Feed(all.clone(), Feed::Denied { verb: Verb::List }),
        at(2),
    );
    assert_eq!(store.changes().iter().count(), 0);
    list(&mut store, &all, [node]);
    list(&mut store, &all, []);
    assert_eq!(store.changes().iter().count(), 1);
}

#[test]
fn an_object_that_decodes_again_is_no_longer_missing() {
    let mut store = one_cluster();
    let lost = |name: &str| Delta::Undecodable {
        scope: scope(Kind::Pod, None),
        name: name.into(),
        fault: GarbledFault::Nameless,
    };
    store.apply(lost("a/one"), at(1));
    store.apply(lost("a/two"), at(1));
    store.apply(Delta::Upsert(HOME, pod("a", "one")), at(2));
    let missing: Vec<_> = store
        .clusters()
        .flat_map(super::Cluster::undecodable)
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].1, "a/two");
}

#[test]
fn a_namespace_is_seen_whole_though_another_is_denied() {
    let mut store = one_cluster();
    let (a, b) = (scope(Kind::Pod, Some("a")), scope(Kind::Pod, Some("b")));
    list(&mut store, &a, []);
    store.apply(
        Delta::Feed(
            a,
            Feed::Reading {
                seen: 0,
                total: None,
            },
        ),
        at(1),
    );
    store.apply(Delta::Feed(b, Feed::Denied { verb: Verb::List }), at(1));
    let cluster = store.cluster(HOME).unwrap();
    assert_eq!(cluster.seen(Kind::Pod, "a"), Seen::Whole);
    assert_eq!(cluster.seen(Kind::Pod, "b"), Seen::Never);
    assert_eq!(cluster.seen(Kind::Job, "a"), Seen::Never);
}

#[test]
fn a_pod_reads_back_as_it_came() {
    let mut store = one_cluster();
    let Object::Pod(mut written) = pod("betaapp-dev", "front-5d4c-k9w4t") else {
        unreachable!()
    };
    written.meta.owner = Some(Owner {
        kind: "ReplicaSet".into(),
        name: "front-5d4c".into(),
        uid: Uid::from_text("rs"),
    });
    written.meta.labels = [("app", "front"), ("env", "dev")].into_iter().collect();
    let uid = written.meta.uid;
    store.apply(Delta::Upsert(HOME, Object::Pod(written.clone())), at(1));
    let read = store.cluster(HOME).unwrap().pod(uid).unwrap();
    assert_eq!(read.name(), written.meta.name);
    assert_eq!(read.namespace(), written.meta.namespace);
    assert_eq!(read.owner(), written.meta.owner);
    assert_eq!(read.labels(), written.meta.labels);
    assert_eq!((read.node(), read.phase()), ("w1", Phase::Running));
    assert_eq!((read.cpu_request(), read.memory_request()), (100, 64));
}

#[test]
fn shared_values_outlive_no_row() {
    let mut store = one_cluster();
    let all = scope(Kind::Pod, None);
    list(
        &mut store,
        &all,
        (0..50).map(|number| pod("a", &format!("pod-{number}"))),
    );
    list(&mut store, &all, [pod("b", "last")]);
    // The namespace, the node and the empty text: names are the rows' own.
    assert_eq!(store.cluster(HOME).unwrap().texts(), 3);
    let last = store.cluster(HOME).unwrap().pods().next().unwrap();
    assert_eq!(
        (last.name().as_str(), last.namespace(), last.node()),
        ("last", "b", "w1")
    );
}

#[test]
fn a_new_replica_set_is_a_rollout_once_the_old_ones_are_known() {
    let mut store = one_cluster();
    let set = |name: &str, revision| {
        let owner = Owner {
            kind: "Deployment".into(),
            name: "front".into(),
            uid: Uid::from_text("front"),
        };
        Object::ReplicaSet(ReplicaSet {
            meta: Meta {
                owner: Some(owner),
                ..meta("a", name)
            },
            revision,
            first_revision: revision,
            desired: 1,
            replicas: 1,
            ready: 1,
            available: 1,
            failure: None,
            template: Template::default(),
        })
    };
    let all = scope(Kind::ReplicaSet, None);
    store.apply(
        Delta::Feed(
            all.clone(),
            Feed::Reading {
                seen: 0,
                total: None,
            },
        ),
        at(0),
    );
    list(&mut store, &all, [set("front-1", 1)]);
    assert_eq!(store.changes().iter().count(), 0);
    store.apply(Delta::Upsert(HOME, set("front-2", 2)), at(5));
    store.apply(Delta::Upsert(HOME, set("front-2", 2)), at(6));
    assert_eq!(store.changes().iter().count(), 1);
}

#[derive(Clone, Debug)]
enum Step {
    Start(bool),
    End(bool),
    Upsert(u8),
    Remove(u8),
    Deny,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<bool>().prop_map(Step::Start),
        any::<bool>().prop_map(Step::End),
        (0..12u8).prop_map(Step::Upsert),
        (0..12u8).prop_map(Step::Remove),
        Just(Step::Deny),
    ]
}

proptest! {
    #[test]
    fn any_order_of_deltas_leaves_a_valid_store(steps in proptest::collection::vec(step(), 0..120)) {
        let mut store = one_cluster();
        for step in steps {
            let of = |whole: bool| scope(Kind::Pod, (!whole).then_some("a"));
            let named = |number: u8| format!("pod-{number}");
            let delta = match step {
                Step::Start(whole) => Delta::ListStart(of(whole)),
                Step::End(whole) => Delta::ListEnd(of(whole)),
                Step::Upsert(number) => Delta::Upsert(HOME, pod(if number % 2 == 0 { "a" } else { "b" }, &named(number))),
                Step::Remove(number) => Delta::Remove(HOME, Kind::Pod, Uid::from_text(&named(number))),
                Step::Deny => Delta::Feed(of(true), Feed::Denied { verb: Verb::Watch }),
            };
            store.apply(delta, at(1));
            let cluster = store.cluster(HOME).unwrap();
            prop_assert_eq!(cluster.pods().count(), cluster.pod_count());
            for pod in cluster.pods() {
                prop_assert_eq!(Uid::from_text(&pod.name()), pod.uid());
                prop_assert_eq!(cluster.pod(pod.uid()).map(super::PodView::name), Some(pod.name()));
                prop_assert!(["a", "b"].contains(&pod.namespace()));
            }
        }
    }
}
