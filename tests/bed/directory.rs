//! The folder of one control plane: certificates, data, logs. It goes with its owner, however that ends, unless a test failed.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::Result;
use super::binaries::tell;

/// Waits for the end of its input, then removes the folder unless it was told to keep it. The servers die at the same
/// moment and may still be writing, hence several tries; one of them takes all rights from its folders.
const JANITOR: &str = r#"
word=$(cat)
[ -z "$word" ] || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do
    chmod -R u+rwx "$1" 2>/dev/null
    rm -rf "$1" 2>/dev/null && exit 0
    sleep 0.2
done
"#;

/// What the panic hook must reach: the folders in use and the pipes to their janitors.
static FOLDERS: Mutex<Vec<(PathBuf, ChildStdin)>> = Mutex::new(Vec::new());

pub(crate) struct Directory {
    path: PathBuf,
    janitor: Child,
}

impl Directory {
    pub(crate) fn create() -> Result<Self> {
        keep_folders_on_panic();
        let path = tempfile::Builder::new()
            .prefix("vigie-bed-")
            .tempdir()?
            .keep();
        let mut janitor = Command::new("sh")
            .args(["-c", JANITOR, "janitor"])
            .arg(&path)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        if let Some(pipe) = janitor.stdin.take() {
            folders().push((path.clone(), pipe));
        }
        Ok(Self { path, janitor })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// For whoever has to read the logs after a failure.
    pub(crate) fn keep(&self) {
        folders()
            .iter_mut()
            .filter(|(path, _)| *path == self.path)
            .for_each(keep);
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        folders().retain(|(path, _)| *path != self.path);
        // Its status says nothing that matters: it did what it could.
        let _ = self.janitor.wait();
    }
}

fn folders() -> MutexGuard<'static, Vec<(PathBuf, ChildStdin)>> {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep((path, pipe): &mut (PathBuf, ChildStdin)) {
    // Without its janitor nobody removes the folder either.
    let _ = pipe.write_all(b"keep");
    tell(&format!(
        "logs of the servers: {}",
        path.join("logs").display()
    ));
}

/// The logs of every control plane of this process are wanted: something that should have come true did not.
pub(crate) fn keep_all() {
    folders().iter_mut().for_each(keep);
}

fn keep_folders_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            usual(info);
            keep_all();
        }));
    });
}
