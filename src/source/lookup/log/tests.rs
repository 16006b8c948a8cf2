//! Streams that break, end and come back, on paused time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use http::{Request, Response};
use http_body::Frame;
use http_body_util::StreamBody;
use kube::Client;
use kube::client::Body;
use tokio::sync::{mpsc, watch};

use super::super::LookupTask;
use super::*;
use crate::model::{LookupId, Reach, Wanted};
use crate::source::connection::Connection;
use crate::source::discovery::Served;
use crate::source::session::Pulse;

/// Lines of one answer, and how it comes to its end.
#[derive(Clone)]
enum Reply {
    Whole(&'static [&'static str]),
    Broken(&'static [&'static str]),
    Refused(u16, &'static str),
    Silent,
}

use Reply::{Broken, Refused, Silent, Whole};

/// Lines in the words of a test: the text of a line, or what stands between lines.
fn words(told: &[Told]) -> Vec<String> {
    let mut words = Vec::new();
    for told in told {
        match told {
            Told::Log(LogNews::Lines(lines)) => {
                words.extend(lines.iter().map(|it| it.text.to_string()));
            }
            Told::Log(mark) => words.push(format!("{mark:?}").to_lowercase()),
            Told::Lack(lack) => words.push(format!("{lack:?}")),
            Told::Whole => words.push("whole".to_owned()),
            other => words.push(format!("{other:?}")),
        }
    }
    words
}

/// What is told in a minute, and what was asked.
async fn minute(previous: bool, replies: &[Reply]) -> (Vec<String>, Vec<String>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let replies: VecDeque<_> = replies.iter().cloned().collect();
    let replies = Arc::new(Mutex::new(replies));
    let noted = asked.clone();
    let service = tower::service_fn(move |request: Request<Body>| {
        noted.lock().unwrap().push(request.uri().to_string());
        let reply = replies.lock().unwrap().pop_front().unwrap_or(Silent);
        async move {
            let (code, lines, broken) = match reply {
                Whole(lines) => (200, lines.to_vec(), false),
                Broken(lines) => (200, lines.to_vec(), true),
                Refused(code, words) => (code, vec![words], false),
                Silent => std::future::pending().await,
            };
            let frame = |line: &str| Ok(Frame::data(Bytes::from(format!("{line}\n"))));
            let mut frames: Vec<Result<_, std::io::Error>> = lines.into_iter().map(frame).collect();
            if broken {
                frames.push(Err(std::io::ErrorKind::ConnectionReset.into()));
            }
            let body = StreamBody::new(stream::iter(frames));
            Ok::<_, std::io::Error>(Response::builder().status(code).body(body).unwrap())
        }
    });
    let session = Session {
        number: 1,
        connection: Connection::over(Client::new(service, "default")),
        served: Served::default(),
        discovery_denied: false,
        streams_lists: true,
        pulse: Arc::new(Pulse::new()),
    };
    let (_sessions, session) = watch::channel(Some(Arc::new(session)));
    let (_retries, retry) = watch::channel(0);
    let (teller, mut told) = mpsc::channel(8);
    let task = LookupTask {
        teller: Teller {
            id: LookupId(1),
            told: teller,
        },
        session,
        retry,
    };
    let wanted = Wanted::Log(LogOf {
        namespace: "shop".into(),
        pod: "cart".into(),
        container: "app".into(),
        previous,
        reach: Reach {
            lines: 100,
            seconds: None,
        },
    });
    let mut heard = Vec::new();
    let hearing = async {
        while let Some((_, told)) = told.recv().await {
            heard.extend(told);
        }
    };
    let minute = Duration::from_mins(1);
    let _ = tokio::time::timeout(minute, async { tokio::join!(task.run(wanted), hearing) }).await;
    let asked = asked.lock().unwrap().clone();
    (words(&heard), asked)
}

const A: &str = "2026-11-24T02:13:57.100000000Z a";
const B: &str = "2026-11-24T02:13:57.200000000Z b";
const B_AGAIN: &str = "2026-11-24T02:13:57.300000000Z b";
const C: &str = "2026-11-24T02:13:58.100000000Z c";
const LATER: &str = "2026-11-24T02:20:00.000000000Z later";

fn unreachable() -> String {
    let lack = Lack::Failed(Problem::Unreachable {
        detail: "connection reset".into(),
    });
    format!("{lack:?}")
}

