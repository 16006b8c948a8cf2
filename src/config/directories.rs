//! Where files live, by the XDG convention.

use std::path::PathBuf;

use directories::ProjectDirs;

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "vigie")
}

/// None where there is no home directory.
pub fn config_file() -> Option<PathBuf> {
    Some(project()?.config_dir().join("config.toml"))
}

/// Logs and what is remembered between runs. Falls back to the data directory where the system has no state directory.
pub fn state_directory() -> Option<PathBuf> {
    let project = project()?;
    let directory = project
        .state_dir()
        .unwrap_or_else(|| project.data_local_dir());
    Some(directory.to_owned())
}
