//! What stands around a workload, in words.

use super::super::Catalogue;
use crate::insight::{ClaimTrouble, Reason, Way};
use crate::model::Text;

/// The sentence, then its evidence; nothing for what does not stand around it.
pub(super) fn reason(say: &Catalogue, reason: &Reason) -> Vec<String> {
    match reason {
        Reason::NoEndpoints {
            service,
            unready,
            ways,
        } => {
            let arguments = [
                ("service", service.name.as_str().into()),
                ("unready", (*unready).into()),
            ];
            let mut told = vec![say.say_with("why-no-endpoints", &arguments)];
            told.extend(ways.iter().map(|it| way(say, it)));
            told
        }
        Reason::NoPort { service, port } => {
            let arguments = [
                ("service", service.name.as_str().into()),
                ("port", port.as_str().into()),
            ];
            vec![say.say_with("why-no-port", &arguments)]
        }
        Reason::Claim { name, trouble, .. } => vec![claim(say, name, trouble)],
        Reason::CertificateNotReady {
            certificate,
            reason,
            message,
        } => {
            let arguments = [
                ("name", certificate.name.as_str().into()),
                ("reason", reason.as_str().into()),
            ];
            let message = Some(message.to_string()).filter(|it| !it.is_empty());
            let first = say.say_with("why-certificate", &arguments);
            std::iter::once(first).chain(message).collect()
        }
        Reason::BudgetBlocks {
            budget,
            node,
            healthy,
            required,
        } => {
            let arguments = [
                ("name", budget.name.as_str().into()),
                ("node", node.as_str().into()),
                ("healthy", (*healthy).into()),
                ("required", (*required).into()),
            ];
            vec![say.say_with("why-budget", &arguments)]
        }
        _ => Vec::new(),
    }
}

fn way(say: &Catalogue, way: &Way) -> String {
    let arguments = [
        ("kind", way.object.kind.name().into()),
        ("name", way.object.name.as_str().into()),
        ("hosts", way.hosts.join(", ").into()),
    ];
    say.say_with("why-way", &arguments)
}

fn claim(say: &Catalogue, name: &Text, trouble: &ClaimTrouble) -> String {
    let named = ("name", name.as_str().into());
    match trouble {
        ClaimTrouble::Missing => say.say_with("why-claim-missing", &[named]),
        ClaimTrouble::Lost => say.say_with("why-claim-lost", &[named]),
        ClaimTrouble::Resizing => say.say_with("why-claim-resizing", &[named]),
        ClaimTrouble::Pending { class, asked } => {
            let class = if class.is_empty() {
                say.say("why-claim-default")
            } else {
                class.to_string()
            };
            let arguments = [
                named,
                ("asked", asked.as_str().into()),
                ("class", class.into()),
            ];
            say.say_with("why-claim-pending", &arguments)
        }
    }
}
