//! Where files live, by the XDG convention.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

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

/// A path as a person writes it: `~/.local/state/vigie/vigie.log`.
pub fn from_home(path: &Path) -> String {
    let home = BaseDirs::new();
    let inside = home
        .as_ref()
        .and_then(|it| path.strip_prefix(it.home_dir()).ok());
    match inside {
        Some(inside) => format!("~/{}", inside.display()),
        None => path.display().to_string(),
    }
}
