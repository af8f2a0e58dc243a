//! The view of the journal that answers every look-up, and the commit path: check, journal, apply.
//!
//! What stands in the view follows from the journal alone, so it is thrown away and made again
//! whenever it is missing, damaged, of another format or of another journal. The rules are numbered
//! in `docs/SPEC-storage.md`. Absent on purpose: any knowledge of what stands in a page or record.
//! sled appears in no other crate.

mod applier;
mod apply;
mod blob;
mod blobs;
mod error;
mod inner;
mod keys;
mod live;
mod notes;
mod open_view;
mod page;
mod progress;
mod record;
mod rewrite;
mod store;
mod types;
mod value;
mod view;
mod write;

pub use blob::{BlobDownload, BlobId, BlobState, NewBlob};
pub use blobs::{BlobError, Blobs, KeptBlob};
pub use denkraum_journal::{
    BoxFuture, BoxStream, Change, Damage, Health, Position, ReadOnly, RecordKey, RecordKeyError,
    Rewritten, Subject,
};
pub use error::{AppendError, CompactError, OpenError, PutError, ReadError, RewriteError};
pub use store::Store;
pub use types::{PageHead, PageUpdate, Projection, Record, StoreStatus, StoredPage, ViewHealth};
