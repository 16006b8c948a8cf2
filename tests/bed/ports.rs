//! Loopback ports that were free a moment ago.

use std::collections::HashSet;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use color_eyre::eyre::eyre;

use super::Result;

const FIRST: u16 = 12_000;

/// Below the ephemeral range: on Linux a client that keeps calling a dead port inside it can end up connected to itself.
fn first_ephemeral() -> u16 {
    fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range")
        .ok()
        .and_then(|range| range.split_whitespace().next()?.parse().ok())
        .filter(|low| *low > FIRST + 1_000)
        .unwrap_or(32_768)
}

pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Never gives a port twice in one process; processes start from different places, so they seldom meet.
pub(crate) fn free() -> Result<u16> {
    static TAKEN: Mutex<Option<HashSet<u16>>> = Mutex::new(None);
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let span = u32::from(first_ephemeral() - FIRST);
    let start = std::process::id().wrapping_mul(7_919);
    let mut taken = TAKEN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let taken = taken.get_or_insert_default();
    for _ in 0..span {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let offset = start.wrapping_add(step) % span;
        let port = FIRST + u16::try_from(offset)?;
        if is_free(port) && taken.insert(port) {
            return Ok(port);
        }
    }
    Err(eyre!("no free loopback port below the ephemeral range"))
}
