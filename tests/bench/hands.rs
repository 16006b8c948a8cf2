//! Who types: a script whose next key comes when the frame of the last one is painted.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures::{Stream, StreamExt, stream};
use tokio::time::{Sleep, sleep};
use vigie::action::{ActionId, Call, Execution, Need, Record};
use vigie::app::{Clusters, Desk, Input, PreviewId};
use vigie::config::log::Fault;
use vigie::model::{ClusterId, Lookup, LookupId};
use vigie::terminal::clipboard::Unsent;

/// Keys measured together. Those without a label only lead somewhere.
pub(crate) struct Step {
    pub label: &'static str,
    /// Letters as they are typed; names of other keys between `<` and `>`.
    keys: &'static str,
    times: usize,
}

pub(crate) const fn step(label: &'static str, keys: &'static str, times: usize) -> Step {
    Step { label, keys, times }
}

/// Filters of every kind, each typed and emptied again.
const FILTERS: &str = "candi<C-u>status=failed !dev<C-u>tenant=ban* ready<3<C-u>image=*2.10*<C-u>\
                       node=pub1-w01<C-u>re:^can.*nt<C-u>web backend<C-u>";

pub(crate) const SCRIPT: &[Step] = &[
    step("screens", "1241", 25),
    step("Applications, open", "a1", 25),
    step("", "a", 1),
    step("cursor, Applications", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk", 6),
    step("", "/", 1),
    step("filter, Applications", FILTERS, 2),
    step("", "<Esc>1", 1),
    step("cursor, Watch", "jjjjjjjjkkkkkkkk", 12),
    step("", "/", 1),
    step("filter, Watch", FILTERS, 2),
    step("", "<Esc>2", 1),
    step("cursor, Tenants", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk", 6),
    step(
        "sort, Tenants",
        "s<Down><Enter>s<Down><Down><Enter>s<Enter>",
        8,
    ),
    step("", "/", 1),
    step("filter, Tenants", FILTERS, 2),
    step("", "<Esc>gj<Enter>", 1),
    step("fold, tree", "<Enter>", 30),
    step("cursor, tree", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk", 6),
    step("", "/", 1),
    step("filter, tree", FILTERS, 2),
    step("", "<Esc>4", 1),
    step("cursor, Deployments", "jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk", 6),
    step(
        "sort, Deployments",
        "s<Down><Enter>s<Down><Down><Enter>s<Enter>",
        8,
    ),
    step("", "/", 1),
    step("filter, Deployments", FILTERS, 2),
    step("", "<Esc>g", 1),
    step("open from a row", "<Enter>4j", 20),
    step("palette, open", ":<Esc>", 20),
    step("", ":", 1),
    step(
        "palette, typing",
        "candi<C-u>dp web<C-u>quit<C-u>tenant<C-u>",
        4,
    ),
    step("", "<Esc><C-f>", 1),
    step(
        "search, typing",
        "candi<C-u>backend<C-u>7f8c<C-u>pub1-w01<C-u>harbor<C-u>",
        4,
    ),
];

/// How long each key took, by label.
pub(crate) type Taken = Rc<RefCell<HashMap<&'static str, Vec<Duration>>>>;

pub(crate) struct Hands {
    keys: Vec<(&'static str, KeyEvent)>,
    at: usize,
    /// The key whose frame is waited for: its label and when it was given.
    open: Option<(&'static str, Instant)>,
    /// The loop takes what else is waiting before it does what the key asks for.
    drained: bool,
    /// A hand that went somewhere looks before it goes on: what it asked for comes meanwhile.
    rest: Option<Pin<Box<Sleep>>>,
    taken: Taken,
}

const REST: Duration = Duration::from_millis(50);

impl Hands {
    pub(crate) fn of(script: &[Step]) -> Self {
        let of_step = |step: &Step| {
            let (label, keys) = (step.label, keys(step.keys));
            let all = std::iter::repeat_n(keys, step.times).flatten();
            all.map(move |key| (label, key))
        };
        Self {
            keys: script.iter().flat_map(of_step).collect(),
            at: 0,
            open: None,
            drained: false,
            rest: None,
            taken: Taken::default(),
        }
    }

    pub(crate) fn taken(&self) -> Taken {
        Rc::clone(&self.taken)
    }
}

impl Stream for Hands {
    type Item = io::Result<Input>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let hands = &mut *self;
        if hands.open.is_some() && !hands.drained {
            hands.drained = true;
            return Poll::Pending;
        }
        if let Some((label, given)) = hands.open.take() {
            let mut taken = hands.taken.borrow_mut();
            taken.entry(label).or_default().push(given.elapsed());
            hands.rest = label.is_empty().then(|| Box::pin(sleep(REST)));
        }
        if let Some(rest) = &mut hands.rest {
            std::task::ready!(rest.as_mut().poll(context));
            hands.rest = None;
        }
        let Some((label, key)) = hands.keys.get(hands.at).copied() else {
            return Poll::Ready(None);
        };
        hands.at += 1;
        hands.drained = false;
        hands.open = Some((label, Instant::now()));
        Poll::Ready(Some(Ok(Input::Terminal(Event::Key(key)))))
    }
}

fn keys(text: &str) -> Vec<KeyEvent> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|it| it.split_once('>'));
        let named = named.and_then(|(name, after)| Some((named_key(name)?, after)));
        let (key, after) = named.unwrap_or_else(|| {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            (key, &rest[letter.len_utf8()..])
        });
        keys.push(key);
        rest = after;
    }
    keys
}

fn named_key(name: &str) -> Option<KeyEvent> {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    Some(match name {
        "Enter" => plain(KeyCode::Enter),
        "Esc" => plain(KeyCode::Esc),
        "Down" => plain(KeyCode::Down),
        "PgDn" => plain(KeyCode::PageDown),
        _ => {
            let letter = name.strip_prefix("C-")?.chars().next()?;
            KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)
        }
    })
}

