//! What the file tells. A line that cannot be read costs that line.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{FILE, Fault, LONGEST, line, lock};
use crate::action::{Entry, Joined, Record, join};
use crate::config::log;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Lines that are no record: torn, foreign, or longer than any of ours.
    pub unreadable: usize,
    /// Records that no intent stands before.
    pub strays: usize,
}

/// Reads the journal of the directory. One that is not there is empty.
pub fn read(directory: &Path) -> Result<Read, Fault> {
    let Some(file) = open(directory)? else {
        return Ok(Read::default());
    };
    // Where it cannot be had, a line that is being written may read as torn.
    drop(lock(|| file.try_lock_shared()));
    // What has no length, such as a device, has no end either.
    let length = file.metadata()?.len();
    let (records, unreadable) = records(BufReader::new(file.take(length)))?;
    let Joined { entries, strays } = join(records);
    Ok(Read {
        entries,
        unreadable,
        strays,
    })
}

fn open(directory: &Path) -> Result<Option<File>, Fault> {
    let missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    let about = match fs::metadata(directory) {
        Err(error) if missing(&error) => return Ok(None),
        about => about?,
    };
    // Anybody may have written there.
    if about.mode() & 0o022 != 0 {
        return Err(Fault::Directory(log::Fault::OpenToOthers));
    }
    match File::open(directory.join(FILE)) {
        Err(error) if missing(&error) => Ok(None),
        file => Ok(Some(file?)),
    }
}

fn records(mut lines: impl BufRead) -> io::Result<(Vec<Record>, usize)> {
    let mut records = Vec::new();
    let mut unreadable = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let taken = lines.by_ref().take(most).read_until(b'\n', &mut line)?;
        if taken == 0 {
            return Ok((records, unreadable));
        }
        if taken == LONGEST && !line.ends_with(b"\n") {
            lines.skip_until(b'\n')?;
            unreadable += 1;
        } else if !line.trim_ascii().is_empty() {
            match line::to_record(&line) {
                Some(record) => records.push(record),
                None => unreadable += 1,
            }
        }
    }
}
