//! The view is made again from the journal whenever it is of no use.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::support::{
    Running, Seen, bytes, copy, fill, folder, key, page, seen, update, view_files,
};
use denkraum_journal::{Journal, JournalId, MemoryJournal};
use denkraum_journal_file::FileJournal;
use denkraum_store::{ReadError, Store, Subject, ViewHealth};

async fn filled(folder: &Path) -> Seen {
    let running = Running::open(folder).await;
    fill(&running.store).await;
    let seen = seen(&running.store).await;
    running.close().await;
    seen
}

async fn seen_in(folder: &Path) -> Seen {
    let running = Running::open(folder).await;
    let seen = seen(&running.store).await;
    running.close().await;
    seen
}

/// [V-1] Closed and opened again, everything is as it was, from the view as from the journal.
#[tokio::test]
async fn a_view_made_from_the_journal_equals_the_one_before() {
    let folder = folder();
    let before = filled(folder.path()).await;
    assert_eq!(before.heads.len(), 19);
    assert_eq!(seen_in(folder.path()).await, before);
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    assert_eq!(seen_in(folder.path()).await, before);
}

type Harm = fn(&mut Vec<u8>);

/// [V-2, V-3] Whatever file of the view is lost, cut or overwritten, nothing is lost or changed.
#[tokio::test]
async fn a_damaged_view_is_noticed_and_made_again() {
    let whole = folder();
    let before = filled(whole.path()).await;
    let files = view_files(whole.path());
    assert!(!files.is_empty());
    let harms: [Harm; 5] = [
        |bytes| bytes.clear(),
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| bytes.truncate(bytes.len().saturating_sub(65_536)),
        |bytes| {
            let length = bytes.len();
            bytes
                .iter_mut()
                .skip(length / 3)
                .take(4096)
                .for_each(|byte| *byte = 0);
        },
        |bytes| bytes.iter_mut().step_by(997).for_each(|byte| *byte ^= 1),
    ];
    let mut made_again = 0;
    for file in &files {
        let name = file.strip_prefix(whole.path()).unwrap();
        for (number, harm) in harms.iter().enumerate() {
            let damaged = folder();
            copy(whole.path(), damaged.path());
            let file = damaged.path().join(name);
            let mut content = fs::read(&file).unwrap();
            harm(&mut content);
            fs::write(&file, content).unwrap();
            assert_eq!(
                seen_in(damaged.path()).await,
                before,
                "{} {number}",
                name.display()
            );
            made_again += usize::from(damaged.path().join("view-broken-1").exists());
        }
        let damaged = folder();
        copy(whole.path(), damaged.path());
        fs::remove_file(damaged.path().join(name)).unwrap();
        assert_eq!(
            seen_in(damaged.path()).await,
            before,
            "{} removed",
            name.display()
        );
    }
    assert!(
        made_again >= 3,
        "{made_again} of {} harms were noticed",
        files.len() * harms.len()
    );
}

/// [V-2] Single flipped bits, at seeded places all over the view's largest file.
#[tokio::test]
async fn flipped_bits_never_change_what_is_found() {
    let whole = folder();
    let before = filled(whole.path()).await;
    let largest = |file: &std::path::PathBuf| fs::metadata(file).unwrap().len();
    let file = view_files(whole.path())
        .into_iter()
        .max_by_key(largest)
        .unwrap();
    let name = file.strip_prefix(whole.path()).unwrap();
    let mut seed: u64 = 7;
    for _ in 0..20 {
        let damaged = folder();
        copy(whole.path(), damaged.path());
        let file = damaged.path().join(name);
        let mut content = fs::read(&file).unwrap();
        for _ in 0..4 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).unwrap() % content.len();
            content[at] ^= 1 << (seed % 8);
        }
        fs::write(&file, content).unwrap();
        assert_eq!(seen_in(damaged.path()).await, before);
    }
}

/// [V-2] A view of another journal is not used, and what was in it is not shown.
#[tokio::test]
async fn a_view_of_another_journal_is_not_used() {
    let folder = folder();
    let view = folder.path().join("view");
    for id in [1, 2] {
        let journal = MemoryJournal::new(JournalId::from_u128(id));
        let store = Store::open(Arc::new(journal), &view).await.unwrap();
        assert_eq!(store.page_heads().await.unwrap(), []);
        store.append_update(update(id, "text")).await.unwrap();
        assert_eq!(store.page_heads().await.unwrap().len(), 1);
        store.close().await;
    }
    assert!(folder.path().join("view-broken-1").exists());
}

/// [V-2] A view that knows more than the journal, as after restoring an older journal, is not used.
#[tokio::test]
async fn a_view_ahead_of_its_journal_is_not_used() {
    let folder = folder();
    let view = folder.path().join("view");
    let journal = MemoryJournal::new(JournalId::from_u128(1));
    let store = Store::open(Arc::new(journal.clone()), &view).await.unwrap();
    store.append_update(update(1, "in both")).await.unwrap();
    let older = journal.reopened();
    store.append_update(update(1, "lost")).await.unwrap();
    store.close().await;
    let store = Store::open(Arc::new(older), &view).await.unwrap();
    let found = store.load_page(page(1)).await.unwrap().unwrap();
    assert_eq!(found.updates, [bytes("in both")]);
}

