//! Nights, played delta by delta.

mod causes;
mod robust;
mod rollouts;
mod workloads;
