//! The section `[tenancy]`, which `tenancy::Rules` describes. What does not fit is told and cut out until the rest fits.

use std::ops::Range;

use serde::Deserialize;
use toml::de::{DeArray, DeTable, DeValue, Error, ValueDeserializer};

use crate::datafile::{Fault, Reading, Value, Wanted};
use crate::tenancy::{RuleFault, Rules};
use crate::wording::closest;

pub(super) fn read(reading: &mut Reading<'_>, value: &Value<'_>) -> Rules {
    if reading.table("tenancy", value).is_none() {
        return Rules::default();
    }
    let at = value.span().start;
    let mut rest = value.clone();
    let named = presets(&rest).is_some_and(|it| it.iter().next().is_some());
    let rules = loop {
        if named && presets(&rest).is_some_and(|it| it.iter().next().is_none()) {
            // None of them is known: the defaults stand in, not nothing.
            cut_key(rest.get_mut(), "presets");
        }
        match Rules::deserialize(ValueDeserializer::from(rest.clone())) {
            Ok(rules) => break rules,
            Err(error) => {
                let cut = error.span().and_then(|span| cut(rest.get_mut(), &span));
                let at = error.span().map_or(at, |span| span.start);
                reading.blame(at, fault(&error, cut.as_deref()));
                if cut.is_none() {
                    return Rules::default();
                }
            }
        }
    };
    let spans: Vec<_> = rest
        .get_ref()
        .get("rules")
        .and_then(|rules| rules.get_ref().as_array())
        .map(|rules| rules.iter().map(Value::span).collect())
        .unwrap_or_default();
    for problem in rules.problems() {
        let at = spans.get(problem.rule).map_or(at, |span| span.start);
        reading.blame(at, rule_fault(problem.fault));
    }
    rules
}

fn presets<'a>(value: &'a Value<'_>) -> Option<&'a DeArray<'a>> {
    value.get_ref().get("presets")?.get_ref().as_array()
}

fn cut_key(value: &mut DeValue<'_>, key: &str) {
    if let DeValue::Table(table) = value {
        table.remove(key);
    }
}

fn rule_fault(fault: RuleFault) -> Fault {
    match fault {
        RuleFault::Source => Fault::RuleSource,
        RuleFault::NoTenant => Fault::RuleTenant,
        RuleFault::Regex(words) => {
            // The reader of regular expressions draws the place over several lines and says what is wrong in the last.
            let last = words.lines().last().unwrap_or_default();
            Fault::RuleRegex(last.trim_start_matches("error: ").to_owned())
        }
    }
}

/// Takes out the smallest entry at the place, and returns its key.
fn cut(value: &mut DeValue<'_>, at: &Range<usize>) -> Option<String> {
    match value {
        DeValue::Table(table) => cut_table(table, at),
        DeValue::Array(array) => cut_array(array, at),
        _ => None,
    }
}

fn cut_table(table: &mut DeTable<'_>, at: &Range<usize>) -> Option<String> {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        let name = key.get_ref().to_string();
        if key.span().contains(&at.start) {
            found = Some(name);
            break;
        }
        if let Some(inner) = cut(value.get_mut(), at) {
            let path = if inner.is_empty() {
                name
            } else {
                format!("{name}.{inner}")
            };
            return Some(path);
        }
        if value.span().contains(&at.start) {
            found = Some(name);
            break;
        }
    }
    let name = found?;
    table.remove(name.as_str()).map(|_| name)
}

/// An element has no key of its own.
fn cut_array(array: &mut DeArray<'_>, at: &Range<usize>) -> Option<String> {
    let mut found = None;
    for (index, element) in array.iter_mut().enumerate() {
        if let Some(inner) = cut(element.get_mut(), at) {
            return Some(inner);
        }
        if element.span().contains(&at.start) {
            found = Some(index);
            break;
        }
    }
    let index = found?;
    *array = array
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index)
        .map(|(_, element)| element.clone())
        .collect();
    Some(String::new())
}

/// serde's words, without the values in them: names stand between backquotes, the unknown one first.
fn fault(error: &Error, path: Option<&str>) -> Fault {
    let key = path.map_or_else(|| "tenancy".to_owned(), |path| format!("tenancy.{path}"));
    let message = error.message();
    let mut names = message.split('`').skip(1).step_by(2);
    let unknown = names.next().unwrap_or_default();
    let known: Vec<_> = names.collect();
    let likely = closest(unknown, known.iter().copied()).map(str::to_owned);
    if message.starts_with("unknown field") {
        Fault::Unknown { name: key, likely }
    } else if message.starts_with("unknown variant") {
        let known = known.join(", ");
        Fault::Value { key, known, likely }
    } else {
        let expected = message.rsplit("expected ").next().unwrap_or_default();
        let wanted = match expected {
            _ if expected.contains("string") => Wanted::Text,
            "a sequence" if key == "tenancy.rules" => Wanted::Tables,
            "a sequence" => Wanted::Texts,
            _ => Wanted::Table,
        };
        Fault::Type { key, wanted }
    }
}
