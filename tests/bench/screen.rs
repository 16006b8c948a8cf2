//! `cargo bench --bench screen`: from a key to its painted frame, over fleets made from a seed, and what a busy hour writes
//! to the terminal.
//!
//! Printed, never asserted: a machine's speed is no property of the program. The loop is the one that a person runs.

mod hands;
mod texts;
mod tty;
mod world;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use clap::Parser;
use color_eyre::Result;
use ratatui::Terminal;
use tokio::sync::mpsc;
use tokio::time::sleep;
use vigie::app::{App, Clock, Clusters, Message, Options as Choices, Ports, run, update};
use vigie::keymap::Keymap;
use vigie::model::{Delta, LookupId, Object, Told};
use vigie::tenancy::{Rules, Selection};
use vigie::terminal::Meter;
use vigie::theme::{Colours, Theme};
use vigie::view::Symbols;
use vigie::viewmodel::Zone;
use vigie::wording::{Catalogue, Language};

use hands::{Bare, Hands, Hearing, SCRIPT, Step, Taken, unheard};
use tty::Tty;

/// Milliseconds.
const BUDGET: f64 = 16.0;
const BUSY: Duration = Duration::from_mins(1);
/// Between two changes of pods: 50 a second.
const GAP: Duration = Duration::from_millis(20);

/// Measures the screen over fleets of many pods
#[derive(Parser)]
struct Options {
    /// Pods of each fleet
    #[arg(long, value_delimiter = ',', default_values_t = [10_000, 50_000])]
    pods: Vec<u32>,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    color_eyre::install()?;
    let options = Options::parse();
    let mut out = io::stdout().lock();
    for pods in options.pods {
        writeln!(
            out,
            "\n{pods} pods, {} Deployments",
            world::families(pods).len()
        )?;
        keys(&mut out, pods)?;
        busy(&mut out, pods, "1")?;
        busy(&mut out, pods, "4")?;
    }
    writeln!(out, "\nlong texts")?;
    texts(&mut out)
}

/// An app that has read the whole fleet and judged it, and how long that took.
fn app(pods: u32, clock: Clock) -> (App, Duration) {
    let choices = Choices {
        clusters: vec!["public1".into()],
        rules: Rules::default(),
        catalogue: Catalogue::new(Language::English),
        theme: Theme::load("dark", &[], Colours::Rgb).0,
        keymap: Keymap::load("default", &[]).0,
        symbols: Symbols::Unicode,
        zone: Zone::UTC,
        selection: Selection::default(),
        guard: vigie::action::Guard::default(),
        who: vigie::action::Who::default(),
        journal: Vec::new(),
        next_id: || vigie::action::ActionId("7f3a0c12de".to_owned()),
        problems: Vec::new(),
    };
    let mut app = App::new(choices, clock.now());
    for fact in world::facts(pods) {
        update(&mut app, Message::Delta(fact), clock.now());
    }
    // The first also resolves whose each namespace is.
    update(&mut app, Message::Judge, clock.now());
    let began = Instant::now();
    update(&mut app, Message::Judge, clock.now());
    (app, began.elapsed())
}

/// From each key of the script to the frame that it leads to.
fn keys(out: &mut impl Write, pods: u32) -> Result<()> {
    let (judged, taken) = typed(pods, SCRIPT, |_| Hearing(unheard))?;
    writeln!(out, "  judging and listing {:9.1} ms", milliseconds(judged))?;
    table(out, SCRIPT, &taken)
}

/// The same in texts as long as they get.
fn texts(out: &mut impl Write) -> Result<()> {
    let (_, taken) = typed(100, texts::SCRIPT, texts::oracle)?;
    table(out, texts::SCRIPT, &taken)
}

/// How long judging took before the first key, and how long each key.
fn typed<C: Clusters>(
    pods: u32,
    script: &[Step],
    clusters: impl FnOnce(mpsc::Sender<(LookupId, Vec<Told>)>) -> C,
) -> Result<(Duration, Taken)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let hands = Hands::of(script);
    let taken = hands.taken();
    let judged = runtime.block_on(async {
        let clock = Clock::From(world::night(), tokio::time::Instant::now());
        let (app, judged) = app(pods, clock);
        let mut terminal = Terminal::new(Tty::default())?;
        let (_facts, deltas) = mpsc::channel(1);
        let (teller, told) = mpsc::channel(8);
        let ports = Ports {
            clock,
            input: hands,
            deltas,
            told,
            acts: mpsc::channel(1).1,
            meter: Meter::default(),
            clusters: clusters(teller),
            desk: Bare,
        };
        run(app, ports, &mut terminal).await?;
        io::Result::Ok(judged)
    })?;
    Ok((judged, taken))
}

fn table(out: &mut impl Write, script: &[Step], taken: &Taken) -> Result<()> {
    writeln!(
        out,
        "  {:28} {:>5} {:>9} {:>9} {:>9}",
        "key to frame", "keys", "p50 ms", "p99 ms", "worst"
    )?;
    let taken = taken.borrow();
    for step in script.iter().filter(|step| !step.label.is_empty()) {
        let Some(times) = taken.get(step.label) else {
            continue;
        };
        let mut times: Vec<f64> = times.iter().copied().map(milliseconds).collect();
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times[((times.len() - 1) * percent).div_ceil(100)];
        let over = if at(99) > BUDGET { "  over 16" } else { "" };
        let (p50, p99, worst) = (at(50), at(99), at(100));
        writeln!(
            out,
            "  {:28} {:5} {p50:9.2} {p99:9.2} {worst:9.2}{over}",
            step.label,
            times.len()
        )?;
    }
    Ok(())
}

/// What 50 changes of pods a second come to, in tokio's own time: it jumps where the loop sleeps.
fn busy(out: &mut impl Write, pods: u32, screen: &'static str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()?;
    let tty = Tty::default();
    let written = tty.written();
    let elapsed = runtime.block_on(async {
        let clock = Clock::From(world::night(), tokio::time::Instant::now());
        let (app, _) = app(pods, clock);
        let mut terminal = Terminal::new(tty)?;
        let (facts, deltas) = mpsc::channel(8);
        let (_teller, told) = mpsc::channel(1);
        let ports = Ports {
            clock,
            input: hands::leaving_after(screen, BUSY),
            deltas,
            told,
            acts: mpsc::channel(1).1,
            meter: Meter::default(),
            clusters: Hearing(unheard),
            desk: Bare,
        };
        let families = world::families(pods);
        let changes = async {
            for (turn, family) in (0_u32..).zip(families.iter().cycle().step_by(7)) {
                sleep(GAP).await;
                let pod = family.pod_after(turn, turn % 5, turn % 3 > 0);
                let fact = Delta::Upsert(world::HOME, Object::Pod(pod));
                if facts.send(vec![fact]).await.is_err() {
                    break;
                }
            }
        };
        let began = Instant::now();
        let (ran, ()) = tokio::join!(run(app, ports, &mut terminal), changes);
        ran?;
        io::Result::Ok(began.elapsed())
    })?;
    let seconds = BUSY.as_secs_f64();
    writeln!(
        out,
        "  50 changes a second, screen {screen}: {:.1} KiB/s written (aim ≤ 4), {:.1} % of a core (aim ≤ 2.5)",
        written.get() as f64 / 1024.0 / seconds,
        elapsed.as_secs_f64() / seconds * 100.0,
    )?;
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
