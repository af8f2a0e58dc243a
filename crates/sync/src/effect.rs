//! What a room asks its shell to do, in order.

use bytes::Bytes;
use denkraum_domain::PersonId;

use crate::{EditFailure, ReadFailure};

/// Something to do. The shell starts effects in the order they come and waits for none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Load the page; answered by `Loaded` or `LoadFailed`.
    Load,
    /// Append to the journal; answered by `Durable` or `AppendFailed`.
    Append {
        /// The number of the append, counted from 1.
        append: u64,
        /// The Yjs update, as it came.
        update: Bytes,
        /// Who brought it.
        by: PersonId,
        /// The connection that brought it; 0 for the server itself.
        conn: u64,
        /// The clients of which it brings something new.
        clients: Vec<u64>,
    },
    /// Send one binary message. The bytes are shared by all who get them.
    Send {
        /// To whom.
        conn: u64,
        /// The message.
        frame: Bytes,
        /// How it may be treated while it waits.
        channel: Channel,
    },
    /// Close the connection, after what was sent before. It has left the room.
    Close {
        /// Which.
        conn: u64,
        /// The WebSocket close code.
        code: CloseCode,
        /// For the log and the curious; short, English.
        reason: &'static str,
    },
    /// The durable document, encoded as one update; answers `Read`.
    State {
        /// From the question.
        token: u64,
        /// The encoding.
        state: Result<Bytes, ReadFailure>,
    },
    /// The change is durable and part of the document, or never will be; answers `Edit`.
    Edited {
        /// From the question.
        token: u64,
        /// How it went.
        result: Result<(), EditFailure>,
    },
    /// The page has settled: pass its content on to search and lists.
    Project {
        /// The durable document, encoded as one update.
        state: Bytes,
        /// The position of its last entry.
        upto: u64,
    },
    /// Text may have been lost: find it with [`lost_texts`](crate::lost_texts) in the page as it is
    /// stored, and keep it; answered by `Kept`. Finding and keeping the same again does nothing.
    /// No `Compact` that comes later may begin before it is kept.
    Keep,
    /// Replace the page's entries up to a position by this state.
    Compact {
        /// The position of the last entry in the state.
        upto: u64,
        /// Whose each client id is.
        owners: Vec<(u64, PersonId)>,
        /// The durable document, encoded as one update.
        state: Bytes,
    },
    /// Something an operator should know.
    Report(Report),
    /// Nobody is here and nothing is left to do. Should an input come all the same, the room
    /// takes it; otherwise it may be dropped once all effects are carried out.
    Stop,
}

/// How a message may be treated while it waits to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Never dropped: questions, answers about what is saved, refused or allowed.
    Control,
    /// Part of the document. Either all wait, or all are dropped and the room hears `Lagged`.
    Document,
    /// Who is where. May be dropped: the room hears `Lagged` and sends all of it again.
    Awareness,
    /// How much is saved; a newer one may take its place.
    Saved,
}

/// A WebSocket close code. 4400 to 4499 are final for stock clients.
pub type CloseCode = u16;

/// The close codes in use.
pub mod close {
    use super::CloseCode;

    /// The server restarts: come again.
    pub const RESTART: CloseCode = 1012;
    /// Too slow, or the page cannot be read now: come again.
    pub const TRY_AGAIN: CloseCode = 1013;
    /// A message that is not of this protocol.
    pub const MALFORMED: CloseCode = 4400;
    /// Signed out.
    pub const SIGNED_OUT: CloseCode = 4401;
    /// Not allowed (any more).
    pub const NOT_ALLOWED: CloseCode = 4403;
    /// There is no such page.
    pub const NO_SUCH_PAGE: CloseCode = 4404;
    /// A message or a page that is too large.
    pub const TOO_LARGE: CloseCode = 4413;
    /// The person or the page has as many connections as it may.
    pub const TOO_MANY: CloseCode = 4420;
    /// The page was set aside; somebody has to mend it.
    pub const SET_ASIDE: CloseCode = 4423;
    /// Too much in too short a time.
    pub const TOO_FAST: CloseCode = 4429;
}

/// Something an operator should know; none of it holds page text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// So many durable updates could not be applied while loading and were left out.
    UpdatesLeftOut(usize),
    /// A durable update could not be applied; the page is loaded again.
    ApplyFailed,
    /// The document did not read back as it was written; it was not compacted.
    CompactionRefused,
}
