//! How full the quotas of an environment are. A figure is never cut: what stands beside it goes first.

use super::reader::cells_of;
use super::{Facts, Form, Line, Piece, Tone, muted, text};
use crate::insight::{EnvironmentRow, Fill};

/// From here a bound is near, from there it is reached.
pub(super) const NEAR: f64 = 0.8;
const REACHED: f64 = 0.95;

const SHOWN: [&str; 2] = ["cpu", "memory"];
/// Cells beside the lines of the pane, and before those of the strip.
const PANE_EDGES: u16 = 3;
const STRIP_LABEL: u16 = 11;

/// Rounded down: a bound that is not reached never reads as reached.
pub(super) fn percent(fill: &Fill) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded just before"
    )]
    let percent = (fill.ratio * 100.0).clamp(0.0, 9999.0) as u32;
    percent
}

pub(super) fn tone(fill: &Fill) -> Tone {
    match fill.ratio {
        ratio if ratio >= REACHED => Tone::Critical,
        ratio if ratio >= NEAR => Tone::Warning,
        _ => Tone::Text,
    }
}

fn shown<'a>(
    facts: &Facts<'_>,
    environment: &'a EnvironmentRow,
) -> impl Iterator<Item = (String, &'a Fill)> {
    SHOWN.into_iter().filter_map(|resource| {
        let mut fills = environment.quotas.iter();
        let fill = fills.find(|it| it.resource.ends_with(resource))?;
        Some((facts.say(&format!("quota-{resource}")), fill))
    })
}

fn bar(fill: &Fill) -> Piece {
    let tenths = u8::try_from(percent(fill).min(100) / 10).unwrap_or(10);
    Piece::Gauge(tenths, tone(fill))
}

/// A line each: `cpu  ████████░░ 4.6 of 6      77%`.
pub(super) fn in_pane(facts: &Facts<'_>, environment: &EnvironmentRow) -> Vec<Line> {
    let room = Form::Wide
        .pane_width(facts.columns)
        .saturating_sub(PANE_EDGES);
    let line = |(label, fill): (String, &Fill)| {
        let catalogue = facts.catalogue;
        let (used, hard) = catalogue.bound(&fill.resource, &fill.used, &fill.hard);
        let arguments = [("used", used.into()), ("hard", hard.into())];
        let figures = catalogue.say_with("quota-used-of", &arguments);
        let label = || muted(format!("{label:<3}  "));
        let share = format!("{}%", percent(fill));
        let lines = [
            vec![
                label(),
                bar(fill),
                text(format!(" {figures:<12}{share:>5}")),
            ],
            vec![label(), bar(fill), text(format!(" {figures}"))],
            vec![label(), text(figures)],
        ];
        first_that_fits(lines, room)
    };
    shown(facts, environment).map(line).collect()
}

/// One after the other: `✓ 3/4  cpu ████████░░ 4.6/6  mem █████░░░░░ 4/8Gi`.
pub(super) fn in_strip(facts: &Facts<'_>, head: &[Piece], environment: &EnvironmentRow) -> Line {
    let fills: Vec<_> = shown(facts, environment).collect();
    let with = |bars: bool, count: usize| {
        let mut line = head.to_vec();
        for (label, fill) in fills.iter().take(count) {
            let catalogue = facts.catalogue;
            let (used, hard) = catalogue.bound(&fill.resource, &fill.used, &fill.hard);
            line.push(muted(format!("  {label} ")));
            if bars {
                line.extend([bar(fill), text(" ")]);
            }
            line.push(text(format!("{used}/{hard}")));
        }
        line
    };
    let lines = [
        with(true, 2),
        with(false, 2),
        with(false, 1),
        with(false, 0),
    ];
    first_that_fits(lines, facts.columns.saturating_sub(STRIP_LABEL))
}

/// The last is taken when none fits.
fn first_that_fits<const N: usize>(lines: [Line; N], room: u16) -> Line {
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_none() || cells(&line) <= usize::from(room) {
            return line;
        }
    }
    Line::new()
}

fn cells(line: &[Piece]) -> usize {
    line.iter().map(cells_of).sum()
}
