//! What the bench measures on looks like production.

use serde_json::Value;

use crate::bed::population::{Sizes, applications, populate};
use crate::bed::{ControlPlane, Persona, Result};

#[tokio::test]
async fn a_pod_weighs_thirteen_kilobytes_and_a_deployment_has_ten_old_revisions() -> Result {
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    let population = populate(&api, 250, Sizes::Mixed).await?;

    let pods = api.items("/api/v1/pods").await?;
    assert_eq!(pods.len(), population.pods);
    for pod in &pods {
        let bytes = serde_json::to_vec(pod)?.len();
        assert!((12_000..14_000).contains(&bytes), "{bytes}");
        assert_eq!(
            pod["metadata"]["managedFields"].as_array().map(Vec::len),
            Some(2)
        );
        assert_eq!(pod["status"]["phase"], "Running");
    }

    let deployments = api
        .items("/apis/apps/v1/namespaces/load-0/deployments")
        .await?;
    let mut sizes: Vec<u64> = deployments
        .iter()
        .filter_map(|object| object["status"]["readyReplicas"].as_u64())
        .collect();
    sizes.sort_unstable();
    assert_eq!(sizes[sizes.len() / 2], 5);

    let sets = api.items("/apis/apps/v1/replicasets").await?;
    let empty = |set: &&Value| set["spec"]["replicas"] == 0;
    assert_eq!(
        sets.iter().filter(empty).count(),
        10 * population.deployments
    );
    Ok(())
}

#[tokio::test]
async fn an_application_weighs_twelve_kilobytes() -> Result {
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    applications::populate(&api, 3).await?;
    let written = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
    let written = api.items(written).await?;
    assert_eq!(written.len(), 3);
    for application in written {
        let bytes = serde_json::to_vec(&application)?.len();
        assert!((11_000..13_000).contains(&bytes), "{bytes}");
    }
    Ok(())
}
