//! The real server seen through what stands on the way: a gateway, a wrong clock, a proxy, a bound of connections.

use chrono::{DateTime, TimeDelta};
use color_eyre::eyre::ensure;
use rstest::rstest;
use serde_json::json;

use crate::arena::{crash, labelled_arena, place, run, serve};
use crate::bed::workloads::namespace;
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::{Home, vigie, vigie_at, with};
use crate::relay::{Relay, SERVER_NAME, kubeconfig, token_of};
use crate::terminal::Terminal;

const NAMESPACES: usize = 30;

fn same(head: &str) -> String {
    head.to_owned()
}

/// A gateway that knows no protobuf in streams.
fn watches_in_json(head: &str) -> String {
    head.replace("application/vnd.kubernetes.protobuf;stream=watch, ", "")
}

#[tokio::test]
async fn a_watch_answered_in_json_is_read_as_well() -> Result {
    let space = "relayed-json";
    let (plane, api) = labelled_arena(space, &place("rjson", "prod")).await?;
    let relay = Relay::changing(plane, watches_in_json, same)?;
    let home = Home::new()?;
    let server = json!({"server": format!("http://{}", relay.address())});
    let file = kubeconfig(plane, &home, &server, &token_of(Persona::Admin))?;
    let mut screen = Terminal::start(&home, &file, &["-n", space])?;
    screen.wait_text("nothing needs a human")?;

    // All of it comes by the watches.
    crash(&api, space, "bad").await?;
    screen.wait_line(&["rjson/prod", "bad", "exit 1"])?;
    api.delete(&format!("/apis/apps/v1/namespaces/{space}/deployments/bad"))
        .await?;
    screen.wait_text("nothing needs a human")?;
    let told = relay.told();
    let count = |path: &str, kind: &str| {
        let is = |line: &&String| line.contains(path) && line.contains(kind);
        told.iter().filter(is).count()
    };
    assert!(count("/pods?watch=1", "application/json") > 0, "{told:?}");
    assert_eq!(count("?watch=1", "protobuf"), 0, "{told:?}");
    assert!(count("/pods?", "protobuf") > 0, "lists stay: {told:?}");
    screen.quit()
}

/// The server's clock, an hour and a half ahead.
fn ahead(head: &str) -> String {
    let line = |line: &str| {
        let date = line.strip_prefix("Date: ");
        match date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()) {
            Some(date) => format!("Date: {}", (date + TimeDelta::minutes(90)).to_rfc2822()),
            None => line.to_owned(),
        }
    };
    let lines: Vec<_> = head.split("\r\n").map(line).collect();
    lines.join("\r\n")
}

#[tokio::test]
async fn a_clock_that_is_off_is_said_and_ages_follow_the_server() -> Result {
    let space = "relayed-clock";
    let (plane, api) = labelled_arena(space, &place("rclock", "prod")).await?;
    crash(&api, space, "bad").await?;
    let relay = Relay::changing(plane, same, ahead)?;
    let home = Home::new()?;
    let server = json!({"server": format!("http://{}", relay.address())});
    let file = kubeconfig(plane, &home, &server, &token_of(Persona::Admin))?;
    let said = vigie(&file, ["get", "findings", "-n", space])?;
    assert!(said.err.contains(" s off here's"), "{said:?}");
    assert!(said.out.contains(" 1h "), "{said:?}");
    let straight = vigie(
        &plane.kubeconfig(Persona::Admin),
        ["get", "findings", "-n", space],
    )?;
    assert_eq!(straight.err, "", "the true clock is not off");
    assert!(!straight.out.contains(" 1h "), "{straight:?}");

    let mut screen = Terminal::start(&home, &file, &["-n", space])?;
    screen.wait_line(&["rclock/prod", "bad", " 1h"])?;
    screen.wait_line(&["clock of this machine", "s off here's"])?;
    screen.quit()
}

#[rstest]
#[case::of_the_kubeconfig(true, None, "*", true)]
#[case::of_the_environment(false, Some("HTTPS_PROXY"), "localhost,,.elsewhere.test,", true)]
#[case::of_the_environment_in_small_letters(false, Some("https_proxy"), "", true)]
#[case::with_the_server_excepted(false, Some("HTTPS_PROXY"), "10.0.0.0/8,.default.svc", false)]
#[tokio::test]
async fn a_proxy_leads_to_the_server(
    #[case] own: bool,
    #[case] variable: Option<&'static str>,
    #[case] excepted: &str,
    #[case] used: bool,
) -> Result {
    let plane = ControlPlane::shared()?;
    let relay = Relay::tunnel(plane)?;
    let proxy = format!("http://{}", relay.address());
    let mut home = Home::new()?;
    home.more.push(("NO_PROXY", excepted.to_owned()));
    home.more.extend(variable.map(|name| (name, proxy.clone())));
    // Only the proxy knows the way to that name.
    let mut cluster = json!({"server": format!("https://{SERVER_NAME}:6443")});
    if own {
        cluster["proxy-url"] = json!(proxy);
    }
    let file = kubeconfig(plane, &home, &cluster, &token_of(Persona::Admin))?;
    let said = vigie_at(&home, &file, ["get", "tenants", "-o", "json"])?;
    let told = relay.told();
    let asked = format!("CONNECT {SERVER_NAME}:6443 ");
    assert_eq!(
        told.iter().any(|line| line.starts_with(&asked)),
        used,
        "{told:?}"
    );
    assert_eq!(said.code, if used { 0 } else { 3 }, "{said:?}");
    assert_eq!(said.items()?.is_empty(), !used, "{said:?}");
    Ok(())
}

#[tokio::test]
async fn rights_in_many_namespaces_take_a_hundred_connections_at_most() -> Result {
    let (plane, api) = labelled_arena("relayed-many", &json!({})).await?;
    let spaces: Vec<_> = (1..=NAMESPACES)
        .map(|number| format!("relayed-many-{number:02}"))
        .collect();
    for space in &spaces {
        api.create(&namespace(space, &place(space, "prod"))).await?;
        plane.admit_team(space).await?;
        run(&api, space, 1, &json!({})).await?;
    }
    serve(&api, "relayed-many", 1).await?;
    let relay = Relay::straight(plane)?;
    let home = Home::new()?;
    let server = json!({"server": format!("https://{}", relay.address())});
    let file = kubeconfig(plane, &home, &server, &token_of(Persona::Team))?;
    let names: Vec<_> = spaces.iter().flat_map(|space| ["-n", space]).collect();

    let asked = ["get", "deployments", "-o", "json"].iter().chain(&names);
    let said = vigie(&file, asked)?;
    // Read once, nothing is late: all of it was read.
    assert_eq!((said.code, said.incomplete()?), (0, Vec::new()), "{said:?}");
    let rows = said.items()?;
    for space in &spaces {
        assert_eq!(with(&rows, "namespace", space).len(), 1, "{space}");
    }
    let (_, most, _) = relay.count();
    ensure!(most <= 100, "{most} connections to read once");

    let mut screen = Terminal::sized(&home, &file, &names, (120, 40))?;
    screen.wait_line(&["lists are read in turns"])?;
    screen.wait_text(&format!("seeing {NAMESPACES} namespaces"))?;
    let (open, most, _) = relay.count();
    ensure!(most <= 100, "{most} connections to watch");
    ensure!(open >= 75, "only {open} connections are used");
    screen.quit()
}
