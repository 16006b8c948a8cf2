//! Changes to a cluster as data: what is asked, the plan, its preview, what became of it. Nothing here sends anything.
//!
//! A [`Request`] becomes a [`Preview`], which says what has to be asked of the cluster ([`Call`]) and takes the answers in
//! ([`Reply`]); out of them it makes a [`Plan`] or a [`Refusal`], and the checks. What is confirmed is sent as an
//! [`Execution`], whose records are the journal's.

mod auto_sync;
mod call;
mod check;
mod console;
mod declared;
mod deliver;
mod doubt;
mod entry;
mod execution;
mod flux;
mod follow;
mod freeze;
mod hold;
mod lasting;
mod moved;
mod patch;
mod pause;
mod plan;
mod pods;
mod preview;
mod protection;
mod record;
mod request;
mod restart;
mod rights;
mod rollback;
mod rules;
mod run_now;
mod scale;
mod scope;
mod still;
mod sync;
mod template;
#[cfg(test)]
mod tests;
mod undo;
mod vertical;

pub use auto_sync::{Suspension, suspension};
pub use call::{Accepted, Call, Door, FIELD_MANAGER, Method, Refused, Reply, Unsent};
pub use check::{Check, Detail, Subject, Verdict};
pub use console::{Console, Seen, restore, switch, switched_off, unreached};
pub use doubt::{Settled, open, recheck, settled};
pub use entry::{Entry, Joined, Standing, in_doubt, join, last_undoable, note};
pub use execution::{
    Came, Confirmed, Executed, Execution, answer, audit_id, came, execution, signed, told,
};
pub use flux::flux_suspension;
pub use follow::{Following, Reached, is_seen};
pub use freeze::{Freeze, Frozen};
pub use hold::{ByFlux, Hold, Obscure, Reason};
pub use lasting::{Lasting, alone, held_back, lasting, left_held_back, taken, ways};
pub use plan::{Changes, Field, Held, Moved, Note, Plan, Refusal, Step, StepKind, Undo};
pub use preview::{Need, Preview, name_of, rights_in};
pub use protection::Protection;
pub use record::{
    ActionId, Answer, AnswerVerdict, Before, Environment, HoldVerdict, Intent, Named, Outcome,
    OutcomeVerdict, Record, Sent, Verb, Who,
};
pub use request::{Action, Request, Right, Target, Through, Undone};
pub use rights::Rights;
pub use rollback::roll_back;
pub use rules::Rules;
pub use scope::Scope;
pub use still::{Later, Still, live, still};
pub use undo::{object, undo};

use std::collections::BTreeSet;

use crate::insight;
use crate::model::{ClusterId, Moment, ObjectRef};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// What a plan is judged by, beside what is read for it.
pub struct World<'a> {
    pub store: &'a Store,
    pub places: &'a Places,
    pub guard: &'a Guard,
    pub now: Moment,
}

impl World<'_> {
    /// Whose an object is.
    pub fn place(&self, object: &ObjectRef) -> Place {
        insight::place(self.store, self.places, object)
    }

    /// False while that may still be read: until then it is what the namespace's name alone suggests.
    pub fn is_placed(&self, object: &ObjectRef) -> bool {
        insight::is_placed(self.store, object)
    }
}

/// What the configuration says of writes: what it forbids, and the console that some last through.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    pub read_only: BTreeSet<ClusterId>,
    pub freezes: Vec<Freeze>,
    pub protected: Vec<Protection>,
    pub console: Option<Console>,
    /// How kubectl is told to act as the same user: `--as`, `--as-group`.
    pub impersonates: Vec<String>,
}
