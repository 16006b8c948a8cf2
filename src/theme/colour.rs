//! Colours as a theme writes them, brought down to what the terminal has.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// `NO_COLOR` or a dumb terminal: the terminal's own colours, with bold and reverse.
    None,
    Basic,
    Indexed,
    Rgb,
}

impl Colours {
    /// From the environment, which the caller reads.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let more = set("COLORTERM").unwrap_or_default();
        if set("NO_COLOR").is_some() || term == "dumb" || term.starts_with("vt") {
            Colours::None
        } else if more == "truecolor" || more == "24bit" || term.ends_with("-direct") {
            Colours::Rgb
        } else if term.contains("256") {
            Colours::Indexed
        } else {
            Colours::Basic
        }
    }
}

/// `#rrggbb`, the name of a basic colour, or both: then the name is for terminals that have no other.
pub(super) fn parse(words: &str, colours: Colours) -> Option<Color> {
    let mut rgb = None;
    let mut basic = None;
    for word in words.split_whitespace() {
        let colour: Color = word.parse().ok()?;
        match colour {
            Color::Rgb(..) => rgb = Some(colour),
            _ => basic = Some(colour),
        }
    }
    match colours {
        Colours::Rgb => rgb.or(basic),
        Colours::Indexed => rgb.map(indexed).or(basic),
        Colours::Basic => basic.or(rgb.map(nearest_basic)),
        Colours::None => Some(Color::Reset),
    }
}

/// The nearest colour of the 6 × 6 × 6 cube or of the grey ramp.
fn indexed(colour: Color) -> Color {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let Color::Rgb(red, green, blue) = colour else {
        return colour;
    };
    let step = |part: u8| (0u8..).zip(STEPS).min_by_key(|(_, it)| it.abs_diff(part));
    let [red_step, green_step, blue_step] =
        [red, green, blue].map(|part| step(part).unwrap_or((0, 0)));
    let cube = (
        16 + 36 * red_step.0 + 6 * green_step.0 + blue_step.0,
        [red_step.1, green_step.1, blue_step.1],
    );
    let greys = (0u8..24).map(|at| (232 + at, [8 + 10 * at; 3]));
    let distance = |[r, g, b]: [u8; 3]| {
        [(r, red), (g, green), (b, blue)]
            .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
            .iter()
            .sum::<u32>()
    };
    let nearest = greys.chain([cube]).min_by_key(|(_, rgb)| distance(*rgb));
    nearest.map_or(colour, |(index, _)| Color::Indexed(index))
}

/// A basic colour by its strong parts, for a palette that names none.
fn nearest_basic(colour: Color) -> Color {
    let Color::Rgb(red, green, blue) = colour else {
        return colour;
    };
    let strongest = red.max(green).max(blue);
    if strongest < 64 {
        return Color::Black;
    }
    let strong = |part: u8| part > strongest / 4 * 3;
    match (strong(red), strong(green), strong(blue)) {
        (true, false, false) => Color::LightRed,
        (false, true, false) => Color::LightGreen,
        (false, false, true) => Color::LightBlue,
        (true, true, false) => Color::LightYellow,
        (true, false, true) => Color::LightMagenta,
        (false, true, true) => Color::LightCyan,
        _ if strongest > 192 => Color::White,
        _ => Color::DarkGray,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_brought_down_to_what_the_terminal_has() {
        let red = "#ff7b72 light-red";
        assert_eq!(parse(red, Colours::Rgb), Some(Color::Rgb(255, 123, 114)));
        assert_eq!(parse(red, Colours::Indexed), Some(Color::Indexed(209)));
        assert_eq!(parse(red, Colours::Basic), Some(Color::LightRed));
        assert_eq!(
            parse("#101010", Colours::Indexed),
            Some(Color::Indexed(233))
        );
        assert_eq!(parse("#20f040", Colours::Basic), Some(Color::LightGreen));
        assert_eq!(parse("reddish", Colours::Rgb), None);
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        let with = |pairs: &'static [(&str, &str)]| {
            Colours::from_environment(|name| {
                let pair = pairs.iter().find(|(known, _)| *known == name);
                pair.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(with(&[("TERM", "dumb")]), Colours::None);
        let no_color = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
        assert_eq!(with(Box::leak(Box::new(no_color))), Colours::None);
        assert_eq!(with(&[("TERM", "tmux-256color")]), Colours::Indexed);
        assert_eq!(
            with(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
            Colours::Rgb
        );
        assert_eq!(with(&[("TERM", "linux"), ("NO_COLOR", "")]), Colours::Basic);
    }
}
