//! From a question and the facts to an answer.

use super::answer::{Answer, get};
use super::incomplete::{Incomplete, incomplete};
use super::question::{Format, Listing, Question};
use super::rows::{Facts, change, deployment, finding, tenant};
use super::status;
use crate::insight::is_off;
use crate::store::Cluster;

/// Answers from what was read.
pub fn answer(question: Question, facts: &Facts<'_>) -> Answer {
    let mut unseen = incomplete(facts.store, question.kinds(), facts.catalogue);
    let unmatched = facts.selection.unmatched(facts.store, facts.places);
    unseen.extend(unmatched.into_iter().map(|name| Incomplete {
        cluster: None,
        what: name.to_owned(),
        reason: facts.catalogue.say("unseen-no-such-name"),
    }));
    let mut answer = match question {
        Question::Status => status::answer(facts, &unseen),
        Question::Get(listing, format) => list(listing, format, unseen, facts),
    };
    answer.notes.extend(clocks_off(facts));
    answer
}

/// Ages are by the cluster's clock: who compares them with another must know.
fn clocks_off(facts: &Facts<'_>) -> impl Iterator<Item = String> {
    let off = |cluster: &&Cluster| is_off(cluster.skew());
    facts.store.clusters().filter(off).map(|cluster| {
        let arguments = [
            ("cluster", cluster.name().as_str().into()),
            ("seconds", cluster.skew().abs().into()),
        ];
        facts.catalogue.say_with("notice-clock", &arguments)
    })
}

fn list(listing: Listing, format: Format, unseen: Vec<Incomplete>, facts: &Facts<'_>) -> Answer {
    let wide = format == Format::Wide;
    match listing {
        Listing::Tenants => get(tenant::of(facts), unseen, format, facts, |rows| {
            tenant::to_table(rows, wide, facts)
        }),
        Listing::Deployments => get(deployment::of(facts), unseen, format, facts, |rows| {
            deployment::to_table(rows, wide, facts)
        }),
        Listing::Findings => get(finding::of(facts), unseen, format, facts, |rows| {
            finding::to_table(rows, wide, facts)
        }),
        Listing::Changes => {
            let mut answer = get(change::of(facts), unseen, format, facts, |rows| {
                change::to_table(rows, wide, facts)
            });
            if !format.is_document() {
                answer.notes.push(facts.catalogue.say("changes-read-once"));
            }
            answer
        }
    }
}
