//! Pages: order, owners, heads, compaction, deletion, projections.

use std::sync::Arc;

use crate::support::{JANA, MEHMET, at, bytes, folder, page, update};
use ::bytes::Bytes;
use denkraum_domain::PageId;
use denkraum_journal::{Journal, JournalId, MemoryJournal, ReadOnly};
use denkraum_store::{
    AppendError, CompactError, PageHead, Position, Projection, Store, StoredPage,
};
use tempfile::TempDir;

async fn in_memory() -> (TempDir, MemoryJournal, Store) {
    let folder = folder();
    let journal = MemoryJournal::new(JournalId::from_u128(9));
    let shared: Arc<dyn Journal> = Arc::new(journal.clone());
    let store = Store::open(shared, &folder.path().join("view"))
        .await
        .unwrap();
    (folder, journal, store)
}

/// [V-5] What was confirmed is found at once, in the order of the calls.
#[tokio::test]
async fn a_confirmed_update_is_found_at_once() {
    let (_folder, _journal, store) = in_memory().await;
    assert_eq!(store.load_page(page(1)).await.unwrap(), None);
    for count in 1..=30_usize {
        let upto = store
            .append_update(update(1, count.to_string()))
            .await
            .unwrap();
        let found = store.load_page(page(1)).await.unwrap().unwrap();
        let expected = StoredPage {
            snapshot: None,
            updates: (1..=count)
                .map(|number| bytes(number.to_string()))
                .collect(),
            owners: vec![(11, JANA)],
            upto,
            snapshot_at: Position::START,
        };
        assert_eq!(found, expected);
    }
}

/// [V-5] What is not durable yet is not found.
#[tokio::test]
async fn an_update_that_is_not_durable_is_not_found() {
    let (_folder, journal, store) = in_memory().await;
    store.append_update(update(1, "durable")).await.unwrap();
    journal.hold();
    let append = store.append_update(update(1, "held"));
    let found = store.load_page(page(1)).await.unwrap().unwrap();
    assert_eq!(found.updates, [bytes("durable")]);
    journal.release();
    append.await.unwrap();
    let found = store.load_page(page(1)).await.unwrap().unwrap();
    assert_eq!(found.updates, [bytes("durable"), bytes("held")]);
}

/// [V-7] A list tells the first and the last change of every page, and compaction changes neither.
#[tokio::test]
async fn heads_tell_the_first_and_the_last_change() {
    let (_folder, _journal, store) = in_memory().await;
    let first = update(1, "a");
    store
        .append_update(denkraum_store::PageUpdate {
            at: at(5),
            ..first.clone()
        })
        .await
        .unwrap();
    let last = denkraum_store::PageUpdate {
        at: at(9),
        by: Some(MEHMET),
        ..first
    };
    let last = store.append_update(last).await.unwrap();
    let expected = PageHead {
        page: page(1),
        last,
        changed_at: at(9),
        changed_by: Some(MEHMET),
        created_at: at(5),
        created_by: Some(JANA),
    };
    assert_eq!(store.page_heads().await.unwrap(), [expected]);
    store
        .compact_page(page(1), last, Vec::new(), bytes("ab"), at(50))
        .await
        .unwrap();
    assert_eq!(store.page_head(page(1)).await.unwrap(), Some(expected));
    assert_eq!(store.page_head(page(2)).await.unwrap(), None);
}

/// [V-4] A client id belongs to whoever brought it first; a snapshot does not change that.
#[tokio::test]
async fn a_client_id_belongs_to_whoever_brought_it_first() {
    let (_folder, _journal, store) = in_memory().await;
    let first = update(1, "a");
    store.append_update(first.clone()).await.unwrap();
    let theirs = denkraum_store::PageUpdate {
        by: Some(MEHMET),
        clients: vec![11, 12],
        ..first
    };
    let upto = store.append_update(theirs.clone()).await.unwrap();
    let nobody = denkraum_store::PageUpdate {
        by: None,
        clients: vec![14],
        ..theirs
    };
    store.append_update(nobody).await.unwrap();
    let owners = vec![(11, MEHMET), (13, MEHMET)];
    store
        .compact_page(page(1), upto, owners, bytes("ab"), at(1))
        .await
        .unwrap();
    let found = store.load_page(page(1)).await.unwrap().unwrap();
    assert_eq!(found.owners, [(11, JANA), (12, MEHMET), (13, MEHMET)]);
}

