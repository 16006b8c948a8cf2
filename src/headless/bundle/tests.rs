use std::sync::Arc;

use serde_json::{Value, json};

use super::parts::Case;
use super::run::told;
use super::{Asked, Bundle, write};
use crate::dossier::Dossier;
use crate::headless::Exit;
use crate::insight::stage::{self, Sicken, Stage};
use crate::model::{
    Delta, Document, Event, Kind, Lack, Link, LogLine, LogNews, Lookup, Problem, Resource, Stamp,
    Text, Told, Uid, Verb, Wanted,
};
use crate::store::Store;
use crate::tenancy::Rules;
use crate::wording::{Catalogue, Language};

const SECRET: &str = "hunter2-Zx9";

fn template(secret: &str, image: &str) -> Value {
    json!({"metadata": {"annotations": {"example.com/token": secret}}, "spec": {"containers": [{
        "name": "app", "image": image, "args": ["--password", secret],
        "env": [{"name": "PLAIN", "value": secret}, {"name": "LEVEL", "value": "same-in-both"}, password(image)],
    }]}})
}

/// The later revision has it from elsewhere.
fn password(image: &str) -> Value {
    let from = json!({"secretKeyRef": {"name": "app-db", "key": "password"}});
    match image {
        "app:1" => json!({"name": "OLD_PASSWORD", "valueFrom": from}),
        _ => json!({"name": "DB_PASSWORD", "valueFrom": from}),
    }
}

/// As the server has it, for each object that is looked up.
fn document(name: &str) -> Value {
    let (secret, image) = match name {
        "app-r1" => (format!("{SECRET}-before"), "app:1"),
        _ => (SECRET.to_owned(), "app:2"),
    };
    let template = template(&secret, image);
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "annotations": {
            "kubectl.kubernetes.io/last-applied-configuration": json!({"x": SECRET}).to_string(),
        }},
        "spec": {"template": template},
        "status": {"conditions": [{"type": "Progressing", "status": "False", "reason": "Late",
            "lastTransitionTime": stage::at(60).to_rfc3339(), "message": format!("so | <b>*late*</b> token={SECRET}")}]},
    })
}

fn event(number: i64, reason: &str, message: &str) -> Told {
    Told::Event(Event {
        uid: Uid::from_text(&number.to_string()),
        warning: number > 1,
        namespace: "betaapp-prod".into(),
        kind: "Pod".into(),
        name: "app-r2-1".into(),
        object: Some(Uid::from_text("betaapp-prod/app-r2-1")),
        reason: reason.into(),
        message: message.into(),
        count: u32::try_from(number).unwrap(),
        first: stage::at(40),
        last: stage::at(40 + number),
    })
}

fn said(lines: &[&str]) -> Vec<Told> {
    let line = |(at, text): (i64, &&str)| LogLine {
        at: Some(Stamp((1_800_000_040 + at) * 1_000_000_000)),
        level: None,
        text: (*text).into(),
        record: None,
    };
    let lines = (0..).zip(lines).map(line).collect();
    vec![Told::Log(LogNews::Lines(lines)), Told::Whole]
}

/// What is told of each lookup when all can be read.
fn all(lookup: &Lookup) -> Vec<Told> {
    match &lookup.wanted {
        Wanted::Object(object) => vec![Told::Object(Arc::new(Document {
            value: document(&object.name),
            ..Document::default()
        }))],
        Wanted::Events(_) => vec![
            event(2, "BackOff", "Back-off restarting failed container"),
            event(
                1,
                "Pulled",
                &format!("from https://bob:{SECRET}@reg.test/app"),
            ),
            Told::Whole,
        ],
        Wanted::Log(of) if of.previous => said(&["FATAL", &format!("Bearer {SECRET}")]),
        Wanted::Log(_) => said(&[
            "``` starting",
            &format!("tried {SECRET} alone"),
            "-----BEGIN PRIVATE KEY-----",
            SECRET,
            "-----END PRIVATE KEY-----",
            "end",
        ]),
        Wanted::Table { .. } | Wanted::Objects { .. } | Wanted::Labelled { .. } => {
            vec![Told::Whole]
        }
    }
}

fn wanted_of(case: &Case<'_>) -> Vec<Lookup> {
    case.lookups()
}

fn bundle(language: Language, tell: impl Fn(&Lookup) -> Vec<Told>) -> Bundle {
    bundle_on(Stage::new(), language, tell)
}

