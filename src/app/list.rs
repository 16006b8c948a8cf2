//! The rows on the screen: judged, kept still under a hand, filtered, walked through.

use std::collections::HashMap;
use std::time::Duration;

use super::{App, Now};
use crate::insight::{self, Cause, Finding, Judgement};
use crate::tenancy::Places;
use crate::viewmodel::{Survey, Target, watch};

/// Rows keep their places until this long after the last key.
const HAND: Duration = Duration::from_secs(2);

impl App {
    pub(super) fn judge(&mut self, now: Now) {
        self.unjudged = false;
        let displaced = std::mem::take(&mut self.displaced);
        if displaced && self.places.stale(&self.store, &self.options.rules) {
            self.places = Places::resolve(&self.store, &self.options.rules);
        }
        let judgement = insight::judge(&self.store, &self.places, now.moment);
        self.take(judgement, now);
    }

    /// Puts a judgement in the place of the last one.
    pub(super) fn take(&mut self, judgement: Judgement, now: Now) {
        let had_read = self.survey.read();
        self.judgement = judgement;
        self.before = None;
        let selection = &self.options.selection;
        self.judgement
            .rollouts
            .retain(|it| selection.matches(&it.namespace, &it.place));
        let survey = Survey::of(&self.store, &self.places, selection);
        let told = std::mem::replace(&mut self.survey, survey);
        self.tell(&told);
        // While a cluster is read for the first time every row is new, which says nothing.
        if had_read {
            self.note_new();
        }
        self.show(now);
    }

    fn note_new(&mut self) {
        let known: std::collections::HashSet<&Cause> =
            self.shown.iter().map(|it| &it.cause).collect();
        let new = self.asked().map(|it| &it.cause);
        let new: Vec<_> = new.filter(|it| !known.contains(it)).cloned().collect();
        self.unseen.extend(new);
    }

    /// Findings of what was asked to be seen.
    fn asked(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.judgement.findings.iter();
        findings.filter(|it| it.within(&self.options.selection))
    }

    /// Takes the new order over, or only the new words while a hand is at the rows.
    pub(super) fn show(&mut self, now: Now) {
        let rests = self
            .last_key
            .map(|key| key + HAND)
            .filter(|rest| *rest > now.at);
        let judged: Vec<_> = self.asked().cloned().collect();
        self.settle = None;
        if rests.is_none() {
            self.shown.clone_from(&judged);
            let causes: std::collections::HashSet<_> = judged.iter().map(|it| &it.cause).collect();
            self.unseen.retain(|it| causes.contains(it));
        } else {
            let mut fresh: HashMap<&Cause, &Finding> =
                judged.iter().map(|it| (&it.cause, it)).collect();
            for row in &mut self.shown {
                if let Some(finding) = fresh.remove(&row.cause) {
                    row.clone_from(finding);
                }
            }
            let new = judged.iter().filter(|it| fresh.contains_key(&it.cause));
            let new: Vec<_> = new.cloned().collect();
            self.shown.extend(new);
            let same = self.shown.iter().map(|it| &it.cause);
            if !same.eq(judged.iter().map(|it| &it.cause)) {
                self.settle = rests;
            }
        }
        self.list();
    }

    /// Applies the filter, and keeps the cursor on its object, or near where it was when that is gone.
    pub(super) fn list(&mut self) {
        self.listed = self.with_facts(watch::listed);
        let targets = self.targets();
        let Some(selection) = &self.selection else {
            return;
        };
        if let Some(at) = targets.iter().position(|it| it == selection) {
            self.at = at;
            return;
        }
        // A finding gives its place to another finding, never to a rollout in the strips below.
        let among = match selection {
            Target::Finding(_) => self.listed.len(),
            Target::Object(_) => targets.len(),
        };
        self.at = self.at.min(among.saturating_sub(1));
        self.selection = targets.into_iter().take(among).nth(self.at);
    }

    /// Looks up what came before the finding under the cursor, once a judgement.
    pub(super) fn recall(&mut self) {
        let Some(finding) = self.with_facts(|facts| watch::selected(facts).cloned()) else {
            return;
        };
        if self
            .before
            .as_ref()
            .is_none_or(|(cause, _)| *cause != finding.cause)
        {
            let now = self.survey.cluster_now(finding.cluster, self.now);
            let changes = insight::before(&self.store, &finding, now);
            self.before = Some((finding.cause, changes));
        }
    }

    pub(super) fn targets(&self) -> Vec<Target> {
        watch::targets(&self.shown, &self.listed, &self.judgement, &self.survey)
    }

    /// A key acts on what was on the screen when it was pressed, whatever comes next.
    pub(super) fn pin(&mut self) {
        if self.selection.is_none() {
            let first = self.listed.first().and_then(|at| self.shown.get(*at));
            self.selection = first.map(|it| Target::Finding(it.cause.clone()));
            self.at = 0;
        }
    }

    pub(super) fn look(&mut self) {
        let page = self.with_facts(watch::page);
        let in_view = self.listed.iter().skip(self.first).take(page);
        for finding in in_view.filter_map(|at| self.shown.get(*at)) {
            self.unseen.remove(&finding.cause);
        }
    }

    /// Moves the cursor by so many rows, as far as there are rows.
    pub(super) fn go(&mut self, by: isize) {
        let targets = self.targets();
        let last = targets.len().saturating_sub(1);
        self.at = if self.selection.is_some() {
            self.at.saturating_add_signed(by).min(last)
        } else {
            0
        };
        self.selection = targets.into_iter().nth(self.at);
    }

    pub(super) fn page(&self) -> isize {
        let page = self.with_facts(watch::page);
        isize::try_from(page.max(1)).unwrap_or(isize::MAX)
    }

    /// Says once what no row says: a cluster that is read twice, a clock that is off, an object that cannot be read.
    fn tell(&mut self, told: &Survey) {
        let catalogue = &self.options.catalogue;
        for (one, other) in self
            .survey
            .twins
            .iter()
            .filter(|it| !told.twins.contains(it))
        {
            let arguments = [
                ("one", one.as_str().into()),
                ("other", other.as_str().into()),
            ];
            self.notices
                .bad(catalogue.say_with("notice-twins", &arguments));
        }
        for (at, sight) in self.survey.clusters.iter().enumerate() {
            let before = told.clusters.get(at);
            let cluster = || sight.name.as_str().into();
            let was_right = before.is_none_or(|it| !insight::is_off(it.skew));
            if was_right && insight::is_off(sight.skew) {
                let arguments = [("seconds", sight.skew.abs().into()), ("cluster", cluster())];
                self.notices
                    .bad(catalogue.say_with("notice-clock", &arguments));
            }
            let new = before.is_none_or(|it| it.unreadable < sight.unreadable);
            if let Some((kind, name, fault)) = sight.latest_unreadable.as_ref().filter(|_| new) {
                let arguments = [
                    ("kind", kind.name().into()),
                    ("name", name.as_str().into()),
                    ("cluster", cluster()),
                    ("reason", catalogue.garbled(fault).into()),
                ];
                self.notices
                    .bad(catalogue.say_with("notice-unreadable", &arguments));
            }
        }
    }
}
