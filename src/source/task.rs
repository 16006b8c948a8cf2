//! What all that reads one cluster goes by.

use std::sync::Arc;

use tokio::sync::watch;

use super::access::Access;
use super::lookup::Asked;
use super::outlet::Outlet;
use super::session::Session;
use super::{Clock, Mode};
use crate::model::{ClusterId, Kind};

#[derive(Clone)]
pub(super) struct ClusterTask {
    pub(super) id: ClusterId,
    pub(super) access: Access,
    pub(super) kinds: Vec<Kind>,
    pub(super) mode: Mode,
    pub(super) clock: Clock,
    pub(super) outlet: Outlet,
    pub(super) retry: watch::Receiver<u64>,
    pub(super) asked: watch::Receiver<Asked>,
    /// Where the session is told while the link is good.
    pub(super) session: watch::Sender<Option<Arc<Session>>>,
}
