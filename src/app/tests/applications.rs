//! The Applications of Argo CD: their page, what leads from one to its workloads, its history, the way back.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::bench::*;
use super::preview::{accepted, sizes, willing};
use crate::action::{Call, Need, Reply};
use crate::app::{Message, update};
use crate::insight::stage;
use crate::model::{
    AppCondition, AppProject, AppResource, AppSource, Application, Automated, ClusterId, Condition,
    Delta, Deployed, Destination, Document, Health, Kind, Object, ObjectKind, Status, SyncState,
    SyncWindow, Told, Wanted, Writer,
};
use crate::tenancy::Selection;
use crate::viewmodel::Page;
use crate::wording::Language::{self, English, French};

const HERE: ClusterId = ClusterId(1);
const REPOSITORY: &str = "https://git.cpin.test/betaapp/beta-infra";

fn commit(letter: char) -> String {
    letter.to_string().repeat(40)
}

fn application(name: &str, space: &str, automated: Option<Automated>) -> Application {
    let mut app = stage::application(name, automated);
    app.meta.uid = object(name).uid;
    app.destination = Destination {
        namespace: space.into(),
        ..app.destination
    };
    app.sources.push(AppSource {
        repository: REPOSITORY.into(),
        path: "prod".into(),
        ..AppSource::default()
    });
    app.revisions = [commit('b').as_str().into()].into_iter().collect();
    app.resource_count = 7;
    app.images = vec!["harbor.cpin.test/betaapp/beta-back:2.14.0".into()];
    app.deployed = Some(Deployed {
        id: 5,
        at: Some(night().plus(-900)),
        revisions: app.revisions.clone(),
        by: "".into(),
    });
    app
}

fn differing(kind: &str, name: &str, prunes: bool) -> AppResource {
    AppResource {
        group: "apps".into(),
        kind: kind.into(),
        namespace: "betaapp".into(),
        name: name.into(),
        sync: SyncState::OutOfSync,
        prunes,
    }
}

fn fleet(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    let mut degraded = application("beta", "betaapp", Some(stage::SELF_HEAL));
    degraded.health = Health::Degraded;
    degraded.health_message = "Deployment beta-back exceeded its progress deadline".into();
    degraded.health_since = Some(night().plus(-840));
    let mut differs = application("candilib-integration-worker", "candilib", None);
    differs.sync = SyncState::OutOfSync;
    differs.resources = vec![
        differing("Deployment", "worker", false),
        differing("CronJob", "old", true),
    ];
    let off = Automated {
        enabled: Some(false),
        ..stage::SELF_HEAL
    };
    let mut held = application("basegun", "basegun", Some(off));
    held.suspended_by = Some(Box::new(Writer {
        name: "vigie".into(),
        at: Some(night().plus(-7_200)),
    }));
    let mut blind = application("psij", "psij", Some(stage::SELF_HEAL));
    blind.sync = SyncState::Unknown;
    blind.conditions.push(AppCondition {
        kind: "ComparisonError".into(),
        message: "repository not found".into(),
        changed: None,
    });
    let well = application("warhammer", "warhammer", Some(stage::SELF_HEAL));
    for app in [well, blind, held, differs, degraded] {
        put(&mut bench, app);
    }
    project(&mut bench, "default", Vec::new());
    bench
}

fn put(bench: &mut Bench, app: Application) {
    let object = Object::Application(Box::new(app));
    bench.fact(Delta::Upsert(HERE, object));
}

fn project(bench: &mut Bench, name: &str, windows: Vec<SyncWindow>) {
    let project = AppProject {
        meta: meta("argocd", name),
        windows,
    };
    bench.fact(Delta::Upsert(HERE, Object::AppProject(project)));
}

/// On the page.
fn listed(language: Language) -> Bench {
    let mut bench = fleet(language);
    bench.keys("a");
    bench
}

#[test]
fn the_worst_stands_first_and_is_told_whole() {
    assert_snapshot!("applications", sizes(&mut listed(English)));
    let mut bench = listed(English);
    bench.keys("j j j");
    bench.resize(132, 40);
    assert_snapshot!("applications_differing", bench.text());
    assert_snapshot!("applications_fr", listed(French).text());
    listed(English).small_forms();
}

fn window(allows: bool, schedule: &str, duration: &str) -> SyncWindow {
    SyncWindow {
        allows,
        schedule: schedule.into(),
        duration: duration.into(),
        applications: vec!["*".into()],
        ..SyncWindow::default()
    }
}

