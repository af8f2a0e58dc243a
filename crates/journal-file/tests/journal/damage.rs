//! Files that changed since they were written: what is damaged is named, everything else is read.

use std::path::Path;

use denkraum_journal::contract::{page, update};
use denkraum_journal::{Damage, Journal, Position, Subject};
use denkraum_journal_file::OpenError;
use futures_util::future;

use crate::support::{FOLDER, Held, SimDisk, held_by, increment, open, read_all, small, usual};

const TEXTS: [&str; 5] = ["one", "two", "three", "four", "five"];
const HEADER: usize = 64;

/// A closed journal with an entry for each of five pages, and where their frames end.
async fn five_pages() -> (SimDisk, Vec<usize>) {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    for (number, text) in TEXTS.iter().enumerate() {
        journal.append(update(number as u128, text)).await.unwrap();
    }
    journal.close().await;
    let mut ends = vec![HEADER];
    for text in TEXTS {
        // Marker to chain 48, head 42, two checksums 8, body 28 and the text.
        ends.push(ends[ends.len() - 1] + 48 + 42 + 8 + 28 + text.len());
    }
    let content = disk.content(&increment(1));
    assert!(content[ends[5]..].iter().all(|byte| *byte == 0));
    assert_ne!(content[ends[5] - 4..ends[5]], [0; 4]);
    (disk, ends)
}

fn without(missing: std::ops::Range<usize>) -> Vec<&'static str> {
    let kept = TEXTS
        .iter()
        .enumerate()
        .filter(|(number, _)| !missing.contains(number));
    kept.map(|(_, text)| *text).collect()
}

/// [F-4, F-15] Any byte of any entry is changed: this entry and its page are named, all others are
/// read, nothing is cut.
#[tokio::test]
async fn one_changed_byte_costs_one_entry() {
    let (whole, ends) = five_pages().await;
    for number in 0..TEXTS.len() {
        for at in ends[number]..ends[number + 1] {
            let disk = whole.after_kill();
            disk.edit(&increment(1), |bytes| bytes[at] ^= 0x40);
            let damaged = disk.content(&increment(1));
            let (journal, opened) = open(&disk, usual()).unwrap();
            assert_eq!(opened.cut, None, "{at}");
            let held = read_all(&journal).await;
            assert_eq!(held.texts(), without(number..number + 1), "{at}");
            let [
                Damage {
                    first,
                    last,
                    subject,
                    unconfirmed,
                    file,
                    offset,
                    bytes,
                },
            ] = held.damage.as_slice()
            else {
                panic!("{at}: {:?}", held.damage)
            };
            let position = Position::new(number as u64 + 1);
            assert_eq!(
                (*first, *last, *unconfirmed),
                (position, position, false),
                "{at}"
            );
            let known = Subject::Page(page(number as u128));
            assert_eq!(*subject, Some(known), "{at}");
            assert_eq!(
                (file.as_str(), *offset),
                ("increment-0000000001.dkj", ends[number] as u64)
            );
            assert!(
                number == 4 || *bytes == (ends[number + 1] - ends[number]) as u64,
                "{at}"
            );
            assert_eq!(
                disk.content(&increment(1))[..damaged.len()],
                damaged,
                "{at}"
            );
        }
    }
}

/// [F-15] Several entries in a row are gone: the positions are named, the rest is read, and new
/// entries are taken.
#[tokio::test]
async fn reading_resumes_behind_any_damage() {
    let (whole, ends) = five_pages().await;
    for from in 0..TEXTS.len() {
        for to in from + 1..=TEXTS.len() {
            let disk = whole.after_kill();
            let wipe = ends[from] + 1..ends[to] - 1;
            disk.edit(&increment(1), |bytes| bytes[wipe].fill(0xA5));
            let held = held_by(&disk, usual()).await;
            assert_eq!(held.texts(), without(from..to), "{from}..{to}");
            let missing: Vec<_> = held
                .damage
                .iter()
                .flat_map(|damage| damage.first.get()..=damage.last.get())
                .collect();
            let expected: Vec<_> = (from as u64 + 1..=to as u64).collect();
            assert_eq!(missing, expected, "{from}..{to}");
        }
    }
}

