//! `[console]`: where the platform's console is, and where the token for it is kept. The token itself never stands in the file.

use std::path::{Path, PathBuf};

use http::Uri;

use crate::datafile::{Fault, Reading, Value};

const CONSOLE: &str = "console";
const KEYS: [&str; 4] = ["url", "token_env", "token_file", "ca_file"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// Without a slash at its end.
    pub url: String,
    pub token: Option<Token>,
    /// Certificates in PEM that are trusted beside those of the machine.
    pub authority: Option<PathBuf>,
}

/// Where the token is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// The environment variable of that name.
    Variable(String),
    File(PathBuf),
}

/// None where the console is not known by what is left. Files are found from the folder of `file`.
pub(super) fn read(reading: &mut Reading<'_>, value: &Value<'_>, file: &str) -> Option<Console> {
    let table = reading.table(CONSOLE, value)?;
    for (key, _) in table {
        let name = key.get_ref().as_ref();
        let path = format!("{CONSOLE}.{name}");
        if name == "token" {
            reading.blame(key.span().start, Fault::Secret { key: path });
        } else if !KEYS.contains(&name) {
            reading.blame_name(key.span().start, &path, KEYS);
        }
    }
    let mut text = |key: &str| {
        let value = table.get(key)?;
        let text = reading.text(&format!("{CONSOLE}.{key}"), value)?;
        Some((text.to_owned(), value.span().start))
    };
    let url = text("url");
    let variable = text("token_env").map(|(name, _)| Token::Variable(name));
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let mut path = |key: &str| text(key).map(|(path, _)| folder.join(path));
    let token = path("token_file").map(Token::File);
    let authority = path("ca_file");
    let Some((url, at)) = url else {
        if table.get("url").is_none() {
            let key = format!("{CONSOLE}.url");
            reading.blame(value.span().start, Fault::Missing { key });
        }
        return None;
    };
    if !is_safe(&url) {
        let key = format!("{CONSOLE}.url");
        reading.blame(at, Fault::Address { key });
        return None;
    }
    Some(Console {
        url: url.trim_end_matches('/').to_owned(),
        token: variable.or(token),
        authority,
    })
}

/// A token that is sent there stays between both: encrypted, or on this machine.
fn is_safe(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    let (Some(authority), None) = (uri.authority(), uri.query()) else {
        return false;
    };
    let host = authority.host().trim_matches(['[', ']']);
    let address = host.parse().ok();
    let here = host == "localhost" || address.is_some_and(|it: std::net::IpAddr| it.is_loopback());
    let plain = !authority.as_str().contains('@') && !host.is_empty() && !url.contains('#');
    plain
        && match uri.scheme_str() {
            Some("https") => true,
            Some("http") => here,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::wording::{Catalogue, Language};

    fn parsed(text: &str) -> (Option<Console>, Vec<String>) {
        let (config, problems) = crate::config::parse(text, Path::new("/home/ann/config.toml"));
        let say = Catalogue::new(Language::English);
        let told = problems.iter().map(|it| it.say(&say)).collect();
        (config.console, told)
    }

    #[test]
    fn it_is_read_with_files_beside_the_configuration() {
        let (console, told) = parsed(
            "[console]\nurl = \"https://console.test/\"\ntoken_file = \"token\"\nca_file = \"/etc/ca.pem\"\n",
        );
        assert_eq!(told, Vec::<String>::new());
        let console = console.unwrap();
        assert_eq!(console.url, "https://console.test");
        assert_eq!(console.token, Some(Token::File("/home/ann/token".into())));
        assert_eq!(console.authority, Some("/etc/ca.pem".into()));
        let (console, _) = parsed("console = {url = \"https://c.test\", token_env = \"TOKEN\"}");
        let token = console.unwrap().token;
        assert_eq!(token, Some(Token::Variable("TOKEN".to_owned())));
    }

    #[test]
    fn a_token_in_the_file_is_refused_and_not_repeated() {
        let (console, told) = parsed("[console]\nurl = \"https://c.test\"\ntoken = \"s3cret\"\n");
        assert_eq!(console.unwrap().token, None);
        let said = "/home/ann/config.toml:3: console.token has no place in this file: name the environment variable that has it with token_env, or a file of yours with token_file";
        assert_eq!(told, [said]);
    }

    #[test]
    fn what_is_wrong_in_it_is_told_with_its_line() {
        let (console, told) = parsed("[console]\nurll = \"https://c.test\"\ntoken_env = 7\n");
        assert_eq!(console, None);
        let told: Vec<_> = told
            .iter()
            .map(|it| it.trim_start_matches("/home/ann/config.toml:"))
            .collect();
        assert!(told.contains(&"1: console.url is missing"), "{told:?}");
        let lines: Vec<_> = told.iter().map(|it| &it[..2]).collect();
        assert_eq!(lines, ["1:", "2:", "3:"]);
        assert_eq!(parsed("console = 7").1.len(), 1);
    }

    #[rstest]
    #[case("https://console.test", true)]
    #[case("https://console.test:8443/base/", true)]
    #[case("http://127.0.0.1:8080", true)]
    #[case("http://[::1]:8080", true)]
    #[case("http://localhost", true)]
    #[case("http://console.test", false)]
    #[case("http://localhost.console.test", false)]
    #[case("https://ann:s3cret@console.test", false)]
    #[case("https://console.test/?token=s3cret", false)]
    #[case("https://console.test/#a", false)]
    #[case("ftp://console.test", false)]
    #[case("console.test", false)]
    #[case("", false)]
    fn a_token_goes_nowhere_in_clear(#[case] url: &str, #[case] safe: bool) {
        assert_eq!(is_safe(url), safe);
        let (console, told) = parsed(&format!("[console]\nurl = {url:?}\n"));
        assert_eq!(console.is_some(), safe);
        assert_eq!(told.len(), usize::from(!safe));
        assert!(!told.join("").contains("s3cret"));
    }
}