/// [V-1] Killed at any time, a copy of the data folder holds everything confirmed before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_data_folder_left_by_a_killed_server_holds_all_that_was_confirmed() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let mut confirmed = Vec::new();
    for round in 0..6 {
        for number in 0..40 {
            let text = format!("{round}-{number}");
            running.store.append_update(update(1, &text)).await.unwrap();
            confirmed.push(bytes(text));
        }
        running
            .store
            .put(
                key(&round.to_string()),
                None,
                1,
                bytes("x"),
                None,
                crate::support::at(1),
            )
            .await
            .unwrap();
        let killed = crate::support::folder();
        copy(folder.path(), killed.path());
        let after = Running::open(killed.path()).await;
        let found = after.store.load_page(page(1)).await.unwrap().unwrap();
        assert_eq!(found.updates, confirmed, "round {round}");
        assert_eq!(after.store.scan("people").await.unwrap().len(), round + 1);
        after.close().await;
    }
    running.close().await;
}

/// [V-13] A page with a damaged entry is set aside and named; everything else goes on, and a
/// snapshot that covers the damage mends it.
#[tokio::test]
async fn a_damaged_page_is_set_aside_until_it_is_mended() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    running.store.append_update(update(1, "one")).await.unwrap();
    running
        .store
        .append_update(update(2, "to be damaged"))
        .await
        .unwrap();
    running
        .store
        .append_update(update(3, "three"))
        .await
        .unwrap();
    running
        .store
        .append_update(update(2, "intact"))
        .await
        .unwrap();
    running.close().await;
    let journal = folder.path().join("journal/increment-0000000001.dkj");
    let mut content = fs::read(&journal).unwrap();
    let at = content
        .windows(6)
        .position(|part| part == b"damage")
        .unwrap();
    content[at] ^= 1;
    fs::write(&journal, content).unwrap();
    fs::remove_dir_all(folder.path().join("view")).unwrap();

    for _ in 0..2 {
        let running = Running::open(folder.path()).await;
        let subject = Subject::Page(page(2));
        let expected = Err(ReadError::Damaged { subject });
        assert_eq!(running.store.load_page(page(2)).await, expected);
        for intact in [1, 3] {
            assert!(
                running
                    .store
                    .load_page(page(intact))
                    .await
                    .unwrap()
                    .is_some()
            );
        }
        assert_eq!(running.store.status().view, ViewHealth::Serving);
        running.close().await;
    }
    let running = Running::open(folder.path()).await;
    let upto = running.journal.durable();
    let mended = bytes("to be damaged, intact");
    running
        .store
        .compact_page(page(2), upto, Vec::new(), mended, crate::support::at(1))
        .await
        .unwrap();
    assert!(running.store.load_page(page(2)).await.unwrap().is_some());
    running.close().await;
}

/// [V-13] A record whose last entry is damaged is not found with the value it had before, neither by
/// itself nor in a list.
#[tokio::test]
async fn a_damaged_record_is_not_found_as_it_was_before() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let put = async |store: &Store, id: &str, revision, text: &str| {
        let put = store.put(
            key(id),
            revision,
            1,
            bytes(text),
            None,
            crate::support::at(1),
        );
        put.await
    };
    put(&running.store, "jana", None, "before").await.unwrap();
    put(&running.store, "jana", Some(1), "damaged")
        .await
        .unwrap();
    put(&running.store, "mehmet", None, "intact").await.unwrap();
    running.close().await;
    let journal = folder.path().join("journal/increment-0000000001.dkj");
    let mut content = fs::read(&journal).unwrap();
    let at = content.windows(7).position(|part| part == b"damaged");
    content[at.unwrap()] ^= 1;
    fs::write(&journal, content).unwrap();
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    let subject = Subject::Record(key("jana"));
    let expected = Err(ReadError::Damaged { subject });
    assert_eq!(running.store.get(&key("jana")).await, expected);
    let listed = running.store.scan("people").await.unwrap();
    let aside = running.store.set_aside().await.unwrap();
    assert_eq!(aside, [Subject::Record(key("jana"))]);
    let listed: Vec<_> = listed.iter().map(|(key, _)| key.id()).collect();
    assert_eq!(listed, ["mehmet"]);
    running.close().await;
}

/// [V-15] Where no files can be kept, look-ups are answered from memory; as soon as there is room, the
/// view is kept on the disk again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_room_the_view_is_kept_in_memory() {
    let folder = folder();
    let before = filled(folder.path()).await;
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    // A file where the folder for the view should be: nothing can be written beside it.
    let place = folder.path().join("place");
    fs::write(&place, "").unwrap();
    let (journal, _) =
        FileJournal::open(&folder.path().join("journal"), JournalId::from_u128(5)).unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let store = Store::open(Arc::clone(&journal), &place.join("view"))
        .await
        .unwrap();
    assert_eq!(seen(&store).await, before);
    store.append_update(update(1, "more")).await.unwrap();
    let more = seen(&store).await;
    assert_ne!(more, before);
    assert_eq!(fs::metadata(&place).unwrap().len(), 0);
    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    let kept = async {
        while !place.join("view").exists() {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(10);
    tokio::time::timeout(patience, kept).await.unwrap();
    assert_eq!(seen(&store).await, more);
    store.close().await;
    journal.close().await;
}
