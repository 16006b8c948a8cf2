//! What Flux keeps: the page, what leads from a row to its workloads, what leads to it.

use insta::assert_snapshot;

use super::bench::*;
use super::preview::sizes;
use crate::insight::{Cause, stage};
use crate::model::{
    ClusterId, Condition, Delta, DriftDetection, Flux, FluxSource, FluxTool, HelmEntry, Kind,
    Object, ObjectId, Resource, Status, Text, Writer,
};
use crate::viewmodel::Page;
use crate::wording::Language::{self, English, French};

const HERE: ClusterId = ClusterId(1);

fn commit(letter: char) -> Text {
    format!("main@sha1:{}", letter.to_string().repeat(40)).into()
}

fn named(mut flux: Flux, space: &str) -> Flux {
    flux.meta.uid = object(&flux.meta.name).uid;
    flux.target = space.into();
    flux.applied = commit('b');
    flux.attempted = commit('b');
    flux.deployed = Some(night().plus(-7_200));
    flux.source = FluxSource {
        kind: "GitRepository".into(),
        namespace: Text::default(),
        name: "platform".into(),
    };
    flux
}

fn fails(flux: &mut Flux, reason: &str, message: &str, ago: i64) {
    let ready = Condition {
        name: "Ready".into(),
        status: Status::False,
        reason: reason.into(),
        message: message.into(),
        changed: Some(night().plus(-ago)),
        updated: None,
    };
    flux.failed = Some(Box::new(ready.clone()));
    flux.conditions = vec![ready];
}

/// A release that gave up after its third upgrade.
fn stalled() -> Flux {
    let mut flux = named(
        stage::helm_release("beta-web", DriftDetection::Warn),
        "betaapp",
    );
    flux.applied = "1.4.2".into();
    flux.attempted = "1.5.0".into();
    let message = "Helm upgrade failed for release betaapp/beta-web with chart web@1.5.0: context deadline exceeded";
    fails(&mut flux, "UpgradeFailed", message, 840);
    flux.conditions.push(Condition {
        name: "Stalled".into(),
        status: Status::True,
        reason: "RetriesExceeded".into(),
        message: "Failed to upgrade after 3 attempt(s)".into(),
        changed: Some(night().plus(-300)),
        updated: None,
    });
    let entry = |number, status: &str, chart: &str, ago: i64| HelmEntry {
        release: "beta-web".into(),
        number,
        status: status.into(),
        chart_version: chart.into(),
        deployed: Some(night().plus(-ago)),
    };
    if let FluxTool::HelmRelease(it) = &mut flux.tool {
        it.chart = "web".into();
        it.version = "1.x".into();
        (it.failures, it.upgrade_failures, it.retries) = (3, 3, 2);
        it.history = vec![
            entry(8, "failed", "1.5.0", 840),
            entry(7, "deployed", "1.4.2", 90_000),
        ];
    }
    flux
}

fn fleet(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    let mut broken = named(stage::kustomization("candilib"), "candilib");
    let message = "kustomize build failed: accumulating resources: gone.yaml: no such file";
    fails(&mut broken, "BuildFailed", message, 3_000);
    broken.attempted = commit('d');
    broken.after = vec![("flux-system".into(), "infra".into())];
    let mut off = named(stage::kustomization("basegun"), "basegun");
    off.suspended = true;
    off.suspended_by = Some(Box::new(Writer {
        name: "vigie".into(),
        at: Some(night().plus(-7_200)),
    }));
    let mut waits = named(stage::kustomization("psij"), "psij");
    let message = "dependency 'flux-system/candilib' is not ready";
    fails(&mut waits, "DependencyNotReady", message, 2_000);
    let well = named(stage::kustomization("warhammer"), "warhammer");
    for flux in [well, off, waits, broken, stalled()] {
        bench.fact(Delta::Upsert(HERE, Object::Flux(Box::new(flux))));
    }
    bench
}

