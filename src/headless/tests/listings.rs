use super::*;
use crate::headless::answer::get;
use crate::headless::rows::{change, deployment, finding, tenant};
use crate::insight::{self, State};
use crate::model::{Change, ImageChange, SyncState, What};

fn tenants() -> Vec<insight::TenantRow> {
    let environment = |cluster, name: &str, class, namespace: &str| insight::EnvironmentRow {
        cluster,
        name: name.into(),
        class,
        namespace: namespace.into(),
        ready: 0,
        total: 0,
        worst: None,
        quotas: Vec::new(),
        changed: None,
    };
    let betaapp = insight::TenantRow {
        name: "betaapp".into(),
        platform: false,
        clusters: vec![PUBLIC1, APP1],
        environments: vec![
            environment(APP1, "prod", Class::Production, "betaapp-prod"),
            environment(PUBLIC1, "dev", Class::NonProduction, "b4qjvd--22dxm"),
        ],
        ready: 5,
        total: 6,
        critical: 1,
        warning: 0,
        worst: Some(insight::Severity::Critical),
        moving: 0,
        failing: 0,
        quota: None,
        changed: None,
    };
    let bare = insight::TenantRow {
        name: "projet dégradé".into(),
        clusters: vec![PUBLIC1],
        environments: vec![environment(PUBLIC1, "", Class::Unknown, "projet-degrade")],
        ready: 0,
        total: 0,
        ..betaapp.clone()
    };
    vec![betaapp, bare]
}

fn deployments() -> Vec<insight::DeploymentRow> {
    let stuck = insight::DeploymentRow {
        cluster: APP1,
        uid: Uid::from_text("beta-back"),
        place: place("betaapp", "prod"),
        namespace: "betaapp-prod".into(),
        kind: "Deployment".into(),
        name: "beta-back".into(),
        desired: 6,
        ready: 3,
        updated: 3,
        revision: Some(15),
        images: vec![
            "registry.cpin.test/beta-back:2.14.0".into(),
            "vector:0.40".into(),
        ],
        restarts: 12,
        state: State::Failed,
        reason: "CrashLoopBackOff".into(),
        since: Some(now().plus(-840)),
        rollout: None,
        sync: Some(SyncState::OutOfSync),
        managers: vec![insight::Manager {
            tool: insight::Tool::ArgoCd,
            name: "betaapp-prod".into(),
        }],
        finding: None,
        severity: None,
        created: None,
    };
    let bare = insight::DeploymentRow {
        cluster: PUBLIC1,
        place: Place {
            class: Class::Unknown,
            ..place("rolistes", "")
        },
        namespace: "rolistes".into(),
        kind: "Cluster".into(),
        name: "db".into(),
        revision: None,
        images: Vec::new(),
        state: State::Stopped,
        reason: Text::default(),
        since: None,
        ..stuck.clone()
    };
    vec![stuck, bare]
}

fn changes() -> Vec<Change> {
    let change = |seconds: i64, namespace: &str, kind: &str, name: &str, what| Change {
        at: now().plus(-seconds),
        cluster: PUBLIC1,
        namespace: namespace.into(),
        subject: Subject {
            kind: kind.into(),
            name: name.into(),
        },
        what,
    };
    let image = ImageChange {
        container: "app".into(),
        from: "beta-back:2.13.4".into(),
        to: "beta-back:2.14.0".into(),
    };
    let rollout = What::Rollout {
        revision: Some(15),
        images: vec![image],
    };
    let unready = What::NodeNotReady {
        reason: "NodeStatusUnknown".into(),
        message: "Kubelet stopped posting node status.".into(),
    };
    vec![
        change(49, "", "Node", "dso-w04", unready),
        change(840, "betaapp", "Deployment", "beta-back", rollout),
        change(
            7_300,
            "betaapp",
            "Deployment",
            "worker",
            What::Scale { from: 1, to: 3 },
        ),
    ]
}

fn listed(listing: Listing, format: Format, language: Language) -> String {
    let findings = vec![finding(Severity::Critical, "beta-back"), shared()];
    let known = Known::new(store(deltas()), findings, &[], language);
    let facts = &known.facts();
    let wide = format == Format::Wide;
    let answer = match listing {
        Listing::Tenants => {
            let rows = tenants()
                .iter()
                .map(|it| tenant::TenantRow::new(it, facts))
                .collect();
            get(rows, Vec::new(), format, facts, |rows| {
                tenant::to_table(rows, wide, facts)
            })
        }
        Listing::Deployments => {
            let new = |it: &_| deployment::DeploymentRow::new(it, facts);
            let rows = deployments().iter().map(new).collect();
            get(rows, Vec::new(), format, facts, |rows| {
                deployment::to_table(rows, wide, facts)
            })
        }
        Listing::Findings => get(finding::of(facts), Vec::new(), format, facts, |rows| {
            finding::to_table(rows, wide, facts)
        }),
        Listing::Changes => {
            let rows = changes()
                .iter()
                .map(|it| change::ChangeRow::new(it, facts))
                .collect();
            get(rows, Vec::new(), format, facts, |rows| {
                change::to_table(rows, wide, facts)
            })
        }
    };
    assert_eq!((answer.exit, answer.notes.len()), (Exit::Good, 0));
    answer.text
}

const LISTINGS: [(&str, Listing); 4] = [
    ("tenants", Listing::Tenants),
    ("deployments", Listing::Deployments),
    ("findings", Listing::Findings),
    ("changes", Listing::Changes),
];

#[test]
fn each_listing_as_json() {
    for (name, listing) in LISTINGS {
        let text = listed(listing, Format::Json, Language::English);
        insta::assert_snapshot!(format!("{name}-json"), text);
    }
}

#[test]
fn each_listing_as_a_table_and_wide() {
    for (name, listing) in LISTINGS {
        let print = |format| listed(listing, format, Language::English);
        let both = [print(Format::Table), print(Format::Wide)].join("\n");
        insta::assert_snapshot!(format!("{name}-table"), both);
    }
}

#[test]
fn tables_speak_french_and_words_for_scripts_do_not() {
    let tables = LISTINGS.map(|(_, listing)| listed(listing, Format::Table, Language::French));
    insta::assert_snapshot!("tables-fr", tables.join("\n"));
    for word in ["\"failed\"", "\"stopped\"", "\"production\"", "\"unknown\""] {
        let text = listed(Listing::Deployments, Format::Json, Language::French);
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn yaml_tells_what_json_tells() {
    for (_, listing) in LISTINGS {
        let yaml = listed(listing, Format::Yaml, Language::English);
        let read: serde_json::Value = serde_saphyr::from_str(&yaml).unwrap();
        let json = listed(listing, Format::Json, Language::English);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read, json, "{yaml}");
    }
}

#[test]
fn the_readme_names_every_field() {
    let readme = include_str!("../../../README.md");
    for (name, listing) in LISTINGS {
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")))
            .unwrap();
        let text = listed(listing, Format::Json, Language::English);
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for field in document["items"][0].as_object().unwrap().keys() {
            assert!(row.contains(&format!("`{field}`")), "{name}: {field}");
        }
    }
}
