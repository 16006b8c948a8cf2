//! The only hand that writes into the buffer: clips, cuts and translates.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::{Found, Place, Symbols, cut};
use crate::theme::Theme;
use crate::viewmodel::{Bar, Line, Piece, State, Title, Tone};

pub(super) struct Pen<'a> {
    buf: &'a mut Buffer,
    pub(super) area: Rect,
    pub(super) theme: &'a Theme,
    pub(super) symbols: Symbols,
    /// What drawing found out so far.
    pub(super) found: Found,
}

impl<'a> Pen<'a> {
    pub(super) fn new(buf: &'a mut Buffer, area: Rect, theme: &'a Theme, symbols: Symbols) -> Self {
        Self {
            buf,
            area,
            theme,
            symbols,
            found: Found::default(),
        }
    }

    pub(super) fn width(&self) -> u16 {
        self.area.width
    }

    pub(super) fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes what fits into the cells from `x`, and says where it ended.
    pub(super) fn put(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let cells = cells.min(self.width().saturating_sub(x));
        if cells == 0 || y >= self.height() {
            return x;
        }
        let text = self.symbols.text(text);
        let text = cut::end(&text, usize::from(cells), self.symbols);
        let (left, top) = (self.area.x + x, self.area.y + y);
        // Styles are laid over what is there: what stood here before must not shine through.
        let room = u16::try_from(cut::width(&text)).unwrap_or(cells).min(cells);
        self.buf
            .set_style(Rect::new(left, top, room, 1), Style::reset());
        let (end, _) = self
            .buf
            .set_stringn(left, top, &text, usize::from(cells), style);
        end - self.area.x
    }

    pub(super) fn text(&mut self, x: u16, y: u16, cells: u16, text: &str) -> u16 {
        self.put(x, y, cells, text, self.theme.tone(Tone::Text))
    }

    pub(super) fn muted(&mut self, x: u16, y: u16, cells: u16, text: &str) -> u16 {
        self.put(x, y, cells, text, self.theme.tone(Tone::Muted))
    }

    /// Writes so that the text ends at the last of the cells.
    pub(super) fn right(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) {
        let width = self.cells(text).min(cells);
        self.put(x + cells - width, y, width, text, style);
    }

    pub(super) fn mark(&mut self, x: u16, y: u16, state: State) -> u16 {
        let style = self.theme.tone(state.tone());
        self.put(x, y, 2, self.symbols.state(state), style)
    }

    pub(super) fn line(&mut self, x: u16, y: u16, cells: u16, line: &Line) -> u16 {
        let end = x.saturating_add(cells);
        let mut at = x;
        let mut after_mark = false;
        for piece in line {
            match piece {
                Piece::Mark(state) => {
                    // A mark stands one cell away from the words around it.
                    let gap = u16::from(at > x);
                    at = self.mark(at + gap, y, *state);
                    after_mark = true;
                }
                Piece::Text(words, tone) => {
                    let style = self.theme.tone(*tone);
                    let spaced = after_mark && !words.starts_with(' ');
                    at += u16::from(spaced);
                    at = self.put(at, y, end.saturating_sub(at), words, style);
                    after_mark = false;
                }
                Piece::Found(words) => {
                    // The line under the cursor may be reversed whole.
                    let lit = Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED;
                    let style = self.theme.tone(Tone::Text).add_modifier(lit);
                    at = self.put(at, y, end.saturating_sub(at), words, style);
                    after_mark = false;
                }
                Piece::Bar(bar) => {
                    at = self.bar(at, y, bar, None);
                    after_mark = false;
                }
                Piece::Gauge(tenths, tone) => {
                    at = self.gauge(at, y, end, *tenths, *tone);
                    after_mark = false;
                }
            }
        }
        at
    }

    pub(super) fn bar(&mut self, x: u16, y: u16, bar: &Bar, state: Option<State>) -> u16 {
        let tone = |cell| match cell {
            crate::viewmodel::BarCell::NewUnready if state == Some(State::Failed) => Tone::Critical,
            crate::viewmodel::BarCell::NewReady => Tone::Ok,
            crate::viewmodel::BarCell::NewUnready => Tone::Info,
            _ => Tone::Muted,
        };
        let mut at = x;
        for cell in bar {
            let style = self.theme.tone(tone(*cell));
            at = self.put(at, y, 1, self.symbols.bar(*cell), style);
        }
        at
    }

