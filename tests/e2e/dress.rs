//! Colours, letters and the mouse: what each terminal is given.

use std::time::Duration;

use rstest::rstest;

use crate::arena::{fate, labelled_arena, place, run};
use crate::bed::{Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

/// Parameters of every order that sets a style.
fn styles(written: &[u8]) -> Vec<Vec<u16>> {
    let text = String::from_utf8_lossy(written);
    let orders = text.split("\u{1b}[").skip(1);
    let styles = orders.filter_map(|order| {
        let end = order.find(|letter: char| !letter.is_ascii_digit() && letter != ';')?;
        let parameters = order.get(..end).filter(|_| order[end..].starts_with('m'))?;
        Some(
            parameters
                .split(';')
                .map(|it| it.parse().unwrap_or(0))
                .collect(),
        )
    });
    styles.collect()
}

/// What is written of a critical row by a program with these arguments and variables, then after each of these keys, which
/// show something or, after `!`, hide it.
async fn written(
    space: &str,
    arguments: &[&str],
    variables: &[(&str, &str)],
    keys: &[(&str, &str)],
) -> Result<Vec<u8>> {
    let (plane, api) = labelled_arena(space, &place(space, "prod")).await?;
    run(&api, space, 1, &fate("crash")).await?;
    let home = Home::new()?;
    let arguments = [&["-n", space], arguments].concat();
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::within(&home, &kubeconfig, &arguments, (80, 24), variables)?;
    screen.wait_line(&["app", "exit 1"])?;
    for (keys, shown) in keys {
        screen.keys(keys)?;
        match shown.strip_prefix('!') {
            Some(gone) => screen.wait(shown, |screen| !screen.contains(gone))?,
            None => screen.wait_text(shown)?,
        };
    }
    let written = screen.bytes();
    screen.quit()?;
    Ok(written)
}

#[tokio::test]
async fn no_color_leaves_weight_and_reverse_in_the_terminals_own_colours() -> Result {
    let written = written("dress-none", &[], &[("NO_COLOR", "1")], &[]).await?;
    let styles = styles(&written);
    for style in &styles {
        let colour = style
            .iter()
            .find(|it| matches!(it, 30..=38 | 40..=48 | 90..=97 | 100..=107));
        assert_eq!(colour, None, "{style:?}");
    }
    for wanted in [1, 7] {
        assert!(
            styles.iter().any(|style| style.contains(&wanted)),
            "{wanted}"
        );
    }
    Ok(())
}

#[rstest]
#[case::sixteen("dress-sixteen", "", true)]
#[case::all("dress-all", "truecolor", false)]
#[tokio::test]
async fn a_terminal_of_sixteen_colours_is_given_no_other(
    #[case] space: &str,
    #[case] colours: &str,
    #[case] basic: bool,
) -> Result {
    let variables = [("TERM", "xterm"), ("COLORTERM", colours)];
    let written = written(space, &[], &variables, &[]).await?;
    let styles = styles(&written);
    let mut coloured = styles
        .iter()
        .filter_map(|style| {
            style
                .iter()
                .position(|it| matches!(it, 38 | 48))
                .map(|at| &style[at..])
        })
        .peekable();
    assert!(coloured.peek().is_some(), "{styles:?}");
    let first_sixteen = |style: &[u16]| matches!(style, [_, 5, 0..=15, ..]);
    assert_eq!(coloured.all(first_sixteen), basic, "{styles:?}");
    Ok(())
}

#[rstest]
#[case::by_flag("dress-flag", &["--theme", "light"], "")]
#[case::by_background("dress-background", &[], "0;15")]
#[tokio::test]
async fn the_light_theme_is_there_for_a_light_background(
    #[case] space: &str,
    #[case] arguments: &[&str],
    #[case] background: &str,
) -> Result {
    let variables = [("COLORTERM", "truecolor"), ("COLORFGBG", background)];
    let written = written(space, arguments, &variables, &[]).await?;
    // The red of themes/light.toml.
    let red = [38, 2, 0xb3, 0x15, 0x1b];
    let styles = styles(&written);
    assert!(
        styles
            .iter()
            .any(|style| style.windows(red.len()).any(|it| it == red)),
        "{styles:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_locale_without_letters_beyond_ascii_is_written_none() -> Result {
    let keys = [
        ("2", "[2 Projets]"),
        ("4", "[4 Deploiements]"),
        ("\r", "environnement"),
        (":", "+ commande -"),
        ("\x1b", "!+ commande -"),
        ("?", "SE DEPLACER"),
        ("\x1b", "1 environnement"),
    ];
    let variables = [("LANG", "C")];
    let written = written("dress-ascii", &["--lang", "fr"], &variables, &keys).await?;
    let beyond = written.iter().position(|byte| !byte.is_ascii());
    assert_eq!(beyond, None, "{}", String::from_utf8_lossy(&written));
    Ok(())
}

const MOUSE_ON: &[u8] = b"\x1b[?1000h";
/// After this it is told again to go on.
const AGAIN: Duration = Duration::from_millis(200);

#[tokio::test]
async fn the_mouse_is_heard_when_asked_for_and_given_back_with_the_terminal() -> Result {
    let space = "dress-mouse";
    let (plane, api) = labelled_arena(space, &place(space, "prod")).await?;
    run(&api, space, 1, &fate("crash")).await?;
    let home = Home::new()?;
    home.write(".config/vigie/keymaps/mine.toml", "[list]\n'M' = 'mouse'\n")?;
    home.write(".config/vigie/config.toml", "keymap = 'mine'\n")?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_line(&["dress-mouse/prod", "exit 1"])?;
    let on = |screen: &Terminal| {
        let written = screen.bytes();
        written
            .windows(MOUSE_ON.len())
            .filter(|it| *it == MOUSE_ON)
            .count()
    };
    assert_eq!(on(&screen), 0);
    screen.keys("M")?;
    screen.wait_text("the mouse selects rows and tabs")?;
    // The left button on the second tab of the second line.
    screen.keys("\x1b[<0;14;2M\x1b[<0;14;2m")?;
    screen.wait_text("[2 Tenants]")?;
    screen.keys("\x1a")?;
    screen.wait("given back", |shown| !shown.contains("Tenants"))?;
    assert_eq!(on(&screen), 1);
    // It gives the terminal back first and stops then: an early call to go on would be lost.
    let taken_again = |screen: &mut Terminal| {
        let shown = |it: &str| it.contains("[2 Tenants]");
        screen.wait_at_most(AGAIN, "taken again", shown).is_ok()
    };
    for _ in 0..100 {
        screen.signal("CONT")?;
        if taken_again(&mut screen) {
            break;
        }
    }
    screen.keys("1")?;
    screen.wait_text("[1 Watch]")?;
    assert!(on(&screen) > 1);
    screen.signal("TERM")?;
    screen.end()?;
    Ok(())
}
