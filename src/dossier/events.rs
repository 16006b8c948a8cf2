//! Events of what is open, each series once, the newest kept.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{Event, Lack, Told, Uid};

/// Enough for an hour of a namespace in trouble; a storm drops the oldest series.
const KEPT: usize = 2000;

#[derive(Debug, Default)]
pub struct Events {
    series: HashMap<Uid, Event>,
    whole: bool,
    lack: Option<Lack>,
    dropped: bool,
}

impl Events {
    pub(super) fn tell(&mut self, told: Told) {
        match told {
            Told::Event(event) => {
                self.lack = None;
                self.series.insert(event.uid, event);
                if self.series.len() > KEPT {
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

    /// A tenth at once: one by one each would cost a walk through all.
    fn drop_oldest(&mut self) {
        let mut times: Vec<_> = self.series.values().map(|it| (it.last, it.uid)).collect();
        times.sort_unstable();
        for (_, uid) in times.into_iter().take(KEPT / 10) {
            self.series.remove(&uid);
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
        self.series.len()
    }

    pub fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// There were too many: the oldest were dropped.
    pub fn dropped(&self) -> bool {
        self.dropped
    }

    /// Those that `ours` names, the newest first.
    pub fn newest(&self, ours: impl Fn(&Event) -> bool) -> Vec<&Event> {
        let mut found: Vec<_> = self.series.values().filter(|it| ours(it)).collect();
        found.sort_by_key(|it| Reverse((it.last, it.uid)));
        found
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
        for number in 0..10_000 {
            events.tell(Told::Event(event(number)));
        }
        let found = events.newest(|_| true);
        assert!(found.len() <= KEPT && found.len() > KEPT / 2);
        assert_eq!(found[0].uid, event(9_999).uid);
        assert!(events.dropped());
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
