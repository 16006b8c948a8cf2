//! Cloud Pi Native: the tenant is a project, known by its slug. Three generations of labels, and names that still tell
//! something where labels cannot be read.

use std::collections::HashMap;

use ring::hmac;

use super::Known;
use crate::model::{Labels, Text};

/// Shortest half of an opaque name that is taken for one.
const HALF: std::ops::RangeInclusive<usize> = 20..=25;

/// Slugs by project id, and by the half of opaque names that the id becomes.
#[derive(Clone, Debug, Default)]
pub(in crate::tenancy) struct Slugs(HashMap<Text, Text>);

impl Slugs {
    pub(in crate::tenancy) fn learn(&mut self, labels: &Labels) {
        if let (Some(id), Some(slug)) =
            (labels.get("dso/project.id"), labels.get("dso/project.slug"))
        {
            self.0.insert(id.into(), slug.into());
            if let Some(half) = base36(id) {
                self.0.insert(half.into(), slug.into());
            }
        }
    }
}

pub(in crate::tenancy) fn by_labels(labels: &Labels, slugs: &Slugs) -> Option<Known> {
    let given = |key: &str| labels.get(key).filter(|value| !value.is_empty());
    let project = given("dso/project").or_else(|| given("dso/projet"));
    let known = || slugs.0.get(given("dso/project.id")?).cloned();
    // A project of an organisation was given the slug ORGANISATION-PROJECT when organisations ended.
    let legacy = || Some(format!("{}-{}", given("dso/organization")?, project?).into());
    let tenant: Text = given("dso/project.slug")
        .map(Text::from)
        .or_else(known)
        .or_else(legacy)
        .or_else(|| project.map(Text::from))?;
    Some(Known {
        tenant,
        environment: given("dso/environment").unwrap_or_default().into(),
        platform: false,
    })
}

pub(in crate::tenancy) fn by_name(name: &str, slugs: &Slugs) -> Option<Known> {
    opaque(name, slugs).or_else(|| readable(name))
}

/// `ENVIRONMENT--PROJECT`, both ids in base 36.
fn opaque(name: &str, slugs: &Slugs) -> Option<Known> {
    let (environment, project) = name.split_once("--")?;
    let digits = |half: &str| {
        HALF.contains(&half.len())
            && half
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
    };
    (digits(environment) && digits(project)).then(|| Known {
        tenant: slugs
            .0
            .get(project)
            .cloned()
            .unwrap_or_else(|| project.into()),
        environment: environment.into(),
        platform: false,
    })
}

/// `SLUG-ENVIRONMENT-HASH`: the hash of the environment's name proves the guess.
fn readable(name: &str) -> Option<Known> {
    let (rest, hash) = name.rsplit_once('-')?;
    let (slug, environment) = rest.rsplit_once('-')?;
    (!slug.is_empty() && hash == four_hex(environment)).then(|| Known {
        tenant: slug.into(),
        environment: environment.into(),
        platform: false,
    })
}

/// First four hexadecimal digits of HMAC-SHA256 with an empty key, as the console writes them.
fn four_hex(word: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &[]);
    let tag = hmac::sign(&key, word.as_bytes());
    match tag.as_ref() {
        [first, second, ..] => format!("{first:02x}{second:02x}"),
        _ => String::new(),
    }
}

