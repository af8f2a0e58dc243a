//! Busy connections and slow ones.

use std::time::Duration;

use denkraum_domain::Access;
use denkraum_rooms::{AccessReason, JoinError};
use denkraum_sync::update_frame;

use crate::bench::{Bench, PAGE, config, holds, typed, until};

/// [S-36]
#[tokio::test]
async fn who_has_much_under_way_waits_and_nobody_else_does() {
    let mut config = config();
    config.inbox_bytes = 2 << 10;
    let bench = Bench::new(config).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    bench.journal.hold();
    one.write(5, 0, "a").await;
    one.write(5, 1, "b").await;
    until(|| bench.journal.held() == 2).await;
    let third = one.inbox.send(update_frame(&typed(5, 2, "c")));
    let early = tokio::time::timeout(Duration::from_millis(50), third).await;
    assert!(early.is_err(), "the journal has not taken the first two");
    two.write(6, 0, "x").await;
    until(|| bench.journal.held() == 3).await;
    let reading = |person, _| {
        let is_one = person == denkraum_domain::PersonId::from_u128(1);
        let access = if is_one { Access::Read } else { Access::Edit };
        (Some(access), AccessReason::Role)
    };
    bench.rooms.permits_changed(reading);
    one.wait_for(102).await;
    bench.journal.release();
    one.saved(3).await;
    one.write(5, 2, "c").await;
}

/// [S-28]
#[tokio::test]
async fn a_slow_reader_gets_the_whole_document_anew_and_never_a_part() {
    let mut config = config();
    config.outbox_bytes = 1 << 10;
    let bench = Bench::new(config).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    for clock in 0..100 {
        one.write(5, clock, "a").await;
        // One after the other: what is durable at once goes out as one.
        one.saved(clock + 2).await;
    }
    // The other has taken nothing so far; now it does.
    let whole = "a".repeat(100);
    loop {
        let update = two.document().await;
        if holds(&update, &whole) {
            break;
        }
        assert!(!holds(&update, "aa"), "neither an update nor the whole");
    }
    one.write(5, 100, "b").await;
    assert_eq!(two.document().await, typed(5, 100, "b"));
}

/// [S-37]
#[tokio::test]
async fn in_a_crowd_what_is_written_waits_for_the_next_tick_and_comes_as_one() {
    let mut config = config();
    config.limits.crowd = 1;
    config.busy_tick = Duration::from_millis(500);
    let bench = Bench::new(config).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    one.write(5, 0, "a").await;
    assert_eq!(two.document().await, typed(5, 0, "a"), "the first at once");
    for clock in 1..4 {
        one.write(5, clock, "b").await;
    }
    let together = two.document().await;
    assert_eq!(together.get(..3), Some(&[1, 3, 5][..]), "three in one");
    one.saved(5).await;
}

/// [S-37]
#[tokio::test]
async fn in_a_crowd_the_journal_gets_the_next_batch_when_the_last_one_is_durable() {
    let mut config = config();
    config.limits.crowd = 1;
    config.busy_tick = Duration::ZERO;
    let bench = Bench::new(config).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    bench.journal.hold();
    one.write(5, 0, "a").await;
    until(|| bench.journal.held() == 1).await;
    for clock in 1..4 {
        one.write(5, clock, "b").await;
    }
    // The answer comes after everything before it was handled; nothing is durable yet.
    bench.rooms.read(PAGE).await.unwrap_err();
    assert_eq!(bench.journal.held(), 1);
    bench.journal.release();
    assert_eq!(two.document().await, typed(5, 0, "a"));
    let together = two.document().await;
    assert_eq!(together.get(..3), Some(&[1, 3, 5][..]), "three in one");
    one.saved(5).await;
}

/// [S-40]
#[tokio::test]
async fn a_person_and_a_page_have_only_so_many_connections() {
    let mut config = config();
    (config.person_connections, config.page_connections) = (2, 3);
    let bench = Bench::new(config).await;
    let other = denkraum_domain::PageId::from_u128(78);
    let too_many = |page, person| {
        let joined = bench.join_page(page, person);
        joined.err() == Some(JoinError::TooMany)
    };
    let (one, two) = (bench.join(1), bench.join_page(other, 1).unwrap());
    assert!(too_many(PAGE, 1) && too_many(other, 1), "of a person");
    let others = [bench.join(2), bench.join(3)];
    assert!(too_many(PAGE, 4), "of a page");
    assert!(bench.join_page(other, 4).is_ok());
    drop((one, two));
    until(|| !too_many(PAGE, 1)).await;
    drop(others);
}
