//! The object as YAML, without `managedFields`, its blocks folded as a person wants them.

mod outline;

pub use outline::{BlockPath, Outline};

use std::sync::Arc;

use super::{Content, Known, Text, empty, note, standing, whole};
use crate::model::{Document, ObjectRef};
use crate::viewmodel::{Aspect, Facts, Line, Page, muted, text};

/// What the open page shows as YAML.
pub fn document(facts: &Facts<'_>) -> Option<Arc<Document>> {
    let Page::Aspect(Aspect::Yaml, object) = facts.page else {
        return None;
    };
    facts.dossier.whole(&whole(object))?.shared().cloned()
}

/// The lines that show, each made when it comes into view.
pub(in crate::viewmodel) struct YamlText<'a> {
    facts: &'a Facts<'a>,
    pub(in crate::viewmodel) outline: &'a Outline,
}

impl YamlText<'_> {
    /// `spec:  … 41 lines`.
    pub(in crate::viewmodel) fn line(&self, at: usize) -> Line {
        let line = self.outline.lines().get(self.outline.number(at));
        let mut pieces = vec![text(line.map_or("", String::as_str))];
        let hidden = self.outline.hidden(at);
        if hidden > 0 {
            let count = [("count", hidden.into())];
            pieces.push(muted(self.facts.catalogue.say_with("yaml-folded", &count)));
        }
        pieces
    }
}

pub(super) fn content<'a>(facts: &'a Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let Some(known) = facts.dossier.whole(&whole(object)) else {
        return empty(note(facts, object, None, Known::Nothing));
    };
    let note = note(facts, object, known.lack(), standing(known));
    match facts.outline {
        Some(outline) => Content {
            text: Text::Yaml(YamlText { facts, outline }),
            note,
        },
        None => empty(note),
    }
}
