use rstest::rstest;

use super::*;
use crate::insight::stage::{HOME, Stage, at, deployment, meta};
use crate::model::{Labels, Namespace, Object, Project};

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn namespace(name: &str, labels: Pairs<'_>, annotations: Pairs<'_>) -> Object {
    let mut meta = meta("", name);
    meta.labels = labels.iter().copied().collect();
    meta.annotations = annotations.iter().copied().collect();
    Object::Namespace(Namespace {
        meta,
        terminating: false,
    })
}

fn place(name: &str, labels: Pairs<'_>, annotations: Pairs<'_>) -> (String, String, Class) {
    let mut stage = Stage::new();
    stage.add(namespace(name, labels, annotations));
    told(&stage, name, &Rules::default())
}

fn told(stage: &Stage, name: &str, rules: &Rules) -> (String, String, Class) {
    let place = Places::resolve(&stage.store, rules).of(HOME, name);
    (place.tenant.into(), place.environment.into(), place.class)
}

fn is(tenant: &str, environment: &str, class: Class) -> (String, String, Class) {
    (tenant.to_owned(), environment.to_owned(), class)
}

const OPAQUE: &str = "b4qjvd14pua3z58ulicbc04u0--22dxmhpuknhbc3u48km99jyob";

#[rstest]
#[case(OPAQUE, &[("app.kubernetes.io/managed-by", "dso-console"), ("dso/project", "betaapp"), ("dso/project.slug", "betaapp"), ("dso/environment", "dev")], &[], is("betaapp", "dev", Class::NonProduction))]
#[case("mi-home-prod-c626", &[("dso/organization", "mi"), ("dso/projet", "home"), ("dso/environment", "prod")], &[], is("mi-home", "prod", Class::Production))]
#[case("mi-home-prod-c626", &[], &[], is("mi-home", "prod", Class::Production))]
#[case("oil-production", &[("capsule.clastix.io/tenant", "oil")], &[], is("oil", "production", Class::Production))]
#[case("oil-a", &[("projectcapsule.dev/tenant", "oil")], &[], is("oil", "a", Class::Unknown))]
#[case("shop-dev", &[("field.cattle.io/projectId", "p-x1y2z")], &[], is("p-x1y2z", "dev", Class::NonProduction))]
#[case("shop-dev", &[], &[("field.cattle.io/projectId", "c-m-1:p-x1y2z")], is("p-x1y2z", "dev", Class::NonProduction))]
#[case("shop", &[], &[("openshift.io/display-name", "The shop")], is("The shop", "shop", Class::Unknown))]
#[case("team-a-sub", &[("org.tree.hnc.x-k8s.io/depth", "2"), ("team-a.tree.hnc.x-k8s.io/depth", "1"), ("team-a-sub.tree.hnc.x-k8s.io/depth", "0")], &[], is("org", "team-a-sub", Class::Unknown))]
#[case("kube-system", &[("field.cattle.io/projectId", "p-x1y2z")], &[], is("platform", "kube-system", Class::Production))]
#[case("dso-argocd", &[], &[], is("platform", "dso-argocd", Class::Production))]
#[case("dso-app-dev-6293", &[("dso/project.slug", "dso-app"), ("dso/environment", "dev")], &[], is("dso-app", "dev", Class::NonProduction))]
#[case("shop", &[], &[], is("shop", "", Class::Unknown))]
#[case("shop-prod", &[], &[], is("shop-prod", "", Class::Production))]
#[case("shop", &[("environment", "staging")], &[], is("shop", "staging", Class::NonProduction))]
fn a_namespace_is_of_its_scheme(
    #[case] name: &str,
    #[case] labels: Pairs<'_>,
    #[case] annotations: Pairs<'_>,
    #[case] expected: (String, String, Class),
) {
    assert_eq!(place(name, labels, annotations), expected);
}

#[test]
fn a_rancher_project_has_its_display_name_where_it_can_be_read() {
    let mut stage = Stage::new();
    let id = [("field.cattle.io/projectId", "p-x1y2z")];
    stage.add(namespace("shop-prod", &id, &[]));
    stage.add(Object::Project(Project {
        meta: meta("c-m-1", "p-x1y2z"),
        display_name: "Shop".into(),
    }));
    assert_eq!(
        told(&stage, "shop-prod", &Rules::default()),
        is("Shop", "prod", Class::Production)
    );
}

