//! Rewriting: stopped anywhere, on a full disk, over damage.

use std::collections::BTreeSet;
use std::path::Path;

use denkraum_journal::contract::update;
use denkraum_journal::{Health, Journal, Position, ReadOnly, RewriteError};
use denkraum_journal_file::{FileJournal, OpenError, Options};

use crate::support::{
    FOLDER, Held, Plan, PowerCut, SimDisk, held_by, increment, open, read_all, small, usual,
};

/// What is to be kept of the first entries: every third one.
fn kept(upto: u64) -> BTreeSet<Position> {
    (1..=upto)
        .filter(|n| n % 3 == 0)
        .map(Position::new)
        .collect()
}

async fn append(journal: &FileJournal, numbers: std::ops::RangeInclusive<u64>) {
    for number in numbers {
        let appended = journal.append(update(1, &number.to_string())).await;
        assert_eq!(appended, Ok(Position::new(number)));
    }
}

/// A closed journal with a base, several increments, and 40 entries of which some are gone already.
async fn rewritten_once() -> SimDisk {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, small()).unwrap();
    append(&journal, 1..=20).await;
    let upto = journal.seal().await.unwrap();
    let keep = (1..=20)
        .filter(|n| n % 3 == 0 || *n > 15)
        .map(Position::new);
    journal.rewrite(upto, keep.collect()).await.unwrap();
    append(&journal, 21..=40).await;
    journal.close().await;
    disk
}

/// The whole of a rewrite, with entries before, between and after; gives what was confirmed.
async fn rewrite_until_it_fails(disk: &SimDisk) -> Vec<u64> {
    let mut confirmed = Vec::new();
    let Ok((journal, _)) = open(disk, small()) else {
        return confirmed;
    };
    let mut next = 41;
    let mut add = async |journal: &FileJournal| {
        if let Ok(position) = journal.append(update(1, &next.to_string())).await {
            // What failed took no position, so the text goes by the position.
            confirmed.push(position.get());
            next = position.get() + 1;
        }
    };
    add(&journal).await;
    if let Ok(upto) = journal.seal().await {
        add(&journal).await;
        drop(journal.rewrite(upto, kept(upto.get())).await);
        add(&journal).await;
    }
    journal.close().await;
    confirmed
}

fn numbers(held: &Held) -> Vec<u64> {
    let number = |(position, entry): &(Position, _)| {
        assert_eq!(crate::support::text(entry), position.to_string());
        position.get()
    };
    held.entries.iter().map(number).collect()
}

/// [F-18] A rewrite ends before any of its calls to the disk, by a kill or a power cut: all that is
/// to be kept and all that was confirmed is there, what is there is as it was, and a new rewrite
/// brings it to its end, leaving no file behind.
#[tokio::test]
async fn a_rewrite_that_is_stopped_at_any_step_loses_nothing() {
    let whole = rewritten_once().await;
    let disk = whole.after_kill();
    disk.plan(Plan::default());
    assert_eq!(rewrite_until_it_fails(&disk).await, [41, 42, 43]);
    let calls = disk.calls().all;
    let (mut before, mut after) = (0, 0);
    for turn in 0..=calls {
        let disk = whole.after_kill();
        disk.plan(Plan {
            from: Some(turn),
            ..Plan::default()
        });
        let confirmed = rewrite_until_it_fails(&disk).await;
        for left in [
            disk.after(&PowerCut::NothingUnsynced),
            disk.after(&PowerCut::Bytes(usize::MAX)),
            disk.after_kill(),
        ] {
            let (journal, opened) = open(&left, small()).unwrap();
            assert_eq!(opened.damage, [], "{turn}");
            let held = read_all(&journal).await;
            assert_eq!(held.damage, [], "{turn}");
            let found = numbers(&held);
            let upto = if confirmed.contains(&41) { 41 } else { 40 };
            let must = kept(upto).into_iter().map(Position::get);
            for number in must.chain(confirmed.iter().copied()) {
                assert!(found.contains(&number), "{turn}: {number} of {found:?}");
            }
            if found.contains(&40) {
                before += 1;
            } else {
                after += 1;
            }
            finish(&left, turn).await;
        }
    }
    assert!(before > 10 && after > 3, "{before} {after}");
}

