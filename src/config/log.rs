//! The log: a file of the user's own, never the screen. Nothing about it can stop the program.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::wording::Catalogue;

/// A longer log is put aside at start, over the one put aside before.
const LONGEST: u64 = 8 << 20;
/// Lines that may wait to be written, the rest is dropped: each has its place reserved in memory.
const WAITING: usize = 1000;

pub const FILE: &str = "vigie.log";

/// Why nothing is logged.
#[derive(Debug)]
pub enum Fault {
    /// There is no home directory.
    NoDirectory,
    /// Others can write in the directory.
    OpenToOthers,
    /// In the system's words.
    System(io::Error),
}

impl Fault {
    pub fn detail(&self, catalogue: &Catalogue) -> String {
        match self {
            Fault::NoDirectory => catalogue.say("log-no-directory"),
            Fault::OpenToOthers => catalogue.say("log-open-to-others"),
            Fault::System(error) => error.to_string(),
        }
    }

    pub fn say(&self, catalogue: &Catalogue) -> String {
        let detail = self.detail(catalogue);
        catalogue.say_with("log-unwritten", &[("detail", detail.into())])
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::System(error)
    }
}

/// Starts logging to `vigie.log` in the directory. The log is complete once the guard is dropped.
///
/// Only vigie's own lines are taken: a client library may log a header or a login plugin's environment.
pub fn start(directory: &Path, level: LevelFilter) -> Result<WorkerGuard, Fault> {
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(WAITING)
        .finish(open(directory)?);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        .with_ansi(false);
    tracing_subscriber::registry()
        .with(lines)
        .with(Targets::new().with_target("vigie", level))
        .try_init()
        .map_err(io::Error::other)?;
    Ok(guard)
}

/// Made for the user alone; refused when others can write in it.
pub(crate) fn own_directory(directory: &Path) -> Result<(), Fault> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)?;
    let about = fs::metadata(directory)?;
    if about.mode() & 0o022 != 0 {
        return Err(Fault::OpenToOthers);
    }
    Ok(())
}

fn open(directory: &Path) -> Result<File, Fault> {
    own_directory(directory)?;
    let path = directory.join(FILE);
    if fs::metadata(&path).is_ok_and(|log| log.len() > LONGEST) {
        fs::rename(&path, directory.join("vigie.log.1"))?;
    }
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(&path)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn the_log_is_for_its_owner_only() {
        let root = tempfile::tempdir().unwrap();
        let directory = root.path().join("state/vigie");
        drop(open(&directory).unwrap());
        assert_eq!(mode(&directory), 0o700);
        let log = directory.join("vigie.log");
        assert_eq!(mode(&log), 0o600);
        fs::set_permissions(&log, fs::Permissions::from_mode(0o644)).unwrap();
        drop(open(&directory).unwrap());
        assert_eq!(mode(&log), 0o600);
    }

    #[test]
    fn a_directory_that_others_can_write_is_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let refused = open(root.path());
        assert!(matches!(refused, Err(Fault::OpenToOthers)), "{refused:?}");
    }

    #[test]
    fn a_long_log_is_put_aside() {
        let root = tempfile::tempdir().unwrap();
        let directory = root.path().join("vigie");
        open(&directory).unwrap().set_len(LONGEST + 1).unwrap();
        assert_eq!(open(&directory).unwrap().metadata().unwrap().len(), 0);
        assert!(directory.join("vigie.log.1").exists());
    }
}
