//! What a row counts follows the cluster before the next judgement.

use super::bench::*;
use crate::insight::stage;
use crate::model::{ClusterId, Delta, Object};
use crate::wording::Language::English;

#[test]
fn a_number_on_the_screen_does_not_wait_for_the_next_judgement() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let mut workload = stage::deployment("candilib--prod", "api", 5);
    let fact =
        |it: &crate::model::Workload| Delta::Upsert(ClusterId(0), Object::Workload(it.clone()));
    bench.fact(fact(&workload));
    bench.judged(Vec::new(), Vec::new());
    bench.keys("4");
    assert!(bench.text().contains(" 5/5 "));
    assert!(!bench.app.count_seen());
    workload.ready = 3;
    bench.fact(fact(&workload));
    assert!(bench.app.count_seen());
    assert!(bench.text().contains(" 3/5 "));
    // The same once more is nothing new.
    bench.fact(fact(&workload));
    assert!(!bench.app.count_seen());
    // Rows made anew of the last judgement do not bring the old number back.
    bench.keys("1 4");
    assert!(bench.text().contains(" 3/5 "));
    // What is on no row of the screen is nobody's.
    bench.keys("1");
    workload.ready = 4;
    bench.fact(fact(&workload));
    assert!(!bench.app.count_seen());
}
