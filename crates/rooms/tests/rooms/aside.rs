//! Pages that keep the engine busy.

use std::time::Duration;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use denkraum_journal::JournalId;
use denkraum_rooms::{EditError, JoinError, ReadError, Trial};
use denkraum_store::PageUpdate;
use denkraum_sync::{close, update_frame};

use crate::bench::{Bench, PAGE, config, may_edit, typed};

/// Enough for seconds.
const LETTERS: usize = 4_000;
const OTHER: PageId = PageId::from_u128(78);

fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
}

/// A title of `length` letters, by client 9.
fn long_title(length: usize) -> Bytes {
    let mut bytes = b"\x01\x01\x09\x00\x04\x01\x05title".to_vec();
    number(&mut bytes, length);
    bytes.extend(std::iter::repeat_n(b'a', length));
    bytes.push(0);
    bytes.into()
}

/// Letters of client 10, each after another letter of that title, all before its last: yrs walks over
/// all of them for each. The gate refuses it, so it comes from a journal of before that rule.
fn tangle(length: usize) -> Bytes {
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
    bytes.into()
}

/// Letters of client 5, one struct each, as the gate lets them in.
fn long_chain(length: usize) -> Bytes {
    let mut bytes = vec![1];
    number(&mut bytes, length);
    bytes.extend([5, 0]);
    bytes.extend(b"\x07\x01\x04body\x03\x09paragraph\x07\x00\x05\x00\x06");
    bytes.extend(b"\x04\x00\x05\x01\x01a");
    for clock in 2..length - 1 {
        bytes.extend([0x84, 5]);
        number(&mut bytes, clock);
        bytes.extend(b"\x01a");
    }
    bytes.push(0);
    bytes.into()
}

async fn store(bench: &Bench, update: Bytes, client: u64) {
    let stored = bench.store.append_update(PageUpdate {
        page: PAGE,
        at: Timestamp::from_millis(1),
        by: Some(PersonId::from_u128(1)),
        connection: 1,
        clients: vec![client],
        update,
    });
    stored.await.unwrap();
}

/// [S-39]
#[tokio::test]
async fn a_page_that_cannot_be_loaded_in_time_is_set_aside_and_stays_so() {
    let mut config = config();
    config.apply_within = Duration::from_millis(100);
    let bench = Bench::new(config).await;
    store(&bench, long_title(LETTERS + 1), 9).await;
    store(&bench, tangle(LETTERS), 10).await;
    let mut other = bench.join_page(OTHER, 2).unwrap();
    other.sync().await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    other.write(6, 0, "undisturbed").await;
    other.saved(2).await;
    assert_eq!(one.closed().await, close::SET_ASIDE);
    assert_eq!(two.closed().await, close::SET_ASIDE);
    is_set_aside(&bench).await;
    other.write(6, 11, "still").await;
    other.saved(3).await;
    // After a restart, too.
    let journal = bench.journal.clone();
    drop((one, two, other));
    bench.rooms.shutdown().await;
    bench.store.close().await;
    let bench = Bench::on(journal, config).await;
    let marks = tempfile::tempdir().unwrap();
    bench.rooms.recall(marks.path(), None).await.unwrap();
    is_set_aside(&bench).await;
    assert!(bench.join_page(OTHER, 2).is_ok());
}

async fn is_set_aside(bench: &Bench) {
    let refused = bench.join_page(PAGE, 1).map(|client| client.id);
    assert_eq!(refused, Err(JoinError::SetAside(PAGE)));
    let read = bench.rooms.read(PAGE).await;
    assert!(matches!(read, Err(ReadError::SetAside(PAGE))), "{read:?}");
    let update = Bytes::from(typed(7, 0, "a"));
    let edited = bench.rooms.edit(&may_edit(1), update).await;
    assert!(
        matches!(edited, Err(EditError::SetAside(PAGE))),
        "{edited:?}"
    );
}

/// [S-39]
#[tokio::test]
async fn so_is_one_that_is_only_read() {
    let mut config = config();
    config.apply_within = Duration::from_millis(100);
    let bench = Bench::new(config).await;
    store(&bench, long_title(LETTERS + 1), 9).await;
    store(&bench, tangle(LETTERS), 10).await;
    let read = bench.rooms.read(PAGE).await;
    assert!(matches!(read, Err(ReadError::SetAside(PAGE))), "{read:?}");
    is_set_aside(&bench).await;
}

