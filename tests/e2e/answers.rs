//! Formats, several clusters, and the names that select.

use serde_json::{Value, json};

use crate::arena::{IMAGE, labelled_arena, place, serve};
use crate::bed::{Persona, Result};
use crate::headless::ask;
use crate::program::{Home, vigie};

#[tokio::test]
async fn every_format_tells_the_same() -> Result {
    let space = "headless-formats";
    let (_, api) = labelled_arena(space, &place("hformats", "prod")).await?;
    serve(&api, space, 1).await?;
    let get = |format: &str| ask(&["get", "deployments", "-n", space, "-o", format]);
    let json = get("json")?.json()?;
    let yaml: Value = serde_saphyr::from_str(&get("yaml")?.out)?;
    assert_eq!(yaml, json);
    let (table, wide) = (get("table")?.out, get("wide")?.out);
    let words = |text: &str| {
        text.lines()
            .next()
            .map_or(0, |it| it.split_whitespace().count())
    };
    assert!(words(&wide) > words(&table), "{table}\n{wide}");
    for text in [&table, &wide] {
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(
            text.starts_with("TENANT") || text.starts_with("CLUSTER"),
            "{text}"
        );
        assert!(text.contains("hformats") && text.contains("1/1"), "{text}");
    }
    assert!(wide.contains(IMAGE) && wide.contains(space), "{wide}");
    Ok(())
}

#[tokio::test]
async fn rows_of_several_contexts_are_told_apart_and_a_tenant_spans_them() -> Result {
    let space = "headless-contexts";
    let (plane, api) = labelled_arena(space, &place("hcontexts", "prod")).await?;
    serve(&api, space, 1).await?;
    let text = std::fs::read_to_string(plane.kubeconfig(Persona::Admin))?;
    let mut config: Value = serde_json::from_str(&text)?;
    let context = json!({"cluster": "bed", "user": "admin"});
    config["contexts"] = json!([
        {"name": "east/one", "context": context}, {"name": "west:two", "context": context},
    ]);
    let home = Home::new()?;
    let kubeconfig = home.write("config", &config.to_string())?;
    let both = [
        "--context",
        "east/one",
        "--context",
        "west:two",
        "-n",
        "hcontexts/prod",
        "-o",
        "json",
    ];
    let get = |what: &str| vigie(&kubeconfig, ["get", what].iter().chain(&both));
    let said = get("deployments")?;
    let mut clusters: Vec<_> = said
        .items()?
        .iter()
        .map(|row| row["cluster"].clone())
        .collect();
    clusters.sort_by_key(ToString::to_string);
    assert_eq!(clusters, ["east/one", "west:two"], "{said:?}");
    let tenants = get("tenants")?.items()?;
    assert_eq!(tenants.len(), 1, "{tenants:?}");
    assert_eq!(tenants[0]["clusters"], json!(["east/one", "west:two"]));
    assert_eq!(tenants[0]["workloads"], json!({"ready": 2, "total": 2}));
    Ok(())
}

#[tokio::test]
async fn names_select_an_environment_and_an_unknown_one_is_told() -> Result {
    for (space, environment) in [("headless-n-dev", "dev"), ("headless-n-prod", "prod")] {
        let (_, api) = labelled_arena(space, &place("hnames", environment)).await?;
        serve(&api, space, 1).await?;
    }
    let spaces = |name: &str| -> Result<Vec<Value>> {
        let said = ask(&["get", "deployments", "-n", name, "-o", "json"])?;
        assert_eq!(said.code, 0, "{said:?}");
        Ok(said
            .items()?
            .iter()
            .map(|row| row["namespace"].clone())
            .collect())
    };
    assert_eq!(spaces("hnames/dev")?, ["headless-n-dev"]);
    assert_eq!(spaces("headless-n-prod")?, ["headless-n-prod"]);
    assert_eq!(spaces("hnames")?, ["headless-n-prod", "headless-n-dev"]);

    let said = ask(&["get", "deployments", "-n", "hnames/nowhere", "-o", "json"])?;
    assert_eq!(said.code, 3, "{said:?}");
    let unknown = &said.incomplete()?[0];
    assert_eq!(
        (&unknown["cluster"], &unknown["what"]),
        (&Value::Null, &json!("hnames/nowhere"))
    );
    Ok(())
}