    fn gauge(&mut self, x: u16, y: u16, end: u16, tenths: u8, tone: Tone) -> u16 {
        let tenths = usize::from(tenths.min(10));
        let room = end.saturating_sub(x);
        let used = self.symbols.tenth(true).repeat(tenths);
        let at = self.put(x, y, room, &used, self.theme.tone(tone));
        let free = self.symbols.tenth(false).repeat(10 - tenths);
        self.muted(at, y, end.saturating_sub(at), &free)
    }

    /// `── what and how many ──── order or age ──`.
    pub(super) fn rule(&mut self, y: u16, cells: u16, title: &Title) {
        let line = self.symbols.rule().repeat(usize::from(cells));
        self.put(0, y, cells, &line, self.theme.rule);
        let room = cells.saturating_sub(6);
        let said = self.symbols.text(&title.right).into_owned();
        let said = cut::end(&said, usize::from(room / 2), self.symbols);
        let right = self.cells(&said);
        if right > 0 {
            let x = cells.saturating_sub(right + 4);
            let spaced = format!(" {said} ");
            self.put(x, y, right + 2, &spaced, self.theme.rule);
            self.muted(x + 1, y, right, &said);
        }
        if title.left.is_empty() {
            return;
        }
        let taken = if right > 0 { right + 3 } else { 0 };
        let mut x = 2;
        x = self.text(x, y, 1, " ");
        if let Some(state) = title.state {
            x = self.mark(x, y, state);
            x = self.text(x, y, 1, " ");
        }
        let room = cells.saturating_sub(x + 3 + taken);
        let end = self.put(x, y, room, &title.left, self.theme.title);
        self.text(end, y, 1, " ");
    }

    pub(super) fn border(&mut self, x: u16, top: u16, bottom: u16) {
        for y in top..bottom {
            self.put(x, y, 1, self.symbols.border(), self.theme.rule);
        }
    }

    /// Lays the cursor over a row that is drawn, and parks the terminal's own there.
    pub(super) fn select(&mut self, y: u16, cells: u16, critical: bool) {
        if y >= self.height() {
            return;
        }
        self.put(
            0,
            y,
            1,
            self.symbols.cursor(),
            self.theme.tone(Tone::Accent),
        );
        let mut style = self.theme.selection;
        if critical {
            style = style.add_modifier(Modifier::BOLD);
        }
        let row = Rect::new(self.area.x, self.area.y + y, cells.min(self.width()), 1);
        self.buf.set_style(row, style);
        self.park(0, y);
    }

    /// The same in a part of a line, without a cursor sign.
    pub(super) fn select_span(&mut self, x: u16, y: u16, cells: u16) {
        if y >= self.height() || x >= self.width() {
            return;
        }
        let cells = cells.min(self.width() - x);
        self.put(
            x,
            y,
            1,
            self.symbols.cursor(),
            self.theme.tone(Tone::Accent),
        );
        let span = Rect::new(self.area.x + x, self.area.y + y, cells, 1);
        self.buf.set_style(span, self.theme.selection);
        self.park(x, y);
    }

    pub(super) fn park(&mut self, x: u16, y: u16) {
        if y < self.height() && self.width() > 0 {
            let x = x.min(self.width() - 1);
            self.found.cursor = Some(Position::new(self.area.x + x, self.area.y + y));
        }
    }

    /// A click on these cells means that.
    pub(super) fn clickable(&mut self, x: u16, y: u16, cells: u16, place: Place) {
        if x < self.width() && y < self.height() {
            let cells = cells.min(self.width() - x);
            let area = Rect::new(self.area.x + x, self.area.y + y, cells, 1);
            self.found.places.push((area, place));
        }
    }

    pub(super) fn cells(&self, text: &str) -> u16 {
        u16::try_from(cut::width(&self.symbols.text(text))).unwrap_or(u16::MAX)
    }
}
