//! What was looked at before a write, in a line each.

use super::super::{Catalogue, tag};
use crate::action::{Check, Detail, Subject, Verdict};
use crate::insight::Went;
use crate::model::{Moment, Text};

impl Catalogue {
    pub fn check_subject(&self, subject: Subject) -> String {
        self.say(&format!("check-{}", subject.word()))
    }

    /// Why the verdict.
    pub fn check_detail(&self, check: &Check, now: Moment) -> String {
        let with = |id, key, it: &str| self.say_with(id, &[(key, it.into())]);
        match &check.detail {
            Detail::Asked => "\u{2026}".to_owned(),
            Detail::Right(right) => right.clone(),
            Detail::Denied { right, user } => {
                let arguments = [
                    ("right", right.as_str().into()),
                    ("user", user.as_str().into()),
                ];
                let id = if user.is_empty() {
                    "detail-denied-you"
                } else {
                    "detail-denied"
                };
                self.say_with(id, &arguments)
            }
            Detail::Went(went) => self.went(*went, now),
            Detail::Accepted if check.subject == Subject::OnePod => self.say("detail-admitted"),
            Detail::Accepted => self.say("detail-accepted"),
            Detail::Warnings(words) => with("detail-warnings", "words", &self.quotes(words)),
            Detail::Refused { message, .. } => {
                let id = match check.verdict {
                    Verdict::Fails => "detail-refused",
                    _ => "detail-not-answered",
                };
                with(id, "words", &self.quote(message))
            }
            Detail::NoDryRun(words) => with("detail-no-dry-run", "words", &self.quote(words)),
            Detail::ByConsole if check.subject == Subject::Right => {
                self.say("detail-console-right")
            }
            Detail::ByConsole => self.say("detail-console-dry-run"),
            Detail::ReadOnly => self.say("detail-read-only"),
            Detail::NoAnswer => self.say("detail-no-answer"),
            Detail::QuotaNow { message, frees } => {
                let id = if *frees {
                    "detail-quota-frees"
                } else {
                    "detail-quota"
                };
                with(id, "words", &self.quote(message))
            }
            Detail::RunsNow(count) => {
                self.say_with("detail-runs-now", &[("count", (*count).into())])
            }
            Detail::NobodyRunsIt => self.say("detail-nobody-runs"),
            Detail::Exist(count) => self.say_with("detail-exist", &[("count", (*count).into())]),
            Detail::Missing(names) => with("detail-missing", "names", &names.join(", ")),
            Detail::NotReadable(right) => with("detail-not-readable", "right", right),
            Detail::Free => self.say("detail-free"),
            Detail::Autoscaled(name) => with("detail-autoscaled", "name", name),
            Detail::Resized(name) => with("detail-resized", "name", name),
            Detail::AutoscalersUnseen => self.say("detail-autoscalers-unseen"),
            Detail::Frozen { name, .. } => with("detail-frozen", "name", &self.quote(name)),
            Detail::NotFrozen => self.say("detail-not-frozen"),
            Detail::AskTheProject { image } => {
                let tags: Vec<_> = image.split(", ").map(tag).collect();
                with("detail-database", "image", &tags.join(", "))
            }
        }
    }

    /// How a revision went, as far as anybody saw.
    pub fn went(&self, went: Went, now: Moment) -> String {
        let span = |id, seconds| self.say_with(id, &[("span", self.coarse(seconds).into())]);
        match went {
            Went::Ready(since) => span("detail-ready", since.age(now)),
            Went::Serving => self.say("detail-serving"),
            Went::Short => self.say("detail-short"),
            Went::Left => self.say("detail-left"),
            Went::Well(seconds) => span("detail-well", seconds),
            Went::Ran(seconds) => span("detail-ran", seconds),
            Went::Unknown => self.say("detail-went-unknown"),
        }
    }

    pub(super) fn quotes(&self, words: &[Text]) -> String {
        let quoted: Vec<_> = words.iter().map(|it| self.quote(it)).collect();
        quoted.join(", ")
    }
}
