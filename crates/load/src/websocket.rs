//! A small WebSocket client on a plain TCP stream: binary messages, ping, close.
//!
//! Written by hand because a generator of load must cost far less than the server: it writes at once
//! where the socket takes it, and reads many messages with one call. One thread, no locks.

use std::cell::{Cell, RefCell};
use std::io::ErrorKind;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, Interest};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use crate::LoadError;

/// How long a server may take to let a client in.
const PATIENCE: Duration = Duration::from_secs(20);
/// Answers to an upgrade are shorter than this; in bytes.
const LONGEST_ANSWER: usize = 64 << 10;
/// Read at once; a busy connection's buffer doubles up to the second.
const READ: usize = 4 << 10;
const READ_BUSY: usize = 1 << 20;
/// Clients must mask what they send; any mask will do on the loopback.
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// A connection.
pub(crate) struct WebSocket {
    stream: TcpStream,
    /// What the socket has not taken yet.
    pending: RefCell<Vec<u8>>,
    wake: Notify,
    is_closed: Cell<bool>,
    /// When the server said that it closes, and with which code.
    goodbye: Cell<Option<(Instant, u16)>>,
}

impl WebSocket {
    /// Connects and upgrades; gives the connection and what was read beyond the answer.
    pub(crate) async fn open(
        address: &str,
        path: &str,
        headers: &[String],
    ) -> Result<(Rc<Self>, Vec<u8>), LoadError> {
        let opened = timeout(PATIENCE, upgrade(address, path, headers)).await;
        let (stream, rest) = opened.map_err(|_| LoadError::Late("a connection"))??;
        let socket = Self {
            stream,
            pending: RefCell::default(),
            wake: Notify::new(),
            is_closed: Cell::new(false),
            goodbye: Cell::new(None),
        };
        Ok((Rc::new(socket), rest))
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    /// When the server said that it closes, and with which code.
    pub(crate) fn goodbye(&self) -> Option<(Instant, u16)> {
        self.goodbye.get()
    }

    /// Reads one byte of whatever came, if there is one; for clients that never call
    /// [`WebSocket::pump`].
    pub(crate) fn sip(&self) {
        // Nothing there, or the end: it has had its sip.
        let _ = self.stream.try_read(&mut [0]);
    }

    /// Goes without a goodbye.
    pub(crate) fn cut(&self) {
        self.is_closed.set(true);
        self.wake.notify_one();
    }

    /// Sends a binary message.
    pub(crate) fn send(&self, message: &[u8]) {
        self.write(&frame(BINARY, message));
    }

    fn write(&self, bytes: &[u8]) {
        if self.is_closed.get() {
            return;
        }
        let mut pending = self.pending.borrow_mut();
        if !pending.is_empty() {
            pending.extend_from_slice(bytes);
            return;
        }
        let taken = match self.stream.try_write(bytes) {
            Ok(taken) => taken,
            Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
            Err(_) => {
                self.is_closed.set(true);
                bytes.len()
            }
        };
        let rest = bytes.get(taken..).unwrap_or_default();
        if !rest.is_empty() {
            pending.extend_from_slice(rest);
            self.wake.notify_one();
        }
    }

    /// Hands every message to `heard` until the connection ends.
    pub(crate) async fn pump(self: Rc<Self>, mut unread: Vec<u8>, mut heard: impl FnMut(&[u8])) {
        let mut parts = Vec::new();
        let mut chunk = vec![0; READ];
        self.parse(&mut unread, &mut parts, &mut heard);
        while !self.is_closed.get() {
            let mut interest = Interest::READABLE;
            if !self.pending.borrow().is_empty() {
                interest |= Interest::WRITABLE;
            }
            let ready = tokio::select! {
                ready = self.stream.ready(interest) => ready,
                () = self.wake.notified() => continue,
            };
            let Ok(ready) = ready else { break };
            if ready.is_writable() && !self.write_pending() {
                break;
            }
            if !ready.is_readable() && !ready.is_read_closed() {
                continue;
            }
            match self.stream.try_read(&mut chunk) {
                Ok(0) => break,
                Ok(length) => {
                    unread.extend_from_slice(chunk.get(..length).unwrap_or_default());
                    if length == chunk.len() && length < READ_BUSY {
                        chunk.resize(length * 2, 0);
                    }
                    self.parse(&mut unread, &mut parts, &mut heard);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => break,
            }
        }
        self.is_closed.set(true);
    }

    /// False if the connection has ended.
    fn write_pending(&self) -> bool {
        let mut pending = self.pending.borrow_mut();
        if pending.is_empty() {
            return true;
        }
        match self.stream.try_write(&pending) {
            Ok(taken) => {
                pending.drain(..taken);
                true
            }
            Err(error) => error.kind() == ErrorKind::WouldBlock,
        }
    }

    /// Takes whole frames from the beginning of `unread`.
    fn parse(&self, unread: &mut Vec<u8>, parts: &mut Vec<u8>, heard: &mut impl FnMut(&[u8])) {
        let mut rest = unread.as_slice();
        while let Some((first, body, after)) = split_frame(rest) {
            rest = after;
            match (first & 15, first & 0x80 != 0) {
                (TEXT | BINARY, true) => heard(body),
                (CONTINUATION | TEXT | BINARY, is_last) => {
                    parts.extend_from_slice(body);
                    if is_last {
                        heard(&std::mem::take(parts));
                    }
                }
                (PING, _) => self.write(&frame(PONG, body)),
                (CLOSE, _) => {
                    let code = body.first_chunk().copied().map_or(0, u16::from_be_bytes);
                    self.goodbye.set(Some((Instant::now(), code)));
                    self.is_closed.set(true);
                }
                _ => {}
            }
        }
        let used = unread.len() - rest.len();
        unread.drain(..used);
    }
}

/// The first byte, the body and what follows of the first frame, if it is whole.
fn split_frame(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = match length & 0x7f {
        126 => {
            let (length, rest) = rest.split_first_chunk()?;
            (u64::from(u16::from_be_bytes(*length)), rest)
        }
        127 => {
            let (length, rest) = rest.split_first_chunk()?;
            (u64::from_be_bytes(*length), rest)
        }
        short => (u64::from(short), rest),
    };
    let (body, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((first, body, rest))
}

/// A masked frame.
fn frame(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(body.len() + 14);
    frame.push(0x80 | kind);
    if let Ok(short) = u8::try_from(body.len())
        && short < 126
    {
        frame.push(0x80 | short);
    } else if let Ok(length) = u16::try_from(body.len()) {
        frame.push(0x80 | 0x7e);
        frame.extend_from_slice(&length.to_be_bytes());
    } else {
        frame.push(0x80 | 0x7f);
        frame.extend_from_slice(&crate::numbers::count(body.len()).to_be_bytes());
    }
    frame.extend_from_slice(&MASK);
    frame.extend(
        body.iter()
            .zip(MASK.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
    frame
}

async fn upgrade(
    address: &str,
    path: &str,
    headers: &[String],
) -> Result<(TcpStream, Vec<u8>), LoadError> {
    let failed = || LoadError::io(format!("connecting to {address}"));
    let mut stream = TcpStream::connect(address).await.map_err(failed())?;
    stream.set_nodelay(true).map_err(failed())?;
    let mut request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
         Origin: http://{address}\r\n"
    );
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .map_err(failed())?;
    let mut answer = Vec::with_capacity(1024);
    let end = loop {
        if let Some(at) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        let read = stream.read_buf(&mut answer).await.map_err(failed())?;
        if read == 0 || answer.len() > LONGEST_ANSWER {
            return Err(LoadError::Refused("the connection was cut off".to_owned()));
        }
    };
    let rest = answer.split_off(end);
    if answer.starts_with(b"HTTP/1.1 101") {
        return Ok((stream, rest));
    }
    let text = String::from_utf8_lossy(&answer);
    let line = text.lines().next().unwrap_or_default();
    Err(LoadError::Refused(format!("not let in: {line}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_all_lengths_are_split_where_they_end() {
        for length in [0, 5, 125, 126, 65_535, 65_536] {
            let body = vec![7; length];
            let masked = frame(BINARY, &body);
            let overhead = match length {
                0..126 => 6,
                126..65_536 => 8,
                _ => 14,
            };
            assert_eq!(masked.len(), length + overhead);
            // As a server sends it: no mask.
            let mut plain = masked.clone();
            plain[1] &= 0x7f;
            drop(plain.splice(overhead - 4.., body.clone()));
            let (first, found, rest) = split_frame(&plain).unwrap();
            assert_eq!((first, found, rest.len()), (0x82, body.as_slice(), 0));
            assert_eq!(split_frame(&plain[..plain.len() - 1]), None);
        }
    }
}
