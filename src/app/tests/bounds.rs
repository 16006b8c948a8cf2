//! How full quotas are, beside the tenants and under them.

use insta::assert_snapshot;

use super::bench::*;
use crate::model::{Bound, ClusterId, Delta, Object, Quota, quantity};
use crate::wording::Language::English;

/// A tenant with a name and quotas that fill their places.
fn bounded(columns: u16) -> String {
    let mut bench = Bench::new(English);
    bench.read_all();
    let quota = |namespace: &str, cpu: [&str; 2], memory: [&str; 2]| {
        let bound = |resource: &str, [used, hard]: [&str; 2]| {
            let value = |text| quantity::value(text).unwrap();
            Bound {
                resource: resource.into(),
                used: used.into(),
                hard: hard.into(),
                ratio: Some(value(used) / value(hard)),
            }
        };
        Object::Quota(Quota {
            meta: meta(namespace, &format!("{namespace}-quota")),
            bounds: vec![bound("limits.cpu", cpu), bound("limits.memory", memory)],
        })
    };
    for quota in [
        quota("betaapp", ["12500", "20k"], ["1023Gi", "1047552Mi"]),
        quota("candilib", ["4600m", "6"], ["4Gi", "8Gi"]),
    ] {
        bench.fact(Delta::Upsert(ClusterId(1), quota));
    }
    let mut hurt = finding("betaapp", "beta-back-with-a-name-as-long-as-they-come", 14);
    hurt.namespace = "betaapp".into();
    bench.judged(vec![hurt], Vec::new());
    bench.resize(columns, 30);
    bench.text();
    bench.keys("2 j");
    bench.text()
}

#[test]
fn bounds_in_the_pane_120() {
    assert_snapshot!(bounded(120));
}

#[test]
fn bounds_in_the_pane_132() {
    assert_snapshot!(bounded(132));
}

#[test]
fn bounds_in_the_strip_keep_their_figures_whole() {
    for columns in [60, 66, 72, 80] {
        let text = bounded(columns);
        let line = text.lines().find(|it| it.contains(" cpu "));
        let line = line.unwrap_or_else(|| panic!("{columns}\n{text}"));
        assert!(line.contains("12.5k/20k"), "{line}");
        assert!(
            !line.contains("mem") || line.contains("1023/1023Gi"),
            "{line}"
        );
        assert!(!line.contains('\u{2026}'), "{line}");
    }
}