#[test]
fn what_workloads_say_of_their_environment_beats_its_name() {
    let mut stage = Stage::new();
    let labels = [("dso/project.slug", "betaapp"), ("dso/environment", "blue")];
    stage.add(namespace("x", &labels, &[]));
    let before = Places::resolve(&stage.store, &Rules::default());
    let mut web = deployment("x", "web", 1);
    web.template.labels = [("env", "prod")].into_iter().collect::<Labels>();
    stage.add(web);
    assert!(before.stale(&stage.store, &Rules::default()));
    assert_eq!(
        told(&stage, "x", &Rules::default()),
        is("betaapp", "blue", Class::Production)
    );
    let after = Places::resolve(&stage.store, &Rules::default());
    stage.now = at(5);
    stage.add(deployment("x", "other", 2));
    assert!(!after.stale(&stage.store, &Rules::default()));
}

fn rules(text: &str) -> Rules {
    toml::from_str(text).unwrap()
}

#[test]
fn configured_rules_come_before_presets() {
    let rules = rules(
        r#"
        [[rules]]
        label = "team"
        environment_label = "stage"
        [[rules]]
        name = "(?<tenant>[a-z]+)-(?<environment>[a-z]+)-app"
        [[rules]]
        namespaces = ["vault"]
        tenant = "security"
        class = "production"
        "#,
    );
    let mut stage = Stage::new();
    stage.add(namespace(
        "x",
        &[
            ("team", "blue"),
            ("stage", "qa"),
            ("capsule.clastix.io/tenant", "oil"),
        ],
        &[],
    ));
    stage
        .add(namespace("red-prod-app", &[], &[]))
        .add(namespace("vault", &[], &[]));
    assert_eq!(
        told(&stage, "x", &rules),
        is("blue", "qa", Class::NonProduction)
    );
    assert_eq!(
        told(&stage, "red-prod-app", &rules),
        is("red", "prod", Class::Production)
    );
    assert_eq!(
        told(&stage, "vault", &rules),
        is("security", "vault", Class::Production)
    );
}

#[test]
fn every_fault_of_the_rules_is_told_at_once() {
    let rules = rules("[[rules]]\nname = \"(\"\n[[rules]]\n[[rules]]\nnamespaces = [\"a\"]\n");
    let faults = rules.problems();
    assert_eq!(faults.len(), 3);
    assert!(matches!(faults[0].fault, RuleFault::Regex(_)));
    assert_eq!(
        (&faults[1].fault, &faults[2].fault),
        (&RuleFault::Source, &RuleFault::NoTenant)
    );
    assert!(toml::from_str::<Rules>("platfrom = []").is_err());
}

#[test]
fn a_tenant_spans_clusters() {
    let mut store = crate::store::Store::new(["app1", "app2"], at(0));
    for cluster in [0, 1] {
        let labels = [("dso/project.slug", "betaapp"), ("dso/environment", "dev")];
        let delta = crate::model::Delta::Upsert(
            crate::model::ClusterId(cluster),
            namespace("x", &labels, &[]),
        );
        store.apply(delta, at(0));
    }
    let places = Places::resolve(&store, &Rules::default());
    let (tenant, sites) = places.tenants().next().unwrap();
    assert_eq!((tenant.as_str(), sites.len()), ("betaapp", 2));
}

#[test]
fn a_namespace_that_could_not_be_read_is_judged_by_its_name() {
    let stage = Stage::new();
    assert_eq!(
        told(&stage, "infra-argocd", &Rules::default()).0,
        "platform"
    );
    assert_eq!(
        told(&stage, "mi-home-dev-6293", &Rules::default()).0,
        "mi-home"
    );
    assert_eq!(
        told(&stage, "", &Rules::default()),
        is("platform", "public1", Class::Production)
    );
}

#[rstest]
#[case(&[], true)]
#[case(&[OPAQUE], true)]
#[case(&["betaapp"], true)]
#[case(&["betaapp/dev"], true)]
#[case(&["betaapp/prod"], false)]
#[case(&["candilib", "betaapp/dev"], true)]
fn a_selection_takes_any_name_of_a_namespace(#[case] words: &[&str], #[case] expected: bool) {
    let place = Place {
        tenant: "betaapp".into(),
        environment: "dev".into(),
        class: Class::NonProduction,
        platform: false,
    };
    let selection = Selection::new(words.iter().copied());
    assert_eq!(selection.matches(OPAQUE, &place), expected);
}
