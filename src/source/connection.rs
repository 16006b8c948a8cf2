//! One way to one API server: a client with its credentials, and answers told apart by what they mean.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, DATE, ETAG, IF_NONE_MATCH, RETRY_AFTER};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt;
use kube::client::Body;
use kube::config::KubeconfigError;
use kube::{Client, Config};
use tokio::time::Instant;

use super::access::Access;
use super::credentials::CONNECT;
use super::login;
use super::wire::messages::Status;
use super::wire::{Format, read_single};
use crate::model::{ConfigFault, Endpoint, GarbledFault, Moment, Problem, Text};
use crate::source::text::{MESSAGE, NAME, clean};

/// A minute without a byte, when the user named no bound.
const PATIENCE: Duration = Duration::from_mins(1);
/// Longest answer read whole; lists are streamed instead.
const LONGEST_ANSWER: usize = 16 << 20;

const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
const PROTOBUF_WATCH: &str = "application/vnd.kubernetes.protobuf;stream=watch";
const JSON: &str = "application/json";

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// 403.
    Denied,
    /// 404 or 405: not served, or gone.
    Absent,
    /// 410: too old to go on from.
    Expired,
    /// Anything else, and how long the server asks to wait.
    Problem(Problem, Option<Duration>),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Problem(problem, None)
    }
}

#[derive(Clone)]
pub(super) struct Connection {
    client: Client,
    config: Config,
    patience: Duration,
    /// When the credentials end, if they say so.
    pub(super) expires: Option<Moment>,
    /// The plugin that gave the credentials, as it may be told.
    pub(super) login: Option<Text>,
    /// The context's own namespace.
    pub(super) namespace: Text,
    /// Compression costs the server more than loopback saves.
    near: bool,
}

/// An answer whose body streams.
pub(super) struct Answer {
    pub(super) format: Format,
    stream: Stream,
}

/// A body as it comes.
pub(super) struct Stream {
    body: Body,
    patience: Duration,
}

