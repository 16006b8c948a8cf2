//! How the cockpit behaves as a program in a terminal: keys, sizes, signals, and text that means harm.

use rstest::rstest;
use serde_json::json;

use crate::arena::{IMAGE, arena, fate, labelled_arena, place, run, serve};
use crate::bed::workloads::{deployment, deployment_path, namespace, template};
use crate::bed::{Api, Persona, Result};
use crate::program::{Home, vigie};
use crate::terminal::Terminal;

#[tokio::test]
async fn the_filter_hides_rows_and_gives_them_back() -> Result {
    let (plane, api) = labelled_arena("manners-left", &place("lefthand", "prod")).await?;
    labelled_arena("manners-right", &place("righthand", "prod")).await?;
    for space in ["manners-left", "manners-right"] {
        run(&api, space, 1, &fate("crash")).await?;
    }
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let names = ["-n", "manners-left", "-n", "manners-right"];
    let mut screen = Terminal::start(&home, &kubeconfig, &names)?;
    screen.wait_text("2 need a human")?;
    screen.wait_line(&["righthand/prod", "exit 1"])?;

    screen.keys("/left")?;
    screen.wait_text("1 of 2")?;
    screen.keys("\r")?;
    let filtered = screen.wait_text("lefthand/prod")?;
    let other = |line: &str| line.contains("righthand/prod") && line.contains("exit 1");
    assert!(!filtered.lines().any(other), "{filtered}");
    screen.keys("\x1b")?;
    screen.wait_line(&["righthand/prod", "exit 1"])?;
    screen.quit()
}

#[tokio::test]
async fn any_size_is_drawn_while_data_change() -> Result {
    let space = "manners-sizes";
    let (plane, api) = labelled_arena(space, &place("sizes", "prod")).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("nothing needs a human")?;

    run_badly_beside(&api, space).await?;
    let sizes = [
        (1, 1),
        (2, 1),
        (1, 60),
        (200, 1),
        (7, 3),
        (19, 4),
        (20, 5),
        (39, 9),
        (40, 10),
        (59, 15),
        (60, 16),
        (80, 17),
        (80, 22),
        (119, 60),
        (120, 16),
        (132, 40),
        (200, 60),
        (1, 1),
        (80, 24),
    ];
    for (step, (columns, lines)) in sizes.into_iter().enumerate() {
        let replicas = json!({"spec": {"replicas": 1 + step % 4}});
        api.merge(&deployment_path(space, "app"), &replicas).await?;
        let before = screen.drawn().0;
        screen.resize(columns, lines)?;
        screen.wait_drawn(before)?;
    }
    screen.wait_line(&["sizes/prod", "bad"])?;
    screen.quit()
}

/// Sizes from 1 by 1 to 400 by 120, the same in every run.
fn sizes() -> impl Iterator<Item = (u16, u16)> {
    let mut seed: u32 = 20_261_124;
    let mut below = move |most: u16| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from((seed >> 8) % u32::from(most)).unwrap_or(0) + 1
    };
    std::iter::from_fn(move || Some((below(400), below(120))))
}

#[tokio::test]
async fn after_any_sizes_the_last_frame_is_right() -> Result {
    let space = "manners-random";
    let (plane, api) = labelled_arena(space, &place("random", "prod")).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("nothing needs a human")?;
    for (step, (columns, lines)) in sizes().take(60).enumerate() {
        if step % 6 == 0 {
            let replicas = json!({"spec": {"replicas": 1 + step / 6 % 3}});
            api.merge(&deployment_path(space, "app"), &replicas).await?;
        }
        screen.resize(columns, lines)?;
    }
    screen.resize(80, 24)?;
    screen.wait_text("nothing needs a human")?;
    // Ages go on while one looks; other letters that an earlier frame left behind would stand there for good.
    let letters = |screen: &str| -> String {
        let body = screen.lines().skip(1).collect::<Vec<_>>().join("\n");
        body.replace(|letter: char| "0123456789 sm".contains(letter), "")
    };
    let mut stood = letters(&screen.screen());
    loop {
        // A frame may be half written; the clock is written every second.
        screen.wait_drawn(screen.drawn().0)?;
        let stands = letters(&screen.screen());
        if stands == stood {
            break;
        }
        stood = stands;
    }
    let before = screen.drawn().0;
    screen.keys("\x0c")?;
    screen.wait_drawn(before)?;
    screen.wait("drawn again as it stood", |screen| letters(screen) == stood)?;
    screen.quit()
}

async fn run_badly_beside(api: &Api, space: &str) -> Result {
    let template = template("bad", IMAGE, &fate("crash"));
    api.create(&deployment(space, "bad", 2, &template)).await?;
    Ok(())
}

#[rstest]
#[case::terminated("TERM")]
#[case::hung_up("HUP")]
#[case::interrupted("INT")]
#[tokio::test]
async fn it_ends_at_once_when_told_and_gives_the_terminal_back(#[case] signal: &str) -> Result {
    let space = format!("manners-{}", signal.to_lowercase());
    let (plane, _) = arena(&space).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", &space])?;
    screen.wait_text("nothing needs a human")?;
    screen.signal(signal)?;
    screen.end()?;
    Ok(())
}

