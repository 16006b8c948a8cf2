//! Which proxy stands between us and a server, as kubectl decides it.

use std::net::IpAddr;

use http::Uri;
use http::uri::InvalidUri;

/// The kubeconfig's own proxy in every case; else that of the environment, unless the server is excepted from it.
pub(super) fn between(
    own: Option<&str>,
    server: &Uri,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Option<Uri>, InvalidUri> {
    if let Some(own) = own.filter(|own| !own.is_empty()) {
        return own.parse().map(Some);
    }
    let either = |name: &str| {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        set(name).or_else(|| set(&name.to_ascii_lowercase()))
    };
    let name = match server.scheme_str() {
        Some("http") => "HTTP_PROXY",
        _ => "HTTPS_PROXY",
    };
    let Some(proxy) = either(name) else {
        return Ok(None);
    };
    if is_excepted(server, &either("NO_PROXY").unwrap_or_default()) {
        return Ok(None);
    }
    if proxy.contains("://") {
        proxy.parse().map(Some)
    } else {
        format!("http://{proxy}").parse().map(Some)
    }
}

/// This machine always is, then what `NO_PROXY` lists: `*`, addresses, networks, names with those below them.
fn is_excepted(server: &Uri, list: &str) -> bool {
    let host = server.host().unwrap_or_default().to_ascii_lowercase();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    if host == "localhost" || address.is_some_and(|address| address.is_loopback()) {
        return true;
    }
    let port = server.port_u16().unwrap_or(match server.scheme_str() {
        Some("http") => 80,
        _ => 443,
    });
    let port = port.to_string();
    list.split(',').any(|entry| {
        let entry = entry.trim().to_ascii_lowercase();
        if entry == "*" {
            return true;
        }
        if let Some((network, bits)) = entry.split_once('/') {
            return match (network.parse(), bits.parse(), address) {
                (Ok(network), Ok(bits), Some(address)) => is_within(address, network, bits),
                _ => false,
            };
        }
        let (name, only_port) = match entry.rsplit_once(':') {
            Some(split) if !split.0.contains(':') || split.0.ends_with(']') => split,
            _ => (entry.as_str(), ""),
        };
        (only_port.is_empty() || only_port == port) && is_named(&host, address, name)
    })
}

fn is_named(host: &str, address: Option<IpAddr>, entry: &str) -> bool {
    if let Ok(entry) = entry.trim_matches(['[', ']']).parse::<IpAddr>() {
        return address == Some(entry);
    }
    let entry = match entry.strip_prefix('*') {
        Some(below) if below.starts_with('.') => below,
        _ => entry,
    };
    match entry.strip_prefix('.') {
        // Below it only.
        Some(_) => host.ends_with(entry) && entry.len() > 1,
        None if entry.is_empty() => false,
        None => host == entry || host.ends_with(&format!(".{entry}")),
    }
}

fn is_within(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let same = |one: u128, other: u128, width: u32| {
        bits <= width && one.checked_shr(width - bits) == other.checked_shr(width - bits)
    };
    match (address, network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            same(one.to_bits().into(), other.to_bits().into(), 32)
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => same(one.to_bits(), other.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn chosen(own: Option<&str>, server: &str, set: &[(&str, &str)]) -> Option<String> {
        let variable = |name: &str| {
            let found = set.iter().find(|(it, _)| *it == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let proxy = between(own, &server.parse().unwrap(), variable).unwrap();
        proxy.map(|proxy| proxy.authority().unwrap().to_string())
    }

    #[test]
    fn the_kubeconfigs_own_proxy_is_always_used() {
        let set = [("HTTPS_PROXY", "http://other:1"), ("NO_PROXY", "*")];
        let own = Some("socks5://own:2");
        assert_eq!(chosen(own, "https://k8s.test", &set).unwrap(), "own:2");
    }

    #[test]
    fn the_environments_is_that_of_the_servers_scheme() {
        let set = [
            ("https_proxy", "secure:1"),
            ("HTTP_PROXY", "http://plain:2"),
        ];
        assert_eq!(chosen(None, "https://k8s.test", &set).unwrap(), "secure:1");
        assert_eq!(chosen(None, "http://k8s.test", &set).unwrap(), "plain:2");
        let set = [
            ("HTTPS_PROXY", "proxy:3128/"),
            ("NO_PROXY", "localhost,.corp,"),
        ];
        assert_eq!(
            chosen(None, "https://k8s.test", &set).unwrap(),
            "proxy:3128"
        );
        assert_eq!(chosen(None, "https://k8s.test", &[]), None);
        assert_eq!(chosen(None, "https://127.0.0.1:6443", &set), None);
    }

    #[rstest]
    #[case::everything("*", true)]
    #[case::its_name("k8s.example.test", true)]
    #[case::a_domain(" .example.test ,", true)]
    #[case::a_domain_with_a_star("*.example.test", true)]
    #[case::a_domain_without_a_dot("example.test", true)]
    #[case::its_port("example.test:6443", true)]
    #[case::another_port("example.test:443", false)]
    #[case::a_port_that_is_none("example.test:https", false)]
    #[case::everything_on_a_port("*:6443", false)]
    #[case::a_star_without_a_dot("*example.test", false)]
    #[case::everything_among_others("other.test,*", true)]
    #[case::the_end_of_a_word("ample.test", false)]
    #[case::below_it(".k8s.example.test", false)]
    #[case::nothing(",,", false)]
    fn a_name_is_excepted_by(#[case] list: &str, #[case] excepted: bool) {
        let server = "https://K8s.example.test:6443".parse().unwrap();
        assert_eq!(is_excepted(&server, list), excepted, "{list}");
    }

    #[rstest]
    #[case::itself("10.1.2.3", true)]
    #[case::a_network("localhost,10.0.0.0/8", true)]
    #[case::all_networks("0.0.0.0/0", true)]
    #[case::another_network("10.2.0.0/16", false)]
    #[case::a_network_of_the_other_kind("::/0", false)]
    #[case::no_network("10.0.0.0/33", false)]
    fn an_address_is_excepted_by(#[case] list: &str, #[case] excepted: bool) {
        let server = "https://10.1.2.3:6443".parse().unwrap();
        assert_eq!(is_excepted(&server, list), excepted, "{list}");
    }
}
