//! Draws a view-model. Nothing here knows more than it is told: texts come worded, places and shapes are decided here.

mod cut;
mod dialog;
mod frame;
mod help;
mod history;
mod list;
mod pen;
mod popup;
mod reader;
mod small;
mod symbols;

pub use symbols::Symbols;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::StatefulWidget;

use crate::theme::Theme;
use crate::viewmodel::{Body, Form, Screen};

use pen::Pen;

/// One frame on a terminal of any size.
pub struct View<'a> {
    pub screen: &'a Screen,
    pub theme: &'a Theme,
    pub symbols: Symbols,
}

/// What only drawing finds out.
#[derive(Debug, Default)]
pub struct Found {
    /// Where the terminal's own cursor is parked, for screen readers and magnifiers: on the selected row, or where one types.
    pub cursor: Option<Position>,
    /// Lines of the pane that could be scrolled away.
    pub pane: usize,
    /// What a click means where.
    pub places: Vec<(Rect, Place)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// By its number.
    Tab(u8),
    /// Of the rows in view.
    Row(usize),
    /// Of the lines below the list.
    Below(usize),
}

impl StatefulWidget for View<'_> {
    type State = Found;

    fn render(self, area: Rect, buf: &mut Buffer, found: &mut Self::State) {
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
                    Body::History(history) => history::body(&mut pen, self.screen, history),
                    Body::Reader(reader) => reader::body(&mut pen, reader),
                    Body::Help(help) => help::body(&mut pen, help),
                }
                // A small list says it where the strip is.
                let small = self.screen.form == Form::Small;
                if !small || !matches!(self.screen.body, Body::List(_) | Body::History(_)) {
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
        if let Some(dialog) = &self.screen.dialog {
            dialog::draw(&mut pen, dialog);
        }
        *found = pen.found;
    }
}

#[cfg(test)]
mod tests;
