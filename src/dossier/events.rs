//! Events of what is open: one row a series, in the order of time, the newest kept.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::{Event, Lack, Moment, Told, Uid};

/// Events of which something is kept, about 500 bytes each: a namespace in a storm drops its oldest.
const KEPT: usize = 10_000;

#[derive(Debug, Default)]
pub struct Events {
    /// In the order of time.
    rows: BTreeMap<Place, Row>,
    places: HashMap<Series, Place>,
    /// What each event is a part of.
    series: HashMap<Uid, Series>,
    told: u64,
    whole: bool,
    lack: Option<Lack>,
    dropped: bool,
}

/// When it was last seen; times have whole seconds, and of one second the one that was told later is the later.
type Place = (Moment, u64);

#[derive(Debug)]
struct Row {
    series: Series,
    /// As it last was, counted over all its parts.
    event: Event,
    /// How often each event of it was seen.
    parts: HashMap<Uid, u32>,
}

/// What is said of whom: the server begins another event when its sender forgot the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Series(u64);

impl Series {
    pub fn of(event: &Event) -> Self {
        let mut hasher = DefaultHasher::new();
        (&event.kind, &event.name, event.object).hash(&mut hasher);
        (&event.namespace, &event.reason, event.warning).hash(&mut hasher);
        // What a pod goes through again and again differs in times and counts. Of others a figure is news: scaled to 3.
        let again = event.kind == "Pod";
        for word in event.message.split(' ') {
            let word = if again && is_figure(word) { "0" } else { word };
            word.hash(&mut hasher);
        }
        Self(hasher.finish())
    }
}

/// `5m0s`, `(1.9s`, `0/12`; not `app-2`.
fn is_figure(word: &str) -> bool {
    word.trim_start_matches('(')
        .starts_with(|it: char| it.is_ascii_digit())
}

impl Events {
    pub(super) fn tell(&mut self, told: Told) {
        match told {
            Told::Event(event) => {
                self.lack = None;
                self.add(event);
                while self.series.len() > KEPT {
                    self.drop_oldest();
                }
            }
            Told::Whole => {
                self.whole = true;
                self.lack = None;
            }
            Told::Lack(lack) => self.lack = Some(lack),
            _ => {}
        }
    }

    fn add(&mut self, event: Event) {
        let series = Series::of(&event);
        if self.series.get(&event.uid).is_some_and(|it| *it != series) {
            self.forget(event.uid);
        }
        self.series.insert(event.uid, series);
        let (uid, count) = (event.uid, event.count);
        let known = self.places.remove(&series);
        let known = known.and_then(|place| Some((place, self.rows.remove(&place)?)));
        let (place, mut row) = if let Some((place, mut row)) = known {
            let first = row.event.first.min(event.first);
            if event.last >= row.event.last {
                row.event = event;
            }
            row.event.first = first;
            (Some(place), row)
        } else {
            let parts = HashMap::new();
            (
                None,
                Row {
                    series,
                    event,
                    parts,
                },
            )
        };
        row.parts.insert(uid, count);
        self.put(row, place);
    }

    /// Where it was, unless it was seen since.
    fn put(&mut self, mut row: Row, before: Option<Place>) {
        row.event.count = row
            .parts
            .values()
            .fold(0, |sum, it| sum.saturating_add(*it));
        let still = before.filter(|(last, _)| *last == row.event.last);
        let place = still.unwrap_or_else(|| {
            self.told += 1;
            (row.event.last, self.told)
        });
        self.places.insert(row.series, place);
        self.rows.insert(place, row);
    }

    /// It says something else now: what it said is no longer counted.
    fn forget(&mut self, uid: Uid) {
        let series = self.series.remove(&uid);
        let place = series.and_then(|series| self.places.remove(&series));
        let row = place.and_then(|place| self.rows.remove(&place));
        if let Some(mut row) = row {
            row.parts.remove(&uid);
            if !row.parts.is_empty() {
                self.put(row, place);
            }
        }
    }

    fn drop_oldest(&mut self) {
        let Some((_, row)) = self.rows.pop_first() else {
            return;
        };
        self.places.remove(&row.series);
        for uid in row.parts.keys() {
            self.series.remove(uid);
        }
        self.dropped = true;
    }

    /// All that the server kept has been read at least once.
    pub fn whole(&self) -> bool {
        self.whole
    }

