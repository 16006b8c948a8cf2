//! A link that comes and goes for a long time: nothing grows, and at the end all is seen as it is.

use std::time::Duration;

use color_eyre::eyre::ensure;
use serde_json::json;
use vigie::model::{Feed, Kind, Link, Scope};
use vigie::store::Cluster;

use crate::arena::{IMAGE, arena};
use crate::bed::workloads::{deployment, template};
use crate::bed::{Persona, Result};
use crate::program::Home;
use crate::reading::{Reading, is_settled};
use crate::relay::{Relay, kubeconfig, token_of};

/// Connections cut, one cut a fifth of a second.
const CUTS: usize = 45;
const BETWEEN_CUTS: Duration = Duration::from_millis(200);
/// Then times in which nobody is there.
const OUTAGES: usize = 5;

async fn watching(seen: &mut Reading, relay: &Relay, watches: usize) -> Result<Duration> {
    let watching = |cluster: &Cluster| {
        let live = matches!(cluster.link(), Link::Live { .. });
        live && cluster.feeds().all(|(_, feed)| is_settled(feed)) && relay.count().0 >= watches
    };
    seen.wait("watching", watching).await
}

#[tokio::test]
async fn fifty_flaps_leave_nothing_behind() -> Result {
    let space = "flaps";
    let (plane, api) = arena(space).await?;
    let relay = Relay::straight(plane)?;
    let home = Home::new()?;
    let server = json!({"server": format!("https://{}", relay.address())});
    let file = kubeconfig(plane, &home, &server, &token_of(Persona::Admin))?;
    let mut seen = Reading::start(file).await?;
    let is_served = |(_, feed): &(&Scope, &Feed)| **feed != Feed::Absent;
    let watches = seen.cluster()?.feeds().filter(is_served).count();
    watching(&mut seen, &relay, watches).await?;
    let (_, _, taken) = relay.count();

    let mut clock = tokio::time::interval(BETWEEN_CUTS);
    for cut in 0..CUTS {
        clock.tick().await;
        relay.cut();
        if cut % 5 == 0 {
            // Something happens that nobody may be watching just then.
            let app = format!("app-{cut}");
            let template = template(&app, IMAGE, &json!({}));
            api.create(&deployment(space, &app, 1, &template)).await?;
        }
    }
    let took = watching(&mut seen, &relay, watches).await?;
    eprintln!("watching again after {took:?}");
    for _ in 0..OUTAGES {
        relay.refuse(true);
        let lost = |cluster: &Cluster| matches!(cluster.link(), Link::Degraded { .. });
        seen.wait("lost", lost).await?;
        relay.refuse(false);
        let took = watching(&mut seen, &relay, watches).await?;
        eprintln!("watching again after {took:?}");
    }

    let path = format!("/apis/apps/v1/namespaces/{space}/deployments");
    api.delete(&format!("{path}/app-0")).await?;
    let mut wanted = Vec::new();
    for object in api.items(&path).await? {
        wanted.extend(object["metadata"]["name"].as_str().map(str::to_owned));
    }
    wanted.sort();
    let same = |cluster: &Cluster| {
        let here = cluster.workloads().filter(|it| it.meta.namespace == space);
        let mut names: Vec<_> = here.map(|it| it.meta.name.to_string()).collect();
        names.sort();
        names == wanted
    };
    seen.wait("as the server has it", same).await?;
    ensure!(wanted.len() == CUTS.div_ceil(5) - 1, "{wanted:?}");

    let feeds = seen.cluster()?.feeds().count();
    ensure!(feeds == Kind::ALL.len(), "{feeds} feeds");
    let (open, most, taken_at_last) = relay.count();
    // A watch each, a look at the server, and a list that went before or an idle one.
    ensure!(
        open <= 2 * watches && most <= 2 * watches + 2,
        "{open} connections, once {most}"
    );
    let flaps = CUTS + OUTAGES;
    let each = (taken_at_last - taken) / flaps;
    ensure!(each <= watches + 2, "{each} connections a flap");
    Ok(())
}