/// Rewrites what a stopped rewrite left, and checks that this is all there is.
async fn finish(disk: &SimDisk, turn: usize) {
    let (journal, _) = open(disk, small()).unwrap();
    let upto = journal.seal().await.unwrap();
    journal.rewrite(upto, kept(upto.get())).await.unwrap();
    let found = numbers(&read_all(&journal).await);
    let mut expected: Vec<_> = kept(upto.get()).into_iter().map(Position::get).collect();
    if expected.last() != Some(&upto.get()) {
        expected.push(upto.get());
    }
    assert_eq!(found, expected, "{turn}");
    let names: Vec<_> = disk.names().iter().map(file_name).collect();
    assert_eq!(names.len(), 4, "{turn}: {names:?}");
    assert!(names[0].starts_with("base-"), "{turn}: {names:?}");
}

fn file_name(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// [F-11, F-18] Any single call fails and the program goes on: nothing confirmed is lost.
#[tokio::test]
async fn any_failing_call_of_a_rewrite_loses_nothing() {
    let whole = rewritten_once().await;
    let disk = whole.after_kill();
    disk.plan(Plan {
        looks: true,
        ..Plan::default()
    });
    rewrite_until_it_fails(&disk).await;
    for turn in 0..disk.calls().all {
        let disk = whole.after_kill();
        disk.plan(Plan {
            any: Some(turn),
            looks: true,
            ..Plan::default()
        });
        let confirmed = rewrite_until_it_fails(&disk).await;
        for left in [disk.after(&PowerCut::NothingUnsynced), disk.after_kill()] {
            let held = held_by(&left, small()).await;
            assert_eq!(held.damage, [], "{turn}");
            let found = numbers(&held);
            for number in &confirmed {
                assert!(found.contains(number), "{turn}: {number} of {found:?}");
            }
        }
    }
}

/// [F-19] Where a sealed file is damaged so that nobody knows what stood there, nothing is replaced.
#[tokio::test]
async fn a_damaged_journal_is_not_rewritten() {
    let whole = rewritten_once().await;
    let files: Vec<_> = whole
        .names()
        .into_iter()
        .filter(|path| is_entries(path))
        .collect();
    assert!(files.len() > 2);
    for file in files {
        let disk = whole.after_kill();
        // The first two frames lose their beginnings.
        disk.edit(&file, |bytes| bytes[70..300].fill(0x33));
        let (journal, _) = open(&disk, small()).unwrap();
        let upto = journal.seal().await.unwrap();
        let before: Vec<_> = disk.content_of_all();
        let refused = journal.rewrite(upto, BTreeSet::new()).await;
        assert!(
            matches!(refused, Err(RewriteError::Damaged(_))),
            "{refused:?}"
        );
        assert_eq!(disk.content_of_all(), before);
        append(&journal, 41..=42).await;
        journal.close().await;
    }
}

fn is_entries(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "dkj")
}

/// [F-19] An entry that is to be kept and is damaged, or was never there, refuses the rewrite.
#[tokio::test]
async fn a_rewrite_never_leaves_out_what_is_to_be_kept() {
    let whole = rewritten_once().await;
    let refused = async |disk: &SimDisk, keep: u64| {
        let (journal, _) = open(disk, small()).unwrap();
        let upto = journal.seal().await.unwrap();
        let result = journal.rewrite(upto, [Position::new(keep)].into()).await;
        journal.close().await;
        result.unwrap_err()
    };
    let position = Position::new(1);
    let err = refused(&whole.after_kill(), 1).await;
    assert_eq!(err, RewriteError::Missing { position });
    let disk = whole.after_kill();
    let newest = disk
        .names()
        .into_iter()
        .rfind(|path| is_entries(path))
        .unwrap();
    // The body of the first frame of the newest increment: page and position are still known.
    let first = read_first(&disk, &newest);
    disk.edit(&newest, |bytes| bytes[64 + 48 + 42 + 4 + 3] ^= 1);
    let err = refused(&disk, first).await;
    let position = Position::new(first);
    assert_eq!(err, RewriteError::Missing { position });
}

/// The position of a file's first frame.
fn read_first(disk: &SimDisk, path: &Path) -> u64 {
    let bytes = disk.content(path);
    u64::from_le_bytes(*bytes[64 + 16..].first_chunk().unwrap())
}

