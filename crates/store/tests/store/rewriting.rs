//! Rewriting: the journal lets go of what was replaced, and nothing that can be seen changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::support::{
    JANA, MEHMET, Running, at, bytes, copy, fill, folder, key, page, seen, update,
};
use denkraum_journal::{Body, Entry, Journal, JournalId, Position};
use denkraum_journal_file::{FileJournal, Options, SystemDisk};
use denkraum_store::{PageUpdate, RewriteError, Store, Subject};
use futures_util::StreamExt;

fn journal_files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder.join("journal")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "dkj"));
    files.sort();
    files
}

/// Whether some bytes stand in a file of the journal.
fn stands_in_journal(folder: &Path, wanted: &str) -> bool {
    journal_files(folder).into_iter().any(|path| {
        // A file that was replaced since the folder was listed holds nothing any more.
        let content = fs::read(path).unwrap_or_default();
        content
            .windows(wanted.len())
            .any(|part| part == wanted.as_bytes())
    })
}

async fn entries(running: &Running) -> Vec<(Position, Entry)> {
    let last = running.journal.durable();
    let mut tail = running.journal.tail(Position::START);
    let mut entries = Vec::new();
    while entries.last().is_none_or(|(position, _)| *position < last) {
        entries.push(tail.next().await.unwrap().unwrap());
    }
    entries
}

/// [V-14] After a rewrite everything is seen as before, from the view at hand, from a copy of the
/// folder as a killed server leaves it, and from a view made anew; twice.
#[tokio::test]
async fn a_rewrite_changes_nothing_that_can_be_seen() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    fill(&running.store).await;
    for round in 0..2 {
        let before = seen(&running.store).await;
        let rewritten = running.store.rewrite().await.unwrap();
        assert!(rewritten.after < rewritten.before, "{rewritten:?}");
        assert_eq!(seen(&running.store).await, before, "{round}");
        for with_view in [true, false] {
            let left = crate::support::folder();
            copy(folder.path(), left.path());
            if !with_view {
                fs::remove_dir_all(left.path().join("view")).unwrap();
            }
            let after = Running::open(left.path()).await;
            assert_eq!(seen(&after.store).await, before, "{round} {with_view}");
            after.close().await;
        }
        let upto = running
            .store
            .append_update(update(1, "x".repeat(2000)))
            .await
            .unwrap();
        running
            .store
            .compact_page(page(1), upto, Vec::new(), bytes("short"), at(9))
            .await
            .unwrap();
    }
    running.close().await;
}

/// [V-14] What was replaced or deleted is gone from the files; tombstones and the revisions of
/// deleted records are not.
#[tokio::test]
async fn what_was_replaced_is_gone_from_the_files() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let store = &running.store;
    store
        .append_update(update(1, "replaced-text"))
        .await
        .unwrap();
    let upto = store.append_update(update(1, "also")).await.unwrap();
    store
        .compact_page(page(1), upto, Vec::new(), bytes("kept-snapshot"), at(1))
        .await
        .unwrap();
    store.append_update(update(1, "kept-update")).await.unwrap();
    let put = async |expected, text: &str| {
        let put = store.put(key("jana"), expected, 1, bytes(text), None, at(1));
        put.await.unwrap()
    };
    put(None, "replaced-value").await;
    put(Some(1), "deleted-value").await;
    store.delete(key("jana"), 2, None, at(1)).await.unwrap();
    assert!(stands_in_journal(folder.path(), "replaced-text"));
    store.rewrite().await.unwrap();
    for gone in ["replaced-text", "replaced-value", "deleted-value"] {
        assert!(!stands_in_journal(folder.path(), gone), "{gone}");
    }
    for kept in ["kept-snapshot", "kept-update"] {
        assert!(stands_in_journal(folder.path(), kept), "{kept}");
    }
    running.close().await;
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    let again = running
        .store
        .put(key("jana"), None, 1, bytes("new"), None, at(1));
    assert_eq!(again.await, Ok(4), "the deletion's revision is remembered");
    running.close().await;
}

/// [V-14] A deleted page is gone from the journal's files without anybody asking for a rewrite.
#[tokio::test]
async fn a_deleted_page_is_gone_from_the_files_by_itself() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let store = &running.store;
    store
        .append_update(update(1, "to be erased"))
        .await
        .unwrap();
    store.append_update(update(2, "to be kept")).await.unwrap();
    store.delete_page(page(1), Some(JANA), at(2)).await.unwrap();
    let gone = async {
        while stands_in_journal(folder.path(), "to be erased") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), gone)
        .await
        .unwrap();
    assert!(stands_in_journal(folder.path(), "to be kept"));
    running.close().await;
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    let refused = running.store.append_update(update(1, "again")).await;
    assert!(refused.is_err(), "the tombstone is kept");
    running.close().await;
}

/// [V-4, V-14] Whoever brought a client id first keeps it, also when the update that brought it is
/// gone and a later one of somebody else names it too.
#[tokio::test]
async fn owners_outlive_the_updates_that_named_them() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let store = &running.store;
    let upto = store.append_update(update(1, "a")).await.unwrap();
    let theirs = PageUpdate {
        by: Some(MEHMET),
        clients: vec![11, 12],
        ..update(1, "b")
    };
    store.append_update(theirs).await.unwrap();
    store
        .compact_page(page(1), upto, Vec::new(), bytes("a"), at(1))
        .await
        .unwrap();
    store.rewrite().await.unwrap();
    running.close().await;
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    let found = running.store.load_page(page(1)).await.unwrap().unwrap();
    assert_eq!(found.owners, [(11, JANA), (12, MEHMET)]);
    assert_eq!(found.updates, [bytes("b")]);
    running.close().await;
}