#[tokio::test(start_paused = true)]
async fn what_was_said_is_told_then_what_comes() {
    let (told, asked) = minute(false, &[Whole(&[A, B]), Broken(&[A, B, C])]).await;
    assert_eq!(told, ["a", "b", "whole", "c", &unreachable()]);
    let path = "/api/v1/namespaces/shop/pods/cart/log?container=app&timestamps=true";
    assert!(asked[0].ends_with(&format!("{path}&tailLines=100")));
    let since = "&follow=true&sinceTime=2026-11-24T02:13:57Z";
    assert!(
        asked[1].ends_with(&format!("{path}{since}")),
        "{}",
        asked[1]
    );
    assert!(asked[2].ends_with("sinceTime=2026-11-24T02:13:58Z"));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_broke_goes_on_without_repeats() {
    let replies = [
        Whole(&[]),
        Broken(&[A, B]),
        Broken(&[A, B, B_AGAIN, C]),
        Broken(&[C, LATER]),
    ];
    let (mut told, _) = minute(false, &replies).await;
    told.retain(|it| *it != unreachable());
    assert_eq!(told, ["whole", "a", "b", "b", "c", "later"]);
}

#[tokio::test(start_paused = true)]
async fn the_same_line_twice_is_told_twice() {
    let (mut told, _) = minute(
        false,
        &[Whole(&[A, A]), Broken(&[A, A]), Broken(&[A, A, A, C])],
    )
    .await;
    told.retain(|it| *it != unreachable());
    assert_eq!(told, ["a", "a", "whole", "a", "c"]);
}

#[tokio::test(start_paused = true)]
async fn lines_before_the_first_that_was_asked_for_do_not_come_later() {
    let (told, _) = minute(false, &[Whole(&[B]), Broken(&[A, B, B_AGAIN, C])]).await;
    assert_eq!(told[..4], ["b", "whole", "b", "c"]);
}

#[tokio::test(start_paused = true)]
async fn a_gap_that_may_exist_is_told() {
    let (told, _) = minute(false, &[Whole(&[A]), Broken(&[A, B]), Broken(&[LATER])]).await;
    let told: Vec<_> = told.iter().map(String::as_str).collect();
    assert_eq!(told[..3], ["a", "whole", "b"]);
    assert_eq!(told[4..6], ["gap", "later"]);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_container_and_its_next_run_are_told() {
    let replies = [
        Whole(&[A]),
        Whole(&[A, B]),
        Whole(&[B]),
        Whole(&[B]),
        Broken(&[LATER]),
    ];
    let (told, _) = minute(false, &replies).await;
    assert_eq!(told[..6], ["a", "whole", "b", "over", "again", "later"]);
}

#[tokio::test(start_paused = true)]
async fn a_container_that_is_over_is_asked_seldom() {
    let over = || Whole(&[A]);
    let replies: Vec<_> = (0..100).map(|_| over()).collect();
    let (told, asked) = minute(false, &replies).await;
    assert_eq!(told, ["a", "whole", "over"]);
    assert!(asked.len() < 12, "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn a_container_that_has_not_started_is_waited_for() {
    let waits = "{\"message\": \"container \\\"app\\\" in pod \\\"cart\\\" is waiting to start: ContainerCreating\"}";
    let (told, _) = minute(false, &[Refused(400, waits), Whole(&[A])]).await;
    assert_eq!(told, ["NotStarted(\"ContainerCreating\")", "a", "whole"]);
}

#[tokio::test(start_paused = true)]
async fn a_kubelet_that_does_not_answer_is_told_apart_from_the_server() {
    let refused = "{\"message\": \"Get \\\"https://10.9.0.4:10250/containerLogs/shop/cart/app?tailLines=9\\\": dial tcp 10.9.0.4:10250: connect: connection refused\"}";
    let (told, _) = minute(false, &[Refused(500, refused), Whole(&[A])]).await;
    let lack = "KubeletUnreachable(\"dial tcp 10.9.0.4:10250: connect: connection refused\")";
    assert_eq!(told, [lack, "a", "whole"]);
}

#[tokio::test(start_paused = true)]
async fn the_previous_run_is_told_once() {
    let (told, asked) = minute(true, &[Whole(&[A, B])]).await;
    assert_eq!(told, ["a", "b", "whole", "over"]);
    assert!(
        asked.len() == 1 && asked[0].contains("&previous=true"),
        "{asked:?}"
    );
    let none = "{\"message\": \"previous terminated container \\\"app\\\" in pod \\\"cart\\\" not found\"}";
    let (told, _) = minute(true, &[Refused(400, none)]).await;
    assert_eq!(told, ["NoPrevious"]);
}

#[tokio::test(start_paused = true)]
async fn a_missing_right_is_named() {
    let (told, _) = minute(false, &[Refused(403, "{}")]).await;
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("Get") && told[0].contains("pods/log"),
        "{told:?}"
    );
}
