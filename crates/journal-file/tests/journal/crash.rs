//! Killed programs and power cuts: what was confirmed is there, and nothing else is made up.

use denkraum_journal::contract::update;
use denkraum_journal::{Journal, Position};

use crate::support::{Held, PowerCut, Sectors, SimDisk, held_by, open, read_all, small, usual};

/// A disk right before a sync: three entries are confirmed, the texts are written but not synced.
async fn disk_with_unsynced(texts: &[&str]) -> SimDisk {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    for text in ["one", "two", "three"] {
        journal.append(update(1, text)).await.unwrap();
    }
    disk.hold_syncs();
    let first = journal.append(update(1, "first of all"));
    disk.wait_for_sync();
    let rest: Vec<_> = texts
        .iter()
        .map(|text| journal.append(update(1, text)))
        .collect();
    disk.let_syncs(Some(1));
    first.await.unwrap();
    disk.wait_for_sync();
    let written = disk.after_kill();
    disk.let_syncs(None);
    for append in rest {
        append.await.unwrap();
    }
    written
}

const CONFIRMED: [&str; 4] = ["one", "two", "three", "first of all"];

/// [F-8] Everything that waits is written with one write and one sync, and one sync only is under
/// way at a time.
#[tokio::test]
async fn everything_that_waits_shares_one_write_and_one_sync() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    disk.plan(crate::support::Plan::default());
    disk.hold_syncs();
    let first = journal.append(update(1, "alone"));
    disk.wait_for_sync();
    let rest: Vec<_> = (0..100)
        .map(|n| journal.append(update(1, &n.to_string())))
        .collect();
    disk.let_syncs(None);
    first.await.unwrap();
    for append in rest {
        append.await.unwrap();
    }
    let calls = disk.calls();
    assert_eq!((calls.writes, calls.syncs), (2, 2));
}

/// [F-9] The power fails after any number of bytes of the last write: what was confirmed is there,
/// then a beginning of what was not, and the journal goes on.
#[tokio::test]
async fn a_torn_tail_is_cut_at_the_last_whole_entry() {
    let texts = ["four", "five is longer", "six"];
    let disk = disk_with_unsynced(&texts).await;
    let all: Vec<_> = CONFIRMED
        .iter()
        .chain(&texts)
        .map(ToString::to_string)
        .collect();
    let (mut shortest, mut longest) = (usize::MAX, 0);
    for bytes in 0..=disk.unsynced_bytes() {
        let after = disk.after(&PowerCut::Bytes(bytes));
        let held = held_by(&after, usual()).await;
        assert_eq!(held.damage, [], "{bytes}");
        let found = held.texts();
        assert!(
            found.len() >= 4 && all.starts_with(&found),
            "{bytes}: {found:?}"
        );
        shortest = shortest.min(found.len());
        longest = longest.max(found.len());
    }
    assert_eq!((shortest, longest), (4, 7));
}

/// [F-9] The bytes that were cut are told.
#[tokio::test]
async fn the_cut_is_told() {
    let disk = disk_with_unsynced(&["four"]).await;
    let after = disk.after(&PowerCut::Bytes(30));
    let (journal, opened) = open(&after, usual()).unwrap();
    let cut = opened.cut.unwrap();
    assert_eq!(cut.file, "increment-0000000001.dkj");
    assert!((1..=30).contains(&cut.bytes), "{}", cut.bytes);
    journal.close().await;
    let (journal, opened) = open(&after, usual()).unwrap();
    assert_eq!(opened.cut, None);
    journal.close().await;
}

/// [F-10] Of the last write any sectors stay and any are lost: what was confirmed is there, and
/// what is damaged is said to be unconfirmed.
#[tokio::test]
async fn sectors_lost_out_of_order_never_touch_what_was_confirmed() {
    let long = "long ".repeat(300);
    let texts = ["four", &long, "six", &long, "eight"];
    let disk = disk_with_unsynced(&texts).await;
    let mut with_damage = 0;
    for kept in 0_u32..512 {
        let stays = |sector: usize| kept >> (sector % 9) & 1 == 1;
        let after = disk.after(&PowerCut::Sectors(Sectors::of_512(&stays)));
        let held = held_by(&after, usual()).await;
        let found = held.texts();
        assert_eq!(found[..4], CONFIRMED, "{kept:b}");
        let mut left = texts.iter();
        assert!(
            found[4..]
                .iter()
                .all(|text| left.any(|known| known == text)),
            "{kept:b}"
        );
        assert!(
            held.damage.iter().all(|damage| damage.unconfirmed),
            "{kept:b}: {held:?}"
        );
        with_damage += usize::from(!held.damage.is_empty());
    }
    assert!(with_damage > 0, "no order of sectors led to damage");
}

