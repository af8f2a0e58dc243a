//! Opening, leaving and opening again; stopping.

use std::time::Duration;

use denkraum_journal::Journal as _;
use denkraum_rooms::{EditError, Extensions, JoinError, JoinPermit, close};
use denkraum_sync::step2_frame;

use crate::bench::{Bench, PAGE, config, holds, may_edit, profile, typed, until};

/// [S-32]
#[tokio::test]
async fn a_page_that_everybody_left_is_compacted_and_closed() {
    let bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    for clock in 0..20 {
        one.write(5, clock, "a").await;
    }
    one.saved(21).await;
    drop(one);
    bench.all_closed().await;
    let stored = bench.store.load_page(PAGE).await.unwrap().unwrap();
    assert_eq!(stored.updates.len(), 0);
    assert!(holds(&stored.snapshot.unwrap(), &"a".repeat(20)));
    assert_eq!(stored.owners.len(), 1);
}

/// [S-12, S-32]
#[tokio::test]
async fn coming_again_without_changes_adds_nothing_to_the_journal() {
    let bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    for clock in 0..20 {
        one.write(5, clock, "a").await;
    }
    one.saved(21).await;
    drop(one);
    bench.all_closed().await;
    let before = bench.journal.durable();
    for round in 0..10 {
        let mut again = bench.join(1);
        let whole = again.sync().await;
        // As somebody answers who has everything.
        again.send(step2_frame(&whole)).await;
        again.saved(2).await;
        drop(again);
        // To the open page and to one that is loaded again.
        if round % 2 == 0 {
            bench.all_closed().await;
        }
    }
    bench.all_closed().await;
    assert_eq!(bench.journal.durable(), before);
}

/// [S-35]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_and_coming_back_at_any_moment_loses_nothing() {
    let mut config = config();
    config.timing.linger = 0;
    let bench = Bench::new(config).await;
    let (mut expected, mut is_saved) = (String::new(), false);
    for round in 0..60_u8 {
        let mut one = bench.join(1);
        let text = one.sync().await;
        if is_saved {
            assert!(holds(&text, &expected), "round {round}: {expected}");
        }
        let letter = char::from(b'a' + round % 26).to_string();
        one.write(5, round, &letter).await;
        expected.push_str(&letter);
        // Sometimes everything is written when the last one leaves, sometimes nothing is.
        is_saved = round % 3 == 0;
        if is_saved {
            one.saved(2).await;
        }
        if round % 4 == 0 {
            drop(one);
            bench.all_closed().await;
        }
    }
    bench.all_closed().await;
    assert!(holds(&bench.rooms.read(PAGE).await.unwrap(), &expected));
}

/// [S-33]
#[tokio::test]
async fn stopping_tells_everybody_and_waits_for_what_is_under_way() {
    let bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    bench.journal.hold();
    one.write(5, 0, "Hallo").await;
    until(|| bench.journal.held() == 1).await;
    let rooms = bench.rooms.clone();
    let mut stopping = Box::pin(rooms.shutdown());
    let early = tokio::time::timeout(Duration::from_millis(50), &mut stopping).await;
    assert!(early.is_err(), "an append is under way");
    assert_eq!(one.closed().await, close::RESTART);
    let permit = JoinPermit::Edit(may_edit(1));
    let refused = bench.rooms.join(&permit, profile(), Extensions::ALL);
    assert_eq!(refused.unwrap_err(), JoinError::Stopping);
    let edit = bench
        .rooms
        .edit(&may_edit(1), typed(6, 0, "x").into())
        .await;
    assert!(matches!(edit, Err(EditError::Stopping)));
    bench.journal.release();
    stopping.await;
    let stored = bench.store.load_page(PAGE).await.unwrap().unwrap();
    assert!(holds(&stored.snapshot.unwrap(), "Hallo"));
}

/// [S-33] Who was told to come again, and goes while the page is still being written anew, does not keep
/// it open.
#[tokio::test]
async fn who_goes_while_a_page_ends_does_not_keep_it() {
    let mut config = config();
    config.timing.linger = 600_000;
    let bench = Bench::new(config).await;
    let mut one = bench.join(1);
    one.sync().await;
    one.write(5, 0, "Hallo").await;
    one.saved(2).await;
    bench.journal.hold();
    let rooms = bench.rooms.clone();
    let mut stopping = Box::pin(rooms.shutdown());
    let early = tokio::time::timeout(Duration::from_millis(50), &mut stopping).await;
    assert!(early.is_err() && bench.journal.held() == 1, "a snapshot");
    assert_eq!(one.closed().await, close::RESTART);
    drop(one);
    let early = tokio::time::timeout(Duration::from_millis(50), &mut stopping).await;
    assert!(early.is_err(), "the snapshot is under way");
    bench.journal.release();
    let stopped = tokio::time::timeout(Duration::from_secs(10), stopping).await;
    assert!(stopped.is_ok());
}

#[tokio::test]
async fn numbers_of_connections_do_not_begin_anew_with_a_start() {
    let bench = Bench::new(config()).await;
    let first = bench.join(1).id;
    assert!(
        first > 1 << 40,
        "it begins with the time of the start: {first}"
    );
    assert_eq!(bench.join(1).id, first + 1);
}
