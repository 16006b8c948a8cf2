//! `cargo bench`: loading a large cluster, against a real API server full of production-like pods.
//!
//! Printed, never asserted: a machine's speed is no property of the program. Ratios compare with a bare client that
//! downloads the same lists side by side, on the same machine and in the same run.

#![allow(
    unused_imports,
    reason = "the bed's own tests are compiled away here, their imports are not"
)]

mod bare;
#[path = "../bed/mod.rs"]
mod bed;
mod memory;
mod reader;

use std::alloc::System;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use bed::population::{Sizes, applications, populate};
use bed::{ControlPlane, Persona, Result};
use clap::Parser;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use vigie::model::Kind;

use reader::Reading;

/// Counts what is allocated, for the bytes that a pod keeps.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Best of this many: the API server collects garbage when it likes.
const TURNS: usize = 3;

/// Measures loading a cluster of production-like pods
#[derive(Parser)]
struct Options {
    /// Pods to write
    #[arg(long, default_value_t = 10_000)]
    pods: usize,
    /// Pods of each Deployment, instead of a mix as in production
    #[arg(long)]
    per_deployment: Option<usize>,
    /// Applications of Argo CD to write besides
    #[arg(long, default_value_t = 0)]
    applications: usize,
    /// Measure one reading of this cluster and print it (what the bench runs itself as)
    #[arg(long, hide = true)]
    read: Option<PathBuf>,
    /// Read only this kind
    #[arg(long, hide = true)]
    only: Option<String>,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result {
    color_eyre::install()?;
    let options = Options::parse();
    // A second installation of the same provider is the only error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Some(kubeconfig) = options.read {
        return reader::measure(&kubeconfig, options.only.as_deref());
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "writing {} pods…", options.pods)?;
    let plane = ControlPlane::start_bare()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let population = runtime.block_on(async {
        let sizes = options.per_deployment.map_or(Sizes::Mixed, Sizes::Same);
        populate(&plane.api(Persona::Admin).await?, options.pods, sizes).await
    })?;
    writeln!(
        out,
        "{} pods in {} Deployments with ten old ReplicaSets each, written in {:.0} s",
        population.pods,
        population.deployments,
        population.elapsed.as_secs_f64()
    )?;

    drop(out);
    if options.applications > 0 {
        of_applications(&plane, &runtime, options.applications)?;
    }
    loading(&kubeconfig, &runtime)?;
    at_rest(&kubeconfig, population.pods)
}

/// The kind that has most in one object of those without protobuf.
fn of_applications(
    plane: &ControlPlane,
    runtime: &tokio::runtime::Runtime,
    count: usize,
) -> Result {
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    runtime.block_on(async {
        applications::populate(&plane.api(Persona::Admin).await?, count).await
    })?;
    let mut bare = Vec::new();
    let mut readings = Vec::new();
    for _ in 0..TURNS {
        let kinds = [Kind::Application];
        bare.push(runtime.block_on(bare::download(&kubeconfig, bare::JSON, &kinds))?);
        readings.push(read(&kubeconfig, Some(Kind::Application))?);
    }
    let bare = best(&bare);
    let reading = readings.iter().min_by_key(|it| it.loaded).copied();
    let reading = reading.unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{count} Applications alone, best of {TURNS}")?;
    writeln!(
        out,
        "  bare JSON download            {:7.2} s  {:6.1} MB",
        bare.0.as_secs_f64(),
        bare.1
    )?;
    writeln!(
        out,
        "  vigie, connected to whole     {:7.2} s  {:.2} × JSON",
        reading.loaded.as_secs_f64(),
        reading.loaded.as_secs_f64() / bare.0.as_secs_f64()
    )?;
    writeln!(
        out,
        "  first rows after connecting   {:7.0} ms",
        reading.first_rows.as_secs_f64() * 1e3
    )?;
    writeln!(
        out,
        "  retained per Application      {:7.0} B",
        reading.live_bytes as f64 / reading.objects as f64
    )?;
    writeln!(
        out,
        "  resident, and at the peak     {:7.1} MiB, {:.1} MiB; {:.1} before reading",
        mebi(reading.resident_kib),
        mebi(reading.peak_kib),
        mebi(reading.empty_kib)
    )?;
    Ok(())
}

