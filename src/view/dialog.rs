//! A box over a plan: lines, one of which may be typed in.

use super::pen::Pen;
use super::popup;
use crate::viewmodel::{Dialog, Tone};

/// The object that is spoken of stays in sight above it.
const TOP: u16 = 6;

pub(super) fn draw(pen: &mut Pen<'_>, dialog: &Dialog) {
    let whole = dialog.width >= pen.width();
    let width = dialog.width.min(pen.width());
    let wanted = u16::try_from(dialog.lines.len() + 2).unwrap_or(u16::MAX);
    let most = pen.height().saturating_sub(u16::from(!whole));
    let height = wanted.min(most).max(3);
    let top = if whole { 0 } else { TOP.min(most - height) };
    let left = pen.width().saturating_sub(width) / 2;
    popup::border(
        pen,
        (left, top),
        (width, height),
        &dialog.title,
        &dialog.keys,
    );
    let (x, cells) = (left + 2, width.saturating_sub(4));
    let inner = usize::from(height - 2);
    // Where one types is in sight, whatever else is not.
    let typed = dialog.cursor.map_or(0, |(line, _)| line + 1);
    let first = typed.saturating_sub(inner);
    let shown = dialog.lines.iter().enumerate().skip(first).take(inner);
    for (y, (at, line)) in (top + 1..).zip(shown) {
        pen.line(x, y, cells, line);
        if let Some((_, cell)) = dialog.cursor.filter(|(line, _)| *line == at) {
            let cell = x + u16::try_from(cell).unwrap_or(cells).min(cells);
            pen.put(
                cell,
                y,
                1,
                pen.symbols.cursor(),
                pen.theme.tone(Tone::Accent),
            );
            pen.park(cell, y);
        }
    }
}