/// [V-9] However compaction and updates fall together, no update is lost and none comes twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn compaction_beside_concurrent_updates_loses_nothing() {
    let (_folder, _journal, store) = in_memory().await;
    let writer = store.clone();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move {
        for number in 0..300 {
            writer
                .append_update(update(1, format!("{number},")))
                .await
                .unwrap();
        }
    });
    let text = |found: &StoredPage| {
        let parts = found.snapshot.iter().chain(&found.updates);
        parts
            .map(|part| String::from_utf8(part.to_vec()).unwrap())
            .collect::<String>()
    };
    let numbers: Vec<_> = (0..300).map(|number| number.to_string()).collect();
    let expected = numbers.join(",") + ",";
    let mut compactions = 0;
    loop {
        let Some(found) = store.load_page(page(1)).await.unwrap() else {
            continue;
        };
        let whole = text(&found);
        assert!(expected.starts_with(&whole), "{whole}");
        if whole == expected && found.updates.is_empty() {
            break;
        }
        store
            .compact_page(page(1), found.upto, found.owners, bytes(whole), at(1))
            .await
            .unwrap();
        compactions += 1;
    }
    assert!(compactions > 0);
    assert!(tasks.join_next().await.unwrap().is_ok());
}

/// [V-9] What cannot be compacted is left alone.
#[tokio::test]
async fn a_page_that_is_not_there_is_not_compacted() {
    let (_folder, _journal, store) = in_memory().await;
    let compact =
        |number, upto| store.compact_page(page(number), upto, Vec::new(), bytes("x"), at(1));
    let upto = store.append_update(update(1, "a")).await.unwrap();
    let missing = compact(2, upto).await;
    assert_eq!(missing, Err(CompactError::NotFound { page: page(2) }));
    let early = compact(1, upto.next().unwrap()).await;
    assert!(matches!(early, Err(CompactError::Journal(_))), "{early:?}");
    assert_eq!(
        store.load_page(page(1)).await.unwrap().unwrap().snapshot,
        None
    );
}

fn derived(page: PageId, position: Position, bytes: Bytes) -> Vec<(PageId, Projection)> {
    vec![(page, Projection { position, bytes })]
}

/// [V-8] A deleted page is gone for good: nothing brings it back, not even what was under way.
#[tokio::test]
async fn a_deleted_page_does_not_come_back() {
    let (folder, journal, store) = in_memory().await;
    let upto = store.append_update(update(1, "a")).await.unwrap();
    store.append_update(update(2, "b")).await.unwrap();
    store
        .put_projections(derived(page(1), upto, bytes("derived")))
        .await
        .unwrap();
    store.delete_page(page(1), Some(JANA), at(2)).await.unwrap();
    let refused = store.append_update(update(1, "again")).await;
    assert_eq!(refused, Err(AppendError::Deleted { page: page(1) }));
    // An update that was on its way when the page was deleted.
    let entry = denkraum_journal::contract::update(1, "late");
    journal.append(entry).await.unwrap();
    assert_eq!(store.load_page(page(1)).await.unwrap(), None);
    assert_eq!(store.page_heads().await.unwrap().len(), 1);
    assert_eq!(store.projection(page(1)).await.unwrap(), None);
    store.close().await;
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let store = Store::open(journal, &folder.path().join("view"))
        .await
        .unwrap();
    let refused = store.append_update(update(1, "again")).await;
    assert_eq!(refused, Err(AppendError::Deleted { page: page(1) }));
}

/// [V-12] A projection is stale once the page changes; an older one does not replace a newer one.
#[tokio::test]
async fn a_projection_is_stale_once_the_page_changes() {
    let (_folder, _journal, store) = in_memory().await;
    let stale = async || {
        let stale = store.stale_projections().await.unwrap();
        stale.iter().map(|head| head.page).collect::<Vec<_>>()
    };
    let first = store.append_update(update(1, "a")).await.unwrap();
    store.append_update(update(2, "b")).await.unwrap();
    assert_eq!(stale().await, [page(1), page(2)]);
    store
        .put_projections(derived(page(1), first, bytes("one")))
        .await
        .unwrap();
    assert_eq!(stale().await, [page(2)]);
    let second = store.append_update(update(1, "c")).await.unwrap();
    assert_eq!(stale().await, [page(1), page(2)]);
    store
        .put_projections(derived(page(1), second, bytes("two")))
        .await
        .unwrap();
    store
        .put_projections(derived(page(1), first, bytes("one")))
        .await
        .unwrap();
    store
        .put_projections(derived(page(7), first, bytes("of nothing")))
        .await
        .unwrap();
    let expected = Projection {
        position: second,
        bytes: bytes("two"),
    };
    assert_eq!(
        store.projection(page(1)).await.unwrap(),
        Some(expected.clone())
    );
    assert_eq!(store.projections().await.unwrap(), [(page(1), expected)]);
}

/// [V-8] What the journal does not take is told, and reading goes on.
#[tokio::test]
async fn a_journal_that_takes_nothing_is_told_and_reading_goes_on() {
    let (_folder, journal, store) = in_memory().await;
    store.append_update(update(1, "a")).await.unwrap();
    journal.fail(ReadOnly::SyncFailed {
        detail: "broken disk".to_owned(),
    });
    let refused = store.append_update(update(1, "b")).await;
    assert!(
        matches!(refused, Err(AppendError::Journal(_))),
        "{refused:?}"
    );
    let found = store.load_page(page(1)).await.unwrap().unwrap();
    assert_eq!(found.updates, [bytes("a")]);
    assert_eq!(store.status().journal, journal.health());
}
