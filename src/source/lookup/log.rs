//! What a container says: its last lines, then those that come, gone on with after a broken stream without repeats.
//!
//! A stream that broke is asked for again from the second of the last line, since the server knows no smaller part of it; what
//! was told already of that second is recognised by its stamp and text.

mod lines;
mod told;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};

use lines::{Lines, Raw};

use super::super::connection::Failure;
use super::super::session::Session;
use super::{End, Stop, Teller, needing};
use crate::model::{Lack, LogNews, LogOf, Problem, Stamp, Told, Verb};
use crate::source::text::{MESSAGE, clean};

/// Lines of one second that are remembered: past them one that stands twice may be told twice after a broken stream.
const REMEMBERED: usize = 1 << 16;

/// Where a reading stands, for the next one to go on from.
#[derive(Default)]
pub(super) struct Place {
    hasher: RandomState,
    /// Of the last line that has one.
    last: Option<(Stamp, u64)>,
    /// How often each line of the last one's second was told.
    told: HashMap<u64, u32>,
    whole: bool,
    /// The last stream came to its end in order.
    ended: bool,
    over: bool,
}

/// What a reading meets of lines told before it.
struct Repeats {
    told: HashMap<u64, u32>,
    from: Option<(Stamp, u64)>,
    /// The line where the last stream ended is still there.
    joined: bool,
}

impl Place {
    fn number(&self, raw: &Raw) -> u64 {
        self.hasher.hash_one((raw.at, &raw.text))
    }

    fn repeats(&self) -> Repeats {
        Repeats {
            told: self.told.clone(),
            from: self.last,
            joined: self.last.is_none(),
        }
    }

    /// Takes in what has been told.
    fn pass(&mut self, raw: &Raw) {
        let Some(at) = raw.at else { return };
        let number = self.number(raw);
        if self
            .last
            .is_none_or(|(last, _)| last.second() != at.second())
        {
            self.told.clear();
        }
        if self.told.len() < REMEMBERED {
            *self.told.entry(number).or_default() += 1;
        }
        self.last = Some((at, number));
    }
}

impl Repeats {
    fn has(&mut self, raw: &Raw, number: u64) -> bool {
        let (Some(at), Some((last, last_number))) = (raw.at, self.from) else {
            return false;
        };
        let told = match self.told.get_mut(&number) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        // What stands before the last line was told, or is older than what was asked for at first.
        let older = !self.joined && at <= last;
        self.joined |= number == last_number;
        told || older
    }
}

pub(super) async fn read(session: &Session, of: &LogOf, place: &mut Place, teller: &Teller) -> End {
    if of.previous && place.over {
        // A run that is over says nothing more.
        return std::future::pending().await;
    }
    match follow(session, of, place, teller).await {
        Ok(true) => End::Over,
        Ok(false) => End::Quiet,
        Err(stop) => match lack(&stop) {
            Some(lack) => match teller.tell(vec![Told::Lack(lack)]).await {
                Ok(()) => End::Quiet,
                Err(_) => End::Unheard,
            },
            None => needing((Verb::Get, "pods/log".into()), stop),
        },
    }
}

/// True when there was something new.
async fn follow(
    session: &Session,
    of: &LogOf,
    place: &mut Place,
    teller: &Teller,
) -> Result<bool, Stop> {
    if !place.whole {
        // A stream that follows does not say where what has been said ends.
        stream(session, of, false, place, teller).await?;
        place.whole = true;
        teller.tell(vec![Told::Whole]).await?;
    }
    let new = !of.previous && stream(session, of, true, place, teller).await?;
    if !new && !place.over && place.last.is_some() {
        place.over = true;
        teller.tell(vec![Told::Log(LogNews::Over)]).await?;
    }
    place.over |= of.previous;
    Ok(new)
}