    /// Why it is not read now.
    pub fn lack(&self) -> Option<&Lack> {
        self.lack.as_ref()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// There were too many: the oldest were dropped.
    pub fn dropped(&self) -> bool {
        self.dropped
    }

    /// Those that `ours` names, the newest first.
    pub fn newest(&self, ours: impl Fn(&Event) -> bool) -> Vec<&Event> {
        let rows = self.rows.values().rev().map(|row| &row.event);
        rows.filter(|it| ours(it)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn event(number: i64) -> Event {
        let at = Moment::from_seconds(1000 + number).unwrap();
        Event {
            uid: Uid::from_text(&number.to_string()),
            warning: false,
            namespace: "a".into(),
            kind: "Pod".into(),
            name: "p".into(),
            object: None,
            reason: "Started".into(),
            message: "".into(),
            count: 1,
            first: at,
            last: at,
        }
    }

    #[test]
    fn a_series_is_told_once_as_it_last_was() {
        let mut events = Events::default();
        events.tell(Told::Event(event(1)));
        events.tell(Told::Event(Event {
            count: 7,
            ..event(1)
        }));
        let found = events.newest(|_| true);
        assert_eq!(found.iter().map(|it| it.count).collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn a_storm_leaves_the_newest() {
        let mut events = Events::default();
        for number in 0..12_000 {
            let message = format!("said by app-{number}").into();
            events.tell(Told::Event(Event {
                message,
                ..event(number)
            }));
        }
        let found = events.newest(|_| true);
        assert_eq!(found.len(), KEPT);
        assert_eq!(found[0].uid, event(11_999).uid);
        assert!(events.dropped());
        assert_eq!((events.series.len(), events.places.len()), (KEPT, KEPT));
    }

    /// What is shown after these were told of that kind: count, first and last second, message.
    fn rows(kind: &str, told: &[(i64, u32, &str)]) -> Vec<(u32, i64, i64, String)> {
        let mut events = Events::default();
        for (number, count, message) in told {
            events.tell(Told::Event(Event {
                kind: kind.into(),
                message: (*message).into(),
                count: *count,
                ..event(*number)
            }));
        }
        let row = |it: &Event| {
            let second = |at: Moment| at.seconds() - 1000;
            let message = it.message.to_string();
            (it.count, second(it.first), second(it.last), message)
        };
        events.newest(|_| true).into_iter().map(row).collect()
    }

    #[test]
    fn repeats_that_differ_in_times_and_counts_are_one_row_of_a_pod() {
        let pulled = |seconds| {
            format!("Successfully pulled image \"app:2\" in {seconds}s ({seconds}s waiting)")
        };
        let told = [(1, 3, &*pulled("1.9")), (5, 2, &*pulled("0.4"))];
        assert_eq!(rows("Pod", &told), [(5, 1, 5, pulled("0.4"))]);
        // An older part that comes later counts, and changes nothing else.
        let told = [told[1], told[0]];
        assert_eq!(rows("Pod", &told), [(5, 1, 5, pulled("0.4"))]);
        let told = [
            (1, 1, "Created container app-1"),
            (2, 1, "Created container app-2"),
        ];
        assert_eq!(rows("Pod", &told).len(), 2);
    }

    #[test]
    fn a_figure_is_news_of_anything_else() {
        let told = [
            (1, 1, "Scaled up to 2 from 1"),
            (2, 1, "Scaled up to 3 from 2"),
        ];
        assert_eq!(rows("Deployment", &told).len(), 2);
    }

    #[test]
    fn an_event_that_says_something_else_is_not_counted_twice() {
        let told = [
            (1, 4, "probe failed"),
            (2, 1, "probe failed"),
            (1, 6, "(combined) probes failed"),
        ];
        let found = rows("Pod", &told);
        let counts: Vec<_> = found.iter().map(|it| it.0).collect();
        assert_eq!(counts, [1, 6]);
    }

    #[test]
    fn of_one_second_the_one_told_later_is_the_later() {
        let mut events = Events::default();
        let at = event(1).last;
        for (number, reason) in [(3, "Scheduled"), (1, "Pulled"), (2, "Started")] {
            events.tell(Told::Event(Event {
                reason: reason.into(),
                last: at,
                ..event(number)
            }));
        }
        let reasons = |events: &Events| {
            let found = events.newest(|_| true).into_iter();
            found.map(|it| it.reason.to_string()).collect::<Vec<_>>()
        };
        let expected = ["Started", "Pulled", "Scheduled"];
        assert_eq!(reasons(&events), expected);
        // Read again it stays where it is.
        events.tell(Told::Event(Event {
            reason: "Scheduled".into(),
            last: at,
            ..event(3)
        }));
        assert_eq!(reasons(&events), expected);
    }

    #[test]
    fn a_lack_passes_with_the_next_answer() {
        let mut events = Events::default();
        events.tell(Told::Lack(Lack::Absent));
        assert!(events.lack().is_some());
        events.tell(Told::Whole);
        assert_eq!((events.lack(), events.whole()), (None, true));
    }
}
