//! Draws a view-model. Nothing here knows more than it is told: texts come worded, places and shapes are decided here.

mod cut;
mod frame;
mod list;
mod pen;
mod popup;
mod small;
mod symbols;

pub use symbols::Symbols;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::StatefulWidget;

use crate::theme::Theme;
use crate::viewmodel::{Body, Form, Screen};

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
                match &self.screen.body {
                    Body::List(list) => list::body(&mut pen, self.screen, list),
                }
                if self.screen.form != Form::Small {
                    frame::notice(&mut pen, self.screen.notice.as_ref());
                }
                frame::footer(&mut pen, &self.screen.footer);
            }
        }
        if let Some(popup) = self
            .screen
            .popup
            .as_ref()
            .filter(|_| !matches!(self.screen.form, Form::Speck))
        {
            popup::draw(&mut pen, popup);
        }
        *cursor = pen.cursor;
    }
}

#[cfg(test)]
mod tests;
