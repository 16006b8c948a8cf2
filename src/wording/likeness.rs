//! What a word that nothing is called by was likely meant to be.

/// How like a known name an unknown one must be to be taken for it: two letters in five may differ.
const ALIKE: f64 = 0.6;

/// The known names, the one that was most likely meant first.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let mut known: Vec<_> = known.into_iter().collect();
    known.sort_by(|one, other| likeness(name, other).total_cmp(&likeness(name, one)));
    known
}

/// The known name that was most likely meant, if any is like it.
pub fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let first = nearest(name, known).into_iter().next()?;
    (likeness(name, first) >= ALIKE).then_some(first)
}

fn likeness(name: &str, known: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_understood_and_another_word_is_not() {
        let known = ["lang", "read_only", "contexts", "theme"];
        for (name, likely) in [
            ("red_only", Some("read_only")),
            ("readOnly", Some("read_only")),
            ("contxt", Some("contexts")),
            ("a", None),
            ("colour", None),
        ] {
            assert_eq!(closest(name, known), likely, "{name}");
        }
        assert_eq!(nearest("app2", ["prod", "app1"]), ["app1", "prod"]);
    }
}
