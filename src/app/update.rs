//! What each message does. Synchronous, without I/O: what must happen outside is returned.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_input::{Input as Line, InputRequest};

use super::{Acts, App, Effect, Message, Now};
use crate::action::Need;
use crate::command::{Command, Scope};
use crate::keymap::{Key, Meaning};
use crate::model::{Feed, Link};
use crate::tenancy::Places;
use crate::terminal::Signal;
use crate::viewmodel::{self, Ask, Aspect, Filter, Page};

/// Longer filters are cut: nobody types them, but a paste may be anything.
const LONGEST_FILTER: usize = 500;

pub fn update(app: &mut App, message: Message, now: Now) -> Vec<Effect> {
    app.now = now.moment;
    let mut effects = Vec::new();
    match message {
        Message::Signal(Signal::End) => return vec![Effect::Quit],
        Message::Signal(Signal::Stop) => return vec![Effect::Suspend],
        Message::Signal(Signal::Back) => return vec![Effect::Resume],
        // Facts change what is open only once they are judged, but for what is counted.
        Message::Delta(delta) => {
            app.displaced |= Places::concerned_by(&delta);
            app.store.apply(delta, now.moment);
            app.unjudged = true;
            return effects;
        }
        Message::Told(lookup, told) => {
            app.dossier.tell(lookup, told);
            app.hear(now);
            return effects;
        }
        Message::Key(event) => effects = app.key(event, now),
        Message::Paste(text) => app.paste(&text, now),
        Message::Mouse(event) => app.heed_mouse(event, now),
        Message::Copied(lines, sent) => app.tell_copied(lines, sent, now),
        Message::Saved(saved) => app.tell_saved(saved, now),
        Message::Resize => {}
        Message::Judge => {
            app.judge(now);
            effects = app.follow_deeds(now);
            effects.extend(app.settle_open(now));
        }
        Message::Acts(acts) => effects = app.hear_acts(acts, now),
        Message::Tick => effects = app.tick(now),
    }
    effects.extend(app.ask_for_plan(now));
    effects.extend(app.look_into(now));
    effects.extend(app.review_rights(now));
    effects.extend(app.read_journal());
    effects
}

/// What a command opens, whatever row it is on.
const fn page_of(command: Command) -> Option<Page> {
    Some(match command {
        Command::Watch => Page::Watch,
        Command::Tenants => Page::Tenants,
        Command::Deployments => Page::Deployments,
        Command::Applications => Page::Applications,
        Command::Flux => Page::Flux,
        Command::Helm => Page::Helm,
        Command::Journal => Page::Journal,
        _ => return None,
    })
}

impl App {
    /// Facts came in, or time made the judgement old.
    pub(super) fn needs_judgement(&self) -> bool {
        self.unjudged
    }

    fn hear_acts(&mut self, acts: Acts, now: Now) -> Vec<Effect> {
        match acts {
            Acts::Replied(_, Need::Rules(cluster, namespace), reply) => {
                self.rights.tell(cluster, &namespace, &reply);
            }
            Acts::Replied(id, need, reply) => self.hear_reply(id, &need, reply, now),
            Acts::Executed(id, executed, answers) => {
                self.note_executed(&id, &executed, answers, now);
                return self.hear_executed(&id, executed, now);
            }
            Acts::Rechecked(id, reply) => return self.hear_rechecked(&id, &reply, now),
            Acts::Journal(read) => self.hear_journal(read, now),
        }
        Vec::new()
    }

    fn tick(&mut self, now: Now) -> Vec<Effect> {
        self.notices.expire(now.at);
        if self.settle.is_some_and(|at| at <= now.at) {
            let rows = self.rows();
            self.show(rows, now);
        }
        self.unjudged |= self.judgement.wake.is_some_and(|at| at <= now.moment);
        let mut effects = self.follow_deeds(now);
        effects.extend(self.settle_open(now));
        effects
    }

    fn key(&mut self, event: KeyEvent, now: Now) -> Vec<Effect> {
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        if self.unseen() {
            return Vec::new();
        }
        self.hand(now);
        if self.type_number(event, now) {
            return Vec::new();
        }
        if self.asks_help() && self.overlay.is_none() {
            return self.ask_help(event, now);
        }
        let scope = if self.overlay.is_some() || self.confirms() {
            Scope::Choice
        } else if self.typing.is_some() {
            Scope::Filter
        } else {
            Scope::List
        };
        self.keys.push(Key::from(event));
        match self.options.keymap.meaning(scope, &self.keys) {
            Meaning::Prefix => Vec::new(),
            Meaning::Command(command) => {
                self.keys.clear();
                self.command(command, now)
            }
            Meaning::Nothing => {
                if self.keys.len() == 1 {
                    self.type_key(event);
                }
                self.keys.clear();
                Vec::new()
            }
        }
    }

