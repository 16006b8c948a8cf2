//! Nights, played delta by delta.

mod causes;
mod loops;
mod rights;
mod robust;
mod rollouts;
mod workloads;
