//! Faults that a real API server cannot be made to give on demand, on paused time.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};

use futures::StreamExt;
use futures::stream::{self, BoxStream};
use http::{Request, Response};
use http_body::Frame;
use http_body_util::{Either, Full, StreamBody};
use kube::Client;
use kube::client::Body;
use serde_json::json;

use super::*;
use crate::model::{ClusterId, GarbledFault, Moment, Text};
use crate::source::connection::Connection;
use crate::source::discovery::Served;
use crate::source::session::Pulse;

/// What the server does with one request.
#[derive(Clone)]
enum Reply {
    Json(String),
    /// Parts of one answer, each so many milliseconds after its beginning; then it stays open.
    Stream(Vec<(u64, String)>),
    Typed(&'static str, Vec<u8>),
    Code(u16),
    RetryAfter(u16, u32),
    Hang,
    /// The connection breaks before an answer.
    Cut,
    CutAfter(Duration),
}

/// Replies in order, the last one for ever; requests with the second they came at.
struct Server {
    replies: Mutex<VecDeque<Reply>>,
    asked: Mutex<Vec<(u64, String)>>,
    born: Instant,
}

impl Server {
    fn reply(&self, uri: &str) -> Reply {
        self.asked
            .lock()
            .unwrap()
            .push((self.born.elapsed().as_secs(), uri.to_owned()));
        let mut replies = self.replies.lock().unwrap();
        if replies.len() > 1 {
            replies.pop_front().unwrap()
        } else {
            replies.front().cloned().unwrap()
        }
    }
}

type Sent = Either<Full<Bytes>, StreamBody<BoxStream<'static, io::Result<Frame<Bytes>>>>>;

async fn answer(reply: Reply) -> io::Result<Response<Sent>> {
    let response = Response::builder();
    let whole = |bytes: Vec<u8>| Either::Left(Full::from(bytes));
    Ok(match reply {
        Reply::Json(text) => response
            .header("content-type", "application/json")
            .body(whole(text.into_bytes())),
        Reply::Stream(parts) => {
            let start = Instant::now();
            let part = move |(at, text): (u64, String)| async move {
                tokio::time::sleep_until(start + Duration::from_millis(at)).await;
                Ok(Frame::data(Bytes::from(text)))
            };
            let parts = stream::iter(parts).then(part).chain(stream::pending());
            response
                .header("content-type", "application/json")
                .body(Either::Right(StreamBody::new(parts.boxed())))
        }
        Reply::Typed(kind, bytes) => response.header("content-type", kind).body(whole(bytes)),
        Reply::Code(code) => response.status(code).body(whole(Vec::new())),
        Reply::RetryAfter(code, wait) => response
            .status(code)
            .header("retry-after", wait)
            .body(whole(Vec::new())),
        Reply::Hang => std::future::pending().await,
        Reply::CutAfter(wait) => {
            tokio::time::sleep(wait).await;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Reply::Cut => return Err(io::ErrorKind::ConnectionReset.into()),
    }
    .unwrap())
}

thread_local! {
    static BORN: Instant = Instant::now();
}

/// Goes with the paused time.
fn clock() -> Moment {
    let gone = BORN.with(Instant::elapsed).as_secs();
    Moment::from_seconds(1_000_000 + i64::try_from(gone).unwrap()).unwrap()
}

/// What a feed of pods told in ten minutes against these replies, and what it asked.
async fn ten_minutes(
    mode: Mode,
    replies: impl IntoIterator<Item = Reply>,
) -> (Vec<Delta>, Vec<(u64, String)>) {
    ten_minutes_with((1, false), mode, replies).await
}

/// The same when so many watches may be held, and discovery is denied or not.
async fn ten_minutes_with(
    manners: (usize, bool),
    mode: Mode,
    replies: impl IntoIterator<Item = Reply>,
) -> (Vec<Delta>, Vec<(u64, String)>) {
    let (heard, asked) = timed(manners, mode, replies).await;
    (heard.into_iter().map(|(_, delta)| delta).collect(), asked)
}

/// The same with when each was told.
async fn timed(
    (watches, discovery_denied): (usize, bool),
    mode: Mode,
    replies: impl IntoIterator<Item = Reply>,
) -> (Vec<(Duration, Delta)>, Vec<(u64, String)>) {
    let server = Arc::new(Server {
        replies: Mutex::new(replies.into_iter().collect()),
        asked: Mutex::default(),
        born: Instant::now(),
    });
    let played = server.clone();
    let service = tower::service_fn(move |request: Request<Body>| {
        let reply = played.reply(&request.uri().to_string());
        answer(reply)
    });
    let session = Session {
        number: 1,
        connection: Connection::over(Client::new(service, "default")),
        served: Served::default(),
        discovery_denied,
        streams_lists: true,
        pulse: Arc::new(Pulse::new()),
    };
    let (_sessions, session) = watch::channel(Some(Arc::new(session)));
    let (_retries, retry) = watch::channel(0);
    let (signals, _signalled) = mpsc::channel(32);
    let (deltas, mut told) = mpsc::channel(64);
    let feed = FeedTask {
        scope: Scope {
            cluster: ClusterId(0),
            kind: Kind::Pod,
            namespace: Some(Text::from("shop")),
        },
        mode,
        clock,
        outlet: Outlet::new(deltas),
        session,
        retry,
        signals,
        watches: Arc::new(Semaphore::new(watches)),
        starts: Arc::new(Semaphore::new(1)),
    };
    let mut heard = Vec::new();
    let mut read = false;
    let hearing = async {
        while let Some(batch) = told.recv().await {
            let at = server.born.elapsed();
            heard.extend(batch.into_iter().map(|it| (at, it)));
        }
    };
    let ten = Duration::from_mins(10);
    let _ = tokio::time::timeout(ten, async { tokio::join!(feed.run(&mut read), hearing) }).await;
    let asked = server.asked.lock().unwrap().clone();
    (heard, asked)
}

fn list(items: &serde_json::Value) -> Reply {
    Reply::Json(
        json!({ "kind": "PodList", "metadata": { "resourceVersion": "7" }, "items": items })
            .to_string(),
    )
}

fn pod(name: &str) -> serde_json::Value {
    json!({ "metadata": { "name": name, "namespace": "shop", "uid": name, "resourceVersion": "7" } })
}

fn expired() -> Reply {
    let status = json!({ "kind": "Status", "code": 410, "reason": "Expired" });
    Reply::Json(format!(
        "{}\n",
        json!({ "type": "ERROR", "object": status })
    ))
}

fn names(heard: &[Delta]) -> Vec<&str> {
    heard
        .iter()
        .filter_map(|delta| match delta {
            Delta::Upsert(_, object) => Some(object.meta().name.as_str()),
            _ => None,
        })
        .collect()
}

fn lost(heard: &[Delta]) -> Option<&Problem> {
    heard.iter().rev().find_map(|delta| match delta {
        Delta::Feed(_, Feed::Lost { problem, .. }) => Some(problem),
        _ => None,
    })
}

fn complete(heard: &[Delta]) -> usize {
    heard
        .iter()
        .filter(|delta| matches!(delta, Delta::ListEnd(_)))
        .count()
}

#[tokio::test(start_paused = true)]
async fn an_object_that_does_not_decode_is_lost_alone_and_named() {
    let broken = json!({ "metadata": { "name": "odd", "namespace": "shop", "uid": "u" }, "spec": { "containers": "none" } });
    let (heard, _) =
        ten_minutes(Mode::Once, [list(&json!([pod("one"), broken, pod("two")]))]).await;
    assert_eq!(names(&heard), ["one", "two"]);
    let told = heard.iter().find_map(|delta| match delta {
        Delta::Undecodable { name, .. } => Some(name.as_str()),
        _ => None,
    });
    assert_eq!((told, complete(&heard)), (Some("shop/odd"), 1));
}

#[tokio::test(start_paused = true)]
async fn null_fields_and_null_lists_are_empty() {
    let bare = json!({
        "metadata": { "name": "bare", "uid": "u", "labels": null, "annotations": null, "ownerReferences": null, "creationTimestamp": null },
        "spec": { "containers": null, "nodeName": null },
        "status": { "conditions": null, "containerStatuses": null, "phase": null }
    });
    let (heard, _) = ten_minutes(Mode::Once, [list(&json!([bare]))]).await;
    assert_eq!(names(&heard), ["bare"]);
    let (heard, _) = ten_minutes(Mode::Once, [list(&json!(null))]).await;
    assert_eq!((names(&heard).len(), complete(&heard)), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_truncated_list_is_never_a_complete_one() {
    let Reply::Json(text) = list(&json!([pod("one"), pod("two")])) else {
        unreachable!()
    };
    let cut = Reply::Json(text[..text.len() - 10].to_owned());
    let (heard, asked) = ten_minutes(Mode::Watch, [cut]).await;
    assert_eq!(complete(&heard), 0);
    assert!(matches!(lost(&heard), Some(Problem::Garbled(_))));
    assert!(asked.len() < 40, "{} requests in ten minutes", asked.len());
}

#[tokio::test(start_paused = true)]
async fn a_page_of_a_proxy_is_named_as_such() {
    let html = Reply::Typed("text/html; charset=utf-8", b"<html>Sign in</html>".to_vec());
    let (heard, asked) = ten_minutes(Mode::Watch, [html]).await;
    let Some(Problem::Garbled(GarbledFault::Foreign { content })) = lost(&heard) else {
        panic!("{heard:?}")
    };
    assert_eq!(content, "text/html; charset=utf-8");
    assert!(asked.len() < 40, "{} requests in ten minutes", asked.len());
}

#[tokio::test(start_paused = true)]
async fn garbled_protobuf_is_asked_for_again_as_json() {
    let garbage = Reply::Typed(
        "application/vnd.kubernetes.protobuf",
        b"k8s\0\xff\xff\xff\xff".to_vec(),
    );
    let (heard, asked) = ten_minutes(Mode::Once, [garbage, list(&json!([pod("one")]))]).await;
    assert_eq!(
        (names(&heard), complete(&heard), asked.len()),
        (vec!["one"], 1, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn a_storm_of_expired_watches_lists_again_without_spinning() {
    let storm = (0..50).flat_map(|_| [list(&json!([pod("one")])), expired()]);
    let (heard, asked) = ten_minutes(Mode::Watch, storm).await;
    assert!(complete(&heard) > 3);
    assert!(asked.len() < 120, "{} requests in ten minutes", asked.len());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_to_wait_is_obeyed() {
    let (heard, asked) = ten_minutes(
        Mode::Watch,
        [Reply::RetryAfter(429, 20), list(&json!([])), Reply::Hang],
    )
    .await;
    assert_eq!((asked[0].0, asked[1].0), (0, 20));
    assert_eq!(complete(&heard), 1);
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_errors_is_waited_out() {
    let burst = [
        Reply::Code(500),
        Reply::Code(502),
        Reply::Code(503),
        list(&json!([pod("one")])),
        Reply::Hang,
    ];
    let (heard, asked) = ten_minutes(Mode::Watch, burst).await;
    assert_eq!(names(&heard), ["one"]);
    assert!(asked[3].0 <= 6, "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn a_silent_watch_is_left_and_taken_up_where_it_stood() {
    let (heard, asked) = ten_minutes(Mode::Watch, [list(&json!([])), Reply::Hang]).await;
    assert_eq!(complete(&heard), 1);
    let watches: Vec<_> = asked
        .iter()
        .filter(|(_, uri)| uri.contains("watch=1&resourceVersion=7"))
        .collect();
    assert!((2..12).contains(&watches.len()), "{asked:?}");
    // It never opened: what was read is old, and said to be.
    assert_eq!(lost(&heard), Some(&Problem::TimedOut { seconds: 60 }));
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_fails_to_open_for_seconds_is_said_to_be_lost() {
    let slowly = Reply::CutAfter(Duration::from_secs(2));
    let (heard, asked) = ten_minutes(Mode::Watch, [list(&json!([])), slowly]).await;
    assert!(matches!(lost(&heard), Some(Problem::Unreachable { .. })));
    assert!(asked.len() < 200, "{} requests in ten minutes", asked.len());
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_ends_at_once_is_not_hammered() {
    let (_, asked) = ten_minutes(Mode::Watch, [list(&json!([])), Reply::Json(String::new())]).await;
    assert!(asked.len() < 40, "{} requests in ten minutes", asked.len());
}

#[tokio::test(start_paused = true)]
async fn a_kind_that_may_be_listed_but_not_watched_is_read_every_minute() {
    let turns = (0..30).flat_map(|_| [list(&json!([pod("one")])), Reply::Code(403)]);
    let (heard, asked) = ten_minutes(Mode::Watch, turns).await;
    assert!((9..=11).contains(&complete(&heard)), "{asked:?}");
    assert!(heard.iter().any(|delta| matches!(
        delta,
        Delta::Feed(
            _,
            Feed::Polled {
                watch_denied: true,
                ..
            }
        )
    )));
}

#[tokio::test(start_paused = true)]
async fn a_kind_for_which_no_connection_is_left_is_read_every_minute() {
    let (heard, asked) =
        ten_minutes_with((0, false), Mode::Watch, [list(&json!([pod("one")]))]).await;
    assert!((9..=11).contains(&complete(&heard)), "{asked:?}");
    assert!(asked.iter().all(|(_, uri)| !uri.contains("watch=1")));
    assert!(heard.iter().any(|delta| matches!(
        delta,
        Delta::Feed(
            _,
            Feed::Polled {
                watch_denied: false,
                ..
            }
        )
    )));
}

#[tokio::test(start_paused = true)]
async fn a_right_lost_while_running_is_said_and_asked_for_again() {
    let replies = [list(&json!([pod("one")])), expired(), Reply::Code(403)];
    let (heard, asked) = ten_minutes(Mode::Watch, replies).await;
    assert!(
        heard
            .iter()
            .any(|delta| matches!(delta, Delta::Feed(_, Feed::Denied { verb: Verb::List })))
    );
    // Some times soon, for it may be a server that starts, then every minute.
    assert!((12..=18).contains(&asked.len()), "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_while_it_starts_is_asked_again_soon() {
    // The watch, the list, and the list again.
    let starting = [
        Reply::Cut,
        Reply::Code(403),
        Reply::Code(403),
        Reply::Code(403),
    ];
    let first = [list(&json!([pod("one")]))];
    let again = [list(&json!([pod("one"), pod("two")])), Reply::Hang];
    let replies = first.into_iter().chain(starting).chain(again);
    let (heard, asked) = ten_minutes(Mode::Watch, replies).await;
    assert_eq!(names(&heard), ["one", "one", "two"]);
    assert!(asked[5].0 <= 5, "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn a_first_refusal_is_final_unless_the_server_refuses_everything() {
    let first = || {
        let refused = [Reply::Code(403), Reply::Code(403)];
        refused.into_iter().chain([list(&json!([pod("one")]))])
    };
    let (heard, asked) = ten_minutes(Mode::Watch, first()).await;
    assert_eq!((names(&heard).len(), asked.len()), (0, 1));
    for mode in [Mode::Watch, Mode::Once] {
        let (heard, asked) = ten_minutes_with((1, true), mode, first()).await;
        assert_eq!(!names(&heard).is_empty(), mode == Mode::Watch, "{asked:?}");
    }
    let (_, asked) = ten_minutes_with((1, true), Mode::Watch, [Reply::Code(403)]).await;
    assert!((4..10).contains(&asked.len()), "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn a_link_that_breaks_again_and_again_is_tried_every_few_seconds() {
    // Cut before its first byte, as a link that flaps cuts it.
    let cut = Reply::Cut;
    let (_, asked) = ten_minutes(Mode::Watch, [list(&json!([])), cut]).await;
    let longest = asked.windows(2).map(|two| two[1].0 - two[0].0).max();
    assert!(longest <= Some(5), "{asked:?}");
    assert!(asked.len() < 600, "{} requests in ten minutes", asked.len());
}

#[tokio::test(start_paused = true)]
async fn a_feed_stays_lost_since_its_first_failure() {
    let (heard, _) = ten_minutes(Mode::Watch, [Reply::Code(503)]).await;
    let since: std::collections::HashSet<_> = heard
        .iter()
        .filter_map(|delta| match delta {
            Delta::Feed(_, Feed::Lost { since, .. }) => Some(*since),
            _ => None,
        })
        .collect();
    assert_eq!(since.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_single_reading_bears_a_hiccup_and_gives_up_on_a_storm() {
    let hiccup = [Reply::Code(503), list(&json!([pod("one")]))];
    let (heard, _) = ten_minutes(Mode::Once, hiccup).await;
    assert_eq!((names(&heard), complete(&heard)), (vec!["one"], 1));
    let (heard, asked) = ten_minutes(Mode::Once, [Reply::Code(410)]).await;
    assert_eq!(complete(&heard), 0);
    assert!(asked.len() < 6, "{asked:?}");
}

fn changed(name: &str) -> String {
    format!("{}\n", json!({ "type": "MODIFIED", "object": pod(name) }))
}

/// When each pod was told, in milliseconds after the first.
async fn when(parts: Vec<(u64, String)>) -> Vec<(String, u128)> {
    let replies = [list(&json!([])), Reply::Stream(parts), Reply::Hang];
    let (heard, _) = timed((1, false), Mode::Watch, replies).await;
    let told = heard.iter().filter_map(|(at, delta)| match delta {
        Delta::Upsert(_, object) => Some((object.meta().name.to_string(), *at)),
        _ => None,
    });
    let told: Vec<_> = told.collect();
    let first = told.first().map_or(Duration::ZERO, |it| it.1);
    let after = told
        .into_iter()
        .map(|(name, at)| (name, at.saturating_sub(first).as_millis()));
    after.collect()
}

#[tokio::test(start_paused = true)]
async fn changes_that_trickle_in_are_told_together_and_one_after_quiet_at_once() {
    let parts = [(0, "a"), (10, "b"), (30, "c"), (930, "d")];
    let parts = parts.map(|(at, name)| (at, changed(name))).to_vec();
    let rest = REST.as_millis();
    let told = [("a", 0), ("b", rest), ("c", rest), ("d", 930)];
    let told = told.map(|(name, at)| (name.to_owned(), at));
    assert_eq!(when(parts).await, told);
}

#[tokio::test(start_paused = true)]
async fn what_came_before_a_watch_broke_off_does_not_wait_for_the_next() {
    let Reply::Json(end) = expired() else {
        unreachable!()
    };
    let parts = vec![(0, changed("a")), (10, changed("b") + &end)];
    let told = [("a", 0), ("b", REST.as_millis())].map(|(name, at)| (name.to_owned(), at));
    assert_eq!(when(parts).await, told);
}
