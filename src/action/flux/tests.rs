use super::*;
use crate::insight::stage::{at, condition, kustomization};
use crate::model::Writer;

#[test]
fn who_suspended_it_is_believed_of_what_vigie_wrote() {
    let suspended = |by: &str| {
        let mut flux = kustomization("beta");
        let note = r#"{"by": "bob\u001b[31m", "reason": "INC-7"}"#;
        flux.meta.annotations = [(Flux::SUSPENDED, note)].into_iter().collect();
        flux.suspended_by = Some(Box::new(Writer {
            name: by.into(),
            at: Some(at(0)),
        }));
        flux_suspension(&flux).map(|it| (it.by, it.reason))
    };
    let told = ("bob[31m".to_owned(), "INC-7".to_owned());
    assert_eq!(suspended("vigie"), Some(told));
    assert_eq!(suspended("kubectl-patch"), None);
}

#[test]
fn a_request_has_ended_once_its_sign_or_a_later_one_is_told() {
    let asked = "2026-11-24T02:00:00Z";
    let told = |handled: &str, status| {
        let mut flux = kustomization("beta");
        flux.handled = handled.into();
        flux.conditions = vec![condition("Ready", status, "Reason", 0)];
        reconciled(&flux, asked).map(|it| it.verdict)
    };
    let reached = Some(OutcomeVerdict::Reached);
    assert_eq!(told(asked, Status::True), reached);
    assert_eq!(told("2026-11-24T02:00:01.5Z", Status::True), reached);
    let failed = Some(OutcomeVerdict::Failed);
    assert_eq!(told(asked, Status::False), failed);
    assert_eq!(told(asked, Status::Unknown), None);
    for before in ["", "2026-11-24T01:00:00Z", "whenever"] {
        assert_eq!(told(before, Status::True), None, "{before}");
    }
}

#[test]
fn a_second_request_within_the_second_has_another_sign() {
    let first = token(at(0), None);
    let second = token(at(0), Some(&first));
    assert_ne!(first, second);
    assert_eq!(Moment::from_rfc3339(&second), Some(at(0)));
}
