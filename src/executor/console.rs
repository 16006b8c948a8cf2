//! The platform's console: one request, one answer of bounded size, from that host and no other. The token stands in a header
//! of each request and nowhere else.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Certificate, Client, Response, Url, redirect};
use secrecy::{ExposeSecret, SecretString};

use super::send;
use crate::action::Call;
use crate::model::{GarbledFault, Problem};
use crate::source::{Incoming, Lost, sentence};

/// By which the console takes a token (cloud-pi-native/console `packages/shared/src/utils/const.ts`).
const TOKEN: &str = "x-dso-token";
/// The environments of one project are a page or two.
const LONGEST: usize = 4 << 20;
const CONNECT: Duration = Duration::from_secs(10);

pub struct Console {
    client: Client,
    /// Without a slash at its end.
    url: String,
    token: HeaderValue,
}

/// Why there is no way to the console. Never holds the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What was given can stand in no header.
    Token,
    /// The authority is no certificate in PEM.
    Authority,
    /// TLS cannot be set up.
    Tls,
}

impl Console {
    /// `authority` signs the console's certificate beside those that the machine knows.
    ///
    /// # Errors
    /// The token or the authority cannot be used.
    pub fn new(url: &str, token: &SecretString, authority: Option<&[u8]>) -> Result<Self, Fault> {
        let token = token.expose_secret().trim();
        let mut token = HeaderValue::from_str(token).map_err(|_| Fault::Token)?;
        if token.is_empty() {
            return Err(Fault::Token);
        }
        token.set_sensitive(true);
        let mut client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT);
        if url.starts_with("http:") {
            // It is this machine: nothing stands between.
            client = client.no_proxy();
        }
        let authorities = authority.map(Certificate::from_pem_bundle).transpose();
        let authorities = authorities.map_err(|_| Fault::Authority)?;
        if authorities.as_ref().is_some_and(Vec::is_empty) {
            return Err(Fault::Authority);
        }
        for authority in authorities.into_iter().flatten() {
            client = client.add_root_certificate(authority);
        }
        Ok(Self {
            client: client.build().map_err(|_| Fault::Tls)?,
            url: url.to_owned(),
            token,
        })
    }

    pub(super) async fn send(&self, call: &Call, bound: Duration) -> Result<Incoming, Lost> {
        let outgoing = send::request(call, None);
        let target = format!("{}{}", self.url, outgoing.target);
        let target: Url = target.parse().map_err(|_| Lost::NoLink)?;
        let request = self
            .client
            .request(outgoing.method, target)
            .header(TOKEN, self.token.clone())
            .header(ACCEPT, outgoing.accept)
            .header(CONTENT_TYPE, outgoing.content)
            .body(outgoing.body);
        let exchange = async {
            let response = request.send().await.map_err(lost)?;
            let code = response.status().as_u16();
            Ok(Incoming {
                code,
                warnings: Vec::new(),
                body: read_whole(response).await.map_err(Lost::Unknown)?,
            })
        };
        tokio::time::timeout(bound, exchange)
            .await
            .unwrap_or_else(|_| Err(Lost::Unknown(timed_out(bound))))
    }
}

async fn read_whole(mut response: Response) -> Result<Bytes, Problem> {
    let mut whole = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|it| unreachable(&it))? {
        whole.extend_from_slice(&part);
        if whole.len() > LONGEST {
            return Err(Problem::Garbled(GarbledFault::Endless));
        }
    }
    Ok(whole.into())
}

/// A connection that was not made carried nothing.
fn lost(error: reqwest::Error) -> Lost {
    let connects = error.is_connect();
    let problem = if connects && error.is_timeout() {
        timed_out(CONNECT)
    } else {
        unreachable(&error.without_url())
    };
    if connects {
        Lost::Unsent(problem)
    } else {
        Lost::Unknown(problem)
    }
}

