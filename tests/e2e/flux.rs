//! What is said of whether a change holds under Flux, beside what the real kustomize-controller then makes of it.

use std::fmt;
use std::time::{Duration, Instant};

use color_eyre::eyre::{WrapErr, ensure, eyre};
use futures::future::try_join_all;
use serde_json::{Value, json};
use vigie::action::{ByFlux, Executed, Hold, HoldVerdict, Reason};
use vigie::insight::FluxConduct;

use crate::arena::{IMAGE, NEXT_IMAGE};
use crate::bed::flux::objects::{INTERVAL, kustomization, path, ready};
use crate::bed::flux::{Flux, Source};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{Api, Persona, Result};
use crate::gitops::request;
use crate::hands::Hands;

/// A reconciliation takes a second or two; a busy machine takes longer.
const SOON: Duration = Duration::from_secs(90);
/// Longer than two intervals.
const LONG: Duration = Duration::from_secs(2 * INTERVAL + 5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Plain,
    Suspended,
    /// What git has cannot be built any more.
    Failing,
    /// `spec.ignore` of the number of replicas.
    Ignoring,
    /// An annotation on the object, by hand.
    Disabled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    state: State,
    /// Git declares the number of replicas.
    counted: bool,
}

const STATES: [State; 5] = [
    State::Plain,
    State::Suspended,
    State::Failing,
    State::Ignoring,
    State::Disabled,
];
/// One workload for each thing that is done.
const VERBS: [&str; 3] = ["back", "scale", "restart"];

impl Cell {
    fn name(self) -> String {
        let counted = if self.counted { "-counted" } else { "" };
        format!("k-{:?}{counted}", self.state).to_lowercase()
    }

    fn workload(self, verb: &str, image: &str) -> String {
        let mut object = deployment(&self.name(), verb, 1, &template(verb, image, &json!({})));
        if !self.counted
            && let Some(spec) = object["spec"].as_object_mut()
        {
            spec.remove("replicas");
        }
        object.to_string()
    }
}

struct Site {
    cell: Cell,
    api: Api,
}

impl Site {
    async fn build(cell: Cell, flux: &'static Flux) -> Result<Self> {
        let api = Flux::plane()?.api(Persona::Admin).await?;
        let site = Self { cell, api };
        site.deploy(flux).await.wrap_err_with(|| cell.name())?;
        Ok(site)
    }

    async fn deploy(&self, flux: &Flux) -> Result {
        let (cell, name) = (self.cell, self.cell.name());
        self.api.create(&namespace(&name, &json!({}))).await?;
        let mut source = flux.source(&self.api, &name).await?;
        let mut kept = kustomization(&name, &name, "w");
        if cell.state == State::Ignoring {
            let target = json!({"kind": "Deployment"});
            kept["spec"]["ignore"] = json!([{"paths": ["/spec/replicas"], "target": target}]);
        }
        let revision = self.commit(&mut source, IMAGE).await?;
        self.api.create(&kept).await?;
        flux.wait_applied(&self.api, &name, &revision).await?;
        for verb in VERBS {
            let path = deployment_path(&name, verb);
            self.api
                .wait_at_most(SOON, &path, "rolled out", rolled_out)
                .await?;
        }
        let revision = self.commit(&mut source, NEXT_IMAGE).await?;
        flux.wait_applied(&self.api, &name, &revision).await?;
        self.put_in_state(&mut source).await
    }

    async fn commit(&self, source: &mut Source, image: &str) -> Result<String> {
        let files = VERBS.map(|verb| (verb, self.cell.workload(verb, image)));
        let paths = VERBS.map(|verb| format!("w/{verb}.yaml"));
        let files: Vec<_> = paths
            .iter()
            .zip(files)
            .map(|(path, (_, text))| (path.as_str(), text))
            .collect();
        source.commit(&files).await
    }

