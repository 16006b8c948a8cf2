//! A workload that an Application of Argo CD keeps as git has it, in two revisions.

use std::time::Duration;

use serde_json::{Value, json};

use crate::arena::{IMAGE, NEXT_IMAGE};
use crate::bed::argo_cd::objects::{application, path};
use crate::bed::argo_cd::{ArgoCd, NAMESPACE, Repo};
use crate::bed::workloads::{deployment, deployment_path, namespace, rolled_out, template};
use crate::bed::{Api, ControlPlane, Persona, Result};

/// It corrects within two seconds; a busy machine, and one heal after another, take longer.
pub(crate) const SOON: Duration = Duration::from_secs(90);

/// Longer than Argo CD of the bed leaves an Application alone.
pub(crate) const LONG: Duration = Duration::from_secs(25);

pub(crate) struct Plan<'a> {
    pub(crate) name: &'a str,
    /// Of the namespace.
    pub(crate) labels: Value,
    /// `spec.syncPolicy`.
    pub(crate) policy: Value,
    /// It is itself declared in git, to the Application `NAME-parent`, which heals.
    pub(crate) parent: bool,
    /// What becomes of the pods of the second revision.
    pub(crate) fate: Value,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(name: &'a str, policy: Value) -> Self {
        Self {
            name,
            labels: json!({}),
            policy,
            parent: false,
            fate: json!({}),
        }
    }

    /// The Deployment `app`, once its second revision is there.
    pub(crate) async fn build(&self) -> Result<(Api, Repo)> {
        self.build_on(ArgoCd::plane()?, ArgoCd::shared()?).await
    }

    pub(crate) async fn build_on(
        &self,
        plane: &ControlPlane,
        argo: &ArgoCd,
    ) -> Result<(Api, Repo)> {
        let name = self.name;
        let api = plane.api(Persona::Admin).await?;
        api.create(&namespace(name, &self.labels)).await?;
        let repo = argo.repo(name)?;
        repo.commit("w/app.yaml", &object(name, IMAGE, &json!({})))?;
        let app = application(name, &repo, "w", name, &self.policy);
        if self.parent {
            repo.commit("apps/child.yaml", &app.to_string())?;
            let heals = json!({"automated": {"selfHeal": true}});
            let name = format!("{name}-parent");
            api.create(&application(&name, &repo, "apps", NAMESPACE, &heals))
                .await?;
        } else {
            api.create(&app).await?;
        }
        api.wait_for(&path(name), "made", |_| true).await?;
        argo.wait_synced(&api, name).await?;
        api.wait_for(&deployment_path(name, "app"), "rolled out", rolled_out)
            .await?;
        repo.commit("w/app.yaml", &object(name, NEXT_IMAGE, &self.fate))?;
        argo.refresh(&api, name).await?;
        api.wait_at_most(SOON, &path(name), "synced", |it| {
            let status = &it["status"];
            it["operation"].is_null()
                && status["operationState"]["phase"] == "Succeeded"
                && status["sync"]["status"] == "Synced"
        })
        .await?;
        api.wait_at_most(SOON, &deployment_path(name, "app"), "the next one", |it| {
            *image_of(it) == NEXT_IMAGE
        })
        .await?;
        Ok((api, repo))
    }
}

fn object(space: &str, image: &str, fate: &Value) -> String {
    deployment(space, "app", 1, &template("app", image, fate)).to_string()
}

pub(crate) fn image_of(object: &Value) -> &Value {
    &object["spec"]["template"]["spec"]["containers"][0]["image"]
}

/// Nobody puts the Deployment `app` back.
pub(crate) async fn stays(api: &Api, name: &str, image: &str) -> Result {
    let app = deployment_path(name, "app");
    api.stays(&app, LONG, |it| *image_of(it) == image).await
}
