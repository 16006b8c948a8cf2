//! The STATUS text of `kubectl get pods`.

use crate::store::PodView;

pub fn pod_status(pod: PodView<'_>) -> String {
    pod.phase().word().to_owned()
}
