//! What is measured on one cluster, one journey a function.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use color_eyre::eyre::ensure;
use portable_pty::CommandBuilder;
use tokio::runtime::Runtime;
use vigie::model::Kind;

use crate::bed::{ControlPlane, Persona, Result};
use crate::changes::{self, Changes};
use crate::cockpit::{Cockpit, connections};
use crate::figures::{Figures, mebi, milliseconds, percent, ratio, seconds, spread};
use crate::program::Home;
use crate::reader::Reading;
use crate::{bare, counter, keys, link};

/// Best of this many: the API server collects garbage when it likes.
const TURNS: usize = 3;
/// What lies between reading and rest: the allocator gives back, the API server collects.
const SETTLED: Duration = Duration::from_secs(10);
const WHILE: Duration = Duration::from_secs(30);
/// As fast as a held key repeats.
const REPEAT: Duration = Duration::from_millis(33);
const HELD: Duration = Duration::from_secs(5);
const NAMESPACES: usize = 30;
const PAGES: [(&str, &str); 3] = [
    ("1", "[1 Watch"),
    ("2", "[2 Tenants"),
    ("4", "[4 Deployments"),
];
const SLOW_PAGES: usize = 12;

/// The mark of the header once every kind was read.
fn read(screen: &str) -> bool {
    let head = screen.lines().next().unwrap_or_default();
    head.contains(" ✓")
}

/// How long the whole takes, beside a client that only downloads it.
pub(crate) fn loading(plane: &ControlPlane, runtime: &Runtime, figures: &mut Figures) -> Result {
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let built_in = Kind::ALL.into_iter().filter(|kind| kind.built_in());
    let kinds: Vec<_> = built_in.filter(|kind| *kind != Kind::Event).collect();
    let mut json = Vec::new();
    let mut protobuf = Vec::new();
    let mut loads = Vec::new();
    for _ in 0..TURNS {
        json.push(runtime.block_on(bare::download(&kubeconfig, bare::JSON, &kinds))?);
        protobuf.push(runtime.block_on(bare::download(&kubeconfig, bare::PROTOBUF, &kinds))?);
        loads.push(load(plane)?);
    }
    let least = |of: fn(&Load) -> Duration| loads.iter().map(of).min().unwrap_or_default();
    let json = json.into_iter().min_by_key(|it| it.0).unwrap_or_default();
    let protobuf = protobuf.into_iter().min_by_key(|it| it.0);
    let protobuf = protobuf.unwrap_or_default();
    let loaded = least(|it| it.loaded);
    figures.note("bare download of the same lists, JSON", seconds(json.0));
    figures.note("bare download, protobuf", seconds(protobuf.0));
    figures.note("their size, JSON", format!("{:.1} MB", json.1));
    figures.note("their size, protobuf", format!("{:.1} MB", protobuf.1));
    figures.add(
        "first frame after start",
        "≤ 50 ms",
        milliseconds(least(|it| it.frame)),
    );
    figures.add(
        "first rows after connecting",
        "≤ 150 ms",
        milliseconds(least(|it| it.rows)),
    );
    figures.note("all loaded after connecting", seconds(loaded));
    figures.add("all loaded ÷ bare JSON", "≤ 0.7", ratio(loaded, json.0));
    figures.add(
        "all loaded ÷ bare protobuf",
        "≤ 1.2",
        ratio(loaded, protobuf.0),
    );
    Ok(())
}

#[derive(Clone, Copy)]
struct Load {
    frame: Duration,
    rows: Duration,
    loaded: Duration,
}

/// One start: the page of Deployments is asked for with the first frame.
fn load(plane: &ControlPlane) -> Result<Load> {
    let home = Home::new()?;
    let others = connections(plane)?;
    let mut cockpit = Cockpit::start(&home, &plane.kubeconfig(Persona::Admin), &[])?;
    let (frame, connected) = cockpit.begun(plane, others)?;
    cockpit.screen.keys("4")?;
    let rows = cockpit.until("rows", |screen| screen.contains("service-"))?;
    let loaded = cockpit.until("all read", read)?;
    cockpit.screen.quit()?;
    Ok(Load {
        frame,
        rows: rows.saturating_sub(connected),
        loaded: loaded.saturating_sub(connected),
    })
}

