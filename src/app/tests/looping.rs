//! The loop itself, with a terminal that counts what is written and tokio's time under the test's hand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures::channel::mpsc as futures_mpsc;
use futures::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use tokio::sync::mpsc;
use tokio::task::LocalSet;
use tokio::time::sleep;

use super::bench::*;
use super::history;
use super::preview::willing;
use crate::action::{ActionId, Call, Execution, Need, Record};
use crate::app::{Acts, App, Clusters, Desk, Input, Ports, PreviewId, run};
use crate::config::log::Fault;
use crate::model::{ClusterId, Delta, Kind, Link, Lookup, LookupId, Problem, Told};
use crate::terminal::clipboard::Unsent;
use crate::terminal::{Meter, Signal};
use crate::wording::Language;

/// What the test sees of the terminal.
#[derive(Default)]
struct Seen {
    frames: usize,
    cells: usize,
    text: String,
    asked_cursor: bool,
}

struct Counting {
    inner: TestBackend,
    seen: Rc<RefCell<Seen>>,
}

fn never<T>(result: Result<T, std::convert::Infallible>) -> io::Result<T> {
    result.map_err(|never| match never {})
}

impl Backend for Counting {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let cells: Vec<_> = content.collect();
        let mut seen = self.seen.borrow_mut();
        seen.frames += 1;
        seen.cells += cells.len();
        never(self.inner.draw(cells.into_iter()))?;
        seen.text = self.inner.to_string();
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        never(self.inner.hide_cursor())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        never(self.inner.show_cursor())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.seen.borrow_mut().asked_cursor = true;
        never(self.inner.get_cursor_position())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        never(self.inner.set_cursor_position(position))
    }

    fn clear(&mut self) -> io::Result<()> {
        never(self.inner.clear())
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        never(self.inner.clear_region(region))
    }

    fn size(&self) -> io::Result<Size> {
        never(self.inner.size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        never(self.inner.window_size())
    }

    fn flush(&mut self) -> io::Result<()> {
        never(self.inner.flush())
    }
}

/// Writes down what it is asked for, and answers for a willing server.
#[derive(Clone)]
struct Diary(Rc<RefCell<Vec<String>>>, mpsc::Sender<Acts>);

impl Clusters for Diary {
    fn retry(&mut self, cluster: ClusterId) {
        self.0.borrow_mut().push(format!("retry {}", cluster.0));
    }

    fn look(&mut self, lookups: &BTreeMap<LookupId, Lookup>) {
        self.0.borrow_mut().push(format!("look {}", lookups.len()));
    }

    fn ask(&mut self, asked: Vec<(PreviewId, Need, Call)>) {
        for (id, need, call) in asked {
            let reply = willing(&call, &need);
            self.1.try_send(Acts::Replied(id, need, reply)).unwrap();
        }
    }

    fn execute(&mut self, execution: Box<Execution>) {
        let id = execution.intent.id.0;
        self.0.borrow_mut().push(format!("execute {id}"));
    }

    fn record(&mut self, _: Record) {
        self.0.borrow_mut().push("record".into());
    }

    fn recheck(&mut self, id: ActionId, _: Call) {
        self.0.borrow_mut().push(format!("recheck {}", id.0));
    }

    fn read_journal(&mut self) {
        self.0.borrow_mut().push("journal".into());
    }
}

impl Desk for Diary {
    fn copy(&mut self, text: &str) -> Result<(), Unsent> {
        self.0.borrow_mut().push(format!("copy {text}"));
        Ok(())
    }

    fn save(&mut self, name: &str, text: &str) -> Result<PathBuf, Fault> {
        self.0
            .borrow_mut()
            .push(format!("save {name} {}", text.len()));
        Ok(name.into())
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.0.borrow_mut().push(format!("mouse {on}"));
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.0.borrow_mut().push("suspend".into());
        Ok(())
    }

    fn resume(&mut self) -> io::Result<()> {
        self.0.borrow_mut().push("resume".into());
        Ok(())
    }
}

/// Like crossterm's events: wakes the first who asked in vain, and whoever asks meanwhile not.
struct FirstAsker<S> {
    inner: S,
    asker: Option<Waker>,
}

