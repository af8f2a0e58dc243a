//! Records: revisions, concurrent writers, writes that nobody waits for.

use std::sync::Arc;

use crate::support::{JANA, at, bytes, folder, key};
use denkraum_journal::{Journal, JournalId, MemoryJournal, ReadOnly};
use denkraum_store::{PutError, RecordKey, Store};
use futures_util::FutureExt;
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

async fn put(
    store: &Store,
    key: RecordKey,
    expected: Option<u64>,
    text: &str,
) -> Result<u64, PutError> {
    store
        .put(key, expected, 1, bytes(text), Some(JANA), at(1))
        .await
}

/// [V-10] A write succeeds at the expected revision only, and says what the revision is.
#[tokio::test]
async fn a_write_needs_the_current_revision() {
    let (_folder, _journal, store) = in_memory().await;
    let jana = key("jana");
    let conflict = |current| {
        Err(PutError::Conflict {
            key: key("jana"),
            current,
        })
    };
    assert_eq!(
        put(&store, jana.clone(), Some(1), "a").await,
        conflict(None)
    );
    assert_eq!(put(&store, jana.clone(), None, "a").await, Ok(1));
    assert_eq!(
        put(&store, jana.clone(), None, "b").await,
        conflict(Some(1))
    );
    assert_eq!(put(&store, jana.clone(), Some(1), "b").await, Ok(2));
    assert_eq!(
        put(&store, jana.clone(), Some(1), "c").await,
        conflict(Some(2))
    );
    let found = store.get(&jana).await.unwrap().unwrap();
    assert_eq!(
        (found.revision, found.version, found.value),
        (2, 1, bytes("b"))
    );
}

/// [V-10] Revisions go on over a deletion, so an old one is never current again.
#[tokio::test]
async fn revisions_go_on_over_a_deletion() {
    let (_folder, _journal, store) = in_memory().await;
    let jana = key("jana");
    assert_eq!(put(&store, jana.clone(), None, "a").await, Ok(1));
    let wrong = store.delete(jana.clone(), 7, None, at(1)).await;
    assert_eq!(
        wrong,
        Err(PutError::Conflict {
            key: jana.clone(),
            current: Some(1)
        })
    );
    assert_eq!(store.delete(jana.clone(), 1, None, at(1)).await, Ok(2));
    assert_eq!(store.get(&jana).await.unwrap(), None);
    assert_eq!(store.scan("people").await.unwrap(), []);
    let gone = store.delete(jana.clone(), 2, None, at(1)).await;
    assert_eq!(
        gone,
        Err(PutError::Conflict {
            key: jana.clone(),
            current: None
        })
    );
    assert_eq!(put(&store, jana.clone(), None, "b").await, Ok(3));
}

/// Records whose ids begin alike are found together, and no others.
#[tokio::test]
async fn records_are_found_by_the_beginning_of_their_ids() {
    let (_folder, _journal, store) = in_memory().await;
    for id in ["a-1", "a-2", "ab-1", "b-1"] {
        put(&store, key(id), None, id).await.unwrap();
    }
    store.delete(key("a-2"), 1, None, at(2)).await.unwrap();
    let ids = async |beginning: &str| {
        let found = store
            .scan_beginning("people", vec![beginning.to_owned()])
            .await
            .unwrap();
        let ids = found.iter().map(|(key, _)| key.id().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(ids("a-").await, ["a-1"]);
    assert_eq!(ids("").await, ["a-1", "ab-1", "b-1"]);
    assert_eq!(ids("c").await, Vec::<String>::new());
}

/// [V-10] Of writers that start from the same revision one wins; nobody's write is overwritten.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_writers_never_overwrite_each_other() {
    let (_folder, _journal, store) = in_memory().await;
    let counter = key("counter");
    put(&store, counter.clone(), None, "0").await.unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (store, counter) = (store.clone(), counter.clone());
        writers.spawn(async move {
            let mut done = 0;
            while done < 10 {
                let found = store.get(&counter).await.unwrap().unwrap();
                let count: u64 = String::from_utf8(found.value.to_vec())
                    .unwrap()
                    .parse()
                    .unwrap();
                let next = (count + 1).to_string();
                match put(&store, counter.clone(), Some(found.revision), &next).await {
                    Ok(revision) => {
                        assert_eq!(revision, found.revision + 1);
                        done += 1;
                    }
                    Err(PutError::Conflict { current, .. }) => {
                        assert!(current > Some(found.revision));
                    }
                    Err(err) => panic!("{err}"),
                }
            }
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.unwrap();
    }
    let found = store.get(&counter).await.unwrap().unwrap();
    assert_eq!((found.revision, found.value), (81, bytes("80")));
}

/// [V-11] What was written is found by whoever looks after the write returned.
#[tokio::test]
async fn a_write_is_found_once_it_returned() {
    let (_folder, _journal, store) = in_memory().await;
    for number in 0..50 {
        let id = key(&format!("{number:02}"));
        put(&store, id.clone(), None, "x").await.unwrap();
        assert!(store.get(&id).await.unwrap().is_some());
        assert_eq!(store.scan("people").await.unwrap().len(), number + 1);
    }
    assert_eq!(store.scan("peopl").await.unwrap(), []);
    let other = RecordKey::new("people-x", "a").unwrap();
    put(&store, other, None, "x").await.unwrap();
    assert_eq!(store.scan("people").await.unwrap().len(), 50);
}

/// [V-11] A write whose caller goes away is finished, and the next one sees it.
#[tokio::test]
async fn a_write_goes_on_when_nobody_waits_for_it() {
    let (_folder, journal, store) = in_memory().await;
    journal.hold();
    let mut write = Box::pin(put(&store, key("jana"), None, "first"));
    let mut waiting = true;
    while waiting {
        assert!((&mut write).now_or_never().is_none());
        tokio::task::yield_now().await;
        // Held entries take their place: once this one has, the next position is the second.
        waiting = journal.held() == 0;
    }
    drop(write);
    let second = put(&store, key("jana"), None, "second");
    journal.release();
    let conflict = PutError::Conflict {
        key: key("jana"),
        current: Some(1),
    };
    assert_eq!(second.await, Err(conflict));
    assert_eq!(
        store.get(&key("jana")).await.unwrap().unwrap().value,
        bytes("first")
    );
}

/// [V-10] A write that is not journalled changes nothing.
#[tokio::test]
async fn a_write_that_is_not_journalled_changes_nothing() {
    let (_folder, journal, store) = in_memory().await;
    put(&store, key("jana"), None, "a").await.unwrap();
    journal.fail(ReadOnly::NoSpace);
    let refused = put(&store, key("jana"), Some(1), "b").await;
    assert!(
        matches!(refused, Err(PutError::Journal { .. })),
        "{refused:?}"
    );
    assert_eq!(
        store.get(&key("jana")).await.unwrap().unwrap().value,
        bytes("a")
    );
}
