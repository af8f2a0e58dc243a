//! Carries messages between a WebSocket and a page, in both directions at once.
//!
//! Both halves run in one task: neither waits for the other, and the end of one is the end of
//! both. A slow page slows its writer down at the socket; a slow reader ends after [`SEND_LIMIT`].

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message};
use bytes::Bytes;
use denkraum_app::{Outbound, PageConnection, close};
use futures_util::future::Either;
use futures_util::stream::FuturesUnordered;
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_tungstenite::tungstenite;

use super::closing;
use super::ends::{Inlet, Outlet};
use crate::metrics::Metrics;

/// How often a connection is asked whether it is there. Proxies cut silent ones after a minute.
const PING_EVERY: Duration = Duration::from_secs(20);
/// A connection without any message for so long is dead.
const DEAD_AFTER: Duration = Duration::from_secs(45);
/// A message that cannot be written for so long ends the connection.
const SEND_LIMIT: Duration = Duration::from_secs(10);
/// How long the other side has to answer a close.
const CLOSE_LIMIT: Duration = Duration::from_secs(2);

/// How a connection ends.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The other side has gone, or is not to be reached.
    Gone(u16),
    /// We close.
    Close(CloseFrame),
    /// We close, and what still comes in cannot be read any more.
    Overrun(CloseFrame),
}

/// Runs a connection to its end and returns the close code, 0 if there was none.
pub(super) async fn run<K, S>(
    mut sink: K,
    mut stream: S,
    mut connection: PageConnection,
    metrics: &Metrics,
) -> u16
where
    K: Sink<Message, Error = axum::Error> + Unpin,
    S: Stream<Item = Result<Message, axum::Error>> + Unpin,
{
    let end = {
        let reading = read(&mut stream, &connection.inbox, metrics);
        let writing = write(&mut sink, &mut connection.outbox, metrics);
        // Each is looked at only when it is woken: on a busy page that is thousands of times a second.
        let mut halves = FuturesUnordered::new();
        halves.push(Either::Left(reading));
        halves.push(Either::Right(writing));
        halves.next().await.unwrap_or(End::Gone(0))
    };
    // Others see that the person has left before the socket has said goodbye.
    drop(connection);
    finish(&mut sink, &mut stream, end).await
}

/// Closes a connection that never began.
pub(super) async fn farewell<K, S>(mut sink: K, mut stream: S, frame: CloseFrame)
where
    K: Sink<Message, Error = axum::Error> + Unpin,
    S: Stream<Item = Result<Message, axum::Error>> + Unpin,
{
    finish(&mut sink, &mut stream, End::Close(frame)).await;
}

/// From the socket to the page.
async fn read<S, I>(stream: &mut S, inlet: &I, metrics: &Metrics) -> End
where
    S: Stream<Item = Result<Message, axum::Error>> + Unpin,
    I: Inlet,
{
    let mut code = 0;
    loop {
        let message = match timeout(DEAD_AFTER, stream.next()).await {
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(error))) => return unreadable(error, code),
            Ok(None) => return End::Gone(code),
            Err(_silent) => {
                tracing::debug!("a page connection fell silent");
                return End::Gone(code);
            }
        };
        match message {
            Message::Binary(bytes) => {
                metrics.message_received();
                if !inlet.send(bytes).await {
                    // Why it is closed comes out of the other end.
                    return std::future::pending().await;
                }
            }
            Message::Text(_) => return End::Close(frame(close::MALFORMED, "binary messages only")),
            Message::Ping(_) | Message::Pong(_) => {}
            // The answer goes out while the end of the stream is awaited.
            Message::Close(said) => {
                inlet.detach();
                code = said.map_or(code, |said| said.code);
            }
        }
    }
}

fn unreadable(error: axum::Error, code: u16) -> End {
    let error = error.into_inner();
    match error.downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => {
            End::Overrun(frame(close::TOO_LARGE, "the message is too large"))
        }
        Some(tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_)) => {
            tracing::debug!(%error, "a page connection broke the protocol");
            End::Overrun(frame(close::MALFORMED, "not a WebSocket message"))
        }
        _ => {
            tracing::debug!(%error, "a page connection broke off");
            End::Gone(code)
        }
    }
}

/// From the page to the socket.
async fn write<S, O>(sink: &mut S, outlet: &mut O, metrics: &Metrics) -> End
where
    S: Sink<Message, Error = axum::Error> + Unpin,
    O: Outlet,
{
    let mut ping = interval(PING_EVERY);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.reset();
    loop {
        let written = tokio::select! {
            biased;
            outbound = outlet.next() => match outbound {
                Outbound::Frames(frames) => {
                    metrics.messages_sent(frames.len());
                    timeout(SEND_LIMIT, send_all(sink, frames)).await
                }
                Outbound::Close { code, reason } => return End::Close(frame(code, reason)),
            },
            _ = ping.tick() => timeout(SEND_LIMIT, sink.send(Message::Ping(Bytes::new()))).await,
        };
        match written {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::debug!(%error, "a page connection broke off");
                return End::Gone(0);
            }
            Err(_late) => {
                tracing::debug!("a page connection is too slow");
                return End::Close(frame(close::TRY_AGAIN, "too slow"));
            }
        }
    }
}

/// Writes a batch with one flush at its end.
async fn send_all<S>(sink: &mut S, frames: Vec<Bytes>) -> Result<(), axum::Error>
where
    S: Sink<Message, Error = axum::Error> + Unpin,
{
    for frame in frames {
        sink.feed(Message::Binary(frame)).await?;
    }
    sink.flush().await
}

/// Says goodbye as far as that is possible.
async fn finish<K, S>(sink: &mut K, stream: &mut S, end: End) -> u16
where
    K: Sink<Message, Error = axum::Error> + Unpin,
    S: Stream<Item = Result<Message, axum::Error>> + Unpin,
{
    let (frame, readable) = match end {
        End::Gone(code) => return code,
        End::Close(frame) => (frame, true),
        End::Overrun(frame) => (frame, false),
    };
    let code = frame.code;
    let said = timeout(CLOSE_LIMIT, sink.send(closing(frame))).await;
    if !matches!(said, Ok(Ok(()))) {
        return code;
    }
    if readable {
        let answered = async { while let Some(Ok(_)) = stream.next().await {} };
        let _in_time = timeout(CLOSE_LIMIT, answered).await;
    } else {
        // Closing at once, with unread bytes waiting, would make the system throw away what was
        // just sent.
        sleep(CLOSE_LIMIT).await;
    }
    code
}

fn frame(code: u16, reason: &'static str) -> CloseFrame {
    super::refusal(code, reason)
}

#[cfg(test)]
mod tests;
