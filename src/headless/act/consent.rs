//! Whether the person wants it: what they typed on the command line, or what they type when asked.

use super::Manner;
use crate::tenancy::Place;

/// Who sits at the terminal.
pub trait Person {
    /// What was typed after the words; None when nobody can type any more.
    fn asked(&mut self, words: &str) -> Option<String>;
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// `--confirm` with this name.
    Name(String),
    /// `--yes`.
    Yes,
    /// Something else was typed.
    Declined,
}

/// `words` asks for the name that has to be typed, or for a yes.
pub(super) fn consent(
    manner: &Manner,
    name: Option<String>,
    place: &Place,
    person: Option<&mut dyn Person>,
    words: impl Fn(Option<&str>) -> String,
) -> Result<(), Missing> {
    if let Some(given) = &manner.confirm {
        let right = crate::action::name_of(place);
        return if *given == right {
            Ok(())
        } else {
            Err(Missing::Name(right))
        };
    }
    if name.is_none() && manner.yes {
        return Ok(());
    }
    let Some(person) = person else {
        return Err(name.map_or(Missing::Yes, Missing::Name));
    };
    let typed = person.asked(&words(name.as_deref()));
    let typed = typed.as_deref().map(str::trim);
    let agreed = match &name {
        Some(name) => typed == Some(name.as_str()),
        None => matches!(typed, Some("y" | "yes" | "o" | "oui")),
    };
    if agreed {
        Ok(())
    } else {
        Err(Missing::Declined)
    }
}
