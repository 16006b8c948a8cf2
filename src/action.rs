//! Changes to a cluster as data: what is asked, the plan, its preview, what became of it. Nothing here sends anything.

mod record;

pub use record::{
    ActionId, Answer, AnswerVerdict, Before, HoldVerdict, Intent, Named, Outcome, OutcomeVerdict,
    Record, Sent, Verb, Who,
};
