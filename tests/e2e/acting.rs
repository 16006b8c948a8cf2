//! A hand that acts from the screen: by name in the palette, and with its eyes on the screen before each key.

use std::time::Duration;

use color_eyre::eyre::bail;

use crate::bed::Result;
use crate::terminal::Terminal;

/// A frame is there long before; a key that was thrown away is pressed again.
const AGAIN: Duration = Duration::from_secs(3);
const TRIES: usize = 10;
const BOUNCE: Duration = Duration::from_millis(350);
/// In the border of a confirmation.
const BOX: &str = "Esc cancel";

/// Lists the objects of a kind whose rows have the word, and stands on the first.
pub(crate) fn list(screen: &mut Terminal, kind: &str, word: &str) -> Result {
    screen.keys(&format!(":{kind} {word}"))?;
    screen.wait_line(&["▌", kind, word])?;
    screen.keys("\r")?;
    on_row(screen, word)
}

/// The cursor is on a row of a list that has the word: before it is read again there is nothing to act on.
pub(crate) fn on_row(screen: &mut Terminal, word: &str) -> Result {
    screen.wait(&format!("on the row {word:?}"), |text| {
        let under = |line: &str| line.starts_with('▌') && line.contains(word);
        !text.contains('┘') && text.lines().any(under)
    })?;
    Ok(())
}

/// Chooses an action by its name.
pub(crate) fn choose(screen: &mut Terminal, command: &str) -> Result {
    screen.keys(&format!(":{command}"))?;
    screen.wait_line(&["▌", command, "preview of"])?;
    screen.keys("\r")
}

/// The same; gives the screen of a plan that can be confirmed.
pub(crate) fn preview(screen: &mut Terminal, command: &str) -> Result<String> {
    choose(screen, command)?;
    screen.wait_text("Enter confirm")
}

/// Confirms what needs nothing typed, or has it typed; gives the screen without the box.
pub(crate) fn send(screen: &mut Terminal) -> Result<String> {
    if !screen.screen().contains(BOX) {
        confirm(screen)?;
        // Sooner it is a key that bounces.
        std::thread::sleep(BOUNCE);
    }
    press(screen, "\r", "sent", |text| !text.contains("Enter send"))
}

/// The plan that stands there is sent, and reached.
pub(crate) fn carry_out(screen: &mut Terminal, what: &str) -> Result {
    screen.wait_text("Enter confirm")?;
    send(screen)?;
    screen.wait_line(&["your action", what])?;
    screen.wait_line(&["✓", "reached"])?;
    Ok(())
}

/// The box stands there.
pub(crate) fn confirm(screen: &mut Terminal) -> Result<String> {
    press(screen, "\r", "asking", |text| text.contains(BOX))
}

/// Presses the key until the screen is so: what is pressed before a box has been shown is thrown away.
pub(crate) fn press(
    screen: &mut Terminal,
    key: &str,
    what: &str,
    so: impl Fn(&str) -> bool,
) -> Result<String> {
    for _ in 0..TRIES {
        screen.keys(key)?;
        if let Ok(text) = screen.wait_at_most(AGAIN, what, &so) {
            return Ok(text);
        }
    }
    bail!("the screen never was {what}:\n{}", screen.screen())
}

/// As one line, whatever it was wrapped to.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