/// A UUID as an unpadded number in base 36.
fn base36(uuid: &str) -> Option<String> {
    let digits: String = uuid.chars().filter(|letter| *letter != '-').collect();
    let mut number = u128::from_str_radix(&digits, 16)
        .ok()
        .filter(|_| digits.len() == 32)?;
    let mut written = Vec::new();
    while number > 0 {
        let digit = u32::try_from(number % 36).ok()?;
        written.push(char::from_digit(digit, 36)?);
        number /= 36;
    }
    Some(written.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("dev", "6293")]
    #[case("prod", "c626")]
    #[case("demo", "3c58")]
    #[case("formation", "4cfb")]
    #[case("beta-back", "f903")]
    #[case("staging", "41a5")]
    #[case("preprod", "9741")]
    #[case("integ", "e9b7")]
    #[case("test", "43b0")]
    #[case("candilib", "c751")]
    #[case("integration", "4a09")]
    #[case("qualif", "7a6c")]
    #[case("recette", "decb")]
    #[case("beta-front", "2f7e")]
    #[case("psij-infra", "defe")]
    fn a_word_has_its_four_hex_digits(#[case] word: &str, #[case] digits: &str) {
        assert_eq!(four_hex(word), digits);
    }

    #[test]
    fn an_id_becomes_its_half_of_the_name() {
        let half = |uuid| base36(uuid).unwrap();
        assert_eq!(
            half("bc06ace5-ddf6-4f00-97fa-872922baf078"),
            "b4qjvd14pua3z58ulicbc04u0"
        );
        assert_eq!(
            half("22e7044f-8414-435d-9c4a-2df42a65034b"),
            "22dxmhpuknhbc3u48km99jyob"
        );
        assert_eq!(
            half("011e7860-04d7-461f-912d-334c622d38b3"),
            "2duwsefg86w0l2gbk61x3fzn"
        );
        assert_eq!(base36("22dxmhpuknhbc3u48km99jyob"), None);
    }

    #[rstest]
    #[case("b4qjvd14pua3z58ulicbc04u0--22dxmhpuknhbc3u48km99jyob")]
    #[case("8vjvd821vnwylzm4wg5n4spb4--22dxmhpuknhbc3u48km99jyob")]
    #[case("1mva8nfdwsi4shtznt15cs55t--2duwsefg86w0l2gbk61x3fzn")]
    #[case("1oip8b09qw9877viqm2l16s0q--2duwsefg86w0l2gbk61x3fzn")]
    #[case("1oip8b09qw9877viqm2l15a2z--2duwsefg86w0l2gbk61x3g05")]
    #[case("2daqp5tv1dcttxpys0njptfv6--8t3jx9fw4niz9uh6fzg7gkuqj")]
    fn an_opaque_name_without_labels_still_groups_by_project(#[case] name: &str) {
        let known = by_name(name, &Slugs::default()).unwrap();
        assert_eq!(format!("{}--{}", known.environment, known.tenant), name);
    }

    #[test]
    fn the_slug_of_one_namespace_names_the_others_of_its_project() {
        let mut slugs = Slugs::default();
        let labels: Labels = [
            ("dso/project.id", "22e7044f-8414-435d-9c4a-2df42a65034b"),
            ("dso/project.slug", "betaapp"),
        ]
        .into_iter()
        .collect();
        slugs.learn(&labels);
        let name = "8vjvd821vnwylzm4wg5n4spb4--22dxmhpuknhbc3u48km99jyob";
        assert_eq!(by_name(name, &slugs).unwrap().tenant, "betaapp");
    }

    #[rstest]
    #[case("mi-home-dev-6293", "mi-home", "dev")]
    #[case("psijfailed-integration-4a09", "psijfailed", "integration")]
    #[case("mi-int-2-prod-c626", "mi-int-2", "prod")]
    fn the_hash_proves_a_readable_name(
        #[case] name: &str,
        #[case] tenant: &str,
        #[case] environment: &str,
    ) {
        let known = readable(name).unwrap();
        assert_eq!(
            (known.tenant.as_str(), known.environment.as_str()),
            (tenant, environment)
        );
    }

    #[test]
    fn a_name_with_another_hash_is_not_of_the_platform() {
        assert_eq!(readable("mi-home-dev-beef"), None);
        assert_eq!(readable("dev-6293"), None);
        assert_eq!(by_name("shop--front", &Slugs::default()), None);
    }

    #[rstest]
    #[case(&[("dso/project", "betaapp"), ("dso/project.slug", "betaapp-2"), ("dso/environment", "dev")], "betaapp-2")]
    #[case(&[("dso/project.slug", "candilib"), ("dso/owner.id", "x"), ("dso/environment", "dev")], "candilib")]
    #[case(&[("dso/organization", "mi"), ("dso/project", "home"), ("dso/environment", "dev")], "mi-home")]
    #[case(&[("dso/organization", "mi"), ("dso/projet", "home"), ("dso/environment", "dev")], "mi-home")]
    #[case(&[("dso/project", "projet dégradé"), ("dso/environment", "dev")], "projet dégradé")]
    fn every_generation_of_labels_is_read(#[case] labels: &[(&str, &str)], #[case] tenant: &str) {
        let labels: Labels = labels.iter().copied().collect();
        let known = by_labels(&labels, &Slugs::default()).unwrap();
        assert_eq!(
            (known.tenant.as_str(), known.environment.as_str()),
            (tenant, "dev")
        );
    }
}
