//! `cargo bench --bench load`: vigie on clusters full of production-like pods, in a pseudo-terminal as a person runs it,
//! against a real API server.
//!
//! Printed, never asserted: a machine's speed is no property of the program. Ratios compare with a bare client that
//! downloads the same lists side by side, on the same machine and in the same run. `tests/bench/README.md` says how to read
//! the figures.

#![allow(
    unused_imports,
    reason = "the bed's own tests are compiled away here, their imports are not"
)]

mod bare;
#[path = "../bed/mod.rs"]
mod bed;
mod changes;
mod cockpit;
mod counter;
mod figures;
mod keys;
mod link;
mod measure;
#[path = "../e2e/program.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod program;
mod reader;
#[path = "../e2e/terminal.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod terminal;

use std::alloc::System;
use std::path::PathBuf;

use bed::population::{Sizes, applications, populate};
use bed::{ControlPlane, Persona, Result};
use clap::Parser;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tokio::runtime::{Builder, Runtime};

use figures::{Figures, Table};

/// Counts what is allocated, for the bytes that a pod keeps.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Measures vigie on clusters of production-like pods
#[derive(Parser)]
struct Options {
    /// Pods of each cluster
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 50_000])]
    pods: Vec<usize>,
    /// Pods of each Deployment, instead of a mix as in production
    #[arg(long)]
    per_deployment: Option<usize>,
    /// Applications of Argo CD to write besides, and to read alone
    #[arg(long, default_value_t = 0)]
    applications: usize,
    /// Measure one reading of this cluster and print it (what the bench runs itself as)
    #[arg(long, hide = true, requires = "kind")]
    read: Option<PathBuf>,
    /// What is read there
    #[arg(long, hide = true)]
    kind: Option<String>,
    /// Stand between this terminal and the program as a slow line (what the bench runs itself as)
    #[arg(long, hide = true)]
    link: bool,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result {
    color_eyre::install()?;
    let options = Options::parse();
    // A second installation of the same provider is the only error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if options.link {
        return link::run();
    }
    if let (Some(kubeconfig), Some(kind)) = (&options.read, &options.kind) {
        return reader::measure(kubeconfig, kind);
    }
    let mut table = Table::default();
    for pods in &options.pods {
        let figures = on_a_cluster(*pods, &options)?;
        table.add(*pods, figures)?;
    }
    table.print()
}

fn on_a_cluster(pods: usize, options: &Options) -> Result<Figures> {
    let plane = ControlPlane::start_bare()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut figures = Figures::default();
    write_cluster(&plane, &runtime, (pods, options), &mut figures)?;
    if options.applications > 0 {
        measure::applications(&plane, &runtime, &mut figures)?;
    }
    measure::loading(&plane, &runtime, &mut figures)?;
    measure::traffic(&plane, &runtime, &mut figures)?;
    measure::living(&plane, &mut figures)?;
    measure::on_a_slow_line(&plane, &mut figures)?;
    measure::in_namespaces(&plane, &runtime, pods, &mut figures)?;
    Ok(figures)
}

fn write_cluster(
    plane: &ControlPlane,
    runtime: &Runtime,
    (pods, options): (usize, &Options),
    figures: &mut Figures,
) -> Result {
    let sizes = options.per_deployment.map_or(Sizes::Mixed, Sizes::Same);
    let population = runtime.block_on(async {
        let api = plane.api(Persona::Admin).await?;
        if options.applications > 0 {
            applications::populate(&api, options.applications).await?;
        }
        populate(&api, pods, sizes).await
    })?;
    figures.note(
        "Deployments, with ten old ReplicaSets each",
        population.deployments.to_string(),
    );
    Ok(())
}
