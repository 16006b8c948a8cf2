//! The seeded platform is in the trouble it should be in.

use crate::bed::control_plane::Setup;
use crate::bed::workloads::{condition_status, deployment_path};
use crate::bed::{Api, ControlPlane, Persona, Result, nodes, seed};

const BETAAPP_PROD: &str = "5ml1kjum5pv08d0zckclpksb6--22dxmhpuknhbc3u48km99jyob";

#[tokio::test]
async fn the_night_is_as_told() -> Result {
    let plane = ControlPlane::start_with(Setup {
        controllers: true,
        nodes: 0,
    })?;
    seed::seed(&plane)?;
    let api = plane.api(Persona::Admin).await?;

    let stuck = api
        .wait_for(
            &deployment_path(BETAAPP_PROD, "beta-back"),
            "stuck",
            |object| condition_status(object, "Progressing") == Some("False"),
        )
        .await?;
    assert_eq!(stuck["status"]["readyReplicas"], 3);
    assert_eq!(stuck["status"]["updatedReplicas"], 3);
    assert_eq!(
        stuck["metadata"]["annotations"]["deployment.kubernetes.io/revision"],
        "15"
    );

    let candilib = namespace_of(&api, "candilib", "prod").await?;
    api.wait_for(
        &deployment_path(&candilib, "api-usager"),
        "4 of 6",
        |object| {
            object["status"]["readyReplicas"] == 4
                && condition_status(object, "ReplicaFailure") == Some("True")
        },
    )
    .await?;

    let lost = api.get(&nodes::path("app1-w02")).await?;
    assert_eq!(condition_status(&lost, "Ready"), Some("Unknown"));

    let team = plane.api(Persona::Team).await?;
    team.items(&format!("/api/v1/namespaces/{candilib}/pods"))
        .await?;
    Ok(())
}

async fn namespace_of(api: &Api, project: &str, environment: &str) -> Result<String> {
    let path = format!(
        "/api/v1/namespaces?labelSelector=dso/project={project},dso/environment={environment}"
    );
    let found = api.items(&path).await?;
    let name = found
        .first()
        .and_then(|namespace| namespace["metadata"]["name"].as_str());
    Ok(name.map(str::to_owned).unwrap_or_default())
}
