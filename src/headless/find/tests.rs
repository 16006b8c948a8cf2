use rstest::rstest;

use super::*;
use crate::insight::judge;
use crate::insight::stage::{SELF_HEAL, Stage, application, kustomization};
use crate::model::{Destination, Namespace, Object};
use crate::tenancy::{Rule, Rules, Selection};
use crate::wording::{Catalogue, Language};

/// An Application and a Kustomization that deploy to production of `betaapp`, and lie elsewhere.
fn found(named: &str, words: &[&str]) -> Result<String, String> {
    let mut stage = Stage::new();
    for name in ["argocd", "b4qjvd", "flux-system"] {
        stage.add(Object::Namespace(Namespace {
            meta: crate::insight::stage::meta("", name),
            terminating: false,
        }));
    }
    let mut beta = application("beta", Some(SELF_HEAL));
    beta.destination = Destination {
        namespace: "b4qjvd".into(),
        ..beta.destination
    };
    stage.add(Object::Application(Box::new(beta)));
    let mut flux = kustomization("beta");
    flux.target = "b4qjvd".into();
    stage.add(Object::Flux(Box::new(flux)));
    let rules = Rules {
        rules: vec![Rule {
            namespaces: vec!["b4qjvd".to_owned()],
            tenant: Some("betaapp".to_owned()),
            environment: Some("prod".to_owned()),
            ..Rule::default()
        }],
        ..Rules::default()
    };
    let places = Places::resolve(&stage.store, &rules);
    let judgement = judge(&stage.store, &places, stage.now);
    let selection = Selection::new(words.iter().copied());
    let facts = Facts {
        store: &stage.store,
        places: &places,
        judgement: &judgement,
        selection: &selection,
        catalogue: &Catalogue::new(Language::English),
        now: stage.now,
    };
    match find(&named.parse().unwrap(), &facts) {
        Ok(it) => Ok(format!("{}/{}", it.place.tenant, it.place.environment)),
        Err(answer) => Err(answer.notes.join("\n")),
    }
}

#[rstest]
#[case::everything(&[])]
#[case::environment(&["betaapp/prod"])]
#[case::tenant(&["betaapp"])]
#[case::where_it_deploys_to(&["b4qjvd"])]
#[case::where_it_lies(&["argocd"])]
fn an_application_is_found_by_whose_it_is_and_by_the_namespace_it_lies_in(#[case] words: &[&str]) {
    assert_eq!(
        found("application/beta", words),
        Ok("betaapp/prod".to_owned())
    );
}

#[rstest]
#[case::platform(&["platform"])]
#[case::another(&["flux-system"])]
fn what_argo_cd_deploys_for_others_is_not_its_own_tenants(#[case] words: &[&str]) {
    assert!(found("application/beta", words).is_err());
}

#[rstest]
#[case::environment(&["betaapp/prod"])]
#[case::where_it_lies(&["flux-system"])]
fn what_is_flux_is_found_in_both_places_too(#[case] words: &[&str]) {
    assert!(found("kustomization/beta", words).is_ok());
    assert!(found("kustomization/beta", &["argocd"]).is_err());
}
