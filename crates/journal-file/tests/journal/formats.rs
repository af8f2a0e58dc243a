//! Journals that earlier versions of the program wrote.

use std::path::{Path, PathBuf};

use denkraum_journal::contract::{snapshot, update};
use denkraum_journal::{Entry, Journal, JournalId, Position};
use denkraum_journal_file::{FileJournal, OpenError, Options};

use crate::support::read_all;

fn kept(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(format)
}

/// What the kept journals hold.
fn entries() -> Vec<Entry> {
    vec![
        update(1, "Grüße"),
        update(2, ""),
        snapshot(1, Position::new(1)),
        update(1, "später"),
    ]
}

fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// [F-21] A journal that an earlier version wrote is opened, read, and goes on.
#[tokio::test]
async fn a_journal_of_every_earlier_format_is_opened() {
    for format in ["format-1"] {
        let folder = tempfile::tempdir().unwrap();
        copy(&kept(format), folder.path());
        for _ in 0..2 {
            let (journal, opened) =
                FileJournal::open(folder.path(), JournalId::from_u128(9)).unwrap();
            assert!(!opened.created && opened.damage.is_empty());
            assert_eq!(journal.id(), JournalId::from_u128(77));
            journal.append(update(3, "neu")).await.unwrap();
            let held = read_all(&journal).await;
            let found = held.entries.into_iter().map(|(_, entry)| entry);
            let found: Vec<_> = found.take(4).collect();
            assert_eq!((found, held.damage), (entries(), Vec::new()), "{format}");
        }
    }
}

/// [F-21] A journal of a later format is refused, with what to do, and not touched.
#[tokio::test]
async fn a_journal_of_a_later_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    copy(&kept("format-1"), folder.path());
    let manifest = folder.path().join("manifest");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let (copy, _) = text.split_at(text.len() / 2);
    let (lines, _) = copy.rsplit_once("check ").unwrap();
    let lines = lines.replace("denkraum-journal 1", "denkraum-journal 2");
    let check = crc32c::crc32c(lines.as_bytes());
    let later = format!("{lines}check {check:08x}\n").repeat(2);
    std::fs::write(&manifest, &later).unwrap();
    let opened = FileJournal::open(folder.path(), JournalId::from_u128(9));
    let Err(err @ OpenError::NewerFormat { found: 2, .. }) = opened.map(|_| ()) else {
        panic!("a later format was not noticed");
    };
    assert!(err.to_string().contains("use that one"), "{err}");
    assert_eq!(std::fs::read_to_string(&manifest).unwrap(), later);
}

/// Writes the journal of the current format, once, when it gets a number.
#[tokio::test]
#[ignore = "writes a file that is kept in the repository"]
async fn keep_a_journal_of_this_format() {
    let folder = kept("format-1");
    assert!(!folder.exists(), "it is kept already");
    let options = Options {
        allocate_bytes: 1,
        ..Options::default()
    };
    let (journal, _) = FileJournal::open_with(
        std::sync::Arc::new(denkraum_journal_file::SystemDisk),
        &folder,
        JournalId::from_u128(77),
        options,
    )
    .unwrap();
    for entry in entries() {
        journal.append(entry).await.unwrap();
    }
    journal.close().await;
    std::fs::remove_file(folder.join("lock")).unwrap();
}
