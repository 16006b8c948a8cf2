//! A record as a line and back.

use serde_json::Value;

use super::{Fault, LONGEST};
use crate::action::Record;

/// With its line end. What JSON does not escape by itself is taken out.
pub(super) fn from_record(record: &Record) -> Result<String, Fault> {
    let text = serde_json::to_string(record).map_err(std::io::Error::from)?;
    let line = format!("{}\n", plain(&text));
    if line.len() > LONGEST {
        return Err(Fault::TooLong);
    }
    Ok(line)
}

/// None for what is no record. Fields that a later version added are passed over. Anybody's hand may have been in the file: its
/// texts are made harmless again.
pub(super) fn to_record(line: &[u8]) -> Option<Record> {
    let mut value = serde_json::from_slice(line).ok()?;
    inert(&mut value);
    serde_json::from_value(value).ok()
}

/// Takes what steers a terminal or the direction of the text out of every text.
fn inert(value: &mut Value) {
    match value {
        Value::String(text) => *text = plain(text),
        Value::Array(items) => items.iter_mut().for_each(inert),
        Value::Object(map) => map.values_mut().for_each(inert),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// On one line.
pub(super) fn plain(text: &str) -> String {
    let steers = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{e0000}'..='\u{e007f}')
    };
    let spaced = text.replace(['\n', '\r', '\t', '\u{2028}', '\u{2029}'], " ");
    spaced.chars().filter(|it| !steers(it)).collect()
}