/// Reads one answer to its end; true when there was something new in it.
async fn stream(
    session: &Session,
    of: &LogOf,
    following: bool,
    place: &mut Place,
    teller: &Teller,
) -> Result<bool, Stop> {
    let path = path(of, following, place.last.map(|(at, _)| at));
    let mut answer = session.connection.text(&path).await?;
    let in_order = std::mem::take(&mut place.ended);
    let mut reading = Reading {
        repeats: place.repeats(),
        in_order,
        new: false,
        place,
        teller,
    };
    let mut lines = Lines::default();
    while let Some(chunk) = answer.chunk().await? {
        session.heard();
        reading.tell(lines.push(&chunk)).await?;
    }
    reading.tell(lines.finish().into_iter().collect()).await?;
    let new = reading.new;
    place.ended = following;
    Ok(new)
}

struct Reading<'a> {
    place: &'a mut Place,
    teller: &'a Teller,
    repeats: Repeats,
    in_order: bool,
    new: bool,
}

impl Reading<'_> {
    async fn tell(&mut self, lines: Vec<Raw>) -> Result<(), Stop> {
        let mut fresh = Vec::with_capacity(lines.len());
        for raw in lines {
            let number = self.place.number(&raw);
            if !self.repeats.has(&raw, number) {
                fresh.push(raw);
            }
        }
        if fresh.is_empty() {
            return Ok(());
        }
        let mut news = Vec::new();
        if !self.new && (self.place.over || !self.repeats.joined) {
            let again = self.place.over || self.in_order;
            let mark = if again { LogNews::Again } else { LogNews::Gap };
            news.push(Told::Log(mark));
        }
        let said = fresh.iter().map(told::line).collect();
        news.push(Told::Log(LogNews::Lines(said)));
        self.teller.tell(news).await?;
        // Only now: a reading that is given up while it waits to tell has told nothing.
        self.new = true;
        self.place.over = false;
        for raw in &fresh {
            self.place.pass(raw);
        }
        Ok(())
    }
}

fn path(of: &LogOf, following: bool, from: Option<Stamp>) -> String {
    let LogOf {
        namespace,
        pod,
        container,
        ..
    } = of;
    let mut path = format!(
        "/api/v1/namespaces/{namespace}/pods/{pod}/log?container={container}&timestamps=true"
    );
    if following {
        path.push_str("&follow=true");
    }
    if of.previous {
        path.push_str("&previous=true");
    }
    // Writing to a String cannot fail.
    let _ = match (from, of.reach.seconds) {
        (Some(from), _) => {
            let second = Stamp(from.second().saturating_mul(1_000_000_000));
            write!(path, "&sinceTime={}", second.to_rfc3339())
        }
        (None, Some(seconds)) => {
            write!(path, "&tailLines={}&sinceSeconds={seconds}", of.reach.lines)
        }
        (None, None) => write!(path, "&tailLines={}", of.reach.lines),
    };
    path
}

/// What the server says where there is no log: it has no codes of its own for that.
fn lack(stop: &Stop) -> Option<Lack> {
    let Stop::Failed(Failure::Problem(Problem::Server { code, detail }, _)) = stop else {
        return None;
    };
    // It quotes the request that it sent on, and how that failed.
    if let Some((_, how)) = detail.split_once("\": ").filter(|_| is_sent_on(detail)) {
        return Some(Lack::KubeletUnreachable(clean(how, MESSAGE)));
    }
    if *code != 400 {
        return None;
    }
    if let Some((_, reason)) = detail.split_once("is waiting to start") {
        let reason = reason.trim_start_matches([':', ' ']);
        return Some(Lack::NotStarted(clean(reason, MESSAGE)));
    }
    let no_previous = detail.contains("previous terminated container");
    no_previous.then_some(Lack::NoPrevious)
}

/// `Get "https://10.9.0.4:10250/containerLogs/…": dial tcp 10.9.0.4:10250: connect: connection refused`.
fn is_sent_on(detail: &str) -> bool {
    detail.starts_with("Get \"https://") && detail.contains("/containerLogs/")
}

#[cfg(test)]
mod tests;
