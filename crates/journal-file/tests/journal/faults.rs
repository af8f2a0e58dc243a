//! Disks that refuse: full, failing, in use.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use denkraum_journal::contract::update;
use denkraum_journal::{AppendError, Health, Journal, JournalId, ReadOnly};
use denkraum_journal_file::{FileJournal, Options};
use futures_util::StreamExt as _;

use crate::support::{Plan, PowerCut, SimDisk, held_by, open, read_all, small, usual};

fn plan(plan: Plan) -> SimDisk {
    let disk = SimDisk::default();
    disk.plan(plan);
    disk
}

/// [F-12] A write that fails before its sync is taken back, whole: the entry is not there, the
/// journal goes on, and what comes later stands right behind what came before.
#[tokio::test]
async fn a_failed_write_is_taken_back() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    journal.append(update(1, "before")).await.unwrap();
    disk.plan(Plan {
        write: Some(0),
        ..Plan::default()
    });
    let refused = journal.append(update(1, "refused")).await;
    assert!(
        matches!(refused, Err(AppendError::Write { .. })),
        "{refused:?}"
    );
    assert_eq!(journal.health(), Health::Writable);
    journal.append(update(1, "after")).await.unwrap();
    journal.close().await;
    for after in [disk.after(&PowerCut::NothingUnsynced), disk.after_kill()] {
        let held = held_by(&after, usual()).await;
        assert_eq!(held.texts(), ["before", "after"]);
        assert_eq!(held.damage, []);
    }
}

/// [F-13] A failed sync is final: nothing is confirmed any more, reading goes on, and the next
/// start begins with what is really there.
#[tokio::test]
async fn a_failed_sync_is_final() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    journal.append(update(1, "before")).await.unwrap();
    disk.plan(Plan {
        sync: Some(0),
        ..Plan::default()
    });
    for text in ["lost", "refused"] {
        let refused = journal.append(update(1, text)).await;
        let failed = matches!(
            &refused,
            Err(AppendError::ReadOnly(ReadOnly::SyncFailed { .. }))
        );
        assert!(failed, "{refused:?}");
    }
    assert!(matches!(
        journal.health(),
        Health::ReadOnly {
            reason: ReadOnly::SyncFailed { .. }
        }
    ));
    assert_eq!(read_all(&journal).await.texts(), ["before"]);
    let after = disk.after(&PowerCut::NothingUnsynced);
    assert_eq!(held_by(&after, usual()).await.texts(), ["before"]);
}

/// [F-12] On a full disk entries are refused and nothing is lost; with space again the journal takes
/// entries by itself.
#[tokio::test]
async fn a_full_disk_refuses_and_recovers_by_itself() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, small()).unwrap();
    disk.plan(Plan {
        space: Some(4000),
        ..Plan::default()
    });
    let mut confirmed = Vec::new();
    let refused = loop {
        let text = confirmed.len().to_string();
        match journal.append(update(1, &text)).await {
            Ok(_) => confirmed.push(text),
            Err(err) => break err,
        }
    };
    assert_eq!(refused, AppendError::ReadOnly(ReadOnly::NoSpace));
    assert_eq!(
        journal.health(),
        Health::ReadOnly {
            reason: ReadOnly::NoSpace
        }
    );
    assert!(!confirmed.is_empty());
    assert_eq!(
        held_by(&disk.after_kill(), small()).await.texts(),
        confirmed
    );
    disk.plan(Plan::default());
    while journal.health() != Health::Writable {
        tokio::task::yield_now().await;
    }
    journal.append(update(1, "again")).await.unwrap();
    confirmed.push("again".to_owned());
    assert_eq!(read_all(&journal).await.texts(), confirmed);
}