/// On the page, which has no key.
fn listed(language: Language) -> Bench {
    let mut bench = fleet(language);
    bench.keys(":");
    bench.types("flux");
    bench.keys("Enter");
    assert_eq!(*bench.app.trail.page(), Page::Flux);
    bench
}

#[test]
fn what_gave_up_stands_first_and_is_told_whole() {
    assert_snapshot!("flux", sizes(&mut listed(English)));
    let mut bench = listed(English);
    bench.keys("j");
    bench.resize(132, 40);
    assert_snapshot!("flux_failing", bench.text());
    let mut bench = listed(French);
    bench.resize(132, 40);
    assert_snapshot!("flux_fr", bench.text());
    listed(English).small_forms();
}

#[test]
fn what_it_keeps_is_opened_and_left_again() {
    let mut bench = listed(English);
    let mut workload = stage::deployment("candilib", "worker", 1);
    stage::keep(&mut workload.meta, "candilib");
    bench.fact(Delta::Upsert(HERE, Object::Workload(workload)));
    let other = stage::deployment("candilib", "other", 1);
    bench.fact(Delta::Upsert(HERE, Object::Workload(other)));
    bench.judged(Vec::new(), Vec::new());
    bench.keys("j");
    assert!(bench.selected().contains("candilib"), "{}", bench.text());
    bench.keys("Enter");
    let text = bench.text();
    assert!(text.contains("worker") && !text.contains("other"), "{text}");
    bench.keys("Esc");
    assert_eq!(*bench.app.trail.page(), Page::Flux);
}

fn serve(bench: &mut Bench, version: &str) {
    let served = [(Kind::Kustomization, "ks"), (Kind::HelmRelease, "hr")];
    let served = served.map(|(kind, short)| {
        std::sync::Arc::new(Resource {
            group: kind.group().into(),
            version: version.into(),
            plural: kind.plural().into(),
            kind: kind.name().into(),
            namespaced: true,
            short: vec![short.into()],
        })
    });
    bench.fact(Delta::Served(HERE, served.into()));
}

#[test]
fn a_version_that_is_not_read_is_told() {
    let mut bench = Bench::new(English);
    bench.read(1, &[Kind::Pod, Kind::Deployment], None);
    serve(&mut bench, "v1beta2");
    bench.judged(Vec::new(), Vec::new());
    bench.keys(":");
    bench.types("flux");
    bench.keys("Enter");
    let text = bench.text();
    assert!(
        text.contains("kustomize.toolkit.fluxcd.io/v1beta2"),
        "{text}"
    );
}

#[test]
fn its_kind_is_called_by_its_short_name_and_its_state_filters() {
    let mut bench = fleet(English);
    serve(&mut bench, "v1");
    bench.keys(":");
    bench.types("hr");
    bench.keys("Enter");
    let text = bench.text();
    assert!(
        text.contains("beta-web") && !text.contains("warhammer"),
        "{text}"
    );
    let mut bench = listed(English);
    bench.keys("/");
    bench.types("status=waiting");
    let text = bench.text();
    assert!(
        text.contains("basegun") && !text.contains("warhammer"),
        "{text}"
    );
}

#[test]
fn a_finding_leads_to_its_row() {
    let mut bench = fleet(English);
    let mut found = finding("candilib", "candilib", 50);
    let id = ObjectId {
        kind: Kind::Kustomization,
        ..object("candilib")
    };
    found.cause = Cause::Object(id);
    found.objects = vec![id];
    found.subject.kind = "Kustomization".into();
    found.trouble = crate::insight::Trouble::NotReconciled {
        reason: "BuildFailed".into(),
        message: "accumulating resources: gone.yaml: no such file".into(),
        stalled: false,
    };
    found.ready = None;
    found.namespace = "flux-system".into();
    bench.judged(vec![found], Vec::new());
    assert_snapshot!("flux_finding", bench.text());
    bench.keys("Enter");
    assert_eq!(*bench.app.trail.page(), Page::Flux);
    assert!(bench.selected().contains("candilib"), "{}", bench.text());
    bench.keys("Esc");
    assert_eq!(*bench.app.trail.page(), Page::Watch);
}
