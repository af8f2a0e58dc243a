//! The bytes of one client's connection, which others than its task may write to.
//!
//! Once a connection is a WebSocket, its task and the room of its page both write to it. That goes
//! well because each write is whole frames, and is taken as a whole or not at all: what the system
//! does not take of it at once waits here, before anything else.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes, BytesMut};
use denkraum_app::{Wire, Written};
use prometheus_client::metrics::counter::Counter;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

/// A client's connection as its task holds it. With it the connection ends.
pub(crate) struct ClientStream {
    reads: OwnedReadHalf,
    writes: SharedWrites,
}

/// Where a connection is written to.
#[derive(Clone, Debug)]
pub(crate) struct SharedWrites(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// Gone with the connection.
    half: Option<OwnedWriteHalf>,
    /// Each write is whole frames.
    is_framed: bool,
    /// What the system has not taken yet of a write.
    left: BytesMut,
}

impl ClientStream {
    pub(crate) fn new(stream: TcpStream) -> Self {
        let (reads, half) = stream.into_split();
        let state = State {
            half: Some(half),
            is_framed: false,
            left: BytesMut::new(),
        };
        let writes = SharedWrites(Arc::new(Mutex::new(state)));
        Self { reads, writes }
    }

    /// Another way to write to it.
    pub(crate) fn writes(&self) -> SharedWrites {
        self.writes.clone()
    }
}

impl Drop for ClientStream {
    fn drop(&mut self) {
        self.writes.state().half = None;
    }
}

impl SharedWrites {
    fn state(&self) -> MutexGuard<'_, State> {
        // A write is all or nothing for whoever looks at it, panics or not.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on, whoever writes to it writes whole frames.
    fn begin_frames(&self) {
        self.state().is_framed = true;
    }
}

impl State {
    fn half(&mut self) -> io::Result<Pin<&mut OwnedWriteHalf>> {
        let half = self.half.as_mut().map(Pin::new);
        half.ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }

    /// Writes what is left of earlier writes.
    fn poll_left(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.left.is_empty() {
            let left = std::mem::take(&mut self.left);
            let outcome = self.half()?.poll_write(cx, &left);
            self.left = left;
            match ready!(outcome)? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                taken => self.left.advance(taken),
            }
        }
        // An idle connection needs no buffer.
        self.left = BytesMut::new();
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.reads).poll_read(cx, buf)
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.writes.state();
        ready!(state.poll_left(cx))?;
        let taken = ready!(state.half()?.poll_write(cx, buf))?;
        if !state.is_framed {
            return Poll::Ready(Ok(taken));
        }
        state
            .left
            .extend_from_slice(buf.get(taken..).unwrap_or_default());
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writes.state().poll_left(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut state = self.writes.state();
        ready!(state.poll_left(cx))?;
        state.half()?.poll_shutdown(cx)
    }
}

/// The way of a page's room to a WebSocket.
#[derive(Debug)]
pub(crate) struct DirectWriter {
    writes: SharedWrites,
    /// Counts the messages.
    sent: Counter,
}

impl DirectWriter {
    pub(crate) fn new(writes: SharedWrites, sent: Counter) -> Self {
        writes.begin_frames();
        Self { writes, sent }
    }
}

impl Wire for DirectWriter {
    fn write(&self, messages: &mut dyn Iterator<Item = &Bytes>) -> Written {
        let mut state = self.writes.state();
        let Some(half) = state.half.as_ref().filter(|_| state.left.is_empty()) else {
            return Written::Nothing;
        };
        let (mut frames, mut count) = (Vec::new(), 0);
        for message in messages {
            let frame = Frame::message(message.clone(), OpCode::Data(Data::Binary), true);
            if frame.format(&mut frames).is_err() {
                return Written::Nothing;
            }
            count += 1;
        }
        // Should the connection have broken off, its task finds out.
        let Ok(taken) = half.try_write(&frames) else {
            return Written::Nothing;
        };
        self.sent.inc_by(count);
        match frames.get(taken..) {
            None | Some([]) => Written::All,
            Some(left) => {
                state.left = BytesMut::from(left);
                Written::Flushing
            }
        }
    }
}

#[cfg(test)]
mod tests;
