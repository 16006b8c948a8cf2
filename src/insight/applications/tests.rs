use rstest::rstest;

use super::*;
use crate::insight::stage::{HOME, SELF_HEAL, Stage, application, at, deployment, track};
use crate::insight::{known_place, place};
use crate::model::{AppResource, Automated, Delta, Endpoint, Link, Object, Owner, SyncWindow};

const FAR: ClusterId = ClusterId(1);

/// Argo CD at home, and another cluster at `https://far.cpin.test:6443`.
fn two_clusters() -> Stage {
    let mut stage = Stage::new();
    stage.store = Store::new(["dso", "public1"], at(0));
    for (cluster, url) in [
        (HOME, "https://home.cpin.test"),
        (FAR, "https://far.cpin.test:6443"),
    ] {
        stage.put(Delta::Link(cluster, Link::Live { since: at(0) }));
        let endpoint = Endpoint {
            url: url.into(),
            tls_checked: true,
        };
        stage.put(Delta::Endpoint(cluster, endpoint));
        let scope = crate::model::Scope {
            cluster,
            kind: Kind::Application,
            namespace: None,
        };
        stage.put(Delta::Feed(
            scope.clone(),
            crate::model::Feed::Live { since: at(0) },
        ));
        stage.put(Delta::ListStart(scope.clone()));
        stage.put(Delta::ListEnd(scope));
    }
    stage
}

fn put(stage: &mut Stage, application: Application) {
    stage.add(Object::Application(Box::new(application)));
}

fn web() -> Meta {
    let mut web = deployment("betaapp-prod", "web", 1).meta;
    track(&mut web, &Kind::Deployment.into(), "beta");
    web
}

