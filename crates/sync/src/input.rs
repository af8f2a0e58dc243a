//! What happens to a room.

use bytes::Bytes;
use denkraum_domain::{Access, PersonId};
use thiserror::Error;

use crate::{AccessReason, Extensions, LoadedPage, Member, Storage};

/// Something that happened. Unknown connections, tokens and append numbers are ignored.
#[derive(Clone, Debug)]
pub enum Input {
    /// The page was loaded; answers [`Load`](crate::Effect::Load).
    Loaded(LoadedPage),
    /// The page could not be loaded; answers [`Load`](crate::Effect::Load).
    LoadFailed,
    /// A connection joined. The caller holds the permit that `access` comes from.
    Join {
        /// A number above those of all connections of this process that came before; not 0.
        conn: u64,
        /// Who, and what they may do.
        member: Member,
        /// Which additions to the protocol the connection understands.
        extensions: Extensions,
    },
    /// A connection sent one binary message.
    Frame {
        /// The connection.
        conn: u64,
        /// The message.
        bytes: Bytes,
    },
    /// Appends are durable; answers [`Append`](crate::Effect::Append). What became durable at the
    /// same time is best told at once: everybody gets it as one message.
    Durable {
        /// The number of each, with its position in the journal.
        appends: Vec<(u64, u64)>,
    },
    /// An append failed; answers [`Append`](crate::Effect::Append).
    AppendFailed {
        /// Its number.
        append: u64,
    },
    /// Lost text is kept; answers [`Keep`](crate::Effect::Keep).
    Kept {
        /// Of whom something new is kept, and how much of theirs there is now.
        people: Vec<(PersonId, u64)>,
    },
    /// The comments of the page, which are no part of the document, are others now.
    Commented,
    /// From now on what is written can be saved, or cannot. Until it is told, it can.
    Storage(Storage),
    /// The rules now give this connection another access; `None` ends it.
    PermitChanged {
        /// The connection.
        conn: u64,
        /// What its person may do now.
        access: Option<Access>,
        /// What changed.
        reason: AccessReason,
    },
    /// The connection's queue was full and everything that can be made anew was dropped from it.
    Lagged {
        /// The connection.
        conn: u64,
    },
    /// The connection is gone.
    Leave {
        /// The connection.
        conn: u64,
    },
    /// Somebody wants the durable document; answered by [`State`](crate::Effect::State).
    Read {
        /// Comes back in the answer.
        token: u64,
    },
    /// A change made by the server itself; answered by [`Edited`](crate::Effect::Edited).
    Edit {
        /// Comes back in the answer.
        token: u64,
        /// On whose behalf.
        by: PersonId,
        /// A Yjs update, version 1, made with a client id of its own.
        update: Bytes,
        /// Whether the page must still be empty: it is being created.
        create: bool,
    },
    /// The server is about to stop: everybody is told to come again, nobody is let in.
    Shutdown,
    /// Time has passed; due at [`Room::wake_at`](crate::Room::wake_at).
    Tick,
}

/// Why a change made by the server was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditFailure {
    /// The page could not be loaded.
    #[error("the page could not be loaded")]
    NotLoaded,
    /// The page is to be created, but has content.
    #[error("the page has content already")]
    Exists,
    /// The gate refused it: something stands where the schema does not let it stand.
    #[error("the change was refused: {0}")]
    Refused(String),
    /// The gate refused it: the page would grow beyond what a page may hold.
    #[error("the change is too large: {0}")]
    TooLarge(String),
    /// It builds on something that the page does not have; read it again and repeat.
    #[error("the change builds on something the page does not have: {0}")]
    Held(String),
    /// It could not be stored.
    #[error("the change could not be stored")]
    NotStored,
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// Why the document could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReadFailure {
    /// The page could not be loaded.
    #[error("the page could not be loaded")]
    NotLoaded,
}
