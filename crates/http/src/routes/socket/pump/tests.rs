use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::*;

/// A socket whose messages are given, and which then stays silent or ends.
struct Incoming {
    messages: VecDeque<Result<Message, axum::Error>>,
    ends: bool,
}

impl Stream for Incoming {
    type Item = Result<Message, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.messages.pop_front() {
            Some(message) => Poll::Ready(Some(message)),
            None if self.ends => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

/// A socket that keeps what is written, or takes nothing at all.
#[derive(Default)]
struct Outgoing {
    written: Vec<Message>,
    flushes: usize,
    stuck: bool,
}

impl Sink<Message> for Outgoing {
    type Error = axum::Error;

    fn poll_ready(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Result<(), axum::Error>> {
        if self.stuck {
            Poll::Pending
        } else {
            Poll::Ready(Ok(()))
        }
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), axum::Error> {
        self.written.push(message);
        Ok(())
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Result<(), axum::Error>> {
        self.flushes += 1;
        if self.stuck {
            Poll::Pending
        } else {
            Poll::Ready(Ok(()))
        }
    }

    fn poll_close(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Result<(), axum::Error>> {
        Poll::Ready(Ok(()))
    }
}

/// A page that takes so long for each message.
struct SlowPage(Duration);

impl Inlet for SlowPage {
    async fn send(&self, _message: Bytes) -> bool {
        sleep(self.0).await;
        true
    }

    fn detach(&self) {}
}

/// A page that has left already.
struct ClosedPage;

impl Inlet for ClosedPage {
    async fn send(&self, _message: Bytes) -> bool {
        false
    }

    fn detach(&self) {}
}

/// A page with so much to say, then nothing.
struct Says(VecDeque<Outbound>);

impl Outlet for Says {
    async fn next(&mut self) -> Outbound {
        match self.0.pop_front() {
            Some(outbound) => outbound,
            None => std::future::pending().await,
        }
    }
}

fn stream(messages: Vec<Message>, ends: bool) -> Incoming {
    let messages = messages.into_iter().map(Ok).collect();
    Incoming { messages, ends }
}

fn binary(text: &'static str) -> Message {
    Message::Binary(Bytes::from_static(text.as_bytes()))
}

async fn reading(messages: Vec<Message>, ends: bool, page: &impl Inlet) -> End {
    read(&mut stream(messages, ends), page, &Metrics::new()).await
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_any_message_for_45_seconds_is_dead() {
    let begun = tokio::time::Instant::now();
    let pong = Message::Pong(Bytes::new());
    let end = reading(vec![pong], false, &SlowPage(Duration::ZERO)).await;
    assert_eq!(end, End::Gone(0));
    assert_eq!(begun.elapsed(), DEAD_AFTER);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_slow_page_is_not_silence() {
    let begun = tokio::time::Instant::now();
    let page = SlowPage(Duration::from_mins(1));
    let end = reading(vec![binary("a"), binary("b")], true, &page).await;
    assert_eq!(end, End::Gone(0));
    assert_eq!(begun.elapsed(), Duration::from_mins(2));
}

#[tokio::test(start_paused = true)]
async fn text_is_refused() {
    let end = reading(vec![Message::Text("{}".into())], false, &ClosedPage).await;
    assert!(matches!(end, End::Close(frame) if frame.code == close::MALFORMED));
}

#[tokio::test(start_paused = true)]
async fn the_code_that_the_other_side_closes_with_is_kept() {
    let said = frame(1001, "going away");
    let end = reading(vec![Message::Close(Some(said))], true, &ClosedPage).await;
    assert_eq!(end, End::Gone(1001));
}

#[tokio::test(start_paused = true)]
async fn a_closed_page_lets_its_own_close_come_first() {
    let waiting = reading(vec![binary("a")], true, &ClosedPage);
    assert!(timeout(Duration::from_mins(10), waiting).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn too_large_a_message_is_told_from_a_broken_connection() {
    use tungstenite::error::CapacityError;
    let read_error = |error: tungstenite::Error| unreadable(axum::Error::new(error), 0);
    let large = CapacityError::MessageTooLong {
        size: 2,
        max_size: 1,
    };
    let end = read_error(large.into());
    assert!(matches!(end, End::Overrun(frame) if frame.code == close::TOO_LARGE));
    assert_eq!(
        read_error(tungstenite::Error::ConnectionClosed),
        End::Gone(0)
    );
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_written_with_one_flush() {
    let mut sink = Outgoing::default();
    let frames = vec![Bytes::from_static(b"a"), Bytes::from_static(b"b")];
    let goodbye = Outbound::Close {
        code: close::RESTART,
        reason: "restart",
    };
    let mut page = Says([Outbound::Frames(frames), goodbye].into());
    let end = write(&mut sink, &mut page, &Metrics::new()).await;
    assert!(matches!(end, End::Close(frame) if frame.code == close::RESTART));
    assert_eq!(sink.written, [binary("a"), binary("b")]);
    assert_eq!(sink.flushes, 1);
}

#[tokio::test(start_paused = true)]
async fn a_quiet_connection_is_asked_every_20_seconds() {
    let mut sink = Outgoing::default();
    let metrics = Metrics::new();
    let mut page = Says(VecDeque::new());
    let writing = write(&mut sink, &mut page, &metrics);
    assert!(timeout(Duration::from_secs(45), writing).await.is_err());
    assert_eq!(sink.written, vec![Message::Ping(Bytes::new()); 2]);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_takes_nothing_for_10_seconds_is_let_go() {
    let begun = tokio::time::Instant::now();
    let mut sink = Outgoing {
        stuck: true,
        ..Outgoing::default()
    };
    let mut page = Says([Outbound::Frames(vec![Bytes::from_static(b"a")])].into());
    let end = write(&mut sink, &mut page, &Metrics::new()).await;
    assert!(matches!(&end, End::Close(frame) if frame.code == close::TRY_AGAIN));
    assert_eq!(begun.elapsed(), SEND_LIMIT);
    let code = finish(&mut sink, &mut stream(Vec::new(), false), end).await;
    assert_eq!(code, close::TRY_AGAIN);
    assert_eq!(begun.elapsed(), SEND_LIMIT + CLOSE_LIMIT);
}

#[tokio::test(start_paused = true)]
async fn after_a_close_the_answer_is_awaited_for_two_seconds() {
    let begun = tokio::time::Instant::now();
    let mut sink = Outgoing::default();
    let end = End::Close(frame(close::NOT_ALLOWED, "not allowed"));
    let code = finish(&mut sink, &mut stream(vec![binary("late")], false), end).await;
    assert_eq!(code, close::NOT_ALLOWED);
    assert_eq!(begun.elapsed(), CLOSE_LIMIT);
    let closed = matches!(&sink.written[..], [Message::Close(Some(frame))] if frame.code == 4403);
    assert!(closed, "{:?}", sink.written);
}
