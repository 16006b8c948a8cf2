//! However it ends, the program is gone within a second and leaves nothing behind.

use std::process::Command;
use std::time::{Duration, Instant};

use color_eyre::eyre::ensure;
use rstest::rstest;

use crate::arena::arena;
use crate::bed::{Persona, Result};
use crate::logins::by_plugin;
use crate::program::Home;
use crate::terminal::Terminal;

/// Beyond this it does not end by itself.
const END: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(5);

#[tokio::test]
async fn a_closed_terminal_ends_it() -> Result {
    let space = "endings-closed";
    let (plane, _) = arena(space).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("nothing needs a human")?;
    let took = screen.close()?;
    assert!(took < END, "it took {took:?} to end");
    assert_eq!(home.files()?, [".local/state/vigie/vigie.log"]);
    Ok(())
}

#[rstest]
#[case::hung_up(Some("HUP"))]
#[case::terminated(Some("TERM"))]
#[case::closed(None)]
#[tokio::test]
async fn a_login_that_waits_ends_with_it(#[case] signal: Option<&str>) -> Result {
    let name = signal.unwrap_or("closed").to_lowercase();
    let (plane, _) = arena(&format!("endings-login-{name}")).await?;
    let home = Home::new()?;
    let told = home.path().join("plugin.pid");
    let script = format!(
        "echo $$ > {0}.new; mv {0}.new {0}; exec sleep 600",
        told.display()
    );
    let kubeconfig = by_plugin(plane, &home, &script)?;
    let before = home.files()?;
    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait("waiting for the login", |_| told.exists())?;
    let plugin = std::fs::read_to_string(&told)?.trim().to_owned();
    assert!(lives(&plugin)?);
    if let Some(signal) = signal {
        screen.signal(signal)?;
        screen.end()?;
    } else {
        let took = screen.close()?;
        assert!(took < END, "it took {took:?} to end");
    }
    let ended = Instant::now();
    while lives(&plugin)? {
        ensure!(ended.elapsed() < END, "the login goes on as {plugin}");
        std::thread::sleep(POLL);
    }
    let mut left = home.files()?;
    left.retain(|file| !before.contains(file));
    assert_eq!(left, [".local/state/vigie/vigie.log", "plugin.pid"]);
    Ok(())
}

/// Whether it runs: one that has ended may still be listed until somebody asks how.
fn lives(process: &str) -> Result<bool> {
    let said = Command::new("ps")
        .args(["-o", "stat=", "-p", process])
        .output()?;
    let state = String::from_utf8(said.stdout)?;
    Ok(!state.trim().is_empty() && !state.trim().starts_with('Z'))
}
