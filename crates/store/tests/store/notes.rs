//! Notes: kept over a restart, lost with the view, no part of anything else.

use denkraum_store::RecordKey;

use crate::support::{Running, bytes, folder, key, seen};

#[tokio::test]
async fn a_note_stays_over_a_restart_and_goes_with_the_view() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let before = seen(&running.store).await;
    for text in ["a", "b"] {
        running
            .store
            .put_note(&key("jana"), bytes(text))
            .await
            .unwrap();
    }
    let other = RecordKey::new("people-x", "jana").unwrap();
    running.store.put_note(&other, bytes("c")).await.unwrap();
    let kept = [("jana".to_owned(), bytes("b"))];
    assert_eq!(running.store.notes("people").await.unwrap(), kept);
    assert_eq!(seen(&running.store).await, before, "nothing else shows it");
    running.close().await;

    let running = Running::open(folder.path()).await;
    assert_eq!(running.store.notes("people").await.unwrap(), kept);
    running.close().await;

    std::fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    assert_eq!(running.store.notes("people").await.unwrap(), []);
    running.close().await;
}
