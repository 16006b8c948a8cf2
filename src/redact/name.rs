//! Whether a name says that what stands beside it is secret.

/// Anywhere in a name, whatever stands between its words.
const PARTS: [&str; 25] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "motdepasse",
    "requirepass",
    "masterauth",
    "secret",
    "token",
    "credential",
    "apikey",
    "accesskey",
    "privatekey",
    "encryptionkey",
    "signingkey",
    "clientkey",
    "masterkey",
    "sharedkey",
    "accountkey",
    "authkey",
    "sshkey",
    "connectionstring",
    "authorization",
    "signature",
    "kubeconfig",
];
/// As a word of its own: within another one it means nothing.
const WORDS: [&str; 15] = [
    "pass", "pwd", "pw", "mdp", "jwt", "otp", "salt", "cookie", "cookies", "auth", "auths", "sig",
    "bearer", "psk", "dsn",
];
/// Joined to the word before it, as in `dbpass`.
const ENDS: [&str; 2] = ["pass", "pwd"];
/// Words of the language that end so.
const NO_SECRETS: [&str; 7] = [
    "bypass",
    "compass",
    "encompass",
    "overpass",
    "surpass",
    "trespass",
    "underpass",
];
/// What is at the end of a name that says where a secret is kept, or how, and not what it is.
const ABOUT: [&str; 16] = [
    "name",
    "names",
    "ref",
    "refs",
    "namespace",
    "path",
    "file",
    "seconds",
    "minutes",
    "type",
    "policy",
    "kind",
    "provider",
    "version",
    "count",
    "length",
];

pub(super) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let about = words
        .last()
        .is_some_and(|it| ABOUT.contains(&it.as_str()) && words.len() > 1);
    if about {
        return false;
    }
    let squeezed = words.concat();
    PARTS.iter().any(|part| squeezed.contains(part)) || words.iter().any(|it| is_secret_word(it))
}

fn is_secret_word(word: &str) -> bool {
    WORDS.contains(&word) || ENDS.iter().any(|it| word.ends_with(it)) && !NO_SECRETS.contains(&word)
}

/// `dbPassword`, `DB_PASSWORD`, `db.password`: db, password.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        let next = letter.is_uppercase() && before.is_lowercase();
        if next || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|it| !it.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_a_secret_however_it_is_written() {
        for name in [
            "password",
            "DB_PASSWORD",
            "dbPassword",
            "db.pass",
            "PGPASSWORD",
            "apiKey",
            "X-Api-Key",
            "API KEY",
            "AWS_SECRET_ACCESS_KEY",
            "clientSecret",
            "refresh_token",
            "requirepass",
            ".dockerconfigjson.auth",
            "SENTRY_DSN",
            "dbpass",
            "DBPASS",
            "SMTPPass",
            "dbpwd",
        ] {
            assert!(is_secret(name), "{name}");
        }
    }

    #[test]
    fn where_a_secret_is_kept_is_no_secret() {
        for name in [
            "secretName",
            "DB_PASSWORD_FILE",
            "secretKeyRef",
            "tokenExpirationSeconds",
            "nodePublishSecretRef",
            "compass",
            "bypass",
            "passed",
            "key",
            "author",
            "",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