/// A Deployment whose second revision falls.
fn bundle_on(mut stage: Stage, language: Language, tell: impl Fn(&Lookup) -> Vec<Told>) -> Bundle {
    let space = stage.environment("betaapp", "prod");
    let mut app = stage::deployment(&space, "app", 2);
    (app.revision, app.ready, app.updated) = (Some(2), 1, 1);
    let (mut old, mut new) = (
        stage::replica_set(&app, 1, 1, 1),
        stage::replica_set(&app, 2, 1, 0),
    );
    (old.meta.created, new.meta.created) = (Some(stage::at(0)), Some(stage::at(30)));
    let message = format!("cannot log in, password={SECRET}");
    let end = stage::ended("Error", 1, &message, 45);
    stage.add(app).add(old.clone()).add(new.clone());
    stage.add(stage::pod_of(&old, 1, 2));
    stage.add(stage::pod_of(&new, 1, 35).crashing(4, end, 46));
    let catalogue = Catalogue::new(language);
    let wanted = "deploy/app".parse().unwrap();
    let rules = Rules::default();
    let asked = Asked {
        wanted: &wanted,
        names: &[],
        rules: &rules,
        limit: None,
        catalogue: &catalogue,
    };
    let now = stage::at(400);
    let mut dossier = Dossier::default();
    let lookups = told(&asked, &stage.store, &dossier, now, wanted_of).unwrap();
    dossier.want(&lookups);
    for (id, lookup) in dossier.lookups() {
        dossier.tell(id, tell(&lookup));
    }
    told(&asked, &stage.store, &dossier, now, write::bundle).unwrap()
}

#[test]
fn a_bundle_reads_from_what_it_is_to_its_evidence_without_a_secret() {
    let made = bundle(Language::English, all);
    assert_eq!((made.exit, made.notes.as_slice()), (Exit::Good, &[][..]));
    assert!(!made.text.contains(SECRET), "{}", made.text);
    assert!(!made.text.contains("same-in-both"), "{}", made.text);
    assert_eq!(made.stem, "vigie-deployment-app-20270115T080640Z");
    insta::assert_snapshot!("bundle", made.text);
    let made = bundle(Language::French, all);
    assert!(!made.text.contains(SECRET), "{}", made.text);
    insta::assert_snapshot!("bundle-fr", made.text);
}

#[test]
fn what_could_not_be_read_is_said_in_its_part_and_by_the_exit_code() {
    let unread = |lookup: &Lookup| match &lookup.wanted {
        Wanted::Log(of) if of.previous => vec![Told::Lack(Lack::NoPrevious)],
        Wanted::Log(_) => vec![Told::Lack(Lack::Failed(Problem::Server {
            code: 502,
            detail: Text::from(format!("no route to the kubelet, token={SECRET}")),
        }))],
        Wanted::Object(_) => Vec::new(),
        _ => all(lookup),
    };
    let made = bundle(Language::English, unread);
    assert_eq!(made.exit, Exit::NotSeen);
    let parts = made
        .text
        .split("\n## ")
        .filter(|it| it.contains("not seen: "));
    let titles: Vec<_> = parts.filter_map(|it| it.lines().next()).collect();
    assert_eq!(titles, ["What revision 2 changed from 1", "Logs", "YAML"]);
    let notes = made.notes.join("\n");
    assert!(
        notes.contains("not read in time") && notes.contains("kubelet"),
        "{notes}"
    );
    assert!(
        !notes.contains(SECRET) && !made.text.contains(SECRET),
        "{notes}"
    );
}

#[test]
fn what_stands_around_and_could_not_be_read_is_said() {
    let mut stage = Stage::new();
    let served = ["Service", "PersistentVolumeClaim"].map(|kind| {
        Arc::new(Resource {
            group: "".into(),
            version: "v1".into(),
            plural: format!("{}s", kind.to_lowercase()).into(),
            kind: kind.into(),
            namespaced: true,
            short: Vec::new(),
        })
    });
    stage.put(Delta::Served(stage::HOME, Arc::from(served)));
    let denied = || Lack::Denied {
        verb: Verb::List,
        resource: "services".into(),
    };
    let unread = |lookup: &Lookup| match &lookup.wanted {
        Wanted::Objects { kind, .. } if kind.name() == "Service" => vec![Told::Lack(denied())],
        Wanted::Objects { .. } => Vec::new(),
        _ => all(lookup),
    };
    let made = bundle_on(stage, Language::English, unread);
    assert_eq!(made.exit, Exit::NotSeen);
    let notes = made.notes.join("\n");
    assert!(notes.contains("not seen: Service: "), "{notes}");
    let late = "not seen: PersistentVolumeClaim: not read in time";
    assert!(notes.contains(late), "{notes}");
    let (before, _) = made.text.split_once("Ruled out").unwrap();
    assert!(before.contains(late), "{}", made.text);
}

#[test]
fn another_cluster_that_was_not_read_may_hold_what_is_meant() {
    let mut stage = Stage::new();
    stage.store = Store::new(["public1", "public2"], stage::at(-7200));
    let since = stage::at(-7200);
    stage.put(Delta::Link(stage::HOME, Link::Live { since }));
    for kind in Kind::ALL {
        stage.whole(kind);
    }
    let made = bundle_on(stage, Language::English, all);
    assert_eq!(made.exit, Exit::NotSeen);
    let notes = made.notes.join("\n");
    assert!(notes.contains("not seen: public2: "), "{notes}");
}