    async fn put_in_state(&self, source: &mut Source) -> Result {
        let name = self.cell.name();
        match self.cell.state {
            State::Plain | State::Ignoring => {}
            State::Suspended => {
                let suspend = json!({"spec": {"suspend": true}});
                self.api.merge(&path(&name), &suspend).await?;
            }
            State::Failing => {
                source
                    .commit(&[("w/kustomization.yaml", "resources: [gone.yaml]".to_owned())])
                    .await?;
                let failed = |it: &Value| ready(it) == Some("False");
                self.api
                    .wait_at_most(SOON, &path(&name), "failing", failed)
                    .await?;
            }
            State::Disabled => {
                let note = json!({"kustomize.toolkit.fluxcd.io/reconcile": "disabled"});
                for verb in VERBS {
                    let change = json!({"metadata": {"annotations": note}});
                    self.api
                        .merge(&deployment_path(&name, verb), &change)
                        .await?;
                }
            }
        }
        Ok(())
    }

    async fn template_and_replicas(&self, verb: &str) -> Result<(Value, Value)> {
        let path = deployment_path(&self.cell.name(), verb);
        let object = self.api.get(&path).await?;
        let spec = &object["spec"];
        Ok((spec["template"].clone(), spec["replicas"].clone()))
    }
}

/// What was said, and what came of it.
struct Row {
    cell: Cell,
    verb: &'static str,
    hold: Hold,
    stayed: bool,
    seconds: u64,
}

impl Row {
    fn is_right(&self) -> bool {
        let Reason::Flux { said, .. } = &self.hold.reason else {
            return false;
        };
        match (self.hold.verdict, said) {
            (HoldVerdict::UntilNextSync, ByFlux::Differs(FluxConduct::Reconciles { .. })) => {
                !self.stayed
            }
            (HoldVerdict::UntilNextSync | HoldVerdict::Holds, _) => self.stayed,
            _ => false,
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_right() { "right" } else { "WRONG" };
        let came = if self.stayed { "stayed" } else { "put back" };
        write!(
            f,
            "{mark}  {:<22} {:<8} {:?} {:?}  {came} {} s",
            self.cell.name(),
            self.verb,
            self.hold.verdict,
            self.hold.reason,
            self.seconds
        )
    }
}

/// Whether what was written stays; and how long that took to be known.
async fn watch(site: &Site, verb: &str, was: &(Value, Value)) -> Result<(bool, u64)> {
    let began = Instant::now();
    while began.elapsed() < LONG {
        if site.template_and_replicas(verb).await? == *was {
            return Ok((false, began.elapsed().as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Ok((true, began.elapsed().as_secs()))
}

#[tokio::test]
async fn what_is_said_of_flux_comes_true() -> Result {
    let flux = Flux::shared()?;
    let cells: Vec<_> = STATES
        .into_iter()
        .flat_map(|state| [false, true].map(|counted| Cell { state, counted }))
        .collect();
    let sites = try_join_all(cells.iter().map(|cell| Site::build(*cell, flux))).await?;
    let mut hands = Hands::on_flux(Flux::plane()?).await?;
    let mut done = Vec::new();
    for site in &sites {
        for verb in VERBS {
            let object = hands.workload_in(&site.cell.name(), verb)?;
            let request = request(&hands, &object, verb)?;
            let preview = hands.preview(request).await?;
            let was = site.template_and_replicas(verb).await?;
            let executed = hands.execute(&preview).await?;
            ensure!(
                matches!(&executed, Executed::Answered(it) if it[0].accepted().is_some()),
                "{} {verb}: {executed:?}",
                site.cell.name()
            );
            let hold = preview.hold().cloned();
            let hold = hold.ok_or_else(|| eyre!("nothing said"))?;
            done.push((site, verb, was, hold));
        }
    }
    let rows = done.iter().map(async |(site, verb, was, hold)| {
        let (stayed, seconds) = watch(site, verb, was).await?;
        Ok::<_, color_eyre::Report>(Row {
            cell: site.cell,
            verb,
            hold: hold.clone(),
            stayed,
            seconds,
        })
    });
    let rows = try_join_all(rows).await?;
    for site in &sites {
        site.api.delete(&path(&site.cell.name())).await?;
    }
    let table: Vec<_> = rows.iter().map(ToString::to_string).collect();
    println!("{}", table.join("\n"));
    let wrong = rows.iter().filter(|it| !it.is_right()).count();
    assert_eq!(wrong, 0, "{}", table.join("\n"));
    assert_eq!(rows.len(), 30);
    Ok(())
}
