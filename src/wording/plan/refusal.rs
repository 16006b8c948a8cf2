//! Why nothing is sent: what is not done, then the one reason.

use super::super::{Catalogue, Language, Time};
use crate::action::{Before, Field, Held, Moved, Refusal, Verb};
use crate::model::{Kind, Moment, ObjectKind};

/// What a refusal speaks of.
pub struct About<'a> {
    pub verb: Verb,
    /// The object's name.
    pub name: &'a str,
    /// `betaapp/prod`, the namespace of an Application: where rights to it are given.
    pub place: &'a str,
    pub time: Time<'a>,
}

impl Catalogue {
    /// One sentence or two, without a key.
    pub fn refusal(&self, about: &About<'_>, refusal: &Refusal) -> String {
        let name = || ("name", about.name.into());
        let head = || ("head", capital(&self.not_done(about.verb)).into());
        let place = || ("place", about.place.into());
        let revision = |it: u64| ("revision", it.to_string().into());
        let words = |it: &str| ("words", self.quote(it).into());
        let numbered = |id: &str, number: Option<u64>| match number {
            Some(number) => self.say_with(id, &[revision(number)]),
            None => self.say(&format!("{id}-unnumbered")),
        };
        match refusal {
            Refusal::Unsupported { verb, kind } => self.unsupported(*verb, kind),
            Refusal::Gone => self.say_with("refusal-gone", &[head(), name()]),
            Refusal::Recreated => self.say_with("refusal-recreated", &[head(), name()]),
            Refusal::Unread(unsent) => {
                let why = ("why", self.unsent(unsent).into());
                self.say_with("refusal-unread", &[head(), name(), why])
            }
            Refusal::Unreadable { right } => {
                let right = ("right", right.as_str().into());
                self.say_with("refusal-unreadable", &[right, place(), name()])
            }
            Refusal::ReadRefused { message, .. } => {
                let arguments = [head(), name(), words(message)];
                self.say_with("refusal-read-refused", &arguments)
            }
            Refusal::Identical { revision } => numbered("refusal-identical", *revision),
            Refusal::Pruned {
                revision: number,
                oldest: Some(oldest),
            } => {
                let oldest = ("oldest", oldest.to_string().into());
                self.say_with("refusal-pruned", &[revision(*number), oldest])
            }
            Refusal::Pruned {
                revision: number, ..
            } => self.say_with("refusal-pruned-all", &[revision(*number)]),
            Refusal::NoOther => self.say_with("refusal-no-other", &[name()]),
            Refusal::OtherTemplate { revision } => numbered("refusal-other-template", *revision),
            Refusal::Paused => {
                let verb = ("verb", self.refused(about.verb).into());
                self.say_with("refusal-paused", &[verb, name()])
            }
            Refusal::AlreadyPaused => self.say_with("refusal-already-paused", &[name()]),
            Refusal::NotPaused => self.say_with("refusal-not-paused", &[name()]),
            Refusal::AlreadySuspended => self.say_with("refusal-already-suspended", &[name()]),
            Refusal::NotSuspended => self.say_with("refusal-not-suspended", &[name()]),
            Refusal::FluxSuspended => self.say_with("refusal-flux-suspended", &[name()]),
            Refusal::NoAutoSync
            | Refusal::AutoSyncSuspended
            | Refusal::AutoSyncOn
            | Refusal::AutoSyncForbids
            | Refusal::NoEnabled
            | Refusal::SwitchedOff
            | Refusal::NoEnvironment
            | Refusal::Skipped
            | Refusal::NoSource { .. }
            | Refusal::Leaving
            | Refusal::Busy(_)
            | Refusal::Idle => self.of_application(about, refusal),
            Refusal::SameReplicas(to) => {
                self.say_with("refusal-same-replicas", &[name(), ("count", (*to).into())])
            }
            Refusal::Promoted | Refusal::GivenUp | Refusal::NotGivenUp | Refusal::NotWaiting => {
                self.of_rollout(about, refusal)
            }
            Refusal::KeptBy { kind, name } => self.kept_by(about, kind, name),
            Refusal::NoScale => self.say_with("refusal-no-scale", &[name()]),
            Refusal::NotUndoable(verb) => {
                let done = ("done", self.done(*verb).into());
                self.say_with("refusal-not-undoable", &[done])
            }
            Refusal::Denied { right, user } => {
                let right = ("right", right.as_str().into());
                let user_name = ("user", user.as_str().into());
                let id = if user.is_empty() {
                    "refusal-denied-you"
                } else {
                    "refusal-denied"
                };
                self.say_with(id, &[right, place(), user_name])
            }
            Refusal::Frozen { name, until } => self.frozen(about, name, *until),
            Refusal::ReadOnly => self.say("refusal-read-only"),
            Refusal::Server { message, .. } => self.say_with("refusal-server", &[words(message)]),
            Refusal::PutBack(hold) => {
                let hold = ("hold", self.hold_short(hold, about.time).into());
                self.say_with("refusal-put-back", &[head(), hold])
            }
            Refusal::NotHeldBack(keeper) => {
                let keeper = ("keeper", keeper.as_str().into());
                self.say_with("refusal-not-held-back", &[head(), keeper])
            }
            Refusal::Moved(moved) => self.moved_meanwhile(about, moved),
        }
    }