#[test]
fn the_pane_tells_what_hurts_it_its_windows_and_what_makes_it() {
    for language in [English, French] {
        let mut bench = fleet(language);
        let (mut set, made) = stage::generated("beta", "betaapp", Some(stage::SELF_HEAL));
        set.conditions.push(Condition {
            name: "ErrorOccurred".into(),
            status: Status::True,
            reason: "ApplicationGenerationFromParamsError".into(),
            message: "error getting Git files".into(),
            changed: None,
            updated: None,
        });
        let mut app = application("beta", "betaapp", Some(stage::SELF_HEAL));
        app.meta.owner = made.meta.owner;
        app.health = Health::Degraded;
        app.project = "team".into();
        app.resources = vec![AppResource {
            sync: SyncState::Synced,
            ..differing("Deployment", "beta-back", false)
        }];
        put(&mut bench, app);
        bench.fact(Delta::Upsert(HERE, Object::ApplicationSet(set)));
        // It is 02:14.
        let mut windows = vec![
            window(false, "0 22 * * *", "8h"),
            window(true, "0 8 * * 1-5", "10h"),
        ];
        windows[0].manual = true;
        windows[1].time_zone = "Europe/Paris".into();
        project(&mut bench, "team", windows);
        let mut workload = stage::deployment("betaapp", "beta-back", 3);
        workload.meta.uid = object("beta-back").uid;
        bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
        let other = finding("candilib", "worker", 14);
        bench.judged(vec![finding("betaapp", "beta-back", 14), other], Vec::new());
        bench.keys("a");
        bench.resize(132, 40);
        assert_snapshot!(format!("applications_pane_{language:?}"), bench.text());
    }
}

#[test]
fn what_it_keeps_is_opened_and_left_again() {
    let mut bench = listed(English);
    let mut workload = stage::deployment("betaapp", "beta-back", 3);
    let kind = ObjectKind::from(Kind::Deployment);
    stage::track(&mut workload.meta, &kind, "beta");
    bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    let other = stage::deployment("betaapp", "other", 1);
    bench.fact(Delta::Upsert(HERE, Object::Workload(other)));
    bench.judged(Vec::new(), Vec::new());
    bench.keys("Enter");
    let text = bench.text();
    assert!(
        text.contains("beta-back") && !text.contains("other"),
        "{text}"
    );
    bench.keys("Esc");
    assert_eq!(*bench.app.trail.page(), Page::Applications);
    // By its own key the page has all.
    for keys in ["Enter 4", "1 4"] {
        bench.keys(keys);
        let text = bench.text();
        assert!(text.contains("other"), "{keys}: {text}");
        bench.keys("a");
    }
}

#[test]
fn they_are_found_by_the_namespace_that_they_lie_in_too() {
    for (word, shows) in [("argocd", true), ("betaapp", true), ("rolistes", false)] {
        let mut bench = fleet(English);
        bench.app.scope = Selection::new([word]);
        bench.keys("a");
        let text = bench.text();
        assert_eq!(text.contains("Degraded"), shows, "{word}: {text}");
    }
}

#[test]
fn how_a_workload_stands_to_git_is_a_column_where_there_is_room() {
    let mut bench = fleet(English);
    let mut workload = stage::deployment("betaapp", "worker", 1);
    let kind = ObjectKind::from(Kind::Deployment);
    stage::track(&mut workload.meta, &kind, "candilib-integration-worker");
    bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    bench.judged(Vec::new(), Vec::new());
    bench.keys("4");
    for (columns, told) in [(180, true), (160, false)] {
        bench.resize(columns, 40);
        let text = bench.text();
        let line = text.lines().find(|it| it.contains('\u{258c}'));
        assert_eq!(line.unwrap().contains("OutOfSync"), told, "{text}");
    }
}

#[test]
fn it_is_filtered_by_what_it_is() {
    let mut bench = listed(English);
    bench.keys("/");
    bench.types("status=waiting");
    let text = bench.text();
    assert!(
        text.contains("basegun") && !text.contains("warhammer"),
        "{text}"
    );
}

