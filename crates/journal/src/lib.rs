//! The journal: what an entry is, how it is written as bytes, what every journal promises.
//!
//! The rules are numbered in `docs/SPEC-storage.md` and named by the tests that hold them. Absent
//! on purpose: files and disks (a journal engine brings its own), and any knowledge of what stands
//! in a page or record.

mod condition;
pub mod contract;
mod entry;
mod error;
pub mod frame;
mod journal;
mod memory;
mod payload;
mod subject;

pub use condition::Condition;
pub use entry::{Body, Change, Entry, EntryError, MAX_BODY_BYTES, MAX_CLIENTS, Position};
pub use error::{
    AppendError, CompactError, Damage, Health, ReadError, ReadOnly, RewriteError, Rewritten,
};
pub use journal::{BoxFuture, BoxStream, Journal, JournalId, check_compaction};
pub use memory::MemoryJournal;
pub use subject::{RecordKey, RecordKeyError, Subject};