/// [F-12] A journal on a full disk can be opened and read, says at once that it takes nothing, and
/// takes entries by itself when there is space.
#[tokio::test]
async fn a_journal_on_a_full_disk_is_opened_and_read() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    journal.append(update(1, "before")).await.unwrap();
    journal.close().await;
    let disk = disk.after_kill();
    let manifest = std::path::Path::new(crate::support::FOLDER).join("manifest");
    // What is set aside for the next entries was taken by something else.
    disk.edit(&crate::support::increment(1), |bytes| {
        let used = bytes.iter().rposition(|byte| *byte != 0);
        bytes.truncate(used.unwrap() + 1);
    });
    assert!(!disk.content(&manifest).is_empty());
    disk.plan(Plan {
        space: Some(0),
        ..Plan::default()
    });
    let (journal, opened) = open(&disk, usual()).unwrap();
    assert_eq!((opened.cut, opened.damage), (None, Vec::new()));
    let reason = ReadOnly::NoSpace;
    assert_eq!(journal.health(), Health::ReadOnly { reason });
    let read = journal.tail(denkraum_journal::Position::START);
    let first = futures_util::StreamExt::next(&mut { read }).await;
    assert_eq!(first.unwrap().unwrap().1, update(1, "before"));
    let refused = journal.append(update(1, "refused")).await;
    assert_eq!(refused, Err(AppendError::ReadOnly(ReadOnly::NoSpace)));
    disk.plan(Plan::default());
    while journal.health() != Health::Writable {
        tokio::task::yield_now().await;
    }
    journal.append(update(1, "after")).await.unwrap();
    assert_eq!(read_all(&journal).await.texts(), ["before", "after"]);
}

/// By the disk's own clock: how long it takes until the journal is writable again, once there is room.
async fn until_writable(disk: &SimDisk, journal: &FileJournal) -> Duration {
    disk.plan(Plan::default());
    let before = disk.clock();
    disk.hold_pauses(false);
    let mut changes = journal.health_changes();
    while changes.next().await != Some(Health::Writable) {}
    disk.clock().saturating_sub(before)
}

/// [F-12] By the disk's own clock, with a slow disk and the usual pauses: read-only within a second of
/// the write that did not fit, writing back within ten of there being room, also when started while
/// full.
#[tokio::test]
async fn a_full_disk_is_told_within_a_second_and_left_within_ten() {
    const READ_ONLY_WITHIN: Duration = Duration::from_secs(1);
    const BACK_WITHIN: Duration = Duration::from_secs(10);
    const FULL: Health = Health::ReadOnly {
        reason: ReadOnly::NoSpace,
    };
    let options = Options {
        allocate_bytes: 512,
        ..Options::default()
    };
    let space = |bytes| Plan {
        space: Some(bytes),
        ..Plan::default()
    };
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, options).unwrap();
    let mut confirmed = Vec::new();
    for round in 1..=3 {
        disk.plan(space(4000 * round));
        disk.hold_pauses(true);
        let took = loop {
            let (text, before) = (confirmed.len().to_string(), disk.clock());
            match journal.append(update(1, &text)).await {
                Ok(_) => confirmed.push(text),
                Err(err) => {
                    assert_eq!(err, AppendError::ReadOnly(ReadOnly::NoSpace));
                    break disk.clock().saturating_sub(before);
                }
            }
        };
        assert_eq!(journal.health(), FULL);
        assert!(took <= READ_ONLY_WITHIN, "{took:?}");
        let took = until_writable(&disk, &journal).await;
        assert!(took <= BACK_WITHIN, "{took:?}");
        let text = confirmed.len().to_string();
        journal.append(update(1, &text)).await.unwrap();
        confirmed.push(text);
    }
    journal.close().await;

    let disk = disk.after_kill();
    disk.plan(space(0));
    disk.hold_pauses(true);
    let before = disk.clock();
    // What is set aside for the next entries was taken by something else.
    disk.edit(&crate::support::increment(1), |bytes| {
        let used = bytes.iter().rposition(|byte| *byte != 0);
        bytes.truncate(used.unwrap() + 1);
    });
    let (journal, _) = open(&disk, options).unwrap();
    assert_eq!(journal.health(), FULL);
    let took = disk.clock().saturating_sub(before);
    assert!(took <= READ_ONLY_WITHIN, "{took:?}");
    let took = until_writable(&disk, &journal).await;
    assert!(took <= BACK_WITHIN, "{took:?}");
    journal.append(update(1, "again")).await.unwrap();
    confirmed.push("again".to_owned());
    assert_eq!(read_all(&journal).await.texts(), confirmed);
}

