//! What the configuration protects asks for the name whatever its class, and says why.

use super::preview::{classed, night_of, willing};
use crate::action::Protection;
use crate::tenancy::Class;
use crate::wording::Language::English;

#[test]
fn what_the_configuration_protects_says_why_the_name_is_asked_for() {
    let mut bench = night_of(English);
    classed(&mut bench, Class::NonProduction);
    let protection = |reason: &str| Protection {
        reason: reason.to_owned(),
        ..Protection::default()
    };
    bench.app.options.guard.protected = vec![protection(""), protection("shown to visitors")];
    let effects = bench.keys("R");
    bench.answer(&effects, willing);
    bench.keys("Enter");
    let text = bench.text();
    assert!(text.contains("Protected: shown to visitors"), "{text}");
    assert!(text.contains("type the name"), "{text}");
}
