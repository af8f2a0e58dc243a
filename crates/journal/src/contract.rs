//! The suite that every journal passes.
//!
//! A journal's tests say how to open one ([`Bench`]) and call [`crate::journal_contract`], which
//! makes one test of every function here. The numbers are those of `docs/SPEC-storage.md`.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that fails panics; these functions are called by tests alone"
)]

mod ending;
mod rewriting;

pub use ending::{
    an_entry_that_does_not_fit_is_refused_and_disturbs_nothing,
    closing_ends_tails_and_refuses_entries, compaction_keeps_what_is_later_and_other_pages,
    compaction_refuses_what_it_cannot_do, followers_are_told_how_it_is_and_when_it_closes,
    positions_grow_over_a_restart,
};

pub use rewriting::{
    a_rewrite_keeps_what_it_is_told_and_all_that_is_later,
    a_rewrite_refuses_what_it_cannot_do_and_changes_nothing,
    appends_beside_a_rewrite_are_never_lost, tails_go_on_over_a_rewrite,
};

use std::sync::Arc;

use bytes::Bytes;
use denkraum_domain::{PageId, PersonId, Timestamp};
use futures_util::{FutureExt, StreamExt, future};

use crate::{Body, BoxFuture, Change, Entry, Journal, Position, RecordKey, Subject};

/// Opens one journal, again and again.
pub trait Bench: Sync {
    /// Opens the journal, at first an empty one. The one opened before has been closed.
    fn open(&self) -> BoxFuture<'_, Arc<dyn Journal>>;
}

/// Makes one `#[tokio::test]` of every rule. `$bench` is evaluated for each.
#[macro_export]
macro_rules! journal_contract {
    ($bench:expr) => {
        $crate::journal_contract!(@each $bench;
            entries_of_every_sort_come_back_as_they_were,
            the_id_is_kept,
            calls_decide_the_order_even_if_polled_backwards,
            threads_keep_their_own_order_and_positions_are_unique,
            a_done_append_is_durable_and_outlives_closing,
            a_dropped_future_takes_nothing_back,
            a_tail_gives_what_is_after_a_position,
            a_tail_goes_on_with_new_entries,
            compaction_keeps_what_is_later_and_other_pages,
            compaction_refuses_what_it_cannot_do,
            closing_ends_tails_and_refuses_entries,
            followers_are_told_how_it_is_and_when_it_closes,
            an_entry_that_does_not_fit_is_refused_and_disturbs_nothing,
            positions_grow_over_a_restart,
            a_rewrite_keeps_what_it_is_told_and_all_that_is_later,
            a_rewrite_refuses_what_it_cannot_do_and_changes_nothing,
            appends_beside_a_rewrite_are_never_lost,
            tails_go_on_over_a_rewrite,
        );
    };
    (@each $bench:expr; $($rule:ident,)*) => {
        $(
            #[tokio::test]
            async fn $rule() {
                let bench = $bench;
                $crate::contract::$rule(&bench).await;
            }
        )*
    };
}

/// The page with this number.
pub fn page(number: u128) -> PageId {
    PageId::from_u128(number)
}

/// An update of a page, as `text`.
pub fn update(of: u128, text: &str) -> Entry {
    Entry {
        at: Timestamp::from_millis(1_700_000_000_000),
        by: Some(PersonId::from_u128(7)),
        subject: Subject::Page(page(of)),
        body: Body::PageUpdate {
            connection: 3,
            clients: vec![11, 12],
            update: Bytes::copy_from_slice(text.as_bytes()),
        },
    }
}

/// A snapshot of a page up to a position.
pub fn snapshot(of: u128, upto: Position) -> Entry {
    let change = Change {
        position: upto,
        at: Timestamp::from_millis(5),
        by: None,
    };
    Entry {
        at: Timestamp::from_millis(1_700_000_000_000),
        by: None,
        subject: Subject::Page(page(of)),
        body: Body::PageSnapshot {
            upto,
            owners: vec![(11, PersonId::from_u128(7))],
            created: Change {
                position: Position::new(1),
                ..change
            },
            changed: change,
            state: Bytes::from_static(b"state"),
        },
    }
}

fn record(body: Body) -> Entry {
    let key = RecordKey::new("people", "jana").unwrap();
    Entry {
        at: Timestamp::from_millis(-1),
        by: None,
        subject: Subject::Record(key),
        body,
    }
}

fn one_of_every_sort() -> Vec<Entry> {
    let value = Bytes::from_static(b"{}");
    let mut sorts = vec![
        update(1, "text"),
        update(2, ""),
        snapshot(1, Position::new(1)),
        record(Body::RecordPut {
            revision: 1,
            version: 2,
            value,
        }),
        record(Body::RecordDelete { revision: u64::MAX }),
    ];
    for body in [
        Body::BlobReference {
            blob: [9; 32],
            bytes: 1 << 40,
        },
        Body::PageDelete,
    ] {
        sorts.push(Entry {
            body,
            ..update(1, "")
        });
    }
    sorts
}

/// The first `count` entries of a tail.
async fn take(journal: &dyn Journal, after: Position, count: usize) -> Vec<(Position, Entry)> {
    let tail = journal.tail(after).take(count).map(|item| item.unwrap());
    tail.collect().await
}

