//! Environments of Cloud Pi Native: one switch in the platform's console decides on auto-sync for all Applications of each
//! (charts `dso-ns` and `dso-env`: without it they have no `syncPolicy` at all).

use std::collections::HashMap;

use super::applications::{Applications, Kept};
use crate::model::{Application, ClusterId, Labels, Text};
use crate::store::Store;

/// An environment, as the labels of its namespace name it to the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    pub cluster: ClusterId,
    pub namespace: Text,
    /// Ids of the console: each a UUID, so that it may stand in a path.
    pub project: Text,
    pub id: Text,
    /// By which the console's pages name the project; empty where the label is missing.
    pub slug: Text,
}

/// By cluster and namespace.
pub struct Environments<'a>(HashMap<(ClusterId, &'a Text), &'a Labels>);

impl<'a> Environments<'a> {
    pub fn of(store: &'a Store) -> Self {
        let all = store.clusters().flat_map(|cluster| {
            let namespaces = cluster.namespaces().map(move |it| (cluster.id(), &it.meta));
            namespaces.map(|(id, meta)| ((id, &meta.name), &meta.labels))
        });
        let known = all.filter(|(_, labels)| labels.get(Application::ENVIRONMENT).is_some());
        Self(known.collect())
    }

    /// Where the Application deploys to, if the console's switch decides on its auto-sync.
    pub fn switch(&self, applications: &Applications<'a>, kept: Kept<'a>) -> Option<Switch> {
        let own = &kept.application.meta.labels;
        let labels = self.0.get(&applications.destination(kept))?;
        let id = labels.get(Application::ENVIRONMENT)?;
        // The platform's own of the environment sync in any case.
        let switched = own.get(Application::TYPE).is_none_or(|it| it == "app");
        let other = own.get(Application::ENVIRONMENT).is_some_and(|it| it != id);
        let project = labels.get("dso/project.id")?;
        let plain = switched && !other && is_uuid(id) && is_uuid(project);
        let (cluster, namespace) = applications.destination(kept);
        plain.then(|| Switch {
            cluster,
            namespace: namespace.clone(),
            project: project.into(),
            id: id.into(),
            slug: labels.get("dso/project.slug").unwrap_or_default().into(),
        })
    }

    /// The Applications that the switch of that environment decides on.
    pub fn switched(&self, applications: &Applications<'a>, switch: &Switch) -> Vec<Kept<'a>> {
        let all = applications.iter();
        all.filter(|kept| self.switch(applications, *kept).as_ref() == Some(switch))
            .collect()
    }
}

/// Made by the console for the environment's switch: without it such an Application has no auto-sync.
pub fn is_of_console(application: &Application) -> bool {
    application.meta.labels.get(Application::TYPE) == Some("app")
}

fn is_uuid(text: &str) -> bool {
    let plain = |it: char| it.is_ascii_hexdigit() || it == '-';
    text.len() == 36 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::stage::{HOME, SELF_HEAL, Stage, application, meta};
    use crate::model::{Namespace, Object};

    const ID: &str = "22e7044f-8414-435d-9c4a-2df42a65034b";
    const OTHER: &str = "88e7044f-8414-435d-9c4a-2df42a65034b";

    fn found(namespace: &[(&str, &str)], own: &[(&str, &str)]) -> Option<Switch> {
        let mut stage = Stage::new();
        let mut space = meta("", "betaapp-prod");
        space.labels = namespace.iter().copied().collect();
        stage.add(Object::Namespace(Namespace {
            meta: space,
            terminating: false,
        }));
        let mut app = application("beta", Some(SELF_HEAL));
        app.destination.namespace = "betaapp-prod".into();
        app.meta.labels = own.iter().copied().collect();
        let kept = Kept {
            home: HOME,
            application: &app,
        };
        Environments::of(&stage.store).switch(&Applications::of(&stage.store), kept)
    }

    #[test]
    fn the_namespace_names_the_environment_and_the_application_may_not_name_another() {
        let space = [("dso/project.id", OTHER), ("dso/environment.id", ID)];
        let switch = found(&space, &[("dso/type", "app")]).unwrap();
        assert_eq!((&*switch.project, &*switch.id), (OTHER, ID));
        assert!(found(&space, &[]).is_some());
        assert_eq!(found(&space, &[("dso/environment.id", OTHER)]), None);
        assert_eq!(found(&space, &[("dso/type", "infrastructure")]), None);
        assert_eq!(found(&space[1..], &[]), None);
    }

    #[test]
    fn what_is_no_uuid_leads_to_no_path_of_the_console() {
        for id in ["", "../../admin", "22e7044f-8414-435d-9c4a-2df42a65034?"] {
            let space = [("dso/project.id", ID), ("dso/environment.id", id)];
            assert_eq!(found(&space, &[]), None, "{id}");
        }
    }
}
