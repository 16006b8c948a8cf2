//! The object as YAML, without `managedFields`.

use super::{Content, Known, Text, empty, note, standing, whole};
use crate::model::ObjectRef;
use crate::viewmodel::Facts;

pub(super) fn content<'a>(facts: &Facts<'a>, object: &'a ObjectRef) -> Content<'a> {
    let Some(known) = facts.dossier.whole(&whole(object)) else {
        return empty(note(facts, object, None, Known::Nothing));
    };
    let document = known.document();
    Content {
        text: Text::Plain(document.map_or(&[], |it| &it.yaml)),
        note: note(facts, object, known.lack(), standing(known)),
    }
}
