//! How a journal fails, and how it is.

use std::sync::Arc;

use thiserror::Error;

use crate::{EntryError, Position, Subject};

/// Why a journal takes no entries.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadOnly {
    /// The disk is full. The journal tries again by itself.
    #[error("there is no space left on the disk")]
    NoSpace,
    /// A sync failed: what the disk holds is unknown. Final until the program is started again.
    #[error("the disk failed to keep what was written ({detail})")]
    SyncFailed {
        /// What the operating system said.
        detail: String,
    },
    /// A failed write could not be taken back. Final until the program is started again.
    #[error("a failed write could not be taken back ({detail})")]
    NotTakenBack {
        /// What the operating system said.
        detail: String,
    },
    /// The journal was closed.
    #[error("the journal is closed")]
    Closed,
}

/// Whether entries are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Yes.
    Writable,
    /// No; reading goes on.
    ReadOnly {
        /// Why.
        reason: ReadOnly,
    },
}

/// Why an entry was not appended. Unless it says otherwise, the entry is not in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AppendError {
    /// The entry itself is not acceptable.
    #[error("the entry cannot be journalled")]
    Invalid(#[source] EntryError),
    /// More is waiting to be written than the journal holds in memory. Later is better.
    #[error("{queued} bytes are waiting to be written already")]
    Busy {
        /// Bytes waiting.
        queued: usize,
    },
    /// The disk refused the write, which was taken back. Later may be better.
    #[error("the entry could not be written ({detail})")]
    Write {
        /// What the operating system said.
        detail: String,
    },
    /// The journal takes no entries. After a failed sync the entry may still be there when the
    /// program is started again.
    #[error("the journal takes no entries")]
    ReadOnly(#[source] ReadOnly),
}

/// Why a page was not compacted. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompactError {
    /// Records are not compacted: every value replaces the one before.
    #[error("only pages are compacted")]
    NotAPage,
    /// The entry is no snapshot of this page up to this position.
    #[error("the entry is not a snapshot of the page up to position {upto}")]
    NotTheSnapshot {
        /// The position asked for.
        upto: Position,
    },
    /// The snapshot claims more than is durable.
    #[error("position {upto} is not durable yet, {durable} is")]
    Ahead {
        /// The position asked for.
        upto: Position,
        /// The last durable one.
        durable: Position,
    },
    /// The snapshot was not appended.
    #[error("the snapshot was not appended")]
    Append(#[source] AppendError),
}

/// Why a journal was not rewritten. What it held is still there, whole.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RewriteError {
    /// This journal keeps nothing that was replaced, or it does so for itself.
    #[error("this journal is not rewritten")]
    NotNeeded,
    /// The position is not one that `seal` gave, or a later rewrite has replaced it.
    #[error("the journal is not sealed at position {upto}")]
    NotSealed {
        /// The position asked for.
        upto: Position,
    },
    /// An entry that is to be kept is not there.
    #[error("the entry at position {position}, which is to be kept, is not there")]
    Missing {
        /// Its position.
        position: Position,
    },
    /// What would be replaced is damaged, so what stood there cannot be known.
    #[error("what is to be replaced is damaged")]
    Damaged(#[source] Damage),
    /// The disk refused.
    #[error("could not rewrite the journal ({detail})")]
    Disk {
        /// What the operating system said.
        detail: String,
    },
    /// The journal takes no entries.
    #[error("the journal takes no entries")]
    ReadOnly(#[source] ReadOnly),
}

/// What a rewrite did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Entries that were kept.
    pub entries: u64,
    /// Bytes of what was replaced.
    pub before: u64,
    /// Bytes of what stands in its place.
    pub after: u64,
}

/// Entries that cannot be read. Everything else is still there and is read on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "entries {first} to {last} of {} are damaged: {bytes} bytes at {offset} in {file}",
    about(.subject.as_ref())
)]
pub struct Damage {
    /// The first position that is missing.
    pub first: Position,
    /// The last position that is missing; below `first` if bytes are bad but no entry is missing.
    pub last: Position,
    /// What the entry was about, if that can still be read.
    pub subject: Option<Subject>,
    /// Whether the entries were never acknowledged, as far as can be known: when the journal was
    /// opened after a crash, they were missing among those of the last write.
    pub unconfirmed: bool,
    /// The file.
    pub file: String,
    /// Where in the file the bad bytes begin.
    pub offset: u64,
    /// How many bytes were passed over.
    pub bytes: u64,
}

fn about(subject: Option<&Subject>) -> String {
    subject.map_or_else(
        || "something that cannot be told any more".to_owned(),
        Subject::to_string,
    )
}

/// Why an entry was not read.
#[derive(Clone, Debug, Error)]
pub enum ReadError {
    /// Entries are damaged. The stream goes on with the next readable entry.
    #[error("the journal is damaged")]
    Damaged(#[source] Damage),
    /// The file could not be read. The stream ends.
    #[error("could not read {file}")]
    Io {
        /// The file.
        file: String,
        /// What the operating system said.
        #[source]
        err: Arc<std::io::Error>,
    },
}
