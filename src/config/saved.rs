//! Files that a person asks to keep: theirs alone, beside vigie's own log.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::log::{Fault, own_directory};

/// Writes the file into `logs` in the directory, and says where it is. One that is there already is left alone.
pub fn save(directory: &Path, name: &str, text: &str) -> Result<PathBuf, Fault> {
    own_directory(directory)?;
    let logs = directory.join("logs");
    own_directory(&logs)?;
    let path = logs.join(name.replace('/', "-"));
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn a_file_is_for_its_owner_only_and_never_written_over() {
        let root = tempfile::tempdir().unwrap();
        let state = root.path().join("vigie");
        let path = save(&state, "a/b.log", "text\n").unwrap();
        assert_eq!(path, state.join("logs/a-b.log"));
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert!(save(&state, "a/b.log", "other").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "text\n");
    }
}
