//! Kubernetes quantities (`100m`, `1.5`, `7500Mi`, `2e3`) as numbers.

/// The value in base units (cores, bytes), or None when the text is no quantity.
pub fn value(text: &str) -> Option<f64> {
    let end = text
        .find(|letter: char| letter.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, suffix) = text.split_at_checked(end)?;
    let number: f64 = number.parse().ok()?;
    let factor = match suffix {
        "" => 1.0,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1024.0 * 1024.0,
        "Gi" => 1024.0_f64.powi(3),
        "Ti" => 1024.0_f64.powi(4),
        "Pi" => 1024.0_f64.powi(5),
        "Ei" => 1024.0_f64.powi(6),
        exponent => 10.0_f64.powi(exponent.strip_prefix(['e', 'E'])?.parse().ok()?),
    };
    Some(number * factor)
}

/// Thousandths of a core, rounded up; 0 when the text is no quantity.
pub fn millicores(text: &str) -> u32 {
    whole(value(text).unwrap_or(0.0) * 1000.0)
}

/// MiB, rounded up; 0 when the text is no quantity.
pub fn mebibytes(text: &str) -> u32 {
    whole(value(text).unwrap_or(0.0) / (1024.0 * 1024.0))
}

fn whole(number: f64) -> u32 {
    // Float to integer casts saturate, and NaN becomes 0.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates at both ends"
    )]
    let whole = (number - 1e-9).ceil() as u32;
    whole
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("100m", 100)]
    #[case("0.5", 500)]
    #[case("2", 2000)]
    #[case("1500000n", 2)]
    #[case("2e3", 2_000_000)]
    #[case("-1", 0)]
    #[case("many", 0)]
    #[case("", 0)]
    #[case("9E", u32::MAX)]
    fn cores(#[case] text: &str, #[case] expected: u32) {
        assert_eq!(millicores(text), expected);
    }

    #[rstest]
    #[case("512Mi", 512)]
    #[case("0.5Gi", 512)]
    #[case("1G", 954)]
    #[case("1048576", 1)]
    #[case("1048577", 2)]
    fn memory(#[case] text: &str, #[case] expected: u32) {
        assert_eq!(mebibytes(text), expected);
    }
}
