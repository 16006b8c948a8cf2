use super::*;
use crate::insight::Ailment;

#[test]
fn a_clock_that_is_off_is_said_beside_the_answer() {
    for question in [
        Question::Status,
        Question::Get(Listing::Findings, Format::Json),
    ] {
        let off = Delta::ClockSkew(APP1, -6);
        let near = Delta::ClockSkew(PUBLIC1, 5);
        let store = store(deltas().into_iter().chain([off, near]));
        let answer = ask(question, store, Vec::new(), &[]);
        let said = ["the clock of this machine is 6 s off app1's: ages follow the cluster"];
        assert_eq!(
            (answer.notes.as_slice(), answer.exit),
            (&said.map(str::to_owned)[..], Exit::Good)
        );
    }
}

#[test]
fn what_the_cluster_dated_is_told_by_its_clock_and_what_we_lost_by_ours() {
    let since = Some(now().plus(-120));
    let terminating = Finding {
        trouble: Trouble::Pods {
            ailment: Ailment::Terminating,
        },
        since,
        ..finding(Severity::Warning, "beta-back")
    };
    let lost = Finding {
        cause: Cause::Link(PUBLIC1),
        trouble: Trouble::LinkDegraded {
            problem: Problem::Unreachable {
                detail: "i/o timeout".into(),
            },
            tries: 1,
            next_try: None,
            hidden: 2,
        },
        since,
        ..finding(Severity::Critical, "public1")
    };
    let store = store(deltas().into_iter().chain([Delta::ClockSkew(PUBLIC1, 300)]));
    let known = Known::new(store, vec![terminating, lost], &[], Language::English);
    let [pod, link] = rows::finding::of(&known.facts()).try_into().unwrap();
    assert!(pod.message.contains("deleted 7m ago"), "{}", pod.message);
    assert_eq!((pod.age, link.age), (Some(420), Some(120)));
}
