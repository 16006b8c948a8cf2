//! `cargo run --example bed`: the test bed by hand.
//!
//! Without arguments it prints one line to paste and waits for control-C; with a command it runs that on the cluster, in
//! this terminal, and stops when the command ends.

#[path = "mod.rs"]
mod bed;

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;

use bed::binaries::tell;
use bed::control_plane::Setup;
use bed::population::Sizes;
use bed::{ControlPlane, Persona, Result};
use clap::Parser;
use color_eyre::eyre::WrapErr;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// A real Kubernetes control plane on this machine, with a seeded platform.
#[derive(Parser)]
#[command(name = "bed")]
struct Options {
    /// Leave the cluster empty
    #[arg(long)]
    empty: bool,
    /// With Argo CD, which deploys the environments of the tenants from git
    #[arg(long, conflicts_with_all = ["empty", "pods"])]
    argo_cd: bool,
    /// Fill it with this many production-like pods instead, controllers off
    #[arg(long, conflicts_with = "empty")]
    pods: Option<usize>,
    /// What to run on it, with KUBECONFIG set
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<OsString>,
}

fn main() -> ExitCode {
    start(&Options::parse()).unwrap_or_else(|error| {
        tell(&format!("{error:#}"));
        ExitCode::FAILURE
    })
}

fn start(options: &Options) -> Result<ExitCode> {
    // Taken before the start: a control-C meanwhile must not leave the servers to their supervisors alone.
    let signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let plane = filled(options)?;
    let _argo = if options.argo_cd {
        Some(bed::seed::deploy_from_git(&plane)?)
    } else {
        None
    };
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    if let Some((program, args)) = options.command.split_first() {
        return run(program, args, &kubeconfig, signals);
    }
    writeln!(
        std::io::stdout(),
        "export KUBECONFIG={}",
        kubeconfig.display()
    )?;
    tell("control-C stops everything");
    wait(signals);
    Ok(ExitCode::SUCCESS)
}

fn filled(options: &Options) -> Result<ControlPlane> {
    if let Some(pods) = options.pods {
        let plane = ControlPlane::start_bare()?;
        plane.block_on(async |api| {
            bed::population::populate(&api, pods, Sizes::Mixed)
                .await
                .map(drop)
        })?;
        return Ok(plane);
    }
    let plane = ControlPlane::start_with(Setup {
        controllers: true,
        nodes: if options.empty { 3 } else { 0 },
    })?;
    if !options.empty {
        bed::seed::seed(&plane)?;
    }
    Ok(plane)
}

fn wait(mut signals: Signals) {
    signals.forever().next();
    tell("stopping");
}

/// A control-C reaches the command through the terminal, and it decides what that means; the other signals are passed on.
fn run(
    program: &OsStr,
    args: &[OsString],
    kubeconfig: &Path,
    mut signals: Signals,
) -> Result<ExitCode> {
    let mut child = Command::new(program)
        .args(args)
        .env("KUBECONFIG", kubeconfig)
        .spawn()
        .wrap_err_with(|| format!("cannot run {}", program.display()))?;
    let pid = child.id().to_string();
    thread::spawn(move || {
        for _ in signals.forever().filter(|signal| *signal != SIGINT) {
            // The command may have ended in the meantime.
            let _ = Command::new("sh")
                .args(["-c", "kill \"$1\"", "sh", &pid])
                .status();
        }
    });
    let status = child.wait()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
