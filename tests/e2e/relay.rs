//! What stands between the program and the real API server: counted, cut, entered by CONNECT, or with its words changed.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use color_eyre::eyre::eyre;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::{Value, json};

use crate::bed::{ControlPlane, Persona, Result};
use crate::headless::one_cluster;
use crate::program::Home;

/// A name that the server's certificate bears and that nobody here resolves.
pub(crate) const SERVER_NAME: &str = "kubernetes.default.svc";

/// Changes the head of a request or of an answer.
type Change = fn(&str) -> String;

enum Way {
    /// Bytes as they come.
    Straight,
    /// After a CONNECT, whatever host it names.
    Tunnel,
    /// In clear text on our side, one request a connection.
    Changing {
        tls: Arc<ClientConfig>,
        request: Change,
        answer: Change,
    },
}

/// Runs until the tests end.
pub(crate) struct Relay {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    server: SocketAddr,
    way: Way,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    open: HashMap<usize, [TcpStream; 2]>,
    /// Connections taken, and the most that were open at once.
    taken: usize,
    most: usize,
    refusing: bool,
    /// The first line of each CONNECT, or of each request, with the content type of its answer.
    told: Vec<String>,
}

impl Relay {
    pub(crate) fn straight(plane: &ControlPlane) -> Result<Self> {
        Self::start(plane, Way::Straight)
    }

    pub(crate) fn tunnel(plane: &ControlPlane) -> Result<Self> {
        Self::start(plane, Way::Tunnel)
    }

    pub(crate) fn changing(plane: &ControlPlane, request: Change, answer: Change) -> Result<Self> {
        let mut roots = RootCertStore::empty();
        let file = plane.folder().join("certificates/apiserver.crt");
        roots.add_parsable_certificates(CertificateDer::pem_file_iter(file)?.flatten());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let tls = Arc::new(tls);
        let way = Way::Changing {
            tls,
            request,
            answer,
        };
        Self::start(plane, way)
    }

    fn start(plane: &ControlPlane, way: Way) -> Result<Self> {
        let (_, port) = plane.url().rsplit_once(':').map_or_else(
            || Err(eyre!("no port: {}", plane.url())),
            |(name, port)| Ok((name.to_owned(), port.parse::<u16>()?)),
        )?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let shared = Arc::new(Shared {
            server: (Ipv4Addr::LOCALHOST, port).into(),
            way,
            seen: Mutex::default(),
        });
        let relay = Self {
            port: listener.local_addr()?.port(),
            shared: Arc::clone(&shared),
        };
        thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                // Whoever hangs up in the middle is what these tests are about.
                thread::spawn(move || shared.serve(caller));
            }
        });
        Ok(relay)
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Cuts what is open.
    pub(crate) fn cut(&self) {
        self.shared.seen().cut();
    }

    /// Cuts what is open and takes nothing more, or takes again.
    pub(crate) fn refuse(&self, refuse: bool) {
        let mut seen = self.shared.seen();
        seen.refusing = refuse;
        if refuse {
            seen.cut();
        }
    }

    /// Connections open now, the most at once, and all that there were.
    pub(crate) fn count(&self) -> (usize, usize, usize) {
        let seen = self.shared.seen();
        (seen.open.len(), seen.most, seen.taken)
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.shared.seen().told.clone()
    }
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, mut caller: TcpStream) -> io::Result<()> {
        if self.seen().refusing {
            return Ok(());
        }
        if let Way::Tunnel = self.way {
            let head = head(&mut caller)?;
            self.tell(&head, "");
            caller.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        }
        let server = TcpStream::connect(self.server)?;
        let number = self.seen().open(&caller, &server)?;
        let done = match &self.way {
            Way::Straight | Way::Tunnel => straight(caller, server),
            Way::Changing {
                tls,
                request,
                answer,
            } => self.change(caller, server, (tls, *request, *answer)),
        };
        self.seen().open.remove(&number);
        done
    }

    fn change(
        &self,
        mut caller: TcpStream,
        server: TcpStream,
        (tls, request, answer): (&Arc<ClientConfig>, Change, Change),
    ) -> io::Result<()> {
        let name = ServerName::try_from(SERVER_NAME).map_err(io::Error::other)?;
        let session = ClientConnection::new(Arc::clone(tls), name).map_err(io::Error::other)?;
        let mut server = StreamOwned::new(session, server);
        let asked = head(&mut caller)?;
        let once = request(&asked).replacen("\r\n", "\r\nConnection: close\r\n", 1);
        server.write_all(once.as_bytes())?;
        io::copy(&mut (&mut caller).take(length(&asked)), &mut server)?;
        let answered = answer(&head(&mut server)?);
        self.tell(&asked, &answered);
        caller.write_all(answered.as_bytes())?;
        // The end comes without a farewell: a body's own end was sent before.
        io::copy(&mut server, &mut caller).map(drop)
    }

    fn tell(&self, asked: &str, answered: &str) {
        let kind = |line: &&str| line.to_ascii_lowercase().starts_with("content-type:");
        let line = asked.lines().next().unwrap_or_default();
        let kind = answered.lines().find(kind).unwrap_or_default();
        self.seen().told.push(format!("{line} {kind}"));
    }
}

impl Seen {
    fn open(&mut self, caller: &TcpStream, server: &TcpStream) -> io::Result<usize> {
        self.taken += 1;
        let both = [caller.try_clone()?, server.try_clone()?];
        self.open.insert(self.taken, both);
        self.most = self.most.max(self.open.len());
        Ok(self.taken)
    }

    fn cut(&mut self) {
        for stream in self.open.values().flatten() {
            // It may be gone already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn straight(mut caller: TcpStream, mut server: TcpStream) -> io::Result<()> {
    let (mut from, mut to) = (caller.try_clone()?, server.try_clone()?);
    let up = thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    let down = io::copy(&mut server, &mut caller);
    let _ = caller.shutdown(Shutdown::Both);
    let _ = up.join();
    down.map(drop)
}

/// Up to the empty line, with it.
fn head(stream: &mut impl Read) -> io::Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Of the body that follows.
fn length(head: &str) -> u64 {
    let field = |line: &str| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length:")?
            .trim()
            .parse()
            .ok()
    };
    head.lines().find_map(field).unwrap_or(0)
}

pub(crate) fn unchanged(head: &str) -> String {
    head.to_owned()
}

/// Of a request that vigie writes with, or of the answer to it.
pub(crate) fn is_write(head: &str) -> bool {
    head.to_ascii_lowercase().contains("audit-id: vigie-")
}

/// A kubeconfig of one context, `here`: the bed's cluster and a persona, each with some fields replaced.
pub(crate) fn kubeconfig(
    plane: &ControlPlane,
    home: &Home,
    cluster: &Value,
    user: &Value,
) -> Result<PathBuf> {
    let text = std::fs::read_to_string(plane.kubeconfig(Persona::Admin))?;
    let bed: Value = serde_json::from_str(&text)?;
    let mut known = bed["clusters"][0]["cluster"].clone();
    for (name, value) in cluster.as_object().into_iter().flatten() {
        known[name] = value.clone();
    }
    let config = one_cluster(&known, user);
    home.write("kubeconfig", &config.to_string())
}

/// The user of a persona.
pub(crate) fn token_of(persona: Persona) -> Value {
    json!({"token": format!("{}-token", persona.name())})
}
