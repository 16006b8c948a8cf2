//! What is no kubeconfig, no Kubernetes, no place to write: a clear sentence, and the terminal untouched.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use rstest::rstest;
use serde_json::json;

use crate::arena::arena;
use crate::bed::{Persona, Result};
use crate::headless::one_cluster;
use crate::program::{Home, vigie, vigie_at};
use crate::terminal::Terminal;

#[rstest]
#[case::not_yaml("{{{ password: hunter2", "is not a kubeconfig")]
#[case::another_shape("[1, 2, 3]", "is not a kubeconfig")]
#[case::binary("\u{0}\u{1}\u{2}ELF", "is not a kubeconfig")]
#[case::no_context("apiVersion: v1\nkind: Config\n", "has no context")]
fn what_is_no_kubeconfig_is_named_and_not_quoted(#[case] text: &str, #[case] told: &str) -> Result {
    let home = Home::new()?;
    let kubeconfig = home.write("broken", text)?;
    let (code, said) = Terminal::start(&home, &kubeconfig, &[])?.refused()?;
    assert_eq!(code, 3, "{said}");
    assert!(said.contains(told), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
    assert!(
        !said.contains('\u{1b}'),
        "the terminal was touched: {said:?}"
    );
    if told.contains("not a kubeconfig") {
        assert!(said.contains("/broken"), "{said}");
    }
    let script = vigie(&kubeconfig, ["status"])?;
    assert_eq!(script.code, 3, "{script:?}");
    assert_eq!(script.err.trim(), said.trim());
    Ok(())
}

#[tokio::test]
async fn an_unknown_context_is_a_wrong_command_line_and_the_nearest_is_told_first() -> Result {
    let (plane, _) = arena("rubbish-context").await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let (code, said) = Terminal::start(&home, &kubeconfig, &["--context", "viewre"])?.refused()?;
    assert_eq!(code, 2, "{said}");
    let told = "there is no context \"viewre\"; the kubeconfig has viewer";
    assert!(said.contains(told), "{said}");
    for arguments in [
        &["status", "--context", "viewre"][..],
        &[
            "get",
            "tenants",
            "--context",
            "admin",
            "--context",
            "viewre",
        ],
    ] {
        let script = vigie(&kubeconfig, arguments)?;
        assert_eq!((script.code, script.out.as_str()), (2, ""), "{script:?}");
        assert!(script.err.contains(told), "{script:?}");
    }
    Ok(())
}

/// Answers everything with the login page of a proxy, until the tests end.
fn proxy_page() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for caller in listener.incoming().flatten() {
            thread::spawn(move || answer(caller));
        }
    });
    Ok(port)
}

fn answer(mut caller: std::net::TcpStream) -> std::io::Result<()> {
    let page = "<html><body>Please log in</body></html>";
    let mut buffer = [0; 8192];
    while caller.read(&mut buffer)? > 0 {
        write!(
            caller,
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        )?;
    }
    Ok(())
}

#[test]
fn the_page_of_a_proxy_is_no_calm_cluster() -> Result {
    let home = Home::new()?;
    let server = json!({"server": format!("http://127.0.0.1:{}", proxy_page()?)});
    let kubeconfig = home.write("config", &one_cluster(&server, &json!({})).to_string())?;
    let said = vigie(&kubeconfig, ["get", "findings", "-o", "json"])?;
    assert_eq!(said.code, 3, "{said:?}");
    let incomplete = &said.incomplete()?[0];
    assert_eq!(incomplete["what"], "cluster", "{said:?}");
    let reason = incomplete["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("not Kubernetes'"), "{reason}");

    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait_line(&["API server", "no Kubernetes answer"])?;
    let shown = screen.wait_text("here ▲")?;
    assert!(!shown.contains("calm"), "{shown}");
    screen.quit()
}

#[test]
fn without_a_terminal_the_screen_is_one_sentence() -> Result {
    let home = Home::new()?;
    let said = vigie_at(&home, &home.path().join("none"), [""; 0])?;
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert_eq!(said.err.lines().count(), 1, "{said:?}");
    for word in ["terminal", "vigie get", "vigie status"] {
        assert!(said.err.contains(word), "{said:?}");
    }
    Ok(())
}

#[tokio::test]
async fn all_that_is_wrong_with_the_configuration_can_be_read_from_the_screen() -> Result {
    let space = "rubbish-config";
    let (plane, _) = arena(space).await?;
    let home = Home::new()?;
    let text = "theme = 'drak'\ncolour = 'red'\n[contxt.admin]\nread_only = true\n";
    let config = home.write("wrong.toml", text)?.display().to_string();
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let arguments = ["-n", space, "--config", &config];
    let mut screen = Terminal::start(&home, &kubeconfig, &arguments)?;
    let shown = screen.wait_text("3 problems in the configuration, all in")?;
    assert!(shown.contains("READ-ONLY"), "{shown}");
    screen.quit()?;
    let log = home.log();
    for told in [
        "colour is not known",
        "did you mean contexts?",
        "did you mean dark?",
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }
    let said = vigie_at(&home, &kubeconfig, [&["status"], &arguments[..]].concat())?;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("every context is read-only"), "{said:?}");
    assert!(
        !said.err.contains("drak") && !said.err.contains("theme"),
        "{said:?}"
    );
    Ok(())
}

#[tokio::test]
async fn without_a_place_for_its_log_it_works_all_the_same() -> Result {
    let space = "rubbish-state";
    let (plane, _) = arena(space).await?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let home = Home::new()?;
    // A file where the folder should be stops even a user who may do anything.
    home.write(".local/state", "")?;
    let said = vigie_at(&home, &kubeconfig, ["status", "-n", space])?;
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    let asked = ["status", "-n", space, "--log-level", "debug"];
    let said = vigie_at(&home, &kubeconfig, asked)?;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.err.starts_with("vigie: nothing is logged: "),
        "{said:?}"
    );
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("nothing needs a human")?;
    screen.quit()
}
