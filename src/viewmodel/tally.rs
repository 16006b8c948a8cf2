//! What is wrong in each screen, for its tab: the worst state, and how many rows have it. Whatever is looked at, it counts
//! everything one may see, so that a narrow view hides no fire.

use std::collections::HashMap;

use super::{Page, State, order};
use crate::insight::{self, Judgement};
use crate::model::Text;
use crate::store::Store;

/// Narrower, tabs have names only.
const ROOM: u16 = 110;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    tenants: Option<(State, usize)>,
    deployments: Option<(State, usize)>,
}

impl Tally {
    pub const fn fits(columns: u16) -> bool {
        columns >= ROOM
    }

    pub fn of(store: &Store, judgement: &Judgement) -> Self {
        // The first finding on a tenant is the one that its row shows.
        let mut tenants: HashMap<&Text, State> = HashMap::new();
        for finding in &judgement.findings {
            for tenant in &finding.tenants {
                tenants.entry(tenant).or_insert(finding.severity.into());
            }
        }
        let standings = insight::standings(store, judgement).into_iter();
        Self {
            tenants: worst(tenants.into_values()),
            deployments: worst(standings.map(|(state, severity)| order::state_of(state, severity))),
        }
    }

    /// Nothing for a screen whose rows are all wrong by nature.
    pub(super) fn on(&self, page: &Page) -> Option<(State, usize)> {
        match page {
            Page::Tenants => self.tenants,
            Page::Deployments => self.deployments,
            _ => None,
        }
    }
}

fn worst(states: impl Iterator<Item = State>) -> Option<(State, usize)> {
    let wrong = |state: &State| matches!(state, State::Critical | State::Failed | State::Warning);
    let wrong: Vec<_> = states.filter(wrong).collect();
    let worst = *wrong.iter().min_by_key(|it| order::rank(**it))?;
    let count = wrong.iter().filter(|it| **it == worst).count();
    Some((worst, count))
}
