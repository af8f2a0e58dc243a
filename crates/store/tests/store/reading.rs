//! A disk that cannot be read for a while.

use std::path::Path;
use std::sync::Arc;

use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::{FileJournal, Options};
use denkraum_store::{OpenError, ReadError, Store, ViewHealth};

use crate::journal_tests::sim::{Plan, SimDisk};
use crate::support::{folder, page, update};

fn journal_on(disk: &SimDisk) -> Arc<dyn Journal> {
    let (path, id) = (Path::new("/data/journal"), JournalId::from_u128(5));
    let disk = Arc::new(disk.clone());
    let (journal, _) = FileJournal::open_with(disk, path, id, Options::default()).unwrap();
    Arc::new(journal)
}

fn reads_fail(disk: &SimDisk, fail: bool) {
    disk.plan(Plan {
        reads: fail,
        ..Plan::default()
    });
}

/// [V-17] Nothing is lost by it, nobody is given what is old, and nobody has to start anything again.
#[tokio::test]
async fn a_view_goes_on_by_itself_once_the_journal_can_be_read_again() {
    let (folder, disk) = (folder(), SimDisk::default());
    let journal = journal_on(&disk);
    let view = folder.path().join("view");
    let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
    for round in 1..=2 {
        store.append_update(update(1, "read")).await.unwrap();
        let found = store.load_page(page(1)).await.unwrap().unwrap();
        assert_eq!(found.updates.len(), round * 2 - 1);
        reads_fail(&disk, true);
        store.append_update(update(1, "not read")).await.unwrap();
        let failed = store.load_page(page(1)).await.unwrap_err();
        assert!(matches!(failed, ReadError::View { .. }), "{failed:?}");
        let health = store.status().view;
        assert!(matches!(health, ViewHealth::Failed { .. }), "{health:?}");
        reads_fail(&disk, false);
        while store.status().view != ViewHealth::Serving {
            tokio::task::yield_now().await;
        }
        let found = store.load_page(page(1)).await.unwrap().unwrap();
        assert_eq!(found.updates.len(), round * 2);
    }
    assert!(
        !folder.path().join("view-broken-1").exists(),
        "it was sound"
    );
    store.close().await;
    journal.close().await;
}

/// [V-17] It can be closed meanwhile, and a start that cannot read the journal says so.
#[tokio::test]
async fn a_store_is_closed_while_the_journal_cannot_be_read_and_not_opened() {
    let (folder, disk) = (folder(), SimDisk::default());
    let journal = journal_on(&disk);
    let view = folder.path().join("view");
    let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
    reads_fail(&disk, true);
    store.append_update(update(1, "not read")).await.unwrap();
    store.load_page(page(1)).await.unwrap_err();
    store.close().await;
    let refused = Store::open(Arc::clone(&journal), &view).await;
    assert!(matches!(refused, Err(OpenError::Journal(_))));
    reads_fail(&disk, false);
    let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
    assert!(store.load_page(page(1)).await.unwrap().is_some());
    store.close().await;
    journal.close().await;
}
