//! An action as documents carry it. What is missing is null, never zero or an empty text.

use serde::Serialize;

use crate::action::{
    Answer, AnswerVerdict, Before, Entry, Environment, HoldVerdict, Outcome, OutcomeVerdict, Sent,
    Standing, Still, Verb, Who,
};
use crate::headless::rows::ClassRow;
use crate::wording::Catalogue;

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionRow {
    pub(super) id: String,
    pub(super) at: String,
    pub(super) context: String,
    pub(super) tenant: Option<String>,
    pub(super) environment: Option<String>,
    pub(super) class: ClassRow,
    pub(super) kind: String,
    pub(super) namespace: Option<String>,
    pub(super) name: String,
    verb: Verb,
    before: BeforeRow,
    after: BeforeRow,
    diff: Vec<String>,
    pub(super) reason: Option<String>,
    hold: HoldVerdict,
    who: WhoRow,
    sends: Vec<Sent>,
    answers: Vec<AnswerRow>,
    outcome: Option<OutcomeRow>,
    standing: StandingWord,
    still: StillWord,
    undoes: Option<String>,
    undone_by: Option<String>,
    replaced_by: Option<String>,
    #[serde(skip)]
    pub(super) by: String,
    #[serde(skip)]
    pub(super) act: String,
    #[serde(skip)]
    pub(super) became: String,
    #[serde(skip)]
    pub(super) stands: String,
}

impl ActionRow {
    pub(super) fn new(entry: &Entry, still: &Still, catalogue: &Catalogue) -> Self {
        let intent = &entry.intent;
        let object = &intent.object;
        let (undone_by, replaced_by) = match still {
            Still::Undone { by } => (Some(by.0.clone()), None),
            Still::Replaced { by } => (None, by.as_ref().map(|it| it.0.clone())),
            _ => (None, None),
        };
        Self {
            id: intent.id.0.clone(),
            at: intent.at.to_rfc3339(),
            context: intent.context.clone(),
            tenant: known(&intent.tenant),
            environment: known(&intent.environment),
            class: intent.class.into(),
            kind: object.kind.clone(),
            namespace: known(&object.namespace),
            name: object.name.clone(),
            verb: intent.verb,
            before: (&intent.before).into(),
            after: (&intent.after).into(),
            diff: intent.diff.clone(),
            reason: known(&intent.reason),
            hold: intent.hold,
            who: (&intent.who).into(),
            sends: intent.sends.clone(),
            answers: entry.answers.iter().map(AnswerRow::from).collect(),
            outcome: entry.outcome.as_ref().map(OutcomeRow::from),
            standing: entry.standing().into(),
            still: still.into(),
            undoes: intent.undoes.as_ref().map(|it| it.0.clone()),
            undone_by,
            replaced_by,
            by: intent.who.in_words(),
            act: catalogue.act(intent),
            became: catalogue.became(entry),
            stands: catalogue.stands(still),
        }
    }
}

pub(in crate::headless) fn known(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::headless) struct BeforeRow {
    revision: Option<u64>,
    template: Option<String>,
    images: Vec<String>,
    replicas: Option<u32>,
    paused: Option<bool>,
    suspended: Option<bool>,
    job: Option<String>,
    auto_sync: Option<bool>,
    skips: Option<bool>,
    step: Option<u32>,
    aborted: Option<bool>,
    console_environment: Option<Box<Environment>>,
}

impl From<&Before> for BeforeRow {
    fn from(fields: &Before) -> Self {
        Self {
            revision: fields.revision,
            template: fields.template.clone(),
            images: fields.images.clone(),
            replicas: fields.replicas,
            paused: fields.paused,
            suspended: fields.suspended,
            job: fields.job.clone(),
            auto_sync: fields.auto_sync,
            skips: fields.skips,
            step: fields.step,
            aborted: fields.aborted,
            console_environment: fields.environment.clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WhoRow {
    kube: Option<String>,
    impersonated: Option<String>,
    unix: Option<String>,
    sudo: Option<String>,
    ssh: Option<String>,
}

impl From<&Who> for WhoRow {
    fn from(who: &Who) -> Self {
        Self {
            kube: known(&who.kube),
            impersonated: known(&who.impersonated),
            unix: known(&who.unix),
            sudo: known(&who.sudo),
            ssh: known(&who.ssh),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct AnswerRow {
    at: String,
    audit_id: String,
    verdict: AnswerVerdict,
    code: Option<u16>,
    message: Option<String>,
    warnings: Vec<String>,
}

impl From<&Answer> for AnswerRow {
    fn from(answer: &Answer) -> Self {
        Self {
            at: answer.at.to_rfc3339(),
            audit_id: answer.audit_id.clone(),
            verdict: answer.verdict,
            code: answer.code,
            message: known(&answer.message),
            warnings: answer.warnings.clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::headless) struct OutcomeRow {
    at: String,
    verdict: OutcomeVerdict,
    seconds: i64,
    detail: Option<String>,
}

impl From<&Outcome> for OutcomeRow {
    fn from(outcome: &Outcome) -> Self {
        Self {
            at: outcome.at.to_rfc3339(),
            verdict: outcome.verdict,
            seconds: outcome.seconds,
            detail: known(&outcome.detail),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum StandingWord {
    InDoubt,
    Accepted,
    Refused,
    Over,
}

impl From<Standing> for StandingWord {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::InDoubt => StandingWord::InDoubt,
            Standing::Accepted => StandingWord::Accepted,
            Standing::Refused => StandingWord::Refused,
            Standing::Over => StandingWord::Over,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum StillWord {
    Holds,
    Replaced,
    Undone,
    Never,
    Nothing,
    NotKnown,
}

impl From<&Still> for StillWord {
    fn from(still: &Still) -> Self {
        match still {
            Still::Holds => StillWord::Holds,
            Still::Replaced { .. } => StillWord::Replaced,
            Still::Undone { .. } => StillWord::Undone,
            Still::Never => StillWord::Never,
            Still::Nothing => StillWord::Nothing,
            Still::NotKnown => StillWord::NotKnown,
        }
    }
}
