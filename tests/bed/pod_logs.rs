//! What containers have said: files which kwok's kubelet server reads, chosen by an annotation of the pod.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

use super::clock::now;
use super::{ControlPlane, Result};

impl ControlPlane {
    /// What the containers of pods annotated `vigie.test/log: NAME` have said, replacing what stood there.
    pub(crate) fn write_log(&self, name: &str, lines: &[&str]) -> Result {
        Ok(fs::write(self.pod_log(name), runtime_lines(lines))?)
    }

    /// The same for the container before the last restart.
    pub(crate) fn write_previous_log(&self, name: &str, lines: &[&str]) -> Result {
        self.write_log(&format!("{name}.previous"), lines)
    }

    pub(crate) fn append_log(&self, name: &str, lines: &[&str]) -> Result {
        let mut file = OpenOptions::new().append(true).open(self.pod_log(name))?;
        Ok(file.write_all(runtime_lines(lines).as_bytes())?)
    }

    fn pod_log(&self, name: &str) -> PathBuf {
        self.folder().join("pods").join(format!("{name}.log"))
    }
}

/// The container runtime's own format, which the kubelet's log reader expects.
fn runtime_lines(lines: &[&str]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} stdout F {line}", now());
        text
    })
}
