//! What was done, what became of it, and whether it still stands: the words of the journal.

use super::{Catalogue, tag};
use crate::action::{Entry, Intent, Outcome, OutcomeVerdict, Standing, Still, Verb};

impl Catalogue {
    /// What was done, without its object: `scale 2→5`, `roll back to 2.13.4`.
    pub fn act(&self, intent: &Intent) -> String {
        match intent.verb {
            Verb::RollBack => self.roll_back(intent),
            Verb::Scale => match (intent.before.replicas, intent.after.replicas) {
                (Some(from), Some(to)) => {
                    let numbers = [
                        ("from", from.to_string().into()),
                        ("to", to.to_string().into()),
                    ];
                    self.say_with("journal-scale", &numbers)
                }
                _ => self.say("journal-scale-unnumbered"),
            },
            verb if intent.after.environment.is_some() => {
                self.say(&format!("journal-{}-console", verb.word()))
            }
            verb => self.say(&format!("journal-{}", verb.word())),
        }
    }

    /// By what came back: the revision that a rollback makes has a number of its own.
    fn roll_back(&self, intent: &Intent) -> String {
        let now = &intent.before.images;
        let back = intent.after.images.iter().filter(|it| !now.contains(it));
        let tags: Vec<_> = back.map(|it| tag(it)).collect();
        if !tags.is_empty() {
            return self.say_with("journal-roll-back", &[("to", tags.join(", ").into())]);
        }
        match intent.before.revision {
            Some(from) => self.say_with(
                "journal-roll-back-from",
                &[("from", from.to_string().into())],
            ),
            None => self.say("journal-roll-back-unnumbered"),
        }
    }

    /// What became of it.
    pub fn became(&self, entry: &Entry) -> String {
        match (entry.standing(), &entry.outcome) {
            (_, Some(outcome)) => self.shortly(outcome),
            (Standing::Refused, None) => self.say("journal-refused"),
            (Standing::Accepted, None) => self.say("journal-accepted"),
            (Standing::InDoubt | Standing::Over, None) => self.say("journal-in-doubt"),
        }
    }

    /// What became of an action that was in doubt.
    pub fn settled(&self, intent: &Intent, outcome: &Outcome) -> String {
        let arguments = [
            ("id", intent.id.0.as_str().into()),
            ("act", self.act(intent).into()),
            ("name", intent.object.name.as_str().into()),
            (
                "outcome",
                self.outcome(outcome.verdict, &outcome.detail).into(),
            ),
        ];
        self.say_with("journal-settled", &arguments)
    }

    /// Where a row has room for few words.
    fn shortly(&self, outcome: &Outcome) -> String {
        let spanned = |id| self.say_with(id, &[("span", self.span(outcome.seconds).into())]);
        match outcome.verdict {
            OutcomeVerdict::Reached => spanned("journal-reached"),
            OutcomeVerdict::TimedOut => spanned("journal-timed-out"),
            OutcomeVerdict::Failed => self.say("journal-failed"),
            OutcomeVerdict::Replaced => self.say("journal-was-replaced"),
            OutcomeVerdict::NotDone => self.say("journal-not-done"),
            OutcomeVerdict::Unknown => self.say("journal-unknown"),
        }
    }

    /// Empty for what leaves nothing that could stand.
    pub fn stands(&self, still: &Still) -> String {
        match still {
            Still::Holds => self.say("journal-holds"),
            Still::Replaced { .. } => self.say("journal-replaced"),
            Still::Undone { .. } => self.say("journal-undone"),
            Still::Never => self.say("journal-never"),
            Still::NotKnown => self.say("journal-not-known"),
            Still::Nothing => String::new(),
        }
    }
}