/// [F-12, F-18] Without room for the base the journal goes on as it was, and the next rewrite works.
#[tokio::test]
async fn a_rewrite_without_room_changes_nothing() {
    let whole = rewritten_once().await;
    let disk = whole.after_kill();
    let (journal, _) = open(&disk, small()).unwrap();
    let upto = journal.seal().await.unwrap();
    let used: usize = disk.content_of_all().iter().map(|(_, all)| all.len()).sum();
    disk.plan(Plan {
        space: Some(used + 600),
        ..Plan::default()
    });
    let everything = (6..=40).filter(|n| n % 3 == 0 || *n > 15);
    let refused = journal.rewrite(upto, everything.map(Position::new).collect());
    let refused = refused.await;
    assert!(
        matches!(refused, Err(RewriteError::Disk { .. })),
        "{refused:?}"
    );
    assert_eq!(journal.health(), Health::Writable);
    append(&journal, 41..=41).await;
    disk.plan(Plan::default());
    journal.rewrite(upto, kept(40)).await.unwrap();
    let found = numbers(&read_all(&journal).await);
    assert_eq!(found[found.len() - 3..], [39, 40, 41]);
}

/// [F-13, F-18] A failed sync of the manifest is final; both the old files and the base are left for
/// the next start.
#[tokio::test]
async fn a_failed_sync_of_the_manifest_leaves_both() {
    let whole = rewritten_once().await;
    for sync in 0..3 {
        let disk = whole.after_kill();
        let (journal, _) = open(&disk, small()).unwrap();
        let upto = journal.seal().await.unwrap();
        let before = disk.names().len();
        disk.plan(Plan {
            sync: Some(sync),
            ..Plan::default()
        });
        let result = journal.rewrite(upto, kept(40)).await;
        match sync {
            0 => {
                assert!(matches!(result, Err(RewriteError::Disk { .. })));
                assert_eq!(journal.health(), Health::Writable);
            }
            1 => {
                let reason = matches!(
                    result,
                    Err(RewriteError::ReadOnly(ReadOnly::SyncFailed { .. }))
                );
                assert!(reason, "{result:?}");
                assert!(disk.names().len() > before);
            }
            _ => assert!(result.is_ok(), "there are two syncs of files: {result:?}"),
        }
        journal.close().await;
        finish(&disk.after_kill(), sync).await;
    }
}

/// [F-20] A rewrite is due when the increments are larger than the base and than the bound.
#[tokio::test]
async fn a_rewrite_is_due_when_the_increments_outgrow_base_and_bound() {
    let disk = SimDisk::default();
    let options = Options {
        rewrite_bytes: 3000,
        ..small()
    };
    let (journal, _) = open(&disk, options).unwrap();
    let mut appended = 0_u64;
    let mut until_due = async |journal: &FileJournal| {
        let before = appended;
        while !journal.is_rewrite_due() {
            appended += 1;
            journal
                .append(update(1, &appended.to_string()))
                .await
                .unwrap();
        }
        appended - before
    };
    let first = until_due(&journal).await;
    let upto = journal.seal().await.unwrap();
    let all = (1..=upto.get()).map(Position::new).collect();
    journal.rewrite(upto, all).await.unwrap();
    assert!(!journal.is_rewrite_due());
    let second = until_due(&journal).await;
    let upto = journal.seal().await.unwrap();
    let all = (1..=upto.get()).map(Position::new).collect();
    journal.rewrite(upto, all).await.unwrap();
    let third = until_due(&journal).await;
    // At first the bound, then a base as large as the bound, then one twice as large.
    assert!((20..30).contains(&first), "{first}");
    assert!(second.abs_diff(first) <= 3, "{first} {second}");
    assert!(third.abs_diff(2 * first) <= 5, "{first} {third}");
    journal.close().await;
}

/// [F-6] An increment that holds entries and is not named is never removed: the manifest is an old
/// one, and the start is refused.
#[tokio::test]
async fn an_unnamed_increment_with_entries_refuses_the_start() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    append(&journal, 1..=3).await;
    journal.close().await;
    let manifest = Path::new(FOLDER).join("manifest");
    let old = disk.content(&manifest);
    let (journal, _) = open(&disk, usual()).unwrap();
    journal.seal().await.unwrap();
    append(&journal, 4..=5).await;
    journal.close().await;
    disk.edit(&manifest, |bytes| *bytes = old);
    let before = disk.content(&increment(3));
    let refused = open(&disk, usual()).map(|_| ()).unwrap_err();
    assert!(matches!(refused, OpenError::Unnamed { .. }), "{refused}");
    assert_eq!(disk.content(&increment(3)), before);
}