#[tokio::test]
async fn control_c_quits() -> Result {
    let (plane, _) = arena("manners-control").await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", "manners-control"])?;
    screen.wait_text("nothing needs a human")?;
    screen.keys("\x03")?;
    assert_eq!(screen.end()?, 0);
    Ok(())
}

/// The program, then what the terminal is like while it is stopped, then the program again.
const STOPPED_ONCE: &str = r#"
"$0" -n manners-stopped
printf 'stopped %s\n' "$?"
stty -a
read -r line
printf 'typed %s\n' "$line"
fg %1 >/dev/null
"#;

#[tokio::test]
async fn control_z_gives_the_terminal_to_the_shell_and_fg_brings_the_whole_screen_back() -> Result {
    let space = "manners-stopped";
    let (plane, api) = labelled_arena(space, &place("stopped", "prod")).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::in_shell(&home, &kubeconfig, STOPPED_ONCE)?;
    screen.wait_text("nothing needs a human")?;
    screen.keys("\x1a")?;
    // 128 and the number of the signal that stops.
    let shown = screen.wait_text("stopped 147")?;
    assert!(!shown.contains("nothing needs"), "{shown}");
    let cooked = screen.wait_text("icanon")?;
    assert!(
        cooked.contains(" echo ") && !cooked.contains("-icanon"),
        "{cooked}"
    );
    // Meanwhile things happen.
    run_badly_beside(&api, space).await?;
    screen.keys("\x1b[A typed by hand\r")?;
    screen.wait_text("1 needs a human")?;
    let shown = screen.wait_line(&["stopped/prod", "bad"])?;
    assert!(!shown.contains("typed"), "{shown}");
    screen.keys("/")?;
    screen.wait_text("Enter keep")?;
    screen.keys("\x1b")?;
    screen.wait_text("? help")?;
    screen.quit()
}

/// Words of a cluster that would set the title, fill the clipboard, clear the screen, turn the text round, hide letters in
/// it and bury the line.
fn hostile() -> String {
    let orders = "\u{1b}]0;title\u{7}\u{1b}]52;c;cHduZWQ=\u{1b}\\\u{1b}[2J\u{9b}31m\u{9d}0;c1\u{9c}\u{202e}\u{2066}";
    let marks = "\u{301}".repeat(5_000);
    format!("seen\u{e0041}\u{e007f}e{marks}\u{65e5}\u{672c}{orders}end")
}

#[tokio::test]
async fn words_that_are_orders_to_a_terminal_never_reach_it() -> Result {
    let space = "manners-hostile";
    let (plane, api) = arena("manners-hostile-door").await?;
    let mut object = namespace(space, &json!({}));
    object["metadata"]["annotations"] = json!({"openshift.io/display-name": hostile()});
    api.create(&object).await?;
    crashed(&api, space).await?;

    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let size = (200, 40);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], size)?;
    screen.wait_line(&["seen", "exit 78"])?;
    screen.wait_line(&["app exits 78", "seen", "end"])?;
    let written = screen.bytes();
    screen.quit()?;
    for order in [
        "\u{1b}]",
        "\u{1b}[2J\u{9b}",
        "\u{7}",
        "\u{9b}",
        "\u{9c}",
        "\u{9d}",
        "\u{202e}",
        "\u{2066}",
        "\u{e0041}",
        "\u{e007f}",
        "\u{301}\u{301}\u{301}\u{301}",
    ] {
        let bytes = order.as_bytes();
        let found = written.windows(bytes.len()).any(|it| it == bytes);
        assert!(!found, "{order:?} was written");
    }

    for format in ["table", "wide"] {
        let said = vigie(&kubeconfig, ["get", "findings", "-n", space, "-o", format])?;
        let control = |letter: char| {
            letter != '\n'
                && (letter.is_control() || "\u{202e}\u{2066}\u{e0041}\u{e007f}".contains(letter))
        };
        assert!(!said.out.contains(control), "{said:?}");
    }
    Ok(())
}

/// A pod that no node runs, so that its status stays as written: its last words are hostile.
async fn crashed(api: &Api, space: &str) -> Result {
    api.create(&json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "app", "namespace": space},
        "spec": {
            "schedulingGates": [{"name": "vigie.test/never"}],
            "containers": [{"name": "app", "image": IMAGE}],
        },
    }))
    .await?;
    let status = json!({"status": {"phase": "Running", "containerStatuses": [{
        "name": "app", "image": IMAGE, "imageID": "", "ready": false, "restartCount": 9,
        "state": {"waiting": {"reason": "CrashLoopBackOff", "message": hostile()}},
        "lastState": {"terminated": {"exitCode": 78, "reason": "Error", "message": hostile()}},
    }]}});
    let path = format!("/api/v1/namespaces/{space}/pods/app");
    let pod = api.merge(&format!("{path}/status"), &status).await?;
    let last = &pod["status"]["containerStatuses"][0]["lastState"]["terminated"];
    assert_eq!(last["message"], hostile(), "the server changed the words");
    Ok(())
}
