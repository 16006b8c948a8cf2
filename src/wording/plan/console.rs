//! What is done through the platform's console, in words.

use super::Catalogue;
use crate::action::Environment;
use crate::model::Text;

impl Catalogue {
    /// `cpu 2 · gpu 0 · memory 4 GiB`: what is written with the switch as it was read.
    pub(super) fn environment(&self, environment: &Environment) -> String {
        let arguments = [
            ("name", environment.name.as_str().into()),
            ("cpu", environment.cpu.to_string().into()),
            ("gpu", environment.gpu.to_string().into()),
            ("memory", environment.memory.to_string().into()),
        ];
        self.say_with("before-environment", &arguments)
    }

    pub(super) fn environment_wide(&self, environment: &str, applications: &[Text]) -> String {
        let names: Vec<_> = applications.iter().map(ToString::to_string).collect();
        let arguments = [
            ("name", environment.into()),
            ("count", names.len().into()),
            ("names", names.join(", ").into()),
        ];
        self.say_with("note-environment-wide", &arguments)
    }

    /// Where a person has to do it.
    pub fn console_lasts(&self, page: Option<&str>) -> String {
        match page {
            Some(page) => self.say_with("console-lasts-at", &[("page", page.into())]),
            None => self.say("console-lasts"),
        }
    }

    /// Auto-sync is not there, and nothing here says that it ever was.
    pub fn not_restored(&self, name: &str, page: Option<&str>) -> String {
        let name = ("name", name.into());
        match page {
            Some(page) => self.say_with("console-not-ours-at", &[name, ("page", page.into())]),
            None => self.say_with("console-not-ours", &[name]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{
        Before, Check, Detail, Hold, HoldVerdict, Note, Reason, Refusal, Subject, Unsent, Verb,
        Verdict,
    };
    use crate::model::Moment;
    use crate::wording::Language;
    use crate::wording::plan::About;

    fn environment() -> Environment {
        Environment {
            project: "p".to_owned(),
            id: "e".to_owned(),
            name: "prod".to_owned(),
            cpu: 2.into(),
            gpu: 0.into(),
            memory: 4.into(),
        }
    }

    #[test]
    fn all_that_is_done_through_the_console_has_its_words() {
        for (name, language) in [("en", Language::English), ("fr", Language::French)] {
            let say = Catalogue::new(language);
            let hold = Hold {
                verdict: HoldVerdict::Holds,
                reason: Reason::Console("prod".into()),
                proof: Vec::new(),
            };
            let wide = |names: &[&str]| Note::EnvironmentWide {
                environment: "prod".to_owned(),
                applications: names.iter().copied().map(Text::from).collect(),
            };
            let page = "https://console.test/projects/shop";
            let notes = [
                wide(&["shop-back"]),
                wide(&["shop-back", "shop-front"]),
                Note::Unversioned,
                Note::NotOnApplication,
                Note::ConsoleLasts(None),
                Note::ConsoleLasts(Some(page.to_owned())),
            ];
            let check = |subject| Check {
                subject,
                verdict: Verdict::NotMade,
                detail: Detail::ByConsole,
            };
            let checks = [Subject::Right, Subject::DryRun].map(check);
            let now = Moment::from_rfc3339("2026-11-24T03:16:41Z").unwrap();
            let about = About {
                verb: Verb::SuspendSync,
                name: "shop-back",
                place: "shop/prod",
                time: &Moment::to_rfc3339,
            };
            let before = Before {
                auto_sync: Some(false),
                environment: Some(Box::new(environment())),
                ..Before::default()
            };
            let mut lines = vec![
                say.hold(&hold, &Moment::to_rfc3339),
                say.hold_short(&hold, &Moment::to_rfc3339),
                say.before(&before),
            ];
            lines.extend(
                notes
                    .iter()
                    .map(|it| say.plan_note(it, &Moment::to_rfc3339)),
            );
            lines.extend(checks.iter().map(|it| say.check_detail(it, now)));
            lines.push(say.refusal(&about, &Refusal::NoEnvironment));
            lines.push(say.refusal(&about, &Refusal::Unread(Unsent::NoConsole)));
            lines.push(say.not_restored("shop-back", None));
            lines.push(say.not_restored("shop-back", Some(page)));
            insta::assert_snapshot!(format!("console-{name}"), lines.join("\n"));
        }
    }
}