/// What one start asks of the API server.
pub(crate) fn traffic(plane: &ControlPlane, runtime: &Runtime, figures: &mut Figures) -> Result {
    let home = Home::new()?;
    let (counter, kubeconfig) = counter::start(plane, &home)?;
    let api = runtime.block_on(plane.api(Persona::Admin))?;
    let before = runtime.block_on(counter::asked(&api))?;
    let mut cockpit = Cockpit::start(&home, &kubeconfig, &[])?;
    cockpit.until("all read", read)?;
    sleep(SETTLED);
    let after = runtime.block_on(counter::asked(&api))?;
    let megabytes = counter.bytes.load(Ordering::Relaxed) as f64 / 1e6;
    let opened = counter.connections.load(Ordering::Relaxed);
    figures.note(
        "requests to the API server for it",
        format!("{:.0}", after.requests - before.requests),
    );
    figures.note(
        "watches open then",
        format!("{:.0}", after.watches - before.watches),
    );
    figures.note("connections opened", opened.to_string());
    figures.note(
        "bytes from the API server for it",
        format!("{megabytes:.1} MB"),
    );
    let rest = counter.bytes.load(Ordering::Relaxed);
    sleep(WHILE);
    let rest = (counter.bytes.load(Ordering::Relaxed) - rest) as f64 / WHILE.as_secs_f64();
    figures.note("bytes from it at rest", format!("{rest:.0} B/s"));
    cockpit.screen.quit()
}

/// A whole session: at rest, typed at, under changes.
pub(crate) fn living(plane: &ControlPlane, figures: &mut Figures) -> Result {
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let pods = reading(&kubeconfig, Kind::Pod)?;
    let per_pod = pods.live_bytes / u64::try_from(pods.objects.max(1))?;
    figures.add(
        "kept per pod",
        "≤ 300 B at 10 per ReplicaSet, ≤ 600 at 1",
        format!("{per_pod} B"),
    );
    let home = Home::new()?;
    let mut cockpit = Cockpit::start(&home, &kubeconfig, &[])?;
    cockpit.until("all read", read)?;
    sleep(SETTLED);
    figures.add(
        "resident",
        "≤ 24 MiB at 10 000, ≤ 64 at 50 000",
        mebi(cockpit.resident_kib()),
    );
    figures.add(
        "peak while loading",
        "≤ resident + 4 MiB",
        mebi(cockpit.peak_kib()),
    );
    let (share, bytes) = cockpit.cost(WHILE)?;
    figures.add("a core at rest", "≤ 0.5 %", percent(share));
    figures.add(
        "to the terminal at rest",
        "≤ 100 B/s",
        format!("{bytes:.0} B/s"),
    );
    for (label, times) in keys::typed(&mut cockpit)? {
        figures.add(label, "≤ 16 ms p99", spread(times));
    }
    let changes = Changes::start(plane);
    sleep(SETTLED);
    for (key, rate_of, core, line) in [
        (
            "1",
            "changes a second, on Watch",
            "a core then, on Watch",
            "to the terminal then, on Watch",
        ),
        (
            "4",
            "changes a second, on Deployments",
            "a core then, on Deployments",
            "to the terminal then, on Deployments",
        ),
    ] {
        cockpit.screen.keys(key)?;
        let (made, began) = (changes.made(), Instant::now());
        let (share, bytes) = cockpit.cost(WHILE)?;
        let made = changes.made() - made;
        let rate = made as f64 / began.elapsed().as_secs_f64();
        figures.note(rate_of, format!("{rate:.0}"));
        figures.add(core, "≤ 2.5 %", percent(share));
        figures.add(line, "≤ 4 KiB/s", format!("{:.1} KiB/s", bytes / 1024.0));
    }
    let shown = changes::shown(&mut cockpit, plane)?;
    figures.add("change accepted to painted", "≤ 250 ms p99", spread(shown));
    changes.end()?;
    figures.note("resident after all that", mebi(cockpit.resident_kib()));
    cockpit.screen.quit()
}