/// [F-11, F-13] Every n-th call fails, for ever: nothing hangs, nothing is confirmed after a failed
/// sync, and what was confirmed is there.
#[tokio::test]
async fn calls_that_fail_again_and_again_neither_hang_nor_lose_anything() {
    for every in 2..60 {
        let disk = SimDisk::default();
        disk.plan(Plan {
            every: Some(every),
            looks: true,
            ..Plan::default()
        });
        let work = async {
            let mut confirmed = Vec::new();
            let Ok((journal, _)) = open(&disk, small()) else {
                return confirmed;
            };
            for number in 0..40 {
                let text = number.to_string();
                let before = journal.health();
                let appended = journal.append(update(1, &text)).await;
                if let Ok(position) = appended {
                    assert_eq!(before, Health::Writable, "{every}");
                    confirmed.push((position, update(1, &text)));
                }
                if number % 10 == 9
                    && let Ok(upto) = journal.seal().await
                {
                    let keep = confirmed.iter().map(|(position, _)| *position);
                    drop(journal.rewrite(upto, keep.collect()).await);
                }
            }
            journal.close().await;
            confirmed
        };
        let confirmed = tokio::time::timeout(std::time::Duration::from_secs(5), work).await;
        let confirmed = confirmed.unwrap_or_else(|_| panic!("every {every}. call: it hangs"));
        for after in [disk.after(&PowerCut::NothingUnsynced), disk.after_kill()] {
            let held = held_by(&after, small()).await;
            assert_eq!(held.damage, [], "{every}");
            for entry in &confirmed {
                assert!(held.entries.contains(entry), "{every}: {entry:?}");
            }
        }
    }
}

/// [F-13] A failed write that cannot be taken back is final.
#[tokio::test]
async fn a_write_that_cannot_be_taken_back_is_final() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    journal.append(update(1, "before")).await.unwrap();
    disk.plan(Plan {
        write: Some(0),
        cut: true,
        ..Plan::default()
    });
    for _ in 0..2 {
        let refused = journal.append(update(1, "refused")).await;
        let failed = matches!(
            &refused,
            Err(AppendError::ReadOnly(ReadOnly::NotTakenBack { .. }))
        );
        assert!(failed, "{refused:?}");
    }
    journal.close().await;
    let held = held_by(&disk.after_kill(), usual()).await;
    assert_eq!(
        (held.texts(), held.damage),
        (vec!["before".to_owned()], Vec::new())
    );
}

/// [F-14] What waits to be written is bounded; what is refused leaves room again.
#[tokio::test]
async fn what_waits_is_bounded() {
    let disk = plan(Plan::default());
    let options = Options {
        queue_bytes: 1000,
        ..Options::default()
    };
    let (journal, _) = open(&disk, options).unwrap();
    disk.hold_syncs();
    let mut taken = Vec::new();
    let text = "x".repeat(100);
    let busy = loop {
        let append = journal.append(update(1, &text));
        if let Some(Err(err)) = futures_util::FutureExt::now_or_never(append) {
            break err;
        }
        taken.push(());
        assert!(taken.len() < 100);
    };
    assert!(
        matches!(busy, AppendError::Busy { queued } if queued <= 1000),
        "{busy:?}"
    );
    disk.let_syncs(None);
    let mut position = journal.append(update(1, "")).await;
    while position.is_err() {
        position = journal.append(update(1, "")).await;
    }
    let held = read_all(&journal).await;
    assert_eq!(
        held.texts().iter().filter(|found| **found == text).count(),
        taken.len()
    );
}

/// [F-1] A second program is refused, and told where and by which process the journal is used.
#[tokio::test]
async fn a_second_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let id = JournalId::from_u128(1);
    let (journal, opened) = FileJournal::open(folder.path(), id).unwrap();
    assert!(opened.created);
    let refused = FileJournal::open(folder.path(), id).map(|_| ());
    let Err(err) = refused else {
        panic!("opened twice")
    };
    let expected = format!(
        "{} is in use by another program (process {})",
        folder.path().display(),
        std::process::id()
    );
    assert_eq!(err.to_string(), expected);
    journal.close().await;
    let (journal, opened) = FileJournal::open(folder.path(), id).unwrap();
    assert!(!opened.created);
    journal.close().await;
}

/// [F-1] The lock does not outlive its program: what a killed one leaves behind locks nobody out.
#[tokio::test]
async fn a_left_behind_lock_file_locks_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("lock");
    let touched = Command::new("sh")
        .arg("-c")
        .arg("echo 999999 > \"$0\"")
        .arg(&lock)
        .status();
    assert!(touched.unwrap().success());
    let id = JournalId::from_u128(1);
    let disk = Arc::new(denkraum_journal_file::SystemDisk);
    let opened = FileJournal::open_with(disk, folder.path(), id, usual());
    opened.unwrap().0.close().await;
}
