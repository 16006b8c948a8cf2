//! What is wrong with a command line, as one sentence of the catalogue.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::headless::{KindName, NameFault, kind_words};
use crate::wording::{Catalogue, closest};

/// The argument that names an object.
const OBJECT: &str = "KIND/NAME";
/// As the help names the value of one that is a number.
const NUMBER: &str = "<N>";

/// One sentence, without a trailing line break.
pub fn sentence(error: &clap::Error, catalogue: &Catalogue) -> String {
    let problem = problem(error, catalogue);
    match suggestion(error) {
        Some(likely) => catalogue.say_with(
            "usage-with-suggestion",
            &[("problem", problem.into()), ("likely", likely.into())],
        ),
        None => catalogue.say_with("usage", &[("problem", problem.into())]),
    }
}

fn problem(error: &clap::Error, catalogue: &Catalogue) -> String {
    let context = |kind| error.get(kind).map(to_text).unwrap_or_default();
    let argument = ("argument", context(ContextKind::InvalidArg).into());
    let given = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if given.is_empty() => {
            catalogue.say_with("usage-no-value", &[argument])
        }
        ErrorKind::InvalidValue => catalogue.say_with(
            "usage-value",
            &[
                argument,
                ("given", given.into()),
                ("known", context(ContextKind::ValidValue).into()),
            ],
        ),
        ErrorKind::ValueValidation => match given.parse::<KindName>() {
            Err(fault) if context(ContextKind::InvalidArg).contains(OBJECT) => {
                object(&given, &fault, catalogue)
            }
            _ => {
                let number = context(ContextKind::InvalidArg).contains(NUMBER);
                let id = if number {
                    "usage-number"
                } else {
                    "usage-duration"
                };
                catalogue.say_with(id, &[argument, ("given", given.into())])
            }
        },
        ErrorKind::UnknownArgument => catalogue.say_with("usage-argument", &[argument]),
        ErrorKind::InvalidSubcommand => catalogue.say_with(
            "usage-command",
            &[("given", context(ContextKind::InvalidSubcommand).into())],
        ),
        ErrorKind::MissingRequiredArgument => catalogue.say_with("usage-missing", &[argument]),
        ErrorKind::ArgumentConflict => catalogue.say_with("usage-twice", &[argument]),
        ErrorKind::TooManyValues => catalogue.say_with("usage-takes-none", &[argument]),
        ErrorKind::InvalidUtf8 => catalogue.say("usage-not-text"),
        _ => {
            let whole = error.to_string();
            let first = whole.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    }
}

fn object(given: &str, fault: &NameFault, catalogue: &Catalogue) -> String {
    match fault {
        NameFault::Form => catalogue.say_with("usage-object", &[("given", given.into())]),
        NameFault::Kind(word) => {
            let known: Vec<_> = kind_words().collect();
            let arguments = [
                ("given", word.as_str().into()),
                ("known", known.join(", ").into()),
            ];
            catalogue.say_with("usage-kind", &arguments)
        }
    }
}

fn suggestion(error: &clap::Error) -> Option<String> {
    [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
    ]
    .into_iter()
    .find_map(|kind| error.get(kind))
    .map(to_text)
    .or_else(|| likely_kind(error))
}

fn likely_kind(error: &clap::Error) -> Option<String> {
    let given = error.get(ContextKind::InvalidValue).map(to_text)?;
    let argument = error.get(ContextKind::InvalidArg).map(to_text)?;
    match given.parse::<KindName>() {
        Err(NameFault::Kind(word)) if argument.contains(OBJECT) => {
            let known: Vec<_> = kind_words().collect();
            closest(&word, known.iter().map(String::as_str)).map(str::to_owned)
        }
        _ => None,
    }
}

fn to_text(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.join(", "),
        other => other.to_string(),
    }
}
