//! What only a page of logs does: it follows the end, or keeps the line under the cursor while others come and go.

use std::path::PathBuf;

use super::{App, Effect, Now};
use crate::command::Command;
use crate::config::from_home;
use crate::config::log::Fault;
use crate::dossier::LogPlace;
use crate::insight::{self, Stream};
use crate::model::ObjectRef;
use crate::viewmodel::{self, Aspect, LOGS_AT_ONCE, LogView, Page};

/// The containers that the open page hears.
pub(super) struct Heard {
    objects: Vec<ObjectRef>,
    streams: Vec<Stream>,
    /// As of the last judgement.
    fresh: bool,
}

impl Heard {
    pub(super) fn streams(&self) -> &[Stream] {
        &self.streams
    }

    /// Those of now, then those that are gone: what they said stays while there is room.
    fn renew(&mut self, now: Vec<Stream>) {
        let before = std::mem::replace(&mut self.streams, now);
        let known = |it: &Stream| self.streams.iter().any(|now| now.is(it));
        let mut gone: Vec<_> = before.into_iter().filter(|it| !known(it)).collect();
        for stream in &mut gone {
            stream.gone = true;
        }
        gone.truncate(LOGS_AT_ONCE.saturating_sub(self.streams.len()));
        self.streams.append(&mut gone);
    }
}

impl App {
    pub(super) fn hears(&self) -> bool {
        matches!(self.trail.page(), Page::Aspect(Aspect::Logs, _))
    }

    /// Logs of the marked rows together, or of the row under the cursor.
    pub(super) fn turn_to_logs(&mut self, now: Now) {
        let mut objects = self.with_facts(viewmodel::spoken_for);
        if objects.is_empty() {
            self.refuse("log-nothing", now);
            return;
        }
        let first = objects.remove(0);
        self.turn_to(Page::Aspect(Aspect::Logs, first), now);
        if self.sheet.also != objects {
            self.sheet.also = objects;
            self.sheet.logs = LogView::default();
        }
    }

    /// One pod from the beginning of a reading: one of its containers, as it runs or as it ran before.
    pub(super) fn turn_to_log(
        &mut self,
        pod: ObjectRef,
        container: Option<&str>,
        previous: bool,
        now: Now,
    ) {
        self.turn_to(Page::Aspect(Aspect::Logs, pod), now);
        self.sheet.also.clear();
        self.view_logs(|it| *it = LogView::of_run(previous));
        self.recall_streams();
        let at = self.with_facts(|facts| {
            let names = viewmodel::log_containers(facts);
            let several = names.len() > 1;
            container
                .filter(|_| several)
                .and_then(|it| names.iter().position(|name| *name == it))
        });
        self.view_logs(|it| it.choose_container(at));
    }

    /// Finds out who is to be heard, once a judgement.
    pub(super) fn recall_streams(&mut self) {
        let page = match self.trail.page() {
            Page::Help(origin) => origin,
            page => page,
        };
        let Page::Aspect(Aspect::Logs, object) = page else {
            self.heard = None;
            return;
        };
        let also = self.sheet.also.iter().cloned();
        let objects: Vec<_> = std::iter::once(object.clone()).chain(also).collect();
        let known = self.heard.take().filter(|it| it.objects == objects);
        let mut heard = known.unwrap_or(Heard {
            objects,
            streams: Vec::new(),
            fresh: false,
        });
        if !std::mem::replace(&mut heard.fresh, true) {
            let of = |object: &ObjectRef| {
                let cluster = self.store.cluster(object.cluster)?;
                Some(insight::streams(cluster, object))
            };
            let mut found: Vec<Stream> = Vec::new();
            for stream in heard.objects.iter().filter_map(of).flatten() {
                // A pod may be marked beside its workload.
                if !found.iter().any(|it| it.is(&stream)) {
                    found.push(stream);
                }
            }
            heard.renew(found);
        }
        self.heard = Some(heard);
    }

    pub(super) fn forget_streams(&mut self) {
        if let Some(heard) = &mut self.heard {
            heard.fresh = false;
        }
    }

