//! Journals on a simulated disk, and what they hold.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use denkraum_journal::contract::update;
use denkraum_journal::{Body, Damage, Entry, Journal, JournalId, Position, ReadError};
use denkraum_journal_file::{FileJournal, OpenError, Opened, Options};
use futures_util::StreamExt;

pub(crate) use crate::sim::{Plan, PowerCut, Sectors, SimDisk};

/// Where the journal is on a [`SimDisk`].
pub(crate) const FOLDER: &str = "/data/journal";

/// The increment with this number.
pub(crate) fn increment(number: u64) -> PathBuf {
    Path::new(FOLDER).join(format!("increment-{number:010}.dkj"))
}

/// Sizes that let a few entries fill an increment.
pub(crate) fn small() -> Options {
    Options {
        increment_bytes: 1500,
        allocate_bytes: 512,
        retry_after: Duration::from_millis(1),
        ..Options::default()
    }
}

/// The usual sizes, but for the space set aside: it would have to be copied again and again.
pub(crate) fn usual() -> Options {
    Options {
        allocate_bytes: 4096,
        retry_after: Duration::from_millis(1),
        ..Options::default()
    }
}

/// Opens the journal of a disk.
pub(crate) fn open(disk: &SimDisk, options: Options) -> Result<(FileJournal, Opened), OpenError> {
    let id = JournalId::from_u128(3);
    FileJournal::open_with(Arc::new(disk.clone()), Path::new(FOLDER), id, options)
}

/// What a journal holds.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Held {
    pub(crate) entries: Vec<(Position, Entry)>,
    pub(crate) damage: Vec<Damage>,
}

impl Held {
    /// The updates' texts.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.entries.iter().map(|(_, entry)| text(entry)).collect()
    }
}

pub(crate) fn text(entry: &Entry) -> String {
    match &entry.body {
        Body::PageUpdate { update, .. } => String::from_utf8(update.to_vec()).unwrap(),
        other => format!("{other:?}"),
    }
}

/// Reads everything from the beginning, closing the journal.
pub(crate) async fn read_all(journal: &FileJournal) -> Held {
    let mut tail = journal.tail(Position::START);
    journal.close().await;
    let mut held = Held::default();
    while let Some(item) = tail.next().await {
        match item {
            Ok(entry) => held.entries.push(entry),
            Err(ReadError::Damaged(damage)) => held.damage.push(damage),
            Err(err) => panic!("{err}"),
        }
    }
    held
}

/// Opens the journal of a disk, checks that it takes an entry and keeps it, and gives what it held.
pub(crate) async fn held_by(disk: &SimDisk, options: Options) -> Held {
    let (journal, _) = open(disk, options).unwrap();
    let position = journal.append(update(99, "added")).await.unwrap();
    drop(read_all(&journal).await);
    let (journal, _) = open(disk, options).unwrap();
    let mut held = read_all(&journal).await;
    assert_eq!(held.entries.pop(), Some((position, update(99, "added"))));
    held
}