/// Two commits, then another value of a parameter.
fn live() -> Value {
    let entry = |id: u64, letter: char, replicas: &str, hours: i64| {
        let at = |seconds| night().plus(-3_600 * hours + seconds).to_rfc3339();
        json!({
            "id": id,
            "revision": commit(letter),
            "source": {
                "repoURL": "https://robot:secret@git.cpin.test/betaapp/beta-infra",
                "path": "prod",
                "helm": {"parameters": [{"name": "replicaCount", "value": replicas}]},
            },
            "deployStartedAt": at(0),
            "deployedAt": at(5),
            "initiatedBy": if id == 4 { json!({"username": "admin"}) } else { json!({"automated": true}) },
        })
    };
    json!({
        "metadata": {"uid": "beta", "name": "beta", "namespace": "argocd"},
        "spec": {"syncPolicy": {"automated": {"selfHeal": true}}},
        "status": {
            "sync": {"status": "Synced"},
            "operationState": {"phase": "Succeeded", "startedAt": "2026-11-24T02:00:00Z"},
            "history": [entry(3, 'a', "3", 140), entry(4, 'a', "6", 50), entry(5, 'b', "6", 1)],
        },
    })
}

/// In the history of the first one, whose last entry brought an image.
fn past(language: Language) -> Bench {
    let mut bench = listed(language);
    let mut workload = stage::deployment("betaapp", "beta-back", 3);
    let kind = ObjectKind::from(Kind::Deployment);
    stage::track(&mut workload.meta, &kind, "beta");
    let mut set = stage::replica_set(&workload, 15, 3, 3);
    set.meta.created = Some(night().plus(-3_600 + 2));
    bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    bench.fact(Delta::Upsert(HERE, Object::ReplicaSet(set)));
    bench.keys("h");
    bench.asks();
    let asked = bench.app.dossier.lookups().into_iter();
    for (id, lookup) in asked {
        if let Wanted::Object(_) = lookup.wanted {
            let document = Document {
                value: live(),
                ..Document::default()
            };
            let told = Message::Told(id, vec![Told::Object(document.into())]);
            assert_eq!(update(&mut bench.app, told, bench.now), []);
        }
    }
    bench.asks();
    bench
}

#[test]
fn its_history_tells_what_two_entries_deployed() {
    let mut bench = past(English);
    bench.keys("j j");
    let text = sizes(&mut bench);
    assert!(!text.contains("secret"), "{text}");
    assert_snapshot!("applications_history", text);
    assert_snapshot!("applications_history_fr", past(French).text());
}

fn says(call: &Call, need: &Need) -> Reply {
    match need {
        Need::Object => accepted(live()),
        Need::DryRun(_) => accepted(json!({
            "spec": {"syncPolicy": {"automated": {"selfHeal": true, "enabled": false}}},
        })),
        _ => willing(call, need),
    }
}

#[test]
fn going_back_is_chosen_in_the_history_and_switches_auto_sync_off() {
    let mut bench = past(English);
    bench.keys("Esc R");
    let text = bench.text();
    assert!(
        text.contains("Choose what to go back to, then R."),
        "{text}"
    );
    let mut bench = past(English);
    bench.keys("j j");
    let effects = bench.keys("R");
    bench.answer(&effects, says);
    assert_snapshot!("applications_back", sizes(&mut bench));
    let effects = bench.keys("L");
    bench.answer(&effects, says);
    let text = bench.text();
    assert!(text.contains("own API refuses the rollback"), "{text}");
    bench.keys("Enter");
    assert!(!bench.app.confirms());
    let effects = bench.keys("L");
    bench.answer(&effects, says);
    bench.keys("Enter");
    assert!(bench.app.confirms());
}

#[test]
fn in_its_tenant_it_stands_above_what_it_keeps() {
    let mut bench = fleet(English);
    let kind = ObjectKind::from(Kind::Deployment);
    for name in ["beta-back", "beta-front"] {
        let mut workload = stage::deployment("betaapp", name, 3);
        stage::track(&mut workload.meta, &kind, "beta");
        bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    }
    let alone = stage::deployment("betaapp", "by-hand", 1);
    bench.fact(Delta::Upsert(HERE, Object::Workload(alone)));
    bench.judged(Vec::new(), Vec::new());
    bench.keys("4 Enter");
    let text = bench.text();
    assert_snapshot!("applications_tree", text);
    bench.keys("g j j");
    assert!(bench.selected().contains("Application"), "{}", bench.text());
    bench.keys("-");
    let text = bench.text();
    assert!(
        !text.contains("beta-front") && text.contains("by-hand"),
        "{text}"
    );
    bench.keys("h");
    assert!(matches!(bench.app.trail.page(), Page::History(it) if it.kind == Kind::Application));
}
