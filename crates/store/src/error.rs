//! How the store fails.

use std::path::PathBuf;

use denkraum_domain::PageId;
use denkraum_journal as journal;
use denkraum_journal::{RecordKey, Subject};
use thiserror::Error;

/// Why the store was not opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The view's folder cannot be made, moved or read.
    #[error("could not prepare the view's folder {path}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        err: std::io::Error,
    },
    /// The view could not be opened, and a new one could not be made either.
    #[error("could not make the view in {path}: {detail}")]
    View {
        /// The folder.
        path: PathBuf,
        /// What went wrong last.
        detail: String,
    },
    /// The journal could not be read.
    #[error("could not read the journal")]
    Journal(#[source] journal::ReadError),
    /// The journal ended, or the thread that applies it.
    #[error("the journal was closed while the view was being brought up to date")]
    Stopped,
}

/// Why something was not looked up.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The view cannot be kept.
    #[error("the view does not answer: {detail}")]
    View {
        /// Why.
        detail: String,
    },
    /// A part of it in the journal is damaged; it is set aside, everything else goes on.
    #[error("{subject} is damaged and was set aside")]
    Damaged {
        /// The page or record.
        subject: Subject,
    },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
}

/// Why an update was not stored.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AppendError {
    /// The page was deleted; its id is not used again.
    #[error("page {page} was deleted")]
    Deleted {
        /// The page.
        page: PageId,
    },
    /// The journal did not take it.
    #[error("the update was not journalled")]
    Journal(#[source] journal::AppendError),
}

/// Why a page was not compacted. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompactError {
    /// There is no such page.
    #[error("page {page} does not exist")]
    NotFound {
        /// The page.
        page: PageId,
    },
    /// The page could not be looked up.
    #[error("could not look up the page")]
    Read(#[source] ReadError),
    /// The journal did not take the snapshot.
    #[error("the snapshot was not journalled")]
    Journal(#[source] journal::CompactError),
}

/// Why a record was not written or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PutError {
    /// Somebody else was faster, or the record is there or not there against expectation.
    #[error("{key} is at another revision than expected")]
    Conflict {
        /// The record.
        key: RecordKey,
        /// Its revision now; nothing if it does not exist.
        current: Option<u64>,
    },
    /// The current value could not be looked up. Nothing was written.
    #[error("could not look up {key}")]
    Read {
        /// The record.
        key: RecordKey,
        /// Why.
        #[source]
        err: ReadError,
    },
    /// The journal did not take it.
    #[error("the new value of {key} was not journalled")]
    Journal {
        /// The record.
        key: RecordKey,
        /// Why.
        #[source]
        err: journal::AppendError,
    },
    /// It is durable, but the view does not show it: it will after a restart.
    #[error("the new value of {key} is stored but cannot be shown yet")]
    NotShown {
        /// The record.
        key: RecordKey,
        /// Why.
        #[source]
        err: ReadError,
    },
}

/// Why the journal was not rewritten. Nothing was lost or changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RewriteError {
    /// A part of something in the journal is damaged, and nothing has taken its place yet.
    #[error("{subject} is damaged: what is left of it is kept")]
    SetAside {
        /// The page or record.
        subject: Subject,
    },
    /// What is to be kept could not be looked up.
    #[error("could not look up what is to be kept")]
    Read(#[source] ReadError),
    /// The journal refused.
    #[error("the journal was not rewritten")]
    Journal(#[source] journal::RewriteError),
}