/// [F-16] The end of the file is lost although it was confirmed: that is damage, not a torn tail;
/// no position is given twice.
#[tokio::test]
async fn a_lost_end_that_was_confirmed_is_damage() {
    let (whole, ends) = five_pages().await;
    for length in [0, 30, HEADER, ends[2], ends[2] + 7, ends[4] + 50] {
        let disk = whole.after_kill();
        disk.edit(&increment(1), |bytes| bytes.truncate(length));
        let before = disk.content(&increment(1));
        let (journal, opened) = open(&disk, usual()).unwrap();
        assert_eq!(opened.cut, None);
        assert_eq!(
            opened.damage.last().map(|damage| damage.last),
            Some(Position::new(5))
        );
        assert_eq!(disk.content(&increment(1)), before);
        assert_eq!(journal.durable(), Position::new(5));
        let position = journal.append(update(9, "new")).await.unwrap();
        assert_eq!(position, Position::new(6));
        let left = ends[1..].iter().filter(|end| **end <= length).count();
        let held = read_all(&journal).await;
        let expected: Vec<_> = TEXTS[..left].iter().chain(&["new"]).copied().collect();
        assert_eq!(held.texts(), expected, "{length}");
        assert_eq!(
            held.damage.last().map(|damage| damage.last),
            Some(Position::new(5))
        );
    }
}

/// [F-17] An entry exchanged for another valid one is noticed by the chain.
#[tokio::test]
async fn an_exchanged_entry_is_noticed() {
    let (disk, ends) = five_pages().await;
    let other = SimDisk::default();
    let (journal, _) = open(&other, usual()).unwrap();
    for text in ["one", "2wo"] {
        journal
            .append(update(u128::from(text != "one"), text))
            .await
            .unwrap();
    }
    journal.close().await;
    let forged = other.content(&increment(1))[ends[1]..ends[2]].to_vec();
    disk.edit(&increment(1), |bytes| {
        bytes[ends[1]..ends[2]].copy_from_slice(&forged);
    });
    let held = held_by(&disk, usual()).await;
    assert_eq!(held.texts(), ["one", "2wo", "three", "four", "five"]);
    let [damage] = held.damage.as_slice() else {
        panic!("{:?}", held.damage)
    };
    assert_eq!((damage.first, damage.bytes), (Position::new(3), 0));
}

/// [F-7, F-15] A damaged increment in the middle costs its own entries only.
#[tokio::test]
async fn a_destroyed_increment_costs_its_own_entries_only() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, small()).unwrap();
    for number in 0..60 {
        journal
            .append(update(1, &number.to_string()))
            .await
            .unwrap();
    }
    let whole = read_all(&journal).await;
    disk.edit(&increment(2), |bytes| bytes.fill(0x5A));
    let held = held_by(&disk, small()).await;
    let [damage] = held.damage.as_slice() else {
        panic!("{:?}", held.damage)
    };
    assert_eq!(damage.file, "increment-0000000002.dkj");
    let lost = damage.first..=damage.last;
    let kept: Vec<_> = whole
        .entries
        .into_iter()
        .filter(|(at, _)| !lost.contains(at))
        .collect();
    assert_eq!(held.entries, kept);
    assert!(damage.first < damage.last);
}

