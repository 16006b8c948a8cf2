//! The program as a script runs it: in a home of its own, with what it said.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use color_eyre::eyre::{WrapErr, eyre};
use serde_json::Value;
use tempfile::TempDir;

use crate::bed::Result;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_vigie");
/// It ends by itself within a minute.
const PATIENCE: Duration = Duration::from_secs(90);

/// An empty home: nothing of the person who runs the tests is read or written.
pub(crate) struct Home {
    folder: TempDir,
    /// Beside the usual environment.
    pub(crate) more: Vec<(&'static str, String)>,
}

impl Home {
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("vigie-home-").tempdir()?;
        Ok(Self {
            folder,
            more: Vec::new(),
        })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file in it, with its folders.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
        Ok(path)
    }

    /// Every file in it, by its path from there.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut folders = vec![self.path().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(self.path())?.display().to_string());
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// What was logged so far; nothing where no log is.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path().join(".local/state/vigie/vigie.log")).unwrap_or_default()
    }

    /// The whole environment of the program.
    pub(crate) fn variables(&self, kubeconfig: &Path) -> Vec<(&'static str, PathBuf)> {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let more = self.more.iter().map(|(name, value)| (*name, value.into()));
        let usual = [
            ("PATH", inherited.into()),
            ("HOME", self.path().to_owned()),
            ("TMPDIR", self.path().to_owned()),
            ("KUBECONFIG", kubeconfig.to_owned()),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("TZ", "UTC".into()),
        ];
        usual.into_iter().chain(more).collect()
    }
}

/// What it printed, and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.out).wrap_err_with(|| format!("not JSON: {self:?}"))
    }

    pub(crate) fn items(&self) -> Result<Vec<Value>> {
        list(&self.json()?["items"])
    }

    pub(crate) fn incomplete(&self) -> Result<Vec<Value>> {
        list(&self.json()?["incomplete"])
    }
}

fn list(value: &Value) -> Result<Vec<Value>> {
    let items = value.as_array().cloned();
    items.ok_or_else(|| eyre!("not a list: {value}"))
}

/// Runs it in a new home.
pub(crate) fn vigie<S: AsRef<OsStr>>(
    kubeconfig: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Result<Said> {
    vigie_at(&Home::new()?, kubeconfig, arguments)
}

pub(crate) fn vigie_at<S: AsRef<OsStr>>(
    home: &Home,
    kubeconfig: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Result<Said> {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .env_clear()
        .envs(home.variables(kubeconfig))
        .current_dir(home.path())
        .timeout(PATIENCE)
        .output()?;
    let said = Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout)?,
        err: String::from_utf8(output.stderr)?,
    };
    if said.code < 0 {
        return Err(eyre!("it did not end by itself: {said:?}"));
    }
    Ok(said)
}

/// Of rows, those with this value.
pub(crate) fn with<'a>(rows: &'a [Value], field: &str, value: &str) -> Vec<&'a Value> {
    rows.iter().filter(|row| row[field] == value).collect()
}
