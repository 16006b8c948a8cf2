//! Plans of actions in words: what is done, what changes, whether it holds, what takes it back.

mod change;
mod check;
mod console;
mod flux;
mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::{About, capital};

use super::{Catalogue, Time, commit, tag};
use crate::action::{
    Action, Before, Hold, HoldVerdict, Note, Obscure, OutcomeVerdict, Plan, Reason, Reply, Request,
    StepKind, Undo, Unsent, Verb,
};
use crate::insight::{AutoSync, Conduct, Tool};
use crate::model::{Kind, Rehearsal, Text};

/// Objects that are named of those that a sync writes.
const NAMED: usize = 4;

impl Catalogue {
    /// `roll back`.
    pub fn verb(&self, verb: Verb) -> String {
        self.say(&format!("act-{}", verb.word()))
    }

    /// `roll back cart to revision 14`.
    pub fn request(&self, request: &Request) -> String {
        let name = ("name", request.object.name.as_str().into());
        let id = format!("plan-{}", request.action.verb().word());
        match &request.action {
            Action::RollBack(target) => match target.number {
                Some(number) => {
                    self.say_with(&id, &[name, ("revision", number.to_string().into())])
                }
                None => self.say_with(&format!("{id}-unnumbered"), &[name]),
            },
            Action::Redeploy { entry } => match entry {
                Some(entry) => {
                    let entry = ("entry", entry.to_string().into());
                    self.say_with("plan-redeploy", &[name, entry])
                }
                None => self.say_with("plan-redeploy-before", &[name]),
            },
            Action::Scale(to) => self.say_with(&id, &[name, ("count", (*to).into())]),
            Action::SwitchEnvironment { .. } => self.say_with(&format!("{id}-console"), &[name]),
            _ => self.say_with(&id, &[name]),
        }
    }

    /// `rolled back`.
    pub fn done(&self, verb: Verb) -> String {
        self.say(&format!("done-{}", verb.word()))
    }

    /// `not rolled back`.
    pub fn not_done(&self, verb: Verb) -> String {
        self.say(&format!("not-done-{}", verb.word()))
    }