    fn frozen(&self, about: &About<'_>, name: &str, until: Option<Moment>) -> String {
        let window = ("window", self.quote(name).into());
        match until {
            Some(until) => {
                let until = ("until", (about.time)(until).into());
                self.say_with("refusal-frozen-until", &[window, until])
            }
            None => self.say_with("refusal-frozen", &[window]),
        }
    }

    fn of_application(&self, about: &About<'_>, refusal: &Refusal) -> String {
        let name = || ("name", about.name.into());
        let id = match refusal {
            Refusal::NoAutoSync => "refusal-no-auto-sync",
            Refusal::AutoSyncSuspended => "refusal-auto-sync-suspended",
            Refusal::AutoSyncOn => "refusal-auto-sync-on",
            Refusal::AutoSyncForbids => "refusal-auto-sync-forbids",
            Refusal::NoEnabled => "refusal-no-enabled",
            Refusal::SwitchedOff => "refusal-switched-off",
            Refusal::NoEnvironment => "refusal-no-environment",
            Refusal::Skipped => "refusal-skipped",
            Refusal::Leaving => "refusal-leaving",
            Refusal::Busy(Some(since)) => {
                let since = ("since", (about.time)(*since).into());
                return self.say_with("refusal-busy-since", &[name(), since]);
            }
            Refusal::Busy(None) => "refusal-busy",
            Refusal::NoSource { entry } => {
                let entry = ("entry", entry.to_string().into());
                return self.say_with("refusal-no-source", &[name(), entry]);
            }
            _ => "refusal-idle",
        };
        self.say_with(id, &[name()])
    }

    /// Of Argo Rollouts.
    fn of_rollout(&self, about: &About<'_>, refusal: &Refusal) -> String {
        let id = match refusal {
            Refusal::Promoted => "refusal-promoted",
            Refusal::GivenUp => "refusal-given-up",
            Refusal::NotGivenUp => "refusal-not-given-up",
            _ => "refusal-not-waiting",
        };
        self.say_with(id, &[("name", about.name.into())])
    }

    fn moved_meanwhile(&self, about: &About<'_>, moved: &Moved) -> String {
        let head = ("head", capital(&self.not_done(about.verb)).into());
        let name = ("name", about.name.into());
        let said = match self.mover(moved, about.time) {
            Some(by) => self.say_with("refusal-moved-by", &[head, name, ("by", by.into())]),
            None => self.say_with("refusal-moved", &[head, name]),
        };
        let (saw, now) = self.moved(moved);
        if saw.is_empty() || now.is_empty() {
            return said;
        }
        let sides = [("saw", saw.into()), ("now", now.into())];
        format!("{said} {}", self.say_with("moved-from-to", &sides))
    }

    /// What was seen, and what is there now.
    pub fn moved(&self, moved: &Moved) -> (String, String) {
        let side = |before: &Before, of: fn(&Field) -> &Held| {
            let fields = moved.fields.iter();
            let fields = fields.map(|it| format!("{} {}", it.path, self.held(of(it))));
            let known = Some(self.before(before)).filter(|it| !it.is_empty());
            known
                .into_iter()
                .chain(fields)
                .collect::<Vec<_>>()
                .join("  ")
        };
        (
            side(&moved.was, |it| &it.was),
            side(&moved.now, |it| &it.now),
        )
    }

    fn held(&self, held: &Held) -> String {
        match held {
            Held::Nothing => self.say("held-nothing"),
            Held::Object => self.say("held-object"),
            Held::Another => self.say("held-another"),
            Held::Value(text) => self.quote(text),
        }
    }

    /// `argocd-controller, 03:16:41`: who wrote since, as far as the object tells.
    pub fn mover(&self, moved: &Moved, time: Time<'_>) -> Option<String> {
        let by = moved.by.as_ref()?;
        let at = by.at.map(time);
        let parts = [Some(by.name.to_string()), at].into_iter().flatten();
        let parts: Vec<_> = parts.filter(|it| !it.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn kept_by(&self, about: &About<'_>, kind: &str, name: &str) -> String {
        let arguments = [
            ("name", about.name.into()),
            ("keeper", format!("{kind} {name}").into()),
        ];
        self.say_with("refusal-kept-by", &arguments)
    }

    /// The journal cannot be written.
    pub fn not_journaled(&self, why: &str) -> String {
        self.say_with("refusal-journal", &[("why", why.into())])
    }

    fn unsupported(&self, verb: Verb, kind: &str) -> String {
        let kinds = Kind::ALL
            .into_iter()
            .filter(|it| verb.applies(&ObjectKind::from(*it)));
        let kinds: Vec<_> = kinds.map(|it| Kind::shown(it.name())).collect();
        let arguments = [
            ("verb", self.refused(verb).into()),
            ("kind", Kind::shown(kind).into()),
            ("kinds", kinds.join(", ").into()),
        ];
        self.say_with("refusal-unsupported", &arguments)
    }

    /// In French the sentence begins with it.
    fn refused(&self, verb: Verb) -> String {
        let verb = self.verb(verb);
        match self.language() {
            Language::French => capital(&verb),
            Language::English => verb,
        }
    }
}

/// As a sentence begins.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
