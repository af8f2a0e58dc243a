//! The rules about compaction, closing, refused entries and restarts.

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};

use super::{Bench, page, record, snapshot, take, update};
use crate::{
    AppendError, Body, CompactError, Entry, EntryError, Health, Position, ReadOnly, Subject,
};

/// [J-8] Entries after `upto` and entries of other pages are kept, and the snapshot is there.
pub async fn compaction_keeps_what_is_later_and_other_pages(bench: &dyn Bench) {
    let journal = bench.open().await;
    let append = |of, text| journal.append(update(of, text));
    let other = append(2, "other").await.unwrap();
    append(1, "replaced").await.unwrap();
    let upto = append(1, "replaced too").await.unwrap();
    let later = append(1, "later").await.unwrap();
    let by = journal
        .compact(Subject::Page(page(1)), upto, snapshot(1, upto))
        .await
        .unwrap();
    let last = append(1, "last").await.unwrap();
    assert!(later < by && by < last);
    journal.close().await;
    let journal = bench.open().await;
    let tail = journal.tail(Position::START).map(|item| item.unwrap());
    let mut found = Vec::new();
    let mut tail = tail.boxed();
    while found.last().is_none_or(|(position, _)| *position < last) {
        found.push(tail.next().await.unwrap());
    }
    found.retain(|(position, entry)| *position > upto || entry.subject != Subject::Page(page(1)));
    let expected = [
        (other, update(2, "other")),
        (later, update(1, "later")),
        (by, snapshot(1, upto)),
        (last, update(1, "last")),
    ];
    assert_eq!(found, expected);
    journal.close().await;
}

/// [J-9] Records, other pages' snapshots and snapshots of the future are refused, without effect.
pub async fn compaction_refuses_what_it_cannot_do(bench: &dyn Bench) {
    let journal = bench.open().await;
    let upto = journal.append(update(1, "a")).await.unwrap();
    let ahead = upto.next().unwrap();
    let of_page = Subject::Page(page(1));
    let of_record = record(Body::PageDelete).subject;
    let compact = |subject, upto, entry| journal.compact(subject, upto, entry);
    let refused = [
        compact(of_record, upto, snapshot(1, upto)).await,
        compact(of_page.clone(), upto, snapshot(2, upto)).await,
        compact(of_page.clone(), upto, snapshot(1, Position::START)).await,
        compact(of_page.clone(), upto, update(1, "b")).await,
        compact(of_page, ahead, snapshot(1, ahead)).await,
    ];
    let wrong = || Err(CompactError::NotTheSnapshot { upto });
    let early = Err(CompactError::Ahead {
        upto: ahead,
        durable: upto,
    });
    let expected = [
        Err(CompactError::NotAPage),
        wrong(),
        wrong(),
        wrong(),
        early,
    ];
    assert_eq!(refused, expected);
    assert_eq!(journal.durable(), upto);
    journal.close().await;
}

/// [J-10] Closing finishes what was appended, ends the tails and refuses everything after.
pub async fn closing_ends_tails_and_refuses_entries(bench: &dyn Bench) {
    let journal = bench.open().await;
    let tail = journal.tail(Position::START);
    let pending = journal.append(update(1, "before"));
    journal.close().await;
    assert!(pending.await.is_ok());
    let seen: Vec<_> = tail.map(|item| item.unwrap().1).collect().await;
    assert_eq!(seen, [update(1, "before")]);
    let refused = journal.append(update(1, "after")).await;
    assert_eq!(refused, Err(AppendError::ReadOnly(ReadOnly::Closed)));
    assert_eq!(
        journal.health(),
        Health::ReadOnly {
            reason: ReadOnly::Closed
        }
    );
    journal.close().await;
    let journal = bench.open().await;
    assert_eq!(journal.health(), Health::Writable);
    assert_eq!(take(&*journal, Position::START, 1).await.len(), 1);
    journal.close().await;
}

/// [J-15] Whoever follows the journal's health is told how it is, and that it was closed, and no more.
pub async fn followers_are_told_how_it_is_and_when_it_closes(bench: &dyn Bench) {
    let journal = bench.open().await;
    let mut changes = journal.health_changes();
    assert_eq!(changes.next().await, Some(Health::Writable));
    assert!(changes.next().now_or_never().is_none(), "nothing changed");
    journal.append(update(1, "taken")).await.unwrap();
    journal.close().await;
    let reason = ReadOnly::Closed;
    assert_eq!(changes.next().await, Some(Health::ReadOnly { reason }));
    assert_eq!(changes.next().await, None);
}

/// [J-11] An entry whose body does not fit its subject or is too large is refused by itself.
pub async fn an_entry_that_does_not_fit_is_refused_and_disturbs_nothing(bench: &dyn Bench) {
    let journal = bench.open().await;
    let mixed = Entry {
        subject: Subject::Page(page(1)),
        ..record(Body::PageDelete)
    };
    let mixed = Entry {
        body: Body::RecordDelete { revision: 1 },
        ..mixed
    };
    let huge = Bytes::from(vec![0; crate::MAX_BODY_BYTES + 1]);
    let huge = Body::PageUpdate {
        connection: 0,
        clients: Vec::new(),
        update: huge,
    };
    let huge = Entry {
        body: huge,
        ..update(1, "")
    };
    let (first, second) = (journal.append(mixed), journal.append(huge));
    let kept = journal.append(update(1, "kept")).await.unwrap();
    assert_eq!(
        first.await,
        Err(AppendError::Invalid(EntryError::Mismatched))
    );
    let second = second.await;
    let too_large = matches!(
        second,
        Err(AppendError::Invalid(EntryError::TooLarge { .. }))
    );
    assert!(too_large, "{second:?}");
    assert_eq!(
        take(&*journal, Position::START, 1).await,
        [(kept, update(1, "kept"))]
    );
    journal.close().await;
}

/// [J-12] After a restart positions go on above all that were confirmed.
pub async fn positions_grow_over_a_restart(bench: &dyn Bench) {
    let mut last = Position::START;
    for text in ["a", "b", "c"] {
        let journal = bench.open().await;
        let position = journal.append(update(1, text)).await.unwrap();
        assert!(position > last);
        last = position;
        journal.close().await;
    }
}