    pub(super) fn hand(&mut self, now: Now) {
        self.last_key = Some(now.at);
        self.notices.key();
        self.sheet.sought = None;
        self.settle_logs();
        // A key acts on what was under the cursor when it was pressed.
        self.settle_event();
        self.recall_outline();
        self.look();
        self.pin();
    }

    pub(super) fn command(&mut self, command: Command, now: Now) -> Vec<Effect> {
        if !viewmodel::works(command, self.trail.page()) {
            return Vec::new();
        }
        if let Some(effects) = self.command_plan(command, now) {
            return effects;
        }
        if let Some(page) = page_of(command) {
            self.turn_to(page, now);
            return Vec::new();
        }
        match command {
            Command::Up => self.go(-1),
            Command::Down => self.go(1),
            Command::Top => self.go(isize::MIN),
            Command::Bottom => self.go(isize::MAX),
            Command::PageUp => self.go(-self.page()),
            Command::PageDown => self.go(self.page()),
            Command::HalfPageUp => self.go(-(self.page() / 2).max(1)),
            Command::HalfPageDown => self.go((self.page() / 2).max(1)),
            Command::Filter if self.reads() => self.edit_search(),
            Command::Filter => self.edit_filter(),
            Command::KeepFilter => self.keep_filter(now),
            Command::Complete => self.complete(),
            Command::DropFilter => {
                if !self.drop_search() {
                    self.drop_filter();
                    self.drop_marks(now);
                }
            }
            Command::EmptyFilter => {
                self.typing = Some(Line::default());
                self.refilter();
            }
            Command::Escape => {
                let closed = self.sheet.pane.take().is_some() || self.notices.close();
                if closed || self.drop_search() {
                } else if self.sheet.drilled {
                    self.step(false, now);
                } else if self.drop_filter() {
                    self.drop_marks(now);
                } else if !self.unmark() {
                    self.leave(now);
                }
            }
            Command::Back => self.step(false, now),
            Command::Forth => self.step(true, now),
            Command::Pane => self.enter_pane(),
            Command::Open => self.open(now),
            Command::Search => {
                self.turn_to(Page::Search, now);
                self.edit_filter();
            }
            Command::Palette => self.ask(Ask::Command),
            Command::Tenant => self.ask(Ask::Tenant),
            Command::Classes => self.ask(Ask::Classes),
            Command::Sort => self.ask(Ask::Sort),
            Command::SortUp => self.turn(false, now),
            Command::SortDown => self.turn(true, now),
            Command::Previous => self.choose_by(-1),
            Command::Next => self.choose_by(1),
            Command::Choose => return self.choose(now),
            Command::Dismiss => self.overlay = None,
            Command::Fold => self.fold_selected(false, now),
            Command::Unfold => self.fold_selected(true, now),
            Command::Mark => self.mark(),
            Command::MarkSpan => self.mark_span(),
            Command::NextInNeed if self.reads() => self.seek_in_text(true, now),
            Command::PreviousInNeed if self.reads() => self.seek_in_text(false, now),
            Command::NextInNeed => self.seek(true, now),
            Command::PreviousInNeed => self.seek(false, now),
            Command::Rollout => self.turn_to_aspect(Aspect::Rollout, now),
            Command::Why => self.turn_to_aspect(Aspect::Why, now),
            Command::Events => self.turn_to_aspect(Aspect::Events, now),
            Command::Yaml => self.turn_to_aspect(Aspect::Yaml, now),
            Command::Describe => self.turn_to_aspect(Aspect::Describe, now),
            Command::History => self.turn_to_history(now),
            Command::Logs => self.turn_to_logs(now),
            Command::Follow
            | Command::PreviousRun
            | Command::Times
            | Command::Level
            | Command::Container
            | Command::Since
            | Command::Save => return self.command_logs(command, now),
            Command::Wrap => self.sheet.wrap = !self.sheet.wrap,
            Command::Retry => return self.retry(now),
            Command::Help => self.help(now),
            Command::Copy => self.ask_copy(),
            Command::Mouse => return self.ask_mouse(now),
            Command::Redraw => return vec![Effect::Redraw],
            Command::Suspend => return vec![Effect::Suspend],
            // Hands that know a pager close the text, not the program.
            Command::Leave if self.reads() || self.has_few_rows() => {
                self.leave(now);
            }
            Command::Leave | Command::Quit => return vec![Effect::Quit],
            Command::Undo => self.take_back(now),
            action => self.act_on_row(action, now),
        }
        Vec::new()
    }

