//! A source in place of source-controller: a folder, packed with each change, served over HTTP to who asks, and told of in
//! the status of a `GitRepository`.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use color_eyre::eyre::{WrapErr, ensure, eyre};
use serde_json::json;

use super::NAMESPACE;
use crate::bed::{Api, Result};

/// Where what is packed is served from, until the process ends.
pub(super) struct Shelf {
    folder: PathBuf,
    port: u16,
}

impl Shelf {
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let served = folder.to_owned();
        thread::spawn(move || {
            for caller in listener.incoming().map_while(io::Result::ok) {
                let folder = served.clone();
                // A caller that hangs up asks again.
                thread::spawn(move || serve(&caller, &folder));
            }
        });
        Ok(Self {
            folder: folder.to_owned(),
            port,
        })
    }
}

fn serve(mut caller: &TcpStream, folder: &Path) -> io::Result<()> {
    let mut lines = BufReader::new(caller).lines();
    let asked = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|it| !it.is_empty()) {}
    let name = asked.split_whitespace().nth(1).unwrap_or_default();
    // One name without a folder: nothing else is packed.
    let name = name.rsplit('/').next().unwrap_or_default();
    let (status, body) = match fs::read(folder.join(name)) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    write!(
        caller,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    caller.write_all(&body)
}

pub(crate) struct Source {
    name: String,
    folder: PathBuf,
    packed: PathBuf,
    port: u16,
    api: Api,
    commits: u32,
}

impl Source {
    pub(super) async fn create(shelf: &Shelf, api: &Api, name: &str) -> Result<Self> {
        let folder = shelf.folder.join(name);
        fs::create_dir(&folder).wrap_err_with(|| format!("cannot make {}", folder.display()))?;
        api.create(&json!({
            "apiVersion": "source.toolkit.fluxcd.io/v1",
            "kind": "GitRepository",
            "metadata": {"name": name, "namespace": NAMESPACE},
            "spec": {"interval": "1h", "url": format!("https://git.cpin.test/{name}.git")},
        }))
        .await?;
        Ok(Self {
            name: name.to_owned(),
            packed: shelf.folder.clone(),
            folder,
            port: shelf.port,
            api: api.clone(),
            commits: 0,
        })
    }

    /// Writes files, which may be in folders of their own, and gives the revision that has them.
    pub(crate) async fn commit(&mut self, files: &[(&str, String)]) -> Result<String> {
        for (path, text) in files {
            let file = self.folder.join(path);
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(file, text)?;
        }
        self.commits += 1;
        let file = format!("{}-{}.tar.gz", self.name, self.commits);
        let digest = pack(&self.folder, &self.packed.join(&file))?;
        let revision = format!("main@sha1:{:040x}", self.commits);
        let status = json!({"status": {
            "observedGeneration": 1,
            "artifact": {
                "revision": revision,
                "digest": format!("sha256:{digest}"),
                "lastUpdateTime": "2026-11-24T02:00:00Z",
                "path": format!("gitrepository/{NAMESPACE}/{}/{file}", self.name),
                "url": format!("http://127.0.0.1:{}/{file}", self.port),
            },
            "conditions": [{
                "type": "Ready", "status": "True", "reason": "Succeeded", "message": "stored artifact",
                "lastTransitionTime": "2026-11-24T02:00:00Z",
            }],
        }});
        let path = format!(
            "/apis/source.toolkit.fluxcd.io/v1/namespaces/{NAMESPACE}/gitrepositories/{}/status",
            self.name
        );
        self.api.merge(&path, &status).await?;
        Ok(revision)
    }
}

/// Packs the folder, and gives the SHA-256 of what that makes.
fn pack(folder: &Path, file: &Path) -> Result<String> {
    let packed = Command::new("tar")
        .arg("-czf")
        .arg(file)
        .arg("-C")
        .arg(folder)
        .arg(".")
        .status()
        .wrap_err("cannot run tar")?;
    ensure!(packed.success(), "tar ended with {packed}");
    let sum = r#"sha256sum "$1" 2>/dev/null || shasum -a 256 "$1""#;
    let output = Command::new("sh")
        .args(["-c", sum, "sh"])
        .arg(file)
        .output()
        .wrap_err("cannot run sh")?;
    let text = String::from_utf8(output.stdout)?;
    let digest = text.split_whitespace().next();
    Ok(digest
        .ok_or_else(|| eyre!("no sum of {}", file.display()))?
        .to_owned())
}
