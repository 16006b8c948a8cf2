//! Nights, played delta by delta.

mod causes;
mod changes;
mod delivery;
mod flux;
mod loops;
mod rights;
mod robust;
mod rollouts;
mod runs;
mod why;
mod workloads;