impl Connection {
    /// Loads the credentials, runs the login plugin if there is one, and builds the client. Sends nothing to the server.
    pub(super) async fn open(access: &Access) -> Result<Self, Problem> {
        let mut credentials = access.credentials()?;
        let expires = match &credentials.exec {
            Some(exec) => login::log_in(exec, &mut credentials.config.auth_info).await?,
            None => None,
        };
        let login = credentials.exec.as_ref().map(login::command_line);
        let host = credentials
            .config
            .cluster_url
            .host()
            .unwrap_or_default()
            .to_owned();
        let namespace = clean(&credentials.config.default_namespace, MESSAGE);
        let client = to_client(&credentials.config)?;
        Ok(Self {
            client,
            config: credentials.config,
            patience: match access.request_timeout {
                None => PATIENCE,
                Some(Duration::ZERO) => Duration::MAX,
                Some(bound) => bound,
            },
            expires,
            login,
            namespace,
            near: matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]"),
        })
    }

    /// The same credentials over new sockets: after a lost link, pooled ones may be dead without knowing it.
    pub(super) fn afresh(&self) -> Result<Self, Problem> {
        Ok(Self {
            client: to_client(&self.config)?,
            ..self.clone()
        })
    }

    /// Over a service that plays the server, for faults that a real one cannot be made to give.
    #[cfg(test)]
    pub(super) fn over(client: Client) -> Self {
        let config = Config::new(http::Uri::from_static("http://server.test"));
        Self {
            client,
            config,
            patience: PATIENCE,
            expires: None,
            login: None,
            namespace: "default".into(),
            near: true,
        }
    }

    pub(super) fn endpoint(&self) -> Endpoint {
        let url = &self.config.cluster_url;
        let scheme = url.scheme_str().unwrap_or("https");
        let host = url.host().unwrap_or_default();
        let port = url.port().map_or_else(String::new, |it| format!(":{it}"));
        let path = url.path().trim_end_matches('/');
        Endpoint {
            // Without whatever stands before the host: it may be a password.
            url: clean(&format!("{scheme}://{host}{port}{path}"), MESSAGE),
            tls_checked: !self.config.accept_invalid_certs,
        }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Starts a list; `format` is the preferred one, the answer says which it is.
    pub(super) async fn list(&self, path: &str, format: Format) -> Result<Answer, Failure> {
        let accept = match format {
            Format::Protobuf => [PROTOBUF, JSON].join(", "),
            Format::Json => JSON.to_owned(),
        };
        self.stream(path, &accept, self.near, self.patience).await
    }

    /// Starts a watch. `silence` is how long it may say nothing: bookmarks come about every minute.
    pub(super) async fn watch(
        &self,
        path: &str,
        format: Format,
        silence: Duration,
    ) -> Result<Answer, Failure> {
        let accept = match format {
            Format::Protobuf => [PROTOBUF_WATCH, JSON].join(", "),
            Format::Json => JSON.to_owned(),
        };
        self.watch_as(path, &accept, silence).await
    }

    /// A watch in a form of its own.
    pub(super) async fn watch_as(
        &self,
        path: &str,
        accept: &str,
        silence: Duration,
    ) -> Result<Answer, Failure> {
        // A compressed watch would be one gzip member per event, of which only the first is read.
        self.stream(path, accept, true, silence).await
    }

    async fn stream(
        &self,
        path: &str,
        accept: &str,
        plain: bool,
        silence: Duration,
    ) -> Result<Answer, Failure> {
        let mut request = Request::get(path).header(ACCEPT, accept);
        if plain {
            request = request.header(ACCEPT_ENCODING, "identity");
        }
        let response = self.send(request, self.patience).await?;
        let response = accepted(response, self.patience).await?;
        let content = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let format = if content.starts_with(PROTOBUF) {
            Format::Protobuf
        } else if content.starts_with(JSON) {
            Format::Json
        } else {
            let content = clean(content, NAME);
            return Err(Problem::Garbled(GarbledFault::Foreign { content }).into());
        };
        let stream = Stream {
            body: response.into_body(),
            patience: silence,
        };
        Ok(Answer { format, stream })
    }

    /// Starts a text that may say nothing for as long as it likes: not even its beginning comes before its first line.
    pub(super) async fn text(&self, path: &str) -> Result<Stream, Failure> {
        let request = Request::get(path)
            .header(ACCEPT, "*/*")
            .header(ACCEPT_ENCODING, "identity");
        let response = self.send(request, Duration::MAX).await?;
        let response = accepted(response, self.patience).await?;
        Ok(Stream {
            body: response.into_body(),
            patience: Duration::MAX,
        })
    }

    /// A small answer, whole. `etag` asks for it only if it has changed.
    pub(super) async fn get(
        &self,
        path: &str,
        accept: &str,
        etag: Option<&str>,
        bound: Duration,
    ) -> Result<Whole, Failure> {
        let mut request = Request::get(path).header(ACCEPT, accept);
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = self.send(request, bound).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(Whole {
                headers: response.headers().clone(),
                body: None,
            });
        }
        let response = accepted(response, bound).await?;
        let headers = response.headers().clone();
        let body = read_whole(response.into_body(), bound).await?;
        Ok(Whole {
            headers,
            body: Some(body),
        })
    }

    async fn send(
        &self,
        request: http::request::Builder,
        bound: Duration,
    ) -> Result<Response<Body>, Problem> {
        let request = request
            .body(Body::empty())
            .map_err(|error| Problem::Unsendable {
                detail: clean(&error.to_string(), MESSAGE),
            })?;
        match tokio::time::timeout(bound, self.client.send(request)).await {
            Err(_) => Err(timed_out(bound)),
            Ok(Err(error)) => Err(unreachable(&error)),
            Ok(Ok(response)) => Ok(response),
        }
    }
}

