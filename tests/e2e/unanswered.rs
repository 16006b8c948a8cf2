//! Writes from the screen whose answer never comes, because the person is cut off or the server dies: what was done is read
//! again, told and completed, and nothing is sent twice.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use color_eyre::eyre::ensure;
use serde_json::{Value, json};

use crate::acting::send;
use crate::arena::{IMAGE, labelled_arena, place, run};
use crate::bed::workloads::{deployment, deployment_path, namespace, template};
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::Home;
use crate::relay::{Relay, is_write, kubeconfig, token_of, unchanged};
use crate::terminal::Terminal;

const JOURNAL: &str = ".local/state/vigie/journal.jsonl";
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);

/// The answer to a write stays where it is.
fn holds(head: &str) -> String {
    while is_write(head) {
        thread::park();
    }
    head.to_owned()
}

/// A person whose writes are not answered.
struct Person {
    home: Home,
    relay: Relay,
    space: &'static str,
}

impl Person {
    fn new(plane: &ControlPlane, space: &'static str) -> Result<Self> {
        Ok(Self {
            home: Home::new()?,
            relay: Relay::changing(plane, unchanged, holds)?,
            space,
        })
    }

    fn open(&self, plane: &ControlPlane) -> Result<Terminal> {
        let server = json!({"server": format!("http://{}", self.relay.address())});
        let file = kubeconfig(plane, &self.home, &server, &token_of(Persona::Operator))?;
        let mut screen = Terminal::sized(&self.home, &file, &["-n", self.space], (110, 40))?;
        screen.wait_line(&["here ✓"])?;
        screen.keys("4")?;
        screen.wait_line(&["▌", "app"])?;
        Ok(screen)
    }

    /// Without the outcome of what is under way nothing is known yet.
    fn records(&self) -> Result<Vec<Value>> {
        let text = fs::read_to_string(self.home.path().join(JOURNAL)).unwrap_or_default();
        let lines = text.lines().map(serde_json::from_str);
        Ok(lines.collect::<Result<_, _>>()?)
    }

    fn wait_records(&self, what: &[(&str, Value)]) -> Result {
        let told = |it: &Value| (it["record"].clone(), it["verdict"].clone());
        let wanted: Vec<_> = what
            .iter()
            .map(|(record, it)| (json!(record), it.clone()))
            .collect();
        until(&format!("records {what:?}"), || {
            Ok(self.records()?.iter().map(told).collect::<Vec<_>>() == wanted)
        })
    }

    /// As if hours had gone by since: what may still be under way is left alone.
    fn hours_later(&self) -> Result {
        let records = self.records()?.into_iter().map(|mut record| {
            record["at"] = json!("2026-01-01T03:13:38Z");
            format!("{record}\n")
        });
        let text: String = records.collect();
        self.home.write(JOURNAL, &text)?;
        Ok(())
    }
}

fn until(what: &str, so: impl Fn() -> Result<bool>) -> Result {
    let deadline = Instant::now() + PATIENCE;
    while !so()? {
        ensure!(Instant::now() < deadline, "never {what}");
        thread::sleep(POLL);
    }
    Ok(())
}

/// It is sent, and the server has done it.
fn pauses(plane: &ControlPlane, screen: &mut Terminal, space: &str) -> Result {
    let before = plane.written(space)?.len();
    screen.keys("P")?;
    screen.wait_text("pause app")?;
    screen.wait_text("Enter confirm")?;
    send(screen)?;
    until("written", || Ok(plane.written(space)?.len() > before))
}

#[tokio::test]
async fn who_is_cut_off_while_it_is_sent_is_told_at_the_next_start() -> Result {
    let space = "unanswered-hup";
    let (plane, api) = labelled_arena(space, &place("unhup", "dev")).await?;
    run(&api, space, 1, &json!({})).await?;
    let person = Person::new(plane, space)?;
    let mut screen = person.open(plane)?;
    pauses(plane, &mut screen, space)?;
    screen.signal("HUP")?;
    screen.end()?;
    person.wait_records(&[("intent", Value::Null)])?;

    person.hours_later()?;
    let mut screen = person.open(plane)?;
    screen.wait_line(&["had no answer (app: pause); read again: reached"])?;
    person.wait_records(&[("intent", Value::Null), ("outcome", json!("reached"))])?;
    screen.keys("9")?;
    screen.wait_line(&["▌✓", "app", "pause", "holds"])?;
    assert_eq!(plane.written(space)?.len(), 1);
    screen.keys("1")?;
    screen.quit()
}

/// First after it did what was asked and before its answer came, then before it read what was asked.
#[tokio::test]
async fn a_server_that_dies_under_a_write_costs_no_answer_and_no_second_write() -> Result {
    let space = "unanswered-killed";
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace(space, &place("unkilled", "dev")))
        .await?;
    let template = template("app", IMAGE, &json!({}));
    api.create(&deployment(space, "app", 1, &template)).await?;
    let path = deployment_path(space, "app");
    let person = Person::new(&plane, space)?;
    let mut screen = person.open(&plane)?;
    pauses(&plane, &mut screen, space)?;
    plane.kill_api_server();
    person.relay.cut();
    screen.wait_text("no answer: read again until it tells, never sent again")?;
    let unknown = [("intent", Value::Null), ("answer", json!("unknown"))];
    person.wait_records(&unknown)?;
    plane.restart_api_server()?;
    screen.wait_line(&["✓", "reached"])?;
    let done = [&unknown[..], &[("outcome", json!("reached"))]].concat();
    person.wait_records(&done)?;

    screen.keys("P")?;
    screen.wait_text("resume app")?;
    screen.wait_text("Enter confirm")?;
    plane.freeze_api_server()?;
    send(&mut screen)?;
    let sent = [&done[..], &[("intent", Value::Null)]].concat();
    person.wait_records(&sent)?;
    plane.kill_api_server();
    let lost = [&sent[..], &[("answer", json!("unknown"))]].concat();
    person.wait_records(&lost)?;
    screen.wait_text("no answer: read again until it tells, never sent again")?;
    plane.restart_api_server()?;
    screen.keys("1")?;
    screen.quit()?;

    person.hours_later()?;
    let mut screen = person.open(&plane)?;
    screen.wait_line(&["had no answer (app: resume); read again: it was never done"])?;
    person.wait_records(&[&lost[..], &[("outcome", json!("notDone"))]].concat())?;
    assert_eq!(api.get(&path).await?["spec"]["paused"], true);
    assert_eq!(plane.written(space)?.len(), 1);
    screen.keys("1")?;
    screen.quit()
}