    fn retry(&mut self, now: Now) -> Vec<Effect> {
        let denied = |(_, feed): (&_, &Feed)| matches!(feed, Feed::Denied { .. });
        let lacking = self.dossier.lacking();
        let lost = self.store.clusters().filter(|cluster| {
            let sight = self.survey.clusters.get(usize::from(cluster.id().0));
            matches!(cluster.link(), Link::Degraded { .. })
                || sight.is_some_and(|it| !it.lost.is_empty())
                || cluster.feeds().any(denied)
                || lacking.contains(&cluster.id())
        });
        let lost: Vec<_> = lost.map(|it| (it.id(), it.name().to_string())).collect();
        let catalogue = &self.options.catalogue;
        let said = if lost.is_empty() {
            catalogue.say("notice-retry-none")
        } else {
            let names: Vec<_> = lost.iter().map(|(_, name)| name.as_str()).collect();
            catalogue.say_with("notice-retry", &[("clusters", names.join(", ").into())])
        };
        self.notices.good(said, now.at);
        lost.into_iter().map(|(id, _)| Effect::Retry(id)).collect()
    }

    fn paste(&mut self, text: &str, now: Now) {
        if self.unseen() {
            return;
        }
        self.hand(now);
        let Some(line) = self.line() else { return };
        for letter in text.trim().chars() {
            let letter = if letter.is_control() { ' ' } else { letter };
            line.handle(InputRequest::InsertChar(letter));
            if line.value().len() >= LONGEST_FILTER {
                break;
            }
        }
        self.refilter();
    }

    pub(super) fn type_key(&mut self, event: KeyEvent) {
        let Some(line) = self.line() else { return };
        let chord = event
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let request = match event.code {
            KeyCode::Char('w') if event.modifiers == KeyModifiers::CONTROL => {
                InputRequest::DeletePrevWord
            }
            KeyCode::Char(letter) if !chord && line.value().len() < LONGEST_FILTER => {
                InputRequest::InsertChar(letter)
            }
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return,
        };
        line.handle(request);
        self.refilter();
    }

    /// What is being typed: in a popup, else the filter.
    fn line(&mut self) -> Option<&mut Line> {
        if self.confirms() {
            return self.confirm_line();
        }
        let popup = self.overlay.as_mut().map(|overlay| &mut overlay.line);
        popup.or(self.typing.as_mut())
    }

    fn keep_filter(&mut self, now: Now) {
        self.typing = None;
        if self.reads() {
            self.sheet.search = self.sheet.search.take().filter(|it| !it.is_empty());
            return;
        }
        let filter = self.sheet.filter.as_ref();
        if filter.is_some_and(|it| it.text().trim().is_empty()) {
            self.drop_filter();
        }
        self.drop_marks(now);
    }

    fn complete(&mut self) {
        let Some((text, cursor)) = self.with_facts(viewmodel::complete) else {
            return;
        };
        let letters = text
            .get(..cursor)
            .map_or(0, |before| before.chars().count());
        self.typing = Some(Line::new(text).with_cursor(letters));
        self.refilter();
    }

    fn refilter(&mut self) {
        if self.confirms() {
            self.confirm_typed();
            return;
        }
        if self.overlay.is_some() {
            self.rechoose();
            return;
        }
        if self.asks_help() {
            self.sheet.first = 0;
            return;
        }
        if self.reads() {
            self.research();
            return;
        }
        let text = self.typing.as_ref().map_or("", Line::value).to_owned();
        let known = self.sheet.filter.as_ref();
        if known.is_some_and(|it| it.text() == text) {
            return;
        }
        self.sheet.at = 0;
        self.filter_by(&text);
    }

    fn edit_filter(&mut self) {
        if self.has_few_rows() {
            return;
        }
        self.sheet.drilled = false;
        let text = self.sheet.filter.as_ref().map_or("", Filter::text);
        self.typing = Some(Line::new(text.to_owned()));
        // The grammar takes the place of the pane.
        self.sheet.pane = None;
        self.sheet.filter.get_or_insert_default();
    }

    pub(super) fn filter_by(&mut self, text: &str) {
        let filter = Filter::new(text, self.trail.page(), &self.options.catalogue);
        let was = self.sheet.filter.replace(filter);
        self.relist(was.as_ref());
    }

    /// False when there is none.
    pub(super) fn drop_filter(&mut self) -> bool {
        self.typing = None;
        let was = self.sheet.filter.take();
        if was.is_some() {
            self.relist(was.as_ref());
        }
        was.is_some()
    }

    /// On the page that searches the rows are other ones; a filter that comes or goes opens or folds a tree.
    fn relist(&mut self, was: Option<&Filter>) {
        let open = |it: Option<&Filter>| it.is_none_or(Filter::open);
        let page = self.trail.page();
        if *page == Page::Search {
            self.sheet.selection = None;
            self.refold();
        } else if open(was) != open(self.sheet.filter.as_ref()) && matches!(page, Page::Tenant(_)) {
            self.refold();
        } else {
            self.list();
        }
    }
}

/// Bytes of the line before its cursor.
pub(super) fn cursor(line: &Line) -> usize {
    let mut letters = line.value().char_indices();
    letters
        .nth(line.cursor())
        .map_or(line.value().len(), |(at, _)| at)
}