fn timed_out(bound: Duration) -> Problem {
    Problem::TimedOut {
        seconds: u32::try_from(bound.as_secs()).unwrap_or(u32::MAX),
    }
}

/// In the words of the innermost cause.
fn unreachable(error: &(dyn Error + 'static)) -> Problem {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    Problem::Unreachable {
        detail: sentence(&cause.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpListener};
    use std::thread::{self, JoinHandle};

    use super::*;
    use crate::action::{Door, Method};
    use crate::model::ClusterId;

    /// Answers one request with those bytes, and gives back what was asked.
    fn answering(answer: Vec<u8>) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = vec![0; 4096];
            let read = stream.read(&mut request).unwrap();
            // Who has read enough hangs up.
            let _ = stream.write_all(&answer);
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        (url, heard)
    }

    fn call(method: Method) -> Call {
        Call {
            cluster: ClusterId(0),
            method,
            path: "/api/v2/projects/p/environments".to_owned(),
            query: Vec::new(),
            body: None,
            metadata_only: false,
            door: Door::Console,
            seen: None,
        }
    }

    async fn sent(url: &str, bound: Duration) -> Result<Incoming, Lost> {
        drop(rustls::crypto::ring::default_provider().install_default());
        let token = SecretString::from("s3cret\n".to_owned());
        let console = Console::new(url, &token, None).unwrap();
        console.send(&call(Method::Get), bound).await
    }

    #[tokio::test]
    async fn a_request_has_the_token_in_its_header_alone() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]".to_vec();
        let (url, heard) = answering(answer);
        let incoming = sent(&url, CONNECT).await.unwrap();
        assert_eq!((incoming.code, &*incoming.body), (200, b"[]".as_slice()));
        let heard = heard.join().unwrap();
        assert!(heard.starts_with("GET /api/v2/projects/p/environments HTTP/1.1"));
        assert_eq!(heard.matches("s3cret").count(), 1);
        assert!(heard.contains("x-dso-token: s3cret\r\n"), "{heard}");
    }

    #[tokio::test]
    async fn a_token_does_not_follow_to_another_host() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        other.set_nonblocking(true).unwrap();
        let to = other.local_addr().unwrap();
        let answer =
            format!("HTTP/1.1 307 Go\r\nlocation: http://{to}/\r\ncontent-length: 0\r\n\r\n");
        let (url, _heard) = answering(answer.into_bytes());
        assert_eq!(sent(&url, CONNECT).await.unwrap().code, 307);
        assert!(other.accept().is_err());
    }

    #[tokio::test]
    async fn an_answer_without_an_end_is_not_read_to_it() {
        let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        answer.resize(LONGEST * 2, b' ');
        let (url, _heard) = answering(answer);
        let lost = sent(&url, CONNECT).await.unwrap_err();
        assert_eq!(lost, Lost::Unknown(Problem::Garbled(GarbledFault::Endless)));
    }

    #[tokio::test]
    async fn silence_is_unknown_and_a_closed_door_is_not() {
        let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", silent.local_addr().unwrap());
        let lost = sent(&url, Duration::from_millis(50)).await.unwrap_err();
        assert!(matches!(lost, Lost::Unknown(_)), "{lost:?}");
        drop(silent);
        let lost = sent(&url, CONNECT).await.unwrap_err();
        assert!(matches!(lost, Lost::Unsent(_)), "{lost:?}");
    }

    #[test]
    fn what_is_no_token_or_no_certificate_opens_nothing() {
        drop(rustls::crypto::ring::default_provider().install_default());
        let open = |token: &str, authority: Option<&[u8]>| {
            let token = SecretString::from(token.to_owned());
            Console::new("https://console.test", &token, authority).err()
        };
        assert_eq!(open(" \n", None), Some(Fault::Token));
        assert_eq!(open("two\nlines", None), Some(Fault::Token));
        assert_eq!(open("t", Some(b"no certificate")), Some(Fault::Authority));
        assert_eq!(open("t", None), None);
    }
}
