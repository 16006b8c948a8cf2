//! The API server's way to pods and kubelets: a CONNECT proxy on a Unix socket.
//!
//! The API server refuses to proxy to loopback addresses, so pods and nodes get invented ones, which are mapped here to the
//! loopback port of the server that stands in for them. Nothing but loopback is ever dialled.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Result;

/// What the nodes' status names; the proxy leads it to kwok, whatever the node.
pub(crate) const KUBELET_PORT: u16 = 10_250;

#[derive(Default)]
struct Routes {
    kubelet: u16,
    pods: HashMap<String, u16>,
}

pub(crate) struct Egress {
    socket: PathBuf,
    routes: Arc<Mutex<Routes>>,
    stopped: Arc<AtomicBool>,
}

impl Egress {
    pub(crate) fn start(socket: &Path, kubelet: u16) -> Result<Self> {
        let listener = UnixListener::bind(socket)?;
        let routes = Arc::new(Mutex::new(Routes {
            kubelet,
            pods: HashMap::new(),
        }));
        let stopped = Arc::new(AtomicBool::new(false));
        let (shared, end) = (Arc::clone(&routes), Arc::clone(&stopped));
        thread::spawn(move || {
            for caller in listener.incoming().map_while(io::Result::ok) {
                if end.load(Ordering::Relaxed) {
                    break;
                }
                let routes = Arc::clone(&shared);
                // A caller that hangs up is the API server's business, not ours.
                thread::spawn(move || serve(caller, &routes));
            }
        });
        Ok(Self {
            socket: socket.to_owned(),
            routes,
            stopped,
        })
    }

    /// Leads an invented `address:port` to a loopback port.
    pub(crate) fn route(&self, address: &str, port: u16) {
        self.routes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pods
            .insert(address.to_owned(), port);
    }
}

impl Drop for Egress {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the accepting thread, which then sees that it must end.
        let _ = UnixStream::connect(&self.socket);
    }
}

impl Routes {
    fn resolve(&self, target: &str) -> Option<SocketAddr> {
        let (host, port) = target.rsplit_once(':')?;
        let loopback = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if let Some(port) = self.pods.get(target) {
            return Some(loopback(*port));
        }
        let port: u16 = port.parse().ok()?;
        if port == KUBELET_PORT {
            return Some(loopback(self.kubelet));
        }
        let address: IpAddr = host.parse().ok()?;
        address
            .is_loopback()
            .then(|| SocketAddr::new(address, port))
    }
}

/// What `--egress-selector-config-file` holds.
pub(crate) fn selection(root: &Path) -> String {
    let socket = root.join("egress.sock");
    format!(
        "apiVersion: apiserver.k8s.io/v1beta1\nkind: EgressSelectorConfiguration\negressSelections:\n- name: cluster\n  \
         connection:\n    proxyProtocol: HTTPConnect\n    transport:\n      uds:\n        udsName: {}\n",
        socket.display()
    )
}

fn serve(caller: UnixStream, routes: &Mutex<Routes>) -> io::Result<()> {
    let mut reader = BufReader::new(caller.try_clone()?);
    let mut caller = caller;
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let target = request.split_whitespace().nth(1).unwrap_or_default();
    let address = routes
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .resolve(target);
    let Some(Ok(server)) = address.map(TcpStream::connect) else {
        return caller.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n");
    };
    caller.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    let (mut up, mut down) = (server.try_clone()?, server);
    let back = caller.try_clone()?;
    let upstream = thread::spawn(move || {
        let _ = io::copy(&mut reader, &mut up);
        let _ = up.shutdown(Shutdown::Write);
    });
    let _ = io::copy(&mut down, &mut caller);
    // Both directions end together, else a closed log stream would leave a thread behind.
    let _ = back.shutdown(Shutdown::Both);
    let _ = down.shutdown(Shutdown::Both);
    let _ = upstream.join();
    Ok(())
}
