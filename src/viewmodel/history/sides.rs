//! Which two revisions are compared, and what is known of each.

use serde_json::Value;

use super::lines::Compared;
use super::number;
use crate::dossier::Whole;
use crate::insight::{Diff, HistoryRow, References, kept_template, replaced};
use crate::model::{Kind, Lack, Lookup, ObjectRef};
use crate::viewmodel::page::Target;
use crate::viewmodel::{Facts, aspect};

/// Pairs of `ConfigMaps` that are read: more is another application.
const MAPS: usize = 4;

/// The older one before the newer one.
pub(super) struct Sides<'a> {
    pub(super) before: &'a HistoryRow,
    pub(super) after: &'a HistoryRow,
}

impl<'a> Sides<'a> {
    /// The revision under the cursor, and the one that was marked; without a mark the one that runs, or the one before it when
    /// the cursor is on that one. None when there is only one.
    pub(super) fn of(facts: &Facts<'a>) -> Option<Self> {
        let rows = facts.rows.history();
        let at = facts.selected_row().unwrap_or(0);
        let marked = rows
            .iter()
            .position(|row| facts.marks.contains(&Target::Object(row.object())));
        let current = rows.iter().position(|row| row.revision.current);
        let mut others = [marked, current, Some(at + 1), at.checked_sub(1)].into_iter();
        let other = others
            .by_ref()
            .flatten()
            .find(|other| *other != at && *other < rows.len())?;
        // Rows stand newest first.
        Some(Self {
            before: rows.get(at.max(other))?,
            after: rows.get(at.min(other))?,
        })
    }

    pub(super) fn compared<'f>(&self, facts: &'f Facts<'_>) -> Compared<'f> {
        let pair = [self.before, self.after];
        Compared {
            numbers: pair.map(number),
            names: pair.map(|row| named(facts, row)),
            lacks: self.lacks(facts),
            diff: self.diff(facts),
        }
    }

    /// None until both were read; what their `ConfigMaps` say is added once it was.
    fn diff(&self, facts: &Facts<'_>) -> Option<Diff> {
        let (before, after) = (template(facts, self.before)?, template(facts, self.after)?);
        let mut diff = Diff::of_templates(before, after);
        for [old, new] in self.config_maps(facts) {
            let data = |object| Some(&whole(facts, object)?.document()?.value);
            if let (Some(before), Some(after)) = (data(&old), data(&new)) {
                let within = Diff::of_config_maps(&new.name, before, after);
                diff.differences.extend(within.differences);
                diff.same += within.same;
            }
        }
        Some(diff)
    }

    pub(super) fn lookups(&self, facts: &Facts<'_>) -> Vec<Lookup> {
        let pair = [self.before, self.after].map(lookup).into_iter();
        let maps = self.config_maps(facts).into_iter().flatten();
        pair.chain(maps.map(|it| aspect::whole(&it))).collect()
    }

    /// What cannot be read of what is compared, by its name.
    fn lacks<'f>(&self, facts: &'f Facts<'_>) -> Vec<(String, &'f Lack)> {
        let pair = [self.before, self.after].into_iter();
        let pair = pair.map(|row| (named(facts, row), row.keeper()));
        let maps = self.config_maps(facts).into_iter().flatten();
        let maps = maps.map(|it| (format!("ConfigMap {}", it.name), it));
        let lack =
            |(name, object): (String, ObjectRef)| Some((name, whole(facts, &object)?.lack()?));
        pair.chain(maps).filter_map(lack).collect()
    }

    /// Those that took the place of one another: of a name that stays only what is in it now is known.
    fn config_maps(&self, facts: &Facts<'_>) -> Vec<[ObjectRef; 2]> {
        let named = |row| Some(References::of(template(facts, row)?).config_maps);
        let (Some(before), Some(after)) = (named(self.before), named(self.after)) else {
            return Vec::new();
        };
        let object = |name: String| ObjectRef {
            kind: Kind::ConfigMap.into(),
            name: name.into(),
            uid: None,
            ..self.after.keeper()
        };
        let pairs = replaced(&before, &after).into_iter().take(MAPS);
        pairs.map(|(old, new)| [object(old), object(new)]).collect()
    }
}

fn named(facts: &Facts<'_>, row: &HistoryRow) -> String {
    let revision = [("revision", number(row).into())];
    facts.catalogue.say_with("rollout-revision", &revision)
}

fn whole<'a>(facts: &Facts<'a>, object: &ObjectRef) -> Option<&'a Whole> {
    facts.dossier.whole(&aspect::whole(object))
}

pub(super) fn lookup(row: &HistoryRow) -> Lookup {
    aspect::whole(&row.keeper())
}

pub(super) fn object<'a>(facts: &Facts<'a>, row: &HistoryRow) -> Option<&'a Value> {
    Some(&whole(facts, &row.keeper())?.document()?.value)
}

/// The pod template that the revision keeps, once it was read.
pub(super) fn template<'a>(facts: &Facts<'a>, row: &HistoryRow) -> Option<&'a Value> {
    kept_template(object(facts, row)?)
}
