//! Draws a view-model. Nothing here knows more than it is told: texts come worded, places and shapes are decided here.

mod cut;
mod frame;
mod pen;
mod small;
mod symbols;
mod watch;

pub use symbols::Symbols;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::StatefulWidget;

use crate::theme::Theme;
use crate::viewmodel::{Form, Screen};

use pen::Pen;

/// One frame on a terminal of any size. Its state is where the terminal's own cursor is parked, for screen readers and
/// magnifiers: on the selected row, or in the filter.
pub struct View<'a> {
    pub screen: &'a Screen,
    pub theme: &'a Theme,
    pub symbols: Symbols,
}

impl StatefulWidget for View<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Self::State) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let mut pen = Pen::new(buf, area, self.theme, self.symbols);
        match self.screen.form {
            Form::Speck => small::speck(&mut pen, self.screen),
            Form::Tiny => small::tiny(&mut pen, self.screen),
            Form::Small | Form::Normal | Form::Wide => {
                frame::header(&mut pen, self.screen);
                frame::tabs(&mut pen, &self.screen.tabs);
                watch::body(&mut pen, self.screen);
                if self.screen.form != Form::Small {
                    frame::notice(&mut pen, self.screen.notice.as_ref());
                }
                frame::footer(&mut pen, &self.screen.footer);
            }
        }
        *cursor = pen.cursor;
    }
}

#[cfg(test)]
mod tests;