impl<S: Stream + Unpin> Stream for FirstAsker<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let asker = self.asker.take().unwrap_or_else(|| context.waker().clone());
        let polled = self.inner.poll_next_unpin(&mut Context::from_waker(&asker));
        if polled.is_pending() {
            self.asker = Some(asker);
        }
        polled
    }
}

struct Person {
    input: futures_mpsc::UnboundedSender<io::Result<Input>>,
    deltas: mpsc::Sender<Vec<Delta>>,
    _teller: mpsc::Sender<(LookupId, Vec<Told>)>,
    seen: Rc<RefCell<Seen>>,
    diary: Rc<RefCell<Vec<String>>>,
    task: tokio::task::JoinHandle<io::Result<()>>,
}

impl Person {
    fn sits_down() -> Self {
        let (input, events) = futures_mpsc::unbounded();
        let (deltas, facts) = mpsc::channel(4);
        let (teller, told) = mpsc::channel(4);
        let (actor, answers) = mpsc::channel(32);
        let seen = Rc::new(RefCell::new(Seen::default()));
        let diary = Rc::new(RefCell::new(Vec::new()));
        let clock = clock();
        let app = App::new(options(Language::English), clock.now());
        let backend = Counting {
            inner: TestBackend::new(80, 24),
            seen: Rc::clone(&seen),
        };
        let writes = Diary(Rc::clone(&diary), actor);
        let ports = Ports {
            clock,
            input: FirstAsker {
                inner: events,
                asker: None,
            }
            .boxed_local(),
            deltas: facts,
            told,
            acts: answers,
            meter: Meter::default(),
            clusters: writes.clone(),
            desk: writes,
        };
        let task = tokio::task::spawn_local(async move {
            let mut terminal = Terminal::new(backend)?;
            run(app, ports, &mut terminal).await
        });
        Self {
            input,
            deltas,
            _teller: teller,
            seen,
            diary,
            task,
        }
    }

    fn types(&self, letter: char) {
        let code = match letter {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            letter => KeyCode::Char(letter),
        };
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        self.sends(Input::Terminal(Event::Key(key)));
    }

    fn sends(&self, input: Input) {
        self.input.unbounded_send(Ok(input)).unwrap();
    }

    fn frames(&self) -> usize {
        self.seen.borrow().frames
    }

    fn sees(&self, words: &str) -> bool {
        self.seen.borrow().text.contains(words)
    }

    async fn ends(self) {
        let ended = tokio::time::timeout(Duration::from_millis(10), self.task).await;
        ended.unwrap().unwrap().unwrap();
    }
}

