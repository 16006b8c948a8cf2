//! What stands between vigie and an answer, in words.

use super::Catalogue;
use crate::model::{Feed, Kind, Moment, Problem, Scope, Verb};

impl Catalogue {
    /// The whole sentence about a broken link, without its subject.
    pub fn problem(&self, problem: &Problem) -> String {
        let with = |id: &str, detail: &str| self.say_with(id, &[("detail", detail.into())]);
        match problem {
            Problem::Unreachable { detail } => with("problem-unreachable", detail),
            Problem::TimedOut { seconds } => self.say_with(
                "problem-timed-out",
                &[("seconds", seconds.to_string().into())],
            ),
            Problem::Unauthorized => self.say("problem-unauthorized"),
            Problem::Login { command, detail } if detail.is_empty() => {
                self.say_with("problem-login", &[("command", command.as_str().into())])
            }
            Problem::Login { command, detail } => self.say_with(
                "problem-login-detail",
                &[
                    ("command", command.as_str().into()),
                    ("detail", detail.as_str().into()),
                ],
            ),
            Problem::Config { detail } => with("problem-config", detail),
            Problem::Garbled { detail } => with("problem-garbled", detail),
            Problem::Server { code, detail } => self.say_with(
                "problem-server",
                &[
                    ("code", code.to_string().into()),
                    ("detail", detail.as_str().into()),
                ],
            ),
        }
    }

    /// The same in a few cells; the system's own last words where it is the system that speaks.
    pub fn problem_short(&self, problem: &Problem) -> String {
        match problem {
            Problem::Unreachable { detail } => last_words(detail).to_owned(),
            Problem::TimedOut { seconds } => self.say_with(
                "problem-short-timed-out",
                &[("seconds", seconds.to_string().into())],
            ),
            Problem::Unauthorized => self.say("problem-short-unauthorized"),
            Problem::Login { .. } => self.say("problem-short-login"),
            Problem::Config { .. } => self.say("problem-short-config"),
            Problem::Garbled { .. } => self.say("problem-short-garbled"),
            Problem::Server { code, .. } => {
                self.say_with("problem-short-server", &[("code", code.to_string().into())])
            }
        }
    }

    /// `not readable: list nodes`, with the namespace when the right lacks there only.
    pub fn denied(&self, verb: Verb, kind: Kind, namespace: Option<&str>) -> String {
        let id = if namespace.is_some() {
            "feed-denied-in"
        } else {
            "feed-denied"
        };
        self.say_with(
            id,
            &[
                ("verb", verb.word().into()),
                ("resource", kind.resource().into()),
                ("namespace", namespace.unwrap_or_default().into()),
            ],
        )
    }

    /// How a kind is seen.
    pub fn feed(&self, scope: &Scope, feed: &Feed, now: Moment) -> String {
        let kind = ("kind", scope.kind.plural().into());
        match feed {
            Feed::Reading { seen: 0, .. } => self.say_with("feed-reading", &[kind]),
            Feed::Reading { seen, total } => {
                let figure = |count: u32| self.whole(u64::from(count)).into();
                let id = if total.is_some() {
                    "feed-reading-of"
                } else {
                    "feed-reading-seen"
                };
                let total = total.unwrap_or_default();
                self.say_with(
                    id,
                    &[kind, ("seen", figure(*seen)), ("total", figure(total))],
                )
            }
            Feed::Live { .. } => self.say_with("feed-live", &[kind]),
            Feed::Polled { at, .. } => self.say_with(
                "feed-polled",
                &[kind, ("time", self.ago(at.age(now)).into())],
            ),
            Feed::Lost { problem, .. } => self.say_with(
                "feed-lost",
                &[kind, ("problem", self.problem_short(problem).into())],
            ),
            Feed::Denied { verb } => self.denied(*verb, scope.kind, scope.namespace.as_deref()),
            Feed::Absent => {
                self.say_with("feed-absent", &[("resource", scope.kind.resource().into())])
            }
        }
    }
}

/// Of nested errors the last clause is what happened.
fn last_words(detail: &str) -> &str {
    detail.rsplit(": ").next().unwrap_or(detail)
}
