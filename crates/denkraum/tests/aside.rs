//! Pages that the engine fails with, as `denkraum check` sees them.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::{PageUpdate, RecordKey, Store};

const BUSY: PageId = PageId::from_u128(77);
const MARKED: PageId = PageId::from_u128(78);
/// So many letters, each after another one, all before the last: yrs takes minutes.
const LETTERS: usize = 10_000;

fn check(data: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    command.env_clear().arg("check").arg("--data-dir").arg(data);
    command.args(options).stdin(Stdio::null());
    command.output().unwrap()
}

fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
}

fn title(length: usize) -> Vec<u8> {
    let mut bytes = b"\x01\x01\x09\x00\x04\x01\x05title".to_vec();
    number(&mut bytes, length);
    bytes.extend(std::iter::repeat_n(b'a', length));
    bytes.push(0);
    bytes
}

fn tangle(length: usize) -> Vec<u8> {
    let mut bytes = vec![1];
    number(&mut bytes, length);
    bytes.extend([10, 0]);
    for clock in (0..length).rev() {
        bytes.extend([0xc4, 9]);
        number(&mut bytes, clock);
        bytes.push(9);
        number(&mut bytes, length);
        bytes.extend(b"\x01x");
    }
    bytes.push(0);
    bytes
}

/// A page that no server could open, and one that a server set aside though it opens.
async fn fill(data: &Path) {
    let (journal, _) = FileJournal::open(&data.join("journal"), JournalId::from_u128(1)).unwrap();
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let view = data.join("view");
    let store = Store::open(Arc::clone(&journal), &view);
    let store = store.await.unwrap();
    for (page, client, update) in [
        (BUSY, 9, title(LETTERS + 1)),
        (BUSY, 10, tangle(LETTERS)),
        (MARKED, 9, title(10)),
    ] {
        let stored = store.append_update(PageUpdate {
            page,
            at: Timestamp::from_millis(1),
            by: Some(PersonId::from_u128(1)),
            connection: 1,
            clients: vec![client],
            update: update.into(),
        });
        stored.await.unwrap();
    }
    let key = RecordKey::new("set-aside", MARKED.to_string()).unwrap();
    let at = Timestamp::from_millis(2);
    let put = store.put(key, None, 1, "3".into(), None, at);
    put.await.unwrap();
    store.close().await;
    journal.close().await;
}

/// [S-39]
#[tokio::test]
async fn a_check_names_pages_that_cannot_be_opened_and_takes_back_those_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    fill(data).await;
    let busy = format!("cannot be opened: page {BUSY}\n");
    let marked = format!("set aside: page {MARKED} as it was at position 3; it opens now");
    for (options, taken_back) in [(&[][..], false), (&["--release"][..], true)] {
        let checked = check(data, options);
        let said = String::from_utf8(checked.stdout).unwrap();
        assert_eq!(checked.status.code(), Some(1), "{said}");
        assert!(said.contains(&busy), "{said}");
        assert!(said.contains(&marked), "{said}");
        assert_eq!(said.contains("was taken back"), taken_back, "{said}");
    }
    let checked = check(data, &[]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(said.contains(&busy), "{said}");
    assert!(!said.contains("set aside: page"), "{said}");
    assert!(said.contains("pages: 1 are intact; set aside: 1"), "{said}");
}
