//! Which environments are looked at, by class.

use super::super::Facts;
use super::{Act, Choice, ChoiceRow};
use crate::tenancy::Class;

pub(super) fn choices(facts: &Facts<'_>) -> Vec<Choice> {
    let all = [Class::Production, Class::Unknown, Class::NonProduction];
    let id = |class| match class {
        Class::Production => "class-production",
        Class::Unknown => "class-unknown",
        Class::NonProduction => "class-non-production",
    };
    all.map(|class| Choice {
        row: ChoiceRow {
            key: if facts.scope.shows(class) {
                "[x]"
            } else {
                "[ ]"
            }
            .to_owned(),
            name: facts.say(id(class)),
            ..ChoiceRow::default()
        },
        act: Act::Class(class),
    })
    .into()
}
