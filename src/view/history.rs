//! The revisions of a workload over what differs between two of them.

use super::list;
use super::pen::Pen;
use crate::viewmodel::{History, Screen, Tone};

pub(super) fn body(pen: &mut Pen<'_>, screen: &Screen, history: &History) {
    list::stacked(pen, screen, &history.list);
    pen.found.pane = history.hidden;
    if history.list.pane.is_some() {
        let below = u16::try_from(history.list.below.len()).unwrap_or(0);
        let y = pen.height().saturating_sub(2 + below);
        let style = pen.theme.tone(Tone::Accent);
        pen.put(0, y, 1, pen.symbols.cursor(), style);
        pen.park(0, y);
    }
}