    /// `rev 15  2.14.0`, `6 replicas`; empty for what writes no field.
    pub fn before(&self, before: &Before) -> String {
        let revision = before.revision.map(|it| {
            let revision = [("revision", it.to_string().into())];
            self.say_with("before-revision", &revision)
        });
        let mut tags: Vec<_> = before.images.iter().map(|it| tag(it)).collect();
        tags.dedup();
        let tags = (!tags.is_empty()).then(|| tags.join(", "));
        let count = before
            .replicas
            .map(|it| self.say_with("before-replicas", &[("count", it.into())]));
        let flag = |flag: Option<bool>, yes, no| flag.map(|it| self.say(if it { yes } else { no }));
        let paused = flag(before.paused, "before-paused", "before-not-paused");
        let suspended = flag(before.suspended, "before-suspended", "before-not-suspended");
        let synced = flag(before.auto_sync, "before-auto-sync", "before-no-auto-sync");
        let skipped = flag(before.skips, "before-skipped", "before-looked-at");
        let step = before.step.map(|it| {
            let step = [("step", it.saturating_add(1).into())];
            self.say_with("before-step", &step)
        });
        let aborted = flag(before.aborted, "standing-aborted", "before-not-aborted");
        let switched = before.environment.as_ref().map(|it| self.environment(it));
        let parts = [
            revision, tags, count, paused, suspended, synced, skipped, step, aborted, switched,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }

    /// Whether it will hold, and by whom not.
    pub fn hold(&self, hold: &Hold, time: Time<'_>) -> String {
        self.reason("hold", &hold.reason, time)
    }

    /// The same where there is room for few words.
    pub fn hold_short(&self, hold: &Hold, time: Time<'_>) -> String {
        self.reason("hold-short", &hold.reason, time)
    }

    fn reason(&self, head: &str, reason: &Reason, time: Time<'_>) -> String {
        let id = |end: &str| format!("{head}-{end}");
        let named =
            |end: &str, name: &Text| self.say_with(&id(end), &[("name", name.as_str().into())]);
        match reason {
            Reason::Nobody => self.say(&id("yes")),
            Reason::Gone => self.say(&id("gone")),
            Reason::Once => self.say(&id("once")),
            Reason::Anew(owner) => named("anew", owner),
            Reason::Schedule(owner) => named("schedule", owner),
            Reason::Deployment(owner) => named("deployment", owner),
            Reason::Autoscaler {
                name,
                min,
                max,
                wants,
            } => {
                let arguments = [
                    ("name", name.as_str().into()),
                    ("min", min.to_string().into()),
                    ("max", max.to_string().into()),
                    ("wants", wants.to_string().into()),
                ];
                self.say_with(&id("autoscaler"), &arguments)
            }
            Reason::Helm(name) => named("helm", name),
            Reason::Manager(manager) => {
                let id = match manager.tool {
                    Tool::Operator => id("operator"),
                    _ => id("manager"),
                };
                let arguments = [
                    ("tool", manager.tool.name().into()),
                    ("name", manager.name.as_str().into()),
                ];
                self.say_with(&id, &arguments)
            }
            Reason::NotInGit(name) => named("not-in-git", name),
            Reason::OfArgoCd(name) => named("of-argo-cd", name),
            Reason::Generated(name) => named("generated", name),
            Reason::Console(name) => named("console", name),
            Reason::NotCompared {
                application,
                synced: true,
            } => named("not-compared-synced", application),
            Reason::NotCompared { application, .. } => named("not-compared", application),
            Reason::Obscure { application, why } => named(obscure(*why), application),
            Reason::Flux { name, said } => self.by_flux(head, name, said, time),
            Reason::Differs {
                application,
                conduct,
            } => {
                let name = ("name", application.as_str().into());
                match conduct {
                    Conduct::Closed { until: Some(until) }
                    | Conduct::Barred { until: Some(until) } => {
                        let until = ("until", time(*until).into());
                        let barred = format!("{}-until", self::conduct(conduct));
                        self.say_with(&id(&barred), &[name, until])
                    }
                    Conduct::Heals { again } if *again > 0 => {
                        let again = ("again", (*again).into());
                        self.say_with(&id("heals-again"), &[name, again])
                    }
                    conduct => self.say_with(&id(self::conduct(conduct)), &[name]),
                }
            }
        }
    }

    /// As the journal keeps it, without who.
    pub fn hold_verdict(&self, verdict: HoldVerdict) -> String {
        self.say(match verdict {
            HoldVerdict::Holds => "hold-word-holds",
            HoldVerdict::UntilNextSync => "hold-word-until-sync",
            HoldVerdict::UndoneWithinSeconds => "hold-word-undone",
            HoldVerdict::OverwrittenByHpa => "hold-word-hpa",
            HoldVerdict::Refused => "hold-word-refused",
            HoldVerdict::Unknown => "hold-word-unknown",
        })
    }

    pub fn plan_note(&self, note: &Note, time: Time<'_>) -> String {
        match note {
            Note::OnDelete => self.say("note-on-delete"),
            Note::Recreate => self.say("note-recreate"),
            Note::Renumbered { from, to } => {
                let arguments = [
                    ("from", from.to_string().into()),
                    ("to", to.to_string().into()),
                ];
                self.say_with("note-renumbered", &arguments)
            }
            Note::Written { kind, name } => {
                let keeper = [("keeper", format!("{kind} {name}").into())];
                self.say_with("note-written", &keeper)
            }
            Note::KubectlChanges(names) => {
                self.say_with("note-kubectl", &[("names", names.join(", ").into())])
            }
            Note::LastApplied => self.say("note-last-applied"),
            Note::RolloutWaits { updated, wanted } => {
                let arguments = [("updated", (*updated).into()), ("wanted", (*wanted).into())];
                self.say_with("note-rollout-waits", &arguments)
            }
            Note::Prunes(gone) => self.objects("note-prunes", gone),
            Note::Leaves(gone) => self.objects("note-leaves", gone),
            Note::DeploysGit => self.say("note-deploys-git"),
            Note::GitComesBack(differ) => self.objects("note-git-comes-back", differ),
            Note::GitIsElsewhere { runs, git } => {
                let arguments = [("runs", commit(runs).into()), ("git", commit(git).into())];
                self.say_with("note-git-is-elsewhere", &arguments)
            }
            Note::GitIsThere(at) => {
                self.say_with("note-git-is-there", &[("commit", commit(at).into())])
            }
            Note::SuspendedBy { by, reason } if reason.is_empty() => {
                self.say_with("note-suspended-by", &[("by", by.as_str().into())])
            }
            Note::SuspendedBy { by, reason } => {
                let reason = ("reason", self.quote(reason).into());
                let arguments = [("by", by.as_str().into()), reason];
                self.say_with("note-suspended-because", &arguments)
            }
            Note::AutoSyncOff => self.say("note-auto-sync-off"),
            Note::EnvironmentWide {
                environment,
                applications,
            } => self.environment_wide(environment, applications),
            Note::Unversioned => self.say("note-unversioned"),
            Note::NotOnApplication => self.say("note-not-on-application"),
            Note::ConsoleLasts(page) => self.console_lasts(page.as_deref()),
            Note::Frozen => self.say("note-frozen"),
            Note::LooksAgain { syncs: true } => self.say("note-looks-again-syncs"),
            Note::LooksAgain { syncs: false } => self.say("note-looks-again"),
            Note::Rehearses => self.say("note-rehearses"),
            Note::CountsAsAttempt { heals: true } => self.say("note-counts-heals"),
            Note::CountsAsAttempt { heals: false } => self.say("note-counts"),
            Note::NotPruned => self.say("note-not-pruned"),
            Note::Revert {
                repository,
                path,
                from,
                to,
            } => {
                let arguments = [
                    ("repository", repository.as_str().into()),
                    ("path", path.as_str().into()),
                    ("from", commit(from).into()),
                    ("to", commit(to).into()),
                ];
                self.say_with("note-revert", &arguments)
            }
            Note::WindowClosed(Some(until)) => {
                let until = [("until", time(*until).into())];
                self.say_with("note-window-until", &until)
            }
            Note::WindowClosed(None) => self.say("note-window"),
            Note::FluxWrites => self.say("note-flux-writes"),
            Note::MissedRun => self.say("note-missed-run"),
            Note::SkipsSteps(count) => {
                self.say_with("note-skips-steps", &[("count", (*count).into())])
            }
            Note::StillNamed => self.say("note-still-named"),
            Note::FromFirstStep => self.say("note-from-first-step"),
            Note::NothingServes => self.say("note-nothing-serves"),
            Note::MovedSince(Some(by)) => {
                self.say_with("note-moved-since-by", &[("by", by.as_str().into())])
            }
            Note::MovedSince(None) => self.say("note-moved-since"),
            Note::StaysOff(keeper) => {
                let name = [("name", keeper.name.as_str().into())];
                self.of_keeper("note-stays-off", keeper, &name)
            }
            Note::AutoscalerSleeps(name) => {
                self.say_with("note-sleeps", &[("name", name.as_str().into())])
            }
        }
    }

    fn objects(&self, id: &str, names: &[Text]) -> String {
        let said = ("names", self.names(names, NAMED).into());
        self.say_with(id, &[said, ("count", names.len().into())])
    }

    pub fn undo(&self, undo: &Undo) -> String {
        match undo {
            Undo::ToRevision(Some(number)) => {
                self.say_with("undo-revision", &[("revision", number.to_string().into())])
            }
            Undo::ToEntry(id) => self.say_with("undo-entry", &[("entry", id.to_string().into())]),
            Undo::ToRevision(None) => self.say("undo-revision-unnumbered"),
            Undo::ToReplicas(count) => {
                self.say_with("undo-replicas", &[("count", (*count).into())])
            }
            Undo::Verb(verb @ (Verb::SuspendSync | Verb::RestoreSync)) => {
                self.say(&format!("journal-{}", verb.word()))
            }
            Undo::Verb(verb) => self.verb(*verb),
            Undo::Asked => self.say("undo-asked"),
            Undo::DeleteJob(name) => self.say_with("undo-job", &[("name", name.as_str().into())]),
            Undo::None(kind) if *kind == Kind::Rollout => self.say("undo-none-restart"),
            Undo::None(kind) => self.say_with("undo-none", &[("kind", kind.name().into())]),
        }
    }

    /// One step of what is sent.
    pub fn step(&self, request: &Request, kind: &StepKind) -> String {
        match kind {
            StepKind::Itself => self.request(request),
            StepKind::DeletePod(name) => {
                self.say_with("step-delete-pod", &[("name", name.as_str().into())])
            }
            StepKind::Resume => self.verb(Verb::Resume),
        }
    }

    pub fn unsent(&self, unsent: &Unsent) -> String {
        match unsent {
            Unsent::ReadOnly => self.say("unsent-read-only"),
            Unsent::NoLink => self.say("unsent-no-link"),
            Unsent::NoConsole => self.say("unsent-no-console"),
            Unsent::Problem(problem) => self.problem(problem),
        }
    }

    /// What the server said to one request.
    pub fn reply(&self, reply: &Reply) -> String {
        let words = |id, key, words: String| self.say_with(id, &[(key, words.into())]);
        match reply {
            Reply::Accepted(it) if it.warnings.is_empty() => self.say("answer-accepted"),
            Reply::Accepted(it) => words("answer-warned", "words", self.quotes(&it.warnings)),
            Reply::Refused(it) => words("answer-refused", "words", self.quote(&it.message)),
            Reply::NotSent(unsent) => words("answer-not-sent", "why", self.unsent(unsent)),
            Reply::Unknown(problem) => words("answer-unknown", "why", self.problem(problem)),
        }
    }

    /// What the cluster came to, with what there is to add.
    pub fn outcome(&self, verdict: OutcomeVerdict, detail: &str) -> String {
        let outcome = self.say(match verdict {
            OutcomeVerdict::Reached => "outcome-reached",
            OutcomeVerdict::Failed => "outcome-failed",
            OutcomeVerdict::TimedOut => "outcome-timed-out",
            OutcomeVerdict::Replaced => "outcome-replaced",
            OutcomeVerdict::NotDone => "outcome-not-done",
            OutcomeVerdict::Unknown => "outcome-unknown",
        });
        if detail.is_empty() {
            return outcome;
        }
        let rehearsal: Option<Rehearsal> = serde_json::from_str(detail).ok();
        let words = rehearsal.map_or_else(|| detail.to_owned(), |it| self.rehearsal(&it));
        let arguments = [("outcome", outcome.into()), ("detail", words.into())];
        self.say_with("outcome-with", &arguments)
    }
}

impl Catalogue {
    /// `1 would be created, 2 would change`.
    pub fn rehearsal(&self, it: &Rehearsal) -> String {
        let counts = [
            ("rehearsal-creates", it.creates),
            ("rehearsal-changes", it.changes),
            ("rehearsal-prunes", it.prunes),
            ("rehearsal-leaves", it.leaves),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let words = counts.map(|(id, count)| self.say_with(id, &[("count", count.into())]));
        let words: Vec<_> = words.collect();
        if words.is_empty() {
            return self.say("rehearsal-nothing");
        }
        words.join(", ")
    }
}

const fn conduct(conduct: &Conduct) -> &'static str {
    match conduct {
        Conduct::Syncs { .. } => "syncs",
        Conduct::Barred { .. } => "barred",
        Conduct::Heals { .. } => "heals",
        Conduct::Waits(AutoSync::Suspended) => "suspended",
        Conduct::Waits(AutoSync::Commits) => "commits",
        Conduct::Waits(AutoSync::Manual | AutoSync::SelfHeal) => "manual",
        Conduct::Skips => "skips",
        Conduct::Failed { dry: true, .. } => "failed-dry",
        Conduct::Failed { .. } => "failed",
        Conduct::Closed { .. } => "closed",
        Conduct::BrokenWindow => "broken-window",
        Conduct::Blind { .. } => "blind",
        Conduct::Leaving => "leaving",
        Conduct::Unattended => "unattended",
    }
}

const fn obscure(why: Obscure) -> &'static str {
    match why {
        Obscure::Elsewhere => "elsewhere",
        Obscure::Unseen => "unseen",
        Obscure::Untold => "untold",
        Obscure::Labelled => "labelled",
        Obscure::Several => "several",
        Obscure::Undeclared => "undeclared",
        Obscure::Jq => "jq",
        Obscure::Generator => "generator",
        Obscure::Windows => "windows",
    }
}

/// The same by hand, a command a line, as a shell takes it.
pub fn by_hand(plan: &Plan) -> String {
    let commands = plan.by_hand.iter().map(|words| {
        let words = words.iter().map(|it| match it.as_str() {
            // An operator of the shell, not a word for the command.
            "<<<" => it.clone(),
            word => quote(word),
        });
        words.collect::<Vec<_>>().join(" ")
    });
    commands.collect::<Vec<_>>().join("\n")
}

/// As a shell reads one word.
pub fn quote(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+,=".contains(letter);
    // A leading `=` is expanded by zsh.
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