async fn at_the_terminal<F: Future<Output = ()>>(test: impl FnOnce(Person) -> F) {
    let local = LocalSet::new();
    local
        .run_until(async {
            let person = Person::sits_down();
            sleep(Duration::from_millis(1)).await;
            test(person).await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn the_first_frame_stands_before_any_answer() {
    at_the_terminal(|person| async move {
        assert_eq!(person.frames(), 1);
        assert!(person.sees("still reading"));
        assert!(!person.seen.borrow().asked_cursor);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn when_nothing_happens_only_the_clock_is_written() {
    at_the_terminal(|person| async move {
        let before = person.seen.borrow().cells;
        sleep(Duration::from_millis(900)).await;
        assert_eq!(person.frames(), 1);
        sleep(Duration::from_secs(5)).await;
        assert_eq!(person.frames(), 6);
        assert!(person.seen.borrow().cells - before <= 10);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn each_key_is_painted_at_once_and_not_at_the_next_tick() {
    at_the_terminal(|person| async move {
        for _ in 0..4 {
            for key in [KeyCode::Char('/'), KeyCode::Esc] {
                let before = person.frames();
                person.sends(Input::Terminal(Event::Key(key.into())));
                sleep(Duration::from_millis(1)).await;
                assert_eq!(person.frames(), before + 1, "{key:?}");
            }
        }
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_key_is_painted_at_once() {
    at_the_terminal(|person| async move {
        person.types('/');
        person.types('x');
        sleep(Duration::from_millis(1)).await;
        assert_eq!(person.frames(), 2);
        assert!(person.sees(" / x"));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn facts_reach_the_screen_and_many_of_them_make_few_frames() {
    at_the_terminal(|person| async move {
        for tries in 0..200 {
            let link = Link::Degraded {
                problem: Problem::TimedOut { seconds: 5 },
                since: night(),
                tries,
                next_try: None,
            };
            let facts = vec![Delta::Link(ClusterId(2), link)];
            person.deltas.send(facts).await.unwrap();
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_millis(150)).await;
        assert!(person.sees("app1 ▲"), "{}", person.seen.borrow().text);
        assert!(person.frames() <= 6, "{} frames", person.frames());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_key_does_not_wait_behind_a_burst() {
    at_the_terminal(|person| async move {
        let scope = scope(0, Kind::Pod, None);
        let burst = vec![Delta::ListStart(scope); 500_000];
        person.deltas.send(burst).await.unwrap();
        tokio::task::yield_now().await;
        let start = std::time::Instant::now();
        person.types('/');
        while person.frames() < 2 {
            tokio::task::yield_now().await;
        }
        assert!(person.sees("drop the filter"));
        assert!(start.elapsed() < Duration::from_secs(1));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_loop_outlives_its_sources() {
    at_the_terminal(|mut person| async move {
        let (other, _) = mpsc::channel(1);
        drop(std::mem::replace(&mut person.deltas, other));
        sleep(Duration::from_secs(2)).await;
        assert!(!person.task.is_finished());
        person.types('q');
        person.ends().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_is_copied_is_sent_and_said() {
    at_the_terminal(|person| async move {
        let scope = scope(1, Kind::Namespace, None);
        let facts = [Delta::ListStart(scope.clone()), Delta::ListEnd(scope)];
        person.deltas.send(facts.into()).await.unwrap();
        person
            .deltas
            .send(workload_facts("shop", "cart"))
            .await
            .unwrap();
        sleep(Duration::from_millis(150)).await;
        for letter in ['4', 'c', '\n'] {
            person.types(letter);
            sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(*person.diary.borrow(), ["copy cart"]);
        assert!(
            person.sees("1 line sent to the terminal"),
            "{}",
            person.seen.borrow().text
        );
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn signals_and_the_end_of_input_are_obeyed() {
    at_the_terminal(|person| async move {
        person.sends(Input::Signal(Signal::Stop));
        person.sends(Input::Signal(Signal::Back));
        sleep(Duration::from_millis(1)).await;
        assert_eq!(*person.diary.borrow(), ["suspend", "resume"]);
        assert!(person.frames() > 1);
        assert!(!person.seen.borrow().asked_cursor);
        person.sends(Input::Signal(Signal::End));
        person.ends().await;
    })
    .await;
    at_the_terminal(|mut person| async move {
        let (other, _) = futures_mpsc::unbounded();
        drop(std::mem::replace(&mut person.input, other));
        person.ends().await;
    })
    .await;
}

/// A plan whose every check has an answer.
async fn plans(person: &Person) {
    let facts = history::facts(false);
    person.deltas.send(facts).await.unwrap();
    sleep(Duration::from_secs(3)).await;
    for key in ['4', 'R'] {
        person.types(key);
        sleep(Duration::from_millis(100)).await;
    }
    assert!(person.sees("will it hold"));
    assert!(person.sees("accepted, no warning"));
}

fn sent(person: &Person) -> bool {
    let diary = person.diary.borrow();
    diary.iter().any(|it| it.starts_with("execute"))
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_before_the_box_stood_there_is_thrown_away() {
    at_the_terminal(|person| async move {
        plans(&person).await;
        // More than is read together: the rest waits behind the frame.
        let name = "betaapp".repeat(20);
        for key in format!("\n\t{name}\n").chars() {
            person.types(key);
        }
        sleep(Duration::from_millis(100)).await;
        assert!(person.sees("type the name"));
        assert!(!person.sees("betaappb"));
        assert!(!sent(&person));
        // The name and the key that sends in one go: the frame has not shown it complete.
        for key in "\tbetaapp\n".chars() {
            person.types(key);
        }
        sleep(Duration::from_millis(100)).await;
        assert!(!sent(&person));
        person.types('\n');
        sleep(Duration::from_millis(100)).await;
        assert!(sent(&person));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_signal_among_what_is_thrown_away_is_heard() {
    at_the_terminal(|person| async move {
        plans(&person).await;
        person.types('\n');
        for _ in 0..100 {
            person.types('x');
        }
        person.sends(Input::Signal(Signal::End));
        person.ends().await;
    })
    .await;
}
