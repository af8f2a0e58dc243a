//! A data folder with a journal in files and a view, and what can be seen of a store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{Journal, JournalId, Position};
use denkraum_journal_file::FileJournal;
use denkraum_store::{PageHead, PageUpdate, Record, RecordKey, Store, StoredPage};
use tempfile::TempDir;

pub(crate) const JANA: PersonId = PersonId::from_u128(1);
pub(crate) const MEHMET: PersonId = PersonId::from_u128(2);

pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(crate) fn page(number: u128) -> PageId {
    PageId::from_u128(number)
}

pub(crate) fn key(id: &str) -> RecordKey {
    RecordKey::new("people", id).unwrap()
}

pub(crate) fn bytes(text: impl AsRef<str>) -> Bytes {
    Bytes::copy_from_slice(text.as_ref().as_bytes())
}

/// An update of a page by Jana, bringing the client id 11.
pub(crate) fn update(of: u128, text: impl AsRef<str>) -> PageUpdate {
    PageUpdate {
        page: page(of),
        at: at(1000),
        by: Some(JANA),
        connection: 1,
        clients: vec![11],
        update: bytes(text),
    }
}

/// A running journal and store.
pub(crate) struct Running {
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) store: Store,
}

impl Running {
    pub(crate) async fn open(folder: &Path) -> Self {
        let (journal, _) =
            FileJournal::open(&folder.join("journal"), JournalId::from_u128(5)).unwrap();
        let journal: Arc<dyn Journal> = Arc::new(journal);
        let store = Store::open(Arc::clone(&journal), &folder.join("view"))
            .await
            .unwrap();
        Self { journal, store }
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
        self.journal.close().await;
    }
}

pub(crate) fn folder() -> TempDir {
    TempDir::new().unwrap()
}

pub(crate) fn view_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.join("view")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Everything that can be looked up.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) heads: Vec<PageHead>,
    pub(crate) pages: Vec<StoredPage>,
    pub(crate) records: Vec<(RecordKey, Record)>,
    pub(crate) applied: Position,
}

pub(crate) async fn seen(store: &Store) -> Seen {
    let heads = store.page_heads().await.unwrap();
    let mut pages = Vec::new();
    for head in &heads {
        pages.push(store.load_page(head.page).await.unwrap().unwrap());
    }
    let records = store.scan("people").await.unwrap();
    Seen {
        heads,
        pages,
        records,
        applied: store.status().applied,
    }
}

/// Some pages and records of every shape: long, short, compacted, changed, deleted.
pub(crate) async fn fill(store: &Store) {
    for number in 0..20 {
        store.append_update(update(number, "first")).await.unwrap();
        store
            .append_update(update(number, "x".repeat(9000)))
            .await
            .unwrap();
        let upto = store.append_update(update(number, "")).await.unwrap();
        if number % 2 == 0 {
            let state = bytes("state".repeat(2000));
            let owners = vec![(11, JANA), (12, MEHMET)];
            store
                .compact_page(page(number), upto, owners, state, at(2))
                .await
                .unwrap();
            store.append_update(update(number, "later")).await.unwrap();
        }
    }
    store
        .delete_page(page(3), Some(MEHMET), at(3))
        .await
        .unwrap();
    for number in 0..20 {
        let id = key(&format!("person-{number}"));
        let value = bytes("value".repeat(number * 100));
        store
            .put(id.clone(), None, 1, value, Some(JANA), at(4))
            .await
            .unwrap();
        if number % 3 == 0 {
            store
                .put(id.clone(), Some(1), 2, bytes("changed"), None, at(5))
                .await
                .unwrap();
        }
        if number % 4 == 0 {
            let revision = if number % 3 == 0 { 2 } else { 1 };
            store.delete(id, revision, None, at(6)).await.unwrap();
        }
    }
}