/// How long the whole takes, beside a client that only downloads it.
fn loading(kubeconfig: &Path, runtime: &tokio::runtime::Runtime) -> Result {
    let mut out = std::io::stdout().lock();
    let mut json = Vec::new();
    let mut protobuf = Vec::new();
    let mut readings = Vec::new();
    for _ in 0..TURNS {
        let built_in = Kind::ALL.into_iter().filter(|kind| kind.built_in());
        let kinds: Vec<_> = built_in.filter(|kind| *kind != Kind::Event).collect();
        json.push(runtime.block_on(bare::download(kubeconfig, bare::JSON, &kinds))?);
        protobuf.push(runtime.block_on(bare::download(kubeconfig, bare::PROTOBUF, &kinds))?);
        readings.push(read(kubeconfig, None)?);
    }
    let json = best(&json);
    let protobuf = best(&protobuf);
    let whole = readings
        .iter()
        .min_by_key(|reading| reading.loaded)
        .copied()
        .unwrap_or_default();
    writeln!(out, "\nall kinds, best of {TURNS}")?;
    writeln!(
        out,
        "  bare JSON download            {:7.2} s  {:6.1} MB",
        json.0.as_secs_f64(),
        json.1
    )?;
    writeln!(
        out,
        "  bare protobuf download        {:7.2} s  {:6.1} MB",
        protobuf.0.as_secs_f64(),
        protobuf.1
    )?;
    writeln!(
        out,
        "  vigie, connected to whole     {:7.2} s  {:.2} × JSON (aim ≤ 0.7), {:.2} × protobuf (aim ≤ 1.2)",
        whole.loaded.as_secs_f64(),
        whole.loaded.as_secs_f64() / json.0.as_secs_f64(),
        whole.loaded.as_secs_f64() / protobuf.0.as_secs_f64(),
    )?;
    writeln!(
        out,
        "  first rows after connecting   {:7.0} ms (aim ≤ 150)",
        whole.first_rows.as_secs_f64() * 1e3
    )?;
    writeln!(
        out,
        "  judging the whole             {:7.2} ms",
        whole.judged.as_secs_f64() * 1e3
    )?;

    Ok(())
}

/// What is kept once everything was read.
fn at_rest(kubeconfig: &Path, written: usize) -> Result {
    let mut out = std::io::stdout().lock();
    let pods = read(kubeconfig, Some(Kind::Pod))?;
    let per_pod = |bytes: u64| bytes as f64 / pods.objects as f64;
    writeln!(
        out,
        "  retained per pod              {:7.0} B  (aim ≤ 300 at ten pods a ReplicaSet, ≤ 600 at one)",
        per_pod(pods.live_bytes)
    )?;
    writeln!(
        out,
        "  resident growth per pod       {:7.0} B  (what reading left behind included)",
        per_pod(pods.resident_kib.saturating_sub(pods.empty_kib) * 1024)
    )?;
    let program = memory::of_program(kubeconfig, written)?;
    writeln!(
        out,
        "\nthe program itself, in a pseudo-terminal of 120×40, all kinds live"
    )?;
    writeln!(
        out,
        "  resident                      {:7.1} MiB (aim ≤ 24 at 10 000 pods)",
        mebi(program.resident_kib)
    )?;
    writeln!(
        out,
        "  peak                          {:7.1} MiB (aim ≤ resident + 4)",
        mebi(program.peak_kib)
    )?;
    writeln!(
        out,
        "  first screen                  {:7.0} ms (aim ≤ 50)",
        program.first_frame.as_secs_f64() * 1e3
    )?;
    writeln!(
        out,
        "  idle, written to the terminal {:7.0} B/s (aim ≤ 100)",
        program.bytes_per_second
    )?;
    Ok(())
}

fn mebi(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

fn best(turns: &[(Duration, f64)]) -> (Duration, f64) {
    turns
        .iter()
        .min_by_key(|turn| turn.0)
        .copied()
        .unwrap_or_default()
}

/// One reading in a process of its own, so that its memory is its own.
fn read(kubeconfig: &Path, only: Option<Kind>) -> Result<Reading> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--read").arg(kubeconfig);
    if let Some(kind) = only {
        command.arg("--only").arg(kind.plural());
    }
    let output = command.output()?;
    color_eyre::eyre::ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}