    /// The cursor stays on its line, or on the last one while the end is followed; the view goes along.
    pub(super) fn settle_logs(&mut self) {
        if !self.hears() {
            return;
        }
        let place = self.sheet.logs.place;
        self.dossier.hold(place.is_some());
        let places = self.with_facts(viewmodel::log_places);
        let last = places.len().saturating_sub(1);
        let at = place.map_or(last, |place| places.partition_point(|it| *it < place));
        let above = self.sheet.at.saturating_sub(self.sheet.first);
        self.sheet.at = at.min(last);
        self.sheet.first = self.sheet.at.saturating_sub(above);
    }

    /// On the last line it follows the end.
    pub(super) fn keep_place(&mut self) {
        if self.hears() {
            self.sheet.logs.place = self
                .place_in_logs()
                .filter(|(_, last)| !last)
                .map(|it| it.0);
        }
    }

    /// The line under the cursor, and whether it is the last.
    fn place_in_logs(&self) -> Option<(LogPlace, bool)> {
        let places = self.with_facts(viewmodel::log_places);
        let at = self.sheet.at;
        Some((*places.get(at)?, at + 1 == places.len()))
    }

    pub(super) fn command_logs(&mut self, command: Command, now: Now) -> Vec<Effect> {
        match command {
            Command::Follow => self.pause_or_follow(),
            Command::PreviousRun => self.view_logs(|it| it.previous = !it.previous),
            Command::Level => self.next_level(),
            Command::Since => self.view_logs(LogView::next_reach),
            Command::Container => self.next_container(now),
            Command::Times => self.sheet.logs.untimed = !self.sheet.logs.untimed,
            Command::Save => return self.save_logs(now),
            _ => {}
        }
        Vec::new()
    }

    /// Of a log what is less than that is hidden; of events those that are no warnings.
    fn next_level(&mut self) {
        if self.hears() {
            self.sheet.logs.next_level();
        } else {
            self.sheet.warnings = !self.sheet.warnings;
            self.sheet.at = 0;
        }
    }

    fn pause_or_follow(&mut self) {
        self.sheet.logs.place = match self.sheet.logs.place {
            Some(_) => None,
            None => self.place_in_logs().map(|it| it.0),
        };
    }

    fn next_container(&mut self, now: Now) {
        match self.with_facts(|facts| viewmodel::log_containers(facts).len()) {
            0 | 1 => self.refuse("log-one-container", now),
            names => self.view_logs(|it| it.next_container(names)),
        }
    }

    /// Another reading of the logs begins at its end.
    fn view_logs(&mut self, change: impl FnOnce(&mut LogView)) {
        change(&mut self.sheet.logs);
        self.sheet.logs.place = None;
    }

    fn save_logs(&mut self, now: Now) -> Vec<Effect> {
        let Page::Aspect(_, object) = self.trail.page() else {
            return Vec::new();
        };
        let at = self.options.zone.at(now.moment);
        let name = format!("{}-{}.log", object.name, at.format("%Y%m%d-%H%M%S"));
        let text = self.with_facts(viewmodel::saved_logs);
        if text.is_empty() {
            self.refuse("log-nothing-kept", now);
            return Vec::new();
        }
        vec![Effect::Save { name, text }]
    }

    /// Where the file is, or why there is none.
    pub(super) fn tell_saved(&mut self, saved: Result<PathBuf, Fault>, now: Now) {
        let say = &self.options.catalogue;
        match saved {
            Ok(path) => {
                let path = from_home(&path);
                let said = say.say_with("notice-saved", &[("path", path.into())]);
                self.notices.good(said, now.at);
            }
            Err(fault) => {
                let words = fault.detail(say);
                let said = say.say_with("notice-unsaved", &[("words", words.into())]);
                self.notices.answer(said);
            }
        }
    }

    /// Why a key does nothing here.
    pub(super) fn refuse(&mut self, id: &str, now: Now) {
        let said = self.options.catalogue.say(id);
        self.notices.refuse(said, now.at);
    }
}
