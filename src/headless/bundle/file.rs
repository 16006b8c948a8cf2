//! Where the file goes: for its owner alone, and never over another one.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::wording::Catalogue;

/// Names tried when the first is taken, as by another bundle of the same second.
const TRIES: u32 = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    StandardOutput,
    /// Under the name that the person gave.
    File(PathBuf),
    /// In that folder, under a name of ours.
    Folder(PathBuf),
}

#[derive(Debug)]
pub enum FileFault {
    Exists(PathBuf),
    System(PathBuf, io::Error),
}

impl FileFault {
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let file = |path: &Path| ("file", path.display().to_string().into());
        match self {
            FileFault::Exists(path) => catalogue.say_with("bundle-file-exists", &[file(path)]),
            FileFault::System(path, error) => {
                let detail = ("detail", error.to_string().into());
                catalogue.say_with("bundle-file-unwritten", &[file(path), detail])
            }
        }
    }
}

impl Destination {
    /// From `--output`. That a file is there already is said before anything is read.
    pub fn new(output: Option<&Path>) -> Result<Self, FileFault> {
        match output {
            None => Ok(Self::Folder(PathBuf::from("."))),
            Some(path) if path.as_os_str() == "-" => Ok(Self::StandardOutput),
            Some(path) if path.is_dir() => Ok(Self::Folder(path.to_owned())),
            Some(path) if fs::symlink_metadata(path).is_ok() => {
                Err(FileFault::Exists(path.to_owned()))
            }
            Some(path) => Ok(Self::File(path.to_owned())),
        }
    }

    /// Writes the text, and says where it is; nowhere when it went to standard output. `stem` is the name of ours, without
    /// its ending.
    pub fn keep(&self, stem: &str, text: &str) -> Result<Option<PathBuf>, FileFault> {
        match self {
            Self::StandardOutput => {
                let mut output = io::stdout().lock();
                let written = output
                    .write_all(text.as_bytes())
                    .and_then(|()| output.flush());
                match written {
                    Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                        Err(FileFault::System(PathBuf::from("-"), error))
                    }
                    _ => Ok(None),
                }
            }
            Self::File(path) => write(path, text).map(Some),
            Self::Folder(folder) => {
                let mut tried = write(&named(folder, stem, 1), text);
                for number in 2..=TRIES {
                    if !matches!(tried, Err(FileFault::Exists(_))) {
                        break;
                    }
                    tried = write(&named(folder, stem, number), text);
                }
                tried.map(Some)
            }
        }
    }
}

fn named(folder: &Path, stem: &str, number: u32) -> PathBuf {
    let name = match number {
        1 => format!("{stem}.md"),
        _ => format!("{stem}-{number}.md"),
    };
    if folder == Path::new(".") {
        return name.into();
    }
    folder.join(name)
}

fn write(path: &Path, text: &str) -> Result<PathBuf, FileFault> {
    let fault = |error: io::Error| match error.kind() {
        ErrorKind::AlreadyExists => FileFault::Exists(path.to_owned()),
        _ => FileFault::System(path.to_owned(), error),
    };
    let new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = new.map_err(fault)?;
    if let Err(error) = file.write_all(text.as_bytes()) {
        // Half a file would pass for a whole one.
        let _ = fs::remove_file(path);
        return Err(fault(error));
    }
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_for_its_owner_and_never_over_another() {
        let root = tempfile::tempdir().unwrap();
        let folder = Destination::new(Some(root.path())).unwrap();
        let first = folder.keep("vigie-pod-a", "one").unwrap().unwrap();
        let second = folder.keep("vigie-pod-a", "two").unwrap().unwrap();
        assert_eq!(first, root.path().join("vigie-pod-a.md"));
        assert_eq!(second, root.path().join("vigie-pod-a-2.md"));
        assert_eq!(fs::read_to_string(&first).unwrap(), "one");
        let mode = fs::metadata(&first).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let refused = Destination::new(Some(&first));
        assert!(matches!(refused, Err(FileFault::Exists(_))), "{refused:?}");
        let late = Destination::File(first.clone()).keep("", "three");
        assert!(matches!(late, Err(FileFault::Exists(_))), "{late:?}");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let link = root.path().join("a.md");
        std::os::unix::fs::symlink(root.path().join("elsewhere"), &link).unwrap();
        assert!(Destination::new(Some(&link)).is_err());
        let kept = Destination::File(link).keep("", "x");
        assert!(matches!(kept, Err(FileFault::Exists(_))), "{kept:?}");
    }
}
