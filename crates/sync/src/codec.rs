//! The wire: one y-protocols message in each binary frame.
//!
//! Formats: y-protocols `sync.js` and `awareness.js`, y-websocket's message types, lib0's variable
//! length integers. Reading is strict: exactly one message, nothing after it, and memory is taken
//! for what is there, never for what a length claims.

mod read;
mod write;

pub use read::{MalformedFrame, Message, parse_frame};
pub(crate) use write::{
    access_frame, comments_frame, entries_frame, entry_bytes, kept_frame, refused_frame,
    saved_frame, storage_frame,
};
pub use write::{awareness_frame, step1_frame, step2_frame, update_frame};

/// Type numbers of whole messages.
pub(crate) mod kind {
    pub(crate) const SYNC: u64 = 0;
    pub(crate) const AWARENESS: u64 = 1;
    pub(crate) const AUTH: u64 = 2;
    pub(crate) const QUERY_AWARENESS: u64 = 3;
    /// Only to clients that asked for it.
    pub(crate) const SAVED: u64 = 100;
    /// Only to clients that asked for it.
    pub(crate) const REFUSED: u64 = 101;
    /// Only to clients that asked for it.
    pub(crate) const ACCESS: u64 = 102;
    /// Only to clients that asked for it.
    pub(crate) const KEPT: u64 = 103;
    /// Only to clients that asked for it.
    pub(crate) const COMMENTS: u64 = 104;
    /// Only to clients that asked for it.
    pub(crate) const STORAGE: u64 = 105;
}

/// Type numbers within a sync message.
pub(crate) mod step {
    pub(crate) const STEP1: u64 = 0;
    pub(crate) const STEP2: u64 = 1;
    pub(crate) const UPDATE: u64 = 2;
}

/// The largest number that lib0 writes: what JavaScript counts exactly.
pub(crate) const MAX_INTEGER: u64 = (1 << 53) - 1;

/// One client's awareness as it stands in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwarenessEntry<'a> {
    /// The Yjs client id.
    pub client: u64,
    /// Grows with each state of this client.
    pub clock: u64,
    /// The state as JSON; `null` when the client has left.
    pub state: &'a str,
}

#[cfg(test)]
mod tests;
