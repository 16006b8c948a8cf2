//! What stands between vigie and an answer, as facts: `wording` makes the sentences. Texts here are the words of others (the
//! operating system, TLS, the server, a plugin), and no secret is ever part of them.

use super::Text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No connection, or it broke: the operating system's or TLS's own words.
    Unreachable {
        detail: Text,
    },
    TimedOut {
        seconds: u32,
    },
    /// The server answers 401: the credentials are missing, wrong or expired. `login` is the plugin that gave them.
    Unauthorized {
        login: Option<Text>,
    },
    /// A login plugin failed or needs a person; `command` is what to run in another terminal.
    Login {
        command: Text,
        fault: LoginFault,
    },
    /// The kubeconfig cannot be used.
    Config(ConfigFault),
    /// What was asked for by name makes no request: the HTTP library's own words.
    Unsendable {
        detail: Text,
    },
    /// An answer that is no Kubernetes answer: HTML from a proxy, garbage, a truncated body.
    Garbled(GarbledFault),
    /// A bug of vigie's own ended the reading.
    Bug,
    /// The server refuses for its own reasons (429, 5xx): code and its message.
    Server {
        code: u16,
        detail: Text,
    },
}

/// Why a login plugin gave no credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginFault {
    /// In the operating system's words.
    NotRun {
        words: Text,
    },
    /// It may be asking a person.
    Silent {
        seconds: u64,
    },
    /// What it said last.
    Said {
        words: Text,
    },
    /// It failed without a word.
    Exited {
        code: i32,
    },
    Killed {
        signal: i32,
    },
    NoCredential,
    /// Neither token nor certificate.
    EmptyCredential,
}

/// Why a kubeconfig, or a pod's service account, leads to no cluster. Never holds file content: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigFault {
    /// In the operating system's words.
    Unreadable {
        path: Text,
        words: Text,
    },
    /// Not a kubeconfig: the line and column where it stops making sense, when they are known.
    Unparsable {
        path: Text,
        place: Option<(u32, u32)>,
    },
    ContextGone {
        name: Text,
    },
    ClusterGone {
        name: Text,
    },
    NoServer,
    BadServer {
        words: Text,
    },
    AuthorityUnreadable,
    AuthorityNotPem,
    CertificateUnreadable,
    KeyUnreadable,
    /// A login plugin without a command.
    NoPlugin,
    /// An `auth-provider` of the old kind.
    Provider {
        name: Text,
    },
    ServiceAccount {
        words: Text,
    },
    Tls {
        words: Text,
    },
    Proxy,
    ProxyAddress,
    Credentials,
    /// No other word can be said without quoting the file.
    Unusable,
}

/// How an answer, or one object of it, is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GarbledFault {
    /// Another type of content than was asked for.
    Foreign {
        content: Text,
    },
    /// It has not the form of what it says it is.
    Malformed,
    Endless,
    CutShort,
    /// A list that tells nothing of itself.
    Headless,
    Encoding,
    /// Pages that lead back to one another.
    SamePage,
    /// An object without name or uid.
    Nameless,
    /// In the decoder's words.
    Undecodable {
        words: Text,
    },
}
