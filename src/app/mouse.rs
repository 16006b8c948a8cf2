//! The mouse, once asked for, and what is sent to the person's clipboard.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::{App, Effect, Now};
use crate::terminal::clipboard::{LONGEST, Unsent};
use crate::view::{Found, Place};
use crate::viewmodel::{Below, Body, History, Page, Screen, Target};

/// Rows that one notch of the wheel goes.
const NOTCH: isize = 3;

/// What a click chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Page(Page),
    Row(Target),
}

impl App {
    /// What the frame that was just drawn has where.
    pub(super) fn spots(&self, screen: &Screen, found: &Found) -> Vec<(Rect, Spot)> {
        let spot = |(area, place): &(Rect, Place)| Some((*area, self.spot(screen, *place)?));
        found.places.iter().filter_map(spot).collect()
    }

    fn spot(&self, screen: &Screen, place: Place) -> Option<Spot> {
        match (place, &screen.body) {
            (Place::Tab(number), _) => {
                let mut tabs = Page::TABS.into_iter();
                tabs.find(|(known, _)| *known == number)
                    .map(|(_, page)| Spot::Page(page))
            }
            (Place::Row(at), Body::List(list) | Body::History(History { list, .. })) => {
                let at = self.sheet.listed.get(list.first + at)?;
                self.sheet.rows.target(*at).map(Spot::Row)
            }
            (Place::Below(at), Body::List(list)) => match list.below.get(at)? {
                Below::Item(item) => Some(Spot::Row(item.target.clone())),
                _ => None,
            },
            (_, Body::Help(_) | Body::Reader(_) | Body::History(_)) => None,
        }
    }

    pub(super) fn ask_mouse(&mut self, now: Now) -> Vec<Effect> {
        self.mouse = !self.mouse;
        let said = if self.mouse {
            "notice-mouse-on"
        } else {
            "notice-mouse-off"
        };
        let said = self.options.catalogue.say(said);
        self.notices.good(said, now.at);
        vec![Effect::Mouse(self.mouse)]
    }

    pub(super) fn heed_mouse(&mut self, event: MouseEvent, now: Now) {
        match event.kind {
            // What is under a popup waits.
            MouseEventKind::Down(_) if self.overlay.is_some() || self.confirms() => {}
            MouseEventKind::Down(MouseButton::Left) => {
                let at = Position::new(event.column, event.row);
                // Before the hand is at the rows, which may move them.
                let mut spots = self.spots.iter();
                let chosen = spots.find(|(area, _)| area.contains(at));
                let chosen = chosen.map(|(_, spot)| spot.clone());
                self.hand(now);
                match chosen {
                    Some(Spot::Page(page)) => self.turn_to(page, now),
                    Some(Spot::Row(target)) => {
                        self.sheet.pane = None;
                        self.sheet.selection = Some(target);
                        self.list();
                    }
                    None => {}
                }
            }
            MouseEventKind::ScrollUp => {
                self.roll(-NOTCH, now);
            }
            MouseEventKind::ScrollDown => self.roll(NOTCH, now),
            _ => {}
        }
    }

    fn roll(&mut self, by: isize, now: Now) {
        self.hand(now);
        if self.overlay.is_some() {
            self.choose_by(by);
        } else {
            self.go(by);
        }
    }

    pub(super) fn tell_copied(&mut self, lines: usize, sent: Result<(), Unsent>, now: Now) {
        let say = &self.options.catalogue;
        match sent {
            Ok(()) => {
                let said = say.say_with("notice-sent", &[("count", lines.into())]);
                self.notices.good(said, now.at);
            }
            Err(Unsent::TooLong(bytes)) => {
                let arguments = [("size", kilobytes(bytes)), ("most", kilobytes(LONGEST))]
                    .map(|(name, size)| (name, size.into()));
                self.notices
                    .answer(say.say_with("notice-too-long", &arguments));
            }
            Err(Unsent::Failed(error)) => {
                let words = [("words", error.to_string().into())];
                self.notices.answer(say.say_with("notice-unsent", &words));
            }
        }
    }
}

fn kilobytes(bytes: usize) -> usize {
    bytes.div_ceil(1000)
}