/// [F-5, F-6] Files that are missing, foreign or without a manifest are refused, not replaced.
#[tokio::test]
async fn a_journal_that_is_not_complete_is_refused() {
    let (whole, _) = five_pages().await;
    let refused = |harm: &dyn Fn(&SimDisk)| {
        let disk = whole.after_kill();
        harm(&disk);
        let before = disk.content_of_all();
        let err = open(&disk, usual()).map(|_| ()).unwrap_err();
        let after = disk.content_of_all();
        let unchanged = before.iter().all(|(path, content)| {
            path.ends_with("lock")
                || after
                    .iter()
                    .any(|(name, now)| name == path && now == content)
        });
        assert!(unchanged, "{err}");
        err
    };
    let manifest = Path::new(FOLDER).join("manifest");
    let remove = |path: &Path| denkraum_journal_file::Disk::remove(&whole.after_kill(), path);
    assert!(remove(&manifest).is_ok());
    let err = refused(&|disk| denkraum_journal_file::Disk::remove(disk, &manifest).unwrap());
    assert!(matches!(err, OpenError::ManifestMissing { .. }), "{err}");
    let err = refused(&|disk| denkraum_journal_file::Disk::remove(disk, &increment(1)).unwrap());
    assert!(matches!(err, OpenError::FileMissing { .. }), "{err}");
    let err = refused(&|disk| disk.edit(&manifest, |bytes| bytes.fill(b'x')));
    assert!(matches!(err, OpenError::ManifestDamaged { .. }), "{err}");
    let err = refused(&|disk| {
        disk.edit(&increment(1), |bytes| {
            let mut header = bytes[..HEADER - 4].to_vec();
            header[16] ^= 1;
            let check = crc32c::crc32c(&header);
            header.extend(check.to_le_bytes());
            bytes[..HEADER].copy_from_slice(&header);
        });
    });
    assert!(matches!(err, OpenError::Foreign { .. }), "{err}");
}

/// [F-5] A damaged header harms nothing: the manifest says the same.
#[tokio::test]
async fn a_damaged_header_harms_nothing() {
    let (whole, _) = five_pages().await;
    for at in 0..HEADER {
        let disk = whole.after_kill();
        disk.edit(&increment(1), |bytes| bytes[at] ^= 1);
        let Held { entries, damage } = held_by(&disk, usual()).await;
        assert_eq!((entries.len(), damage), (5, Vec::new()));
    }
}

/// Where each frame of the file begins.
fn frames(content: &[u8]) -> Vec<usize> {
    let marker = &content[HEADER..HEADER + 8];
    (HEADER..content.len() - 8)
        .filter(|at| &content[*at..*at + 8] == marker)
        .collect()
}

/// [F-15] Entries that were written together and confirmed: a changed byte in one of them is damage,
/// whether the program was stopped in an orderly way after it or only wrote something more.
#[tokio::test]
async fn damage_among_entries_of_one_write_is_not_called_unconfirmed() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    let together = (0..20).map(|number| journal.append(update(number, "together")));
    future::try_join_all(together).await.unwrap();
    journal.append(update(20, "later")).await.unwrap();
    let killed = disk.after_kill();
    journal.close().await;
    let stopped = disk.after_kill();
    for whole in [killed, stopped] {
        for at in &frames(&whole.content(&increment(1)))[..20] {
            let disk = whole.after_kill();
            disk.edit(&increment(1), |bytes| bytes[at + 100] ^= 0x40);
            let held = held_by(&disk, usual()).await;
            assert_eq!(held.texts().len(), 20, "{at}");
            let unconfirmed: Vec<_> = held.damage.iter().map(|it| it.unconfirmed).collect();
            assert_eq!(unconfirmed, [false], "{at}");
        }
    }
}

/// [F-10] What a power cut lost of the last write is remembered as never confirmed: what comes later
/// does not make it damage.
#[tokio::test]
async fn what_was_never_confirmed_stays_so() {
    let disk = SimDisk::default();
    let (journal, _) = open(&disk, usual()).unwrap();
    disk.hold_syncs();
    let alone = journal.append(update(0, "alone"));
    disk.wait_for_sync();
    // What comes while the writer waits is one write.
    let together = (1..20).map(|number| journal.append(update(number, "together")));
    let together: Vec<_> = together.collect();
    disk.let_syncs(None);
    alone.await.unwrap();
    future::try_join_all(together).await.unwrap();
    let cut = disk.after_kill();
    let begins = frames(&cut.content(&increment(1)));
    cut.edit(&increment(1), |bytes| bytes[begins[18] + 100] ^= 0x40);
    let first = held_by(&cut, usual()).await;
    let before: Vec<_> = first.damage.iter().map(|it| it.unconfirmed).collect();
    let (journal, _) = open(&cut, usual()).unwrap();
    journal.append(update(20, "later")).await.unwrap();
    journal.close().await;
    let again = held_by(&cut, usual()).await;
    let after: Vec<_> = again.damage.iter().map(|it| it.unconfirmed).collect();
    assert_eq!((before.len(), &before), (1, &after));
    assert_eq!(before, [true]);
}
