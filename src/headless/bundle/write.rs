//! The file from top to bottom: what it is, how it stands, why, what changed, then the evidence.

use super::parts::{self, Case};
use super::run::Bundle;
use super::sheet::Sheet;
use crate::headless::answer::Exit;
use crate::headless::incomplete::incomplete;
use crate::model::{Kind, Moment};
use crate::redact::{MASK, Redactor};

pub(super) fn bundle(case: &Case<'_>) -> Bundle {
    let mut by = Redactor::default();
    case.documents().for_each(|it| by.learn(it));
    let mut page = Page {
        case,
        by: &by,
        sheet: Sheet::new(&by),
        unread: Vec::new(),
    };
    page.head();
    page.unseen();
    parts::status(&mut page);
    parts::why(&mut page);
    parts::changes(&mut page);
    parts::rollout(&mut page);
    parts::pods(&mut page);
    parts::events(&mut page);
    parts::logs(&mut page);
    parts::yaml(&mut page);
    page.unseen_elsewhere();
    let Page { sheet, unread, .. } = page;
    let notes: Vec<_> = unread.iter().map(|it| by.text(it).to_string()).collect();
    Bundle {
        stem: stem(case),
        text: sheet.finish(),
        exit: if notes.is_empty() {
            Exit::Good
        } else {
            Exit::NotSeen
        },
        notes,
    }
}

/// Of an object's name in the file's: with the rest, a number and the ending it stays under the 255 bytes of a file system.
const LONGEST_NAME: usize = 190;

/// Of signs that every file system takes.
fn stem(case: &Case<'_>) -> String {
    let object = &case.found.object;
    let at = case.facts.now.to_utc().format("%Y%m%dT%H%M%SZ");
    let kind = object.kind.name().to_lowercase();
    let plain = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' => letter,
        _ => '-',
    };
    let name = object.name.chars().take(LONGEST_NAME).map(plain);
    let name: String = name.collect();
    format!("vigie-{kind}-{name}-{at}")
}

/// What is written, and what is missing from it.
pub(super) struct Page<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) by: &'a Redactor,
    pub(super) sheet: Sheet<'a>,
    pub(super) unread: Vec<String>,
}

impl Page<'_> {
    pub(super) fn say(&self, id: &str) -> String {
        self.case.facts.catalogue.say(id)
    }

    pub(super) fn title(&mut self, id: &str) {
        let words = self.say(id);
        self.sheet.title(2, &words);
    }

    /// `Cluster:`, and what it is.
    pub(super) fn field(&self, id: &str, value: String) -> (String, String) {
        let name = [("name", self.say(id).into())];
        let label = self.case.facts.catalogue.say_with("bundle-label", &name);
        (label, value)
    }

    /// Something is missing, here and for who reads only the exit code.
    pub(super) fn lack(&mut self, what: &str, reason: &str) {
        let arguments = [("what", what.into()), ("reason", reason.into())];
        let said = self.case.facts.catalogue.say_with("not-seen", &arguments);
        self.sheet.paragraph(&said);
        self.unread.push(said);
    }

    /// `2026-11-24T03:12:44Z, 14m ago`.
    pub(super) fn dated(&self, at: Moment) -> String {
        let ago = self.case.facts.catalogue.ago(at.age(self.case.now));
        format!("{}, {ago}", at.to_rfc3339())
    }

    fn head(&mut self) {
        let case = self.case;
        let object = &case.found.object;
        let cluster = case.cluster_name();
        let title = [Kind::shown(object.kind.name()), &object.name].join(" ");
        let parts = [title, case.place(), cluster.clone()];
        let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        self.sheet.title(1, &parts.join(" \u{b7} "));
        let arguments = [
            ("at", case.facts.now.to_rfc3339().into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("mask", MASK.into()),
        ];
        let made = case.facts.catalogue.say_with("bundle-made", &arguments);
        self.sheet.paragraph(&made);
        let field = |id: &str, value: String| self.field(id, value);
        let class = if object.kind == Kind::Node {
            String::new()
        } else {
            case.class()
        };
        let fields = [
            field("bundle-cluster", cluster),
            field("bundle-namespace", object.namespace.to_string()),
            field("bundle-place", case.place()),
            field("bundle-class", class),
            field(
                "bundle-created",
                case.found
                    .created
                    .map_or_else(String::new, |it| self.dated(it)),
            ),
            field("bundle-managers", case.managers()),
        ];
        self.sheet.fields(&fields);
    }

    /// What the judgement did not see of the object's cluster.
    fn unseen(&mut self) {
        let case = self.case;
        let missing = incomplete(case.facts.store, &Kind::ALL, case.facts.catalogue);
        let here = case.cluster_name();
        let missing = missing
            .iter()
            .filter(|it| it.cluster.as_deref() == Some(here.as_str()));
        let said: Vec<_> = missing.map(|it| it.say(case.facts.catalogue)).collect();
        if !said.is_empty() {
            self.title("bundle-unseen");
            self.sheet.items(&said);
            self.unread.extend(said);
        }
    }

    /// Clusters that may hold another object of that name: who asked has to know that this one may not be meant.
    fn unseen_elsewhere(&mut self) {
        let case = self.case;
        let kinds: Vec<_> = case.found.object.kind.known().into_iter().collect();
        let missing = incomplete(case.facts.store, &kinds, case.facts.catalogue);
        let here = case.cluster_name();
        let others = missing
            .iter()
            .filter(|it| it.cluster.as_deref() != Some(here.as_str()));
        self.unread
            .extend(others.map(|it| it.say(case.facts.catalogue)));
    }
}
