//! What is known of the object that is open beyond what is watched: kept while its view is open, within bounds.

mod events;
mod log;
mod table;
mod whole;

pub use events::{Events, Series};
pub use log::{BYTES, LINES, Log, LogEntry, LogPlace, Said};
pub use table::Table;
pub use whole::Whole;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{ClusterId, Lack, Lookup, LookupId, ObjectKind, Told, Wanted};

/// The lookups of the open views, with what was told of each.
#[derive(Debug, Default)]
pub struct Dossier {
    last: LookupId,
    open: BTreeMap<LookupId, (Lookup, Part)>,
    /// Nothing of a log is dropped for as long as it can be: somebody reads it.
    held: bool,
}

#[derive(Debug)]
enum Part {
    Events(Events),
    Object(Whole),
    Log(Log),
    Table(Table),
}

impl Part {
    fn new(id: LookupId, wanted: &Wanted) -> Self {
        match wanted {
            Wanted::Events(_) => Part::Events(Events::default()),
            Wanted::Object(_) => Part::Object(Whole::default()),
            Wanted::Log(_) => Part::Log(Log::new(id)),
            Wanted::Table { .. } | Wanted::Objects { .. } | Wanted::Labelled { .. } => {
                Part::Table(Table::default())
            }
        }
    }
}

impl Dossier {
    /// Opens what is wanted and closes the rest; true when that is a change.
    pub fn want(&mut self, wanted: &[Lookup]) -> bool {
        let before = self.open.len();
        self.open.retain(|_, (lookup, _)| wanted.contains(lookup));
        let mut changed = self.open.len() < before;
        for lookup in wanted {
            if !self.has(std::slice::from_ref(lookup)) {
                self.last.0 += 1;
                let part = Part::new(self.last, &lookup.wanted);
                self.open.insert(self.last, (lookup.clone(), part));
                changed = true;
            }
        }
        changed
    }

    /// Whether all that is wanted is open.
    pub fn has(&self, wanted: &[Lookup]) -> bool {
        let open = |wanted| self.open.values().any(|(known, _)| known == wanted);
        wanted.iter().all(open)
    }

    pub fn lookups(&self) -> BTreeMap<LookupId, Lookup> {
        let open = self.open.iter();
        open.map(|(id, (lookup, _))| (*id, lookup.clone()))
            .collect()
    }

    /// Takes a part of an answer in; one to a lookup that was closed is dropped.
    pub fn tell(&mut self, id: LookupId, told: Vec<Told>) {
        let Some((_, part)) = self.open.get_mut(&id) else {
            return;
        };
        for told in told {
            match part {
                Part::Events(events) => events.tell(told),
                Part::Object(whole) => whole.tell(told),
                Part::Log(log) => log.tell(told),
                Part::Table(table) => table.tell(told),
            }
        }
        if matches!(part, Part::Log(_)) {
            self.bound();
        }
    }

    /// While logs are held, as much again as the bounds may come before the oldest is dropped.
    pub fn hold(&mut self, held: bool) {
        if std::mem::replace(&mut self.held, held) && !held {
            self.bound();
        }
    }

    fn bound(&mut self) {
        let parts = self.open.values_mut();
        let logs = parts.filter_map(|(_, part)| match part {
            Part::Log(log) => Some(log),
            _ => None,
        });
        let mut logs: Vec<_> = logs.collect();
        log::bound(&mut logs, if self.held { 2 } else { 1 });
    }

    pub fn events(&self, lookup: &Lookup) -> Option<&Events> {
        match self.part(lookup)? {
            Part::Events(events) => Some(events),
            _ => None,
        }
    }

    pub fn whole(&self, lookup: &Lookup) -> Option<&Whole> {
        match self.part(lookup)? {
            Part::Object(whole) => Some(whole),
            _ => None,
        }
    }

    pub fn table(&self, lookup: &Lookup) -> Option<&Table> {
        match self.part(lookup)? {
            Part::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Of each lookup for objects that was told to its end: their kind, and they by name.
    pub fn lists<'a>(&'a self, lookups: &[Lookup]) -> Vec<(ObjectKind, Vec<&'a Value>)> {
        let list = |lookup: &Lookup| {
            let table = self.table(lookup)?;
            let Wanted::Objects { kind, .. } = &lookup.wanted else {
                return None;
            };
            let all = table.whole() && table.more() == 0;
            all.then(|| (kind.clone(), table.objects()))
        };
        lookups.iter().filter_map(list).collect()
    }

    /// Of each lookup for objects that cannot be read now: their kind, and why.
    pub fn lacks<'a>(
        &'a self,
        lookups: &'a [Lookup],
    ) -> impl Iterator<Item = (&'a ObjectKind, &'a Lack)> {
        lookups.iter().filter_map(|lookup| match &lookup.wanted {
            Wanted::Objects { kind, .. } => Some((kind, self.table(lookup)?.lack()?)),
            _ => None,
        })
    }

    /// All tables that are open, with what each was asked.
    pub fn tables(&self) -> impl Iterator<Item = (&Lookup, &Table)> {
        self.open.values().filter_map(|(lookup, part)| match part {
            Part::Table(table) => Some((lookup, table)),
            _ => None,
        })
    }

    pub fn log(&self, lookup: &Lookup) -> Option<&Log> {
        match self.part(lookup)? {
            Part::Log(log) => Some(log),
            _ => None,
        }
    }

    /// Clusters of which something that is wanted cannot be read.
    pub fn lacking(&self) -> BTreeSet<ClusterId> {
        let lacks = |part: &Part| match part {
            Part::Events(events) => events.lack().is_some(),
            Part::Object(whole) => whole.lack().is_some(),
            Part::Table(table) => table.lack().is_some(),
            // A pod that is gone or has not started is no fault of its cluster.
            Part::Log(log) => matches!(log.lack(), Some(Lack::Denied { .. } | Lack::Failed(_))),
        };
        let open = self.open.values().filter(|(_, part)| lacks(part));
        open.map(|(lookup, _)| lookup.cluster).collect()
    }

    fn part(&self, lookup: &Lookup) -> Option<&Part> {
        let mut open = self.open.values();
        open.find_map(|(known, part)| (known == lookup).then_some(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::About;

    fn lookup(namespace: &str) -> Lookup {
        Lookup {
            cluster: ClusterId(0),
            wanted: Wanted::Events(About::Namespace(namespace.into())),
        }
    }

    #[test]
    fn what_stays_wanted_keeps_its_number_and_what_was_told() {
        let mut dossier = Dossier::default();
        assert!(dossier.want(&[lookup("a"), lookup("b")]));
        assert!(!dossier.want(&[lookup("b"), lookup("a")]));
        let ids: Vec<_> = dossier.lookups().into_keys().collect();
        dossier.tell(ids[1], vec![Told::Whole]);
        assert!(dossier.want(&[lookup("b")]));
        assert_eq!(dossier.lookups().into_keys().collect::<Vec<_>>(), ids[1..]);
        assert!(dossier.events(&lookup("b")).unwrap().whole());
        assert!(dossier.events(&lookup("a")).is_none());
    }

    #[test]
    fn an_answer_to_a_closed_lookup_reaches_no_later_one() {
        let mut dossier = Dossier::default();
        dossier.want(&[lookup("a")]);
        let closed = *dossier.lookups().keys().next().unwrap();
        dossier.want(&[]);
        dossier.want(&[lookup("a")]);
        dossier.tell(closed, vec![Told::Lack(Lack::Absent)]);
        assert_eq!(dossier.events(&lookup("a")).unwrap().lack(), None);
    }
}