/// Goes to a screen, looks at it, and leaves.
pub(crate) fn leaving_after(
    screen: &'static str,
    time: Duration,
) -> impl Stream<Item = io::Result<Input>> + Unpin {
    let first = keys(screen).into_iter();
    let first = first.map(|key| Ok(Input::Terminal(Event::Key(key))));
    let end = stream::once(async move {
        sleep(time).await;
        None
    });
    let looks = stream::iter(first).map(Some).chain(end);
    looks
        .take_while(|it| std::future::ready(it.is_some()))
        .filter_map(std::future::ready)
        .boxed_local()
}

/// Nothing is asked of the clusters but lookups, which the function hears.
pub(crate) struct Hearing<F>(pub F);

/// Of who answers nothing.
pub(crate) fn unheard(_: &BTreeMap<LookupId, Lookup>) {}

impl<F: FnMut(&BTreeMap<LookupId, Lookup>)> Clusters for Hearing<F> {
    fn retry(&mut self, _: ClusterId) {}

    fn look(&mut self, lookups: &BTreeMap<LookupId, Lookup>) {
        (self.0)(lookups);
    }

    fn ask(&mut self, _: Vec<(PreviewId, Need, Call)>) {}

    fn execute(&mut self, _: Box<Execution>) {}

    fn record(&mut self, _: Record) {}

    fn recheck(&mut self, _: ActionId, _: Call) {}

    fn read_journal(&mut self) {}
}

/// Where nothing is kept.
pub(crate) struct Bare;

impl Desk for Bare {
    fn copy(&mut self, _: &str) -> Result<(), Unsent> {
        Ok(())
    }

    fn save(&mut self, _: &str, _: &str) -> Result<PathBuf, Fault> {
        Err(Fault::NoDirectory)
    }

    fn mouse(&mut self, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn resume(&mut self) -> io::Result<()> {
        Ok(())
    }
}
