//! The rules about rewriting: what is let go, and that nothing else is.

#![expect(
    clippy::indexing_slicing,
    reason = "a suite of tests fails by panicking"
)]

use std::collections::BTreeSet;

use futures_util::{FutureExt, StreamExt, future};

use super::{Bench, take, update};
use crate::{Entry, Journal, Position, RewriteError};

async fn append_all(journal: &dyn Journal, texts: &[&str]) -> Vec<(Position, Entry)> {
    let mut written = Vec::new();
    for text in texts {
        let entry = update(1, text);
        let position = journal.append(entry.clone()).await.unwrap();
        written.push((position, entry));
    }
    written
}

fn at(written: &[(Position, Entry)], indexes: &[usize]) -> BTreeSet<Position> {
    indexes.iter().map(|index| written[*index].0).collect()
}

/// [J-13] After a rewrite the entries that were to be kept are there as they were, at their
/// positions, and so is everything after the seal; the others are gone. A second rewrite lets go of
/// what the first one kept. All that holds over a restart.
pub async fn a_rewrite_keeps_what_it_is_told_and_all_that_is_later(bench: &dyn Bench) {
    let journal = bench.open().await;
    let mut written = append_all(&*journal, &["a", "b", "c", "d", "e"]).await;
    let upto = journal.seal().await.unwrap();
    assert_eq!(upto, written[4].0);
    written.extend(append_all(&*journal, &["f", "g"]).await);
    let keep = at(&written, &[1, 3]);
    let rewritten = journal.rewrite(upto, keep).await.unwrap();
    assert_eq!(rewritten.entries, 3, "the last one is always kept");
    assert!(rewritten.after < rewritten.before, "{rewritten:?}");
    written.extend(append_all(&*journal, &["h"]).await);
    journal.close().await;

    let journal = bench.open().await;
    let expected: Vec<_> = [1, 3, 4, 5, 6, 7]
        .map(|index: usize| written[index].clone())
        .to_vec();
    assert_eq!(take(&*journal, Position::START, 6).await, expected);
    let upto = journal.seal().await.unwrap();
    assert_eq!(upto, written[7].0);
    let keep = at(&written, &[3, 5, 7]);
    journal.rewrite(upto, keep).await.unwrap();
    written.extend(append_all(&*journal, &["i"]).await);
    journal.close().await;

    let journal = bench.open().await;
    let expected: Vec<_> = [3, 5, 7, 8]
        .map(|index: usize| written[index].clone())
        .to_vec();
    assert_eq!(take(&*journal, Position::START, 4).await, expected);
    assert_eq!(journal.durable(), written[8].0);
    journal.close().await;
}

/// [J-14] A rewrite without its seal, and one that is to keep an entry that is not there, change
/// nothing.
pub async fn a_rewrite_refuses_what_it_cannot_do_and_changes_nothing(bench: &dyn Bench) {
    let journal = bench.open().await;
    let written = append_all(&*journal, &["a", "b", "c"]).await;
    let (first, last) = (written[0].0, written[2].0);
    let refused = journal.rewrite(last, BTreeSet::new()).await;
    assert_eq!(refused, Err(RewriteError::NotSealed { upto: last }));
    let upto = journal.seal().await.unwrap();
    journal.rewrite(upto, at(&written, &[1, 2])).await.unwrap();
    let upto = journal.seal().await.unwrap();
    let refused = journal.rewrite(upto, at(&written, &[0, 1])).await;
    assert_eq!(refused, Err(RewriteError::Missing { position: first }));
    assert_eq!(take(&*journal, Position::START, 2).await, written[1..]);
    journal.close().await;
    let refused = journal.seal().await;
    assert!(
        matches!(refused, Err(RewriteError::ReadOnly(_))),
        "{refused:?}"
    );
    let journal = bench.open().await;
    assert_eq!(take(&*journal, Position::START, 2).await, written[1..]);
    journal.close().await;
}

/// [J-13] Entries appended while a rewrite is under way are all there afterwards.
pub async fn appends_beside_a_rewrite_are_never_lost(bench: &dyn Bench) {
    let journal = bench.open().await;
    let mut positions = Vec::new();
    for round in 0..5 {
        let text = |number: usize| format!("{round}-{number}");
        let before = (0..20).map(|number| journal.append(update(1, &text(number))));
        positions.extend(future::try_join_all(before).await.unwrap());
        let upto = journal.seal().await.unwrap();
        let keep = positions.iter().copied().filter(|at| *at <= upto).collect();
        let rewrite = journal.rewrite(upto, keep);
        let beside = (20..40).map(|number| journal.append(update(1, &text(number))));
        let (rewritten, beside) = future::join(rewrite, future::try_join_all(beside)).await;
        rewritten.unwrap();
        positions.extend(beside.unwrap());
    }
    journal.close().await;
    let journal = bench.open().await;
    let found = take(&*journal, Position::START, positions.len()).await;
    let found: Vec<_> = found.into_iter().map(|(position, _)| position).collect();
    assert_eq!(found, positions);
    journal.close().await;
}

/// [J-5, J-13] A tail that stands anywhere while the journal is rewritten goes on with everything
/// after it that was kept.
pub async fn tails_go_on_over_a_rewrite(bench: &dyn Bench) {
    let journal = bench.open().await;
    let texts: Vec<_> = (0..12).map(|number| number.to_string()).collect();
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    let written = append_all(&*journal, &texts).await;
    let mut tails: Vec<_> = (0..12).map(|_| journal.tail(Position::START)).collect();
    for (seen, tail) in tails.iter_mut().enumerate() {
        for expected in written.iter().take(seen) {
            assert_eq!(tail.next().await.unwrap().unwrap(), *expected);
        }
    }
    let upto = journal.seal().await.unwrap();
    journal
        .rewrite(upto, at(&written, &[2, 7, 11]))
        .await
        .unwrap();
    let later = append_all(&*journal, &["later"]).await;
    for (seen, mut tail) in tails.into_iter().enumerate() {
        let mut found = Vec::new();
        while found.last() != later.last() {
            found.push(tail.next().await.unwrap().unwrap());
        }
        // Replaced entries may still be seen for a while; kept ones must be.
        let kept = [2, 7, 11].iter().filter(|index| **index >= seen);
        let expected: Vec<_> = kept.map(|index| &written[*index]).chain(&later).collect();
        let mut all = found.iter();
        assert!(
            expected.iter().all(|one| all.any(|found| found == *one)),
            "{seen}: {found:?}"
        );
        assert!(found.is_sorted_by_key(|(position, _)| *position), "{seen}");
        assert!(tail.next().now_or_never().is_none());
    }
    journal.close().await;
}
