//! How large the data folder gets, and what opening a page costs, whatever was edited before.

use std::path::Path;
use std::sync::Arc;

use crate::support::{Running, at, bytes, folder, page, update};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::{FileJournal, Options, SystemDisk};
use denkraum_store::Store;
use futures_util::future;

/// Updates that are appended at once.
const GROUP: u64 = 500;
const PAGES: u64 = 20;
const MIB: u64 = 1 << 20;

fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap();
    let sizes = entries.map(|entry| {
        let entry = entry.unwrap();
        match entry.metadata() {
            Ok(found) if found.is_dir() => bytes_in(&entry.path()),
            Ok(found) => found.len(),
            // Removed since it was listed.
            Err(_) => 0,
        }
    });
    sizes.sum()
}

fn base_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder.join("journal")).unwrap();
    let bases = entries.map(|entry| entry.unwrap().path()).filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("base-")
    });
    bases
        .map(|path| path.metadata().map_or(0, |found| found.len()))
        .sum()
}

fn is_small(all: u64, base: u64) -> bool {
    2 * all <= 5 * base + 2 * 64 * MIB
}

/// Appends `updates` updates of 200 bytes, compacts each page as a room does, and rewrites by
/// itself; returns the folder's bytes and those of the base.
async fn edit(path: &Path, updates: u64, rewrite_bytes: u64) -> (u64, u64) {
    let options = Options {
        rewrite_bytes,
        ..Options::default()
    };
    let (journal, _) = FileJournal::open_with(
        Arc::new(SystemDisk),
        &path.join("journal"),
        JournalId::from_u128(5),
        options,
    )
    .unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let store = Store::open(Arc::clone(&journal), &path.join("view"))
        .await
        .unwrap();
    let text = "x".repeat(200);
    for group in 0..updates / GROUP {
        let of = group % PAGES;
        let appends = (0..GROUP).map(|_| store.append_update(update(of.into(), &text)));
        let positions = future::try_join_all(appends).await.unwrap();
        let upto = positions[positions.len() - 1];
        // A page that has been edited for long: 20 KiB of text.
        let state = bytes("state".repeat(4096));
        store
            .compact_page(page(of.into()), upto, Vec::new(), state, at(1))
            .await
            .unwrap();
        let (all, base) = (bytes_in(path), base_bytes(path));
        let count = (group + 1) * GROUP;
        assert!(is_small(all, base), "{count} updates: {all}, base {base}");
    }
    store.rewrite().await.unwrap();
    store.close().await;
    journal.close().await;
    (bytes_in(path), base_bytes(path))
}

async fn stays_small(updates: u64, rewrite_bytes: u64) {
    let folder = folder();
    let (all, base) = edit(folder.path(), updates, rewrite_bytes).await;
    println!("{updates} updates, rewritten: {all} bytes, base {base}");
    assert!(base > 0);
    assert!(is_small(all, base), "{all} bytes, base {base}");
    let running = Running::open(folder.path()).await;
    for of in 0..u128::from(PAGES.min(updates / GROUP)) {
        let found = running.store.load_page(page(of)).await.unwrap().unwrap();
        assert_eq!(found.updates.len(), 0, "opening costs the snapshot alone");
        assert_eq!(found.snapshot.map(|state| state.len()), Some(20_480));
    }
    running.close().await;
}

/// [V-14, V-9] After a rewrite the folder has at most 2.5 times the base and 64 MiB, and a page that
/// was edited for long is its snapshot.
#[tokio::test]
async fn the_folder_stays_small_whatever_was_edited() {
    stays_small(20_000, MIB).await;
}
