//! Entries: what was changed, when and by whom.

use std::fmt;

use bytes::Bytes;
use denkraum_domain::{PersonId, Timestamp};
use thiserror::Error;

use crate::Subject;

/// The most bytes the body of an entry may have once written: 32 MiB.
pub const MAX_BODY_BYTES: usize = 32 << 20;
/// The most client ids that one entry may name (an update's clients, a snapshot's owners).
pub const MAX_CLIENTS: usize = 1 << 20;

/// A place in a journal. Later entries have greater ones; it means nothing in another journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(u64);

impl Position {
    /// Before everything.
    pub const START: Self = Self(0);

    /// The position with this number.
    pub const fn new(raw: u64) -> Self {
        Self(raw)
    }

    /// Its number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The next position, if there is one left.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(raw) => Some(Self(raw)),
            None => None,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One entry: what was changed, when and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was accepted.
    pub at: Timestamp,
    /// Who did it; nobody if the server did.
    pub by: Option<PersonId>,
    /// What it is about.
    pub subject: Subject,
    /// What was changed.
    pub body: Body,
}

/// A change of a page that is remembered beside its content, for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The position of the entry that brought it.
    pub position: Position,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<PersonId>,
}

/// What an entry changes. The first three and the last are about pages, the others about records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// An accepted update of a page's document.
    PageUpdate {
        /// The connection that brought it.
        connection: u64,
        /// The Yjs client ids whose structs it brings.
        clients: Vec<u64>,
        /// The update, encoding version 1.
        update: Bytes,
    },
    /// The whole document as it is after every entry of the page up to a position.
    PageSnapshot {
        /// The last position whose change it holds.
        upto: Position,
        /// Who first brought which Yjs client id.
        owners: Vec<(u64, PersonId)>,
        /// The first change of the page: its creation.
        created: Change,
        /// The last change of the page's content that was known when the snapshot was made.
        changed: Change,
        /// The document, encoding version 1.
        state: Bytes,
    },
    /// The page is gone for good. Its id is not used again.
    PageDelete,
    /// A record's new value.
    RecordPut {
        /// The revision that this value is: one more than the one before.
        revision: u64,
        /// The version of the value's own format.
        version: u16,
        /// The value.
        value: Bytes,
    },
    /// The record is gone.
    RecordDelete {
        /// The revision that this deletion is.
        revision: u64,
    },
    /// The page uses a stored file.
    BlobReference {
        /// BLAKE3 of the file.
        blob: [u8; 32],
        /// Its length in bytes.
        bytes: u64,
    },
}

/// Why an entry cannot be journalled as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EntryError {
    /// More than an entry may hold.
    #[error("the entry has {bytes} bytes, at most {max} are allowed")]
    TooLarge {
        /// The bytes of its body.
        bytes: usize,
        /// The most allowed.
        max: usize,
    },
    /// A page's body with a record's key or the other way round.
    #[error("the entry's body does not fit its subject")]
    Mismatched,
}

impl Entry {
    /// Whether the body is of the sort that the subject takes.
    pub const fn fits_subject(&self) -> bool {
        let of_record = matches!(
            self.body,
            Body::RecordPut { .. } | Body::RecordDelete { .. }
        );
        matches!(self.subject, Subject::Record(_)) == of_record
    }
}
