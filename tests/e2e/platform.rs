//! A stand-in for the console of Cloud Pi Native, which needs Node, a database and an identity provider: an HTTP server on
//! loopback that lists and puts environments as cloud-pi-native/console `apps/server-nestjs/src/modules/environment` reads, and
//! that writes the `ApplicationSet` of the environment as the chart `dso-env` renders it, without a `syncPolicy` where the switch
//! is off.
//!
//! It proves what vigie asks and sends, and what the real Argo CD makes of what the platform writes. It does not prove how long
//! the platform takes from the switch to the set, what rights a token has there, or that the API has not changed since.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::{Value, json};

use crate::bed::Result;
use crate::bed::argo_cd::{ArgoCd, NAMESPACE};

pub(crate) const TOKEN: &str = "a-token-of-the-bed";
pub(crate) const PROJECT: &str = "22e7044f-8414-435d-9c4a-2df42a65034b";

/// How a write is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Plainly,
    /// A service of the platform failed; the switch is set all the same.
    Failing,
}

/// Runs until the tests end. It keeps one environment.
pub(crate) struct Platform {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    /// The `ApplicationSet` that is written by the switch.
    set: String,
    /// Its policy while the switch is on.
    policy: Value,
    state: Mutex<State>,
}

struct State {
    environment: Value,
    manner: Manner,
    /// The writes that were taken, as they came.
    written: Vec<Value>,
}

impl Platform {
    pub(crate) fn start(id: &str, set: &str, policy: &Value) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}", listener.local_addr()?);
        let environment = json!({
            "id": id, "name": "prod", "projectId": PROJECT, "stageId": "s", "clusterId": "c",
            "cpu": 0.5, "gpu": 0, "memory": 2, "autosync": true, "deploymentsCount": 1,
        });
        let shared = Arc::new(Shared {
            set: format!("/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/applicationsets/{set}"),
            policy: policy.clone(),
            state: Mutex::new(State {
                environment,
                manner: Manner::Plainly,
                written: Vec::new(),
            }),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who asks may hang up.
                drop(serving.serve(stream));
            }
        });
        Ok(Self { url, shared })
    }

    pub(crate) fn environment(&self) -> Value {
        self.shared.state().environment.clone()
    }

    pub(crate) fn written(&self) -> Vec<Value> {
        self.shared.state().written.clone()
    }

    /// Somebody saves the form.
    pub(crate) fn save(&self, field: &str, value: Value) {
        self.shared.state().environment[field] = value;
    }

    pub(crate) fn answer(&self, manner: Manner) {
        self.shared.state().manner = manner;
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One request a connection.
    fn serve(&self, stream: TcpStream) -> Result {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            match line.trim_end() {
                "" => break,
                line => head.push(line.to_owned()),
            }
        }
        let header = |name: &str| {
            let mut lines = head.iter().filter_map(|it| it.split_once(": "));
            let (_, value) = lines.find(|(it, _)| it.eq_ignore_ascii_case(name))?;
            Some(value.to_owned())
        };
        let length = header("content-length").and_then(|it| it.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let (code, said) = if header("x-dso-token").as_deref() == Some(TOKEN) {
            self.answer(head.first().map_or("", String::as_str), &body)?
        } else {
            (401, json!({"statusCode": 401, "message": "Unauthorized"}))
        };
        let said = said.to_string();
        let length = said.len();
        let mut stream = stream;
        write!(
            stream,
            "HTTP/1.1 {code} Told\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{said}"
        )?;
        Ok(())
    }

    fn answer(&self, request: &str, body: &[u8]) -> Result<(u16, Value)> {
        let list = format!("/api/v2/projects/{PROJECT}/environments");
        let id = self.state().environment["id"].clone();
        let own = format!("{list}/{}", id.as_str().unwrap_or_default());
        let mut words = request.split(' ');
        match (words.next(), words.next()) {
            (Some("GET"), Some(path)) if path == list => {
                Ok((200, json!([self.state().environment])))
            }
            (Some("PUT"), Some(path)) if path == own => self.put(serde_json::from_slice(body)?),
            _ => Ok((404, json!({"statusCode": 404, "message": "Introuvable"}))),
        }
    }

    fn put(&self, body: Value) -> Result<(u16, Value)> {
        let fields = ["cpu", "gpu", "memory", "autosync"];
        let known = |(name, value): (&String, &Value)| {
            let right = value.is_boolean() == (name == "autosync");
            fields.contains(&name.as_str()) && right
        };
        let whole = body
            .as_object()
            .is_some_and(|it| it.len() == fields.len() && it.iter().all(known));
        if !whole {
            return Ok((400, json!({"statusCode": 400, "message": "Bad Request"})));
        }
        for field in fields {
            self.state().environment[field] = body[field].clone();
        }
        let policy = match body["autosync"].as_bool() {
            Some(true) => self.policy.clone(),
            _ => Value::Null,
        };
        self.state().written.push(body);
        let change = json!({"spec": {"template": {"spec": {"syncPolicy": policy}}}});
        ArgoCd::plane()?.block_on(async |api| api.merge(&self.set, &change).await)?;
        if self.state().manner == Manner::Failing {
            let message = "Echec des services à la mise à jour de l'environnement";
            return Ok((500, json!({"statusCode": 500, "message": message})));
        }
        Ok((200, self.state().environment.clone()))
    }
}
