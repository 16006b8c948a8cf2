//! The journal of actions: `journal.jsonl` in the state directory, a record a line, only ever appended to.
//!
//! Several processes may write to it at once, and each may be killed or find the disk full in the middle of a line: that costs
//! the line and no other.

mod line;
mod machine;
mod reading;
#[cfg(test)]
mod tests;

pub use machine::{new_id, of_machine};
pub use reading::{Read, read};

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::action::Record;
use crate::config::log;
use crate::wording::Catalogue;

pub const FILE: &str = "journal.jsonl";

/// A record is a page at most; a longer line is none of ours.
const LONGEST: usize = 256 << 10;
/// Another process holds the lock for one line and its way to the disk. One that was stopped just then must not hold up an
/// answer to the person for ever.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(2);

/// Why the journal cannot be written or read.
#[derive(Debug)]
pub enum Fault {
    Directory(log::Fault),
    TooLong,
    /// Another process does not let go of it.
    Held,
    /// The system gives no random numbers.
    NoRandomness,
    /// In the system's words.
    System(io::Error),
}

impl Fault {
    /// For a sentence that says what cannot be done.
    pub fn detail(&self, catalogue: &Catalogue) -> String {
        match self {
            Fault::Directory(fault) => fault.detail(catalogue),
            Fault::TooLong => catalogue.say("journal-too-long"),
            Fault::Held => catalogue.say("journal-held"),
            Fault::NoRandomness => catalogue.say("journal-no-randomness"),
            Fault::System(error) if error.kind() == io::ErrorKind::StorageFull => {
                catalogue.say("journal-disk-full")
            }
            Fault::System(error) => error.to_string(),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::System(error)
    }
}

/// The file of a directory, found writable.
#[derive(Clone, Debug)]
pub struct Journal {
    directory: PathBuf,
}

impl Journal {
    /// Makes the directory and the file, for the user alone; refused when others can write there.
    pub fn open(directory: &Path) -> Result<Self, Fault> {
        let journal = Self {
            directory: directory.to_owned(),
        };
        journal.file()?;
        // Its name must outlast a crash as its lines do.
        File::open(directory)?.sync_all()?;
        Ok(journal)
    }

    /// Writes the record, and returns once it is on the disk.
    pub fn append(&self, record: &Record) -> Result<(), Fault> {
        let line = line::from_record(record)?;
        // Opened each time: the file may have been moved away, and a lock is one of the open file, not of the thread.
        let file = self.file()?;
        lock(|| file.try_lock())?;
        let written = write(&file, &line);
        // The lock goes with the file at the latest.
        drop(file.unlock());
        Ok(written?)
    }

    fn file(&self) -> Result<File, Fault> {
        log::own_directory(&self.directory).map_err(Fault::Directory)?;
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(self.directory.join(FILE))?;
        let about = file.metadata()?;
        if about.is_file() && about.permissions().mode() & 0o777 != 0o600 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
        Ok(file)
    }
}

/// One call for the whole line, after the end of a line that was torn.
fn write(mut file: &File, line: &str) -> io::Result<()> {
    let length = file.metadata()?.len();
    let mended = if ends_a_line(file, length)? {
        line.to_owned()
    } else {
        format!("\n{line}")
    };
    let written = file.write_all(mended.as_bytes());
    if written.is_err() {
        // What went through is half a line. Where it cannot be taken back, the next record mends it.
        drop(file.set_len(length));
    }
    written?;
    file.sync_data()
}

fn ends_a_line(file: &File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else {
        return Ok(true);
    };
    let mut end = [0];
    file.read_exact_at(&mut end, last)?;
    Ok(end == *b"\n")
}

fn lock(take: impl Fn() -> Result<(), TryLockError>) -> Result<(), Fault> {
    let start = Instant::now();
    loop {
        match take() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return Err(Fault::Held),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}
