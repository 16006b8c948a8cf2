//! A git repository in a folder, written with the `git` command and read by Argo CD as any other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use color_eyre::eyre::{WrapErr, ensure};

use super::Result;

/// What a person has set for himself must neither change nor sign these commits.
const ALONE: [(&str, &str); 2] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
];

pub(crate) struct Repo {
    folder: PathBuf,
}

impl Repo {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        fs::create_dir(folder).wrap_err_with(|| format!("cannot make {}", folder.display()))?;
        let repo = Self {
            folder: folder.to_owned(),
        };
        repo.git(&["init", "--quiet", "--initial-branch=main"])?;
        Ok(repo)
    }

    pub(crate) fn url(&self) -> String {
        format!("file://{}", self.folder.display())
    }

    /// Writes one file, which may be in folders of its own, and gives the commit's id.
    pub(crate) fn commit(&self, path: &str, text: &str) -> Result<String> {
        let file = self.folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, text)?;
        self.git(&["add", "--all"])?;
        self.git(&["commit", "--quiet", "--message", path])?;
        self.git(&["rev-parse", "HEAD"])
    }

    fn git(&self, args: &[&str]) -> Result<String> {
        let output = Command::new("git")
            .args(["-c", "user.name=bed", "-c", "user.email=bed@vigie.test"])
            .args(args)
            .current_dir(&self.folder)
            .envs(ALONE)
            .output()
            .wrap_err("cannot run git")?;
        ensure!(
            output.status.success(),
            "git {} failed: {}",
            args.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}

pub(super) fn need_git() -> Result {
    ensure!(
        Command::new("git").arg("--version").output().is_ok(),
        "the tests of Argo CD need git, to make the repositories that it deploys: install it"
    );
    Ok(())
}
