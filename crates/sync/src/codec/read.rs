//! Reading frames that came from a socket.

use thiserror::Error;

use super::{AwarenessEntry, MAX_INTEGER, kind, step};

/// One message of a client. Its parts borrow from the frame; Yjs bytes in it are unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message<'a> {
    /// Says what the sender has, as a state vector, and asks for the rest.
    Step1(&'a [u8]),
    /// Answers a step 1: an update with all that the asker lacked.
    Step2(&'a [u8]),
    /// A change as it was made.
    Update(&'a [u8]),
    /// States of clients.
    Awareness(Vec<AwarenessEntry<'a>>),
    /// Asks for the states of all clients.
    QueryAwareness,
    /// Means nothing when a client sends it.
    Auth,
}

/// Why a frame is not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MalformedFrame {
    /// Ends in the middle.
    #[error("the frame ends too early")]
    Truncated,
    /// Goes on after the message.
    #[error("something follows the message")]
    Trailing,
    /// A number above 2^53 - 1, or longer than it needs to be.
    #[error("a number is not in its shortest form or too large")]
    Integer,
    /// A type of message that clients do not send.
    #[error("the type of message is unknown")]
    Kind,
    /// A text that is not UTF-8.
    #[error("a text is not UTF-8")]
    Text,
}

/// Reads the one message of a frame.
pub fn parse_frame(frame: &[u8]) -> Result<Message<'_>, MalformedFrame> {
    let mut reader = Reader { rest: frame };
    let message = match reader.integer()? {
        kind::SYNC => match reader.integer()? {
            step::STEP1 => Message::Step1(reader.bytes()?),
            step::STEP2 => Message::Step2(reader.bytes()?),
            step::UPDATE => Message::Update(reader.bytes()?),
            _ => return Err(MalformedFrame::Kind),
        },
        kind::AWARENESS => Message::Awareness(awareness(reader.bytes()?)?),
        kind::QUERY_AWARENESS => Message::QueryAwareness,
        kind::AUTH => {
            reader.integer()?;
            reader.text()?;
            Message::Auth
        }
        _ => return Err(MalformedFrame::Kind),
    };
    reader.end()?;
    Ok(message)
}

fn awareness(payload: &[u8]) -> Result<Vec<AwarenessEntry<'_>>, MalformedFrame> {
    let mut reader = Reader { rest: payload };
    let claimed = reader.integer()?;
    let mut entries = Vec::new();
    // The claim bounds the loop, the bytes bound the vector: each entry takes three or more.
    for _ in 0..claimed {
        entries.push(AwarenessEntry {
            client: reader.integer()?,
            clock: reader.integer()?,
            state: reader.text()?,
        });
    }
    reader.end()?;
    Ok(entries)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A lib0 variable length integer: seven bits a byte, lowest first.
    fn integer(&mut self) -> Result<u64, MalformedFrame> {
        let mut value = 0_u64;
        for shift in (0..56).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or(MalformedFrame::Truncated)?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                let padded = byte == 0 && shift > 0;
                let fits = !padded && value <= MAX_INTEGER;
                return fits.then_some(value).ok_or(MalformedFrame::Integer);
            }
        }
        Err(MalformedFrame::Integer)
    }

    fn bytes(&mut self) -> Result<&'a [u8], MalformedFrame> {
        let length = usize::try_from(self.integer()?).map_err(|_| MalformedFrame::Truncated)?;
        let (bytes, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(MalformedFrame::Truncated)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'a str, MalformedFrame> {
        std::str::from_utf8(self.bytes()?).map_err(|_| MalformedFrame::Text)
    }

    fn end(&self) -> Result<(), MalformedFrame> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(MalformedFrame::Trailing)
        }
    }
}
