//! Nights, played delta by delta.

mod causes;
mod rights;
mod robust;
mod rollouts;
mod workloads;
