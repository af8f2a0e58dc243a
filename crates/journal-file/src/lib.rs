//! The embedded journal: files, group commit, checksums.
//!
//! One writer thread takes everything that is waiting, writes it with one write and one sync, and
//! releases all of it together. The rules are numbered in `docs/SPEC-storage.md`. Absent on
//! purpose: a clock, randomness, and any knowledge of what stands in an entry's body.

mod disk;
mod error;
mod journal;
mod layout;
mod manifest;
mod open;
mod reader;
mod rewrite;
mod shared;
mod strays;
mod tail;
mod writer;

pub use disk::{Disk, File, Lock, SystemDisk};
pub use error::OpenError;
pub use journal::{Cut, FileJournal, Opened, Options};
