use ratatui::style::Color;

use super::*;

fn user(text: &str) -> (Theme, Vec<String>) {
    let source = Source {
        name: "night",
        file: "night.toml",
        text,
    };
    let (theme, problems) = Theme::load("night", &[source], Colours::Basic);
    let catalogue = crate::wording::Catalogue::new(crate::wording::Language::English);
    let said = problems.iter().map(|it| it.say(&catalogue)).collect();
    (theme, said)
}

#[test]
fn every_shipped_theme_fills_every_slot_without_a_problem() {
    for (name, _) in SHIPPED {
        let slots = Slots::shipped(name);
        let tones: Vec<_> = slots.tones.keys().map(String::as_str).collect();
        let mut wanted = TONES.map(|(tone, _)| tone);
        wanted.sort_unstable();
        assert_eq!(tones, wanted, "{name}");
        assert_eq!(slots.parts.len(), PARTS.len(), "{name}");
        for colours in [Colours::Rgb, Colours::Indexed, Colours::Basic] {
            let (theme, problems) = Theme::load(name, &[], colours);
            assert_eq!(problems, [], "{name}");
            assert!(!theme.alike(), "{name}");
        }
    }
}

#[test]
fn without_colours_nothing_sets_one() {
    let (theme, problems) = Theme::load("dark", &[], Colours::None);
    assert_eq!(problems, []);
    for (name, tone) in TONES {
        let style = theme.tone(tone);
        assert_eq!((style.fg, style.bg), (None, None), "{name}");
    }
    assert_eq!(
        theme.selection,
        Style::new().add_modifier(Modifier::REVERSED)
    );
}

#[test]
fn a_users_theme_stands_on_another_and_changes_one_slot() {
    let (theme, said) = user("inherits = 'light'\n[palette]\nred = 'light-blue'\n");
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(theme.tone(Tone::Critical).fg, Some(Color::LightBlue));
    assert_eq!(theme.tone(Tone::Ok).fg, Some(Color::Green));
}

#[test]
fn all_problems_come_at_once_with_file_line_and_suggestion() {
    let (theme, said) = user(
        "inherits = 'drak'\n[tone]\ncritcal = 'red'\nok = 'geen'\nmuted = 4\n[parts]\nrule = ''\n",
    );
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(theme.tone(Tone::Warning).fg, Some(Color::LightYellow));
}

#[test]
fn a_theme_in_which_good_looks_like_bad_is_refused() {
    let (theme, said) = user("[tone]\ncritical = 'green'\nwarning = 'green'\nok = 'green'\n");
    assert_eq!(said.len(), 1);
    assert_eq!(theme, Theme::load("dark", &[], Colours::Basic).0);
}

#[test]
fn a_light_background_that_the_environment_tells_has_the_light_theme() {
    let told = |colours: &'static str| {
        for_background(|name| (name == "COLORFGBG").then(|| colours.to_owned()))
    };
    assert_eq!(told("0;15"), "light");
    assert_eq!(told("0;default;15"), "light");
    assert_eq!(told("15;0"), "dark");
    assert_eq!(told("15;default"), "dark");
    assert_eq!(for_background(|_| None), "dark");
}