/// [F-9] A killed program loses nothing that it wrote, confirmed or not.
#[tokio::test]
async fn a_killed_program_loses_nothing_that_was_written() {
    let disk = disk_with_unsynced(&["four"]).await;
    let held = held_by(&disk.after_kill(), usual()).await;
    assert_eq!(
        held.texts(),
        ["one", "two", "three", "first of all", "four"]
    );
    assert_eq!(held.damage, []);
}

/// [F-9, J-7] What a killed program left unsynced is made durable before anybody sees it.
#[tokio::test]
async fn what_a_killed_program_left_is_synced_before_it_is_shown() {
    let disk = disk_with_unsynced(&["four"]).await.after_kill();
    let (journal, _) = open(&disk, usual()).unwrap();
    assert_eq!(journal.durable(), Position::new(5));
    let after = disk.after(&PowerCut::NothingUnsynced);
    let texts = ["one", "two", "three", "first of all", "four"];
    assert_eq!(held_by(&after, usual()).await.texts(), texts);
    journal.close().await;
}

/// Appends until it fails; gives what was confirmed.
async fn run_until_it_fails(disk: &SimDisk) -> Vec<String> {
    let mut confirmed = Vec::new();
    let Ok((journal, _)) = open(disk, small()) else {
        return confirmed;
    };
    for number in 0..40 {
        let text = format!("{number} {}", "x".repeat(number));
        if journal.append(update(1, &text)).await.is_ok() {
            confirmed.push(text);
        }
    }
    journal.close().await;
    confirmed
}

/// [F-11] Any single call to the disk fails, from the first start over several
/// increments: whatever was confirmed is there after a power cut and after a kill, and the journal
/// can be opened and goes on.
#[tokio::test]
async fn any_failing_call_leaves_what_was_confirmed() {
    let disk = SimDisk::default();
    disk.plan(crate::support::Plan {
        looks: true,
        ..Default::default()
    });
    assert_eq!(run_until_it_fails(&disk).await.len(), 40);
    let calls = disk.calls().all;
    assert!(
        disk.names().len() > 4,
        "several increments: {:?}",
        disk.names()
    );
    for turn in 0..calls {
        let disk = SimDisk::default();
        disk.plan(crate::support::Plan {
            any: Some(turn),
            looks: true,
            ..Default::default()
        });
        let confirmed = run_until_it_fails(&disk).await;
        for after in [disk.after(&PowerCut::NothingUnsynced), disk.after_kill()] {
            let Held { entries, damage } = held_by(&after, small()).await;
            assert_eq!(damage, [], "{turn}");
            let mut found = entries.iter().map(|(_, entry)| crate::support::text(entry));
            for text in &confirmed {
                assert!(
                    found.any(|known| known == *text),
                    "{turn}: {text} is missing"
                );
            }
        }
    }
}

/// [F-9] The power fails during a first start, which is simply begun anew.
#[tokio::test]
async fn an_interrupted_first_start_is_begun_anew() {
    for turn in 0..24 {
        let disk = SimDisk::default();
        disk.plan(crate::support::Plan {
            any: Some(turn),
            looks: true,
            ..Default::default()
        });
        if let Ok((journal, _)) = open(&disk, usual()) {
            journal.close().await;
        }
        for after in [disk.after(&PowerCut::NothingUnsynced), disk.after_kill()] {
            assert_eq!(held_by(&after, usual()).await, Held::default(), "{turn}");
        }
    }
}

/// [J-5, J-6] A tail beside a writer sees everything in order over many increments.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tail_beside_a_writer_sees_everything_in_order() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, small()).unwrap();
    let writer = journal.clone();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move {
        for number in 0..500 {
            writer.append(update(1, &number.to_string())).await.unwrap();
        }
        writer.close().await;
    });
    let mut tail = journal.tail(Position::START);
    let mut expected = 0;
    while let Some(item) = futures_util::StreamExt::next(&mut tail).await {
        let (position, entry) = item.unwrap();
        assert_eq!(crate::support::text(&entry), expected.to_string());
        expected += 1;
        assert_eq!(position, Position::new(expected));
    }
    assert_eq!(expected, 500);
    drop(read_all(&journal).await);
}

/// [F-9] A program is killed at any call to the disk, the next one confirms an entry, and then the power
/// fails: what the first one had renamed without a sync, the entry stands on.
#[tokio::test]
async fn what_a_killed_program_renamed_outlives_a_later_power_cut() {
    for from in 0..60 {
        let disk = SimDisk::default();
        let (journal, _) = open(&disk, small()).unwrap();
        disk.plan(crate::support::Plan {
            from: Some(from),
            ..crate::support::Plan::default()
        });
        for text in ["one", "two", "three"] {
            drop(journal.append(update(1, &text.repeat(200))).await);
        }
        let killed = disk.after_kill();
        let (journal, _) = open(&killed, small()).unwrap();
        let position = journal.append(update(1, "after")).await.unwrap();
        let held = held_by(&killed.after(&PowerCut::NothingUnsynced), small()).await;
        let expected = (position, update(1, "after"));
        assert!(held.entries.contains(&expected), "{from}: {held:?}");
    }
}
