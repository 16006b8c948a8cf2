//! Releases of Helm: the page, what it cannot read, the commands it gives, what leads to it.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::json;

use super::bench::*;
use super::preview::sizes;
use crate::app::{Effect, Message, update};
use crate::insight::stage;
use crate::model::{
    ClusterId, Delta, Document, Lack, Lookup, Object, TableNews, TableRow, Text, Told, Uid, Verb,
    Wanted,
};
use crate::viewmodel::{Aspect, Page};
use crate::wording::Language::{self, English, French};

const HERE: ClusterId = ClusterId(1);

fn row(space: &str, name: &str, number: u64, status: &str, ago: i64) -> TableRow {
    let secret = format!("sh.helm.release.v1.{name}.v{number}");
    let at = night().plus(-ago).seconds().to_string();
    let object = json!({"metadata": {
        "name": secret, "namespace": space,
        "labels": {
            "owner": "helm", "name": name, "status": status, "version": number.to_string(), "modifiedAt": at,
        },
    }});
    TableRow {
        uid: Uid::from_text(&format!("{space}/{secret}")),
        namespace: space.into(),
        name: secret.as_str().into(),
        created: None,
        deleting: false,
        cells: Vec::new(),
        object: Some(Arc::new(object)),
    }
}

fn told(rows: Vec<TableRow>) -> Vec<Told> {
    let mut told = vec![Told::Table(TableNews::Columns(Vec::new()))];
    let rows = rows.into_iter().map(TableNews::Row);
    told.extend(rows.map(Told::Table));
    told.push(Told::Whole);
    told
}

fn denied() -> Vec<Told> {
    vec![Told::Lack(Lack::Denied {
        verb: Verb::List,
        resource: "secrets".into(),
    })]
}

/// On the page, with all that it asks answered: by cluster, whether it asks for Secrets, and in which namespace.
fn answered(bench: &mut Bench, answer: impl Fn(&Lookup, bool, Option<&Text>) -> Vec<Told>) {
    // What was asked first may lead to more.
    for _ in 0..2 {
        bench.asks();
        for (id, lookup) in bench.app.dossier.lookups() {
            let Wanted::Labelled {
                kind, namespace, ..
            } = &lookup.wanted
            else {
                continue;
            };
            let secrets = kind.plural() == "secrets";
            let told = answer(&lookup, secrets, namespace.as_ref());
            update(&mut bench.app, Message::Told(id, told), bench.now);
        }
    }
    bench.asks();
}

fn open(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.keys(":");
    bench.types("helm");
    bench.keys("Enter");
    assert_eq!(*bench.app.trail.page(), Page::Helm);
    bench
}

fn releases() -> Vec<TableRow> {
    vec![
        row("betaapp", "beta-web", 8, "pending-upgrade", 5_400),
        row("betaapp", "beta-web", 7, "deployed", 90_000),
        row("betaapp", "beta-web", 6, "superseded", 900_000),
        row("candilib", "redis", 3, "failed", 1_200),
        row("candilib", "redis", 2, "deployed", 400_000),
        row("basegun", "postgres", 12, "deployed", 800_000),
        row("psij", "front", 2, "pending-upgrade", 60),
        row("psij", "front", 1, "deployed", 70_000),
    ]
}

fn listed(language: Language) -> Bench {
    let mut bench = open(language);
    answered(&mut bench, |lookup, secrets, _| {
        let here = secrets && lookup.cluster == HERE;
        told(if here { releases() } else { Vec::new() })
    });
    bench
}

#[test]
fn what_is_stuck_stands_first_and_says_what_it_refuses() {
    assert_snapshot!("releases", sizes(&mut listed(English)));
    let mut bench = listed(French);
    bench.resize(132, 40);
    assert_snapshot!("releases_fr", bench.text());
    listed(English).small_forms();
}

#[test]
fn a_missing_right_is_named() {
    let mut bench = open(English);
    assert!(bench.text().contains("reading"), "{}", bench.text());
    answered(&mut bench, |_, secrets, _| {
        if secrets { denied() } else { told(Vec::new()) }
    });
    let text = bench.text();
    assert!(text.contains("list secrets"), "{text}");
    assert!(!text.contains("no release of Helm"), "{text}");
    assert_snapshot!("releases_denied", text);
}

#[test]
fn where_the_cluster_is_denied_the_namespaces_that_helm_filled_are_asked() {
    let mut bench = open(English);
    for space in ["betaapp", "candilib"] {
        let mut workload = stage::deployment(space, "web", 1);
        let release = [("meta.helm.sh/release-name", "web")];
        workload.meta.annotations = release.into_iter().collect();
        bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    }
    bench.judged(Vec::new(), Vec::new());
    answered(&mut bench, |lookup, secrets, namespace| {
        match namespace.map(Text::as_str) {
            _ if !secrets => told(Vec::new()),
            None if lookup.cluster == HERE => denied(),
            None => told(Vec::new()),
            Some("betaapp") => told(vec![row("betaapp", "web", 1, "deployed", 90)]),
            Some(_) => denied(),
        }
    });
    let text = bench.text();
    assert!(
        text.contains("read in betaapp only, elsewhere needs the right: list secrets"),
        "{text}"
    );
    assert!(bench.selected().contains("web"), "{text}");
}

#[test]
fn the_way_back_is_a_command_to_copy() {
    let mut bench = listed(English);
    bench.keys("c");
    let text = bench.text();
    assert!(text.contains("helm rollback beta-web 7"), "{text}");
    let mut copied = Vec::new();
    for at in 0..6 {
        let mut bench = listed(English);
        bench.keys("c");
        let keys = format!("{} Enter", vec!["Down"; at].join(" "));
        if let Some(Effect::Copy(text)) = bench.keys(keys.trim()).pop() {
            copied.push(text);
        }
    }
    let back = "helm rollback beta-web 7 -n betaapp --kube-context public1";
    assert!(copied.iter().any(|it| it == back), "{copied:?}");
    assert!(
        copied.iter().all(|it| !it.contains("kubectl")),
        "{copied:?}"
    );
}

#[test]
fn the_owner_of_what_helm_made_leads_to_its_release() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let workload = stage::deployment("betaapp", "beta-web", 1);
    bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    bench.judged(Vec::new(), Vec::new());
    bench.keys("4 d");
    assert!(matches!(
        bench.app.trail.page(),
        Page::Aspect(Aspect::Describe, _)
    ));
    bench.asks();
    let value = json!({
        "metadata": {
            "name": "beta-web", "namespace": "betaapp",
            "labels": {"app.kubernetes.io/managed-by": "Helm"},
            "annotations": {"meta.helm.sh/release-name": "beta-web", "meta.helm.sh/release-namespace": "betaapp"},
        },
    });
    let document = Document {
        value,
        ..Document::default()
    };
    let told = vec![Told::Object(document.into())];
    bench.tell_where(|it| matches!(it, Wanted::Object(_)), told);
    bench.keys("/");
    bench.types("Helm beta-web");
    bench.keys("Enter Enter");
    assert_eq!(*bench.app.trail.page(), Page::Helm);
    bench.keys("Esc");
    assert!(matches!(
        bench.app.trail.page(),
        Page::Aspect(Aspect::Describe, _)
    ));
}
