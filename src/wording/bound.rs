//! Use of a bound as a person reads it: `7800m` of `8` is `7.8 of 8`.

use super::{Catalogue, Language};
use crate::model::quantity;

const KI: f64 = 1024.0;
const BINARY: [(f64, &str); 4] = [
    (KI * KI * KI * KI, "Ti"),
    (KI * KI * KI, "Gi"),
    (KI * KI, "Mi"),
    (KI, "Ki"),
];

impl Catalogue {
    /// Both in the unit of the bound; what is not a quantity stays as the server wrote it.
    pub fn used_of(&self, resource: &str, used: &str, hard: &str) -> (String, String) {
        let Some((taken, bound)) = quantity::value(used).zip(quantity::value(hard)) else {
            return (used.to_owned(), hard.to_owned());
        };
        let (size, unit) = unit(resource, bound);
        let (taken, bound) = (taken / size, bound / size);
        // Rounding never reaches a bound that is not reached.
        let figure = if taken < bound {
            self.decimal(taken)
        } else {
            self.hundredths(taken)
        };
        (
            format!("{figure}{unit}"),
            format!("{}{unit}", self.hundredths(bound)),
        )
    }

    /// The same, with a unit of memory said once: `4` of `8Gi`.
    pub fn bound(&self, resource: &str, used: &str, hard: &str) -> (String, String) {
        let (used, hard) = self.used_of(resource, used, hard);
        let figure = hard.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let unit = hard.strip_prefix(figure).filter(|it| it.ends_with('i'));
        let bare = unit
            .and_then(|unit| used.strip_suffix(unit))
            .map(str::to_owned);
        (bare.unwrap_or(used), hard)
    }

    fn hundredths(&self, value: f64) -> String {
        let text = format!("{value:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        match self.language() {
            Language::English => text.to_owned(),
            Language::French => text.replace('.', ","),
        }
    }
}

fn unit(resource: &str, bound: f64) -> (f64, &'static str) {
    if resource.ends_with("cpu") && bound < 1.0 {
        return (1e-3, "m");
    }
    if resource.ends_with("memory") || resource.ends_with("storage") {
        let fits = BINARY.iter().find(|(size, _)| bound >= *size);
        return fits.copied().unwrap_or((1.0, ""));
    }
    if bound >= 10_000.0 {
        return (1e3, "k");
    }
    (1.0, "")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("limits.cpu", "7800m", "8", "7.8", "8")]
    #[case("limits.cpu", "7990m", "8", "7.9", "8")]
    #[case("requests.cpu", "8", "8", "8", "8")]
    #[case("cpu", "250m", "500m", "250m", "500m")]
    #[case("cpu", "1200m", "1250m", "1.2", "1.25")]
    #[case("limits.memory", "16252928Ki", "16Gi", "15.5Gi", "16Gi")]
    #[case("requests.storage", "1536Gi", "2Ti", "1.5Ti", "2Ti")]
    #[case("pods", "10", "10", "10", "10")]
    #[case("requests.cpu", "12500", "20k", "12.5k", "20k")]
    #[case("pods", "many", "10", "many", "10")]
    fn a_use_is_written_in_the_unit_of_its_bound(
        #[case] resource: &str,
        #[case] used: &str,
        #[case] hard: &str,
        #[case] shown: &str,
        #[case] bound: &str,
    ) {
        let en = Catalogue::new(Language::English);
        let expected = (shown.to_owned(), bound.to_owned());
        assert_eq!(en.used_of(resource, used, hard), expected);
    }

    #[test]
    fn beside_its_bound_a_use_needs_no_unit() {
        let en = Catalogue::new(Language::English);
        let both = |resource, used, hard| en.bound(resource, used, hard);
        let expected = |used: &str, hard: &str| (used.to_owned(), hard.to_owned());
        assert_eq!(both("memory", "4Gi", "8Gi"), expected("4", "8Gi"));
        assert_eq!(both("cpu", "12500", "20k"), expected("12.5k", "20k"));
        assert_eq!(both("cpu", "4600m", "6"), expected("4.6", "6"));
        assert_eq!(both("pods", "many", "10"), expected("many", "10"));
    }

    #[test]
    fn figures_follow_the_language() {
        let fr = Catalogue::new(Language::French);
        let expected = ("7,8".to_owned(), "8".to_owned());
        assert_eq!(fr.used_of("limits.cpu", "7800m", "8"), expected);
    }
}