/// The namespace of the Application that keeps `web` on that cluster, or why there is none.
fn keeper(stage: &Stage, cluster: ClusterId) -> String {
    let applications = Applications::of(&stage.store);
    match applications.keeping(cluster, "apps", "Deployment", &web()) {
        Some(Keeping::By(kept)) => kept.application.meta.namespace.to_string(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn to(server: &str, name: &str) -> Application {
    let mut beta = application("beta", Some(SELF_HEAL));
    beta.destination = Destination {
        server: server.into(),
        name: name.into(),
        namespace: "betaapp-prod".into(),
    };
    beta
}

#[rstest]
#[case::its_own("https://kubernetes.default.svc", "", "argocd", "some(nobody)")]
#[case::its_own_by_name("", "in-cluster", "argocd", "some(nobody)")]
#[case::by_address("https://far.cpin.test:6443/", "", "some(nobody)", "argocd")]
#[case::by_context("", "public1", "some(nobody)", "argocd")]
#[case::another("https://other.cpin.test", "", "some(nobody)", "some(nobody)")]
fn an_application_is_joined_to_what_it_deploys_in_another_cluster(
    #[case] server: &str,
    #[case] name: &str,
    #[case] here: &str,
    #[case] there: &str,
) {
    let mut stage = two_clusters();
    put(&mut stage, to(server, name));
    assert_eq!(
        (keeper(&stage, HOME).as_str(), keeper(&stage, FAR).as_str()),
        (here, there)
    );
}

#[test]
fn by_an_unknown_address_it_is_joined_where_it_names_the_object() {
    let mut stage = two_clusters();
    let mut beta = to("https://inside.cpin.test", "");
    beta.resources = vec![AppResource {
        group: "apps".into(),
        kind: "Deployment".into(),
        namespace: "betaapp-prod".into(),
        name: "web".into(),
        sync: SyncState::Synced,
        prunes: false,
    }];
    put(&mut stage, beta.clone());
    assert_eq!(keeper(&stage, FAR), "argocd");
    // Of another Argo CD, with the same name and the same object.
    beta.meta = crate::insight::stage::meta("argocd-2", "beta");
    put(&mut stage, beta);
    assert_eq!(keeper(&stage, FAR), "some(several)");
}

/// As Argo CD tracks up to 2.14, and as charts name their release.
#[test]
fn by_its_label_it_is_kept_by_the_application_that_names_it() {
    let mut stage = two_clusters();
    let mut web = deployment("betaapp-prod", "web", 1).meta;
    web.labels = [(Application::INSTANCE, "beta")].into_iter().collect();
    let keeper = |stage: &Stage, cluster| {
        let applications = Applications::of(&stage.store);
        let keeping = applications.keeping(cluster, "apps", "Deployment", &web);
        keeping.map(|it| matches!(it, Keeping::By(_)))
    };
    let mut beta = to(Destination::HERE, "");
    put(&mut stage, beta.clone());
    assert_eq!(keeper(&stage, HOME), None);
    beta.resources = vec![AppResource {
        group: "apps".into(),
        kind: "Deployment".into(),
        namespace: "betaapp-prod".into(),
        name: "web".into(),
        sync: SyncState::Synced,
        prunes: false,
    }];
    put(&mut stage, beta);
    assert_eq!(keeper(&stage, HOME), Some(true));
    assert_eq!(keeper(&stage, FAR), None);
}

#[test]
fn a_copy_of_the_tracking_id_is_no_owner() {
    let mut stage = two_clusters();
    put(&mut stage, to(Destination::HERE, ""));
    let applications = Applications::of(&stage.store);
    let mut copy = web();
    copy.name = "web-copy".into();
    assert!(
        applications
            .keeping(HOME, "apps", "Deployment", &copy)
            .is_none()
    );
}

#[test]
fn one_outside_of_the_namespace_of_argo_cd_is_tracked_with_its_namespace() {
    let mut stage = two_clusters();
    let mut beta = to(Destination::HERE, "");
    beta.meta = crate::insight::stage::meta("team", "beta");
    put(&mut stage, beta);
    let mut tracked = web();
    track(&mut tracked, &Kind::Deployment.into(), "team_beta");
    let applications = Applications::of(&stage.store);
    let keeping = applications.keeping(HOME, "apps", "Deployment", &tracked);
    assert!(matches!(keeping, Some(Keeping::By(_))));
    track(&mut tracked, &Kind::Deployment.into(), "other_beta");
    let keeping = applications.keeping(HOME, "apps", "Deployment", &tracked);
    assert!(matches!(keeping, Some(Keeping::Nobody)));
}

#[test]
fn nobody_is_only_said_where_applications_were_read() {
    let mut stage = Stage::reading();
    assert_eq!(keeper(&stage, HOME), "some(unseen)");
    stage.whole(Kind::Application);
    assert_eq!(keeper(&stage, HOME), "some(nobody)");
}

#[test]
fn the_chain_above_ends_also_in_a_circle() {
    let mut stage = two_clusters();
    let app = |name: &str, parent: &str| {
        let mut app = application(name, Some(SELF_HEAL));
        if !parent.is_empty() {
            track(&mut app.meta, &Kind::Application.into(), parent);
        }
        app
    };
    let above = |stage: &Stage| {
        let applications = Applications::of(&stage.store);
        let low = applications.named("low").next().unwrap();
        let above = applications.above(low);
        let names = above.iter().map(|it| it.application.meta.name.to_string());
        names.collect::<Vec<_>>()
    };
    put(&mut stage, app("low", "middle"));
    put(&mut stage, app("middle", "root"));
    put(&mut stage, app("root", ""));
    assert_eq!(above(&stage), ["middle", "root"]);
    put(&mut stage, app("root", "low"));
    assert_eq!(above(&stage), ["middle", "root"]);
    put(&mut stage, app("low", "low"));
    assert!(above(&stage).is_empty());
}

#[test]
fn the_set_that_makes_it_is_named_also_where_it_cannot_be_read() {
    let mut stage = two_clusters();
    let mut beta = application("beta", Some(SELF_HEAL));
    beta.meta.owner = Some(Owner {
        kind: "ApplicationSet".into(),
        name: "dso-appset".into(),
        uid: crate::model::Uid::from_text("set"),
    });
    put(&mut stage, beta);
    let applications = Applications::of(&stage.store);
    let maker = applications.maker(applications.named("beta").next().unwrap());
    let maker = maker.unwrap();
    assert_eq!(
        (maker.name.as_str(), maker.set.is_none()),
        ("dso-appset", true)
    );
}

fn becomes(change: impl Fn(&mut Application)) -> Conduct {
    let mut beta = application("beta", Some(SELF_HEAL));
    change(&mut beta);
    conduct(&beta, None, at(10))
}

fn last(application: &mut Application) -> &mut crate::model::SyncOperation {
    application.operation.as_deref_mut().unwrap()
}

#[test]
fn what_becomes_of_a_difference_follows_the_controller() {
    assert_eq!(becomes(|_| {}), Conduct::Heals { again: 0 });
    assert_eq!(
        becomes(|it| last(it).self_heals = 2),
        Conduct::Heals { again: 2 }
    );
    let none = |it: &mut Application| it.automated = None;
    assert_eq!(becomes(none), Conduct::Waits(AutoSync::Manual));
    let off = |it: &mut Application| {
        it.automated = Some(Automated {
            enabled: Some(false),
            ..SELF_HEAL
        });
    };
    assert_eq!(becomes(off), Conduct::Waits(AutoSync::Suspended));
    let commits = |it: &mut Application| {
        it.automated = Some(Automated {
            self_heal: false,
            ..SELF_HEAL
        });
    };
    assert_eq!(becomes(commits), Conduct::Waits(AutoSync::Commits));
    let failed = |it: &mut Application| last(it).phase = OperationPhase::Failed;
    assert!(matches!(becomes(failed), Conduct::Failed { .. }));
    let fresh = |it: &mut Application| {
        last(it).phase = OperationPhase::Failed;
        it.revisions = ["another".into()].into_iter().collect();
    };
    assert_eq!(becomes(fresh), Conduct::Heals { again: 0 });
    let moved = |it: &mut Application| {
        commits(it);
        it.revisions = ["another".into()].into_iter().collect();
    };
    assert_eq!(becomes(moved), Conduct::Heals { again: 0 });
    let never = |it: &mut Application| {
        commits(it);
        it.operation = None;
    };
    assert_eq!(becomes(never), Conduct::Heals { again: 0 });
    let busy = |it: &mut Application| it.requested = true;
    assert!(matches!(becomes(busy), Conduct::Syncs { .. }));
    let rehearses = |it: &mut Application| {
        busy(it);
        it.rehearses = true;
    };
    assert_eq!(becomes(rehearses), Conduct::Heals { again: 0 });
    let blind = |it: &mut Application| it.sync = SyncState::Unknown;
    assert!(matches!(becomes(blind), Conduct::Blind { .. }));
    let unattended = |it: &mut Application| it.reconciled = None;
    assert_eq!(becomes(unattended), Conduct::Unattended);
    let skips = |it: &mut Application| {
        it.meta.annotations = [(Application::SKIP_RECONCILE, "true")]
            .into_iter()
            .collect();
    };
    assert_eq!(becomes(skips), Conduct::Skips);
}

fn project(allows: bool, schedule: &str, duration: &str) -> AppProject {
    AppProject {
        meta: crate::insight::stage::meta("argocd", "default"),
        windows: vec![SyncWindow {
            allows,
            schedule: schedule.into(),
            duration: duration.into(),
            applications: vec!["be*".into()],
            ..SyncWindow::default()
        }],
    }
}

/// 2027-01-15, 08:00:00 UTC is `at(0)`.
#[rstest]
#[case::denied(false, "0 7 * * *", "2h", Some("2027-01-15T09:00:00Z"))]
#[case::denied_later(false, "0 9 * * *", "2h", None)]
#[case::allowed(true, "0 7 * * *", "2h", None)]
#[case::allowed_later(true, "0 9 * * *", "2h", Some("2027-01-15T09:00:00Z"))]
fn a_closed_window_says_when_it_opens(
    #[case] allows: bool,
    #[case] schedule: &str,
    #[case] duration: &str,
    #[case] until: Option<&str>,
) {
    let beta = application("beta", Some(SELF_HEAL));
    let found = conduct(&beta, Some(&project(allows, schedule, duration)), at(10));
    let expected = match until {
        None => Conduct::Heals { again: 0 },
        Some(until) => Conduct::Closed {
            until: Moment::from_rfc3339(until),
        },
    };
    assert_eq!(found, expected);
    let other = application("other", Some(SELF_HEAL));
    let found = conduct(&other, Some(&project(allows, schedule, duration)), at(10));
    assert_eq!(found, Conduct::Heals { again: 0 });
}

/// One that the controller began is barred by each window, one of a person only where that bars them, too.
#[rstest]
#[case::its_own(true, true, true)]
#[case::of_a_person(false, true, false)]
#[case::of_a_person_barred(false, false, true)]
fn an_operation_waits_for_its_window(
    #[case] automated: bool,
    #[case] manual: bool,
    #[case] barred: bool,
) {
    let mut beta = application("beta", Some(SELF_HEAL));
    beta.requested = true;
    let began = Some(at(5));
    *last(&mut beta) = crate::model::SyncOperation {
        phase: OperationPhase::Running,
        started: began,
        automated,
        ..last(&mut beta).clone()
    };
    let mut closed = project(false, "0 7 * * *", "2h");
    closed.windows[0].manual = manual;
    let until = Moment::from_rfc3339("2027-01-15T09:00:00Z");
    let expected = if barred {
        Conduct::Barred { until }
    } else {
        Conduct::Syncs { since: began }
    };
    assert_eq!(conduct(&beta, Some(&closed), at(10)), expected);
    let open = project(true, "0 7 * * *", "2h");
    let found = conduct(&beta, Some(&open), at(10));
    assert_eq!(found, Conduct::Syncs { since: began });
}

#[test]
fn a_window_that_is_not_understood_closes() {
    let beta = application("beta", Some(SELF_HEAL));
    let broken = project(false, "every night", "2h");
    assert_eq!(conduct(&beta, Some(&broken), at(10)), Conduct::BrokenWindow);
}

#[rstest]
#[case::its_own(Destination::HERE, "", HOME, "betaapp-prod")]
#[case::by_context("", "public1", FAR, "betaapp-prod")]
#[case::unknown("https://other.cpin.test", "", HOME, "argocd")]
fn it_is_of_those_it_deploys_to_where_that_cluster_is_watched(
    #[case] server: &str,
    #[case] name: &str,
    #[case] cluster: ClusterId,
    #[case] namespace: &str,
) {
    let mut stage = two_clusters();
    let beta = to(server, name);
    let object = Kept {
        home: HOME,
        application: &beta,
    }
    .object();
    put(&mut stage, beta);
    let places = stage.places();
    let found = place(&stage.store, &places, &object);
    assert_eq!(found, places.of(cluster, namespace));
    assert_ne!(places.of(HOME, "argocd"), places.of(HOME, "betaapp-prod"));
}

/// What is shut for a tenant is shut for its Application, too, where only its own namespace is read.
#[test]
fn of_a_namespace_that_is_not_read_nothing_is_known() {
    let mut stage = two_clusters();
    let mut beta = to(Destination::HERE, "");
    beta.destination.namespace = "betaapp-staging".into();
    let object = Kept {
        home: HOME,
        application: &beta,
    }
    .object();
    put(&mut stage, beta);
    let place = |stage: &Stage| {
        let places = Places::resolve(&stage.store, &crate::tenancy::Rules::default());
        known_place(&stage.store, &places, &object)
    };
    assert_eq!(place(&stage), Place::unknown());
    stage.add(Object::Namespace(crate::model::Namespace {
        meta: crate::insight::stage::meta("", "betaapp-staging"),
        terminating: false,
    }));
    assert_ne!(place(&stage).tenant, "");
}
