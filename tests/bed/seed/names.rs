//! How the reference platform names things: opaque ids in base 36, and hashes of four digits.

use ring::{digest, hmac};

use super::data::{Environment, Tenant};

/// An id as in a UUID.
pub(super) fn uuid(half: &str) -> String {
    let id = half
        .chars()
        .filter_map(|digit| digit.to_digit(36))
        .fold(0_u128, |id, digit| {
            id.wrapping_mul(36).wrapping_add(u128::from(digit))
        });
    let hex = format!("{id:032x}");
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}

/// The half of a namespace name for something that has none in the data.
fn invent(name: &str) -> String {
    let hash = digest::digest(&digest::SHA256, name.as_bytes());
    let mut id = hash.as_ref()[..16]
        .iter()
        .fold(0_u128, |id, byte| id << 8 | u128::from(*byte));
    let mut digits = Vec::new();
    while id > 0 {
        digits.extend(
            u32::try_from(id % 36)
                .ok()
                .and_then(|digit| char::from_digit(digit, 36)),
        );
        id /= 36;
    }
    digits.iter().rev().collect()
}

pub(super) fn project_half(tenant: &Tenant) -> String {
    tenant
        .half
        .clone()
        .unwrap_or_else(|| invent(&tenant.slug()))
}

pub(super) fn environment_half(tenant: &Tenant, environment: &Environment) -> String {
    let invented = || invent(&format!("{}/{}", tenant.slug(), environment.name));
    environment.half.clone().unwrap_or_else(invented)
}

pub(super) fn namespace(tenant: &Tenant, environment: &Environment) -> String {
    if tenant.organization.is_some() {
        return format!(
            "{}-{}-{}",
            tenant.slug(),
            environment.name,
            h4(&environment.name)
        );
    }
    format!(
        "{}--{}",
        environment_half(tenant, environment),
        project_half(tenant)
    )
}

/// The first four hex digits of an HMAC with an empty key.
pub(super) fn h4(name: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"");
    four_digits(hmac::sign(&key, name.as_bytes()).as_ref())
}

/// The Argo CD Application that deploys a project's infra repository into an environment.
pub(super) fn application(tenant: &Tenant, environment: &Environment) -> String {
    let (slug, name) = (tenant.slug(), &environment.name);
    let repository = format!("https://gitlab.cpin.test/forge/{slug}/{slug}-infra.git");
    let hash = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, repository.as_bytes());
    format!(
        "{slug}-{name}-{}-{slug}-infra-{}",
        h4(name),
        four_digits(hash.as_ref())
    )
}

fn four_digits(hash: &[u8]) -> String {
    hash[..2]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bed::Result;
    use crate::bed::seed::data;

    #[test]
    fn ids_and_hashes_are_those_of_the_reference_platform() {
        assert_eq!(
            uuid("b4qjvd14pua3z58ulicbc04u0"),
            "bc06ace5-ddf6-4f00-97fa-872922baf078"
        );
        assert_eq!(
            uuid("22dxmhpuknhbc3u48km99jyob"),
            "22e7044f-8414-435d-9c4a-2df42a65034b"
        );
        assert_eq!(
            uuid("2duwsefg86w0l2gbk61x3fzn"),
            "011e7860-04d7-461f-912d-334c622d38b3"
        );
        assert_eq!(
            [h4("dev"), h4("prod"), h4("recette")],
            ["6293", "c626", "decb"]
        );
    }

    #[test]
    fn every_namespace_has_a_name_the_server_takes() -> Result {
        for tenant in data::tenants()? {
            for environment in &tenant.environments {
                let name = namespace(&tenant, environment);
                assert!(name.len() <= 63 && !name.contains(' '), "{name}");
            }
        }
        Ok(())
    }
}
