//! A view that breaks, is lost or is of another format.

use super::*;
use crate::value::KeysMut;
use crate::{ReadError as LookUp, Store, keys};
use denkraum_journal::contract::{page, update};
use denkraum_journal::{JournalId, MemoryJournal};

/// Removes a page's last update behind everybody's back.
async fn harm(store: &Store, journal: &MemoryJournal) {
    let (view, _) = store.inner.shared.applied(Position::START).await.unwrap();
    let mut key = keys::update(page(1), journal.durable());
    key.extend([0, 0]);
    view.change(|changes| {
        changes.set(key, None);
        Ok(())
    })
    .unwrap();
}

async fn open(folder: &std::path::Path) -> (MemoryJournal, Store) {
    let journal = MemoryJournal::new(JournalId::from_u128(1));
    let shared: Arc<dyn Journal> = Arc::new(journal.clone());
    let store = Store::open(shared, &folder.join("view")).await.unwrap();
    journal.append(update(1, "one")).await.unwrap();
    journal.append(update(1, "two")).await.unwrap();
    (journal, store)
}

/// [V-3, V-6] A value is lost while the store is running: the look-up that meets it gets the
/// right answer all the same, from a view made again.
#[tokio::test]
async fn a_view_that_breaks_while_it_serves_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, store) = open(folder.path()).await;
    let before = store.load_page(page(1)).await.unwrap();
    harm(&store, &journal).await;
    assert_eq!(store.load_page(page(1)).await.unwrap(), before);
    assert!(folder.path().join("view-broken-1").exists());
    journal.append(update(1, "three")).await.unwrap();
    assert_eq!(
        store
            .load_page(page(1))
            .await
            .unwrap()
            .unwrap()
            .updates
            .len(),
        3
    );
    store.close().await;
}

/// [V-2, V-6] A page that sled lost without a word is noticed at the next start.
#[tokio::test]
async fn a_lost_head_is_noticed_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, store) = open(folder.path()).await;
    let before = store.page_heads().await.unwrap();
    let (view, _) = store.inner.shared.applied(journal.durable()).await.unwrap();
    let mut key = keys::page(keys::Family::Head, page(1));
    key.extend([0, 0]);
    let lose = |changes: &mut crate::view::Changes<'_>| {
        changes.set(key, None);
        Ok(())
    };
    view.change(lose).unwrap();
    drop(view);
    assert_eq!(store.page_heads().await.unwrap(), []);
    store.close().await;
    let shared: Arc<dyn Journal> = Arc::new(journal);
    let store = Store::open(shared, &folder.path().join("view"))
        .await
        .unwrap();
    assert_eq!(store.page_heads().await.unwrap(), before);
    store.close().await;
}

/// [V-2, V-3] A view that hangs when it is opened is moved aside, and the one in its place has
/// everything. sled reads its configuration first; nobody ever writes into this one.
#[tokio::test]
async fn a_view_that_hangs_when_it_is_opened_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, store) = open(folder.path()).await;
    let before = store.load_page(page(1)).await.unwrap();
    store.close().await;
    let view = folder.path().join("view");
    std::fs::remove_file(view.join("conf")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(view.join("conf"))
        .status();
    assert!(made.unwrap().success());
    let deadline = Duration::from_millis(300);
    let store = Store::open_within(Arc::new(journal), &view, deadline);
    let store = store.await.unwrap();
    assert_eq!(store.load_page(page(1)).await.unwrap(), before);
    assert!(folder.path().join("view-broken-1").join("conf").exists());
    store.close().await;
}

/// [V-2] A view of an earlier or a later format is not read but made again.
#[tokio::test]
async fn a_view_of_another_format_is_made_again() {
    for format in [crate::view::FORMAT - 1, crate::view::FORMAT + 1] {
        let folder = tempfile::tempdir().unwrap();
        let (journal, store) = open(folder.path()).await;
        let before = store.load_page(page(1)).await.unwrap();
        let (view, _) = store.inner.shared.applied(journal.durable()).await.unwrap();
        let meta = view.meta().unwrap().unwrap();
        let other = Meta { format, ..meta };
        view.change(|changes| {
            changes.set_meta(&other);
            Ok(())
        })
        .unwrap();
        drop(view);
        store.close().await;
        let shared: Arc<dyn Journal> = Arc::new(journal);
        let store = Store::open(shared, &folder.path().join("view"))
            .await
            .unwrap();
        assert_eq!(store.load_page(page(1)).await.unwrap(), before);
        assert!(folder.path().join("view-broken-1").exists());
        store.close().await;
    }
}

/// [V-3] A view that breaks again and again is given up, and said to be.
#[tokio::test]
async fn a_view_that_breaks_again_and_again_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, store) = open(folder.path()).await;
    let failed = loop {
        match store.load_page(page(1)).await {
            Ok(found) => assert_eq!(found.unwrap().updates.len(), 2),
            Err(err) => break err,
        }
        if store.status().view == crate::ViewHealth::Serving {
            harm(&store, &journal).await;
        }
    };
    assert!(matches!(failed, LookUp::View { .. }), "{failed:?}");
    assert!(matches!(
        store.status().view,
        crate::ViewHealth::Failed { .. }
    ));
    store.close().await;
    assert_eq!(store.status().view, crate::ViewHealth::Closed);
    assert_eq!(store.load_page(page(1)).await, Err(LookUp::Closed));
}
