//! What the store takes and gives.

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{Change, Damage, Health, Position};

/// An accepted update of a page, ready to be journalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageUpdate {
    /// The page.
    pub page: PageId,
    /// When it was accepted.
    pub at: Timestamp,
    /// Who sent it; nobody if the server made it.
    pub by: Option<PersonId>,
    /// The connection that brought it.
    pub connection: u64,
    /// The Yjs client ids whose structs it brings.
    pub clients: Vec<u64>,
    /// The update, encoding version 1.
    pub update: Bytes,
}

/// A page as it is stored. Snapshot and updates together are the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPage {
    /// The document at some point, encoding version 1.
    pub snapshot: Option<Bytes>,
    /// The updates after it, oldest first, encoding version 1.
    pub updates: Vec<Bytes>,
    /// Who first brought which Yjs client id, sorted by client id.
    pub owners: Vec<(u64, PersonId)>,
    /// The position of the last change of the content.
    pub upto: Position,
    /// The last position whose change the snapshot holds; the start if there is none.
    pub snapshot_at: Position,
}

/// What lists say of a page without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageHead {
    /// The page.
    pub page: PageId,
    /// The position of the last change of its content.
    pub last: Position,
    /// When that was.
    pub changed_at: Timestamp,
    /// Who did it; nobody if the server did.
    pub changed_by: Option<PersonId>,
    /// When the page was created.
    pub created_at: Timestamp,
    /// Who created it; nobody if the server did.
    pub created_by: Option<PersonId>,
}

impl PageHead {
    pub(crate) fn new(page: PageId, created: &Change, changed: &Change) -> Self {
        Self {
            page,
            last: changed.position,
            changed_at: changed.at,
            changed_by: changed.by,
            created_at: created.at,
            created_by: created.by,
        }
    }
}

/// A record's current value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Counts the writes of this record, from 1; never goes back, not even by a deletion.
    pub revision: u64,
    /// The version of the value's own format.
    pub version: u16,
    /// The value.
    pub value: Bytes,
    /// The position of the entry that brought it.
    pub position: Position,
}

/// What was derived from a page at some point. It is not journalled: it is lost with the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// The position of the last change that it was derived from.
    pub position: Position,
    /// What was derived.
    pub bytes: Bytes,
}

/// Whether the view answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewHealth {
    /// It does.
    Serving,
    /// It is being made again from the journal; look-ups wait.
    Rebuilding,
    /// It cannot be kept; look-ups fail until the program is started again.
    Failed {
        /// Why.
        detail: String,
    },
    /// The store was closed.
    Closed,
}

/// How the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreStatus {
    /// The last position that the view holds.
    pub applied: Position,
    /// The last durable position.
    pub durable: Position,
    /// Whether entries are taken.
    pub journal: Health,
    /// Whether look-ups are answered.
    pub view: ViewHealth,
    /// Damage met while reading the journal since the store was opened.
    pub damage: Vec<Damage>,
}
