//! What can go wrong, by operation.

use denkraum_domain::PageId;
use denkraum_store::ReadError as StoreReadError;
use denkraum_sync::{EditFailure, ReplayError};
use thiserror::Error;

/// Why nobody can join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum JoinError {
    /// The server is stopping; come again.
    #[error("the server is stopping")]
    Stopping,
    /// The person or the page has as many connections as it may.
    #[error("too many connections")]
    TooMany,
    /// The page was set aside because the engine failed with it.
    #[error("page {0} is set aside")]
    SetAside(PageId),
}

/// Why a page could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// There is no such page in the journal.
    #[error("page {0} has no content")]
    NotFound(PageId),
    /// The store could not give it.
    #[error("could not load page {page}")]
    Load {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: StoreReadError,
    },
    /// What the store gave cannot be read.
    #[error("could not read what is stored of page {page}")]
    Replay {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: ReplayError,
    },
    /// The open room could not load it.
    #[error("the room of page {0} could not load it")]
    Room(PageId),
    /// It was set aside because the engine failed with it.
    #[error("page {0} is set aside")]
    SetAside(PageId),
}

/// Why a page could not be changed by the server.
#[derive(Debug, Error)]
pub enum EditError {
    /// The room did not take the change.
    #[error("page {page} was not changed")]
    Failed {
        /// The page.
        page: PageId,
        /// Why.
        #[source]
        err: EditFailure,
    },
    /// The room ended before it answered; whether the change is stored is not known.
    #[error("page {0} was interrupted while it was being changed")]
    Interrupted(PageId),
    /// It was set aside because the engine failed with it.
    #[error("page {0} is set aside")]
    SetAside(PageId),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}