/// [J-5] Every sort of entry comes back as it was, at the position that the append returned.
pub async fn entries_of_every_sort_come_back_as_they_were(bench: &dyn Bench) {
    let journal = bench.open().await;
    let mut written = Vec::new();
    for entry in one_of_every_sort() {
        let position = journal.append(entry.clone()).await.unwrap();
        written.push((position, entry));
    }
    assert_eq!(
        take(&*journal, Position::START, written.len()).await,
        written
    );
    journal.close().await;
    let journal = bench.open().await;
    assert_eq!(
        take(&*journal, Position::START, written.len()).await,
        written
    );
    journal.close().await;
}

/// [J-1] A journal has the same id whenever it is opened.
pub async fn the_id_is_kept(bench: &dyn Bench) {
    let journal = bench.open().await;
    let id = journal.id();
    journal.close().await;
    let journal = bench.open().await;
    assert_eq!(journal.id(), id);
    journal.close().await;
}

/// [J-2] The order of calls is the order of positions, however the futures are polled.
pub async fn calls_decide_the_order_even_if_polled_backwards(bench: &dyn Bench) {
    let journal = bench.open().await;
    let texts: Vec<String> = (0..50).map(|n| n.to_string()).collect();
    let mut appends: Vec<_> = texts
        .iter()
        .map(|text| journal.append(update(1, text)))
        .collect();
    let mut positions = Vec::new();
    while let Some(append) = appends.pop() {
        positions.push(append.await.unwrap());
    }
    positions.reverse();
    assert!(
        positions.is_sorted_by(|one, next| one < next),
        "{positions:?}"
    );
    let expected: Vec<_> = texts.iter().map(|text| update(1, text)).collect();
    let found = take(&*journal, Position::START, 50).await;
    assert_eq!(
        found
            .into_iter()
            .map(|(_, entry)| entry)
            .collect::<Vec<_>>(),
        expected
    );
    journal.close().await;
}

/// [J-2] Several threads append at once: each finds its own entries in its own order.
pub async fn threads_keep_their_own_order_and_positions_are_unique(bench: &dyn Bench) {
    let journal = bench.open().await;
    let from_thread = |thread: u128| {
        let journal = &journal;
        move || {
            (0..100)
                .map(|n| journal.append(update(thread, &n.to_string())))
                .collect::<Vec<_>>()
        }
    };
    let appends: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|thread| scope.spawn(from_thread(thread)))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let mut positions = future::try_join_all(appends).await.unwrap();
    positions.sort_unstable();
    positions.dedup();
    assert_eq!(positions.len(), 400);
    let found = take(&*journal, Position::START, 400).await;
    for thread in 0..4 {
        let of_thread = found
            .iter()
            .filter(|(_, entry)| entry.subject == Subject::Page(page(thread)));
        let expected = (0..100).map(|n| update(thread, &n.to_string()));
        assert!(
            of_thread.map(|(_, entry)| entry.clone()).eq(expected),
            "thread {thread}"
        );
    }
    journal.close().await;
}

/// [J-3] What an append has confirmed is durable, and is there after closing and opening.
pub async fn a_done_append_is_durable_and_outlives_closing(bench: &dyn Bench) {
    let journal = bench.open().await;
    assert_eq!(journal.durable(), Position::START);
    for text in ["a", "b", "c"] {
        let position = journal.append(update(1, text)).await.unwrap();
        assert!(journal.durable() >= position);
    }
    let durable = journal.durable();
    journal.close().await;
    let journal = bench.open().await;
    assert_eq!(journal.durable(), durable);
    assert_eq!(take(&*journal, Position::START, 3).await.len(), 3);
    journal.close().await;
}

/// [J-4] Dropping the future of an append does not take the entry back.
pub async fn a_dropped_future_takes_nothing_back(bench: &dyn Bench) {
    let journal = bench.open().await;
    drop(journal.append(update(1, "dropped")));
    let position = journal.append(update(1, "kept")).await.unwrap();
    let found = take(&*journal, Position::START, 2).await;
    let entries: Vec<_> = found.iter().map(|(_, entry)| entry.clone()).collect();
    assert_eq!(entries, [update(1, "dropped"), update(1, "kept")]);
    assert_eq!(found.last().map(|(position, _)| *position), Some(position));
    journal.close().await;
}

/// [J-5] A tail begins right after the position it is given.
pub async fn a_tail_gives_what_is_after_a_position(bench: &dyn Bench) {
    let journal = bench.open().await;
    let appends = (0..20).map(|n| journal.append(update(1, &n.to_string())));
    let positions = future::try_join_all(appends).await.unwrap();
    for (index, after) in positions.iter().enumerate() {
        let rest = positions.len() - index - 1;
        let found = take(&*journal, *after, rest).await;
        let expected = positions.iter().skip(index + 1);
        assert!(
            found.iter().map(|(position, _)| position).eq(expected),
            "after {after}"
        );
    }
    journal.close().await;
}

/// [J-6, J-7] A tail waits at the end and goes on with entries appended later; tails do not disturb
/// each other.
pub async fn a_tail_goes_on_with_new_entries(bench: &dyn Bench) {
    let journal = bench.open().await;
    let mut tails = [journal.tail(Position::START), journal.tail(Position::START)];
    for tail in &mut tails {
        assert!(tail.next().now_or_never().is_none(), "nothing is there yet");
    }
    for text in ["a", "b"] {
        let position = journal.append(update(1, text)).await.unwrap();
        for tail in &mut tails {
            assert_eq!(
                tail.next().await.unwrap().unwrap(),
                (position, update(1, text))
            );
            assert!(journal.durable() >= position);
        }
    }
    journal.close().await;
}
