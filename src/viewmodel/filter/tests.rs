use super::*;
use crate::wording::Language;

struct Row;

impl Answer for Row {
    fn words(&self) -> Words<'_> {
        Words {
            names: vec!["betaapp/prod".into(), "beta-back".into(), "public1".into()],
            texts: vec![
                "rev 15 stuck: CrashLoopBackOff".into(),
                "5ml1kjum5pv08d0zckclpksb6--22dxmhpuknhbc3u48km99jyob".into(),
            ],
        }
    }

    fn says(&self, field: Field) -> Said<'_> {
        let names =
            |names: &[&'static str]| Said::Names(names.iter().map(|it| (*it).into()).collect());
        match field {
            Field::Tenant => names(&["Projet Dégradé"]),
            Field::Name => names(&["beta-back"]),
            Field::Node => names(&[]),
            Field::Image => names(&["harbor/beta/back:2.14.0", "back:2.14.0", "2.14.0"]),
            Field::Status => Said::Words(field::status(crate::viewmodel::State::Critical).into()),
            Field::Ready => Said::Ready(3, 6),
            Field::Age => Said::Age(2 * 3600 + 59 * 60),
            Field::Restarts => Said::Count(4),
            _ => Said::Nothing,
        }
    }
}

fn filter(text: &str) -> Filter {
    let catalogue = Catalogue::new(Language::French);
    Filter::new(text, &Page::Deployments, &catalogue)
}

fn matches(text: &str) -> bool {
    filter(text).pass().matches(&Row)
}

/// Each wrong term, and what was likely meant.
fn wrong(text: &str) -> Vec<(String, Fault, Option<String>)> {
    let filter = filter(text);
    let bad = filter.bad().iter();
    bad.map(|it| {
        let term = filter.text()[it.start..it.end].to_owned();
        let near = it.near.as_ref().map(|(_, whole)| whole.clone());
        (term, it.fault.clone(), near)
    })
    .collect()
}

#[test]
fn plain_words_are_fuzzy_in_names_and_exact_in_sentences() {
    assert!(matches("btprod"));
    assert!(matches("crashloop"));
    assert!(!matches("CRASHLOOP"));
    assert!(!matches("crshlp"));
    assert!(matches("22dxmhpuknhbc3u48km99jyob"));
    assert!(!matches("5mlob"));
}

#[test]
fn every_term_must_hold() {
    assert!(matches("beta public1 stuck"));
    assert!(!matches("beta app1x"));
    assert!(!matches("beta !back"));
    assert!(matches("beta !dev"));
    assert!(matches("beta name=beta* restarts>3"));
    assert!(!matches("beta name=gamma* restarts>3"));
}

#[test]
fn a_term_that_is_not_finished_hides_nothing() {
    for begun in ["!", "tenant=", "!tenant=", "age<", "\"", "re:", "name=\""] {
        assert!(matches(begun), "{begun}");
        assert!(filter(begun).open(), "{begun}");
        assert_eq!(wrong(begun), [], "{begun}");
    }
}

#[test]
fn quotes_keep_blanks_together() {
    assert!(matches(r#""rev 15 stuck""#));
    assert!(!matches(r#""15 rev""#));
    assert!(matches(r#"tenant="projet dégradé""#));
    assert!(matches(r#"tenant="projet dégradé"#), "not closed yet");
    assert!(matches(r#"re:"rev \d+ stuck""#));
}

#[test]
fn a_name_is_whole_unless_it_has_a_star() {
    assert!(matches("name=BETA-back"));
    assert!(!matches("name=beta"));
    assert!(matches("name=beta*"));
    assert!(matches("image=*:2.14*"));
    assert!(matches("image=2.14.0"));
    assert!(!matches("image=2x14x0"));
    assert!(matches("name!=beta"));
    assert!(!matches("name!=beta*"));
    assert!(!matches("!name=beta*"));
}

#[test]
fn nothing_known_is_no_name_and_no_figure() {
    assert!(!matches("node=w*"));
    assert!(matches("node!=w04"));
    assert!(!matches("cluster=*"));
}

#[test]
fn a_status_is_known_by_both_languages_and_may_be_shortened() {
    for status in ["failed", "fai", "critical", "échoué", "ECHOUE", "crit"] {
        assert!(matches(&format!("status={status}")), "{status}");
    }
    assert!(!matches("status=ok"));
    assert!(matches("status!=ok"));
    assert!(!matches("status!=failed"));
}

#[test]
fn ready_is_a_number_of_pods_or_their_share() {
    assert!(matches("ready=3"));
    assert!(!matches("ready<3"));
    assert!(matches("ready<100%"));
    assert!(matches("ready>=50%"));
    assert!(!matches("ready>50%"));
    let none = Typed {
        wanted: true,
        field: Field::Ready,
        sign: Sign::Less,
        test: Test::Percent(100),
    };
    assert!(
        !none.holds(&Said::Ready(0, 0)),
        "nothing wanted is no share"
    );
}

#[test]
fn an_age_has_a_unit_and_equals_what_the_screen_reads() {
    assert!(matches("age<3h"));
    assert!(matches("age>150m"));
    assert!(matches("age=2h"));
    assert!(matches("age<1w age<1j"));
    assert!(!matches("age>=3h"));
}

#[test]
fn a_regex_takes_the_whole_term() {
    assert!(matches("re:^beta-.*k$"));
    assert!(!matches("!re:crash.*off"));
}

#[test]
fn wrong_terms_are_told_with_their_places_and_the_others_work() {
    let text = "beta re:[a status=faild tenan=x name<3 age<2 ready=x restarts>y cpu>500m";
    let near = |text: &str| Some(text.to_owned());
    let told = |term: &str, fault, near| (term.to_owned(), fault, near);
    assert_eq!(
        wrong(text),
        [
            told(
                "re:[a",
                Fault::Regex("unclosed character class".into()),
                None
            ),
            told(
                "status=faild",
                Fault::Word(Field::Status),
                near("status=failed")
            ),
            told("tenan=x", Fault::Field("tenan".into()), near("tenant=x")),
            told("name<3", Fault::Sign(Field::Name), None),
            told("age<2", Fault::Figure(Field::Age), None),
            told("ready=x", Fault::Figure(Field::Ready), None),
            told("restarts>y", Fault::Figure(Field::Restarts), None),
            told("cpu>500m", Fault::Field("cpu".into()), None),
        ]
    );
    assert!(matches(text));
    assert!(!matches("gamma status=faild"));
}

#[test]
fn a_page_knows_the_fields_of_its_rows_only() {
    let catalogue = Catalogue::new(Language::English);
    let bad = |page: &Page, text| !Filter::new(text, page, &catalogue).bad().is_empty();
    assert!(bad(&Page::Tenants, "image=x"));
    assert!(bad(&Page::Watch, "restarts>3"));
    assert!(!bad(&Page::Watch, "node=w04"));
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd_for_the_grammar(text in r#"([a-z]{0,6}(=|!=|<|>)?["*!é%a-z0-9:\[\\ ]{0,6}){0,6}"#) {
        let filter = filter(&text);
        filter.pass().matches(&Row);
        for bad in filter.bad() {
            assert!(filter.text().get(bad.start..bad.end).is_some_and(|it| !it.is_empty()));
        }
    }
}