/// [S-39]
#[tokio::test]
async fn so_is_one_whose_durable_update_takes_too_long() {
    let mut config = config();
    config.apply_within = Duration::from_nanos(1);
    let bench = Bench::new(config).await;
    let mut one = bench.join(1);
    one.sync().await;
    one.write(6, 0, "short").await;
    one.saved(2).await;
    one.send(update_frame(&long_chain(20_000))).await;
    assert_eq!(one.closed().await, close::SET_ASIDE);
    is_set_aside(&bench).await;
}

/// [S-39]
#[tokio::test]
async fn what_is_only_large_is_not() {
    let bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    one.send(update_frame(&long_chain(20_000))).await;
    one.saved(2).await;
    drop(one);
    bench.all_closed().await;
    assert!(bench.rooms.read(PAGE).await.unwrap().len() > 20_000);
    let mut again = bench.join(1);
    assert!(again.sync().await.len() > 20_000);
}

/// [S-39]
#[tokio::test]
async fn other_work_with_a_page_is_watched_too() {
    let mut config = config();
    config.apply_within = Duration::from_millis(20);
    let bench = Bench::on(
        denkraum_journal::MemoryJournal::new(JournalId::from_u128(1)),
        config,
    )
    .await;
    let mut one = bench.join(1);
    one.sync().await;
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let busy = move || {
        use std::sync::mpsc::TryRecvError::Empty;
        while stopped.try_recv() == Err(Empty) {}
    };
    let outcome = bench.rooms.attempt(PAGE, 5_000, busy).await;
    assert!(matches!(outcome, Err(ReadError::SetAside(PAGE))));
    drop(stop);
    assert_eq!(one.closed().await, close::SET_ASIDE);
    is_set_aside(&bench).await;
}

/// [S-41]
#[tokio::test]
async fn a_page_that_two_processes_ended_with_is_set_aside_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let marks = folder.path().join("pages");
    let is_marked = || !std::fs::read_to_string(&marks).unwrap().trim().is_empty();
    for (endings, is_aside) in [(0, false), (1, true)] {
        std::fs::write(&marks, format!("{PAGE} {endings}\n")).unwrap();
        let bench = Bench::new(config()).await;
        bench.rooms.recall(folder.path(), None).await.unwrap();
        assert!(!is_marked());
        if is_aside {
            is_set_aside(&bench).await;
        } else {
            let mut one = bench.join(1);
            one.sync().await;
            one.send(update_frame(&long_chain(20_000))).await;
            one.saved(2).await;
            assert!(!is_marked(), "it was applied");
        }
        // Two at once would write one file.
        bench.rooms.shutdown().await;
    }
}

/// Answers for a page as this shell does.
fn shell(answer: &str) -> Trial {
    Trial {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), answer.into()],
        time: Duration::from_secs(30),
    }
}

/// [S-41]
#[tokio::test]
async fn a_page_that_one_process_ended_with_is_tried_in_another() {
    let folder = tempfile::tempdir().unwrap();
    let marks = folder.path().join("pages");
    for (answer, is_aside) in [
        ("printf +; cat", false),
        ("printf -; cat", true),
        ("kill -ABRT $$", true),
    ] {
        std::fs::write(&marks, format!("{PAGE} 0\n")).unwrap();
        let bench = Bench::new(config()).await;
        store(&bench, long_title(10), 9).await;
        let recalled = bench.rooms.recall(folder.path(), Some(shell(answer))).await;
        recalled.unwrap();
        if is_aside {
            is_set_aside(&bench).await;
        } else {
            assert!(bench.join_page(PAGE, 1).is_ok(), "{answer}");
        }
        bench.rooms.shutdown().await;
    }
}

/// [S-41] It is not the page's doing.
#[tokio::test]
async fn a_page_that_cannot_be_tried_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pages"), format!("{PAGE} 0\n")).unwrap();
    let bench = Bench::new(config()).await;
    store(&bench, long_title(10), 9).await;
    let nothing = Trial {
        program: "/nowhere".into(),
        arguments: Vec::new(),
        time: Duration::from_secs(30),
    };
    bench
        .rooms
        .recall(folder.path(), Some(nothing))
        .await
        .unwrap();
    assert!(bench.join_page(PAGE, 1).is_ok());
    bench.rooms.shutdown().await;
}