/// Only those of kube's messages that quote no secret: that of a failed plugin holds what it printed.
fn to_client(config: &Config) -> Result<Client, Problem> {
    Client::try_from(config.clone()).map_err(|error| {
        Problem::Config(match &error {
            kube::Error::RustlsTls(error) => ConfigFault::Tls {
                words: clean(&error.to_string(), MESSAGE),
            },
            kube::Error::ProxyProtocolUnsupported { .. } => ConfigFault::Proxy,
            kube::Error::InferKubeconfig(KubeconfigError::LoadClientCertificate(_)) => {
                ConfigFault::CertificateUnreadable
            }
            kube::Error::InferKubeconfig(KubeconfigError::LoadClientKey(_)) => {
                ConfigFault::KeyUnreadable
            }
            kube::Error::Auth(_) => ConfigFault::Credentials,
            _ => ConfigFault::Unusable,
        })
    })
}

/// A whole answer; no body when it has not changed.
pub(super) struct Whole {
    headers: HeaderMap,
    pub(super) body: Option<Bytes>,
}

impl Whole {
    pub(super) fn etag(&self) -> Option<String> {
        self.headers.get(ETAG)?.to_str().ok().map(str::to_owned)
    }

    /// The server's clock, from the `Date` header.
    pub(super) fn date(&self) -> Option<Moment> {
        let text = self.headers.get(DATE)?.to_str().ok()?;
        Moment::from_seconds(chrono::DateTime::parse_from_rfc2822(text).ok()?.timestamp())
    }
}

impl Answer {
    /// The next bytes of the body; None at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        self.stream.chunk().await
    }
}

impl Stream {
    /// The next bytes of the body; None at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        let started = Instant::now();
        loop {
            let left = self.patience.saturating_sub(started.elapsed());
            let frame = match tokio::time::timeout(left, self.body.frame()).await {
                Err(_) => return Err(timed_out(self.patience)),
                Ok(None) => return Ok(None),
                Ok(Some(Err(error))) => return Err(unreachable(&error)),
                Ok(Some(Ok(frame))) => frame,
            };
            if let Ok(data) = frame.into_data() {
                return Ok(Some(data));
            }
        }
    }
}

/// The answer itself when it is 2xx, else what it means.
async fn accepted(response: Response<Body>, bound: Duration) -> Result<Response<Body>, Failure> {
    let code = response.status();
    if code.is_success() {
        return Ok(response);
    }
    let wait = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let body = read_whole(response.into_body(), bound)
        .await
        .unwrap_or_default();
    let status: Status = read_single(body).unwrap_or_default();
    Err(match code {
        StatusCode::UNAUTHORIZED => Problem::Unauthorized { login: None }.into(),
        StatusCode::FORBIDDEN => Failure::Denied,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Failure::Absent,
        StatusCode::GONE => Failure::Expired,
        code => {
            let detail = status.message.filter(|message| !message.is_empty());
            let detail =
                detail.unwrap_or_else(|| code.canonical_reason().unwrap_or_default().to_owned());
            let problem = Problem::Server {
                code: code.as_u16(),
                detail: clean(&detail, MESSAGE),
            };
            Failure::Problem(problem, wait.map(Duration::from_secs))
        }
    })
}

pub(super) async fn read_whole(mut body: Body, bound: Duration) -> Result<Bytes, Problem> {
    let read = async {
        let mut whole = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| unreachable(&error))?;
            if let Ok(data) = frame.into_data() {
                whole.extend_from_slice(&data);
            }
            if whole.len() > LONGEST_ANSWER {
                return Err(Problem::Garbled(GarbledFault::Endless));
            }
        }
        Ok(Bytes::from(whole))
    };
    tokio::time::timeout(bound, read)
        .await
        .unwrap_or_else(|_| Err(timed_out(bound)))
}

pub(super) fn timed_out(bound: Duration) -> Problem {
    Problem::TimedOut {
        seconds: u32::try_from(bound.as_secs()).unwrap_or(u32::MAX),
    }
}

/// The innermost cause says most: `connection refused` rather than `client error`.
pub(super) fn unreachable(error: &(dyn std::error::Error + 'static)) -> Problem {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let words = cause.to_string();
    // hyper-timeout's words for a connection that was not made in time.
    if words == "deadline has elapsed" {
        return timed_out(CONNECT);
    }
    Problem::Unreachable {
        detail: clean(&words, MESSAGE),
    }
}
