//! The test bed: a real control plane (etcd, kube-apiserver, kube-controller-manager, kube-scheduler) with kwok in place of
//! the kubelets, all on the loopback interface, built from source on first use. Truth about Kubernetes comes from here.
//!
//! `ControlPlane::start()` gives a cluster; a pod template's annotation `vigie.test/fate` says what becomes of its pods.

#![allow(
    dead_code,
    reason = "the example, the tests and the bench each compile this and use a part of it"
)]

pub(crate) mod api;
pub(crate) mod argo_cd;
pub(crate) mod audit;
pub(crate) mod binaries;
pub(crate) mod clock;
pub(crate) mod control_plane;
mod directory;
mod egress;
mod flags;
pub(crate) mod flux;
mod keys;
pub(crate) mod nodes;
pub(crate) mod personas;
mod pod_logs;
pub(crate) mod population;
pub(crate) mod ports;
mod process;
pub(crate) mod rollouts;
pub(crate) mod seed;
mod stages;
pub(crate) mod workloads;

pub(crate) use api::Api;
pub(crate) use control_plane::ControlPlane;
pub(crate) use personas::Persona;

pub(crate) type Result<T = (), E = color_eyre::Report> = color_eyre::Result<T, E>;