/// Over 64 kbit/s with 300 ms there and back, under changes.
pub(crate) fn on_a_slow_line(plane: &ControlPlane, figures: &mut Figures) -> Result {
    let home = Home::new()?;
    let mut command = CommandBuilder::new(std::env::current_exe()?);
    command.arg("--link");
    let mut cockpit = Cockpit::run(command, &home, &plane.kubeconfig(Persona::Admin))?;
    let frame = cockpit.until("a frame", |screen| screen.contains("Watch"))?;
    figures.note("slow line: first frame", milliseconds(frame));
    cockpit.until("all read", read)?;
    let changes = Changes::start(plane);
    cockpit.screen.keys("4")?;
    cockpit.until("the page of Deployments", |screen| {
        screen.contains("service-")
    })?;
    sleep(SETTLED);
    let mut pages = Vec::new();
    for turn in 0..SLOW_PAGES {
        let (key, tab) = PAGES[turn % PAGES.len()];
        pages.push(page(&mut cockpit, key, tab)?);
    }
    figures.note("slow line: a key to another page", spread(pages));
    // The first time it has to learn that the line is slow.
    for what in [
        "slow line: another key after a held one, the first time",
        "slow line: the same later",
    ] {
        page(&mut cockpit, "4", "[4 Deployments")?;
        sleep(SETTLED);
        let began = Instant::now();
        while began.elapsed() < HELD {
            cockpit.screen.keys("j")?;
            sleep(REPEAT);
        }
        let answered = page(&mut cockpit, "2", "[2 Tenants")?;
        figures.note(what, milliseconds(answered));
        sleep(SETTLED);
    }
    changes.end()?;
    cockpit.screen.quit()
}

/// From a key to the tab of the page that it leads to.
fn page(cockpit: &mut Cockpit, key: &str, tab: &str) -> Result<Duration> {
    let pressed = Instant::now();
    cockpit.screen.keys(key)?;
    cockpit.until(tab, |screen| screen.contains(tab))?;
    Ok(cockpit.screen.drawn().1.duration_since(pressed))
}

/// Who may read some namespaces only.
pub(crate) fn in_namespaces(
    plane: &ControlPlane,
    runtime: &Runtime,
    pods: usize,
    figures: &mut Figures,
) -> Result {
    let names = (0..NAMESPACES.min(pods.div_ceil(100))).map(|it| format!("load-{it}"));
    let mut arguments = Vec::new();
    for name in names {
        runtime.block_on(plane.admit_team(&name))?;
        arguments.extend(["-n".to_owned(), name]);
    }
    let home = Home::new()?;
    let others = connections(plane)?;
    let mut cockpit = Cockpit::start(&home, &plane.kubeconfig(Persona::Team), &arguments)?;
    let (_, connected) = cockpit.begun(plane, others)?;
    let loaded = cockpit.until("all read", read)?.saturating_sub(connected);
    sleep(SETTLED);
    let (share, _) = cockpit.cost(WHILE)?;
    figures.note(
        "30 namespaces (10 of 1 000 pods): loaded after connecting",
        seconds(loaded),
    );
    figures.note(
        "these namespaces: connections",
        connections(plane)?.saturating_sub(others).to_string(),
    );
    figures.note("these namespaces: resident", mebi(cockpit.resident_kib()));
    figures.add(
        "these namespaces: a core at rest",
        "≤ 0.5 %",
        percent(share),
    );
    cockpit.screen.quit()
}

/// The kind that has most in one object of those without protobuf.
pub(crate) fn applications(
    plane: &ControlPlane,
    runtime: &Runtime,
    figures: &mut Figures,
) -> Result {
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut bare = Vec::new();
    let mut readings = Vec::new();
    for _ in 0..TURNS {
        let kinds = [Kind::Application];
        bare.push(runtime.block_on(bare::download(&kubeconfig, bare::JSON, &kinds))?);
        readings.push(reading(&kubeconfig, Kind::Application)?);
    }
    let bare = bare.into_iter().min_by_key(|it| it.0).unwrap_or_default();
    let reading = readings
        .into_iter()
        .min_by_key(|it| it.loaded)
        .unwrap_or_default();
    let kept = reading.live_bytes / u64::try_from(reading.objects.max(1))?;
    figures.note("Applications alone: bare download", seconds(bare.0));
    figures.note(
        "Applications alone: read ÷ bare",
        ratio(reading.loaded, bare.0),
    );
    figures.note(
        "Applications alone: first after connecting",
        milliseconds(reading.first_rows),
    );
    figures.note("kept per Application", format!("{kept} B"));
    Ok(())
}

/// One reading in a process of its own, so that its memory is its own.
fn reading(kubeconfig: &Path, kind: Kind) -> Result<Reading> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--read").arg(kubeconfig);
    command.arg("--kind").arg(kind.plural());
    let output = command.output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}
