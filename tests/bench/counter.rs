//! Between the program and the API server: counts the bytes that come from there, and the connections.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::spawn;

use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;

#[derive(Default)]
pub(crate) struct Counter {
    pub(crate) bytes: AtomicUsize,
    pub(crate) connections: AtomicUsize,
}

/// Runs until the bench ends; the kubeconfig leads through it.
pub(crate) fn start(plane: &ControlPlane, home: &Home) -> Result<(Arc<Counter>, PathBuf)> {
    let url = plane.url();
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, plane.port()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let here = format!("https://127.0.0.1:{}", listener.local_addr()?.port());
    let kubeconfig = through(&plane.kubeconfig(Persona::Admin), (&url, &here), home)?;
    let counter = Arc::new(Counter::default());
    let shared = Arc::clone(&counter);
    spawn(move || {
        for caller in listener.incoming().flatten() {
            shared.connections.fetch_add(1, Ordering::Relaxed);
            let shared = Arc::clone(&shared);
            // Whoever hangs up ends both ways.
            spawn(move || shared.serve(caller, server));
        }
    });
    Ok((counter, kubeconfig))
}

fn through(kubeconfig: &Path, (server, here): (&str, &str), home: &Home) -> Result<PathBuf> {
    let text = std::fs::read_to_string(kubeconfig)?;
    home.write("counted", &text.replace(server, here))
}

impl Counter {
    fn serve(&self, mut caller: TcpStream, server: SocketAddr) -> io::Result<()> {
        let mut server = TcpStream::connect(server)?;
        let (mut asked, mut asking) = (caller.try_clone()?, server.try_clone()?);
        spawn(move || {
            io::copy(&mut asked, &mut asking)?;
            asking.shutdown(Shutdown::Write)
        });
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = server.read(&mut buffer)?;
            if count == 0 {
                return caller.shutdown(Shutdown::Both);
            }
            self.bytes.fetch_add(count, Ordering::Relaxed);
            caller.write_all(&buffer[..count])?;
        }
    }
}

/// What everybody has asked the API server so far.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asked {
    /// Answered, those that only ask for these figures and the server's own leases left out.
    pub(crate) requests: f64,
    /// Open now.
    pub(crate) watches: f64,
}

/// By the API server's own metrics.
pub(crate) async fn asked(api: &Api) -> Result<Asked> {
    let text = api.text("/metrics").await?;
    let own = |labels: &str| {
        [
            "verb=\"WATCH\"",
            "resource=\"leases\"",
            "subresource=\"/metrics\"",
            "subresource=\"/readyz\"",
        ]
        .iter()
        .any(|it| labels.contains(it))
    };
    let mut asked = Asked::default();
    for line in text.lines() {
        let value = line
            .rsplit(' ')
            .next()
            .and_then(|it| it.parse::<f64>().ok());
        let value = value.unwrap_or_default();
        if line.starts_with("apiserver_request_total{") && !own(line) {
            asked.requests += value;
        } else if line.starts_with("apiserver_longrunning_requests{")
            && line.contains("verb=\"WATCH\"")
        {
            asked.watches += value;
        }
    }
    Ok(asked)
}