/// [V-14] References to stored files stay with their page, and go with it.
#[tokio::test]
async fn references_to_stored_files_are_kept() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    let reference = |of, blob| Entry {
        body: Body::BlobReference {
            blob: [blob; 32],
            bytes: 5,
        },
        ..denkraum_journal::contract::update(of, "")
    };
    for of in [1, 2] {
        running
            .store
            .append_update(update(of, "text"))
            .await
            .unwrap();
        for blob in [7, 8, 7] {
            running.journal.append(reference(of, blob)).await.unwrap();
        }
    }
    running
        .store
        .delete_page(page(2), None, at(1))
        .await
        .unwrap();
    let before = seen(&running.store).await;
    running.store.rewrite().await.unwrap();
    let found = entries(&running).await.into_iter();
    let references: Vec<_> = found
        .filter(|(_, entry)| matches!(entry.body, Body::BlobReference { .. }))
        .collect();
    let expected = [
        (Position::new(3), reference(1, 8)),
        (Position::new(4), reference(1, 7)),
    ];
    assert_eq!(references, expected);
    assert_eq!(seen(&running.store).await, before);
    running.close().await;
}

/// [V-13, V-14] While something is set aside nothing is let go; once it is mended, everything is.
#[tokio::test]
async fn nothing_is_let_go_while_something_is_set_aside() {
    let folder = folder();
    let running = Running::open(folder.path()).await;
    running
        .store
        .append_update(update(2, "to be damaged"))
        .await
        .unwrap();
    running
        .store
        .append_update(update(2, "intact"))
        .await
        .unwrap();
    running.close().await;
    let file = journal_files(folder.path()).remove(0);
    let mut content = fs::read(&file).unwrap();
    let text = content.windows(6).position(|part| part == b"damage");
    content[text.unwrap()] ^= 1;
    fs::write(&file, content).unwrap();
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    let subject = Subject::Page(page(2));
    let refused = running.store.rewrite().await;
    assert_eq!(refused, Err(RewriteError::SetAside { subject }));
    assert!(file.exists());
    let upto = running.journal.durable();
    let mended = bytes("mended");
    running
        .store
        .compact_page(page(2), upto, Vec::new(), mended, at(1))
        .await
        .unwrap();
    running.store.rewrite().await.unwrap();
    assert!(!file.exists());
    let found = running.store.load_page(page(2)).await.unwrap().unwrap();
    assert_eq!(found.snapshot, Some(bytes("mended")));
    running.close().await;
}

/// [V-9, V-14] Rewrites beside writers, compactions and deletions: no update is lost, and a view
/// made anew from what is left equals the one at hand. The journal is rewritten by itself too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rewrites_beside_writers_lose_nothing() {
    let folder = folder();
    let options = Options {
        increment_bytes: 20_000,
        allocate_bytes: 4096,
        rewrite_bytes: 30_000,
        ..Options::default()
    };
    let (journal, _) = FileJournal::open_with(
        Arc::new(SystemDisk),
        &folder.path().join("journal"),
        JournalId::from_u128(5),
        options,
    )
    .unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let store = Store::open(Arc::clone(&journal), &folder.path().join("view"))
        .await
        .unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for of in 0..3 {
        let store = store.clone();
        writers.spawn(async move {
            for number in 0..400 {
                let text = format!("{number},");
                store.append_update(update(of, text)).await.unwrap();
                if number % 50 == 49 {
                    let found = store.load_page(page(of)).await.unwrap().unwrap();
                    let parts = found.snapshot.iter().chain(&found.updates);
                    let whole = parts.flatten().copied().collect::<Vec<_>>();
                    let compact =
                        store.compact_page(page(of), found.upto, Vec::new(), whole.into(), at(1));
                    compact.await.unwrap();
                    let id = key(&of.to_string());
                    let revision = number / 50;
                    let expected = (revision > 0).then_some(revision);
                    let value = bytes("x".repeat(500));
                    store
                        .put(id, expected, 1, value, None, at(1))
                        .await
                        .unwrap();
                }
            }
        });
    }
    while let Some(writer) = writers.join_next().await {
        writer.unwrap();
    }
    let names = journal_files(folder.path());
    let rewritten = |path: &PathBuf| {
        path.file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("base")
    };
    assert!(names.iter().any(rewritten), "{names:?}");
    store.rewrite().await.unwrap();
    let numbers: Vec<_> = (0..400).map(|number| number.to_string()).collect();
    for of in 0..3 {
        let found = store.load_page(page(of)).await.unwrap().unwrap();
        let parts = found.snapshot.iter().chain(&found.updates);
        let whole = parts.flatten().copied().collect::<Vec<_>>();
        assert_eq!(
            String::from_utf8(whole).unwrap(),
            numbers.join(",") + ",",
            "page {of}"
        );
    }
    let before = seen(&store).await;
    store.close().await;
    journal.close().await;
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let running = Running::open(folder.path()).await;
    assert_eq!(seen(&running.store).await, before);
    running.close().await;
}
